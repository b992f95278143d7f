"""Chips: small words about a state, and pills that filter."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLabel, QSizePolicy, QWidget

from ui import look
from ui.widgets.focus import focus_came, focus_went
from ui.widgets.layouts import row


class Chip(QLabel):
    """A status in a word or two, tinted by what it says."""

    def __init__(self, text: str, tone: look.Tone = "neutral", icon: str = "") -> None:
        """Make a chip.

        Args:
            text: the status.
            tone: neutral, accent, warn or danger.
            icon: file name under resources/icons; colour alone is never enough.
        """
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tone: look.Tone = tone
        self._icon = icon
        self.setText(text)

    def show_status(self, text: str, tone: look.Tone = "neutral", icon: str = "") -> None:
        """Say something else."""
        self._tone = tone
        self._icon = icon
        self.setText(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size that the words need (Qt)."""
        return QSize(look.chip_width(self.text(), self._icon), look.px(24))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip (Qt)."""
        painter = look.ready(QPainter(self))
        look.paint_chip(painter, 0, 0, self.text(), self._tone, self._icon, self.width())
        painter.end()


class FilterChip(QAbstractButton):
    """A pill that is on or off, with a count.

    Signals: `toggled(bool)`, `clicked(bool)`.
    """

    def __init__(self, text: str, count: int | None = None, *, icon: str = "") -> None:
        """Make a pill.

        Args:
            text: what it leaves in the list.
            count: how many that are; None shows no number.
            icon: file name under resources/icons.
        """
        super().__init__()
        self.setText(text)
        self._count = count
        self._icon_name = icon
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name_it()

    def set_count(self, count: int | None) -> None:
        """Show another number."""
        if count != self._count:
            self._count = count
            self._name_it()
            self.updateGeometry()
            self.update()

    def _name_it(self) -> None:
        number = "" if self._count is None else f", {self._count}"
        self.setAccessibleName(self.text() + number)

    def sizeHint(self) -> QSize:
        """Return the size that the words need (Qt)."""
        # As wide as it is when chosen, so that nothing moves.
        width = look.text_width(self.text(), look.font("label", 600)) + look.px(24)
        width += look.px(20) if self._icon_name else 0
        if self._count is not None:
            width += look.text_width(str(self._count), look.font("caption", tabular=True))
            width += look.px(7)
        return QSize(math.ceil(width), look.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill (Qt)."""
        painter = look.ready(QPainter(self))
        now, on = look.theme(), self.isChecked()
        area = QRectF(self.rect())
        quiet = now.hover if self.underMouse() else now.surface
        edge = now.accent if on else now.border
        fill = now.accent_soft if on else quiet
        look.paint_rect(painter, area, area.height() / 2, fill, edge, 1.25 if on else 1)
        ink = now.accent_text if on else now.text2 if self.isEnabled() else now.text3
        x: float = look.px(12)
        if self._icon_name:
            y = (area.height() - look.px(16)) / 2
            look.paint_icon(painter, self._icon_name, x - look.px(2), y, look.px(16), colour=ink)
            x += look.px(18)
        words = look.font("label", 600 if on else 500)
        x += look.paint_text(painter, area.adjusted(x, 0, 0, 0), self.text(), words, ink)
        if self._count is not None:
            faint = now.accent_text if on else now.text3
            rest = area.adjusted(x + look.px(7), 0, 0, 0)
            figures = look.font("caption", tabular=True)
            look.paint_text(painter, rest, str(self._count), figures, faint)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring after Tab (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event, 16)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)


class FilterChips(QWidget):
    """A row of pills of which exactly one is on; arrow keys move between them.

    Signals:
        chosen: another one was picked. Argument: its key.
    """

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], *, name: str, icons: Sequence[str] = ()
    ) -> None:
        """Make a row.

        Args:
            options: key and words of each.
            name: what is chosen here, for a screen reader.
            icons: one per option, or none.
        """
        super().__init__()
        self.setAccessibleName(name)
        self._keys = [key for key, _text in options]
        self._chips = [
            FilterChip(text, icon=icons[place] if icons else "")
            for place, (_key, text) in enumerate(options)
        ]
        group = QButtonGroup(self)
        for place, chip in enumerate(self._chips):
            group.addButton(chip, place)
        self.setLayout(row(*self._chips, "stretch", gap=8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if self._chips:
            self._chips[0].setChecked(True)
        group.idToggled.connect(self._tell)

    def _tell(self, place: int, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self.chosen.emit(self._keys[place])

    def key(self) -> str:
        """Return the key of the one that is on."""
        return next(
            (key for key, chip in zip(self._keys, self._chips, strict=True) if chip.isChecked()), ""
        )

    def choose(self, key: str) -> None:
        """Turn one on; `chosen` tells of it."""
        self._chips[self._keys.index(key)].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """Show a number on one of them."""
        self._chips[self._keys.index(key)].set_count(count)


NONE = -1
"""The place of no word at all."""


class Segmented(QWidget):
    """Two to four words of which one holds: a period, a tone.

    Signals:
        chosen: another one was picked. Argument: its key.
    """

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], *, name: str, wide: bool = False
    ) -> None:
        """Make a row.

        Args:
            options: key and words of each.
            name: what is chosen here, for a screen reader.
            wide: take the whole width, shared equally.
        """
        super().__init__()
        self._options = list(options)
        self._at = 0
        self._wide = wide
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        across = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self._name_it()

    def _name_it(self) -> None:
        chosen = "" if self._at == NONE else self._options[self._at][1]
        self.setAccessibleName(f"{self._name}: {chosen}")

    def key(self) -> str:
        """Return the key of the one that holds; empty where none does."""
        return "" if self._at == NONE else self._options[self._at][0]

    def choose(self, key: str) -> None:
        """Pick one, `chosen` tells of it where it is another; empty shows that none holds."""
        if key:
            self._go([option for option, _text in self._options].index(key))
            return
        self._at = NONE
        self._name_it()
        self.update()

    def _go(self, place: int) -> None:
        if 0 <= place < len(self._options) and place != self._at:
            self._at = place
            self._name_it()
            self.update()
            self.chosen.emit(self.key())

    def _widths(self) -> list[float]:
        if self._wide:
            inner = self.width() - look.px(4)
            return [inner / len(self._options)] * len(self._options)
        words = look.font("label", 600)
        return [look.text_width(text, words) + look.px(28) for _key, text in self._options]

    def sizeHint(self) -> QSize:
        """Return the size that the words need (Qt)."""
        words = look.font("label", 600)
        width = sum(look.text_width(text, words) + look.px(28) for _key, text in self._options)
        return QSize(math.ceil(width) + look.px(4), look.px(32))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick what was pressed (Qt)."""
        x = look.px(2) + 0.0
        for place, width in enumerate(self._widths()):
            x += width
            if event.position().x() < x:
                self._go(place)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys (Qt)."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._go(self._at + step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        area = QRectF(self.rect())
        look.paint_rect(painter, area, look.px(8), now.track)
        x = float(look.px(2))
        raised = now.hover if now.dark else now.surface
        for place, ((_key, text), width) in enumerate(
            zip(self._options, self._widths(), strict=True)
        ):
            box = QRectF(x, look.px(2), width, area.height() - look.px(4))
            on = place == self._at
            if on:
                look.paint_rect(painter, box, look.px(6), raised, now.border)
            ink = now.text if on else now.text2
            words = look.font("label", 600 if on else 500)
            look.paint_text(
                painter, box, text, words, ink if self.isEnabled() else now.text3, look.CENTRE
            )
            x += width
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring after Tab (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)
