import hashlib
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import peewee as pw
import pytest
from playhouse.schema_diff import diff_models

from recoverydesk.errors import DeskFileError, DeskTooNewError
from recoverydesk.services import papers
from recoverydesk.storage import current, journal, upgrade
from recoverydesk.storage import tables as t
from recoverydesk.storage.connection import DeskDatabase
from recoverydesk.storage.desk import Desk
from tests.storage.filling import add_customer, dump, fill, names

DESKS = Path(__file__).parents[1] / "data" / "desks"
"""Made by `make.py` there, once per release."""

STEPS = len(upgrade.steps())
LATER = f"{STEPS + 1:04}_a_later_step"

_SINCE_0008 = {"suggestion", "fix_news", "feedback", "sales_import", "sale"}
_SINCE_0007 = {"voucher_rule", "entitlement", "entitlement_use", *_SINCE_0008}
_SINCE_0006 = {"incident", "case_link", "attachment", *_SINCE_0007}
_SINCE_0004 = {"policy_version", *_SINCE_0006}
NEWER_TABLES = {
    "0001.desk": {"printed_line", *_SINCE_0004},
    "0002.desk": _SINCE_0004,
    "0003.desk": _SINCE_0004,
    "0004.desk": _SINCE_0006,
    "0005.desk": _SINCE_0006,
    "0006.desk": _SINCE_0007,
    "0007.desk": _SINCE_0008,
}
"""By release: the tables that came after it, so that its desk has nothing in them."""


@pytest.fixture
def later_release(tmp_path, monkeypatch):
    """A release with one more step, whose source the test gives."""

    def release(source):
        folder = tmp_path / "migrations"
        shutil.copytree(upgrade.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / f"{LATER}.py").write_text(source)
        monkeypatch.setattr(upgrade, "MIGRATIONS", folder)

    return release


def schema(db):
    """Every table and index as written, without line breaks."""
    found = db.execute_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
        " AND name NOT GLOB '*schema_migration*' AND name NOT GLOB 'search_*' AND sql IS NOT NULL"
    )
    return {
        (kind, name): re.sub(r"\s+", "", sql).replace("IFNOTEXISTS", "")
        for kind, name, sql in found
    }


def run(desk, statement):
    with desk.reading():
        t.database.execute_sql(statement)


def test_the_steps_build_exactly_the_tables_of_this_release(desk):
    with desk.reading():
        assert not diff_models(desk._db, t.ALL_TABLES)


def test_the_steps_build_the_same_checks_and_keys_as_the_tables(desk, tmp_path):
    db = DeskDatabase(tmp_path / "by tables.desk")
    db.connect()
    current.enter(db)
    try:
        db.create_tables(t.ALL_TABLES)
        wanted = schema(db)
    finally:
        current.leave()
        db.close()

    with desk.reading():
        assert schema(desk._db) == wanted


def test_an_older_desk_keeps_its_rows_and_a_copy_is_laid_beside_it(desk, later_release):
    add_customer(desk, name="Ada")
    desk.close()
    later_release(
        "import peewee as pw\n"
        "def up(migrator, db):\n"
        "    migrator.migrate(\n"
        "        migrator.add_column('customer', 'shoe', pw.TextField(null=True)),\n"
        "        migrator.drop_not_null('customer', 'email'),\n"
        "        migrator.add_not_null('customer', 'email'),\n"
        "    )\n"
    )

    upgraded = Desk(desk.path)

    assert names(upgraded) == ["Ada"]
    add_customer(upgraded, name="Ben")
    assert upgraded.last_undoable() is not None
    upgraded.close()
    copy = Desk(desk.path.with_name(f"shop.before-{LATER}.desk"), create=False)
    assert names(copy) == ["Ada"]
    copy.close()


def test_an_empty_desk_needs_no_copy(desk, later_release):
    desk.close()
    later_release("def up(migrator, db):\n    db.execute_sql('CREATE TABLE later (id)')\n")

    Desk(desk.path).close()

    assert [path.name for path in desk.path.parent.glob("*.desk")] == ["shop.desk"]


@pytest.mark.parametrize(
    "loss",
    ["DELETE FROM customer WHERE id = 1", "INSERT INTO voucher_rule VALUES (9, 'coupon', 1, '')"],
)
def test_a_step_that_loses_or_invents_rows_is_taken_back(desk, later_release, loss):
    add_customer(desk, name="Ada")
    desk.close()
    later_release(
        f"def up(migrator, db):\n"
        f"    db.execute_sql('CREATE TABLE later (id)')\n"
        f'    db.execute_sql("{loss}")\n'
    )

    with pytest.raises(DeskFileError, match="Your data is as before"):
        Desk(desk.path)

    assert_as_before(desk)


def test_a_step_that_leaves_rows_pointing_nowhere_is_taken_back(desk, later_release):
    fill(desk)
    desk.close()
    later_release(
        "def up(migrator, db):\n    db.execute_sql('UPDATE recovery_case SET owner_id = 99')\n"
    )

    with pytest.raises(DeskFileError, match="Your data is as before"):
        Desk(desk.path)


def test_a_step_that_fails_half_way_is_taken_back_whole(desk, later_release):
    add_customer(desk, name="Ada")
    desk.close()
    later_release(
        "def up(migrator, db):\n"
        "    db.execute_sql('CREATE TABLE later (id)')\n"
        "    db.execute_sql('SELECT nonsense')\n"
    )

    with pytest.raises(pw.OperationalError, match="nonsense"):
        Desk(desk.path)

    assert_as_before(desk)


