"""One line under the pages: when the last good backup was made, and whether to worry."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from recoverydesk.domain.backup import Health
from ui import look
from ui.widgets.cards import ClickCard
from ui.widgets.text import plain_tip

TONES: dict[Health, look.Tone] = {
    Health.GOOD: "neutral",
    Health.OLD: "warn",
    Health.NONE: "neutral",
    Health.FAILED: "danger",
}
ICONS = {
    Health.GOOD: "shield",
    Health.OLD: "triangle-alert",
    Health.NONE: "shield",
    Health.FAILED: "circle-alert",
}


class BackupLine(ClickCard):
    """A quiet line that turns amber or red; pressed, it opens the backups.

    Signals: `clicked(bool)`.
    """

    def __init__(self) -> None:
        super().__init__("")
        self._health = Health.NONE
        self._upper = self._lower = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: Health, upper: str, lower: str, tip: str) -> None:
        """Show how the backups are, in two short lines.

        Args:
            state: how they are, at a glance.
            upper: what it is about.
            lower: when, or what is wrong.
            tip: the whole of it.
        """
        self._health, self._upper, self._lower = state, upper, lower
        self.setAccessibleName(f"{upper}: {lower}")
        self.setToolTip(plain_tip(tip))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(160), look.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line (Qt)."""
        painter = look.ready(QPainter(self))
        now, area = look.theme(), QRectF(self.rect())
        if self.underMouse() or self.isDown():
            look.paint_rect(painter, area, look.px(8), now.hover)
        tone = TONES[self._health]
        ink = now.text3 if tone == "neutral" else now.colour(look.INKS[tone])
        size = look.px(16)
        top = (area.height() - size) / 2
        look.paint_icon(painter, ICONS[self._health], look.px(13), top, size, colour=ink)
        upper = QRectF(look.px(42), look.px(5), area.width() - look.px(48), look.px(17))
        font = look.font("caption", 400)
        look.paint_text(painter, upper, self._upper, font, now.text3)
        lower = upper.translated(0, look.px(17))
        words = now.text2 if tone == "neutral" else ink
        look.paint_text(painter, lower, self._lower, look.font("caption", 500), words)
        painter.end()
