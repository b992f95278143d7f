"""What falls due: lists for Today and the checklist, and how each one ends."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import peewee as pw

from recoverydesk.domain.case import Status
from recoverydesk.domain.contact import Direction, Reach, Way
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import end_of_day
from recoverydesk.domain.playbook import Fact, Step, steps_from_json
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import remedies
from recoverydesk.services.plans import (
    FACT_COLUMNS,
    LISTENS,
    WAITED,
    case_by_id,
    end_waiting,
    settle,
    steps_of,
    utc,
)
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Contact,
    CorrectiveAction,
    Customer,
    FollowUp,
    Person,
    PlaybookVersion,
    PositiveEvent,
    Remedy,
)
from recoverydesk.topics import Topic

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
    """The customer has not heard from the shop yet."""
    their_turn: bool = False
    """The shop waits for the customer, so it is never late."""
    open: bool = False
    """Its case is open, and it is the shop's turn."""
    opened_at: datetime | None = None
    """When its case was logged."""


@record
class Agenda:
    """What is due, each follow-up once, the longest late first."""

    late: tuple[DueRow, ...]
    today: tuple[DueRow, ...]
    ahead: tuple[DueRow, ...]

    @property
    def waiting_now(self) -> int:
        """How many are late or for today: the number beside Today."""
        return len(self.late) + len(self.today)


COLUMNS = (
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
)


