"""How soon, in bands; and the middle of it."""

from datetime import timedelta

import pytest

from recoverydesk.domain.speed import Speed, median, speed_of

HOUR = 3600


@pytest.mark.parametrize(
    ("waited", "speed"),
    [
        (0, Speed.HOUR_1),
        (HOUR, Speed.HOUR_1),
        (HOUR + 1, Speed.HOURS_4),
        (8 * HOUR, Speed.HOURS_8),
        (24 * HOUR, Speed.HOURS_24),
        (25 * HOUR, Speed.LONGER),
        (None, Speed.NEVER),
    ],
)
def test_the_upper_end_belongs_to_the_band(waited, speed):
    assert speed_of(waited) is speed


def test_the_middle_one_or_half_way_between_two():
    assert median([]) is None
    assert median([3 * HOUR, HOUR, 9 * HOUR]) == timedelta(hours=3)
    assert median([4 * HOUR, HOUR, 9 * HOUR, 3 * HOUR]) == timedelta(hours=3.5)
