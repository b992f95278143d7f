"""Dated words given to customers: each falls due, and the next word that reaches them keeps it."""

from datetime import date, datetime

import peewee as pw

from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import end_of_day
from recoverydesk.services.plans import greeting_of
from recoverydesk.storage.tables import Case, Customer, FollowUp

REASON = "you promised it"


def give(
    case: Case,
    at: datetime,
    *,
    by: bool,
    hours: OpeningHours,
    now: datetime,
    person_id: int | None = None,
) -> None:
    """Write down that a customer was told when they hear from us; call inside `changing()`.

    A word with them that is planned for that day already is that promise: nothing comes twice.

    Args:
        case: whose customer was told.
        at: until when, or on which day (UTC).
        by: whether any word until then keeps it; else only one on the day, or later.
        hours: the shop's opening hours.
        now: this moment (UTC).
        person_id: who gave it.
    """
    day = hours.day_of(at)
    then = FollowUp.due_on == day
    if by:
        then &= FollowUp.due_at <= at
    if case.closed_at is not None or _is_planned(case, then):
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
        timed=by,
        due_at=at,
        due_on=day,
        promised_at=at,
        created_at=now,
    )


def _is_planned(case: Case, then: pw.Expression) -> bool:
    planned = FollowUp.select().where(
        FollowUp.case == case.id,
        FollowUp.status == FollowUpStatus.PLANNED,
        then,
        FollowUp.act.in_([Act.CALL, Act.WRITE, Act.TALK]),
    )
    return bool(planned.exists())


def keep(case_id: int, at: datetime, hours: OpeningHours) -> None:
    """End the promises of a case that a word to its customer keeps; call inside `changing()`."""
    open_promises = FollowUp.select().where(
        FollowUp.case == case_id,
        FollowUp.kind == FollowUpKind.PROMISE,
        FollowUp.status == FollowUpStatus.PLANNED,
        FollowUp.created_at <= at,
    )
    for row in open_promises:
        if row.timed or hours.day_of(at) >= hours.day_of(row.promised_at):
            row.status, row.ended_at = FollowUpStatus.DONE, at
            row.save(only=row.dirty_fields)


def end_of(day: date, hours: OpeningHours) -> datetime:
    """Return until when a promise for a day can be kept (UTC)."""
    return end_of_day(day, hours).at
