"""What staff may give on their own, and what takes the owner's word.

Nothing ever blocks the owner. What goes past a limit is either allowed by an owner there and then,
and says by whom, or is parked until the owner has decided.
"""

from datetime import datetime, time

import peewee as pw

from recoverydesk.domain.money import format_money
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.errors import InvalidEntryError, NeedsOwnerError, NotAllowedError
from recoverydesk.records import record
from recoverydesk.services.people import OWNER, refuse_staff
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.voucher_rules import is_bought
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Person, Remedy, Shop
from recoverydesk.topics import Topic

MOST_REFUND_DAYS = 90


@record
class Limits:
    """The shop's rules of giving, in minor units."""

    staff_limit_cents: int | None
    """What staff may give at once; None sets no limit."""
    budget_cents: int | None
    """What remedies may cost in a month."""
    refund_days: int


def rules(desk: Desk) -> Limits:
    """Return the shop's rules of giving."""
    with desk.reading():
        return Limits(
            *Shop.select(Shop.staff_limit_cents, Shop.goodwill_budget_cents, Shop.refund_days)
            .tuples()
            .get()
        )


def set_rules(
    desk: Desk, *, staff_limit_cents: int | None, budget_cents: int | None, refund_days: int
) -> None:
    """Set what staff may give alone, what remedies may cost in a month, how soon money goes back.

    Raises:
        InvalidEntryError: an amount below zero, or no number of days.
        NotAllowedError: staff are at the counter.
    """
    for field, cents in (("staff_limit", staff_limit_cents), ("budget", budget_cents)):
        if cents is not None and cents < 0:
            raise InvalidEntryError(field, "An amount can't be below zero. Empty sets no limit.")
    if not 1 <= refund_days <= MOST_REFUND_DAYS:
        raise InvalidEntryError("refund_days", f"Between 1 and {MOST_REFUND_DAYS} days.")
    with desk.changing(Topic.SHOP, "What may be given"):
        refuse_staff(desk, "what may be given")
        Shop.update(
            staff_limit_cents=staff_limit_cents,
            goodwill_budget_cents=budget_cents,
            refund_days=refund_days,
        ).execute()


def allowance(desk: Desk) -> int | None:
    """Return what whoever is at the counter may give at once, in minor units; None: anything."""
    with desk.reading():
        return limit_of(desk.person_id)


def limit_of(person_id: int | None) -> int | None:
    """Return what somebody may give at once; None: anything. Call inside `reading()`."""
    here = Person.get_or_none(Person.id == person_id)
    if here is None or here.role == OWNER:
        return None
    own: int | None = here.limit_cents
    shops: int | None = Shop.select(Shop.staff_limit_cents).scalar()
    return shops if own is None else own


@record
class Giving:
    """What is about to be given, by whom."""

    value_cents: int
    customer_id: int
    case_id: int | None = None
    person_id: int | None = None
    approved_by: int | None = None
    """The owner who allowed it."""
    remedy_id: int | None = None
    """The remedy that it is about, where it was written before."""


def check(giving: Giving, *, now: datetime) -> None:
    """Refuse to give more than whoever is at the counter may; call inside `changing()`.

    What they gave before without the owner's word counts with it: in the same case, or without one
    to the same customer on the same day. So nothing is passed bit by bit.

    Raises:
        NeedsOwnerError: it takes the owner's word.
        NotAllowedError: whoever allowed it is no owner.
    """
    if giving.approved_by is not None:
        _check_owner(giving.approved_by)
        return
    limit = limit_of(giving.person_id)
    if limit is None or giving.value_cents <= 0:
        return
    if giving.value_cents + _given_before(giving, now=now) > limit:
        raise NeedsOwnerError(
            f"That is more than the {money(limit)} you may give on your own.",
            advice="Ask the owner for their word, or ask later and it waits for them.",
        )


def _check_owner(person_id: int) -> None:
    role = Person.select(Person.role).where(Person.id == person_id, Person.active).scalar()
    if role != OWNER:
        raise NotAllowedError("Only the owner may allow that.")


def _given_before(giving: Giving, *, now: datetime) -> int:
    alone = (Remedy.promised_by == giving.person_id) & Remedy.approved_by.is_null()
    if giving.case_id is not None:
        where = Remedy.case == giving.case_id
    else:
        hours = hours_of_shop()
        midnight = hours.at(hours.day_of(now), time())
        where = (Remedy.customer == giving.customer_id) & Remedy.case.is_null()
        where &= Remedy.created_at >= midnight
    # What they paid for themselves was not given.
    counted = Remedy.status.not_in([RemedyStatus.PROPOSED, RemedyStatus.VOID]) & ~is_bought()
    others = Remedy.id != (giving.remedy_id or 0)
    total = Remedy.select(pw.fn.COALESCE(pw.fn.SUM(Remedy.value_cents), 0))
    return int(total.where(where, alone, counted, others).scalar())


def money(cents: int) -> str:
    """Return an amount as it is read; call inside `reading()` or `changing()`."""
    currency, locale = Shop.select(Shop.currency, Shop.locale).tuples().get()
    return format_money(cents, currency=currency, locale=locale)
