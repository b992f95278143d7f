"""Writers to be killed, made quickly: everything is imported once, and forked for each.

`python -m tests.faults.nursery DESK KILLS SEED services|window` prints a line of JSON for each
writer: the marks of what it was told is saved.
"""

import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from recoverydesk.services import people
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW, Shop
from tests.faults.days import deeds
from tests.faults.marks import mark_of_newest

if TYPE_CHECKING:
    from ui.main_window import MainWindow

MOST_SAVES = {"services": 20, "window": 5}
"""A writer is killed after so many saves at most..."""
LONGEST_REST = 0.01
"""...and so many seconds, so that it is hit at any moment of the next one."""
LONGEST_LIFE = 20.0
"""Seconds after the first save, on however slow a machine."""
PATIENCE = 20.0
"""Seconds for anything to appear in a window."""

Tell = Callable[[Desk], None]


def work(path: Path, tell: Tell) -> None:
    """Save one thing after the other as the window would, without one."""
    shop = Shop(Desk(path, clock=lambda: NOW))
    people.sign_in_owner(shop.desk)
    for deed in deeds(shop):
        deed()
        tell(shop.desk)


class _Patience:
    """As much of pytest-qt's robot as an owner needs where no test is running."""

    def waitUntil(self, there: Callable[[], bool], *, timeout: int) -> None:  # noqa: N802, ARG002
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        deadline = time.monotonic() + PATIENCE
        while not there():
            QApplication.processEvents()
            if time.monotonic() > deadline:
                raise TimeoutError

    @contextmanager
    def waitActive(self, window: "MainWindow") -> Iterator[None]:  # noqa: N802
        yield
        self.waitUntil(window.isActiveWindow, timeout=0)


def type_away(path: Path, tell: Tell) -> None:
    """Log one customer after the other by keyboard in a real window."""
    from tests.journeys.owner import Owner  # noqa: PLC0415
    from ui.app import open_window  # noqa: PLC0415

    window = open_window(path, now=NOW)
    patience = _Patience()
    owner = Owner(window, patience)
    with patience.waitActive(window):
        window.activateWindow()
    number = 0
    while True:
        number += 1
        owner.press("Ctrl+N", on=owner.window)
        owner.write("Who is it?", f"Eleanor Whitcombe {number}")
        owner.press("Return")
        owner.write("What happened?", "It leaks.")
        owner.press("Ctrl+Return")
        owner.see("Log contact")
        tell(window.session.desk)


WRITERS = {"services": work, "window": type_away}


def killed_writer(path: Path, chance: random.Random, kind: str) -> list[str]:
    """Let a process write until it is killed; return what it was told is saved."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            WRITERS[kind](
                path, lambda desk: os.write(writing, f"{mark_of_newest(desk)}\n".encode())
            )
        except BaseException:  # noqa: BLE001 - a child must never go on as its parent
            traceback.print_exc()
        os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        told, saves = os.read(reading, 65_536), chance.randint(1, MOST_SAVES[kind])
        deadline = time.monotonic() + LONGEST_LIFE
        while told.count(b"\n") < saves and time.monotonic() < deadline:
            told += os.read(reading, 65_536)
        select.select([], [], [], chance.uniform(0, LONGEST_REST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told += pipe.readall()
    # What comes after the last end of line was never told whole.
    return told.decode().split("\n")[:-1]


def main() -> None:
    path, kills, seed, kind = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    chance = random.Random(seed)
    if kind == "window":
        import ui.app  # noqa: F401, PLC0415 - once, instead of in every child
    for _ in range(kills):
        sys.stdout.write(json.dumps(killed_writer(path, chance, kind)) + "\n")


if __name__ == "__main__":
    main()
