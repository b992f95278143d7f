"""The customer's turn: clocks that stopped go on where they were."""

from datetime import date, datetime, timedelta

from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import Due, end_of_day
from recoverydesk.services.conditions import set_due
from recoverydesk.services.plans import WAITS_REASON, is_first_word, known_steps
from recoverydesk.storage.tables import Case, FollowUp

WAITED = ", and moved on while it was their turn"
"""Ends the reason of a step that the customer's turn has put off."""


def end_waiting(case: Case, now: datetime, hours: OpeningHours) -> None:
    """Make it our turn again; what fell due meanwhile moves on by the open time that went by.

    Nothing happens where nobody was waiting. Reminders, and days that the owner chose by hand,
    stay. Call inside `changing()`, then `settle`.
    """
    since = case.waiting_since
    if since is None:
        return
    case.waiting_since = None
    waited = hours.open_time_between(since, now)
    if case.first_contact_at is None and case.first_contact_due_at > since:
        case.first_contact_due_at = hours.add_open_time(case.first_contact_due_at, waited)
    days = _open_days_between(hours.day_of(since), hours.day_of(now), hours)
    steps = known_steps(case)
    for row in FollowUp.select().where(
        FollowUp.case == case.id,
        FollowUp.status == FollowUpStatus.PLANNED,
        FollowUp.kind.in_([FollowUpKind.PLAN_STEP, FollowUpKind.CLOSING]),
        FollowUp.due_at > since,
    ):
        if not is_first_word(row, steps) and (not row.moved or row.reason.endswith(WAITED)):
            _move_on(row, waited, days, hours)


def _open_days_between(first: date, last: date, hours: OpeningHours) -> int:
    """Return how many open days follow a day, up to and with another."""
    span = range(1, (last - first).days + 1)
    return sum(hours.is_open_on(first + timedelta(days=ahead)) for ahead in span)


def _move_on(row: FollowUp, waited: timedelta, days: int, hours: OpeningHours) -> None:
    at = hours.add_open_time(row.due_at, waited)
    due = Due(at, hours.day_of(at))
    if not row.timed:
        due = end_of_day(hours.add_open_days(hours.day_of(row.due_at), days), hours)
    if due.at == row.due_at:
        return
    reason = row.reason
    if row.kind == FollowUpKind.PLAN_STEP and reason != WAITS_REASON:
        # Its event would only give it the old date again.
        row.moved, reason = True, reason.removesuffix(WAITED) + WAITED
    set_due(row, due, reason)
