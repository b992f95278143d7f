"""What was said, when, and how it left the customer."""

from datetime import date, datetime, timedelta
from typing import Any

from recoverydesk.domain.contact import Direction, Mood, Reach, Way, stops_the_clock
from recoverydesk.domain.days import day_words
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import promises, touches
from recoverydesk.services.plans import case_by_id, settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.waiting import end_waiting
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Contact, Person
from recoverydesk.topics import Topic

EARLIEST = timedelta(days=31)
"""How long before the case, or before what it is about, a contact of it may have been."""


@record
class ContactEntry:
    """One touch, as it is logged."""

    way: Way = Way.CALL
    reach: Reach = Reach.REACHED
    direction: Direction = Direction.OUT
    mood: Mood | None = None
    words: str = ""


@record
class ContactView:
    """One touch, as the conversation shows it."""

    contact_id: int
    at: datetime
    way: Way
    direction: Direction
    reach: Reach
    mood: Mood | None
    words: str
    person: str


def log(
    desk: Desk,
    case_id: int,
    entry: ContactEntry,
    *,
    now: datetime,
    at: datetime | None = None,
    keeps_promises: bool = True,
    next_word_by: datetime | None = None,
) -> int:
    """Write a contact down; the first outgoing one that got through stops the clock.

    Args:
        desk: the open desk.
        case_id: the case it was about.
        entry: what happened.
        now: this moment (UTC).
        at: when it was, if earlier.
        keeps_promises: False for what only makes one, as a slip does.
        next_word_by: until when they were told that they hear from the shop again.

    Returns:
        The contact's id.

    Raises:
        NotFoundError: the case is no longer on the desk.
        InvalidEntryError: the text is too long, the time lies ahead, or what was promised
            can't be.
    """
    when = utc(at or now)
    if when > utc(now):
        raise InvalidEntryError("at", "That moment hasn't come yet.")
    words = tidy_text(entry.words, field="words", limit=10_000)
    if next_word_by is not None:
        promises.check_time(next_word_by, now=now)
    topics = Topic.CONTACTS | Topic.CASES | Topic.FOLLOW_UPS
    with desk.changing(topics, "Log a contact") as change:
        case = case_by_id(case_id)
        change.say(f"Log a contact: {case.number}")
        _check_not_long_before(case, when)
        row = write(
            case,
            entry,
            words=words,
            at=when,
            person_id=desk.person_id,
            keeps_promises=keeps_promises,
        )
        if next_word_by is not None:
            promises.give(
                case,
                next_word_by,
                until=True,
                hours=hours_of_shop(),
                now=utc(now),
                person_id=desk.person_id,
            )
        settle(case, now=now)
        return int(row.id)


def _check_not_long_before(case: Case, at: datetime) -> None:
    hours = hours_of_shop()
    logged = day_words(hours.day_of(case.opened_at))
    begun = min(hours.day_of(case.opened_at), case.occurred_on or date.max)
    if hours.day_of(at) < begun - EARLIEST:
        raise InvalidEntryError(
            "at",
            f"That was long before the case was logged, on {logged}.",
            advice="Check the day and the year.",
        )


def write(
    case: Case,
    entry: ContactEntry,
    *,
    words: str,
    at: datetime,
    person_id: int | None,
    keeps_promises: bool = True,
) -> Contact:
    """Write a contact and its facts; call inside `changing()`, then `plans.settle`."""
    row = Contact.create(
        customer=case.customer_id,
        case=case.id,
        at=at,
        way=entry.way,
        direction=entry.direction,
        reach=entry.reach,
        mood=entry.mood,
        words=words,
        person=person_id,
    )
    if stops_the_clock(entry.direction, entry.reach):
        # A word before it was logged counts from then: no clock runs backwards.
        first = max(at, case.opened_at)
        case.first_contact_at = min(case.first_contact_at or first, first)
        if case.last_update_at is None or case.last_update_at < at:
            case.last_update_at = at
        if keeps_promises:
            reached = entry.reach is Reach.REACHED
            promises.keep(case.id, at, reached=reached, hours=hours_of_shop())
    # Written down later, an earlier call is not the answer that was waited for.
    since = case.waiting_since
    if entry.direction is Direction.IN and since is not None and at >= since:
        end_waiting(case, at, hours_of_shop())
    touches.heard(row)
    return row


COLUMNS = (
    Contact.id, Contact.at, Contact.way, Contact.direction, Contact.reach, Contact.mood,
    Contact.words, Person.name,
)  # fmt: skip
"""What a `ContactView` is made of; `Person` is joined to it."""


def views(query: Any) -> tuple[ContactView, ...]:  # noqa: ANN401 - peewee's own
    """Return the contacts that a query of `COLUMNS` finds; call inside `reading()`."""
    return tuple(
        ContactView(
            contact_id=contact_id,
            at=at,
            way=Way(way),
            direction=Direction(direction),
            reach=Reach(reach),
            mood=None if mood is None else Mood(mood),
            words=words,
            person=person or "",
        )
        for contact_id, at, way, direction, reach, mood, words, person in query.tuples()
    )


def of_case(case_id: int) -> tuple[ContactView, ...]:
    """Return a case's contacts, the newest first; call inside `reading()`."""
    return views(
        Contact.select(*COLUMNS)
        .left_outer_join(Person, on=Contact.person == Person.id)
        .where(Contact.case == case_id)
        .order_by(Contact.at.desc(), Contact.id.desc())
    )
