"""The desk's plans in the order in which they are tried, and what can be done with each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.services.playbooks import PlaybookView
from ui.dialogs.playbooks.order import OrderList
from ui.dialogs.playbooks.order_rows import OrderRow
from ui.dialogs.playbooks.words import Naming, running_words, starts_words
from ui.widgets.buttons import Button
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.text import Line, Text
from ui.wording import tr


class PlansPane(QWidget):
    """The list of plans at the left.

    Signals:
        chosen: another plan is wanted. Argument: its key.
        arranged: the plans are wanted in another order. Argument: their keys, a `list[str]`.
        new_wanted, copy_wanted, back_wanted: a new plan, a copy, this one as it came.
        retire_wanted: out of use, or back into it. Argument: whether to retire it.
    """

    chosen = Signal(str)
    arranged = Signal(object)
    new_wanted = Signal()
    copy_wanted = Signal()
    back_wanted = Signal()
    retire_wanted = Signal(bool)

    def __init__(self, naming: Naming) -> None:
        super().__init__()
        self._naming = naming
        self._views: list[PlaybookView] = []
        self._retired = False
        self.list = OrderList(
            name=tr("Plans, in the order in which they are tried"),
            hint=tr("Drag a plan, or move it with Alt and the arrow keys"),
        )
        self._new = Button(tr("&New plan"), "tonal", icon="plus", size="small")
        self._copy = Button(tr("Cop&y"), "ghost", icon="copy", size="small")
        self._retire = Button(tr("&Retire"), "ghost", icon="archive", size="small")
        self._back = Button(tr("As &it came"), "ghost", icon="history", size="small")
        self._copy.setToolTip(tr("Makes another plan with the same steps"))
        self._back.setToolTip(tr("Shows the plan as it came with RecoveryDesk; save to keep it"))
        hint = Text(
            tr("Tried from top to bottom.\nDrag, or Alt ↑ ↓."), "caption", "text3", wrap=True
        )
        buttons = boxed(
            column(
                row(self._new, self._copy, STRETCH, gap=4),
                row(self._retire, self._back, STRETCH, gap=4),
                gap=4,
                margins=(10, 8, 10, 10),
            )
        )
        self.setLayout(
            column(
                column(Text(tr("Plans"), "card"), hint, gap=2, margins=(16, 14, 16, 8)),
                (self.list, 1),
                Line("border"),
                buttons,
            )
        )
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(lambda at: self.chosen.emit(self._key_at(at)))
        self.list.moved.connect(self._move)
        self._new.clicked.connect(lambda _on: self.new_wanted.emit())
        self._copy.clicked.connect(lambda _on: self.copy_wanted.emit())
        self._retire.clicked.connect(lambda _on: self.retire_wanted.emit(not self._retired))
        self._back.clicked.connect(lambda _on: self.back_wanted.emit())

    def show_plans(self, views: Sequence[PlaybookView], key: str) -> None:
        """Show the plans, one of them chosen; an empty key is a new one, not yet saved."""
        self._views = list(views)
        rows = [
            OrderRow(
                one.name,
                f"{starts_words(one, self._naming)}\n{running_words(one)}",
                faint=one.retired,
            )
            for one in views
        ]
        if not key:
            rows.append(OrderRow(tr("New plan"), tr("not saved yet")))
        keys = [one.key for one in views]
        self.list.show_rows(rows, keys.index(key) if key in keys else len(rows) - 1)
        self._show_buttons(next((one for one in views if one.key == key), None))

    def select(self, key: str) -> None:
        """Have a plan chosen in the list again, without a word."""
        keys = [one.key for one in self._views]
        self.list.select(keys.index(key) if key in keys else len(keys))

    def _show_buttons(self, view: PlaybookView | None) -> None:
        self._retired = view is not None and view.retired
        self._retire.set_text(tr("B&ring back") if self._retired else tr("&Retire"))
        self._retire.setEnabled(view is not None)
        self._back.setVisible(view is not None and view.shipped)

    def _key_at(self, place: int) -> str:
        return self._views[place].key if place < len(self._views) else ""

    def _move(self, place: int, to: int) -> None:
        keys = [one.key for one in self._views]
        if max(place, to) < len(keys):
            keys.insert(to, keys.pop(place))
            self.arranged.emit(keys)
