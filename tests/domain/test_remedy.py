import pytest

from recoverydesk.domain.remedy import cost_of


@pytest.mark.parametrize(
    ("value", "cost", "percent", "found"),
    [
        (2000, 840, 50, 840),
        (2000, 0, 50, 0),
        (2000, None, 55, 1100),
        (999, None, 50, 500),
        (2000, None, 0, 0),
        (2000, None, None, 2000),
    ],
    ids=["fixed wins", "free", "share", "rounds half up", "no share", "unknown costs all"],
)
def test_a_remedy_costs_what_is_known_of_it(value, cost, percent, found):
    assert cost_of(value, cost_cents=cost, cost_percent=percent) == found
