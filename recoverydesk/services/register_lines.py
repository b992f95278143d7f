"""The lines of the monthly register: what a month's remedies, ledgers and uses say."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import peewee as pw

from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.voucher import EntryKind, VoucherKind, shown_code
from recoverydesk.records import record
from recoverydesk.services.remedies import NOT_GIVEN
from recoverydesk.services.voucher_rules import PAID_FOR
from recoverydesk.services.vouchers import KIND_WORDS
from recoverydesk.storage.tables import (
    Case,
    Customer,
    Entitlement,
    EntitlementUse,
    Remedy,
    Voucher,
    VoucherEntry,
)


class Part(StrEnum):
    """What a line of the register tells; in the order in which they stand."""

    GIVEN = "given"
    ISSUED = "issued"
    REDEEMED = "redeemed"
    PUT_BACK = "put_back"
    EXTENDED = "extended"
    REPLACED = "replaced"
    LAPSED = "lapsed"
    MADE_VOID = "made_void"
    USED = "used"
    """Something that lasts was used once: a free delivery, a member's price."""


PART_OF = {
    EntryKind.ISSUE: Part.ISSUED,
    EntryKind.REDEEM: Part.REDEEMED,
    EntryKind.REFUND: Part.PUT_BACK,
    EntryKind.EXTEND: Part.EXTENDED,
    EntryKind.REPLACE: Part.REPLACED,
    EntryKind.EXPIRE: Part.LAPSED,
    EntryKind.VOID: Part.MADE_VOID,
}
PART_WORDS = {
    Part.GIVEN: "Given",
    Part.ISSUED: "Issued with a code",
    Part.REDEEMED: "Redeemed",
    Part.PUT_BACK: "Put back on",
    Part.EXTENDED: "Made good for longer",
    Part.REPLACED: "Moved to a new code",
    Part.LAPSED: "Ran out",
    Part.MADE_VOID: "Made void",
    Part.USED: "Used once",
}
ON_VOUCHERS = tuple(part for part in Part if part in PART_OF.values())
"""Those that a voucher's ledger has lines of: together they are all that changes a balance."""

_CALLED = {
    RemedyKind.FREE_SHIPPING: "Free delivery",
    RemedyKind.OTHER: "Something else",
}


@record
class RegisterLine:
    """Something that was given, used or lapsed on a day. Amounts are in minor units."""

    part: Part
    on: date
    customer: str
    case_number: str
    """Empty without a case."""
    kind: str
    """What sort of remedy it is, in words."""
    words: str
    value_cents: int = 0
    """What it is worth to the customer; of what was given only."""
    cost_cents: int = 0
    """What it costs the shop; of what was given only."""
    ledger_cents: int = 0
    """What it adds to what is left on vouchers: below zero where it takes off."""
    code: str = ""
    """As it is shown; empty where it has none."""
    handed_over_on: date | None = None


@record
class Span:
    """A month as the shop's clock has it."""

    first: date
    after: date
    """The first day of the next one."""
    hours: OpeningHours

    @property
    def begins(self) -> datetime:
        """Its first moment (UTC)."""
        return self.hours.at(self.first, time())

    @property
    def ends(self) -> datetime:
        """The first moment after it (UTC)."""
        return self.hours.at(self.after, time())

    def has(self, column: pw.Field) -> pw.Expression:
        """Return the condition that a stamp lies in it."""
        inside: pw.Expression = (column >= self.begins) & (column < self.ends)
        return inside


def lines_of(span: Span) -> list[RegisterLine]:
    """Return all that happened in a month, by part, then by day; call inside `reading()`."""
    lines = [*_given(span), *_ledger(span), *_ended(span), *_uses(span)]
    places = {part: place for place, part in enumerate(Part)}
    return sorted(lines, key=lambda line: (places[line.part], line.on))


def _kind(kind: str, voucher_kind: str | None = None) -> str:
    """Return what a remedy is called in the books."""
    if voucher_kind is not None:
        return KIND_WORDS[VoucherKind(voucher_kind)]
    found = RemedyKind(kind)
    return _CALLED.get(found) or found.value.replace("_", " ").capitalize()


def _given_as(kind: str, voucher_kind: str | None, *, sold: bool) -> str:
    """Return what was given; what a customer paid for is no goodwill and stands apart."""
    called = _kind(kind, voucher_kind)
    return f"{called}, paid for" if sold and voucher_kind in PAID_FOR else called


