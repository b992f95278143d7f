"""The card that says how this month is going."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import month_name
from recoverydesk.services import insights
from ui import look
from ui.session import Session
from ui.widgets.cards import Card, FactLine
from ui.widgets.layouts import boxed, column, row
from ui.widgets.meters import Share, StackBar
from ui.widgets.text import Icon, Line, Text
from ui.wording import filled, tr


class _Count(QWidget):
    """A number over what it counts."""

    def __init__(self, icon: str, words: str, token: look.Token) -> None:
        super().__init__()
        self._number = Text("", "page")
        self._words = words
        caption = row(Icon(icon, token, 14), (Text(words, "secondary", "text2"), 1), gap=6)
        self.setLayout(column(self._number, caption, gap=2))

    def show_number(self, number: int) -> None:
        """Show a number."""
        self._number.setText(str(number))
        self.setAccessibleName(f"{self._words}: {number}")


class MonthCard(Card):
    """Won back, lost and open; what remedies cost, and the custom that was kept."""

    def __init__(self, session: Session) -> None:
        super().__init__(" ", gap=12)
        self._session = session
        self._won = _Count("circle-check", tr("Won back"), "accent")
        self._lost = _Count("circle-alert", tr("Lost"), "danger")
        self._open = _Count("circle", tr("Open"), "text2")
        self._bar = StackBar()
        self._cost = FactLine(tr("Remedies, cost to you"))
        self._kept = FactLine(tr("Yearly custom kept"))
        self.add(
            boxed(row((self._won, 4), (self._lost, 3), (self._open, 3), gap=4)),
            self._bar,
            Line("line"),
            boxed(column(self._cost, self._kept, gap=8)),
        )

    def refresh(self) -> None:
        """Read the month again. Money asks babel, so not before the first paint."""
        session = self._session
        found = insights.month_so_far(session.desk, now=session.now())
        month = month_name(session.today().month)
        self.set_title(filled("{month} so far", month=tr(month)))
        self._won.show_number(found.won_back)
        self._lost.show_number(found.lost)
        self._open.show_number(found.open)
        self._bar.show_parts(
            [
                Share(found.won_back, "accent", tr("Won back")),
                Share(found.lost, "danger", tr("Lost")),
            ],
            whole=found.won_back + found.lost + found.open,
        )
        cost = session.money(found.remedies_cost_cents, short=True)
        over = found.budget_cents is not None and found.remedies_cost_cents > found.budget_cents
        if found.budget_cents is not None:
            budget = session.money(found.budget_cents, short=True)
            cost = filled("{cost} of {budget}", cost=cost, budget=budget)
        self._cost.set_value(cost, "danger" if over else "text")
        self._kept.set_value(session.money(found.kept_worth_cents, short=True))
