"""Merge fields of letters: a closed list, filled in one pass, with nothing that could run.

A template says `{{first_name}}`, or `{{first_name|there}}` with words for when it is empty.
What the shop paid, whether a customer is believed, and private notes are no fields: they can't
get into a letter by mistake.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record

LONGEST_LETTER = 20_000
"""Characters, before and after filling in: some eight pages."""


class MergeField(StrEnum):
    """What a template may ask for. The values stand in people's templates: never change one."""

    FIRST_NAME = "first_name"
    FULL_NAME = "full_name"
    GREETING = "greeting"
    SHOP_NAME = "shop_name"
    OWNER_NAME = "owner_name"
    SHOP_PHONE = "shop_phone"
    SHOP_EMAIL = "shop_email"
    PROBLEM = "problem"
    HAPPENED_ON = "happened_on"
    OUR_PART = "our_part"
    REMEDIES = "remedies"
    REMEDY = "remedy"
    PROMISED_BY = "promised_by"
    TODAY = "today"
    CASE_NUMBER = "case_number"
    FOLLOW_UP_ON = "follow_up_on"
    CONTACT_NAME = "contact_name"
    CONTACT_PHONE = "contact_phone"
    WHAT_CHANGED = "what_changed"
    USE_BY = "use_by"
    VOUCHER_CODE = "voucher_code"
    VOUCHER_VALUE = "voucher_value"
    REASON = "reason"
    YOUR_IDEA = "your_idea"


FIELD_WORDS: Mapping[MergeField, str] = {
    MergeField.FIRST_NAME: "their first name",
    MergeField.FULL_NAME: "their name",
    MergeField.GREETING: "what you call them",
    MergeField.SHOP_NAME: "the shop's name",
    MergeField.OWNER_NAME: "your name",
    MergeField.SHOP_PHONE: "the shop's phone number",
    MergeField.SHOP_EMAIL: "the shop's e-mail address",
    MergeField.PROBLEM: "what went wrong",
    MergeField.HAPPENED_ON: "the day it happened",
    MergeField.OUR_PART: "our part in it",
    MergeField.REMEDIES: "what they will have",
    MergeField.REMEDY: "the first thing they will have",
    MergeField.PROMISED_BY: "the day it is promised for",
    MergeField.TODAY: "today's date",
    MergeField.CASE_NUMBER: "the case's number",
    MergeField.FOLLOW_UP_ON: "the day of the next call",
    MergeField.CONTACT_NAME: "whom they can ask for",
    MergeField.CONTACT_PHONE: "the number to reach you",
    MergeField.WHAT_CHANGED: "what we changed",
    MergeField.USE_BY: "the voucher's last day",
    MergeField.VOUCHER_CODE: "the voucher's code",
    MergeField.VOUCHER_VALUE: "what the voucher is worth",
    MergeField.REASON: "why we can't do what they asked",
    MergeField.YOUR_IDEA: "their idea that you took up",
}
"""What each place in a letter is for, as its owner would say it."""

BLOCK_FIELDS = frozenset({MergeField.REMEDIES, MergeField.REMEDY})
"""Filled with Markdown of our own making: a list, a line; their parts come through `escaped`."""

# Bounded and without overlapping repeats: its time grows with the text, whatever the text is.
_FIELD = re.compile(r"\{\{([^{}|\n]{1,60})(?:\|([^{}\n]{0,200}))?\}\}")
_STRAY = re.compile(r"\{\{[^{}\n]{0,60}|\}\}")
_SPECIAL = re.compile(r"[\\`*_\[\]<>#&~|!{}]")
_STARTS_A_BLOCK = re.compile(r"^(?:[-+=:]|(?P<number>\d{1,9})(?=[.)]))")


@record
class Filled:
    """A template filled in.

    Attributes:
        text: Markdown. What couldn't be filled stands there as it was, to be shown and mended.
        missing: fields that are empty and have no words of their own, in order, each once.
        unknown: what stands in braces but is no field, in order, each once.
    """

    text: str
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def can_print(self) -> bool:
        """Whether nothing is left open."""
        return not self.missing and not self.unknown


def fields_in(text: str) -> tuple[MergeField, ...]:
    """Return the fields that a template asks for, in order, each once."""
    found = (_field(match[1]) for match in _FIELD.finditer(text))
    return tuple(dict.fromkeys(field for field in found if field is not None))


def unknown_in(text: str) -> tuple[str, ...]:
    """Return what looks like a field and is none, as it stands there, in order, each once."""
    found: list[str] = []
    end = 0
    for match in _FIELD.finditer(text):
        found += _STRAY.findall(text[end : match.start()])
        if _field(match[1]) is None:
            found.append(match[0])
        end = match.end()
    found += _STRAY.findall(text[end:])
    return tuple(dict.fromkeys(found))


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Fill in a template, in a single pass: braces within a value stay what they are.

    Args:
        text: the template, Markdown.
        values: plain text by field, printed as it stands whatever signs are in it; Markdown for
            BLOCK_FIELDS.

    Raises:
        InvalidEntryError: the letter is longer than LONGEST_LETTER, before or after.
    """
    _check_length(text)
    missing: dict[str, None] = {}
    unknown: dict[str, None] = {}

    def put(match: re.Match[str]) -> str:
        field = _field(match[1])
        if field is None:
            unknown[match[1].strip()] = None
            return match[0]
        value = values.get(field, "").strip()
        if value:
            return value if field in BLOCK_FIELDS else escaped(value)
        if match[2] is None:
            missing[field.value] = None
            return match[0]
        return match[2].strip()

    pieces: list[str] = []
    length = end = 0
    for match in _FIELD.finditer(text):
        before = text[end : match.start()]
        unknown |= dict.fromkeys(_STRAY.findall(before))
        pieces += (before, put(match))
        length += len(pieces[-2]) + len(pieces[-1])
        if length > LONGEST_LETTER:
            break  # it can only grow; don't pile up megabytes before saying so
        end = match.end()
    unknown |= dict.fromkeys(_STRAY.findall(text[end:]))
    filled = "".join((*pieces, text[end:]))
    _check_length(filled)
    return Filled(filled, tuple(missing), tuple(unknown))


def escaped(value: str) -> str:
    """Return plain text as one line of Markdown that reads exactly so, whatever signs are in it."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(value.split()))
    start = _STARTS_A_BLOCK.match(line)
    if start is None:
        return line
    number = start["number"]
    return f"{number}\\{line[len(number) :]}" if number else f"\\{line}"


def _field(name: str) -> MergeField | None:
    try:
        return MergeField("_".join(name.casefold().split()))
    except ValueError:
        return None


def _check_length(text: str) -> None:
    if len(text) > LONGEST_LETTER:
        raise InvalidEntryError(
            "body",
            f"This letter is too long: {LONGEST_LETTER:,} characters fit, some eight pages."
            " Shorten it, or the texts it takes in.",
        )
