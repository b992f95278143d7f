"""Papers about a case, a customer or the shop: which there are, and in which sizes."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import month_name
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.mailing import EnvelopeSize
from recoverydesk.errors import NotFoundError
from recoverydesk.services import (
    cards,
    case_files,
    case_pages,
    envelopes,
    month_pages,
    policies,
    slips,
    staff_pages,
)
from recoverydesk.services.papers import Paper
from ui.dialogs.batch import BatchDialog
from ui.dialogs.paper import (
    Makes,
    PaperDialog,
    open_certificate,
    open_checklist,
    open_kept,
    open_made,
)
from ui.session import Session
from ui.widgets.page import (
    PrintAbout,
    PrintCertificate,
    PrintChecklist,
    ShowPaper,
    Wish,
    WriteLetters,
)
from ui.wording import label, tr

DAYS = ((30, "30 days"), (90, "90 days"), (365, "A year"))
"""What a page for the staff meeting may look back on."""

LOOK_BACK_DAYS = 7


def open_wished(
    parent: QWidget, session: Session, wish: Wish, *, show_case: Callable[[int], object]
) -> None:
    """Open whatever paper a page wishes for.

    Args:
        parent: the window it belongs to.
        session: the open desk.
        wish: what is wished for.
        show_case: leads to a case by its id, where a paper has something missing.

    Raises:
        RecoveryDeskError: it can't be made, or is gone; the sentence says why.
    """
    match wish:
        case PrintChecklist():
            open_checklist(parent, session)
        case PrintCertificate(code):
            open_certificate(parent, session, code)
        case ShowPaper(document_id):
            open_kept(parent, session, document_id)
        case WriteLetters(case_ids, template):
            dialog = BatchDialog(session, case_ids, template, parent=parent)
            dialog.case_wanted.connect(show_case)
            dialog.open()
        case PrintAbout():
            open_about(parent, session, wish)


def open_about(parent: QWidget, session: Session, wish: PrintAbout) -> PaperDialog:
    """Show a paper, ready to print.

    Raises:
        InvalidEntryError: something it needs isn't there, as an address for an envelope.
        NotFoundError: the case or the customer is no longer on the desk.
    """
    return open_made(parent, session, MAKES[wish.kind](session, wish))


def _case_id(wish: PrintAbout) -> int:
    if wish.case_id is None:
        raise NotFoundError("That case is no longer on the desk.")
    return wish.case_id


def _slip(session: Session, wish: PrintAbout) -> Makes:
    def make(size: str) -> Paper:
        return slips.acknowledgement(session.desk, _case_id(wish), size=size, now=session.now())

    options = (("a6", tr("A6 card")), ("a5", tr("A5 card")), ("roll", tr("80 mm roll")))
    return Makes(tr("Size"), options, make)


def _case_file(session: Session, wish: PrintAbout) -> Makes:
    def make(what: str) -> Paper:
        return case_files.paper(
            session.desk,
            _case_id(wish),
            with_notes=what == "all",
            with_costs=what != "plain",
            now=session.now(),
        )

    options = (
        ("plain", tr("Without costs and notes")),
        ("costs", tr("With costs")),
        ("all", tr("With costs and private notes")),
    )
    return Makes(tr("What it holds"), options, make)


def _comment_card(session: Session, wish: PrintAbout) -> Makes:
    def make(_key: str) -> Paper:
        return cards.comment(session.desk, _case_id(wish), now=session.now())

    return Makes(tr("Size"), (("a6", tr("A6 card")),), make)


def _envelope(session: Session, wish: PrintAbout) -> Makes:
    customer_id = (
        wish.customer_ids[0]
        if wish.customer_ids
        else case_pages.view(session.desk, _case_id(wish)).customer_id
    )

    def make(size: str) -> Paper:
        return envelopes.envelope(session.desk, customer_id, EnvelopeSize(size), now=session.now())

    sizes = list(EnvelopeSize)
    if session.shop.paper == "letter":
        sizes.sort(key=lambda size: size is not EnvelopeSize.US_10)
    options = tuple((size.value, label(size).text) for size in sizes)
    return Makes(tr("Size"), options, make)


def _staff_page(session: Session, _wish: PrintAbout) -> Makes:
    def make(days: str) -> Paper:
        return staff_pages.paper(session.desk, days=int(days), now=session.now())

    options = tuple((str(days), tr(words)) for days, words in DAYS)
    return Makes(tr("Looking back on"), options, make)


def _month_page(session: Session, _wish: PrintAbout) -> Makes:
    months = month_pages.months(session.desk, now=session.now())
    # In the first days of a month the one to look back on is the one before.
    if session.today().day <= LOOK_BACK_DAYS:
        months = (*months[1:], months[0])

    def make(key: str) -> Paper:
        month = month_pages.read_month(key)
        return month_pages.paper(session.desk, month, now=session.now())

    options = tuple((one.key, f"{month_name(one.month)} {one.year}") for one in months)
    return Makes(tr("Month"), options, make)


def _policy(session: Session, _wish: PrintAbout) -> Makes:
    def make(_key: str) -> Paper:
        return policies.paper(session.desk, now=session.now())

    def keep(paper: Paper, status: DocumentStatus) -> int:
        return policies.keep(session.desk, paper, status, now=session.now())

    return Makes(tr("Version"), (("now", tr("As your settings are now")),), make, keep)


def _intake_card(session: Session, _wish: PrintAbout) -> Makes:
    def make(count: str) -> Paper:
        return cards.intake(session.desk, count=int(count), now=session.now())

    options = (("2", tr("2 cards")), ("10", tr("10 cards")), ("20", tr("20 cards")))
    return Makes(tr("How many"), options, make)


def _poster(session: Session, _wish: PrintAbout) -> Makes:
    def make(size: str) -> Paper:
        return cards.poster(session.desk, size=size, now=session.now())

    own = session.shop.paper
    usual = (own, "US Letter" if own == "letter" else "A4")
    return Makes(tr("Size"), (usual, ("a3", "A3")), make)


MAKES: dict[DocumentKind, Callable[[Session, PrintAbout], Makes]] = {
    DocumentKind.SLIP: _slip,
    DocumentKind.CASE_FILE: _case_file,
    DocumentKind.COMMENT_CARD: _comment_card,
    DocumentKind.ENVELOPE: _envelope,
    DocumentKind.STAFF_PAGE: _staff_page,
    DocumentKind.MONTH_PAGE: _month_page,
    DocumentKind.POLICY: _policy,
    DocumentKind.INTAKE_CARD: _intake_card,
    DocumentKind.POSTER: _poster,
}
"""Which papers can be asked for, and how each is made."""
