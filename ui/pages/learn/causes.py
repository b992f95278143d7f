"""The list of causes in two levels: how often each was the one, and what can be done with it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.services import case_lists, causes
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.causes import CauseView
from ui import look
from ui.dialogs.cause import AddCauseDialog, MergeCauseDialog, RenameCauseDialog
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.chips import FilterChip
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.link_rows import Bar, BarRow
from ui.widgets.text import Line, Text
from ui.wording import counted, filled, tr

UNKNOWN = 0
"""What the cases' list calls a cause that isn't known yet."""


class CausesCard(Card):
    """All causes ever, with how many cases each has.

    Signals:
        cases_wanted: the cases of a cause. Argument: its id, or `UNKNOWN`.
    """

    cases_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Causes"), gap=2)
        self.session = session
        self._add = Button(tr("Add a cause"), "secondary", icon="plus", size="small")
        self._add.clicked.connect(lambda _on: self._add_cause(None))
        self._retired = FilterChip(tr("Show retired"))
        self._retired.toggled.connect(lambda _on: self.refresh())
        self._lines = column(gap=2, margins=(0, 4, 0, 0))
        self.body.addLayout(row(self._retired, STRETCH, self._add, gap=8))
        self.body.addLayout(self._lines)

    def refresh(self) -> None:
        """Read the causes again."""
        with told_to_owner(self):
            everything = causes.all_causes(self.session.desk, also_retired=True)
            wanted = CaseFilter(which="all", cause_id=UNKNOWN)
            ids = case_lists.ids(self.session.desk, wanted, now=self.session.now())
            self._show_lines(everything, len(ids))

    def _show_lines(self, everything: Sequence[CauseView], unknown: int) -> None:
        retired = sum(1 for cause in everything if cause.retired)
        self._retired.set_count(retired or None)
        self._retired.setVisible(retired > 0 or self._retired.isChecked())
        shown = [cause for cause in everything if self._retired.isChecked() or not cause.retired]
        known = sum(cause.cases for cause in everything)
        self.set_meta(counted(known + unknown, "{n} case", "{n} cases"))
        most = max([unknown, 1, *(cause.cases for cause in shown)])
        clear(self._lines)
        self._lines.addWidget(self._unknown_row(unknown, most))
        for group in (cause for cause in shown if cause.parent_id is None):
            under = [cause for cause in shown if cause.parent_id == group.cause_id]
            self._show_group(group, under, most)

    def _unknown_row(self, count: int, most: int) -> QWidget:
        words = counted(
            count, "{n} case still to be looked into", "{n} cases still to be looked into"
        )
        bar = BarRow(
            Bar(
                tr("Not yet known"),
                count,
                most,
                words,
                tone="warn" if count else "neutral",
                icon="circle-question-mark",
            )
        )
        bar.setToolTip(words)
        bar.clicked.connect(lambda _on: self.cases_wanted.emit(UNKNOWN))
        # The room that the other lines have for their menu.
        return boxed(row((bar, 1), 40))

    def _show_group(self, group: CauseView, under: Sequence[CauseView], most: int) -> None:
        total = group.cases + sum(cause.cases for cause in under)
        name = Text(self._shown_name(group), "strong", "text3" if group.retired else "text")
        number = Text(str(total), "label", "text2", align=look.RIGHT)
        number.setAccessibleName(counted(total, "{n} case", "{n} cases"))
        head = row((name, 1), number, 12, self._menu_button(group), margins=(8, 0, 0, 0))
        self._lines.addLayout(column(10, Line(), 6, head))
        if group.cases and under:
            self._lines.addWidget(self._row(group, most, tr("No closer cause given"), menu=False))
        elif group.cases:
            self._lines.addWidget(self._row(group, most, tr("All of them"), menu=False))
        for cause in under:
            self._lines.addWidget(self._row(cause, most, self._shown_name(cause)))

    def _shown_name(self, cause: CauseView) -> str:
        return filled("{name} (retired)", name=cause.name) if cause.retired else cause.name

    def _row(self, cause: CauseView, most: int, name: str, *, menu: bool = True) -> QWidget:
        words = counted(cause.cases, "{n} case", "{n} cases")
        bar = BarRow(Bar(name, cause.cases, most, words, faint=cause.retired))
        bar.clicked.connect(lambda _on, cause_id=cause.cause_id: self.cases_wanted.emit(cause_id))
        return boxed(row((bar, 1), self._menu_button(cause) if menu else 36, gap=4))

    def _menu_button(self, cause: CauseView) -> IconButton:
        name = filled("What to do with “{name}”", name=cause.name)
        button = IconButton("ellipsis", name)
        menu = QMenu(button)
        if cause.parent_id is None and not cause.retired:
            self._act(menu, tr("&Add a cause under it…"), "plus", self._add_cause, cause)
        self._act(menu, tr("&Rename…"), "pencil", self._rename, cause)
        self._act(menu, tr("&Merge into…"), "merge", self._merge, cause)
        words, icon = (
            (tr("&Bring back"), "rotate-ccw") if cause.retired else (tr("Re&tire"), "archive")
        )
        self._act(menu, words, icon, self._retire, cause)
        button.set_menu(menu)
        return button

    def _act(
        self,
        menu: QMenu,
        words: str,
        icon: str,
        doing: Callable[[CauseView], None],
        cause: CauseView,
    ) -> None:
        action = QAction(look.icon(icon), words, menu)
        action.triggered.connect(lambda _on: doing(cause))
        menu.addAction(action)

    def _add_cause(self, group: CauseView | None) -> None:
        group_id = None if group is None else group.cause_id
        AddCauseDialog(self.session, group_id, parent=self).open()

    def _rename(self, cause: CauseView) -> None:
        RenameCauseDialog(self.session, cause, parent=self).open()

    def _merge(self, cause: CauseView) -> None:
        MergeCauseDialog(self.session, cause, parent=self).open()

    def _retire(self, cause: CauseView) -> None:
        with told_to_owner(self):
            causes.retire(self.session.desk, cause.cause_id, retired=not cause.retired)