def agenda(desk: Desk, *, now: datetime, days: int = AHEAD_DAYS, most_ahead: int = 500) -> Agenda:
    """Return what is late, for today and for the next days.

    Args:
        desk: the open desk.
        now: the moment to count from (UTC).
        days: how many days past today to look; five years at the most.
        most_ahead: how many rows of the next days to return at the most.
    """
    with desk.reading():
        today = hours_of_shop().day_of(now)
        last = today + timedelta(days=min(max(days, 0), 365 * FARTHEST_YEARS))
        query = (
            FollowUp.select(*COLUMNS)
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
        rows = [_due_row(values) for values in query.tuples()]
    late = tuple(row for row in rows if is_late(row, now=now, today=today))
    lates = {row.follow_up_id for row in late}
    return Agenda(
        late=late,
        today=tuple(row for row in rows if row.due_on <= today and row.follow_up_id not in lates),
        ahead=tuple(row for row in rows if row.due_on > today)[:most_ahead],
    )


def is_late(row: DueRow, *, now: datetime, today: date) -> bool:
    """Say whether a follow-up's day, or its hour where that matters, is over.

    While it is the customer's turn nothing is late.
    """
    return not row.their_turn and (row.due_on < today or (row.timed and row.due_at < now))


def _due_row(values: tuple[object, ...]) -> DueRow:
    (
        follow_up_id, case_id, number, customer_id, customer, phone, problem, title,
        act, kind, reason, due_at, due_on, timed, person, first_contact_at, status, opened_at,
    ) = values  # fmt: skip
    return DueRow(
        follow_up_id=follow_up_id,  # type: ignore[arg-type]
        case_id=case_id,  # type: ignore[arg-type]
        case_number=str(number or ""),
        customer_id=customer_id,  # type: ignore[arg-type]
        customer=str(customer or ""),
        phone=str(phone or ""),
        problem=str(problem or ""),
        title=str(title),
        act=Act(str(act)),
        kind=FollowUpKind(str(kind)),
        reason=str(reason),
        due_at=due_at,  # type: ignore[arg-type]
        due_on=due_on,  # type: ignore[arg-type]
        timed=bool(timed),
        person=str(person or ""),
        first_contact=case_id is not None and first_contact_at is None,
        their_turn=status == Status.WAITING_CUSTOMER,
        open=status == Status.OPEN,
        opened_at=opened_at,  # type: ignore[arg-type]
    )


def _planned_row(follow_up_id: int) -> FollowUp:
    row = FollowUp.get_or_none(FollowUp.id == follow_up_id)
    if row is None:
        raise NotFoundError("That follow-up is no longer on the desk.")
    if row.status != FollowUpStatus.PLANNED:
        raise NotAllowedError("That follow-up has been dealt with already.")
    return row


def complete(
    desk: Desk, follow_up_id: int, *, now: datetime, note: str = "", not_agreed_why: str = ""
) -> None:
    """Mark a follow-up done, and with it the fact of the case that it stands for.

    Args:
        desk: the open desk.
        follow_up_id: which one.
        now: when it was done (UTC).
        note: what came of it.
        not_agreed_why: for a listening step: why the customer has not agreed with how we
            said it back; asked once.

    Raises:
        NotFoundError, NotAllowedError: it is gone or dealt with already.
        InvalidEntryError: `not_agreed_why` has to be asked.
    """
    note = tidy_text(note, field="note", limit=2_000)
    with desk.changing(Topic.FOLLOW_UPS | Topic.CASES, "Mark a follow-up done") as change:
        row = _planned_row(follow_up_id)
        change.say(f"Done: {row.title}")
        row.status, row.ended_at, row.end_words = FollowUpStatus.DONE, utc(now), note
        row.save(only=row.dirty_fields)
        if row.kind == FollowUpKind.CHECK:
            CorrectiveAction.update(status=CorrectionStatus.HOLDS, checked_at=utc(now)).where(
                CorrectiveAction.id == row.correction_id
            ).execute()
        if row.case_id is not None:
            case = case_by_id(row.case_id)
            step = _step(case, row)
            # Whatever is still done after a case was closed changes nothing of how it went.
            if step is not None and case.closed_at is None:
                _set_fact(case, step, now=utc(now), not_agreed_why=not_agreed_why)
            settle(case, now=now)


def _step(case: Case, row: FollowUp) -> Step | None:
    return next((step for step in steps_of(case) if step.key == row.step_key), None)


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
    return next((step.coach for step in steps_from_json(steps) if step.key == key), "")


def _set_fact(case: Case, step: Step, *, now: datetime, not_agreed_why: str) -> None:
    if step.fact in LISTENS:
        why_not_agreed(case, not_agreed_why)
        if case.first_contact_at is None:
            case.first_contact_at = now
    if step.fact is Fact.HANDED_OVER:
        _hand_over_all(case, now=now)
    column = FACT_COLUMNS.get(step.fact)
    if column is None or step.fact is Fact.RESTATEMENT_AGREED:
        return
    setattr(case, column, getattr(case, column) or now)
    if step.fact is Fact.RESOLVED:
        end_waiting(case, now, hours_of_shop())


def _hand_over_all(case: Case, *, now: datetime) -> None:
    """Write what the tick says: all that was agreed has left the shop's hands."""
    waiting = [RemedyStatus.AGREED, RemedyStatus.ISSUED]
    for row in Remedy.select().where(Remedy.case == case.id, Remedy.status.in_(waiting)):
        remedies.mark_handed_over(row, now=now)
    remedies.update_facts(case, now=now)


def why_not_agreed(case: Case, why: str) -> None:
    """Ask once why the customer has not said "yes, that's it" before listening ends.

    Raises:
        InvalidEntryError: nobody has agreed, and no reason is given.
    """
    if case.restatement_agreed_at is not None or case.not_agreed_why:
        return
    why = tidy_text(why, field="not_agreed_why", limit=500)
    if not why:
        raise InvalidEntryError(
            "not_agreed_why",
            "They haven't yet said that you understood it right.",
            advice="Say it back and tick that they agreed, or write down why you go on without.",
        )
    case.not_agreed_why = why


def skip(desk: Desk, follow_up_id: int, *, why: str, now: datetime) -> None:
    """Leave a follow-up out, with the reason.

    Raises:
        InvalidEntryError: no reason is given.
        NotFoundError, NotAllowedError: it is gone or dealt with already.
    """
    why = tidy_text(
        why,
        field="why",
        limit=500,
        required=True,
        message="Write down why it is left out, so that nobody wonders later.",
    )
    _end(desk, follow_up_id, FollowUpStatus.SKIPPED, why, now=now, verb="Skip")


def no_answer(desk: Desk, follow_up_id: int, *, now: datetime) -> None:
    """Note that nobody answered: the try is written down, and it comes back the next opening day.

    Raises:
        NotFoundError, NotAllowedError: it is gone or dealt with already.
    """
    topics = Topic.FOLLOW_UPS | Topic.CASES | Topic.CONTACTS
    with desk.changing(topics, "Nobody answered") as change:
        hours = hours_of_shop()
        row = _planned_row(follow_up_id)
        change.say(f"Nobody answered: {row.title}")
        if row.customer_id is not None:
            Contact.create(
                customer=row.customer_id,
                case=row.case_id,
                at=utc(now),
                way=WAYS.get(Act(row.act), Way.CALL),
                direction=Direction.OUT,
                reach=Reach.NO_ANSWER,
                person=desk.person_id,
            )
        row.reason = f"{row.reason.removesuffix(NOBODY)}{NOBODY}" if row.reason else NOBODY[2:]
        _put_off(row, hours.add_open_days(hours.day_of(now), 1), now=now, hours=hours)


NOBODY = "; nobody answered"
WAYS = {Act.WRITE: Way.MESSAGE, Act.TALK: Way.VISIT, Act.GREET: Way.VISIT, Act.GIVE: Way.VISIT}
"""How somebody was tried for; all else is a call."""


def _put_off(row: FollowUp, day: date, *, now: datetime, hours: OpeningHours) -> None:
    due = end_of_day(day, hours)
    row.due_at, row.due_on, row.timed, row.moved = due.at, due.on, False, True
    row.reason = row.reason.replace(WAITED, "")  # from here on the owner's day counts
    row.save(only=row.dirty_fields)
    if row.case_id is not None:
        settle(case_by_id(row.case_id), now=now, hours=hours)


def _end(
    desk: Desk, follow_up_id: int, status: FollowUpStatus, words: str, *, now: datetime, verb: str
) -> None:
    with desk.changing(Topic.FOLLOW_UPS | Topic.CASES, verb) as change:
        row = _planned_row(follow_up_id)
        change.say(f"{verb}: {row.title}")
        row.status, row.ended_at, row.end_words = status, utc(now), words
        row.save(only=row.dirty_fields)
        if row.case_id is not None:
            settle(case_by_id(row.case_id), now=now)


def move(desk: Desk, follow_up_id: int, *, to: date, now: datetime, why: str = "") -> None:
    """Put a follow-up off to another day; it stays there whatever else happens.

    Raises:
        InvalidEntryError: the day is past, or farther than five years off.
        NotFoundError, NotAllowedError: it is gone or dealt with already.
    """
    with desk.changing(Topic.FOLLOW_UPS | Topic.CASES, "Put off a follow-up") as change:
        hours = hours_of_shop()
        day = checked_day(to, hours=hours, now=now)
        row = _planned_row(follow_up_id)
        change.say(f"Put off: {row.title}")
        if why:
            row.reason = why
        _put_off(row, day, now=now, hours=hours)


def checked_day(day: date, *, hours: OpeningHours, now: datetime) -> date:
    """Return the opening day that a chosen day stands for.

    Raises:
        InvalidEntryError: the day is past, or farther than five years off.
    """
    today = hours.day_of(now)
    if day < today:
        raise InvalidEntryError("day", "That day is over. Choose today or a later day.")
    if day > today + timedelta(days=365 * FARTHEST_YEARS):
        raise InvalidEntryError("day", "That is more than five years off. Check the year.")
    return hours.next_open_day(day)


def remind(
    desk: Desk,
    title: str,
    *,
    on: date,
    now: datetime,
    case_id: int | None = None,
    customer_id: int | None = None,
    act: Act = Act.CALL,
) -> int:
    """Add a reminder, for a case, a customer, or just for the shop.

    Returns:
        The follow-up's id.

    Raises:
        InvalidEntryError: no words, or a day that can't be.
        NotFoundError: case or customer is no longer on the desk.
    """
    title = tidy_text(
        title, field="title", limit=120, required=True, message="Write down what to remember."
    )
    with desk.changing(Topic.FOLLOW_UPS | Topic.CASES, f"Remember: {title}"):
        hours = hours_of_shop()
        due = end_of_day(checked_day(on, hours=hours, now=now), hours)
        case = None if case_id is None else case_by_id(case_id)
        _check_customer(customer_id)
        row = FollowUp.create(
            kind=FollowUpKind.REMINDER,
            act=act,
            title=title,
            reason="you asked to be reminded",
            customer=customer_id if case is None else case.customer_id,
            case=case_id,
            person=desk.person_id,
            position=50,
            anchor=Anchor.FIXED,
            due_at=due.at,
            due_on=due.on,
            created_at=now,
        )
        if case is not None and case.status in OPEN_STATUSES:
            settle(case, now=now, hours=hours)
        return int(row.id)


def _check_customer(customer_id: int | None) -> None:
    if customer_id is not None and not Customer.select().where(Customer.id == customer_id).exists():
        raise NotFoundError("That customer is no longer on the desk.")


def note_good_experience(
    desk: Desk,
    customer_id: int,
    words: str,
    *,
    now: datetime,
    case_id: int | None = None,
) -> None:
    """Add a dot to the second-chance meter: a good experience that somebody saw.

    Raises:
        InvalidEntryError: no words.
        NotFoundError: the customer is no longer on the desk.
    """
    words = tidy_text(
        words, field="words", limit=200, required=True, message="What went well for them?"
    )
    with desk.changing(Topic.CUSTOMERS | Topic.CASES, f"Good experience: {words}"):
        _check_customer(customer_id)
        PositiveEvent.create(
            customer=customer_id,
            case=case_id,
            happened_on=hours_of_shop().day_of(now),
            words=words,
            created_at=now,
        )


def counts_by_day(desk: Desk, *, now: datetime) -> Mapping[str, int]:
    """Return how many follow-ups are late, for today and ahead, without reading their rows."""
    found = agenda(desk, now=now)
    return {"late": len(found.late), "today": len(found.today), "ahead": len(found.ahead)}
