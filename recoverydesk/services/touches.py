"""Staying in touch: so many days after the last contact, and at the latest after so many.

For each customer who has such a gap set there is one follow-up. Every contact that got through
moves it; a call that nobody answered doesn't, as nobody has heard from anybody.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

import peewee as pw

from recoverydesk.domain.contact import Reach, Way
from recoverydesk.domain.days import day_words
from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import end_of_day
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import customer_follow_ups
from recoverydesk.services.customer_follow_ups import Wanted
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.plans import LEFT_ALONE, greeting_of
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Contact, Customer, FollowUp
from recoverydesk.topics import Topic

MOST_DAYS = 1_096
"""Three years."""
TOPICS = Topic.CUSTOMERS | Topic.FOLLOW_UPS
WRITTEN = frozenset({Way.EMAIL, Way.LETTER, Way.MESSAGE})
NOT_WANTED = "nobody asked to stay in touch any more"
ONE_IS_ENOUGH = "there is one already"


class TouchTone(StrEnum):
    """How pressing it is to get in touch."""

    OK = "ok"
    AMBER = "amber"
    """The ideal day is over."""
    RED = "red"
    """The latest day is over."""


@record
class TouchState:
    """When to get in touch with a customer again."""

    tone: TouchTone
    last_on: date | None
    """The day of the last contact; None where there was none yet."""
    ideal_on: date
    latest_on: date
    ideal_days: int
    latest_days: int
    left_alone: bool
    """They asked not to be contacted: nothing is planned."""


def state(desk: Desk, customer_id: int, *, now: datetime) -> TouchState | None:
    """Return when to get in touch again; None where nobody asked to.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.reading():
        row = customer_by_id(customer_id)
        if row.touch_ideal_days is None:
            return None
        hours = hours_of_shop()
        ideal_on, latest_on = _days(row, hours)
        last = last_contact(row.id)
        return TouchState(
            tone=_tone(row, hours.day_of(now), ideal_on, latest_on),
            last_on=None if last is None else hours.day_of(last),
            ideal_on=ideal_on,
            latest_on=latest_on,
            ideal_days=row.touch_ideal_days,
            latest_days=_latest_days(row),
            left_alone=row.do_not_contact,
        )


def _tone(row: Customer, today: date, ideal_on: date, latest_on: date) -> TouchTone:
    if row.do_not_contact or today <= ideal_on:
        return TouchTone.OK
    return TouchTone.AMBER if today <= latest_on else TouchTone.RED


def set_gaps(
    desk: Desk, customer_id: int, ideal: int | None, latest: int | None, *, now: datetime
) -> None:
    """Set after how many days one gets in touch with a customer, counted from the last contact.

    Args:
        desk: the open desk.
        customer_id: with whom.
        ideal: days after the last contact; None for not at all.
        latest: days after which it is late; None only where `ideal` is.
        now: this moment (UTC).

    Raises:
        NotFoundError: the customer is no longer on the desk.
        InvalidEntryError: only one of the two, too few or too many days, or the latest before
            the ideal; `field` says which.
    """
    _check(ideal, latest)
    with desk.changing(TOPICS, "Stay in touch") as change:
        row = customer_by_id(customer_id)
        change.say(f"Stay in touch with {row.name}" if ideal else f"No gap any more: {row.name}")
        if (row.touch_ideal_days, row.touch_latest_days) == (ideal, latest):
            return  # and a day that was put off stays
        row.touch_ideal_days, row.touch_latest_days = ideal, latest
        row.save(only=row.dirty_fields)
        if ideal is None:
            customer_follow_ups.end(
                FollowUpKind.TOUCH, now=now, words=NOT_WANTED, customer_id=row.id
            )
            return
        hours = hours_of_shop()
        _plan(row, _days(row, hours)[0], hours=hours, now=now)


def _check(ideal: int | None, latest: int | None) -> None:
    for field, days in (("touch_ideal", ideal), ("touch_latest", latest)):
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise InvalidEntryError(
                field, "Write a number of days.", advice="From 1 day to three years."
            )
    if ideal is None and latest is not None:
        raise InvalidEntryError("touch_ideal", "After how many days would you like to?")
    if ideal is not None and latest is None:
        raise InvalidEntryError("touch_latest", "After how many days is it too late?")
    if ideal is not None and latest is not None and latest < ideal:
        raise InvalidEntryError(
            "touch_latest", "That comes before the day you would like.", advice="Make it longer."
        )


