"""What a customer may have for a time: changed, or taken back, wherever it is shown."""

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.services import entitlements
from ui.dialogs.entitlement import EntitlementDialog, lasting_words
from ui.pages.case import CasePage
from ui.pages.customers import CustomersPage
from ui.pages.remedies import RemediesPage


@pytest.fixture
def free(shop):
    """Free delivery for a year, begun today."""
    remedy = shop.agreed(shop.case(), kind=RemedyKind.FREE_SHIPPING, words="Free delivery")
    return entitlements.hand_over(shop.desk, remedy, now=shop.now)


@pytest.fixture
def opened(session, shown):
    ground = shown(QWidget(), 1200, 760)

    def make(which):
        dialog = EntitlementDialog(session, which, parent=ground)
        dialog.open()
        QApplication.processEvents()
        return dialog

    return make


def seen(shop, which):
    return entitlements.view(shop.desk, which, now=shop.now)


def button(widget, words):
    QApplication.processEvents()
    return next(
        one
        for one in widget.findChildren(QAbstractButton)
        if one.isVisible() and one.accessibleName().startswith(words)
    )


def test_days_uses_and_goods_are_changed(shop, opened, free):
    dialog = opened(free)
    dialog._to.edit.setText("2026-12-31")
    dialog._uses.setText("5")
    dialog._goods.setText("Teas")
    dialog._words.setText("Free delivery of tea")
    dialog.save_button.click()
    assert not dialog.isVisible()
    now = seen(shop, free)
    assert (now.valid_to, now.uses, now.goods) == (date(2026, 12, 31), 5, "Teas")
    assert now.words == "Free delivery of tea"


def test_an_empty_end_lasts_for_ever(shop, opened, free):
    dialog = opened(free)
    dialog._to.set_day(None)
    dialog.save_button.click()
    assert seen(shop, free).valid_to is None


def test_what_can_not_be_is_told_beside_its_field_and_stays_typed(shop, opened, free):
    before = seen(shop, free)
    dialog = opened(free)
    dialog._uses.setText("²")
    dialog._to.edit.setText("soon")
    dialog.save_button.click()
    assert "whole number" in dialog.uses.error()
    assert "can't be read" in dialog.valid_to.error()
    dialog._uses.setText("2")
    dialog._to.edit.setText("2026-01-01")
    dialog.save_button.click()
    assert "before it begins" in dialog.valid_to.error()
    assert (dialog._uses.text(), seen(shop, free)) == ("2", before)


def test_it_is_taken_back_with_a_reason_and_undo_gives_it_again(shop, opened, free):
    dialog = opened(free)
    button(dialog, "Take it back").click()
    dialog.save_button.click()
    assert "why it ends" in dialog.why.error()
    dialog._why.setText("They moved away")
    dialog.save_button.click()
    assert seen(shop, free).taken_back
    shop.desk.undo()
    assert not seen(shop, free).taken_back


def test_the_case_page_starts_it_and_leads_to_it(shop, session, shown):
    case_id = shop.case()
    remedy = shop.agreed(case_id, kind=RemedyKind.MEMBERSHIP, words="A free membership")
    page = shown(CasePage(session), 1200, 900)
    page.show_case(case_id)
    page.right.hand_over(remedy)
    (view,) = entitlements.of_case(shop.desk, case_id, now=shop.now).values()
    assert view.valid_to == date(2027, 3, 2)
    QApplication.processEvents()
    change = "Change…: A free membership"
    buttons = page.findChildren(QAbstractButton)
    next(one for one in buttons if one.accessibleName() == change).click()
    QApplication.processEvents()
    dialog = page.findChild(EntitlementDialog)
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.usefixtures("free")
def test_the_customers_page_lists_it_and_leads_to_it(session, shown):
    page = shown(CustomersPage(session), 1100, 700)
    button(page, "Free delivery").click()
    QApplication.processEvents()
    dialog = page.findChild(EntitlementDialog)
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.usefixtures("free")
def test_the_list_of_what_was_given_leads_to_it(session, shown):
    page = shown(RemediesPage(session), 1200, 760)
    page.narrow_to("given")
    page.given.table.selectRow(0)
    button(page, "Change or take back").click()
    QApplication.processEvents()
    dialog = page.findChild(EntitlementDialog)
    dialog._ask_why()
    dialog._why.setText("A slip")
    dialog.save_button.click()
    QApplication.processEvents()
    assert page.given.chosen_card._lasts.text() == "Taken back"
    assert not page.given.chosen_card._change.isVisible()


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"valid_to": date(2026, 6, 30), "uses": 2}, "Until Tue 30 Jun, 2 times left"),
        ({"valid_to": None}, "Without an end"),
        ({"valid_from": date(2026, 6, 1)}, "From Mon 1 Jun"),
    ],
)
def test_how_long_it_lasts_is_said_in_a_few_words(shop, session, free, entry, told):
    words = entitlements.EntitlementEntry(**entry)
    entitlements.change(shop.desk, free, words, now=shop.now)
    assert lasting_words(seen(shop, free), session) == told


def test_what_is_over_or_used_up_says_so(shop, session, free):
    entry = entitlements.EntitlementEntry(valid_to=shop.now.date(), uses=1)
    entitlements.change(shop.desk, free, entry, now=shop.now)
    entitlements.use(shop.desk, free, now=shop.now)
    assert lasting_words(seen(shop, free), session).endswith("used up")
    shop.later(days=2)
    assert lasting_words(seen(shop, free), session).startswith("Ended")
