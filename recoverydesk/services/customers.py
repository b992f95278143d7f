"""The people the shop serves: found or made, shown, corrected."""

from datetime import date, datetime
from typing import Any

import peewee as pw

from recoverydesk.domain.contact import Way
from recoverydesk.domain.language import known_language
from recoverydesk.domain.money import parse_amount
from recoverydesk.domain.names import name_key, tidy_name
from recoverydesk.domain.phones import check_email, email_key, phone_key, phone_tail, tidy_phone
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import NotFoundError
from recoverydesk.records import record
from recoverydesk.services.plans import settle
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Customer,
    Shop,
)
from recoverydesk.topics import Topic


@record
class CustomerEntry:
    """What is typed about a customer; everything but the name may be empty."""

    name: str
    phone: str = ""
    email: str = ""
    greeting_name: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    worth: str = ""
    """Worth a year, as typed."""
    likes: str = ""
    note: str = ""
    since_on: date | None = None
    language: str = ""
    """A language tag; empty where they read the shop's."""
    preferred_way: Way | None = None
    best_time: str = ""


def _columns(entry: CustomerEntry) -> dict[str, Any]:
    """Return an entry as columns; call inside `reading()` or `changing()`.

    Raises:
        InvalidEntryError: something typed can't be taken; `field` says what.
    """
    country, currency, locale = Shop.select(Shop.country, Shop.currency, Shop.locale).tuples().get()
    name = tidy_name(entry.name)
    phone = tidy_phone(entry.phone)
    email = check_email(entry.email) if entry.email.strip() else ""
    worth = entry.worth.strip()
    return {
        "name": name,
        "name_key": name_key(name),
        "greeting_name": tidy_text(entry.greeting_name, field="greeting_name", limit=80),
        "phone": phone,
        "phone_key": phone_key(phone, country) if phone else "",
        "phone_tail": phone_tail(phone),
        "email": email,
        "email_key": email_key(email),
        "address": tidy_text(entry.address, field="address", limit=400),
        "postcode": tidy_text(entry.postcode, field="postcode", limit=20),
        "town": tidy_text(entry.town, field="town", limit=100),
        "country": tidy_text(entry.country, field="country", limit=60),
        "worth_year_cents": parse_amount(worth, currency=currency, locale=locale, field="worth")
        if worth
        else None,
        "likes": tidy_text(entry.likes, field="likes", limit=500),
        "note": tidy_text(entry.note, field="note", limit=4_000),
        "since_on": entry.since_on,
        "language": known_language(entry.language),
        "preferred_way": entry.preferred_way,
        "best_time": tidy_text(entry.best_time, field="best_time", limit=80),
    }


def create(entry: CustomerEntry, *, now: datetime) -> Customer:
    """Write a new customer down; call inside `changing()`.

    Raises:
        InvalidEntryError: something typed can't be taken; `field` says what.
    """
    return Customer.create(**_columns(entry), created_at=now)


def add(desk: Desk, entry: CustomerEntry, *, now: datetime) -> int:
    """Write a new customer down.

    Returns:
        The customer's id.

    Raises:
        InvalidEntryError: something typed can't be taken; `field` says what.
    """
    with desk.changing(Topic.CUSTOMERS, f"Add {entry.name.strip()}"):
        return int(create(entry, now=now).id)


def change(
    desk: Desk, customer_id: int, entry: CustomerEntry, *, now: datetime | None = None
) -> None:
    """Correct what is written about a customer; papers that went out keep the old words.

    With `now`, the plans of their open cases are looked at anew where their worth has changed.

    Raises:
        NotFoundError: the customer is no longer on the desk.
        InvalidEntryError: something typed can't be taken; `field` says what.
    """
    with desk.changing(Topic.CUSTOMERS | Topic.CASES, f"Change {entry.name.strip()}"):
        row = customer_by_id(customer_id)
        before = row.worth_year_cents
        for column, value in _columns(entry).items():
            setattr(row, column, value)
        worth_changed = row.worth_year_cents != before
        row.save(only=row.dirty_fields)
        if now is not None and worth_changed:
            still_open = Case.status.in_(list(OPEN_STATUSES))
            for case in Case.select().where(Case.customer == row.id, still_open):
                settle(case, now=now)


def fill_in(row: Customer, entry: CustomerEntry) -> None:
    """Add what was not yet known about a customer; call inside `changing()`.

    Nothing that is written down is replaced but what they are worth, where that is typed anew.
    """
    columns = _columns(entry)
    for name in ("phone", "email", "address", "postcode", "town", "country"):
        if columns[name] and not getattr(row, name):
            setattr(row, name, columns[name])
            for key in (f"{name}_key", f"{name}_tail"):
                if key in columns:
                    setattr(row, key, columns[key])
    if columns["worth_year_cents"] is not None:
        row.worth_year_cents = columns["worth_year_cents"]
    if row.dirty_fields:
        row.save(only=row.dirty_fields)


def customer_by_id(customer_id: int) -> Customer:
    """Return a customer's row, or that of whom they turned out to be.

    Call inside `reading()` or `changing()`.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    row = customer_even_if_merged(customer_id)
    return row if row.merged_into_id is None else customer_even_if_merged(row.merged_into_id)


def customer_even_if_merged(customer_id: int) -> Customer:
    """Return a customer's own row, whatever has become of it; else as `customer_by_id`."""
    row = Customer.get_or_none(Customer.id == customer_id)
    if row is None:
        raise NotFoundError("That customer is no longer on the desk.")
    return row


def same_as(entry: CustomerEntry) -> Customer | None:
    """Return the customer an entry surely means; call inside `reading()` or `changing()`.

    The same name and the same phone or e-mail; or just the same name where no phone and no e-mail
    are typed and exactly one customer has that name. Anything less sure is the owner's to decide.
    """
    columns = _columns(entry)
    named = Customer.select().where(
        Customer.name_key == columns["name_key"], Customer.merged_into.is_null()
    )
    if columns["phone_key"] or columns["email_key"]:
        same = pw.SQL("0")
        if columns["phone_key"]:
            same |= Customer.phone_key == columns["phone_key"]
        if columns["email_key"]:
            same |= Customer.email_key == columns["email_key"]
        sure: Customer | None = named.where(same).first()
        return sure
    found = list(named.limit(2))
    return found[0] if len(found) == 1 else None
