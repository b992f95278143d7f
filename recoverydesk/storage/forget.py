"""Forgetting below the tables: the journal's images, bytes that nothing needs, free pages.

What was deleted is overwritten (secure_delete); the full-text index is emptied and filled anew, as
its segments keep words that were deleted; and the write-ahead log is cut to nothing, as it keeps
the pages as they were.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import peewee as pw

from recoverydesk.domain.forgetting import without
from recoverydesk.storage import journal, search, tables
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic

Rows = Mapping[str, Iterable[int]]
"""Ids of rows, by their table's name."""

_WENT_OUT = "guard_document_"


@contextmanager
def papers_unlocked() -> Iterator[None]:
    """Let papers that went out be emptied, within the open change; nothing else may touch them."""
    guards = {
        name: sql for name, sql in journal.trigger_sql().items() if name.startswith(_WENT_OUT)
    }
    for name in guards:
        tables.database.execute_sql(f'DROP TRIGGER "{name}"')
    yield
    for sql in guards.values():
        tables.database.execute_sql(sql)


def drop_images(rows: Rows, owners: Rows) -> tuple[set[int], set[str]]:
    """Delete what the journal remembers of rows, and of any row that names an owner.

    Args:
        rows: the rows themselves.
        owners: columns that say whose a row is, with the ids that count.

    Returns:
        The changes that can't be taken back any more, and the bytes that the images named.
    """
    named = " OR ".join(
        f"json_extract({side}, '$.{column}') IN (SELECT value FROM json_each(:{column}))"
        for side in ('"before"', '"after"')
        for column in owners
    )
    theirs = " OR ".join(
        f'("table_name" = \'{table}\' AND "row_id" IN (SELECT value FROM json_each(:{table})))'
        for table in rows
    )
    values = {name: json.dumps(list(ids)) for name, ids in (*rows.items(), *owners.items())}
    connection = tables.database.connection()
    found = connection.execute(
        'SELECT "id", "change_id", coalesce("before", "after") FROM "changed_row"'
        f" WHERE {theirs} OR {named}",
        values,
    ).fetchall()
    bytes_named = {
        str(image[column])
        for image in (json.loads(text) for _id, _change, text in found)
        for column in ("content_id", "thumbnail_id")
        if image.get(column)
    }
    connection.executemany(
        'DELETE FROM "changed_row" WHERE "id" = ?', [(row_id,) for row_id, _change, _text in found]
    )
    return {change for _id, change, _text in found}, bytes_named


def older_names(customers: Iterable[int]) -> list[dict[str, object]]:
    """Return how customers' rows once were, as the journal remembers them."""
    found = tables.database.execute_sql(
        'SELECT "before" FROM "changed_row" WHERE "table_name" = \'customer\' AND "before" NOT NULL'
        ' AND "row_id" IN (SELECT value FROM json_each(?))',
        (json.dumps(list(customers)),),
    )
    return [json.loads(text) for (text,) in found]


def seal(changes: Iterable[int], names: re.Pattern[str] | None) -> None:
    """Take names out of the headings of changes, which can't be taken back any more."""
    for change_id in changes:
        row = tables.Change.get_by_id(change_id)
        row.words, row.undoable = without(row.words, names), False
        row.save(only=["words", "undoable"])


def texts_naming(words: Iterable[str]) -> Iterator[tuple[str, str, int, str]]:
    """Yield every text on the desk that holds one of some words.

    Yields:
        Table, column, the row's id, the text.
    """
    wanted = [f"%{_escaped(one)}%" for one in words]
    if not wanted:
        return
    for table in (
        *tables.JOURNALED,
        tables.FormDraft,
        tables.LetterDraft,
        tables.Change,
        tables.ChangedRow,
    ):
        name = table._meta.table_name  # noqa: SLF001 - Peewee's documented way to a table's name
        for column in text_columns(table):
            likes = " OR ".join([f"\"{column}\" LIKE ? ESCAPE '!'"] * len(wanted))
            found = tables.database.execute_sql(
                f'SELECT "id", "{column}" FROM "{name}" WHERE {likes}', wanted
            )
            for row_id, text in found.fetchall():
                yield name, column, row_id, text


def write_text(table: str, column: str, row_id: int, text: str) -> None:
    """Put another text in a text's place; table and column come from `texts_naming`."""
    tables.database.execute_sql(
        f'UPDATE "{table}" SET "{column}" = ? WHERE "id" = ?', (text, row_id)
    )


def text_columns(table: type[pw.Model]) -> list[str]:
    """Return the columns of a table that hold text, other than keys of bytes."""
    return [
        one.column_name
        for one in table._meta.sorted_fields  # noqa: SLF001
        if type(one) is pw.TextField
    ]


def drop_unused_bytes(names: Iterable[str]) -> int:
    """Delete bytes that no row needs any more; return how many.

    What somebody else's paper holds as well stays: bytes are kept once however often they come.
    """
    pointing = [
        (table._meta.table_name, one.column_name)  # noqa: SLF001 - as above
        for table in tables.JOURNALED
        for one in table._meta.sorted_fields  # noqa: SLF001 - as above
        if isinstance(one, pw.ForeignKeyField) and one.rel_model is tables.Blob
    ]
    needed = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{table}" WHERE "{column}" = "hash")' for table, column in pointing
    )
    gone = tables.database.execute_sql(
        f'DELETE FROM "blob" WHERE "hash" IN (SELECT value FROM json_each(?)) AND NOT ({needed})',
        (json.dumps(sorted(names)),),
    )
    return int(gone.rowcount)


def sweep(desk: Desk) -> bool:
    """Leave nothing of what was deleted in free pages, in the index or in the write-ahead log.

    Returns:
        Whether the log could be cut at once; else that happens when the desk is closed.
    """
    with desk.changing(Topic.NOTHING, "Sweep", undoable=False, recorded=False):
        search.fill(tables.database)  # type: ignore[arg-type]  # it stands in for the desk's own
    with desk.reading():
        busy = tables.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
