"""The papers that went out: their exact bytes are kept and never change."""

import json
import os
import tempfile
from collections.abc import Set
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import peewee as pw

from recoverydesk.domain import apology
from recoverydesk.domain.contact import Direction, Reach, Way
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.language import LANGUAGES
from recoverydesk.errors import FileTroubleError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import contacts, fix_news, promises
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.plans import case_by_id, settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Change,
    ChangedRow,
    Document,
    FollowUp,
    PrintedLine,
    Remedy,
    Voucher,
)
from recoverydesk.topics import Topic


@record
class Paper:
    """A paper ready to leave the shop."""

    kind: DocumentKind
    title: str
    file_name: str
    content: bytes
    """The PDF; of an e-mail, its draft."""
    pages: int
    text: str = ""
    template: str = ""
    case_id: int | None = None
    customer_id: int | None = None
    voucher_id: int | None = None
    """The voucher it is the certificate of."""
    voucher_ids: tuple[int, ...] = ()
    """The vouchers that are enclosed in it, or whose codes it names."""
    enclosed_ids: tuple[int, ...] = ()
    """Those of them whose certificates go with it."""
    promised_at: datetime | None = None
    """Until when it says that they hear from the shop (UTC)."""
    follow_up_ids: tuple[int, ...] = ()
    """What stands on a checklist, in the order of its numbers."""


@record
class PaperView:
    """A paper that is kept, as its case lists it."""

    document_id: int
    kind: DocumentKind
    title: str
    file_name: str
    status: DocumentStatus
    at: datetime
    pages: int
    template: str = ""


OUT = frozenset({DocumentStatus.PRINTED, DocumentStatus.SENT, DocumentStatus.HANDED_OVER})
"""From here on its bytes never change, and Undo leaves it on record."""

LETTERS = frozenset({DocumentKind.LETTER, DocumentKind.EMAIL})

GONE = OUT | {DocumentStatus.PREPARED}
"""A file that was saved may have been sent, too."""

PDF = "application/pdf"
MEDIA = {DocumentKind.EMAIL: "message/rfc822"}
"""What a kept paper's bytes are, where they are no PDF."""

APOLOGIES = ("apology", "safety", "own_")
"""How the keys of letters begin that may say sorry; whether they do, their words tell."""

ACKNOWLEDGEMENT = "acknowledgement"
"""The template of a slip, and of the e-mail it goes with: "we have heard you"."""

UNTIL_THEN = frozenset({ACKNOWLEDGEMENT, "still_working"})
"""Papers that say "by then you hear from us"; all others name the day of a call."""

WORDS = {
    DocumentStatus.PREPARED: "Save",
    DocumentStatus.PRINTED: "Print",
    DocumentStatus.SENT: "Send",
    DocumentStatus.HANDED_OVER: "Hand over",
}


def keep(desk: Desk, paper: Paper, status: DocumentStatus, *, now: datetime) -> int:
    """Keep the exact bytes of a paper that was saved, printed or handed over.

    A voucher whose code has left the shop stays: what issued it can't be undone any more, even
    where the paper was only saved, as nobody knows where that file has gone.

    Returns:
        The document's id.
    """
    topics = Topic.DOCUMENTS | Topic.CASES
    words = f"{WORDS.get(status, 'Keep')} {paper.title}"
    with desk.changing(topics, words, undoable=status not in OUT):
        row = Document.create(
            kind=paper.kind,
            title=paper.title,
            file_name=paper.file_name,
            customer=paper.customer_id,
            case=paper.case_id,
            voucher=paper.voucher_id,
            template=paper.template,
            status=status,
            content=desk.keep_blob(paper.content, MEDIA.get(paper.kind, PDF)),
            text=paper.text,
            pages=paper.pages,
            at=utc(now),
            person=desk.person_id,
            promised_at=paper.promised_at,
            enclosed=json.dumps(paper.enclosed_ids),
        )
        _keep_lines(row, paper.follow_up_ids)
        if status in GONE:
            _hold({*paper.voucher_ids, paper.voucher_id})
        if status in OUT:
            _went_out(desk, row, now=now)
            fix_news.told_by(row, now=now)
        return int(row.id)


def _keep_lines(row: Document, follow_up_ids: tuple[int, ...]) -> None:
    """Remember what each number of a checklist stands for, and how that stood."""
    columns = (FollowUp.id, FollowUp.due_on, FollowUp.put_offs)
    found = FollowUp.select(*columns).where(FollowUp.id.in_(follow_up_ids))
    there = {values[0]: values for values in found.tuples()} if follow_up_ids else {}
    lines = []
    for position, wanted in enumerate(follow_up_ids, start=1):
        # What was taken back while the preview stood open keeps its number all the same.
        follow_up_id, due_on, put_offs = there.get(wanted, (None, None, 0))
        lines.append(
            {
                "document": row.id,
                "position": position,
                "follow_up": follow_up_id,
                "due_on": due_on,
                "put_offs": put_offs,
            }
        )
    if lines:
        PrintedLine.insert_many(lines).execute()


def _settle_for_good(document_id: int) -> None:
    """Keep Undo from offering to take back the saving of a paper that has gone out since."""
    is_paper = ChangedRow.table_name == Document._meta.table_name  # noqa: SLF001 - Peewee's documented way
    made = ChangedRow.select(ChangedRow.change_id).where(
        is_paper, ChangedRow.row_id == document_id, ChangedRow.before.is_null()
    )
    Change.update(undoable=False).where(Change.id.in_(made)).execute()


