"""The folder of backups beside the desk: numbered copies, each with what proves it."""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from recoverydesk import __version__
from recoverydesk.domain.backup import Kept, Reason, superfluous
from recoverydesk.errors import DeskFileError
from recoverydesk.records import record
from recoverydesk.storage import copies, upgrade
from recoverydesk.storage.connection import STAMP, backups_beside, look_at
from recoverydesk.storage.copies import copying_explained
from recoverydesk.storage.desk import Desk

NOTES = "notes.json"
NOT_MADE = "No backup was made."
_NAME = re.compile(r"(\d{6,12})\.desk")
_CHUNK = 1 << 20


@record
class Backup:
    """One copy of a desk.

    Attributes:
        path: where it lies.
        number: its place in the row; the order is by this, never by the clock.
        made_at: when (UTC).
        reason: why.
        change_id: the desk's newest change that it holds.
        change_mark: what tells that change from every other, see `Desk.mark_of`.
        counts: how many rows each table has.
        schema: the number of the release's schema.
        app: the release.
        sha256: of the file, in hexadecimal; empty where the copy was cut off before its proof was
            written.
        trouble: what a later check found; empty where it is good.
    """

    path: Path
    number: int
    made_at: datetime
    counts: Mapping[str, int]
    reason: str = Reason.ASKED.value
    change_id: int = 0
    change_mark: str = ""
    schema: int = 0
    app: str = ""
    sha256: str = ""
    trouble: str = ""

    @property
    def proved(self) -> bool:
        """Whether it was checked when it was made, and nothing was found since."""
        return bool(self.sha256) and not self.trouble


@record
class Notes:
    """What the row of backups remembers on this computer, beside the desk.

    Attributes:
        name: what this desk's copies are called in a second place; two shops may share a stick.
        second: the second place; empty where there is none.
        asked_at: when the owner was asked for one (ISO, UTC).
        failed: what went wrong with the last try; empty where it went well.
        second_failed: the same for the second place.
        drilled_at: when the newest backup was last opened as a rehearsal (ISO, UTC).
        since: when the first backup was made (ISO, UTC).
    """

    name: str = ""
    second: str = ""
    asked_at: str = ""
    failed: str = ""
    second_failed: str = ""
    drilled_at: str = ""
    since: str = ""


def make(desk: Desk, *, reason: Reason, now: datetime) -> Backup:
    """Copy the desk into the row of its backups, prove the copy, and let go of what is too many.

    Any thread may do this; nobody who saves meanwhile waits for it.

    Args:
        desk: the open desk.
        reason: why.
        now: this moment (UTC).

    Raises:
        DeskFileError: no backup was made; those before are as they were.
    """
    folder = backups_beside(desk.path)
    with copying_explained(NOT_MADE):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = max((one.number for one in found(desk.path)), default=0) + 1
        made = write(desk, folder / f"{number:06}.desk", number=number, reason=reason, now=now)
        thin(folder, now=now)
    return made


def write(
    desk: Desk, target: Path, *, number: int = 0, reason: Reason = Reason.ASKED, now: datetime
) -> Backup:
    """Copy the desk to `target` with its proof beside it.

    Raises:
        DeskFileError: no backup was made; what was at `target` still is.
    """
    with copying_explained(NOT_MADE):
        # Asked first: what is saved from here on may be in the copy, too, and is copied again.
        change_id = desk.newest_change()
        mark = desk.mark_of(change_id)
        counts = desk.copy_to(target)
        made = Backup(
            path=target,
            number=number,
            made_at=now,
            reason=reason.value,
            change_id=change_id,
            change_mark=mark,
            counts=counts,
            schema=len(upgrade.steps()),
            app=__version__,
            sha256=digest(target),
        )
        write_manifest(made)
    return made


def found(desk_path: Path) -> list[Backup]:
    """Return the backups beside a desk, newest first; those without a proof too."""
    return found_in(backups_beside(desk_path))


def found_in(folder: Path) -> list[Backup]:
    """Return the backups in a folder, newest first."""
    if not folder.is_dir():
        return []
    there = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    return sorted((_read(path) for path in there), key=lambda one: -one.number)


def at(path: Path) -> Backup:
    """Return the backup that a file is, with its proof where one lies beside it."""
    return _read(path)


def prove(backup: Backup) -> None:
    """Read a backup from end to end and compare it with what was written down when it was made.

    Raises:
        DeskDamagedError: it is not what it was.
        DeskTooNewError: a newer release made it.
        OSError: it can't be reached.
    """
    look_at(backup.path, newest=len(upgrade.steps()))
    if backup.sha256 and digest(backup.path) != backup.sha256:
        raise copies.unsound()
    copies.refuse_unsound(backup.path, backup.counts or None)


def newest_good(desk_path: Path) -> Backup | None:
    """Return the newest backup that still is what it was, the second place's included.

    Each one is read through, newest first, until one is whole.
    """
    for backup in everywhere(desk_path):
        with suppress(DeskFileError, OSError):
            prove(backup)
            return backup
    return None


def everywhere(desk_path: Path) -> list[Backup]:
    """Return all backups, those of the second place that are not here any more included."""
    here = found(desk_path)
    known = {one.number for one in here if one.proved}
    second = second_folder(desk_path)
    there: list[Backup] = []
    if second is not None:
        with suppress(OSError):
            there = [one for one in found_in(second) if one.number not in known]
    return sorted([*here, *there], key=lambda one: -one.number)


