"""Learn: for now, why things go wrong here. The list of causes and how often each was the one."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.domain.document import DocumentKind
from recoverydesk.services import case_lists, causes, incident_pages, promises
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.causes import CauseView
from recoverydesk.services.incident_pages import IncidentRow
from recoverydesk.services.promises import PromiseTally
from recoverydesk.topics import Topic
from ui import look
from ui.actions import Command
from ui.dialogs.cause import AddCauseDialog, MergeCauseDialog, RenameCauseDialog
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.chips import FilterChip
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.link_rows import Bar, BarRow, LinkRow
from ui.widgets.page import Do, GoTo, OpenIncident, Page, Place, PrintAbout
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Line, Text
from ui.wording import counted, filled, tr

UNKNOWN = 0
"""What the cases' list calls a cause that isn't known yet."""

MOST_INCIDENTS = 12
FEWEST = 10
"""Promises from which on a percentage says something."""


def promise_words(tally: PromiseTally) -> str:
    """Return how promises went, in a sentence."""
    share = f" ({round(100 * tally.kept / tally.of_all)} %)" if tally.of_all >= FEWEST else ""
    words = filled(
        "Promises kept in time: {kept} of {all}{share}.",
        kept=str(tally.kept),
        all=str(tally.of_all),
        share=share,
    )
    if tally.late:
        words += " " + counted(tally.late, "{n} was kept late.", "{n} were kept late.")
    if tally.broken:
        words += " " + counted(tally.broken, "{n} was broken.", "{n} were broken.")
    return words


class LearnPage(Page):
    """The causes in two levels, with how many cases each has."""

    SHOWS = Topic.CAUSES | Topic.CASES | Topic.FOLLOW_UPS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("learn")
        self._add = Button(tr("Add a cause"), "secondary", icon="plus", size="small")
        self._add.clicked.connect(lambda _on: self._add_cause(None))
        self._retired = FilterChip(tr("Show retired"))
        self._retired.toggled.connect(lambda _on: self._show_causes())
        self._card = Card(tr("Causes"), gap=2)
        self._lines = column(gap=2, margins=(0, 4, 0, 0))
        self._card.body.addLayout(self._lines)
        self._promises = Text("", "secondary", "text2", wrap=True)
        self._incidents = Card(tr("One failure, many customers"), icon="users", gap=2)
        self._incident_lines = column(gap=2)
        self._incidents.body.addLayout(self._incident_lines)
        cards = boxed(
            column(
                self._promises,
                self._card,
                self._incidents,
                STRETCH,
                gap=12,
                margins=(0, 0, 12, 0),
            )
        )
        page = Button(tr("Page for the staff meeting…"), "secondary", icon="users", size="small")
        page.clicked.connect(lambda _on: self.wished.emit(PrintAbout(DocumentKind.STAFF_PAGE)))
        till = Button.for_command(
            Command.SALES_FILE, lambda: self.wished.emit(Do(Command.SALES_FILE)), size="small"
        )
        month = Button(tr("The month on a page…"), "secondary", icon="calendar", size="small")
        month.clicked.connect(lambda _on: self.wished.emit(PrintAbout(DocumentKind.MONTH_PAGE)))
        tools = row(
            self._retired, STRETCH, till, month, page, self._add, gap=8, margins=(0, 0, 12, 0)
        )
        self.setLayout(column(tools, (ScrollArea(cards), 1), gap=16))

    def heading(self) -> str:
        """Return the page's title."""
        return tr("Learn")

    def subheading(self) -> str:
        """Return the line under the title."""
        return tr("Why things go wrong here")

    def refresh(self) -> None:
        """Read the causes again."""
        self._show_causes()
        self._show_promises()
        self._show_incidents()

    def _show_incidents(self) -> None:
        with told_to_owner(self):
            count, customers = incident_pages.counts(self.session.desk)
            known = incident_pages.list_incidents(self.session.desk)
        clear(self._incident_lines)
        hit = counted(customers, "{n} customer", "{n} customers")
        times = counted(count, "{n} incident", "{n} incidents")
        self._incidents.set_meta(f"{times}, {hit}")
        for one in known[:MOST_INCIDENTS]:
            line = LinkRow(one.title, incident_words(one), icon="users")
            line.clicked.connect(partial(self._open_incident, one.incident_id))
            self._incident_lines.addWidget(line)
        self._incidents.setVisible(bool(known))

    def _open_incident(self, incident_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self.wished.emit(OpenIncident(incident_id))

    def _show_promises(self) -> None:
        with told_to_owner(self):
            tally = promises.tally(self.session.desk, now=self.session.now())
            self._promises.setVisible(tally.of_all > 0)
            self._promises.setText(promise_words(tally))

    def _show_causes(self) -> None:
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
        self._card.set_meta(counted(known + unknown, "{n} case", "{n} cases"))
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
        bar.clicked.connect(lambda _on: self._open_cases(UNKNOWN))
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
        bar.clicked.connect(lambda _on, cause_id=cause.cause_id: self._open_cases(cause_id))
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

    def _open_cases(self, cause_id: int) -> None:
        self.wished.emit(GoTo(Place.CASES, f"cause:{cause_id}"))


def incident_words(one: IncidentRow) -> str:
    """Return how far a failure that hit many has been put right."""
    return filled(
        "{hit} hit, {told} told, {right} put right",
        hit=counted(one.customers, "{n} customer", "{n} customers"),
        told=str(one.contacted),
        right=str(one.made_right),
    )
