"""Learn: causes and months as charts, who came back, what it is worth, whether fixes held."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.figure import Figure
from recoverydesk.domain.span import Span, months, this_month, this_year
from recoverydesk.services import incident_pages, insight_exports, insights, promises
from recoverydesk.services.insights import Insight
from recoverydesk.services.paretos import Level
from recoverydesk.topics import Topic
from ui import look
from ui.actions import Command
from ui.errors import tell_owner, told_to_owner
from ui.pages.learn import words
from ui.pages.learn.causes import CausesCard
from ui.pages.learn.charts import ParetoCard, TrendCard
from ui.pages.learn.facts import (
    AnswersCard,
    FactsCard,
    FixesCard,
    NoticedCard,
    RemedyCard,
    SpeedCard,
    ValueCard,
)
from ui.printing import save_file_as
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.chips import Segmented
from ui.widgets.empties import EmptyState
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.link_rows import LinkRow
from ui.widgets.page import Do, GoTo, OpenIncident, Page, Place, PrintAbout, ShowCases
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Text
from ui.wording import counted, tr

MONTH, QUARTER, TWELVE, YEAR = "month", "quarter", "twelve", "year"
SIDE = 360
"""The right column's width, in pixels at usual text."""
NARROW = 900
"""Below it the columns lie under each other."""
MOST_INCIDENTS = 12
CSV = "CSV (*.csv)"


