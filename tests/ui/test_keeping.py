"""What is typed into a dialog is on disk within a second, and comes back until it is saved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget

from recoverydesk.errors import DeskFileError
from recoverydesk.services import form_drafts
from recoverydesk.storage.tables import FormDraft
from ui.dialogs.customer import CustomerDialog
from ui.dialogs.log_contact import LogContactDialog
from ui.dialogs.log_customer import LogCustomerDialog


@pytest.fixture
def opened(session, shown, qtbot):
    def make(kind, *about):
        dialog = kind(session, *about, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return make


def kept(shop, form, about=""):
    found = form_drafts.kept(shop.desk, form, about)
    return None if found is None else dict(found.fields)


def rows(shop):
    with shop.desk.reading():
        return FormDraft.select().count()


def end_as_a_crash_does(dialog):
    dialog._keeping._timer.stop()
    dialog.hide()


def test_words_and_line_come_back_after_a_crash_and_are_gone_once_saved(shop, opened):
    dialog = opened(LogCustomerDialog)
    dialog._words.type("The kettle le")
    dialog._who._line.edit.setText("Ada O")
    dialog._keeping.look()
    end_as_a_crash_does(dialog)

    again = opened(LogCustomerDialog)
    assert again._words.text() == "The kettle le"
    assert again._who.typed()[0] == "Ada O"
    assert again._keeping.banner.isVisible()
    assert "is back, as it stood" in again._keeping.banner.text()
    again.save_wanted.emit()
    assert rows(shop) == 0
    assert not opened(LogCustomerDialog)._keeping.banner.isVisible()


def test_a_second_without_a_key_is_enough(shop, opened, qtbot):
    dialog = opened(LogCustomerDialog)
    dialog._words.type("It leaks")
    qtbot.waitUntil(lambda: kept(shop, "log_customer") == {"What happened?": "It leaks"})


def test_each_case_keeps_its_own_by_its_number(shop, opened):
    one, two = shop.case(name="Ada Obi"), shop.case(name="Ben Ray")
    dialog = opened(LogContactDialog, one)
    dialog._line.setText("She would like")
    dialog._keeping.look()
    end_as_a_crash_does(dialog)
    number = shop.view(one).number
    assert list(kept(shop, "log_contact", number).values()) == ["She would like"]
    assert opened(LogContactDialog, two)._line.text() == ""
    assert opened(LogContactDialog, one)._line.text() == "She would like"


def test_beginning_afresh_puts_the_fields_back(shop, opened):
    ada = shop.customer("Ada Obi", likes="tea")
    dialog = opened(CustomerDialog, ada)
    dialog._likes.setText("coffee")
    dialog._keeping.look()
    end_as_a_crash_does(dialog)
    again = opened(CustomerDialog, ada)
    assert again._likes.text() == "coffee"
    buttons = again._keeping.banner.findChildren(QAbstractButton)
    next(one for one in buttons if one.accessibleName() == "Begin afresh").click()
    assert again._likes.text() == "tea"
    assert not again._keeping.banner.isVisible()
    assert kept(shop, "customer", form_drafts.about_customer(shop.desk, ada)) == {}


def test_whoever_gets_the_id_of_an_undone_customer_gets_none_of_their_typing(shop, opened):
    gone = shop.customer("Ada Obi")
    dialog = opened(CustomerDialog, gone)
    dialog._likes.setText("coffee")
    dialog._keeping.look()
    end_as_a_crash_does(dialog)
    shop.desk.undo()
    shop.later(minutes=1)
    assert shop.customer("Ben Ray") == gone  # SQLite gives the id again
    assert opened(CustomerDialog, gone)._likes.text() == ""


def test_what_is_left_on_purpose_is_let_go(shop, opened):
    dialog = opened(LogCustomerDialog)
    dialog._words.type("Never mind")
    dialog._keeping.look()
    dialog.reject()
    box = dialog.findChild(QMessageBox)
    next(one for one in box.buttons() if "Close anyway" in one.text().replace("&", "")).click()
    assert rows(shop) == 0


def test_a_dialog_in_which_nothing_is_typed_writes_nothing(shop, opened):
    dialog = opened(LogCustomerDialog)
    dialog._keeping.look()
    dialog.reject()
    assert rows(shop) == 0


def test_a_disk_that_is_gone_doesnt_get_in_the_way_of_typing(opened, monkeypatch):
    dialog = opened(LogCustomerDialog)

    def full(*_about, **_more):
        raise form_drafts_error

    form_drafts_error = DeskFileError("The disk is full.")
    monkeypatch.setattr(form_drafts, "keep", full)
    dialog._words.type("Still here")
    dialog._keeping.look()
    assert dialog._words.text() == "Still here"


def test_typing_that_nobody_came_back_for_goes_after_a_month(shop):
    form_drafts.keep(shop.desk, "log_customer", "", {"a": "b"}, now=shop.now)
    shop.later(days=31)
    form_drafts.keep(shop.desk, "log_contact", "R-1", {"a": "c"}, now=shop.now)
    assert kept(shop, "log_customer") is None
    assert kept(shop, "log_contact", "R-1") == {"a": "c"}
    assert form_drafts.about_case(shop.desk, 99) == ""
    assert form_drafts.about_customer(shop.desk, 99) == ""