def assert_as_before(desk):
    db = DeskDatabase(desk.path)
    db.connect()
    assert db.execute_sql("SELECT name FROM customer").fetchall() == [("Ada",)]
    assert "later" not in db.get_tables()
    assert db.pragma("user_version") == STEPS
    assert "journal_customer_insert" in {
        name for (name,) in db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    db.close()


@pytest.mark.parametrize(
    "newer",
    [
        "PRAGMA user_version = 99",
        "INSERT INTO schema_migration (name, applied) VALUES ('0099_future', '2030-01-01')",
    ],
)
def test_a_desk_from_a_newer_release_is_left_byte_for_byte(desk, newer):
    add_customer(desk)
    run(desk, newer)
    desk.close()
    before = desk.path.read_bytes()

    with pytest.raises(DeskTooNewError, match="newer RecoveryDesk"):
        Desk(desk.path)

    assert desk.path.read_bytes() == before
    assert [path.name for path in desk.path.parent.iterdir()] == ["shop.desk"]


def test_a_build_that_forgot_the_steps_fails_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(upgrade, "MIGRATIONS", tmp_path / "nothing")

    with pytest.raises(RuntimeError, match=r"build\.spec must ship them"):
        Desk(tmp_path / "shop.desk")

    assert list(tmp_path.iterdir()) == []


def test_there_is_a_real_desk_of_every_release():
    assert {path.stem for path in DESKS.glob("*.desk")} == {name[:4] for name in upgrade.steps()}


@pytest.mark.parametrize("release", sorted(path.name for path in DESKS.glob("*.desk")))
def test_the_desk_of_every_release_can_be_opened_whole(desk, tmp_path, release):
    path = tmp_path / release
    shutil.copyfile(DESKS / release, path)

    old = Desk(path, create=False)

    assert old.check() == []
    empty = {table for table, rows in dump(old).items() if not rows}
    assert empty == NEWER_TABLES.get(release, set())
    with old.reading(), desk.reading():
        assert schema(old._db) == schema(desk._db)
    old.close()


def test_the_first_release_gets_its_printed_lines_and_a_copy_made_before(tmp_path):
    path = tmp_path / "shop.desk"
    shutil.copyfile(DESKS / "0001.desk", path)

    Desk(path, create=False).close()

    copy, before = rows_as_stored(tmp_path / "shop.before-0002_printed_lines.desk")
    after_version, after = rows_as_stored(path)
    assert (copy, after_version) == (1, STEPS)
    assert "printed_line" not in before
    assert {table: columns_of(before, after[table], table) for table in before} == before
    assert after["printed_line"] == []


def columns_of(before, rows, table):
    """Rows without the columns that came later; those stand at the end."""
    return [row[: len(before[table][0])] for row in rows]


def test_what_was_put_off_by_hand_counts_as_put_off_once_in_an_older_desk(tmp_path):
    path = tmp_path / "shop.desk"
    shutil.copyfile(DESKS / "0002.desk", path)
    db = DeskDatabase(path)
    db.connect()
    journal.drop_triggers(db)
    reasons = ("", "you asked, and moved on while it was their turn", "you asked")
    for follow_up_id, reason in enumerate(reasons, start=2):
        db.execute_sql(
            "INSERT INTO follow_up (id, kind, act, title, reason, step_key, position, anchor,"
            ' "offset", unit, timed, due_on, moved, status, end_words, created_at)'
            " SELECT ?, kind, act, title, ?, step_key, position, anchor,"
            ' "offset", unit, timed, due_on, 1, status, end_words, created_at FROM follow_up'
            " WHERE id = 1",
            (follow_up_id, reason),
        )
        db.execute_sql(
            "INSERT INTO printed_line (document_id, position, follow_up_id, due_on)"
            " SELECT document_id, ?, ?, due_on FROM printed_line WHERE position = 1",
            (follow_up_id, follow_up_id),
        )
    db.execute_sql("UPDATE printed_line SET due_on = date(due_on, '-1 day') WHERE position = 2")
    db.close()

    Desk(path, create=False).close()

    db.connect()
    counted = db.execute_sql("SELECT put_offs FROM follow_up ORDER BY id").fetchall()
    db.close()
    _version, rows = rows_as_stored(path)
    assert [count for (count,) in counted] == [0, 1, 0, 1]
    # Put off after it was printed, and before.
    assert [row[-1] for row in rows["printed_line"]] == [0, 0, 0, 1]


def rows_as_stored(path):
    """The version of a desk that nobody upgrades, and the rows of its own tables."""
    db = DeskDatabase(path)
    db.connect()
    rows = {
        table: db.execute_sql(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()
        for table in db.get_tables()
        if table != upgrade.HISTORY
    }
    version = db.pragma("user_version")
    db.close()
    return version, rows


@pytest.mark.parametrize("release", sorted(path.name for path in DESKS.glob("*.desk")))
def test_papers_that_were_kept_come_through_an_upgrade_byte_for_byte(release, tmp_path):
    path = tmp_path / release
    shutil.copyfile(DESKS / release, path)
    with closing(sqlite3.connect(path)) as before:
        kept = before.execute(
            "SELECT document.id, hash, content FROM document JOIN blob ON hash = content_id"
        ).fetchall()
    assert kept

    with closing(Desk(path, create=False)) as desk:
        for document_id, name, content in kept:
            after = papers.content(desk, document_id)[1]
            assert hashlib.sha256(after).hexdigest() == name
            assert after == content
