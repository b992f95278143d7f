"""Papers that name somebody who is to be forgotten: an empty sheet takes their place."""

from collections.abc import Iterable

from recoverydesk.domain.forgetting import pattern
from recoverydesk.services import shop
from recoverydesk.services.letterheads import letterhead
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Document

SAID = "What stood here named a customer who asked to be forgotten. The day it was made is kept."


def blank(desk: Desk) -> bytes:
    """Return the sheet that stands in for a paper."""
    from recoverydesk.documents.report import Report, Words, draw  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        head = letterhead(desk, shop.view(desk))
    return draw(Report(head, "Forgotten", "", (Words(SAID),)))


def naming(desk: Desk, words: Iterable[str]) -> list[tuple[int, str]]:
    """Return the shop's own papers, such as checklists, whose print names somebody.

    Returns:
        The id of each, and the name of its bytes.
    """
    names = pattern(words)
    if names is None:
        return []
    with desk.reading():
        own = Document.customer.is_null() & Document.case.is_null()
        papers = list(Document.select(Document.id, Document.content).where(own).tuples())
        return [
            (row_id, str(blob))
            for row_id, blob in papers
            if names.search(_print_of(desk.read_blob(str(blob))))
        ]


def empty_shared(desk: Desk, words: Iterable[str], kept: str) -> set[str]:
    """Put the empty sheet in the place of the shop's own papers that name somebody.

    Call inside `changing()`.

    Returns:
        The names of the bytes that went.
    """
    found = naming(desk, words)
    ids = [row_id for row_id, _blob in found]
    Document.update(content=kept, pages=1, text="").where(Document.id << ids).execute()
    return {blob for _row_id, blob in found}


def _print_of(content: bytes) -> str:
    """Return the words that a PDF shows, in one line."""
    import pypdfium2  # noqa: PLC0415 - start-up doesn't pay for it

    from recoverydesk.documents import pdfium  # noqa: PLC0415 - as above

    try:
        with pdfium.LOCK, pypdfium2.PdfDocument(content) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError:
        return content.decode(errors="replace")
    return " ".join(" ".join(pages).split())
