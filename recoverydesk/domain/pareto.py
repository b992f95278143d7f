"""The few causes behind most cases.

Source: J. M. Juran's reading of Pareto: rank by size, add up, and look at what makes four fifths.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from recoverydesk.records import record

MOST_PERCENT = 80


class Measure(StrEnum):
    """What causes are measured by."""

    COUNT = "count"
    COST = "cost"
    AT_STAKE = "at_stake"


class Bar(Protocol):
    """What can be ranked: a cause with its figures."""

    @property
    def cause_id(self) -> int | None:
        """None: not yet known."""

    @property
    def name(self) -> str:
        """What it is called."""

    def value(self, measure: Measure) -> int:
        """Return its figure: cases, or money in minor units."""


@record
class Ranked:
    """A bar in its place.

    Attributes:
        place: which of the given bars it is.
        value: its figure: cases, or minor units.
        running: its value and those of all before it.
        total: the values of all bars that are ranked; never the unknown ones.
        few: whether it is one of the few that together make four fifths.
    """

    place: int
    value: int
    running: int
    total: int
    few: bool

    @property
    def running_percent(self) -> int:
        """The running share in whole per cent, rounded down; 100 only where all of it is there."""
        return 100 * self.running // self.total if self.total else 0


def ranked(bars: Sequence[Bar], measure: Measure) -> tuple[Ranked, ...]:
    """Return the bars that have something to show, the largest first.

    What isn't known yet stands last, apart: it is no cause, so it has no running share and is
    none of the few. Equal bars stand by name. Sums are exact: they are whole numbers.
    """
    found = [(place, bar, bar.value(measure)) for place, bar in enumerate(bars)]
    shown = [one for one in found if one[2] > 0]
    known = sorted(
        (one for one in shown if one[1].cause_id is not None),
        key=lambda one: (-one[2], one[1].name.casefold(), one[0]),
    )
    total = sum(value for _place, _bar, value in known)
    ranks, before = [], 0
    for place, _bar, value in known:
        few = 100 * before < MOST_PERCENT * total
        before += value
        ranks.append(Ranked(place, value, before, total, few))
    unknown = [one for one in shown if one[1].cause_id is None]
    ranks += [Ranked(place, value, 0, total, few=False) for place, _bar, value in unknown]
    return tuple(ranks)
