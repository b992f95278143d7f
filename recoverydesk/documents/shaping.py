"""Letters to glyphs: HarfBuzz joins, stacks and kerns; without it letters stand side by side."""

import functools
import unicodedata
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING

from recoverydesk.documents.typeface import Font
from recoverydesk.records import record

if TYPE_CHECKING:
    from uharfbuzz import Buffer

HAS_HARFBUZZ = find_spec("uharfbuzz") is not None  # no wheel for Windows on Arm


class Manner(StrEnum):
    """How the letters of a script stand together."""

    APART = "apart"
    """Side by side, each in its own square: Chinese, Japanese, Korean."""
    KERNED = "kerned"
    """Side by side, a little closer or wider: Latin, Greek, Cyrillic."""
    JOINED = "joined"
    """Joined, stacked or reordered: Arabic, Devanagari, Thai and everything else."""


_JOINED = {"kern": True, "liga": True, "dlig": False}
# A ligature is copied out of the PDF as one strange sign, so "fi" stays two letters.
_KERNED = {"kern": True, "liga": False, "clig": False, "calt": False, "dlig": False}


@record
class Shaped:
    """Text as glyphs, in the order they stand on paper. Lengths in 1/1000 of the size."""

    says: str
    """The text, in the order it is read."""
    signs: str
    """One character a glyph, as the font knows them."""
    width: float
    plain: bool = True
    """Whether the glyphs' characters, copied out of the PDF, read as the text."""
    moves: tuple[tuple[int, float], ...] = ()
    """Steps to the right before the glyph of that index (after the last: its length)."""
    rises: tuple[tuple[int, float], ...] = ()
    """Glyphs above or below the line."""


@functools.lru_cache(maxsize=8192)
def shape(font: Font, text: str, manner: Manner, *, leftward: bool = False) -> Shaped:
    """Return the glyphs of a text that one font draws in one direction.

    Args:
        font: has a glyph for every character.
        text: in the order it is read, at most some sixty characters.
        manner: how its letters stand together.
        leftward: written from right to left.
    """
    if not HAS_HARFBUZZ or manner is Manner.APART:
        return _side_by_side(font, text[::-1] if leftward else text, text)
    import uharfbuzz  # noqa: PLC0415 - after the first paint, and not on every platform

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if leftward else "ltr"
    buffer.language = "en"  # not the computer's: the same text gives the same bytes everywhere
    uharfbuzz.shape(font.shaper(), buffer, _KERNED if manner is Manner.KERNED else _JOINED)
    return _placed(font, text, buffer)


def _side_by_side(font: Font, signs: str, says: str) -> Shaped:
    return Shaped(says, signs, sum(map(font.width, signs)))


def _placed(font: Font, text: str, buffer: "Buffer") -> Shaped:
    """Turn HarfBuzz's positions into the steps a PDF takes beside each glyph's own width."""
    signs, moves, rises = [], [], []
    reached = wanted = 0.0
    for index, (glyph, place) in enumerate(
        zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ):
        sign = font.sign_for(glyph.codepoint)
        step = wanted + font.scaled(place.x_offset) - reached
        if abs(step) >= 1:
            moves.append((index, step))
            reached += step
        if place.y_offset:
            rises.append((index, font.scaled(place.y_offset)))
        signs.append(sign)
        reached += font.width(sign)
        wanted += font.scaled(place.x_advance)
    if abs(wanted - reached) >= 1:
        moves.append((len(signs), wanted - reached))
        reached = wanted
    written = "".join(signs)
    return Shaped(text, written, reached, _reads_as(written, text), tuple(moves), tuple(rises))


def _reads_as(signs: str, text: str) -> bool:
    """Say whether PDF viewers find the text in the glyphs.

    They turn leftward words around and take a joined form for its letter (NFKC), but know
    nothing of conjuncts and of letters that were put in another order.
    """
    if signs == text:
        return True
    turned = unicodedata.normalize("NFKC", signs[::-1])
    return turned == unicodedata.normalize("NFKC", text)
