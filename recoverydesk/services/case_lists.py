"""The cases' list: what is in it, in which order, and what its chips say."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

import peewee as pw

from recoverydesk.domain.case import (
    Channel,
    Outcome,
    Severity,
    Stage,
    Status,
)
from recoverydesk.domain.names import name_key
from recoverydesk.records import record
from recoverydesk.services.causes import wants_cause
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Customer,
)

if TYPE_CHECKING:
    from recoverydesk.domain.figure import Figure
    from recoverydesk.domain.span import Span


@record
class CaseRow:
    """One line of the cases' list."""

    case_id: int
    number: str
    customer_id: int
    customer: str
    summary: str
    severity: Severity
    stage: Stage
    status: Status
    outcome: Outcome
    next_step: str
    next_due_at: datetime | None
    next_timed: bool
    opened_at: datetime
    first_contact_at: datetime | None
    first_contact_due_at: datetime
    worth_year_cents: int | None


CASE_ROW = tuple(one.name for one in fields(CaseRow))

FILTERS = ("needs_me", "open", "following_up", "won_back", "lost", "all")

SORTS: Mapping[str, Any] = {
    "next": Case.next_due_at,
    "number": Case.id,
    "customer": Customer.name_key,
    "severity": pw.Case(
        None, [(Case.severity == "about_to_leave", 0), (Case.severity == "upset", 1)], 2
    ),
    "stage": pw.Case(
        None,
        [(Case.stage == stage.value, place) for place, stage in enumerate(Stage)],
        9,
    ),
    "first_contact": Case.first_contact_at,
    "worth": Customer.worth_year_cents,
}


@record
class CaseFilter:
    """What narrows the cases' list."""

    which: str = "open"
    """One of `FILTERS`."""
    severity: Severity | None = None
    channel: Channel | None = None
    cause_id: int | None = None
    """0 asks for those whose cause is not yet known, `TO_LOOK_INTO` for the overdue of them."""
    typed: str = ""
    figure: "Figure | None" = None
    """A number or bar of Learn, whose cases are wanted; `span` is the time it is of."""
    span: "Span | None" = None


NOT_YET_KNOWN = 0
TO_LOOK_INTO = -1
"""Not yet known, and it is time to look for it: see `causes.wants_cause`."""

STILL_OPEN = (Status.OPEN, Status.WAITING_CUSTOMER)


def _where(query: Any, wanted: CaseFilter, *, now: datetime) -> Any:  # noqa: ANN401 - peewee's own
    query = _which(query, wanted.which, now=now)
    if wanted.severity is not None:
        query = query.where(Case.severity == wanted.severity)
    if wanted.channel is not None:
        query = query.where(Case.channel == wanted.channel)
    if wanted.cause_id is not None:
        query = query.where(_of_cause(wanted.cause_id, now=now))
    if wanted.figure is not None and wanted.span is not None:
        query = query.where(_behind(wanted.figure, wanted.span, now=now))
    if wanted.typed.strip():
        query = query.where(
            Case.customer.in_(
                Customer.select(Customer.id).where(
                    Customer.name_key.contains(name_key(wanted.typed) or wanted.typed.strip())
                )
            )
            | Case.summary.contains(wanted.typed.strip())
            | Case.number.contains(wanted.typed.strip())
        )
    return query


def _behind(figure: "Figure", span: "Span", *, now: datetime) -> pw.Expression:
    from recoverydesk.services import figures  # noqa: PLC0415 - start-up doesn't pay for it

    # As one value: a figure may be of more cases than a statement takes parameters.
    behind = json.dumps(figures.case_ids(figure, span, now=now))
    condition: pw.Expression = Case.id.in_(pw.SQL("(SELECT value FROM json_each(?))", [behind]))
    return condition


def _of_cause(cause_id: int, *, now: datetime) -> Any:  # noqa: ANN401 - peewee's own
    if cause_id == TO_LOOK_INTO:
        return wants_cause(now, hours_of_shop())
    return Case.cause.is_null() if cause_id == NOT_YET_KNOWN else Case.cause == cause_id


def _which(query: Any, which: str, *, now: datetime) -> Any:  # noqa: ANN401 - peewee's own
    match which:
        case "needs_me":
            return query.where(Case.status == Status.OPEN, Case.next_due_at <= now)
        case "open":
            return query.where(Case.status.in_(STILL_OPEN))
        case "following_up":
            return query.where(Case.status == Status.RESOLVED)
        case "won_back" | "lost":
            return query.where(Case.outcome == which)
        case _:
            return query.where(Case.status != Status.MERGED)


