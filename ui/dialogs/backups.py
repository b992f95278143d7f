"""The backups: how they are, one more now, a second place, and the way back to one of them."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from recoverydesk.domain.backup import Health, Reason
from recoverydesk.domain.days import moment_words
from recoverydesk.services import backups
from recoverydesk.services.backups import BackupState, RestorePreview
from recoverydesk.storage import backup as backup_files
from recoverydesk.storage.backup import Backup
from ui import look
from ui.errors import tell_owner, told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.link_rows import LinkRow
from ui.widgets.text import Icon, Line, Text
from ui.wording import counted, filled, label, tr

SHOWN = 40
THINGS = {
    "recovery_case": "Cases",
    "customer": "Customers",
    "contact": "Contacts",
    "follow_up": "Follow-ups",
    "document": "Papers",
    "voucher": "Vouchers",
}


def when(session: Session, at: datetime) -> str:
    """Return a moment as the owner says it: "today 14:02"."""
    return moment_words(session.local(at), session.local(session.now()))


def in_words(session: Session, state: BackupState) -> tuple[str, str]:
    """Return how the backups are: a short line, and the whole of it."""
    last = "" if state.last_good_at is None else when(session, state.last_good_at)
    known = (
        filled("Last good backup: {when}.", when=last) if last else tr("There is no backup yet.")
    )
    match state.health:
        case Health.FAILED:
            return tr("The last one failed"), f"{state.trouble} {known}"
        case Health.NONE:
            return tr("None yet"), tr("There is no backup yet. One is made by itself shortly.")
        case Health.OLD:
            return last, f"{known} {tr('That is more than three days ago.')}"
    return last, known


class BackupsDialog(Dialog):
    """Lists the backups; a line shows what going back to it would change.

    Signals:
        changed: a backup was made, or the second place is another.
        restored: a backup is ready to take the desk's place. Argument: the prepared file.
    """

    changed = Signal()
    restored = Signal(object)

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it."""
        super().__init__(parent, tr("Backups"), save="", cancel=tr("Close"), width=620)
        self.setObjectName("backups")
        self._session = session
        self._icon = Icon("shield", "text2")
        self._state = Text("", "strong", wrap=True)
        self._about = Text("", "secondary", "text2", wrap=True)
        self.make_button = Button(tr("Back up &now"), "primary", icon="archive")
        self.make_button.clicked.connect(lambda _on: self._make())
        file_button = Button(tr("Restore from a &file…"), "ghost", icon="folder-open")
        file_button.clicked.connect(lambda _on: self._from_file())
        self.add_button(file_button)
        self._lines = column(gap=2)
        self._second = TextField(example=tr("a USB stick, or a folder that is synced"))
        self._second.setReadOnly(True)
        second = LabelledField(tr("Second &place"), self._second, tr("copies go there, too"))
        self._form = Form({"second": second})
        choose = Button(tr("&Choose…"), "secondary", icon="folder-open")
        choose.clicked.connect(lambda _on: self._choose())
        self._without = Button(tr("&None"), "ghost")
        self._without.clicked.connect(lambda _on: self.set_second(None))
        self._second_trouble = Text("", "secondary", "warn", wrap=True)
        self.add(
            boxed(
                row(
                    self._icon,
                    (boxed(column(self._state, self._about, gap=2)), 1),
                    self.make_button,
                    gap=12,
                )
            ),
            Line("border"),
            boxed(row((second, 1), column(STRETCH, row(choose, self._without, gap=8)), gap=8)),
            self._second_trouble,
            Line("border"),
            Text(tr("Go back to"), "card"),
            boxed(self._lines),
        )
        self._show()
        self.make_button.setFocus()

    def _show(self) -> None:
        state = backups.state(self._session.desk, now=self._session.now())
        short, long = in_words(self._session, state)
        tones: dict[Health, look.Token] = {Health.FAILED: "danger", Health.OLD: "warn"}
        self._state.setText(filled("Last good backup: {when}", when=short))
        if state.health in {Health.FAILED, Health.NONE}:
            self._state.setText(short)
        self._state.set_token(tones.get(state.health, "text"))
        self._about.setText(
            long
            if state.health is not Health.GOOD
            else tr("Each one is opened and read through before it counts.")
        )
        self._second.setText(state.second)
        self._without.setVisible(bool(state.second))
        self._second_trouble.setText(state.second_trouble)
        self._second_trouble.setVisible(bool(state.second_trouble))
        if not state.second:
            self.set_note(tr("All backups are on this computer only. A second place is safer."))
        else:
            self.set_note("")
        self._show_lines()
        self.forget_changes()

    def _show_lines(self) -> None:
        clear(self._lines)
        found = backups.all_backups(self._session.desk.path)
        for one in found[:SHOWN]:
            line = self._line(one)
            line.clicked.connect(partial(self._open, one))
            self._lines.addWidget(line)
        if not found:
            words = tr("Nothing yet. The first one is made a minute after the start.")
            self._lines.addWidget(Text(words, "body", "text2", wrap=True))

    def _line(self, one: Backup) -> LinkRow:
        title = when(self._session, one.made_at)
        title = title[0].upper() + title[1:]
        reason = label(Reason(one.reason)).text if one.reason in list(Reason) else ""
        if one.trouble:
            return LinkRow(title, tr("Damaged; kept, but not counted on"), icon="triangle-alert")
        if not one.proved:
            return LinkRow(title, tr("Not checked to the end"), icon="circle-question-mark")
        cases = counted(one.counts.get("recovery_case", 0), "{n} case", "{n} cases")
        people = counted(one.counts.get("customer", 0), "{n} customer", "{n} customers")
        return LinkRow(
            title, f"{cases}, {people}", icon="circle-check", value=tr("Restore…"), value_sub=reason
        )

    def _make(self) -> None:
        session, now = self._session, self._session.now()
        self.make_button.setEnabled(False)
        self.make_button.set_text(tr("Making and checking…"))
        session.jobs.run(
            lambda _progress: backups.make(session.desk, now=now),
            succeeded=lambda _made: self._made(None),
            failed=self._made,
        )

    def _made(self, error: object) -> None:
        self.make_button.setEnabled(True)
        self.make_button.set_text(tr("Back up &now"))
        self._show()
        self.changed.emit()
        if isinstance(error, Exception):
            tell_owner(self, error)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("A second place for the backups"))
        if folder:
            self.set_second(Path(folder))

    def set_second(self, folder: Path | None) -> None:
        """Choose the second place and bring the backups there."""
        self._form.start()
        session = self._session
        with told_to_owner(self), self._form.pointing_out():
            backups.set_second(session.desk, folder, now=session.now())
            self._show()
            self.changed.emit()

    def _from_file(self) -> None:
        kinds = tr("Desks and backups (*.desk);;All files (*)")
        chosen, _kind = QFileDialog.getOpenFileName(self, tr("Restore from a file"), "", kinds)
        if chosen:
            self._open(backup_files.at(Path(chosen)))

    def _open(self, one: Backup, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        with told_to_owner(self):
            shown = backups.preview(self._session.desk, one)
            dialog = RestoreDialog(self._session, shown, parent=self)
            dialog.prepared.connect(self._prepared)
            dialog.open()

    def _prepared(self, ready: object) -> None:
        self.accept()
        self.restored.emit(ready)


class RestoreDialog(Dialog):
    """Shows what going back would change, and goes back.

    Signals:
        prepared: the backup is ready to take the desk's place. Argument: the prepared file.
    """

    prepared = Signal(object)

    def __init__(self, session: Session, shown: RestorePreview, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            shown: what going back would change.
            parent: what it belongs to.
        """
        at = when(session, shown.backup.made_at)
        super().__init__(
            parent,
            filled("Go back to {when}", when=at),
            save=tr("&Restore"),
            save_icon="history",
            width=520,
        )
        self.setObjectName("restore")
        self._session, self._shown = session, shown
        self.add(Text(self._told(), "body", wrap=True), Line("border"))
        for one in shown.differences:
            name = Text(tr(THINGS[one.table]), "body")
            now = filled("{here} now, {there} then", here=str(one.here), there=str(one.there))
            differs = one.here != one.there
            count = Text(now, "body", "text" if differs else "text2", align=look.RIGHT)
            self.body.addLayout(row((name, 1), count, gap=12))
        self.set_note(tr("What is here now is backed up first."), "shield")
        self.save_wanted.connect(self._restore)
        self.save_button.setFocus()

    def _told(self) -> str:
        newer = self._shown.newer_changes
        if newer is None:
            return tr("It went another way than your desk: what was saved since is not in it.")
        if not newer:
            return tr("Nothing was saved since. It holds all that is on your desk.")
        return counted(
            newer,
            "{n} change that was saved since is not in it.",
            "{n} changes that were saved since are not in it.",
        )

    def _restore(self) -> None:
        session, source = self._session, self._shown.backup.path
        now = session.now()
        self.save_button.setEnabled(False)
        self.cancel_button.setEnabled(False)
        self.set_note(tr("Reading the backup through…"), "hourglass")

        def work(_progress: object) -> object:
            ready = backups.prepare(session.desk.path, source)
            backups.make(session.desk, reason=Reason.BEFORE_RESTORE, now=now)
            return ready

        session.jobs.run(work, succeeded=self._ready, failed=self._failed)

    def _ready(self, ready: object) -> None:
        self.accept()
        self.prepared.emit(ready)

    def _failed(self, error: object) -> None:
        self.save_button.setEnabled(True)
        self.cancel_button.setEnabled(True)
        self.set_note(tr("Nothing was changed."), "shield")
        assert isinstance(error, Exception)
        tell_owner(self, error)
