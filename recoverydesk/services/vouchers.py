"""Vouchers: issued with a code, redeemed whole or in part, never twice.

What is left on a voucher is the sum of its ledger; nothing else says so.
"""

from datetime import date, datetime

from recoverydesk.domain import voucher as rules
from recoverydesk.domain.money import format_money
from recoverydesk.domain.names import tidy_name
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import add_months
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.domain.voucher import EntryKind, VoucherKind, VoucherStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import remedies
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.plans import case_by_id, settle, utc
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Remedy, Shop, Voucher, VoucherEntry
from recoverydesk.topics import Topic

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
    """None: the shop's usual time."""
    terms: str = ""


@record
class LedgerLine:
    """One line of a voucher's history."""

    at: datetime
    kind: EntryKind
    amount_cents: int
    words: str


@record
class VoucherView:
    """A voucher, looked up."""

    voucher_id: int
    code: str
    shown_code: str
    kind: VoucherKind
    status: VoucherStatus
    words: str
    customer_id: int
    customer: str
    recipient: str
    message: str
    case_id: int | None
    case_number: str
    initial_cents: int
    balance_cents: int
    valid_from: date
    valid_to: date | None
    terms: str
    why_not: str
    """Why it can't be redeemed today; empty where it can."""
    ledger: tuple[LedgerLine, ...]


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


def _money(cents: int) -> str:
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
    topics = Topic.VOUCHERS | Topic.REMEDIES | Topic.CASES | Topic.FOLLOW_UPS
    with desk.changing(topics, "Issue a voucher") as change:
        hours = hours_of_shop()
        today = hours.day_of(now)
        case = None if case_id is None else case_by_id(case_id)
        customer = customer_by_id(_whose(case, customer_id))
        if case is not None:
            remedies.refuse_if_closed(case)
        remedy = _remedy_for(entry, case, customer, remedy_id, now=stamp, person=desk.person_id)
        _check_value(entry.value_cents)
        months, usual_terms = Shop.select(Shop.voucher_months, Shop.voucher_terms).tuples().get()
        row = Voucher.create(
            remedy=remedy.id,
            customer=customer.id,
            kind=entry.kind,
            code=_fresh_code(),
            recipient=tidy_name(entry.recipient) if entry.recipient.strip() else customer.name,
            message=tidy_text(entry.message, field="message", limit=200),
            terms=tidy_text(entry.terms, field="terms", limit=1_000) or usual_terms,
            valid_from=today,
            valid_to=_valid_to(entry.valid_to, today=today, months=months),
            created_at=stamp,
        )
        VoucherEntry.create(
            voucher=row.id,
            at=stamp,
            kind=EntryKind.ISSUE,
            amount_cents=entry.value_cents,
            words="",
            person=desk.person_id,
        )
        remedy.issued_at = stamp
        remedy.status = RemedyStatus.ISSUED
        remedy.save(only=remedy.dirty_fields)
        change.say(f"Issue {rules.shown_code(row.code)}")
        if case is not None:
            remedies.update_facts(case, now=stamp)
            settle(case, now=now, hours=hours)
        return _view(row, hours, now=now)


def _whose(case: Case | None, customer_id: int | None) -> int:
    whose = customer_id if case is None else case.customer_id
    if whose is None:
        raise InvalidEntryError("customer", "Who is it for?")
    return int(whose)


def _check_value(value_cents: int) -> None:
    if value_cents <= 0:
        raise InvalidEntryError("value", "A voucher has to be worth something.")


def _valid_to(wanted: date | None, *, today: date, months: int) -> date | None:
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
        return _agreed(entry, remedy_id, None if case is None else case.id, customer)
    remedy = RemedyEntry(
        kind=RemedyKind.VOUCHER,
        words=entry.words.strip() or KIND_WORDS[entry.kind],
        value_cents=entry.value_cents,
        cost_cents=entry.cost_cents,
    )
    if case is not None:
        return remedies.write(case, remedy, status=RemedyStatus.AGREED, now=now, person_id=person)
    return Remedy.create(
        customer=customer.id,
        kind=remedy.kind,
        words=remedies.checked(remedy),
        value_cents=remedy.value_cents,
        cost_cents=remedies.usual_cost(remedy),
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
    )
    row.words = remedies.checked(given)
    if entry.cost_cents is not None or entry.value_cents != row.value_cents:
        row.value_cents, row.cost_cents = given.value_cents, remedies.usual_cost(given)
    return row


def _check_free(row: Remedy) -> None:
    """Refuse to give by voucher what was given already, or was never agreed as one."""
    if row.status == RemedyStatus.VOID:
        raise NotAllowedError("That remedy was taken back, so it can't be given.")
    if Voucher.select().where(Voucher.remedy == row.id).exists():
        raise InvalidEntryError("remedy", "That remedy has its voucher already.")
    if row.status in remedies.GIVEN:
        raise NotAllowedError("That has been handed over already.")
    if row.kind != RemedyKind.VOUCHER:
        raise NotAllowedError(
            f"That isn't a voucher: {row.words}.", advice="Hand it over as what was agreed."
        )


