"""What is late, for today and ahead: the lists of Today and of the checklist."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import peewee as pw

from recoverydesk.domain.case import Severity, Status
from recoverydesk.domain.contact import Reach, Way
from recoverydesk.domain.follow_up import MAKES_SAFE, Act, FollowUpKind, FollowUpStatus, Unit
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.records import record
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Contact,
    Customer,
    FollowUp,
    Person,
    PlaybookVersion,
    database,
)

AHEAD_DAYS = 7
FARTHEST_YEARS = 5


@record
class DueRow:
    """One line of Today, the checklist, or a list of what is planned."""

    follow_up_id: int
    case_id: int | None
    case_number: str
    customer_id: int | None
    customer: str
    phone: str
    problem: str
    title: str
    act: Act
    kind: FollowUpKind
    reason: str
    due_at: datetime
    due_on: date
    timed: bool
    person: str
    first_contact: bool
    """The customer has not heard from the shop yet, and may be turned to."""
    their_turn: bool = False
    """The shop waits for the customer, so it is never late."""
    open: bool = False
    """Its case is open, and it is the shop's turn."""
    opened_at: datetime | None = None
    """When its case was logged."""
    promised_at: datetime | None = None
    """Until when a first word was promised to its case's customer."""
    severity: Severity | None = None
    preferred_way: Way | None = None
    """How the customer wants to be reached; None where they have not said."""
    best_time: str = ""
    email: str = ""
    put_off_from: datetime | None = None
    """When it fell due before it was put off last."""
    every: int = 0
    every_unit: Unit = Unit.DAYS
    """It comes again so many of these after it was done; 0 where it doesn't."""
    safety: bool = False
    """It makes safe what hurt somebody, or could."""
    latest_on: date | None = None
    """Of staying in touch: until when it is not late yet, as its day is only the ideal one."""
    remedy_id: int | None = None
    """Of a gift: the remedy that is planned."""
    correction_id: int | None = None
    """The fix that it asks about."""


@record
class Agenda:
    """What is due, each follow-up once: safety, broken promises, then the longest late first."""

    late: tuple[DueRow, ...]
    today: tuple[DueRow, ...]
    ahead: tuple[DueRow, ...]

    @property
    def waiting_now(self) -> int:
        """How many are late or for today: the number beside Today."""
        return len(self.late) + len(self.today)


_HEARD_AT = (
    Contact.select(pw.fn.COALESCE(pw.fn.MAX(Contact.at), Customer.created_at))
    .where(Contact.customer == Customer.id, Contact.reach != Reach.NO_ANSWER)
    .alias("heard_at")
)
"""What staying in touch counts from, as `touches` has it."""

_COLUMNS = (
    FollowUp.id,
    FollowUp.case,
    Case.number,
    FollowUp.customer,
    Customer.name,
    Customer.phone,
    Case.summary,
    FollowUp.title,
    FollowUp.act,
    FollowUp.kind,
    FollowUp.reason,
    FollowUp.due_at,
    FollowUp.due_on,
    FollowUp.timed,
    Person.name,
    Case.first_contact_at,
    Case.status,
    Case.opened_at,
    Case.first_contact_due_at,
    Case.severity,
    FollowUp.step_key,
    Customer.preferred_way,
    Customer.best_time,
    Customer.email,
    FollowUp.put_off_from,
    FollowUp.every,
    FollowUp.every_unit,
    Customer.do_not_contact,
    pw.Case(None, [(FollowUp.kind == FollowUpKind.TOUCH, Customer.touch_latest_days)]),
    pw.Case(None, [(FollowUp.kind == FollowUpKind.TOUCH, _HEARD_AT)]),
    FollowUp.remedy_id,
    FollowUp.correction_id,
)


