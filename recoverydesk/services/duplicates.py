"""Who might be on the desk already: told before saving, never in the way."""

from collections.abc import Iterable
from enum import StrEnum

import peewee as pw

from recoverydesk.domain.names import name_key
from recoverydesk.domain.phones import email_key, phone_key
from recoverydesk.records import record
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer, Shop

MOST_SHOWN = 4
SHORTEST_PHONE = 5


class Likeness(StrEnum):
    """Why somebody may be the same person, the surest first."""

    PHONE = "phone"
    EMAIL = "email"
    NAME_AND_POSTCODE = "name_and_postcode"
    NAME = "name"


@record
class Duplicate:
    """Somebody who may be the same person."""

    customer_id: int
    name: str
    phone: str
    email: str
    town: str
    why: Likeness


def duplicates(
    desk: Desk, entry: CustomerEntry, *, but: int | None = None, most: int = MOST_SHOWN
) -> tuple[Duplicate, ...]:
    """Return who may be the same person as one being typed, the surest first.

    The same phone or e-mail however it is written, the same name and postcode, the same name
    ("Mueller" is "Müller"). A family may share any of them: the owner decides.

    Args:
        desk: the open desk.
        entry: what has been typed so far.
        but: the customer whose page it is.
        most: how many at the most.
    """
    with desk.reading():
        country = Shop.select(Shop.country).scalar() or ""
        found: dict[int, Duplicate] = {}
        for why, where in _likenesses(entry, country):
            query = (
                Customer.select(pw.fn.COALESCE(Customer.merged_into, Customer.id))
                .where(where)
                .order_by(Customer.id)
                .limit(most)
            )
            if why is Likeness.NAME:  # an old name alone may well be somebody else's
                query = query.where(Customer.merged_into.is_null())
            for row in _rows(values[0] for values in query.tuples()):
                if row.id != but:
                    likely = Duplicate(row.id, row.name, row.phone, row.email, row.town, why)
                    found.setdefault(row.id, likely)
    return tuple(found.values())[:most]


def _rows(ids: Iterable[int]) -> Iterable[Customer]:
    wanted = list(dict.fromkeys(ids))
    rows = {row.id: row for row in Customer.select().where(Customer.id.in_(wanted))}
    return [rows[customer_id] for customer_id in wanted]


def _likenesses(entry: CustomerEntry, country: str) -> list[tuple[Likeness, pw.Expression]]:
    likenesses: list[tuple[Likeness, pw.Expression]] = []
    phone, email = entry.phone.strip(), entry.email.strip()
    key, postcode = name_key(entry.name), entry.postcode.strip()
    if sum(sign.isdecimal() for sign in phone) >= SHORTEST_PHONE:
        likenesses.append((Likeness.PHONE, Customer.phone_key == phone_key(phone, country)))
    if "@" in email:
        likenesses.append((Likeness.EMAIL, Customer.email_key == email_key(email)))
    if key:
        named = Customer.name_key == key
        if postcode:
            plain = pw.fn.UPPER(pw.fn.REPLACE(Customer.postcode, " ", ""))
            same_place = named & (plain == postcode.replace(" ", "").upper())
            likenesses.append((Likeness.NAME_AND_POSTCODE, same_place))
        likenesses.append((Likeness.NAME, named))
    return likenesses
