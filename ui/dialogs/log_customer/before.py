"""The side pane: what this customer went through before, and what it cost us."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from recoverydesk.domain.case import Outcome
from recoverydesk.domain.days import month_name
from recoverydesk.services.alarms import Before as Earlier
from recoverydesk.services.customer_pages import CaseOfCustomer, CustomerView
from recoverydesk.services.seen_before import given_lately
from ui import look
from ui.session import Session
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.meters import ProgressLine
from ui.widgets.text import Icon, Line, Text
from ui.wording import Label, counted, filled, label, tr

MOST_CASES = 4


class Before(QWidget):
    """Shows a customer's earlier cases, or what will stand here once somebody is picked."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._body: QVBoxLayout = column(gap=8)
        title = Text(tr("Have we seen this before?"), "strong", weight=600)
        self.setLayout(column(row(Icon("history"), (title, 1), gap=8), self._body, STRETCH, gap=14))
        self.show_nobody()

    def show_nobody(self) -> None:
        """Say what will stand here."""
        clear(self._body)
        self._say(tr("Pick a customer, and what happened with them before will stand here."))

    def show_customer(self, view: CustomerView, earlier: Earlier | None = None) -> None:
        """Show what happened with a customer before, and whether it makes this a second failure."""
        clear(self._body)
        if earlier is not None:
            self._show_second(earlier)
        if view.cases:
            heading = filled("{name} before", name=view.greeting)
            self._body.addWidget(Text(heading, "secondary", "text2"))
            for place, case in enumerate(view.cases[:MOST_CASES]):
                if place:
                    self._body.addWidget(Line())
                self._body.addWidget(self._case(case))
            if more := len(view.cases) - MOST_CASES:
                self._say_more(more)
        else:
            self._say(tr("Never before. This is the first thing that went wrong with them."))
        self._show_goodwill(view)

    def _show_second(self, earlier: Earlier) -> None:
        card = Card(tr("A second failure"), icon="repeat", ground="warn", tone="warn")
        ago = earlier.span if earlier.span == "the same day" else f"{earlier.span} ago"
        words = filled(
            "The last was {ago}. It counts one step more upset; go and see them or ring them "
            "yourself.",
            ago=ago,
        )
        card.add(Text(words, "secondary", wrap=True))
        self._body.addWidget(card)

    def _say(self, words: str) -> None:
        self._body.addWidget(Text(words, "secondary", "text2", wrap=True))

    def _say_more(self, more: int) -> None:
        if more > 0:
            words = counted(more, "and {n} more", "and {n} more")
            self._body.addWidget(Text(words, "caption", "text2"))

    def _case(self, case: CaseOfCustomer) -> QWidget:
        told = _how_it_went(case)
        day = self._session.local(case.opened_at).date()
        when = Text(f"{month_name(day.month)[:3]} {day.year}", "secondary", "text2")
        token = look.INKS[told.tone]
        state = row(
            Icon(told.icon or "circle", token, 14),
            Text(told.text, "label", token),
            4,
            when,
            STRETCH,
            gap=6,
        )
        what = Text(case.summary, "label", wrap=True)
        widget = boxed(column(what, state, gap=2, margins=(0, 2, 0, 4)))
        widget.setAccessibleName(f"{case.summary}, {told.text}, {when.text()}")
        return widget

    def _show_goodwill(self, view: CustomerView) -> None:
        session = self._session
        given = given_lately(session.desk, view.customer_id, now=session.now()).value_cents
        if not given:
            return
        money = self._session.money
        amount = Text(
            filled("{amount} given", amount=money(given, short=True)), "label", weight=600
        )
        self._body.addSpacing(look.px(10))
        self._body.addWidget(Text(tr("Goodwill within a year"), "secondary", "text2"))
        worth = view.worth_year_cents
        if not worth:
            self._body.addWidget(amount)
            return
        beside = filled("of {amount} they spend a year", amount=money(worth, short=True))
        beside_text = Text(beside, "secondary", "text2")
        self._body.addWidget(boxed(row(amount, (beside_text, 1), gap=8)))
        bar = ProgressLine(height=6)
        bar.show_share(given / worth)
        self._body.addWidget(bar)


def _how_it_went(case: CaseOfCustomer) -> Label:
    """Return its outcome, or how far it is where it isn't over."""
    return label(case.status if case.outcome is Outcome.PENDING else case.outcome)
