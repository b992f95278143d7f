"""A case's history: who did what and when, and how it was before and after, in plain words.

The journal keeps rows; which of them belong to a case is told by its rows as they are now, and for
those that were moved or taken away by what the journal remembers of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from json import dumps, loads
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import peewee as pw

from recoverydesk.records import record
from recoverydesk.services.history_lines import (
    EnumWords,
    HistoryLine,
    RowImages,
    Speech,
    in_words,
    lines_of,
    pointers,
)
from recoverydesk.services.history_words import CASE, TOLD, Kind
from recoverydesk.services.plans import case_by_id
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Cause,
    Change,
    ChangedRow,
    Customer,
    Incident,
    Person,
    Playbook,
    PlaybookVersion,
    Shop,
    Voucher,
    database,
)


@record
class HistoryEntry:
    """One saved change that touched a case."""

    change_id: int
    at: datetime
    """When (UTC); for showing only, as order is by `change_id`."""
    who: str
    """Whose change it was; empty where that isn't known, or only one person works here."""
    words: str
    """What was done, as it was named then."""
    undone: bool
    """It was taken back later, and that still stands."""
    lines: tuple[HistoryLine, ...]


def of_case(
    desk: Desk,
    case_id: int,
    *,
    most: int = 200,
    before: int | None = None,
    enum_words: EnumWords = in_words,
) -> tuple[HistoryEntry, ...]:
    """Return what was changed about a case, newest first; of a merged one, of what it has become.

    What was merged into the case is told with it, and so is what was changed about its customer
    since it was logged. Changes too large for the journal to keep row by row are not among them.

    Args:
        desk: the open desk.
        case_id: the case.
        most: how many changes at the most.
        before: only changes older than this one, to read on.
        enum_words: how stored values such as severities are said; the window has words for them.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.reading():
        case = case_by_id(case_id)
        rows = _rows_by_change(case)
        heads = _heads(rows)
        undone = _undone(heads)
        page = [id_ for id_ in heads if before is None or id_ < before][: max(most, 0)]
        images = _images(chain.from_iterable(rows[id_] for id_ in page))
        people = dict(Person.select(Person.id, Person.name).tuples())
        speech = speech_of(images.values(), people, enum_words)
        return tuple(
            HistoryEntry(
                change_id=id_,
                at=heads[id_].at,
                who=people.get(heads[id_].person_id, "") if len(people) > 1 else "",
                words=heads[id_].words,
                undone=id_ in undone,
                lines=lines_of([images[one] for one in rows[id_]], speech, case.number),
            )
            for id_ in page
        )


class _Head(NamedTuple):
    """A change's own line in the journal."""

    at: datetime
    words: str
    person_id: int | None
    undoes_id: int | None


def _heads(ids: Iterable[int]) -> dict[int, _Head]:
    """Return the heads of changes, the newest first."""
    columns = Change.id, Change.at, Change.words, Change.person_id, Change.undoes_id
    query = Change.select(*columns).where(Change.id.in_(_listed(ids))).order_by(Change.id.desc())
    return {values[0]: _Head(*values[1:]) for values in query.tuples()}


def _listed(ids: Iterable[int]) -> pw.SQL:
    """Return ids as one parameter, however many there are."""
    return pw.SQL('(SELECT "value" FROM json_each(?))', [dumps(list(ids))])


def _undone(newest_first: Mapping[int, _Head]) -> frozenset[int]:
    """Return which changes don't stand: what took one back touched its rows, so it is here, too."""
    undone: set[int] = set()
    for id_, head in newest_first.items():
        if head.undoes_id is not None and id_ not in undone:
            undone.add(head.undoes_id)
    return frozenset(undone)


# Which rows are the case's


PARENTS = {"voucher": ("remedy_id", "remedy"), "voucher_entry": ("voucher_id", "voucher")}
"""Tables whose rows belong to a case by way of another row: the column, and its table."""

OF_CASE = tuple(name for name in TOLD if name not in {CASE, "customer", *PARENTS})
"""Tables whose rows name their case."""

