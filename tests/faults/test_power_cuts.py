"""The power fails: whatever was confirmed is there when it is back, and nothing is half there."""

import itertools
import random

import pytest

from recoverydesk.services import people
from recoverydesk.storage import connection, search
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW, Shop
from tests.faults.days import deeds
from tests.faults.disk import Confirmed, Disk, after_a_power_cut, desks_on, state_of

pytestmark = pytest.mark.fault

SAVES = 40
CUTS = 2_000
CUTS_OF_A_SOAK = 20_000


def worked(path, monkeypatch):
    """A morning's work on a desk at `path`.

    Returns:
        The files before it, and all that was done to the disk.
    """
    before = {path.name: path.read_bytes()}
    disk = Disk()
    with desks_on(disk, monkeypatch):
        disk.recording = True
        shop = Shop(Desk(path, clock=lambda: NOW))
        people.sign_in_owner(shop.desk)
        disk.events.append(Confirmed(state_of(shop.desk)))
        for deed in itertools.islice(deeds(shop), SAVES):
            deed()
            disk.events.append(Confirmed(state_of(shop.desk)))
        disk.recording = False
        shop.desk.close()
    return before, disk.events


def found(folder, files):
    """The state of the desk that a power cut left, or what is wrong with it."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    desk = Desk(folder / "corner.desk", create=False)
    try:
        wrong = desk.check()
        with desk.reading():
            sound = search.is_sound(desk._db)
        return state_of(desk) if sound and not wrong else f"damaged: {wrong}"
    finally:
        desk.close()


def lost(before, events, folder, *, cuts, seed):
    """How many of so many power cuts lost something confirmed, or left half a save."""
    chance = random.Random(seed)
    states = [event.state for event in events if isinstance(event, Confirmed)]
    told = [place for place, event in enumerate(events) if isinstance(event, Confirmed)]
    losses = 0
    for number in range(cuts):
        # Every second one hits just after somebody was told "Saved".
        end = 1 + (chance.choice(told) if number % 2 else chance.randrange(told[0], len(events)))
        confirmed = sum(place < end for place in told)
        allowed = states[confirmed - 1 : confirmed + 1]
        files = after_a_power_cut(before, events[:end], chance)
        losses += found(folder, files) not in allowed
    return losses


@pytest.fixture
def morning(shop, tmp_path, monkeypatch):
    """The files before a morning's work, what it did to the disk, and an empty folder."""
    shop.desk.close()
    folder = tmp_path / "after"
    folder.mkdir()
    return *worked(shop.desk.path, monkeypatch), folder


@pytest.mark.parametrize("seed", range(4))
def test_no_power_cut_takes_back_what_was_confirmed(morning, seed):
    assert lost(*morning, cuts=CUTS // 4, seed=seed) == 0


def test_the_same_cuts_do_hurt_where_saves_are_not_synced(shop, tmp_path, monkeypatch):
    """So that the test above can fail."""
    shop.desk.close()
    monkeypatch.setitem(connection.PRAGMAS, "synchronous", 1)
    (tmp_path / "after").mkdir()
    before, events = worked(shop.desk.path, monkeypatch)

    assert lost(before, events, tmp_path / "after", cuts=40, seed=7) > 0


@pytest.mark.soak
def test_no_power_cut_takes_back_what_was_confirmed_in_a_long_run(morning):
    assert lost(*morning, cuts=CUTS_OF_A_SOAK, seed=99) == 0
