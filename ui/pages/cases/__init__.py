"""Cases: everything that went wrong, narrowed and sorted."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from recoverydesk.services import case_lists
from recoverydesk.services.case_lists import FILTERS, CaseRow, CaseTotals
from recoverydesk.services.claims import ClaimKey
from recoverydesk.topics import Topic
from ui.actions import Command, key_words
from ui.errors import tell_owner, told_to_owner
from ui.pages.cases.columns import CaseColumns
from ui.pages.cases.narrowing import Narrowing
from ui.pages.cases.source import CaseSource
from ui.session import Session
from ui.tables import BLOCK, RowsModel
from ui.widgets.buttons import Button
from ui.widgets.cards import Panel, on_panel
from ui.widgets.chips import FilterChips
from ui.widgets.empties import EmptyState
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.lists import TableCard, TableView
from ui.widgets.page import GoTo, LogCustomer, OpenCase, Page, Place, ShowCases, WriteLetters
from ui.widgets.sources import SourceButton
from ui.wording import counted, filled, tr

__all__ = ["CasesPage"]

CHIPS = (
    ("needs_me", "Needs me"),
    ("open", "Open"),
    ("following_up", "Following up"),
    ("won_back", "Won back"),
    ("lost", "Lost"),
    ("all", "All"),
)
COUNTED = {
    "needs_me": ("{n} case needs you", "{n} cases need you"),
    "open": ("{n} open case", "{n} open cases"),
    "following_up": ("{n} case followed up", "{n} cases followed up"),
    "won_back": ("{n} case won back", "{n} cases won back"),
    "lost": ("{n} case lost", "{n} cases lost"),
    "all": ("{n} case", "{n} cases"),
}
NOTHING = {
    "needs_me": "No case needs you now",
    "open": "No open cases",
    "following_up": "Nothing to follow up",
    "won_back": "Nobody won back yet",
    "lost": "Nobody lost",
    "all": "No cases",
}
WITH_NEXT_STEP = frozenset({"needs_me", "open", "following_up"})
"""These are sorted by what is due; the others hold what is over, and start with the newest."""

MINUTE = 60_000

MOST_LETTERS = 2_000
"""So many letters are written at once."""

LONG = 20_000
"""From so many cases on, their ids are fetched aside and the first lines shown meanwhile."""

CAUSE = "cause:"
"""Begins a wish to list the cases of a cause."""


class CasesPage(Page):
    """The list of all cases."""

    SHOWS = Topic.CASES | Topic.CUSTOMERS | Topic.FOLLOW_UPS | Topic.CONTACTS | Topic.SHOP

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("cases")
        self._totals: CaseTotals | None = None
        self._shown: CaseSource | None = None
        self._sort, self._descending = "next", False
        self._cells = CaseColumns(session)
        self.chips = FilterChips([(key, tr(text)) for key, text in CHIPS], name=tr("Show"))
        self.chips.choose("open")
        self.narrowing = Narrowing(session)
        self.model: RowsModel[CaseRow] = RowsModel(self._cells.columns(), self)
        self.table = TableView(self.model, name=tr("Cases"))
        self._card = TableCard(self.table)
        self._none = self._make_none()
        self._lists = QStackedWidget()
        self._lists.addWidget(self._card)
        self._lists.addWidget(self._none)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_list())
        self._stack.addWidget(self._make_empty())
        self.setLayout(column((self._stack, 1)))
        self._minutes = QTimer(self)
        self._minutes.setInterval(MINUTE)
        self._minutes.timeout.connect(self._tick)
        self._minutes.start()
        self._connect()

    def _connect(self) -> None:
        self.chips.chosen.connect(self._choose)
        self.narrowing.changed.connect(self._show_source)
        self.model.sort_wanted.connect(self._sort_by)
        self.model.counted.connect(self._count)
        self.table.opened.connect(self._open)

    def _make_list(self) -> QWidget:
        self._letters_button = Button(tr("Letters…"), "ghost", icon="mail", size="small")
        self._letters_button.setToolTip(tr("The same letter to every case in this list"))
        self._letters_button.clicked.connect(lambda _on: self._write_letters())
        head = row(self.chips, STRETCH, self.narrowing, self._letters_button, gap=16)
        return boxed(column(head, self.narrowing.behind, (self._lists, 1), gap=16))

    def _make_none(self) -> Panel:
        self._all_button = Button(tr("Show all cases"), "secondary", icon="list")
        self._all_button.clicked.connect(self._show_all)
        self._nothing = EmptyState("", picture="search", primary=self._all_button)
        return on_panel(self._nothing)

    def _make_empty(self) -> Panel:
        keys = key_words(Command.NEW_CASE).replace("+", " ")
        log = Button(tr("Log an unhappy customer"), "primary", icon="plus", key=keys, size="large")
        sample = Button(tr("Look at a sample case first"), "link", icon="eye")
        log.clicked.connect(self._log)
        sample.clicked.connect(self._show_sample)
        words = EmptyState(
            tr("No unhappy customers yet"),
            tr(
                "When somebody tells you something went wrong, write it down here. It takes half a "
                "minute, and the plan for winning them back starts by itself."
            ),
            primary=log,
            link=sample,
            foot=tr("A rule of thumb: for each one who tells you, many say nothing and go."),
            source=SourceButton(ClaimKey.SILENT_CUSTOMERS),
        )
        return on_panel(words)

    def heading(self) -> str:
        """Return the title."""
        return tr("Cases")

    def subheading(self) -> str:
        """Return how many are open, and how many of them have heard nothing."""
        if self._totals is None:
            return ""
        if not self._totals.counts["all"]:
            return tr("Nothing logged yet")
        is_open = filled("{n} open", n=str(self._totals.counts["open"]))
        waiting = self._totals.not_contacted
        if not waiting:
            return is_open
        return f"{is_open} · {filled('{n} not yet contacted', n=str(waiting))}"

    def narrow_to(self, narrow: str) -> None:
        """Turn one of the chips on, or list a cause's cases.

        Args:
            narrow: one of `case_lists.FILTERS`, or "cause:" and a cause's id as the list's filter
                has it.
        """
        if narrow in FILTERS:
            self.narrowing.clear()
            self.chips.choose(narrow)
        elif narrow.startswith(CAUSE):
            self.narrow_to("all")
            self.narrowing.choose_cause(narrow.removeprefix(CAUSE))

    def show_behind(self, wish: ShowCases) -> None:
        """List the cases behind a number of Learn, the newest first."""
        self.narrow_to("all")
        self.narrowing.show_behind(wish)

    def refresh(self) -> None:
        """Read counts and lines again; the view stays where it is."""
        self._totals = case_lists.totals(self.session.desk, now=self.session.now())
        for key in FILTERS:
            self.chips.set_count(key, self._totals.counts[key])
        nothing = not self._totals.counts["all"]
        self.HAS_PRIMARY = nothing
        self._stack.setCurrentIndex(1 if nothing else 0)
        self._cells.start()
        if self._shown is None:
            self._show_source()
            return
        self.table.reload()
        if self._shown.known is not None:
            self._fetch(self._shown)

    def _choose(self, which: str) -> None:
        due = which in WITH_NEXT_STEP
        self._sort, self._descending = ("next", False) if due else ("number", True)
        self._show_source()

    def _sort_by(self, sort: str, descending: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._sort, self._descending = sort, descending
        self._show_source()

    def _show_source(self) -> None:
        wanted = self.narrowing.wanted(self.chips.key())
        source = CaseSource(self.session, wanted, sort=self._sort, descending=self._descending)
        self._shown = source
        self.table.show_sorted(self._sort, descending=self._descending)
        if self._most(wanted.which) > LONG:
            source.known = source.fetch(BLOCK)
            self.model.show_source(source)
            self._fetch(source)
        else:
            self.model.show_source(source)
        self.table.scrollToTop()

    def _most(self, which: str) -> int:
        """Return how many lines the list has at the most."""
        return self._totals.counts[which] if self._totals is not None else 0

    def _fetch(self, source: CaseSource) -> None:
        """Get all ids of a long list without holding up the window."""
        self.session.jobs.run(
            lambda _progress: source.fetch(),
            succeeded=partial(self._take_ids, source),
            failed=partial(tell_owner, self),
        )

    def _take_ids(self, source: CaseSource, ids: Sequence[int]) -> None:
        if source is self._shown:
            source.known = ids
            self.table.reload()

    def _count(self, count: int) -> None:
        which = self.chips.key()
        self._lists.setCurrentWidget(self._card if count else self._none)
        if not count:
            self._say_nothing(which)
        what, total = self._at_stake(which)
        shown = count if self.narrowing.is_on() else max(count, self._most(which))
        self._card.show_foot(counted(shown, *COUNTED[which]), what, total)

    def _at_stake(self, which: str) -> tuple[str, str]:
        if which != "open" or self.narrowing.is_on() or self._totals is None:
            return "", ""
        money = self.session.money(self._totals.at_stake_cents, short=True)
        return tr("At stake"), filled("{money} a year", money=money)

    def _say_nothing(self, which: str) -> None:
        if self.narrowing.is_on():
            self._nothing.set_words(tr("No such cases"), tr("Nothing here is like that."))
        else:
            self._nothing.set_words(tr(NOTHING[which]), tr("All is in order here."))

    def _show_all(self) -> None:
        self.narrow_to("all")

    def _tick(self) -> None:
        if self.isVisible():
            self._cells.start()
            self.table.viewport().update()

    def _open(self, case_id: int) -> None:
        self.wished.emit(OpenCase(case_id))

    def _write_letters(self) -> None:
        if self._shown is not None:
            with told_to_owner(self):
                self.wished.emit(WriteLetters(tuple(self._shown.fetch(MOST_LETTERS))))

    def _log(self) -> None:
        self.wished.emit(LogCustomer())

    def _show_sample(self) -> None:
        self.wished.emit(GoTo(Place.SETTINGS, "practice"))
