"""E-mail drafts with the paper attached; the owner's own mail program sends them."""

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.file_name import safe_name
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import papers, shop
from recoverydesk.services.papers import Paper
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer, Document
from recoverydesk.topics import Topic


@record
class Mail:
    """A draft, as the mail program opens it."""

    to: str
    subject: str
    content: bytes
    """The .eml file."""
    file_name: str


def draft(desk: Desk, paper: Paper, *, subject: str) -> Mail:
    """Return an e-mail with a paper attached, ready to be looked through and sent.

    Args:
        desk: the open desk.
        paper: what is attached; its text is the message, too.
        subject: one line.

    Raises:
        InvalidEntryError: the customer has no e-mail address, or one that can't be.
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.reading():
        row = Customer.get_or_none(Customer.id == paper.customer_id)
        view = shop.view(desk)
    if row is None:
        raise NotFoundError("That customer is no longer on the desk.")
    if not row.email:
        raise InvalidEntryError(
            "email",
            f"There is no e-mail address for {row.name}.",
            advice="Add it on the customer's page, or print the letter.",
        )
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())
    message["To"] = _address(row.name, row.email)
    if view.email:
        message["From"] = _address(view.name, view.email)
    message["X-Unsent"] = "1"  # Outlook opens it to be sent, not as one that was received
    message.set_content(message_of(desk, paper))
    message.add_attachment(
        paper.content, maintype="application", subtype="pdf", filename=paper.file_name
    )
    stem = paper.file_name.removesuffix(".pdf")
    return Mail(row.email, message["Subject"], message.as_bytes(), safe_name(stem, "eml"))


def message_of(desk: Desk, paper: Paper) -> str:
    """Return a letter's words as a message, with the name that the paper is signed with."""
    with desk.reading():
        view = shop.view(desk)
    signed = [part for part in (view.owner, view.name) if part]
    return plain_text(paper.text) + "\n" + "\n".join(signed) + "\n"


def _address(name: str, email: str) -> Address:
    try:
        local, _, domain = email.rpartition("@")
        # What a domain is called on the wire; a name before the @ has no such form.
        wire = f"{local}@{domain.encode('idna').decode('ascii')}"
        return Address(" ".join(name.split()), addr_spec=wire)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise InvalidEntryError(
            "email",
            f"That e-mail address can't be right: {email}",
            advice="Put it right on the customer's page or in Settings.",
        ) from error


def keep(desk: Desk, paper: Paper, mail: Mail, *, now: datetime) -> int:
    """Keep a draft with its case: prepared, until the owner says that it was sent.

    The same one that still waits to be sent is not kept twice.

    Returns:
        The document's id; `papers.mark` makes it sent.
    """
    title = f"E-mail: {paper.title}"
    with desk.changing(Topic.DOCUMENTS | Topic.CASES, f"Save {title}"):
        before = _same(desk, paper, title)
        if before is not None:
            return before
        kept = replace(
            paper,
            kind=DocumentKind.EMAIL,
            title=title,
            file_name=mail.file_name,
            content=mail.content,
        )
        return papers.keep(desk, kept, DocumentStatus.PREPARED, now=now)


def _same(desk: Desk, paper: Paper, title: str) -> int | None:
    """Return the draft of the very same paper that was prepared last and waits to be sent."""
    row = (
        Document.select(Document.id, Document.content)
        .where(
            Document.kind == DocumentKind.EMAIL,
            Document.status == DocumentStatus.PREPARED,
            Document.customer == paper.customer_id,
            Document.title == title,
            Document.text == paper.text,
        )
        .order_by(Document.id.desc())
        .first()
    )
    if row is None or attached(desk.read_blob(row.content_id)) != paper.content:
        return None
    return int(row.id)


def attached(content: bytes) -> bytes:
    """Return the PDF in a kept draft; empty where there is none."""
    message = message_from_bytes(content, policy=SMTP)
    found = next(message.iter_attachments(), None)
    payload = None if found is None else found.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def plain_text(markdown: str) -> str:
    """Return a letter as the bare words that a message takes: lists with dashes, no bold."""
    from recoverydesk.documents.markup import blocks  # noqa: PLC0415 - start-up doesn't pay for it

    lines: list[str] = []
    before = ""
    for block in blocks(markdown):
        words = "".join(span.text for span in block.spans).strip()
        kind = "" if not block.marker else "1" if block.marker[0].isdecimal() else "-"
        if lines and not (kind and kind == before):
            lines.append("")
        marker = block.marker if kind == "1" else kind
        lines.append(f"{marker} {words}" if kind else words)
        before = kind
    return "\n".join(lines) + "\n"
