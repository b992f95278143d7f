"""Those who say nothing: a rule of thumb that the owner may have shown, and never a fact."""

from recoverydesk.domain.case import Channel
from recoverydesk.domain.span import Span
from recoverydesk.records import record
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.spans import opened_in
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Shop

FACTOR = 26
"""One who speaks up stands for so many who were unhappy, themselves among them.

Source: surveys of TARP for the White House Office of Consumer Affairs, 1974 to 1986: one in 26
complained to the management. Other trades, other times; nobody knows it for one shop.
"""
CLAIM = "silent_customers"
"""Under which key source and limit are told wherever it is shown."""


@record
class Silent:
    """What the rule of thumb makes of those who spoke up."""

    spoke: int
    """Customers who told the shop themselves, each counted once."""
    claim: str = CLAIM

    @property
    def in_all(self) -> int:
        """So many may have been unhappy."""
        return self.spoke * FACTOR

    @property
    def silent(self) -> int:
        """So many of them may have said nothing."""
        return self.in_all - self.spoke


def estimate(desk: Desk, span: Span) -> Silent | None:
    """Return the estimate for a time; None where the owner doesn't want to see it.

    What the shop noticed itself counts as nobody's speaking up.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        condition = _spoke(span)
        if not Shop.select(Shop.silent_estimate).scalar():
            return None
        return Silent(int(Case.select(Case.customer).where(condition).distinct().count()))


def _spoke(span: Span) -> object:
    return opened_in(span, hours_of_shop()) & (Case.channel != Channel.NOTICED_BY_US)


def case_ids(span: Span) -> list[int]:
    """Return the cases in which somebody spoke up; call inside `reading()`."""
    query = Case.select(Case.id).where(_spoke(span)).order_by(Case.id)
    return [values[0] for values in query.tuples()]
