"""Promises that steps of a plan carry: set apart before the step goes its own way."""

from recoverydesk.domain.follow_up import Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.storage.tables import FollowUp

REASON = "you promised it"


def all_apart(case_id: int, *, hours: OpeningHours) -> None:
    """Set every promise apart that a step of a case's plan carries; call inside `changing()`."""
    carried = FollowUp.select().where(
        FollowUp.case == case_id,
        FollowUp.kind != FollowUpKind.PROMISE,
        FollowUp.promised_at.is_null(is_null=False),
        FollowUp.status == FollowUpStatus.PLANNED,
    )
    for row in list(carried):
        set_apart(row, hours=hours)


def set_apart(row: FollowUp, *, hours: OpeningHours) -> FollowUp:
    """Make a row of its own of the promise that a step of a plan carries; call inside `changing()`.

    The step goes its own way from here on: what was promised stays promised.
    """
    due_at = row.promised_at
    made = FollowUp.create(
        kind=FollowUpKind.PROMISE,
        act=row.act,
        title=row.title,
        reason=REASON,
        customer=row.customer_id,
        case=row.case_id,
        person=row.person_id,
        position=40,
        anchor=Anchor.FIXED,
        offset=int(row.timed),
        timed=row.timed,
        due_at=due_at,
        due_on=hours.day_of(due_at),
        promised_at=due_at,
        created_at=row.created_at,
    )
    row.promised_at = None
    row.save(only=row.dirty_fields)
    return made
