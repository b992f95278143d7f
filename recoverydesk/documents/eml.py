"""What customers wrote: an e-mail read from its file, a review from the clipboard.

Both come from strangers. Whatever they hold is read as words, within limits that keep the
slowest file to seconds; nothing is fetched, run or believed.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import EmailPolicy, compat32
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from recoverydesk.domain.names import LONGEST_NAME
from recoverydesk.domain.phones import check_email
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record

MOST_BYTES = 25_000_000
MOST_SIGNS = 200_000
"""Characters kept of a text, a mail or a PDF's words."""
LONGEST_SUBJECT = 300

FIELD = "file"

_MOST_HEADER = 1_500
"""Characters of a header that are read: the library takes seconds for a hostile long one."""
_MOST_OF_A_PART = 500
"""The same for the headers that each part has."""
_MOST_LINES = 1_000_000
_MOST_PARTS = 2_000
_MOST_PART_HEADERS = 600
_MOST_NESTED = 100
_SMALLEST_INLINE = 10_000
"""Bytes: smaller pictures inside a mail are logos and counting pixels."""
_YEARS = range(1990, 2100)
_NEVER_TRIED = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"}
"""Codecs that are slow on purpose, or mean something else; no mail program writes them."""
MISREAD = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, MessageError, NameError),
    *(OSError, RuntimeError, TypeError, ValueError),
)
"""What Python's readers of mail have been seen to raise for broken mail."""

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:|[ \t]+\S")
_TECHNICAL = {b"date", b"message-id", b"received", b"return-path", b"delivered-to"}
_TECHNICAL |= {b"mime-version", b"content-type", b"dkim-signature", b"x-unsent"}
_WRITTEN = {b"from", b"to", b"subject", b"cc", b"reply-to"}
_PLAIN, _HTML = "text/plain", "text/html"


@record
class Enclosed:
    """A file inside a mail, not yet looked at."""

    name: str
    """As the mail says; may be empty, or anything."""
    content: bytes


@record
class Opened:
    """A mail taken apart."""

    from_name: str
    from_email: str
    """Checked; empty where it can't be used."""
    subject: str
    sent_at: datetime | None
    """UTC; None where the mail doesn't say, or says something absurd."""
    text: str
    own_text: str
    """What they wrote this time, without quoted history and signature."""
    enclosed: tuple[Enclosed, ...]


@contextmanager
def refusing(message: str, advice: str) -> Iterator[None]:
    """Turn whatever a library makes of a stranger's bytes into one sentence for the owner."""
    try:
        yield
    except InvalidEntryError:
        raise
    except Exception as error:  # a decoder may raise anything for bytes made to break it
        raise InvalidEntryError(FIELD, message, advice=advice) from error


def check_size(content: bytes) -> None:
    """Refuse what is empty or too large, before anybody looks inside.

    Raises:
        InvalidEntryError: it is.
    """
    if not content.strip():
        raise InvalidEntryError(
            FIELD,
            "That file is empty.",
            advice="Nothing was added. Perhaps it was still being copied: try again.",
        )
    if len(content) > MOST_BYTES:
        raise InvalidEntryError(
            FIELD,
            f"That file has {len(content) / 1_000_000:,.1f} MB; 25 MB fit.",
            advice="Nothing was added. Add the photos or pages you need one by one.",
        )


def decoded(content: bytes, charset: str = "") -> str:
    """Return bytes as words: as they are said to be written, else as UTF-8, else as Windows'."""
    for label in (charset, "utf-8"):
        try:
            if codecs.lookup(label).name not in _NEVER_TRIED:
                return content.decode(label)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def searchable(words: str) -> str:
    """Return words as they are kept: tidied, at most `MOST_SIGNS` long."""
    return tidy_text(words[:MOST_SIGNS], field=FIELD, limit=4 * MOST_SIGNS)[:MOST_SIGNS].rstrip()


