"""What owners paste or drop into a case: photos, PDFs, e-mails, texts, reviews.

Everything comes from strangers. What a file is, its content says, never its name; pictures are
drawn anew, so that nothing hidden comes along. Pillow and PDFium are imported right here: nothing
imports this module before something has been dropped.
"""

import re
import unicodedata
import warnings
from contextlib import closing
from enum import StrEnum
from io import BytesIO

import pypdfium2
from PIL import Image

from recoverydesk.documents.eml import (
    FIELD,
    MISREAD,
    MOST_SIGNS,
    Enclosed,
    check_size,
    decoded,
    is_mail,
    open_mail,
    refusing,
    searchable,
)
from recoverydesk.domain.file_name import safe_name
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record

SIDE = 2_000
"""Pixels on the longer side of a photo that is kept: fills an A4 page at 170 dots an inch."""
THUMBNAIL = 320
MOST_PIXELS = 50_000_000
MOST_PAGES = 50
"""Pages of a PDF that can be searched."""
MOST_ATTACHMENTS = 20
LONGEST_NAME = 120

_MOST_TRIED = 60
_STEM = 105
_QUALITY = 87
_NO_ROOM = "Nothing was added."


class MediaType(StrEnum):
    """What a file is. The values are stored: never change one."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    MAIL = "message/rfc822"
    TEXT = "text/plain"


@record
class Incoming:
    """A file that has been looked through and may be kept."""

    name: str
    """Safe to show and to save under; at most `LONGEST_NAME` signs."""
    media_type: MediaType
    content: bytes
    thumbnail: bytes
    """A JPEG or PNG of at most `THUMBNAIL` pixels on a side; empty for words."""
    text: str
    """What it can be found by; empty for pictures."""
    pages: int
    """Of a PDF; 1 for a picture, 0 for words."""


@record
class Mail:
    """An e-mail that somebody dropped."""

    from_name: str
    from_email: str
    """Checked; empty where it can't be used."""
    subject: str
    sent_at: datetime | None
    """UTC; None where the mail doesn't say, or says something absurd."""
    text: str
    own_text: str
    """What they wrote this time, without quoted history and signature."""
    attachments: tuple[Incoming, ...]
    left_out: tuple[str, ...]
    """The names of what can't be kept."""


_ENDINGS = {
    MediaType.JPEG: ("jpg", "photo"),
    MediaType.PNG: ("png", "picture"),
    MediaType.WEBP: ("webp", "picture"),
    MediaType.PDF: ("pdf", "document"),
    MediaType.MAIL: ("eml", "e-mail"),
    MediaType.TEXT: ("txt", "text"),
}
_KNOWN_ENDING = re.compile(
    r"(?i)\.(?:jpe?g|jpe|jfif|png|webp|gif|bmp|tiff?|hei[cf]|pdf|eml|msg|txt|text|md|csv|log|ics"
    r"|html?|docx?|xlsx?|zip|exe|scr|com|bat|cmd|js|bin|dat)$"
)
_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112
_HEIC = {b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypheim", b"ftypmif1", b"ftypmsf1"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"(?i)\s*(?:<(?:[!?]|(?:html|head|body|script|style|svg|div|table)\b)|\{\\rtf|%!PS)")


def take_in(name: str, content: bytes) -> Incoming:
    """Look through a file and return what is kept of it.

    Args:
        name: what it was called; only its words count.
        content: all of its bytes.

    Raises:
        InvalidEntryError: it is empty, over 25 MB, damaged, locked, or nothing that is kept.
    """
    check_size(content)
    kind = _kind(name, content)
    if kind in _FORMATS:
        content, thumbnail = _photo(content, kind)
        return Incoming(_name(name, kind), kind, content, thumbnail, "", 1)
    if kind is MediaType.PDF:
        thumbnail, text, pages = _pdf(content)
        return Incoming(_name(name, kind), kind, content, thumbnail, text, pages)
    text = _mail_words(content) if kind is MediaType.MAIL else _words(content)
    return Incoming(_name(name, kind), kind, content, b"", searchable(text), 0)


def read_mail(content: bytes) -> Mail:
    """Read an e-mail's file: who wrote what, when, and what came with it.

    Raises:
        InvalidEntryError: it is empty, over 25 MB, made to be unreadable, or no e-mail.
    """
    opened = open_mail(content)
    taken: list[Incoming] = []
    left_out: list[str] = []
    for number, file in enumerate(opened.enclosed):
        try:
            if number >= _MOST_TRIED or len(taken) >= MOST_ATTACHMENTS:
                raise _unknown()
            taken.append(take_in(file.name, file.content))
        except InvalidEntryError:
            left_out.append(_shown(file))
    return Mail(
        from_name=opened.from_name,
        from_email=opened.from_email,
        subject=opened.subject,
        sent_at=opened.sent_at,
        text=opened.text,
        own_text=opened.own_text,
        attachments=tuple(taken),
        left_out=tuple(left_out),
    )
