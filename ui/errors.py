"""How trouble reaches the owner: in words they can act on, and only once."""

import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from recoverydesk.errors import RecoveryDeskError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

log = logging.getLogger(__name__)

_CONTEXT = "recoverydesk"


@contextmanager
def told_to_owner(parent: QWidget) -> Iterator[None]:
    """Tell the owner of a `RecoveryDeskError` raised inside and end the block; let bugs through.

    Bugs go on to `sys.excepthook`, which logs them and opens the crash message.
    """
    try:
        yield
    except RecoveryDeskError as error:
        tell_owner(parent, error)


def tell_owner(parent: QWidget, error: Exception) -> None:
    """Open a message over `parent` without blocking the program.

    Args:
        parent: what the message belongs to; it goes with it.
        error: a `RecoveryDeskError` is shown as it stands; anything else as a crash.
    """
    if isinstance(error, RecoveryDeskError):
        box = message_box(parent, str(error), error.advice)
        box.open()
    else:
        report_crash(type(error), error, error.__traceback__)


def message_box(parent: QWidget | None, message: str, advice: str = "") -> "QMessageBox":
    """Return a calm message in plain text, not yet open.

    Args:
        parent: the window or widget it belongs to.
        message: what happened.
        advice: what is safe and what to do next.
    """
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - not before there is trouble

    box = QMessageBox(parent)
    box.setWindowTitle(QCoreApplication.applicationName() or "RecoveryDesk")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(message)
    box.setInformativeText(advice)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    return box


def crash_details(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return what a report needs and nothing a customer said: the kind of error and the frames.

    An exception's own words often quote what was typed, so they stay out.
    """
    lines = [f"{kind.__module__}.{kind.__qualname__}"]
    lines += [
        f"  {'/'.join(PurePath(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    return "\n".join(lines)


class _Crashes(QObject):
    """Carries a crash on any thread to the interface's, and shows one at a time."""

    happened = Signal(str)

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._open = False
        self._box: QMessageBox | None = None
        self.happened.connect(self._soon)

    def _soon(self, details: str) -> None:
        # Never inside the paint or slot that broke: that would break it again.
        if not self._open:
            self._open = True
            QTimer.singleShot(0, self, lambda: self._show(details))

    def _show(self, details: str) -> None:
        # Without a window behind it nobody else would keep it.
        self._box = crash_box(QApplication.activeWindow(), details)
        self._box.finished.connect(self._closed)
        self._box.open()

    def _closed(self, _result: int) -> None:
        self._open = False
        self._box = None


def crash_box(parent: QWidget | None, details: str) -> "QMessageBox":
    """Return the message for a bug, with a button that copies `details`."""
    translate = QCoreApplication.translate
    box = message_box(
        parent,
        translate(_CONTEXT, "Something went wrong inside RecoveryDesk."),
        translate(
            _CONTEXT,
            "Everything marked as saved is safe. You can go on working; if it happens again, "
            "send us the details. They hold no names and nothing about your customers.",
        ),
    )
    copy = QPushButton(translate(_CONTEXT, "&Copy details"), box)
    box.addButton(copy, box.ButtonRole.ActionRole)
    # An added button closes the box by itself; this one only copies.
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    return box


class _Hook:
    """The one place that crashes go through once it is installed."""

    crashes: _Crashes | None = None


def report_crash(
    kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None
) -> None:
    """Log a bug without anybody's words and open the crash message, on any thread."""
    details = crash_details(kind, trace)
    log.error("unexpected error\n%s", details)
    if _Hook.crashes is not None:
        _Hook.crashes.happened.emit(details)


def install_crash_handler(app: QApplication) -> Callable[[], None]:
    """Send every uncaught error to the crash message; call after logging is set up.

    Returns:
        What puts the former handler back.
    """
    before = sys.excepthook
    _Hook.crashes = _Crashes(app)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
        else:
            report_crash(kind, error, trace)

    sys.excepthook = hook

    def remove() -> None:
        sys.excepthook = before
        _Hook.crashes = None

    return remove
