"""The clock that stands still while the shop is closed says what counting it out says."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.open_clock import OpenClock
from recoverydesk.domain.opening_hours import MIDNIGHT, OpeningHours

FIRST, LAST = date(2026, 3, 20), date(2026, 4, 10)
"""Europe's clocks jump on 29 March, Sydney's on 5 April."""
DAY = (time(9), time(13)), (time(14), time(18))
NIGHT = ((time(18), MIDNIGHT),)
WEEK = (DAY, DAY, (), DAY, NIGHT, ((time(0), MIDNIGHT),), ())
ZONES = ("Europe/London", "Australia/Sydney", "Pacific/Honolulu", "Asia/Kathmandu")
STAMPS = st.integers(0, 21 * 86_400).map(
    lambda second: datetime(2026, 3, 20, tzinfo=UTC) + timedelta(seconds=second)
)


def clock_of(zone):
    hours = OpeningHours(WEEK, frozenset({date(2026, 4, 3)}), ZoneInfo(zone))
    return hours, OpenClock(hours, FIRST, LAST)


CLOCKS = {zone: clock_of(zone) for zone in ZONES}


@pytest.mark.parametrize("zone", ZONES)
@given(STAMPS, STAMPS)
def test_it_says_what_counting_out_says(zone, one, other):
    hours, clock = CLOCKS[zone]
    counted = hours.open_time_between(one, other)

    found = clock.between(int(one.timestamp()), int(other.timestamp()))

    assert timedelta(seconds=found) == counted


def test_outside_its_days_it_stands():
    _hours, clock = CLOCKS["Europe/London"]
    long_ago, far = 0, 4_000_000_000

    assert clock.at(long_ago) == 0
    assert clock.between(long_ago, far) == clock.at(far)
    assert clock.between(far, long_ago) == 0
