"""Vouchers: issued with a code, redeemed whole or in part, never twice.

What is left on a voucher is the sum of its ledger; nothing else says so.
"""

from datetime import date, datetime
from typing import Any

import peewee as pw

from recoverydesk.domain import voucher as rules
from recoverydesk.domain.money import format_money
from recoverydesk.domain.names import tidy_name
from recoverydesk.domain.plan import add_months
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.domain.voucher import EntryKind, VoucherKind
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import catalogue, limits, remedies, rescues, voucher_rules
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.limits import Giving
from recoverydesk.services.plans import case_by_id, settle, utc
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.voucher_views import VoucherView, by_code, view_of
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    CatalogueItem,
    Customer,
    Remedy,
    Shop,
    Voucher,
    VoucherEntry,
)
from recoverydesk.topics import Topic

TOPICS = Topic.VOUCHERS | Topic.REMEDIES | Topic.CASES | Topic.FOLLOW_UPS
FARTHEST_YEARS = 10


@record
class VoucherEntryForm:
    """A voucher to issue."""

    kind: VoucherKind = VoucherKind.GOODWILL_CERTIFICATE
    value_cents: int = 0
    cost_cents: int | None = None
    words: str = ""
    """What it is, as the register shows it; empty takes the kind's name."""
    recipient: str = ""
    """Empty: the customer."""
    message: str = ""
    valid_to: date | None = None
    """None: as long as the catalogue says, else the shop's usual time."""
    terms: str = ""
    approved_by: int | None = None
    """The owner whose word lets it pass what staff may give alone."""
    item_id: int | None = None
    """What of the catalogue it is; None: in own words."""


@record
class Redeemed:
    """What to say at the till."""

    voucher_id: int
    customer: str
    amount_cents: int
    left_cents: int


KIND_WORDS = {
    VoucherKind.GOODWILL_CERTIFICATE: "Gift certificate",
    VoucherKind.GIFT_CARD: "Gift card",
    VoucherKind.COUPON: "Coupon",
    VoucherKind.STORE_CREDIT: "Store credit",
}


def money(cents: int) -> str:
    """Return an amount as the owner reads it; call inside `reading()` or `changing()`."""
    currency, locale = Shop.select(Shop.currency, Shop.locale).tuples().get()
    return format_money(cents, currency=currency, locale=locale)


def issue(
    desk: Desk,
    entry: VoucherEntryForm,
    *,
    now: datetime,
    case_id: int | None = None,
    customer_id: int | None = None,
    remedy_id: int | None = None,
) -> VoucherView:
    """Issue a voucher with a new code.

    Args:
        desk: the open desk.
        entry: what it is worth, for whom, how long.
        now: this moment (UTC).
        case_id: the case it makes amends for; or
        customer_id: the customer it is for, without a case.
        remedy_id: the agreed remedy it hands over; None writes a new one.

    Returns:
        The voucher as issued.

    Raises:
        NotFoundError: case, customer or remedy is no longer on the desk.
        NotAllowedError: the case is closed, or the remedy is no voucher, taken back or given.
        InvalidEntryError: no value, an expiry day that can't be, or a remedy with a voucher.
    """
    stamp = utc(now)
    with desk.changing(TOPICS, "Issue a voucher") as change:
        hours = hours_of_shop()
        today = hours.day_of(now)
        case = None if case_id is None else case_by_id(case_id)
        customer = customer_by_id(_whose(case, customer_id))
        if case is not None:
            remedies.refuse_if_closed(case)
        remedy = _remedy_for(entry, case, customer, remedy_id, now=stamp, person=desk.person_id)
        _check_value(entry.value_cents)
        rule = voucher_rules.rule_for(entry.kind)
        row = Voucher.create(
            remedy=remedy.id,
            customer=customer.id,
            kind=entry.kind,
            code=fresh_code(),
            recipient=tidy_name(entry.recipient) if entry.recipient.strip() else customer.name,
            message=tidy_text(entry.message, field="message", limit=200),
            terms=tidy_text(entry.terms, field="terms", limit=1_000) or rule.terms,
            valid_from=today,
            valid_to=checked_last_day(
                entry.valid_to, today=today, months=_months_of(remedy, rule.months)
            ),
            created_at=stamp,
        )
        append(desk, row, EntryKind.ISSUE, entry.value_cents, now=now)
        rescues.plant(row, hours=hours, now=now)
        remedy.issued_at = stamp
        remedy.status = RemedyStatus.ISSUED
        remedy.save(only=remedy.dirty_fields)
        change.say(f"Issue {rules.shown_code(row.code)}")
        if case is not None:
            remedies.update_facts(case, now=stamp)
            settle(case, now=now, hours=hours)
        return view_of(row, hours, now=now)


