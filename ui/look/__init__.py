"""How the program looks: colours, type, icons, the mark, and the strokes that paint them.

Widgets ask for a colour, a font or an icon at the moment they paint, so switching between
light and dark needs nothing but a repaint. Sizes go through `px`, so a larger system text
makes everything larger.
"""

from typing import TYPE_CHECKING

from ui.look.fonts import Role, font, line_height, px, scale, text_width
from ui.look.icons import paint_icon
from ui.look.paint import (
    CENTRE,
    DOTS,
    LEFT,
    RIGHT,
    avatar_colours,
    chip_width,
    initials,
    mix,
    on_circle,
    paint_avatar,
    paint_check,
    paint_chip,
    paint_dots,
    paint_ground,
    paint_mark,
    paint_rect,
    paint_shadow,
    paint_text,
    ready,
)
from ui.look.theme import STYLE, Mode, apply, apply_mode, changes, is_dark, theme
from ui.look.tokens import DARK, EDGES, INKS, LIGHT, TONES, Palette, Token, Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

__all__ = [
    "CENTRE",
    "DARK",
    "DOTS",
    "EDGES",
    "INKS",
    "LEFT",
    "LIGHT",
    "RIGHT",
    "STYLE",
    "TONES",
    "Mode",
    "Palette",
    "Role",
    "Token",
    "Tone",
    "app_icon",
    "apply",
    "apply_mode",
    "avatar_colours",
    "changes",
    "chip_width",
    "font",
    "icon",
    "initials",
    "is_dark",
    "line_height",
    "mix",
    "on_circle",
    "paint_avatar",
    "paint_check",
    "paint_chip",
    "paint_dots",
    "paint_ground",
    "paint_icon",
    "paint_mark",
    "paint_rect",
    "paint_shadow",
    "paint_text",
    "px",
    "ready",
    "scale",
    "text_width",
    "theme",
]


def icon(name: str, token: Token = "text2") -> "QIcon":
    """Return an icon that takes its colour from the theme whenever it is drawn.

    Args:
        name: file name under resources/icons, without `.svg`.
        token: which colour of the palette.
    """
    from ui.look import themed  # noqa: PLC0415 - its enumerations take 2 ms: not at the start

    return themed.icon(name, token)


def app_icon() -> "QIcon":
    """Return the program's icon: the mark in its light colours, in the usual sizes."""
    from ui.look import themed  # noqa: PLC0415 - as above

    return themed.app_icon()