COME_AND_GO = ("attachment", "why", "case_link")
"""Rows that are taken away or moved by changes that leave the case's own row alone."""


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _named(side: str) -> str:
    """Return the SQL for what says whose row it was, by its table; NULL where there is no image.

    A case goes by its number: an id is used again, a number never.

    Args:
        side: before or after.
    """
    image = f'"{side}"'
    return (
        f"CASE \"table_name\" WHEN '{CASE}' THEN json_extract({image}, '$.number')"
        + "".join(
            f" WHEN '{table}' THEN json_extract({image}, '$.{column}')"
            for table, (column, _parent) in PARENTS.items()
        )
        + f" WHEN 'case_link' THEN CASE WHEN json_extract({image}, '$.other_id') IN \"wanted\""
        f" THEN json_extract({image}, '$.other_id') ELSE json_extract({image}, '$.case_id') END"
        f" WHEN 'customer' THEN NULL ELSE json_extract({image}, '$.case_id') END"
    )


_THEIRS_NOW = " UNION ALL ".join(
    [
        f'SELECT \'{CASE}\', "id", 1 FROM "wanted"',
        *(
            f'SELECT \'{table}\', "id", 1 FROM "{table}" WHERE "case_id" IN "wanted"'
            for table in OF_CASE
        ),
        'SELECT \'case_link\', "id", 1 FROM "case_link" WHERE "other_id" IN "wanted"',
        'SELECT \'voucher\', "id", 1 FROM "codes"',
        'SELECT \'voucher_entry\', "id", 1 FROM "voucher_entry" WHERE "voucher_id" IN "codes"',
    ]
)

_NAMES_IT = f'({_named("before")} IN "wanted" OR {_named("after")} IN "wanted")'

# Undo, where what it took away touched nothing that is still there. The plus keeps SQLite from
# going through a whole table's rows instead of a few changes' rows.
_TAKEN_BACK = f"""
    SELECT "change_id" FROM "changed_row"
    WHERE "change_id" IN (SELECT "id" FROM "change" WHERE "undoes_id" IS NOT NULL)
        AND "after" IS NULL
        AND CASE "table_name"
            WHEN 'voucher' THEN json_extract("before", '$.remedy_id') IN "given"
            WHEN 'voucher_entry' THEN json_extract("before", '$.voucher_id') IN "codes"
            ELSE +"table_name" IN ({_quoted(OF_CASE)}) AND {_named("before")} IN "wanted" END"""

# What isn't the case's any more: it was written together with what still is, or Undo took it away;
# or its table is one of the few whose rows come and go by themselves.
_THEIRS_THEN = f"""
    SELECT "table_name", "row_id", 0 FROM "changed_row"
    WHERE "change_id" IN (
            SELECT "change_id" FROM "theirs_now" CROSS JOIN "changed_row"
            USING ("table_name", "row_id") UNION ALL {_TAKEN_BACK})
        AND (+"table_name" IN ({_quoted(PARENTS)})
            OR (+"table_name" IN ({_quoted(OF_CASE)}) AND {_NAMES_IT}))
    UNION ALL
    SELECT "table_name", "row_id", 0 FROM "changed_row"
    WHERE "table_name" IN ({_quoted(COME_AND_GO)}) AND "before" IS NOT NULL AND {_NAMES_IT}"""

_ROWS = f"""
    WITH "wanted"("id") AS MATERIALIZED (SELECT "value" FROM json_each(?)),
    "given"("id") AS MATERIALIZED (SELECT "id" FROM "remedy" WHERE "case_id" IN "wanted"),
    "codes"("id") AS MATERIALIZED (SELECT "id" FROM "voucher" WHERE "remedy_id" IN "given"),
    "theirs_now"("table_name", "row_id", "now") AS MATERIALIZED ({_THEIRS_NOW}),
    "each_once"("table_name", "row_id", "now") AS MATERIALIZED
        (SELECT "table_name", "row_id", max("now") FROM
            (SELECT * FROM "theirs_now" UNION ALL {_THEIRS_THEN} UNION ALL SELECT 'customer', ?, 1)
         GROUP BY "table_name", "row_id")
    SELECT "changed_row"."id", "change_id", "table_name", "row_id", "now",
        {_named("before")}, {_named("after")}
    FROM "each_once" CROSS JOIN "changed_row" USING ("table_name", "row_id")
    ORDER BY "changed_row"."id\""""


