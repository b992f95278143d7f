import stat
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import peewee as pw
import pytest
from sqlcipher3 import dbapi2 as driver

from recoverydesk.errors import DeskDamagedError, NotAllowedError, NotFoundError
from recoverydesk.storage import tables as t
from recoverydesk.storage.connection import PRAGMAS
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic
from tests.storage.filling import AT, add_customer, fill, names


def heard_from(desk):
    heard = []
    desk.subscribe(heard.append)
    return heard


def add_and_fail(open_change):
    with open_change:
        t.Customer.create(name="Gone", name_key="gone", created_at=AT)
        raise ZeroDivisionError


def test_what_was_saved_is_there_when_the_desk_is_opened_again(desk, tmp_path):
    add_customer(desk, name="Ada")
    desk.close()

    again = Desk(tmp_path / "shop.desk", create=False)

    assert names(again) == ["Ada"]
    again.close()


def test_a_change_that_fails_leaves_nothing_behind(desk):
    heard = heard_from(desk)

    with pytest.raises(ZeroDivisionError):
        add_and_fail(desk.changing(Topic.CUSTOMERS, "Add"))

    assert names(desk) == []
    assert heard == []
    with desk.reading():
        assert t.Change.select().count() == 0


def test_listeners_hear_the_topics_once_after_the_outermost_change(desk):
    heard = []
    desk.subscribe(lambda topics: heard.append((topics, names(desk))))

    with desk.changing(Topic.CASES, "Log a case"):
        add_customer(desk, name="Ada")
        assert heard == []

    assert heard == [(Topic.CASES | Topic.CUSTOMERS, ["Ada"])]


def test_the_outermost_words_name_the_change(desk):
    with desk.changing(Topic.CASES, "Log a case"):
        add_customer(desk, words="Add a customer")

    change = desk.last_undoable()
    assert change.words == "Log a case"
    assert change.topics == Topic.CASES | Topic.CUSTOMERS


def test_a_change_is_as_undoable_as_the_least_undoable_in_it(desk):
    with desk.changing(Topic.CASES, "Log a case"):
        add_customer(desk, undoable=False)

    assert desk.last_undoable() is None


def test_a_failure_inside_that_somebody_kept_quiet_about_fails_the_whole(desk):
    def swallow():
        with suppress(ZeroDivisionError):
            add_and_fail(desk.changing(Topic.CUSTOMERS, "Add"))

    with (
        pytest.raises(RuntimeError, match="a change inside this one failed"),
        desk.changing(Topic.CASES, "Log a case"),
    ):
        swallow()

    assert names(desk) == []


def test_a_change_that_touched_nothing_leaves_no_heading(desk):
    with desk.changing(Topic.CUSTOMERS, "Look only"):
        pass

    assert desk.last_undoable() is None
    with desk.reading():
        assert t.Change.select().count() == 0


def test_a_listener_that_fails_neither_hides_the_save_nor_silences_the_others(desk, monkeypatch):
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))

    def stumble(_topics):
        raise ZeroDivisionError

    desk.subscribe(stumble)
    heard = heard_from(desk)

    add_customer(desk, name="Ada")

    assert names(desk) == ["Ada"]
    assert heard == [Topic.CUSTOMERS]
    assert told == [ZeroDivisionError]


def test_nobody_is_told_after_the_subscription_ended(desk):
    heard = []
    end = desk.subscribe(heard.append)
    end()
    end()

    add_customer(desk)

    assert heard == []


def test_a_query_outside_reading_fails(desk):
    with pytest.raises(RuntimeError, match="outside reading"):
        t.Customer.select().count()
    with desk.reading():
        assert t.Customer.select().count() == 0
    with pytest.raises(RuntimeError, match="outside reading"):
        t.Customer.select().count()


def test_two_desks_in_one_process_are_kept_apart(desk, tmp_path):
    other = Desk(tmp_path / "practice.desk")
    add_customer(desk, name="Ada")
    add_customer(other, name="Ben")

    with desk.reading(), other.reading():
        assert [row.name for row in t.Customer.select()] == ["Ben"]
        with desk.reading():
            assert [row.name for row in t.Customer.select()] == ["Ada"]
        assert [row.name for row in t.Customer.select()] == ["Ben"]
    other.close()


