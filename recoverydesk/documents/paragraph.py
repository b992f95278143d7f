"""Paragraphs on paper, in any script: shaped, broken into lines, drawn.

ReportLab's own paragraphs take mark-up, open files named in it and know no Arabic or Hindi;
these take text as text. Lengths are in points, 1/72 of an inch.
"""

import functools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from recoverydesk.documents.direction import in_visual_order
from recoverydesk.documents.ink import Run, write
from recoverydesk.documents.pieces import Look, Piece, cut, split
from recoverydesk.documents.shaping import Manner
from recoverydesk.documents.typeface import Typeface
from recoverydesk.records import record

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

INK = "#25221C"
_ROUNDING = 0.01
_ENDLESS = 1e9
_LONGEST_KEPT = 3000
_ELLIPSIS = "…"


class Align(StrEnum):
    """Where the lines stand."""

    START = "start"
    """Left, or right where the text runs to the left."""
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"
    JUSTIFIED = "justified"
    """Both edges straight; lines with scripts that don't stretch stay as `START`."""


@record
class Span:
    """A stretch of text in one look. The text is never mark-up."""

    text: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    """As #rrggbb; None takes the paragraph's."""
    typeface: Typeface | None = None
    """None takes the paragraph's."""


@record
class Style:
    """How a paragraph looks, in points."""

    typeface: Typeface = Typeface.SERIF
    size: float = 11.2
    leading: float = 16.4
    """From one baseline to the next."""
    colour: str = INK
    align: Align = Align.START
    spacing: float = 0
    """Added after every letter."""
    leftward: bool | None = None
    """Which way the paragraph runs; None lets its first letter say so."""

    def sized(self, size: float) -> "Style":
        """Return the same style in another size, its leading in proportion."""
        return replace(self, size=size, leading=self.leading * size / self.size)


@record
class Line:
    """One line, its pieces as they stand from left to right."""

    pieces: tuple[Piece, ...]
    width: float
    ended: bool
    """Whether the text ends here or the writer began a new line."""


@record
class Layout:
    """A paragraph broken into lines, ready to be drawn."""

    lines: tuple[Line, ...]
    style: Style
    room: float
    """The width it was broken for."""
    leftward: bool = False

    @property
    def height(self) -> float:
        """From the top of the first line to the foot of the last."""
        return len(self.lines) * self.style.leading

    @property
    def width(self) -> float:
        """The widest line's."""
        return max((line.width for line in self.lines), default=0)

    @property
    def ascent(self) -> float:
        """From the top of a line to its baseline."""
        return self.style.leading / 2 + self.style.size * 0.34

    def take(self, count: int) -> tuple["Layout", "Layout"]:
        """Return the first lines and the rest, for a page break between them."""
        head = self if count >= len(self.lines) else replace(self, lines=self.lines[:count])
        return head, replace(self, lines=self.lines[count:])

    def draw(self, canvas: "Canvas", x: float, top: float) -> float:
        """Draw onto a ReportLab canvas and return the height.

        Args:
            canvas: the page, counted from its lower left corner.
            x: the left edge.
            top: the upper edge.
        """
        baseline = top - self.ascent
        for line in self.lines:
            _draw_line(canvas, self, line, x, baseline)
            baseline -= self.style.leading
        return self.height


@record
class Paragraph:
    """Text and its style."""

    spans: tuple[Span, ...]
    style: Style

    @classmethod
    def of(cls, text: str | Sequence[Span], style: Style) -> "Paragraph":
        """Return a paragraph of plain text, or of spans."""
        return cls((Span(text),) if isinstance(text, str) else tuple(text), style)

    def lay_out(self, width: float) -> Layout:
        """Break into lines of at most that width, in points.

        A word wider than a line is broken between letters: nothing is ever clipped.
        """
        short = sum(len(span.text) for span in self.spans) <= _LONGEST_KEPT
        return _lay_out_again(self, width) if short else _lay_out(self, width)


def _lay_out(paragraph: Paragraph, width: float) -> Layout:
    style = paragraph.style
    spans = [(span.text, _look(span, style)) for span in paragraph.spans]
    base, blocks = cut(spans, None if style.leftward is None else int(style.leftward))
    lines = []
    for block in blocks:
        broken = list(_broken(block, _Ruler(style), width + _ROUNDING))
        lines += [
            _line(pieces, style, ended=index == len(broken) - 1)
            for index, pieces in enumerate(broken)
        ]
    return Layout(tuple(lines), style, width, bool(base))


# A preview after each keystroke, or a batch of letters, asks for the same paragraphs again.
_lay_out_again = functools.lru_cache(maxsize=512)(_lay_out)


def fit_text(
    text: str | Sequence[Span], style: Style, width: float, minimum: float, lines: int = 1
) -> Layout:
    """Return the text in the largest size that fits; it shrinks, and is never clipped.

    Args:
        text: a name, a title.
        style: with the size to begin at.
        width: in points.
        minimum: the smallest size, in points. What doesn't fit even then loses its middle.
        lines: how many there is room for; only the smallest size uses more than one.
    """
    spans = (Span(text),) if isinstance(text, str) else text
    # One line is wanted, so a line ended by hand goes on behind a space.
    paragraph = Paragraph(
        tuple(replace(s, text=s.text.replace("\n", " ")) if "\n" in s.text else s for s in spans),
        style,
    )
    natural = paragraph.lay_out(_ENDLESS).width
    if natural > width:
        size = style.size * width / natural * 0.995
        paragraph = replace(paragraph, style=style.sized(max(minimum, size)))
    layout = paragraph.lay_out(width)
    while lines < len(layout.lines) and paragraph.style.size > minimum:
        size = max(minimum, paragraph.style.size * 0.96 - 0.05)  # the spacing doesn't shrink
        paragraph = replace(paragraph, style=style.sized(size))
        layout = paragraph.lay_out(width)
    return layout if len(layout.lines) <= lines else _elided(paragraph, width, lines)


