"""How Learn counts, as the owner sets it."""

import pytest

from recoverydesk.errors import InvalidEntryError, NotAllowedError
from recoverydesk.services import learn_rules, people


def change(shop, **more):
    given = {"window_days": 90, "average_cents": None, "silent_estimate": False} | more
    learn_rules.set_rules(shop.desk, **given)


def test_what_is_set_is_kept_and_can_be_taken_back(shop):
    before = learn_rules.rules(shop.desk)

    change(shop, window_days=30, average_cents=12_000, silent_estimate=True)

    now = learn_rules.rules(shop.desk)
    assert (now.window_days, now.average_cents, now.silent_estimate) == (30, 12_000, True)
    shop.desk.undo()
    assert learn_rules.rules(shop.desk) == before


def test_without_an_own_average_the_mean_of_the_known_stands_beside_it(shop):
    assert learn_rules.rules(shop.desk).mean_cents is None
    shop.customer("Ada", worth="100")
    shop.customer("Ben", worth="200")

    assert learn_rules.rules(shop.desk).mean_cents == 15_000
    change(shop, average_cents=1)
    assert learn_rules.rules(shop.desk).mean_cents is None


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"window_days": 0}, "window_days"),
        ({"window_days": 731}, "window_days"),
        ({"average_cents": -1}, "average"),
        ({"average_cents": 10**12}, "average"),
    ],
)
def test_what_can_not_be_is_told_beside_its_field(shop, entry, field):
    with pytest.raises(InvalidEntryError) as caught:
        change(shop, **entry)
    assert caught.value.field == field


def test_staff_leave_it_alone(shop):
    shop.desk.person_id = people.add_staff(shop.desk, "Sam")
    with pytest.raises(NotAllowedError):
        change(shop)
