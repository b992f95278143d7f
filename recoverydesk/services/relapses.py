"""What was mended and goes wrong again; and what goes wrong too often with nothing done about it.

All of it is worked out anew from the cases whenever one is logged, its cause or its day changes,
or a fix is done: so an alarm that rested on a mistake goes when the mistake does.
"""

from collections.abc import Iterable
from datetime import date, datetime

from recoverydesk.domain.case import Status
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.days import day_words
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import end_of_day
from recoverydesk.domain.recurrence import OFTEN, OFTEN_DAYS, WATCHED, goes_against, too_often
from recoverydesk.records import record
from recoverydesk.services.plans import settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, CorrectiveAction, FollowUp

_NO_MORE = "the case that raised it is no longer of this cause"


@record
class Relapse:
    """Why a case is more than a case: a fix that didn't hold, or the same thing too often."""

    cause_id: int
    cause: str
    correction_id: int | None
    """The fix that didn't hold; None where there is none."""
    words: str
    """What to say about it, in a sentence or two."""


@record
class _Shown:
    """A case of a cause, as far as a relapse goes."""

    case_id: int
    number: str
    customer_id: int
    happened_on: date


def look(cause_ids: Iterable[int | None], *, now: datetime) -> None:
    """Bring the alarms about some causes up to date; call inside `changing()`.

    A fix of a group is put to the test by the causes under it; a fix of one of these only by its
    own.
    """
    hours = hours_of_shop()
    wanted = {each for each in cause_ids if each is not None}
    for cause_id in sorted(wanted | _groups_of(wanted)):
        shown = _shown(_family(cause_id), hours)
        for row in _fixes(cause_id):
            _put_to_the_test(row, shown, hours=hours, now=now)
    for cause_id in sorted(wanted):
        _count(cause_id, hours=hours, now=now)


def of_case(desk: Desk, case_id: int, *, now: datetime) -> tuple[Relapse, ...]:
    """Return what a case is an alarm about: fixes that it shows not to hold, then how often."""
    with desk.reading():
        found = [
            Relapse(row.cause_id, row.cause.name, row.id, _came_back_words(row))
            for row in CorrectiveAction.select().where(
                CorrectiveAction.came_back_case_id == case_id,
                CorrectiveAction.status == CorrectionStatus.CAME_BACK,
            )
        ]
        cause_id = Case.select(Case.cause).where(Case.id == case_id).scalar()
        if cause_id is not None and not found:
            hours = hours_of_shop()
            shown = _shown((cause_id,), hours)
            mine = {one.case_id for one in shown}
            if case_id in mine and _is_too_often(cause_id, shown, hours.day_of(now)):
                name = Cause.get_by_id(cause_id).name
                found.append(Relapse(cause_id, name, None, _often_words(name)))
        return tuple(found)


def _groups_of(cause_ids: Iterable[int]) -> set[int]:
    query = Cause.select(Cause.parent).where(
        Cause.id.in_(list(cause_ids)), Cause.parent.is_null(is_null=False)
    )
    return {values[0] for values in query.tuples()}


def _family(cause_id: int) -> tuple[int, ...]:
    under = Cause.select(Cause.id).where(Cause.parent == cause_id).tuples()
    return (cause_id, *(values[0] for values in under))


def _shown(cause_ids: Iterable[int], hours: OpeningHours) -> list[_Shown]:
    """Return the cases of causes in the order in which they happened."""
    query = Case.select(
        Case.id, Case.number, Case.customer, Case.occurred_on, Case.opened_at
    ).where(Case.cause.in_(list(cause_ids)), Case.status != Status.MERGED)
    found = [
        _Shown(case_id, number, customer_id, on or hours.day_of(opened))
        for case_id, number, customer_id, on, opened in query.tuples()
    ]
    return sorted(found, key=lambda one: (one.happened_on, one.case_id))


def _fixes(cause_id: int) -> list[CorrectiveAction]:
    """Return the fixes that cases can put to the test, those that one has failed included."""
    by_a_case = (CorrectiveAction.status == CorrectionStatus.CAME_BACK) & (
        CorrectiveAction.came_back_case_id.is_null(is_null=False)
    )
    watched = CorrectiveAction.status.in_(list(WATCHED))
    return list(
        CorrectiveAction.select().where(CorrectiveAction.cause == cause_id, watched | by_a_case)
    )


def _put_to_the_test(
    row: CorrectiveAction, shown: Iterable[_Shown], *, hours: OpeningHours, now: datetime
) -> None:
    done_on = _day_done(row)
    against = [one for one in shown if goes_against(one.happened_on, done_on)]
    if not against and row.status == CorrectionStatus.CAME_BACK:
        _withdraw(row, now=now)
    elif against and row.came_back_case_id not in {one.case_id for one in against}:
        _raise(row, against[0], hours=hours, now=now)


