"""Digits on any keyboard: by what a key writes, else by its place in the upper row."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.widgets import digits
from ui.widgets.digits import NO_DIGIT, typed_digit

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PRESS = QEvent.Type.KeyPress


def pressed(key, text="", *, modifiers=NONE, code=0, virtual=0):
    return QKeyEvent(PRESS, key, modifiers, code, virtual, 0, text)


@pytest.mark.parametrize(
    ("event", "digit"),
    [
        (pressed(Qt.Key.Key_3, "3"), 3),
        (pressed(Qt.Key.Key_0, "0", modifiers=Qt.KeyboardModifier.KeypadModifier), 0),
        (pressed(Qt.Key.Key_1, "1", modifiers=SHIFT), 1),  # French, with Shift
        (pressed(Qt.Key.Key_unknown, "\u0663"), 3),  # Arabic
        (pressed(Qt.Key.Key_4), 4),
        (pressed(Qt.Key.Key_A, "a"), NO_DIGIT),
        (pressed(Qt.Key.Key_Exclam, "!", modifiers=SHIFT, code=10), NO_DIGIT),
        (pressed(Qt.Key.Key_unknown, "²"), NO_DIGIT),
    ],
)
def test_what_a_key_writes_counts(event, digit):
    assert typed_digit(event) == digit


@pytest.mark.parametrize(
    ("platform", "native", "digit"),
    [
        ("linux", {"code": 10}, 1),
        ("linux", {"code": 19}, 0),
        ("win32", {"code": 3}, 2),
        ("darwin", {"virtual": 23}, 5),
        ("linux", {"code": 38}, NO_DIGIT),
        ("darwin", {"virtual": 0}, NO_DIGIT),
    ],
)
def test_a_french_key_counts_by_its_place(monkeypatch, platform, native, digit):
    monkeypatch.setattr(digits.sys, "platform", platform)
    assert typed_digit(pressed(Qt.Key.Key_Ampersand, "&", **native)) == digit
