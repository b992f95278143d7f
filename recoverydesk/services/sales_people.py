"""Who bought: a line of the till's file, and the one customer whom it names.

By phone, then by e-mail; the name alone counts only where nothing speaks against it. Where two
customers could be meant nobody is chosen.
"""

from collections import defaultdict
from collections.abc import Iterable

from recoverydesk.domain.names import name_key
from recoverydesk.domain.phones import email_key, phone_key
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.storage.tables import Customer

_FEWEST_DIGITS = 5
"""Shorter numbers are what somebody keys in when a till insists on one."""


@record
class Buyer:
    """Who a line names, made comparable."""

    phone: str = ""
    email: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """The surest of the three; empty where the line names nobody."""
        return self.phone or self.email or self.name


@record
class Known:
    """The customer whom a line names."""

    customer_id: int
    by_name: bool = False
    """By nothing but the name."""


class Buyers:
    """Everybody on the desk, by what a till can know them by. Make it inside `reading()`."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._phones: dict[str, set[int]] = defaultdict(set)
        self._emails: dict[str, set[int]] = defaultdict(set)
        self._names: dict[str, set[int]] = defaultdict(set)
        self._has: dict[int, tuple[str, str]] = {}
        self._read_phones: dict[str, str] = {}
        self._read_names: dict[str, str] = {}
        self._found: dict[Buyer, Known | None] = {}
        self.names: dict[int, str] = {}
        self.worths: dict[int, int | None] = {}
        columns = (
            Customer.id, Customer.name, Customer.phone_key, Customer.email_key, Customer.name_key,
            Customer.worth_year_cents,
        )  # fmt: skip
        rows = Customer.select(*columns).where(Customer.merged_into.is_null())
        for customer_id, name, phone, email, key, worth in rows.tuples():
            self.names[customer_id], self.worths[customer_id] = name, worth
            self._has[customer_id] = (phone, email)
            for index, value in (
                (self._phones, phone), (self._emails, email), (self._names, key)
            ):  # fmt: skip
                if value:
                    index[value].add(customer_id)

    def read(self, *, phone: str, email: str, name: str) -> Buyer:
        """Return who a line names, made comparable; each spelling is looked at once."""
        if phone and phone not in self._read_phones:
            key = phone_key(phone, self._country)
            self._read_phones[phone] = key if len(key) >= _FEWEST_DIGITS else ""
        if name and name not in self._read_names:
            self._read_names[name] = name_key(name)
        return Buyer(
            phone=self._read_phones[phone] if phone else "",
            email=email_key(email) if "@" in email else "",
            name=self._read_names[name] if name else "",
        )

    def find(self, buyer: Buyer) -> Known | None:
        """Return whom a line means; None where the desk doesn't know them.

        Raises:
            InvalidEntryError: two customers could be meant; says who.
        """
        if buyer not in self._found:
            self._found[buyer] = self._find(buyer)
        return self._found[buyer]

    def _find(self, buyer: Buyer) -> Known | None:
        phones = self._phones.get(buyer.phone, set()) if buyer.phone else set()
        emails = self._emails.get(buyer.email, set()) if buyer.email else set()
        names = self._names.get(buyer.name, set()) if buyer.name else set()
        if phones and emails and not phones & emails:
            raise InvalidEntryError(
                "who",
                f"The phone number is {self._listed(phones)}'s,"
                f" but the e-mail address is {self._listed(emails)}'s.",
            )
        sure = phones & emails or phones or emails
        if sure:
            return Known(self._only(sure & names or sure, "phone number or e-mail address"))
        fitting = {one for one in names if self._may_be(one, buyer)}
        return Known(self._only(fitting, "name"), by_name=True) if fitting else None

    def _only(self, found: set[int], what: str) -> int:
        if len(found) > 1:
            raise InvalidEntryError("who", f"{self._listed(found)} have the same {what}.")
        return next(iter(found))

    def _may_be(self, customer_id: int, buyer: Buyer) -> bool:
        """Say whether nothing but the name is known of both, so that nothing speaks against it."""
        phone, email = self._has[customer_id]
        return not (buyer.phone and phone) and not (buyer.email and email)

    def _listed(self, ids: Iterable[int]) -> str:
        names = sorted(self.names[one] for one in ids)
        return " and ".join(names)
