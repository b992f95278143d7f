"""Whatever is wrong with the desk's file, nobody ever gets an empty shop for it."""

import pytest

from recoverydesk.errors import RecoveryDeskError
from recoverydesk.services import backups, damage
from recoverydesk.storage.connection import backups_beside
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.swap import quarantine
from tests.conftest import NOW
from tests.faults.breaking import WAYS, folder, newer
from ui.app import open_window
from ui.dialogs.damaged import DamagedWindow, look_into

pytestmark = pytest.mark.fault

STATES = ("good", "bad newest", "none")


@pytest.fixture
def broken(shop):
    """Break a desk of two cases, of which the backup before the newest holds one."""

    def break_it(way, state):
        shop.case(name="Ada Obi")
        if state != "none":
            backups.make(shop.desk, now=NOW)
        shop.case(name="Kim Lee")
        if state == "bad newest":
            newest = backups.make(shop.desk, now=NOW)
            raw = bytearray(newest.path.read_bytes())
            raw[len(raw) // 2] ^= 0x10  # a single bit, as a disk forgets it
            newest.path.write_bytes(raw)
        shop.desk.close()
        backups_beside(shop.desk.path).mkdir(exist_ok=True)
        way(shop.desk.path)
        return shop.desk.path

    return break_it


def refused(path):
    """Open it as the program does at its start; return what it says."""
    with pytest.raises(RecoveryDeskError) as told:
        started(path)
    assert told.value.advice
    return told.value


def started(path):
    desk = Desk(path)
    try:
        desk.quick_check()
    finally:
        desk.close()


def everything_in(where):
    return {
        path.relative_to(where): path.read_bytes() for path in where.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_owner_gets_a_way_on_and_never_an_empty_shop(broken, way, state, qtbot):
    path = broken(way, state)
    error = refused(path)
    before = everything_in(path.parent)

    window = look_into(path, error, lambda: NOW)
    qtbot.addWidget(window)
    assert isinstance(window, DamagedWindow)
    assert window.restore_button.isEnabled() is (state != "none")
    assert everything_in(path.parent) == before, "nothing is written before the owner says so"
    if state == "none":
        return

    was_there = path.is_file()
    bytes_there = path.read_bytes() if was_there else b""
    with qtbot.waitSignal(window.mended, timeout=20_000):
        window.restore_button.click()
    desk = Desk(path, create=False)
    assert desk.counts()["recovery_case"] == 1, "the newest GOOD backup"
    assert desk.check() == []
    desk.close()
    if was_there:
        kept = list(quarantine(path).rglob("corner.desk"))
        assert [one.read_bytes() for one in kept] == [bytes_there]


def test_a_newer_desk_keeps_its_bytes_and_offers_no_rescue(broken, qtbot):
    path = broken(newer, "good")
    before = path.read_bytes()
    window = look_into(path, refused(path), lambda: NOW)
    qtbot.addWidget(window)
    assert not window.rescue_button.isEnabled()
    assert not window.read_button.isEnabled()
    assert path.read_bytes() == before


def test_how_many_changes_are_newer_is_said_where_it_can_be_known(broken, qtbot):
    path = broken(lambda _path: None, "good")
    found = damage.look(path, RecoveryDeskError("It will not open.", advice="Nothing is lost."))
    assert found.newer_changes == 1
    window = DamagedWindow(found, lambda: NOW)
    qtbot.addWidget(window)
    assert "1 change that is newer may be missing." in window._restore_about()


def test_what_can_be_read_is_rescued_with_a_report(broken, qtbot):
    path = broken(lambda _path: None, "none")
    found = damage.look(path, RecoveryDeskError("It will not open."))
    window = DamagedWindow(found, lambda: NOW)
    qtbot.addWidget(window)
    window.show()
    window.rescue_button.click()
    box = waited(qtbot, window)
    assert "Cases: 2 rescued" in box.informativeText()
    with qtbot.waitSignal(window.mended):
        box.accept()
    desk = Desk(path, create=False)
    assert desk.counts()["recovery_case"] == 2
    assert desk.check() == []
    desk.close()


def waited(qtbot, window):
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - beside its only use

    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=20_000)
    return window.findChild(QMessageBox)


def test_a_desk_for_reading_only_refuses_every_change_and_leaves_the_file_alone(
    broken, shop, qtbot
):
    path = broken(lambda _path: None, "none")
    before = path.read_bytes()
    window = DamagedWindow(damage.look(path, RecoveryDeskError("No.")), lambda: NOW)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.reading) as heard:
        window.read_button.click()
    desk = heard.args[0]
    assert desk.counts()["recovery_case"] == 2
    shop.desk = desk
    with pytest.raises(RecoveryDeskError, match="opened for reading only"):
        shop.case()
    damage.close_reading(desk)
    assert not desk.path.exists()
    assert path.read_bytes() == before


def test_a_desk_that_was_cut_off_is_read_through_before_it_is_shown(broken):
    def rot(path):
        raw = bytearray(path.read_bytes())
        for place in range(len(raw) // 2, len(raw) - 4096, 4096):
            raw[place : place + 4096] = bytes(4096)
        path.write_bytes(raw)

    path = broken(rot, "good")
    damage.begin(path)
    with pytest.raises(RecoveryDeskError):
        open_window(path, now=NOW)


def test_an_empty_start_would_be_noticed(tmp_path):
    """So that the tests above can fail: without any trace of a desk, a new one is made."""
    desk = Desk(tmp_path / "corner.desk")
    assert desk.counts()["recovery_case"] == 0
    desk.close()
    assert folder in WAYS
