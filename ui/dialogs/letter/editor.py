"""The letter being written: its text, bold, italic, lists, and what may be put in."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeySequence,
    QShortcut,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QWidget

from recoverydesk.domain import apology
from recoverydesk.domain.language import LANGUAGES
from recoverydesk.domain.merge_fields import fields_in
from recoverydesk.records import record
from ui import look
from ui.dialogs.letter.field_chips import FieldChips, chip_words, field_of, insert_chip
from ui.dialogs.letter.rich import (
    BOLD,
    FIELD,
    insert_with_chips,
    list_format,
    markdown_of,
    paragraph_format,
    show_markdown,
    words_of,
)
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields import see_through
from ui.widgets.layouts import boxed, column, row
from ui.widgets.scrolls import float_bar
from ui.widgets.text import Line
from ui.wording import filled, tr

LONGEST_SHOWN = 48
"""Characters of a value that the menu shows."""


@record
class Insertion:
    """Something of the case that can be put into the letter."""

    name: str
    lines: tuple[str, ...]
    """One is put in as it stands; several become a list."""


class Marks(QSyntaxHighlighter):
    """Marks places still empty, and phrases that undo an apology."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._language = LANGUAGES[0]
        self._careful = False

    def speak(self, language: str, *, careful: bool) -> None:
        """Look for what is to be reconsidered in this language."""
        self._language, self._careful = language, careful

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Mark one paragraph (Qt)."""
        now = look.theme()
        doubt = QTextCharFormat()
        doubt.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        doubt.setUnderlineColor(now.warn)
        for found in apology.check(text, language=self._language, careful=self._careful):
            self._mark(text, found.start, found.end, doubt)
        empty = QTextCharFormat()
        empty.setBackground(now.warn_soft)
        empty.setForeground(now.warn)
        for match in FIELD.finditer(text):
            # Also what is no field at all: "{{frist_name}}" would print just so.
            self._mark(text, match.start(), match.end(), empty)

    def _mark(self, text: str, start: int, end: int, how: QTextCharFormat) -> None:
        self.setFormat(_units(text[:start]), _units(text[start:end]), how)


class _Sheet(QTextEdit):
    """The text itself: Tab leaves it, pasting brings words only."""

    def __init__(self) -> None:
        super().__init__()
        # The italic and the strong cut are loaded with their roles.
        look.font("words")
        look.font("paper", BOLD)
        self.setFont(look.font("paper"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        see_through(self)
        float_bar(self)
        self.document().setDocumentMargin(look.px(24))
        self.document().setIndentWidth(look.px(24))
        self.setAccessibleName(tr("Letter"))
        self.chips: FieldChips | None = None

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the words and nothing else, fields as chips where chips are shown (Qt)."""
        cursor = self.textCursor()
        if self.chips is None:
            cursor.insertText(source.text())
        else:
            insert_with_chips(cursor, source.text(), cursor.charFormat())

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Copy the words, chips as the fields that they stand for (Qt)."""
        copied = QTextDocument()
        QTextCursor(copied).insertFragment(self.textCursor().selection())
        data = QMimeData()
        data.setText(words_of(copied))
        return data


class LetterEditor(QWidget):
    """A bar of buttons and the text under it.

    Signals:
        changed: the text is another.

    Attributes:
        edit: the text inside.
    """

    changed = Signal()

    def __init__(self, *, chips: bool = False) -> None:
        """Make the editor.

        Args:
            chips: show fields as chips and offer those there are: for the wording of letters.
        """
        super().__init__()
        self.edit = _Sheet()
        if chips:
            self.edit.chips = FieldChips(self)
            self.edit.chips.serve(self.edit.document())
        self._marks = Marks(self.edit.document())
        self._menu = QMenu(self)
        self._insertions: tuple[Insertion, ...] = ()
        bar = row(
            self._tool("bold", tr("Bold"), "Ctrl+B", self.toggle_bold),
            self._tool("italic", tr("Italic"), "Ctrl+I", self.toggle_italic),
            self._tool("list", tr("List"), "Ctrl+L", self.toggle_list),
            8,
            boxed(row(Line("border", upright=True), margins=(0, 6, 0, 6))),
            4,
            self._insert_button(),
            "stretch",
            self._tool("undo-2", tr("Undo"), "", self.edit.undo),
            gap=4,
            margins=(16, 6, 12, 6),
        )
        self.setLayout(column(bar, Line("border"), (self.edit, 1)))
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.changed)
        look.changes().changed.connect(self._marks.rehighlight)

    def _tool(self, icon: str, name: str, keys: str, on_used: object) -> IconButton:
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button = IconButton(icon, f"{name} ({shown})" if keys else name, size="small")
        button.setAccessibleName(name)
        button.clicked.connect(on_used)
        if keys:
            shortcut = QShortcut(QKeySequence(keys), self.edit)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(on_used)
        return button

    def _insert_button(self) -> Button:
        words = tr("&Insert from the case") if self.edit.chips is None else tr("&Insert a field")
        button = Button(words, "ghost", icon="plus", size="small")
        button.set_menu(self._menu)
        return button

    # What it says

    def show_letter(self, markdown: str, *, language: str, careful: bool) -> None:
        """Show another letter; Undo doesn't go back behind it."""
        self._marks.speak(language, careful=careful)
        before = self.edit.blockSignals(True)  # noqa: FBT003 - Qt's own
        show_markdown(self.edit.document(), markdown, chips=self.edit.chips is not None)
        self.edit.document().clearUndoRedoStacks()
        self.edit.moveCursor(QTextCursor.MoveOperation.Start)
        self.edit.blockSignals(before)
        self.show_start()
        self._marks.rehighlight()
        self.changed.emit()

    def show_start(self) -> None:
        """Scroll to the beginning, margin and all."""
        self.edit.verticalScrollBar().setValue(0)

    def markdown(self) -> str:
        """Return the letter as it is kept and drawn."""
        return markdown_of(self.edit.document())

    def words(self) -> str:
        """Return the bare words."""
        return words_of(self.edit.document())

    def mark_field(self, name: str) -> None:
        """Select the first empty place of a field, so that typing fills it."""
        self.edit.moveCursor(QTextCursor.MoveOperation.Start)
        for match in FIELD.finditer(self.words()):
            if name in {*fields_in(match[0]), match[0], match[0].strip("{} ")}:
                self.edit.find(match[0])
                break
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_instead(self, phrase: str, sentence: str) -> None:
        """Put a sentence in the place of the one that a phrase stands in; Undo takes it back."""
        whole = self.words()
        at = whole.find(phrase)
        if at < 0:
            return
        start, end = _sentence_around(whole, at, at + len(phrase))
        cursor = self.edit.textCursor()
        cursor.setPosition(_units(whole[:start]))
        cursor.setPosition(_units(whole[:end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(sentence)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is put in

    def offer_fields(self, groups: Mapping[str, Sequence[str]]) -> None:
        """Fill the menu with fields, by group.

        Args:
            groups: a group's words, and its fields as they are written: "{{first_name}}".
        """
        self._menu.clear()
        for words, fields in groups.items():
            group = self._menu.addMenu(words)
            for field in fields:
                action = group.addAction(chip_words(field))
                action.triggered.connect(partial(self._put_field, field))

    def _put_field(self, field: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        insert_chip(self.edit.textCursor(), field)
        self.edit.setFocus()

    def chip_here(self) -> str:
        """Return the field whose chip the cursor stands behind, or has selected; else nothing."""
        return field_of(self.edit.textCursor().charFormat())

    def change_chip(self, field: str) -> None:
        """Put another field in the place of the chip that the cursor is at."""
        cursor = self.edit.textCursor()
        if not cursor.hasSelection():
            cursor.movePosition(
                QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor
            )
        insert_chip(cursor, field)
        self.edit.setTextCursor(cursor)

    def offer(self, insertions: Sequence[Insertion]) -> None:
        """Fill the menu."""
        self._insertions = tuple(insertions)
        self._menu.clear()
        for place, insertion in enumerate(self._insertions):
            value = " ".join("; ".join(insertion.lines).split())
            if len(value) > LONGEST_SHOWN:
                value = value[: LONGEST_SHOWN - 1] + "…"
            words = filled("{name}: {value}", name=insertion.name, value=value)
            action = self._menu.addAction(words.replace("&", "&&"))
            action.setData(place)
        self._menu.triggered.connect(self._insert, Qt.ConnectionType.UniqueConnection)

    def _insert(self, action: object) -> None:
        place = action.data()  # type: ignore[attr-defined]
        insertion = self._insertions[place]
        cursor = self.edit.textCursor()
        cursor.beginEditBlock()
        if len(insertion.lines) == 1:
            cursor.insertText(insertion.lines[0])
        else:
            self._insert_list(cursor, insertion.lines)
        cursor.endEditBlock()
        self.edit.setFocus()

    @staticmethod
    def _insert_list(cursor: QTextCursor, lines: Sequence[str]) -> None:
        if cursor.block().text().strip():
            cursor.insertBlock(paragraph_format())
        cursor.createList(list_format())
        for place, line in enumerate(lines):
            if place:
                # A new line of a list is one of its items by itself.
                cursor.insertBlock()
            cursor.insertText(line)
        cursor.insertBlock(paragraph_format())

    # How it looks

    def toggle_bold(self) -> None:
        """Make what is selected bold, or not."""
        made = QTextCharFormat()
        bold = self.edit.currentCharFormat().fontWeight() >= BOLD
        made.setFontWeight(QFont.Weight.Normal if bold else BOLD)
        self.edit.mergeCurrentCharFormat(made)
        self.edit.setFocus()

    def toggle_italic(self) -> None:
        """Make what is selected italic, or not."""
        made = QTextCharFormat()
        made.setFontItalic(not self.edit.currentCharFormat().fontItalic())
        self.edit.mergeCurrentCharFormat(made)
        self.edit.setFocus()

    def toggle_list(self) -> None:
        """Make the paragraphs selected items of a list, or not."""
        cursor = self.edit.textCursor()
        cursor.beginEditBlock()
        if cursor.currentList() is None:
            cursor.createList(list_format())
        else:
            cursor.setBlockFormat(paragraph_format())
        cursor.endEditBlock()
        self.edit.setFocus()


def _units(text: str) -> int:
    """Return how long Qt takes a text to be: it counts in UTF-16, where an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence that a phrase stands in begins and ends."""
    before = max(text.rfind(sign, 0, start) + 2 for sign in (". ", "! ", "? "))
    line = text.rfind("\n", 0, start) + 1
    first = max(line, before if before > 1 else 0)
    ends = [at + 1 for sign in ".!?" if (at := text.find(sign, end - 1)) >= 0]
    over = text.find("\n", end)
    return first, min([*ends, over if over >= 0 else len(text), len(text)])
