"""Forgetting somebody: how much goes, and how their name is taken out of a text."""

import re
from collections.abc import Iterable
from enum import StrEnum

NOBODY = "Forgotten customer"
"""What stands where a name stood."""
SOMEBODY = "(forgotten)"
"""What stands in a sentence where a name stood."""
FEWEST_SIGNS = 4
"""A shorter name or number would hit words that have nothing to do with them."""
FEWEST_OF_A_PART = 2


class Forget(StrEnum):
    """How much of somebody goes."""

    ERASE = "erase"
    """All that was said and written goes; counts, causes, days and money stay."""
    ANONYMISE = "anonymise"
    """What happened stays to learn from, without name, number or address."""


def telling(words: Iterable[str]) -> tuple[str, ...]:
    """Return what tells a person from others wherever it stands: whole names, numbers, addresses.

    A single first name tells nobody from others, and a few digits don't either.
    """
    tidy = {" ".join(one.split()) for one in words}
    return tuple(sorted(one for one in tidy if len(one) >= FEWEST_SIGNS and not one.isalpha()))


def parts_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the single words of names: in what was about them alone, each of these goes, too."""
    parts = {part.strip(".,;:()") for one in names for part in one.split()}
    return tuple(sorted(part for part in parts if len(part) >= FEWEST_OF_A_PART))


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of some words, whole and in any case; None where there are none."""
    longest_first = sorted({one for one in words if one}, key=len, reverse=True)
    if not longest_first:
        return None
    either = "|".join(re.escape(one) for one in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def without(text: str, names: re.Pattern[str] | None) -> str:
    """Return a text with every name in it replaced."""
    return text if names is None else names.sub(SOMEBODY, text)
