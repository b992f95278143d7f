"""What is fitting: by how upset they are and whose fault it was, from words to something generous.

The grid holds, for every severity and fault, up to what sum something small and something
generous may go, in what it is worth to the customer. Nothing means that words are enough.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import Enum, StrEnum

from recoverydesk.domain.case import Fault, Severity
from recoverydesk.domain.remedy import RemedyKind, cost_of
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record


class Rung(StrEnum):
    """How far one goes."""

    WORDS = "words"
    SMALL = "small"
    GENEROUS = "generous"


class Far(Enum):
    """On which side an offer is far from what others got."""

    ABOVE = "above"
    BELOW = "below"


@record
class Ceilings:
    """Up to what sum one may go, in minor units of what it is worth to the customer."""

    small: int
    """0: words are enough."""
    generous: int


Square = tuple[Severity, Fault]
Grid = Mapping[Square, Ceilings]

SQUARES: tuple[Square, ...] = tuple((severity, fault) for severity in Severity for fault in Fault)

_SHARES: Mapping[Fault, tuple[tuple[int, int], ...]] = {
    Fault.OURS: ((30, 60), (50, 100), (100, 200)),
    Fault.SHARED: ((20, 40), (30, 60), (60, 120)),
    Fault.UNKNOWN: ((0, 30), (20, 50), (30, 80)),
    Fault.NOT_OURS: ((0, 0), (0, 20), (20, 40)),
}
"""Small and generous in per cent of the base, in the order of `Severity`: rules of thumb."""

_FEWEST = 3
"""Fewer cases than this are no measure for what is far outside."""

_IN_MONEY = frozenset(
    {
        RemedyKind.REFUND,
        RemedyKind.DISCOUNT,
        RemedyKind.VOUCHER,
        RemedyKind.WAIVED_FEE,
        RemedyKind.OTHER,
    }
)
"""Where the catalogue leaves their worth open, the shop can say any sum."""

_MENDS_A_THING = frozenset({RemedyKind.REPLACEMENT, RemedyKind.REPAIR})
"""They help nobody who was treated badly."""

_MANY = 2


@record
class Choice:
    """Something of the catalogue that can be proposed."""

    item_id: int
    kind: RemedyKind
    name: str
    value_cents: int | None = None
    cost_cents: int | None = None
    cost_percent: int | None = None


@record
class Setting:
    """What a proposal has to fit."""

    severity: Severity
    fault: Fault
    manners: bool = False
    """It was about how they were treated."""
    again: bool = False
    """It went wrong a second time."""
    cases_lately: int = 0
    """For how many other cases they were given something within a year."""


@record
class Proposal:
    """One of three: what could be offered, what it comes to, and why."""

    rung: Rung
    item_id: int | None
    """What of the catalogue; None where nothing there fits, or words are enough."""
    kind: RemedyKind
    name: str
    value_cents: int
    cost_cents: int
    fits: bool
    """It is enough here, and not too much."""
    why: str


def usual_grid(base_cents: int) -> dict[Square, Ceilings]:
    """Return the grid as it ships.

    Args:
        base_cents: what something generous is worth where they are upset and the fault is ours.
    """
    places = {severity: place for place, severity in enumerate(Severity)}
    shares = {(severity, fault): _SHARES[fault][places[severity]] for severity, fault in SQUARES}
    return {
        square: Ceilings(base_cents * small // 100, base_cents * generous // 100)
        for square, (small, generous) in shares.items()
    }


def field_of(square: Square, rung: Rung) -> str:
    """Return what a form knows a sum of the grid by."""
    severity, fault = square
    return f"{rung.value}-{severity.value}-{fault.value}"


def checked_grid(grid: Grid) -> Grid:
    """Return a grid that holds together.

    Raises:
        InvalidEntryError: a sum below zero, or something small that is worth more than what is
            generous in the same square; names the field (`field_of`).
    """
    for square, ceilings in grid.items():
        for rung, cents in ((Rung.SMALL, ceilings.small), (Rung.GENEROUS, ceilings.generous)):
            if cents < 0:
                raise InvalidEntryError(field_of(square, rung), "An amount can't be below zero.")
        if ceilings.generous < ceilings.small:
            raise InvalidEntryError(
                field_of(square, Rung.GENEROUS),
                "Generous can't be less than small. Raise this one, or lower the other.",
            )
    return grid


def grid_to_json(grid: Grid) -> str:
    """Return a grid as stored."""
    stored: dict[str, dict[str, list[int]]] = {}
    for (severity, fault), ceilings in grid.items():
        row = stored.setdefault(severity.value, {})
        row[fault.value] = [ceilings.small, ceilings.generous]
    return json.dumps(stored)


def grid_from_json(text: str, usual: Grid) -> dict[Square, Ceilings]:
    """Return the shop's grid, filled up with the usual one where it says nothing that holds."""
    found = dict(usual)
    stored = json.loads(text) if text else {}
    for square in SQUARES:
        severity, fault = square
        with suppress(KeyError, TypeError, ValueError, InvalidEntryError):
            small, generous = stored[severity.value][fault.value]
            kept = Ceilings(int(small), int(generous))
            found[square] = checked_grid({square: kept})[square]
    return found


