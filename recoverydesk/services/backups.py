"""Backups that make and prove themselves, and the way back to one of them."""

import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from recoverydesk.domain.backup import (
    ASK_FOR_SECOND_WITHIN,
    DRILL_EVERY,
    Health,
    Reason,
    health,
    is_due,
)
from recoverydesk.errors import (
    DeskDamagedError,
    DeskFileError,
    InvalidEntryError,
    RecoveryDeskError,
)
from recoverydesk.records import record
from recoverydesk.services import agendas, case_lists, shop
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.storage import backup as files
from recoverydesk.storage import copies, restore, shape, swap
from recoverydesk.storage.backup import Backup
from recoverydesk.storage.connection import STAMP, backups_beside
from recoverydesk.storage.copies import Counts
from recoverydesk.storage.desk import Desk

SHOWN_TABLES = ("recovery_case", "customer", "contact", "follow_up", "document", "voucher")
"""What a preview counts, in the order it is shown."""


@record
class BackupState:
    """How the backups are.

    Attributes:
        health: at a glance.
        last_good_at: when the newest good one was made (UTC); None where there is none.
        trouble: what went wrong with the last try; empty where it went well.
        second: the second place; empty where none was chosen.
        second_trouble: why it can't be used; empty where it can.
        ask_for_second: whether it is time to ask for a second place.
    """

    health: Health
    last_good_at: datetime | None = None
    trouble: str = ""
    second: str = ""
    second_trouble: str = ""
    ask_for_second: bool = False


@record
class Difference:
    """How many of one thing there are on the desk, and in a backup."""

    table: str
    here: int
    there: int


@record
class RestorePreview:
    """What going back to a backup would change.

    Attributes:
        backup: the backup.
        differences: what there is of each thing, here and there.
        newer_changes: how many saved changes it doesn't hold; None where nobody can tell.
    """

    backup: Backup
    differences: tuple[Difference, ...]
    newer_changes: int | None = None


def make(desk: Desk, *, reason: Reason = Reason.ASKED, now: datetime) -> Backup:
    """Make a backup and prove it; bring it to the second place, too, if that can be reached.

    Args:
        desk: the open desk.
        reason: why.
        now: this moment (UTC).

    Raises:
        DeskFileError: no backup was made. It is written down, so that the window goes on saying so.
    """
    try:
        made = files.make(desk, reason=reason, now=now)
    except RecoveryDeskError as error:
        with suppress(RecoveryDeskError):
            files.note(desk.path, failed=f"{error} {error.advice}".strip())
        raise
    known = files.notes(desk.path)
    since = known.since or _written(now)
    if known.failed or not known.since:
        files.note(desk.path, failed="", since=since)
    bring_to_second(desk, now=now)
    return made


def make_if_due(desk: Desk, *, reason: Reason, now: datetime) -> Backup | None:
    """Make a backup where something has changed since the newest one, and it is time.

    On closing, an hour need not have gone by.

    Returns:
        The backup; None where none was due.

    Raises:
        DeskFileError: as `make`.
    """
    newest = newest_proved(desk.path)
    changed = newest is None or newest.change_mark != desk.mark_of(desk.newest_change())
    if reason is Reason.CLOSING:
        due = changed
    else:
        due = is_due(None if newest is None else newest.made_at, changed=changed, now=now)
    if due:
        return make(desk, reason=reason, now=now)
    bring_to_second(desk, now=now)
    return None


def write_to(desk: Desk, target: Path, *, now: datetime) -> Backup:
    """Write one backup wherever the owner likes, with its proof beside it.

    Raises:
        InvalidEntryError: that is a folder, or the desk itself.
        DeskFileError: it could not be written; what was there still is.
    """
    if target.is_dir():
        raise InvalidEntryError("out", "That is a folder. Name a file in it, like shop.desk.")
    if target.resolve() == desk.path.resolve():
        raise InvalidEntryError("out", "That is the desk itself. Name another file.")
    return files.write(desk, target, now=now)


def all_backups(desk_path: Path) -> list[Backup]:
    """Return all backups, newest first; those that only the second place has included."""
    return files.everywhere(desk_path)


