"""A prepared file takes the desk's place in such steps that no crash hurts.

Until the note of the swap is on the disk, the desk is what it was. From then on whoever opens the
desk finishes the swap first, from whatever step it was cut off at. What lay there goes to
quarantine/, and nothing is ever deleted from there.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from recoverydesk.errors import DeskBusyError
from recoverydesk.storage import copies
from recoverydesk.storage.connection import backups_beside, in_use, sync_folder
from recoverydesk.storage.copies import copying_explained

Step = Callable[[str], None]
"""Told before each step; tests end the world there."""

SWAP = "swap"
"""Name of the note: it holds the name of the folder in quarantine that the old files go to."""
NOT_RESTORED = "The backup was not restored."
BESIDE = ("-wal", "-shm", "-journal", "")
"""What belongs to a desk's file, and the file itself last: it is what is looked for."""


def go_on(_name: str) -> None:
    """Take the next step, as always but in tests."""


def ready_file(desk_path: Path) -> Path:
    """Return where the file lies that is to take the desk's place."""
    return desk_path.with_name(f"{desk_path.name}.restore")


def swap(desk_path: Path, ready: Path, *, name: str, step: Step = go_on) -> Path:
    """Put a prepared file into the desk's place.

    Args:
        desk_path: where the desk lies; nobody may have it open.
        ready: what `prepare` returned.
        name: of the folder in quarantine that the files go to that lie there now.
        step: told before each step.

    Returns:
        The folder in quarantine.

    Raises:
        DeskBusyError: another window or program has the desk open; nothing was changed.
        DeskFileError: the disk refused; the swap is finished when the desk is next opened.
    """
    # Asking changes the file, and whoever has it open has a journal beside it.
    if desk_path.with_name(f"{desk_path.name}-wal").exists() and in_use(desk_path):
        copies.drop_part(ready)
        raise DeskBusyError(
            "Another window or program has this desk open, so nothing was restored.",
            advice="Nothing was changed. Close it there, then restore again.",
        )
    folder = quarantine(desk_path)
    with copying_explained(NOT_RESTORED):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        away = free_name(folder, name)
        step("note")
        _write_note(desk_path, away.name)
        finish(desk_path, step=step)
    return away


def finish(desk_path: Path, *, step: Step = go_on) -> bool:
    """Finish a swap that was decided on. May be cut off and called again as often as need be.

    Returns:
        Whether there was one.

    Raises:
        OSError: the disk refused; the next call goes on where this one ended.
    """
    note = backups_beside(desk_path) / SWAP
    if not note.exists():
        return False
    with _alone(note.parent):
        if note.exists():  # else another window was faster
            _take_the_place(desk_path, note, step)
    return True


def _take_the_place(desk_path: Path, note: Path, step: Step) -> None:
    ready = ready_file(desk_path)
    away = quarantine(desk_path) / note.read_text("utf-8")
    # Once the prepared file has its new name, what lies there is the new desk.
    if ready.exists():
        away.mkdir(mode=0o700, exist_ok=True)
        for ending in BESIDE:
            step(f"away{ending}")
            _move(desk_path.with_name(desk_path.name + ending), away)
        sync_folder(away)
        step("replace")
        ready.replace(desk_path)
        sync_folder(desk_path.parent)
    step("forget")
    note.unlink()
    sync_folder(note.parent)


def quarantine(desk_path: Path) -> Path:
    """Return the folder where files go that were taken out of use; nothing there is deleted."""
    return backups_beside(desk_path) / "quarantine"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let only one process in; one that is killed lets go by that."""
    with closing(driver.connect(str(folder / "swap.lock"), isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def _write_note(desk_path: Path, name: str) -> None:
    target = backups_beside(desk_path) / SWAP
    part = copies.new_part(target)
    part.write_text(name, "utf-8")
    copies.name_part(part, target)


def _move(path: Path, away: Path) -> None:
    if not path.exists() and not path.is_symlink():
        return
    path.rename(free_name(away, path.name))


def free_name(folder: Path, name: str) -> Path:
    """Return a name in `folder` that nothing has yet."""
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / f"{name}-{number}"
    return target
