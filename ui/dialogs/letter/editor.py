"""The letter being written: its text, bold, italic, lists, and what may be put in."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeySequence,
    QShortcut,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.domain import apology
from recoverydesk.domain.language import LANGUAGES
from recoverydesk.domain.merge_fields import MergeField, fields_in
from recoverydesk.services.letter_insertions import Insertion
from ui import look
from ui.dialogs.letter.field_chips import BOLD, FIELD, chip_words, insert_chip
from ui.dialogs.letter.rich import list_format, markdown_of, paragraph_format, show_markdown
from ui.dialogs.letter.sheet import Sheet, units
from ui.dialogs.letter.spelling import spelled, spelled_block
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layouts import boxed, column, row
from ui.widgets.text import Line
from ui.wording import filled, tr

LONGEST_SHOWN = 48
"""Characters of a value that the menu shows."""


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
        words = spelled_block(self.currentBlock())
        for found in apology.check(words.text, language=self._language, careful=self._careful):
            start, end = words.span(found.start, found.end)
            self.setFormat(start, end - start, doubt)
        empty = QTextCharFormat()
        empty.setBackground(now.warn_soft)
        empty.setForeground(now.warn)
        for match in FIELD.finditer(text):
            # Also what is no field at all: "{{frist_name}}" would print just so.
            self.setFormat(units(text[: match.start()]), units(match[0]), empty)


class LetterEditor(QWidget):
    """A bar of buttons and the text under it.

    Signals:
        changed: the text is another.
        put_in: something of the case was put in. Argument: what it is, as its `Insertion` says.

    Attributes:
        edit: the text inside.
    """

    changed = Signal()
    put_in = Signal(str)

    def __init__(self, *, wording: bool = False) -> None:
        """Make the editor.

        Args:
            wording: for the wording of letters, where fields are put in; else for one letter,
                where a field that is left is an empty place.
        """
        super().__init__()
        self._wording = wording
        self.edit = Sheet(wording=wording)
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
        words = tr("&Insert a field") if self._wording else tr("&Insert from the case")
        button = Button(words, "ghost", icon="plus", size="small")
        button.set_menu(self._menu)
        return button

    # What it says

    def show_letter(self, markdown: str, *, language: str, careful: bool) -> None:
        """Show another letter; Undo doesn't go back behind it."""
        self._marks.speak(language, careful=careful)
        before = self.edit.blockSignals(True)  # noqa: FBT003 - Qt's own
        show_markdown(self.edit.document(), markdown)
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
        return spelled(self.edit.document()).text

    def mark_field(self, name: str) -> None:
        """Select the first place of a field, so that typing fills it."""
        words = spelled(self.edit.document())
        for match in FIELD.finditer(words.text):
            if name in {*fields_in(match[0]), match[0], match[0].strip("{} ")}:
                self.edit.setTextCursor(self._cursor(*words.span(match.start(), match.end())))
                break
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_instead(self, phrase: str, sentence: str) -> None:
        """Put a sentence in the place of the one that a phrase stands in; Undo takes it back."""
        words = spelled(self.edit.document())
        at = words.text.find(phrase)
        if at < 0:
            return
        start, end = _sentence_around(words.text, at, at + len(phrase))
        cursor = self._cursor(*words.span(start, end))
        cursor.insertText(sentence)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def replace_words(self, old: str, new: str) -> None:
        """Put words in the place of others, each time they stand there; Undo takes it back."""
        words = spelled(self.edit.document())
        cursor = self.edit.textCursor()
        cursor.beginEditBlock()
        at = words.text.rfind(old)
        while at >= 0:
            self._cursor(*words.span(at, at + len(old))).insertText(new)
            at = words.text.rfind(old, 0, at)
        cursor.endEditBlock()

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = self.edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

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
        cursor = self.edit.textCursor()
        cursor.beginEditBlock()
        if MergeField.REMEDIES in fields_in(field) and cursor.block().text().strip():
            # It becomes a list, which stands in paragraphs of its own.
            cursor.insertBlock(paragraph_format())
        insert_chip(cursor, field)
        cursor.endEditBlock()
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()

    def offer(self, insertions: Sequence[Insertion]) -> None:
        """Fill the menu."""
        self._insertions = tuple(insertions)
        self._menu.clear()
        for place, insertion in enumerate(self._insertions):
            value = " ".join("; ".join(insertion.lines).split())
            if len(value) > LONGEST_SHOWN:
                value = value[: LONGEST_SHOWN - 1] + "…"
            what = tr(insertion.what)
            words = filled("{name}: {value}", name=what[:1].upper() + what[1:], value=value)
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
        self.put_in.emit(insertion.what)

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


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence that a phrase stands in begins and ends."""
    before = max(text.rfind(sign, 0, start) + 2 for sign in (". ", "! ", "? "))
    line = text.rfind("\n", 0, start) + 1
    first = max(line, before if before > 1 else 0)
    ends = [at + 1 for sign in ".!?" if (at := text.find(sign, end - 1)) >= 0]
    over = text.find("\n", end)
    return first, min([*ends, over if over >= 0 else len(text), len(text)])
