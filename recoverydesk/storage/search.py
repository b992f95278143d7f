"""Full text: the only place that knows FTS5.

One index holds the words of everything that can be searched. It is derived from the desk's rows by
triggers, compared with this release whenever a desk is opened, and built anew where they differ; so
it is no part of the upgrade steps, and can be thrown away at any time.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cache

import peewee as pw

from recoverydesk.storage import tables

INDEX = "search_text"
VOCABULARY = "search_vocabulary"
MOST_HITS = 500
"""The newest so many are looked at: a word that stands everywhere would cost a second to rank."""
LONGEST_QUERY = 12
"""Words of a query that count; more tell nothing new."""
SHORTEST_MENDED = 4
"""Shorter words have too many neighbours to guess at."""
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


class Source(IntEnum):
    """Where words stand. Part of each entry's number in the index: never change one."""

    CASE = 0
    CONTACT = 1
    PAPER = 2
    ATTACHMENT = 3
    CUSTOMER = 4
    NEGOTIATION = 5
    NAME = 6

    @property
    def base(self) -> int:
        """The number before the source's first row; each source has room for 2^40 rows."""
        return self.value << 40


_SOURCES: dict[Source, tuple[type[pw.Model], tuple[str, ...]]] = {
    Source.CASE: (tables.Case, ("words", "restatement", "feeling", "our_part", "closing_words")),
    Source.CONTACT: (tables.Contact, ("words",)),
    Source.PAPER: (tables.Document, ("text",)),
    Source.ATTACHMENT: (tables.Attachment, ("name", "text")),
    Source.CUSTOMER: (
        tables.Customer,
        ("name", "greeting_name", "email", "address", "town", "likes", "note"),
    ),
    Source.NEGOTIATION: (tables.NegotiationLine, ("words",)),
    Source.NAME: (tables.Customer, ("name_key",)),
}


def ensure(db: pw.SqliteDatabase) -> None:
    """Make the index that of this release, from all rows; touches nothing if it is."""
    if dict(_found(db)) == _wanted():
        return
    with db.atomic():
        drop(db)
        for statement in _wanted().values():
            db.execute_sql(statement)
        fill(db)


def trigger_sql() -> dict[str, str]:
    """Return the triggers that keep the index, by name."""
    return {name: sql for name, sql in _wanted().items() if sql.startswith("CREATE TRIGGER")}


def drop(db: pw.SqliteDatabase) -> None:
    """Take the index and its triggers away, as an upgrade does before its steps."""
    for name, sql in _found(db):
        kind = "TRIGGER" if sql.startswith("CREATE TRIGGER") else "TABLE"
        db.execute_sql(f'DROP {kind} IF EXISTS "{name}"')


def fill(db: pw.SqliteDatabase) -> None:
    """Index every row anew, in the order that costs least."""
    db.execute_sql(f'INSERT INTO "{INDEX}" ("{INDEX}") VALUES (\'delete-all\')')
    db.execute_sql(f'INSERT INTO "{INDEX}" ("{INDEX}", rank) VALUES (\'hashsize\', 16777216)')
    for source, (model, columns) in _SOURCES.items():
        table = _name(model)
        db.execute_sql(
            f'INSERT INTO "{INDEX}" (rowid, words)'
            f' SELECT {source.base} + "id", {_joined("", columns)} FROM "{table}" ORDER BY "id"'
        )


def is_sound(db: pw.SqliteDatabase) -> bool:
    """Say whether the index is whole in itself."""
    try:
        db.execute_sql(f'INSERT INTO "{INDEX}" ("{INDEX}") VALUES (\'integrity-check\')')
    except pw.DatabaseError:
        return False
    return True


def names(db: pw.SqliteDatabase) -> list[str]:
    """Return the names of all that belongs to the index, what SQLite makes beside it included."""
    rows = db.execute_sql("SELECT name FROM sqlite_master WHERE name GLOB 'search_*'")
    return [name for (name,) in rows]


def all_of(source: Source, typed: str, *, most: int = MOST_HITS) -> list[int]:
    """Return the rows that hold every word typed, or its beginning; newest first.

    Call inside `reading()`.

    Args:
        source: where to look.
        typed: anything; no sign of it has a meaning.
        most: how many rows at the most.
    """
    words = _words(typed)
    return _hits(source, " AND ".join(_quoted(word) for word in words), most) if words else []


def any_of(source: Source, typed: Iterable[str], *, most: int = MOST_HITS) -> list[int]:
    """Return the rows that hold one of the words at least; newest first. Call as `all_of`."""
    words = list(typed)
    return _hits(source, " OR ".join(_quoted(word) for word in words), most) if words else []


