"""Who changed what, when, before and after: the audit trail and Undo are this one thing.

Triggers built from the tables write every row's before and after, so no caller can
forget to. They are compared with the tables whenever a desk is opened.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import peewee as pw

from recoverydesk.errors import NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.storage import tables
from recoverydesk.topics import Topic

if TYPE_CHECKING:
    from recoverydesk.storage.desk import Desk

_NEWEST = 'FROM "change" ORDER BY "id" DESC LIMIT 1'
_IS_RECORDED = f'(SELECT "recorded" {_NEWEST})'
_IS_UNDO = f'(SELECT "undoes_id" {_NEWEST}) IS NOT NULL'
_LEFT = (
    '(SELECT coalesce(sum("amount_cents"), 0) FROM "voucher_entry"'
    ' WHERE "voucher_id" = {row}."voucher_id")'
)
_NO_USES_LEFT = (
    '(SELECT count(*) FROM "entitlement_use" WHERE "entitlement_id" = NEW."entitlement_id")'
    ' >= (SELECT "uses" FROM "entitlement" WHERE "id" = NEW."entitlement_id")'
)
_WENT_OUT = """OLD."status" IN ('printed', 'sent', 'handed_over', 'void')"""

UNDO = "Undo: "
REDO = "Redo: "


@record
class Change:
    """One saved change.

    Attributes:
        at: when, UTC; for showing only, as order is by `id`.
        words: what the owner did, in the owner's words.
        undoes_id: the change that this one took back.
        recorded: whether its rows were kept, or its heading only.
    """

    id: int
    at: datetime
    words: str
    topics: Topic
    person_id: int | None = None
    undoes_id: int | None = None
    undoable: bool = True
    recorded: bool = True


@record
class RowChange:
    """One row before and after a change; None where there was none."""

    table: str
    row_id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def history(desk: "Desk", limit: int = 100) -> list[Change]:
    """Return the newest changes, newest first."""
    with desk.reading():
        return [_change(row) for row in _newest_first().limit(limit)]


def rows_of(desk: "Desk", change_id: int) -> list[RowChange]:
    """Return what a change did to each row, in the order it was done."""
    with desk.reading():
        return list(_rows_of(change_id))


def last_undoable(desk: "Desk") -> Change | None:
    """Return the newest change that Undo would take back, if there is one."""
    with desk.reading():
        for change in _not_undone():
            if change.undoes_id is not None or desk.is_foreign(change.id):
                continue
            if change.undoable and change.recorded:
                return change
    return None


def last_redoable(desk: "Desk") -> Change | None:
    """Return the newest Undo, if nothing was changed since; undoing it is Redo."""
    with desk.reading():
        for change in _not_undone():
            if change.words.startswith(REDO) or desk.is_foreign(change.id):
                continue
            return change if change.undoes_id is not None else None
    return None


def undo(desk: "Desk", change_id: int | None = None) -> Change:
    """Take a change back, as a change of its own that can be taken back in turn.

    Args:
        desk: the desk.
        change_id: which change; without it the newest that can be undone.

    Returns:
        The new change.

    Raises:
        NotFoundError: there is no such change, or nothing to undo.
        NotAllowedError: it can't be undone, already is, or its rows have changed since; or staff
            would take back what somebody else has set for the shop.
    """
    with desk.reading():
        change = last_undoable(desk) if change_id is None else _find(change_id)
        if change is None:
            raise NotFoundError("There is nothing to undo.")
        _refuse_staff(desk, change)
    words, again = change.words, False
    if words.startswith(UNDO):
        words, again = words.removeprefix(UNDO), True
    words = (REDO if again else UNDO) + words.removeprefix(REDO)
    try:
        with desk.changing(change.topics, words, undoes_id=change.id) as taken_back:
            _take_back(change, by=taken_back.change)
    except pw.IntegrityError as error:
        # Told at the very end, as the rows' pointers are checked once all are back.
        if "FOREIGN KEY" not in str(error):
            raise
        raise _touched_since() from error
    return taken_back.change


def _refuse_staff(desk: "Desk", change: Change) -> None:
    # Else staff could lift a limit by taking back the change that has set it.
    if not change.topics & Topic.SHOP or change.person_id == desk.person_id:
        return
    here = tables.Person.select(tables.Person.role).where(tables.Person.id == desk.person_id)
    if here.scalar() == "staff":
        raise NotAllowedError(
            f"Only the owner may take that back: {change.words}.",
            advice="Let them sign in with F9 first. Nothing was changed.",
        )


def trigger_sql() -> dict[str, str]:
    """Return the statement of each trigger that a desk must have, by its name."""
    return dict(_trigger_sql())


def ensure_triggers(db: pw.SqliteDatabase) -> None:
    """Make the desk's triggers those of this release; touches nothing if they are."""
    found = dict(_triggers(db))
    wanted = _trigger_sql()
    if found == wanted:
        return
    with db.atomic():
        drop_triggers(db)
        for statement in wanted.values():
            db.execute_sql(statement)


