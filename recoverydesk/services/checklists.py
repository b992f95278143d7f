"""The follow-up checklist: what is due, on paper, with room to write."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from recoverydesk.domain.days import day_long, due_words, short_words
from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.language import LANGUAGES
from recoverydesk.services import agendas, shop
from recoverydesk.services.agendas import Agenda, DueRow
from recoverydesk.services.certificates import count_pages
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.papers import Paper
from recoverydesk.services.shop import ShopView
from recoverydesk.storage.desk import Desk

if TYPE_CHECKING:
    from recoverydesk.documents.follow_up_checklist import ChecklistLine

MOST_LINES = 400
THEIR_TURN = "Their turn"


def printed_order(agenda: Agenda) -> tuple[DueRow, ...]:
    """Return the follow-ups in the order of the printed numbers."""
    return (*agenda.late, *agenda.today, *agenda.ahead)[:MOST_LINES]


def paper(desk: Desk, *, now: datetime, days: int = 0) -> Paper:
    """Return the checklist of what is late, for today and for the next days.

    Args:
        desk: the open desk.
        now: this moment (UTC).
        days: how many days past today to print; 0 for late and today alone.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.follow_up_checklist import Checklist, draw  # noqa: PLC0415 - start-up doesn't pay for it

    agenda = agendas.agenda(desk, now=now, days=max(0, days))
    with desk.reading():
        view = shop.view(desk)
        head = letterhead(desk, view)
    today = view.hours.day_of(now)
    day = day_long(today, shop.paper_locale(LANGUAGES[0], view))
    groups = []
    number = 0
    for title, late, rows in (
        ("Late", True, agenda.late),
        ("Today", False, agenda.today),
        (f"Next {days} days", False, agenda.ahead),
    ):
        lines = _lines(rows[: MOST_LINES - number], view, now=now, start=number + 1, late=late)
        number += len(lines)
        if lines:
            groups.append((title, late, tuple(lines)))
    content = draw(
        Checklist(
            letterhead=head,
            title="Follow-ups",
            day_words=day,
            summary=f"{len(agenda.late)} late, {len(agenda.today)} for today",
            groups=tuple(groups),
        )
    )
    return Paper(
        kind=DocumentKind.CHECKLIST,
        title=f"Follow-ups for {day}",
        file_name=safe_name(f"{today.isoformat()} Follow-ups"),
        content=content,
        pages=count_pages(content),
        follow_up_ids=tuple(row.follow_up_id for row in printed_order(agenda)),
    )


def _due_words(row: DueRow, view: ShopView, *, today: date, now: datetime) -> str:
    if row.their_turn and row.due_on <= today:
        return THEIR_TURN
    if row.latest_on is not None and row.due_on < today <= row.latest_on:
        return f"by {short_words(row.latest_on, today)}"
    zone = view.hours.zone
    return due_words(row.due_on, row.due_at, timed=row.timed, today=today, now=now, zone=zone).words


def _lines(
    rows: Sequence[DueRow], view: ShopView, *, now: datetime, start: int, late: bool
) -> "list[ChecklistLine]":
    from recoverydesk.documents.follow_up_checklist import ChecklistLine  # noqa: PLC0415 - start-up doesn't pay for it

    today = view.hours.day_of(now)
    return [
        ChecklistLine(
            number=number,
            task=row.title,
            customer=row.customer,
            problem=row.problem,
            phone=row.phone,
            due_words=_due_words(row, view, today=today, now=now),
            late=late,
            person=row.person,
        )
        for number, row in enumerate(rows, start=start)
    ]
