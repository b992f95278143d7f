"""The picture of first start: twelve dots around an open hand, and why they are there."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import look
from ui.wording import tr

TOP, BOTTOM = QColor("#1B7262"), QColor("#124C41")
"""The evergreen, lit from the upper left; the same in light and dark."""

INK = QColor("#FFFFFF")
SOFT = QColor("#D9EBE5")


class WelcomePicture(QWidget):
    """A calm panel: the mark large, one sentence, what it rests on."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("A complaint is a customer giving you a second chance."))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the panel (Qt)."""
        painter = look.ready(QPainter(self))
        area = QRectF(self.rect())
        light = QLinearGradient(area.topLeft(), area.bottomRight())
        light.setColorAt(0, TOP)
        light.setColorAt(1, BOTTOM)
        painter.fillRect(area, light)
        self._brand(painter)
        self._ring(painter, QPointF(area.width() / 2, area.height() * 0.42))
        self._words(painter, area)
        painter.end()

    def _brand(self, painter: QPainter) -> None:
        ground = QColor(INK)
        ground.setAlphaF(0.18)
        left, top, size = look.px(56), look.px(56), look.px(36)
        look.paint_mark(painter, left, top, size, ground=ground, ink=INK)
        room = QRectF(left + size + look.px(12), top, look.px(240), size)
        look.paint_text(painter, room, "RecoveryDesk", look.font("card"), INK)

    def _ring(self, painter: QPainter, centre: QPointF) -> None:
        radius, dot = min(self.width(), self.height()) * 0.19, look.px(13)
        for place in range(look.DOTS):
            at = look.on_circle(centre, radius, place)
            if place == 0:
                pen = QPen(INK, 1.5)
                pen.setDashPattern([3, 3])
                painter.setPen(pen)
                painter.setBrush(QColor(0, 0, 0, 0))
            else:
                ink = QColor(INK)
                ink.setAlphaF(0.25 + 0.65 * place / look.DOTS)
                painter.setPen(QColor(0, 0, 0, 0))
                painter.setBrush(ink)
            painter.drawEllipse(at, dot, dot)
        size = look.px(56)
        look.paint_icon(
            painter,
            "hand-heart",
            centre.x() - size / 2,
            centre.y() - size / 2,
            size,
            colour=INK,
            stroke=1.5,
        )

    def _words(self, painter: QPainter, area: QRectF) -> None:
        left, room = look.px(56), area.width() - look.px(112)
        y = area.height() - look.px(250)
        for line in (tr("A complaint is a customer"), tr("giving you a second chance.")):
            look.paint_text(
                painter, QRectF(left, y, room, look.px(42)), line, look.font("welcome"), INK
            )
            y += look.px(42)
        y += look.px(14)
        for line in (
            tr("An old saying: it takes about twelve good experiences to"),
            tr("make up for one bad one. RecoveryDesk helps with each of them."),
        ):
            look.paint_text(
                painter, QRectF(left, y, room, look.px(24)), line, look.font("body"), SOFT
            )
            y += look.px(24)
