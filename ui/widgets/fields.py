"""Where people type: lines, areas, money, search; and the label around each of them."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QMimeData, QRectF, Qt, QTimerEvent, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QSpacerItem, QWidget

from ui import look
from ui.widgets.layouts import column, row
from ui.widgets.scrolls import ThinBar
from ui.widgets.text import Icon, Text

RADIUS = 8


def paint_edge(painter: QPainter, widget: QWidget, *, focused: bool, trouble: bool) -> None:
    """Draw the ground and edge that every input has."""
    now = look.theme()
    edge = now.danger if trouble else now.accent if focused else now.control
    fill = now.sunken if now.dark else now.surface
    if not widget.isEnabled():
        edge, fill = now.border, now.hover
    strong = 2 if focused or trouble else 1
    look.paint_rect(painter, QRectF(widget.rect()), look.px(RADIUS), fill, edge, strong)


def see_through(widget: QWidget) -> None:
    """Let the painted ground show: Qt's own would be a square in the wrong colour."""
    palette = QPalette(widget.palette())
    palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
    widget.setPalette(palette)


class TextField(QLineEdit):
    """One line of text.

    Signals: those of QLineEdit: `textChanged`, `textEdited`, `returnPressed`, `editingFinished`.
    """

    def __init__(
        self,
        text: str = "",
        *,
        name: str = "",
        example: str = "",
        icon: str = "",
        lead: str = "",
        trail: str = "",
        height: int = 36,
    ) -> None:
        """Make a field.

        Args:
            text: what stands in it.
            name: for a screen reader; `LabelledField` gives its label.
            example: shown while it is empty; never instead of a label.
            icon: before the text.
            lead: a sign before the text: a currency.
            trail: small words at the end: a unit, keys.
            height: in pixels at usual text.
        """
        super().__init__(text)
        self._icon_name = icon
        self._lead = lead
        self._trail = trail
        self._in_trouble = False
        self._key_box = False
        self.setFrame(False)
        self.setFont(look.font("body"))
        self.setFixedHeight(look.px(height))
        self.setPlaceholderText(example)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(False)
        self._make_room()
        see_through(self)

    def _make_room(self) -> None:
        left = look.px(9) + (look.px(24) if self._icon_name else 0)
        if self._lead:
            left += round(look.text_width(self._lead, look.font("body"))) + look.px(5)
        right = look.px(8)
        if self._trail:
            right += round(look.text_width(self._trail, look.font("secondary"))) + look.px(12)
        self.setTextMargins(left, 0, right, 0)

    def set_lead(self, lead: str) -> None:
        """Show another sign before the text."""
        self._lead = lead
        self._make_room()
        self.update()

    def set_trouble(self, *, on: bool) -> None:
        """Show the edge in red; `LabelledField` does it."""
        self._in_trouble = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        paint_edge(painter, self, focused=self.hasFocus(), trouble=self._in_trouble)
        middle = self.height() / 2
        if self._icon_name:
            small = look.px(16)
            y = middle - small / 2
            look.paint_icon(painter, self._icon_name, look.px(12), y, small, colour=now.text3)
        if self._lead:
            area = QRectF(look.px(12), 0, self.width(), self.height())
            look.paint_text(painter, area, self._lead, look.font("body"), now.text2)
        if self._trail:
            self._paint_trail(painter)
        painter.end()
        super().paintEvent(event)

    def _paint_trail(self, painter: QPainter) -> None:
        now = look.theme()
        if not self._key_box:
            area = QRectF(0, 0, self.width() - look.px(12), self.height())
            words = look.font("secondary")
            look.paint_text(painter, area, self._trail, words, now.text3, look.RIGHT)
            return
        words = look.font("key")
        width = look.text_width(self._trail, words) + look.px(16)
        y = (self.height() - look.px(20)) / 2
        box = QRectF(self.width() - width - look.px(8), y, width, look.px(20))
        look.paint_rect(painter, box, look.px(4), now.chip)
        look.paint_text(painter, box, self._trail, words, now.chip_text, look.CENTRE)


class MoneyField(TextField):
    """An amount with the currency's sign before it. Text only: the caller parses it."""

    def __init__(self, symbol: str, text: str = "", *, name: str = "", height: int = 36) -> None:
        """Make a field; `symbol` is the currency's sign, or its code."""
        super().__init__(text, name=name, lead=symbol, height=height)
        self.setFont(look.font("body", tabular=True))
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)


