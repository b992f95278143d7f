"""Asking why until the answer is something the shop can change, and never a person.

The guard only hints; it never forbids. Who erred is not the point: the point is what let it.
"""

import re
from collections.abc import Sequence

from recoverydesk.domain.names import first_name, name_key
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record

MOST_RUNGS = 5

_POSSESSIVE = re.compile("['\u2019]s\\b")
_WORD = re.compile(r"[^\W_]+")

# Names that are words too: taken as a name only where they are written like one.
_ALSO_WORDS = """
    will may mark rose grace bill pat art frank hope joy dawn rob jack june april august sunny
    max chance faith grant dean mike ray gene guy rich drew miles penny ruby page"""
_NAMES_AND_WORDS = frozenset(_ALSO_WORDS.split())

_OUT_OF_REACH = (
    (
        "the weather",
        ("weather", "rain", "rained", "raining", "snow", "snowed", "storm", "heat", "cold snap"),
    ),
    ("the customer", ("customer", "customers", "client", "clients", "guest", "guests")),
    ("luck", ("bad luck", "luck", "coincidence", "one of those things", "these things happen")),
    (
        "somebody's carelessness",
        (
            *("human error", "carelessness", "careless", "laziness", "lazy", "inattention"),
            *("stupidity", "stupid", "not paying attention", "did not think", "forgetfulness"),
        ),
    ),
)


@record
class Hint:
    """Something to reconsider in the ladder.

    Attributes:
        position: the rung, counted from 0.
        message: what to ask oneself, as shown beside it.
    """

    position: int
    message: str


def check_rungs(answers: Sequence[str], staff: Sequence[str]) -> list[Hint]:
    """Return what to reconsider in a five-whys ladder; nothing where it is sound.

    A rung that names a member of staff is asked what let that happen; the last rung should be
    something the shop can change, and not the weather, the customer, luck or a person.

    Args:
        answers: the rungs from the first why on; empty ones at the end don't count.
        staff: the full names of those who work here.

    Raises:
        InvalidEntryError: there is no rung, a gap between them, or more than MOST_RUNGS.
    """
    rungs = _filled(answers)
    hints = []
    for position, answer in enumerate(rungs):
        named = next((name for name in staff if _names(answer, name)), None)
        if named is not None:
            hints.append(
                Hint(
                    position,
                    f"What let that happen? Look past {first_name(named)} for what made the"
                    " slip easy: a missing step, a tool, the time of day.",
                )
            )
    last = len(rungs) - 1
    if not any(hint.position == last for hint in hints):
        hints += [Hint(last, message) for message in _out_of_reach(rungs[last])]
    return hints


def _filled(answers: Sequence[str]) -> list[str]:
    rungs = [answer.strip() for answer in answers]
    while rungs and not rungs[-1]:
        rungs.pop()
    if not rungs:
        raise InvalidEntryError("whys", "Why did it happen? Write the first answer.")
    if "" in rungs:
        raise InvalidEntryError(
            "whys",
            f"Answer {rungs.index('') + 1} is empty, but one below it isn't."
            " Fill the gap, or move the lower answers up.",
        )
    if len(rungs) > MOST_RUNGS:
        raise InvalidEntryError(
            "whys", f"{MOST_RUNGS} whys are enough. Keep the ones that lead somewhere."
        )
    return rungs


def _names(answer: str, person: str) -> bool:
    """Say whether an answer names a person, by the full name or the first, as whole words."""
    plain = _POSSESSIVE.sub("", answer)
    first = first_name(person)
    if not name_key(person):
        return False
    if not first.isascii() and any(sign > "\u2e80" for sign in first):
        return person in plain  # Chinese and Japanese put no spaces between words
    words = f" {name_key(plain)} "
    if f" {name_key(person)} " in words and " " in person.strip():
        return True
    if name_key(first) in _NAMES_AND_WORDS:
        return _written_as_a_name(plain, first)
    return f" {name_key(first)} " in words


def _written_as_a_name(answer: str, first: str) -> bool:
    """Say whether "Will" stands there with its capital and not only as a sentence's first word."""
    for match in _WORD.finditer(answer):
        starts = (
            not answer[: match.start()].strip() or answer[: match.start()].rstrip()[-1] in ".!?"
        )
        if match[0] == first.capitalize() and not starts:
            return True
    return False


def _out_of_reach(answer: str) -> list[str]:
    words = f" {name_key(answer)} "
    for what, phrases in _OUT_OF_REACH:
        if any(f" {name_key(phrase)} " in words for phrase in phrases):
            return [
                f"The shop can't change {what}. What could you change, so that it wouldn't matter"
                " next time?"
            ]
    return []
