"""How far the month's budget is given away, beside what is about to be offered or given."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import month_name
from recoverydesk.services import insights
from ui.session import Session
from ui.widgets.layouts import column
from ui.widgets.meters import ProgressLine
from ui.widgets.text import Text
from ui.wording import filled, tr


class BudgetLine(QWidget):
    """A bar and one line: "38 of 120 given in November". It warns and never blocks.

    Hidden where the shop has set no budget.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._so_far = insights.budget_so_far(session.desk, now=session.now())
        self._words = Text("", "secondary", "text2", wrap=True)
        self._bar = ProgressLine(height=6)
        self.setLayout(column(self._words, self._bar, gap=6))
        self.show_with(0)

    def show_with(self, cents: int) -> None:
        """Show what is given so far, and what it comes to with a sum more, in minor units."""
        cost, budget = self._so_far.cost_cents, self._so_far.budget_cents
        self.setVisible(budget is not None)
        if budget is None:
            return
        money = self._session.money
        month = month_name(self._session.today().month, "en")
        told = filled(
            "{cost} of {budget} given in {month}",
            cost=money(cost, short=True),
            budget=money(budget, short=True),
            month=month,
        )
        over = cost + cents - budget
        if over > 0:
            more = filled("{sum} more than planned", sum=money(over, short=True))
            told = f"{told}; {filled('with this, {more}', more=more) if cents else more}."
            told += f" {tr('You decide.')}"
        elif cents:
            told = f"{told}; {filled('{sum} with this', sum=money(cost + cents, short=True))}."
        self._words.setText(told)
        self._words.set_token("warn" if over > 0 else "text2")
        share = (cost + cents) / budget if budget else 1.0
        self._bar.show_share(share, "warn" if over > 0 else "accent")
