"""A dialog whose saving takes a moment: it says how far it is, and can be stopped."""

from collections.abc import Callable

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from recoverydesk.errors import InvalidEntryError
from recoverydesk.progress import Progress
from ui.errors import tell_owner
from ui.forms import Form
from ui.jobs import Job
from ui.session import Session
from ui.widgets.dialog import Dialog
from ui.wording import filled, tr


class WorkingDialog(Dialog):
    """Does its work aside; Esc stops it, and then nothing is saved."""

    def __init__(
        self,
        session: Session,
        title: str,
        *,
        save: str,
        save_icon: str,
        width: int,
        parent: QWidget,
    ) -> None:
        """Make the frame; `open()` shows it."""
        super().__init__(parent, title, save=save, save_icon=save_icon, width=width)
        self._session = session
        self._form = Form({})
        self._job: Job | None = None
        self._then: Callable[[int], object] = int

    def work(
        self, work: Callable[[Progress], int], then: Callable[[int], object], form: Form
    ) -> None:
        """Do something aside; once it is saved, the dialog closes.

        Args:
            work: what is done; gets the progress to report to, returns an id or a count.
            then: called with what it returned, after the dialog has closed.
            form: where an entry that won't do is pointed out.
        """
        self._form, self._then = form, then
        self._show_busy(busy=True)
        # It belongs to nobody here, so that closing the window can't pull it from its thread.
        job = Job(work)
        job.progressed.connect(self._show_progress)
        job.succeeded.connect(self._succeeded)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._stopped)
        self._job = self._session.jobs.start(job)

    def is_working(self) -> bool:
        """Say whether something is being saved."""
        return self._job is not None

    def reject(self) -> None:
        """Close without saving, or stop what is being saved (Qt)."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is being saved before the window goes (Qt)."""
        if self._job is not None:
            self._job.cancel()
            event.ignore()
        else:
            super().closeEvent(event)

    def say_ready(self) -> None:
        """Say at the foot what saving will do; nothing here."""
        self.set_note("")

    def _show_busy(self, *, busy: bool) -> None:
        self._scroll.setEnabled(not busy)
        self.save_button.setEnabled(not busy)
        self.cancel_button.set_text(tr("Stop") if busy else tr("Cancel"))
        if busy:
            self.set_note(tr("Saving…"), "hourglass")
        else:
            self.say_ready()

    def _show_progress(self, done: int, of: int) -> None:
        if of and self._job is not None:
            self.set_note(filled("{n} of {all}", n=str(done), all=str(of)), "hourglass")

    def _succeeded(self, result: object) -> None:
        self._ended()
        self.accept()
        if isinstance(result, int):
            self._then(result)

    def _failed(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, InvalidEntryError) and self._form.show(error):
            self._form.ok()
        else:
            tell_owner(self, error)

    def _stopped(self) -> None:
        self._ended()
        self.set_note(tr("Stopped. Nothing was saved."), "info")

    def _ended(self) -> None:
        self._job = None
        self._show_busy(busy=False)


def fill_height(content: QWidget) -> None:
    """Let what is in a dialog's body take all the height there is, instead of what it asks for."""
    layout = content.layout()
    if isinstance(layout, QVBoxLayout):
        layout.setStretch(0, 1)
        layout.setStretch(1, 0)
