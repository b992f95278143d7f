"""File names that every system takes, whatever a customer is called."""

import re
import unicodedata

RESERVED = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
MOST_BYTES = 120
"""Leaves room for folders and a counter where a path may have 255 bytes a part."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')


def safe_name(words: str, ending: str = "pdf") -> str:
    """Return a file name that Windows, macOS and Linux all take.

    Args:
        words: what the file is called, in any script.
        ending: the file's type, without a dot.
    """
    text = unicodedata.normalize("NFC", words)
    visible = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    plain = " ".join(_FORBIDDEN.sub(" ", visible).split()).strip(". ")
    short = plain.encode()[:MOST_BYTES].decode(errors="ignore").strip(". ")
    if not short or short.partition(".")[0].casefold().strip() in RESERVED:
        short = f"_{short}"
    return f"{short}.{ending}"
