"""The one way a desk's file is touched: looked at first, then opened with one known SQLite."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import peewee as pw
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as driver

from recoverydesk.errors import (
    DeskBusyError,
    DeskDamagedError,
    DeskFileError,
    DeskFullError,
    DeskReadOnlyError,
    DeskTooNewError,
    NotAllowedError,
    RecoveryDeskError,
)

APPLICATION_ID = 0x5244534B
"""'RDSK' in the file's header: how a desk is told from any other SQLite file."""

MAGIC = b"SQLite format 3\0"
HEADER_SIZE = 100

STAMP = "%Y-%m-%dT%H:%M:%SZ"
"""How files beside the desk write a moment (UTC)."""

RUNNING = "running"
"""A note beside the backups: the desk is open, or the last run was cut off."""

PRAGMAS: dict[str, int | str] = {
    "foreign_keys": 1,
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: with less, a power cut takes back saves that were confirmed
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "recursive_triggers": 1,  # else INSERT OR REPLACE would slip past the journal
    "secure_delete": 1,
    "mmap_size": 0,
    "temp_store": 2,
}
if sys.platform == "darwin":
    PRAGMAS |= {"fullfsync": 1, "checkpoint_fullfsync": 1}

# What the desk's own triggers say, by the word they raise.
REFUSALS = {
    "voucher balance": "There is not that much left on this voucher.",
    "entitlement uses": "That has been used as often as was agreed.",
    "entitlement use": "What was used stays as it was written.",
    "voucher entry": "A voucher's entries stay as they were written; add a new one instead.",
    "blob": "A paper or picture that is kept here is never changed.",
    "playbook version": "A plan's earlier wording is never changed; save it as a new one.",
    "policy version": "A policy that was printed is never changed; print a new one.",
    "document": "This paper has gone out. Its copy here stays exactly as it was.",
}

# Windows knows no quotas by that name.
_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}

_DAMAGE_ADVICE = "Nothing was changed in it. Open your newest backup instead, and keep this file."

# Outcome by the beginning of SQLite's own name for it; the longest beginning comes first.
_TROUBLE: tuple[tuple[str, type[DeskFileError], str, str], ...] = (
    (
        "SQLITE_FULL",
        DeskFullError,
        "Not saved: the disk is full.",
        "Nothing was lost on the desk; free some space and save again.",
    ),
    (
        "SQLITE_READONLY",
        DeskReadOnlyError,
        "Not saved: the desk's file or folder can only be read.",
        "Nothing was lost on the desk. Allow writing to its folder, or move the desk elsewhere.",
    ),
    (
        "SQLITE_BUSY",
        DeskBusyError,
        "Another program is writing to the desk.",
        "Nothing was lost. Wait a moment, close the other program and save again.",
    ),
    (
        "SQLITE_LOCKED",
        DeskBusyError,
        "Another part of the program is writing to the desk.",
        "Nothing was lost. Wait a moment and save again.",
    ),
    (
        "SQLITE_CORRUPT",
        DeskDamagedError,
        "The desk's file is damaged.",
        "Stop entering things, and open your newest backup. Keep the damaged file.",
    ),
    ("SQLITE_NOTADB", DeskDamagedError, "That file is not a RecoveryDesk desk.", _DAMAGE_ADVICE),
    (
        "SQLITE_CANTOPEN",
        DeskFileError,
        "The desk's file can't be opened.",
        "Check that its folder is there and that you may write to it.",
    ),
    (
        "SQLITE_IOERR",
        DeskFileError,
        "Not saved: the disk reported an error.",
        "What was saved before is still there. Make a backup to another disk now.",
    ),
)


