"""Which fonts stand behind a role on paper, and how they reach a PDF.

Fonts are parsed when first needed and kept for the life of the process.
"""

import functools
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recoverydesk.places import RESOURCES

if TYPE_CHECKING:
    from uharfbuzz import Font as HarfBuzzFont

_LOCK = threading.RLock()
_PRIVATE = 0xE000
_PRIVATE_GLYPHS = 0xF8FF - _PRIVATE
_FAR_PRIVATE = 0xF0000


class Typeface(StrEnum):
    """A role on paper."""

    SERIF = "serif"
    SERIF_BOLD = "serif-bold"
    SERIF_ITALIC = "serif-italic"
    SANS = "sans"
    SANS_MEDIUM = "sans-medium"
    SANS_SEMIBOLD = "sans-semibold"

    @property
    def bold(self) -> "Typeface":
        """The same role, stressed."""
        return Typeface.SERIF_BOLD if self in _SERIFS else Typeface.SANS_SEMIBOLD

    @property
    def italic(self) -> "Typeface":
        """The same role, leaning, where there is such a font."""
        return Typeface.SERIF_ITALIC if self is Typeface.SERIF else self


_SERIFS = (Typeface.SERIF, Typeface.SERIF_BOLD, Typeface.SERIF_ITALIC)

# Source Serif and Inter know Latin, Greek and Cyrillic; FiraGO knows Arabic, Hebrew,
# Devanagari, Thai and Georgian. The rest is looked for among the computer's own fonts.
_BUNDLED = {
    Typeface.SERIF: ("SourceSerif4-400", "Inter-400", "FiraGO-400"),
    Typeface.SERIF_BOLD: ("SourceSerif4-600", "Inter-600", "FiraGO-600"),
    Typeface.SERIF_ITALIC: ("SourceSerif4-400Italic", "Inter-400", "FiraGO-400"),
    Typeface.SANS: ("Inter-400", "FiraGO-400"),
    Typeface.SANS_MEDIUM: ("Inter-500", "FiraGO-400"),
    Typeface.SANS_SEMIBOLD: ("Inter-600", "FiraGO-600"),
}

# TrueType outlines only: others can't be put into a PDF. Korean before Chinese before the
# broad ones, because the broad ones draw ideographs without care.
_SYSTEM_FONTS = (
    "malgun.ttf",
    "NanumGothic.ttf",
    "AppleGothic.ttf",
    "NotoSansKR-Regular.ttf",
    "msyh.ttc",
    "msjh.ttc",
    "simsun.ttc",
    "YuGothR.ttc",
    "meiryo.ttc",
    "msgothic.ttc",
    "NotoSansSC-Regular.ttf",
    "NotoSansJP-Regular.ttf",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "Arial Unicode.ttf",
    "ARIALUNI.TTF",
    "Nirmala.ttf",
    "Nirmala.ttc",
    "DejaVuSans.ttf",
    "seguisym.ttf",
)


@dataclass(slots=True, eq=False)
class Font:
    """One parsed font: what it can draw, how wide, and its glyphs for a PDF."""

    name: str
    path: Path
    index: int
    pdf: Any
    """The font as ReportLab keeps it."""
    signs: frozenset[str]
    """Every character with a glyph of its own."""
    _shaper: "HarfBuzzFont | None" = field(default=None, repr=False)

    def width(self, sign: str) -> float:
        """Return the advance of a character, in thousandths of the size."""
        return float(self.pdf.face.getCharWidth(ord(sign)))

    def scaled(self, units: float) -> float:
        """Return a length of the font's own, in thousandths of the size."""
        return float(units) * 1000 / int(self.pdf.face.unitsPerEm)

    def shaper(self) -> "HarfBuzzFont":
        """Return the font as HarfBuzz wants it; ImportError where there is no HarfBuzz."""
        if self._shaper is None:
            import uharfbuzz  # noqa: PLC0415 - after the first paint, and not on every platform

            blob = uharfbuzz.Blob(self.path.read_bytes())
            self._shaper = uharfbuzz.Font(uharfbuzz.Face(blob, self.index))
        return self._shaper

    def sign_for(self, glyph: int) -> str:
        """Return the character by which a glyph is written into the PDF.

        A glyph without a character gets a private one, worked out from its number so that
        the same text gives the same bytes whatever was drawn before.
        """
        face = self.pdf.face
        with _LOCK:
            known = face.glyphToChar.get(glyph)
            if known:
                return chr(known[0])
            code = _PRIVATE + glyph
            if glyph > _PRIVATE_GLYPHS or code in face.charToGlyph:
                code = _FAR_PRIVATE + glyph
            face.charToGlyph[code] = glyph
            face.glyphToChar[glyph] = [code]
            face.charWidths[code] = self.scaled(self.shaper().get_glyph_h_advance(glyph))
            return chr(code)


@functools.cache
def bundled(name: str) -> Font:
    """Return a font that comes with RecoveryDesk, such as "Inter-400"."""
    return _parsed(RESOURCES / "fonts" / f"{name}.ttf", 0)


def chain(typeface: Typeface) -> Iterator[Font]:
    """Yield the fonts to try for a role, the best first; a later one is parsed when reached."""
    yield from map(bundled, _BUNDLED[typeface])
    for path in _system_paths():
        font = _from_system(path)
        if font is not None:
            yield font


def font_for(typeface: Typeface, signs: Iterable[str]) -> Font | None:
    """Return the first font that can draw all these signs, None where there is none."""
    wanted = frozenset(signs)
    return next((font for font in chain(typeface) if font.signs.issuperset(wanted)), None)


def _parsed(path: Path, index: int) -> Font:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - slow; after the first paint
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - slow; as above

    with _LOCK:  # a preview and a batch may ask for it at the same time
        if (path, index) in _PARSED:
            return _PARSED[path, index]
        pdf = TTFont(path.stem, str(path), subfontIndex=index)
        pdfmetrics.registerFont(pdf)
        # A copy: glyphs without a character are added to ReportLab's table as they are drawn.
        signs = frozenset(
            chr(code)
            for code, glyph in pdf.face.charToGlyph.items()
            if glyph and not 0xE000 <= code <= 0xF8FF  # noqa: PLR2004 - the private use area
        )
        _PARSED[path, index] = Font(path.stem, path, index, pdf, signs)
        return _PARSED[path, index]


_PARSED: dict[tuple[Path, int], Font] = {}


@functools.cache
def _from_system(path: Path) -> Font | None:
    try:
        return _parsed(path, 0)
    except Exception:  # noqa: BLE001 - somebody else's font file may fail in any way
        return None


@functools.cache
def _system_paths() -> tuple[Path, ...]:
    """Return the computer's fonts that may be used, in the order to try them."""
    found: dict[str, Path] = {}
    for folder in _font_folders():
        for parent, _, names in os.walk(folder):
            for name in names:
                found.setdefault(name.casefold(), Path(parent, name))
    wanted = (name.casefold() for name in _SYSTEM_FONTS)
    return tuple(found[name] for name in wanted if name in found)


def _font_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", str(home)))
        return (
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
            local / "Microsoft/Windows/Fonts",
        )
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts")