def _whose(case: Case | None, customer_id: int | None) -> int:
    whose = customer_id if case is None else case.customer_id
    if whose is None:
        raise InvalidEntryError("customer", "Who is it for?")
    return int(whose)


def _months_of(remedy: Remedy, usual: int) -> int:
    """Return how long a voucher is good: as the catalogue says, else as is usual."""
    own: int | None = (
        CatalogueItem.select(CatalogueItem.months)
        .where(CatalogueItem.id == remedy.item_id)
        .scalar()
    )
    return usual if own is None else own


def _check_value(value_cents: int) -> None:
    if value_cents <= 0:
        raise InvalidEntryError("value", "A voucher has to be worth something.")


def checked_last_day(wanted: date | None, *, today: date, months: int = 0) -> date | None:
    """Return a voucher's last day: the one wanted, else so many months from today, else none.

    Raises:
        InvalidEntryError: that day is over, or more than ten years off.
    """
    if wanted is None:
        return add_months(today, months) if months else None
    if wanted < today:
        raise InvalidEntryError("valid_to", "That day is over. Choose a later one.")
    if wanted.year > today.year + FARTHEST_YEARS:
        raise InvalidEntryError("valid_to", "That is more than ten years off. Check the year.")
    return wanted


def _remedy_for(
    entry: VoucherEntryForm,
    case: Case | None,
    customer: Customer,
    remedy_id: int | None,
    *,
    now: datetime,
    person: int | None,
) -> Remedy:
    _check_value(entry.value_cents)
    if remedy_id is not None:
        row = _agreed(entry, remedy_id, None if case is None else case.id, customer)
        _check_raised(row, entry, now=now, person=person)
        return row
    remedy = RemedyEntry(
        kind=RemedyKind.VOUCHER,
        words=entry.words.strip() or KIND_WORDS[entry.kind],
        value_cents=entry.value_cents,
        cost_cents=entry.cost_cents,
        approved_by=entry.approved_by,
        item_id=entry.item_id,
    )
    if case is not None:
        return remedies.write(case, remedy, status=RemedyStatus.AGREED, now=now, person_id=person)
    bought = entry.kind in voucher_rules.PAID_FOR
    if not bought:  # what they pay for themselves is no goodwill
        giving = Giving(
            entry.value_cents, customer.id, person_id=person, approved_by=entry.approved_by
        )
        limits.check(giving, now=now)
    catalogue.take_from_stock(entry.item_id)
    costs_nothing = bought and entry.cost_cents is None
    return Remedy.create(
        customer=customer.id,
        item=entry.item_id,
        approved_by=entry.approved_by,
        kind=remedy.kind,
        words=remedies.checked(remedy),
        value_cents=remedy.value_cents,
        cost_cents=0 if costs_nothing else catalogue.usual_cost(remedy),
        status=RemedyStatus.AGREED,
        promised_by=person,
        created_at=now,
        agreed_at=now,
    )


def _agreed(
    entry: VoucherEntryForm, remedy_id: int, case_id: int | None, customer: Customer
) -> Remedy:
    """Return the agreed remedy that a voucher hands over, worth now what the voucher is."""
    row = Remedy.get_or_none(Remedy.id == remedy_id, Remedy.customer == customer.id)
    if row is None or row.case_id != case_id:
        raise NotFoundError("That remedy is no longer on the desk.")
    _check_free(row)
    given = RemedyEntry(
        kind=RemedyKind(row.kind),
        words=entry.words.strip() or row.words,
        value_cents=entry.value_cents,
        cost_cents=entry.cost_cents,
        item_id=row.item_id,
    )
    row.words = remedies.checked(given)
    if entry.cost_cents is not None or entry.value_cents != row.value_cents:
        row.value_cents, row.cost_cents = given.value_cents, catalogue.usual_cost(given)
    return row


def _check_raised(
    row: Remedy, entry: VoucherEntryForm, *, now: datetime, person: int | None
) -> None:
    """Refuse to make more of what was agreed than whoever issues it may give alone."""
    agreed = Remedy.select(Remedy.value_cents).where(Remedy.id == row.id).scalar()
    if row.value_cents > agreed:
        giving = Giving(
            row.value_cents, row.customer_id, row.case_id, person, entry.approved_by, row.id
        )
        limits.check(giving, now=now)
        row.approved_by_id = entry.approved_by or row.approved_by_id


