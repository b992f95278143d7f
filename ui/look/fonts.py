"""Type: what each size is for, as a factor of the system's own text size.

Fourteen pixels is the measure of body text at the system's usual size. Somebody who has
set larger text in their system gets all of it larger, and `px` grows heights with it.
"""

import sys
from functools import lru_cache
from typing import Final, Literal

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QGuiApplication

from recoverydesk.places import RESOURCES
from recoverydesk.records import record

Role = Literal[
    "display",
    "welcome",
    "page",
    "dialog",
    "card",
    "body",
    "strong",
    "button",
    "secondary",
    "label",
    "caption",
    "words",
    "paper",
    "axis",
    "key",
]

SANS: Final = "Inter"
SERIF: Final = "Source Serif 4"

_FILES: Final = {
    (SANS, 400, False): "Inter-400.ttf",
    (SANS, 500, False): "Inter-500.ttf",
    (SANS, 600, False): "Inter-600.ttf",
    (SERIF, 400, False): "SourceSerif4-400.ttf",
    (SERIF, 400, True): "SourceSerif4-400Italic.ttf",
    (SERIF, 600, False): "SourceSerif4-600.ttf",
}

_USUAL_PIXELS: Final = {"win32": 12.0, "darwin": 13.0}
"""What each system calls normal text, in logical pixels; elsewhere it is 14."""


@record
class _Type:
    """A size in pixels at usual text, and how it is set."""

    size: int
    line: int
    weight: int = 400
    family: str = SANS
    italic: bool = False
    tabular: bool = False


_TYPES: Final[dict[Role, _Type]] = {
    "display": _Type(28, 36, 600, tabular=True),
    "welcome": _Type(32, 42, 600, SERIF),
    "page": _Type(22, 30, 600),
    "dialog": _Type(20, 28, 600),
    "card": _Type(16, 24, 600),
    "body": _Type(14, 20),
    "strong": _Type(14, 20, 500),
    "button": _Type(14, 20, 500),
    "secondary": _Type(13, 20),
    "label": _Type(13, 20, 500),
    "caption": _Type(12, 16, 500),
    "words": _Type(16, 24, 400, SERIF, italic=True),
    "paper": _Type(16, 25, 400, SERIF),
    "axis": _Type(11, 16),
    "key": _Type(11, 16, 500),
}


class _Scale:
    """How much larger than usual the system's text is."""

    factor = 1.0


_scale = _Scale()


def measure_system(factor: float | None = None) -> None:
    """Take the system's text size as the measure, or `factor` where one is given (tests)."""
    if factor is None:
        usual = _USUAL_PIXELS.get(sys.platform, 14.0)
        font_ = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        # Never smaller than measured: some bare systems report eight points.
        factor = max(1.0, QFontInfo(font_).pixelSize() / usual)
    _scale.factor = min(factor, 2.5)
    font.cache_clear()


def scale() -> float:
    """Return how much larger than usual text is."""
    return _scale.factor


def px(size: float) -> int:
    """Return a measure of the design (pixels at usual text) in pixels for this system."""
    return round(size * _scale.factor)


@lru_cache(maxsize=16)
def _load(family: str, weight: int, *, italic: bool) -> None:
    name = _FILES.get((family, weight, italic))
    if name is not None and QGuiApplication.instance() is not None:
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))


@lru_cache(maxsize=256)
def font(role: Role, weight: int = 0, *, tabular: bool = False, size: float = 0) -> QFont:
    """Return the font for a role, loading its file the first time.

    Args:
        role: what the text is.
        weight: 400, 500 or 600 instead of the role's own.
        tabular: all figures equally wide, for columns of numbers.
        size: another size in pixels at usual text, for initials and marks.

    The same object comes back each time: copy it before changing it.
    """
    kind = _TYPES[role]
    weight = weight or kind.weight
    size = size or kind.size
    _load(kind.family, weight, italic=kind.italic)
    made = QFont(kind.family)
    made.setPixelSize(max(1, px(size)))
    made.setWeight(QFont.Weight(weight))
    made.setItalic(kind.italic)
    # Hinted stems look uneven at this weight on screens of one pixel per point.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular or kind.tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    if spacing := _letter_spacing(size):
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, spacing)
    return made


def _letter_spacing(size: float) -> float:
    """Return the spacing in per cent of usual, or 0 for none: big type is set tighter."""
    if size >= 24:  # noqa: PLR2004 - the measured step
        return 98.4
    return 99.0 if size >= 18 else 0.0  # noqa: PLR2004 - the measured step


def line_height(role: Role) -> int:
    """Return the height of one line of a role, in pixels."""
    return px(_TYPES[role].line)


@lru_cache(maxsize=8192)
def text_width(text: str, font_: QFont) -> float:
    """Return how wide a line of text is, in pixels.

    Kept, because a list measures the same words again at every step of the wheel.
    """
    return QFontMetricsF(font_).horizontalAdvance(text)