def limit(text: str | Sequence[Span], style: Style, width: float, lines: int) -> Layout:
    """Return the text in at most so many lines; a longer one loses its middle, visibly."""
    paragraph = Paragraph.of(text, style)
    layout = paragraph.lay_out(width)
    return layout if len(layout.lines) <= lines else _elided(paragraph, width, lines)


def _elided(paragraph: Paragraph, width: float, lines: int) -> Layout:
    """Keep both ends of the text: a long name is known by its first and its last word."""
    text = "".join(span.text for span in paragraph.spans)
    look = replace(paragraph.spans[0], text="")

    def shortened(kept: int) -> Layout:
        head, tail = text[: kept - kept // 3].rstrip(), text[len(text) - kept // 3 :].lstrip()
        short = replace(look, text=head + _ELLIPSIS + tail)
        return replace(paragraph, spans=(short,)).lay_out(width)

    low, high = 0, min(len(text), 400 * lines)
    while low < high:
        middle = (low + high + 1) // 2
        if len(shortened(middle).lines) <= lines:
            low = middle
        else:
            high = middle - 1
    return shortened(low)


def _look(span: Span, style: Style) -> Look:
    typeface = span.typeface or style.typeface
    if span.bold:
        typeface = typeface.bold
    elif span.italic:
        typeface = typeface.italic
    return Look(typeface, span.colour or style.colour)


# -- breaking ----------------------------------------------------------------------------------


@record
class _Ruler:
    style: Style

    def width(self, piece: Piece) -> float:
        shaped = piece.shaped
        return shaped.width * self.style.size / 1000 + self.style.spacing * len(shaped.signs)

    def thousandths(self, points: float) -> float:
        return points * 1000 / self.style.size


def _words(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield what must stay on one line: a word, its punctuation, the space after it."""
    word: list[Piece] = []
    for piece in pieces:
        word.append(piece)
        if piece.breaks:
            yield word
            word = []
    if word:
        yield word


def _broken(pieces: Sequence[Piece], ruler: _Ruler, room: float) -> Iterator[list[Piece]]:
    """Yield the pieces of each line, filling every line as far as it goes."""
    line: list[Piece] = []
    used = 0.0
    for word in _words(pieces):
        width = sum(ruler.width(piece) for piece in _without_gap(word))
        if line and used + width > room:
            yield line
            line, used = [], 0.0
        *full, last = _torn(word, ruler, room) if width > room else [word]
        yield from full
        line += last
        used += sum(map(ruler.width, last))
    yield line


def _torn(word: Sequence[Piece], ruler: _Ruler, room: float) -> list[list[Piece]]:
    """Return a word that is wider than a line as several lines, the last one not yet full."""
    lines: list[list[Piece]] = [[]]
    left = room
    waiting = deque(word)
    while waiting:
        piece = waiting.popleft()
        if piece.is_space or ruler.width(piece) <= left:
            lines[-1].append(piece)
            left -= ruler.width(piece)
            continue
        head, rest = split(piece, ruler.thousandths(left))
        if lines[-1] and ruler.width(head) > left:  # not one letter fits behind the others
            waiting.appendleft(piece)
        else:
            lines[-1].append(head)
            waiting.extendleft([rest] if rest else [])
        lines.append([])
        left = room
    return lines if lines[-1] or len(lines) == 1 else lines[:-1]


def _without_gap(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces without the spaces at the end, which take no room there."""
    end = len(pieces)
    while end and pieces[end - 1].is_space:
        end -= 1
    return pieces[:end]


def _line(pieces: Sequence[Piece], style: Style, *, ended: bool) -> Line:
    kept = _without_gap(pieces)
    ruler = _Ruler(style)
    ordered = in_visual_order(kept, [piece.level for piece in kept])
    return Line(tuple(ordered), sum(map(ruler.width, kept)), ended)


# -- drawing -----------------------------------------------------------------------------------


def _draw_line(canvas: "Canvas", layout: Layout, line: Line, x: float, baseline: float) -> None:
    style = layout.style
    align = _edge(layout)
    stretch = _stretch(layout, line) if style.align is Align.JUSTIFIED else 0
    if align is Align.RIGHT:
        x += layout.room - line.width
    elif align is Align.CENTRE:
        x += (layout.room - line.width) / 2
    write(
        canvas, _runs(line, stretch * 1000 / style.size), (x, baseline), style.size, style.spacing
    )


def _edge(layout: Layout) -> Align:
    align = layout.style.align
    if align in {Align.START, Align.JUSTIFIED}:
        return Align.RIGHT if layout.leftward else Align.LEFT
    return align


def _stretch(layout: Layout, line: Line) -> float:
    """Return what each gap between words gets so that the line ends at the edge."""
    gaps = sum(piece.is_space for piece in line.pieces)
    if line.ended or not gaps or any(p.manner is not Manner.KERNED for p in line.pieces):
        return 0
    return (layout.room - line.width) / gaps


def _runs(line: Line, stretch: float) -> Iterator[Run]:
    """Yield what is drawn in one go: neighbours in the same font and colour together."""
    run: Run | None = None
    for piece in line.pieces:
        colour = piece.look.colour
        if run is None or not piece.shaped.plain or not run.takes(piece.font, colour):
            if run is not None:
                yield run
            run = Run(piece.font, colour, says=None if piece.shaped.plain else piece.shaped.says)
        run.add(piece.shaped, stretch if piece.is_space else 0)
    if run is not None:
        yield run
