import pytest

from recoverydesk.domain.contact import Direction, Reach, stops_the_clock


@pytest.mark.parametrize(
    ("direction", "reach", "stops"),
    [
        (Direction.OUT, Reach.REACHED, True),
        (Direction.OUT, Reach.LEFT_WORD, True),
        (Direction.OUT, Reach.NO_ANSWER, False),
        (Direction.IN, Reach.REACHED, False),
    ],
)
def test_only_our_own_word_that_got_through_stops_the_clock(direction, reach, stops):
    assert stops_the_clock(direction, reach) is stops
