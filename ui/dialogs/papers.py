"""Papers about a case, a customer or the shop: which there are, and in which sizes."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.mailing import EnvelopeSize
from recoverydesk.errors import NotFoundError
from recoverydesk.services import case_pages, envelopes
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


def open_wished(parent: QWidget, session: Session, wish: Wish) -> None:
    """Open whatever paper a page wishes for.

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
        case WriteLetters(case_ids):
            BatchDialog(session, case_ids, parent=parent).open()
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


MAKES: dict[DocumentKind, Callable[[Session, PrintAbout], Makes]] = {
    DocumentKind.ENVELOPE: _envelope,
}
"""Which papers can be asked for, and how each is made."""
