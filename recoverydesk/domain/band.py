"""A share that says how many it is of: small numbers in words, never in per cent."""

from recoverydesk.records import record

FEWEST_FOR_PERCENT = 10
"""From so many on a percentage says something."""
FEWEST = 5
"""Below it a band is shown grey."""


@record
class Band:
    """How many of a group came back.

    Attributes:
        key: which group; the window has the words.
        n: how many are decided: they came back, or their time has passed.
        returned: how many of them came back.
        pending: how many more may still come.
    """

    key: str
    n: int = 0
    returned: int = 0
    pending: int = 0

    @property
    def grey(self) -> bool:
        """Whether there are too few to read anything into."""
        return self.n < FEWEST

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, rounded; None below ten, where words are truer."""
        return percent(self.returned, self.n)


def percent(part: int, whole: int) -> int | None:
    """Return a share in whole per cent, halves up; None below ten, where "3 of 4" is truer."""
    if whole < FEWEST_FOR_PERCENT:
        return None
    return (200 * part + whole) // (2 * whole)