def agenda(
    desk: Desk,
    *,
    now: datetime,
    days: int = AHEAD_DAYS,
    most_ahead: int = 500,
    hours: OpeningHours | None = None,
) -> Agenda:
    """Return what is late, for today and for the next days.

    Args:
        desk: the open desk.
        now: the moment to count from (UTC).
        days: how many days past today to look; five years at the most.
        most_ahead: how many rows of the next days to return at the most.
        hours: the shop's opening hours, where they are known already.
    """
    with desk.reading():
        hours = hours or hours_of_shop()
        today = hours.day_of(now)
        last = today + timedelta(days=min(max(days, 0), 365 * FARTHEST_YEARS))
        query = (
            FollowUp.select(*_COLUMNS)
            .join(Case, pw.JOIN.LEFT_OUTER, on=FollowUp.case == Case.id)
            .join(Customer, pw.JOIN.LEFT_OUTER, on=FollowUp.customer == Customer.id)
            .join(Person, pw.JOIN.LEFT_OUTER, on=FollowUp.person == Person.id)
            .where(
                FollowUp.status == FollowUpStatus.PLANNED,
                FollowUp.due_on.is_null(is_null=False),
                FollowUp.due_on <= last,
            )
            .order_by(FollowUp.due_on, FollowUp.due_at, FollowUp.id)
        )
        # As SQLite has them: there may be hundreds, and Peewee asks every column's field.
        rows = [_due_row(values, hours) for values in database.execute(query)]
    late = tuple(
        sorted(
            (row for row in rows if is_late(row, now=now, today=today)),
            key=lambda row: (not row.safety, row.kind is not FollowUpKind.PROMISE),
        )
    )
    lates = {row.follow_up_id for row in late}
    return Agenda(
        late=late,
        today=tuple(row for row in rows if row.due_on <= today and row.follow_up_id not in lates),
        ahead=tuple(row for row in rows if row.due_on > today)[:most_ahead],
    )


def count_waiting(desk: Desk, *, now: datetime) -> int:
    """Return how many follow-ups are late or for today, without reading them."""
    with desk.reading():
        return int(
            FollowUp.select()
            .where(
                FollowUp.status == FollowUpStatus.PLANNED,
                FollowUp.due_on <= hours_of_shop().day_of(now),
            )
            .count()
        )


def is_late(row: DueRow, *, now: datetime, today: date) -> bool:
    """Say whether a follow-up's day, or its hour where that matters, is over.

    While it is the customer's turn nothing is late.
    """
    last_on = row.due_on if row.latest_on is None else max(row.due_on, row.latest_on)
    return not row.their_turn and (last_on < today or (row.timed and row.due_at < now))


def _due_row(values: Sequence[Any], hours: OpeningHours) -> DueRow:
    (
        follow_up_id, case_id, number, customer_id, customer, phone, problem, title,
        act, kind, reason, due_at, due_on, timed, person, first_contact_at, status, opened_at,
        promised_at, severity, step_key, preferred_way, best_time, email, put_off_from,
        every, every_unit, left_alone, latest_days, heard_at, remedy_id, correction_id,
    ) = values  # fmt: skip
    return DueRow(
        follow_up_id=follow_up_id,
        case_id=case_id,
        case_number=number or "",
        customer_id=customer_id,
        customer=customer or "",
        phone=phone or "",
        problem=problem or "",
        title=title,
        act=Act(act),
        kind=FollowUpKind(kind),
        reason=reason,
        due_at=datetime.fromisoformat(due_at),
        due_on=date.fromisoformat(due_on),
        timed=bool(timed),
        person=person or "",
        first_contact=case_id is not None and first_contact_at is None and not left_alone,
        their_turn=status == Status.WAITING_CUSTOMER,
        open=status == Status.OPEN,
        opened_at=None if opened_at is None else datetime.fromisoformat(opened_at),
        promised_at=None if promised_at is None else datetime.fromisoformat(promised_at),
        severity=None if severity is None else Severity(severity),
        safety=step_key == MAKES_SAFE,
        preferred_way=None if preferred_way is None else Way(preferred_way),
        best_time=best_time or "",
        email=email or "",
        put_off_from=None if put_off_from is None else datetime.fromisoformat(put_off_from),
        every=every,
        every_unit=Unit(every_unit),
        latest_on=None if latest_days is None else _day(heard_at, latest_days, hours),
        remedy_id=remedy_id,
        correction_id=correction_id,
    )


def _day(stamp: str, days_on: int, hours: OpeningHours) -> date:
    return hours.day_of(datetime.fromisoformat(stamp)) + timedelta(days=days_on)


def coach(desk: Desk, follow_up_id: int) -> str:
    """Return how to go about a step of a plan; empty where nothing is said about it."""
    with desk.reading():
        found = (
            FollowUp.select(FollowUp.step_key, PlaybookVersion.steps)
            .join(Case)
            .join(PlaybookVersion)
            .where(FollowUp.id == follow_up_id)
            .tuples()
            .first()
        )
    key, steps = found or ("", "[]")
    # As it is stored: the start page doesn't wait 10 ms for all that a plan is.
    for step in json.loads(steps):
        if step["key"] == key:
            return str(step.get("coach", ""))
    if not key:
        return ""
    from recoverydesk.services.plans import JOINING  # noqa: PLC0415 - as above

    return next((step.coach for step in JOINING if step.key == key), "")