def newest_proved(desk_path: Path) -> Backup | None:
    """Return the newest backup that was good when it was last looked at. Reads no backup."""
    return next((one for one in files.found(desk_path) if one.proved), None)


def newest_good(desk_path: Path) -> Backup | None:
    """Return the newest backup that is good now. Reads it from end to end."""
    return files.newest_good(desk_path)


def state(desk: Desk, *, now: datetime) -> BackupState:
    """Return how the backups are; takes no longer than reading a folder.

    Args:
        desk: the open desk.
        now: this moment (UTC).
    """
    newest, known = newest_proved(desk.path), files.notes(desk.path)
    last = None if newest is None else newest.made_at
    return BackupState(
        health=health(last, failed=bool(known.failed), now=now),
        last_good_at=last,
        trouble=known.failed,
        second=known.second,
        second_trouble=known.second_failed,
        ask_for_second=bool(known.since) and not known.second and _may_ask(known.asked_at, now),
    )


def _may_ask(asked_at: str, now: datetime) -> bool:
    """Ask once at the beginning, and again when a week has gone by without one."""
    asked = _read(asked_at)
    return asked is None or abs(now - asked) >= ASK_FOR_SECOND_WITHIN


def asked_for_second(desk: Desk, *, now: datetime) -> None:
    """Write down that the owner was asked for a second place, so as not to nag."""
    files.note(desk.path, asked_at=_written(now))


# The second place


def set_second(desk: Desk, folder: Path | None, *, now: datetime) -> int:
    """Choose a second place for the backups: a stick, another disk, a folder that is synced.

    Args:
        desk: the open desk.
        folder: where; None for no second place.
        now: this moment (UTC).

    Returns:
        How many backups were brought there.

    Raises:
        InvalidEntryError: it is no folder, or the one that the desk lies in.
        DeskFileError: it can't be written to; the choice stays as it was.
    """
    before = files.notes(desk.path).second
    if folder is None:
        files.note(desk.path, second="", second_failed="")
        return 0
    if not folder.is_dir():
        raise InvalidEntryError("second", "There is no such folder. Choose one that is there.")
    here = desk.path.parent.resolve()
    if folder.resolve() == here or backups_beside(desk.path).resolve() in (
        folder.resolve(),
        *folder.resolve().parents,
    ):
        raise InvalidEntryError(
            "second", "Your desk lies there already. Choose a stick, or another disk."
        )
    files.note(desk.path, second=str(folder), second_failed="")
    try:
        return files.catch_up(desk.path, now=now)
    except RecoveryDeskError:
        files.note(desk.path, second=before)
        raise


def bring_to_second(desk: Desk, *, now: datetime) -> int:
    """Bring what the second place lacks there; trouble is written down, and never in the way.

    Returns:
        How many backups were brought there.
    """
    known = files.notes(desk.path)
    if not known.second:
        return 0
    brought, trouble = 0, ""
    try:
        brought = files.catch_up(desk.path, now=now)
    except RecoveryDeskError as error:
        trouble = f"{error} {error.advice}".strip()
    if trouble != known.second_failed:
        with suppress(RecoveryDeskError):
            files.note(desk.path, second_failed=trouble)
    return brought


# Going back


def preview(desk: Desk, backup: Backup) -> RestorePreview:
    """Return what going back to a backup would change.

    Raises:
        DeskDamagedError: the backup is damaged.
    """
    counts = backup.counts
    if not counts:
        with copies.looking_at(backup.path) as there:
            counts = copies.counts_of(there)
    here, newest = desk.counts(), desk.newest_change()
    # Elsewhere the two went different ways, and a difference of numbers means nothing.
    leads_here = bool(backup.sha256) and desk.mark_of(backup.change_id) == backup.change_mark
    return RestorePreview(
        backup=backup,
        differences=_differences(here, counts),
        newer_changes=newest - backup.change_id if leads_here else None,
    )


