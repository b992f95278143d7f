"""Logging an unhappy customer: case, plan and clocks in one change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import peewee as pw

from recoverydesk.domain.case import (
    Channel,
    Severity,
    Stage,
    Status,
)
from recoverydesk.domain.names import tidy_name
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.playbook import Step, with_asking
from recoverydesk.domain.safety import MAKE_SAFE
from recoverydesk.domain.second_failure import raised
from recoverydesk.domain.text import summary, tidy_text
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import alarms, customers, negotiations, relapses
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.negotiations import Asked
from recoverydesk.services.plans import (
    plant,
    settle,
    steps_of,
    utc,
)
from recoverydesk.services.playbooks import starting
from recoverydesk.services.severities import promised_hours
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Cause,
    Change,
    ChangedRow,
    Customer,
    Playbook,
    PlaybookVersion,
)
from recoverydesk.topics import Topic

TOPICS = Topic.CASES | Topic.CUSTOMERS | Topic.FOLLOW_UPS
OLDEST_YEARS = 10
MOST_STARS = 5


@record
class Intake:
    """What is typed when an unhappy customer is logged."""

    customer: CustomerEntry
    words: str
    """What happened, in their own words."""
    severity: Severity = Severity.UPSET
    channel: Channel = Channel.IN_PERSON
    customer_id: int | None = None
    """A customer who is on the desk already; None finds or makes one."""
    new_customer: bool = False
    """Somebody new, even where a customer of that name is on the desk."""
    asked: Asked | None = None
    feeling: str = ""
    occurred_on: date | None = None
    cause_id: int | None = None
    playbook: str = ""
    """A playbook's key; empty takes the one that this severity starts."""
    review_site: str = ""
    review_stars: int | None = None
    review_link: str = ""
    safety_flag: bool = False
    second_failure: bool = True
    """Whether it may count as one; not where one case is only taken apart."""


@record
class Logged:
    """What was made: the case, and whose it is."""

    case_id: int
    number: str
    customer_id: int
    customer: str
    new_customer: bool
    first_contact_due_at: datetime
    alarm: str = ""
    """Why it counts as a second failure; empty where it doesn't."""


def log(desk: Desk, intake: Intake, *, now: datetime) -> Logged:
    """Log an unhappy customer: case, plan and clocks in one change, or nothing.

    Args:
        desk: the open desk.
        intake: what was typed.
        now: when they spoke up (UTC); the clock runs from here.

    Raises:
        InvalidEntryError: something typed can't be taken; `field` says what.
        NotFoundError: customer, cause or playbook is no longer on the desk.
    """
    words = tidy_text(
        intake.words,
        field="words",
        required=True,
        message="Write down what happened, in their own words if you can.",
    )
    stamp = utc(now)
    with desk.changing(TOPICS, "Log an unhappy customer") as change:
        hours = hours_of_shop()
        _check_day(intake.occurred_on, hours.day_of(now))
        _check_cause(intake.cause_id)
        customer, is_new = _find_or_create(intake, now=stamp)
        severity, alarm = _severity(intake, customer, is_new=is_new, now=stamp)
        worth = customer.worth_year_cents
        plan = intake.playbook or starting(severity, intake.channel, intake.cause_id, worth)
        contact_due = hours.add_open_time(stamp, timedelta(hours=promised_hours()[severity]))
        case = Case.create(
            number=_next_number(hours.day_of(now).year),
            customer=customer.id,
            channel=intake.channel,
            review_site=tidy_text(intake.review_site, field="review_site", limit=100),
            review_stars=_stars(intake.review_stars),
            review_link=tidy_text(intake.review_link, field="review_link", limit=500),
            summary=summary(words),
            words=words,
            feeling=tidy_text(intake.feeling, field="feeling", limit=300),
            severity=severity,
            alarm=alarm,
            safety_flag=intake.safety_flag,
            cause=intake.cause_id,
            owner=desk.person_id,
            playbook_version=newest_version(plan),
            occurred_on=intake.occurred_on,
            opened_at=stamp,
            first_contact_due_at=contact_due,
            status=Status.OPEN,
            stage=Stage.LISTEN,
        )
        change.say(f"Log {case.number}: {customer.name}")
        plant(case, customer, _steps(case, intake), now=stamp)
        if intake.asked is not None:
            _write_asked(case, intake.asked, at=stamp, person_id=desk.person_id)
        settle(case, now=stamp, hours=hours)
        relapses.look([intake.cause_id], now=stamp)
        return Logged(
            case_id=case.id,
            number=case.number,
            customer_id=customer.id,
            customer=customer.name,
            new_customer=is_new,
            first_contact_due_at=contact_due,
            alarm=alarm,
        )


