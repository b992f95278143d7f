"""Full, read-only, damaged, newer or killed: nothing that was confirmed is ever lost."""

import ast
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import peewee as pw
import pytest

from recoverydesk.errors import (
    DeskBusyError,
    DeskDamagedError,
    DeskFileError,
    DeskFullError,
)
from recoverydesk.storage import tables as t
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic
from tests.storage.filling import add_customer, fill, names

pytestmark = pytest.mark.fault

CHECKOUT = Path(__file__).resolve().parents[2]

VISITOR = """
import os
import sys
from pathlib import Path
from recoverydesk.storage.desk import Desk
from tests.storage.filling import add_customer
if os.geteuid() == 0:  # root may write anywhere
    os.setuid(65534)
try:
    add_customer(Desk(Path(sys.argv[1])))
except Exception as error:
    print(type(error).__name__)
else:
    print("saved")
"""


def python(source, path):
    return subprocess.Popen(
        [sys.executable, "-B", "-c", source, str(path)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    )


def fill_the_disk(desk):
    with desk.reading():
        pages = t.database.execute_sql("PRAGMA page_count").fetchone()[0]
        t.database.execute_sql(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_is_told_and_loses_nothing(desk):
    add_customer(desk, name="Ada")
    fill_the_disk(desk)

    with pytest.raises(DeskFullError, match="Not saved: the disk is full") as trouble:
        add_customer(desk, name="Ben" * 1_000_000)

    assert "Nothing was lost" in trouble.value.advice
    assert names(desk) == ["Ada"]
    add_customer(desk, name="Cleo")  # the connection is a new one, and there is room again
    assert names(desk) == ["Ada", "Cleo"]
    assert desk.check() == []


def test_what_sqlite_took_back_by_itself_is_never_half_saved(desk):
    """Somebody keeps quiet about a full disk, and goes on writing."""
    fill_the_disk(desk)

    def keep_quiet():
        with pytest.raises(pw.OperationalError):
            t.Customer.create(name="B" * 5_000_000, name_key="b", created_at=desk.clock())

    def save():
        with desk.changing(Topic.CUSTOMERS, "Add"):
            t.Customer.create(name="Half", name_key="half", created_at=desk.clock())
            keep_quiet()
            desk._db.connection().rollback()
            t.Customer.create(name="Rest", name_key="rest", created_at=desk.clock())

    with pytest.raises(DeskFileError, match="Not saved"):
        save()

    assert names(desk) == []


def test_another_program_that_keeps_the_desk_busy_is_named_as_the_reason(desk, tmp_path):
    other = Desk(tmp_path / "shop.desk")
    with other.reading():
        t.database.execute_sql("PRAGMA busy_timeout = 10")
    with (
        desk.changing(Topic.CUSTOMERS, "Add"),
        pytest.raises(DeskBusyError, match="Another program"),
        other.changing(Topic.CUSTOMERS, "Add too"),
    ):
        raise AssertionError("two wrote at once")
    other.close()


@pytest.mark.skipif("sys.platform == 'win32'")
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o666), (0o777, 0o444)])
def test_a_desk_that_may_only_be_read_is_never_said_to_be_saved(folder_mode, file_mode):
    with tempfile.TemporaryDirectory() as name:  # nobody may enter pytest's own folders
        desk = Desk(Path(name) / "shop.desk")
        desk.close()
        desk.path.chmod(file_mode)
        desk.path.parent.chmod(folder_mode)

        said = python(VISITOR, desk.path).communicate(timeout=60)[0].strip()

        desk.path.parent.chmod(0o700)
        again = Desk(desk.path)
        assert (said, names(again)) == ("DeskReadOnlyError", [])
        again.close()


def damaged(kind, whole):
    return {
        "text": b"Dear Ada, we are sorry. " * 100,
        "short text": b"Sorry",
        "empty": b"",
        "header only": whole[:100],
        "half": whole[: len(whole) // 2],
        "zeros": bytes(len(whole)),
        "schema overwritten": whole[:100] + random.Random(7).randbytes(8_000) + whole[8_100:],
    }[kind]


@pytest.mark.parametrize(
    "kind",
    ["text", "short text", "empty", "header only", "half", "zeros", "schema overwritten"],
)
def test_a_file_that_is_no_whole_desk_is_refused_and_left_alone(desk, kind):
    fill(desk)
    desk.close()
    content = damaged(kind, desk.path.read_bytes())
    desk.path.write_bytes(content)

    with pytest.raises(DeskDamagedError):
        Desk(desk.path)

    assert desk.path.read_bytes() == content


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "photos.desk"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE photo (id)")
    other.commit()
    other.close()
    content = path.read_bytes()

    with pytest.raises(DeskDamagedError, match="not a RecoveryDesk desk"):
        Desk(path)

    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_no_desk(tmp_path):
    with pytest.raises(DeskDamagedError, match="folder"):
        Desk(tmp_path)


def test_a_place_that_cant_be_reached_is_told_in_plain_words(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(DeskFileError, match="can't be reached"):
        Desk(tmp_path / "file" / "shop.desk")


def test_a_desk_that_vanished_but_left_its_newest_changes_is_not_started_afresh(tmp_path):
    (tmp_path / "shop.desk-wal").write_bytes(b"saved")

    with pytest.raises(DeskDamagedError, match="missing"):
        Desk(tmp_path / "shop.desk")

    assert not (tmp_path / "shop.desk").exists()


def test_trouble_of_ours_is_not_blamed_on_the_disk(desk):
    with pytest.raises(pw.OperationalError, match="no such table"), desk.reading():
        t.database.execute_sql("SELECT * FROM nowhere")


def imported(path):
    """The names of the top modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]
            yield from (alias.name for alias in node.names)


def test_only_storage_opens_databases():
    """A second SQLite on the same file would take away the first one's locks."""
    storage = CHECKOUT / "recoverydesk" / "storage"
    others = {"sqlite3", "apsw", "pysqlite3", "QtSql", "QSqlDatabase"}
    for folder in ("recoverydesk", "ui"):
        for path in (CHECKOUT / folder).rglob("*.py"):
            banned = others if storage in path.parents else others | {"sqlcipher3", "playhouse"}
            assert not banned.intersection(imported(path)), path