def drop_triggers(db: pw.SqliteDatabase) -> None:
    """Take the journal's triggers away, as an upgrade does before its steps."""
    for name, _ in _triggers(db):
        db.execute_sql(f'DROP TRIGGER "{name}"')


def _triggers(db: pw.SqliteDatabase) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = db.execute_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        " AND (name GLOB 'journal_*' OR name GLOB 'guard_*')"
    ).fetchall()
    return found


@cache
def _trigger_sql() -> dict[str, str]:
    wanted: dict[str, str] = {}
    for table in tables.JOURNALED:
        wanted |= _journal_triggers(table)
    return wanted | _guards()


def _journal_triggers(table: type[pw.Model]) -> dict[str, str]:
    name = table._meta.table_name  # noqa: SLF001 - Peewee's documented way to a table's name
    columns = [field.column_name for field in table._meta.sorted_fields]  # noqa: SLF001
    old, new = _as_json("OLD", columns), _as_json("NEW", columns)
    differ = f"({_listed('OLD', columns)}) IS NOT ({_listed('NEW', columns)})"
    events = {
        "insert": ("INSERT", _IS_RECORDED, "NEW", "NULL", new),
        "update": ("UPDATE", f"{_IS_RECORDED} AND {differ}", "NEW", old, new),
        "delete": ("DELETE", _IS_RECORDED, "OLD", old, "NULL"),
    }
    return {
        f"journal_{name}_{event}": (
            f'CREATE TRIGGER "journal_{name}_{event}" AFTER {verb} ON "{name}" WHEN {when} BEGIN'
            ' INSERT INTO "changed_row" ("change_id", "table_name", "row_id", "before", "after")'
            f' VALUES ((SELECT max("id") FROM "change"), \'{name}\', {row}."id",'
            f" {before}, {after}); END"
        )
        for event, (verb, when, row, before, after) in events.items()
    }


def _as_json(row: str, columns: list[str]) -> str:
    return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns) + ")"


def _listed(row: str, columns: list[str]) -> str:
    return ", ".join(f'{row}."{name}"' for name in columns)


def _guards() -> dict[str, str]:
    """Return the triggers that keep history from being rewritten, whoever writes."""
    left_with_new, left_without_old = _LEFT.format(row="NEW"), _LEFT.format(row="OLD")
    entry = ["id", "voucher_id", "at", "kind", "amount_cents"]
    paper = ["id", "content_id", "title", "file_name", "text"]
    return dict(
        (
            _guard(
                "voucher_entry",
                "insert",
                f'{left_with_new} + NEW."amount_cents" < 0',
                "voucher balance",
            ),
            _guard("voucher_entry", "update", _differ(entry), "voucher entry"),
            _guard("voucher_entry", "delete", f"NOT ({_IS_UNDO})", "voucher entry"),
            _guard(
                "voucher_entry",
                "delete",
                f'{left_without_old} - OLD."amount_cents" < 0',
                "voucher balance",
            ),
            _guard("entitlement_use", "insert", _NO_USES_LEFT, "entitlement uses"),
            _guard("entitlement_use", "delete", f"NOT ({_IS_UNDO})", "entitlement use"),
            _guard("blob", "update", "1", "blob"),
            _guard(
                "playbook_version",
                "update",
                _differ(["id", "playbook_id", "version", "steps"]),
                "playbook version",
            ),
            _guard(
                "policy_version", "update", _differ(["id", "version", "words"]), "policy version"
            ),
            _guard("policy_version", "delete", f"NOT ({_IS_UNDO})", "policy version"),
            _guard("document", "update", f"{_WENT_OUT} AND {_differ(paper)}", "document"),
            _guard("document", "delete", _WENT_OUT, "document"),
        )
    )


def _guard(table: str, event: str, when: str, word: str) -> tuple[str, str]:
    name = f"guard_{table}_{event}_{word.replace(' ', '_')}"
    return name, (
        f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" WHEN {when}'
        f" BEGIN SELECT RAISE(ABORT, '{word}'); END"
    )