def _check_free(row: Remedy) -> None:
    """Refuse to give by voucher what was given already, or was never agreed as one."""
    if row.status == RemedyStatus.VOID:
        raise NotAllowedError("That remedy was taken back, so it can't be given.")
    if row.status == RemedyStatus.PROPOSED:
        raise NotAllowedError(remedies.NOT_DECIDED, advice=remedies.NOTHING_GIVEN)
    if Voucher.select().where(Voucher.remedy == row.id).exists():
        raise InvalidEntryError("remedy", "That remedy has its voucher already.")
    if row.status in remedies.GIVEN:
        raise NotAllowedError("That has been handed over already.")
    if row.kind != RemedyKind.VOUCHER:
        raise NotAllowedError(
            f"That isn't a voucher: {row.words}.", advice="Hand it over as what was agreed."
        )


def fresh_code() -> str:
    """Return a code that no voucher has; call inside `changing()`."""
    while True:
        code = rules.new_code()
        if not Voucher.select().where(Voucher.code == code).exists():
            return code


def redeem(desk: Desk, typed: str, *, now: datetime, amount_cents: int | None = None) -> Redeemed:
    """Take money off a voucher.

    The whole of it happens in one IMMEDIATE change and the ledger itself refuses to fall below
    zero, so two windows or two computers can't take the same money.

    Args:
        desk: the open desk.
        typed: the code as typed or scanned.
        now: this moment (UTC).
        amount_cents: how much; None takes all that is left.

    Raises:
        InvalidEntryError: that can't be a code or an amount; `field` says which.
        NotFoundError: no voucher has the code.
        NotAllowedError: it is used up, expired, not yet valid, void or replaced.
    """
    with desk.changing(TOPICS, "Redeem a voucher") as change:
        row = by_code(typed)
        seen = view_of(row, hours_of_shop(), now=now)
        amount = seen.balance_cents if amount_cents is None else amount_cents
        rules.check_redeem(
            amount,
            balance_cents=seen.balance_cents,
            left=money(seen.balance_cents),
            why_not=seen.why_not,
        )
        change.say(f"Redeem {seen.shown_code}")
        append(desk, row, EntryKind.REDEEM, -amount, now=now)
        left = seen.balance_cents - amount
        if not left:
            rescues.end(row.id, "it has been used up", now=now, done=True)
        stand(row, now=now)
        return Redeemed(
            voucher_id=row.id, customer=seen.customer, amount_cents=amount, left_cents=left
        )


def append(
    desk: Desk, row: Voucher, kind: EntryKind, amount_cents: int, *, now: datetime, words: str = ""
) -> None:
    """Write one line of a voucher's ledger; call inside `changing()`, then `stand`."""
    VoucherEntry.create(
        voucher=row.id,
        at=utc(now),
        kind=kind,
        amount_cents=amount_cents,
        words=words,
        person=desk.person_id,
    )


def stand(row: Voucher, *, now: datetime) -> None:
    """Work out from a voucher's ledger how far its remedy is; call inside `changing()`."""
    remedy = Remedy.get_by_id(row.remedy_id)
    amount = VoucherEntry.amount_cents
    taken = pw.Case(None, [(VoucherEntry.kind.in_(USING), amount)], 0)
    left, used = (
        VoucherEntry.select(pw.fn.SUM(amount), pw.fn.SUM(taken))
        .where(VoucherEntry.voucher.in_(_line_of(row)))
        .tuples()
        .get()
    )
    remedy.status = _standing(row, remedy, left=left, used=-used)
    if used:
        remedy.handed_over_at = remedy.handed_over_at or utc(now)
    remedy.save(only=remedy.dirty_fields)
    if remedy.case_id is not None:
        case = case_by_id(remedy.case_id)
        remedies.update_facts(case, now=utc(now))
        settle(case, now=now)


USING = (EntryKind.REDEEM, EntryKind.REFUND)
"""Lines that say what was used: what is put back is used no more."""


def _line_of(row: Voucher) -> Any:  # noqa: ANN401 - peewee's own
    """Select every voucher that one remedy has had: what was used before a code was replaced."""
    return Voucher.select(Voucher.id).where(Voucher.remedy == row.remedy_id)


def _standing(row: Voucher, remedy: Remedy, *, left: int, used: int) -> RemedyStatus:
    if row.voided_at is not None:
        return RemedyStatus.USED if used else RemedyStatus.VOID
    if row.lapsed_at is not None:
        return RemedyStatus.USED if used else RemedyStatus.LAPSED
    if used:
        return RemedyStatus.PART_USED if left else RemedyStatus.USED
    return RemedyStatus.ISSUED if remedy.handed_over_at is None else RemedyStatus.HANDED_OVER
