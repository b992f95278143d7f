"""The one place where the program is put together: desk, look, window."""

import gc
import logging
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from recoverydesk import places
from recoverydesk.errors import DeskBusyError, RecoveryDeskError
from recoverydesk.services import people
from recoverydesk.storage.connection import RUNNING, backups_beside
from recoverydesk.storage.desk import Desk
from ui import look
from ui.errors import install_crash_handler, message_box, tell_owner
from ui.main_window import MainWindow, window_state
from ui.session import Session, computer_clock

if TYPE_CHECKING:
    from ui.dialogs.damaged import DamagedWindow

LOG_BYTES = 500_000
COLLECTOR_RESTS_MS = 1_000
"""Until the window has surely been painted."""


def application() -> QApplication:
    """Return the one application, with its look; made when first asked for."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication([*sys.argv[:1], "-style", look.STYLE])
    app.setApplicationName("RecoveryDesk")
    app.setApplicationDisplayName("RecoveryDesk")
    app.setDesktopFileName("recoverydesk")
    stored = window_state().value("look")
    mode: look.Mode = stored if stored in {"light", "dark"} else "system"
    look.apply(app, mode, styled=True)
    return app


def open_window(
    desk_path: Path | str | None, *, now: datetime | Callable[[], datetime] | None = None
) -> MainWindow:
    """Build and show the window on a desk, without entering the event loop.

    Args:
        desk_path: the desk's file; one that isn't there is made, and first start shown. None
            opens the practice shop, made anew.
        now: this moment (UTC) for good, or a clock; None takes the computer's.

    Raises:
        DeskFileError: the desk can't be used.
    """
    application()
    QTimer.singleShot(COLLECTOR_RESTS_MS, _wake_collector)
    clock = _clock(now)

    def opener(path: Path | None) -> Session:
        if path is None:
            from recoverydesk.services import sample  # noqa: PLC0415 - for practice only

            desk = sample.open_practice(places.practice_desk(), now=clock())
        else:
            desk = Desk(path)
            _look_after_crash(desk)
            if not people.asks_who(desk):  # else the window asks
                people.sign_in_owner(desk)
        return Session(desk, clock=clock)

    window = MainWindow(opener(None if desk_path is None else Path(desk_path)), opener)
    window.show()
    return window


def _look_after_crash(desk: Desk) -> None:
    """Read the desk through before it is shown, where the last run didn't end well."""
    if (backups_beside(desk.path) / RUNNING).exists():
        try:
            desk.quick_check()
        except RecoveryDeskError:
            desk.close()
            raise


def _wake_collector() -> None:
    """Let the garbage collector work, where the start let it rest (see `cli.load_app`)."""
    if not gc.isenabled():
        gc.freeze()  # what is there now stays: not to be looked through for garbage again
        gc.enable()


def _clock(now: datetime | Callable[[], datetime] | None) -> Callable[[], datetime]:
    if now is None:
        return computer_clock
    if isinstance(now, datetime):
        fixed = now
        return lambda: fixed
    return now


def _keep_log() -> None:
    """Log to a file beside the window's state; it names no customers."""
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - after the first paint

    folder = places.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "recoverydesk.log", maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def main(*, desk_path: Path | None = None, practice: bool = False) -> int:
    """Open the window and stay until it is closed.

    Args:
        desk_path: the desk's file; None takes the usual one.
        practice: open the practice shop instead.

    Returns:
        The exit code.
    """
    app = application()
    _keep_log()
    install_crash_handler(app)
    path = None if practice else desk_path or places.default_desk()
    shown: list[QWidget] = []
    try:
        window = open_window(path)
    except RecoveryDeskError as error:
        sys.stderr.write(f"{error} {error.advice}\n".replace("  ", " "))
        if path is None or isinstance(error, DeskBusyError):
            message_box(None, str(error), error.advice).exec()
            return 1
        shown.append(open_damaged(path, error, shown.append))
    else:
        shown.append(window)
        window.closed.connect(app.quit)
    return app.exec()


def open_damaged(
    path: Path, error: RecoveryDeskError, keep: Callable[[MainWindow], None]
) -> "DamagedWindow":
    """Show what can be done about a desk that can't be opened.

    Args:
        path: where the desk lies.
        error: what opening it ended with.
        keep: told the window that is opened in the end.
    """
    from ui.dialogs.damaged import look_into  # noqa: PLC0415 - after damage only

    app = application()
    damaged = look_into(path, error, computer_clock)

    def show_mended() -> None:
        try:
            window = open_window(path)
        except RecoveryDeskError as again:
            tell_owner(damaged, again)
            return
        window.closed.connect(app.quit)
        keep(window)
        damaged.close()

    def show_reading(desk: Desk) -> None:
        people.sign_in_owner(desk)
        window = MainWindow(Session(desk), lambda _path: Session(desk))
        window.closed.connect(app.quit)
        window.show()
        keep(window)

    damaged.mended.connect(show_mended)
    damaged.reading.connect(show_reading)
    damaged.closed.connect(app.quit)
    damaged.show()
    return damaged
