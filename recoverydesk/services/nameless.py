"""Takes names out of words that somebody typed, for papers about how we work, never about who."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from recoverydesk.services import people
from recoverydesk.storage.desk import Desk

SOMEBODY = "somebody"
A_CUSTOMER = "a customer"
SHORTEST_PART = 2
"""Letters of a first or last name that is taken out alone."""
_NO_SPACES = r"\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that write one word right behind another."""
_POSSESSIVE = r"(?:['\u2019]s?|s)?"


class Nameless:
    """Replaces names, whatever their case and accents.

    A name of several words counts in any case, and so does one that is the whole of what somebody
    is called. A part alone may be a word, too ("Will", "Art"), so it counts in its capitals only.
    """

    def __init__(self, desk: Desk) -> None:
        """Learn the names of everybody who works here, or has.

        Args:
            desk: the open desk.
        """
        self._staff = [person.name for person in people.everybody(desk) if person.name.strip()]

    def __call__(self, words: str, *, customers: Iterable[str] = ()) -> str:
        """Return the words with "somebody" for staff, and "a customer" for the customers named."""
        for name in self._staff:
            words = _without(words, name, SOMEBODY)
        for name in customers:
            words = _without(words, name, A_CUSTOMER)
        return words


def _without(words: str, name: str, instead: str) -> str:
    folded, places = _folded(words)
    taken: list[tuple[int, int, str]] = []
    for pattern, capital in _patterns(name):
        for found in pattern.finditer(folded):
            begin, end = places[found.start()], places[found.end() - 1] + 1
            first = words[begin]
            if capital and first.islower():
                continue
            if all(end <= other or begin >= stop for other, stop, _ in taken):
                owns = "\u2019s" if found["owns"] else ""
                taken.append((begin, end, instead + owns))
    for begin, end, put in sorted(taken, reverse=True):
        words = words[:begin] + put + words[end:]
    return words


def _patterns(name: str) -> Iterator[tuple[re.Pattern[str], bool]]:
    """Yield what to look for in folded words, and whether it counts in capitals only."""
    whole = _folded(" ".join(name.split()))[0]
    yield _pattern(whole), False
    for part in whole.split():
        if part != whole and len(part) >= SHORTEST_PART:
            yield _pattern(part), True


def _pattern(folded: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, folded.split()))
    if re.search(f"[{_NO_SPACES}]", folded):
        return re.compile(f"{words}(?P<owns>)")
    return re.compile(rf"(?<!\w){words}(?P<owns>{_POSSESSIVE})(?!\w)")


def _folded(words: str) -> tuple[str, list[int]]:
    """Return words without case and accents, and where each of their signs stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(words):
        for one in unicodedata.normalize("NFKD", sign).casefold():
            if not unicodedata.combining(one):
                signs.append(one)
                places.append(place)
    return "".join(signs), places
