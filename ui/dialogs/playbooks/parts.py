"""Small inputs of the plans' editor: a number, chips and menus of which several hold."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ui import look
from ui.widgets.buttons import Button
from ui.widgets.chips import FilterChip
from ui.widgets.fields import TextField
from ui.widgets.layouts import STRETCH, row
from ui.widgets.text import plain_tip
from ui.wording import counted, label

LONGEST_SHOWN = 34
"""Characters of what is chosen in a menu; longer than that it is counted."""
MOST = 99_999


class NumberField(TextField):
    """A whole number, none too large to be told so; the arrow keys count. An empty field is 0."""

    def __init__(self, *, name: str) -> None:
        """Make a field; `name` is for a screen reader."""
        super().__init__("0", name=name)
        self.setFixedWidth(look.px(64))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,5}"), self))

    def value(self) -> int:
        """Return the number."""
        return int(self.text() or "0")

    def set_value(self, value: int) -> None:
        """Show a number; the same one stays as it was typed."""
        if self.value() != value or not self.text():
            self.setText(str(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count up and down (Qt)."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        else:
            self.setText(str(min(max(self.value() + step, 0), MOST)))


class ChipChoice(QWidget):
    """A row of pills of which any number holds.

    Signals:
        changed: one was turned on or off.
    """

    changed = Signal()

    def __init__(self, values: Sequence[StrEnum], *, name: str) -> None:
        """Make a row of stored values; `name` is the question, for a screen reader."""
        super().__init__()
        self.setAccessibleName(name)
        self._chips: dict[StrEnum, FilterChip] = {}
        for value in values:
            told = label(value)
            chip = FilterChip(told.text, icon=told.icon)
            chip.setAccessibleDescription(name)
            chip.toggled.connect(lambda _on: self.changed.emit())
            self._chips[value] = chip
        self.setLayout(row(*self._chips.values(), STRETCH, gap=8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def values(self) -> tuple[StrEnum, ...]:
        """Return those that hold, in their order."""
        return tuple(value for value, chip in self._chips.items() if chip.isChecked())

    def choose(self, values: Sequence[StrEnum]) -> None:
        """Have these hold and no others."""
        for value, chip in self._chips.items():
            chip.setChecked(value in values)


class _StayingMenu(QMenu):
    """Stays open while several things are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing (Qt)."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space without closing; Enter ticks and closes (Qt)."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class MenuChoice(Button):
    """A button with a menu of which any number holds.

    Signals:
        changed: one was ticked or unticked.
    """

    changed = Signal()

    def __init__(self, *, name: str, nothing: str) -> None:
        """Make a button with an empty menu.

        Args:
            name: what is chosen here, for a screen reader.
            nothing: what the button says while nothing is ticked.
        """
        super().__init__(nothing)
        self._name, self._nothing = name, nothing
        self._actions: dict[object, QAction] = {}
        self._menu = _StayingMenu(self)
        self.set_menu(self._menu)
        self._say()

    def offer(self, options: Sequence[tuple[object, str]], chosen: Sequence[object]) -> None:
        """Offer these; those in `chosen` hold."""
        self._menu.clear()
        self._actions = {}
        for key, words in options:
            action = self._menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(key in chosen)
            action.toggled.connect(self._toggled)
            self._actions[key] = action
        self.setEnabled(bool(options))
        self._say()

    def keys(self) -> list[object]:
        """Return the keys of those that hold, in their order."""
        return [key for key, action in self._actions.items() if action.isChecked()]

    def actions_by_key(self) -> dict[object, QAction]:
        """Return what stands in the menu."""
        return dict(self._actions)

    def _toggled(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        texts = [self._actions[key].text() for key in self.keys()]
        words = ", ".join(texts) or self._nothing
        if len(words) > LONGEST_SHOWN:
            words = counted(len(texts), "{n} chosen", "{n} chosen")
        self.set_text(words)
        self.setAccessibleName(f"{self._name}: {words.replace('&&', '&')}")
        self.setToolTip(plain_tip("\n".join(texts).replace("&&", "&")))
