"""Asking why until the answer is something the shop can change, and never a person.

The guard only hints; it never forbids. Who erred is not the point: the point is what let it.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from recoverydesk.domain.names import first_name, name_key
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record

MOST_RUNGS = 5

_POSSESSIVE = re.compile("['\u2019]s\\b")
_WORD = re.compile(r"[^\W_]+")

# Names that are words too: taken as a name only where they are written like one.
_ALSO_WORDS = """
    will may mark rose grace bill pat art frank hope joy dawn rob jack june april august sunny
    max chance faith grant dean mike ray gene guy rich drew miles penny ruby page ernst"""
_NAMES_AND_WORDS = frozenset(_ALSO_WORDS.split())

# Both languages in one list: a shop writes in either, and no word means blame in only one of them.
_SOMEBODY = (
    *("the new girl", "the new boy", "the new guy", "the new lad", "new colleague", "new starter"),
    *("trainee", "apprentice", "intern", "the temp", "colleague", "waiter", "waitress"),
    *("staff member", "member of staff", "one of the staff", "one of us", "one of the team"),
    *("somebody forgot", "someone forgot", "he forgot", "she forgot", "they forgot", "i forgot"),
    *("his fault", "her fault", "their fault", "my fault"),
    *("die neue hat", "der neue hat", "die neue war", "der neue war", "der neue kollege"),
    *("azubi", "auszubildende", "auszubildender", "lehrling", "praktikant", "praktikantin"),
    *("aushilfe", "kollege", "kollegin", "kellner", "kellnerin", "mitarbeiter", "mitarbeiterin"),
    *("jemand hat vergessen", "er hat vergessen", "sie hat vergessen", "ich habe vergessen"),
    *("einer von uns", "seine schuld", "ihre schuld", "meine schuld"),
)

_OUT_OF_REACH = (
    (
        "the weather",
        (
            *("weather", "rain", "rained", "raining", "snow", "snowed", "storm", "heat"),
            *("cold snap", "wetter", "regen", "geregnet", "schnee", "geschneit", "sturm", "hitze"),
        ),
    ),
    (
        "the customer",
        (
            *("customer", "customers", "client", "clients", "guest", "guests"),
            *("kunde", "kundin", "kunden", "gast", "gäste"),
        ),
    ),
    (
        "luck",
        (
            *("bad luck", "luck", "coincidence", "one of those things", "these things happen"),
            *("pech", "zufall", "so etwas passiert", "kommt vor"),
        ),
    ),
    (
        "somebody's carelessness",
        (
            *("human error", "carelessness", "careless", "laziness", "lazy", "inattention"),
            *("stupidity", "stupid", "not paying attention", "did not think", "forgetfulness"),
            *("menschliches versagen", "schlamperei", "faulheit", "unachtsamkeit", "dummheit"),
            *("nicht aufgepasst", "nicht nachgedacht", "vergesslichkeit"),
        ),
    ),
)

SHORTEST_GENITIVE = 3
"""Letters of a name that may take an s, as German has it: "Toms Kiste", "Annelieses"."""


class Lever(StrEnum):
    """What of a shop the last why is about, so that it can be changed."""

    RULE = "rule"
    TOOL = "tool"
    SUPPLIER = "supplier"
    TRAINING = "training"
    LAYOUT = "layout"
    STAFFING = "staffing"
    INFORMATION = "information"


LEVER_WORDS: Mapping[Lever, str] = {
    Lever.RULE: "a rule",
    Lever.TOOL: "a tool",
    Lever.SUPPLIER: "a supplier",
    Lever.TRAINING: "training",
    Lever.LAYOUT: "the layout",
    Lever.STAFFING: "staffing",
    Lever.INFORMATION: "information",
}
"""As it stands behind the last why, in the ladder and on paper."""


def with_lever(answer: str, lever: Lever | None) -> str:
    """Return an answer with what could be changed behind it: "No dry shelf (the layout)"."""
    plain, _lever = lever_of(answer)
    return plain if lever is None or not plain else f"{plain} ({LEVER_WORDS[lever]})"


def lever_of(answer: str) -> tuple[str, Lever | None]:
    """Return an answer without what could be changed, and that, where it is named behind it."""
    plain = answer.strip()
    for lever, words in LEVER_WORDS.items():
        if plain.endswith(f" ({words})"):
            return plain.removesuffix(f" ({words})").rstrip(), lever
    return plain, None


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

    A rung that names a member of staff, or says "the new girl", is asked what let that happen; the
    last rung should be something the shop can change, and not the weather, the customer, luck or
    a person. A last rung that names what could be changed (`with_lever`) has answered that.

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
            hints.append(_look_past(position, first_name(named)))
        elif _says(answer, _SOMEBODY):
            hints.append(_look_past(position, "who it was"))
    last = len(rungs) - 1
    if lever_of(rungs[last])[1] is not None:
        return [hint for hint in hints if hint.position != last]
    if not any(hint.position == last for hint in hints):
        hints += [Hint(last, message) for message in _out_of_reach(rungs[last])]
    return hints


def _look_past(position: int, whom: str) -> Hint:
    return Hint(
        position,
        f"What let that happen? Look past {whom} for what made the slip easy: a missing step,"
        " a tool, the time of day.",
    )


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
    if _written_as_a_name(plain, person.rsplit(maxsplit=1)[-1]) and " " in person.strip():
        return True  # the family's name alone; many are words, too
    key = name_key(first)
    if key in _NAMES_AND_WORDS:
        return _written_as_a_name(plain, first)
    genitive = len(key) >= SHORTEST_GENITIVE and f" {key}s " in words
    return f" {key} " in words or genitive


def _written_as_a_name(answer: str, first: str) -> bool:
    """Say whether "Will" stands there with its capital and not only as a sentence's first word."""
    for match in _WORD.finditer(answer):
        starts = (
            not answer[: match.start()].strip() or answer[: match.start()].rstrip()[-1] in ".!?"
        )
        if match[0] == first.capitalize() and not starts:
            return True
    return False


def _says(answer: str, phrases: Sequence[str]) -> bool:
    words = f" {name_key(answer)} "
    return any(f" {name_key(phrase)} " in words for phrase in phrases)


def _out_of_reach(answer: str) -> list[str]:
    return [
        f"The shop can't change {what}. What could you change, so that it wouldn't matter next"
        " time?"
        for what, phrases in _OUT_OF_REACH
        if _says(answer, phrases)
    ][:1]
