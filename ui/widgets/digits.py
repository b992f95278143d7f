"""The digit that a key means, on keyboards too whose digits need Shift."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

NO_DIGIT = -1
_UNCHANGED = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier)
"""With Shift or Ctrl held as well, another sign than the key's own is meant."""
_ROW = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
_MAC_ROW = (18, 19, 20, 21, 23, 22, 26, 28, 25, 29)
"""The upper row's keys on a Mac, whose numbers aren't in the row's order."""
_FIRST = {"linux": 10, "win32": 2}
"""The number of the upper row's first key; X11 and Wayland count from 8, Windows from 1."""


def typed_digit(event: QKeyEvent) -> int:
    """Return the digit that was typed, or `NO_DIGIT`.

    It is what the key writes, in any script; where the upper row writes other signs without Shift,
    as in France and Belgium, its keys count by their place.
    """
    text = event.text()
    if len(text) == 1 and text.isdecimal():
        return int(text)
    key = event.key() - Qt.Key.Key_0
    if 0 <= key < len(_ROW):
        return int(key)
    return _by_place(event) if event.modifiers() in _UNCHANGED else NO_DIGIT


def _by_place(event: QKeyEvent) -> int:
    """Return the digit of a key of the upper row, wherever the layout has put the digits."""
    if sys.platform == "darwin":
        code = event.nativeVirtualKey()
        return _ROW[_MAC_ROW.index(code)] if code in _MAC_ROW else NO_DIGIT
    place = event.nativeScanCode() - _FIRST["win32" if sys.platform == "win32" else "linux"]
    return _ROW[place] if 0 <= place < len(_ROW) else NO_DIGIT
