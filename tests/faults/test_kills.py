"""The program is killed at any moment: what was confirmed is there, and nothing is half there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from recoverydesk.storage import search
from recoverydesk.storage import tables as t
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic
from tests.faults.marks import all_marks, leftovers, uneven_tables

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif("sys.platform == 'win32'", reason="nothing can be forked there"),
]

CHECKOUT = Path(__file__).resolve().parents[2]
LEAST_CONFIRMED = {"services": 8, "window": 2}
"""A writer does at least so many things on average, else the kills prove nothing."""


def killed(path, *, kills, seed, kind):
    """What every one of so many killed writers was told is saved."""
    command = [sys.executable, "-m", "tests.faults.nursery", path, kills, seed, kind]
    done = subprocess.run(
        list(map(str, command)), cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(shop, *, kills, seed, kind):
    before = leftovers(shop.desk)
    already = all_marks(shop.desk)
    shop.desk.close()

    told = killed(shop.desk.path, kills=kills, seed=seed, kind=kind)

    confirmed = [mark for each in told for mark in each]
    assert len(told) == kills
    assert len(confirmed) >= kills * LEAST_CONFIRMED[kind]
    desk = Desk(shop.desk.path, create=False)
    there = all_marks(desk)
    assert set(confirmed) <= set(there), "something confirmed is lost"
    # One more for each: saved, and killed before it could say so.
    assert len(there) - len(already) - len(confirmed) <= kills
    assert uneven_tables(desk, before) == []
    with desk.reading():
        assert search.is_sound(desk._db)
    assert desk.check() == []
    desk.close()


def test_sixty_kills_lose_nothing_that_was_confirmed(shop):
    check(shop, kills=60, seed=20_260_302, kind="services")


def test_ten_kills_of_the_real_window_lose_nothing_that_was_confirmed(shop):
    check(shop, kills=10, seed=7, kind="window")


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("kind", "kills"), [("services", 1_000), ("window", 100)])
def test_a_long_row_of_kills_loses_nothing_that_was_confirmed(shop, kind, kills):
    check(shop, kills=kills, seed=1, kind=kind)


def test_half_a_change_would_be_noticed(shop):
    """So that the tests above can fail: rows go without a word in the history."""
    case_id = shop.case()
    before = leftovers(shop.desk)
    with shop.desk.changing(Topic.NOTHING, "Lose a step", recorded=False):
        t.FollowUp.delete().where(t.FollowUp.case == case_id).execute()

    assert uneven_tables(shop.desk, before) == ["follow_up"]
