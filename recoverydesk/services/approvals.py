"""What staff would like to give and may not: it waits for the owner's word, on Today."""

from datetime import datetime

from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import NeedsOwnerError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import catalogue, customer_follow_ups, limits, negotiations, remedies
from recoverydesk.services.customer_follow_ups import Wanted
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.people import OWNER
from recoverydesk.services.plans import case_by_id, greeting_of, settle, utc
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, FollowUp, Person, Remedy
from recoverydesk.topics import Topic

TOPICS = Topic.REMEDIES | Topic.CASES | Topic.FOLLOW_UPS


@record
class Parked:
    """Something that waits for the owner's word."""

    remedy_id: int
    case_id: int | None
    customer_id: int
    customer: str
    kind: RemedyKind
    words: str
    value_cents: int
    cost_cents: int
    asked_by: str
    asked_at: datetime


def ask_later(desk: Desk, case_id: int, entry: RemedyEntry, *, now: datetime) -> int:
    """Let something wait for the owner's word: nothing is given or promised until then.

    Returns:
        The remedy's id.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: the case is closed.
        InvalidEntryError: words or amount can't be taken.
    """
    with desk.changing(TOPICS, "Ask the owner") as change:
        case = case_by_id(case_id)
        remedies.refuse_if_closed(case)
        row = remedies.write(
            case, entry, status=RemedyStatus.PROPOSED, now=utc(now), person_id=desk.person_id
        )
        row.agreed_at = None
        row.save(only=row.dirty_fields)
        customer = customer_by_id(row.customer_id)
        change.say(f"Ask the owner: {row.words} for {customer.name}")
        asks = Person.select(Person.name).where(Person.id == desk.person_id).scalar() or "Staff"
        hours = hours_of_shop()
        wanted = Wanted(
            kind=FollowUpKind.APPROVAL,
            act=Act.DECIDE,
            title=f"May {greeting_of(customer)} have “{row.words}”?",
            reason=f"{asks} asks for your word: worth {limits.money(row.value_cents)}",
            on=hours.day_of(now),
            remedy_id=row.id,
            case_id=case.id,
            person_id=_first_owner(),
        )
        customer_follow_ups.plant(customer, wanted, hours=hours, now=now)
        settle(case, now=now, hours=hours)
        return int(row.id)


def _first_owner() -> int | None:
    owners = Person.select(Person.id).where(Person.role == OWNER, Person.active)
    found: int | None = owners.order_by(Person.id).scalar()
    return found


def parked(desk: Desk) -> tuple[Parked, ...]:
    """Return what waits for the owner's word, the oldest first."""
    with desk.reading():
        return tuple(_view(row) for row in Remedy.select().where(_waits()).order_by(Remedy.id))


def one(desk: Desk, remedy_id: int) -> Parked:
    """Return something that waits.

    Raises:
        NotFoundError: it has been decided, or is no longer on the desk.
    """
    with desk.reading():
        row = Remedy.get_or_none(_waits(), Remedy.id == remedy_id)
        if row is None:
            raise NotFoundError("That has been decided already.")
        return _view(row)


def _waits() -> object:
    waiting = FollowUp.select(FollowUp.remedy_id).where(
        FollowUp.kind == FollowUpKind.APPROVAL, FollowUp.status == FollowUpStatus.PLANNED
    )
    return (Remedy.status == RemedyStatus.PROPOSED) & Remedy.id.in_(waiting)


def _view(row: Remedy) -> Parked:
    asks = Person.select(Person.name).where(Person.id == row.promised_by_id).scalar()
    return Parked(
        remedy_id=row.id,
        case_id=row.case_id,
        customer_id=row.customer_id,
        customer=customer_by_id(row.customer_id).name,
        kind=RemedyKind(row.kind),
        words=row.words,
        value_cents=row.value_cents,
        cost_cents=row.cost_cents,
        asked_by=asks or "",
        asked_at=row.created_at,
    )


def _waiting_row(desk: Desk, remedy_id: int) -> Remedy:
    row = Remedy.get_or_none(Remedy.id == remedy_id)
    if row is None:
        raise NotFoundError("That is no longer on the desk.")
    if row.status != RemedyStatus.PROPOSED:
        raise NotAllowedError("That has been decided already.")
    here = Person.get_or_none(Person.id == desk.person_id)
    if here is not None and here.role != OWNER:
        raise NeedsOwnerError("Only the owner decides that.", advice="Ask for their word.")
    return row


def allow(desk: Desk, remedy_id: int, *, now: datetime) -> None:
    """Say yes: it counts as agreed, by the word of the owner at the counter.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it has been decided already, its case is closed, or none of it is left.
        NeedsOwnerError: staff decide nothing about it.
    """
    with desk.changing(TOPICS, "Say yes") as change:
        row = _waiting_row(desk, remedy_id)
        change.say(f"Yes to “{row.words}” for {customer_by_id(row.customer_id).name}")
        case = _case_of(row)
        remedies.refuse_if_closed(case)
        catalogue.take_from_stock(row.item_id)
        entry = RemedyEntry(RemedyKind(row.kind), row.words, row.value_cents, row.cost_cents)
        line = negotiations.write(
            case,
            LineKind.AGREED,
            row.words,
            at=utc(now),
            person_id=desk.person_id,
            remedy=entry,
        )
        row.status, row.agreed_at = RemedyStatus.AGREED, utc(now)
        row.approved_by_id, row.line_id = desk.person_id, line.id
        row.save(only=row.dirty_fields)
        _decided(row, "allowed", now=now)
        remedies.update_facts(case, now=utc(now))
        settle(case, now=now)


def deny(desk: Desk, remedy_id: int, why: str, *, now: datetime) -> None:
    """Say no, and plan to tell the customer what can be done instead.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it has been decided already.
        NeedsOwnerError: staff decide nothing about it.
        InvalidEntryError: no reason.
    """
    why = tidy_text(
        why,
        field="why",
        limit=300,
        required=True,
        message="Write down why, in words your staff can pass on.",
    )
    with desk.changing(TOPICS, "Say no") as change:
        row = _waiting_row(desk, remedy_id)
        customer = customer_by_id(row.customer_id)
        change.say(f"No to “{row.words}” for {customer.name}")
        row.status = RemedyStatus.VOID
        row.save(only=row.dirty_fields)
        _decided(row, f"no: {why}", now=now)
        hours = hours_of_shop()
        wanted = Wanted(
            kind=FollowUpKind.REMINDER,
            act=Act.CALL,
            title=f"Tell {greeting_of(customer)} what you can do instead",
            reason=f"not “{row.words}”: {why}",
            on=hours.day_of(now),
            case_id=row.case_id,
            person_id=row.promised_by_id,
        )
        customer_follow_ups.plant(customer, wanted, hours=hours, now=now)
        settle(_case_of(row), now=now, hours=hours)


def _case_of(row: Remedy) -> Case:
    assert row.case_id is not None  # nothing is asked for without a case
    return case_by_id(row.case_id)


def _decided(row: Remedy, words: str, *, now: datetime) -> None:
    customer_follow_ups.end(
        FollowUpKind.APPROVAL, now=now, words=words, done=True, remedy_id=row.id
    )
