"""The wording of letters: fields as chips, saving, copies, back to how it came."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMessageBox, QWidget

from recoverydesk.documents.markup import blocks
from recoverydesk.services import letter_templates
from recoverydesk.services.presets import letter_presets
from tests.reading import text_of
from ui.dialogs.letter.editor import LetterEditor
from ui.dialogs.letter.field_chips import SIGN, FieldChips, chip_words
from ui.dialogs.letter.rich import markdown_of, show_markdown
from ui.dialogs.letter.sheet import WordsDialog
from ui.dialogs.letter.spelling import spelled
from ui.dialogs.templates import TemplatesDialog
from ui.dialogs.templates.small import CopyDialog
from ui.pages.settings.letters import LettersCard


@pytest.fixture
def dialog(session, shown):
    dialog = TemplatesDialog(session, parent=shown(QWidget()))
    dialog.open()
    yield dialog
    dialog.forget_changes()
    dialog.deleteLater()


def write(dialog, text):
    """Replace the whole letter, fields and all, as by pasting."""
    sheet = dialog._editor.edit
    sheet.selectAll()
    data = QMimeData()
    data.setText(text)
    sheet.insertFromMimeData(data)


def click(widget, name):
    buttons = widget.findChildren(QAbstractButton)
    next(one for one in buttons if one.accessibleName().replace("&", "") == name).click()


def says(widget, words):
    QApplication.processEvents()
    return any(words in one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def answer(dialog, words):
    box = dialog.findChildren(QMessageBox)[-1]
    next(one for one in box.buttons() if one.text() == words).click()


def saved(shop, key="apology", *, tone="warm", language="en"):
    return letter_templates.text(shop.desk, key, language=language, tone=tone)


def document(qapp):  # noqa: ARG001 - fonts need an application
    made = QTextDocument()
    made.chips = FieldChips()
    made.chips.serve(made)
    return made


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "nl"])
def test_every_letter_comes_through_the_editor_with_its_chips(language, qapp):
    for preset in letter_presets(language):
        made = document(qapp)
        show_markdown(made, preset.body)
        assert "{{" not in made.toPlainText(), preset.key
        assert SIGN in made.toPlainText()
        assert list(blocks(markdown_of(made))) == list(blocks(preset.body)), preset.key


def test_what_is_no_field_stays_as_it_was_typed(qapp):
    made = document(qapp)
    show_markdown(made, "Dear {{frist_name}}, {{first_name}}")
    assert made.toPlainText() == f"Dear {{{{frist_name}}}}, {SIGN}"
    assert spelled(made).text == "Dear {{frist_name}}, {{first_name}}"


def test_a_chip_says_what_it_is_and_what_stands_there_when_it_is_empty():
    assert chip_words("{{first_name}}") == "their first name"
    assert chip_words("{{first_name|there}}") == "their first name, or: there"


def test_chips_are_copied_as_the_fields_that_they_stand_for(qtbot):
    editor = LetterEditor(wording=True)
    qtbot.addWidget(editor)
    editor.show_letter("Dear {{first_name|you}}, **sorry**.", language="en", careful=False)
    editor.edit.selectAll()
    copied = editor.edit.createMimeDataFromSelection()
    assert copied.text() == "Dear {{first_name|you}}, sorry."
    editor.edit.insertFromMimeData(copied)
    assert editor.edit.toPlainText() == f"Dear {SIGN}, sorry."
    assert editor.words() == "Dear {{first_name|you}}, sorry."


def test_a_chip_is_drawn_and_goes_with_one_backspace(qtbot):
    editor = LetterEditor(wording=True)
    qtbot.addWidget(editor)
    editor.resize(500, 300)
    editor.show()
    editor.show_letter("{{first_name}} {{owner_name}}", language="en", careful=False)
    assert not editor.grab().toImage().isNull()
    editor.edit.moveCursor(QTextCursor.MoveOperation.End)
    editor.edit.textCursor().deletePreviousChar()
    assert editor.markdown() == "{{first_name}}"


def test_a_wording_is_saved_shown_as_a_sample_and_taken_back(dialog, shop):
    write(dialog, "Dear {{first_name|you}}, I am sorry. {{problem}}")
    dialog._draw()
    assert "Dear Ada, I am sorry. The kettle you bought leaked" in text_of(dialog.pdf)
    assert dialog.would_lose_text()
    click(dialog, "Save")
    assert saved(shop).body.strip() == "Dear {{first_name|you}}, I am sorry. {{problem}}"
    assert not dialog.would_lose_text()
    assert says(dialog, "In your own words")
    click(dialog, "Back to how it came")
    answer(dialog, "Keep it")
    assert saved(shop).changed
    click(dialog, "Back to how it came")
    answer(dialog, "Back to how it came")
    assert not saved(shop).changed
    assert says(dialog, "As it came with RecoveryDesk")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("Dear {{frist_name}}", "Nothing fills this place"), ("", "The letter is empty")],
)
def test_a_wording_that_could_never_print_is_pointed_out(dialog, shop, typed, sentence):
    dialog._editor.edit.setPlainText(typed)
    click(dialog, "Save")
    assert says(dialog, sentence)
    assert not saved(shop).changed


def test_a_title_is_asked_for(dialog, shop):
    dialog._heading.setText("")
    click(dialog, "Save")
    assert says(dialog, "Give the letter a title.")
    assert not saved(shop).changed


def test_a_copy_is_a_letter_of_ones_own_with_what_was_written(dialog, shop):
    write(dialog, "Only for regulars, {{first_name}}")
    click(dialog, "Copy as a letter of my own…")
    small = dialog.findChild(CopyDialog)
    click(small, "Make the copy")
    assert says(small, "Give your letter a name.")
    small.findChild(QLineEdit).setText("For regulars")
    click(small, "Make the copy")
    made = saved(shop, "own_1")
    assert (made.name, made.body.strip()) == ("For regulars", "Only for regulars, {{first_name}}")
    assert not saved(shop).changed
    assert says(dialog, "For regulars")
    click(dialog, "Remove this letter")
    answer(dialog, "Remove this letter")
    assert all(one.ships for one in letter_templates.texts(shop.desk, language="en"))


def test_another_letter_asks_before_words_are_lost(dialog):
    write(dialog, "Half a letter")
    dialog._want("agreed", "warm", "en")
    answer(dialog, "Keep writing")
    assert dialog._editor.words() == "Half a letter"
    dialog._want("agreed", "warm", "de")
    answer(dialog, "Go on without")
    assert dialog._text.key == "agreed"
    assert dialog._text.language == "de"


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_the_words_for_an_empty_field_can_be_changed(dialog):
    write(dialog, "{{first_name|you}}")
    for typed, field in (("fr{ien}d", "{{first_name|fr(ien)d}}"), ("", "{{first_name}}")):
        dialog._editor.edit.moveCursor(QTextCursor.MoveOperation.End)
        dialog._editor.edit.ask_words()
        small = dialog.findChildren(WordsDialog)[-1]
        small.findChild(QLineEdit).setText(typed)
        click(small, "Take these words")
        assert dialog._editor.words() == field


def test_ctrl_s_saves_as_the_button_says(dialog, shop, qtbot):
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    write(dialog, "Dear {{first_name|you}}, sorry.")
    qtbot.keyClick(dialog._editor.edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert saved(shop).body.strip() == "Dear {{first_name|you}}, sorry."


def test_a_place_that_nothing_fills_is_shown(dialog):
    write(dialog, "Dear {{frist_name}}, sorry.")
    click(dialog, "Save")
    assert dialog._editor.edit.textCursor().selectedText() == "{{frist_name}}"


def test_a_field_is_put_in_from_the_menu(dialog):
    write(dialog, "From ")
    dialog._editor.edit.moveCursor(QTextCursor.MoveOperation.End)
    group = next(one.menu() for one in dialog._editor._menu.actions() if one.text() == "About us")
    next(one for one in group.actions() if one.text() == "your name").trigger()
    assert dialog._editor.words() == "From {{owner_name}}"


def test_settings_say_how_many_letters_are_ones_own(session, shown, shop):
    card = shown(LettersCard(session))
    card.show_count()
    assert says(card, "All letters are as they came")
    letter_templates.copy(
        shop.desk, "apology", language="en", tone="warm", name="Mine", now=shop.now
    )
    card.show_count()
    assert says(card, "1 letter is in your own words.")
    click(card, "Change the letters…")
    card.findChild(TemplatesDialog).close()


def test_a_letter_of_ones_own_stays_in_its_language(session, shown):
    own = letter_templates.copy(
        session.desk, "refusal", language="en", tone="warm", name="Free cake", now=session.now()
    )
    dialog = TemplatesDialog(session, parent=shown(QWidget()))
    dialog.open()
    dialog._want(own.key, "warm", "en")
    dialog._want(own.key, "warm", "de")
    assert says(dialog, "“Free cake” is a letter of your own, in English only.")
    assert dialog._choices._language.key() == "en"
    dialog._want("apology", "warm", "de")
    assert not says(dialog, "Free cake” is a letter")
    dialog.close()


def test_what_is_not_saved_yet_is_said(dialog):
    assert says(dialog, "As it came with RecoveryDesk")
    write(dialog, "Sorry, {{first_name}}.")
    assert says(dialog, "Changed, not saved yet")


def test_closing_anyway_asks_once(dialog):
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    write(dialog, "Something else.")
    dialog.reject()
    box = dialog.findChildren(QMessageBox)[-1]
    next(one for one in box.buttons() if "anyway" in one.text()).click()
    assert not dialog.isVisible()
