"""What is held on somebody is shown, then saved to be given to them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from recoverydesk.domain.case import GoodFaith
from recoverydesk.services import good_faith
from ui import cli
from ui.dialogs.person_data import PersonDataDialog
from ui.pages.customers import CustomersPage
from ui.widgets.cards import Card
from ui.widgets.text import Text


@pytest.fixture
def opened_files(monkeypatch):
    """Which files were handed to the computer's own programs."""
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    return opened


@pytest.fixture
def dialog_of(session, shown):
    ground = shown(QWidget(), 1200, 760)

    def make(customer_id):
        dialog = PersonDataDialog(session, customer_id, parent=ground)
        dialog.open()
        QApplication.processEvents()
        return dialog

    return make


def said(dialog):
    return " ".join(one.text() for one in dialog.findChildren(Text) if one.isVisible())


def test_it_is_saved_from_the_customer_s_page_by_keys(
    shop, session, shown, opened_files, monkeypatch, tmp_path
):
    shop.customer("Ada Obi")
    page = CustomersPage(session)
    page.refresh()
    shown(page, 1200, 760)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    menu = page._detail.more_menu()
    next(one for one in menu.actions() if "data" in one.text()).trigger()
    dialog = page.findChild(PersonDataDialog)
    QApplication.processEvents()

    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert not dialog.isVisible()
    (made,) = (tmp_path / "out").iterdir()
    assert opened_files == [str(made / "Everything we hold.pdf")]


def test_words_for_the_owner_alone_are_pointed_at(shop, dialog_of):
    case_id = shop.case(name="Ada Obi")
    customer_id = shop.view(case_id).customer_id
    assert "Read it before" not in said(dialog_of(customer_id))

    good_faith.assess(shop.desk, case_id, GoodFaith.UNCLEAR, "Third kettle this year.")

    assert "Read it before" in said(dialog_of(customer_id))


def test_choosing_no_folder_changes_nothing(shop, dialog_of, opened_files, monkeypatch):
    dialog = dialog_of(shop.customer("Ada Obi"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")

    dialog.save_button.click()

    assert dialog.isVisible()
    assert opened_files == []
    assert dialog.findChildren(Card)


def test_the_command_writes_the_same(shop, capsys, tmp_path):
    shop.customer("Ada Obi")
    desk = ["--desk", str(shop.desk.path)]

    code = cli.main(["person", "Ada Obi", "--export", str(tmp_path / "out"), *desk], now=shop.now)

    assert code == 0
    assert "everything held on them" in capsys.readouterr().out
    assert list((tmp_path / "out").rglob("Everything we hold.json"))


def test_the_command_wants_to_know_what_to_do(shop, capsys):
    shop.customer("Ada Obi")

    assert cli.main(["person", "Ada Obi", "--desk", str(shop.desk.path)], now=shop.now) == 1
    assert "Say what to do" in capsys.readouterr().err
