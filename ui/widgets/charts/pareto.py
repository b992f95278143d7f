"""The few causes behind most cases: bars in order, and a line that adds them up."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF

from recoverydesk.domain.chart import scale
from recoverydesk.records import record
from ui import look
from ui.widgets.charts.chart import RADIUS, Chart, Mark
from ui.wording import tr

HEIGHT = 300
LEFT, RIGHT, TOP, FOOT = 46, 54, 14, 44
WIDEST = 64
"""Of a bar, in pixels at usual text."""
DOT = 4.5
PERCENTS = (0, 50, 100)
FOUR_FIFTHS = 80


@record
class ParetoBar:
    """One cause in its place.

    Attributes:
        key: tells it apart when it is pressed.
        name: what it is called.
        value: how long the bar is.
        short: the value as it stands in the bar.
        words: the value in words, for tip and screen reader.
        running_percent: of all, with those before it; None where it isn't added up.
        few: one of the few that make four fifths.
        known: whether it is a cause; else it is still to be found.
    """

    key: str
    name: str
    value: int
    short: str
    words: str
    running_percent: int | None
    few: bool = False
    known: bool = True


@record
class ParetoValue:
    """All that the chart shows.

    Attributes:
        bars: the largest first.
        ticks: the words of the scale at the left, by value.
    """

    bars: tuple[ParetoBar, ...] = ()
    ticks: tuple[tuple[int, str], ...] = ()


class ParetoChart(Chart):
    """Bars by size with the line that adds them up, and a mark at four fifths."""

    def __init__(self) -> None:
        super().__init__(tr("Causes by size"), height=HEIGHT)
        self._value = ParetoValue()

    def show_value(self, value: ParetoValue) -> None:
        """Show other bars."""
        self._value = value
        self.show_marks([Mark(bar.key, bar.name, bar.words) for bar in value.bars])

    def _plot(self) -> QRectF:
        edges = look.px(LEFT), look.px(TOP), look.px(RIGHT), look.px(FOOT)
        left, top, right, foot = edges
        return QRectF(left, top, self.width() - left - right, self.height() - top - foot)

    def _top(self) -> int:
        ticks = self._value.ticks
        return ticks[-1][0] if ticks else scale(0).top

    def _slot(self, place: int) -> QRectF:
        plot = self._plot()
        width = plot.width() / max(len(self._value.bars), 1)
        return QRectF(plot.left() + place * width, plot.top(), width, plot.height())

    def box(self, place: int) -> QRectF:
        """Return the whole column of a bar, with its name: a short bar is hit as easily."""
        return self._slot(place).adjusted(0, 0, 0, look.px(FOOT))

    def _bar(self, place: int) -> QRectF:
        slot = self._slot(place)
        width = min(slot.width() * 0.62, look.px(WIDEST))
        height = slot.height() * self._value.bars[place].value / max(self._top(), 1)
        left = slot.center().x() - width / 2
        return QRectF(left, slot.bottom() - height, width, height)

    def draw(self, painter: QPainter) -> None:
        """Draw scale, bars, names and the line."""
        if not self._value.bars:
            return
        self._draw_scale(painter)
        for place, bar in enumerate(self._value.bars):
            self._draw_bar(painter, place, bar)
        self._draw_line(painter)

    def _draw_scale(self, painter: QPainter) -> None:
        now, plot = look.theme(), self._plot()
        small = look.font("caption", 400, tabular=True)
        for value, words in self._value.ticks:
            y = plot.bottom() - plot.height() * value / max(self._top(), 1)
            painter.setPen(QPen(now.line, 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            area = QRectF(0, y - look.px(10), plot.left() - look.px(8), look.px(20))
            look.paint_text(painter, area, words, small, now.text2, look.RIGHT)
        for percent in PERCENTS:
            y = self._height_of(percent)
            area = QRectF(plot.right() + look.px(8), y - look.px(10), look.px(RIGHT), look.px(20))
            look.paint_text(painter, area, f"{percent} %", small, now.text2)

    def _height_of(self, percent: int) -> float:
        plot = self._plot()
        return plot.bottom() - plot.height() * percent / 100

    def _draw_bar(self, painter: QPainter, place: int, bar: ParetoBar) -> None:
        now, box = look.theme(), self._bar(place)
        fill = now.accent if bar.few else now.chart2
        if not bar.known:
            fill = now.track
        if self.is_lit(place):
            look.paint_rect(painter, self._slot(place), look.px(6), now.hover)
            fill = look.mix(fill, now.text, 0.12)
        square = box.adjusted(0, min(box.height() / 2, look.px(RADIUS)), 0, 0)
        look.paint_rect(painter, box, look.px(RADIUS), fill)
        look.paint_ground(painter, square, fill)  # only the upper corners are round
        if not bar.known:
            painter.setPen(QPen(now.control, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
        self._draw_value(painter, box, bar)
        self._draw_name(painter, place, bar)

    def _draw_value(self, painter: QPainter, box: QRectF, bar: ParetoBar) -> None:
        """Write the figure into the bar, or above it where it is too low."""
        now = look.theme()
        words = look.font("label", 600, tabular=True)
        line = look.px(22)
        inside = box.height() > line and look.text_width(bar.short, words) < box.width()
        if inside:
            ink = now.on_accent if bar.few else now.text
            area = QRectF(box.left(), box.bottom() - line, box.width(), line)
        else:
            ink = now.text
            wide = box.adjusted(-look.px(20), 0, look.px(20), 0)
            area = QRectF(wide.left(), box.top() - line, wide.width(), line)
        look.paint_text(painter, area, bar.short, words, ink, look.CENTRE)

    def _draw_name(self, painter: QPainter, place: int, bar: ParetoBar) -> None:
        now, slot = look.theme(), self._slot(place)
        words = look.font("caption", 500 if bar.few else 400)
        ink = now.text if bar.few else now.text2
        room = slot.width() - look.px(6)
        line = look.px(17)
        for at, part in enumerate(two_lines(bar.name, room, words)):
            area = QRectF(slot.left() + look.px(3), slot.bottom() + look.px(6) + at * line, room,
                          line)  # fmt: skip
            look.paint_text(painter, area, part, words, ink, look.CENTRE)

    def _draw_line(self, painter: QPainter) -> None:
        now = look.theme()
        points = [
            QPointF(self._slot(place).center().x(), self._height_of(bar.running_percent))
            for place, bar in enumerate(self._value.bars)
            if bar.running_percent is not None
        ]
        if not points:
            return
        plot, mark = self._plot(), self._height_of(FOUR_FIFTHS)
        painter.setPen(QPen(now.warn, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), mark), QPointF(plot.right(), mark))
        small = look.font("caption", 600, tabular=True)
        beside = QRectF(plot.right() + look.px(8), mark - look.px(10), look.px(RIGHT), look.px(20))
        look.paint_text(painter, beside, f"{FOUR_FIFTHS} %", small, now.warn)
        painter.setPen(QPen(now.warn, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        for point in points:
            painter.setPen(QPen(now.surface, 1.5))
            painter.setBrush(now.warn)
            painter.drawEllipse(point, look.px(1) * DOT, look.px(1) * DOT)


def two_lines(name: str, room: float, font_: QFont) -> Sequence[str]:
    """Return a name on one line or two, broken between words where it has to be."""
    words = name.split()
    first = ""
    while words and look.text_width(f"{first} {words[0]}".strip(), font_) <= room:
        first = f"{first} {words.pop(0)}".strip()
    if not first and words:
        first = words.pop(0)
    rest = " ".join(words)
    return (first, rest) if rest else (first,)
