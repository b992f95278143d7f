"""Looks after the backups of the open desk, off the interface's thread."""

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from recoverydesk.domain.backup import Reason
from recoverydesk.errors import DeskDamagedError, RecoveryDeskError
from recoverydesk.services import backups, damage
from recoverydesk.services.backups import BackupState
from ui.jobs import JobRunner
from ui.session import Session

FIRST_LOOK_MS = 60_000
"""After the start: the owner's first minute is the owner's."""
LOOK_EVERY_MS = 10 * 60_000


class BackupWatch(QObject):
    """Makes backups when they are due, rehearses going back, and tells how they are.

    Signals:
        told: how the backups are now, a `BackupState`; after each look.
        damaged: the desk was found damaged. Argument: the error.
        rehearsed: a rehearsal went well. Argument: the backup.
    """

    told = Signal(object)
    damaged = Signal(object)
    rehearsed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Make it; `start` begins to look.

        Args:
            session: the open desk.
            parent: what it belongs to.
        """
        super().__init__(parent)
        self._session = session
        self._found_damaged = False
        self._jobs = JobRunner(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Read the desk through in the background, and begin to look."""
        desk = self._session.desk
        damage.begin(desk.path)
        self._jobs.run(
            lambda _progress: desk.quick_check(), succeeded=lambda _none: None, failed=self._trouble
        )
        self._timer.start(FIRST_LOOK_MS)
        self.tell()

    def state(self) -> BackupState:
        """Return how the backups are."""
        return backups.state(self._session.desk, now=self._session.now())

    def tell(self) -> None:
        """Tell how the backups are."""
        self.told.emit(self.state())

    def look(self) -> None:
        """Make a backup if one is due, and rehearse if a month has gone by."""
        self._timer.start(LOOK_EVERY_MS)
        if self._jobs.is_busy():
            return
        session = self._session
        now = session.now()

        def work(_progress: object) -> object:
            backups.make_if_due(session.desk, reason=Reason.HOURLY, now=now)
            if backups.is_drill_due(session.desk, now=now):
                return backups.drill(session.desk, now=now)
            return None

        self._jobs.run(work, succeeded=self._looked, failed=self._trouble)

    def stop(self) -> None:
        """Stop looking, and wait for a backup that is being made."""
        self._timer.stop()
        self._jobs.stop()

    def close(self) -> None:
        """Make a last backup where something has changed, and note that the run ended well."""
        self.stop()
        desk = self._session.desk
        with suppress(RecoveryDeskError):  # written down, and told at the next start
            backups.make_if_due(desk, reason=Reason.CLOSING, now=self._session.now())
        if not self._found_damaged:
            damage.end(desk.path)

    def _looked(self, rehearsed: object) -> None:
        if rehearsed is not None:
            self.rehearsed.emit(rehearsed)
        self.tell()

    def _trouble(self, error: object) -> None:
        if isinstance(error, DeskDamagedError) and not self._found_damaged:
            self._found_damaged = True
            self.damaged.emit(error)
        self.tell()