def _differences(here: Counts, there: Counts) -> tuple[Difference, ...]:
    return tuple(Difference(name, here.get(name, 0), there.get(name, 0)) for name in SHOWN_TABLES)


def prepare(desk_path: Path, source: Path) -> Path:
    """Make a backup ready to take the desk's place. Any thread may do this; see `restore`.

    Raises:
        DeskDamagedError: it is damaged, or no backup of a desk.
        DeskTooNewError: a newer release made it.
        DeskFileError: there is no room for it.
    """
    from recoverydesk.services import backup_erasures  # noqa: PLC0415 - start-up doesn't pay for it

    ready = restore.prepare(desk_path, source)
    # Whoever was forgotten since the backup was made doesn't come back with it.
    backup_erasures.forget_again(desk_path, ready, now=datetime.now(UTC))
    return ready


def take_place(desk_path: Path, ready: Path, *, now: datetime) -> Path:
    """Let a prepared file take the desk's place; what lay there goes to quarantine.

    Args:
        desk_path: where the desk lies; closed.
        ready: what `prepare` or `damage.rescue` returned.
        now: this moment (UTC).

    Returns:
        The folder that the old files are in.

    Raises:
        DeskBusyError: somebody has the desk open; nothing was changed.
        DeskFileError: the disk refused; the desk is whole when it is next opened.
    """
    return swap.swap(desk_path, ready, name=f"{now:%Y-%m-%d %H.%M}")


def restore_over(desk_path: Path, source: Path, *, now: datetime) -> Path:
    """Go back to a backup in one go; see `prepare` and `take_place`.

    What is on the desk now is backed up first, if it can be: going back can be taken back.
    """
    ready = prepare(desk_path, source)
    keep_before(desk_path, now=now)
    return take_place(desk_path, ready, now=now)


def keep_before(desk_path: Path, *, now: datetime) -> None:
    """Back the desk up before another takes its place, if it can be read at all."""
    with suppress(RecoveryDeskError):
        desk = Desk(desk_path, create=False)
        try:
            files.make(desk, reason=Reason.BEFORE_RESTORE, now=now)
        finally:
            desk.close()


# The rehearsal


def is_drill_due(desk: Desk, *, now: datetime) -> bool:
    """Say whether a month has gone by since a backup was last opened as a rehearsal."""
    if newest_proved(desk.path) is None:
        return False
    drilled = _read(files.notes(desk.path).drilled_at)
    return drilled is None or abs(now - drilled) >= DRILL_EVERY


def drill(desk: Desk, *, now: datetime) -> Backup | None:
    """Rehearse going back: open the newest backup aside, and read Today and the cases from it.

    A backup that fails is marked; the next one down is tried, so that the answer is one that works.

    Args:
        desk: the open desk.
        now: this moment (UTC).

    Returns:
        The backup that the rehearsal went well with; None where none did.
    """
    for backup in files.everywhere(desk.path):
        try:
            _rehearse(backup, now=now)
        except (RecoveryDeskError, OSError) as error:
            if isinstance(error, DeskDamagedError) and backup.path.exists():
                with suppress(OSError):
                    files.mark_damaged(backup, str(error))
            continue
        files.note(desk.path, drilled_at=_written(now), failed="")
        return backup
    with suppress(DeskFileError):
        files.note(
            desk.path,
            drilled_at=_written(now),
            failed="No backup passed the monthly rehearsal. Make one now, and check the disk.",
        )
    return None


def _rehearse(backup: Backup, *, now: datetime) -> None:
    files.prove(backup)
    shape.refuse_foreign(backup.path)
    with tempfile.TemporaryDirectory(prefix="recoverydesk-") as folder:
        aside = Path(shutil.copyfile(backup.path, Path(folder) / "rehearsal.desk"))
        rehearsed = Desk(aside, create=False)
        try:
            if shop.is_set_up(rehearsed):
                agendas.agenda(rehearsed, now=now)
                found = case_lists.ids(rehearsed, CaseFilter("all"), now=now, most=200)
                case_lists.rows(rehearsed, found)
        finally:
            rehearsed.close()


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime(STAMP)


def _read(text: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    return None
