"""The program ends at every step of a restore: the desk is the old one or the new one, whole."""

import shutil

import pytest
from sqlcipher3 import dbapi2 as driver

from recoverydesk.errors import DeskBusyError, DeskDamagedError
from recoverydesk.services import backups
from recoverydesk.storage import restore, swap
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW

pytestmark = pytest.mark.fault

PREPARING = ("copy", "look", "upgrade", "sync")
SWAPPING = ("note", "away-wal", "away-shm", "away-journal", "away", "replace", "forget")


class Ended(BaseException):
    """The end of the process, as far as the files can tell."""


class Steps:
    def __init__(self, last=""):
        self.last, self.seen = last, []

    def __call__(self, name):
        self.seen.append(name)
        if name == self.last:
            raise Ended


@pytest.fixture
def before(shop):
    """A backup with one case, and a closed desk with two, the second one still in its journal."""
    shop.case(name="Ada Obi")
    backup = backups.make(shop.desk, now=NOW)
    shop.case(name="Kim Lee")
    path = shop.desk.path
    aside = path.with_name("aside")
    aside.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", aside)
    shop.desk.close()
    for ending in ("", "-wal"):  # as a kill leaves them
        shutil.copy(aside / f"{path.name}{ending}", f"{path}{ending}")
    return path, backup


def cases(path):
    desk = Desk(path, create=False)
    try:
        assert desk.check() == []
        return desk.counts()["recovery_case"]
    finally:
        desk.close()


def restored(path, backup, step):
    ready = restore.prepare(path, backup.path, step=step)
    swap.swap(path, ready, name="then", step=step)


def test_every_step_is_one_that_a_test_ends_at(before):
    steps = Steps()
    restored(*before, steps)
    assert tuple(steps.seen) == PREPARING + SWAPPING
    assert cases(before[0]) == 1


@pytest.mark.parametrize("last", PREPARING + SWAPPING)
def test_the_end_at_any_step_leaves_a_good_desk(before, last):
    path, backup = before
    with pytest.raises(Ended):
        restored(path, backup, Steps(last))
    assert cases(path) == (2 if last in (*PREPARING, "note") else 1)
    # And once more: nothing that was left over is in the way.
    restored(path, backup, Steps())
    assert cases(path) == 1


@pytest.mark.parametrize("last", SWAPPING[1:])
def test_what_was_there_is_in_quarantine_wherever_it_was_cut_off(before, last, tmp_path):
    path, backup = before
    with pytest.raises(Ended):
        restored(path, backup, Steps(last))
    assert cases(path) == 1
    kept = swap.quarantine(path) / "then"
    again = tmp_path / "again"
    shutil.copytree(kept, again)
    assert cases(again / path.name) == 2


def test_a_second_end_while_finishing_is_no_worse(before):
    path, backup = before
    with pytest.raises(Ended):
        restored(path, backup, Steps("away-shm"))
    with pytest.raises(Ended):
        swap.finish(path, step=Steps("replace"))
    assert cases(path) == 1


def test_nothing_is_restored_under_somebody_elses_hands(before):
    path, backup = before
    ready = restore.prepare(path, backup.path)
    other = Desk(path)
    with pytest.raises(DeskBusyError, match="nothing was restored"):
        swap.swap(path, ready, name="then")
    other.close()
    assert cases(path) == 2


def test_a_foreign_journal_never_hides_what_was_restored(before):
    """Loss G: a write-ahead log beside a restored file would replace its content."""
    path, backup = before
    path.unlink()  # its journal stays
    restored(path, backup, Steps())
    assert cases(path) == 1


def slipped_in(backup, tmp_path, *statements):
    evil = tmp_path / "from-a-friend.desk"
    shutil.copy(backup.path, evil)
    writer = driver.connect(str(evil), isolation_level=None)
    for statement in statements:
        writer.execute(statement)
    writer.close()
    return evil


@pytest.mark.parametrize(
    "statement",
    [
        'CREATE TRIGGER evil AFTER INSERT ON contact BEGIN UPDATE customer SET email = "x"; END',
        "CREATE VIEW customers AS SELECT load_extension('x')",
        "CREATE TABLE more (words)",
        "ALTER TABLE customer ADD COLUMN evil TEXT",
        "DROP TABLE why",
    ],
)
def test_a_strangers_file_is_refused(before, tmp_path, statement):
    path, backup = before
    evil = slipped_in(backup, tmp_path, statement)
    with pytest.raises(DeskDamagedError):
        restore.prepare(path, evil)
    assert cases(path) == 2
    assert not list(path.parent.glob("*.restore*"))


def test_a_trigger_that_goes_by_one_of_our_names_never_acts(before, tmp_path):
    path, backup = before
    evil = slipped_in(
        backup,
        tmp_path,
        "DROP TRIGGER journal_contact_insert",
        "CREATE TRIGGER journal_contact_insert AFTER INSERT ON contact"
        " BEGIN UPDATE customer SET email = 'attacker@example.invalid'; END",
        "CREATE TRIGGER journal_zzz AFTER INSERT ON change"
        " BEGIN UPDATE customer SET email = 'attacker@example.invalid'; END",
    )
    swap.swap(path, restore.prepare(path, evil), name="then")
    desk = Desk(path)
    with desk.reading():
        names = desk._db.execute_sql(
            "SELECT name FROM sqlite_master WHERE sql LIKE '%attacker%'"
        ).fetchall()
    desk.close()
    assert names == []
