"""The letter's text as one writes it: words are pasted bare, fields stand in it as chips."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QTextEdit, QToolTip, QWidget

from ui import look
from ui.dialogs.letter.field_chips import (
    BOLD,
    FIELD,
    FieldChips,
    FieldText,
    change_chip,
    chip_cursor,
    chip_words,
    field_of,
    field_text,
    field_words,
    insert_chip,
    insert_with_chips,
    tidy_otherwise,
)
from ui.dialogs.letter.spelling import spelled
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField, see_through
from ui.widgets.scrolls import float_bar
from ui.widgets.text import plain_tip
from ui.wording import filled, tr


def units(text: str) -> int:
    """Return how long Qt takes a text to be: it counts in UTF-16, where an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


class WordsDialog(Dialog):
    """Asks for a few words that have to do with a field.

    Signals:
        taken: they are decided. Argument: the words, on one line.
    """

    taken = Signal(str)

    def __init__(self, source: str, words: str, *, wording: bool, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            source: the field as it is written.
            words: what there is so far.
            wording: they are for whenever the field is empty; else for this one letter.
            parent: what it belongs to.
        """
        title = tr("When it is empty") if wording else tr("Write it yourself")
        super().__init__(parent, title, save=tr("Take these words"), width=480)
        self._field = TextField(words)
        label = filled("Instead of “{what}”", what=field_words(source))
        hint = tr("left empty, you are asked before it prints") if wording else ""
        self.add(LabelledField(label, self._field, hint))
        self.save_wanted.connect(self._take)
        self._field.setFocus()

    def _take(self) -> None:
        self.accept()
        self.taken.emit(self._field.text())


class Sheet(QTextEdit):
    """The text itself: Tab leaves it, pasting brings words only.

    Attributes:
        chips: draws the fields.
    """

    def __init__(self, *, wording: bool) -> None:
        """Make an empty sheet.

        Args:
            wording: fields are what it is about; else they are places still empty.
        """
        super().__init__()
        # The italic and the strong cut are loaded with their roles.
        look.font("words")
        look.font("paper", BOLD)
        self.setFont(look.font("paper"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        see_through(self)
        float_bar(self)
        self.document().setDocumentMargin(look.px(24))
        self.document().setIndentWidth(look.px(24))
        self.setAccessibleName(tr("Letter"))
        self._wording = wording
        self._pressed_at = QPoint()
        self._menu = QMenu(self)
        self.chips = FieldChips(self, tone="accent" if wording else "warn")
        self.chips.serve(self.document())
        self.textChanged.connect(self._describe)
        self.cursorPositionChanged.connect(self._read_out)

    # In and out

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the words and nothing else, fields as chips (Qt)."""
        insert_with_chips(self.textCursor(), source.text())
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Copy the words, chips as the fields that they stand for (Qt)."""
        cursor = self.textCursor()
        data = QMimeData()
        words = spelled(self.document())
        data.setText(words.between(cursor.selectionStart(), cursor.selectionEnd()))
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; a field just written becomes a chip, Alt+Down opens the menu of one (Qt)."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down and self._chip_beside() is not None:
            self._open_menu(self._chip_beside())
            return
        super().keyPressEvent(event)
        # Undo comes this way too, and would be undone at once. (Some keyboards need Ctrl and Alt
        # for a brace, so the modifiers don't tell.)
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        if event.text().strip() and not event.matches(undo) and not event.matches(redo):
            self._chip_what_was_typed()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Type by an input method (Qt)."""
        super().inputMethodEvent(event)
        if event.commitString():
            self._chip_what_was_typed()

    def _chip_what_was_typed(self) -> None:
        block = self.textCursor().block()
        text = block.text()
        for match in FIELD.finditer(text):
            if field_text(match[0]) is not None:
                cursor = QTextCursor(self.document())
                start = block.position() + units(text[: match.start()])
                cursor.setPosition(start)
                cursor.setPosition(start + units(match[0]), QTextCursor.MoveMode.KeepAnchor)
                cursor.beginEditBlock()
                insert_chip(cursor, match[0])
                cursor.endEditBlock()
                return

    # Chips under the hand

    def chip_at(self, point: QPoint) -> QTextCursor | None:
        """Return a cursor that has selected the chip at a point of the viewport, or None."""
        near = self.cursorForPosition(point).position()
        for at in (near, near - 1):
            chip = chip_cursor(self.document(), at)
            if chip is not None and self._area(chip).contains(point):
                return chip
        return None

    def _area(self, chip: QTextCursor) -> QRect:
        before = QTextCursor(self.document())
        before.setPosition(chip.selectionStart())
        first, last = self.cursorRect(before), self.cursorRect(chip)
        if last.top() > first.top():  # the last of its line: the place behind is on the next
            last.moveTo(self.viewport().width(), first.top())
        return QRect(first.topLeft(), last.bottomRight())

    def _chip_beside(self) -> QTextCursor | None:
        """Return the chip that is selected, or that the cursor stands behind or before."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            one = cursor.selectionEnd() - cursor.selectionStart() == 1
            return chip_cursor(self.document(), cursor.selectionStart()) if one else None
        behind = chip_cursor(self.document(), cursor.position() - 1)
        return behind or chip_cursor(self.document(), cursor.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, to tell a click from a drag (Qt)."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the menu of the chip that was clicked (Qt)."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        moved = (point - self._pressed_at).manhattanLength()
        if event.button() is not Qt.MouseButton.LeftButton or event.modifiers():
            return
        if moved < QApplication.startDragDistance() and (chip := self.chip_at(point)) is not None:
            self._open_menu(chip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a chip can be clicked (Qt)."""
        super().mouseMoveEvent(event)
        over = self.chip_at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of a chip, or the usual one (Qt)."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        chip = self._chip_beside() if by_key else self.chip_at(event.pos())
        if chip is None:
            super().contextMenuEvent(event)
        else:
            self._open_menu(chip)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell all of what a chip says, where it is shortened (Qt)."""
        if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
            return super().viewportEvent(event)
        chip = self.chip_at(event.pos())
        words = "" if chip is None else chip_words(field_of(chip.charFormat()))
        QToolTip.showText(event.globalPos(), plain_tip(words) if words else "", self.viewport())
        return True

    def _open_menu(self, chip: QTextCursor | None) -> None:
        if chip is None:
            return
        self.setTextCursor(chip)
        found = field_text(field_of(chip.charFormat()))
        self._menu.clear()
        if self._wording:
            ask = self._menu.addAction(tr("Words for when it is empty…"))
            leave = self._menu.addAction(tr("Leave it out when it is empty"))
            leave.setCheckable(True)
            leave.setChecked(found is not None and found.otherwise == "")
            leave.triggered.connect(self._leave_out)
        else:
            ask = self._menu.addAction(tr("Write it yourself…"))
        ask.triggered.connect(self.ask_words)
        self._menu.addSeparator()
        remove = self._menu.addAction(look.icon("trash-2"), tr("Remove"))
        remove.triggered.connect(self._remove)
        area = self._area(chip)
        self._menu.popup(self.viewport().mapToGlobal(area.bottomLeft() + QPoint(0, look.px(4))))

    def ask_words(self) -> None:
        """Ask for the words of the chip that the cursor is at."""
        chip = self._chip_beside()
        if chip is None:
            return
        self.setTextCursor(chip)
        source = field_of(chip.charFormat())
        found = field_text(source)
        words = "" if found is None else found.otherwise or ""
        dialog = WordsDialog(source, words, wording=self._wording, parent=self)
        dialog.taken.connect(self._take_words)
        dialog.open()

    def _take_words(self, typed: str) -> None:
        chip = self._chip_beside()
        if chip is None:
            return
        words = tidy_otherwise(typed)
        if self._wording:
            self._change(chip, words or None)
        elif words:
            chip.insertText(words)
            self.setTextCursor(chip)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_out(self, on: bool) -> None:  # noqa: FBT001 - Qt's
        chip = self._chip_beside()
        if chip is not None:
            self._change(chip, "" if on else None)

    @staticmethod
    def _change(chip: QTextCursor, otherwise: str | None) -> None:
        found = field_text(field_of(chip.charFormat()))
        if found is not None:
            change_chip(chip, FieldText(found.field, otherwise).source)

    def _remove(self) -> None:
        chip = self._chip_beside()
        if chip is not None:
            chip.removeSelectedText()

    # For who hears it

    def _describe(self) -> None:
        """Name the fields: a screen reader finds only a sign for each in the text."""
        told: list[str] = []
        block = self.document().begin()
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                source = field_of(fragments.fragment().charFormat())
                if source:
                    told += [chip_words(source)] * fragments.fragment().length()
                fragments += 1
            block = block.next()
        fields = filled("Fields in it: {fields}", fields="; ".join(told)) if told else ""
        if fields != self.accessibleDescription():
            self.setAccessibleDescription(fields)

    def _read_out(self) -> None:
        """Say what the chip is that the cursor has come to."""
        if QAccessible.isActive() and (chip := self._chip_beside()) is not None:
            words = chip_words(field_of(chip.charFormat()))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
