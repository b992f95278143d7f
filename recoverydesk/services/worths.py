"""What customers are worth a year: at stake, kept, and what keeping them cost."""

from collections.abc import Iterable, Sequence

import peewee as pw

from recoverydesk.domain.case import Outcome, Status
from recoverydesk.domain.span import Span
from recoverydesk.records import record
from recoverydesk.services import spendings
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.spans import costs_in, counts, within
from recoverydesk.services.spendings import Spending
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Remedy, Shop

OPEN = (Status.OPEN, Status.WAITING_CUSTOMER)
KEPT = (Outcome.WON_BACK, Outcome.KEPT)


@record
class Average:
    """What a customer whose worth nobody wrote down counts for in a year."""

    cents: int | None
    """None: nobody's worth is known, and the owner gave no average."""
    own: bool
    """Whether the owner gave it; else it is the mean of those that are known."""


@record
class Worth:
    """What some customers are worth a year, each counted once; in minor units."""

    cents: int = 0
    customers: int = 0
    guessed: int = 0
    """How many of them count with the shop's average, which has to be said."""
    unknown: int = 0
    """How many don't count, because there is no average either."""


@record
class Worths:
    """What was given, what it cost, and whom it kept. Money is in minor units."""

    at_stake: Worth
    """Of now: customers with an open case, whenever it was opened."""
    kept: Worth
    """Customers whose case ended in the time as won back or kept."""
    given_cents: int
    """What everything that went out is worth to them; what they bought is no gift."""
    cost_cents: int
    """What it costs the shop, without what lapsed."""
    cost_without_case_cents: int
    """The part of it that belongs to no case: thanks, and gifts."""
    month_budget_cents: int | None
    """What remedies may cost in a month; None: the owner set nothing."""
    months: int
    """How many months the time touches."""
    average: Average

    @property
    def budget_cents(self) -> int | None:
        """What remedies may cost in the months that the time touches."""
        return None if self.month_budget_cents is None else self.month_budget_cents * self.months


@record
class AtStake:
    """A customer with open cases."""

    customer_id: int
    worth_cents: int
    """With the shop's average where it isn't known; 0 without one."""
    guessed: bool
    cases: tuple[tuple[int, int | None], ...]
    """Their newest open case, with its cause."""
    cause_id: int | None


def average() -> Average:
    """Return what a customer of unknown worth counts for; call inside `reading()`."""
    own = Shop.select(Shop.average_worth_cents).scalar()
    if own is not None:
        return Average(own, own=True)
    query = Customer.select(
        pw.fn.COUNT(Customer.worth_year_cents), pw.fn.SUM(Customer.worth_year_cents)
    ).where(Customer.merged_into.is_null(), Customer.worth_year_cents.is_null(is_null=False))
    n, total = query.tuples().get()
    return Average((2 * total + n) // (2 * n) if n else None, own=False)


def customers_at_stake() -> tuple[AtStake, ...]:
    """Return the customers with an open case, by id; call inside `reading()`.

    A customer with several open cases stands by the newest.
    """
    newest = (
        Case.select(pw.fn.MAX(Case.id)).where(Case.status.in_(list(OPEN))).group_by(Case.customer)
    )
    query = (
        Case.select(Case.customer, Case.id, Case.cause, Customer.worth_year_cents)
        .join(Customer)
        .where(Case.id.in_(newest))
        .order_by(Case.customer)
    )
    rows = list(query.tuples())
    usual = average().cents if any(worth is None for *_, worth in rows) else None
    return tuple(
        AtStake(
            customer_id=customer_id,
            worth_cents=(usual or 0) if worth is None else worth,
            guessed=worth is None,
            cases=((case_id, cause_id),),
            cause_id=cause_id,
        )
        for customer_id, case_id, cause_id, worth in rows
    )


def read(desk: Desk, span: Span, *, spent: Sequence[Spending] | None = None) -> Worths:
    """Return what was given in a time, what it cost and whom it kept, and what is at stake now.

    Args:
        desk: the open desk.
        span: the time to look back on.
        spent: what went out in the time, where it was read already.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        usual = average()
        out = spendings.read(span) if spent is None else spent
        return Worths(
            at_stake=_summed(
                (None if one.guessed else one.worth_cents for one in customers_at_stake()), usual
            ),
            kept=_summed(_kept(span), usual),
            given_cents=sum(one.value_cents for one in out),
            cost_cents=sum(one.cost_cents for one in out),
            cost_without_case_cents=sum(one.cost_cents for one in out if not one.has_case),
            month_budget_cents=Shop.select(Shop.goodwill_budget_cents).scalar(),
            months=sum(1 for _month in span.months()),
            average=usual,
        )


def _kept(span: Span) -> Iterable[int | None]:
    theirs = Case.select(Case.customer).where(_ended_well(span))
    query = Customer.select(Customer.worth_year_cents).where(Customer.id.in_(theirs))
    return (values[0] for values in query.tuples())


def _ended_well(span: Span) -> pw.Expression:
    condition: pw.Expression = (
        within(Case.closed_at, span, hours_of_shop()) & Case.outcome.in_(list(KEPT)) & counts()
    )
    return condition


def _summed(worths: Iterable[int | None], usual: Average) -> Worth:
    known = list(worths)
    missing = sum(worth is None for worth in known)
    cents = sum(worth for worth in known if worth is not None)
    if usual.cents is None:
        return Worth(cents, len(known), unknown=missing)
    return Worth(cents + missing * usual.cents, len(known), guessed=missing)


def at_stake_ids() -> list[int]:
    """Return all open cases, the oldest first; call inside `reading()`."""
    query = Case.select(Case.id).where(Case.status.in_(list(OPEN))).order_by(Case.id)
    return _ids(query.tuples())


def kept_ids(span: Span) -> list[int]:
    """Return the cases whose customers were kept; call inside `reading()`."""
    return _ids(Case.select(Case.id).where(_ended_well(span)).order_by(Case.id).tuples())


def cost_ids(span: Span) -> list[int]:
    """Return the cases whose remedies cost something in a time; call inside `reading()`."""
    cost = Remedy.select(Remedy.case).where(
        costs_in(span, hours_of_shop()), Remedy.cost_cents > 0, Remedy.case.is_null(is_null=False)
    )
    return _ids(Case.select(Case.id).where(Case.id.in_(cost)).order_by(Case.id).tuples())


def _ids(rows: Iterable[Sequence[int]]) -> list[int]:
    return [values[0] for values in rows]
