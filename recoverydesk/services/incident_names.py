"""Whom an incident hit, as they are picked or named: everybody once."""

from collections.abc import Iterable, Mapping, Sequence

from recoverydesk.domain.names import name_key, tidy_name
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer


@record
class Named:
    """A name, and who on the desk is called so."""

    name: str
    customer_ids: tuple[int, ...]


def named(desk: Desk, names: Sequence[str]) -> tuple[Named, ...]:
    """Return who on the desk is called so, for each name once; umlauts and accents aside."""
    with desk.reading():
        whole = tidy_names(names)
        found = _called(whole)
        return tuple(Named(name, tuple(found.get(key, ()))) for key, name in whole.items())


def whom(incident_id: int, customer_ids: Sequence[int], names: Sequence[str]) -> list[int | str]:
    """Return who has no case of an incident yet: ids of customers, and names that are new.

    Call inside `reading()` or `changing()`.

    Raises:
        InvalidEntryError: a name can't be taken, or means more than one customer.
    """
    there = customers_of(incident_id)
    known = dict.fromkeys(customer_ids)
    unknown = []
    whole = tidy_names(names)
    found = _called(whole)
    for key, name in whole.items():
        same = found.get(key, [])
        if not same:
            unknown.append(name)
        elif not any(one in there or one in known for one in same):
            if len(same) > 1:
                raise InvalidEntryError(
                    "names",
                    f"{len(same)} customers are called “{name}”.",
                    advice="Find the one you mean, by phone or e-mail.",
                )
            known[same[0]] = None
    return [*(one for one in known if one not in there), *unknown]


def new(names: Sequence[str]) -> list[str]:
    """Return names of people who are new to the desk, each once."""
    return list(tidy_names(names).values())


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
