"""Copies of a desk: made in one go while it is in use, and proved before they get their name."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from recoverydesk.errors import DeskDamagedError, DeskFileError, RecoveryDeskError
from recoverydesk.storage.connection import DeskDatabase, explain, explain_os, sync_folder

Counts = Mapping[str, int]
"""How many rows each table has, without those that are built from others."""

PART = ".part"
SETTINGS = ("trusted_schema = 0", "cell_size_check = 1", "mmap_size = 0")


def copy_desk(db: DeskDatabase, target: Path) -> Counts:
    """Copy an open desk to `target`, whole and checked, replacing what is there.

    The copy is of one moment, however much is saved meanwhile, and nobody who saves waits for it.

    Args:
        db: an open connection to the desk, outside of any change.
        target: where to; the copy takes that name once it is proved and on the disk.

    Returns:
        How many rows each table has at that moment, in the desk and in the copy.

    Raises:
        DeskFileError: the copy didn't come out whole; `target` is as it was.
    """
    part = new_part(target)
    try:
        with closing(_connect(part)) as copy:
            counts = _take(db.connection(), copy)
            # One file, without a journal beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        refuse_unsound(part, counts)
        name_part(part, target)
    finally:
        drop_part(part)
    return counts


def _take(desk: Any, copy: Any) -> Counts:  # noqa: ANN401 - the driver has no types
    desk.execute("BEGIN")
    try:
        # Reading first fixes the moment: what is counted is what is copied.
        counts = counts_of(desk)
        desk.backup(copy)
    finally:
        desk.execute("ROLLBACK")
    return counts


def refuse_unsound(
    path: Path, counts: Counts | None = None, *, from_elsewhere: bool = False
) -> None:
    """Read a closed copy from end to end.

    Args:
        path: the copy; nobody else may have it open.
        counts: how many rows each table must have; None where nobody knows.
        from_elsewhere: also hold every value against the tables' own rules. It takes twice as
            long, and our own rows were held against them when they were saved.

    Raises:
        DeskDamagedError: something in it is damaged, or missing.
    """
    with looking_at(path) as copy:
        copy.execute(f"PRAGMA ignore_check_constraints = {int(not from_elsewhere)}")
        verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        lost = copy.execute("PRAGMA foreign_key_check").fetchone()
        differs = counts is not None and dict(counts) != counts_of(copy)
    if verdict != "ok" or lost is not None or differs:
        raise unsound()


@contextmanager
def looking_at(path: Path) -> Iterator[Any]:
    """Open a closed copy that may hold anything, and tell trouble as damage.

    Raises:
        DeskDamagedError: it can't be read.
    """
    try:
        with closing(_connect(path)) as copy:
            yield copy
    except driver.Error as error:
        raise unsound() from error


def counts_of(connection: Any) -> dict[str, int]:  # noqa: ANN401 - the driver has no types
    """Return how many rows each table has, leaving out what is built from others."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'search_*' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0]
        for (name,) in names
    }


def quoted(name: str) -> str:
    """Return a table's or column's name as SQL takes it for nothing else."""
    return '"' + name.replace('"', '""') + '"'


def new_part(target: Path) -> Path:
    """Make the empty file that becomes `target` once it is whole; nobody else may read it."""
    part = target.with_name(target.name + PART)
    drop_part(part)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return part


def name_part(part: Path, target: Path) -> None:
    """Give a proved part its name, so that it outlasts a power cut."""
    sync_file(part)
    part.replace(target)
    sync_folder(target.parent)


def drop_part(part: Path) -> None:
    """Remove a part and what SQLite leaves beside one that was cut off."""
    for ending in ("", "-journal", "-wal", "-shm"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def copying_explained(what: str) -> Iterator[None]:
    """Tell trouble with the disk in the owner's words; `what` says what was not done.

    Raises:
        DeskFileError: or one of its kinds.
    """
    try:
        yield
    except RecoveryDeskError:
        raise
    except (driver.Error, OSError) as error:
        known = explain(error) or explain_os(error)
        kind = type(known) if isinstance(known, DeskFileError) else DeskFileError
        raise kind(what, advice=_advice(error, known)) from error


def _advice(error: BaseException, known: RecoveryDeskError | None) -> str:
    if isinstance(error, FileNotFoundError):
        return "Its folder is not there any more. The desk itself is as it was."
    if isinstance(error, PermissionError):
        return "You may not write in its folder. The desk itself is as it was."
    why = "" if known is None else f" ({str(known).removeprefix('Not saved: ')})"
    return f"The desk itself is as it was. Check that its disk is there and has room.{why}"


def unsound() -> DeskDamagedError:
    """Return the error for a copy that isn't whole."""
    return DeskDamagedError(
        "That copy of the desk is damaged.",
        advice="The desk itself is as it was. Choose another copy, and check the disk.",
    )


def _connect(path: Path) -> Any:  # noqa: ANN401 - the driver has no types
    connection = driver.connect(str(path), isolation_level=None)
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    return connection
