"""The little Markdown that letters use: paragraphs, bold, italic, bullets, line breaks.

Everything else - HTML, links, pictures, headings - is printed as it was typed.
"""

import functools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from recoverydesk.documents.paragraph import Span
from recoverydesk.records import record

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BULLET = "•"
_DEEPEST = 3


@record
class Block:
    """A paragraph of a letter, or one item of a list."""

    spans: tuple[Span, ...]
    marker: str = ""
    """What stands before an item of a list: "•", or its number and a full stop."""
    depth: int = 0
    """How deep the item stands in lists within lists, from 0."""


def blocks(markdown: str) -> Iterator[Block]:
    """Yield the paragraphs of a text in order. Any text is valid; none can raise."""
    depth = 0
    marker = ""
    for token in _parser().parse(markdown):
        if token.type.endswith("_list_open"):
            depth += 1
        elif token.type.endswith("_list_close"):
            depth -= 1
        elif token.type == "list_item_open":
            marker = token.info + token.markup if token.info else BULLET
        elif token.type == "inline":
            spans = tuple(_spans(token.children or ()))
            yield Block(spans, marker, max(0, min(depth, _DEEPEST) - 1))
            marker = ""


def _spans(tokens: "Sequence[Token]") -> Iterator[Span]:
    bold = italic = 0
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "softbreak" | "hardbreak":
                yield Span("\n")
            case _:
                if token.content:
                    yield Span(token.content, bold=bold > 0, italic=italic > 0)


@functools.cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only when a letter is drawn

    return MarkdownIt("zero").enable(["list", "emphasis", "newline", "escape"])
