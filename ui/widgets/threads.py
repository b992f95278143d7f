"""What was said and when: the negotiation, and the whole conversation."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from recoverydesk.records import record
from ui import look
from ui.widgets.layouts import clear, column, row
from ui.widgets.text import Text

BUBBLE = 26


@record
class Entry:
    """One thing that was said."""

    icon: str
    heading: str
    meta: str = ""
    """When and how, small, beside the heading."""
    text: str = ""
    highlighted: bool = False
    """What was agreed."""
    tone: look.Tone = "neutral"


class _EntryRow(QWidget):
    """A bubble with an icon, on a thread, and what was said beside it."""

    def __init__(self, entry: Entry, *, first: bool, last: bool) -> None:
        super().__init__()
        self._entry = entry
        self._first = first
        self._last = last
        token: look.Token = "accent_text" if entry.highlighted else "text"
        heading = Text(entry.heading, "label", token, weight=600)
        meta = Text(entry.meta, "caption", "text2")
        said = column(row(heading, (meta, 1), gap=8))
        if entry.text:
            said.addWidget(Text(entry.text, "body", wrap=True))
        self.setLayout(column(said, margins=(48, 8, 12, 8)))
        self.setAccessibleName(", ".join(filter(None, (entry.heading, entry.meta, entry.text))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw thread and bubble (Qt)."""
        painter = look.ready(QPainter(self))
        now, entry = look.theme(), self._entry
        size, top = look.px(BUBBLE), look.px(6)
        x = size / 2 - 1
        if not self._first:
            look.paint_ground(painter, QRectF(x, 0, 2, top), now.track)
        if not self._last:
            look.paint_ground(painter, QRectF(x, top + size, 2, self.height()), now.track)
        if entry.highlighted:
            left = look.px(36)
            box = QRectF(left, 1, self.width() - left, self.height() - 2)
            look.paint_rect(painter, box, look.px(8), now.accent_soft)
            ground, ink = now.accent, now.on_accent
        else:
            tint, token = look.TONES[entry.tone]
            ground, ink = now.colour(tint), now.colour(token)
        look.paint_rect(painter, QRectF(0, top, size, size), size / 2, ground)
        icon = look.px(14)
        gap = (size - icon) / 2
        look.paint_icon(painter, entry.icon, gap, top + gap, icon, colour=ink)
        painter.end()


class Timeline(QWidget):
    """Entries on a thread, first to last."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        super().__init__()
        self._layout: QVBoxLayout = column()
        self.setLayout(self._layout)
        self.show_entries(entries)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        clear(self._layout)
        for place, entry in enumerate(entries):
            last = place == len(entries) - 1
            self._layout.addWidget(_EntryRow(entry, first=place == 0, last=last))