def mended(typed: str) -> str:
    """Return what was typed with each word that stands nowhere as the nearest one that does.

    One letter too many, too few, another, or two swapped (Damerau 1964). Empty where nothing is
    near, or nothing needs it. Call inside `reading()`.
    """
    words = _words(typed)
    better = [word if _stands_somewhere(word) else _nearest(word) for word in words]
    return "" if better == words or not all(better) else " ".join(better)


def _nearest(word: str) -> str:
    """Return the most usual of the words that are one slip of the finger away."""
    if len(word) < SHORTEST_MENDED:
        return ""
    tried = sorted(_one_off(word.casefold()))
    marks = ", ".join("?" * len(tried))
    row = tables.database.execute_sql(
        f'SELECT term FROM "{VOCABULARY}" WHERE term IN ({marks}) ORDER BY doc DESC LIMIT 1', tried
    ).fetchone()
    return "" if row is None else str(row[0])


def _stands_somewhere(word: str) -> bool:
    row = tables.database.execute_sql(
        f'SELECT 1 FROM "{INDEX}" WHERE "{INDEX}" MATCH ? LIMIT 1', (_quoted(word),)
    ).fetchone()
    return row is not None


def _hits(source: Source, query: str, most: int) -> list[int]:
    rows = tables.database.execute_sql(
        f'SELECT rowid FROM "{INDEX}" WHERE "{INDEX}" MATCH ? AND rowid > ? AND rowid < ?'
        " ORDER BY rowid DESC LIMIT ?",
        (query, source.base, source.base + (1 << 40), most),
    )
    return [rowid - source.base for (rowid,) in rows]


def _words(typed: str) -> list[str]:
    """Return what to look for: words with a letter or a digit; lone signs only among themselves."""
    words = [word for word in typed.split() if any(sign.isalnum() for sign in word)]
    longer = [word for word in words if len(word) > 1]
    return (longer or words)[:LONGEST_QUERY]


def _quoted(word: str) -> str:
    """Return a word as FTS5 takes it for nothing but a word, or its beginning."""
    plain = word.replace("\0", "").replace('"', '""')
    return f'"{plain}"*'


def _one_off(word: str) -> set[str]:
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    less = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    other = {head + letter + tail[1:] for head, tail in cuts if tail for letter in LETTERS}
    more = {head + letter + tail for head, tail in cuts for letter in LETTERS}
    return (less | swapped | other | more) - {word}


def _found(db: pw.SqliteDatabase) -> Iterator[tuple[str, str]]:
    rows = db.execute_sql(
        "SELECT name, sql FROM sqlite_master WHERE name GLOB 'search_*'"
        " AND (type = 'trigger' OR sql GLOB 'CREATE VIRTUAL*') ORDER BY type DESC, name DESC"
    )
    return iter(rows.fetchall())


@cache
def _wanted() -> dict[str, str]:
    wanted = {
        INDEX: (
            f"CREATE VIRTUAL TABLE \"{INDEX}\" USING fts5(words, content='', contentless_delete=1,"
            " prefix='2 3', tokenize='unicode61 remove_diacritics 2')"
        ),
        VOCABULARY: f"CREATE VIRTUAL TABLE \"{VOCABULARY}\" USING fts5vocab('{INDEX}', 'row')",
    }
    for source, (model, columns) in _SOURCES.items():
        wanted |= _triggers(source, _name(model), columns)
    return wanted


def _triggers(source: Source, table: str, columns: Sequence[str]) -> dict[str, str]:
    number = f'{source.base} + {{row}}."id"'
    put = (
        f'INSERT INTO "{INDEX}" (rowid, words) VALUES ({number.format(row="NEW")},'
        f" {_joined('NEW.', columns)})"
    )
    take = f'DELETE FROM "{INDEX}" WHERE rowid = {number.format(row="OLD")}'
    listed = ", ".join(f'"{column}"' for column in columns)
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    events = {
        "insert": f'AFTER INSERT ON "{table}" BEGIN {put}; END',
        "update": (
            f'AFTER UPDATE OF "id", {listed} ON "{table}"'
            f' WHEN OLD."id" IS NOT NEW."id" OR {differs} BEGIN {take}; {put}; END'
        ),
        "delete": f'AFTER DELETE ON "{table}" BEGIN {take}; END',
    }
    names = {event: f"search_{source.name.lower()}_{event}" for event in events}
    return {
        names[event]: f'CREATE TRIGGER "{names[event]}" {rest}' for event, rest in events.items()
    }


def _joined(row: str, columns: Sequence[str]) -> str:
    return " || ' ' || ".join(f'{row}"{column}"' for column in columns)


def _name(model: type[pw.Model]) -> str:
    return str(model._meta.table_name)  # noqa: SLF001 - Peewee's documented way to a table's name
