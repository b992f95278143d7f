"""A voucher as it is looked up: where it stands, what is left, all that happened to it."""

from datetime import date, datetime

from recoverydesk.domain import voucher as rules
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.voucher import EntryKind, VoucherKind, VoucherStatus
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Person, Remedy, Voucher, VoucherEntry


@record
class LedgerLine:
    """One line of a voucher's history."""

    at: datetime
    kind: EntryKind
    amount_cents: int
    """Signed: what it adds to the balance."""
    words: str
    person: str = ""
    """Who wrote it; empty where there is only one."""

    @property
    def brings_in(self) -> bool:
        """Whether it is what the voucher was worth at first: issued, or come from an old code."""
        moved_here = self.kind is EntryKind.REPLACE and self.amount_cents > 0
        return self.kind is EntryKind.ISSUE or moved_here


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
    instead: str
    """The code that took its place, as stored; empty where none did."""
    ledger: tuple[LedgerLine, ...]


def by_code(typed: str) -> Voucher:
    """Return a voucher's row; call inside `reading()` or `changing()`.

    Raises:
        InvalidEntryError: that can't be a code; says which sign is likely wrong, where a voucher
            of this shop has nearly the same.
        NotFoundError: no voucher has it.
    """
    try:
        code = rules.check_code(typed)
    except InvalidEntryError as error:
        raise _told_where(typed) or error from None
    row = Voucher.get_or_none(Voucher.code == code)
    if row is None:
        raise NotFoundError(
            f"No voucher has the code {rules.shown_code(code)}.",
            advice="Compare it with the paper. It may also come from another shop.",
        )
    return row


def _told_where(typed: str) -> InvalidEntryError | None:
    """Return an error that names the wrong sign, where just one voucher's code is that close."""
    near = {code: at for at, code in rules.near_codes(typed)}
    here = Voucher.select(Voucher.code).where(Voucher.code.in_(list(near)))
    codes = [values[0] for values in here.tuples()] if near else []
    if len(codes) != 1:
        return None
    at, meant = near[codes[0]], codes[0]
    wrong = rules.clean_code(typed)
    swapped = at < len(meant) and wrong[at - 1 : at + 1] == meant[at - 1 : at + 1][::-1]
    if swapped and wrong[at - 1] != wrong[at]:
        words = f"Signs {at} and {at + 1} have likely changed places"
    else:
        words = f"Sign {at} is likely wrong: “{wrong[at - 1]}” where “{meant[at - 1]}” belongs"
    return InvalidEntryError("code", f"{words}. One on your books reads {rules.shown_code(meant)}.")


def look_up(desk: Desk, typed: str, *, now: datetime) -> VoucherView:
    """Find a voucher by the code on it.

    Raises:
        InvalidEntryError: that can't be a code; the message says which sign is likely wrong.
        NotFoundError: no voucher has it.
    """
    with desk.reading():
        return view_of(by_code(typed), hours_of_shop(), now=now)


def view(desk: Desk, voucher_id: int, *, now: datetime) -> VoucherView:
    """Return a voucher.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        return view_of(by_id(voucher_id), hours_of_shop(), now=now)


def by_id(voucher_id: int) -> Voucher:
    """Return a voucher's row; call inside `reading()` or `changing()`.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    row = Voucher.get_or_none(Voucher.id == voucher_id)
    if row is None:
        raise NotFoundError("That voucher is no longer on the desk.")
    return row


def _ledger(voucher_id: int) -> tuple[LedgerLine, ...]:
    query = (
        VoucherEntry.select(
            VoucherEntry.at,
            VoucherEntry.kind,
            VoucherEntry.amount_cents,
            VoucherEntry.words,
            Person.name,
        )
        .left_outer_join(Person, on=VoucherEntry.person == Person.id)
        .where(VoucherEntry.voucher == voucher_id)
        .order_by(VoucherEntry.id)
    )
    return tuple(
        LedgerLine(at, EntryKind(kind), amount, words, person or "")
        for at, kind, amount, words, person in query.tuples()
    )


def view_of(row: Voucher, hours: OpeningHours, *, now: datetime) -> VoucherView:
    """Return a voucher as it stands; call inside `reading()` or `changing()`."""
    today = hours.day_of(now)
    ledger = _ledger(row.id)
    initial = sum(line.amount_cents for line in ledger if line.brings_in)
    balance = sum(line.amount_cents for line in ledger)
    customer = Customer.select(Customer.name).where(Customer.id == row.customer_id).scalar()
    words, case_id, number = (
        Remedy.select(Remedy.words, Case.id, Case.number)
        .left_outer_join(Case, on=Remedy.case == Case.id)
        .where(Remedy.id == row.remedy_id)
        .tuples()
        .get()
    )
    status = rules.status(
        balance_cents=balance,
        initial_cents=initial,
        valid_to=row.valid_to,
        voided=row.voided_at is not None,
        replaced=row.replaced_by_id is not None,
        lapsed=row.lapsed_at is not None,
        today=today,
    )
    instead = _code_of(row.replaced_by_id)
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
            used_up_on=_last(ledger, EntryKind.REDEEM, hours),
            replaced_by=instead,
            replaced_on=_last(ledger, EntryKind.REPLACE, hours),
            voided_on=None if row.voided_at is None else hours.day_of(row.voided_at),
        )
        or "",
        instead=instead,
        ledger=ledger,
    )


def _code_of(voucher_id: int | None) -> str:
    if voucher_id is None:
        return ""
    return str(Voucher.select(Voucher.code).where(Voucher.id == voucher_id).scalar())


def _last(ledger: tuple[LedgerLine, ...], kind: EntryKind, hours: OpeningHours) -> date | None:
    """Return the day of the newest line of a kind that took something off."""
    lines = (line for line in reversed(ledger) if line.kind is kind and line.amount_cents < 0)
    line = next(lines, None)
    return None if line is None else hours.day_of(line.at)
