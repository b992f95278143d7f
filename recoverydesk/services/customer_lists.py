"""The customers' list, and the box that finds one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import peewee as pw

from recoverydesk.domain.case import Status
from recoverydesk.domain.names import name_key
from recoverydesk.domain.phones import email_key, phone_tail
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.errors import NotFoundError
from recoverydesk.records import record
from recoverydesk.storage import search as full_text
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.search import Source
from recoverydesk.storage.tables import (
    Case,
    Customer,
)

LEAST_DIGITS = 4


@record
class CustomerRow:
    """One line of the customers' list, or of the box that finds them."""

    customer_id: int
    name: str
    phone: str
    email: str
    town: str
    worth_year_cents: int | None
    since_on: date | None
    cases: int
    open_cases: int
    last_case_at: datetime | None
    do_not_contact: bool = False


def alike(desk: Desk, typed: str, *, most: int = 8) -> tuple[CustomerRow, ...]:
    """Return the customers that something typed may mean: a name, an e-mail, a phone's end.

    Names match from the start of any word, accents and spelling of umlauts aside, and where
    nobody is called so, with one slip of the finger; four or more digits match a phone's end.
    """
    with desk.reading():
        order = (Customer.name_key, Customer.id)
        if not _is_name(typed):
            return _rows(_matching(typed), order=order, most=most)
        found = _rows(_named(typed), order=order, most=most)
        if not found and (better := full_text.mended(name_key(typed))):
            found = _rows(_named(better), order=order, most=most)
        return found


def _is_name(typed: str) -> bool:
    digits = sum(sign.isdecimal() for sign in typed)
    is_phone = digits >= LEAST_DIGITS and digits * 2 > len(typed.strip())
    return bool(name_key(typed)) and "@" not in typed and not is_phone


def _named(typed: str) -> pw.Expression:
    """Return who has every word typed in their name, or its beginning, by the full text."""
    return Customer.id.in_(full_text.all_of(Source.NAME, name_key(typed)))


def _matching(typed: str) -> pw.Expression | None:
    digits = "".join(sign for sign in typed if sign.isdecimal())
    key = name_key(typed)
    if len(digits) >= LEAST_DIGITS and len(digits) * 2 > len(typed.strip()):
        tail = Customer.phone_tail == phone_tail(typed)
        if len(digits) == LEAST_DIGITS:
            return tail
        return tail & Customer.phone_key.endswith(digits.lstrip("0"))
    if "@" in typed:
        return Customer.email_key.startswith(email_key(typed))
    if not key:  # nothing typed finds everybody; signs that no name has, nobody
        return Customer.id.is_null() if typed.strip() else None
    return Customer.name_key.startswith(key) | Customer.name_key.contains(f" {key}")


def _rows(
    where: pw.Expression | None, *, order: Sequence[Any], most: int
) -> tuple[CustomerRow, ...]:
    # By what an old name or number led to: who has been merged is found as who they have become.
    whose = pw.fn.COALESCE(Customer.merged_into, Customer.id)
    query = Customer.select(whose)
    if where is not None:
        query = query.where(where)
    ids = list(dict.fromkeys(row[0] for row in query.order_by(*order).limit(most).tuples()))
    found = _rows_by_id(ids)
    return tuple(found[customer_id] for customer_id in ids)


def _rows_by_id(ids: Sequence[int]) -> dict[int, CustomerRow]:
    is_open = pw.Case(None, [(Case.status.in_(list(OPEN_STATUSES)), 1)], 0)
    query = (
        Customer.select(
            Customer.id,
            Customer.name,
            Customer.phone,
            Customer.email,
            Customer.town,
            Customer.worth_year_cents,
            Customer.since_on,
            pw.fn.COUNT(Case.id),
            pw.fn.SUM(is_open),
            pw.fn.MAX(Case.opened_at).converter(Case.opened_at.python_value),
            Customer.do_not_contact,
        )
        .join(
            Case,
            pw.JOIN.LEFT_OUTER,
            on=(Case.customer == Customer.id) & (Case.status != Status.MERGED),
        )
        .where(Customer.id.in_(list(ids)))
        .group_by(Customer.id)
    )
    return {
        values[0]: CustomerRow(
            customer_id=values[0],
            name=values[1],
            phone=values[2],
            email=values[3],
            town=values[4],
            worth_year_cents=values[5],
            since_on=values[6],
            cases=values[7],
            open_cases=values[8] or 0,
            last_case_at=values[9],
            do_not_contact=bool(values[10]),
        )
        for values in query.tuples()
    }


SORTS: Mapping[str, Any] = {
    "name": Customer.name_key,
    "town": Customer.town,
    "worth": Customer.worth_year_cents,
    "since": Customer.since_on,
}


def ids(
    desk: Desk,
    *,
    typed: str = "",
    sort: str = "name",
    descending: bool = False,
    most: int | None = None,
) -> Sequence[int]:
    """Return the ids of the customers in a list, in its order.

    Args:
        desk: the open desk.
        typed: what narrows the list: a name, an e-mail, the end of a phone number.
        sort: one of `SORTS`.
        descending: whether the largest comes first.
        most: how many at the most; None for all.
    """
    column = SORTS[sort]
    where = _matching(typed) if typed.strip() else None
    with desk.reading():
        here = Customer.merged_into.is_null() & Customer.erased_at.is_null()
        query = Customer.select(Customer.id).where(here)
        if where is not None:
            query = query.where(where)
        first = column.desc(nulls="last") if descending else column.asc(nulls="last")
        query = query.order_by(first, Customer.id)
        if most is not None:
            query = query.limit(most)
        return [values[0] for values in query.tuples()]


def rows(desk: Desk, wanted: Sequence[int]) -> Mapping[int, CustomerRow]:
    """Return the lines of these customers."""
    with desk.reading():
        return _rows_by_id(wanted)


def find(desk: Desk, who: str) -> CustomerRow:
    """Return the one customer that a few words mean.

    Raises:
        NotFoundError: nobody, or more than one.
    """
    found = alike(desk, who, most=2)
    if not found:
        raise NotFoundError(f"Nobody called “{who.strip()}” is on the desk.")
    if len(found) > 1:
        raise NotFoundError(
            f"More than one customer matches “{who.strip()}”.",
            advice="Type more of the name, or the last four digits of the phone number.",
        )
    return found[0]
