"""An upgrade is killed, or fails at any of its steps: the desk is the old one or the new one."""

import os
import random
import select
import shutil
import signal
import time
from pathlib import Path

import pytest

from recoverydesk.errors import DeskFileError
from recoverydesk.storage import upgrade
from recoverydesk.storage.connection import DeskDatabase
from recoverydesk.storage.desk import Desk

pytestmark = pytest.mark.fault

FIRST = Path(__file__).resolve().parents[1] / "data" / "desks" / "0001.desk"
KILLS = 20


@pytest.fixture
def old(tmp_path):
    """A desk of the first release, on which this one has never been opened."""
    return Path(shutil.copy(FIRST, tmp_path / "old.desk"))


def release_of(path):
    """The schema's number, and how many rows of the first release's tables there are."""
    db = DeskDatabase(path)
    db.connect()
    try:
        counts = upgrade._counts(db)
        wrong = [row for row in db.execute_sql("PRAGMA integrity_check") if row[0] != "ok"]
        assert wrong == []
        return db.pragma("user_version"), counts
    finally:
        db.close()


def started(path):
    """Open the desk in a process of its own, which says so just before it begins."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, b"go")
            Desk(path, create=False)
            os.write(writing, b"done")
        finally:
            os._exit(0)
    os.close(writing)
    os.read(reading, 2)
    return child, reading


def time_of_a_whole_upgrade(path):
    begin = time.monotonic()
    Desk(path, create=False).close()
    return time.monotonic() - begin


@pytest.mark.skipif("sys.platform == 'win32'")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # nothing but SQLite runs there
def test_an_upgrade_that_is_killed_leaves_the_old_desk_or_the_new_one(old, tmp_path):
    longest = time_of_a_whole_upgrade(Path(shutil.copy(FIRST, tmp_path / "whole.desk")))
    newest, after = release_of(tmp_path / "whole.desk")
    first, before = release_of(old)
    chance, seen = random.Random(8), set()
    for number in range(KILLS):
        path = Path(shutil.copy(FIRST, tmp_path / f"{number}.desk"))
        child, pipe = started(path)
        # Until it is done, or its time has come.
        select.select([pipe], [], [], chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(pipe)

        release, counts = release_of(path)
        assert (release, counts) in ((first, before), (newest, after))
        seen.add(release)
        Desk(path, create=False).close()
        assert release_of(path)[0] == newest
    assert first in seen, "killed too late to prove anything"


@pytest.mark.parametrize("step", range(1, len(upgrade.steps())))
def test_a_step_that_fails_leaves_the_desk_as_it_was(old, step, monkeypatch):
    before = release_of(old)
    name = upgrade.steps()[step]
    real = upgrade._counts
    counted = []

    def fail_there(db):
        counted.append(1)
        # Counted once before the copy, then before and after each step.
        if len(counted) == 2 * step + 1:
            raise OSError("no more")
        return real(db)

    with monkeypatch.context() as patched:
        patched.setattr(upgrade, "_counts", fail_there)
        with pytest.raises(DeskFileError):
            Desk(old, create=False)

    assert release_of(old) == before, name
    assert old.with_name(f"old.before-{upgrade.steps()[1]}.desk").exists()
    Desk(old, create=False).close()
    assert release_of(old)[0] == len(upgrade.steps())