def _given(span: Span) -> Iterator[RegisterLine]:
    agreed_at = pw.fn.COALESCE(
        Remedy.agreed_at, Remedy.issued_at, Remedy.handed_over_at, Remedy.created_at
    )
    stored = Remedy.created_at.db_value
    columns = (
        Remedy.id, Remedy.agreed_at, Remedy.issued_at, Remedy.handed_over_at, Remedy.created_at,
        Customer.name, Case.number, Remedy.kind, Remedy.words, Remedy.value_cents,
        Remedy.cost_cents,
    )  # fmt: skip
    here = (agreed_at >= stored(span.begins)) & (agreed_at < stored(span.ends))
    query = (
        Remedy.select(*columns)
        .join(Customer, on=Remedy.customer == Customer.id)
        .switch(Remedy)
        .left_outer_join(Case, on=Remedy.case == Case.id)
        .where(here, Remedy.status.not_in(NOT_GIVEN))
        .order_by(agreed_at, Remedy.id)
    )
    found = list(query.tuples())
    vouchers = _vouchers_of([values[0] for values in found])
    for remedy_id, agreed, issued, handed, made, name, number, kind, words, value, cost in found:
        voucher_kind, code = vouchers.get(remedy_id, (None, ""))
        yield RegisterLine(
            part=Part.GIVEN,
            on=span.hours.day_of(agreed or issued or handed or made),
            customer=name,
            case_number=number or "",
            kind=_given_as(kind, voucher_kind, sold=number is None),
            words=words,
            value_cents=value,
            cost_cents=cost,
            code=code,
            handed_over_on=None if handed is None else span.hours.day_of(handed),
        )


def _vouchers_of(remedy_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return kind and code of the voucher that each remedy has now."""
    query = Voucher.select(Voucher.remedy, Voucher.kind, Voucher.code).where(
        Voucher.remedy.in_(remedy_ids), Voucher.replaced_by.is_null()
    )
    return {remedy: (kind, shown_code(code)) for remedy, kind, code in query.tuples()}


def _ledger(span: Span) -> Iterator[RegisterLine]:
    columns = (
        VoucherEntry.kind, VoucherEntry.at, Customer.name, Case.number, Remedy.kind, Voucher.kind,
        VoucherEntry.words, Remedy.words, VoucherEntry.amount_cents, Voucher.code,
    )  # fmt: skip
    query = (
        VoucherEntry.select(*columns)
        .join(Voucher, on=VoucherEntry.voucher == Voucher.id)
        .join(Remedy, on=Voucher.remedy == Remedy.id)
        .join(Customer, on=Voucher.customer == Customer.id)
        .switch(Remedy)
        .left_outer_join(Case, on=Remedy.case == Case.id)
        .where(span.has(VoucherEntry.at))
        .order_by(VoucherEntry.id)
    )
    for entry, at, name, number, kind, voucher_kind, why, words, cents, code in query.tuples():
        yield RegisterLine(
            part=PART_OF[EntryKind(entry)],
            on=span.hours.day_of(at),
            customer=name,
            case_number=number or "",
            kind=_kind(kind, voucher_kind),
            words=why or words,
            ledger_cents=cents,
            code=shown_code(code),
        )


def _ended(span: Span) -> Iterator[RegisterLine]:
    """Yield what was for a time and ran out without a single use, on the day after its last."""
    one_day = timedelta(days=1)
    query = (
        Entitlement.select(
            Entitlement.valid_to, Customer.name, Case.number, Remedy.kind, Entitlement.words
        )
        .join(Remedy, on=Entitlement.remedy == Remedy.id)
        .join(Customer, on=Entitlement.customer == Customer.id)
        .switch(Remedy)
        .left_outer_join(Case, on=Remedy.case == Case.id)
        .where(
            Remedy.status == RemedyStatus.LAPSED,
            Entitlement.valid_to.between(span.first - one_day, span.after - 2 * one_day),
        )
        .order_by(Entitlement.id)
    )
    for last, name, number, kind, words in query.tuples():
        yield RegisterLine(Part.LAPSED, last + one_day, name, number or "", _kind(kind), words)


def _uses(span: Span) -> Iterator[RegisterLine]:
    columns = (
        EntitlementUse.at, Customer.name, Case.number, Entitlement.kind, EntitlementUse.words,
        Entitlement.words,
    )  # fmt: skip
    query = (
        EntitlementUse.select(*columns)
        .join(Entitlement, on=EntitlementUse.entitlement == Entitlement.id)
        .join(Customer, on=Entitlement.customer == Customer.id)
        .switch(Entitlement)
        .left_outer_join(Case, on=Entitlement.case == Case.id)
        .where(span.has(EntitlementUse.at))
        .order_by(EntitlementUse.id)
    )
    for at, name, number, kind, said, words in query.tuples():
        what = f"{words}: {said}" if said else words
        on = span.hours.day_of(at)
        yield RegisterLine(Part.USED, on, name, number or "", _kind(kind), what)


def left_before(before: datetime) -> dict[VoucherKind, int]:
    """Return what was left on all vouchers of each kind at a moment; call inside `reading()`."""
    query = (
        VoucherEntry.select(Voucher.kind, pw.fn.SUM(VoucherEntry.amount_cents))
        .join(Voucher, on=VoucherEntry.voucher == Voucher.id)
        .where(VoucherEntry.at < before)
        .group_by(Voucher.kind)
    )
    return {VoucherKind(kind): cents for kind, cents in query.tuples()}
