"""Shown instead of the window when the desk can't be opened: what is safe, and three ways on."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from recoverydesk.domain.days import moment_words
from recoverydesk.errors import RecoveryDeskError
from recoverydesk.services import backups, damage
from recoverydesk.services.damage import Damage
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.salvage import Rescued
from ui import look
from ui.errors import message_box, tell_owner, told_to_owner
from ui.jobs import JobRunner
from ui.widgets.buttons import Button
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Icon, Line, Text
from ui.wording import counted, filled, tr

WIDTH, HEIGHT = 640, 620

TABLES = {
    "recovery_case": "Cases",
    "customer": "Customers",
    "contact": "Contacts",
    "follow_up": "Follow-ups",
    "remedy": "Remedies",
    "voucher": "Vouchers",
    "document": "Papers",
    "blob": "Files and pictures",
    "change": "History",
}
"""The tables that an owner has a word for; the others are told as one line."""


class DamagedWindow(QWidget):
    """Says what happened, what is safe, and what can be done; changes nothing before it is told to.

    Signals:
        mended: the desk can be opened again.
        reading: the owner wants to look at it only. Argument: the open `Desk`.
        closed: the owner closed the window without any of it.
    """

    mended = Signal()
    reading = Signal(object)
    closed = Signal()

    def __init__(self, found: Damage, clock: Callable[[], datetime]) -> None:
        """Make the window.

        Args:
            found: what is known about the desk.
            clock: tells this moment (UTC).
        """
        super().__init__()
        self.setObjectName("damaged")
        self.setWindowTitle(tr("Your desk can't be opened · RecoveryDesk"))
        self.setMinimumSize(look.px(520), look.px(420))
        self.resize(look.px(WIDTH), look.px(HEIGHT))
        self._found, self._clock = found, clock
        self._jobs = JobRunner(self)
        self._done = False
        self.restore_button = Button(self._restore_words(), "primary", icon="history", size="large")
        self.rescue_button = Button(
            tr("Res&cue what can be read"), "secondary", icon="wrench", size="large"
        )
        self.read_button = Button(
            tr("&Open for reading only"), "secondary", icon="eye", size="large"
        )
        self.file_button = Button(tr("Restore from a &file…"), "ghost", icon="folder-open")
        self.quit_button = Button(tr("&Close"), "ghost")
        self._busy = Text("", "secondary", "text2", wrap=True)
        self.restore_button.clicked.connect(lambda _on: self._restore_newest())
        self.rescue_button.clicked.connect(lambda _on: self._rescue())
        self.read_button.clicked.connect(lambda _on: self._read())
        self.file_button.clicked.connect(lambda _on: self._from_file())
        self.quit_button.clicked.connect(lambda _on: self.close())
        self._lay_out()
        self._allow()

    def _lay_out(self) -> None:
        found = self._found
        middle = boxed(
            column(
                row(
                    Icon("triangle-alert", "warn", 28),
                    (Text(found.what, "page", wrap=True), 1),
                    gap=14,
                ),
                Text(found.advice, "body", "text2", wrap=True),
                Line("border"),
                Text(tr("What is safe"), "card"),
                Text(self._safe_words(), "body", wrap=True),
                Line("border"),
                Text(tr("What to do"), "card"),
                *self._way(self.restore_button, self._restore_about()),
                *self._way(self.rescue_button, self._rescue_about()),
                *self._way(self.read_button, tr("Look at what is there. Nothing can be saved.")),
                STRETCH,
                gap=12,
                margins=(28, 24, 28, 16),
            )
        )
        foot = row(
            (self._busy, 1), self.file_button, self.quit_button, gap=8, margins=(28, 12, 28, 12)
        )
        self.setLayout(column((ScrollArea(middle), 1), Line("border"), foot))

    @staticmethod
    def _way(button: Button, words: str) -> tuple[QWidget, QWidget]:
        return boxed(row(button, STRETCH)), Text(words, "secondary", "text2", wrap=True)

    def _allow(self, *, busy: bool = False) -> None:
        found = self._found
        can_read = found.readable and not found.too_new and not busy
        self.restore_button.setEnabled(found.newest is not None and not busy)
        self.rescue_button.setEnabled(can_read)
        self.read_button.setEnabled(can_read)
        self.file_button.setEnabled(not busy)

    def _at(self) -> str:
        newest = self._found.newest
        if newest is None:
            return ""
        return moment_words(newest.made_at.astimezone(), self._clock().astimezone())

    def _restore_words(self) -> str:
        if self._found.newest is None:
            return tr("&Restore newest good backup")
        return filled("&Restore newest good backup ({when})", when=self._at())

    def _restore_about(self) -> str:
        found = self._found
        if found.newest is None:
            return tr("There is no good backup beside the desk. A stick may have one: see below.")
        if found.newer_changes is None:
            return tr("What was saved after it may be missing.")
        if not found.newer_changes:
            return tr("It holds everything that was saved.")
        return counted(
            found.newer_changes,
            "{n} change that is newer may be missing.",
            "{n} changes that are newer may be missing.",
        )

    def _rescue_about(self) -> str:
        if self._found.too_new:
            return tr("Not needed: the file is whole. A newer RecoveryDesk can open it.")
        if not self._found.readable:
            return tr("Too little of the file can be read.")
        return tr("Everything that can still be read goes into a new desk, with a report.")

    def _safe_words(self) -> str:
        found = self._found
        kept = tr("Nothing was changed, and the file is kept whatever you choose.")
        if found.newest is None:
            return kept
        known = filled(
            "Your backup of {when} was read through just now: it is whole.", when=self._at()
        )
        return f"{known} {kept}"

    # What the owner chose

    def _restore_newest(self) -> None:
        if self._found.newest is not None:
            self._restore(self._found.newest.path)

    def _from_file(self) -> None:
        kinds = tr("Desks and backups (*.desk);;All files (*)")
        chosen, _kind = QFileDialog.getOpenFileName(self, tr("Restore from a file"), "", kinds)
        if chosen:
            self._restore(Path(chosen))

    def _restore(self, source: Path) -> None:
        path, now = self._found.path, self._clock()

        def work(_progress: object) -> None:
            ready = backups.prepare(path, source)
            backups.take_place(path, ready, now=now)

        self._run(tr("Reading the backup through…"), work, lambda _none: self._finish())

    def _rescue(self) -> None:
        path, now = self._found.path, self._clock()

        def work(_progress: object) -> list[Rescued]:
            ready, report = damage.rescue(path)
            backups.take_place(path, ready, now=now)
            return report

        self._run(tr("Reading what can be read…"), work, self._rescued)

    def _rescued(self, report: object) -> None:
        assert isinstance(report, list)
        box = message_box(
            self, tr("This was rescued."), f"{report_words(report)}\n\n{self._kept_words()}"
        )
        box.finished.connect(lambda _code: self._finish())
        box.open()

    def _kept_words(self) -> str:
        return tr("Please look through it. The damaged file is kept in the backups' folder.")

    def _read(self) -> None:
        with told_to_owner(self):
            desk: Desk = damage.open_for_reading(self._found.path, clock=self._clock)
            self._done = True
            self.reading.emit(desk)
            self.close()

    def _run(
        self,
        words: str,
        work: Callable[[object], object],
        done: Callable[[object], object],
    ) -> None:
        self._jobs.run(work, succeeded=done, failed=self._failed)
        self._busy.setText(words)
        self._allow(busy=True)

    def _failed(self, error: object) -> None:
        self._busy.setText(tr("Nothing was changed."))
        self._allow()
        assert isinstance(error, Exception)
        tell_owner(self, error)

    def _finish(self) -> None:
        self._done = True
        self.mended.emit()  # whoever opens the desk closes this window, once that went well

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for what is being done; say so where nothing was (Qt)."""
        self._jobs.stop()
        if not self._done:
            self.closed.emit()
        super().closeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground (Qt)."""
        painter = QPainter(self)
        look.paint_ground(painter, self.rect(), look.theme().surface)
        painter.end()


def look_into(path: Path, error: RecoveryDeskError, clock: Callable[[], datetime]) -> DamagedWindow:
    """Return the window for a desk that can't be opened, not yet shown."""
    return DamagedWindow(damage.look(path, error), clock)


def report_words(report: list[Rescued]) -> str:
    """Return what came out of each table, a line each; those without a name in one line."""
    lines = [_line(tr(TABLES[one.table]), one) for one in report if one.table in TABLES]
    others = [one for one in report if one.table not in TABLES]
    if others:
        rest = Rescued(
            "",
            sum(one.rows for one in others),
            sum(one.refused for one in others),
            any(one.unread for one in others),
        )
        lines.append(_line(tr("Everything else"), rest))
    return "\n".join(lines)


def _line(name: str, one: Rescued) -> str:
    words = counted(one.rows, "{n} rescued", "{n} rescued")
    if one.refused:
        words += counted(one.refused, ", {n} made no sense", ", {n} made no sense")
    if one.unread:
        words += tr(", some could not be read")
    return f"{name}: {words}"
