"""The backups in the window: how they are, one more, a second place, and the way back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from recoverydesk.domain.backup import Reason
from recoverydesk.errors import DeskDamagedError
from recoverydesk.services import backups, customers
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.storage import backup as files
from tests.conftest import NOW
from ui.app import open_window
from ui.dialogs.backups import BackupsDialog, RestoreDialog
from ui.widgets.link_rows import LinkRow
from ui.widgets.page import Place
from ui.widgets.text import Text


@pytest.fixture
def window(shop, qtbot):
    shop.case(name="Ada Obi")
    shop.desk.close()
    window = open_window(shop.desk.path, now=lambda: shop.now)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window._watch is not None)
    qtbot.waitUntil(lambda: not window._watch._jobs.is_busy())
    yield window
    window.close()


def words(widget):
    return " | ".join(text.text() for text in widget.findChildren(Text) if not text.isHidden())


def lines(dialog):
    return [one for one in dialog.findChildren(LinkRow) if not one.isHidden()]


def make(window, **options):
    made = backups.make(window.session.desk, now=window.session.now(), **options)
    window._watch.tell()
    return made


def opened(window, kind, qtbot):
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    return next(one for one in window.findChildren(kind) if one.isVisible())


def test_the_window_says_when_the_last_good_backup_was_made(window):
    assert "None yet" in window.rail.backups.accessibleName()
    make(window)
    assert window.rail.backups.accessibleName() == "Last good backup: today 10:00"


def test_an_old_backup_and_a_failed_one_are_told(window, shop):
    make(window)
    shop.later(days=4)
    window._watch.tell()
    assert "more than three days" in window.rail.backups.toolTip()
    files.note(shop.desk.path, failed="No backup was made.")
    window._watch.tell()
    assert window.rail.backups.accessibleName() == "Last good backup: The last one failed"


def test_a_restore_takes_three_clicks_and_shows_what_it_changes(window, shop, qtbot):
    make(window)
    customers.add(window.session.desk, CustomerEntry(name="Kim Lee"), now=shop.now)

    QTest.mouseClick(window.rail.backups, Qt.MouseButton.LeftButton)
    dialog = opened(window, BackupsDialog, qtbot)
    (line,) = lines(dialog)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    asked = opened(dialog, RestoreDialog, qtbot)
    assert "1 change that was saved since is not in it." in words(asked)
    assert "2 now, 1 then" in words(asked)
    QTest.mouseClick(asked.save_button, Qt.MouseButton.LeftButton)

    before = window.session
    qtbot.waitUntil(lambda: window.session is not before)
    assert window.session.desk.counts()["customer"] == 1
    # What was there is among the backups, so going back can be taken back.
    newest = backups.all_backups(window.session.desk.path)[0]
    assert (newest.reason, newest.counts["customer"]) == (Reason.BEFORE_RESTORE.value, 2)


def test_one_more_is_made_by_keyboard(window, qtbot):
    window.open_backups()
    dialog = opened(window, BackupsDialog, qtbot)
    assert "Nothing yet" in words(dialog)
    QTest.keyClick(dialog.make_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(lines(dialog)) == 1)
    assert "Last good backup: today 10:00" in words(dialog)


def test_a_second_place_gets_copies_and_says_when_it_is_gone(window, shop, tmp_path, qtbot):
    stick = tmp_path / "stick"
    stick.mkdir()
    make(window)
    window.open_backups()
    dialog = opened(window, BackupsDialog, qtbot)
    assert "on this computer only" in words(dialog)
    dialog.set_second(stick)
    assert len(list(stick.rglob("*.desk"))) == 1
    assert "on this computer only" not in words(dialog)

    stick.rename(tmp_path / "unplugged")
    shop.later(hours=2)
    make(window)
    dialog._show()
    assert "can't be used now" in words(dialog)
    (tmp_path / "unplugged").rename(stick)
    make(window)
    assert len(list(stick.rglob("*.desk"))) == 3


def test_a_second_place_is_asked_for_once(window, shop):
    make(window)
    assert "this computer only" in window.toast.text()
    assert not backups.state(shop.desk, now=shop.now).ask_for_second


def test_the_desks_own_folder_is_no_second_place(window, shop, qtbot):
    window.open_backups()
    dialog = opened(window, BackupsDialog, qtbot)
    dialog.set_second(shop.desk.path.parent)
    assert "Your desk lies there already" in words(dialog)


def test_closing_makes_a_last_backup(window, shop):
    shop.later(hours=1)
    path = window.session.desk.path
    window.close()
    (made,) = backups.all_backups(path)
    assert made.reason == Reason.CLOSING.value
    assert made.proved


def test_a_desk_that_rots_while_it_is_open_is_told(window):
    told = []
    window._watch.damaged.disconnect()
    window._watch.damaged.connect(told.append)
    window._watch._trouble(DeskDamagedError("The desk's file is damaged."))
    window._watch._trouble(DeskDamagedError("The desk's file is damaged."))
    assert len(told) == 1


def test_what_is_due_is_made_by_itself_and_rehearsed(window, shop, qtbot):
    with qtbot.waitSignal(window._watch.rehearsed) as heard:
        window._watch.look()
    assert heard.args[0].counts["recovery_case"] == 1
    shop.later(hours=1, minutes=1)
    with qtbot.waitSignal(window._watch.told):
        window._watch.look()
    qtbot.waitUntil(lambda: not window._watch._jobs.is_busy())
    assert len(backups.all_backups(shop.desk.path)) == 1, "nothing was changed since"


def test_the_practice_shop_needs_no_backups(qtbot):
    window = open_window(None, now=NOW + timedelta(days=1))
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: bool(window.rail.buttons[Place.TODAY].accessibleDescription()))
    window.open_backups()
    assert window._watch is None
    assert window.rail.backups.isHidden()
    window.close()
