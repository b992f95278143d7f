"""Scales that people count in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.chart import Scale, scale


@pytest.mark.parametrize(
    ("most", "found"),
    [
        (0, Scale(1, 1)),
        (1, Scale(1, 1)),
        (3, Scale(3, 1)),
        (5, Scale(6, 2)),
        (14, Scale(15, 5)),
        (40, Scale(40, 10)),
        (41, Scale(60, 20)),
        (61_200, Scale(80_000, 20_000)),
    ],
)
def test_a_scale_has_few_round_steps_and_holds_the_largest_value(most, found):
    assert scale(most) == found


@given(st.integers(-5, 10**9), st.integers(2, 8))
def test_every_value_fits_with_no_more_lines_than_asked_for(most, lines):
    found = scale(most, lines=lines)
    assert found.top >= most
    assert len(found.ticks) - 1 <= lines
    assert found.ticks[-1] == found.top
