"""Everything the desk holds on one person: which rows of which tables are about them."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

import peewee as pw

from recoverydesk.domain.names import name_key
from recoverydesk.domain.phones import email_key, phone_key
from recoverydesk.errors import NotFoundError
from recoverydesk.records import record
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.form_drafts import about_customer
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    JOURNALED,
    Case,
    CaseLink,
    CorrectiveAction,
    Customer,
    EntitlementUse,
    FormDraft,
    LetterDraft,
    Shop,
    VoucherEntry,
)

Rows: TypeAlias = Mapping[type[pw.Model], tuple[int, ...]]
"""Ids of rows, by their table."""

_BY_THEMSELVES = frozenset({Customer, Case, CaseLink, CorrectiveAction, VoucherEntry})
"""Tables that are looked through in a way of their own. What a shop changes after a case is the
shop's own, though the case led to it."""


@record
class PersonRows:
    """Which rows are about one person.

    Attributes:
        customer_id: who; where two were merged, the one who stayed.
        customers: the person, and whoever turned out to be the same.
        cases: all of theirs, merged ones included.
        rows: all of it by table, parents before children; those two included.
    """

    customer_id: int
    customers: tuple[int, ...]
    cases: tuple[int, ...]
    rows: Rows


def of(desk: Desk, customer_id: int) -> PersonRows:
    """Return which rows are about a person.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.reading():
        whose = int(customer_by_id(customer_id).id)
        customers = _ids(Customer, (Customer.id == whose) | (Customer.merged_into == whose))
        cases = _ids(Case, Case.customer.in_(customers))
        rows: dict[type[pw.Model], tuple[int, ...]] = {Customer: customers, Case: cases}
        rows[CaseLink] = _ids(CaseLink, CaseLink.case.in_(cases) | CaseLink.other.in_(cases))
        for table in JOURNALED:
            columns = table._meta.fields  # noqa: SLF001 - Peewee's documented way to the columns
            if table not in _BY_THEMSELVES and {"customer", "case"} & columns.keys():
                rows[table] = _ids(table, _theirs(columns, customers, cases))
        rows |= _below(rows)
        numbers = [str(one) for (one,) in Case.select(Case.number).where(Case.id << cases).tuples()]
        abouts = [*numbers, *(about_customer(desk, one) for one in customers)]
        rows[LetterDraft] = _ids(LetterDraft, LetterDraft.case_number.in_(numbers))
        rows[FormDraft] = _ids(FormDraft, FormDraft.about.in_(abouts))
    return PersonRows(whose, customers, cases, {table: ids for table, ids in rows.items() if ids})


def find(desk: Desk, who: str) -> int:
    """Return whom a name, a phone number or an e-mail address means; written out, not guessed.

    Raises:
        NotFoundError: it is nobody's, or several people's.
    """
    typed = who.strip()
    with desk.reading():
        country = str(Shop.select(Shop.country).scalar())
        ways: list[Any] = []
        if key := name_key(typed):
            ways.append(Customer.name_key == key)
        if "@" in typed:
            ways.append(Customer.email_key == email_key(typed))
        if any(sign.isdigit() for sign in typed):
            ways.append(Customer.phone_key == phone_key(typed, country))
        whose = pw.fn.COALESCE(Customer.merged_into, Customer.id)
        # Nothing typed that could be anybody's means nobody.
        means = reduce(or_, ways, Customer.id == 0)
        query = Customer.select(whose).where(means)
        found = sorted({int(one) for (one,) in query.tuples()})
    if not found:
        raise NotFoundError(
            f"Nobody here is written down as “{typed}”.",
            advice="Give the whole name, the phone number or the e-mail address.",
        )
    if len(found) > 1:
        raise NotFoundError(
            f"{len(found)} people are written down as “{typed}”.",
            advice="Give the phone number or the e-mail address instead.",
        )
    return found[0]


def _theirs(columns: Mapping[str, Any], customers: Iterable[int], cases: Iterable[int]) -> Any:  # noqa: ANN401 - peewee's own
    """Return what makes a row theirs: it says whose it is, or its case does."""
    customer, case = columns.get("customer"), columns.get("case")
    if customer is None:
        return case.in_(cases)  # type: ignore[union-attr]
    if case is None:
        return customer.in_(customers)
    return customer.in_(customers) | (customer.is_null() & case.in_(cases))


def _below(rows: Rows) -> Rows:
    """Return the rows that belong to a row of theirs rather than to them."""
    below: dict[type[pw.Model], tuple[int, ...]] = {}
    for table, name in ((VoucherEntry, "voucher"), (EntitlementUse, "entitlement")):
        parent = table._meta.fields[name]  # noqa: SLF001 - as above
        below[table] = _ids(table, parent.in_(rows.get(parent.rel_model, ())))
    return below


def _ids(table: Any, whose: Any) -> tuple[int, ...]:  # noqa: ANN401 - peewee's own
    return tuple(
        row_id for (row_id,) in table.select(table.id).where(whose).order_by(table.id).tuples()
    )
