"""How it went from month to month."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import peewee as pw

from recoverydesk.domain.case import Channel
from recoverydesk.domain.span import Month, Span, of_month
from recoverydesk.records import record
from recoverydesk.services import spendings
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.spans import opened_in
from recoverydesk.services.spendings import Spending
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case


@record
class MonthPoint:
    """A month, or the part of it that belongs to the time. Money is in minor units."""

    month: Month
    first: date
    last: date
    whole: bool
    """Whether all its days belong to the time; else the month runs still, or is cut."""
    cases: int
    noticed_by_us: int
    incidents: int
    """Failures that hit many, each counted once in a month."""
    cost_cents: int
    """What went out in it cost, without what lapsed."""


def by_month(
    desk: Desk, span: Span, *, spent: Sequence[Spending] | None = None
) -> tuple[MonthPoint, ...]:
    """Return the months of a time, the first one first; those without a case too.

    Args:
        desk: the open desk.
        span: the time to look back on.
        spent: what went out in the time, where it was read already.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        cost: Counter[Month] = Counter()
        for one in spendings.read(span) if spent is None else spent:
            cost[one.month] += one.cost_cents
        return tuple(_point(month, span.part_of(month), cost[month]) for month in span.months())


def _point(month: Month, part: Span, cost_cents: int) -> MonthPoint:
    noticed = pw.Case(None, [(Case.channel == Channel.NOTICED_BY_US, 1)], 0)
    cases, ours, incidents = (
        Case.select(
            pw.fn.COUNT(Case.id),
            pw.fn.COALESCE(pw.fn.SUM(noticed), 0),
            pw.fn.COUNT(Case.incident.distinct()),
        )
        .where(opened_in(part, hours_of_shop()))
        .tuples()
        .get()
    )
    whole = part == of_month(month)
    return MonthPoint(month, part.first, part.last, whole, cases, ours, incidents, cost_cents)


def noticed_ids(span: Span) -> list[int]:
    """Return the cases that the shop noticed itself; call inside `reading()`."""
    query = Case.select(Case.id).where(
        opened_in(span, hours_of_shop()), Case.channel == Channel.NOTICED_BY_US
    )
    return [values[0] for values in query.order_by(Case.id).tuples()]


def opened_ids(span: Span) -> list[int]:
    """Return the cases that came in within a time; call inside `reading()`."""
    query = Case.select(Case.id).where(opened_in(span, hours_of_shop()))
    return [values[0] for values in query.order_by(Case.id).tuples()]


def incident_ids(span: Span) -> list[int]:
    """Return the cases that belong to a failure that hit many; call inside `reading()`."""
    query = Case.select(Case.id).where(
        opened_in(span, hours_of_shop()), Case.incident.is_null(is_null=False)
    )
    return [values[0] for values in query.order_by(Case.id).tuples()]
