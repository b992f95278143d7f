"""Brings an older desk up to this release, keeping a copy of it first."""

from functools import cache
from pathlib import Path
from typing import Any

import peewee as pw

from recoverydesk.errors import DeskFileError
from recoverydesk.storage import journal, search
from recoverydesk.storage.connection import DeskDatabase, too_new
from recoverydesk.storage.copies import copy_desk, counts_of

MIGRATIONS = Path(__file__).with_name("migrations")
HISTORY = "schema_migration"


def steps() -> tuple[str, ...]:
    """Return the names of all upgrade steps of this release, in order.

    Raises:
        RuntimeError: the build forgot to ship them.
    """
    return _steps(MIGRATIONS)


def upgrade(db: DeskDatabase, path: Path, *, keep_copy: bool = True) -> list[str]:
    """Run the upgrade steps that this desk still lacks, all of them or none.

    A desk that already holds something is first copied to `<name>.before-<step>.desk`
    beside it.

    Args:
        db: an open connection to the desk.
        path: where the desk lies.
        keep_copy: False for what is a copy already.

    Returns:
        The names of the steps taken, in order; empty if it was up to date.

    Raises:
        DeskTooNewError: a newer RecoveryDesk has changed this desk.
        DeskFileError: a step would have lost rows; the desk is as it was.
    """
    known, applied = steps(), _applied(db)
    if applied - set(known) or db.pragma("user_version") > len(known):
        raise too_new()
    missing = [name for name in known if name not in applied]
    if missing:
        if keep_copy and any(_counts(db).values()):
            copy_desk(db, path.with_name(f"{path.stem}.before-{missing[0]}.desk"))
        _take(db, missing, len(known))
    journal.ensure_triggers(db)
    search.ensure(db)
    return missing


def build_up_to(db: DeskDatabase, number: int) -> None:
    """Run the first `number` steps on an empty file: that release's desk, without triggers."""
    runner = _runner(db)
    with db.atomic():
        for name in steps()[:number]:
            runner.up(name)
        db.pragma("user_version", number)


@cache
def _steps(folder: Path) -> tuple[str, ...]:
    there = (path for path in folder.iterdir() if path.suffix == ".py") if folder.is_dir() else ()
    found = tuple(sorted(path.stem for path in there if path.stem[0].isdigit()))
    if not found:
        raise RuntimeError(f"no upgrade steps in {folder}: build.spec must ship them")
    return found


def _applied(db: DeskDatabase) -> set[str]:
    there = db.execute_sql("SELECT 1 FROM sqlite_master WHERE name = ?", (HISTORY,)).fetchone()
    if there is None:
        return set()
    return {name for (name,) in db.execute_sql(f'SELECT name FROM "{HISTORY}"')}


def _runner(db: DeskDatabase) -> Any:  # noqa: ANN401 - Peewee's runner has no types
    # Costs 20 ms, and nearly every start has nothing to upgrade.
    from playhouse.migrations import Runner  # noqa: PLC0415 - only when there is a step to take

    return Runner(db, directory=str(MIGRATIONS), table_name=HISTORY)


def _take(db: DeskDatabase, missing: list[str], newest: int) -> None:
    runner = _runner(db)
    # With foreign keys on, rebuilding a table would empty those that point at it, and
    # inside a transaction they can't be switched off.
    db.pragma("foreign_keys", 0)
    try:
        with db.atomic():
            journal.drop_triggers(db)
            search.drop(db)
            for name in missing:
                before = _counts(db)
                runner.up(name)
                _refuse_lost_rows(before, _counts(db), name)
            if db.execute_sql("PRAGMA foreign_key_check").fetchone():
                raise _not_upgraded("some rows point at rows that are gone")
            db.pragma("user_version", newest)
            journal.ensure_triggers(db)
            search.ensure(db)
    finally:
        db.pragma("foreign_keys", 1)


def _counts(db: pw.SqliteDatabase) -> dict[str, int]:
    counts = counts_of(db.connection())
    counts.pop(HISTORY, None)
    return counts


def _refuse_lost_rows(before: dict[str, int], after: dict[str, int], step: str) -> None:
    for table, count in before.items():
        if after.get(table) != count:
            raise _not_upgraded(f"{step}, {table}: {count} rows, then {after.get(table, 0)}")


def _not_upgraded(why: str) -> DeskFileError:
    return DeskFileError(
        "The desk could not be brought up to this release. Your data is as before.",
        advice=f"Go on with the release you had, and report this: {why}.",
    )
