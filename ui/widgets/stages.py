"""The strip that shows how far a case has come."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from recoverydesk.records import record
from ui import look

State = Literal["done", "now", "later"]


@record
class StageStop:
    """One stage: its name, what stands under it, and whether it is behind."""

    name: str
    when: str = ""
    state: State = "later"


class StageTrack(QWidget):
    """Six stages on a line: ticked, now, to come."""

    def __init__(self, stops: Sequence[StageStop] = ()) -> None:
        super().__init__()
        self._stops: tuple[StageStop, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_stops(stops)

    def show_stops(self, stops: Sequence[StageStop]) -> None:
        """Show stages, first to last."""
        self._stops = tuple(stops)
        self.setAccessibleName(
            "; ".join(", ".join(filter(None, (stop.name, stop.when))) for stop in stops)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(112) * max(len(self._stops), 1), look.px(62))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return QSize(look.px(76) * max(len(self._stops), 1), look.px(62))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the strip (Qt)."""
        if not self._stops:
            return
        painter = look.ready(QPainter(self))
        step = self.width() / len(self._stops)
        for place in range(len(self._stops)):
            self._paint_stop(painter, place, place * step, step)
        painter.end()

    def _paint_stop(self, painter: QPainter, place: int, x: float, step: float) -> None:
        now, stop = look.theme(), self._stops[place]
        size, top = look.px(22), look.px(1)
        middle = top + size / 2
        if place + 1 < len(self._stops):
            ink = now.accent if stop.state == "done" else now.track
            painter.setPen(QPen(ink, 2))
            painter.drawLine(QLineF(x + size + look.px(4), middle, x + step - look.px(4), middle))
        if stop.state == "now":
            painter.setPen(QPen(now.accent, 2))
            painter.setBrush(now.surface)
            painter.drawEllipse(QRectF(x + 1, top + 1, size - 2, size - 2))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.accent)
            dot = look.px(5)
            painter.drawEllipse(QPointF(x + size / 2, middle), dot, dot)
        else:
            look.paint_check(painter, x, top, size, done=stop.state == "done")
        room = step - look.px(8)
        name = QRectF(x, look.px(26), room, look.px(18))
        ink = now.text2 if stop.state == "later" else now.text
        weight = 600 if stop.state == "now" else 500
        look.paint_text(painter, name, stop.name, look.font("label", weight), ink)
        when = QRectF(x, look.px(44), room, look.px(16))
        ink = now.accent_text if stop.state == "now" else now.text3
        weight = 500 if stop.state == "now" else 400
        look.paint_text(painter, when, stop.when, look.font("caption", weight), ink)
