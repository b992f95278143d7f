"""What belongs to a case besides words: photos, receipts, e-mails; kept by their hash."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from recoverydesk.errors import NotFoundError
from recoverydesk.records import record
from recoverydesk.services.plans import case_by_id, utc
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Attachment, Blob, Person
from recoverydesk.topics import Topic

if TYPE_CHECKING:
    from recoverydesk.documents.incoming import Incoming

TOPICS = Topic.CASES | Topic.DOCUMENTS
PNG = b"\x89PNG"


@record
class AttachmentView:
    """Something attached, as its case lists it."""

    attachment_id: int
    name: str
    media_type: str
    pages: int
    at: datetime
    person: str
    has_thumbnail: bool


def add(desk: Desk, case_id: int, files: Sequence["Incoming"], *, now: datetime) -> tuple[int, ...]:
    """Attach files to a case; what is attached to it already is not attached twice.

    Args:
        desk: the open desk.
        case_id: the case.
        files: as `documents.incoming.take_in` has looked them through.
        now: this moment (UTC).

    Returns:
        The ids of those that are new.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    if not files:
        return ()
    with desk.changing(TOPICS, "Attach") as change:
        case = case_by_id(case_id)
        names = files[0].name if len(files) == 1 else f"{len(files)} files"
        change.say(f"Attach to {case.number}: {names}")
        made = []
        for file in files:
            content = desk.keep_blob(file.content, file.media_type)
            same = (Attachment.case == case.id) & (Attachment.content == content)
            if Attachment.select().where(same).exists():
                continue
            thumbnail = _keep_thumbnail(desk, file.thumbnail)
            row = Attachment.create(
                case=case.id,
                name=file.name,
                media_type=file.media_type,
                content=content,
                thumbnail=thumbnail,
                text=file.text,
                pages=file.pages,
                at=utc(now),
                person=desk.person_id,
            )
            made.append(int(row.id))
        return tuple(made)


def remove(desk: Desk, attachment_id: int) -> None:
    """Take something off its case; Undo brings it back.

    Raises:
        NotFoundError: it is no longer attached.
    """
    with desk.changing(TOPICS, "Take off an attachment") as change:
        row = _row(attachment_id)
        change.say(f"Take off: {row.name}")
        row.delete_instance()


def _row(attachment_id: int) -> Attachment:
    row = Attachment.get_or_none(Attachment.id == attachment_id)
    if row is None:
        raise NotFoundError("That is no longer attached.")
    return row


def of_case(case_id: int) -> tuple[AttachmentView, ...]:
    """Return what is attached to a case, in the order it came; call inside `reading()`."""
    query = (
        Attachment.select(
            Attachment.id,
            Attachment.name,
            Attachment.media_type,
            Attachment.pages,
            Attachment.at,
            Person.name,
            Attachment.thumbnail,
        )
        .left_outer_join(Person, on=Attachment.person == Person.id)
        .where(Attachment.case == case_id)
        .order_by(Attachment.id)
    )
    return tuple(
        AttachmentView(
            attachment_id=values[0],
            name=values[1],
            media_type=values[2],
            pages=values[3],
            at=values[4],
            person=values[5] or "",
            has_thumbnail=values[6] is not None,
        )
        for values in query.tuples()
    )


def content(desk: Desk, attachment_id: int) -> tuple[str, str, bytes]:
    """Return the name, the media type and the bytes of something attached.

    Raises:
        NotFoundError: it is no longer attached.
        DeskDamagedError: its bytes are not what was kept.
    """
    with desk.reading():
        row = _row(attachment_id)
        return row.name, row.media_type, desk.read_blob(row.content_id)


def _keep_thumbnail(desk: Desk, content: bytes | None) -> str | None:
    if not content:
        return None
    return desk.keep_blob(content, "image/png" if content.startswith(PNG) else "image/jpeg")


def thumbnail(desk: Desk, attachment_id: int) -> bytes:
    """Return the small picture of something attached; empty where it has none, or is gone."""
    with desk.reading():
        found = (
            Attachment.select(Blob.content)
            .join(Blob, on=Attachment.thumbnail == Blob.hash)
            .where(Attachment.id == attachment_id)
            .scalar()
        )
    return bytes(found or b"")
