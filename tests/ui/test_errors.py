import logging
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from recoverydesk.errors import DeskFullError
from ui import errors
from ui.errors import crash_box, crash_details, install_crash_handler, told_to_owner

SECRET = "Eleanor Whitcombe-Ashworth"


def fail(name=SECRET):
    raise ValueError(f"no such customer: {name}")


def caught():
    try:
        fail()
    except ValueError as error:
        return error
    return None


def test_the_owner_is_told_once_in_plain_text(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    after = []
    with told_to_owner(window):
        raise DeskFullError("Not saved: <b>the disk</b> is full.", advice="Free some space.")
    after.append("goes on")

    (box,) = window.findChildren(QMessageBox)
    assert (box.text(), box.informativeText()) == (
        "Not saved: <b>the disk</b> is full.",
        "Free some space.",
    )
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert after
    box.close()


def test_a_bug_goes_through(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(ValueError, match="no such customer"), told_to_owner(window):
        fail()


def test_the_details_hold_frames_and_nobodys_words():
    error = caught()
    details = crash_details(type(error), error.__traceback__)
    assert details.startswith("builtins.ValueError")
    assert "test_errors.py" in details
    assert "fail" in details
    assert "Eleanor" not in details


def test_details_are_copied_and_the_message_stays(qtbot):
    box = crash_box(None, "builtins.ValueError")
    qtbot.addWidget(box)
    box.open()
    copy = next(button for button in box.buttons() if "opy" in button.text())
    copy.click()
    assert QGuiApplication.clipboard().text() == "builtins.ValueError"
    assert box.isVisible()
    box.close()


@pytest.fixture
def installed(qapp):
    remove = install_crash_handler(qapp)
    yield
    remove()


def crash_boxes():
    return [
        box
        for box in QApplication.topLevelWidgets()
        if isinstance(box, QMessageBox) and box.isVisible()
    ]


@pytest.mark.usefixtures("installed")
def test_a_crash_on_any_thread_opens_one_message(qtbot, caplog):
    error = caught()
    before = len(crash_boxes())

    def crash():
        errors.report_crash(type(error), error, error.__traceback__)

    with caplog.at_level(logging.ERROR):
        thread = threading.Thread(target=crash)
        thread.start()
        thread.join()
        crash()
    qtbot.waitUntil(lambda: len(crash_boxes()) == before + 1)

    assert "ValueError" in caplog.text
    assert "Eleanor" not in caplog.text
    for box in crash_boxes():
        box.close()


def test_the_hook_is_put_back(qapp):
    before = sys.excepthook
    remove = install_crash_handler(qapp)
    assert sys.excepthook is not before
    remove()
    assert sys.excepthook is before