def _differ(columns: list[str]) -> str:
    return f"({_listed('OLD', columns)}) IS NOT ({_listed('NEW', columns)})"


def _newest_first() -> "pw.ModelSelect[tables.Change]":
    newest: pw.ModelSelect[tables.Change] = tables.Change.select().order_by(tables.Change.id.desc())
    return newest


def _not_undone() -> Iterator[Change]:
    """Yield what still stands, newest first: whatever undid a change is newer than it."""
    undone: set[int] = set()
    for row in _newest_first().iterator():
        if row.id in undone:
            continue
        if row.undoes_id is not None:
            undone.add(row.undoes_id)
        yield _change(row)


def _find(change_id: int) -> Change:
    row = tables.Change.get_or_none(tables.Change.id == change_id)
    if row is None:
        raise NotFoundError("That change is not in the desk.")
    return _change(row)


def _rows_of(change_id: int) -> Iterator[RowChange]:
    of_this = tables.ChangedRow.change_id == change_id
    for row in tables.ChangedRow.select().where(of_this).order_by(tables.ChangedRow.id):
        yield RowChange(row.table_name, row.row_id, _loaded(row.before), _loaded(row.after))


def _change(row: tables.Change) -> Change:
    return Change(
        id=row.id,
        at=row.at,
        words=row.words,
        topics=Topic(row.topics),
        person_id=row.person_id,
        undoes_id=row.undoes_id,
        undoable=row.undoable,
        recorded=row.recorded,
    )


def _loaded(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    row: dict[str, Any] = json.loads(text)
    return row


def _take_back(change: Change, *, by: Change) -> None:
    _refuse_unless_undoable(change, by=by)
    rows = list(_rows_of(change.id))
    _refuse_if_touched_since(rows)
    tables.database.execute_sql("PRAGMA defer_foreign_keys = 1")
    for row in reversed(rows):
        _put_back(row)


def _refuse_unless_undoable(change: Change, *, by: Change) -> None:
    if not (change.undoable and change.recorded):
        raise NotAllowedError(f"This can't be undone: {change.words}")
    for later in _not_undone():
        if later.id <= change.id:
            return
        if later.undoes_id == change.id and later.id != by.id:
            raise NotAllowedError("That has been undone already.")


def _refuse_if_touched_since(rows: list[RowChange]) -> None:
    """Compare each row with how the change left it.

    By state, not by history: a later change that was itself undone is no hindrance, and
    one that was too large to be recorded row by row is one all the same.
    """
    left = {(row.table, row.row_id): row.after for row in rows}
    for (table, row_id), after in left.items():
        now = _now(table, row_id)
        if now is not None and after is not None:
            # A release that came since may have given the table more columns.
            now = {name: now[name] for name in after if name in now}
        if now != after:
            raise _touched_since()


def _touched_since() -> NotAllowedError:
    return NotAllowedError(
        "This can't be undone any more: some of it has been changed since.",
        advice="Undo the later change first, or put it right by hand.",
    )


def _now(table: str, row_id: int) -> dict[str, Any] | None:
    columns = _columns(table)
    listed = ", ".join(f'"{name}"' for name in columns)
    row = tables.database.execute_sql(
        f'SELECT {listed} FROM "{table}" WHERE "id" = ?', (row_id,)
    ).fetchone()
    return None if row is None else dict(zip(columns, row, strict=True))


@cache
def _columns(table: str) -> tuple[str, ...]:
    for model in tables.JOURNALED:
        if model._meta.table_name == table:  # noqa: SLF001
            return tuple(field.column_name for field in model._meta.sorted_fields)  # noqa: SLF001
    raise NotAllowedError("An older RecoveryDesk made that change; it can't be undone any more.")


def _put_back(row: RowChange) -> None:
    if row.before is None:
        statement, values = f'DELETE FROM "{row.table}" WHERE "id" = ?', [row.row_id]
    else:
        # Only names that are columns of this release reach the statement.
        columns = [name for name in _columns(row.table) if name in row.before]
        values = [row.before[name] for name in columns]
        if row.after is None:
            listed = ", ".join(f'"{name}"' for name in columns)
            marks = ", ".join("?" * len(columns))
            statement = f'INSERT INTO "{row.table}" ({listed}) VALUES ({marks})'
        else:
            setters = ", ".join(f'"{name}" = ?' for name in columns)
            statement = f'UPDATE "{row.table}" SET {setters} WHERE "id" = ?'
            values.append(row.row_id)
    tables.database.execute_sql(statement, values)
