"""What was agreed and has not reached the customer yet, and how long that takes as a rule.

A refund that takes ages is a fault of its own: the shop's promise for it is counted like any other.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from statistics import median_low
from typing import Any

import peewee as pw

from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.records import record
from recoverydesk.services.remedies import went_out
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Remedy, Shop, StampField
from recoverydesk.topics import Topic

YEAR = timedelta(days=365)
SHOWS = Topic.REMEDIES | Topic.VOUCHERS
WAITING = (RemedyStatus.AGREED, RemedyStatus.ISSUED)
"""Statuses of what the customer has been promised and has not got."""
FILTERS = ("to_give", "late", "refunds", "given")


@record
class FulfilmentRow:
    """One line: what was agreed with whom, and since when it waits."""

    remedy_id: int
    case_id: int | None
    case_number: str
    customer_id: int
    customer: str
    kind: RemedyKind
    words: str
    value_cents: int
    cost_cents: int
    status: RemedyStatus
    agreed_on: date
    promised_for: date | None
    """The day it was promised for; of a refund also by the shop's own promise."""
    given_on: date | None
    days: int
    """From the agreement until it was given, or until today."""
    late: bool


@record
class Usual:
    """How long one kind of remedy takes from the agreement until the customer has it."""

    kind: RemedyKind
    days: int
    """Half of them took that long or less."""
    count: int


@record
class FulfilmentTotals:
    """What the chips and the foot of the list say."""

    counts: Mapping[str, int]
    """Per filter of `FILTERS`."""
    value_cents: int
    """Worth of what is still to be given."""
    usual: tuple[Usual, ...]
    """Of a year, the slowest first."""


SORTS: Mapping[str, Any] = {
    "agreed": Remedy.created_at,
    "customer": Customer.name_key,
    "what": Remedy.words,
    "worth": Remedy.value_cents,
    "promised": Remedy.promised_for,
}


def ids(
    desk: Desk,
    *,
    now: datetime,
    which: str = "to_give",
    sort: str = "agreed",
    descending: bool = False,
) -> Sequence[int]:
    """Return the ids of the remedies in the list, in its order.

    Args:
        desk: the open desk.
        now: this moment (UTC).
        which: one of `FILTERS`.
        sort: one of `SORTS`.
        descending: whether the largest, or newest, comes first.
    """
    with desk.reading():
        first = pw.Ordering(SORTS[sort], "DESC" if descending else "ASC", nulls="last")
        query = _of(which, hours_of_shop(), now=now).order_by(first, Remedy.id)
        return [values[0] for values in query.tuples()]


def _of(which: str, hours: OpeningHours, *, now: datetime) -> Any:  # noqa: ANN401 - peewee's own
    query = (
        Remedy.select(Remedy.id)
        .join(Customer, on=Remedy.customer == Customer.id)
        .where(Remedy.kind != RemedyKind.APOLOGY_ONLY)
    )
    waits = Remedy.status.in_(list(WAITING)) & Remedy.handed_over_at.is_null()
    match which:
        case "late":
            return query.where(waits, _is_late(hours, now=now))
        case "refunds":
            return query.where(waits, Remedy.kind == RemedyKind.REFUND)
        case "given":
            return query.where(Remedy.handed_over_at.is_null(is_null=False))
        case _:
            return query.where(waits)


def _is_late(hours: OpeningHours, *, now: datetime) -> pw.Expression:
    today = hours.day_of(now)
    # Stamps are text in UTC: the whole day of the agreement counts as the first.
    oldest = hours.at(today - timedelta(days=_refund_days()), time())
    over: pw.Expression = (Remedy.promised_for < today) | (
        (Remedy.kind == RemedyKind.REFUND)
        & Remedy.promised_for.is_null()
        & (pw.fn.COALESCE(Remedy.agreed_at, Remedy.created_at) < StampField().db_value(oldest))
    )
    return over


def _refund_days() -> int:
    return int(Shop.select(Shop.refund_days).scalar())


def rows(desk: Desk, wanted: Sequence[int], *, now: datetime) -> Mapping[int, FulfilmentRow]:
    """Return the list's lines of these remedies."""
    with desk.reading():
        hours, refund_days = hours_of_shop(), _refund_days()
        today = hours.day_of(now)
        query = (
            Remedy.select(Remedy, Customer.name, Case.number)
            .join(Customer, on=Remedy.customer == Customer.id)
            .switch(Remedy)
            .join(Case, pw.JOIN.LEFT_OUTER, on=Remedy.case == Case.id)
            .where(Remedy.id.in_(list(wanted)))
        )
        return {row.id: _row(row, hours, today, refund_days) for row in query.objects()}


def _row(row: Any, hours: OpeningHours, today: date, refund_days: int) -> FulfilmentRow:  # noqa: ANN401 - Remedy with joined columns
    agreed_on = hours.day_of(row.agreed_at or row.created_at)
    given_on = None if row.handed_over_at is None else hours.day_of(row.handed_over_at)
    promised = row.promised_for
    if promised is None and row.kind == RemedyKind.REFUND:
        promised = agreed_on + timedelta(days=refund_days)
    return FulfilmentRow(
        remedy_id=row.id,
        case_id=row.case_id,
        case_number=row.number or "",
        customer_id=row.customer_id,
        customer=row.name,
        kind=RemedyKind(row.kind),
        words=row.words,
        value_cents=row.value_cents,
        cost_cents=row.cost_cents,
        status=RemedyStatus(row.status),
        agreed_on=agreed_on,
        promised_for=promised,
        given_on=given_on,
        days=((given_on or today) - agreed_on).days,
        late=given_on is None and promised is not None and promised < today,
    )


def totals(desk: Desk, *, now: datetime) -> FulfilmentTotals:
    """Return the list's counts and sums, and how long each kind takes as a rule."""
    with desk.reading():
        hours = hours_of_shop()
        waiting = _of("to_give", hours, now=now)
        value = Remedy.select(pw.fn.COALESCE(pw.fn.SUM(Remedy.value_cents), 0)).where(
            Remedy.id.in_(waiting)
        )
        return FulfilmentTotals(
            counts={which: _of(which, hours, now=now).count() for which in FILTERS},
            value_cents=value.scalar(),
            usual=_usual(hours, now=now),
        )


def _usual(hours: OpeningHours, *, now: datetime) -> tuple[Usual, ...]:
    """Return the median days of each kind within a year, the slowest first."""
    query = Remedy.select(Remedy.kind, Remedy.agreed_at, Remedy.handed_over_at).where(
        Remedy.kind != RemedyKind.APOLOGY_ONLY,
        Remedy.agreed_at.is_null(is_null=False),
        Remedy.handed_over_at.is_null(is_null=False),
        went_out() >= StampField().db_value(now - YEAR),
    )
    took: dict[RemedyKind, list[int]] = {}
    for kind, agreed_at, handed_over_at in query.tuples():
        span = hours.day_of(handed_over_at) - hours.day_of(agreed_at)
        took.setdefault(RemedyKind(kind), []).append(max(span.days, 0))
    found = [Usual(kind, median_low(days), len(days)) for kind, days in took.items()]
    return tuple(sorted(found, key=lambda one: (-one.days, one.kind)))
