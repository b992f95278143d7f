"""Backups as the services offer them: when, how they are, previews, rehearsals, going back."""

from datetime import timedelta

import pytest

from recoverydesk.domain.backup import DRILL_EVERY, Health, Reason
from recoverydesk.errors import (
    DeskDamagedError,
    DeskTooNewError,
    InvalidEntryError,
    NotFoundError,
)
from recoverydesk.services import backups, damage
from recoverydesk.storage import backup as files
from recoverydesk.storage import shape, upgrade
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW


def due(shop, reason=Reason.HOURLY):
    return backups.make_if_due(shop.desk, reason=reason, now=shop.now)


def spoil(backup, *, place=None):
    raw = bytearray(backup.path.read_bytes())
    raw[place or len(raw) // 2] ^= 1
    backup.path.write_bytes(raw)


def test_one_is_due_at_first_then_hourly_and_only_after_a_change(shop):
    assert due(shop).number == 1
    shop.case()
    assert due(shop) is None
    shop.later(hours=1)
    assert due(shop).number == 2
    shop.later(hours=5)
    assert due(shop) is None


def test_on_closing_no_hour_need_have_gone_by(shop):
    due(shop)
    assert due(shop, Reason.CLOSING) is None
    shop.case()
    assert due(shop, Reason.CLOSING).reason == "closing"


def test_the_proof_says_what_is_in_it(shop):
    shop.case()
    made = backups.make(shop.desk, now=NOW)
    assert files.found(shop.desk.path) == [made]
    assert made.counts == shop.desk.counts()
    assert made.sha256 == files.digest(made.path)
    assert made.schema == len(upgrade.steps())
    assert made.path.stat().st_mode & 0o077 == 0


def test_the_order_is_by_number_when_the_clock_goes_back(shop):
    backups.make(shop.desk, now=NOW)
    backups.make(shop.desk, now=NOW - timedelta(days=400))
    assert [one.number for one in backups.all_backups(shop.desk.path)] == [2, 1]


def test_how_they_are(shop):
    assert backups.state(shop.desk, now=NOW).health is Health.NONE
    backups.make(shop.desk, now=NOW)
    assert backups.state(shop.desk, now=NOW).health is Health.GOOD
    assert backups.state(shop.desk, now=NOW + timedelta(days=4)).health is Health.OLD


def test_a_second_place_is_asked_for_and_not_every_day(shop, tmp_path):
    assert not backups.state(shop.desk, now=NOW).ask_for_second
    backups.make(shop.desk, now=NOW)
    assert backups.state(shop.desk, now=NOW).ask_for_second
    backups.asked_for_second(shop.desk, now=NOW)
    assert not backups.state(shop.desk, now=NOW).ask_for_second
    assert backups.state(shop.desk, now=NOW + timedelta(days=7)).ask_for_second
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.set_second(shop.desk, stick, now=NOW)
    assert not backups.state(shop.desk, now=NOW + timedelta(days=7)).ask_for_second
    backups.set_second(shop.desk, None, now=NOW)
    assert backups.state(shop.desk, now=NOW).second == ""


def test_a_second_place_has_to_be_another_folder_that_is_there(shop, tmp_path):
    made = backups.make(shop.desk, now=NOW)
    for folder in (tmp_path / "nowhere", shop.desk.path.parent, made.path.parent):
        with pytest.raises(InvalidEntryError) as told:
            backups.set_second(shop.desk, folder, now=NOW)
        assert told.value.field == "second"


def test_a_preview_counts_here_and_there(shop):
    shop.case()
    made = backups.make(shop.desk, now=NOW)
    shop.case(name="Kim Lee")
    shown = backups.preview(shop.desk, made)
    assert shown.newer_changes == 1
    cases = next(one for one in shown.differences if one.table == "recovery_case")
    assert (cases.here, cases.there) == (2, 1)


def test_a_preview_of_a_file_without_a_proof_counts_for_itself(shop):
    shop.case()
    made = backups.make(shop.desk, now=NOW)
    files.manifest_of(made.path).unlink()
    shown = backups.preview(shop.desk, files.at(made.path))
    assert shown.newer_changes is None
    assert shown.differences[0].there == 1


def test_the_rehearsal_opens_the_newest_once_a_month_and_marks_what_fails(shop):
    assert not backups.is_drill_due(shop.desk, now=NOW)
    good = backups.make(shop.desk, now=NOW)
    bad = backups.make(shop.desk, now=NOW)
    spoil(bad)
    assert backups.is_drill_due(shop.desk, now=NOW)
    assert backups.drill(shop.desk, now=NOW) == good
    assert not backups.is_drill_due(shop.desk, now=NOW)
    assert backups.is_drill_due(shop.desk, now=NOW + DRILL_EVERY)
    assert backups.newest_proved(shop.desk.path) == good
    assert bad.path.exists()


def test_a_rehearsal_that_no_backup_passes_is_told(shop):
    spoil(backups.make(shop.desk, now=NOW))
    assert backups.drill(shop.desk, now=NOW) is None
    assert "rehearsal" in backups.state(shop.desk, now=NOW).trouble


def test_going_back_keeps_what_was_there_as_a_backup(shop):
    shop.case()
    made = backups.make(shop.desk, now=NOW)
    shop.case(name="Kim Lee")
    path = shop.desk.path
    shop.desk.close()
    backups.restore_over(path, made.path, now=NOW)
    newest = backups.all_backups(path)[0]
    assert newest.reason == Reason.BEFORE_RESTORE.value
    backups.restore_over(path, newest.path, now=NOW)
    desk = Desk(path, create=False)
    assert desk.counts()["recovery_case"] == 2
    desk.close()


def test_after_going_back_equal_numbers_are_not_taken_for_equal_changes(shop):
    first = backups.make(shop.desk, now=NOW)
    shop.case(name="Kim Lee")
    ahead = backups.make(shop.desk, now=NOW)
    path = shop.desk.path
    shop.desk.close()
    backups.restore_over(path, first.path, now=NOW)
    shop.desk = Desk(path, create=False, clock=lambda: shop.now)
    shop.case(name="Lou Ray")
    assert shop.desk.newest_change() == ahead.change_id
    assert backups.preview(shop.desk, ahead).newer_changes is None
    shop.later(minutes=1)
    assert due(shop, Reason.CLOSING) is not None, "what was saved since would be in no backup"
    shop.desk.close()


def test_a_newer_releases_backup_is_refused(shop):
    made = backups.make(shop.desk, now=NOW)
    raw = bytearray(made.path.read_bytes())
    raw[60:64] = (99).to_bytes(4, "big")
    made.path.write_bytes(raw)
    with pytest.raises(DeskTooNewError):
        backups.prepare(shop.desk.path, made.path)


def test_the_desk_itself_is_no_backup_of_it(shop):
    with pytest.raises(DeskDamagedError, match="the desk itself"):
        backups.prepare(shop.desk.path, shop.desk.path)
    for target in (shop.desk.path, shop.desk.path.parent):
        with pytest.raises(InvalidEntryError):
            backups.write_to(shop.desk, target, now=NOW)


@pytest.mark.parametrize("number", range(1, len(upgrade.steps()) + 1))
def test_a_backup_of_every_release_can_be_restored(shop, number, request):
    old = request.config.rootpath / "tests" / "data" / "desks" / f"{number:04}.desk"
    path = shop.desk.path
    shop.desk.close()
    backups.restore_over(path, old, now=NOW)
    desk = Desk(path, create=False)
    assert desk.check() == []
    assert desk.counts()["recovery_case"] >= 1
    desk.close()


def test_every_earlier_release_has_its_shape_written_down():
    assert sorted(shape.KNOWN) == list(range(1, len(upgrade.steps())))


def test_a_missing_desk_with_backups_is_damage_and_never_a_first_start(shop):
    backups.make(shop.desk, now=NOW)
    shop.desk.close()
    shop.desk.path.unlink()
    for create in (True, False):
        with pytest.raises(DeskDamagedError, match="missing"):
            Desk(shop.desk.path, create=create)


def test_without_any_trace_of_a_desk_there_is_none(tmp_path):
    with pytest.raises(NotFoundError):
        Desk(tmp_path / "none.desk", create=False)


def test_the_note_of_a_run_goes_when_it_ends_well(shop):
    assert not damage.ended_badly(shop.desk.path)
    damage.begin(shop.desk.path)
    assert damage.ended_badly(shop.desk.path)
    damage.end(shop.desk.path)
    assert not damage.ended_badly(shop.desk.path)
