"""Whoever was forgotten is in no backup either, and doesn't come back with one."""

from datetime import timedelta

import pytest

from recoverydesk.domain.forgetting import NOBODY
from recoverydesk.services import backup_erasures, backups, case_pages, cases
from recoverydesk.storage import backup as files
from recoverydesk.storage.desk import Desk
from tests.services.test_erasures import full_case, traces


def backed_up(shop):
    return backups.make(shop.desk, now=shop.now)


def forget(shop, customer_id, *, clean=True):
    return backup_erasures.erase(shop.desk, customer_id, backups=clean, now=shop.now)[1]


def test_no_byte_is_left_in_any_backup_and_each_is_proved_anew(shop, tmp_path):
    _case, customer_id = full_case(shop)
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.set_second(shop.desk, stick, now=shop.now)
    backed_up(shop)
    shop.later(hours=2)
    backed_up(shop)
    assert traces(tmp_path)

    done = forget(shop, customer_id)

    assert done == backup_erasures.Cleaned(4, ())
    assert traces(tmp_path) == []
    for one in files.found(shop.desk.path):
        assert one.proved
        files.prove(one)


def test_what_is_not_cleaned_still_holds_them_and_says_until_when(shop, tmp_path):
    _case, customer_id = full_case(shop)
    made = backed_up(shop)

    forget(shop, customer_id, clean=False)

    assert {name for name, _canary in traces(tmp_path)} == {made.path.name}
    gone = backup_erasures.gone_by(shop.desk.path)
    assert gone == (made.made_at + timedelta(days=366)).date()


def test_there_is_no_such_day_without_a_backup(shop):
    assert backup_erasures.gone_by(shop.desk.path) is None


def test_going_back_does_not_bring_them_back(shop, tmp_path):
    case_id, customer_id = full_case(shop)
    made = backed_up(shop)
    forget(shop, customer_id, clean=False)
    path = shop.desk.path
    shop.desk.close()

    ready = backups.prepare(path, made.path)
    made.path.unlink()
    backups.take_place(path, ready, now=shop.now)

    restored = Desk(path, create=False)
    assert case_pages.view(restored, case_id).customer == NOBODY
    restored.close()
    assert traces(tmp_path) == []


def test_a_case_that_was_open_then_is_no_hindrance(shop, tmp_path):
    case_id = shop.settled_case(name="Zuleika Quibbleworth", words="Canarywords")
    backed_up(shop)
    cases.close(
        shop.desk,
        case_id,
        cases.Ending(cases.Outcome.LOST, lost_reason=cases.LostReason.PRICE, skip_why="enough"),
        now=shop.now,
    )

    done = forget(shop, shop.view(case_id).customer_id)

    assert done.left == ()
    assert traces(tmp_path) == []


def test_a_damaged_backup_is_named_and_left(shop):
    _case, customer_id = full_case(shop)
    made = backed_up(shop)
    made.path.write_bytes(made.path.read_bytes()[:5000])

    assert forget(shop, customer_id) == backup_erasures.Cleaned(0, (made.path.name,))


def test_the_list_beside_the_desk_names_nobody(shop, tmp_path):
    _case, customer_id = full_case(shop)

    forget(shop, customer_id)

    listed = tmp_path / "corner.forgotten.json"
    assert listed.exists()
    assert "Quibbleworth" not in listed.read_text()


@pytest.mark.parametrize("content", ["", "[]", '{"desk": "x"}'])
def test_a_list_that_can_t_be_read_is_no_list(shop, tmp_path, content):
    (tmp_path / "corner.forgotten.json").write_text(content)
    made = backed_up(shop)

    ready = backups.prepare(shop.desk.path, made.path)

    assert ready.exists()


def test_several_are_forgotten_one_after_the_other(shop, tmp_path):
    _case, customer_id = full_case(shop)
    other = shop.customer("Ben Lowndes")
    backed_up(shop)

    forget(shop, other, clean=False)
    done = forget(shop, customer_id)

    assert done.left == ()
    assert traces(tmp_path) == []
    assert not [path for path in tmp_path.rglob("*.desk") if b"Ben Lowndes" in path.read_bytes()]
