"""Commands that write papers as PDF."""

from pathlib import Path

from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.language import LANGUAGES
from recoverydesk.services import (
    cases,
    certificates,
    checklists,
    letter_templates,
    letters,
    month_pages,
    papers,
    staff_pages,
)
from recoverydesk.services.papers import Paper
from recoverydesk.storage.desk import Desk
from ui.commands.asking import Answer, Ask, Commands


def _letter(ask: Ask) -> Answer:
    desk = ask.desk()
    draft = letters.compose(
        desk,
        cases.id_of(desk, ask.number),
        now=ask.now,
        template=ask.template or "",
        tone=ask.tone,
        language=ask.language,
    )
    return _written(ask, desk, letters.paper(desk, draft, now=ask.now))


def _certificate(ask: Ask) -> Answer:
    desk = ask.desk()
    return _written(ask, desk, certificates.paper(desk, ask.code, now=ask.now))


def _staff_page(ask: Ask) -> Answer:
    desk = ask.desk()
    return _written(ask, desk, staff_pages.paper(desk, days=ask.days, now=ask.now))


def _month_page(ask: Ask) -> Answer:
    month = None if ask.month is None else month_pages.read_month(ask.month)
    desk = ask.desk()
    return _written(ask, desk, month_pages.paper(desk, month, now=ask.now))


def _checklist(ask: Ask) -> Answer:
    desk = ask.desk()
    return _written(ask, desk, checklists.paper(desk, now=ask.now, days=ask.days))


def _written(ask: Ask, desk: Desk, paper: Paper) -> Answer:
    papers.write_file(ask.out, paper.content)
    papers.keep(desk, paper, DocumentStatus.PREPARED, now=ask.now)
    answer = {"file": str(ask.out), "title": paper.title, "pages": paper.pages}
    return answer, f"{ask.out}: {paper.title}"


def add_commands(make: Commands) -> None:
    """Describe these commands to the parser."""
    letter = make.add("letter", _letter, "write a case's letter as a PDF")
    letter.add_argument("number")
    letter.add_argument("--template")
    letter.add_argument("--tone", choices=list(letter_templates.TONES), default="")
    letter.add_argument("--language", choices=list(LANGUAGES), default="")
    letter.add_argument("--out", type=Path, required=True)
    certificate = make.add("certificate", _certificate, "write a voucher's certificate as a PDF")
    certificate.add_argument("code")
    certificate.add_argument("--out", type=Path, required=True)
    checklist = make.add("checklist", _checklist, "write the follow-ups as a PDF")
    checklist.add_argument("--days", type=int, default=0)
    checklist.add_argument("--out", type=Path, required=True)
    staff = make.add("staff-page", _staff_page, "write the page for the staff meeting as a PDF")
    staff.add_argument("--days", type=int, default=30, help="how far it looks back")
    staff.add_argument("--out", type=Path, required=True)
    month = make.add("month-page", _month_page, "write a month in plain sentences as a PDF")
    month.add_argument("--month", help="like 2026-11; this month, if left out")
    month.add_argument("--out", type=Path, required=True)
