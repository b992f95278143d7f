"""A desk that can't be opened: what happened, what is safe, and the ways on."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from recoverydesk.errors import DeskTooNewError, RecoveryDeskError
from recoverydesk.records import record
from recoverydesk.services import backups
from recoverydesk.storage import copies, salvage
from recoverydesk.storage.backup import Backup
from recoverydesk.storage.connection import RUNNING, backups_beside
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.salvage import Rescued


@record
class Damage:
    """What is known about a desk that can't be opened.

    Attributes:
        path: where it lies.
        what: what happened.
        advice: what is safe.
        newest: the newest backup that is good, read from end to end; None where there is none.
        newer_changes: how many saved changes that backup lacks; None where nobody can tell.
        readable: whether something of the desk's file can be read.
        too_new: whether nothing is wrong but that a newer release wrote it.
    """

    path: Path
    what: str
    advice: str
    newest: Backup | None
    newer_changes: int | None
    readable: bool
    too_new: bool = False


def look(path: Path, error: RecoveryDeskError) -> Damage:
    """Look at what is there, without changing any of it.

    Args:
        path: where the desk lies.
        error: what opening it ended with.
    """
    newest = backups.newest_good(path)
    change = _newest_change(path)
    # A backup that is ahead is from before somebody went back: the two went different ways.
    known = newest is not None and change is not None and change >= newest.change_id
    missing = change - newest.change_id if known and newest and change is not None else None
    return Damage(
        path=path,
        what=str(error),
        advice=error.advice,
        newest=newest,
        newer_changes=missing,
        readable=change is not None,
        too_new=isinstance(error, DeskTooNewError),
    )


def rescue(path: Path) -> tuple[Path, list[Rescued]]:
    """Read what can be read into a new desk; it is ready for `backups.take_place`.

    Raises:
        DeskDamagedError: nothing can be read.
        DeskFileError: there is no room for it.
    """
    return salvage.rescue(path)


def open_for_reading(path: Path, *, clock: Callable[[], datetime]) -> Desk:
    """Open a copy of a desk, to be looked at only; the file itself isn't touched.

    Raises:
        DeskFileError: too little of it can be read.
    """
    folder = Path(tempfile.mkdtemp(prefix="recoverydesk-reading-"))
    try:
        return Desk(_copy(path, folder), create=False, clock=clock, read_only=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def close_reading(desk: Desk) -> None:
    """Close such a copy, and leave no trace of it."""
    desk.close()
    shutil.rmtree(desk.path.parent, ignore_errors=True)


# How the last run ended


def begin(path: Path) -> None:
    """Note that the desk is open; the note is gone after a run that ended well."""
    with suppress(OSError):
        folder = backups_beside(path)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / RUNNING).touch(mode=0o600)


def end(path: Path) -> None:
    """Note that the desk was closed well."""
    with suppress(OSError):
        (backups_beside(path) / RUNNING).unlink(missing_ok=True)


def ended_badly(path: Path) -> bool:
    """Say whether the last run was cut off, or is still going on in another window."""
    return (backups_beside(path) / RUNNING).exists()


def _copy(path: Path, folder: Path) -> Path:
    for ending in ("", "-wal"):
        beside = path.with_name(path.name + ending)
        if beside.is_file():
            shutil.copyfile(beside, folder / (path.name + ending))
    return folder / path.name


def _newest_change(path: Path) -> int | None:
    """Return the newest change that can still be read; None where nothing can."""
    with (
        suppress(RecoveryDeskError, OSError),
        tempfile.TemporaryDirectory(prefix="recoverydesk-") as folder,
    ):
        aside = _copy(path, Path(folder))
        if aside.exists() and aside.stat().st_size:
            with copies.looking_at(aside) as there:
                found = there.execute('SELECT max("id") FROM "change"').fetchone()[0]
                return int(found or 0)
    return None
