"""Causes put in order: below another group, at another place, two made one."""

from datetime import datetime
from typing import Any

from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import relapses
from recoverydesk.services.causes import TWO_LEVELS, cause_by_id, next_position, refuse_twice
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, CorrectiveAction, Incident, Suggestion
from recoverydesk.topics import Topic

TOPICS = Topic.CAUSES | Topic.CASES | Topic.CORRECTIONS

_OF_CAUSE: tuple[Any, ...] = (Case, Incident, CorrectiveAction, Suggestion)
"""In the order of `Moving`."""


def move(desk: Desk, cause_id: int, *, under: int | None, now: datetime) -> None:
    """Put a cause below another group, as its last; or make it a group of its own.

    Fixes of a group are put to the test by the causes under it, so alarms are worked out anew.

    Args:
        desk: the open desk.
        cause_id: which one.
        under: the group; None makes it one.
        now: this moment (UTC).

    Raises:
        NotFoundError: one of them is no longer on the desk.
        InvalidEntryError: it would make a third level, or the name is there already.
    """
    with desk.changing(TOPICS, "Move a cause") as change:
        row = cause_by_id(cause_id)
        group = None if under is None else cause_by_id(under)
        if row.parent_id == under:
            return
        if group is None:
            change.say(f"“{row.name}” becomes a group")
        else:
            change.say(f"Move “{row.name}” to “{group.name}”")
            _refuse_as_group(row, group)
        refuse_twice(row.name, under, but=row.id, field="parent")
        before, row.parent_id, row.position = row.parent_id, under, next_position(under)
        row.save(only=row.dirty_fields)
        relapses.look([before, row.id], now=now)


def _refuse_as_group(row: Cause, group: Cause) -> None:
    if group.id == row.id:
        raise InvalidEntryError("parent", "A cause can't belong to itself.")
    if group.parent_id is not None:
        raise InvalidEntryError("parent", TWO_LEVELS)
    if group.merged_into_id is not None or group.retired:
        raise InvalidEntryError("parent", f"“{group.name}” is no longer in use. Choose another.")
    if Cause.select().where(Cause.parent == row.id, Cause.merged_into.is_null()).exists():
        raise InvalidEntryError(
            "parent",
            f"There are causes under “{row.name}”. Move them first, or merge the two groups.",
        )


def place(desk: Desk, cause_id: int, at: int) -> None:
    """Put a cause at a place among those of its group, or a group among the groups.

    Args:
        desk: the open desk.
        cause_id: which one.
        at: counted from 0; beyond the last one it becomes the last.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.changing(Topic.CAUSES, "Order the causes"):
        row = cause_by_id(cause_id)
        level = Cause.parent.is_null() if row.parent_id is None else Cause.parent == row.parent_id
        others = Cause.select().where(level, Cause.merged_into.is_null(), Cause.id != row.id)
        ordered = list(others.order_by(Cause.position, Cause.name_key, Cause.id))
        ordered.insert(max(at, 0), row)
        for position, one in enumerate(ordered):
            if one.position != position:
                one.position = position
                one.save(only=one.dirty_fields)


@record
class Moving:
    """What would move if a cause were merged into another one, to be looked at before."""

    cases: int
    incidents: int
    fixes: int
    ideas: int
    under: int
    """Causes under it."""


def moving(desk: Desk, cause_id: int) -> Moving:
    """Return what would move with a cause; what is under it moves too, as it is.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        row = cause_by_id(cause_id)
        cases, incidents, fixes, ideas = (
            table.select().where(table.cause == row.id).count() for table in _OF_CAUSE
        )
        under = Cause.select().where(Cause.parent == row.id, Cause.merged_into.is_null())
        return Moving(cases, incidents, fixes, ideas, under.count())


def merge(desk: Desk, cause_id: int, *, into: int) -> None:
    """Make two causes one: its cases and fixes move, its history stays, and Undo takes it back.

    What is under a group moves along; where the other group has one of the same name, these two
    become one as well.

    Raises:
        NotFoundError: one of them is no longer on the desk.
        InvalidEntryError: a cause can't be merged into itself, into its own group, or into one
            under it.
    """
    with desk.changing(TOPICS, "Merge two causes") as change:
        row, target = cause_by_id(cause_id), cause_by_id(into)
        _refuse_merge(row, target)
        change.say(f"Merge “{row.name}” into “{target.name}”")
        changed = [target.id, row.parent_id]
        new_group = target if target.parent_id is None else cause_by_id(target.parent_id)
        for one in list(Cause.select().where(Cause.parent == row.id).order_by(Cause.position)):
            same = None if one.merged_into_id is not None else _called(one.name_key, new_group.id)
            if same is None:
                one.parent_id, one.position = new_group.id, next_position(new_group.id)
                one.save(only=one.dirty_fields)
            else:
                _become(one, same)
            changed.append(one.id if same is None else same.id)
        _become(row, target)
        relapses.look(changed, now=desk.clock())


def _refuse_merge(row: Cause, target: Cause) -> None:
    if row.id == target.id:
        raise InvalidEntryError("into", "Choose another cause to merge it into.")
    if row.merged_into_id is not None or target.merged_into_id is not None:
        raise InvalidEntryError("into", "That one was merged itself. Choose another.")
    if target.parent_id == row.id:
        raise InvalidEntryError("into", "A group can't be merged into a cause under it.")
    if row.parent_id == target.id:
        raise InvalidEntryError(
            "into",
            f"“{row.name}” is under “{target.name}” already."
            " Retire it where it is no longer wanted, or choose another.",
        )


def _become(row: Cause, target: Cause) -> None:
    for table in _OF_CAUSE:
        table.update(cause=target.id).where(table.cause == row.id).execute()
    if row.manners and not target.manners:
        # Words come first for either of them; a merge mustn't forget that.
        Cause.update(manners=True).where(Cause.id == target.id).execute()
    Cause.update(merged_into=target.id).where(Cause.merged_into == row.id).execute()
    row.merged_into, row.retired = target.id, True
    row.save(only=row.dirty_fields)


def _called(key: str, parent_id: int) -> Cause | None:
    found: Cause | None = Cause.get_or_none(
        Cause.name_key == key, Cause.parent == parent_id, Cause.merged_into.is_null()
    )
    return found
