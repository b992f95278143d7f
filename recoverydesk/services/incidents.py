"""Incidents: one failure that hit many customers, each with a case of their own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import peewee as pw

from recoverydesk.domain.case import Channel, Severity
from recoverydesk.domain.names import name_key
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.progress import Progress
from recoverydesk.records import record
from recoverydesk.services import intake, relapses
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.incident_names import customers_of, new, tidy_names, whom
from recoverydesk.services.intake import OLDEST_YEARS, Intake
from recoverydesk.services.plans import case_by_id, case_even_if_merged, settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, Incident
from recoverydesk.topics import Topic

TOPICS = intake.TOPICS


@record
class IncidentEntry:
    """What is typed about a failure that hit many."""

    title: str
    """What it is called in lists: "The oven broke"."""
    words: str = ""
    """What happened, as the shop tells it: every case and every letter says it so."""
    our_part: str = ""
    """What we did wrong."""
    happened_on: date | None = None
    cause_id: int | None = None
    severity: Severity = Severity.UPSET
    """How upset each of them counts as, a second failure aside."""


def open_incident(
    desk: Desk,
    entry: IncidentEntry,
    customer_ids: Sequence[int],
    *,
    names: Sequence[str] = (),
    new_names: Sequence[str | CustomerEntry] = (),
    case_ids: Sequence[int] = (),
    now: datetime,
    progress: Progress | None = None,
) -> int:
    """Write a failure down, and log a case for everybody it hit: all of it, or nothing.

    Everybody is taken once, however often they are named.

    Args:
        desk: the open desk.
        entry: what happened.
        customer_ids: who was hit.
        names: who else; found by that name, else new to the desk.
        new_names: who is new to the desk, even where somebody of that name is on it;
            with phone and e-mail, where they are known.
        case_ids: cases that have been logged already; their customers get no second one.
        now: this moment (UTC); every clock runs from here.
        progress: told before each case; stops between two, and then nothing is saved.

    Returns:
        The incident's id.

    Raises:
        InvalidEntryError: something typed can't be taken, nobody is picked, or a name means more
            than one customer; `field` says what.
        NotFoundError: a customer, a case or the cause is no longer on the desk.
        NotAllowedError: a case belongs to an incident already.
        Cancelled: the owner stopped it.
    """
    with desk.changing(TOPICS, "Open an incident") as change:
        row = _create(entry, now=now)
        for case_id in dict.fromkeys(case_ids):
            _take_in(row, case_even_if_merged(case_id), now=now)
        hit = _each_once([*whom(row.id, customer_ids, names), *new(new_names)])
        _log_all(desk, row, hit, entry.severity, now=now, progress=progress or Progress())
        count = len(customers_of(row.id))
        if not count:
            raise InvalidEntryError("customers", "Nobody is picked yet. Who was hit by it?")
        change.say(f"Incident “{row.title}”: {count_words(count)}")
        return int(row.id)


def from_case(desk: Desk, case_id: int, title: str, *, now: datetime) -> int:
    """Make an incident of what happened to one customer, and take their case into it.

    Returns:
        The incident's id.

    Raises:
        InvalidEntryError: no title, or one that is too long.
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it belongs to an incident already, or has become part of another case.
    """
    with desk.changing(TOPICS, "Open an incident"):
        entry = replace(suggested(desk, case_id), title=title)
        return open_incident(desk, entry, (), case_ids=[case_id], now=now)


def suggested(desk: Desk, case_id: int) -> IncidentEntry:
    """Return what an incident would say that is made of a case.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.reading():
        case = case_by_id(case_id)
        return IncidentEntry(
            title=case.summary,
            words=case.restatement or case.words,
            our_part=case.our_part,
            happened_on=case.occurred_on,
            cause_id=case.cause_id,
            severity=Severity(case.severity),
        )


def add_customers(
    desk: Desk,
    incident_id: int,
    customer_ids: Sequence[int],
    *,
    names: Sequence[str] = (),
    new_names: Sequence[str | CustomerEntry] = (),
    now: datetime,
    progress: Progress | None = None,
) -> int:
    """Log a case for more customers whom an incident hit; who has one already is passed over.

    They count as upset as most of the others did.

    Args:
        desk: the open desk.
        incident_id: the incident.
        customer_ids: who was hit, too.
        names: who else; found by that name, else new to the desk.
        new_names: who is new to the desk, even where somebody of that name is on it;
            with phone and e-mail, where they are known.
        now: this moment (UTC).
        progress: told before each case; stops between two, and then nothing is saved.

    Returns:
        How many were new to the incident.

    Raises:
        InvalidEntryError: nobody is picked, or a name can't be taken or means more than one.
        NotFoundError: the incident or a customer is no longer on the desk.
        Cancelled: the owner stopped it.
    """
    with desk.changing(TOPICS, "Add customers to an incident") as change:
        row = incident_by_id(incident_id)
        if not (customer_ids or tidy_names(names) or new(new_names)):
            raise InvalidEntryError("customers", "Nobody is picked yet. Who was hit, too?")
        hit = _each_once([*whom(row.id, customer_ids, names), *new(new_names)])
        severity = _usual_severity(row.id)
        _log_all(desk, row, hit, severity, now=now, progress=progress or Progress())
        change.say(f"Add {count_words(len(hit))}: {row.title}")
        return len(hit)


