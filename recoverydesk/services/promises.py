"""Dated words given to customers: each falls due, and the next word that reaches them keeps it."""

from collections import Counter
from datetime import date, datetime, timedelta

from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.promise import PromiseState, state_of
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services.plans import greeting_of, utc
from recoverydesk.services.promise_rows import REASON, set_apart
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, FollowUp

FARTHEST = timedelta(days=366)
LONGEST_QUIET = 366
"""Days that are counted one by one; a longer silence is no longer told by its length."""


@record
class PromiseView:
    """A dated word, as its case shows it."""

    follow_up_id: int
    words: str
    promised_at: datetime
    timed: bool
    """Whether the hour was named; else any time of the day will do."""
    status: FollowUpStatus
    """Of the follow-up that reminds of it."""
    ended_at: datetime | None

    def state(self, now: datetime) -> PromiseState:
        """Return how it stands."""
        return state_of(self.promised_at, self.status, self.ended_at, now=now)


@record
class PromiseTally:
    """How many promises were kept, and how many were not."""

    kept: int
    late: int
    broken: int

    @property
    def of_all(self) -> int:
        """Those whose time has come."""
        return self.kept + self.late + self.broken


def check_time(at: datetime, *, now: datetime) -> None:
    """Refuse a moment that can't be promised.

    Raises:
        InvalidEntryError: it is past, or more than a year off.
    """
    if utc(at) <= utc(now):
        raise InvalidEntryError(
            "promise", "That moment is over.", advice="Promise a later day or hour."
        )
    if at - now > FARTHEST:
        raise InvalidEntryError("promise", "That is more than a year off. Check the year.")


def of_case(case_id: int) -> tuple[PromiseView, ...]:
    """Return a case's promises, the newest first; call inside `reading()`."""
    rows = (
        FollowUp.select()
        .where(FollowUp.case == case_id, FollowUp.promised_at.is_null(is_null=False))
        .order_by(FollowUp.promised_at.desc(), FollowUp.id.desc())
    )
    return tuple(
        PromiseView(
            follow_up_id=row.id,
            words=row.title,
            promised_at=row.promised_at,
            timed=row.timed,
            status=FollowUpStatus(row.status),
            ended_at=row.ended_at,
        )
        for row in rows
    )


def quiet_days(last_word: datetime, *, now: datetime, hours: OpeningHours) -> int:
    """Return how many opening days have gone by since the customer last heard anything."""
    first, today = hours.day_of(last_word), hours.day_of(now)
    return sum(
        hours.is_open_on(first + timedelta(days=ahead))
        for ahead in range(1, min((today - first).days, LONGEST_QUIET) + 1)
    )


def tally(desk: Desk, *, now: datetime) -> PromiseTally:
    """Return how the promises of all cases went; open and withdrawn ones don't count."""
    with desk.reading():
        rows = FollowUp.select(FollowUp.promised_at, FollowUp.status, FollowUp.ended_at).where(
            FollowUp.promised_at.is_null(is_null=False)
        )
        states = Counter(
            state_of(promised_at, FollowUpStatus(status), ended_at, now=now)
            for promised_at, status, ended_at in rows.tuples()
        )
    return PromiseTally(
        states[PromiseState.KEPT], states[PromiseState.KEPT_LATE], states[PromiseState.BROKEN]
    )


def give(
    case: Case,
    at: datetime,
    *,
    until: bool,
    hours: OpeningHours,
    now: datetime,
    person_id: int | None = None,
) -> None:
    """Write down that a customer was told when they hear from us; call inside `changing()`.

    A word with them that is planned for that day already becomes that promise: nothing comes
    twice.

    Args:
        case: whose customer was told.
        at: until when, or on which day (UTC).
        until: whether any word until then keeps it; else only a talk on the day, or later.
        hours: the shop's opening hours.
        now: this moment (UTC).
        person_id: who gave it.
    """
    day = hours.day_of(at)
    if case.closed_at is not None:
        return
    at = utc(at)
    planned = _planned_word(case, at, day, until=until)
    if planned is not None:
        planned.promised_at = planned.promised_at or at
        planned.save(only=planned.dirty_fields)
        return
    customer = Customer.get_by_id(case.customer_id)
    FollowUp.create(
        kind=FollowUpKind.PROMISE,
        act=Act.CALL,
        title=f"Call {greeting_of(customer)}, as you promised",
        reason=REASON,
        customer=case.customer_id,
        case=case.id,
        person=person_id,
        position=40,
        anchor=Anchor.FIXED,
        offset=int(until),  # being put off takes the hour, not what keeps it
        timed=until,
        due_at=at,
        due_on=day,
        promised_at=at,
        created_at=now,
    )


def _planned_word(case: Case, at: datetime, day: date, *, until: bool) -> FollowUp | None:
    """Return the word with the customer that is planned for that day, in time where it has one."""
    planned = FollowUp.select().where(
        FollowUp.case == case.id,
        FollowUp.status == FollowUpStatus.PLANNED,
        FollowUp.due_on == day,
        FollowUp.act.in_([Act.CALL, Act.WRITE, Act.TALK]),
    )
    if until:
        planned = planned.where(FollowUp.due_at <= at)
    found: FollowUp | None = planned.order_by(FollowUp.due_at, FollowUp.id).first()
    return found


def keep(case_id: int, at: datetime, *, reached: bool, hours: OpeningHours) -> None:
    """End the promises of a case that a word to its customer keeps; call inside `changing()`.

    Args:
        case_id: whose customer it was.
        at: when (UTC).
        reached: whether they were spoken to; a message left keeps no call that was named.
        hours: the shop's opening hours.
    """
    open_promises = FollowUp.select().where(
        FollowUp.case == case_id,
        FollowUp.promised_at.is_null(is_null=False),
        FollowUp.status == FollowUpStatus.PLANNED,
        FollowUp.created_at <= at,
    )
    for row in list(open_promises):
        on_its_day = reached and hours.day_of(at) >= hours.day_of(row.promised_at)
        own = row.kind == FollowUpKind.PROMISE
        if row.timed or (own and row.offset) or on_its_day:
            kept = row if own else set_apart(row, hours=hours)
            kept.status, kept.ended_at = FollowUpStatus.DONE, at
            kept.save(only=kept.dirty_fields)
