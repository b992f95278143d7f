from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverydesk.domain.backup import (
    NEVER_TOUCHED,
    OLD_AFTER,
    Health,
    Kept,
    health,
    is_due,
    superfluous,
)

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
MOST = 8 + 7 + 4 + 12 + 1


def test_a_year_of_hourly_backups_keeps_hours_days_weeks_and_months():
    there, now = [], NOW
    for number in range(1, 3000):
        now += timedelta(hours=3)
        there.append(Kept(number, now))
        there = [one for one in there if one.number not in superfluous(there, now=now)]
    ages = sorted((now - one.made_at).days for one in there)
    assert ages.count(0) >= 8
    assert {1, 2, 3, 4, 5} <= set(ages)
    assert ages[-1] > 300
    assert len(there) <= MOST


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.5, 1, 10, 24]),
            st.sampled_from([0, 0, 0, 0, -4000, -400, -2, 2, 400, 27_000]),
            st.booleans(),
        ),
        max_size=80,
    )
)
def test_no_jump_of_the_clock_takes_the_newest_good_ones(moves):
    there, true_now, off = [], NOW, timedelta()
    for number, (hours, jump, good) in enumerate(moves, start=1):
        true_now += timedelta(hours=hours)
        off = timedelta(days=jump) if jump else off
        now = true_now + off
        there.append(Kept(number, now, good))
        newest_good = [one.number for one in there if one.good][-NEVER_TOUCHED:]
        there = [one for one in there if one.number not in superfluous(there, now=now)]
        left = {one.number for one in there}
        assert {number, *newest_good} <= left
        assert len(left) <= MOST


def test_thinning_by_days_alone_would_be_caught():
    """So that the property can fail: by dates alone, a wrong clock takes the newest."""
    there = [Kept(1, NOW), Kept(2, NOW - timedelta(days=400))]
    by_date = sorted(there, key=lambda one: one.made_at)[:-1]
    assert by_date[0].number == 2
    assert superfluous(there, now=NOW - timedelta(days=400)) == set()


@pytest.mark.parametrize(
    ("last", "failed", "state"),
    [
        (None, False, Health.NONE),
        (NOW, False, Health.GOOD),
        (NOW - OLD_AFTER, False, Health.GOOD),
        (NOW - OLD_AFTER - timedelta(seconds=1), False, Health.OLD),
        (NOW, True, Health.FAILED),
    ],
)
def test_how_the_backups_are(last, failed, state):
    assert health(last, failed=failed, now=NOW) is state


@pytest.mark.parametrize(
    ("last", "changed", "due"),
    [
        (None, False, True),
        (NOW - timedelta(minutes=59), True, False),
        (NOW - timedelta(hours=1), True, True),
        (NOW - timedelta(hours=9), False, False),
        (NOW + timedelta(days=9), True, True),
    ],
)
def test_when_the_next_one_is_due(last, changed, due):
    assert is_due(last, changed=changed, now=NOW) is due
