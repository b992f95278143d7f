"""What the shop changes so that it does not happen again, until it is shown to hold."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from recoverydesk.domain.case import Status
from recoverydesk.domain.correction import CorrectionKind, CorrectionStatus
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.plan import end_of_day
from recoverydesk.domain.recurrence import WATCHED, goes_against
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import relapses
from recoverydesk.services.plans import case_by_id, settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, CorrectiveAction, Customer, FollowUp
from recoverydesk.topics import Topic

FARTHEST_YEARS = 5
TOPICS = Topic.CORRECTIONS | Topic.CASES | Topic.FOLLOW_UPS
OPEN = frozenset({CorrectionStatus.IDEA, CorrectionStatus.PLANNED, CorrectionStatus.IN_PROGRESS})
"""Not in place yet."""


@record
class CorrectionEntry:
    """A change to make: what, who, by when, and when to check that it held."""

    what: str
    who: str = ""
    kind: CorrectionKind = CorrectionKind.CORRECTIVE
    due_on: date | None = None
    check_on: date | None = None
    rule: str = ""
    """The change as a rule for everybody, in one line; empty where it is none."""


@record
class CorrectionView:
    """A correction, as its case and the list of all show it."""

    correction_id: int
    what: str
    who: str
    kind: CorrectionKind
    status: CorrectionStatus
    due_on: date | None
    done_on: date | None
    check_on: date | None
    rule: str = ""
    cause_id: int | None = None
    cause: str = ""
    case_id: int | None = None
    end_words: str = ""
    """Why it was dropped, or what was seen at the check."""
    came_back_case_id: int | None = None
    """The case that shows that it doesn't hold; None where nobody needed one to know."""


@record
class CaseSince:
    """A case of the same cause that happened after a fix was done."""

    case_id: int
    number: str
    customer: str
    summary: str
    happened_on: date


def plan(
    desk: Desk,
    case_id: int | None,
    entry: CorrectionEntry,
    *,
    now: datetime,
    cause_id: int | None = None,
) -> int:
    """Plan a change that mends a cause.

    Args:
        desk: the open desk.
        case_id: the case that led to it, whose cause it mends; None for none.
        entry: what is to be changed.
        now: this moment (UTC).
        cause_id: the cause it mends, where no case led to it.

    Returns:
        The correction's id.

    Raises:
        NotFoundError: case or cause is no longer on the desk.
        InvalidEntryError: no words, or days that can't be.
    """
    values = _checked(entry)
    with desk.changing(TOPICS, f"Plan a fix: {values['what']}"):
        case = None if case_id is None else case_by_id(case_id)
        if case is not None:
            cause_id = case.cause_id
        elif cause_id is not None and not Cause.select().where(Cause.id == cause_id).exists():
            raise NotFoundError("That cause is no longer on the desk.")
        row = CorrectiveAction.create(
            **values,
            cause=cause_id,
            case=case_id,
            status=CorrectionStatus.PLANNED,
            created_at=utc(now),
        )
        _changed(row, now=now)
        return int(row.id)


def _checked(entry: CorrectionEntry) -> dict[str, object]:
    if entry.due_on is not None and entry.check_on is not None and entry.check_on <= entry.due_on:
        raise InvalidEntryError("check_on", "The check comes after the day it is due.")
    return {
        "kind": entry.kind,
        "what": tidy_text(
            entry.what, field="what", limit=300, required=True, message="What will you change?"
        ),
        "who": tidy_text(entry.who, field="who", limit=80),
        "rule": " ".join(tidy_text(entry.rule, field="rule", limit=160).split()),
        "due_on": entry.due_on,
        "check_on": entry.check_on,
    }


