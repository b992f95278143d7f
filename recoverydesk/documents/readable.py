"""What people typed, made printable: nothing breaks the page and nothing silently vanishes."""

import re
import unicodedata

LONGEST_TEXT = 20_000
"""Characters of one paragraph that are printed; what is longer ends in an ellipsis."""

LONGEST_WORD = 60
"""Signs without a place to break; a longer word is broken here."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufe00-\ufe0f\U000e0000-\U000e0fff]"  # how a sign is to look, which our fonts don't offer
)
_NEW_LINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_REGIONAL_A = 0x1F1E6


def tidy(text: str) -> str:
    """Return the text composed, without control signs and within the longest length.

    Directional overrides go too: the page works out the direction itself, and an override in
    a customer's name could turn the rest of the line around.
    """
    text = _NEW_LINE.sub("\n", shortened(text)).replace("\t", " ")
    text = _INVISIBLE.sub("", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


NO_GLYPH = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c\u034f")
"""Signs that only join, part or turn their neighbours and need no glyph of their own."""


def shortened(text: str) -> str:
    """Return at most the longest text that is printed, with an ellipsis where it was cut."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def stand_in(sign: str) -> str:
    """Return words in brackets for a sign that no font can draw.

    A letter with an empty box in it looks like a mistake; "[slightly smiling face]" doesn't.
    """
    if sign in _SKIN_TONES:
        return ""  # it colours the sign before it, which is named already
    number = ord(sign) - _REGIONAL_A
    if 0 <= number < 26:  # noqa: PLR2004 - a flag is two of these letters
        return chr(ord("A") + number)
    name = unicodedata.name(sign, "")
    return f"[{name.lower()}]" if name else f"[U+{ord(sign):04X}]"
