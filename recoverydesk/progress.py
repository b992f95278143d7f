"""How far a long task has got, and whether the owner wants it stopped."""

from collections.abc import Callable
from threading import Event


class Cancelled(Exception):  # noqa: N818 - the owner's wish, not an error
    """Raised inside a long task once the owner has asked to stop it."""


def _tell_nobody(_done: int, _total: int) -> None:
    return None


class Progress:
    """Handed to a long task, which calls `step` before each piece of work."""

    def __init__(self, report: Callable[[int, int], None] = _tell_nobody) -> None:
        self._report = report
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the task to stop at its next step. Safe from any thread."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Report that `done` pieces out of `total` are behind us.

        Raises:
            Cancelled: the owner asked to stop; let it through untouched.
        """
        if self._stop.is_set():
            raise Cancelled
        self._report(done, total)