def _day_done(row: CorrectiveAction) -> date:
    assert row.done_on is not None  # nothing is watched before it is in place
    return row.done_on


def _raise(row: CorrectiveAction, against: _Shown, *, hours: OpeningHours, now: datetime) -> None:
    row.status = CorrectionStatus.CAME_BACK
    row.came_back_at = row.came_back_at or utc(now)
    row.came_back_case_id = against.case_id
    row.save(only=row.dirty_fields)
    _end(FollowUp.correction_id == row.id, FollowUpKind.CAME_BACK, "another case shows it", now=now)
    _end(FollowUp.correction_id == row.id, FollowUpKind.CHECK, "it came back", now=now)
    _plant(
        against,
        title=f"It came back: {row.what}",
        reason=f"{against.number} happened after it was done on {day_words(_day_done(row))}",
        correction_id=row.id,
        hours=hours,
        now=now,
    )


def _withdraw(row: CorrectiveAction, *, now: datetime) -> None:
    """Take an alarm back: no case shows any more that the fix doesn't hold."""
    held = row.checked_at is not None
    row.status = CorrectionStatus.HOLDS if held else CorrectionStatus.DONE_WATCHING
    row.came_back_at = row.came_back_case_id = None
    row.save(only=row.dirty_fields)
    _end(FollowUp.correction_id == row.id, FollowUpKind.CAME_BACK, _NO_MORE, now=now)
    if not held:
        FollowUp.update(status=FollowUpStatus.PLANNED, ended_at=None, end_words="").where(
            FollowUp.correction_id == row.id,
            FollowUp.kind == FollowUpKind.CHECK,
            FollowUp.status == FollowUpStatus.SKIPPED,
        ).execute()


def _count(cause_id: int, *, hours: OpeningHours, now: datetime) -> None:
    shown = _shown((cause_id,), hours)
    here = FollowUp.step_key == _key(cause_id)
    planned = FollowUp.select().where(
        here,
        FollowUp.kind == FollowUpKind.CAME_BACK,
        FollowUp.status == FollowUpStatus.PLANNED,
    )
    if not _is_too_often(cause_id, shown, hours.day_of(now)):
        _end(here, FollowUpKind.CAME_BACK, "it is no longer so, or a fix is planned", now=now)
    elif not planned.exists():
        name = Cause.get_by_id(cause_id).name
        _plant(
            shown[-1],
            title=f"Plan a fix: {name}",
            reason=f"{OFTEN} times in {OFTEN_DAYS} days, and nothing is planned about it",
            step_key=_key(cause_id),
            hours=hours,
            now=now,
        )


def _is_too_often(cause_id: int, shown: Iterable[_Shown], today: date) -> bool:
    if not too_often((one.happened_on for one in shown), today):
        return False
    whose = [cause_id, *_groups_of({cause_id})]
    return not (
        CorrectiveAction.select()
        .where(
            CorrectiveAction.cause.in_(whose),
            CorrectiveAction.status != CorrectionStatus.DROPPED,
        )
        .exists()
    )


def _key(cause_id: int) -> str:
    return f"often:{cause_id}"


def _plant(
    about: _Shown,
    *,
    title: str,
    reason: str,
    hours: OpeningHours,
    now: datetime,
    correction_id: int | None = None,
    step_key: str = "",
) -> None:
    due = end_of_day(hours.next_open_day(hours.day_of(now)), hours)
    FollowUp.create(
        kind=FollowUpKind.CAME_BACK,
        act=Act.FIX,
        title=title[:120],
        reason=reason,
        customer=about.customer_id,
        case=about.case_id,
        correction_id=correction_id,
        step_key=step_key,
        position=60,
        anchor=Anchor.FIXED,
        due_at=due.at,
        due_on=due.on,
        created_at=utc(now),
    )
    _settle(about.case_id, now=now)


def _end(where: object, kind: FollowUpKind, words: str, *, now: datetime) -> None:
    planned = list(
        FollowUp.select(FollowUp.id, FollowUp.case).where(
            where, FollowUp.kind == kind, FollowUp.status == FollowUpStatus.PLANNED
        )
    )
    for row in planned:
        FollowUp.update(status=FollowUpStatus.SKIPPED, ended_at=utc(now), end_words=words).where(
            FollowUp.id == row.id
        ).execute()
        if row.case_id is not None:
            _settle(row.case_id, now=now)


def _settle(case_id: int, *, now: datetime) -> None:
    case = Case.get_by_id(case_id)
    if case.closed_at is None and case.merged_into_id is None:
        settle(case, now=now)


def _came_back_words(row: CorrectiveAction) -> str:
    day = day_words(_day_done(row))
    return f"It came back: “{row.what}” was done on {day}, and this happened after."


def _often_words(name: str) -> str:
    return f"{name}: {OFTEN} times or more in {OFTEN_DAYS} days, and no fix is planned."
