"""Tiles: one number each, and a filter when pressed."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui import look
from ui.widgets.cards import RADIUS, ClickCard


class Tile(ClickCard):
    """A label, a number, a line about it; pressed, it filters the list below.

    Signals: `toggled(bool)`, `clicked(bool)`.
    """

    def __init__(self, label: str, icon: str = "", *, checkable: bool = True) -> None:
        """Make a tile that shows no number yet.

        Args:
            label: what is counted.
            icon: at the top end.
            checkable: whether it is a filter that stays pressed.
        """
        super().__init__(label)
        self._label = label
        self._icon_name = icon
        self._number = ""
        self._sub = ""
        self._tone: look.Tone = "neutral"
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_number(self, number: int | str, sub: str = "", tone: look.Tone = "neutral") -> None:
        """Show a number.

        Args:
            number: how many.
            sub: one line about it.
            tone: of that line and the icon.
        """
        self._number = str(number)
        self._sub = sub
        self._tone = tone
        self.setAccessibleName(f"{self._label}: {number}")
        self.setAccessibleDescription(sub)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(184), look.px(104))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return QSize(look.px(120), look.px(104))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tile (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        on = self.isChecked()
        fill = now.accent_soft if on else now.hover if self.underMouse() else now.surface
        edge = now.accent if on else now.border
        area = QRectF(self.rect())
        look.paint_rect(painter, area, look.px(RADIUS), fill, edge, 1.5 if on else 1)
        side = look.px(16)
        wide = area.width() - 2 * side
        token = "text3" if self._tone == "neutral" else look.INKS[self._tone]
        ink = now.colour("text2" if self._tone == "neutral" else look.INKS[self._tone])
        icon = look.px(20)
        if self._icon_name:
            x = area.width() - side - icon
            look.paint_icon(painter, self._icon_name, x, look.px(14), icon, colour=ink)
        first = QRectF(side, look.px(14), wide - icon - look.px(4), look.px(20))
        look.paint_text(painter, first, self._label, look.font("label"), now.text2)
        second = QRectF(side, look.px(36), wide, look.px(36))
        look.paint_text(painter, second, self._number, look.font("display"), now.text)
        third = QRectF(side, look.px(74), wide, look.px(16))
        look.paint_text(painter, third, self._sub, look.font("caption"), now.colour(token))
        painter.end()
