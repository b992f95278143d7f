"""Rescues what can be read of a damaged desk into a new one, row by row where need be."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from recoverydesk.errors import DeskDamagedError
from recoverydesk.records import record
from recoverydesk.storage import copies, restore, upgrade
from recoverydesk.storage.connection import APPLICATION_ID, DeskDatabase, trouble_explained
from recoverydesk.storage.copies import copying_explained, quoted
from recoverydesk.storage.swap import ready_file

LAST_ROWID = (1 << 63) - 1
BATCH = 500


@record
class Rescued:
    """What came out of one table.

    Attributes:
        table: its name.
        rows: how many rows are in the rescued desk.
        refused: how many could be read but made no sense: damaged values, or rows that belong to
            something that is gone.
        unread: whether some of the table could not be read at all.
    """

    table: str
    rows: int
    refused: int = 0
    unread: bool = False


def rescue(desk_path: Path) -> tuple[Path, list[Rescued]]:
    """Read what can be read of a damaged desk into a new, sound one beside it.

    The damaged file is only read. The new desk is ready for `swap.swap`.

    Args:
        desk_path: where the damaged desk lies.

    Returns:
        The new desk, and what came out of each table that has anything.

    Raises:
        DeskDamagedError: nothing at all can be read.
        DeskFileError: there is no room for it.
    """
    ready = ready_file(desk_path)
    with (
        copying_explained("Nothing was rescued."),
        trouble_explained(),
        tempfile.TemporaryDirectory(prefix="recoverydesk-") as folder,
    ):
        damaged = _own_copy(desk_path, Path(folder))
        part = copies.new_part(ready)
        try:
            number = _schema_of(damaged)
            _make_empty(part, number)
            report = _fill(damaged, part)
            restore.bring_up(part)
            copies.refuse_unsound(part)
            copies.name_part(part, ready)
        finally:
            copies.drop_part(part)
    return ready, report


def _own_copy(desk_path: Path, folder: Path) -> Path:
    """Copy the damaged files: reading takes a journal in, which is a change of what was found."""
    if not desk_path.is_file() or not desk_path.stat().st_size:
        raise _nothing()
    for ending in ("", "-wal"):
        beside = desk_path.with_name(desk_path.name + ending)
        if beside.exists():
            shutil.copyfile(beside, folder / f"damaged.desk{ending}")
    return folder / "damaged.desk"


def _schema_of(damaged: Path) -> int:
    newest = len(upgrade.steps())
    with suppress(driver.Error), closing(_reader(damaged)) as reader:
        number = int(reader.execute("PRAGMA user_version").fetchone()[0])
        return number if 0 < number <= newest else newest
    raise _nothing()


def _make_empty(part: Path, number: int) -> None:
    """Make an empty desk of the release that the damaged one is from, without any triggers."""
    db = DeskDatabase(part)
    db.connect()
    with closing(db):
        db.pragma("application_id", APPLICATION_ID)
        upgrade.build_up_to(db, number)
    with copies.looking_at(part) as fresh:
        fresh.execute("PRAGMA journal_mode = DELETE")


def _fill(damaged: Path, part: Path) -> list[Rescued]:
    with closing(_reader(damaged)) as source, copies.looking_at(part) as target:
        target.execute("PRAGMA foreign_keys = 0")
        target.execute("BEGIN")
        names = [name for name in copies.counts_of(target) if name != upgrade.HISTORY]
        report = {name: _fill_table(source, target, name) for name in names}
        for name, count in _let_orphans_go(target).items():
            known = report[name]
            report[name] = Rescued(name, known.rows - count, known.refused + count, known.unread)
        target.execute("COMMIT")
    told = [one for one in report.values() if one.rows or one.refused or one.unread]
    if not any(one.rows for one in told):
        raise _nothing()
    return told


def _fill_table(source: Any, target: Any, table: str) -> Rescued:  # noqa: ANN401 - no types there
    there, wanted = _columns(source, table), _columns(target, table)
    columns = [name for name in wanted if name in there]
    if not columns:
        return Rescued(table, 0, unread=True)
    marks = ", ".join("?" * len(columns))
    listed = ", ".join(quoted(name) for name in columns)
    put = f"INSERT INTO {quoted(table)} ({listed}) VALUES ({marks})"
    rows = refused = 0
    reading = _Reading(source, table, listed)
    for row in reading.rows():
        try:
            target.execute(put, row)
            rows += 1
        except driver.Error:
            refused += 1
    return Rescued(table, rows, refused, reading.missed)


class _Reading:
    """Reads a damaged table: in one go where it can be, else around what can't be read."""

    def __init__(self, source: Any, table: str, listed: str) -> None:  # noqa: ANN401 - no types
        self._source = source
        self._get = (
            f"SELECT rowid, {listed} FROM {quoted(table)} NOT INDEXED"
            " WHERE rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?"
        )
        self._edge = f"SELECT max(rowid) FROM {quoted(table)}"
        self.missed = False

    def rows(self) -> Iterator[Sequence[Any]]:
        """Yield every row that can be read, in order."""
        waiting = [(1, LAST_ROWID)]
        while waiting:
            low, high = waiting.pop()
            if low > high:
                continue
            try:
                got = self._source.execute(self._get, (low, high, BATCH)).fetchall()
            except driver.Error:
                self.missed = True
                if low < high:
                    # The lower half first: rowids are dense there, and empty far above.
                    middle = low + (high - low) // 2
                    waiting += [(middle + 1, high), (low, middle)]
                continue
            yield from (row[1:] for row in got)
            if len(got) == BATCH:
                waiting.append((got[-1][0] + 1, high))


def _let_orphans_go(target: Any) -> dict[str, int]:  # noqa: ANN401 - the driver has no types
    """Loosen rows from what is gone where they can stand alone; let the others go."""
    gone: dict[str, int] = {}
    while lost := target.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _parent, key in lost:
            if not _loosen(target, table, rowid, key):
                target.execute(f"DELETE FROM {quoted(table)} WHERE rowid = ?", (rowid,))
                gone[table] = gone.get(table, 0) + target.execute("SELECT changes()").fetchone()[0]
    return gone


def _loosen(target: Any, table: str, rowid: int, key: int) -> bool:  # noqa: ANN401 - no types
    keys = target.execute(f"PRAGMA foreign_key_list({quoted(table)})").fetchall()
    columns = [row[3] for row in keys if row[0] == key]
    nothing = ", ".join(f"{quoted(name)} = NULL" for name in columns)
    try:
        target.execute(f"UPDATE {quoted(table)} SET {nothing} WHERE rowid = ?", (rowid,))
    except driver.IntegrityError:
        return False
    return True


def _columns(connection: Any, table: str) -> list[str]:  # noqa: ANN401 - the driver has no types
    try:
        rows = connection.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
    except driver.Error:
        return []
    return [row[1] for row in rows]


def _reader(path: Path) -> Any:  # noqa: ANN401 - the driver has no types
    connection = driver.connect(str(path), isolation_level=None)
    for setting in (*copies.SETTINGS, "writable_schema = 0"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _nothing() -> DeskDamagedError:
    return DeskDamagedError(
        "Nothing can be read of the desk's file.",
        advice="It is kept as it is. Restore the newest good backup instead.",
    )
