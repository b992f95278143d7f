from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from recoverydesk.places import RESOURCES
from ui import actions
from ui.actions import Command, Scope, make_action


@pytest.mark.parametrize("scope", [Scope.LIST, Scope.CASE])
def test_no_two_commands_share_keys_where_both_work(scope):
    keys = Counter(
        QKeySequence(command.value.shortcut).toString()
        for command in Command
        if command.value.shortcut and command.value.scope in {Scope.WINDOW, scope}
    )
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_shortcut_can_be_pressed():
    broken = [
        command
        for command in Command
        if command.value.shortcut and QKeySequence(command.value.shortcut).isEmpty()
    ]
    assert broken == []


@pytest.mark.parametrize("command", list(Command))
def test_every_command_has_words_a_hint_and_an_icon_that_ships(command):
    look = command.value
    assert look.text.count("&") <= 1
    assert look.hint
    assert (RESOURCES / "icons" / f"{look.icon}.svg").exists()


def test_words_on_a_button_have_no_signs_in_them():
    assert actions.plain_words(Command.OPEN_DESK) == "Open another desk"
    assert actions.hint(Command.NEW_CASE).endswith("(Ctrl+N)")


def test_keys_work_in_the_shown_window(shown, qtbot):
    window = QWidget()
    pressed = []
    action = make_action(Command.NEW_CASE, window, lambda: pressed.append("new"))
    shown(window)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["new"]
    assert action.objectName() == "NEW_CASE"
    assert not action.icon().name()
