"""“We fixed it”: everybody whom a cause hurt is told what was changed, once.

Whoever gets the letter about what was changed has been told of the fixes of that case's cause;
calls and e-mails are planned here and count as told from then on.
"""

from collections.abc import Mapping
from datetime import date, datetime

import peewee as pw

from recoverydesk.domain.case import Status
from recoverydesk.domain.contact import Way
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.follow_up import Act, FollowUpKind
from recoverydesk.errors import NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import customer_follow_ups
from recoverydesk.services.customer_follow_ups import Wanted
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.plans import greeting_of, settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Cause,
    CorrectiveAction,
    Customer,
    Document,
    FixNews,
)
from recoverydesk.topics import Topic

TOPICS = Topic.CORRECTIONS | Topic.FOLLOW_UPS | Topic.CASES | Topic.CUSTOMERS
LETTER = "what_changed"
"""The key of the letter that tells what was changed."""
_GONE = (CorrectionStatus.CAME_BACK, CorrectionStatus.DROPPED)


@record
class Hurt:
    """A customer whom the cause of a fix hurt, and who hasn't been told yet."""

    customer_id: int
    customer: str
    case_id: int
    """Their newest case of that cause."""
    number: str
    phone: str
    email: str
    way: Way
    """How they are reached best: as they wish, else as far as is known how."""


@record
class Round:
    """Whom to tell about a fix, and how many know."""

    correction_id: int
    what: str
    to_tell: tuple[Hurt, ...]
    told: int
    left_alone: int
    """How many more asked not to be contacted."""


def of_fix(desk: Desk, correction_id: int) -> Round:
    """Return whom to tell that something was changed.

    Raises:
        NotFoundError: the fix is no longer on the desk.
    """
    with desk.reading():
        row = _fix(correction_id)
        hurt, alone = _hurt(row)
        told = FixNews.select().where(FixNews.correction == row.id).count()
        return Round(row.id, row.what, tuple(hurt), told, alone)


def _fix(correction_id: int) -> CorrectiveAction:
    row = CorrectiveAction.get_or_none(CorrectiveAction.id == correction_id)
    if row is None:
        raise NotFoundError("That fix is no longer on the desk.")
    return row


def _hurt(row: CorrectiveAction) -> tuple[list[Hurt], int]:
    """Return those to tell, by their newest case, and how many want to be left alone."""
    if row.cause_id is None and row.case_id is None:
        return [], 0
    family = Cause.select(Cause.id).where(
        (Cause.id == row.cause_id) | (Cause.parent == row.cause_id)
    )
    of_cause = Case.cause.in_(family) if row.cause_id is not None else Case.id == row.case_id
    told = FixNews.select(FixNews.customer).where(FixNews.correction == row.id)
    query = (
        Case.select(Case.id, Case.number, Customer)
        .join(Customer)
        .where(
            of_cause,
            Case.status != Status.MERGED,
            Customer.erased_at.is_null(),
            Customer.id.not_in(told),
        )
        .order_by(Case.id)
    )
    newest = {case.customer_id: case for case in query}
    alone = sum(case.customer.do_not_contact for case in newest.values())
    found = [
        Hurt(
            customer_id=case.customer_id,
            customer=case.customer.name,
            case_id=case.id,
            number=case.number,
            phone=case.customer.phone,
            email=case.customer.email,
            way=_best_way(case.customer),
        )
        for case in newest.values()
        if not case.customer.do_not_contact
    ]
    return sorted(found, key=lambda one: (one.customer.casefold(), one.customer_id)), alone


def _best_way(row: Customer) -> Way:
    can = {Way.CALL: bool(row.phone), Way.EMAIL: bool(row.email), Way.LETTER: bool(row.address)}
    wished = None if row.preferred_way is None else Way(row.preferred_way)
    if wished is not None and can.get(wished):
        return wished
    return next((way for way, possible in can.items() if possible), Way.LETTER)


