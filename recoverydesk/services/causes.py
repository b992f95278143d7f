"""Why things go wrong here: two levels of causes, and the five whys of a case."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import peewee as pw

from recoverydesk.domain.case import Outcome, Status
from recoverydesk.domain.cause import Hint, check_rungs
from recoverydesk.domain.names import name_key
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.playbook import Fact
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import relapses
from recoverydesk.services.plans import case_by_id, do_again, settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Cause,
    Customer,
    Person,
    Why,
)
from recoverydesk.topics import Topic

MOST_RUNGS = 5
ONE_DAY = timedelta(days=1)
TWO_LEVELS = "Causes have two levels: a group, and one under it."


@record
class CauseView:
    """A cause, with its group."""

    cause_id: int
    name: str
    parent_id: int | None
    parent: str
    retired: bool
    cases: int

    @property
    def full_name(self) -> str:
        """The cause with its group before it."""
        return f"{self.parent} / {self.name}" if self.parent else self.name


def all_causes(desk: Desk, *, also_retired: bool = False) -> tuple[CauseView, ...]:
    """Return the causes, each group followed by what is under it.

    A retired group is still there as a heading while a cause under it is in use.
    """
    with desk.reading():
        rows = list(Cause.select().order_by(Cause.position, Cause.name_key, Cause.id))
        counts = dict(Case.select(Case.cause, pw.fn.COUNT(Case.id)).group_by(Case.cause).tuples())
    names = {row.id: row.name for row in rows}
    kept = [row for row in rows if row.merged_into_id is None]
    shown = [row for row in kept if also_retired or not row.retired]
    headings = {row.parent_id for row in shown} | {row.id for row in shown}
    ordered = []
    for group in (row for row in kept if row.parent_id is None and row.id in headings):
        ordered.append(group)
        ordered.extend(row for row in shown if row.parent_id == group.id)
    return tuple(
        CauseView(
            cause_id=row.id,
            name=row.name,
            parent_id=row.parent_id,
            parent=names.get(row.parent_id, ""),
            retired=row.retired,
            cases=counts.get(row.id, 0),
        )
        for row in ordered
    )


def _checked_name(name: str) -> str:
    return tidy_text(
        name, field="name", limit=80, required=True, message="What is this cause called?"
    )


def cause_by_id(cause_id: int) -> Cause:
    """Return a cause's row; call inside `reading()` or `changing()`.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    row = Cause.get_or_none(Cause.id == cause_id)
    if row is None:
        raise NotFoundError("That cause is no longer on the desk.")
    return row


def add(desk: Desk, name: str, *, parent_id: int | None = None) -> int:
    """Add a cause, as a group or under one.

    Returns:
        The cause's id.

    Raises:
        InvalidEntryError: no name, a name that is there already, or a third level.
    """
    name = _checked_name(name)
    with desk.changing(Topic.CAUSES, f"Add the cause “{name}”"):
        if parent_id is not None and cause_by_id(parent_id).parent_id is not None:
            raise InvalidEntryError("parent", TWO_LEVELS)
        refuse_twice(name, parent_id)
        row = Cause.create(
            parent=parent_id,
            name=name,
            name_key=name_key(name),
            position=next_position(parent_id),
        )
        return int(row.id)


def refuse_twice(
    name: str, parent_id: int | None, *, but: int | None = None, field: str = "name"
) -> None:
    """Refuse a name that another cause of the same group has; call inside `changing()`.

    Raises:
        InvalidEntryError: there is one.
    """
    same = Cause.select().where(
        Cause.name_key == name_key(name),
        Cause.merged_into.is_null(),
        Cause.parent.is_null() if parent_id is None else Cause.parent == parent_id,
    )
    if any(row.id != but for row in same):
        raise InvalidEntryError(field, f"There is a cause called “{name}” already.")


def rename(desk: Desk, cause_id: int, name: str) -> None:
    """Rename a cause everywhere.

    Raises:
        NotFoundError: it is no longer on the desk.
        InvalidEntryError: no name, or a name that is there already.
    """
    name = _checked_name(name)
    with desk.changing(Topic.CAUSES | Topic.CASES, f"Rename a cause to “{name}”"):
        row = cause_by_id(cause_id)
        refuse_twice(name, row.parent_id, but=row.id)
        row.name, row.name_key = name, name_key(name)
        row.save(only=row.dirty_fields)


