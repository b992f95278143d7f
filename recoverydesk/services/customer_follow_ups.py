"""What falls due about a customer rather than a case: visits, gifts, what lapses, staying in touch.

Everything here is a row of the same table as a plan's steps, so Today, the checklist and a calling
session show it without knowing more.
"""

from datetime import date, datetime

from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import end_of_day
from recoverydesk.records import record
from recoverydesk.services.plans import LEFT_ALONE, TURNS_TO_THEM, utc
from recoverydesk.storage.tables import Customer, FollowUp


@record
class Wanted:
    """What is to fall due."""

    kind: FollowUpKind
    act: Act
    title: str
    reason: str
    """Why then, in words for the owner."""
    on: date
    """The day; a closed one becomes the next open one."""
    remedy_id: int | None = None
    voucher_id: int | None = None
    case_id: int | None = None
    person_id: int | None = None
    step_key: str = ""
    """What it is planned for, where no column of its own says so."""


def plant(customer: Customer, wanted: Wanted, *, hours: OpeningHours, now: datetime) -> FollowUp:
    """Write something down that falls due about a customer; call inside `changing()`.

    Where it turns to somebody who asked to be left alone, it is left out at once with that reason,
    and comes back if they change their mind.
    """
    due = end_of_day(hours.next_open_day(wanted.on), hours)
    alone = customer.do_not_contact and wanted.act in TURNS_TO_THEM
    return FollowUp.create(
        kind=wanted.kind,
        act=wanted.act,
        title=wanted.title,
        reason=wanted.reason,
        customer=customer.id,
        case=wanted.case_id,
        person=wanted.person_id,
        remedy_id=wanted.remedy_id,
        voucher_id=wanted.voucher_id,
        step_key=wanted.step_key,
        position=60,
        anchor=Anchor.FIXED,
        due_at=due.at,
        due_on=due.on,
        status=FollowUpStatus.SKIPPED if alone else FollowUpStatus.PLANNED,
        ended_at=utc(now) if alone else None,
        end_words=LEFT_ALONE if alone else "",
        created_at=utc(now),
    )


def end(
    kind: FollowUpKind,
    *,
    now: datetime,
    words: str,
    done: bool = False,
    customer_id: int | None = None,
    remedy_id: int | None = None,
    voucher_id: int | None = None,
) -> int:
    """End what is planned of a kind, as it isn't needed any more; call inside `changing()`.

    Args:
        kind: which kind.
        now: this moment (UTC).
        words: why, or what came of it.
        done: whether it was done; else it is left out.
        customer_id: about whom.
        remedy_id: about which remedy.
        voucher_id: about which voucher.

    Returns:
        How many were ended.
    """
    where = (FollowUp.kind == kind) & (FollowUp.status == FollowUpStatus.PLANNED)
    for column, value in (
        (FollowUp.customer, customer_id),
        (FollowUp.remedy_id, remedy_id),
        (FollowUp.voucher_id, voucher_id),
    ):
        if value is not None:
            where &= column == value
    status = FollowUpStatus.DONE if done else FollowUpStatus.SKIPPED
    return int(
        FollowUp.update(status=status, ended_at=utc(now), end_words=words).where(where).execute()
    )