class DeskDatabase(SqlCipherDatabase):  # type: ignore[misc]  # the driver's module has no types
    """SQLite as every desk uses it: IMMEDIATE changes, and safe settings read back."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            str(path), pragmas=PRAGMAS, lock_type="IMMEDIATE", autoconnect=False, timeout=5
        )

    def execute_sql(self, sql: str, params: Any = None) -> Any:  # noqa: ANN401 - as the base
        """Run one statement, unless the change that it belongs to is no more.

        On a full disk SQLite can end a transaction by itself. If somebody kept quiet about
        that, the rest would be saved statement by statement: half a change.

        Raises:
            DeskFileError: the change was already given up.
        """
        if self._state.transactions and not self._state.conn.in_transaction:
            raise given_up()
        return super().execute_sql(sql, params)

    def _add_conn_hooks(self, conn: Any) -> None:  # noqa: ANN401 - the driver has no types
        super()._add_conn_hooks(conn)
        for name, wanted in PRAGMAS.items():
            # SQLite keeps quiet about a setting that it didn't take.
            row = conn.execute(f"PRAGMA {name}").fetchone()
            # mmap_size answers nothing where it is compiled out, which is as good as 0.
            if row is not None and row[0] != wanted:
                raise DeskFileError(
                    "The desk can't be used safely where it lies.",
                    advice=f"Move it to a folder on this computer's own disk. ({name}={row[0]})",
                )


@contextmanager
def trouble_explained() -> Iterator[None]:
    """Turn SQLite's trouble into errors in the owner's words.

    Raises:
        DeskFileError: or one of its kinds, by what SQLite reported.
        NotAllowedError: one of the desk's own triggers refused the change.
    """
    try:
        yield
    except pw.DatabaseError as error:
        known = explain(error)
        if known is None:
            raise
        raise known from error


@contextmanager
def place_explained() -> Iterator[None]:
    """Turn trouble with the desk's folder and file into errors in the owner's words.

    Only for opening: inside a change an OSError is about some other file.

    Raises:
        DeskFileError: or one of its kinds.
    """
    try:
        yield
    except OSError as error:
        raise explain_os(error) from error


def explain(error: BaseException) -> RecoveryDeskError | None:
    """Return what a database error means to the owner; None for a bug of ours."""
    cause: BaseException | None = error
    while cause is not None:
        name = getattr(cause, "sqlite_errorname", None)
        if name is not None:
            return _explain_named(name, str(cause))
        cause = cause.__cause__ or cause.__context__
    return None


def _explain_named(name: str, words: str) -> RecoveryDeskError | None:
    if name.startswith("SQLITE_CONSTRAINT") and words in REFUSALS:
        return NotAllowedError(REFUSALS[words])
    for beginning, kind, message, advice in _TROUBLE:
        if name.startswith(beginning):
            return kind(message, advice=advice)
    return None


def explain_os(error: BaseException) -> DeskFileError:
    """Return what trouble with a folder or file means to the owner."""
    number = getattr(error, "errno", None)
    if number in _NO_ROOM:
        return DeskFullError("The disk is full.", advice="Free some space and open the desk again.")
    if isinstance(error, PermissionError) or number == errno.EROFS:
        return DeskReadOnlyError(
            "The desk's file or folder may not be used by you.",
            advice="Allow yourself to read and write in its folder, or keep the desk elsewhere.",
        )
    return DeskFileError(
        "The desk's file can't be reached.",
        advice="Check that its disk or folder is there, then open the desk again.",
    )


def look_at(path: Path, *, newest: int) -> None:
    """Look at an existing file before SQLite may touch it; nothing is written.

    Never call it while this process has the file open: closing it here would take away
    SQLite's locks (sqlite.org/howtocorrupt.html, 2.2).

    Args:
        path: where the desk lies.
        newest: the schema number of this release.

    Raises:
        DeskDamagedError: it is a folder, empty, cut short, or no desk.
        DeskTooNewError: a newer release wrote it.
    """
    if path.is_dir():
        raise DeskDamagedError(
            "That is a folder, not a RecoveryDesk desk.",
            advice="Nothing was changed in it. Choose the desk's own file, or a backup of it.",
        )
    with path.open("rb") as file:
        header = file.read(HEADER_SIZE)
        size = file.seek(0, os.SEEK_END)
    if not header:
        raise DeskDamagedError("The desk's file is empty.", advice=_DAMAGE_ADVICE)
    if not header.startswith(MAGIC) or _number(header, 68) != APPLICATION_ID:
        raise DeskDamagedError(
            "That file is not a RecoveryDesk desk.",
            advice="Nothing was changed in it. Choose the desk's own file, or a backup of it.",
        )
    if _number(header, 60) > newest:
        raise too_new()
    page_size = {1: 65_536}.get(number := _number(header, 16, length=2), number)
    # With a journal beside it, the rest may still be in there.
    if size < _number(header, 28) * page_size and not _beside(path, "-wal").exists():
        raise DeskDamagedError("The desk's file has been cut short.", advice=_DAMAGE_ADVICE)


def look_for_remains(path: Path) -> None:
    """Refuse to start afresh where a desk has been until lately.

    Raises:
        DeskDamagedError: the desk is gone, but its journal or its backups are still there.
    """
    journal = _beside(path, "-wal")
    if journal.exists() and journal.stat().st_size:
        raise DeskDamagedError(
            "The desk's file is missing, though its newest changes are still beside it.",
            advice="Put the file back where it was, or open your newest backup.",
        )
    if backups_beside(path).is_dir():
        raise DeskDamagedError(
            "The desk's file is missing.",
            advice="Put the file back where it was, or open your newest backup; they are still"
            " there.",
        )


def backups_beside(path: Path) -> Path:
    """Return the folder of a desk's backups; where it is, a desk has been."""
    name = path.stem if path.suffix == ".desk" else path.name
    return path.with_name(f"{name}.backups")


