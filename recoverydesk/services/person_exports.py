"""Everything held on one person, given to them: a paper to read, a file for computers, their files.

Whoever asks what a shop holds on them has a right to an answer within a month, in a form that they
can read and take elsewhere (GDPR, articles 12, 15 and 20). What remedies cost the shop is the
shop's own and stays out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peewee as pw

from recoverydesk import __version__
from recoverydesk.domain.days import day_plain
from recoverydesk.domain.file_name import safe_name
from recoverydesk.errors import FileTroubleError
from recoverydesk.records import record
from recoverydesk.services import papers, person_rows, shop
from recoverydesk.services.history import speech_of
from recoverydesk.services.history_lines import Image, RowImages, Speech, in_words
from recoverydesk.services.history_words import CASE, TOLD, Kind
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.person_rows import PersonRows
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Attachment,
    Case,
    Change,
    ChangedRow,
    Customer,
    Document,
    Person,
    Sale,
    database,
)

if TYPE_CHECKING:
    from recoverydesk.documents.report import Part

READABLE, FOR_COMPUTERS, FILES = "Everything we hold.pdf", "Everything we hold.json", "Files"

OUR_OWN = frozenset({"cost_cents", "cost_percent"})
"""What something costs the shop says nothing about the person."""

MANY = {"customer": "About them", CASE: "Cases"}
"""Headings of the tables that aren't called by their noun."""


@record
class PersonExport:
    """What was written.

    Attributes:
        folder: where it lies.
        readable: the paper among it.
        files: letters, photos and other files beside it.
        pages: of the paper.
    """

    folder: Path
    readable: Path
    files: int
    pages: int


@record
class Held:
    """What is held on somebody, counted, to look at before it is given away.

    Attributes:
        name: theirs.
        cases, contacts, papers, files: how many.
        private: whether there are words among it that were meant for the owner alone.
    """

    name: str
    cases: int
    contacts: int
    papers: int
    files: int
    private: bool


def held(desk: Desk, customer_id: int) -> Held:
    """Return what is held on a person, counted.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.reading():
        whose = person_rows.of(desk, customer_id)
        counts = {table._meta.table_name: len(ids) for table, ids in whose.rows.items()}  # noqa: SLF001
        name = str(Customer.select(Customer.name).where(Customer.id == whose.customer_id).scalar())
        noted = Customer.select().where(Customer.id << whose.customers, Customer.note != "")
        private = (Case.private_note != "") | (Case.good_faith_reason != "")
        thought = Case.select().where(Case.id << whose.cases, private)
        return Held(
            name=name,
            cases=len(whose.cases),
            contacts=counts.get("contact", 0),
            papers=counts.get("document", 0),
            files=counts.get("attachment", 0),
            private=bool(noted.exists() or thought.exists()),
        )


def export(desk: Desk, customer_id: int, folder: Path, *, now: datetime) -> PersonExport:
    """Write everything held on a person into a new folder.

    Args:
        desk: the open desk.
        customer_id: who.
        folder: where the new folder is made; what lies there already stays as it is.
        now: this moment (UTC).

    Raises:
        NotFoundError: the customer is no longer on the desk.
        FileTroubleError: the folder or the disk won't take it.
    """
    from recoverydesk.documents.report import Report, draw  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        whose = person_rows.of(desk, customer_id)
        tables = {_name(table): list(_plain_rows(table, ids)) for table, ids in whose.rows.items()}
        name = next(row["name"] for row in tables["customer"] if row["id"] == whose.customer_id)
        history = list(_history(whose))
        contents = list(_contents(desk, whose))
        view = shop.view(desk)
        day = view.hours.day_of(now)
        report = Report(
            letterhead=letterhead(desk, view),
            title="Everything we hold",
            subtitle=f"On {name}, written on {day_plain(day, view.locale)}",
            parts=tuple(_told(tables, _speech(tables), contents)),
            foot=f"{view.name}: for {name} alone",
        )
    paper = draw(report)
    target = papers.free_path(folder, safe_name(f"{day.isoformat()} {name}", "data"))
    whole = {
        "made_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "made_by": f"RecoveryDesk {__version__}",
        "shop": view.name,
        "money": f"whole minor units of {view.currency}",
        "times": "UTC",
        "held": tables,
        "history": history,
        "files": [path for path, _content in contents],
    }
    try:
        target.mkdir(parents=True)
    except OSError as error:
        raise FileTroubleError(
            f"That folder can't be written to: {folder}",
            advice="Nothing was written. Choose another folder.",
        ) from error
    written = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    papers.write_file(target / FOR_COMPUTERS, written)
    for path, content in contents:
        papers.write_file(target / path, content)
    papers.write_file(target / READABLE, paper)
    from recoverydesk.services.certificates import count_pages  # noqa: PLC0415 - as above

    return PersonExport(target, target / READABLE, len(contents), count_pages(paper))


def _name(table: type[pw.Model]) -> str:
    return str(table._meta.table_name)  # noqa: SLF001 - Peewee's documented way


def _plain_rows(table: Any, ids: Sequence[int]) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - peewee's own
    """Yield rows as they are stored, column to value, but for what is the shop's own."""
    fields = [one.column_name for one in table._meta.sorted_fields]  # noqa: SLF001
    names = [one for one in fields if one not in OUR_OWN]
    listed = ", ".join(f'"{name}"' for name in names)
    found = database.execute_sql(
        f'SELECT {listed} FROM "{_name(table)}" WHERE "id" IN (SELECT "value" FROM json_each(?))'
        ' ORDER BY "id"',
        (json.dumps(ids),),
    )
    for row in found:
        yield dict(zip(names, row, strict=True))


