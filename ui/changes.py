"""Brings the desk's changes to the interface's thread."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from recoverydesk.errors import RecoveryDeskError
from recoverydesk.topics import Topic

LOOK_MS = 2_000
"""A glance at the file takes a fiftieth of a millisecond."""


class TellsTopics(Protocol):
    """A desk, as far as listening to it goes."""

    def subscribe(self, listener: Callable[[Topic], None], /) -> Callable[[], None]:
        """Have `listener` called after every saved change; return what ends that."""
        ...

    def changed_elsewhere(self) -> bool:
        """Say whether another program has changed the desk since this was last asked."""
        ...


class Changes(QObject):
    """Tells pages what was saved, whichever thread saved it.

    A signal crosses threads by itself: a page's slot always runs on the interface's thread.

    Signals:
        saved: a change reached the disk, here or through another program (which is every topic).
            Argument: the `Topic`s it touched.
    """

    saved = Signal(Topic)

    def __init__(self, desk: TellsTopics, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unsubscribe: Callable[[], None] | None = desk.subscribe(self._tell)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()

    def _tell(self, topics: Topic) -> None:
        self.saved.emit(topics)

    def look(self) -> None:
        """Look whether another window, or a command, has changed the desk."""
        try:
            changed = self._desk.changed_elsewhere()
        except RecoveryDeskError:
            return  # whoever reads next will be told
        if changed:
            self.saved.emit(Topic.EVERYTHING)

    def stop(self) -> None:
        """Hear no more; call before the windows go. A second call does nothing."""
        self._look.stop()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
