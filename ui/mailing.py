"""A paper handed to the owner's own mail program, and kept as it was handed over."""

from recoverydesk.services import mails, papers
from recoverydesk.services.papers import Paper
from ui import printing
from ui.session import Session
from ui.wording import filled


def hand_over(session: Session, paper: Paper, *, subject: str = "") -> str:
    """Keep a paper as an e-mail draft, prepared, and open it; return its file's name.

    Args:
        session: the open desk.
        paper: what is attached.
        subject: one line; empty takes the first of its words, or the shop's name.

    Raises:
        InvalidEntryError: the customer has no e-mail address, or one that can't be.
        NotFoundError: the customer is no longer on the desk.
        FileTroubleError: it can't be written, or no program takes it; it is kept all the same.
    """
    first = mails.plain_text(paper.text).partition("\n")[0]
    mail = mails.draft(session.desk, paper, subject=subject or first or session.shop.name)
    document_id = mails.keep(session.desk, paper, mail, now=session.now())
    file_name, content = papers.content(session.desk, document_id)
    return printing.open_draft(content, file_name).name


def told(file_name: str) -> str:
    """Return what the owner is told of it."""
    return filled(
        "{file} is open in your mail program. Once it is sent, say so on the case.",
        file=file_name,
    )
