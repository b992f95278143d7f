"""A letter's text spelled out, each chip as the field it stands for, and where each sign stands.

Qt counts a chip as one sign, and an emoji as two; whoever reads the words counts otherwise.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from PySide6.QtGui import QTextBlock, QTextDocument

from recoverydesk.records import record
from ui.dialogs.letter.field_chips import SIGN, field_of

_LINE_BREAK = "\u2028"
_WIDEST_SINGLE = 0xFFFF
"""The last sign that UTF-16, and so Qt, counts as one."""


@record
class Spelling:
    """Words, and the place of each of their signs in Qt's count."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the text, not an empty one, begins and ends in Qt's count."""
        return self.starts[start], self.ends[end - 1]

    def between(self, start: int, end: int) -> str:
        """Return the words between two places of Qt's count."""
        return self.text[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def spelled(document: QTextDocument) -> Spelling:
    """Spell out a document, a paragraph a line."""
    signs: list[tuple[str, int, int]] = []
    block = document.begin()
    while block.isValid():
        if block.position():
            signs.append(("\n", block.position() - 1, block.position()))
        signs += _signs(block, block.position())
        block = block.next()
    return _spelling(signs)


def spelled_block(block: QTextBlock) -> Spelling:
    """Spell out one paragraph; places count from its beginning."""
    return _spelling(list(_signs(block, 0)))


def _spelling(signs: list[tuple[str, int, int]]) -> Spelling:
    return Spelling(
        "".join(sign for sign, _, _ in signs),
        tuple(start for _, start, _ in signs),
        tuple(end for _, _, end in signs),
    )


def _signs(block: QTextBlock, at: int) -> Iterator[tuple[str, int, int]]:
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        field = field_of(fragment.charFormat())
        text = fragment.text()
        sizes = (1 + (ord(sign) > _WIDEST_SINGLE) for sign in text)
        places = list(accumulate(sizes, initial=at))
        for sign, start, end in zip(text, places, places[1:], strict=False):
            if field and sign == SIGN:
                yield from ((part, start, end) for part in field)
            else:
                yield "\n" if sign == _LINE_BREAK else sign, start, end
        at = places[-1]
        fragments += 1