def _fresh_code() -> str:
    while True:
        code = rules.new_code()
        if not Voucher.select().where(Voucher.code == code).exists():
            return code


def _by_code(typed: str) -> Voucher:
    code = rules.check_code(typed)
    row = Voucher.get_or_none(Voucher.code == code)
    if row is None:
        raise NotFoundError(
            f"No voucher has the code {rules.shown_code(code)}.",
            advice="Compare it with the paper. It may also come from another shop.",
        )
    return row


def look_up(desk: Desk, typed: str, *, now: datetime) -> VoucherView:
    """Find a voucher by the code on it.

    Raises:
        InvalidEntryError: that can't be a code; the message says which sign is likely wrong.
        NotFoundError: no voucher has it.
    """
    with desk.reading():
        return _view(_by_code(typed), hours_of_shop(), now=now)


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
    topics = Topic.VOUCHERS | Topic.REMEDIES | Topic.CASES | Topic.FOLLOW_UPS
    with desk.changing(topics, "Redeem a voucher") as change:
        hours = hours_of_shop()
        row = _by_code(typed)
        seen = _view(row, hours, now=now)
        amount = seen.balance_cents if amount_cents is None else amount_cents
        rules.check_redeem(
            amount,
            balance_cents=seen.balance_cents,
            left=_money(seen.balance_cents),
            why_not=seen.why_not,
        )
        change.say(f"Redeem {seen.shown_code}")
        VoucherEntry.create(
            voucher=row.id,
            at=utc(now),
            kind=EntryKind.REDEEM,
            amount_cents=-amount,
            words="",
            person=desk.person_id,
        )
        left = seen.balance_cents - amount
        remedy = Remedy.get_by_id(row.remedy_id)
        remedy.status = RemedyStatus.PART_USED if left else RemedyStatus.USED
        remedy.handed_over_at = remedy.handed_over_at or utc(now)
        remedy.save(only=remedy.dirty_fields)
        if remedy.case_id is not None:
            case = case_by_id(remedy.case_id)
            remedies.update_facts(case, now=utc(now))
            settle(case, now=now, hours=hours)
        return Redeemed(
            voucher_id=row.id, customer=seen.customer, amount_cents=amount, left_cents=left
        )


def _ledger(voucher_id: int) -> tuple[LedgerLine, ...]:
    query = (
        VoucherEntry.select(
            VoucherEntry.at, VoucherEntry.kind, VoucherEntry.amount_cents, VoucherEntry.words
        )
        .where(VoucherEntry.voucher == voucher_id)
        .order_by(VoucherEntry.id)
    )
    return tuple(
        LedgerLine(at, EntryKind(kind), amount, words) for at, kind, amount, words in query.tuples()
    )


def _view(row: Voucher, hours: OpeningHours, *, now: datetime) -> VoucherView:
    today = hours.day_of(now)
    ledger = _ledger(row.id)
    initial = sum(line.amount_cents for line in ledger if line.kind is EntryKind.ISSUE)
    balance = sum(line.amount_cents for line in ledger)
    customer = Customer.select(Customer.name).where(Customer.id == row.customer_id).scalar()
    words, case_id, number = (
        Remedy.select(Remedy.words, Case.id, Case.number)
        .left_outer_join(Case, on=Remedy.case == Case.id)
        .where(Remedy.id == row.remedy_id)
        .tuples()
        .get()
    )
    replaced = row.replaced_by_id is not None
    status = rules.status(
        balance_cents=balance,
        initial_cents=initial,
        valid_to=row.valid_to,
        voided=row.voided_at is not None,
        replaced=replaced,
        today=today,
    )
    last_used = next((line.at for line in reversed(ledger) if line.amount_cents < 0), None)
    return VoucherView(
        voucher_id=row.id,
        code=row.code,
        shown_code=rules.shown_code(row.code),
        kind=VoucherKind(row.kind),
        status=status,
        words=words,
        customer_id=row.customer_id,
        customer=customer,
        recipient=row.recipient,
        message=row.message,
        case_id=case_id,
        case_number=number or "",
        initial_cents=initial,
        balance_cents=balance,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        terms=row.terms,
        why_not=rules.why_not_redeemable(
            status,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            today=today,
            used_up_on=None if last_used is None else hours.day_of(last_used),
        )
        or "",
        ledger=ledger,
    )


def view(desk: Desk, voucher_id: int, *, now: datetime) -> VoucherView:
    """Return a voucher.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        row = Voucher.get_or_none(Voucher.id == voucher_id)
        if row is None:
            raise NotFoundError("That voucher is no longer on the desk.")
        return _view(row, hours_of_shop(), now=now)
