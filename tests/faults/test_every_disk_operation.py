"""Each thing that a save does to the disk fails in turn, once or for good."""

import itertools

import apsw
import pytest

from recoverydesk.errors import DeskFileError, DeskFullError
from recoverydesk.services import people
from recoverydesk.storage import search
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW, Shop
from tests.faults.days import deeds
from tests.faults.disk import Disk, desks_on, state_of, told

pytestmark = pytest.mark.fault

TROUBLE = {
    "full": (lambda: told(apsw.FullError, apsw.SQLITE_FULL), DeskFullError, "disk is full"),
    "broken": (
        lambda: told(apsw.IOError, apsw.SQLITE_IOERR_WRITE),
        DeskFileError,
        "disk reported an error",
    ),
}
UNSURE = "perhaps this was saved"
LEAST_OPERATIONS = 30
"""Fewer would mean that the faults don't reach the disk."""


@pytest.fixture
def disk(monkeypatch):
    disk = Disk()
    with desks_on(disk, monkeypatch):
        yield disk


def saved(deed, told_of):
    """Do one deed; say whether the owner was told that it is saved, or else why not."""
    try:
        deed()
    except DeskFileError as error:
        told_of.append(error)
        return False
    return True


def check_sound(desk):
    with desk.reading():
        assert search.is_sound(desk._db)
    assert desk.check() == []


def one_run(path, disk, *, fails_at, for_ever, trouble):
    """Let one operation of a save fail, and see that nothing is lost.

    Returns:
        What the owner was told of; None if there was no such operation any more.
    """
    shop = Shop(Desk(path, clock=lambda: NOW))
    people.sign_in_owner(shop.desk)
    day = deeds(shop)
    for deed in itertools.islice(day, 4):
        deed()
    logged, rung = next(day), next(day)
    told_of: list[DeskFileError] = []
    confirmed = state_of(shop.desk)
    disk.operations = disk.failed = 0
    disk.fails_at, disk.for_ever, disk.trouble = fails_at, for_ever, trouble

    for deed in (logged, rung):
        # Without a case there is nobody to ring.
        if not saved(deed, told_of):
            break
        confirmed = None
    hit = disk.failed
    disk.heal()

    if told_of and confirmed is not None and UNSURE not in str(told_of[0]):
        assert state_of(shop.desk) == confirmed, "a save that failed left something behind"
    after = state_of(shop.desk)
    for deed in itertools.islice(deeds(shop), 2):
        deed()
    kept = state_of(shop.desk)
    assert kept != after
    check_sound(shop.desk)
    shop.desk.close()
    again = Desk(path, create=False)
    assert state_of(again) == kept, "what was confirmed is gone"
    again.close()
    return told_of if hit else None


@pytest.mark.parametrize("for_ever", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("kind", TROUBLE)
def test_nothing_confirmed_is_lost_whatever_fails(kind, for_ever, disk, shop, tmp_path):
    trouble, error, words = TROUBLE[kind]
    shop.desk.close()
    whole = shop.desk.path.read_bytes()
    disk.only_new_files_fail = kind == "full"
    unsure = []
    for fails_at in itertools.count(1):
        folder = tmp_path / str(fails_at)
        folder.mkdir()
        (folder / "corner.desk").write_bytes(whole)
        told_of = one_run(
            folder / "corner.desk", disk, fails_at=fails_at, for_ever=for_ever, trouble=trouble
        )
        if told_of is None:
            break
        for each in told_of:
            assert each.advice
            if UNSURE in str(each):
                unsure.append(fails_at)
            else:
                assert isinstance(each, error)
                assert words in str(each)
    if kind == "full" or not for_ever:
        # Only the sync of one of the two saves leaves it open.
        assert len(unsure) <= 2 * for_ever
    assert fails_at > LEAST_OPERATIONS