def is_mail(name: str, content: bytes) -> bool:
    """Say whether a file begins as e-mails do; its name only decides where its head is bare."""
    head = content[:20_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    names = set()
    for number, line in enumerate(head.splitlines()):
        header = _HEADER.match(line)
        if number == 0 and line.startswith(b"From "):
            continue  # a mailbox begins so
        if not header:
            if line.strip():
                return False
            break
        names.add((header[1] or b"").lower())
    written = names & _WRITTEN
    sure = bool(names & _TECHNICAL) or name.lower().endswith(".eml")
    return sure and bool(written) and len(names - {b""}) > 1


def open_mail(content: bytes) -> Opened:
    """Take an e-mail's file apart.

    Raises:
        InvalidEntryError: it is empty, too large, made to be unreadable, or no e-mail.
    """
    check_size(content)
    _check_build(content)
    with refusing(
        "That e-mail can't be read.",
        "Nothing was added. Open it in your mail program, and copy its words over.",
    ):
        message = message_from_bytes(
            content.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=_Careful()
        )
        if not {one.lower().encode() for one in message.keys()} & (_TECHNICAL | _WRITTEN):  # noqa: SIM118 - a message isn't a dict
            raise InvalidEntryError(
                FIELD,
                "That file isn't an e-mail.",
                advice="Nothing was added. Save the e-mail as an .eml file, or copy its words.",
            )
        return _opened(message)


def _check_build(content: bytes) -> None:
    """Refuse a mail whose build alone would keep the reader busy for minutes."""
    nested = len(re.findall(rb"(?i)boundary[*\d]*\s*=|message/rfc822", content))
    headers = len(re.findall(rb"(?i)[\r\n]content-", content))
    lines = max(content.count(b"\n"), content.count(b"\r"))
    parts = content.count(b"\n--") + content.count(b"\r--")
    if (
        nested > _MOST_NESTED
        or headers > _MOST_PART_HEADERS
        or lines > _MOST_LINES
        or parts > _MOST_PARTS
    ):
        raise InvalidEntryError(
            FIELD,
            "That e-mail is built of too many parts to be read safely.",
            advice="Nothing was added. Open it in your mail program, and copy its words over.",
        )


class _Careful(EmailPolicy):
    """Reads headers as people see them, and nothing for one that can't be read."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401 - as the library's
        return _header(name, value)


@lru_cache(maxsize=64)
def _header(name: str, value: str) -> Any:  # noqa: ANN401 - a class made for each header
    policy = EmailPolicy()
    words = decoded(value.encode("utf-8", "surrogateescape"))
    limit = _MOST_OF_A_PART if name.lower().startswith("content-") else _MOST_HEADER
    try:
        return policy.header_fetch_parse(name, words[:limit])
    except MISREAD:
        return policy.header_fetch_parse(name, "")


def _opened(message: Message) -> Opened:
    name, address = _sender(message)
    subject = _line(str(message.get("Subject", "")), LONGEST_SUBJECT)
    text = searchable(_words(message))
    return Opened(
        from_name=name,
        from_email=address,
        subject=subject,
        sent_at=_sent_at(message),
        text=text,
        own_text=text if _FORWARDED.match(subject) else own_words(text),
        enclosed=tuple(_enclosed(message)),
    )


def _line(words: str, limit: int) -> str:
    return " ".join(searchable(words).split())[:limit].rstrip()


def _sender(message: Message) -> tuple[str, str]:
    first = next(iter(getattr(message.get("From"), "addresses", ())), None)
    if first is None:
        return "", ""
    try:
        address = check_email(first.addr_spec)
    except InvalidEntryError:
        address = ""
    name = _line(first.display_name, LONGEST_NAME).strip("'\" ")
    return ("" if name.casefold() == address.casefold() else name), address


def _sent_at(message: Message) -> datetime | None:
    said: datetime | None = getattr(message.get("Date"), "datetime", None)
    if said is None or said.year not in _YEARS:
        return None
    return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)


def _inside(part: Message) -> list[Message]:
    """Return a container's parts; none for a file, or for a mail inside the mail."""
    if not part.is_multipart() or _kind(part).startswith("message/"):
        return []
    inside: Any = part.get_payload()
    return list(inside)


def _kind(part: Message) -> str:
    kind = part.get_content_type()
    return _PLAIN if kind.startswith("multipart/") and not part.is_multipart() else kind


def _is_body(part: Message) -> bool:
    attached = part.get_content_disposition() == "attachment" or part.get_filename()
    return not attached and _kind(part) in {_PLAIN, _HTML}


def _words(part: Message) -> str:
    """Return the words of a mail, the plain ones where it says the same twice."""
    if inside := _inside(part):
        found = [(_kind(one), _words(one)) for one in inside]
        said = [words for _kind, words in found if words.strip()]
        if part.get_content_type() != "multipart/alternative":
            return "\n\n".join(said)
        plain = [words for kind, words in found if kind == _PLAIN and words.strip()]
        return (plain or said[-1:] or [""])[0]
    if not _is_body(part):
        return ""
    words = decoded(_content(part), str(part.get_content_charset() or ""))
    return html_words(words) if _kind(part) == _HTML else words


def _content(part: Message) -> bytes:
    try:
        if part.is_multipart():  # a mail inside the mail, or a report of the post office
            inside: Any = part.get_payload(0)
            return bytes(inside.as_bytes(policy=compat32))
        content = part.get_payload(decode=True)
    except MISREAD:
        return b""
    return content if isinstance(content, bytes) else b""


def _enclosed(message: Message) -> Iterator[Enclosed]:
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if inside := _inside(part):
            waiting += reversed(inside)
        elif not _is_body(part):
            content = _content(part)
            small = part.get_content_maintype() == "image" and len(content) <= _SMALLEST_INLINE
            if not small or part.get_content_disposition() == "attachment":
                yield Enclosed(_file_name(part), content)


def _file_name(part: Message) -> str:
    if name := part.get_filename():
        return name
    if part.is_multipart():
        inside: Any = part.get_payload(0)
        return str(inside.get("Subject", ""))
    return ""


# --- from HTML to words ---------------------------------------------------------------------

_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)"
    r"|<(script|style|title|template)\b.*?(?:</\1[^>]*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"""<(/?[a-zA-Z][a-zA-Z0-9]{0,20})\b(?:"[^"<]*"|'[^'<]*'|[^"'<>])*>|<""")
