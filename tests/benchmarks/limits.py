"""What each measured figure may be at most, and the table that says how it went."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    ours: float
    limit: float
    unit: str
    beside: str = ""
    """What it was measured against."""

    @property
    def ratio(self) -> float:
        """How much of the limit is used; above 1 it is missed."""
        return self.ours / self.limit


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of text, what misses its limit marked."""
    lines = [("what", "ours", "limit", "ratio", "measured against")]
    for one in figures:
        ratio = f"{one.ratio:.2f}{' !' if one.ratio > 1 else ''}"
        lines.append((one.what, _number(one.ours, one.unit), _number(one.limit, one.unit),
                      ratio, one.beside))  # fmt: skip
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in {0, 4} else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _number(value: float, unit: str) -> str:
    places = 2 if value < 10 else 0 if value >= 100 else 1
    return f"{value:.{places}f} {unit}"