def heard(contact: Contact, *, hours: OpeningHours | None = None) -> None:
    """Restart the gap by a contact that was just written down; call inside `changing()`."""
    if contact.reach == Reach.NO_ANSWER:
        return
    row = customer_by_id(contact.customer_id)
    if row.touch_ideal_days is not None:
        restart(row, contact.at, hours or hours_of_shop())


def restart(customer: Customer, at: datetime, hours: OpeningHours) -> None:
    """Count the gap anew from a contact; call inside `changing()`, after it was written.

    Written down later, an earlier contact than the last one changes nothing.
    """
    last = last_contact(customer.id)
    if customer.touch_ideal_days is None or (last is not None and at < last):
        return
    _plan(customer, _days(customer, hours)[0], hours=hours, now=at)


def go_on(customer_id: int, *, now: datetime) -> None:
    """Plan the next time after one was ticked or left out; call inside `changing()`."""
    row = customer_by_id(customer_id)
    if row.touch_ideal_days is None:
        return
    hours = hours_of_shop()
    day = hours.day_of(now) + timedelta(days=row.touch_ideal_days)
    _plan(row, day, hours=hours, now=now)


def of_both(kept: Customer, other: Customer, *, now: datetime) -> None:
    """Make one gap of two customers' who are one; call inside `changing()`, once rows moved.

    What is set for the one who stays counts; where nothing is, the other's. The last contact is
    the last one with either.
    """
    if kept.touch_ideal_days is None:
        kept.touch_ideal_days = other.touch_ideal_days
        kept.touch_latest_days = other.touch_latest_days
        kept.save(only=kept.dirty_fields)
    if kept.touch_ideal_days is not None:
        hours = hours_of_shop()
        _plan(kept, _days(kept, hours)[0], hours=hours, now=now)


def last_contact(customer_id: int) -> datetime | None:
    """Return when a word last passed between the shop and a customer; call inside `reading()`."""
    found: datetime | None = (
        Contact.select(pw.fn.MAX(Contact.at))
        .where(Contact.customer == customer_id, Contact.reach != Reach.NO_ANSWER)
        .scalar()
    )
    return found


def _days(row: Customer, hours: OpeningHours) -> tuple[date, date]:
    """Return the ideal and the latest day: from the last contact, else since they are known."""
    assert row.touch_ideal_days is not None
    start = hours.day_of(last_contact(row.id) or row.created_at)
    return (
        start + timedelta(days=row.touch_ideal_days),
        start + timedelta(days=_latest_days(row)),
    )


def _latest_days(row: Customer) -> int:
    # The columns allow a row that has only the one.
    return int(row.touch_latest_days or row.touch_ideal_days or 0)


def _plan(row: Customer, on: date, *, hours: OpeningHours, now: datetime) -> None:
    """Move the one follow-up to a day, or write it; more than one become one."""
    still = (FollowUp.status == FollowUpStatus.PLANNED) | (FollowUp.end_words == LEFT_ALONE)
    where = (FollowUp.kind == FollowUpKind.TOUCH) & (FollowUp.customer == row.id) & still
    found = list(FollowUp.select().where(where).order_by(FollowUp.id))
    way = row.preferred_way
    act = Act.WRITE if way in WRITTEN else Act.CALL
    title, reason = f"Get in touch with {greeting_of(row)}", _reason(row, hours)
    if not found:
        wanted = Wanted(FollowUpKind.TOUCH, act, title, reason, on)
        customer_follow_ups.plant(row, wanted, hours=hours, now=now)
        return
    one, *more = found
    due = end_of_day(hours.next_open_day(on), hours)
    one.act, one.title, one.reason = act, title, reason
    one.due_at, one.due_on = due.at, due.on
    one.moved, one.put_off_from = False, None
    one.save(only=one.dirty_fields)
    for other in more:
        other.status, other.ended_at = FollowUpStatus.SKIPPED, now
        other.end_words = ONE_IS_ENOUGH
        other.save(only=other.dirty_fields)


def _reason(row: Customer, hours: OpeningHours) -> str:
    last = last_contact(row.id)
    latest = day_words(_days(row, hours)[1])
    since = "no contact yet" if last is None else f"last contact {day_words(hours.day_of(last))}"
    return f"{since}; at the latest by {latest}"