class LearnPage(Page):
    """What goes wrong, and what wins people back, in one time or another."""

    SHOWS = (
        Topic.CAUSES
        | Topic.CASES
        | Topic.FOLLOW_UPS
        | Topic.REMEDIES
        | Topic.CORRECTIONS
        | Topic.CUSTOMERS
        | Topic.SHOP
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("learn")
        self._own: Span | None = None
        self._wish = 0
        self._insight: Insight | None = None
        self._make_cards()
        self._lay_out()
        self._connect()

    def _make_cards(self) -> None:
        session = self.session
        self.span = Segmented(
            [
                (MONTH, tr("This month")),
                (QUARTER, tr("3 months")),
                (TWELVE, tr("12 months")),
                (YEAR, tr("This year")),
            ],
            name=tr("Look back on"),
        )
        self.pareto, self.trend = ParetoCard(session), TrendCard(session)
        self.causes = CausesCard(session)
        self.speed, self.remedies, self.value = (
            SpeedCard(session),
            RemedyCard(session),
            ValueCard(session),
        )
        self.fixes, self.answers, self.noticed = (
            FixesCard(session),
            AnswersCard(session),
            NoticedCard(session),
        )
        self._promises = Text("", "secondary", "text2", wrap=True)
        self._kept = Card(tr("Promises"), icon="handshake", gap=4)
        self._kept.add(self._promises)
        self._incidents = Card(tr("One failure, many customers"), icon="users", gap=2)
        self._incident_lines = column(gap=2)
        self._incidents.body.addLayout(self._incident_lines)
        self._empty = EmptyState(
            tr("Nothing to learn from yet"),
            tr(
                "From the first case on you see here what goes wrong. From ten on, shares say"
                " something; until then there are plain numbers."
            ),
            picture="search",
        )

    def facts(self) -> tuple[FactsCard, ...]:
        """Return the cards of figures, in their order."""
        return (self.speed, self.value, self.fixes, self.answers, self.noticed, self.remedies)

    def _told(self) -> tuple[ParetoCard | TrendCard | FactsCard, ...]:
        return (self.pareto, self.trend, *self.facts())

    def _lay_out(self) -> None:
        left = column(self.pareto, self.trend, self.causes, self._incidents, STRETCH, gap=16)
        right = boxed(column(*self.facts(), self._kept, STRETCH, gap=16))
        self._right = right
        self._columns = row((boxed(left), 1), right, gap=24, margins=(0, 0, 12, 0))
        self._columns.setAlignment(right, Qt.AlignmentFlag.AlignTop)
        self._scroll = ScrollArea(boxed(self._columns))
        self.setLayout(column(self._tools(), self._empty, (self._scroll, 1), gap=16))

    def _tools(self) -> QBoxLayout:
        other = IconButton("calendar", tr("Another time…"), size="small")
        other.clicked.connect(lambda _on: self._ask_span())
        export = Button(tr("Export"), "ghost", icon="download", size="small")
        export.clicked.connect(lambda _on: self._export())
        staff = Button(tr("Page for the staff meeting…"), "secondary", icon="printer", size="small")
        staff.clicked.connect(lambda _on: self.wished.emit(PrintAbout(DocumentKind.STAFF_PAGE)))
        more = IconButton("ellipsis", tr("More"), size="small")
        menu = QMenu(more)
        month = tr("The &month on a page…")
        self._add(menu, month, "calendar", lambda: self._print(DocumentKind.MONTH_PAGE))
        for command in (Command.FIXES, Command.SALES_FILE, Command.QUIET_REGULARS):
            self._add(menu, command.value.text, command.value.icon, partial(self._do, command))
        more.set_menu(menu)
        return row(self.span, other, STRETCH, export, staff, more, gap=8, margins=(0, 0, 12, 0))

    def _add(self, menu: QMenu, told: str, icon: str, doing: Callable[[], object]) -> None:
        action = QAction(look.icon(icon), tr(told), menu)
        action.triggered.connect(lambda _on: doing())
        menu.addAction(action)

    def _do(self, command: Command) -> None:
        self.wished.emit(Do(command))

    def _print(self, kind: DocumentKind) -> None:
        self.wished.emit(PrintAbout(kind))

    def _connect(self) -> None:
        self.span.choose(QUARTER)
        self.span.chosen.connect(self._choose_span)
        self.pareto.level_chosen.connect(lambda _key: self._read())
        self.pareto.all_wanted.connect(lambda: self._scroll.ensureWidgetVisible(self.causes))
        self.causes.cases_wanted.connect(
            lambda cause_id: self.wished.emit(GoTo(Place.CASES, f"cause:{cause_id}"))
        )
        for card in self._told():
            card.cases_wanted.connect(self._show_cases)

    def heading(self) -> str:
        """Return the page's title."""
        return tr("Learn")

    def subheading(self) -> str:
        """Return the line under the title."""
        return tr("What goes wrong, and what wins people back")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns beside or under each other (Qt)."""
        super().resizeEvent(event)
        narrow = self.width() < look.px(NARROW)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        if narrow:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16_777_215)
        else:
            self._right.setFixedWidth(look.px(SIDE))

    # What is shown

    def shown_span(self) -> Span:
        """Return the time that is looked back on."""
        today = self.session.today()
        if self._own is not None:
            return self._own
        usual: dict[str, Callable[[], Span]] = {
            MONTH: lambda: this_month(today),
            QUARTER: lambda: months(3, today),
            TWELVE: lambda: months(12, today),
            YEAR: lambda: this_year(today),
        }
        return usual[self.span.key() or QUARTER]()

    def refresh(self) -> None:
        """Read everything again."""
        self.causes.refresh()
        self._show_promises()
        self._show_incidents()
        self._read()

    def _choose_span(self, _key: str) -> None:
        self._own = None
        self._read()

    def _ask_span(self) -> None:
        from ui.pages.learn.span import SpanDialog  # noqa: PLC0415 - when first wanted

        dialog = SpanDialog(self.session, self.shown_span(), parent=self)
        dialog.chosen.connect(self._take_span)
        dialog.open()

    def _take_span(self, span: Span) -> None:
        self._own = span
        self.span.choose("")
        self._read()

    def _read(self) -> None:
        """Read the figures: aside where it takes longer than an eye blinks; the newest wish counts.

        What is shown stays until then.
        """
        session, span = self.session, self.shown_span()
        level, now = Level(self.pareto.level.key()), session.now()
        self._wish += 1
        wish = self._wish
        with told_to_owner(self):
            if insights.is_quick(session.desk):
                self._show(insights.read(session.desk, span, now=now, level=level))
                return
        session.jobs.run(
            lambda _progress: insights.read(session.desk, span, now=now, level=level),
            succeeded=lambda found: self._arrived(wish, found),
            failed=partial(tell_owner, self),
        )

    def _arrived(self, wish: int, found: object) -> None:
        if wish == self._wish and isinstance(found, Insight):
            self._show(found)

    def _show(self, insight: Insight) -> None:
        self._insight = insight
        for card in self._told():
            card.show_insight(insight)
        anything = bool(insight.cases or insight.worths.at_stake.customers or insight.recurrences)
        self._empty.setVisible(not anything)

    def _show_promises(self) -> None:
        with told_to_owner(self):
            tally = promises.tally(self.session.desk, now=self.session.now())
            self._kept.setVisible(tally.of_all > 0)
            self._promises.setText(words.promise_words(tally))

    def _show_incidents(self) -> None:
        with told_to_owner(self):
            count, customers = incident_pages.counts(self.session.desk)
            known = incident_pages.list_incidents(self.session.desk)
        clear(self._incident_lines)
        hit = counted(customers, "{n} customer", "{n} customers")
        times = counted(count, "{n} incident", "{n} incidents")
        self._incidents.set_meta(f"{times}, {hit}")
        for one in known[:MOST_INCIDENTS]:
            line = LinkRow(one.title, words.incident_words(one), icon="users")
            line.clicked.connect(partial(self._open_incident, one.incident_id))
            self._incident_lines.addWidget(line)
        self._incidents.setVisible(bool(known))

    def _open_incident(self, incident_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self.wished.emit(OpenIncident(incident_id))

    # What is done

    def _show_cases(self, figure: Figure, told: str) -> None:
        span = self.shown_span()
        about = f"{told}, {words.span_words(span, self.session)}"
        self.wished.emit(ShowCases(figure, span, about))

    def _export(self) -> None:
        insight = self._insight
        if insight is None:
            return
        with told_to_owner(self):
            content = insight_exports.as_csv(self.session.desk, insight)
            path = save_file_as(self, content, insight_exports.file_name(insight), CSV)
            if path is not None:
                self.session.said.emit(tr("Saved"))
