"""Somebody is forgotten in the window: looked at, typed, done; and on the command line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from recoverydesk.domain.forgetting import NOBODY, Forget
from recoverydesk.services import backups, customer_lists
from tests.services.test_erasures import NAME, SAID, full_case, traces
from ui import cli
from ui.dialogs.forget import ForgetDialog
from ui.pages.customers import CustomersPage
from ui.widgets.text import Text


@pytest.fixture
def dialog_of(session, shown):
    ground = shown(QWidget(), 1200, 760)

    def make(customer_id):
        dialog = ForgetDialog(session, customer_id, parent=ground)
        dialog.open()
        QApplication.processEvents()
        return dialog

    return make


def said(dialog):
    QApplication.processEvents()
    return " ".join(one.text() for one in dialog.findChildren(Text) if one.isVisible())


def test_it_is_reached_from_the_page_and_done_by_keys(shop, session, shown, qtbot):
    _case, customer_id = full_case(shop)
    page = CustomersPage(session)
    page.refresh()
    shown(page, 1200, 760)
    menu = page._detail.more_menu()
    next(one for one in menu.actions() if "Forget" in one.text()).trigger()
    dialog = page.findChild(ForgetDialog)
    QApplication.processEvents()

    QTest.keyClicks(dialog.focusWidget(), NAME.lower())
    with qtbot.waitSignal(dialog.forgotten):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert customer_id not in customer_lists.ids(shop.desk)


def test_what_goes_and_what_stays_is_told_before(shop, dialog_of):
    words = said(dialog_of(full_case(shop)[1]))

    assert "1 voucher, as your books need the amounts; 1 can still be handed in" in words
    assert "1 letter or paper" in words
    assert "This can't be undone." in words


def test_another_name_is_pointed_out_and_nothing_happens(shop, dialog_of):
    case_id, customer_id = full_case(shop)
    dialog = dialog_of(customer_id)
    QTest.keyClicks(dialog.focusWidget(), "Ben")

    dialog.save_button.click()

    assert dialog.isVisible()
    assert f"Type it as it stands here: {NAME}" in said(dialog)
    assert shop.view(case_id).customer == NAME


def test_what_happened_can_be_kept(shop, dialog_of, qtbot):
    case_id, customer_id = full_case(shop)
    dialog = dialog_of(customer_id)
    dialog._how.choose(Forget.ANONYMISE)
    QTest.keyClicks(dialog._typed, NAME)

    with qtbot.waitSignal(dialog.forgotten):
        dialog.save_button.click()

    assert shop.view(case_id).customer == NOBODY
    assert shop.view(case_id).words == SAID


def test_an_open_case_is_in_the_way_and_named(shop, dialog_of):
    case_id = shop.case(name=NAME)
    dialog = dialog_of(shop.view(case_id).customer_id)

    assert shop.view(case_id).number in said(dialog)
    assert not dialog.save_button.isEnabled()


def test_the_command_looks_first_and_does_it_when_told(shop, capsys):
    case_id, _customer = full_case(shop)
    command = ["person", NAME, "--erase", "--desk", str(shop.desk.path)]

    assert cli.main(command, now=shop.now) == 0
    assert "add --yes" in capsys.readouterr().out
    assert shop.view(case_id).customer == NAME

    assert cli.main([*command, "--yes"], now=shop.now) == 0
    assert shop.view(case_id).customer == NOBODY


@pytest.mark.parametrize("clean", [True, False])
def test_the_backups_are_cleaned_where_that_is_left_ticked(shop, dialog_of, qtbot, tmp_path, clean):
    _case, customer_id = full_case(shop)
    backups.make(shop.desk, now=shop.now)
    dialog = dialog_of(customer_id)
    assert "let go of about" in said(dialog)
    dialog.backups.setChecked(clean)
    QTest.keyClicks(dialog._typed, NAME)

    with qtbot.waitSignal(dialog.forgotten, timeout=10_000):
        dialog.save_button.click()

    assert bool(traces(tmp_path)) is not clean


def test_trouble_is_told_and_the_name_is_still_there(shop, dialog_of, qtbot):
    case_id, customer_id = full_case(shop)
    dialog = dialog_of(customer_id)
    QTest.keyClicks(dialog._typed, NAME)
    shop.desk.read_only = True

    dialog.save_button.click()

    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is not None)
    dialog.findChild(QMessageBox).close()
    assert dialog.save_button.isEnabled()
    assert shop.view(case_id).customer == NAME