def propose(
    setting: Setting, ceilings: Ceilings, choices: Sequence[Choice]
) -> tuple[Proposal, Proposal, Proposal]:
    """Return three proposals: what fits comes first, the cheapest of it at the top.

    Words always come first where it was about manners. A proposal is never worth more than the
    ceiling of its rung.

    Args:
        setting: how upset they are, whose fault it was, and what more there is to know.
        ceilings: the square of the grid that this falls into.
        choices: what of the catalogue can be given now, in its order.
    """
    given = [one for one in choices if not (setting.manners and one.kind in _MENDS_A_THING)]
    words = _words(setting, ceilings, choices)
    small = _something(Rung.SMALL, setting, ceilings.small, _band(given, 0, ceilings.small))
    band = _band(given, ceilings.small, ceilings.generous)
    generous = _something(Rung.GENEROUS, setting, ceilings.generous, band)
    if ceilings.generous == ceilings.small and small.fits:
        generous = _no_more(small)
    rungs = list(Rung)

    def order(one: Proposal) -> tuple[bool, bool, int, int]:
        first = setting.manners and one.rung is Rung.WORDS
        return not first, not one.fits, one.cost_cents, rungs.index(one.rung)

    first, second, third = sorted((words, small, generous), key=order)
    return first, second, third


def _words(setting: Setting, ceilings: Ceilings, choices: Sequence[Choice]) -> Proposal:
    item = next((one for one in choices if one.kind is RemedyKind.APOLOGY_ONLY), None)
    fits, why = _why_words(setting, ceilings)
    return Proposal(
        rung=Rung.WORDS,
        item_id=None if item is None else item.item_id,
        kind=RemedyKind.APOLOGY_ONLY,
        name="A sincere apology" if item is None else item.name,
        value_cents=0,
        cost_cents=0,
        fits=fits,
        why=why,
    )


def _why_words(setting: Setting, ceilings: Ceilings) -> tuple[bool, str]:
    if setting.manners:
        return True, "It was about how they were treated: money would miss the point."
    if ceilings.small == 0:
        return True, "Words are enough here: listen, and say that you are sorry it happened."
    if setting.fault is Fault.NOT_OURS:
        return True, "It wasn't your doing: kind words cost nothing and are remembered."
    if setting.fault is Fault.UNKNOWN:
        return True, "You don't know yet whose fault it was: be sorry now, decide later."
    if setting.severity is Severity.ANNOYED:
        return True, "They are annoyed, no more: an honest sorry is often all they want."
    return False, "Alone it may sound cheap: say it first, and give something with it."


def _something(
    rung: Rung, setting: Setting, ceiling: int, band: Sequence[tuple[Choice, int]]
) -> Proposal:
    if ceiling == 0:
        why = "Nothing beyond words fits here. You can still give what you like."
        return Proposal(rung, None, RemedyKind.OTHER, "", 0, 0, fits=False, why=why)
    if not band:
        why = "Nothing you usually give fits here: write down something of your own."
        return Proposal(rung, None, RemedyKind.OTHER, "", ceiling, ceiling, fits=True, why=why)
    item, value = min(band, key=lambda one: (_cost(*one), -one[1]))
    why = _why_generous(setting) if rung is Rung.GENEROUS else _why_small(setting)
    return Proposal(
        rung, item.item_id, item.kind, item.name, value, _cost(item, value), fits=True, why=why
    )


def _no_more(small: Proposal) -> Proposal:
    """Return the generous proposal of a square where small and generous are the same sum."""
    why = "You set the same sum for small and generous."
    return Proposal(
        Rung.GENEROUS, small.item_id, small.kind, small.name, small.value_cents, small.cost_cents,
        fits=True, why=why,
    )  # fmt: skip


def _why_small(setting: Setting) -> str:
    if setting.manners:
        return "After the words, as a sign that you mean them."
    if setting.fault is Fault.OURS:
        return "It was your mistake: the least costly thing that shows you mean it."
    if setting.fault is Fault.SHARED:
        return "Part of it was yours: something small carries your part."
    return "A kindness you don't owe them; the least costly thing that fits."


def _why_generous(setting: Setting) -> str:
    if setting.again:
        return "It went wrong twice: see them in person, or it looks like buying them off."
    if setting.cases_lately >= _MANY:
        return "They were given things often this year: see first what keeps going wrong."
    if setting.severity is Severity.ABOUT_TO_LEAVE:
        return "They are about to leave: it may cost less than losing them."
    return "For a customer you would hate to lose, or where small was refused."


def _band(choices: Sequence[Choice], above: int, ceiling: int) -> list[tuple[Choice, int]]:
    """Return what is worth more than one sum and at most another, each with its worth.

    Where nothing has such a worth of its own, what can be given in any sum goes to the ceiling.
    """
    priced = [
        (one, one.value_cents)
        for one in choices
        if one.value_cents is not None and above < one.value_cents <= ceiling
    ]
    if priced:
        return priced
    any_sum = (one for one in choices if one.value_cents is None and one.kind in _IN_MONEY)
    return [(one, ceiling) for one in any_sum]


def _cost(choice: Choice, value_cents: int) -> int:
    return cost_of(value_cents, cost_cents=choice.cost_cents, cost_percent=choice.cost_percent)


def middle(values: Sequence[int]) -> int:
    """Return the sum that half of them, or more, did not pass; `values` can't be empty."""
    return sorted(values)[(len(values) - 1) // 2]


def far_outside(value_cents: int, others: Sequence[int]) -> Far | None:
    """Say whether an offer is far from what others got, and on which side.

    Far is half as much again as the most that anybody got, or less than half of the least.

    Args:
        value_cents: what the offer is worth to the customer.
        others: what others like them got; fewer than three are no measure.
    """
    if len(others) < _FEWEST:
        return None
    if value_cents * 2 > max(others) * 3:
        return Far.ABOVE
    return Far.BELOW if value_cents * 2 < min(others) else None
