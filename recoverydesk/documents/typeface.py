"""Which fonts stand behind a role on paper, and how they reach a PDF.

Fonts are parsed when first needed and kept for the life of the process.
"""

import functools
import os
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
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
_ENDINGS = (".ttf", ".ttc", ".otf")
_STYLED = ("bold", "italic", "oblique", "light", "thin", "black", "mono", "condensed", "serif")
_COLOURED = {"COLR", "CBDT", "sbix", "SVG "}
"""Colour fonts may have nothing in black for what they draw."""
_BLANK = ("lastresort", "blank")
"""Fonts that claim every character and draw a box or nothing for it."""


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
    """Return the first font that can draw all these signs, None where there is none.

    The fonts we know to be good come first; then any other font of the computer.
    """
    wanted = frozenset(signs)
    known = next((font for font in chain(typeface) if font.signs.issuperset(wanted)), None)
    return known or _any_font_for(wanted)


def _any_font_for(wanted: frozenset[str]) -> Font | None:
    codes = [ord(sign) for sign in wanted]
    for path, glance in _glances():
        if all(glance.get_nominal_glyph(code) for code in codes):
            font = _from_system(path)
            if font is not None and font.signs.issuperset(wanted):
                return font
    return None


@functools.cache
def _glances() -> tuple[tuple[Path, "HarfBuzzFont"], ...]:
    """Return a look at every other font of the computer that a PDF takes, upright ones first.

    Parsing them all takes seconds; asking what they can draw, milliseconds.
    """
    try:
        import uharfbuzz  # noqa: PLC0415 - not on every platform
    except ImportError:
        return ()
    found = []
    for path in sorted(_other_paths(), key=_plainness):
        try:
            face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
        except (OSError, uharfbuzz.HarfBuzzError):
            continue
        tags = set(face.table_tags)
        if "glyf" in tags and not tags & _COLOURED:
            found.append((path, uharfbuzz.Font(face)))
    return tuple(found)


def _plainness(path: Path) -> tuple[bool, bool, str]:
    name = path.stem.casefold()
    return any(style in name for style in _STYLED), "noto" not in name, name


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
def _installed() -> Mapping[str, Path]:
    """Return the computer's font files by their names, case folded."""
    found: dict[str, Path] = {}
    for folder in _font_folders():
        for parent, _, names in os.walk(folder):
            for name in names:
                if name.casefold().endswith(_ENDINGS):
                    found.setdefault(name.casefold(), Path(parent, name))
    return found


@functools.cache
def _system_paths() -> tuple[Path, ...]:
    """Return the computer's fonts that we know, in the order to try them."""
    found = _installed()
    wanted = (name.casefold() for name in _SYSTEM_FONTS)
    return tuple(found[name] for name in wanted if name in found)


def _other_paths() -> list[Path]:
    known = {name.casefold() for name in _SYSTEM_FONTS}
    return [
        path
        for name, path in _installed().items()
        if name not in known and not any(bad in name for bad in _BLANK)
    ]


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