def _hold(vouchers: Set[int | None]) -> None:
    """Keep Undo from taking back the vouchers on a paper, and what was agreed for them."""
    ids = vouchers - {None}
    if not ids:
        return
    remedies = Voucher.select(Voucher.remedy).where(Voucher.id.in_(ids))
    is_voucher = (ChangedRow.table_name == Voucher._meta.table_name) & ChangedRow.row_id.in_(ids)  # noqa: SLF001 - Peewee's documented way
    is_remedy = (ChangedRow.table_name == Remedy._meta.table_name) & ChangedRow.row_id.in_(remedies)  # noqa: SLF001
    made = ChangedRow.select(ChangedRow.change_id).where(
        is_voucher | is_remedy, ChangedRow.before.is_null()
    )
    Change.update(undoable=False).where(Change.id.in_(made)).execute()


def _went_out(desk: Desk, row: Document, *, now: datetime) -> None:
    """Let the case know what a paper about it has told the customer."""
    if row.case_id is None:
        return
    if row.template == ACKNOWLEDGEMENT:
        _note_acknowledgement(desk, row, row.case_id, now=now)
    case = case_by_id(row.case_id)
    if row.kind in LETTERS and row.template.startswith(APOLOGIES) and _says_sorry(row.text):
        case.apologised_at = case.apologised_at or utc(now)
    if row.promised_at is not None and row.promised_at > now:
        promises.give(
            case,
            row.promised_at,
            until=row.template in UNTIL_THEN,
            hours=hours_of_shop(),
            now=utc(now),
            person_id=desk.person_id,
        )
    settle(case, now=now)


def _note_acknowledgement(desk: Desk, row: Document, case_id: int, *, now: datetime) -> None:
    """A slip that went out is a word that was left."""
    mailed = row.kind == DocumentKind.EMAIL
    promised = "" if row.promised_at is None else ", and by when they hear from us"
    entry = ContactEntry(
        way=Way.EMAIL if mailed else Way.VISIT,
        reach=Reach.LEFT_WORD,
        direction=Direction.OUT,
        words=f"{'Sent them' if mailed else 'Gave them a slip with'} their number,"
        f" {case_by_id(case_id).number}{promised}.",
    )
    contacts.log(desk, case_id, entry, now=now, keeps_promises=False)


def _says_sorry(text: str) -> bool:
    return any(apology.parts(text, language=language).regret for language in LANGUAGES)


def mark(desk: Desk, document_id: int, status: DocumentStatus, *, now: datetime) -> None:
    """Note that a kept paper was printed, sent or handed over.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it went out before and can't go back to being a draft.
    """
    with desk.changing(Topic.DOCUMENTS | Topic.CASES, "Mark a paper", undoable=False):
        row = Document.get_or_none(Document.id == document_id)
        if row is None:
            raise NotFoundError("That paper is no longer on the desk.")
        if row.status in OUT and status not in OUT:
            raise NotAllowedError("That paper has gone out, so it stays on record as it is.")
        was_out = row.status in OUT
        row.status, row.at = status, utc(now)
        row.save(only=row.dirty_fields)
        if status in GONE:
            _hold({row.voucher_id})
        if status in OUT:
            _settle_for_good(row.id)
        if status in OUT and not was_out:
            _went_out(desk, row, now=now)
            fix_news.told_by(row, now=now)


def content(desk: Desk, document_id: int) -> tuple[str, bytes]:
    """Return a kept paper's file name and its exact bytes.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        found = (
            Document.select(Document.file_name, Document.content)
            .where(Document.id == document_id)
            .tuples()
            .first()
        )
        if found is None:
            raise NotFoundError("That paper is no longer on the desk.")
        file_name, blob_hash = found
        return str(file_name), desk.read_blob(blob_hash)


def view(desk: Desk, document_id: int) -> PaperView:
    """Return a paper that is kept.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        found = _views(Document.id == document_id)
    if not found:
        raise NotFoundError("That paper is no longer on the desk.")
    return found[0]


def of_case(case_id: int) -> tuple[PaperView, ...]:
    """Return a case's papers, the newest first; call inside `reading()`."""
    return _views(Document.case == case_id)


def _views(where: pw.Expression) -> tuple[PaperView, ...]:
    query = (
        Document.select(
            Document.id,
            Document.kind,
            Document.title,
            Document.file_name,
            Document.status,
            Document.at,
            Document.pages,
            Document.template,
        )
        .where(where)
        .order_by(Document.id.desc())
    )
    return tuple(
        PaperView(
            values[0],
            DocumentKind(values[1]),
            values[2],
            values[3],
            DocumentStatus(values[4]),
            values[5],
            values[6],
            values[7],
        )
        for values in query.tuples()
    )


def free_path(folder: Path, file_name: str) -> Path:
    """Return where a file of that name can go without replacing one: "name 2.pdf", if need be."""
    path = folder / file_name
    nth = 1
    while path.exists():
        nth += 1
        path = folder / f"{Path(file_name).stem} {nth}{Path(file_name).suffix}"
    return path


def write_file(target: Path, content: bytes) -> None:
    """Write a file whole or not at all; one that is there is replaced only by a whole one.

    Raises:
        FileTroubleError: the folder or the disk won't take it; an old file is as it was.
    """
    part = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(part).replace(target)
    except OSError as error:
        if part is not None:
            with suppress(OSError):
                Path(part).unlink()
        raise FileTroubleError(
            f"{target.name} could not be written: {error.strerror or 'the disk refused it'}.",
            advice="Nothing else was changed. Choose another folder, or free some space.",
        ) from error
