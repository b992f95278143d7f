"""How the program looks: colours, type, icons, the mark, and the strokes that paint them.

Widgets ask for a colour, a font or an icon at the moment they paint, so switching between
light and dark needs nothing but a repaint. Sizes go through `px`, so a larger system text
makes everything larger.
"""

from ui.look.fonts import Role, font, line_height, px, scale, text_width
from ui.look.icons import icon, paint_icon
from ui.look.paint import (
    CENTRE,
    DOTS,
    LEFT,
    RIGHT,
    app_icon,
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
