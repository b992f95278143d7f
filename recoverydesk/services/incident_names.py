"""Whom an incident hit, as they are picked or named: everybody once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from recoverydesk.domain.names import name_key, tidy_name
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services.customers import CustomerEntry, customer_by_id
from recoverydesk.services.duplicates import Likeness, duplicates
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer

MOST_OF_ONE_NAME = 100
_BY_NUMBER = frozenset({Likeness.PHONE, Likeness.EMAIL})


@record
class Named:
    """Somebody as a line of a list tells of them, and who on the desk that may be."""

    line: str
    entry: CustomerEntry
    customer_ids: tuple[int, ...]

    @property
    def name(self) -> str:
        """What they are called; empty where the line has only a number or an address."""
        return self.entry.name


_BETWEEN = re.compile(r"[\t;,|]")
_COLUMNS = re.compile(r"[\t;|]")
_EMAIL = re.compile(r"[^\s<>,;|]+@[^\s<>,;|]+")
_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{4,}\d")


def read_line(line: str) -> CustomerEntry:
    """Return name, phone and e-mail of a line as it comes from a spreadsheet or a note."""
    email, phone = _EMAIL.search(line), None
    rest = line if email is None else line.replace(email[0], " ")
    phone = _PHONE.search(rest)
    rest = rest if phone is None else rest.replace(phone[0], "\t")
    # "Obi, Ada" is a name; beside a number or an address a comma ends it.
    between = _BETWEEN if phone or email else _COLUMNS
    parts = (" ".join(part.split()).strip(" <>\"'-,") for part in between.split(rest))
    names = [part for part in parts if any(sign.isalpha() for sign in part)]
    return CustomerEntry(
        name=names[0] if names else "",
        phone="" if phone is None else phone[0].strip(),
        email="" if email is None else email[0].strip(".,<>"),
    )


def named(desk: Desk, lines: Sequence[str]) -> tuple[Named, ...]:
    """Return who on the desk each line may mean, everybody once.

    By phone or e-mail where the line has them, else by name, umlauts and accents aside.

    Raises:
        InvalidEntryError: a name can't be taken.
    """
    found: dict[str, Named] = {}
    for line in lines:
        entry = read_line(line)
        if not line.strip():
            continue
        name = tidy_name(entry.name) if entry.name else ""
        alike = duplicates(desk, replace(entry, name=name), most=MOST_OF_ONE_NAME)
        sure = [one for one in alike if one.why in _BY_NUMBER]
        meant = sure or [one for one in alike if one.why is Likeness.NAME]
        key = name_key(name) or line.strip().casefold()
        ids = tuple(dict.fromkeys(one.customer_id for one in meant))
        found.setdefault(key, Named(line.strip(), replace(entry, name=name), ids))
    return tuple(found.values())


def whom(
    incident_id: int, customer_ids: Sequence[int], names: Sequence[str]
) -> list[int | CustomerEntry]:
    """Return who has no case of an incident yet: ids of customers, and people who are new.

    Call inside `reading()` or `changing()`.

    Raises:
        InvalidEntryError: a name can't be taken, or means more than one customer.
    """
    there = customers_of(incident_id)
    known = dict.fromkeys(customer_by_id(one).id for one in customer_ids)
    unknown = []
    whole = tidy_names(names)
    found = _called(whole)
    for key, name in whole.items():
        same = found.get(key, [])
        if not same:
            unknown.append(CustomerEntry(name))
        elif not any(one in there or one in known for one in same):
            if len(same) > 1:
                raise InvalidEntryError(
                    "names",
                    f"{len(same)} customers are called “{name}”.",
                    advice="Find the one you mean, by phone or e-mail.",
                )
            known[same[0]] = None
    return [*(one for one in known if one not in there), *unknown]


def new(people: Sequence[str | CustomerEntry]) -> list[CustomerEntry]:
    """Return people who are new to the desk, each name once."""
    entries = [CustomerEntry(one) if isinstance(one, str) else one for one in people]
    once: dict[str, CustomerEntry] = {}
    for entry in entries:
        if entry.name.strip():
            name = tidy_name(entry.name)
            once.setdefault(name_key(name), replace(entry, name=name))
    return list(once.values())


def tidy_names(names: Iterable[str]) -> dict[str, str]:
    """Return names by what they are looked up by, each once; empty lines are left out."""
    whole: dict[str, str] = {}
    for name in names:
        if name.strip():
            tidy = tidy_name(name)
            whole.setdefault(name_key(tidy), tidy)
    return whole


def _called(whole: Mapping[str, str]) -> dict[str, list[int]]:
    query = (
        Customer.select(Customer.name_key, Customer.id)
        .where(Customer.name_key.in_(list(whole)), Customer.merged_into.is_null())
        .order_by(Customer.id)
    )
    found: dict[str, list[int]] = {}
    for key, customer_id in query.tuples():
        found.setdefault(key, []).append(customer_id)
    return found


def customers_of(incident_id: int) -> frozenset[int]:
    """Return whom an incident has hit so far; call inside `reading()` or `changing()`."""
    query = Case.select(Case.customer).where(Case.incident == incident_id)
    return frozenset(values[0] for values in query.tuples())