def _history(whose: PersonRows) -> Iterator[dict[str, Any]]:
    """Yield what was changed in their rows, and when; oldest first."""
    for table, ids in whose.rows.items():
        query = (
            ChangedRow.select(
                Change.at,
                ChangedRow.table_name,
                ChangedRow.row_id,
                ChangedRow.before,
                ChangedRow.after,
            )
            .join(Change, on=ChangedRow.change_id == Change.id)
            .where(ChangedRow.table_name == _name(table), ChangedRow.row_id << ids)
            .order_by(ChangedRow.id)
        )
        for at, name, row_id, before, after in query.tuples():
            yield {
                "at": f"{_stamp(at):%Y-%m-%dT%H:%M:%SZ}",
                "table": name,
                "id": row_id,
                "before": _image(before),
                "after": _image(after),
            }


def _stamp(value: Any) -> datetime:  # noqa: ANN401 - a joined column may come as it is stored
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def _image(text: str | None) -> Any:  # noqa: ANN401 - a row, or none
    if text is None:
        return None
    return {name: value for name, value in json.loads(text).items() if name not in OUR_OWN}


def _contents(desk: Desk, whose: PersonRows) -> Iterator[tuple[str, bytes]]:
    """Yield the letters, photos and other files with the name that each gets, none twice."""
    taken: set[str] = set()
    papers_kept = Document.select(Document.file_name, Document.content).where(
        Document.id << whose.rows.get(Document, ())
    )
    attached = Attachment.select(Attachment.name, Attachment.content).where(
        Attachment.id << whose.rows.get(Attachment, ())
    )
    for query in (papers_kept, attached):
        for file_name, blob in query.tuples():
            stem, _, ending = str(file_name).rpartition(".")
            name = safe_name(stem or ending, ending if stem and ending.isalnum() else "bin")
            nth = 1
            while name.casefold() in taken:
                nth += 1
                name = safe_name(f"{stem or ending} {nth}", name.rpartition(".")[2])
            taken.add(name.casefold())
            yield f"{FILES}/{name}", desk.read_blob(str(blob))


# The paper


def _speech(tables: Mapping[str, Sequence[Image]]) -> Speech:
    images = [
        RowImages(table, None, row)
        for table, rows in tables.items()
        if table in TOLD
        for row in rows
    ]
    people = dict(Person.select(Person.id, Person.name).tuples())
    return speech_of(images, people, in_words)


def _told(
    tables: Mapping[str, Sequence[Image]], speech: Speech, contents: Sequence[tuple[str, bytes]]
) -> Iterator["Part"]:
    from recoverydesk.documents.report import Entry, Heading, Words  # noqa: PLC0415 - as above

    for table, rows in tables.items():
        if table in TOLD:
            yield from _table(table, rows, speech)
    if sales := tables.get(_name(Sale)):
        yield Heading("Purchases, from the till")
        for row in sales:
            day = speech.say(row, "sold_on", Kind.DAY)
            yield Entry(day, "", speech.say(row, "amount_cents", Kind.MONEY))
    if contents:
        yield Heading("Files that come with this paper")
        yield Words("\n".join(path.removeprefix(f"{FILES}/") for path, _content in contents))
    yield Words(
        "The same, row by row and with what was changed when, is in the file"
        f" “{FOR_COMPUTERS}” beside this.",
        quiet=True,
    )


def _table(table: str, rows: Sequence[Image], speech: Speech) -> Iterator["Part"]:
    from recoverydesk.documents.report import Entry, Heading, Subheading  # noqa: PLC0415 - as above

    told = TOLD[table]
    yield Heading(MANY.get(table, told.noun))
    for nth, row in enumerate(rows, start=1):
        if len(rows) > 1:
            yield Subheading(f"{nth} of {len(rows)}")
        for column, (what, how) in told.columns.items():
            words = speech.say(row, column, how) if _is_said(row, column, how) else ""
            if words:
                yield Entry(what, words)


def _is_said(row: Image, column: str, how: Any) -> bool:  # noqa: ANN401 - a kind of value
    """Leave out what was never so: a page of "no" says nothing."""
    return column in row and not (how is Kind.FLAG and not row[column])