def plan(desk: Desk, correction_id: int, ways: Mapping[int, Way], *, now: datetime) -> int:
    """Plan a call or an e-mail to those who are told that way; letters tell by being sent.

    Args:
        desk: the open desk.
        correction_id: the fix.
        ways: how each is told, by the customer's id; whoever isn't named is told another time.
        now: this moment (UTC).

    Returns:
        How many calls and e-mails were planned; somebody who knows already isn't told twice.

    Raises:
        NotFoundError: the fix is no longer on the desk.
        NotAllowedError: it isn't in place, or it came back.
    """
    with desk.changing(TOPICS, "Tell them what was changed") as change:
        row = _fix(correction_id)
        change.say(f"Tell them what was changed: {row.what}")
        if row.done_on is None or row.status in _GONE:
            raise NotAllowedError(
                "That fix isn't in place.", advice="Tell them once it is, and holds."
            )
        hurt, _alone = _hurt(row)
        planned = 0
        for one in hurt:
            way = ways.get(one.customer_id)
            if way is None or way is Way.LETTER:
                continue
            _plan_one(row, one, way, on=hours_of_shop().day_of(now), now=now)
            planned += 1
        return planned


def _plan_one(row: CorrectiveAction, one: Hurt, way: Way, *, on: date, now: datetime) -> None:
    customer = customer_by_id(one.customer_id)
    writes = way in {Way.EMAIL, Way.MESSAGE}
    name = greeting_of(customer)
    wanted = Wanted(
        kind=FollowUpKind.NEWS,
        act=Act.WRITE if writes else Act.CALL,
        title=(f"Write to {name} what you changed" if writes else f"Tell {name} what you changed"),
        reason=f"“{row.what}” is done, and it had hurt them",
        on=on,
        case_id=one.case_id,
    )
    hours = hours_of_shop()
    planted = customer_follow_ups.plant(customer, wanted, hours=hours, now=now)
    FixNews.create(
        correction=row.id,
        customer=one.customer_id,
        case=one.case_id,
        way=way,
        follow_up_id=planted.id,
        at=utc(now),
    )
    case = Case.get_by_id(one.case_id)
    if case.closed_at is None:
        settle(case, now=now, hours=hours)


def told_by(paper: Document, *, now: datetime) -> None:
    """Note whom a letter that goes out tells of which fixes; call inside `changing()`."""
    if paper.template != LETTER:
        return
    cause_id = Case.select(Case.cause).where(Case.id == paper.case_id).scalar()
    group = Cause.select(Cause.parent).where(Cause.id == cause_id)
    of_cause = (CorrectiveAction.cause == cause_id) | (CorrectiveAction.cause == group)
    known = FixNews.select(FixNews.correction).where(FixNews.customer == paper.customer_id)
    query = CorrectiveAction.select(CorrectiveAction.id).where(
        (CorrectiveAction.case == paper.case_id) | of_cause,
        CorrectiveAction.done_on.is_null(is_null=False),
        CorrectiveAction.status.not_in(list(_GONE)),
        CorrectiveAction.id.not_in(known),
    )
    for (correction_id,) in list(query.tuples()):
        FixNews.create(
            correction=correction_id,
            customer=paper.customer_id,
            case=paper.case_id,
            way=Way.LETTER,
            document=paper.id,
            at=utc(now),
        )


def newest_of(case_id: int) -> str:
    """Return what was changed last about a case or its cause; call inside `reading()`.

    A plan, or a fix that failed, has changed nothing. What the case itself led to comes first.
    """
    cause_id = Case.select(Case.cause).where(Case.id == case_id).scalar()
    group = Cause.select(Cause.parent).where(Cause.id == cause_id)
    mine = CorrectiveAction.case == case_id
    fix = (
        CorrectiveAction.select(CorrectiveAction.what)
        .where(
            mine | (CorrectiveAction.cause == cause_id) | (CorrectiveAction.cause == group),
            CorrectiveAction.done_on.is_null(is_null=False),
            CorrectiveAction.status.not_in(list(_GONE)),
        )
        .order_by(pw.Case(None, [(mine, 0)], 1), CorrectiveAction.id.desc())
        .limit(1)
        .scalar()
    )
    return str(fix or "")
