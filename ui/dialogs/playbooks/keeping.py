"""Keeps what is being changed in a plan on disk, and brings it back after a crash."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from recoverydesk.domain.playbook import (
    condition_from_json,
    condition_to_json,
    steps_from_json,
    steps_to_json,
)
from recoverydesk.errors import RecoveryDeskError
from recoverydesk.services import form_drafts
from recoverydesk.services.playbooks import PlaybookEntry
from ui.session import Session

EVERY = 1_000
"""Milliseconds between two looks at what was changed."""

FORM = "playbooks"


class PlanKeeping(QObject):
    """Keeps one plan as it is being changed, until it is saved or left."""

    def __init__(
        self,
        session: Session,
        unsaved: Callable[[], tuple[str, PlaybookEntry] | None],
        parent: QObject,
    ) -> None:
        """Make it; it looks from now on.

        Args:
            session: the open desk.
            unsaved: returns a plan's key and what was written; None where all is saved.
            parent: the dialog.
        """
        super().__init__(parent)
        self._session, self._unsaved = session, unsaved
        self._kept: dict[str, str] = {}
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def left_over(self) -> tuple[str, PlaybookEntry, datetime] | None:
        """Return what was being changed when the program ended, and how it stood when (UTC)."""
        left = form_drafts.kept(self._session.desk, FORM, "")
        if left is None:
            return None
        self._kept = dict(left.fields)
        entry = PlaybookEntry(
            self._kept["name"],
            self._kept["words"],
            condition_from_json(self._kept["starts"]),
            steps_from_json(self._kept["steps"]),
        )
        return self._kept["key"], entry, left.saved_at

    def look(self) -> None:
        """Write what was changed since to disk; let it go where all is saved."""
        wanted: dict[str, str] = {}
        if (found := self._unsaved()) is not None:
            key, entry = found
            wanted = {
                "key": key,
                "name": entry.name,
                "words": entry.words,
                "starts": condition_to_json(entry.starts),
                "steps": steps_to_json(entry.steps),
            }
        if wanted == self._kept:
            return
        desk = self._session.desk
        # Full or gone, the disk is told about when something is saved; the words are still here.
        with suppress(RecoveryDeskError):
            if wanted:
                form_drafts.keep(desk, FORM, "", wanted, now=self._session.now())
            else:
                form_drafts.forget(desk, FORM, "")
            self._kept = wanted

    def stop(self) -> None:
        """Let it go: it is saved, or left on purpose."""
        self._timer.stop()
        if self._kept:
            with suppress(RecoveryDeskError):
                form_drafts.forget(self._session.desk, FORM, "")
            self._kept = {}
