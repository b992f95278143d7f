"""A paragraph's text cut into pieces: one font, one direction, one look, already shaped."""

import bisect
import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recoverydesk.documents.direction import base_level, levels
from recoverydesk.documents.readable import LONGEST_WORD, NO_GLYPH, shortened, stand_in, tidy
from recoverydesk.documents.shaping import Manner, Shaped, shape
from recoverydesk.documents.typeface import Font, Typeface, font_for
from recoverydesk.records import record

# Letters that run to the right, need no joining, and carry their accents inside.
_SIMPLE = re.compile(
    "[\n -\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u202f-\u205e\u20a0-\u20c0"
    "\u2100-\u218f\u2212]*"
)
_TOKEN = re.compile(r"(?P<breaks> +|[^ \-\u2013\u2014/]*[-\u2013\u2014/]+(?=[^\W\d]))|[^ ]+")
_HYPHENS = "-\u2013\u2014/\u200b"

_NO_LINE_START = frozenset(
    "、。，．・：；？！）〕】〉》」』’”ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%!),.:;?]}"  # noqa: RUF001 - East Asian signs
)
_NO_LINE_END = frozenset("（〔【〈《「『‘“([{")  # noqa: RUF001 - as above
_TURNS = frozenset("\u200e\u200f\u061c")

# First code point of a block, and the script whose letters must not share a piece with others.
_BLOCKS = (
    (0x0000, "latin"),
    (0x0530, "armenian"),
    (0x0590, "hebrew"),
    (0x0600, "arabic"),
    (0x0900, "devanagari"),
    (0x0980, "other"),
    (0x0E00, "thai"),
    (0x0E80, "other"),
    (0x10A0, "georgian"),
    (0x1100, "hangul"),
    (0x1200, "other"),
    (0x1E00, "latin"),
    (0x2000, "other"),
    (0x2C60, "latin"),
    (0x2C80, "other"),
    (0x2E80, "han"),
    (0xA4D0, "other"),
    (0xAC00, "hangul"),
    (0xD7B0, "other"),
    (0xF900, "han"),
    (0xFB00, "latin"),
    (0xFB1D, "hebrew"),
    (0xFB50, "arabic"),
    (0xFE30, "han"),
    (0xFE70, "arabic"),
    (0xFF00, "han"),
    (0xFFF0, "other"),
    (0x20000, "han"),
    (0x323B0, "other"),
)
_BLOCK_STARTS = [start for start, _ in _BLOCKS]
_MANNERS = {
    "": Manner.KERNED,
    "latin": Manner.KERNED,
    "han": Manner.APART,
    "hangul": Manner.APART,
}


@record
class Look:
    """How a stretch of text is to look."""

    typeface: Typeface
    colour: str
    """As #rrggbb."""


@record
class Piece:
    """Shaped text that is drawn in one go."""

    shaped: Shaped
    font: Font
    look: Look
    level: int = 0
    """Its bidirectional level: odd runs to the left."""
    manner: Manner = Manner.KERNED
    breaks: bool = False
    """Whether a line may end after it."""

    @property
    def is_space(self) -> bool:
        """Whether it is only the gap between two words."""
        return self.shaped.says.isspace()


def cut(
    spans: Sequence[tuple[str, Look]], base: int | None = None
) -> tuple[int, list[list[Piece]]]:
    """Return the base direction, and the pieces of each line the writer ended by hand.

    No character is lost: what no font can draw is replaced by its name in brackets.

    Args:
        spans: the text in stretches of one look.
        base: 1 for a paragraph that runs to the left, 0 for one to the right; None lets the
            first letter say so.
    """
    spans = [(tidy(text), look) for text, look in spans]
    if all(_is_simple(text, look) for text, look in spans):
        return base or 0, [
            [piece for text, look in line for piece in _simple_pieces(text, look)]
            for line in _lines(spans)
        ]
    spans = [(_drawable(text, look.typeface), look) for text, look in spans]
    if base is None:
        base = base_level("".join(text for text, _ in spans))
    return base, [list(_mixed_pieces(line, base)) for line in _lines(spans)]


def missing(text: str, typeface: Typeface) -> tuple[str, ...]:
    """Return the signs that no font here can draw, each once; their names print instead."""
    text = tidy(text)
    if text.isascii():
        return ()
    found = dict.fromkeys(sign for sign in text if sign != "\n" and sign not in NO_GLYPH)
    return tuple(sign for sign in found if _font(typeface, sign) is None)


def split(piece: Piece, room: float) -> tuple[Piece, Piece | None]:
    """Cut a piece that is too wide for a line, never through a letter and its accents.

    Args:
        piece: one word, or a part of one.
        room: in thousandths of the size; the first part may be wider if one letter is.
    """
    parts = list(_clusters(piece.shaped.says))
    taken, width = 0, 0.0
    for part in parts:
        width += _reshaped(piece, part).shaped.width
        if taken and width > room:
            break
        taken += 1
    if taken == len(parts):
        return piece, None
    head = _reshaped(piece, "".join(parts[:taken]))
    return head, _reshaped(piece, "".join(parts[taken:]))


def _reshaped(piece: Piece, text: str) -> Piece:
    shaped = shape(piece.font, text, piece.manner, leftward=bool(piece.level % 2))
    return replace(piece, shaped=shaped)


def _lines(spans: Sequence[tuple[str, Look]]) -> Iterator[list[tuple[str, Look]]]:
    """Yield the spans of each line that ends with a new-line sign."""
    line: list[tuple[str, Look]] = []
    for text, look in spans:
        first, *others = text.split("\n")
        line.append((first, look))
        for other in others:
            yield line
            line = [(other, look)]
    yield line


