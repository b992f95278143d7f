"""Somebody is expected: noted by mouse or keys, changed, taken back, and greeted at the till."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from recoverydesk.services import customer_pages, till, visits
from ui.dialogs.expect import ExpectDialog
from ui.dialogs.till import TillPanel
from ui.pages.customers import CustomersPage


@pytest.fixture
def opened(session, shown):
    ground = shown(QWidget(), 1200, 760)

    def make(customer_id):
        dialog = ExpectDialog(session, customer_id, parent=ground)
        dialog.open()
        QApplication.processEvents()
        return dialog

    return make


@pytest.fixture
def ada(shop):
    return shop.customer()


def button(widget, words):
    QApplication.processEvents()
    return next(
        one
        for one in widget.findChildren(QAbstractButton)
        if one.isVisible() and one.accessibleName().startswith(words)
    )


def expected(shop, customer_id):
    return customer_pages.view(shop.desk, customer_id).expected_on


def test_a_day_is_typed_and_enter_keeps_it(shop, opened, ada):
    dialog = opened(ada)
    assert dialog.focusWidget() is dialog._field.edit
    QTest.keyClicks(dialog._field.edit, "2026-03-05")
    QTest.keyClick(dialog._field.edit, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert expected(shop, ada).isoformat() == "2026-03-05"


def test_a_press_proposes_a_day(shop, opened, ada):
    dialog = opened(ada)
    button(dialog, "Tomorrow").click()
    dialog.save_button.click()
    assert expected(shop, ada) == shop.now.date() + timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "Which day?"), ("some day", "can't be read"), ("2026-01-01", "over")],
)
def test_days_that_can_not_be_are_told_beside_the_field(shop, opened, ada, typed, told):
    dialog = opened(ada)
    dialog._field.edit.setText(typed)
    dialog.save_button.click()
    assert told in dialog.day.error()
    assert dialog.isVisible()
    assert (dialog._field.text(), expected(shop, ada)) == (typed, None)


def test_it_is_changed_and_taken_back(shop, opened, ada):
    visits.expect(shop.desk, ada, shop.now.date(), now=shop.now)
    dialog = opened(ada)
    assert dialog._field.day() == shop.now.date()
    button(dialog, "Not any more").click()
    assert expected(shop, ada) is None
    shop.desk.undo()
    assert expected(shop, ada) == shop.now.date()


@pytest.mark.usefixtures("ada")
def test_the_customers_page_says_when_and_opens_it(shop, session, shown):
    page = shown(CustomersPage(session), 1100, 700)
    button(page, "Expect them on").click()
    QApplication.processEvents()
    dialog = page.findChild(ExpectDialog)
    button(dialog, "Today").click()
    dialog.save_button.click()
    assert button(page, "Expected")
    shop.later(days=1)
    page.refresh()
    assert button(page, "Was expected")


def test_the_till_greets_who_is_expected_and_notes_the_next_time(shop, session, shown, ada):
    panel = shown(TillPanel(session), 700, 700)
    panel.look_up("obi")
    button(panel, "Expect them on").click()
    QApplication.processEvents()
    dialog = panel.findChild(ExpectDialog)
    button(dialog, "Today").click()
    dialog.save_button.click()
    assert till.due(shop.desk, ada, now=shop.now).expected
    assert panel.card._chip.isVisible()
    assert button(panel, "Expected today")
    visits.expect(shop.desk, ada, shop.now.date() + timedelta(days=3), now=shop.now)
    assert button(panel, "Expected Thu")
    assert not till.due(shop.desk, ada, now=shop.now).expected
