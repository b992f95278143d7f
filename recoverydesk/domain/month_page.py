"""A month in plain sentences: four facts. What to worry about and to try: domain.month_rules.

Counts stand as counts: "12 of 14" tells more than a percentage of a small shop's month. Nothing
here says why something happened, and nobody who works in the shop is named or told apart.
"""

import math

from recoverydesk.domain.month_rules import Advice, advice
from recoverydesk.records import record

FEWEST_FOR_BAR = 5
"""A share of fewer isn't drawn: a bar would make much of one customer."""

TWO = 2


@record
class Money:
    """An amount, and how the owner reads it."""

    cents: int
    words: str


@record
class MonthFigures:
    """What a month comes down to."""

    name: str
    """"October", or "The same days of October" where a month that runs is held against it."""
    cases: int = 0
    causes: tuple[tuple[str, int], ...] = ()
    """Known causes with their cases, the largest first."""
    unknown: int = 0
    """Cases whose cause isn't known yet."""
    noticed_by_us: int = 0
    incidents: int = 0
    contacted: int = 0
    """Cases whose first contact is decided: it was made, or its time has passed."""
    in_time: int = 0
    hours: float | None = None
    """The middle of the opening hours until the first contact."""
    returned: int = 0
    decided: int = 0
    """Customers put right who bought again, or whose time for that has passed."""
    pending: int = 0
    """Customers put right who may still come."""
    lost: int = 0
    """Cases that ended with a customer who won't come back."""
    stayed: int = 0
    """Cases that ended with a customer won back or kept."""
    promises: int = 0
    broken: int = 0
    cost: Money = Money(0, "")
    budget: Money | None = None
    kept: Money | None = None
    """Worth a year of those who stayed; None where nobody's worth is known."""
    kept_guessed: int = 0
    """How many of them count with the shop's average."""
    came_back: tuple[str, ...] = ()
    """Fixes that were seen not to hold."""
    overdue: tuple[str, ...] = ()
    """Fixes whose day has passed."""


@record
class Fact:
    """A number, what it says, and how it was before."""

    figure: str
    words: str
    beside: str = ""
    share: float | None = None
    """0 to 1, more where a budget is spent and over; None draws no bar."""


@record
class MonthPage:
    """What the page says."""

    facts: tuple[Fact, ...]
    """Four."""
    advice: Advice


def month_page(now: MonthFigures, before: MonthFigures | None) -> MonthPage:
    """Return the four facts of a month, its one worry, and the one thing to try.

    Args:
        now: the month.
        before: the month before, or its same days; None where the desk was not there yet.
    """
    facts = (
        _came_in(now, before),
        _first_word(now, before),
        _came_again(now, before),
        _cost(now, before),
    )
    return MonthPage(facts, advice(now, before))


def plural(count: int, one: str, many: str) -> str:
    """Return a count with its word: "1 case", "3 cases"."""
    return f"{count} {one if count == 1 else many}"


def _sentences(*found: str) -> str:
    return " ".join(sentence for sentence in found if sentence)


def _came_in(now: MonthFigures, before: MonthFigures | None) -> Fact:
    if not now.cases:
        words = "Nobody told you that something went wrong, and you noticed nothing yourself."
    elif now.cases == 1:
        about = f": {now.causes[0][0]}" if now.causes else ""
        words = f"One case came in{about}."
    else:
        words = f"{now.cases} cases came in."
        if now.causes and now.causes[0][1] > 1:
            name, count = now.causes[0]
            words = f"{now.cases} cases came in, {count} of them with one cause: {name}."
    noticed = ""
    if now.noticed_by_us and now.cases > 1:
        noticed = f"You noticed {now.noticed_by_us} of them yourself."
    elif now.noticed_by_us:
        noticed = "You noticed it yourself."
    hit = ""
    if now.incidents:
        hit = f"{plural(now.incidents, 'failure', 'failures')} hit more than one customer."
    compared = "" if before is None else f"{before.name}: {before.cases}."
    return Fact(str(now.cases), words, _sentences(noticed, hit, compared))


def _first_word(now: MonthFigures, before: MonthFigures | None) -> Fact:
    if not now.contacted:
        words = (
            "Nobody had to wait for a first word from you."
            if not now.cases
            else "It is too early to say how soon you spoke to them."
        )
        return Fact("–", words, _compared(before, "in_time", "contacted"))  # noqa: RUF001 - a dash
    words = f"{_heard(now.in_time, now.contacted)} from you within the time you promise."
    half = ""
    if now.hours is not None and now.contacted > 1:
        # Rounded up, so that it stays true.
        hours = max(1, math.ceil(now.hours))
        half = f"Half of them within {plural(hours, 'opening hour', 'opening hours')}."
    return Fact(
        f"{now.in_time} of {now.contacted}",
        words,
        _sentences(half, _compared(before, "in_time", "contacted")),
        _share(now.in_time, now.contacted),
    )


def _came_again(now: MonthFigures, before: MonthFigures | None) -> Fact:
    right = now.decided + now.pending
    compared = _compared(before, "returned", "decided")
    if not right:
        return Fact("–", "No case was put right, so nobody could come back yet.", compared)  # noqa: RUF001
    waiting = f"{now.pending} may still come." if now.pending else ""
    if not now.decided:
        words = f"{plural(right, 'case was', 'cases were')} put right. "
        words += "It is too early to say who buys again."
        return Fact(str(right), words, compared)
    have = "has" if now.decided == 1 else "have"
    whose = "customer" if now.decided == 1 else "customers"
    words = (
        f"{_of(now.returned, now.decided)} {whose} whose case was put right {have} bought again."
    )
    return Fact(
        f"{now.returned} of {now.decided}",
        words,
        _sentences(waiting, compared),
        _share(now.returned, now.decided),
    )


def _cost(now: MonthFigures, before: MonthFigures | None) -> Fact:
    if now.cost.cents:
        words = "That is what putting things right cost you"
        words += f", of the {now.budget.words} you allow in a month." if now.budget else "."
    else:
        words = "Putting things right cost you nothing but your time."
        if not now.cases and not now.stayed:
            words = "Nothing was given that cost you anything."
    compared = "" if before is None else f"{before.name}: {before.cost.words}."
    kept = ""
    if now.kept is not None and now.stayed:
        kept = f"Those who stayed usually spend {now.kept.words} a year with you"
        guessed = f", {now.kept_guessed} of them counted with your average" * bool(now.kept_guessed)
        kept += f"{guessed}."
    share = None
    if now.budget is not None and now.budget.cents and now.cost.cents:
        share = now.cost.cents / now.budget.cents
    return Fact(now.cost.words, words, _sentences(kept, compared), share)


def _heard(part: int, whole: int) -> str:
    if whole == 1:
        return "In the one case they heard" if part else "In the one case they did not hear"
    if not part:
        return f"In none of {whole} cases they heard"
    if part == whole:
        return "In both cases they heard" if whole == TWO else f"In all {whole} cases they heard"
    return f"In {part} of {whole} cases they heard"


def _of(part: int, whole: int) -> str:
    if whole == 1:
        return "The one" if part else "Not even the one"
    if part == whole:
        return "Both" if whole == TWO else f"All {whole}"
    return f"{part or 'None'} of {whole}"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole >= FEWEST_FOR_BAR else None


def _compared(before: MonthFigures | None, part: str, whole: str) -> str:
    if before is None or not getattr(before, whole):
        return ""
    return f"{before.name}: {getattr(before, part)} of {getattr(before, whole)}."
