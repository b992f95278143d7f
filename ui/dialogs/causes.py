"""Why things go wrong here: the owner's own list, in two levels and in the owner's order."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.services import cause_moves, causes
from recoverydesk.services.causes import CauseView
from recoverydesk.topics import Topic
from ui import look
from ui.dialogs.cause import AddCauseDialog, MergeCauseDialog, MoveCauseDialog, RenameCauseDialog
from ui.dialogs.playbooks.order import OrderList
from ui.dialogs.playbooks.order_rows import OrderRow
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.chips import FilterChip
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.panes import Pane
from ui.widgets.text import Line, Text
from ui.wording import counted, filled, tr

WIDTH, HEIGHT, LIST_WIDTH = 860, 540, 460


class CausesDialog(Dialog):
    """Lists the causes, and changes one of them.

    Signals:
        cases_wanted: the cases of a cause are to be listed. Argument: its id.
    """

    cases_wanted = Signal(int)

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Causes"), save="", cancel=tr("Close"), width=WIDTH)
        self.setObjectName("causes")
        self._session = session
        self._causes: tuple[CauseView, ...] = ()
        self._cause_id = 0
        self._lay_out()
        self._list.chosen.connect(self._choose)
        self._list.entered.connect(lambda _at: self._rename())
        # The list still has the row in hand: its rows change once it has let go.
        self._list.moved.connect(
            lambda at, to: QTimer.singleShot(0, self, lambda: self.move_row(at, to))
        )
        session.changes.saved.connect(self._hear)
        self._show()
        self._list.setFocus()

    def _lay_out(self) -> None:
        self._list = OrderList(
            name=tr("Causes, each group followed by what is under it"),
            hint=tr("Drag a cause, or move it with Alt and the arrow keys"),
        )
        self._retired = FilterChip(tr("Show retired"))
        self._retired.toggled.connect(lambda _on: self._show())
        self._add = Button(tr("&Add a cause…"), "tonal", icon="plus", size="small")
        self._add.clicked.connect(lambda _on: self._add_cause())
        hint = Text(tr("Drag, or Alt ↑ ↓. The order is that of every list."), "caption", "text3")
        left = Pane(
            column(
                boxed(row((hint, 1), margins=(16, 12, 16, 8))),
                (self._list, 1),
                Line("border"),
                boxed(row(self._add, STRETCH, self._retired, margins=(10, 8, 10, 10))),
            ),
            ground="sunken",
        )
        left.setFixedWidth(look.px(LIST_WIDTH))
        self._name = Text("", "card", wrap=True)
        self._about = Text("", "body", "text2", wrap=True)
        self._cases = Button(tr("Show its &cases"), "secondary", icon="inbox", size="small")
        self._rename_button = Button(tr("&Rename…"), "ghost", icon="pencil", size="small")
        self._move_button = Button(
            tr("Move to another &group…"), "ghost", icon="arrow-right", size="small"
        )
        self._merge_button = Button(tr("&Merge into another…"), "ghost", icon="merge", size="small")
        self._retire_button = Button("", "ghost", icon="archive", size="small")
        for button, doing in (
            (self._cases, self._show_cases),
            (self._rename_button, self._rename),
            (self._move_button, self._move),
            (self._merge_button, self._merge),
            (self._retire_button, self._retire),
        ):
            button.clicked.connect(lambda _on, doing=doing: doing())
        deeds = (self._cases, self._rename_button, self._move_button, self._merge_button)
        right = boxed(
            column(
                self._name,
                self._about,
                *(row(button, STRETCH) for button in (*deeds, self._retire_button)),
                STRETCH,
                Text(
                    tr("Name the rule, the tool or the supplier, never a person."),
                    "secondary", "text3", wrap=True,
                ),
                gap=10,
                margins=(24, 16, 24, 16),
            )
        )  # fmt: skip
        self.body.setContentsMargins(0, 0, 0, 0)
        self.add(Pane(row(left, Line("border", upright=True), (right, 1)), height=HEIGHT))

    # What is shown

    def _hear(self, topics: Topic) -> None:
        if topics & (Topic.CAUSES | Topic.CASES) and self.isVisible():
            self._show()

    def _show(self) -> None:
        with told_to_owner(self):
            everything = causes.all_causes(self._session.desk, also_retired=True)
            retired = sum(one.retired for one in everything)
            self._retired.setVisible(retired > 0 or self._retired.isChecked())
            self._retired.set_count(retired or None)
            wanted = self._retired.isChecked()
            self._causes = everything if wanted else causes.all_causes(self._session.desk)
            rows = [self._row(one) for one in self._causes]
            ids = [one.cause_id for one in self._causes]
            if self._cause_id not in ids:
                self._cause_id = ids[0] if ids else 0
            self._list.show_rows(rows, ids.index(self._cause_id) if ids else -1)
            self._show_cause()

    def _row(self, one: CauseView) -> OrderRow:
        if one.parent_id is None:
            words = counted(self._cases_of(one), "{n} case in all", "{n} cases in all")
        else:
            words = counted(one.cases, "{n} case", "{n} cases")
        if one.retired:
            words = filled("{words}, retired", words=words)
        # The icon moves what is under a group to the right of it.
        icon = "" if one.parent_id is None else "tag"
        return OrderRow(one.name, words, icon=icon, faint=one.retired)

    def _cases_of(self, group: CauseView) -> int:
        return sum(
            one.cases for one in self._causes if group.cause_id in {one.cause_id, one.parent_id}
        )

    def _cause(self) -> CauseView | None:
        return next((one for one in self._causes if one.cause_id == self._cause_id), None)

    def _show_cause(self) -> None:
        one = self._cause()
        for button in (
            self._cases, self._rename_button, self._move_button, self._merge_button,
            self._retire_button,
        ):  # fmt: skip
            button.setEnabled(one is not None)
        if one is None:
            self._name.setText(tr("No causes yet"))
            self._about.setText("")
            return
        self._name.setText(one.name)
        self._about.setText(self._about_words(one))
        self._cases.setEnabled(one.cases > 0)
        under = any(other.parent_id == one.cause_id for other in self._causes)
        self._move_button.setEnabled(not under)
        self._retire_button.set_text(tr("&Bring back") if one.retired else tr("Re&tire"))
        self._retire_button.set_icon("rotate-ccw" if one.retired else "archive")

    def _about_words(self, one: CauseView) -> str:
        own = counted(one.cases, "{n} case is put down to it.", "{n} cases are put down to it.")
        if one.parent_id is not None:
            return f"{filled('In the group “{group}”.', group=one.parent)} {own}"
        under = sum(other.parent_id == one.cause_id for other in self._causes)
        group = counted(under, "A group with {n} cause", "A group with {n} causes")
        cases = counted(self._cases_of(one), "{n} case in all", "{n} cases in all")
        closer = counted(one.cases, "{n} without a closer cause", "{n} without a closer cause")
        return f"{group}, {cases}; {closer}." if one.cases and under else f"{group}, {cases}."

    def _choose(self, at: int) -> None:
        self._cause_id = self._causes[at].cause_id
        self._show_cause()

    # What is done

    def _move_soon(self, at: int, to: int) -> None:
        QTimer.singleShot(0, self, partial(self.move_row, at, to))

    def move_row(self, at: int, to: int) -> None:
        """Move a row of the list to where another one stands.

        A group takes what is under it along; a cause that is moved past a heading goes below it.
        """
        one = self._causes[at]
        others = [other for other in self._causes if other.cause_id != one.cause_id]
        with told_to_owner(self):
            if one.parent_id is None:
                self._move_group(one, others, down=to > at, to=to)
            else:
                self._move_under(one, others, to)
        self._show()  # also where it stays: the list has moved its row already

    def _move_group(self, one: CauseView, others: list[CauseView], *, down: bool, to: int) -> None:
        groups = [other.cause_id for other in self._causes if other.parent_id is None]
        now_at = groups.index(one.cause_id)
        before = sum(other.parent_id is None for other in others[:to])
        # A step past what is under a group is a step past the group.
        place = before if before != now_at else now_at + (1 if down else -1)
        if 0 <= place < len(groups):
            cause_moves.place(self._session.desk, one.cause_id, place)

    def _move_under(self, one: CauseView, others: list[CauseView], to: int) -> None:
        above = [other for other in others[:to] if other.parent_id is None]
        if not above:
            return  # above the first heading there is nothing to belong to
        group = above[-1]
        place = sum(other.parent_id == group.cause_id for other in others[:to])
        desk, now = self._session.desk, self._session.now()
        with desk.changing(cause_moves.TOPICS, "Order the causes"):
            cause_moves.move(desk, one.cause_id, under=group.cause_id, now=now)
            cause_moves.place(desk, one.cause_id, place)

    def _add_cause(self) -> None:
        one = self._cause()
        group_id = None if one is None else one.parent_id or one.cause_id
        dialog = AddCauseDialog(self._session, group_id, parent=self)
        dialog.added.connect(self._go_to)
        dialog.open()

    def _go_to(self, cause_id: int) -> None:
        self._cause_id = cause_id
        self._show()

    def _show_cases(self) -> None:
        self.accept()
        self.cases_wanted.emit(self._cause_id)

    def _rename(self) -> None:
        if (one := self._cause()) is not None:
            RenameCauseDialog(self._session, one, parent=self).open()

    def _move(self) -> None:
        if (one := self._cause()) is not None:
            MoveCauseDialog(self._session, one, parent=self).open()

    def _merge(self) -> None:
        if (one := self._cause()) is not None:
            with told_to_owner(self):
                MergeCauseDialog(self._session, one, parent=self).open()

    def _retire(self) -> None:
        if (one := self._cause()) is not None:
            with told_to_owner(self):
                causes.retire(self._session.desk, one.cause_id, retired=not one.retired)
