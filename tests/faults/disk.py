"""A disk that writes down what is done to it, fails when told, and can lose its power.

APSW lets Python stand between SQLite and the disk. The desk's own code runs on it unchanged: only
the connection is another, dressed up as the shipped driver's. It is never used on a real desk.
"""

import hashlib
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import apsw
from sqlcipher3 import dbapi2 as driver

from recoverydesk.storage.connection import DeskDatabase
from recoverydesk.storage.desk import Desk

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""

CHECKPOINT_PAGES = 60
"""Far below SQLite's own 1,000, so that a few saves see several checkpoints."""


@dataclass(frozen=True)
class Written:
    """Bytes on their way to a file."""

    name: str
    offset: int
    content: bytes

    def on(self, file: bytearray) -> None:
        file.extend(bytes(max(0, self.offset - len(file))))
        file[self.offset : self.offset + len(self.content)] = self.content

    def torn(self, chance: random.Random) -> "Written":
        """Only its first sectors arrived."""
        sectors = max(1, len(self.content) // SECTOR)
        return Written(self.name, self.offset, self.content[: SECTOR * chance.randrange(sectors)])


@dataclass(frozen=True)
class Cut:
    """A file made shorter (or longer)."""

    name: str
    size: int

    def on(self, file: bytearray) -> None:
        del file[self.size :]
        file.extend(bytes(self.size - len(file)))


@dataclass(frozen=True)
class Synced:
    """All that was on its way to a file is on the disk."""

    name: str


@dataclass(frozen=True)
class Opened:
    """A file was opened; made, where there was none."""

    name: str


@dataclass(frozen=True)
class Deleted:
    """A file is gone; after a power cut it may be back unless its folder was synced."""

    name: str
    for_good: bool


@dataclass(frozen=True)
class Confirmed:
    """The owner was told "Saved"; `state` is the whole desk as it was then."""

    state: str


Event = Written | Cut | Synced | Opened | Deleted | Confirmed


@dataclass
class Disk:
    """What happens on the disk, and which of its operations fails.

    Attributes:
        events: everything that was done to it, in order, while `recording`.
        fails_at: the number of the operation that fails, counted from 1; 0 for none.
        for_ever: all later ones fail as well.
        only_new_files_fail: what is there can still be opened, as on a full disk.
        trouble: what SQLite is told then.
        failed: how many operations failed.
    """

    events: list[Event] = field(default_factory=list)
    recording: bool = False
    fails_at: int = 0
    for_ever: bool = False
    only_new_files_fail: bool = False
    trouble: Callable[[], BaseException] = lambda: told(apsw.IOError, apsw.SQLITE_IOERR_WRITE)
    operations: int = 0
    failed: int = 0

    def note(self, event: Event) -> None:
        if self.recording:
            self.events.append(event)

    def may_fail(self) -> None:
        """Count one operation, and fail it if its turn has come."""
        if not self.fails_at:
            return
        self.operations += 1
        over = self.operations > self.fails_at and self.for_ever
        if over or self.operations == self.fails_at:
            self.failed += 1
            raise self.trouble()

    def heal(self) -> None:
        self.fails_at = 0


def told(kind: type[apsw.Error], code: int) -> apsw.Error:
    """An error that carries SQLite's own number."""
    error = kind("injected")
    error.extendedresult = code
    error.result = code & 0xFF
    return error


def _path(name: "str | apsw.URIFilename") -> str:
    return name if isinstance(name, str) else name.filename()


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name, flags) -> None:
        self._disk = disk
        self._name = Path(_path(name)).name if name else ""
        super().__init__("", name, flags)

    def xWrite(self, data, offset) -> None:  # noqa: N802 - SQLite's own names
        if self._name:
            self._disk.may_fail()
            self._disk.note(Written(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size) -> None:  # noqa: N802
        if self._name:
            self._disk.may_fail()
            self._disk.note(Cut(self._name, size))
        super().xTruncate(size)

    def xSync(self, _flags) -> None:  # noqa: N802
        if self._name:
            self._disk.may_fail()
            self._disk.note(Synced(self._name))
        # Not passed on: what the events say counts, and the real disk would only be slow.


class _Vfs(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        super().__init__("recoverydesk-faults", "")

    def xOpen(self, name, flags):  # noqa: N802
        known = isinstance(name, str | apsw.URIFilename) and Path(_path(name)).exists()
        if not (known and self._disk.only_new_files_fail):
            self._disk.may_fail()
        file = _File(self._disk, name, flags)
        if file._name:
            self._disk.note(Opened(file._name))
        return file

    def xDelete(self, name, sync_folder) -> None:  # noqa: N802
        self._disk.may_fail()
        self._disk.note(Deleted(Path(name).name, bool(sync_folder)))
        super().xDelete(name, sync_folder)


def _value(value):
    """A value as the shipped driver's adapters would hand it to SQLite."""
    if isinstance(value, (date, datetime, Decimal)):
        return str(value)
    return value


def _as_the_driver_says(error: apsw.Error) -> driver.Error:
    code = getattr(error, "extendedresult", getattr(error, "result", apsw.SQLITE_ERROR))
    names = apsw.mapping_extended_result_codes
    name = names.get(code) or apsw.mapping_result_codes.get(code & 0xFF, "SQLITE_ERROR")
    constraint = name.startswith("SQLITE_CONSTRAINT")
    kind = driver.IntegrityError if constraint else driver.OperationalError
    same = kind(str(error).removeprefix(f"{type(error).__name__}: "))
    same.sqlite_errorname = name
    same.sqlite_errorcode = code
    return same


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        raise _as_the_driver_says(error) from error


class _Cursor:
    """As much of a DB-API cursor as Peewee and the desk use."""

    arraysize = 1

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._rows: Iterator = iter(())
        self.description = None
        self.lastrowid = None
        self.rowcount = -1

    def execute(self, sql, parameters=()):
        cursor = self._connection.cursor()

        def describe(running, _sql, _bindings) -> bool:
            self.description = [
                (column[0], *[None] * 6) for column in running.get_description()
            ] or None
            return True

        cursor.exec_trace = describe
        named = isinstance(parameters, dict)
        before = self._connection.total_changes()
        with _explained():
            rows = cursor.execute(
                sql, parameters if named else [_value(each) for each in parameters or ()]
            )
            self._rows = iter(rows.fetchall())
        self.lastrowid = self._connection.last_insert_rowid()
        changed = self._connection.total_changes() != before
        self.rowcount = self._connection.changes() if changed else 0
        return self

    def executemany(self, sql, many):
        for parameters in many:
            self.execute(sql, parameters)
        return self

    def fetchone(self):
        return next(self._rows, None)

    def fetchmany(self, size=1):
        return [row for row, _ in zip(self._rows, range(size), strict=False)]

    def fetchall(self):
        return list(self._rows)

    def __iter__(self):
        return self._rows

    def close(self) -> None:
        self._rows = iter(())


def _checkpoint(connection: apsw.Connection, name: str, pages: int) -> int:
    """As SQLite does by itself: if it fails, the save that went before is none the worse.

    APSW would tell of it as if the save had failed.
    """
    if pages > CHECKPOINT_PAGES:
        with suppress(apsw.Error):
            connection.wal_checkpoint(name)
    return apsw.SQLITE_OK


class _Connection:
    """As much of a DB-API connection as Peewee and the desk use."""

    isolation_level = None

    def __init__(self, path: str, vfs: str) -> None:
        with _explained():
            self._raw = apsw.Connection(path, vfs=vfs)
            # Without shared memory, which a disk in Python can't offer.
            self._raw.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._raw.set_wal_hook(_checkpoint)

    @property
    def in_transaction(self) -> bool:
        return not self._raw.get_autocommit()

    def cursor(self) -> _Cursor:
        return _Cursor(self._raw)

    def execute(self, sql, parameters=()) -> _Cursor:
        return self.cursor().execute(sql, parameters)

    def create_function(self, name, count, function, **_) -> None:
        self._raw.create_scalar_function(name, function, count)

    def commit(self) -> None:
        self.execute("COMMIT")

    def rollback(self) -> None:
        if self.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        # SQLite reports trouble while it tidies up, though the connection is closed all the same.
        with suppress(apsw.Error):
            self._raw.close(True)  # noqa: FBT003 - its only way to say it


@contextmanager
def desks_on(disk: Disk, monkeypatch) -> Iterator[None]:
    """Let every desk that is opened inside stand on `disk`."""
    vfs = _Vfs(disk)

    def connect(database: DeskDatabase) -> _Connection:
        connection = _Connection(database.database, "recoverydesk-faults")
        try:
            database._add_conn_hooks(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    try:
        with monkeypatch.context() as patched:
            patched.setattr(DeskDatabase, "_connect", connect)
            yield
    finally:
        vfs.unregister()


class _WithoutPower:
    """What is on a disk for sure, and what was on its way to it."""

    def __init__(self, start: dict[str, bytes]) -> None:
        self.files = {name: bytearray(content) for name, content in start.items()}
        self.waiting: dict[str, list[Written | Cut]] = {}
        self.unsure: set[str] = set()
        self.ghosts: dict[str, bytearray] = {}

    def happens(self, event: Event) -> None:
        match event:
            case Opened(name) if name not in self.files:
                self.files[name] = bytearray()
                self.unsure.add(name)
            case Written(name) | Cut(name):
                self.waiting.setdefault(name, []).append(event)
            case Synced(name):
                for change in self.waiting.pop(name, []):
                    change.on(self.files[name])
                self.unsure.discard(name)
                self.ghosts.pop(name, None)
            case Deleted(name, for_good):
                self._delete(name, for_good=for_good)

    def _delete(self, name: str, *, for_good: bool) -> None:
        gone = self.files.pop(name, None)
        self.waiting.pop(name, None)
        if gone is not None and not for_good and name not in self.unsure:
            self.ghosts[name] = gone
        self.unsure.discard(name)

    def left(self, chance: random.Random) -> dict[str, bytes]:
        for name, changes in self.waiting.items():
            for change in changes:
                _perhaps(change, self.files[name], chance)
        for name in self.unsure:
            if chance.random() < 0.5:
                del self.files[name]
        for name, ghost in self.ghosts.items():
            if name not in self.files and chance.random() < 0.5:
                self.files[name] = ghost
        return {name: bytes(content) for name, content in self.files.items()}


def _perhaps(change: Written | Cut, file: bytearray, chance: random.Random) -> None:
    fate = chance.random()
    if fate < 0.4:
        change.on(file)
    elif fate < 0.6 and isinstance(change, Written):
        change.torn(chance).on(file)


def after_a_power_cut(
    start: dict[str, bytes], events: list[Event], chance: random.Random
) -> dict[str, bytes]:
    """The files after the power failed behind the last of `events`.

    Only what was synced is sure. Anything else may have arrived, or in part, or not at all; a
    file that was deleted may be back, and a new one missing.
    """
    disk = _WithoutPower(start)
    for event in events:
        disk.happens(event)
    return disk.left(chance)


def state_of(desk: Desk) -> str:
    """The whole content of a desk as one number; the full text index counts by what it finds."""
    digest = hashlib.sha256()
    with desk.reading():
        read = desk._db.execute_sql
        tables = read(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
            " AND name NOT GLOB 'search_*' ORDER BY name"
        ).fetchall()
        for (table,) in tables:
            digest.update(table.encode())
            for row in read(f'SELECT * FROM "{table}" ORDER BY 1').fetchall():
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
