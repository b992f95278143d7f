"""The ring around what the keyboard is on: shown after Tab, never after a click."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from ui import look

BY_KEYBOARD = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)

ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})

REACH = 4
"""Two pixels of air and two of ring, outside the widget."""


class FocusRing(QWidget):
    """One overlay per window or scrolled page; it follows what has the focus."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._radius = 8
        self.hide()

    def surround(self, target: QWidget, radius: int) -> None:
        """Draw the ring around a widget whose own corners have `radius` pixels."""
        self.leave()
        self._target = target
        self._radius = radius
        self._watched = list(self._up_from(target))
        for one in self._watched:
            one.installEventFilter(self)
        self._follow()
        self.show()

    def leave(self) -> None:
        """Take the ring away."""
        for one in self._watched:
            if isValid(one):
                one.removeEventFilter(self)
        self._target, self._watched = None, []
        self.hide()

    def _up_from(self, target: QWidget) -> Iterator[QWidget]:
        """Yield what the ring has to follow: the target moves with whatever holds it."""
        at: QWidget | None = target
        while at is not None and at is not self.parentWidget():
            yield at
            at = at.parentWidget()

    def target(self) -> QWidget | None:
        """Return what the ring is around."""
        return self._target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target (Qt)."""
        if self._target is not None:
            if event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
                self._follow()
            elif watched is self._target and event.type() in {
                QEvent.Type.Hide,
                QEvent.Type.Destroy,
            }:
                self.hide()
        return False

    def _follow(self) -> None:
        canvas = self.parentWidget()
        if self._target is None or canvas is None:
            return
        corner = self._target.mapTo(canvas, QPoint(0, 0))
        box = self._target.rect().translated(corner)
        self.setGeometry(box.adjusted(-REACH, -REACH, REACH, REACH))
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring (Qt)."""
        painter = look.ready(QPainter(self))
        look.paint_rect(
            painter, QRectF(self.rect()), self._radius + REACH, None, look.theme().accent, 2
        )
        painter.end()


def _canvas_of(widget: QWidget) -> QWidget:
    """Return what the ring is drawn on: the scrolled page, so that it scrolls along, or window."""
    at = widget
    while (parent := at.parentWidget()) is not None and not at.isWindow():
        above = parent.parentWidget()
        if isinstance(above, QScrollArea) and above.widget() is at:
            return at
        at = parent
    return at


def ring_of(widget: QWidget) -> FocusRing:
    """Return the ring that serves a widget, made the first time it is needed."""
    canvas = _canvas_of(widget)
    for child in canvas.children():
        if isinstance(child, FocusRing):
            return child
    return FocusRing(canvas)


def focus_came(widget: QWidget, event: QFocusEvent, radius: int = 8) -> None:
    """Show the ring where focus came by keyboard; call from `focusInEvent`."""
    if event.reason() in BY_KEYBOARD:
        ring_of(widget).surround(widget, look.px(radius))


def focus_went(widget: QWidget) -> None:
    """Take the ring away; call from `focusOutEvent`."""
    ring = ring_of(widget)
    if ring.target() is widget:
        ring.leave()
