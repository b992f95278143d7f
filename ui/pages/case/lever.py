"""The question behind the last why: is it something that the shop can change, and what of it?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.cause import Lever
from ui.widgets.buttons import Button
from ui.widgets.chips import FilterChip
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.text import Text
from ui.wording import labels, tr

IN_A_ROW = 4
"""Chips side by side: more would be cut on a small screen."""


class LeverQuestion(QWidget):
    """Chips of which at most one is on, and a way to ask why once more.

    Signals:
        answered: a chip was pressed.
        once_more: nothing of it can be changed; ask why again.
    """

    answered = Signal()
    once_more = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("What of it can you change?"))
        self._chips = {Lever(lever): FilterChip(told.text) for lever, told in labels(Lever)}
        for lever, chip in self._chips.items():
            chip.clicked.connect(lambda on, lever=lever: self._press(lever if on else None))
        self.more_button = Button(tr("No, ask once more"), "ghost", icon="repeat", size="small")
        self.more_button.clicked.connect(lambda _on: self._ask_once_more())
        chips = list(self._chips.values())
        self.setLayout(
            column(
                Text(tr("Can you change that? What is it about?"), "secondary", "text2", wrap=True),
                row(*chips[:IN_A_ROW], STRETCH, gap=8),
                row(*chips[IN_A_ROW:], self.more_button, STRETCH, gap=8),
                gap=8,
            )
        )

    def lever(self) -> Lever | None:
        """Return what was said that could be changed; None where nothing was."""
        return next((lever for lever, chip in self._chips.items() if chip.isChecked()), None)

    def show_lever(self, lever: Lever | None) -> None:
        """Show one as chosen, or none; `answered` isn't heard."""
        for one, chip in self._chips.items():
            chip.setChecked(one is lever)

    def _press(self, lever: Lever | None) -> None:
        self.show_lever(lever)
        self.answered.emit()

    def _ask_once_more(self) -> None:
        self.show_lever(None)
        self.once_more.emit()