def change(desk: Desk, correction_id: int, entry: CorrectionEntry, *, now: datetime) -> None:
    """Change what was planned; once it is in place, the day to look again moves with it.

    Raises:
        NotFoundError: it is no longer on the desk.
        InvalidEntryError: no words, days that can't be, or no day to look once it is in place.
    """
    values = _checked(entry)
    with desk.changing(TOPICS, f"Change a fix: {values['what']}"):
        row = _correction(correction_id)
        if row.status == CorrectionStatus.DONE_WATCHING:
            if entry.check_on is None or entry.check_on <= (row.done_on or date.max):
                raise InvalidEntryError(
                    "check_on", "Choose a day to look whether it held, after it was done."
                )
            if entry.check_on != row.check_on:
                _end_checks(row, "another day", now=now)
                _plant_check(row, entry.check_on, person_id=desk.person_id, now=now)
        for field, value in values.items():
            setattr(row, field, value)
        row.save(only=row.dirty_fields)
        _changed(row, now=now)


def start(desk: Desk, correction_id: int, *, now: datetime) -> None:
    """Note that somebody is at it.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it is in place already, or was dropped.
    """
    with desk.changing(TOPICS, "Begin a fix") as changed:
        row = _correction(correction_id)
        changed.say(f"Begin a fix: {row.what}")
        _refuse_unless_open(row)
        row.status = CorrectionStatus.IN_PROGRESS
        row.save(only=row.dirty_fields)
        _changed(row, now=now)


def drop(desk: Desk, correction_id: int, why: str, *, now: datetime) -> None:
    """Give a fix up, with the reason; what was done of it stays in the history.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it was dropped before.
        InvalidEntryError: no reason.
    """
    why = tidy_text(
        why, field="why", limit=300, required=True, message="Write down why, in a few words."
    )
    with desk.changing(TOPICS, "Drop a fix") as changed:
        row = _correction(correction_id)
        changed.say(f"Drop a fix: {row.what}")
        if row.status == CorrectionStatus.DROPPED:
            raise NotAllowedError("That fix was dropped before.")
        row.status, row.end_words = CorrectionStatus.DROPPED, why
        row.save(only=row.dirty_fields)
        _end_checks(row, f"dropped: {why}", now=now)
        _end_alarm(row, "the fix was dropped", now=now)
        _changed(row, now=now)


def done(
    desk: Desk,
    correction_id: int,
    *,
    check_on: date,
    now: datetime,
    done_on: date | None = None,
) -> None:
    """Note that a fix is in place, with the day to look whether it held.

    Cases of its cause that happened after it was done already show that it doesn't hold.

    Args:
        desk: the open desk.
        correction_id: the fix.
        check_on: when to look.
        now: this moment (UTC).
        done_on: the shop's day on which it was done; None for today.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it was done or dropped before.
        InvalidEntryError: it wasn't done yet on that day; or the check doesn't lie ahead, or more
            than five years.
    """
    with desk.changing(TOPICS, "Fix done") as changed:
        row = _correction(correction_id)
        if row.done_on is not None:
            raise NotAllowedError("That fix is done already.")
        _refuse_unless_open(row)
        changed.say(f"Fix done: {row.what}")
        today = hours_of_shop().day_of(now)
        _check_done_day(done_on, today)
        _check_look_day(check_on, today)
        row.done_on, row.check_on = done_on or today, check_on
        row.status = CorrectionStatus.DONE_WATCHING
        row.save(only=row.dirty_fields)
        _plant_check(row, check_on, person_id=desk.person_id, now=now)
        _changed(row, now=now)


def _check_done_day(done_on: date | None, today: date) -> None:
    if done_on is None:
        return
    if done_on > today:
        raise InvalidEntryError("done_on", "That day hasn't come yet.")
    if done_on < today - timedelta(days=365 * FARTHEST_YEARS):
        raise InvalidEntryError("done_on", "That is more than five years ago. Check the year.")