def take_in(desk: Desk, incident_id: int, case_id: int, *, now: datetime) -> None:
    """Say that a case is one of those that an incident brought.

    What the case doesn't know yet, it learns from the incident: our part in it, and the cause.

    Raises:
        NotFoundError: incident or case is no longer on the desk.
        NotAllowedError: the case belongs to an incident already, or has become part of another.
    """
    with desk.changing(Topic.CASES, "Take a case into an incident") as change:
        row, case = incident_by_id(incident_id), case_even_if_merged(case_id)
        _take_in(row, case, now=now)
        change.say(f"{case.number} belongs to “{row.title}”")


def leave(desk: Desk, case_id: int) -> None:
    """Take a case out of its incident: it happened apart. The case itself stays as it is.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it belongs to none.
    """
    with desk.changing(Topic.CASES, "Take a case out of its incident") as change:
        case = case_by_id(case_id)
        if case.incident_id is None:
            raise NotAllowedError("That case belongs to no incident.")
        change.say(f"{case.number} belongs to no incident")
        case.incident_id = None
        case.save(only=case.dirty_fields)


def incident_by_id(incident_id: int) -> Incident:
    """Return an incident's row; call inside `reading()` or `changing()`.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    row = Incident.get_or_none(Incident.id == incident_id)
    if row is None:
        raise NotFoundError("That incident is no longer on the desk.")
    return row


def live_cause(cause_id: int | None) -> int | None:
    """Return the cause that another one has been merged into, or itself; call inside `reading()`.

    Incidents move with their cause; those merged before they did still name the one that went.
    """
    query = Cause.select(Cause.merged_into)
    while cause_id is not None:
        into = query.where(Cause.id == cause_id).scalar()
        if into is None:
            break
        cause_id = into
    return cause_id


def count_words(count: int) -> str:
    """Say how many customers that is."""
    return "1 customer" if count == 1 else f"{count:,} customers"


def _create(entry: IncidentEntry, *, now: datetime) -> Incident:
    title = tidy_text(
        " ".join(entry.title.split()),
        field="title",
        limit=120,
        required=True,
        message="What do you call it? A few words will do.",
    )
    words = tidy_text(
        entry.words,
        field="words",
        limit=4_000,
        required=True,
        message="Write down what happened, as you would tell them all.",
    )
    _check_day(entry.happened_on, hours_of_shop().day_of(now))
    if entry.cause_id is not None and not Cause.select().where(Cause.id == entry.cause_id).exists():
        raise NotFoundError("That cause is no longer on the desk.")
    return Incident.create(
        title=title,
        words=words,
        our_part=tidy_text(entry.our_part, field="our_part", limit=1_000),
        happened_on=entry.happened_on,
        cause=entry.cause_id,
        created_at=utc(now),
    )


def _check_day(day: date | None, today: date) -> None:
    if day is not None and day > today:
        raise InvalidEntryError("happened_on", "That day hasn't come yet.")
    if day is not None and day.year < today.year - OLDEST_YEARS:
        raise InvalidEntryError("happened_on", "That is more than ten years ago. Check the year.")


def _take_in(row: Incident, case: Case, *, now: datetime) -> None:
    if case.merged_into_id is not None:
        raise NotAllowedError("This case has become part of another one.")
    if case.incident_id == row.id:
        raise NotAllowedError("That case belongs to this incident already.")
    if case.incident_id is not None:
        title = incident_by_id(case.incident_id).title
        raise NotAllowedError(
            f"That case belongs to “{title}” already.", advice="Take it out of there first."
        )
    case.incident_id = row.id
    case.our_part = case.our_part or row.our_part
    if case.cause_id is None:
        case.cause_id = live_cause(row.cause_id)
    case.save(only=case.dirty_fields)
    settle(case, now=now)
    relapses.look([case.cause_id], now=now)


def _log_all(
    desk: Desk,
    row: Incident,
    hit: Sequence[int | CustomerEntry],
    severity: Severity,
    *,
    now: datetime,
    progress: Progress,
) -> None:
    """Log a case for each: a customer by id, or somebody new."""
    cause_id = live_cause(row.cause_id)
    made = []
    for place, who in enumerate(hit):
        progress.step(place, len(hit))
        known = who if isinstance(who, int) else None
        entry = Intake(
            customer=CustomerEntry(name="") if isinstance(who, int) else who,
            customer_id=known,
            new_customer=known is None,
            words=row.words,
            severity=severity,
            channel=Channel.NOTICED_BY_US,
            occurred_on=row.happened_on,
            cause_id=cause_id,
        )
        made.append(intake.log(desk, entry, now=now).case_id)
    # They told us nothing: what letters quote is how the shop tells it.
    Case.update(incident=row.id, restatement=row.words, our_part=row.our_part).where(
        Case.id.in_(made)
    ).execute()


def _each_once(hit: Sequence[int | CustomerEntry]) -> list[int | CustomerEntry]:
    once: dict[object, int | CustomerEntry] = {}
    for who in hit:
        once.setdefault(who if isinstance(who, int) else name_key(who.name), who)
    return list(once.values())


def _usual_severity(incident_id: int) -> Severity:
    """Return how upset most count as; a second failure is one's own."""
    found = (
        Case.select(Case.severity)
        .where(Case.incident == incident_id, Case.alarm == "")
        .group_by(Case.severity)
        .order_by(pw.fn.COUNT(Case.id).desc(), Case.severity)
        .limit(1)
        .scalar()
    )
    return Severity.UPSET if found is None else Severity(found)