def in_use(path: Path) -> bool:
    """Say whether another window or program has the desk at `path` open.

    SQLite gives up its write-ahead log only to whoever is alone with the file; the next one to
    open it takes it up again.
    """
    try:
        with closing(driver.connect(str(path), timeout=0, isolation_level=None)) as alone:
            mode = alone.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except driver.OperationalError:
        return True
    except driver.DatabaseError:
        return False  # no desk at all: whoever opens it will say so
    return bool(mode != "delete")


def opened_for_reading() -> DeskReadOnlyError:
    """Return the refusal of a change to a desk that was opened only to be looked at."""
    return DeskReadOnlyError(
        "Not saved: the desk is opened for reading only.",
        advice="Restore a backup or rescue the desk to go on working; nothing was changed.",
    )


def damaged() -> DeskDamagedError:
    """Return the error for a desk that can't be read from end to end."""
    return DeskDamagedError(
        "The desk's file is damaged.",
        advice="Stop entering things, and open your newest backup. Keep the damaged file.",
    )


def given_up() -> DeskFileError:
    """Return the error for a change that SQLite has ended by itself."""
    return DeskFileError(
        "Not saved: the disk reported an error.",
        advice="What was saved before is still there. Check the disk and try again.",
    )


def unsure() -> DeskFileError:
    """Return the error for a change that is on the desk, though the disk didn't vouch for it."""
    return DeskFileError(
        "The disk reported an error, and perhaps this was saved, perhaps not.",
        advice="Look whether it is there before you enter it again. Then make a backup to"
        " another disk.",
    )


def tighten(path: Path) -> None:
    """Let nobody but the owner read the desk, also where it was copied here by hand."""
    if sys.platform != "win32" and path.stat().st_mode & 0o077:
        with suppress(OSError):
            path.chmod(0o600)


def too_new() -> DeskTooNewError:
    """Return the refusal of a desk that a newer release has written."""
    return DeskTooNewError(
        "This desk was last used with a newer RecoveryDesk.",
        advice="Nothing was changed. Install the newest RecoveryDesk here and open it again.",
    )


def sync_folder(folder: Path) -> None:
    """Make sure that a new name in `folder` outlasts a power cut."""
    if sys.platform == "win32":  # folders can't be opened there, nor need they be
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _number(header: bytes, start: int, *, length: int = 4) -> int:
    return int.from_bytes(header[start : start + length], "big")