def test_another_thread_saves_and_leaves_no_connection_behind(desk):
    closed = []

    def work():
        add_customer(desk, name="Ada")
        closed.append(desk._db.is_closed())
        with desk.on_this_thread():
            names(desk)
            closed.append(desk._db.is_closed())
        closed.append(desk._db.is_closed())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert closed == [True, False, True]
    assert names(desk) == ["Ada"]


def test_while_one_thread_changes_another_reads_what_was_saved(desk):
    add_customer(desk, name="Ada")
    seen = []

    with desk.changing(Topic.CUSTOMERS, "Add"):
        t.Customer.create(name="Ben", name_key="ben", created_at=AT)
        thread = threading.Thread(target=lambda: seen.append(names(desk)))
        thread.start()
        thread.join()

    assert seen == [["Ada"]]


def test_peewees_own_atomic_joins_the_open_change(desk):
    with desk.changing(Topic.CUSTOMERS, "Add"):
        with suppress(ZeroDivisionError):
            add_and_fail(t.database.atomic())
        t.Customer.create(name="Ada", name_key="ada", created_at=AT)

    assert names(desk) == ["Ada"]


def test_a_change_says_who_made_it_and_when_in_utc(desk):
    desk.person_id = 7
    desk.clock = lambda: datetime(2026, 3, 2, 11, tzinfo=timezone(timedelta(hours=1)))

    with desk.changing(Topic.CUSTOMERS, "Add") as change:
        t.Customer.create(name="Ada", name_key="ada", created_at=AT)

    made = desk.last_undoable()
    assert (made.id, made.person_id) == (change.id, 7)
    assert made.at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_change_can_be_named_while_it_is_made_and_the_outermost_name_stays(desk):
    with desk.changing(Topic.CUSTOMERS, "Add") as change:
        t.Customer.create(name="Ada", name_key="ada", created_at=AT)
        change.say("Add Ada")
        with desk.changing(Topic.CUSTOMERS, "Inside") as inner:
            inner.say("Something inside")

    assert desk.last_undoable().words == "Add Ada"


def test_bytes_are_kept_once_and_come_back_whole(desk):
    first = desk.keep_blob(b"\x00logo", "image/png")
    second = desk.keep_blob(b"\x00logo", "image/png")

    assert first == second
    assert desk.read_blob(first) == b"\x00logo"
    with pytest.raises(NotFoundError):
        desk.read_blob("nothing")


def test_bytes_that_have_changed_on_the_disk_are_not_handed_out(desk):
    name = desk.keep_blob(b"logo", "image/png")
    with desk.changing(Topic.NOTHING, "Damage"):
        t.database.execute_sql("DROP TRIGGER guard_blob_update_blob")
        t.Blob.update(content=b"l0go").execute()

    with pytest.raises(DeskDamagedError):
        desk.read_blob(name)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("voucher_entry", "amount_cents", 19.99),
        ("voucher_entry", "amount_cents", "abc"),
        ("follow_up", "position", "abc"),
        ("follow_up", "due_on", "2026-02-31"),
        ("customer", "since_on", "yesterday"),
        ("customer", "created_at", "2026-03-02 10:00:00"),
        ("customer", "worth_year_cents", -1),
        ("recovery_case", "status", "half open"),
        ("person", "active", 2),
    ],
)
def test_the_file_itself_refuses_values_of_the_wrong_kind(desk, table, column, value):
    fill(desk)

    with changing(desk):
        t.database.execute_sql("DROP TRIGGER guard_voucher_entry_update_voucher_entry")

    with pytest.raises(pw.IntegrityError, match="CHECK"), changing(desk):
        t.database.execute_sql(f'UPDATE "{table}" SET "{column}" = ?', (value,))


def test_every_connection_has_the_settings_that_keep_data_safe(desk):
    found = []

    def look():
        with desk.reading():
            found.append({name: desk._db.pragma(name) for name in PRAGMAS})

    look()
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert found == [PRAGMAS, PRAGMAS]


def test_the_sqlite_in_use_is_one_without_the_wal_fault():
    assert driver.sqlite_version_info >= (3, 51, 3)