def _check_look_day(check_on: date, today: date) -> None:
    if check_on <= today:
        raise InvalidEntryError(
            "check_on", "Choose a day to look whether it held, some weeks from now."
        )
    if check_on > today + timedelta(days=365 * FARTHEST_YEARS):
        raise InvalidEntryError("check_on", "That is more than five years off. Check the year.")


def _plant_check(row: CorrectiveAction, on: date, *, person_id: int | None, now: datetime) -> None:
    hours = hours_of_shop()
    due = end_of_day(hours.next_open_day(on), hours)
    FollowUp.create(
        kind=FollowUpKind.CHECK,
        act=Act.TALK,
        title=f"Did the fix hold? {row.what}"[:120],
        reason="the day you chose to look whether it held",
        customer=None if row.case_id is None else _customer_of(row.case_id),
        case=row.case_id,
        correction_id=row.id,
        person=person_id,
        position=60,
        anchor=Anchor.FIXED,
        due_at=due.at,
        due_on=due.on,
        created_at=utc(now),
    )


def check(desk: Desk, correction_id: int, *, held: bool, now: datetime, words: str = "") -> None:
    """Note whether a fix has held; the follow-up that asked for it is done with.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it isn't in place yet, or was looked at before.
    """
    words = tidy_text(words, field="words", limit=300)
    with desk.changing(TOPICS, "The fix held" if held else "It came back") as changed:
        row = _correction(correction_id)
        changed.say(f"{'The fix held' if held else 'It came back'}: {row.what}")
        if row.status not in WATCHED or (held and row.status == CorrectionStatus.HOLDS):
            raise NotAllowedError("There is no fix to look at: it isn't done, or was checked.")
        mark_checked(row, held=held, words=words, now=now)
        _end_checks(row, "it held" if held else "it came back", done=True, now=now)
        _changed(row, now=now)


def mark_checked(row: CorrectiveAction, *, held: bool, now: datetime, words: str = "") -> None:
    """Write down what was seen at the check; call inside `changing()`."""
    row.status = CorrectionStatus.HOLDS if held else CorrectionStatus.CAME_BACK
    row.checked_at = utc(now)
    row.came_back_at = None if held else utc(now)
    row.end_words = words or row.end_words
    row.save(only=row.dirty_fields)


def look_again(desk: Desk, correction_id: int, on: date, *, now: datetime) -> None:
    """Put the check off: it is too early to say.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: there is nothing to look at.
        InvalidEntryError: the day doesn't lie ahead, or more than five years.
    """
    with desk.changing(TOPICS, "Look again later") as changed:
        row = _correction(correction_id)
        changed.say(f"Look again later: {row.what}")
        if row.status not in WATCHED:
            raise NotAllowedError("There is no fix to look at: it isn't done, or came back.")
        _check_look_day(on, hours_of_shop().day_of(now))
        _end_checks(row, "too early to say", done=True, now=now)
        row.status, row.check_on = CorrectionStatus.DONE_WATCHING, on
        row.checked_at = None
        row.save(only=row.dirty_fields)
        _plant_check(row, on, person_id=desk.person_id, now=now)
        _changed(row, now=now)


def cases_since(desk: Desk, correction_id: int) -> tuple[CaseSince, ...]:
    """Return the cases with a fix's cause, or one under it, that happened after it was done.

    Empty where the fix isn't done, or its cause isn't known.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        row = _correction(correction_id)
        if row.done_on is None or row.cause_id is None:
            return ()
        hours = hours_of_shop()
        family = Cause.select(Cause.id).where(
            (Cause.id == row.cause_id) | (Cause.parent == row.cause_id)
        )
        query = (
            Case.select(
                Case.id, Case.number, Customer.name, Case.summary, Case.occurred_on, Case.opened_at
            )
            .join(Customer)
            .where(Case.cause.in_(family), Case.status != Status.MERGED)
        )
        found = [
            CaseSince(case_id, number, name, summary, on or hours.day_of(opened))
            for case_id, number, name, summary, on, opened in query.tuples()
        ]
    since = [one for one in found if goes_against(one.happened_on, row.done_on)]
    return tuple(sorted(since, key=lambda one: (one.happened_on, one.case_id)))


def view(desk: Desk, correction_id: int) -> CorrectionView:
    """Return one correction.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        return _views([_correction(correction_id)])[0]


