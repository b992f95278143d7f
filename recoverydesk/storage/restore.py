"""Making a backup ready to take the desk's place: copied, looked through, brought up to date."""

import os
import shutil
import sys
from contextlib import closing, suppress
from pathlib import Path

from recoverydesk.errors import DeskDamagedError
from recoverydesk.storage import copies, shape, upgrade
from recoverydesk.storage.connection import DeskDatabase, backups_beside, look_at, trouble_explained
from recoverydesk.storage.copies import copying_explained
from recoverydesk.storage.swap import NOT_RESTORED, Step, go_on, ready_file


def prepare(desk_path: Path, source: Path, *, step: Step = go_on) -> Path:
    """Make a copy of a backup ready to take the desk's place. Any thread may do this.

    The file may come from anywhere: nothing in it acts until it was looked through, and triggers
    never do. An older release's is brought up to this one.

    Args:
        desk_path: where the desk lies; it is not touched, and may be in use.
        source: the backup; only read.
        step: told before each step.

    Returns:
        The prepared file, for `swap`.

    Raises:
        DeskDamagedError: it is damaged, no desk, or holds what no RecoveryDesk has put there.
        DeskTooNewError: a newer release made it.
        DeskFileError: there is no room for it, or it can't be read.
    """
    ready = ready_file(desk_path)
    if _same(source, desk_path):
        raise DeskDamagedError("That is the desk itself, not a backup of it.")
    with copying_explained(NOT_RESTORED), trouble_explained():
        desk_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        look_at(source, newest=len(upgrade.steps()))
        part = copies.new_part(ready)
        try:
            step("copy")
            _copy_with_journal(source, part)
            step("look")
            fold_in(part)
            own = source.parent == backups_beside(desk_path)
            copies.refuse_unsound(part, from_elsewhere=not own)
            shape.refuse_foreign(part)
            step("upgrade")
            bring_up(part)
            copies.refuse_unsound(part)
            step("sync")
            copies.name_part(part, ready)
        finally:
            copies.drop_part(part)
    return ready


def fold_in(path: Path) -> None:
    """Take a closed copy's journal into it, so that one file is left.

    Raises:
        DeskDamagedError: it can't be read.
    """
    with copies.looking_at(path) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")


def bring_up(path: Path) -> None:
    """Bring a closed copy up to this release, with this release's triggers and no others."""
    with copies.looking_at(path) as copy:
        shape.drop_triggers(copy)
    db = DeskDatabase(path)
    db.connect()
    with closing(db):
        upgrade.upgrade(db, path, keep_copy=False)
    fold_in(path)


def _copy_with_journal(source: Path, part: Path) -> None:
    _copy(source, part)
    journal = source.with_name(f"{source.name}-wal")
    # A desk copied by hand while it was in use has its newest changes there.
    if journal.exists() and journal.stat().st_size:
        _copy(journal, part.with_name(f"{part.name}-wal"))


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as written:
        if sys.platform != "win32":
            os.fchmod(written.fileno(), 0o600)
        shutil.copyfileobj(read, written, 1 << 20)


def _same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return False