def _rows_by_change(case: Case) -> dict[int, list[int]]:
    """Return the ids of the journal's rows about a case, by their change."""
    merged = Case.select(Case.id, Case.number).where(
        (Case.id == case.id) | (Case.merged_into == case.id)
    )
    numbers: dict[int, str] = dict(merged.tuples())
    found = database.execute_sql(_ROWS, (dumps(list(numbers)), case.customer_id)).fetchall()
    whose = _Whose(numbers)
    born = 0
    by_change: dict[int, list[int]] = {}
    about_customer = []
    for id_, change_id, table, row_id, now, before, after in found:
        if table == "customer":
            about_customer.append((change_id, id_))
        elif whose.is_ours((table, row_id), (before, after), now=bool(now)):
            by_change.setdefault(change_id, []).append(id_)
            born = born or (change_id if table == CASE else 0)
    for change_id, id_ in about_customer:
        if change_id >= born:
            by_change.setdefault(change_id, []).append(id_)
    return {change_id: sorted(ids) for change_id, ids in by_change.items()}


class _Whose:
    """Follows the journal from its start and tells whose a row was: ids are used again."""

    def __init__(self, numbers: Mapping[int, str]) -> None:
        self._numbers = numbers
        self._known: dict[tuple[str, int], bool] = {}

    def is_ours(self, row: tuple[str, int], named: Sequence[Any], *, now: bool) -> bool:
        """Say whether a change of a row is about the case.

        Args:
            row: its table and id.
            named: what says whose it was before and after; None where it wasn't there.
            now: whether it is one of the case's rows today.
        """
        told = [self._belongs(row, one, now=now) for one in named if one is not None]
        if told:
            self._known[row] = told[-1]
        return any(told)

    def _belongs(self, row: tuple[str, int], named: Any, *, now: bool) -> bool:  # noqa: ANN401
        table, row_id = row
        if table == CASE:
            return bool(self._numbers.get(row_id) == named)
        if table in PARENTS:
            return self._known.get((PARENTS[table][1], named), now)
        return named in self._numbers and bool(self._known.get((CASE, named), True))


# How they read


def _images(ids: Iterable[int]) -> dict[int, RowImages]:
    query = ChangedRow.select(
        ChangedRow.id, ChangedRow.table_name, ChangedRow.before, ChangedRow.after
    ).where(ChangedRow.id.in_(_listed(ids)))
    return {
        id_: RowImages(table, before and loads(before), after and loads(after))
        for id_, table, before, after in query.tuples()
    }


def speech_of(
    rows: Iterable[RowImages], people: Mapping[int, str], enum_words: EnumWords
) -> Speech:
    """Return what it takes to put rows into words: one query for each kind of name in them."""
    currency, locale, zone = Shop.select(Shop.currency, Shop.locale, Shop.time_zone).tuples().get()
    names: dict[tuple[Kind, int], str] = {(Kind.PERSON, id_): name for id_, name in people.items()}
    for kind, ids in pointers(rows).items():
        if kind is not Kind.PERSON:
            found = _NAMES[kind]().where(_IDS[kind].in_(_listed(ids)))
            names |= {(kind, values[0]): _joined(values[1:]) for values in found.tuples()}
    return Speech(locale, currency, ZoneInfo(zone), names, enum_words)


def _joined(names: Iterable[str | None]) -> str:
    return " / ".join(name for name in names if name)


_GROUP = Cause.alias()
_NAMES: Mapping[Kind, Callable[[], Any]] = {
    Kind.CAUSE: lambda: Cause.select(Cause.id, _GROUP.name, Cause.name).join(
        _GROUP, pw.JOIN.LEFT_OUTER, on=Cause.parent == _GROUP.id
    ),
    Kind.CUSTOMER: lambda: Customer.select(Customer.id, Customer.name),
    Kind.CASE: lambda: Case.select(Case.id, Case.number),
    Kind.INCIDENT: lambda: Incident.select(Incident.id, Incident.title),
    Kind.PLAN: lambda: PlaybookVersion.select(PlaybookVersion.id, Playbook.name).join(Playbook),
    Kind.VOUCHER: lambda: Voucher.select(Voucher.id, Voucher.code),
}
_IDS: Mapping[Kind, Any] = {
    Kind.CAUSE: Cause.id,
    Kind.CUSTOMER: Customer.id,
    Kind.CASE: Case.id,
    Kind.INCIDENT: Incident.id,
    Kind.PLAN: PlaybookVersion.id,
    Kind.VOUCHER: Voucher.id,
}
