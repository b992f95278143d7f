"""Regulars who have gone quiet: most who are let down say nothing, they only stop coming."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import peewee as pw

from recoverydesk.domain.follow_up import Act, FollowUpStatus
from recoverydesk.domain.sale import QUIET_GAPS, usual_gap
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.text import summary
from recoverydesk.records import record
from recoverydesk.services import follow_ups
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.plans import greeting_of
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, FollowUp, Sale, Visit
from recoverydesk.topics import Topic


@record
class QuietRegular:
    """Somebody who used to come, and hasn't for at least twice their usual gap.

    Attributes:
        gap_days: the usual days between two visits: their median.
        quiet_days: days since the last one, as far as the till's files reach.
        call_on: when a call is planned already.
    """

    customer_id: int
    name: str
    phone: str
    last_on: date
    gap_days: int
    quiet_days: int
    visits: int
    worth_year_cents: int | None
    call_on: date | None


def known_until(desk: Desk, today: date) -> date | None:
    """Return the last day that the till's files tell of; None before the first file."""
    with desk.reading():
        last: date | None = Sale.select(pw.fn.MAX(Sale.sold_on)).scalar()
    return None if last is None else min(last, today)


def quiet_regulars(desk: Desk, today: date) -> tuple[QuietRegular, ...]:
    """Return regulars not seen for twice their usual gap, the most valuable first.

    Only once the till's sales were read: what is written down by hand tells too little. Days count
    to the last day that the files reach, so that an old file makes nobody quiet. Whoever asked to
    be left alone isn't listed, nor whose case is open: that is in hand.

    Args:
        desk: the open desk.
        today: the shop's day.
    """
    with desk.reading():
        until = known_until(desk, today)
        if until is None:
            return ()
        found = [
            (who, days, gap)
            for who, days in _days(until).items()
            if (gap := usual_gap(days)) is not None and (until - days[-1]).days >= QUIET_GAPS * gap
        ]
        if not found:
            return ()
        people, calls, in_hand = _people(), _calls(), _in_hand()
        quiet = [
            QuietRegular(
                customer_id=who,
                name=people[who][0],
                phone=people[who][1],
                last_on=days[-1],
                gap_days=gap,
                quiet_days=(until - days[-1]).days,
                visits=len(days),
                worth_year_cents=people[who][2],
                call_on=calls.get(who),
            )
            for who, days, gap in found
            if who in people and who not in in_hand
        ]
    return tuple(sorted(quiet, key=lambda one: (-(one.worth_year_cents or 0), one.last_on)))


def _days(until: date) -> dict[int, list[date]]:
    """Return on which days everybody was here, in order."""
    days: dict[int, list[date]] = defaultdict(list)
    rows = Visit.select(Visit.customer, Visit.visited_on).where(Visit.visited_on <= until)
    for who, day in rows.order_by(Visit.customer, Visit.visited_on).distinct().tuples().iterator():
        days[who].append(day)
    return days


def _people() -> dict[int, tuple[str, str, int | None]]:
    rows = Customer.select(
        Customer.id, Customer.name, Customer.phone, Customer.worth_year_cents
    ).where(Customer.merged_into.is_null(), ~Customer.do_not_contact)
    return {who: (name, phone, worth) for who, name, phone, worth in rows.tuples()}


def _calls() -> dict[int, date]:
    """Return for whom a call is planned, and on which day the first is."""
    hours = hours_of_shop()
    rows = (
        FollowUp.select(FollowUp.customer, FollowUp.due_at)
        .where(
            FollowUp.status == FollowUpStatus.PLANNED,
            FollowUp.act == Act.CALL,
            FollowUp.customer.is_null(is_null=False),
            FollowUp.due_at.is_null(is_null=False),
        )
        .order_by(FollowUp.due_at.desc())
        .tuples()
    )
    return {who: hours.day_of(due_at) for who, due_at in rows}


def _in_hand() -> set[int]:
    rows = Case.select(Case.customer).where(Case.status.in_(list(OPEN_STATUSES)))
    return {who for (who,) in rows.tuples()}


def plan_call(desk: Desk, customer_id: int, *, now: datetime) -> date:
    """Plan to ring a quiet regular on the next opening day.

    Returns:
        That day.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.changing(Topic.FOLLOW_UPS, "Plan a call") as change:
        row = customer_by_id(customer_id)
        change.say(f"Plan a call: {row.name}")
        hours = hours_of_shop()
        on = hours.next_open_day(hours.day_of(now) + timedelta(days=1))
        title = f"Ring {summary(greeting_of(row), 60)}: not seen for longer than usual"
        follow_ups.remind(desk, title, on=on, now=now, customer_id=row.id, act=Act.CALL)
    return on
