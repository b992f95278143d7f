"""Cards: a title, what belongs to it, and cards that fold."""

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui import look
from ui.widgets.focus import ARROWS, focus_came, focus_went
from ui.widgets.layouts import column, row
from ui.widgets.text import Icon, Line, Text

RADIUS = 12
Ground = Literal["surface", "sunken", "accent", "warn", "danger"]

_GROUNDS: dict[Ground, tuple[look.Token, look.Token]] = {
    "surface": ("surface", "border"),
    "sunken": ("sunken", "border"),
    "accent": ("accent_soft", "accent_line"),
    "warn": ("warn_soft", "warn_line"),
    "danger": ("danger_soft", "danger_line"),
}


class Panel(QFrame):
    """A rounded ground without padding or layout; set your own."""

    def __init__(self, ground: Ground = "surface", radius: int = RADIUS) -> None:
        super().__init__()
        self._ground: Ground = ground
        self._radius = look.px(radius)
        self._bare = False

    def set_bare(self) -> None:
        """Draw no ground: it lies on another card."""
        self._bare = True
        self.update()

    def set_ground(self, ground: Ground) -> None:
        """Tint it: accent for what to do next, danger for what came back."""
        self._ground = ground
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground (Qt)."""
        if self._bare:
            return
        painter = look.ready(QPainter(self))
        now = look.theme()
        fill, edge = (now.colour(token) for token in _GROUNDS[self._ground])
        look.paint_rect(painter, QRectF(self.rect()), self._radius, fill, edge)
        painter.end()


def on_panel(content: QWidget) -> Panel:
    """Return a card's ground with something on it, as large as there is room."""
    panel = Panel()
    panel.setLayout(column((content, 1)))
    return panel


class Card(Panel):
    """A card with a title line; put things into `body`.

    Attributes:
        body: the layout under the title.
        head: the title line, for buttons at its end.
    """

    def __init__(
        self,
        title: str = "",
        meta: str = "",
        *,
        icon: str = "",
        ground: Ground = "surface",
        tone: look.Tone = "neutral",
        gap: int = 8,
    ) -> None:
        """Make a card.

        Args:
            title: what it is about; empty leaves the title line out.
            meta: small words at the end of the title line.
            icon: before the title.
            ground: surface, sunken, or tinted: accent, warn, danger.
            tone: of title and icon, on tinted cards.
            gap: between things in the body, in pixels at usual text.
        """
        super().__init__(ground)
        plain = tone == "neutral"
        role: look.Role = "card" if plain else "strong"
        self._title = Text(title, role, "text" if plain else look.INKS[tone], weight=600)
        self._meta = Text(meta, "caption", "text2", align=look.RIGHT)
        self._icon = Icon(icon, look.INKS[tone], 18)
        if not icon:  # shown before it has a parent it would open as a window
            self._icon.hide()
        self.head = row(self._icon, (self._title, 1), self._meta, gap=8)
        self.body: QVBoxLayout = column(gap=gap)
        head = QWidget()
        head.setLayout(self.head)
        if not title:
            head.hide()
        self._head = head
        self.setLayout(column(head, (self.body, 1), gap=gap, margins=(20, 16, 20, 18)))
        self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self._head.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_meta(self, meta: str) -> None:
        """Change the small words at the end of the title line."""
        self._meta.setText(meta)

    def add(self, *widgets: QWidget) -> None:
        """Put widgets under one another into the body."""
        for widget in widgets:
            self.body.addWidget(widget)


class FactLine(QWidget):
    """A name at the start and its value at the end: "Yearly custom kept   £3,120"."""

    def __init__(self, name: str, value: str = "", *, token: look.Token = "text") -> None:
        super().__init__()
        self._name = Text(name, "secondary", "text2")
        self._value = Text(value, "label", token, align=look.RIGHT, weight=600)
        self.setLayout(row((self._name, 1), self._value, gap=12))

    def set_value(self, value: str, token: look.Token = "text") -> None:
        """Show another value."""
        self._value.setText(value)
        self._value.set_token(token)