_BREAKS = {"br": "\n", "hr": "\n", "li": "\n- ", "td": " ", "th": " "}
_BREAKS |= dict.fromkeys(("p", "table", "ul", "ol", "blockquote", "h1", "h2", "h3"), "\n\n")
_BREAKS |= dict.fromkeys(("div", "tr", "section", "article", "h4", "h5", "h6", "pre"), "\n")
_NO_BREAK_AFTER = {"br", "hr", "li", "td", "th"}


def html_words(markup: str) -> str:
    """Return the words of a page as somebody reads them, a line for every line.

    Tags are stripped of all they hold and lone "<" made harmless first: the parser takes
    hours for some that never end.
    """
    seen = _UNSEEN.sub(" ", markup[: 10 * MOST_SIGNS])
    reader = _Reader(convert_charrefs=True)
    reader.feed(_TAG.sub(lambda tag: f"<{tag[1]}>" if tag[1] else "&lt;", seen))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Collects the words between tags."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as the library calls it
        self.words.append(_BREAKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.words.append("" if tag in _NO_BREAK_AFTER else _BREAKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.words.append(" ".join(re.split(r"\s+", data)))


# --- their own words --------------------------------------------------------------------------

_FORWARDED = re.compile(r"(?i)\s*(fwd?|wg|tr|rv|i)\s*:")
_WROTE = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Em)\b(?=.*\d).{6,200}?\b"
    r"(?:wrote|schrieb|a\s[ée]crit|escribi[óo]|ha scritto|schreef|escreveu)\b.{0,120}:"
)
_ORIGINAL = re.compile(
    r"(?i)-{3,}\s*(?:original message|original-nachricht|urspr[üu]ngliche nachricht"
    r"|message d.origine|mensaje original|messaggio originale|oorspronkelijk bericht)\s*-{3,}"
)
_HEAD = re.compile(r"\*?(?:From|Von|De|Da|Van)\*?\s?:")
_SENT = re.compile(r"\*?(?:Sent|Gesendet|Envoy[ée]|Enviado|Inviato|Verzonden)\*?\s?:")
_FROM_PHONE = re.compile(
    r"Sent from my |Get Outlook for |Envoyé de mon |Von meinem .{1,40} gesendet"
)
_LONGEST_SIGNATURE = 12
_HEAD_LINES = 4
_WRAPPED = 3


def own_words(text: str) -> str:
    """Return what somebody wrote this time: no quoted history, no signature.

    Cautious: whatever stands below a quotation stays, and all of it where nothing would be left.
    """
    lines = _without_history(text.split("\n"))
    lines = [line for line in lines if not line.lstrip().startswith(">")]
    for number, line in enumerate(lines):
        left = len(lines) - number - 1
        if line == "-- " or (line.rstrip() == "--" and left <= _LONGEST_SIGNATURE):
            lines = lines[:number]
            break
    while lines and (not lines[-1].strip() or _FROM_PHONE.match(lines[-1])):
        lines.pop()
    return "\n".join(lines).strip() or text


def _without_history(lines: list[str]) -> list[str]:
    """Cut what somebody else wrote earlier, from the line that says so."""
    kept: list[str] = []
    number = 0
    while number < len(lines):
        if not (length := _announces(lines, number)):
            kept.append(lines[number])
            number += 1
            continue
        number += length
        below = next((line for line in lines[number:] if line.strip()), "")
        if not below.lstrip().startswith(">"):
            break
    return kept


def _announces(lines: list[str], number: int) -> int:
    """Return how many lines say that older words follow; 0 where these don't."""
    line = lines[number].strip()
    if _ORIGINAL.fullmatch(line):
        return 1
    if _HEAD.match(line):
        head = lines[number + 1 : number + 1 + _HEAD_LINES]
        return int(any(_SENT.match(one.strip()) for one in head))
    for length in range(1, _WRAPPED + 1):
        if _WROTE.fullmatch(" ".join(one.strip() for one in lines[number : number + length])):
            return length
    return 0
