"""What the shop changes so that it does not happen again."""

from datetime import date, datetime, time, timedelta

from recoverydesk.domain.correction import CorrectionKind, CorrectionStatus
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.plan import end_of_day
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services.plans import case_by_id, settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, CorrectiveAction, FollowUp
from recoverydesk.topics import Topic

FARTHEST_YEARS = 5
TOPICS = Topic.CORRECTIONS | Topic.CASES | Topic.FOLLOW_UPS


@record
class CorrectionEntry:
    """A change to make: what, who, by when, and when to check that it held."""

    what: str
    who: str = ""
    kind: CorrectionKind = CorrectionKind.CORRECTIVE
    due_on: date | None = None
    check_on: date | None = None


@record
class CorrectionView:
    """A correction, as its case shows it."""

    correction_id: int
    what: str
    who: str
    kind: CorrectionKind
    status: CorrectionStatus
    due_on: date | None
    done_on: date | None
    check_on: date | None


def plan(desk: Desk, case_id: int, entry: CorrectionEntry, *, now: datetime) -> int:
    """Plan a change that mends the cause of a case.

    Returns:
        The correction's id.

    Raises:
        NotFoundError: the case is no longer on the desk.
        InvalidEntryError: no words, or days that can't be.
    """
    what = tidy_text(
        entry.what, field="what", limit=300, required=True, message="What will you change?"
    )
    with desk.changing(TOPICS, f"Plan a fix: {what}"):
        case = case_by_id(case_id)
        _check_days(entry)
        row = CorrectiveAction.create(
            kind=entry.kind,
            what=what,
            cause=case.cause_id,
            case=case.id,
            who=tidy_text(entry.who, field="who", limit=80),
            due_on=entry.due_on,
            check_on=entry.check_on,
            status=CorrectionStatus.PLANNED,
            created_at=now,
        )
        settle(case, now=now)
        return int(row.id)


def _check_days(entry: CorrectionEntry) -> None:
    if entry.due_on is not None and entry.check_on is not None and entry.check_on <= entry.due_on:
        raise InvalidEntryError("check_on", "The check comes after the day it is due.")


def done(desk: Desk, correction_id: int, *, check_on: date, now: datetime) -> None:
    """Note that a fix is in place, with the day to look whether it held.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it was done before.
        InvalidEntryError: the check doesn't lie ahead, or more than five years.
    """
    with desk.changing(TOPICS, "Fix done") as change:
        row = _correction(correction_id)
        if row.done_on is not None:
            raise NotAllowedError("That fix is done already.")
        change.say(f"Fix done: {row.what}")
        hours = hours_of_shop()
        today = hours.day_of(now)
        if check_on <= today:
            raise InvalidEntryError(
                "check_on", "Choose a day to look whether it held, some weeks from now."
            )
        if check_on > today + timedelta(days=365 * FARTHEST_YEARS):
            raise InvalidEntryError("check_on", "That is more than five years off. Check the year.")
        row.done_on, row.check_on = today, check_on
        row.status = CorrectionStatus.DONE_WATCHING
        row.save(only=row.dirty_fields)
        due = end_of_day(hours.next_open_day(check_on), hours)
        FollowUp.create(
            kind=FollowUpKind.CHECK,
            act=Act.TALK,
            title=f"Did the fix hold? {row.what}"[:120],
            reason="the day you chose to look whether it held",
            customer=None if row.case_id is None else _customer_of(row.case_id),
            case=row.case_id,
            correction_id=row.id,
            person=desk.person_id,
            position=60,
            anchor=Anchor.FIXED,
            due_at=due.at,
            due_on=due.on,
            created_at=now,
        )
        if row.case_id is not None:
            settle(case_by_id(row.case_id), now=now, hours=hours)


def check(desk: Desk, correction_id: int, *, held: bool, now: datetime) -> None:
    """Note whether a fix has held; the follow-up that asked for it is done with.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it isn't in place yet, or was looked at before.
    """
    with desk.changing(TOPICS, "The fix held" if held else "It came back") as change:
        row = _correction(correction_id)
        change.say(f"{'The fix held' if held else 'It came back'}: {row.what}")
        if row.status != CorrectionStatus.DONE_WATCHING:
            raise NotAllowedError("There is no fix to look at: it isn't done, or was checked.")
        row.status = CorrectionStatus.HOLDS if held else CorrectionStatus.CAME_BACK
        row.checked_at = utc(now)
        row.save(only=row.dirty_fields)
        FollowUp.update(
            status=FollowUpStatus.DONE,
            ended_at=utc(now),
            end_words="it held" if held else "it came back",
        ).where(
            FollowUp.correction_id == row.id,
            FollowUp.kind == FollowUpKind.CHECK,
            FollowUp.status == FollowUpStatus.PLANNED,
        ).execute()
        if row.case_id is not None:
            settle(case_by_id(row.case_id), now=now)


def cases_since(desk: Desk, correction_id: int) -> int:
    """Return how many cases with its cause were logged after the day a fix was done.

    Zero where the fix isn't done, or its cause isn't known.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        row = _correction(correction_id)
        if row.done_on is None or row.cause_id is None:
            return 0
        hours = hours_of_shop()
        after = hours.at(row.done_on + timedelta(days=1), time(0))
        return int(Case.select().where(Case.cause == row.cause_id, Case.opened_at >= after).count())


def _correction(correction_id: int) -> CorrectiveAction:
    row = CorrectiveAction.get_or_none(CorrectiveAction.id == correction_id)
    if row is None:
        raise NotFoundError("That fix is no longer on the desk.")
    return row


def _customer_of(case_id: int) -> int:
    return int(Case.select(Case.customer).where(Case.id == case_id).tuples().get()[0])


def of_case(case_id: int) -> tuple[CorrectionView, ...]:
    """Return the fixes that a case led to; call inside `reading()`."""
    query = (
        CorrectiveAction.select()
        .where(CorrectiveAction.case == case_id)
        .order_by(CorrectiveAction.id)
    )
    return tuple(
        CorrectionView(
            correction_id=row.id,
            what=row.what,
            who=row.who,
            kind=CorrectionKind(row.kind),
            status=CorrectionStatus(row.status),
            due_on=row.due_on,
            done_on=row.done_on,
            check_on=row.check_on,
        )
        for row in query
    )
