"""Fields in a letter's text: one sign each, in the owner's words, and exact on the way back."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent, QImage, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolTip

from recoverydesk.domain import apology
from recoverydesk.domain.language import LANGUAGES
from recoverydesk.domain.merge_fields import MergeField
from recoverydesk.services.presets import letter_presets
from ui import look
from ui.dialogs.letter.editor import LetterEditor
from ui.dialogs.letter.field_chips import (
    SIGN,
    FieldText,
    chip_words,
    field_of,
    field_text,
    tidy_otherwise,
)
from ui.dialogs.letter.rich import markdown_of, show_markdown
from ui.dialogs.letter.sheet import WordsDialog
from ui.dialogs.templates import GROUPS

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")

PART = QTextCursor.MoveMode.KeepAnchor


@pytest.fixture
def write(shown):
    """Show an editor with a letter in it."""

    def open_it(markdown, *, wording=True):
        editor = shown(LetterEditor(wording=wording), 640, 420)
        editor.show_letter(markdown, language="en", careful=False)
        editor.edit.moveCursor(QTextCursor.MoveOperation.End)
        editor.edit.setFocus()
        return editor

    return open_it


def through(markdown):
    document = QTextDocument()
    show_markdown(document, markdown)
    return markdown_of(document)


def pasted(editor, text):
    data = QMimeData()
    data.setText(text)
    editor.edit.insertFromMimeData(data)


def select(editor, start, end):
    cursor = editor.edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, PART)
    editor.edit.setTextCursor(cursor)


def chip_middle(editor, at):
    """Where the chip at a position is, in the viewport."""
    cursor = editor.edit.textCursor()
    cursor.setPosition(at)
    left = editor.edit.cursorRect(cursor)
    cursor.setPosition(at + 1)
    return QPoint((left.left() + editor.edit.cursorRect(cursor).left()) // 2, left.center().y())


def menu_of(editor):
    return next(
        one
        for one in editor.edit.findChildren(
            QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        if one.actions()
    )


def choose(editor, words):
    menu = menu_of(editor)
    next(one for one in menu.actions() if one.text() == words).trigger()
    menu.close()


def colours(widget, *wanted):
    """Which of some colours are in a widget's picture."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    seen = {
        picture.pixel(x, y) for x in range(0, picture.width(), 2) for y in range(picture.height())
    }
    return {colour.name() for colour in wanted if colour.rgb() in seen}


# There and back


@pytest.mark.parametrize(
    "markdown",
    [
        "Dear {{first_name|there}}, {{problem}}",
        "**{{first_name}}** and *{{problem|x}}*",
        "{{problem|it *was* bad}} end",
        "{{problem|2 \\* 3}} end",
        "{{ First Name |there}}",
        "{{reason|}}",
        "{{full_name}}{{full_name}}",
        "- {{remedies}}\n- **{{remedy}}**",
        "1. {{remedy}}",
        "😀{{first_name|😀}}😀 \ue000",
    ],
)
def test_a_field_comes_back_just_as_it_was(markdown, qapp):  # noqa: ARG001
    assert through(markdown) == markdown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_the_letters_that_ship_comes_back(language, qapp):  # noqa: ARG001
    for letter in letter_presets(language):
        assert through(letter.body) == letter.body.strip(), (letter.key, letter.tone)


def test_what_is_no_field_stays_text(write):
    editor = write("Dear {{frist_name}},")
    assert editor.edit.toPlainText() == "Dear {{frist_name}},"
    assert editor.markdown() == "Dear {{frist_name}},"


def test_every_field_there_is_can_be_put_in():
    offered = [field for _, fields in GROUPS for field in fields]
    assert sorted(offered) == sorted(MergeField)


# One unit


def test_the_cursor_passes_a_chip_in_one_step_and_backspace_takes_it_whole(write, qtbot):
    editor = write("a {{full_name}}")
    qtbot.keyClick(editor.edit, Qt.Key.Key_Left)
    assert editor.edit.textCursor().position() == 2
    qtbot.keyClick(editor.edit, Qt.Key.Key_Right)
    qtbot.keyClick(editor.edit, Qt.Key.Key_Backspace)
    assert editor.markdown() == "a"
    editor.edit.undo()
    assert editor.markdown() == "a {{full_name}}"


