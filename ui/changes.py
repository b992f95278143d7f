"""Brings the desk's changes to the interface's thread."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from recoverydesk.topics import Topic


class TellsTopics(Protocol):
    """A desk, as far as listening to it goes."""

    def subscribe(self, listener: Callable[[Topic], None], /) -> Callable[[], None]:
        """Have `listener` called after every saved change; return what ends that."""
        ...


class Changes(QObject):
    """Tells pages what was saved, whichever thread saved it.

    A signal crosses threads by itself: a page's slot always runs on the interface's thread.

    Signals:
        saved: a change reached the disk. Argument: the `Topic`s it touched.
    """

    saved = Signal(Topic)

    def __init__(self, desk: TellsTopics, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe: Callable[[], None] | None = desk.subscribe(self._tell)

    def _tell(self, topics: Topic) -> None:
        self.saved.emit(topics)

    def stop(self) -> None:
        """Hear no more; call before the windows go. A second call does nothing."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