def mark_damaged(backup: Backup, words: str) -> None:
    """Write down that a backup isn't what it was; it is not counted on any more, and stays."""
    write_manifest(replace(backup, trouble=words))


def thin(folder: Path, *, now: datetime) -> None:
    """Let go of the backups that are too many; see `domain.backup.superfluous`."""
    there = found_in(folder)
    kept = [Kept(one.number, one.made_at, one.proved) for one in there]
    going = superfluous(kept, now=now)
    for one in there:
        if one.number in going:
            one.path.unlink(missing_ok=True)
            manifest_of(one.path).unlink(missing_ok=True)
    for part in folder.glob(f"*{copies.PART}"):
        if _number_of(part) < max((one.number for one in there), default=0):
            copies.drop_part(part)


def catch_up(desk_path: Path, *, now: datetime) -> int:
    """Bring the backups that the second place lacks there.

    Args:
        desk_path: where the desk lies.
        now: this moment (UTC).

    Returns:
        How many went over.

    Raises:
        DeskFileError: the second place can't be reached, or has no room.
    """
    folder = second_folder(desk_path)
    if folder is None:
        return 0
    with copying_explained("The second place for your backups can't be used now."):
        if not folder.parent.is_dir():  # never made: an unplugged stick's folder would hide it
            raise FileNotFoundError(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        have = {one.number for one in found_in(folder) if one.proved}
        missing = [one for one in found(desk_path) if one.proved and one.number not in have]
        # After a long absence the newest first, and no more than would be kept.
        kept = [Kept(one.number, one.made_at) for one in [*missing, *found_in(folder)]]
        missing = [one for one in missing if one.number not in superfluous(kept, now=now)]
        for one in missing:
            copy_backup(one, folder / one.path.name)
        thin(folder, now=now)
    return len(missing)


def copy_backup(backup: Backup, target: Path) -> None:
    """Copy a closed backup file, prove the copy byte by byte, and write its proof beside it.

    Raises:
        DeskDamagedError: it came out different.
        OSError: there is no room, or the folder is gone.
    """
    part = copies.new_part(target)
    try:
        with backup.path.open("rb") as source, part.open("wb") as goal:
            while block := source.read(_CHUNK):
                goal.write(block)
            goal.flush()
            os.fsync(goal.fileno())
        if digest(part) != backup.sha256:
            raise copies.unsound()
        copies.name_part(part, target)
    finally:
        copies.drop_part(part)
    write_manifest(replace(backup, path=target))


# What is remembered


def notes(desk_path: Path) -> Notes:
    """Return what the row of backups remembers; nothing where it can't be read."""
    try:
        read = json.loads((backups_beside(desk_path) / NOTES).read_text("utf-8"))
        return Notes(**{name: str(read.get(name, "")) for name in Notes.__dataclass_fields__})
    except (OSError, ValueError, AttributeError):
        return Notes()


def note(desk_path: Path, **values: str) -> Notes:
    """Change what the row of backups remembers.

    Raises:
        DeskFileError: it could not be written.
    """
    changed = replace(notes(desk_path), **values)
    if not changed.name:
        changed = replace(changed, name=f"{desk_path.stem}-{secrets.token_hex(4)}")
    with copying_explained("That could not be written down."):
        folder = backups_beside(desk_path)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(folder / NOTES, json.dumps(_fields(changed), ensure_ascii=False).encode())
    return changed


def second_folder(desk_path: Path) -> Path | None:
    """Return this desk's folder in the second place; None where none was chosen."""
    known = notes(desk_path)
    return Path(known.second) / f"{known.name}.backups" if known.second else None


# Proofs


def manifest_of(path: Path) -> Path:
    """Return where the proof of a backup lies."""
    return path.with_suffix(".json")


def write_manifest(backup: Backup) -> None:
    """Write a backup's proof beside it."""
    fields = _fields(backup) | {
        "path": backup.path.name,
        "made_at": backup.made_at.astimezone(UTC).strftime(STAMP),
        "counts": dict(backup.counts),
    }
    write_file(manifest_of(backup.path), json.dumps(fields, indent=1).encode())


def write_file(target: Path, content: bytes) -> None:
    """Write a small file whole or not at all."""
    part = copies.new_part(target)
    try:
        part.write_bytes(content)
        copies.name_part(part, target)
    finally:
        copies.drop_part(part)


def digest(path: Path) -> str:
    """Return the SHA-256 of a closed file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> Backup:
    number = _number_of(path)
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        read = json.loads(manifest_of(path).read_text("utf-8"))
        return Backup(
            path=path,
            number=number or int(read["number"]),
            made_at=datetime.strptime(read["made_at"], STAMP).replace(tzinfo=UTC),
            reason=str(read["reason"]),
            change_id=int(read["change_id"]),
            change_mark=str(read["change_mark"]),
            counts={str(name): int(count) for name, count in read["counts"].items()},
            schema=int(read["schema"]),
            app=str(read["app"]),
            sha256=str(read["sha256"]),
            trouble=str(read["trouble"]),
        )
    # Cut off before its proof was written, or the proof is damaged: still worth a look.
    written = path.stat().st_mtime if path.exists() else 0.0
    return Backup(path=path, number=number, made_at=datetime.fromtimestamp(written, UTC), counts={})


def _number_of(path: Path) -> int:
    digits = path.name.split(".")[0]
    return int(digits) if digits.isdecimal() and digits.isascii() else 0


def _fields(one: Backup | Notes) -> dict[str, Any]:
    return {name: getattr(one, name) for name in type(one).__dataclass_fields__}
