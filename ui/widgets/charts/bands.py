"""A line with a share as a bar and the numbers that it is of; grey where they are too few."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui import look
from ui.widgets.cards import ClickCard

HEIGHT = 36
NAME = 116
WORDS = 104
THICK = 12
RADIUS = 8


class BandRow(ClickCard):
    """A name, a bar for the share, and "12 of 14 (86 %)"; pressed as a whole.

    Signals: `clicked(bool)`.
    """

    def __init__(self, name: str, share: float, words: str, *, grey: bool = False) -> None:
        """Make a line.

        Args:
            name: of the group.
            share: of it, 0 to 1.
            words: the share in words.
            grey: there are too few to read anything into.
        """
        super().__init__(name)
        self._name, self._share, self._words, self._grey = name, share, words, grey
        self.setAccessibleDescription(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(280), look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line (Qt)."""
        painter = look.ready(QPainter(self))
        now, area = look.theme(), QRectF(self.rect())
        if self.underMouse() or self.isDown():
            look.paint_rect(painter, area, look.px(RADIUS), now.hover)
        ink = now.text2 if self._grey else now.text
        name = QRectF(0, 0, look.px(NAME), area.height())
        look.paint_text(painter, name, self._name, look.font("secondary"), now.text2)
        words = QRectF(area.right() - look.px(WORDS), 0, look.px(WORDS), area.height())
        figures = look.font("label", 500 if self._grey else 600, tabular=True)
        look.paint_text(painter, words, self._words, figures, ink, look.RIGHT)
        thick = look.px(THICK)
        room = words.left() - look.px(12) - name.right()
        box = QRectF(name.right(), area.height() / 2 - thick / 2, room, thick)
        look.paint_rect(painter, box, look.px(4), now.track)
        if self._share > 0:
            box.setWidth(max(thick / 2, room * min(self._share, 1.0)))
            fill = now.text3 if self._grey else now.accent
            look.paint_rect(painter, box, look.px(4), fill)
        painter.end()
