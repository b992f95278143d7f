"""Dating the steps of a plan from events, and finding the one next step of a case."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from recoverydesk.domain.follow_up import Anchor, Unit
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.records import record

Events = Mapping[Anchor, datetime | None]
"""When each event happened (UTC); None or missing where it hasn't."""

ANY_TIME = time(23, 59)
"""A step that only needs a day falls due at the end of it."""

PROVISIONAL_DAYS = 7
"""A step whose event hasn't happened is looked at again after so many opening days."""

REASONS = {
    Anchor.OPENED: "since it was logged",
    Anchor.FIRST_CONTACT: "since you first spoke",
    Anchor.AGREED: "since you agreed",
    Anchor.HANDED_OVER: "since it was put right",
    Anchor.RESOLVED: "since it was resolved",
    Anchor.NEXT_VISIT: "since their next purchase",
    Anchor.CORRECTION_DONE: "since the cause was mended",
    Anchor.FIXED: "on the day you chose",
    Anchor.STEP_DONE: "since the step before",
}

AT_ONCE = {
    Anchor.OPENED: "the day it was logged",
    Anchor.FIRST_CONTACT: "the day you first spoke",
    Anchor.AGREED: "the day you agreed",
    Anchor.HANDED_OVER: "the day it was put right",
    Anchor.RESOLVED: "the day it was resolved",
    Anchor.NEXT_VISIT: "at their next purchase",
    Anchor.CORRECTION_DONE: "the day the cause was mended",
    Anchor.STEP_DONE: "as soon as the step before is done",
}
"""The same for a step that falls due as soon as its event happens."""

UNITS = {
    Unit.OPEN_HOURS: ("opening hour", "opening hours"),
    Unit.OPEN_DAYS: ("opening day", "opening days"),
    Unit.DAYS: ("day", "days"),
    Unit.WEEKS: ("week", "weeks"),
    Unit.MONTHS: ("month", "months"),
}


@record
class Due:
    """When something falls due."""

    at: datetime
    """UTC. Where only the day matters, the end of that day in the shop."""
    on: date
    """The shop's day."""


def due_of(
    anchor_at: datetime | None, offset: int, unit: Unit, *, timed: bool, hours: OpeningHours
) -> Due | None:
    """Return when a step falls due, or None while its event has not happened.

    Args:
        anchor_at: when the event happened (UTC).
        offset: how many units later.
        unit: opening hours and opening days skip closed times; the rest lands on a closed
            day only to be moved to the next open one.
        timed: whether the hour matters.
        hours: the shop's opening hours.
    """
    if anchor_at is None:
        return None
    if unit is Unit.OPEN_HOURS:
        at = hours.add_open_time(anchor_at, timedelta(hours=offset))
        return Due(at, hours.day_of(at)) if timed else end_of_day(hours.day_of(at), hours)
    day = _later(hours.day_of(anchor_at), offset, unit, hours)
    if not timed:
        return end_of_day(day, hours)
    at = hours.at(day, anchor_at.astimezone(hours.zone).time().replace(tzinfo=None))
    opens, closes = hours.opens_at(day), hours.closes_at(day)
    if opens is not None and closes is not None:
        at = min(max(at, opens), closes)
    return Due(at, day)


def _later(day: date, offset: int, unit: Unit, hours: OpeningHours) -> date:
    if unit is Unit.OPEN_DAYS:
        return hours.add_open_days(day, offset)
    if unit is Unit.MONTHS:
        return hours.next_open_day(add_months(day, offset))
    count = timedelta(weeks=offset) if unit is Unit.WEEKS else timedelta(days=offset)
    return hours.next_open_day(day + count)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on; the 31st becomes a shorter month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def end_of_day(day: date, hours: OpeningHours) -> Due:
    """Return a due moment for something that any time of that day will do for."""
    return Due(hours.at(day, ANY_TIME), day)


def provisional(today: date, hours: OpeningHours) -> Due:
    """Return when to look again at a step whose event has not happened yet."""
    return end_of_day(hours.add_open_days(today, PROVISIONAL_DAYS), hours)


def reason_of(anchor: Anchor, offset: int, unit: Unit) -> str:
    """Say in words why a step falls due when it does."""
    if anchor is Anchor.FIXED:
        return REASONS[anchor]
    if offset == 0:
        return AT_ONCE[anchor]
    one, many = UNITS[unit]
    return f"{offset} {one if offset == 1 else many} {REASONS[anchor]}"


@record
class Planned:
    """A follow-up still to do, as far as finding the next step is concerned."""

    follow_up_id: int
    title: str
    due_at: datetime | None
    timed: bool
    position: int


def next_step(planned: Iterable[Planned]) -> Planned | None:
    """Return the one next step of a case: the first to fall due of those that have a date."""
    dated = [step for step in planned if step.due_at is not None]
    return min(
        dated, key=lambda step: (step.due_at, step.position, step.follow_up_id), default=None
    )


def first_undated(planned: Iterable[Planned]) -> Planned | None:
    """Return the first step that waits for an event."""
    undated = [step for step in planned if step.due_at is None]
    return min(undated, key=lambda step: (step.position, step.follow_up_id), default=None)
