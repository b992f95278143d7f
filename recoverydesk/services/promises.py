"""Dated words given to customers: each falls due, and the next word that reaches them keeps it."""

from datetime import date, datetime

from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.services.plans import greeting_of
from recoverydesk.storage.tables import Case, Customer, FollowUp

REASON = "you promised it"


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
        FollowUp.kind == FollowUpKind.PROMISE,
        FollowUp.status == FollowUpStatus.PLANNED,
        FollowUp.created_at <= at,
    )
    for row in open_promises:
        on_its_day = reached and hours.day_of(at) >= hours.day_of(row.promised_at)
        if row.timed or on_its_day:
            row.status, row.ended_at = FollowUpStatus.DONE, at
            row.save(only=row.dirty_fields)
