"""The second-chance meter: what counts toward it, and which ways are still to go."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.second_chance import (
    FOR_GRAVE_HARM,
    TURN_TO_THEM,
    BadStart,
    Experience,
    GoodWay,
    count,
    counts,
    unused,
)

OPENED = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
START = BadStart(on=date(2026, 3, 2), at=OPENED)


def seen(days=0, hours=0, *, negative=False):
    return Experience(START.on + timedelta(days=days), OPENED + timedelta(hours=hours), negative)


def test_a_bad_experience_takes_a_good_one_away():
    assert count([seen(), seen(), seen(negative=True)]) == 1


def test_nobody_owes_good_experiences_the_count_never_falls_below_zero():
    assert count([seen(negative=True), seen(negative=True), seen()]) == 0
    assert count([]) == 0


@given(st.lists(st.booleans()))
def test_the_count_is_what_went_well_less_what_went_wrong(bad):
    difference = bad.count(False) - bad.count(True)
    assert count(seen(negative=one) for one in bad) == max(difference, 0)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (seen(days=-1, hours=5), False),
        (seen(days=1), True),
        (seen(hours=-1), False),
        (seen(hours=0), True),
        (seen(hours=3), True),
    ],
)
def test_a_new_case_starts_the_meter_anew(one, expected):
    assert counts(one, START) is expected
    assert counts(one, None)


def test_there_are_twelve_ways_and_a_used_one_is_gone():
    assert len(GoodWay) == 12
    assert len(unused([])) == 12
    assert GoodWay.GREETED not in unused([GoodWay.GREETED])
    assert unused(list(GoodWay)) == ()


def test_what_costs_for_long_is_proposed_last_unless_the_harm_was_grave():
    assert set(unused([])[-2:]) == FOR_GRAVE_HARM
    assert set(unused([], grave=True)[:2]) == FOR_GRAVE_HARM


def test_who_asked_to_be_left_alone_is_not_turned_to():
    assert not TURN_TO_THEM & set(unused([], left_alone=True))
