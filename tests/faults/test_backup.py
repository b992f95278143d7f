"""Backups under kills, full and vanishing disks: what bears a backup's name is whole."""

import os
import random
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from recoverydesk.domain.backup import Reason
from recoverydesk.errors import DeskDamagedError, DeskFileError, DeskFullError, DeskReadOnlyError
from recoverydesk.services import backups
from recoverydesk.storage import backup as files
from recoverydesk.storage import copies
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif("sys.platform == 'win32'", reason="signals and limits are others there"),
]

CHECKOUT = Path(__file__).resolve().parents[2]
MAKER = """
import os, random, signal, sys, time
from pathlib import Path
from recoverydesk.services import backups
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW

chance = random.Random(3)
for _ in range(int(sys.argv[2])):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            desk = Desk(Path(sys.argv[1]), create=False)
            while True:
                backups.make(desk, now=NOW)
                os.write(writing, b".")
        finally:
            os._exit(1)
    os.read(reading, 1)
    time.sleep(chance.uniform(0, 0.15))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""
"""Has somebody back a desk up for ever, and kills them; then the next one."""
KILLS = 20


@pytest.fixture
def busy(shop):
    """Somebody saves one case after the other meanwhile; returns the slowest save, in seconds."""
    stop, slowest = threading.Event(), [0.0]

    def write():
        with shop.desk.on_this_thread():
            while not stop.is_set():
                began = time.perf_counter()
                shop.case()
                slowest[0] = max(slowest[0], time.perf_counter() - began)
                stop.wait(0.005)

    thread = threading.Thread(target=write)
    thread.start()
    yield slowest
    stop.set()
    thread.join()


def test_twenty_kills_leave_no_bad_backup(shop, busy):  # noqa: ARG001 - the writer
    path = shop.desk.path
    command = [sys.executable, "-c", MAKER, str(path), str(KILLS)]
    subprocess.run(command, cwd=CHECKOUT, check=True)
    there = files.found(path)
    assert there[0].number >= KILLS
    for one in there:
        # Without a proof it was cut off between its name and its proof, and is whole, too.
        files.prove(one)


def test_a_copy_of_the_open_file_would_be_caught(shop, tmp_path):
    """Loss C, planted: what was saved is still in the journal, which a plain copy leaves out."""
    shop.case()
    promised = shop.desk.counts()
    copied = tmp_path / "copied.desk"
    # By another program, as opening and closing the file here would drop the desk's locks.
    subprocess.run(["cp", str(shop.desk.path), str(copied)], check=True)
    with pytest.raises(DeskDamagedError):
        copies.refuse_unsound(copied, promised)


def test_a_writer_hardly_waits(shop, busy):
    for _ in range(5):
        backups.make(shop.desk, now=NOW)
    assert 0 < busy[0] < 1.0


def test_a_single_flipped_bit_is_found(shop):
    shop.case()
    made = backups.make(shop.desk, now=NOW)
    raw = bytearray(made.path.read_bytes())
    chance = random.Random(5)
    for _ in range(20):
        place, bit = chance.randrange(len(raw)), 1 << chance.randrange(8)
        raw[place] ^= bit
        made.path.write_bytes(raw)
        with pytest.raises(DeskFileError):
            files.prove(made)
        raw[place] ^= bit
    made.path.write_bytes(raw)
    files.prove(made)


def test_a_full_disk_leaves_those_before_as_they_were(shop):
    shop.case()
    made = backups.make(shop.desk, now=NOW)
    shop.case()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
    try:
        with pytest.raises(DeskFileError, match="No backup was made"):
            files.make(shop.desk, reason=Reason.ASKED, now=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert files.newest_good(shop.desk.path) == made
    assert not list(made.path.parent.glob("*.part*"))
    assert shop.desk.check() == []
    assert backups.make(shop.desk, now=NOW).number == made.number + 1


def test_a_failed_one_is_remembered_until_one_goes_well(shop, monkeypatch):
    def full(*_args):
        raise DeskFullError("No backup was made.", advice="The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(copies, "_take", full)
        with pytest.raises(DeskFullError):
            backups.make(shop.desk, now=NOW)
    assert "disk is full" in backups.state(shop.desk, now=NOW).trouble
    backups.make(shop.desk, now=NOW)
    assert backups.state(shop.desk, now=NOW).trouble == ""


@pytest.fixture
def nobody():
    """Be a user who owns nothing, where the tests run as one who may do anything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65_534)
    yield
    os.seteuid(before)


@pytest.mark.usefixtures("nobody")
def test_a_folder_that_can_only_be_read_is_told():
    with (
        pytest.raises(DeskReadOnlyError, match="No backup was made") as told,
        copies.copying_explained("No backup was made."),
    ):
        copies.new_part(Path("/etc/shop.desk"))
    assert "You may not write in its folder" in told.value.advice


def test_a_second_place_that_vanishes_is_no_hindrance_and_catches_up(shop, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    shop.case()
    backups.make(shop.desk, now=NOW)
    assert backups.set_second(shop.desk, stick, now=NOW) == 1
    stick.rename(tmp_path / "gone")
    for _ in range(3):
        backups.make(shop.desk, now=NOW)
    state = backups.state(shop.desk, now=NOW)
    assert (state.trouble, "not there" in state.second_trouble) == ("", True)
    assert not stick.exists(), "a folder made where the stick belongs would hide it"
    (tmp_path / "gone").rename(stick)
    assert backups.bring_to_second(shop.desk, now=NOW) == 3
    assert backups.state(shop.desk, now=NOW).second_trouble == ""


def test_what_is_damaged_here_is_found_in_the_second_place(shop, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backups.make(shop.desk, now=NOW)
    backups.set_second(shop.desk, stick, now=NOW)
    made.path.unlink()
    files.manifest_of(made.path).unlink()
    good = backups.newest_good(shop.desk.path)
    assert good is not None
    assert stick in good.path.parents


def test_nothing_is_lost_by_backing_up_while_others_write(shop):
    """Loss B: opening and closing the live file here would drop its locks under everybody."""
    path = shop.desk.path
    writer = (
        "import sys, os, time\nfrom pathlib import Path\n"
        "from recoverydesk.storage.desk import Desk\n"
        "from tests.conftest import Shop\nfrom recoverydesk.services import people\n"
        "desk = Desk(Path(sys.argv[1]), create=False)\npeople.sign_in_owner(desk)\n"
        "shop = Shop(desk)\n"
        "while True:\n    os.write(1, f'{shop.case()}\\n'.encode())\n    time.sleep(0.01)\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", writer, str(path)], cwd=CHECKOUT, stdout=subprocess.PIPE
    )
    told = [int(other.stdout.readline())]
    mine = []
    for _ in range(5):
        backups.make(shop.desk, now=NOW)
        mine.append(shop.case())
        told.append(int(other.stdout.readline()))
    other.kill()
    rest, _ = other.communicate()
    told += [int(line) for line in rest.split(b"\n")[:-1]]
    assert len(set(told) & set(mine)) == 0
    shop.desk.close()
    desk = Desk(path, create=False)
    assert desk.counts()["recovery_case"] >= len(told) + len(mine)
    assert desk.check() == []
    desk.close()
