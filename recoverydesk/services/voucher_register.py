"""The vouchers' register: what is in it, in which order, and what its footer says."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import peewee as pw

from recoverydesk.domain import voucher as rules
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.voucher import EntryKind, VoucherKind, VoucherStatus
from recoverydesk.records import record
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer, Remedy, Voucher, VoucherEntry

SOON_DAYS = 14


@record
class VoucherRow:
    """One line of the register."""

    voucher_id: int
    code: str
    kind: VoucherKind
    remedy_kind: RemedyKind
    customer: str
    words: str
    initial_cents: int
    balance_cents: int
    valid_to: date | None
    status: VoucherStatus
    expires_soon: bool


FILTERS = ("open", "expires_soon", "used_up", "all")

BRINGS_IN = (VoucherEntry.kind == EntryKind.ISSUE) | (
    (VoucherEntry.kind == EntryKind.REPLACE) & (VoucherEntry.amount_cents > 0)
)
"""What a voucher was worth at first: issued, or come from an old code."""

BALANCE = VoucherEntry.select(pw.fn.COALESCE(pw.fn.SUM(VoucherEntry.amount_cents), 0)).where(
    VoucherEntry.voucher == Voucher.id
)
INITIAL = VoucherEntry.select(pw.fn.COALESCE(pw.fn.SUM(VoucherEntry.amount_cents), 0)).where(
    VoucherEntry.voucher == Voucher.id, BRINGS_IN
)


def is_live(today: date) -> pw.Expression:
    """Return the condition of vouchers with money on them today.

    Neither void nor replaced, expired nor used up.
    """
    in_time = Voucher.valid_to.is_null() | (Voucher.valid_to >= today)
    live: pw.Expression = _stands() & in_time & (BALANCE > 0)
    return live


def _stands() -> pw.Expression:
    return Voucher.voided_at.is_null() & Voucher.replaced_by.is_null()


def _filtered(query: Any, which: str, *, today: date) -> Any:  # noqa: ANN401 - peewee's own
    match which:
        case "open":
            return query.where(is_live(today))
        case "expires_soon":
            soon = date.fromordinal(today.toordinal() + SOON_DAYS)
            return query.where(_stands(), Voucher.valid_to.between(today, soon), BALANCE > 0)
        case "used_up":
            # What ran out, was made void or has a new code was not used up.
            return query.where(_stands(), Voucher.lapsed_at.is_null(), BALANCE == 0)
        case _:
            return query


SORTS: Mapping[str, Any] = {
    "code": Voucher.code,
    "customer": Customer.name_key,
    "use_by": Voucher.valid_to,
    "worth": INITIAL,
    "left": BALANCE,
    "issued": Voucher.id,
}


def ids(
    desk: Desk,
    *,
    now: datetime,
    which: str = "open",
    sort: str = "use_by",
    descending: bool = False,
) -> Sequence[int]:
    """Return the ids of the vouchers in the register, in its order.

    Args:
        desk: the open desk.
        now: this moment (UTC).
        which: one of `FILTERS`.
        sort: one of `SORTS`.
        descending: whether the largest comes first.
    """
    with desk.reading():
        today = hours_of_shop().day_of(now)
        column = SORTS[sort]
        first = pw.Ordering(column, "DESC" if descending else "ASC", nulls="last")
        query = Voucher.select(Voucher.id).join(Customer, on=Voucher.customer == Customer.id)
        query = _filtered(query, which, today=today).order_by(first, Voucher.id)
        return [values[0] for values in query.tuples()]


def rows(desk: Desk, wanted: Sequence[int], *, now: datetime) -> Mapping[int, VoucherRow]:
    """Return the register's lines of these vouchers."""
    with desk.reading():
        today = hours_of_shop().day_of(now)
        query = (
            Voucher.select(
                Voucher.id,
                Voucher.code,
                Voucher.kind,
                Remedy.kind,
                Customer.name,
                Remedy.words,
                INITIAL,
                BALANCE,
                Voucher.valid_to,
                Voucher.voided_at,
                Voucher.replaced_by,
                Voucher.lapsed_at,
            )
            .join(Customer, on=Voucher.customer == Customer.id)
            .switch(Voucher)
            .join(Remedy, on=Voucher.remedy == Remedy.id)
            .where(Voucher.id.in_(list(wanted)))
        )
        return {values[0]: _row(values, today) for values in query.tuples()}


def _row(values: Sequence[Any], today: date) -> VoucherRow:
    (
        voucher_id, code, kind, remedy_kind, customer, words,
        initial, balance, valid_to, voided_at, replaced_by, lapsed_at,
    ) = values  # fmt: skip
    status = rules.status(
        balance_cents=balance,
        initial_cents=initial,
        valid_to=valid_to,
        voided=voided_at is not None,
        replaced=replaced_by is not None,
        lapsed=lapsed_at is not None,
        today=today,
    )
    usable = status in {VoucherStatus.ACTIVE, VoucherStatus.PART_USED}
    return VoucherRow(
        voucher_id=voucher_id,
        code=rules.shown_code(code),
        kind=VoucherKind(kind),
        remedy_kind=RemedyKind(remedy_kind),
        customer=customer,
        words=words,
        initial_cents=initial,
        balance_cents=balance,
        valid_to=valid_to,
        status=status,
        expires_soon=usable and valid_to is not None and (valid_to - today).days <= SOON_DAYS,
    )


@record
class RegisterTotals:
    """What the register's chips and footer say."""

    counts: Mapping[str, int]
    """Per filter of `FILTERS`."""
    left_cents: int
    """Still to honour."""
    soon: tuple[tuple[str, int], ...]
    """Who has money that runs out within `SOON_DAYS`, and how much."""


def totals(desk: Desk, *, now: datetime) -> RegisterTotals:
    """Return the register's counts and sums."""
    with desk.reading():
        today = hours_of_shop().day_of(now)
        counts = {
            which: _filtered(Voucher.select(), which, today=today).count() for which in FILTERS
        }
        open_ones = _filtered(Voucher.select(BALANCE), "open", today=today)
        soon = _filtered(
            Voucher.select(Customer.name, BALANCE).join(
                Customer, on=Voucher.customer == Customer.id
            ),
            "expires_soon",
            today=today,
        ).order_by(Voucher.valid_to)
        return RegisterTotals(
            counts=counts,
            left_cents=sum(values[0] for values in open_ones.tuples()),
            soon=tuple(soon.limit(20).tuples()),
        )
