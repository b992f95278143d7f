"""Choosing: cards, ticks, and the drop-down."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import look
from ui.widgets.cards import ClickCard
from ui.widgets.focus import focus_came, focus_went
from ui.widgets.layouts import column, row
from ui.widgets.scrolls import ThinBar

AnyIndex = QModelIndex | QPersistentModelIndex

RADIUS = 8


class _OptionDelegate(QStyledItemDelegate):
    """Gives the rows of an open drop-down some air."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the size of a row (Qt)."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + look.px(24), look.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw a row (Qt)."""
        now = look.theme()
        look.ready(painter)
        look.paint_ground(painter, option.rect, now.surface)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            box = QRectF(option.rect).adjusted(3, 2, -3, -2)
            look.paint_rect(painter, box, look.px(6), now.accent_soft)
        words = QRectF(option.rect).adjusted(look.px(12), 0, -look.px(8), 0)
        ink = now.accent_text if chosen else now.text
        look.paint_text(painter, words, str(index.data()), look.font("body"), ink)


class ChoiceCard(ClickCard):
    """One of a few answers: a word, what it means, a tick when chosen.

    Use it inside `ChoiceCards`.
    """

    def __init__(self, title: str, hint: str = "", icon: str = "") -> None:
        super().__init__(title)
        self._title = title
        self._hint = hint
        self._icon_name = icon
        self._icon_token: look.Token = "text2"
        self.setAccessibleDescription(hint)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_icon_token(self, token: look.Token) -> None:
        """Give the icon a colour of its own."""
        self._icon_token = token
        self.update()

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        words = max(
            look.text_width(self._title, look.font("strong")),
            look.text_width(self._hint, look.font("secondary")),
        )
        sides = look.px(14 + 28 + (36 if self._icon_name else 0))
        return QSize(round(words) + sides + 2, look.px(60 if self._hint else 44))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return QSize(look.px(96), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        on, area = self.isChecked(), QRectF(self.rect())
        quiet = now.hover if self.underMouse() else now.surface
        fill = now.accent_soft if on else quiet
        edge = now.accent if on else now.control
        look.paint_rect(painter, area, look.px(RADIUS), fill, edge, 2 if on else 1)
        x: float = look.px(14)
        if self._icon_name:
            size = look.px(22)
            y = (area.height() - size) / 2
            ink = now.colour(self._icon_token)
            look.paint_icon(painter, self._icon_name, x, y, size, colour=ink)
            x += look.px(34)
        if on:
            tick = look.px(16)
            look.paint_icon(
                painter,
                "circle-check",
                area.width() - tick - look.px(8),
                look.px(8),
                tick,
                colour=now.accent,
            )
        self._paint_words(painter, x, area)
        painter.end()

    def _paint_words(self, painter: QPainter, x: float, area: QRectF) -> None:
        now = look.theme()
        ink = now.text if self.isEnabled() else now.text3
        title_room = area.width() - x - look.px(28)
        hint_room = area.width() - x - look.px(8)
        if not self._hint:
            line = QRectF(x, 0, title_room, area.height())
            look.paint_text(painter, line, self._title, look.font("strong"), ink)
            return
        upper = QRectF(x, area.height() / 2 - look.px(20), title_room, look.px(20))
        lower = QRectF(x, area.height() / 2, hint_room, look.px(18))
        look.paint_text(painter, upper, self._title, look.font("strong"), ink)
        look.paint_text(painter, lower, self._hint, look.font("caption", 400), now.text2)


class ChoiceCards(QWidget):
    """A few cards of which at most one is chosen; arrow keys move the choice.

    Signals:
        chosen: another one was picked. Argument: its key.
    """

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str, str, str]],
        *,
        name: str,
        columns: int = 0,
        tokens: Sequence[look.Token] = (),
    ) -> None:
        """Make cards.

        Args:
            options: key, title, hint and icon of each; hint and icon may be empty.
            name: the question, for a screen reader.
            columns: how many side by side; 0 puts all into one row.
            tokens: a colour for each icon, where they differ.
        """
        super().__init__()
        self.setAccessibleName(name)
        self._keys = [option[0] for option in options]
        self._cards = [ChoiceCard(title, hint, icon) for _key, title, hint, icon in options]
        for card, token in zip(self._cards, tokens, strict=False):
            card.set_icon_token(token)
        per_row = columns or max(len(options), 1)
        lines = [
            row(*((card, 1) for card in self._cards[at : at + per_row]), gap=8)
            for at in range(0, len(options), per_row)
        ]
        self.setLayout(column(*lines, gap=8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for place, card in enumerate(self._cards):
            card.clicked.connect(lambda _on, place=place: self._choose(place))

    def key(self) -> str:
        """Return the key of the chosen card; empty where none is."""
        for key, card in zip(self._keys, self._cards, strict=True):
            if card.isChecked():
                return key
        return ""

    def choose(self, key: str) -> None:
        """Choose a card; an empty key takes every choice back. `chosen` isn't heard."""
        for other, card in zip(self._keys, self._cards, strict=True):
            card.setChecked(other == key)
        self._one_tab_stop()

    def cards(self) -> list[ChoiceCard]:
        """Return the cards in their order."""
        return list(self._cards)

    def _choose(self, place: int) -> None:
        for other, card in enumerate(self._cards):
            card.setChecked(other == place)
        self._one_tab_stop()
        self.chosen.emit(self._keys[place])

    def _one_tab_stop(self) -> None:
        # As with radio buttons: Tab goes to the chosen one, arrows move between them.
        some = any(card.isChecked() for card in self._cards)
        for card in self._cards:
            stop = card.isChecked() or not some
            policy = Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus
            card.setFocusPolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrow keys (Qt)."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }
        step = steps.get(Qt.Key(event.key()))
        at = next((n for n, card in enumerate(self._cards) if card.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        place = (at + step) % len(self._cards)
        self._choose(place)
        self._cards[place].setFocus(Qt.FocusReason.TabFocusReason)


class CheckBox(QCheckBox):
    """A square to tick, with words beside it.

    Signals: `toggled(bool)`.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFont(look.font("body"))
        self.setAccessibleName(text.replace("&", ""))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return the size that the words need (Qt)."""
        words = look.text_width(self.text().replace("&", ""), look.font("body"))
        return QSize(round(words) + look.px(28), look.px(28))

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks on the words as well (Qt)."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        size = look.px(18)
        y = (self.height() - size) / 2
        box = QRectF(0, y, size, size)
        on = self.isChecked()
        edge = now.accent if on or self.underMouse() else now.control
        ground = now.sunken if now.dark else now.surface
        look.paint_rect(painter, box, look.px(4), now.accent if on else ground, edge, 1.5)
        if on:
            tick = look.px(14)
            gap = (size - tick) / 2
            look.paint_icon(painter, "check", gap, y + gap, tick, colour=now.on_accent, stroke=3)
        words = QRectF(look.px(26), 0, self.width() - look.px(26), self.height())
        ink = now.text if self.isEnabled() else now.text3
        plain = self.text().replace("&", "")
        look.paint_text(painter, words, plain, look.font("body"), ink)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring after Tab (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event, 4)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)


class Select(QComboBox):
    """A drop-down; the list that opens is the system's, in our colours.

    Signals:
        chosen: the owner picked one. Argument: its key.
        and those of QComboBox.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], *, name: str, icon: str = "") -> None:
        """Make a drop-down.

        Args:
            options: key and words of each.
            name: what is chosen here, for a screen reader.
            icon: before the words.
        """
        super().__init__()
        self._icon_name = icon
        self._in_trouble = False
        self.setAccessibleName(name)
        self.setFont(look.font("body"))
        self.setFixedHeight(look.px(36))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view().setVerticalScrollBar(ThinBar())
        self.setItemDelegate(_OptionDelegate(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_options(options)
        self.activated.connect(lambda _place: self.chosen.emit(self.key()))

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer others; what was chosen stays chosen where it is still among them."""
        before = self.key()
        self.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.clear()
        for key, text in options:
            self.addItem(text, key)
        self.choose(before)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.updateGeometry()

    def key(self) -> str:
        """Return the key of what is chosen; empty where nothing is offered."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def choose(self, key: str) -> None:
        """Choose one by its key; an unknown key leaves things as they are."""
        place = self.findData(key)
        if place >= 0:
            self.setCurrentIndex(place)

    def set_trouble(self, *, on: bool) -> None:
        """Show the edge in red; `LabelledField` does it."""
        self._in_trouble = on
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that the longest option needs (Qt)."""
        words = look.font("body")
        texts = [self.itemText(place) for place in range(self.count())]
        longest = max((look.text_width(text, words) for text in texts), default=0.0)
        sides = look.px(12 + 36 + (24 if self._icon_name else 0))
        return QSize(round(longest) + sides, look.px(36))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return QSize(look.px(72), look.px(36))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a wheel over a form must not change it (Qt)."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the closed drop-down (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        area = QRectF(self.rect())
        focused = self.hasFocus()
        edge = now.danger if self._in_trouble else now.accent if focused else now.control
        if not self.isEnabled():
            edge = now.border
        hovered = now.hover if self.underMouse() else now.surface
        fill = now.sunken if now.dark and not self.underMouse() else hovered
        strong = 2 if focused or self._in_trouble else 1
        look.paint_rect(painter, area, look.px(RADIUS), fill, edge, strong)
        small = look.px(16)
        y = (area.height() - small) / 2
        x: float = look.px(12)
        if self._icon_name:
            look.paint_icon(painter, self._icon_name, x, y, small, colour=now.text2)
            x += look.px(24)
        right = area.width() - look.px(30)
        ink = now.text if self.isEnabled() else now.text3
        words = QRectF(x, 0, right - x, area.height())
        look.paint_text(painter, words, self.currentText(), look.font("body"), ink)
        look.paint_icon(painter, "chevron-down", right + look.px(2), y, small, colour=now.text2)
        painter.end()
