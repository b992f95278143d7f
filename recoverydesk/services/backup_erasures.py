"""Whoever was forgotten stays forgotten: in the backups, and after going back to one.

Beside the desk lies a list of who was forgotten, by marks that tell nothing: a keyed hash of the
customer's number and of the moment they were written down. It holds no name, and outlives the desk.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from recoverydesk import __version__
from recoverydesk.domain.forgetting import Forget
from recoverydesk.errors import RecoveryDeskError
from recoverydesk.records import record
from recoverydesk.services import erasures, person_rows
from recoverydesk.storage import backup as files
from recoverydesk.storage import copies, restore, swap, upgrade
from recoverydesk.storage.backup import Backup
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer, Shop
from recoverydesk.topics import Topic

KEPT_FOR = timedelta(days=366)
"""The row of backups reaches twelve months back; see `domain.backup`."""


@record
class Cleaned:
    """What became of the backups.

    Attributes:
        cleaned: how many no longer hold anybody who was forgotten.
        left: names of files that could not be opened, and may still hold them.
    """

    cleaned: int
    left: tuple[str, ...]


def erase(
    desk: Desk,
    customer_id: int,
    *,
    how: Forget = Forget.ERASE,
    backups: bool = False,
    now: datetime,
) -> tuple[erasures.Erased, Cleaned]:
    """Forget a person on the desk, for good, and in its backups where that is wanted.

    Args:
        desk: the open desk.
        customer_id: who.
        how: whether what happened goes, too, or stays without a name.
        backups: whether the backups are cleaned as well; it takes seconds for each.
        now: this moment (UTC).

    Raises:
        NotFoundError: the customer is no longer on the desk.
        NotAllowedError: one of their cases isn't over yet.
    """
    with desk.reading():
        customers = person_rows.of(desk, customer_id).customers
    done = erasures.erase(desk, customer_id, how=how, now=now)
    _remember(desk, customers, how)
    cleaned = clean_backups(desk.path, now=now) if backups else Cleaned(0, ())
    return done, cleaned


def clean_backups(desk_path: Path, *, now: datetime) -> Cleaned:
    """Take whoever was forgotten out of every backup: opened, erased, proved, put in its place.

    Args:
        desk_path: where the desk lies; it may be in use.
        now: this moment (UTC).
    """
    cleaned, left = 0, []
    for path in _everywhere(desk_path):
        try:
            _clean(desk_path, files.at(path), now=now)
            cleaned += 1
        except (RecoveryDeskError, OSError):
            left.append(path.name)
    return Cleaned(cleaned, tuple(left))


def gone_by(desk_path: Path) -> date | None:
    """Return about when the last backup of today is let go of; None where there is none."""
    newest = max((one.made_at for one in files.found(desk_path)), default=None)
    return None if newest is None else (newest + KEPT_FOR).date()


def forget_again(desk_path: Path, file: Path, *, now: datetime) -> int:
    """Forget those in a closed copy who were forgotten on the desk since; return how many.

    Args:
        desk_path: where the desk lies, or will.
        file: a copy of it, brought up to this release.
        now: this moment (UTC).
    """
    key, marks = _forgotten(desk_path)
    if not marks:
        return 0
    copy = Desk(file, create=False)
    try:
        found = _named(copy, key, marks)
        for customer_id, how in found:
            erasures.erase_in_copy(copy, customer_id, how=how, now=now)
    finally:
        copy.close()
    restore.fold_in(file)
    return len(found)


def _named(desk: Desk, key: str, marks: dict[str, str]) -> list[tuple[int, Forget]]:
    with desk.reading():
        rows = Customer.select(Customer.id, Customer.created_at).where(
            Customer.erased_at.is_null(), Customer.merged_into.is_null()
        )
        found = ((row.id, marks.get(_mark(key, row.id, row.created_at))) for row in rows)
        return [(row_id, Forget(how)) for row_id, how in found if how]


def _clean(desk_path: Path, backup: Backup, *, now: datetime) -> None:
    """Clean one backup, and write down what proves it now."""
    part = copies.new_part(backup.path)
    try:
        part.write_bytes(backup.path.read_bytes())
        restore.fold_in(part)
        restore.bring_up(part)
        forget_again(desk_path, part, now=now)
        copies.refuse_unsound(part)
        known = _described(backup, part)
        # Cut off between the two, it lacks a proof rather than have one that doesn't fit.
        files.manifest_of(backup.path).unlink(missing_ok=True)
        copies.name_part(part, backup.path)
    finally:
        copies.drop_part(part)
    if backup.sha256:
        files.write_manifest(replace(known, sha256=files.digest(backup.path)))


def _described(backup: Backup, part: Path) -> Backup:
    copy = Desk(part, create=False)
    try:
        counts, mark = copy.counts(), copy.mark_of(backup.change_id)
    finally:
        copy.close()
    restore.fold_in(part)
    return replace(
        backup, counts=counts, change_mark=mark, schema=len(upgrade.steps()), app=__version__
    )


def _everywhere(desk_path: Path) -> Iterator[Path]:
    """Yield every copy of the desk: backups, those in the second place, what was put aside."""
    yield from (one.path for one in files.found(desk_path))
    second = files.second_folder(desk_path)
    if second is not None:
        with suppress(OSError):
            yield from (one.path for one in files.found_in(second))
    aside = swap.quarantine(desk_path)
    yield from sorted(aside.rglob("*.desk")) if aside.is_dir() else ()
    yield from sorted(desk_path.parent.glob(f"{desk_path.stem}.before-*.desk"))


# The list beside the desk


def _list_of(desk_path: Path) -> Path:
    return desk_path.with_name(f"{desk_path.stem}.forgotten.json")


def _forgotten(desk_path: Path) -> tuple[str, dict[str, str]]:
    """Return the desk's key, and how each who was forgotten was, by their mark."""
    try:
        read = json.loads(_list_of(desk_path).read_text("utf-8"))
        return str(read["desk"]), {str(mark): str(how) for mark, how in read["forgotten"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", {}


def _remember(desk: Desk, customers: tuple[int, ...], how: Forget) -> None:
    _key, marks = _forgotten(desk.path)
    key = _key or _key_of(desk)
    with desk.reading():
        for row in Customer.select(Customer.id, Customer.created_at).where(
            Customer.id << customers
        ):
            marks[_mark(key, row.id, row.created_at)] = how.value
    written = json.dumps({"desk": key, "forgotten": marks}, indent=1)
    files.write_file(_list_of(desk.path), written.encode())


def _key_of(desk: Desk) -> str:
    with desk.changing(Topic.NOTHING, "Tell this desk from others", undoable=False):
        shop = Shop.get_by_id(1)
        if not shop.desk_key:
            shop.desk_key = secrets.token_hex(16)
            shop.save(only=[Shop.desk_key])
        return str(shop.desk_key)


def _mark(key: str, customer_id: int, created_at: datetime) -> str:
    words = f"{key} {customer_id} {created_at:%Y%m%dT%H%M%SZ}"
    return hashlib.sha256(words.encode()).hexdigest()[:32]