def test_a_field_that_is_typed_becomes_a_chip_and_undo_gives_the_braces_back(write, qtbot):
    editor = write("")
    qtbot.keyClicks(editor.edit, "Dear {{first_name}}")
    assert editor.edit.toPlainText() == f"Dear {SIGN}"
    qtbot.keyClick(editor.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.edit.toPlainText() == "Dear {{first_name}}"
    qtbot.keyClick(editor.edit, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor.edit, ", you")
    assert editor.markdown() == "Dear {{first_name}}, you"


def test_what_is_typed_after_a_chip_is_plain_text(write, qtbot):
    editor = write("{{first_name}}")
    qtbot.keyClicks(editor.edit, " x")
    assert editor.markdown() == "{{first_name}} x"
    last = editor.edit.textCursor().charFormat()
    assert field_of(last) == ""


def test_copied_chips_are_the_fields_and_pasted_fields_are_chips(write):
    editor = write("Dear {{first_name|you}}, **sorry** 😀.\n\n{{problem}}")
    editor.edit.selectAll()
    copied = editor.edit.createMimeDataFromSelection()
    assert copied.text() == "Dear {{first_name|you}}, sorry 😀.\n{{problem}}"
    editor.edit.insertFromMimeData(copied)
    assert editor.edit.toPlainText() == f"Dear {SIGN}, sorry 😀.\n{SIGN}"
    select(editor, 5, 6)
    assert editor.edit.createMimeDataFromSelection().text() == "{{first_name|you}}"


def test_a_pasted_object_sign_is_no_chip(write):
    editor = write("")
    pasted(editor, f"a{SIGN}b {{{{first_name|x{SIGN}}}}}")
    assert SIGN not in editor.edit.toPlainText()


def test_a_chip_can_be_bold(write, qtbot):
    editor = write("{{first_name}} x")
    select(editor, 0, 1)
    qtbot.keyClick(editor.edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert editor.markdown() == "**{{first_name}}** x"


def test_agreed_remedies_get_a_paragraph_of_their_own(write):
    editor = write("This we do:")
    editor._put_field("{{remedies}}")
    assert editor.markdown() == "This we do:\n\n{{remedies}}"


# What the coach reads


def test_a_chip_counts_as_what_will_stand_there(write):
    editor = write("I am sorry. {{problem}} {{remedies}}")
    assert editor.words() == "I am sorry. {{problem}} {{remedies}}"
    parts = apology.parts(editor.words(), language="en")
    assert parts.what_happened
    assert parts.repair


def test_marks_stand_under_their_words_behind_chips_and_emoji(write):
    editor = write("{{first_name|x}} 😀 {{full_name}} I am sorry if you felt hurt.")
    text = editor.edit.toPlainText()
    QApplication.processEvents()
    waves = [
        one
        for one in editor.edit.document().firstBlock().layout().formats()
        if one.format.underlineColor() == look.theme().warn
    ]
    (found,) = apology.check(editor.words(), language="en")
    units = text.encode("utf-16-le")
    marked = [
        units[one.start * 2 : (one.start + one.length) * 2].decode("utf-16-le") for one in waves
    ]
    assert found.phrase in marked


def test_a_better_sentence_lands_behind_chips(write):
    editor = write("Dear {{first_name|x}} 😀. I am sorry if you felt hurt. Yours, {{owner_name}}")
    editor.say_instead("sorry if you felt hurt", "I am sorry.")
    assert editor.words() == "Dear {{first_name|x}} 😀. I am sorry. Yours, {{owner_name}}"


def test_a_field_is_found_by_its_name(write):
    editor = write("a {{full_name}} b {{problem|x}} {{frist_name}}")
    editor.mark_field("problem")
    chip = editor.edit.textCursor()
    assert field_of(chip.charFormat()) == "{{problem|x}}"
    assert chip.selectedText() == SIGN
    editor.mark_field("{{frist_name}}")
    assert editor.edit.textCursor().selectedText() == "{{frist_name}}"


# Seen and heard


@pytest.mark.parametrize(("wording", "ground"), [(True, "accent_soft"), (False, "warn_soft")])
def test_chips_are_drawn_in_the_colours_of_the_look(write, wording, ground):
    editor = write("Dear {{first_name|you}},", wording=wording)
    light = look.theme().colour(ground)
    assert colours(editor.edit, light) == {light.name()}
    look.apply_mode("dark")
    try:
        dark = look.theme().colour(ground)
        assert colours(editor.edit, light, dark) == {dark.name()}
    finally:
        look.apply_mode("light")


def test_a_chip_is_never_wider_than_the_sheet(write):
    editor = write(f"{{{{problem|{'w' * 180}}}}}")
    line = editor.edit.document().firstBlock().layout().lineAt(0)
    assert line.naturalTextWidth() < editor.edit.viewport().width()


def test_a_chip_leaves_the_lines_as_they_are(write):
    plain, chip = (write(text).edit.document().size().height() for text in ("a", "{{full_name}}"))
    assert abs(plain - chip) <= 1


def test_a_screen_reader_hears_the_fields(write):
    editor = write("Dear {{first_name|there}}, {{reason}} {{problem|}}")
    heard = QAccessible.queryAccessibleInterface(editor.edit).text(QAccessible.Text.Description)
    assert heard == (
        "Fields in it: their first name, or: there; why we can't do what they asked;"
        " what went wrong, or: nothing"
    )
    editor.edit.selectAll()
    editor.edit.textCursor().removeSelectedText()
    assert editor.edit.accessibleDescription() == ""


def test_coming_to_a_chip_is_read_out(write, qtbot, monkeypatch):
    said = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    editor = write("a {{full_name}} b")
    said.clear()
    for _ in range(2):
        qtbot.keyClick(editor.edit, Qt.Key.Key_Left)
    assert said == ["their name"]


def test_all_of_a_long_chip_is_in_its_tooltip(write):
    editor = write(f"{{{{reason|{'words ' * 30}}}}}")
    at = chip_middle(editor, 0)
    tip = QHelpEvent(QEvent.Type.ToolTip, at, editor.edit.viewport().mapToGlobal(at))
    QApplication.sendEvent(editor.edit.viewport(), tip)
    assert ("words " * 30).strip() in QToolTip.text()


# The menu of a chip


def test_a_click_opens_the_menu_and_words_are_asked_for(write, qtbot):
    editor = write("Dear {{first_name}}, sorry.")
    QTest.mouseClick(editor.edit.viewport(), Qt.MouseButton.LeftButton, pos=chip_middle(editor, 5))
    choose(editor, "Words for when it is empty…")
    dialog = editor.edit.findChild(WordsDialog)
    qtbot.keyClicks(dialog.findChild(QLineEdit), "dear *friend*")
    dialog.save_button.click()
    assert editor.markdown() == "Dear {{first_name|dear \\*friend\\*}}, sorry."
    assert chip_words("{{first_name|dear \\*friend\\*}}") == "their first name, or: dear *friend*"
    editor.edit.undo()
    assert editor.markdown() == "Dear {{first_name}}, sorry."


def test_a_click_beside_a_chip_opens_nothing(write):
    editor = write("Dear {{first_name}}, sorry.")
    beside = chip_middle(editor, 5)
    beside.setX(editor.edit.viewport().width() - 30)
    QTest.mouseClick(editor.edit.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert editor.edit.chip_at(beside) is None
    assert all(not menu.isVisible() for menu in editor.edit.findChildren(QMenu))


def test_keys_open_the_menu_too(write, qtbot):
    editor = write("{{first_name|you}}")
    qtbot.keyClick(editor.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    choose(editor, "Leave it out when it is empty")
    assert editor.markdown() == "{{first_name|}}"
    qtbot.keyClick(editor.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    choose(editor, "Leave it out when it is empty")
    assert editor.markdown() == "{{first_name}}"
    qtbot.keyClick(editor.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    choose(editor, "Remove")
    assert editor.markdown() == ""


def test_in_a_letter_an_empty_place_is_written_over(write, qtbot):
    editor = write("It broke on {{happened_on}}.", wording=False)
    editor.mark_field("happened_on")
    qtbot.keyClick(editor.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    choose(editor, "Write it yourself…")
    dialog = editor.edit.findChild(WordsDialog)
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Monday")
    dialog.save_button.click()
    assert editor.markdown() == "It broke on Monday."


@pytest.mark.parametrize("typed", ["{{x}}", "a\nb", "*" * 300, "\\" * 300, "w" * 300])
def test_whatever_words_are_typed_the_field_stays_one(typed):
    source = FieldText(MergeField.REASON, tidy_otherwise(typed)).source
    assert field_text(source) == FieldText(MergeField.REASON, tidy_otherwise(typed))
