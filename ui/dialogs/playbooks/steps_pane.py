"""The steps of one plan in their order: dragged, added, copied, taken away."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Stage
from recoverydesk.domain.follow_up import Act, Anchor, Unit
from recoverydesk.domain.playbook import Step
from recoverydesk.services.playbooks import LONGEST_PLAN, new_step_key
from ui.dialogs.playbooks.order import OrderList
from ui.dialogs.playbooks.order_rows import OrderRow
from ui.dialogs.playbooks.words import Naming, sentence
from ui.widgets.banners import Banner
from ui.widgets.buttons import Button
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.text import Icon, Line, Text
from ui.wording import counted, filled, label, tr


class StepsPane(QWidget):
    """The middle of the editor: the plan's name, its steps, and what to do with them.

    Signals:
        plan_wanted: the page about the plan itself is wanted.
        opened: a step is shown. Argument: its place.
        entered: the cursor is wanted in the open step.
        changed: the steps are others, or in another order.

    Attributes:
        list: the steps.
        banner: for what has to do with running cases.
    """

    plan_wanted = Signal()
    opened = Signal(int)
    entered = Signal()
    changed = Signal()

    def __init__(self, naming: Naming) -> None:
        super().__init__()
        self._naming = naming
        self._steps: list[Step] = []
        self._gone: tuple[int, Step] | None = None
        self.banner = Banner()
        self._name = Text("", "card")
        self._count = Text("", "secondary", "text2")
        self._plan = Button(tr("Name and st&art…"), "secondary", icon="pencil", size="small")
        self._plan.setToolTip(tr("What it is called, what it is for, when it starts by itself"))
        self._trouble = Text("", "label", "danger", wrap=True)
        self.list = OrderList(
            name=tr("Steps of the plan"),
            hint=tr("Drag a step, or move it with Alt and the arrow keys; Enter opens it"),
        )
        self._add = Button(tr("Add a &step"), "tonal", icon="plus", size="small")
        self._copy = Button(tr("Co&py it"), "ghost", icon="copy", size="small")
        self._take = Button(tr("&Take it away"), "ghost", icon="trash-2", size="small")
        self._told = Text("", "caption", "text2")
        self._again = Button(tr("P&ut it back"), "link", size="small")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        icon = column(Icon("circle-alert", "danger", 14), STRETCH, margins=(0, 3, 0, 0))
        told = row(icon, (self._trouble, 1), gap=7)
        told.setContentsMargins(20, 0, 16, 8)
        self._trouble_row = boxed(told)
        self._trouble_row.hide()
        back = row((self._told, 1), self._again, gap=8, margins=(20, 0, 16, 0))
        self._back_row = boxed(back)
        self._back_row.hide()
        self.setLayout(
            column(
                column(self.banner, margins=(12, 8, 12, 0)),
                row(
                    (column(self._name, self._count, gap=2), 1),
                    self._plan,
                    gap=12,
                    margins=(20, 10, 16, 10),
                ),
                self._trouble_row,
                (self.list, 1),
                self._back_row,
                Line("border"),
                row(self._add, self._copy, self._take, STRETCH, gap=4, margins=(12, 8, 12, 10)),
            )
        )

    def _connect(self) -> None:
        self._plan.clicked.connect(lambda _on: self.plan_wanted.emit())
        self.list.chosen.connect(self._go_to)
        self.list.entered.connect(self._enter)
        self.list.moved.connect(self._move)
        self.list.removed.connect(self._remove)
        self._add.clicked.connect(lambda _on: self._insert(self._new_step()))
        self._copy.clicked.connect(lambda _on: self._copy_step())
        self._take.clicked.connect(lambda _on: self._remove(self.list.current()))
        self._again.clicked.connect(lambda _on: self._put_back())

    # What is shown

    def show_steps(self, steps: Sequence[Step], current: int = -1) -> None:
        """Show another plan's steps; -1 opens none of them."""
        self._steps = list(steps)
        self._forget_gone()
        self.say("")
        self._show(current)

    def steps(self) -> list[Step]:
        """Return the steps in their order."""
        return list(self._steps)

    def place(self) -> int:
        """Return the place of the open step, or -1."""
        return self.list.current()

    def show_name(self, name: str) -> None:
        """Show what the plan is called."""
        self._name.setText(name or tr("A plan without a name"))

    def say(self, sentence_: str) -> None:
        """Say above the steps what is wrong with them; nothing where all is well."""
        self._trouble.setText(sentence_)
        self._trouble_row.setVisible(bool(sentence_))

    def _show(self, current: int) -> None:
        self.list.show_rows([self._row(at) for at in range(len(self._steps))], current)
        self._count.setText(self._counted())
        self._show_buttons()

    def _counted(self) -> str:
        count = len(self._steps)
        if not count:
            return tr("No steps yet. Add the first one below.")
        if count >= LONGEST_PLAN:
            return counted(
                count, "{n} step, the most there can be", "{n} steps, the most there can be"
            )
        return counted(count, "{n} step. Drag, or Alt ↑ ↓.", "{n} steps. Drag, or Alt ↑ ↓.")

    def _show_buttons(self) -> None:
        some = self.list.current() >= 0
        self._copy.setEnabled(some and len(self._steps) < LONGEST_PLAN)
        self._take.setEnabled(some)
        self._add.setEnabled(len(self._steps) < LONGEST_PLAN)

    def _row(self, place: int) -> OrderRow:
        step = self._steps[place]
        return OrderRow(
            step.title or tr("A step without words"),
            sentence(step, self._steps, self._naming),
            icon=label(step.act).icon,
            number=str(place + 1),
            faint=not step.title,
        )

    # What is changed

    def replace_step(self, step: Step) -> None:
        """Take over what was typed about the open step."""
        place = next((at for at, one in enumerate(self._steps) if one.key == step.key), -1)
        if place < 0 or self._steps[place] == step:
            return
        renamed = self._steps[place].title != step.title
        self._steps[place] = step
        self.say("")
        for at, one in enumerate(self._steps):
            if at == place or (renamed and one.after == step.key):
                self.list.show_row(at, self._row(at))
        self.changed.emit()

    def open_step(self, place: int) -> None:
        """Open a step, as if the owner had gone there."""
        self.list.select(place)
        self._go_to(place)

    def close_step(self) -> None:
        """Have no step open."""
        self.list.select(-1)
        self._show_buttons()

    def _go_to(self, place: int) -> None:
        self._show_buttons()
        self.opened.emit(place)

    def _enter(self, place: int) -> None:
        self.open_step(place)
        self.entered.emit()

    def _move(self, place: int, to: int) -> None:
        self._steps.insert(to, self._steps.pop(place))
        self._changed(to)

    def _insert(self, step: Step) -> None:
        place = self.list.current()
        at = len(self._steps) if place < 0 else place + 1
        self._steps.insert(at, step)
        self._changed(at)
        self.entered.emit()

    def _new_step(self) -> Step:
        place = self.list.current()
        before = self._steps[place] if self._steps else None
        return Step(
            key=new_step_key(),
            title="",
            act=Act.CALL,
            stage=Stage.LISTEN if before is None else before.stage,
            anchor=Anchor.OPENED,
            offset=1,
            unit=Unit.OPEN_DAYS,
        )

    def _copy_step(self) -> None:
        if (place := self.list.current()) >= 0:
            self._insert(replace(self._steps[place], key=new_step_key()))

    def _remove(self, place: int) -> None:
        if place < 0:
            return
        gone = self._steps.pop(place)
        self._gone = (place, gone)
        self._told.setText(
            filled("“{step}” is taken away.", step=gone.title or tr("A step without words"))
        )
        self._back_row.show()
        self._changed(min(place, len(self._steps) - 1))

    def _put_back(self) -> None:
        if self._gone is not None:
            place, step = self._gone
            self._steps.insert(min(place, len(self._steps)), step)
            self._forget_gone()
            self._changed(min(place, len(self._steps) - 1))

    def _forget_gone(self) -> None:
        self._gone = None
        self._back_row.hide()

    def _changed(self, current: int) -> None:
        self.say("")
        self._show(current)
        self.changed.emit()
        if current >= 0:
            self.opened.emit(current)
        else:
            self.plan_wanted.emit()
