"""Who may be the same person, said beside the fields while they are typed; never in the way."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.services.duplicates import Duplicate, Likeness
from ui.widgets.buttons import Button
from ui.widgets.layouts import clear, column
from ui.wording import filled, tr

MOST = 3


class Doubles(QWidget):
    """Up to three people who may be meant; hidden where there is nobody.

    Signals:
        chosen: it is one of them. Argument: the customer's id.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(gap=2)
        self.setLayout(self._rows)
        self.hide()

    def show_people(self, people: Sequence[Duplicate]) -> None:
        """Show who may be meant."""
        clear(self._rows)
        for one in people[:MOST]:
            button = Button(double_words(one).replace("&", "&&"), "link", icon="user")
            button.clicked.connect(partial(self._choose, one.customer_id))
            self._rows.addWidget(button)
        self.setVisible(bool(people))

    def _choose(self, customer_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.chosen.emit(customer_id)


def double_words(one: Duplicate) -> str:
    """Return who it may be, and why."""
    name = f"{one.name}, {one.town}" if one.town else one.name
    if one.why in {Likeness.PHONE, Likeness.EMAIL}:
        return filled("{name} has this already. Is it them?", name=name)
    if one.why is Likeness.NAME_AND_POSTCODE:
        return filled("{name}: the same name and postcode. Is it them?", name=name)
    about = one.phone or one.email
    words = tr("{name}, {about}: the same name. Is it them?")
    if not about:
        words = tr("{name}: the same name. Is it them?")
    return filled(words, name=name, about=about)