@pytest.mark.skipif("sys.platform == 'win32'")
def test_nobody_else_on_the_computer_can_read_the_desk(tmp_path):
    desk = Desk(tmp_path / "own" / "shop.desk")
    add_customer(desk)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in desk.path.parent.iterdir()}
    assert modes == {"shop.desk": 0o600, "shop.desk-wal": 0o600, "shop.desk-shm": 0o600}
    assert stat.S_IMODE(desk.path.parent.stat().st_mode) == 0o700
    desk.close()


def test_no_desk_is_made_where_none_was_asked_for(tmp_path):
    with pytest.raises(NotFoundError, match="no desk at"):
        Desk(tmp_path / "shop.desk", create=False)

    assert list(tmp_path.iterdir()) == []


def test_a_voucher_cant_be_spent_beyond_what_is_on_it(desk):
    fill(desk)

    def redeem(cents):
        with desk.changing(Topic.VOUCHERS, "Redeem"):
            t.VoucherEntry.create(voucher=1, at=AT, kind="redeem", amount_cents=-cents)

    redeem(2000)
    with pytest.raises(NotAllowedError, match="not that much left"):
        redeem(501)
    redeem(500)


def test_a_vouchers_entries_are_neither_changed_nor_deleted(desk):
    fill(desk)

    with pytest.raises(NotAllowedError, match="stay as they were"), changing(desk):
        t.VoucherEntry.update(amount_cents=9900).execute()
    with pytest.raises(NotAllowedError, match="stay as they were"), changing(desk):
        t.VoucherEntry.delete().execute()


@pytest.mark.parametrize("status", ["printed", "sent", "handed_over"])
def test_paper_that_went_out_stays_as_it_was(desk, status):
    fill(desk, paper_status=status)

    with pytest.raises(NotAllowedError, match="has gone out"), changing(desk):
        t.Document.update(title="Another").execute()
    with pytest.raises(NotAllowedError, match="has gone out"), changing(desk):
        t.Document.delete().execute()
    with changing(desk):
        t.Document.update(status="void").execute()


def test_kept_bytes_and_earlier_plans_never_change(desk):
    fill(desk)

    with pytest.raises(NotAllowedError, match="never changed"), changing(desk):
        t.Blob.update(content=b"other").execute()
    with pytest.raises(NotAllowedError, match="never changed"), changing(desk):
        t.PlaybookVersion.update(steps="[1]").execute()


def test_a_sound_desk_is_found_sound_and_a_lost_parent_is_named(desk):
    fill(desk)
    assert desk.check() == []

    with desk.reading():
        t.database.execute_sql("PRAGMA foreign_keys = 0")
        t.database.execute_sql("DELETE FROM person")
        t.database.execute_sql("PRAGMA foreign_keys = 1")

    assert desk.check() == ["recovery_case 1 points at a person that is gone"]


def changing(desk):
    return desk.changing(Topic.EVERYTHING, "Try")


def test_what_another_program_saves_is_noticed_once(tmp_path):
    path = tmp_path / "shop.desk"
    mine, theirs = Desk(path), Desk(path)
    assert not mine.changed_elsewhere()

    add_customer(mine)
    by_me = mine.changed_elsewhere()
    add_customer(theirs)

    assert not by_me
    assert mine.changed_elsewhere()
    assert not mine.changed_elsewhere()
    for desk in (mine, theirs):
        desk.close()


def test_what_our_own_workers_save_is_no_news(desk):
    worker = threading.Thread(target=add_customer, args=(desk,))
    worker.start()
    worker.join()
    assert not desk.changed_elsewhere()


def test_a_change_that_was_not_saved_leaves_its_number_to_others(tmp_path):
    path = tmp_path / "shop.desk"
    mine, theirs = Desk(path), Desk(path)
    with pytest.raises(ZeroDivisionError):
        add_and_fail(changing(mine))

    add_customer(theirs)

    assert mine.changed_elsewhere()
    for desk in (mine, theirs):
        desk.close()


def test_undo_leaves_what_another_program_saved(tmp_path):
    path = tmp_path / "shop.desk"
    mine, theirs = Desk(path), Desk(path)
    add_customer(mine)
    ours = mine.last_undoable()
    add_customer(theirs)

    assert mine.last_undoable() == ours
    taken = mine.undo()
    assert taken.undoes_id == ours.id
    add_customer(theirs)
    assert mine.last_redoable() == taken

    later = Desk(path)
    assert later.last_undoable() == theirs.last_undoable()
    for desk in (mine, theirs, later):
        desk.close()
