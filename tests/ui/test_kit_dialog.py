import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QWidget

from ui.widgets.dialog import Dialog, Scrim
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.text import Text


@pytest.fixture
def open_dialog(shown, qtbot):
    def open_it(text="", **how):
        window = shown(QWidget())
        dialog = Dialog(window, "Log an unhappy customer", **how)
        dialog.what = TextArea(text, name="What happened?")
        dialog.add(LabelledField("What happened?", dialog.what))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        dialog.behind = window
        return dialog

    return open_it


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_saves_even_from_a_text_area(open_dialog, qtbot, key):
    dialog = open_dialog()
    dialog.what.setFocus()
    with qtbot.waitSignal(dialog.save_wanted):
        qtbot.keyClick(dialog.what.edit, key, Qt.KeyboardModifier.ControlModifier)
    assert dialog.what.text() == ""


def test_ctrl_enter_does_nothing_while_saving_is_not_possible(open_dialog, qtbot):
    dialog = open_dialog()
    dialog.save_button.setEnabled(False)
    with qtbot.assertNotEmitted(dialog.save_wanted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_enter_in_a_field_saves_nothing_by_accident(open_dialog, qtbot):
    dialog = open_dialog()
    field = TextField(name="Phone")
    dialog.add(field)
    with qtbot.assertNotEmitted(dialog.save_wanted):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_escape_closes_where_nothing_was_typed(open_dialog, qtbot):
    dialog = open_dialog("It leaked.")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def typed(dialog, qtbot):
    dialog.what.setFocus()
    qtbot.keyClicks(dialog.what.edit, "It leaked.")
    qtbot.keyClick(dialog.what.edit, Qt.Key.Key_Escape)
    return dialog.findChild(QMessageBox)


def answer(box, words):
    next(button for button in box.buttons() if words in button.text()).click()


def test_escape_asks_where_text_would_be_lost(open_dialog, qtbot):
    dialog = open_dialog()
    box = typed(dialog, qtbot)
    assert dialog.isVisible()
    answer(box, "Keep")
    assert dialog.isVisible()
    assert dialog.what.text() == "It leaked."


def test_closing_anyway_closes(open_dialog, qtbot):
    dialog = open_dialog()
    answer(typed(dialog, qtbot), "anyway")
    assert not dialog.isVisible()


def test_the_windows_cross_asks_as_well(open_dialog, qtbot):
    dialog = open_dialog()
    qtbot.keyClicks(dialog.what.edit, "x")
    assert not dialog.close()
    assert dialog.isVisible()
    dialog.forget_changes()
    assert dialog.close()


def test_what_we_filled_in_is_nobodys_text(open_dialog):
    dialog = open_dialog()
    dialog.what.set_text("filled in by us")
    assert dialog.would_lose_text()
    dialog.forget_changes()
    assert not dialog.would_lose_text()


def test_a_veil_lies_over_the_window_while_it_is_open(open_dialog):
    dialog = open_dialog()
    (veil,) = dialog.behind.findChildren(Scrim)
    assert veil.geometry() == dialog.behind.rect()
    dialog.behind.resize(500, 400)
    assert veil.geometry() == dialog.behind.rect()
    dialog.accept()
    assert not veil.isVisible()


def test_it_is_modal_to_its_window_only(open_dialog):
    assert open_dialog().windowModality() == Qt.WindowModality.WindowModal


def test_side_pane_note_and_more_buttons(open_dialog):
    dialog = open_dialog(side=240)
    seen = Text("Have we seen this before?")
    more = QWidget()
    dialog.add_to_side(seen)
    dialog.add_button(more)
    dialog.set_note("Promise: first contact by 16:35", "clock")
    dialog.set_title("Another")
    assert dialog.windowTitle() == "Another"
    assert dialog.foot.indexOf(more) == 1
    assert dialog.side.indexOf(seen) == 0


def test_a_dialog_without_saving_has_one_button(open_dialog):
    dialog = open_dialog(save="", cancel="Close")
    assert not dialog.save_button.isVisible()
    assert dialog.cancel_button.accessibleName() == "Close"


def test_much_content_scrolls_and_the_buttons_stay(open_dialog):
    dialog = open_dialog()
    dialog.behind.hide()
    for number in range(60):
        dialog.add(Text(f"Line {number}"))
    room = dialog.screen().availableGeometry()
    assert dialog.height() <= room.height()
    assert dialog.save_button.isVisible()


def test_what_stands_in_a_dialog_on_top_is_no_text_of_this_one(open_dialog, qtbot):
    dialog = open_dialog()
    on_top = QDialog(dialog)
    printer = QLineEdit(on_top)
    printer.setText("/home/ada/print.pdf")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.findChild(QMessageBox) is None


def test_what_nobody_can_write_in_is_never_lost(open_dialog):
    dialog = open_dialog()
    preview = TextArea(name="Preview")
    preview.edit.setReadOnly(True)
    dialog.add(preview)
    preview.set_text("Dear Ada")
    assert not dialog.would_lose_text()
    preview.edit.setReadOnly(False)
    assert dialog.would_lose_text()


def test_it_grows_for_what_is_wrong_with_a_field(open_dialog, qtbot):
    dialog = open_dialog()
    before = dialog.height()
    dialog.findChild(LabelledField).show_error("Write down what happened.")
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert not dialog._scroll.verticalScrollBar().maximum()
