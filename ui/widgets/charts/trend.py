"""How it went from month to month, with the days on which something was mended."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from recoverydesk.records import record
from ui import look
from ui.widgets.charts.chart import RADIUS, Chart, Mark
from ui.wording import tr

HEIGHT = 196
TOP, FOOT = 44, 28
WIDEST = 24


@record
class TrendMonth:
    """A month.

    Attributes:
        key: tells it apart when it is pressed.
        short: a letter or three under the bar.
        name: its whole name.
        value: how high the bar is.
        words: the value in words.
        whole: whether all of it is there; else it is drawn in the stronger tone, as still running.
    """

    key: str
    short: str
    name: str
    value: int
    words: str
    whole: bool = True


@record
class TrendFix:
    """A day on which something was mended.

    Attributes:
        at: the place of its month, and how far through it: 2.5 is the middle of the third.
        words: what was mended.
    """

    at: float
    words: str


@record
class TrendValue:
    """All that the chart shows."""

    months: tuple[TrendMonth, ...] = ()
    fixes: tuple[TrendFix, ...] = ()


class TrendChart(Chart):
    """A bar for each month; dotted lines where something was mended."""

    def __init__(self) -> None:
        super().__init__(tr("Cases by month"), height=HEIGHT)
        self._value = TrendValue()

    def show_value(self, value: TrendValue) -> None:
        """Show other months."""
        self._value = value
        self.show_marks([Mark(one.key, one.name, one.words) for one in value.months])

    def _plot(self) -> QRectF:
        top, foot = look.px(TOP), look.px(FOOT)
        return QRectF(0, top, self.width(), self.height() - top - foot)

    def _slot(self, place: int) -> QRectF:
        plot = self._plot()
        width = plot.width() / max(len(self._value.months), 1)
        return QRectF(plot.left() + place * width, plot.top(), width, plot.height())

    def box(self, place: int) -> QRectF:
        """Return the whole column of a month."""
        return self._slot(place).adjusted(0, 0, 0, look.px(FOOT))

    def draw(self, painter: QPainter) -> None:
        """Draw the bars, their months and the lines."""
        months = self._value.months
        if not months:
            return
        now, plot = look.theme(), self._plot()
        most = max(1, *(one.value for one in months))
        for place, one in enumerate(months):
            self._draw_month(painter, place, one, most)
        painter.setPen(QPen(now.border, 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        for fix in self._value.fixes:
            self._draw_fix(painter, fix)

    def _draw_month(self, painter: QPainter, place: int, one: TrendMonth, most: int) -> None:
        now, slot = look.theme(), self._slot(place)
        width = min(slot.width() * 0.5, look.px(WIDEST))
        height = slot.height() * one.value / most
        box = QRectF(slot.center().x() - width / 2, slot.bottom() - height, width, height)
        fill = now.chart2 if one.whole else now.accent
        if self.is_lit(place):
            look.paint_rect(painter, slot, look.px(6), now.hover)
            fill = look.mix(fill, now.text, 0.12)
        if one.value:
            look.paint_rect(painter, box, look.px(RADIUS), fill)
            square = box.adjusted(0, min(box.height() / 2, look.px(RADIUS)), 0, 0)
            look.paint_ground(painter, square, fill)
        tells = one.value == most or not one.whole or self.is_lit(place)
        if tells:
            line = look.px(18)
            area = QRectF(slot.center().x() - look.px(40), box.top() - line, look.px(80), line)
            words = str(one.value) if one.whole else tr("{n} so far").format(n=one.value)
            look.paint_text(
                painter, area, words, look.font("caption", 600, tabular=True), now.text, look.CENTRE
            )
        under = QRectF(slot.left(), slot.bottom() + look.px(6), slot.width(), look.px(18))
        weight = 400 if one.whole else 600
        ink = now.text2 if one.whole else now.text
        look.paint_text(painter, under, one.short, look.font("caption", weight), ink, look.CENTRE)

    def _draw_fix(self, painter: QPainter, fix: TrendFix) -> None:
        now, plot = look.theme(), self._plot()
        width = plot.width() / max(len(self._value.months), 1)
        x = plot.left() + width * fix.at
        painter.setPen(QPen(now.text3, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, look.px(8)), QPointF(x, plot.bottom()))
        words = look.font("caption", 500)
        left_room = x - look.px(6)
        right_room = plot.right() - x - look.px(6)
        room = min(look.px(220), max(left_room, right_room))
        area = QRectF(x + look.px(6), look.px(2), room, look.px(18))
        align = look.LEFT
        if left_room > right_room:
            area, align = QRectF(x - look.px(6) - room, look.px(2), room, look.px(18)), look.RIGHT
        look.paint_text(painter, area, fix.words, words, now.text2, align)
