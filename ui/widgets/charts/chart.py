"""What every chart has in common: marks that mouse and keys reach, and words for each."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from recoverydesk.records import record
from ui import look
from ui.widgets.focus import focus_came, focus_went
from ui.widgets.text import plain_tip
from ui.wording import tr

RADIUS = 4
NOBODY = -1


@record
class Mark:
    """A part of a chart that can be pressed."""

    key: str
    name: str
    words: str
    """Its figure, in words."""


class Chart(QWidget):
    """A chart whose marks are reached by arrow keys and opened by Enter or a click.

    Signals:
        opened: a mark was pressed. Argument: its key.
    """

    opened = Signal(str)

    def __init__(self, name: str, *, height: int) -> None:
        """Make an empty chart.

        Args:
            name: what it shows, for a screen reader.
            height: in pixels at usual text.
        """
        super().__init__()
        self._name = name
        self._marks: tuple[Mark, ...] = ()
        self._at = NOBODY
        self._over = NOBODY
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(look.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tell()

    def marks(self) -> tuple[Mark, ...]:
        """Return what can be pressed, in order; the table beside the chart says the same."""
        return self._marks

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Take other marks; the one that is current stays where it is still there."""
        before = self._marks[self._at].key if 0 <= self._at < len(self._marks) else ""
        self._marks = tuple(marks)
        keys = [mark.key for mark in self._marks]
        self._at = keys.index(before) if before in keys else NOBODY
        self._over = NOBODY
        self._tell()
        self.update()

    def place_of(self, key: str) -> QRectF:
        """Return where a mark can be pressed, in the chart's own pixels."""
        return self.box([mark.key for mark in self._marks].index(key))

    def box(self, place: int) -> QRectF:
        """Return where a mark can be pressed; each kind of chart knows its own."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """Draw the chart; each kind of chart does it its own way."""
        raise NotImplementedError

    def is_lit(self, place: int) -> bool:
        """Say whether a mark is under the mouse or the keys are on it."""
        return place == self._over or (place == self._at and self.hasFocus())

    def _tell(self) -> None:
        self.setAccessibleName(self._name)
        if 0 <= self._at < len(self._marks):
            mark = self._marks[self._at]
            self.setAccessibleDescription(f"{mark.name}: {mark.words}")
        else:
            self.setAccessibleDescription(
                tr("Arrow keys go from bar to bar, Enter opens its cases.")
            )

    def _go(self, place: int) -> None:
        if self._marks:
            self._at = max(0, min(place, len(self._marks) - 1))
            self._tell()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys, open with Enter (Qt)."""
        key = Qt.Key(event.key())
        moves = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._marks) - 1,
        }
        opens = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if key in moves:
            self._go(moves[key])
        elif opens and 0 <= self._at < len(self._marks):
            self.opened.emit(self._marks[self._at].key)
        else:
            super().keyPressEvent(event)

    def _under(self, at: QPointF) -> int:
        found = (place for place in range(len(self._marks)) if self.box(place).contains(at))
        return next(found, NOBODY)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the mouse (Qt)."""
        over = self._under(event.position())
        if over != self._over:
            self._over = over
            pointing = Qt.CursorShape.ArrowCursor
            if over != NOBODY:
                pointing = Qt.CursorShape.PointingHandCursor
            self.setCursor(pointing)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Put the light out (Qt)."""
        super().leaveEvent(event)
        self._over = NOBODY
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was pressed (Qt)."""
        place = self._under(event.position())
        if place != NOBODY and event.button() is Qt.MouseButton.LeftButton:
            self._go(place)
            self.opened.emit(self._marks[place].key)

    def event(self, event: QEvent) -> bool:
        """Say a mark's name and figure where the mouse rests (Qt)."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._under(QPointF(event.pos()))
            if place == NOBODY:
                QToolTip.hideText()
            else:
                mark = self._marks[place]
                QToolTip.showText(event.globalPos(), plain_tip(f"{mark.name}: {mark.words}"))
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring after Tab, and where the keys are (Qt)."""
        super().focusInEvent(event)
        if self._at == NOBODY and self._marks:
            self._go(0)
        focus_came(self, event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chart (Qt)."""
        painter = look.ready(QPainter(self))
        self.draw(painter)
        painter.end()