def all_corrections(desk: Desk) -> tuple[CorrectionView, ...]:
    """Return every correction: what came back, what is under way, what is watched, then the rest.

    Within each, what is due or looked at first comes first.
    """
    with desk.reading():
        views = _views(CorrectiveAction.select().order_by(CorrectiveAction.id))
    return tuple(sorted(views, key=_rank))


_RANKS: Sequence[frozenset[CorrectionStatus]] = (
    frozenset({CorrectionStatus.CAME_BACK}),
    OPEN,
    frozenset({CorrectionStatus.DONE_WATCHING}),
    frozenset({CorrectionStatus.HOLDS}),
    frozenset({CorrectionStatus.DROPPED}),
)


def _rank(one: CorrectionView) -> tuple[int, date, int]:
    place = next(at for at, statuses in enumerate(_RANKS) if one.status in statuses)
    day = one.due_on if one.status in OPEN else one.check_on
    return place, day or date.max, one.correction_id


def of_case(case_id: int) -> tuple[CorrectionView, ...]:
    """Return the fixes that a case led to; call inside `reading()`."""
    mine = CorrectiveAction.select().where(CorrectiveAction.case == case_id)
    return _views(mine.order_by(CorrectiveAction.id))


def _views(rows: Iterable[CorrectiveAction]) -> tuple[CorrectionView, ...]:
    rows = list(rows)
    names = dict(
        Cause.select(Cause.id, Cause.name).where(Cause.id.in_([row.cause_id for row in rows]))
        .tuples()
    )  # fmt: skip
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
            rule=row.rule,
            cause_id=row.cause_id,
            cause=names.get(row.cause_id, ""),
            case_id=row.case_id,
            end_words=row.end_words,
            came_back_case_id=row.came_back_case_id,
        )
        for row in rows
    )


def _correction(correction_id: int) -> CorrectiveAction:
    row = CorrectiveAction.get_or_none(CorrectiveAction.id == correction_id)
    if row is None:
        raise NotFoundError("That fix is no longer on the desk.")
    return row


def _refuse_unless_open(row: CorrectiveAction) -> None:
    if row.status == CorrectionStatus.DROPPED:
        raise NotAllowedError("That fix was dropped.", advice="Plan it anew.")
    if row.status not in OPEN:
        raise NotAllowedError("That fix is in place already.")


def _changed(row: CorrectiveAction, *, now: datetime) -> None:
    """Bring the alarms about its cause and its case's plan up to date."""
    relapses.look([row.cause_id], now=now)
    if row.case_id is not None:
        settle(case_by_id(row.case_id), now=now)


def _end_checks(row: CorrectiveAction, words: str, *, now: datetime, done: bool = False) -> None:
    status = FollowUpStatus.DONE if done else FollowUpStatus.SKIPPED
    _end(row, FollowUpKind.CHECK, status, words, now=now)


def _end_alarm(row: CorrectiveAction, words: str, *, now: datetime) -> None:
    _end(row, FollowUpKind.CAME_BACK, FollowUpStatus.SKIPPED, words, now=now)


def _end(
    row: CorrectiveAction, kind: FollowUpKind, status: FollowUpStatus, words: str, *, now: datetime
) -> None:
    FollowUp.update(status=status, ended_at=utc(now), end_words=words).where(
        FollowUp.correction_id == row.id,
        FollowUp.kind == kind,
        FollowUp.status == FollowUpStatus.PLANNED,
    ).execute()


def _customer_of(case_id: int) -> int:
    return int(Case.select(Case.customer).where(Case.id == case_id).tuples().get()[0])
