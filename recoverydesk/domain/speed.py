"""How soon somebody got through to an unhappy customer, in bands of opening hours."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum


class Speed(StrEnum):
    """Opening hours until the first contact; the upper end belongs to the band."""

    HOUR_1 = "hour_1"
    HOURS_4 = "hours_4"
    HOURS_8 = "hours_8"
    HOURS_24 = "hours_24"
    LONGER = "longer"
    NEVER = "never"
    """Nobody has got through yet."""


HOUR = 3600
_ENDS = (1 * HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR)
_BANDS = (Speed.HOUR_1, Speed.HOURS_4, Speed.HOURS_8, Speed.HOURS_24, Speed.LONGER)


def speed_of(seconds: int | None) -> Speed:
    """Return the band of an open time in seconds; None where nobody has got through."""
    return Speed.NEVER if seconds is None else _BANDS[bisect_left(_ENDS, seconds)]


def median(seconds: Sequence[int]) -> timedelta | None:
    """Return the middle one, or what lies half-way between the two; None where there are none."""
    if not seconds:
        return None
    ordered, half = sorted(seconds), len(seconds) // 2
    if len(ordered) % 2:
        return timedelta(seconds=ordered[half])
    return timedelta(seconds=ordered[half - 1] + ordered[half]) / 2
