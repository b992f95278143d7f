"""Words that people type or paste: kept as they are, minus what nobody typed on purpose."""

import re
import unicodedata

from recoverydesk.errors import InvalidEntryError

_NEW_LINES = "\r\n|[\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]"
# Overrides and isolates can make a line read differently from what it says. The joiners and the
# plain direction marks stay: Persian, Hindi, emoji and mixed Hebrew are wrong without them.
_HIDDEN = "[\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc]"
_SENTENCE_END = r"[.!?…]+[\"'”’)»]*(?=\s|$)|[。！？]+[」』）]*"  # noqa: RUF001
_SHORTEST_SENTENCE = 12
"""Shorter ones are more often an abbreviation: "Mr.", "approx."."""
_AFTER_A_WORD = " ,;:.!?…)"
_JOINERS = "\u200d\u200c\ufe0f"
_MOST_MARKS = 30
"""Accents on one letter: no script needs more, and a pile of thousands takes minutes to order."""


def tidy_text(
    typed: str, *, field: str, limit: int = 10_000, required: bool = False, message: str = ""
) -> str:
    """Return words as they are stored: NFC, one kind of line end, nothing invisible.

    Control characters and direction overrides go; joiners and direction marks stay. Nothing is
    ever cut.

    Args:
        typed: what stands in the field.
        field: what a form knows the field by.
        limit: the most characters taken.
        required: whether it has to say something.
        message: what to say when it doesn't.

    Raises:
        InvalidEntryError: it is too long (says by how much), or empty though required.
    """
    plain = typed if typed.isascii() else unicodedata.normalize("NFC", _without_piles(typed))
    lines = re.sub(_NEW_LINES, "\n", plain)
    words = "".join(sign for sign in re.sub(_HIDDEN, "", lines) if _kept(sign)).strip()
    if required and not words:
        raise InvalidEntryError(field, message or "This can't be left empty.")
    if (over := len(words) - limit) > 0:
        signs = "1 character" if over == 1 else f"{over:,} characters"
        raise InvalidEntryError(
            field,
            f"This is {signs} too long; {limit:,} fit. Please shorten it: nothing was cut.",
        )
    return words


def _without_piles(words: str) -> str:
    kept, marks = [], 0
    for sign in words:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def summary(words: str, limit: int = 90) -> str:
    """Return the first sentence, or as much of the first line as fits, ending at a word.

    Args:
        words: as stored.
        limit: the most characters returned, "…" included.
    """
    line = next((line for line in words.splitlines() if line.strip()), "")
    line = " ".join(line.split())
    for end in re.compile(_SENTENCE_END).finditer(line, _SHORTEST_SENTENCE):
        if end.end() <= limit:
            return line[: end.end()]
        break
    if len(line) <= limit:
        return line
    return _elided(line, limit)


def _elided(line: str, limit: int) -> str:
    head = line[: limit - 1]
    if line[limit - 1] not in _AFTER_A_WORD and " " in head:
        head = head.rpartition(" ")[0]
    elif " " not in head:
        # No word to end at, as in Chinese: at least never part an accent from its letter.
        end = limit - 1
        while end > 0 and (_clings(line[end]) or line[end - 1] in _JOINERS):
            end -= 1
        head = line[:end]
    return head.rstrip(" ,;:-–—(") + "…"  # noqa: RUF001


def _clings(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign).startswith("M")


def _kept(sign: str) -> bool:
    return sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