class _FoldHead(QAbstractButton):
    """The title line of a fold: icon, title, summary or meta, chevron."""

    def __init__(self, title: str, icon: str) -> None:
        super().__init__()
        self.setText(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        self.icon_name = icon
        self.icon_token: look.Token = "text2"
        self.summary = ""
        self.meta = ""

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(240), look.px(50))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return QSize(look.px(120), look.px(50))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        edge, size = look.px(20), look.px(18)
        area = QRectF(self.rect())
        y = (area.height() - size) / 2
        if self.icon_name:
            ink = now.colour(self.icon_token)
            look.paint_icon(painter, self.icon_name, edge, y, size, colour=ink)
        x: float = edge + (look.px(28) if self.icon_name else 0)
        right = area.width() - look.px(46)
        title = look.font("card")
        x += look.paint_text(
            painter, QRectF(x, 0, right - x, area.height()), self.text(), title, now.text
        )
        x += look.px(14)
        beside = QRectF(x, 0, max(0.0, right - x), area.height())
        if self.summary and not self.isChecked():
            line = look.font("secondary")
            look.paint_text(painter, beside, self.summary, line, now.text2)
        else:
            small = look.font("caption", 400)
            look.paint_text(painter, beside, self.meta, small, now.text2, look.RIGHT)
        chevron = "chevron-up" if self.isChecked() else "chevron-down"
        ink = now.text if self.underMouse() else now.text2
        small_size = look.px(16)
        y = (area.height() - small_size) / 2
        look.paint_icon(painter, chevron, area.width() - look.px(36), y, small_size, colour=ink)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter folds and unfolds as Space does; arrows say which (Qt)."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Right:
                self.setChecked(True)
            case Qt.Key.Key_Left:
                self.setChecked(False)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring after Tab (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event, RADIUS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the pointer (Qt)."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the pointer (Qt)."""
        super().leaveEvent(event)
        self.update()


class FoldCard(Panel):
    """A card that folds: one line of summary when closed, its body when open.

    Signals:
        toggled: it was opened or closed. Argument: whether it is open.

    Attributes:
        body: the layout shown when it is open.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, *, icon: str = "", summary: str = "", meta: str = "") -> None:
        """Make a closed card.

        Args:
            title: what it is about.
            icon: before the title: how far it has got.
            summary: one line beside the title while it is closed.
            meta: small words at the end of the line while it is open or has no summary.
        """
        super().__init__()
        self._head = _FoldHead(title, icon)
        self._head.summary = summary
        self._head.meta = meta
        self.body: QVBoxLayout = column(gap=8, margins=(20, 0, 20, 18))
        self._inside = QWidget()
        self._inside.setLayout(self.body)
        self._below = QWidget()
        self._below.setLayout(column(margins=(20, 0, 20, 16)))
        self._below.hide()
        self._inside.hide()
        self.setLayout(column(self._head, self._below, self._inside))
        self._head.toggled.connect(self._show_or_hide)
        self.setAccessibleName(title)

    def _show_or_hide(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._inside.setVisible(is_open)
        layout = self._below.layout()
        self._below.setVisible(not is_open and layout is not None and layout.count() > 0)
        self.toggled.emit(is_open)

    def is_open(self) -> bool:
        """Say whether the body is shown."""
        return self._head.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Open or close it."""
        self._head.setChecked(is_open)

    def set_state(self, icon: str, token: look.Token = "text2") -> None:
        """Show how far it has got: an icon in a colour."""
        self._head.icon_name = icon
        self._head.icon_token = token
        self._head.update()

    def set_summary(self, summary: str, meta: str = "") -> None:
        """Change the line beside the title."""
        self._head.summary = summary
        self._head.meta = meta
        self._head.setAccessibleDescription(summary or meta)
        self._head.update()

    def set_closed_body(self, widget: QWidget) -> None:
        """Show a widget under the title while it is closed: two lines of what is done."""
        layout = self._below.layout()
        if layout is not None:
            layout.addWidget(widget)
        self._below.setVisible(not self.is_open())

    def add(self, *widgets: QWidget) -> None:
        """Put widgets under one another into the body."""
        for widget in widgets:
            self.body.addWidget(widget)


class Accordion(Panel):
    """Folds in one card with hairlines between them, at most one open at a time."""

    def __init__(self, *folds: FoldCard) -> None:
        super().__init__()
        layout = column()
        for place, fold in enumerate(folds):
            if place:
                layout.addWidget(Line("border"))
            fold.set_bare()
            layout.addWidget(fold)
            fold.toggled.connect(self._close_others)
        self.setLayout(layout)
        self._folds = folds

    def _close_others(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        sender = self.sender()
        if is_open:
            for fold in self._folds:
                if fold is not sender:
                    fold.set_open(is_open=False)


class ClickCard(QAbstractButton):
    """A ground that is pressed as a whole; subclasses paint and lay out what is on it.

    Signals: `clicked(bool)`; where checkable, `toggled(bool)`.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does (Qt)."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        elif event.key() in ARROWS:
            # Qt would move the focus to any neighbour; what holds the buttons knows better.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring after Tab (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event, RADIUS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press with the left button only (Qt)."""
        if event.button() is Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
