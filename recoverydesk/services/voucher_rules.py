"""How long each kind of voucher is good here, and on what terms.

What a bought gift card may say is often a matter of law: the shop sets it, and is told to check.
"""

import peewee as pw

from recoverydesk.domain.text import tidy_text
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Remedy, Shop, Voucher, VoucherRule
from recoverydesk.topics import Topic

LONGEST_MONTHS = 120
BOUGHT_MONTHS = 36
"""Of what was paid for with money, until the shop says otherwise."""
PAID_FOR = frozenset({VoucherKind.GIFT_CARD, VoucherKind.STORE_CREDIT})
"""Kinds that hold a customer's own money; the others are goodwill, given without it."""


@record
class Rule:
    """How long vouchers of a kind are good, and on what terms."""

    kind: VoucherKind
    months: int
    """0: they never lapse."""
    terms: str
    own: bool = False
    """The shop has said so; else it is what is usual."""


def is_bought() -> pw.Expression:
    """Return the condition of remedies that customers paid for themselves, for a query.

    A gift card given in a case is goodwill like the rest; one without a case was sold.
    """
    sold = Voucher.select(Voucher.remedy).where(Voucher.kind.in_(list(PAID_FOR)))
    bought: pw.Expression = Remedy.case.is_null() & Remedy.id.in_(sold)
    return bought


def rule_for(kind: VoucherKind) -> Rule:
    """Return what holds for a kind of voucher; call inside `reading()` or `changing()`."""
    row = VoucherRule.get_or_none(VoucherRule.kind == kind)
    if row is not None:
        return Rule(kind, row.months, row.terms, own=True)
    months, terms = Shop.select(Shop.voucher_months, Shop.voucher_terms).tuples().get()
    return Rule(kind, BOUGHT_MONTHS if kind in PAID_FOR else months, terms)


def every_rule(desk: Desk) -> tuple[Rule, ...]:
    """Return what holds for each kind of voucher."""
    with desk.reading():
        return tuple(rule_for(kind) for kind in VoucherKind)


def checked(months: int) -> int:
    """Return a number of months that vouchers may be good for.

    Raises:
        InvalidEntryError: below zero or above ten years.
    """
    if not 0 <= months <= LONGEST_MONTHS:
        raise InvalidEntryError(
            "months", f"Between 0 and {LONGEST_MONTHS} months; 0 means that they never run out."
        )
    return months


def save(desk: Desk, kind: VoucherKind, *, months: int, terms: str) -> None:
    """Say how long a kind of voucher is good from now on; those that are out keep their day.

    Raises:
        InvalidEntryError: below zero or above ten years, or terms that are too long.
    """
    months = checked(months)
    terms = tidy_text(terms, field="terms", limit=1_000)
    values = {"months": months, "terms": terms}
    with desk.changing(Topic.SHOP | Topic.VOUCHERS, "How long vouchers are good"):
        if not VoucherRule.update(values).where(VoucherRule.kind == kind).execute():
            VoucherRule.create(kind=kind, **values)
