"""The filled-in checklist comes back: its lines as printed, and what came of each."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import peewee as pw

from recoverydesk.domain.follow_up import Act, FollowUpStatus
from recoverydesk.records import record
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Document, FollowUp, PrintedLine


class LineState(StrEnum):
    """How a line of the paper stands now."""

    PLANNED = "planned"
    DONE = "done"
    SKIPPED = "skipped"
    MOVED = "moved"
    """Somebody has put it off since it was printed."""
    GONE = "gone"
    """Undo has taken back what planned it."""


@record
class PrintedRow:
    """One line of the paper, as it stands now."""

    number: int
    """As printed beside the box."""
    follow_up_id: int
    """0 where it is gone."""
    case_id: int | None
    customer: str
    phone: str
    title: str
    problem: str
    act: Act
    state: LineState
    due_on: date | None
    """The day it falls due now."""
    end_words: str
    """What was written when it was done or left out."""

    @property
    def waits(self) -> bool:
        """Say whether it still waits for a result."""
        return self.state is LineState.PLANNED


@record
class PrintedChecklist:
    """A checklist that was printed, its lines in the order of their numbers."""

    document_id: int
    title: str
    at: datetime
    lines: tuple[PrintedRow, ...]


_COLUMNS = (
    PrintedLine.position,
    PrintedLine.put_offs,
    FollowUp.id,
    FollowUp.case,
    Customer.name,
    Customer.phone,
    FollowUp.title,
    Case.summary,
    FollowUp.act,
    FollowUp.status,
    FollowUp.put_offs,
    FollowUp.due_on,
    FollowUp.end_words,
)


def last_printed(desk: Desk) -> PrintedChecklist | None:
    """Return the checklist that was printed or saved last; None where there has been none.

    One on which nothing stood doesn't count, nor does one that was printed by a release that
    did not yet remember the lines.
    """
    with desk.reading():
        newest = PrintedLine.select(pw.fn.MAX(PrintedLine.document)).scalar()
    return None if newest is None else printed(desk, newest)


def printed(desk: Desk, document_id: int) -> PrintedChecklist | None:
    """Return one checklist as it stands now; None where it is no longer on the desk."""
    with desk.reading():
        found = (
            Document.select(Document.id, Document.title, Document.at)
            .where(Document.id == document_id)
            .tuples()
            .first()
        )
        if found is None:
            return None
        document_id, title, at = found
        query = (
            PrintedLine.select(*_COLUMNS)
            .join(FollowUp, pw.JOIN.LEFT_OUTER, on=PrintedLine.follow_up == FollowUp.id)
            .join(Case, pw.JOIN.LEFT_OUTER, on=FollowUp.case == Case.id)
            .join(Customer, pw.JOIN.LEFT_OUTER, on=FollowUp.customer == Customer.id)
            .where(PrintedLine.document == document_id)
            .order_by(PrintedLine.position)
        )
        lines = tuple(_row(values) for values in query.tuples())
    return PrintedChecklist(document_id, title, at, lines)


def _row(values: Sequence[Any]) -> PrintedRow:
    (
        number, put_offs_then, follow_up_id, case_id, customer, phone, title, problem,
        act, status, put_offs, due_on, end_words,
    ) = values  # fmt: skip
    return PrintedRow(
        number=number,
        follow_up_id=follow_up_id or 0,
        case_id=case_id,
        customer=customer or "",
        phone=phone or "",
        title=title or "",
        problem=problem or "",
        act=Act(act or Act.CALL),
        state=_state(status, was_moved=put_offs != put_offs_then),
        due_on=due_on,
        end_words=end_words or "",
    )


def _state(status: str | None, *, was_moved: bool) -> LineState:
    if status is None:
        return LineState.GONE
    if status == FollowUpStatus.PLANNED:
        return LineState.MOVED if was_moved else LineState.PLANNED
    return LineState.SKIPPED if status == FollowUpStatus.SKIPPED else LineState.DONE