def _severity(
    intake: Intake, customer: Customer, *, is_new: bool, now: datetime
) -> tuple[Severity, str]:
    """Return how upset they count as: one step more where it is a second failure, and why."""
    hours = hours_of_shop()
    earlier = None
    if not is_new and intake.second_failure:
        earlier = alarms.before(customer.id, today=hours.day_of(now), hours=hours)
    if earlier is None:
        return intake.severity, ""
    counted = raised(intake.severity)
    return counted, alarms.alarm_words(
        earlier, intake.severity, counted, left_alone=customer.do_not_contact
    )


def _steps(case: Case, intake: Intake) -> Sequence[Step]:
    """Return what the case's plan begins with, as this desk has it."""
    did_not_say = intake.asked is not None and not intake.asked.said
    own = steps_of(case)
    steps = with_asking(own) if did_not_say else own
    return (MAKE_SAFE, *steps) if intake.safety_flag else steps


def _write_asked(case: Case, asked: Asked, *, at: datetime, person_id: int | None) -> None:
    words = tidy_text(asked.words, field="asked", limit=1_000)
    if not words and asked.said:
        return
    negotiations.write(
        case,
        LineKind.ASKED,
        words or "They did not say.",
        at=at,
        person_id=person_id,
        asked=asked,
    )


def _stars(stars: int | None) -> int | None:
    if stars is not None and not 1 <= stars <= MOST_STARS:
        raise InvalidEntryError("review_stars", "A review has one to five stars.")
    return stars


def _check_day(day: date | None, today: date) -> None:
    if day is None:
        return
    if day > today:
        raise InvalidEntryError("occurred_on", "That day hasn't come yet.")
    if day.year < today.year - OLDEST_YEARS:
        raise InvalidEntryError("occurred_on", "That is more than ten years ago. Check the year.")


def _check_cause(cause_id: int | None) -> None:
    if cause_id is not None and not Cause.select().where(Cause.id == cause_id).exists():
        raise NotFoundError("That cause is no longer on the desk.")


def _find_or_create(intake: Intake, *, now: datetime) -> tuple[Customer, bool]:
    if intake.customer_id is not None:
        row = customers.customer_by_id(intake.customer_id)
        customers.fill_in(row, replace(intake.customer, name=row.name))
        return row, False
    tidy_name(intake.customer.name)
    same = None if intake.new_customer else customers.same_as(intake.customer)
    if same is not None:
        customers.fill_in(same, intake.customer)
        return same, False
    return customers.create(intake.customer, now=now), True


def first_contact_due(desk: Desk, severity: Severity, *, now: datetime) -> tuple[datetime, int]:
    """Return when the first word is promised for, and in how many opening hours."""
    with desk.reading():
        promised = promised_hours()[severity]
        return hours_of_shop().add_open_time(utc(now), timedelta(hours=promised)), promised


def newest_version(key: str) -> int:
    """Return the id of a playbook's newest version; call inside `reading()`.

    Raises:
        NotFoundError: the playbook is no longer on the desk.
    """
    found = (
        PlaybookVersion.select(PlaybookVersion.id)
        .join(Playbook)
        .where(Playbook.key == key)
        .order_by(PlaybookVersion.version.desc())
        .limit(1)
        .scalar()
    )
    if found is None:
        raise NotFoundError("That plan is no longer on the desk.")
    return int(found)


def _next_number(year: int) -> str:
    prefix = f"R-{year}-"
    # A sample's numbers have a letter before their digits, and so count as 0 here.
    count = pw.fn.SUBSTR(Case.number, len(prefix) + 1).cast("INTEGER")
    last = Case.select(pw.fn.MAX(count)).where(Case.number.startswith(prefix)).scalar() or 0
    return f"{prefix}{max(last, _last_taken_back(prefix)) + 1:04d}"


def _last_taken_back(prefix: str) -> int:
    """Return the highest number of a case that Undo has taken off the desk, or 0.

    It was said aloud or written on a slip before: nobody else may get it.
    """
    number = pw.fn.json_extract(ChangedRow.before, "$.number")
    query = (
        ChangedRow.select(pw.fn.MAX(pw.fn.SUBSTR(number, len(prefix) + 1).cast("INTEGER")))
        .join(Change, on=ChangedRow.change_id == Change.id)
        .where(
            Change.undoes_id.is_null(is_null=False),
            ChangedRow.table_name == Case._meta.table_name,  # noqa: SLF001 - Peewee's documented way in
            ChangedRow.after.is_null(),
            number.startswith(prefix),
        )
    )
    return int(query.scalar() or 0)
