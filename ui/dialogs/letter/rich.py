"""Between the Markdown of letters and a text one edits as it will look.

Words come first: whatever is typed is printed exactly so. Where a mixture of bold and italic
can't be said in Markdown, the emphasis goes and the words stay.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
)

from recoverydesk.domain.merge_fields import fields_in
from recoverydesk.records import record
from ui import look
from ui.dialogs.letter.field_chips import (
    BOLD,
    FIELD,
    SIGN,
    field_of,
    insert_chip,
    pieces,
)

if TYPE_CHECKING:
    from recoverydesk.documents.markup import Block

_NAME = re.compile(r"\{\{[A-Za-z]+(?:_[A-Za-z]+)*\}\}")
"""Looks like a field's name, if a wrong one: stays as it was written, to be told of so."""

LEADING = 122
"""Per cent of the font's own leading; looks like one and a half lines."""

_LINE_BREAK = "\u2028"
_PRIVATE = 0xE000
"""The first of the signs that Unicode leaves to everybody's own use."""
_SPECIAL = re.compile(r"[\\*_]")
_STARTS_A_LIST = re.compile(r"(?P<number>[0-9]{1,9})(?=[.)](?:\s|$))|[-+](?=\s|$)")
_BULLETS = QTextListFormat.Style.ListDisc
_NUMBERS = QTextListFormat.Style.ListDecimal


@record
class Run:
    """Words in one look."""

    text: str
    bold: bool = False
    italic: bool = False


# Markdown to text


def show_markdown(document: QTextDocument, markdown: str) -> None:
    """Replace a document by the text of a letter, fields as chips; any text is valid."""
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    the_list: QTextList | None = None
    held = _Held(markdown)
    found = list(held.blocks())
    for place, block in enumerate(found):
        inside = block.marker and place + 1 < len(found) and found[place + 1].marker
        stands = paragraph_format(4 if inside else 12)
        if place:
            cursor.insertBlock(stands, QTextCharFormat())
        else:
            cursor.setBlockFormat(stands)
        the_list = _listed(cursor, the_list, block.marker, block.depth) if block.marker else None
        for span in block.spans:
            looks = _char_format(bold=span.bold, italic=span.italic)
            for words, field in held.parts(span.text):
                cursor.insertText(words.replace("\n", _LINE_BREAK), looks)
                if field:
                    insert_chip(cursor, field, looks)
    cursor.endEditBlock()


