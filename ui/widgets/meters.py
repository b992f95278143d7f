"""Drawn amounts: avatars, the second-chance ring, bars, circles to tick."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from recoverydesk.domain.second_chance import USUAL_TARGET
from recoverydesk.records import record
from ui import look
from ui.widgets.focus import ARROWS, focus_came, focus_went
from ui.wording import filled, tr


class Avatar(QWidget):
    """A person's initials in a circle of their own quiet hue."""

    def __init__(self, name: str, size: int = 32) -> None:
        """Make an avatar; `size` in pixels at usual text."""
        super().__init__()
        self._name = name
        self._size = look.px(size)
        self.setFixedSize(self._size, self._size)
        self.setAccessibleName(name)

    def set_name(self, name: str) -> None:
        """Show somebody else."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circle (Qt)."""
        painter = look.ready(QPainter(self))
        look.paint_avatar(painter, 0, 0, self._size, self._name)
        painter.end()


class Mark(QWidget):
    """The program's mark: twelve dots, one open, around a tick."""

    def __init__(self, size: int = 32) -> None:
        """Make the mark; `size` in pixels at usual text."""
        super().__init__()
        self._size = look.px(size)
        self.setFixedSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark (Qt)."""
        painter = look.ready(QPainter(self))
        look.paint_mark(painter, 0, 0, self._size)
        painter.end()


class Ring(QWidget):
    """The second-chance meter: one dot for each good experience that somebody ticked."""

    def __init__(self, filled: int = 0, *, size: int = 72, count: int = look.DOTS) -> None:
        """Make a ring.

        Args:
            filled: how many dots are full.
            size: in pixels at usual text.
            count: dots in all.
        """
        super().__init__()
        self._filled = filled
        self._count = count
        self._size = look.px(size)
        self.setFixedSize(self._size, self._size)
        self._name_it()

    def show_filled(self, filled: int, count: int | None = None) -> None:
        """Fill another number of dots, out of another number in all where it is given.

        More than there are dots fill them all; the figure in the middle tells how many.
        """
        self._filled = filled
        self._count = count or self._count
        self._name_it()
        self.update()

    def _name_it(self) -> None:
        self.setAccessibleName(f"{self._filled}/{self._count}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring (Qt)."""
        painter = look.ready(QPainter(self))
        dot = self._size / 15
        middle = QPointF(self._size / 2, self._size / 2)
        radius = self._size / 2 - dot - 1
        # Many dots are smaller, so that none lies on another.
        dot = min(dot, math.pi * radius / max(self._count, 1) * 0.8)
        filled = min(self._filled, self._count)
        look.paint_dots(painter, middle, radius, dot, filled, self._count)
        figures = look.font("page")
        area = QRectF(self.rect())
        look.paint_text(painter, area, str(self._filled), figures, look.theme().text, look.CENTRE)
        painter.end()


def rule_of_thumb(target: int) -> str:
    """Return what the second-chance meter counts toward, and that it is no law."""
    if target == USUAL_TARGET:
        return tr("A rule of thumb: about twelve make up for one bad one.")
    return filled("You count toward {n}: a rule of thumb, no law.", n=str(target))


class ProgressLine(QWidget):
    """A thin bar: how much of a promise, a budget or a task is gone."""

    def __init__(self, tone: look.Tone = "accent", *, height: int = 4) -> None:
        """Make an empty bar; `height` in pixels at usual text."""
        super().__init__()
        self._tone: look.Tone = tone
        self._share = 0.0
        self.setFixedHeight(look.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(look.px(24))

    def show_share(self, share: float, tone: look.Tone | None = None) -> None:
        """Fill a share, 0 to 1; what is beyond is cut off."""
        self._share = min(max(share, 0.0), 1.0)
        self._tone = tone or self._tone
        self.setAccessibleName(f"{self._share:.0%}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        area = QRectF(self.rect())
        radius = area.height() / 2
        look.paint_rect(painter, area, radius, now.track)
        if self._share > 0:
            ink = now.accent if self._tone == "accent" else now.colour(look.INKS[self._tone])
            area.setWidth(max(area.height(), area.width() * self._share))
            look.paint_rect(painter, area, radius, ink)
        painter.end()


@record
class Share:
    """One part of a stacked bar."""

    amount: float
    token: look.Token
    name: str = ""


class StackBar(QWidget):
    """Parts of a whole in one bar; say the amounts in words beside it."""

    def __init__(self, *, height: int = 8) -> None:
        """Make an empty bar; `height` in pixels at usual text."""
        super().__init__()
        self._parts: tuple[Share, ...] = ()
        self._whole = 0.0
        self.setFixedHeight(look.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(look.px(24))

    def show_parts(self, parts: Sequence[Share], whole: float = 0) -> None:
        """Show parts of a whole.

        Args:
            parts: in order; those of nothing are left out.
            whole: what a full bar stands for; the sum of the parts where it is less.
        """
        self._parts = tuple(part for part in parts if part.amount > 0)
        self._whole = max(whole, sum(part.amount for part in self._parts))
        self.setAccessibleName(
            ", ".join(f"{part.name} {part.amount:g}" for part in self._parts if part.name)
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        area = QRectF(self.rect())
        look.paint_rect(painter, area, area.height() / 2, now.track)
        x, gap = 0.0, 2.0
        for part in self._parts:
            width = area.width() * part.amount / self._whole
            box = QRectF(x, 0, max(width - gap, gap), area.height())
            radius = area.height() / 2 if not x else 1
            look.paint_rect(painter, box, radius, now.colour(part.token))
            x += width
        painter.end()


class Pips(QWidget):
    """How many of some steps are behind: short bars."""

    def __init__(self, count: int = 0, total: int = 6) -> None:
        super().__init__()
        self._count = count
        self._total = total
        self.setFixedSize(look.px(15 * total), look.px(4))
        self.show_count(count)

    def show_count(self, count: int) -> None:
        """Fill another number of bars."""
        self._count = count
        self.setAccessibleName(f"{count}/{self._total}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars (Qt)."""
        painter = look.ready(QPainter(self))
        paint_pips(painter, 0, 0, self._count, self._total)
        painter.end()


def paint_pips(
    painter: QPainter, x: float, y: float, count: int, total: int, empty: QColor | None = None
) -> None:
    """Draw `total` short bars, the first `count` of them full, the others in `empty`."""
    now = look.theme()
    width, height, step = look.px(12), look.px(4), look.px(15)
    for place in range(total):
        box = QRectF(x + place * step, y, width, height)
        look.paint_rect(
            painter, box, height / 2, now.accent if place < count else empty or now.track
        )


class CheckCircle(QAbstractButton):
    """A circle to tick: done or not.

    Signals: `toggled(bool)`, `clicked(bool)`.
    """

    def __init__(self, name: str, size: int = 20) -> None:
        """Make an empty circle.

        Args:
            name: what is done when it is ticked, for a screen reader.
            size: in pixels at usual text.
        """
        super().__init__()
        self._size = look.px(size)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(self._size, self._size)

    def sizeHint(self) -> QSize:
        """Return the size of the circle (Qt)."""
        return QSize(self._size, self._size)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks as Space does (Qt)."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        elif event.key() in ARROWS:
            # Qt would move the focus to any neighbour; what holds the buttons knows better.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring after Tab (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event, 10)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circle (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        hovered = self.underMouse() and self.isEnabled()
        edge = now.accent if hovered else now.control if self.isEnabled() else now.track
        fill = now.accent_soft if hovered else None
        done = self.isChecked()
        look.paint_check(painter, 0, 0, self._size, done=done, edge=edge, fill=fill)
        painter.end()
