"""Steps that are only for some cases: they come and go as the case changes."""

from collections.abc import Mapping
from datetime import datetime

from recoverydesk.domain.case import Channel, Severity
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import UNITS, Due, due_of
from recoverydesk.domain.playbook import Step
from recoverydesk.services import promise_rows
from recoverydesk.storage.tables import Case, Cause, Customer, FollowUp

NOT_FOR_THIS = "not for this case"
AGREED_IN_TIME = "agreed in time"


def apply(case: Case, steps: Mapping[str, Step], *, now: datetime, hours: OpeningHours) -> None:
    """Leave out the steps whose condition doesn't hold, bring back those whose does.

    Call inside `changing()`, before the steps are dated.
    """
    worth = Customer.select(Customer.worth_year_cents).where(Customer.id == case.customer_id)
    worth_cents = worth.scalar()
    for row in FollowUp.select().where(
        FollowUp.case == case.id,
        FollowUp.step_key.in_([step.key for step in steps.values() if not step.only_if.is_for_all]),
    ):
        why = _why_not(steps[row.step_key], case, worth_cents, hours)
        left_out = row.status == FollowUpStatus.SKIPPED and row.end_words in {
            NOT_FOR_THIS,
            AGREED_IN_TIME,
        }
        if why and row.status == FollowUpStatus.PLANNED:
            if row.promised_at is not None:
                promise_rows.set_apart(row, hours=hours)
            row.status, row.ended_at, row.end_words = FollowUpStatus.SKIPPED, now, why
        elif not why and left_out and case.closed_at is None and case.merged_into_id is None:
            row.status, row.ended_at, row.end_words = FollowUpStatus.PLANNED, None, ""
        if row.dirty_fields:
            row.save(only=row.dirty_fields)


def _why_not(step: Step, case: Case, worth_cents: int | None, hours: OpeningHours) -> str:
    condition = step.only_if
    if not condition.fits(
        Severity(case.severity), Channel(case.channel), with_group(case.cause_id), worth_cents
    ):
        return NOT_FOR_THIS
    limit = _limit(step, case, hours)
    if limit is not None and case.agreed_at is not None and case.agreed_at <= limit.at:
        return AGREED_IN_TIME
    return ""


def with_group(cause_id: int | None) -> tuple[int, ...]:
    """Return a cause, the group it belongs to, and what has been merged into either.

    Call inside `reading()`. A plan goes on by the cause that it was made for, whatever the shop
    calls it since.
    """
    if cause_id is None:
        return ()
    group = Cause.select(Cause.parent).where(Cause.id == cause_id).scalar()
    found = [cause_id] if group is None else [cause_id, int(group)]
    newest = found
    while newest:
        merged = Cause.select(Cause.id).where(Cause.merged_into.in_(newest))
        newest = [values[0] for values in merged.tuples() if values[0] not in found]
        found = [*found, *newest]
    return tuple(found)


def _limit(step: Step, case: Case, hours: OpeningHours) -> Due | None:
    """Return until when an agreement makes the step needless; None where it never does."""
    condition = step.only_if
    if not condition.not_agreed_after:
        return None
    unit = condition.not_agreed_unit
    return due_of(case.opened_at, condition.not_agreed_after, unit, timed=False, hours=hours)


def wait_for_agreement(row: FollowUp, step: Step | None, case: Case, hours: OpeningHours) -> None:
    """Date a step that is only for want of an agreement no earlier than that is known."""
    limit = None if step is None else _limit(step, case, hours)
    if limit is None or step is None or row.moved or row.due_at is None:
        return
    if row.due_at < limit.at and case.agreed_at is None:
        one, many = UNITS[step.only_if.not_agreed_unit]
        count = step.only_if.not_agreed_after
        reason = f"if nothing is agreed within {count} {one if count == 1 else many}"
        set_due(row, limit, reason)


def set_due(row: FollowUp, due: Due, reason: str) -> None:
    """Date a follow-up, and say why then; saves where that is new."""
    if (row.due_at, row.due_on, row.reason) != (due.at, due.on, reason):
        row.due_at, row.due_on, row.reason = due.at, due.on, reason
        row.save(only=row.dirty_fields)