def _is_simple(text: str, look: Look) -> bool:
    if not _SIMPLE.fullmatch(text):
        return False
    first = font_for(look.typeface, " ")
    return first is not None and first.signs.issuperset(text.replace("\n", ""))


def _simple_pieces(text: str, look: Look) -> Iterator[Piece]:
    font = font_for(look.typeface, " ")
    if font is None or not text:
        return
    for token in _TOKEN.finditer(text):
        word, breaks = token.group(), token.lastgroup is not None
        for start in range(0, len(word), LONGEST_WORD):
            part = word[start : start + LONGEST_WORD]
            more = start + LONGEST_WORD < len(word) and not part.isspace()
            yield Piece(shape(font, part, Manner.KERNED), font, look, breaks=more or breaks)


# -- every other script ------------------------------------------------------------------------


@dataclass(slots=True)
class _Atom:
    """The smallest stretch that is never cut: a letter with its marks."""

    text: str
    font: Font
    look: Look
    level: int
    script: str
    """Empty for what all scripts share: digits, punctuation, spaces."""


@functools.lru_cache(maxsize=4096)
def _font(typeface: Typeface, signs: str) -> Font | None:
    return font_for(typeface, frozenset(signs) - NO_GLYPH or " ")


def _drawable(text: str, typeface: Typeface) -> str:
    """Return the text with a name in place of each sign that no font can draw."""
    drawable = "".join(
        sign if sign == "\n" or sign in NO_GLYPH or _font(typeface, sign) else stand_in(sign)
        for sign in text
    )
    return shortened(drawable)


def _script(sign: str) -> str:
    if unicodedata.category(sign)[0] not in "LM":
        return ""
    return _BLOCKS[bisect.bisect_right(_BLOCK_STARTS, ord(sign)) - 1][1]


def _clusters(text: str) -> Iterator[str]:
    """Yield each letter together with the marks, joiners and vowels that belong to it."""
    start = 0
    for index in range(1, len(text)):
        if not _belongs(text[index - 1], text[index]):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


def _belongs(before: str, sign: str) -> bool:
    if sign in " \n" or before in " \n":
        return False
    return (
        unicodedata.category(sign)[0] == "M"
        or sign in "\u0e33\u0eb3"  # the Thai and Lao vowel that follows its letter
        or sign in NO_GLYPH
        or before in "\u200d\u0e40\u0e41\u0e42\u0e43\u0e44"  # Thai vowels before their letter
        or (unicodedata.combining(before) == 9 and _script(sign) == _script(before))  # noqa: PLR2004 - virama
    )


def _atoms(spans: Sequence[tuple[str, Look]], base: int) -> Iterator[_Atom]:
    text = "".join(span for span, _ in spans)
    text_levels = levels(text, base)
    index = 0
    previous: _Atom | None = None
    for span, look in spans:
        for cluster in _clusters(span):
            for font, part in _by_font(cluster, look, previous):
                previous = _Atom(part, font, look, text_levels[index], _script(part[0]))
                yield previous
            index += len(cluster)


def _by_font(cluster: str, look: Look, previous: _Atom | None) -> list[tuple[Font, str]]:
    """Return a cluster with its font; in parts where no single font has all of it."""
    cluster = "".join(sign for sign in cluster if sign not in _TURNS)
    if not cluster:
        return []
    goes_on = previous and previous.look == look and not _script(cluster[0])
    if previous and goes_on and previous.font.signs.issuperset(cluster):
        return [(previous.font, cluster)]  # punctuation looks like the word before it
    font = _font(look.typeface, cluster)
    if font is not None:
        return [(font, cluster)]
    fonts = ((_font(look.typeface, sign), sign) for sign in cluster)
    return [(font, sign) for font, sign in fonts if font is not None]


def _mixed_pieces(spans: Sequence[tuple[str, Look]], base: int) -> Iterator[Piece]:
    atoms = list(_atoms(spans, base))
    group: list[_Atom] = []
    for atom, following in zip(atoms, [*atoms[1:], None], strict=True):
        group.append(atom)
        may_end = following is not None and _may_end(atom, following)
        if may_end or following is None or not _goes_on(group, following):
            yield _piece(group, breaks=may_end or len(group) >= LONGEST_WORD)
            group = []


def _goes_on(group: list[_Atom], following: _Atom) -> bool:
    last = group[-1]
    scripts = {atom.script for atom in group} | {following.script}
    return (
        len(group) < LONGEST_WORD
        and last.font is following.font
        and last.look == following.look
        and last.level == following.level
        and last.text.isspace() == following.text.isspace()
        and len(scripts - {""}) <= 1
    )


def _may_end(atom: _Atom, following: _Atom) -> bool:
    """Say whether a line may end between two neighbours."""
    if following.text.isspace():
        return False
    last, first = atom.text[-1], following.text[0]
    if atom.text == " " or last == "\u200b":
        return True
    if "han" in {atom.script, following.script}:
        return first not in _NO_LINE_START and last not in _NO_LINE_END
    return last in _HYPHENS and bool(following.script)


def _piece(group: list[_Atom], *, breaks: bool) -> Piece:
    first = group[0]
    script = next((atom.script for atom in group if atom.script), "")
    manner = _MANNERS.get(script, Manner.JOINED)
    text = "".join(atom.text for atom in group)
    if unicodedata.combining(text[0]) or any(map(unicodedata.combining, text)):
        manner = Manner.JOINED  # a mark has to find its place above the letter
    shaped = shape(first.font, text, manner, leftward=bool(first.level % 2))
    return Piece(shaped, first.font, first.look, first.level, manner, breaks)
