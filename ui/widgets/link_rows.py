"""Lines inside a card that lead somewhere: a case, a voucher, a cause with its bar."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from recoverydesk.records import record
from ui import look
from ui.widgets.cards import ClickCard

RADIUS = 8


class LinkRow(ClickCard):
    """An icon, two lines, and a value at the end; pressed as a whole.

    Signals: `clicked(bool)`.
    """

    def __init__(
        self,
        title: str,
        sub: str = "",
        *,
        icon: str = "",
        tone: look.Tone = "neutral",
        value: str = "",
        value_sub: str = "",
    ) -> None:
        """Make a line.

        Args:
            title: what it leads to.
            sub: about it, under the title.
            icon: before both.
            tone: of the icon.
            value: at the end, beside the title.
            value_sub: under the value.
        """
        super().__init__(title)
        self._title = title
        self._sub = sub
        self._icon_name = icon
        self._tone: look.Tone = tone
        self._value = value
        self._value_sub = value_sub
        self.setAccessibleDescription(", ".join(one for one in (sub, value, value_sub) if one))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(200), look.px(52))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return QSize(look.px(120), look.px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        area = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            look.paint_rect(painter, area, look.px(RADIUS), now.hover)
        left: float = look.px(8)
        if self._icon_name:
            size = look.px(18)
            ink = now.colour(look.INKS[self._tone])
            top = area.height() / 2 - size / 2
            look.paint_icon(painter, self._icon_name, left, top, size, colour=ink)
            left += look.px(28)
        upper = QRectF(left, look.px(6), area.width() - left - look.px(8), look.px(20))
        lower = upper.translated(0, look.px(20))
        value, small = look.font("label", 600, tabular=True), look.font("caption", 400)
        upper.setRight(_end(painter, upper, self._value, value) - look.px(8))
        lower.setRight(_end(painter, lower, self._value_sub, small) - look.px(8))
        look.paint_text(painter, upper, self._title, look.font("label"), now.text)
        look.paint_text(painter, lower, self._sub, look.font("caption", 400), now.text2)
        painter.end()


def _end(painter: QPainter, area: QRectF, text: str, font_: QFont) -> float:
    """Draw words at the end of a line; return where they begin."""
    now = look.theme()
    ink = now.text if font_.weight() >= QFont.Weight.DemiBold else now.text2
    width = look.paint_text(painter, area, text, font_, ink, look.RIGHT) if text else 0.0
    return area.right() - width


@record
class Bar:
    """One line of a list with bars."""

    name: str
    count: int
    most: int
    """What a full bar stands for."""
    words: str
    """The count in words, for a screen reader."""
    tone: look.Tone = "neutral"
    icon: str = ""
    faint: bool = False


class BarRow(ClickCard):
    """A name, a bar as long as its number, the number; pressed as a whole.

    Signals: `clicked(bool)`.
    """

    def __init__(self, bar: Bar) -> None:
        """Make a line."""
        super().__init__(bar.name)
        self._bar = bar
        self.setAccessibleDescription(bar.words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(480), look.px(36))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return QSize(look.px(240), look.px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line (Qt)."""
        painter = look.ready(QPainter(self))
        now, bar = look.theme(), self._bar
        area = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            look.paint_rect(painter, area, look.px(RADIUS), now.hover)
        ink = now.text2 if bar.faint else now.text
        if bar.tone != "neutral":
            ink = now.colour(look.INKS[bar.tone])
        left: float = look.px(8)
        if bar.icon:
            size = look.px(16)
            top = area.height() / 2 - size / 2
            look.paint_icon(painter, bar.icon, left, top, size, colour=ink)
        left += look.px(26)
        name_room = min(look.px(300), area.width() * 0.4) - left
        name = QRectF(left, 0, name_room, area.height())
        look.paint_text(painter, name, bar.name, look.font("secondary"), ink)
        self._paint_bar(painter, area, left + name_room + look.px(12))
        number = QRectF(area.width() - look.px(64), 0, look.px(56), area.height())
        figures = look.font("label", 600, tabular=True)
        count_ink = now.text3 if not bar.count else ink
        look.paint_text(painter, number, str(bar.count), figures, count_ink, look.RIGHT)
        painter.end()

    def _paint_bar(self, painter: QPainter, area: QRectF, left: float) -> None:
        now, bar = look.theme(), self._bar
        thick = look.px(8)
        room = area.width() - look.px(72) - left
        box = QRectF(left, area.height() / 2 - thick / 2, room, thick)
        look.paint_rect(painter, box, thick / 2, now.track)
        if bar.count:
            box.setWidth(max(thick, room * bar.count / max(bar.most, 1)))
            fill = now.accent if bar.tone == "neutral" else now.colour(look.INKS[bar.tone])
            look.paint_rect(painter, box, thick / 2, now.chart2 if bar.faint else fill)