def retire(desk: Desk, cause_id: int, *, retired: bool = True) -> None:
    """Take a cause off the list for new cases, or put it back; old cases keep it.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.changing(Topic.CAUSES, "Retire a cause" if retired else "Bring a cause back"):
        row = cause_by_id(cause_id)
        row.retired = retired
        row.save(only=row.dirty_fields)


def next_position(parent_id: int | None) -> int:
    """Return the place after the last cause of a group, or after the last group."""
    level = Cause.parent.is_null() if parent_id is None else Cause.parent == parent_id
    last = Cause.select(pw.fn.MAX(Cause.position)).where(level).scalar()
    return 0 if last is None else int(last) + 1


LOOK_AFTER_OPEN_DAYS = 5
"""A case without a cause is to be looked into once it is over, or after so many opening days."""

LONGEST_BREAK = 400


@record
class NotKnown:
    """A case whose cause is still to be found."""

    case_id: int
    number: str
    customer: str
    summary: str
    opened_at: datetime


def not_yet_known(desk: Desk, *, now: datetime, most: int | None = None) -> tuple[NotKnown, ...]:
    """Return the cases to be looked into, the oldest first: work to do, and no cause of its own.

    Args:
        desk: the open desk.
        now: this moment (UTC).
        most: how many at the most; None for all.
    """
    with desk.reading():
        query = (
            Case.select(Case.id, Case.number, Customer.name, Case.summary, Case.opened_at)
            .join(Customer)
            .where(wants_cause(now, hours_of_shop()))
            .order_by(Case.opened_at, Case.id)
            .limit(most)
        )
        return tuple(NotKnown(*values) for values in query.tuples())


def count_not_yet_known(desk: Desk, *, now: datetime) -> int:
    """Return how many cases are to be looked into."""
    with desk.reading():
        return int(Case.select().where(wants_cause(now, hours_of_shop())).count())


def wants_cause(now: datetime, hours: OpeningHours) -> Any:  # noqa: ANN401 - peewee's own
    """Return the condition that a case is to be looked into; call inside `reading()`.

    A complaint that wasn't upheld has nothing to look into.
    """
    begins = hours.at(_open_days_ago(hours.day_of(now), hours), time())
    over = Case.status.in_([Status.RESOLVED, Status.CLOSED])
    return (
        Case.cause.is_null()
        & (Case.status != Status.MERGED)
        & (Case.outcome != Outcome.NOT_UPHELD)
        & (over | (Case.opened_at < begins))
    )


def _open_days_ago(day: date, hours: OpeningHours) -> date:
    """Return the day that so many opening days have passed since; a closed shop's days pass too."""
    left = LOOK_AFTER_OPEN_DAYS
    for _ in range(LONGEST_BREAK):
        if left == 0:
            break
        day -= ONE_DAY
        left -= hours.is_open_on(day)
    return day


def staff_names() -> tuple[str, ...]:
    """Return the names that the no-blame guard looks for; call inside `reading()`."""
    return tuple(values[0] for values in Person.select(Person.name).tuples() if values[0])


def hints(desk: Desk, answers: Sequence[str]) -> tuple[Hint, ...]:
    """Return what the no-blame guard would ask about some whys."""
    with desk.reading():
        return tuple(check_rungs(answers, staff_names()))


def write_down(
    desk: Desk,
    case_id: int,
    answers: Sequence[str],
    *,
    cause_id: int | None,
    now: datetime,
) -> None:
    """Write down why it happened: one to five whys, and the cause they lead to.

    All of it is kept; but the cause counts as found only where the last why is something that the
    shop can change. Until then the plan goes on asking for it.

    Args:
        desk: the open desk.
        case_id: the case.
        answers: the rungs in order; empty ones at the end are left out.
        cause_id: the cause; None leaves it "not yet known".
        now: this moment (UTC).

    Raises:
        NotFoundError: case or cause is no longer on the desk.
        InvalidEntryError: a gap between rungs, too many, or a rung that is too long.
    """
    rungs = _rungs(answers)
    with desk.changing(Topic.CASES | Topic.CAUSES | Topic.FOLLOW_UPS, "Why it happened") as change:
        case = case_by_id(case_id)
        change.say(f"Why it happened: {case.number}")
        Why.delete().where(Why.case == case.id).execute()
        for position, answer in enumerate(rungs, start=1):
            Why.create(case=case.id, position=position, answer=answer)
        before, case.cause_id = (
            case.cause_id,
            None if cause_id is None else cause_by_id(cause_id).id,
        )
        if cause_id is None or _stops_short(rungs):
            case.cause_found_at = None
            do_again(case, Fact.CAUSE_FOUND)
        elif case.cause_found_at is None:
            case.cause_found_at = utc(now)
        settle(case, now=now)
        relapses.look([before, cause_id], now=now)


def refuse_if_short(case: Case) -> None:
    """Refuse to call the cause found where the last why is nothing that could be changed.

    Raises:
        NotAllowedError: it is a person, the weather, luck.
    """
    if _stops_short(whys_of(case.id)):
        raise NotAllowedError(
            "The last why is nothing that the shop can change.",
            advice="Go on asking why on the case's page, or leave this step out and say why.",
        )


def _stops_short(rungs: Sequence[str]) -> bool:
    """Say whether the last why is a person, the weather, luck: nothing that could be changed."""
    last = len(rungs) - 1
    return bool(rungs) and any(one.position == last for one in check_rungs(rungs, staff_names()))


def _rungs(answers: Sequence[str]) -> list[str]:
    rungs = [tidy_text(answer, field="whys", limit=500) for answer in answers]
    while rungs and not rungs[-1]:
        rungs.pop()
    if not all(rungs):
        raise InvalidEntryError("whys", "One why is left empty. Fill it in, or close the gap.")
    if len(rungs) > MOST_RUNGS:
        raise InvalidEntryError("whys", "Five whys are enough; take the shortest way to the cause.")
    return rungs


def whys_of(case_id: int) -> tuple[str, ...]:
    """Return a case's whys in order; call inside `reading()`."""
    query = Why.select(Why.answer).where(Why.case == case_id).order_by(Why.position)
    return tuple(values[0] for values in query.tuples())
