"""What remedies that went out in a time were worth and cost, by month and by cause."""

from collections.abc import Sequence

import peewee as pw

from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.domain.span import Month, Span
from recoverydesk.records import record
from recoverydesk.services.remedies import went_out
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.spans import begins, given_in
from recoverydesk.storage.tables import Case, Remedy


@record
class Spending:
    """Remedies of one month and cause. Money is in minor units."""

    month: Month
    cause_id: int | None
    has_case: bool
    """Whether they belong to a case; thanks and gifts may not."""
    value_cents: int
    """What they are worth to the customers, what lapsed among them."""
    cost_cents: int
    """What they cost the shop, without what lapsed."""


def read(span: Span) -> tuple[Spending, ...]:
    """Return what went out in a time, in one pass over the remedies; call inside `reading()`."""
    hours = hours_of_shop()
    months = list(span.months())
    place = _month_place(months, span)
    lapsed = Remedy.status == RemedyStatus.LAPSED
    query = (
        Remedy.select(
            place,
            Case.cause,
            Case.id.is_null(is_null=False),
            pw.fn.SUM(Remedy.value_cents),
            pw.fn.SUM(pw.Case(None, [(lapsed, 0)], Remedy.cost_cents)),
        )
        .left_outer_join(Case, on=Remedy.case == Case.id)
        .where(given_in(span, hours))
        .group_by(pw.SQL("1"), pw.SQL("2"), pw.SQL("3"))
    )
    return tuple(
        Spending(months[at], cause_id, bool(has_case), value, cost)
        for at, cause_id, has_case, value, cost in query.tuples()
    )


def _month_place(months: Sequence[Month], span: Span) -> pw.Node:
    """Return which month of a span a remedy went out in, counted from 0."""
    if len(months) == 1:
        return pw.Value(0, converter=int)
    hours = hours_of_shop()
    # The newest first: the first that it isn't older than is the one.
    later = [
        (went_out() >= begins(span.part_of(month), hours), at)
        for at, month in reversed(list(enumerate(months)))
        if at
    ]
    return pw.Case(None, later, 0)
