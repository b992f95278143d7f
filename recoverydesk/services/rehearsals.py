"""What a change would do, without doing it: it is made, looked at, and taken back unheard."""

from collections.abc import Callable
from typing import TypeVar

from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic

T = TypeVar("T")


class _OnlyRehearsedError(Exception):
    """Takes the whole back; nobody but `rehearse` ever sees it."""


def rehearse(desk: Desk, doing: Callable[[], object], looking: Callable[[], T]) -> T:
    """Return what would be seen after a change. The desk stays as it was, and nobody hears of it.

    Args:
        desk: the open desk.
        doing: makes the change.
        looking: reads what has become of it.

    Raises:
        RecoveryDeskError: whatever the change itself refuses.
    """
    seen: list[T] = []
    try:
        with desk.changing(Topic.NOTHING, "Look ahead"):
            doing()
            seen.append(looking())
            raise _OnlyRehearsedError  # noqa: TRY301 - the change has to see it
    except _OnlyRehearsedError:
        return seen[0]