class SearchField(TextField):
    """Finds while one types.

    Signals:
        searched: the owner paused or pressed Enter. Argument: the text without outer spaces.
        left: Escape, in an empty field.
    """

    searched = Signal(str)
    left = Signal()

    PAUSE = 120
    """Milliseconds after the last key before it searches."""

    def __init__(self, *, name: str, example: str = "", key: str = "", height: int = 36) -> None:
        """Make a field.

        Args:
            name: what is searched, for a screen reader.
            example: shown while it is empty.
            key: the keys that lead here, in a small box: "Ctrl K".
            height: in pixels at usual text.
        """
        super().__init__(name=name, example=example, icon="search", trail=key, height=height)
        self._key_box = True
        self._told: str | None = None
        self._timer = 0
        self.textEdited.connect(self._wait)
        self.returnPressed.connect(self._tell)

    def _wait(self, _text: str) -> None:
        if self._timer:
            self.killTimer(self._timer)
        self._timer = self.startTimer(self.PAUSE)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Search after a pause (Qt)."""
        if event.timerId() == self._timer:
            self._tell()
        else:
            super().timerEvent(event)

    def _tell(self) -> None:
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the field, and leaves it when it is empty (Qt)."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
            self._tell()
        else:
            self.left.emit()
            event.ignore()


class TextArea(QWidget):
    """Several lines of plain text; what is pasted loses its look.

    Signals:
        changed: the text is another.
        pasted: words were pasted. Argument: the words.
        offered: something else than words was pasted or dropped. Argument: its `QMimeData`.

    Attributes:
        edit: the editor inside.
    """

    changed = Signal()
    pasted = Signal(str)
    offered = Signal(object)

    def __init__(
        self,
        text: str = "",
        *,
        name: str = "",
        example: str = "",
        lines: int = 4,
        serif: bool = False,
        grows: int = 0,
    ) -> None:
        """Make an area.

        Args:
            text: what stands in it.
            name: for a screen reader; `LabelledField` gives its label.
            example: shown while it is empty.
            lines: its height.
            serif: set as letters and customers' own words are.
            grows: up to so many lines as one types; 0 keeps the height.
        """
        super().__init__()
        self._in_trouble = False
        self._lines = lines
        self._most = max(lines, grows)
        role: look.Role = "paper" if serif else "body"
        self._line = round(look.line_height(role) * 1.1)
        self.edit = _PlainEdit(self)
        self.edit.setFont(look.font(role))
        self.edit.setPlaceholderText(example)
        self.edit.setAccessibleName(name)
        self.setLayout(column(self.edit, margins=(9, 7, 4, 6)))
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.textChanged.connect(self._changed)
        self.edit.focus_changed.connect(self.update)
        self.edit.pasted.connect(self.pasted)
        self.edit.offered.connect(self.offered)
        self.set_text(text)

    def text(self) -> str:
        """Return the text."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.edit.setPlainText(text)
        self._fit()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the editor inside, where the focus is."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def set_trouble(self, *, on: bool) -> None:
        """Show the edge in red; `LabelledField` does it."""
        self._in_trouble = on
        self.update()

    def _changed(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        lines = self._lines
        if self._most > lines:
            lines = min(max(self.edit.document().size().toSize().height(), lines), self._most)
        self.setFixedHeight(lines * self._line + look.px(16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the lines to the width (Qt)."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and edge (Qt)."""
        painter = look.ready(QPainter(self))
        paint_edge(painter, self, focused=self.edit.hasFocus(), trouble=self._in_trouble)
        painter.end()


class _PlainEdit(QPlainTextEdit):
    """The editor inside a `TextArea`: Tab leaves it, pasting brings words only."""

    focus_changed = Signal()
    pasted = Signal(str)
    offered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ThinBar())
        see_through(self)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the words and nothing else; offer what is none to whoever takes it (Qt)."""
        if not source.hasText() or source.hasUrls():
            self.offered.emit(source)
            return
        plain = QMimeData()
        plain.setText(source.text())
        super().insertFromMimeData(plain)
        self.pasted.emit(source.text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words, and what can be attached (Qt)."""
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have the edge drawn anew (Qt)."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Have the edge drawn anew (Qt)."""
        super().focusOutEvent(event)
        self.focus_changed.emit()


@runtime_checkable
class ShowsTrouble(Protocol):
    """An input whose edge can turn red."""

    def set_trouble(self, *, on: bool) -> None:
        """Show the edge in red or as usual."""
        ...


class LabelledField(QWidget):
    """A label, a hint beside it, an input, and under it what is wrong with the entry.

    Attributes:
        input: the widget inside.
    """

    def __init__(self, label: str, field: QWidget, hint: str = "") -> None:
        """Put a label over an input.

        Args:
            label: what belongs in it; `&` before the letter that leads there with Alt.
            field: the input.
            hint: small words beside the label: "optional".
        """
        super().__init__()
        self.input = field
        plain = label.replace("&", "")
        self._label = Text(plain, "label")
        self._hint = Text(hint, "secondary", "text3")
        self._sentence = Text("", "caption", "danger", wrap=True)
        self._trouble = QWidget()
        self._trouble.setLayout(
            row(
                column(Icon("circle-alert", "danger", 14), "stretch", margins=(0, 1, 0, 0)),
                (self._sentence, 1),
                gap=6,
                margins=(0, 4, 0, 0),
            )
        )
        self._trouble.hide()
        head = row(self._label, self._hint, "stretch", gap=8)
        layout = column(head, 5, field, self._trouble)
        # Beside a taller field it stays at the top; it asks for no height of its own.
        layout.addSpacerItem(
            QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        )
        layout.setStretch(layout.count() - 1, 1)
        self.setLayout(layout)
        if not field.accessibleName():
            field.setAccessibleName(plain)
        field.setAccessibleDescription(hint)
        self.setFocusProxy(field)
        if plain != label:
            self._add_mnemonic(label)

    def _add_mnemonic(self, label: str) -> None:
        letter = label[label.index("&") + 1]
        action = QAction(self)
        action.setShortcut(f"Alt+{letter.upper()}")
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(self.focus_input)
        self.addAction(action)

    def set_hint(self, hint: str) -> None:
        """Change the small words beside the label."""
        self._hint.setText(hint)
        self.input.setAccessibleDescription(hint)

    def show_error(self, sentence: str) -> None:
        """Mark the input and show under it what is wrong."""
        self._sentence.setText(sentence)
        self._trouble.show()
        self.input.setAccessibleDescription(sentence)
        if isinstance(self.input, ShowsTrouble):
            self.input.set_trouble(on=True)

    def clear_error(self) -> None:
        """Take the mark and the sentence away."""
        self._trouble.hide()
        self._sentence.setText("")
        self.input.setAccessibleDescription(self._hint.text())
        if isinstance(self.input, ShowsTrouble):
            self.input.set_trouble(on=False)

    def error(self) -> str:
        """Return the sentence that is shown; empty where all is well."""
        return self._sentence.text()

    def focus_input(self) -> None:
        """Put the cursor into the input."""
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)
