"""A whole window on a desk, told on the command line how far to go.

`python -m tests.benchmarks.window start DESK` ends after the first painted Today; `look` does the
same and prints what it cost, `visit` goes through the pages and prints how long each took.
"""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.benchmarks.clock import NOW
from ui import cli

app = cli.load_app()  # as a real start does, before anything else is loaded

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402 - as above
from PySide6.QtWidgets import QApplication  # noqa: E402

from ui.main_window import MainWindow  # noqa: E402
from ui.widgets.page import Place  # noqa: E402

SLOW = ("babel", "reportlab", "phonenumbers", "pypdfium2", "PIL", "uharfbuzz", "markdown_it")
"""What the first paint must not wait for."""

ROUNDS = 7


class FirstPaint(QObject):
    """Calls once when the page that is shown has been painted."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call = call
        self._seen = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Wait for a paint (Qt)."""
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._call)
        return False


def memory() -> dict[str, float]:
    """Return the resident memory in MB, where the system tells."""
    import psutil  # noqa: PLC0415 - not before the first paint

    return {"mb": psutil.Process().memory_info().rss / 1e6}


def say(**figures: object) -> None:
    """Print the figures and end at once: taking a window apart is nobody's start."""
    import json  # noqa: PLC0415 - not before the first paint

    sys.stdout.write(json.dumps(figures))
    sys.stdout.flush()
    os._exit(0)


def after_first_paint(path: Path, call: Callable[[MainWindow], None]) -> None:
    """Show the window, and call once Today has been painted."""
    window = app.open_window(path, now=NOW)
    watcher = FirstPaint(lambda: call(window))
    window.page().installEventFilter(watcher)
    app.application().exec()


def start(path: Path) -> None:
    """Show the window and end after its first paint."""
    after_first_paint(path, lambda _window: os._exit(0))


def look(path: Path) -> None:
    """Show the window and say what its first paint has brought along."""

    def painted(window: MainWindow) -> None:
        loaded = sorted(set(SLOW) & set(sys.modules))
        say(page=window.page().objectName(), loaded=loaded, **memory())

    after_first_paint(path, painted)


def timed(doing: Callable[[], None]) -> float:
    """Return how long something takes until all of it is painted, in milliseconds."""
    started = time.perf_counter()
    doing()
    QApplication.processEvents()
    return (time.perf_counter() - started) * 1e3


def visit(path: Path) -> None:
    """Go through the pages, several times, and say how long each took to open."""
    from recoverydesk.services import case_lists  # noqa: PLC0415 - `start` doesn't need it
    from recoverydesk.services.case_lists import CaseFilter  # noqa: PLC0415

    window = app.open_window(path, now=NOW)
    QApplication.processEvents()
    cases = case_lists.ids(window.session.desk, CaseFilter("all"), now=NOW, most=ROUNDS)
    opened: dict[str, list[float]] = {}
    for case_id in cases:
        doing = {place.value: partial(window.show_place, place) for place in Place}
        doing["case"] = partial(window.show_case, case_id)
        for name, go in doing.items():
            opened.setdefault(name, []).append(timed(go))
    say(opened=opened, **memory())


if __name__ == "__main__":
    {"start": start, "look": look, "visit": visit}[sys.argv[1]](Path(sys.argv[2]))
