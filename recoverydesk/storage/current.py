"""Which desk the tables speak to: the one whose `reading()` or `changing()` is open."""

import threading
from collections.abc import Callable
from typing import Any

import peewee as pw


class _Open(threading.local):
    """The desks open on this thread, the innermost last."""

    def __init__(self) -> None:
        self.databases: list[pw.Database] = []


_open = _Open()


def enter(database: pw.Database) -> None:
    """Let this thread's queries go to `database` until the matching `leave`."""
    _open.databases.append(database)


def leave() -> None:
    """Take back the last `enter` of this thread."""
    _open.databases.pop()


class CurrentDesk(pw.DatabaseProxy):
    """Stands in for the database of whichever desk this thread has open.

    Two desks can be open in one process, and a query outside of both fails
    instead of reaching the wrong one.
    """

    def __init__(self) -> None:
        # Not the base's: it would point every thread at one database.
        self._callbacks: list[Callable[[object], object]] = []

    @property
    def obj(self) -> pw.Database | None:
        """The database in use on this thread, or None; Peewee looks here."""
        databases = _open.databases
        return databases[-1] if databases else None

    @obj.setter
    def obj(self, _value: object) -> None:
        raise RuntimeError("the current desk is chosen by Desk.reading() and Desk.changing()")

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the database has
        """Forward to the database in use.

        Raises:
            RuntimeError: no desk is open on this thread.
        """
        if name.startswith("__"):
            raise AttributeError(name)
        databases = _open.databases
        if not databases:
            raise RuntimeError("query outside reading() or changing()")
        return getattr(databases[-1], name)
