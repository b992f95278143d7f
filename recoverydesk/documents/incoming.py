"""What owners paste or drop into a case: photos, PDFs, e-mails, texts, reviews.

Everything comes from strangers. What a file is, its content says, never its name; pictures are
drawn anew, so that nothing hidden comes along. Pillow and PDFium are imported right here: nothing
imports this module before something has been dropped.
"""

import re
import unicodedata
import warnings
from contextlib import closing
from datetime import datetime
from enum import StrEnum
from io import BytesIO

import pypdfium2
from PIL import Image

from recoverydesk.documents import pdfium
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
_FAR = 1_000_000.0
"""Points: no page of paper is that long."""


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
_MARKUP = re.compile(
    r"(?i)\s*(?:<(?:[!?]|(?:html|head|body|script|style|svg|div|table)\b)|\{\\rtf|%!PS)"
)


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


def _unknown() -> InvalidEntryError:
    return InvalidEntryError(
        FIELD,
        "That file is neither a photo nor a PDF, an e-mail or plain text.",
        advice="Nothing was added. Save it as a JPEG, PNG or PDF, an e-mail as an .eml file, and"
        " add that.",
    )


def _kind(name: str, content: bytes) -> MediaType:
    """Return what a file is by how it begins; words only where all of it is words."""
    if content.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return MediaType.WEBP
    if content[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-"):
        return MediaType.PDF
    if is_mail(name, content):
        return MediaType.MAIL
    if content[4:12] in _HEIC:
        raise InvalidEntryError(
            FIELD,
            "That photo is in Apple's own format, HEIC, which can't be read here.",
            advice="Nothing was added. Save or send it as a JPEG, and add that.",
        )
    words = _words(content)
    if _CONTROL.search(words) or _MARKUP.match(words):
        raise _unknown()
    return MediaType.TEXT


def _words(content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return decoded(content, "utf-16" if wide else "utf-8-sig")


def _mail_words(content: bytes) -> str:
    mail = open_mail(content)
    sender = f"{mail.from_name} {mail.from_email}".strip()
    return "\n".join(part for part in (mail.subject, sender, mail.text) if part)


def _name(name: str, kind: MediaType) -> str:
    """Return a name that is safe to show and to save under, with the ending of what it is."""
    ending, plain = _ENDINGS[kind]
    stem = _last_part(name)
    while shorter := _KNOWN_ENDING.sub("", stem, count=1):
        if shorter == stem:
            break
        stem = shorter
    return safe_name(_KNOWN_ENDING.sub("", stem)[:_STEM].strip(" .") or plain, ending)


def _shown(file: Enclosed) -> str:
    name = _last_part(file.name)
    stem, dot, ending = name.rpartition(".")
    if dot and ending.isascii() and ending.isalnum() and len(ending) <= len("extra"):
        return safe_name(stem[:_STEM], ending)
    return safe_name(name[:_STEM], "-").removesuffix(".-") if name else "a file without a name"


def _last_part(path: str) -> str:
    """Return a path's last part without what can't be seen; never more than can be shown."""
    last = re.split(r"[/\\]", path[-1_000:])[-1][-300:]
    seen = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in last)
    return " ".join(seen.split())


# --- photos -----------------------------------------------------------------------------------


def _photo(content: bytes, kind: MediaType) -> tuple[bytes, bytes]:
    """Return a picture drawn anew, upright and without anything hidden, and its thumbnail."""
    with (
        refusing(
            "That picture is damaged: it can't be shown whole.",
            "Nothing was added. Copy it once more from the phone or the e-mail, and try again.",
        ),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # of odd metadata, which goes anyway
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        picture = _upright(content, kind)
        kept = _saved(picture, _FORMATS[kind])
        picture.thumbnail((THUMBNAIL, THUMBNAIL))
        return kept, _saved(picture, "PNG" if picture.mode == "RGBA" else "JPEG")


def _upright(content: bytes, kind: MediaType) -> Image.Image:
    """Decode a picture as it is meant to be seen, at most `SIDE` pixels on a side."""
    too_large = InvalidEntryError(
        FIELD,
        f"That picture has more than {MOST_PIXELS // 1_000_000} million pixels.",
        advice="Nothing was added. Save it smaller: 2,000 pixels on a side are plenty.",
    )
    try:
        opened = Image.open(BytesIO(content), formats=(_FORMATS[kind],))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large from error
    with opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise too_large
        turn = _turn(opened)
        opened.draft("RGB", (SIDE, SIDE))  # a JPEG comes out smaller at once
        opened.load()
        whole = _plain(opened)
        whole.thumbnail((SIDE, SIDE))
        picture = whole.copy() if turn is None else whole.transpose(turn)
    picture.info.clear()  # or comments and profiles would be written back
    return picture


def _turn(picture: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except (*MISREAD, SyntaxError, EOFError):  # a camera's broken note is no reason to refuse
        return None


def _plain(picture: Image.Image) -> Image.Image:
    """Return a picture in red, green and blue, and how clear where it is see-through."""
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda grey: grey / 256).convert("L")
    clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    mode = "RGBA" if clear else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)


def _saved(picture: Image.Image, form: str) -> bytes:
    out = BytesIO()
    picture.save(out, form, **({} if form == "PNG" else {"quality": _QUALITY}))
    return out.getvalue()


# --- PDFs -------------------------------------------------------------------------------------


def _pdf(content: bytes) -> tuple[bytes, str, int]:
    """Return a PDF's first page as a thumbnail, its words and its pages."""
    damaged = refusing(
        "That PDF is damaged: it can't be opened.",
        "Nothing was added. Open it elsewhere and save it again, or ask for it once more.",
    )
    with pdfium.LOCK, damaged:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
                raise InvalidEntryError(
                    FIELD,
                    "That PDF is locked with a password.",
                    advice="Nothing was added. Open it with its password, print it to a new PDF"
                    " without one, and add that.",
                ) from error
            raise
        with document:
            with closing(document[0]) as first:
                thumbnail = _first_page(first)
            return thumbnail, _pdf_words(document), len(document)


def _first_page(page: pypdfium2.PdfPage) -> bytes:
    width, height = page.get_size()
    if not (0 < width < _FAR and 0 < height < _FAR):
        return b""
    with closing(page.render(scale=THUMBNAIL / max(width, height))) as bitmap:
        picture = bitmap.to_pil().convert("RGB")
    picture.thumbnail((THUMBNAIL, THUMBNAIL))
    return _saved(picture, "PNG")


def _pdf_words(document: pypdfium2.PdfDocument) -> str:
    words: list[str] = []
    for number in range(min(len(document), MOST_PAGES)):
        if sum(map(len, words)) > MOST_SIGNS:
            break
        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                words.append(text.get_text_bounded())
        except MISREAD:  # one page that can't be read leaves the others
            continue
    return searchable("\n".join(words))
