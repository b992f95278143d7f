"""How a chart's scale is laid out: whole steps that people count in."""

from recoverydesk.records import record

_FIRST = (1, 2, 5)
"""What a step begins with."""


@record
class Scale:
    """The lines behind a chart: 0, step, 2 x step ... top."""

    top: int
    step: int

    @property
    def ticks(self) -> tuple[int, ...]:
        """Where the lines are, the lowest first."""
        return tuple(range(0, self.top + 1, self.step))


def scale(most: int, *, lines: int = 4) -> Scale:
    """Return a scale that holds a value, with about so many lines above 0.

    Args:
        most: the largest value; below 1 the scale goes to 1.
        lines: how many lines there are at most.
    """
    most = max(most, 1)
    power = 1
    while True:
        for first in _FIRST:
            step = first * power
            if step * lines >= most:
                return Scale(step * -(-most // step), step)
        power *= 10