def ids(
    desk: Desk,
    wanted: CaseFilter,
    *,
    now: datetime,
    sort: str = "next",
    descending: bool = False,
    most: int | None = None,
) -> Sequence[int]:
    """Return the ids of the cases in a list, in its order.

    Args:
        desk: the open desk.
        wanted: what narrows the list.
        now: this moment (UTC).
        sort: one of `SORTS`.
        descending: whether the largest comes first.
        most: how many at the most; None for all.
    """
    column = SORTS[sort]
    with desk.reading():
        query = Case.select(Case.id)
        if sort in {"customer", "worth"}:
            query = query.join(Customer)
        query = _where(query, wanted, now=now)
        order = pw.Ordering(column, "DESC" if descending else "ASC", nulls="last")
        query = query.order_by(order, Case.id.desc())
        if most is not None:
            query = query.limit(most)
        return [values[0] for values in query.tuples()]


def rows(desk: Desk, wanted: Sequence[int]) -> Mapping[int, CaseRow]:
    """Return the lines of these cases."""
    with desk.reading():
        query = (
            Case.select(
                Case.id,
                Case.number,
                Case.customer,
                Customer.name,
                Case.summary,
                Case.severity,
                Case.stage,
                Case.status,
                Case.outcome,
                Case.next_step,
                Case.next_due_at,
                Case.next_timed,
                Case.opened_at,
                Case.first_contact_at,
                Case.first_contact_due_at,
                Customer.worth_year_cents,
            )
            .join(Customer)
            .where(Case.id.in_(list(wanted)))
        )
        return {values[0]: _row(values) for values in query.tuples()}


def _row(values: Sequence[Any]) -> CaseRow:
    plain = dict(zip(CASE_ROW, values, strict=True))
    return CaseRow(
        **plain
        | {
            "severity": Severity(plain["severity"]),
            "stage": Stage(plain["stage"]),
            "status": Status(plain["status"]),
            "outcome": Outcome(plain["outcome"]),
        }
    )


def count_open(desk: Desk) -> int:
    """Return how many cases are open."""
    with desk.reading():
        return int(Case.select().where(Case.status.in_(STILL_OPEN)).count())


def count_not_contacted(desk: Desk) -> int:
    """Return in how many open cases it is our turn and nobody has got through yet."""
    with desk.reading():
        return _not_contacted()


def _not_contacted() -> int:
    left_alone = Customer.select(Customer.id).where(Customer.do_not_contact)
    query = Case.select().where(
        Case.status == Status.OPEN,
        Case.first_contact_at.is_null(),
        Case.customer.not_in(left_alone),
    )
    return int(query.count())


@record
class CaseTotals:
    """What the list's chips and footer say."""

    counts: Mapping[str, int]
    """Per filter of `FILTERS`."""
    not_contacted: int
    """Open cases in which it is our turn and nobody has got through yet."""
    at_stake_cents: int
    """Worth a year of the customers with an open case, each counted once."""


def totals(desk: Desk, *, now: datetime) -> CaseTotals:
    """Return the cases' counts and sums."""
    with desk.reading():
        # One column at a time: each is counted in its index, without a look at the cases.
        by_status = _counted(Case.status)
        by_outcome = _counted(Case.outcome)
        not_contacted = _not_contacted()
        needs_me = _which(Case.select(), "needs_me", now=now).count()
        at_stake = (
            Customer.select(pw.fn.COALESCE(pw.fn.SUM(Customer.worth_year_cents), 0))
            .where(Customer.id.in_(Case.select(Case.customer).where(Case.status.in_(STILL_OPEN))))
            .scalar()
        )

    return CaseTotals(
        counts={
            "needs_me": needs_me,
            "open": sum(by_status.get(status, 0) for status in STILL_OPEN),
            "following_up": by_status.get(Status.RESOLVED, 0),
            "won_back": by_outcome.get(Outcome.WON_BACK, 0),
            "lost": by_outcome.get(Outcome.LOST, 0),
            "all": sum(by_status.values()) - by_status.get(Status.MERGED, 0),
        },
        not_contacted=not_contacted,
        at_stake_cents=at_stake,
    )


def _counted(column: Any) -> dict[str, int]:  # noqa: ANN401 - peewee's own
    return dict(Case.select(column, pw.fn.COUNT(Case.id)).group_by(column).tuples())