class _Held:
    """Markdown whose fields are held back while it is read: what is in them stays as it is."""

    def __init__(self, markdown: str) -> None:
        # A sign that is in no other place, and that Markdown takes for a letter.
        self._sign = next(
            sign for sign in map(chr, range(_PRIVATE, _PRIVATE + 6_000)) if sign not in markdown
        )
        parts = list(pieces(markdown))
        self._fields = iter([part for part, is_field in parts if is_field])
        self._markdown = "".join(self._sign if is_field else part for part, is_field in parts)

    def blocks(self) -> "Iterator[Block]":
        """Yield the paragraphs; call once."""
        from recoverydesk.documents.markup import blocks  # noqa: PLC0415 - brings ReportLab along

        return blocks(self._markdown)

    def parts(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield words and the field after them, the last with none; spans have to come in order."""
        *before, last = text.split(self._sign)
        for words in before:
            yield words, next(self._fields)
        yield last, ""


def paragraph_format(after: int = 12) -> QTextBlockFormat:
    """Return how a paragraph stands; `after` it, so many pixels at usual text."""
    made = QTextBlockFormat()
    made.setLineHeight(LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    made.setBottomMargin(look.px(after))
    return made


def _char_format(*, bold: bool, italic: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontWeight(BOLD if bold else QFont.Weight.Normal)
    made.setFontItalic(italic)
    return made


def _listed(
    cursor: QTextCursor, before: QTextList | None, marker: str, depth: int
) -> QTextList | None:
    style = _NUMBERS if marker[0].isdecimal() else _BULLETS
    wanted = list_format(style, depth)
    if (
        before is not None
        and before.format().style() == style
        and before.format().indent() == wanted.indent()
    ):
        before.add(cursor.block())
        return before
    return cursor.createList(wanted)


def list_format(style: QTextListFormat.Style = _BULLETS, depth: int = 0) -> QTextListFormat:
    """Return how a list stands; `depth` of lists within lists, from 0."""
    made = QTextListFormat()
    made.setStyle(style)
    made.setIndent(depth + 1)
    return made


# Text to Markdown


def markdown_of(document: QTextDocument) -> str:
    """Return a document as Markdown that prints exactly its words."""
    pieces: list[str] = []
    in_list = False
    for block in _blocks_of(document):
        text = _written(tuple(_runs(block)))
        if not text.strip():
            continue
        the_list = block.textList()
        if the_list is not None:
            text = _item(the_list, block, text)
        if pieces:
            pieces.append("\n" if in_list and the_list is not None else "\n\n")
        pieces.append(text)
        in_list = the_list is not None
    return "".join(pieces)


def _blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _item(the_list: QTextList, block: QTextBlock, text: str) -> str:
    numbered = the_list.format().style() == _NUMBERS
    marker = f"{the_list.itemNumber(block) + 1}. " if numbered else "- "
    indent = " " * 3 * max(0, the_list.format().indent() - 1)
    return indent + marker + text.replace("\n", "\n" + indent + " " * len(marker))


def _runs(block: QTextBlock) -> Iterator[Run]:
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        look_of = fragment.charFormat()
        words = fragment.text().replace(_LINE_BREAK, "\n")
        if field := field_of(look_of):
            words = words.replace(SIGN, field)
        yield Run(words, look_of.fontWeight() >= BOLD, look_of.fontItalic())
        fragments += 1


def _written(runs: Sequence[Run]) -> str:
    plain = (Run("".join(run.text for run in runs)),)
    if not any(run.bold or run.italic for run in runs):
        return _joined(plain)
    text = _joined(_tidy(runs))
    return text if _says(text, runs) else _joined(plain)


def _joined(runs: Iterable[Run]) -> str:
    text = "".join(_mark(run) + _escaped(run.text) + _mark(run) for run in runs)
    return "\n".join(
        _STARTS_A_LIST.sub(_escape_start, line, 1) if _STARTS_A_LIST.match(line) else line
        for line in (line.strip() for line in text.split("\n"))
    )


def _mark(run: Run) -> str:
    return "*" * (2 * run.bold + run.italic)


def _tidy(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield runs whose emphasis neither starts nor ends with a space: Markdown's rule."""
    for run in _merged(runs):
        inside = run.text.strip()
        if not inside:
            yield Run(run.text)
            continue
        start = run.text.index(inside)
        yield Run(run.text[:start])
        yield Run(inside, run.bold, run.italic)
        yield Run(run.text[start + len(inside) :])


def _merged(runs: Sequence[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if merged and (merged[-1].bold, merged[-1].italic) == (run.bold, run.italic):
            merged[-1] = Run(merged[-1].text + run.text, run.bold, run.italic)
        else:
            merged.append(run)
    return merged


def _escaped(text: str) -> str:
    parts: list[str] = []
    end = 0
    for match in FIELD.finditer(text):
        if fields_in(match[0]) or _NAME.fullmatch(match[0]):
            parts += (_SPECIAL.sub(r"\\\g<0>", text[end : match.start()]), match[0])
            end = match.end()
    parts.append(_SPECIAL.sub(r"\\\g<0>", text[end:]))
    return "".join(parts)


def _escape_start(match: re.Match[str]) -> str:
    number = match["number"]
    return f"{number}\\" if number else f"\\{match[0]}"


def _says(markdown: str, runs: Sequence[Run]) -> bool:
    """Say whether Markdown reads as these runs, spaces aside."""
    held = _Held(markdown)
    read = [
        Run(words + field, span.bold, span.italic)
        for one in held.blocks()
        for span in one.spans
        for words, field in held.parts(span.text)
    ]
    return _signs(read) == _signs(runs)


def _signs(runs: Iterable[Run]) -> list[tuple[str, bool, bool]]:
    return [(sign, run.bold, run.italic) for run in runs for sign in run.text if not sign.isspace()]
