"""Phone numbers and e-mail addresses: kept as typed, compared however they were typed."""

import re
import unicodedata

from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError

LONGEST_PHONE = 60
LONGEST_EMAIL = 254  # RFC 5321: a path of 256 with its angle brackets

_TAIL = 4
_FEWEST_DIGITS = 3
_SPOKEN_COUNTRIES = {"UK": "GB", "EL": "GR"}
_IN_BRACKETS = re.compile(r"<([^<>]*)>\s*$")


def phone_key(raw: str, country: str) -> str:
    """Return what a phone number is compared by: E.164 where it can be one, else its digits.

    Args:
        raw: as typed, with or without the country's prefix.
        country: where the shop is, as its two-letter code; numbers without a prefix belong there.
    """
    import phonenumbers  # noqa: PLC0415 - 40 ms; not before the first paint

    region = country.strip().upper()
    try:
        number = phonenumbers.parse(raw, _SPOKEN_COUNTRIES.get(region, region) or None)
    except phonenumbers.NumberParseException:
        return _digits(raw)
    if not phonenumbers.is_possible_number(number):
        return _digits(raw)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_tail(raw: str) -> str:
    """Return the last four digits, by which people look each other up; fewer if there are fewer."""
    return _digits(raw)[-_TAIL:]


def tidy_phone(raw: str) -> str:
    """Return a phone number as stored: one line, single spaces, otherwise as typed.

    Raises:
        InvalidEntryError: there is something, but no number in it, or too much.
    """
    phone = " ".join(tidy_text(raw, field="phone", limit=LONGEST_PHONE).split())
    if phone and len(_digits(phone)) < _FEWEST_DIGITS:
        raise InvalidEntryError(
            "phone", "That isn't a phone number. Type its digits, or leave it empty."
        )
    return phone


def email_key(raw: str) -> str:
    """Return what an e-mail address is compared by: the bare address in lower case."""
    return _address(raw).casefold()


def check_email(raw: str) -> str:
    """Return an e-mail address as stored, without the name or brackets around it; "" for none.

    Lenient on purpose: only a letter that comes back can tell whether an address is right.

    Raises:
        InvalidEntryError: it lacks the @, the dot after it, or has spaces in it.
    """
    address = _address(raw)
    if not address:
        return ""
    local, at, domain = address.rpartition("@")
    inner = domain.strip(".")
    odd = "@" in local or any(sign.isspace() for sign in address) or ".." in domain
    if not (local and at and "." in inner and inner == domain) or odd:
        raise InvalidEntryError(
            "email",
            "That e-mail address looks unfinished. It should look like name@example.com;"
            " leave it empty if you don't have it.",
        )
    if len(address) > LONGEST_EMAIL:
        raise InvalidEntryError("email", f"An e-mail address has at most {LONGEST_EMAIL} signs.")
    return address


def _address(raw: str) -> str:
    address = " ".join(tidy_text(raw, field="email").split())
    if bracketed := _IN_BRACKETS.search(address):
        address = bracketed[1].strip()
    return address.removeprefix("mailto:")


def _digits(raw: str) -> str:
    return "".join(
        str(unicodedata.decimal(sign)) for sign in raw if unicodedata.category(sign) == "Nd"
    )
