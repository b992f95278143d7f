"""The colours, each named for what it is for, once for light and once for dark.

The accent means "forward" or "good". Brick and ochre are the only other hues: late and
lost, waiting and running out. Every pair of text and ground reaches 4.5:1 (WCAG 2.2, 1.4.3);
edges of inputs, bars and the focus ring reach 3:1 (1.4.11). A test measures them.
"""

from dataclasses import fields
from typing import Literal, cast

from PySide6.QtGui import QColor

from recoverydesk.records import record

Tone = Literal["neutral", "accent", "warn", "danger"]
"""What a chip or a status says: plain, good, mind the clock, trouble."""

Token = Literal[
    "bg",
    "rail",
    "surface",
    "sunken",
    "hover",
    "track",
    "border",
    "line",
    "control",
    "text",
    "text2",
    "text3",
    "accent",
    "accent_hover",
    "accent_press",
    "on_accent",
    "accent_text",
    "accent_soft",
    "accent_line",
    "chart2",
    "danger",
    "danger_soft",
    "danger_line",
    "warn",
    "warn_soft",
    "warn_line",
    "chip",
    "chip_text",
    "scrim",
    "tip",
    "tip_text",
    "tip_accent",
]


@record
class Palette:
    """One colour for every purpose."""

    dark: bool
    bg: QColor
    """Page behind everything."""
    rail: QColor
    """Left rail; ground behind a paper preview."""
    surface: QColor
    """Cards, tables, dialogs."""
    sunken: QColor
    """Table header, side pane of a dialog, inputs in the dark."""
    hover: QColor
    """Row under the pointer, current step."""
    track: QColor
    """Empty part of a bar."""
    border: QColor
    """Edge of a card."""
    line: QColor
    """Between rows."""
    control: QColor
    """Edge of an input, empty circle to tick."""
    text: QColor
    text2: QColor
    text3: QColor
    """Captions and hints: the lightest text allowed."""
    accent: QColor
    accent_hover: QColor
    accent_press: QColor
    on_accent: QColor
    accent_text: QColor
    """Links, text of what is chosen."""
    accent_soft: QColor
    """Ground of what is chosen; coach card."""
    accent_line: QColor
    chart2: QColor
    """The quieter tone of a chart."""
    danger: QColor
    """Late, furious, came back, lost."""
    danger_soft: QColor
    danger_line: QColor
    warn: QColor
    """Waiting, runs out."""
    warn_soft: QColor
    warn_line: QColor
    chip: QColor
    chip_text: QColor
    scrim: QColor
    """Laid over the window behind a dialog."""
    tip: QColor
    """Ground of toasts and tooltips."""
    tip_text: QColor
    tip_accent: QColor
    """The action on a toast."""

    def colour(self, token: Token) -> QColor:
        """Return the colour for a purpose given by name."""
        return cast("QColor", getattr(self, token))


def _palette(values: dict[str, str], *, dark: bool) -> Palette:
    colours = {
        field.name: QColor(values[field.name]) for field in fields(Palette) if field.name != "dark"
    }
    return Palette(dark=dark, **colours)


LIGHT = _palette(
    {
        "bg": "#F7F5F0",
        "rail": "#F0EDE5",
        "surface": "#FFFFFF",
        "sunken": "#FAF8F4",
        "hover": "#F5F2EB",
        "track": "#EAE6DC",
        "border": "#E6E1D7",
        "line": "#EFEBE3",
        "control": "#8F887B",
        "text": "#25221C",
        "text2": "#5C564B",
        "text3": "#6F685C",
        "accent": "#17695B",
        "accent_hover": "#125549",
        "accent_press": "#0E463C",
        "on_accent": "#FFFFFF",
        "accent_text": "#14604F",
        "accent_soft": "#E1F0EB",
        "accent_line": "#B9DACF",
        "chart2": "#5F9A8B",
        "danger": "#AD2D1D",
        "danger_soft": "#FBE8E3",
        "danger_line": "#EDC3B8",
        "warn": "#855000",
        "warn_soft": "#FBEED3",
        "warn_line": "#EBD3A0",
        "chip": "#EFEBE3",
        "chip_text": "#4C463C",
        "scrim": "#1E1A14",
        "tip": "#2B2822",
        "tip_text": "#F6F3EC",
        "tip_accent": "#8FD8C5",
    },
    dark=False,
)

DARK = _palette(
    {
        "bg": "#191815",
        "rail": "#141310",
        "surface": "#22211E",
        "sunken": "#1E1D1A",
        "hover": "#2A2925",
        "track": "#35332E",
        "border": "#35332E",
        "line": "#2D2B27",
        "control": "#7D776B",
        "text": "#F0EDE6",
        "text2": "#BEB8AB",
        "text3": "#A49C8D",
        "accent": "#6CC7B0",
        "accent_hover": "#82D3BF",
        "accent_press": "#96DDCB",
        "on_accent": "#0B2722",
        "accent_text": "#82D3BF",
        "accent_soft": "#1D3731",
        "accent_line": "#2F574D",
        "chart2": "#45756A",
        "danger": "#F39C89",
        "danger_soft": "#41251F",
        "danger_line": "#6B3A30",
        "warn": "#E9BC66",
        "warn_soft": "#3A2F18",
        "warn_line": "#5F4D25",
        "chip": "#33312C",
        "chip_text": "#D6D0C4",
        "scrim": "#000000",
        "tip": "#F0EDE6",
        "tip_text": "#25221C",
        "tip_accent": "#17695B",
    },
    dark=True,
)

TONES: dict[Tone, tuple[Token, Token]] = {
    "neutral": ("chip", "chip_text"),
    "accent": ("accent_soft", "accent_text"),
    "warn": ("warn_soft", "warn"),
    "danger": ("danger_soft", "danger"),
}
"""Ground and text of a chip by what it says."""

EDGES: dict[Tone, Token] = {
    "neutral": "border",
    "accent": "accent_line",
    "warn": "warn_line",
    "danger": "danger_line",
}
"""Edge of a tinted card by what it says."""

INKS: dict[Tone, Token] = {
    "neutral": "text2",
    "accent": "accent_text",
    "warn": "warn",
    "danger": "danger",
}
"""Text on a plain ground by what it says."""
