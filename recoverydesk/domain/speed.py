"""How soon somebody got through to an unhappy customer, in bands of opening hours."""

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


UP_TO = (
    (timedelta(hours=1), Speed.HOUR_1),
    (timedelta(hours=4), Speed.HOURS_4),
    (timedelta(hours=8), Speed.HOURS_8),
    (timedelta(hours=24), Speed.HOURS_24),
)


def speed_of(waited: timedelta | None) -> Speed:
    """Return the band of an open time; None where nobody has got through."""
    if waited is None:
        return Speed.NEVER
    return next((speed for most, speed in UP_TO if waited <= most), Speed.LONGER)


def median(waited: Sequence[timedelta]) -> timedelta | None:
    """Return the middle one, or what lies half-way between the two; None where there are none."""
    if not waited:
        return None
    ordered, half = sorted(waited), len(waited) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
