"""What a desk of each release looks like inside: how a stranger's file is told from ours.

A trigger or a view that somebody slipped into a backup would pass every check of SQLite's, and
change the desk at the next save.
"""

import hashlib
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from recoverydesk.errors import DeskDamagedError
from recoverydesk.storage import journal, new_desk, search, upgrade
from recoverydesk.storage.copies import looking_at, quoted

KNOWN = {
    1: "41fe5c5e858c2369aa136e1dc324fc93edc4e774c15f5ca68a2616c722456e93",
    2: "419931b709ba33c08d439eb2eed8cbbbe12470ef3cd94bdb8a06e59d07315a7f",
    3: "b1c6d14dbe0cbe757ef5e16415212f5844f5609f8477825bf7a0df654883a5ed",
    4: "d0b904cb9d1c40b25aa10d5dba457594fb552278288022480d42fe427a1a3167",
    5: "3bab819767cc6e931e2bfdcd241ac2970d7c674bf5cc62306ad7964b9f38ea49",
    6: "897e21b05145ed065a3e85fc57a2e58b07c204941e894352d4d6002d58aca4d8",
    7: "d866c9ca51987bfa61c07da4f7b5d8d7b49ebeb5330ba947ee8c2a1110223d2f",
}
"""The shape of each earlier release by schema number; this one's is read off a new desk."""

_OWN_TRIGGERS = ("journal_", "guard_", "search_")


def refuse_foreign(path: Path) -> None:
    """Look at a closed copy's tables, indexes, views and triggers.

    Raises:
        DeskDamagedError: no release of RecoveryDesk has made such a desk.
    """
    with looking_at(path) as copy:
        number = copy.execute("PRAGMA user_version").fetchone()[0]
        shape, triggers = shape_of(copy), _triggers(copy)
    strange = [name for name in triggers if not name.startswith(_OWN_TRIGGERS)]
    if strange or shape != _wanted(number):
        raise DeskDamagedError(
            "That file holds something no RecoveryDesk has put there, so it was not taken.",
            advice="The desk is as it was. Choose a backup that you know.",
        )


def shape_of(connection: Any) -> str:  # noqa: ANN401 - the driver has no types
    """Return a fingerprint of the tables, indexes and views; rows and triggers don't count.

    Triggers are left out as each release builds its own anew.
    """
    rows = connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE type <> 'trigger'"
        " AND tbl_name NOT GLOB 'search_*' AND name NOT GLOB 'sqlite_stat*'"
    )
    parts = sorted(
        (kind, name, table, "" if table == upgrade.HISTORY else " ".join(sql.split()))
        for kind, name, table, sql in rows
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def drop_triggers(connection: Any) -> None:  # noqa: ANN401 - the driver has no types
    """Take all triggers away that aren't, sign by sign, this release's.

    Whoever opens the desk next builds those that are missing.
    """
    ours = journal.trigger_sql() | search.trigger_sql()
    for name, sql in _triggers(connection).items():
        if ours.get(name) != sql:
            connection.execute(f"DROP TRIGGER {quoted(name)}")


def _triggers(connection: Any) -> dict[str, str]:  # noqa: ANN401 - the driver has no types
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(rows.fetchall())


def _wanted(number: int) -> str | None:
    return KNOWN.get(number) or (_newest() if number == len(upgrade.steps()) else None)


@cache
def _newest() -> str:
    with tempfile.TemporaryDirectory(prefix="recoverydesk-") as folder:
        path = Path(folder) / "new.desk"
        new_desk.make(path)
        with looking_at(path) as fresh:
            return shape_of(fresh)
