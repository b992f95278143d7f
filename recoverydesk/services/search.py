"""Find anything: people, cases, codes, by what somebody remembers of them."""

from enum import StrEnum

import peewee as pw

from recoverydesk.domain import voucher as rules
from recoverydesk.domain.names import name_key
from recoverydesk.records import record
from recoverydesk.services import customer_lists
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Voucher


class FoundKind(StrEnum):
    """What was found."""

    CUSTOMER = "customer"
    CASE = "case"
    VOUCHER = "voucher"


@record
class Found:
    """One hit: enough to show it and to open it."""

    kind: FoundKind
    item_id: int
    title: str
    hint: str


LEAST_SIGNS = 2
LEAST_CODE_SIGNS = 4


def find(desk: Desk, typed: str, *, most: int = 12) -> tuple[Found, ...]:
    """Return what something typed may mean: codes first, then people, then cases.

    Args:
        desk: the open desk.
        typed: a name, the end of a phone number, a case number, a code, words of a story.
        most: how many hits at the most.
    """
    typed = typed.strip()
    if len(typed) < LEAST_SIGNS:
        return ()
    with desk.reading():
        hits = [*_vouchers(typed, most), *_customers(desk, typed), *_cases(typed, most)]
    return tuple(hits[:most])


def _vouchers(typed: str, most: int) -> list[Found]:
    piece = rules.clean_code(typed)
    if len(piece) < LEAST_CODE_SIGNS or not set(piece) <= set(rules.ALPHABET):
        return []
    # Whoever reads a code aloud begins at its beginning.
    begins = pw.Case(None, [(Voucher.code.startswith(piece), 0)], 1)
    query = (
        Voucher.select(Voucher.id, Voucher.code, Customer.name)
        .join(Customer, on=Voucher.customer == Customer.id)
        .where(Voucher.code.contains(piece))
        .order_by(begins, Voucher.id.desc())
        .limit(most)
    )
    return [
        Found(FoundKind.VOUCHER, voucher_id, rules.shown_code(code), name)
        for voucher_id, code, name in query.tuples()
    ]


def _customers(desk: Desk, typed: str) -> list[Found]:
    return [
        Found(
            FoundKind.CUSTOMER,
            row.customer_id,
            row.name,
            " · ".join(part for part in (row.phone or row.email, row.town) if part),
        )
        for row in customer_lists.alike(desk, typed, most=6)
    ]


def _cases(typed: str, most: int) -> list[Found]:
    # People first, as a list: looking up each case's customer takes five times as long.
    people = Customer.select(Customer.id).where(
        Customer.name_key.contains(name_key(typed) or typed)
    )
    wanted = (
        Case.number.contains(typed)
        | Case.summary.contains(typed)
        | Case.words.contains(typed)
        | Case.customer.in_(people)
    )
    query = (
        Case.select(Case.id, Case.number, Case.summary, Customer.name)
        .join(Customer)
        .where(wanted)
        .order_by(Case.id.desc())
        .limit(most)
    )
    return [
        Found(FoundKind.CASE, case_id, f"{number} {name}", summary)
        for case_id, number, summary, name in query.tuples()
    ]
