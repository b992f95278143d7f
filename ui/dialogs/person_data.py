"""Somebody asked what the shop holds on them: look what it is, then save all of it to give away."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from recoverydesk.services import person_exports
from recoverydesk.services.person_exports import Held, PersonExport
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.cards import Card, FactLine
from ui.widgets.dialog import Dialog
from ui.widgets.text import Text
from ui.wording import counted, filled, tr

WIDTH = 560


class PersonDataDialog(Dialog):
    """Says what is held on a person, and saves all of it into a folder.

    Signals:
        written: it is done. Argument: a `PersonExport`.
    """

    written = Signal(object)

    def __init__(self, session: Session, customer_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_id: who.
            parent: what it belongs to.

        Raises:
            NotFoundError: the customer is no longer on the desk.
        """
        held = person_exports.held(session.desk, customer_id)
        super().__init__(
            parent,
            filled("What you hold on {name}", name=held.name),
            save=tr("&Save it in…"),
            save_icon="folder-open",
            width=WIDTH,
        )
        self.setObjectName("person_data")
        self._session, self._customer_id = session, customer_id
        said = tr(
            "Anybody may ask what you hold on them, and should have it within a month. This "
            "writes everything into a folder: a paper to read, the same for computers, and their "
            "letters and photos."
        )
        self.add(Text(said, "body", "text2", wrap=True), _counts(held))
        if held.private:
            hint = tr(
                "Words you wrote only for yourself are among it: they have a right to those, too. "
                "The paper opens once it is saved. Read it before you hand it over."
            )
            card = Card(tr("Look at it first"), icon="eye", ground="warn", tone="warn")
            card.add(Text(hint, "secondary", wrap=True))
            self.add(card)
        self.save_wanted.connect(self._choose)
        self.save_button.setFocus()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Where to save it"), str(Path.home()))
        if folder:
            self.save_in(Path(folder))

    def save_in(self, folder: Path) -> None:
        """Write everything into a new folder there, and open its paper."""
        from PySide6.QtGui import QDesktopServices  # noqa: PLC0415 - for this alone

        with told_to_owner(self):
            made: PersonExport = person_exports.export(
                self._session.desk, self._customer_id, folder, now=self._session.now()
            )
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(made.readable)))
            self._session.said.emit(filled("Saved: {folder}", folder=made.folder.name))
            self.accept()
            self.written.emit(made)


def _counts(held: Held) -> QWidget:
    card = Card(tr("What is written"), icon="file-text", ground="sunken")
    card.add(FactLine(tr("Name, how to reach them, likes, notes"), tr("all")))
    for count, one, many in (
        (held.cases, "{n} case", "{n} cases"),
        (held.contacts, "{n} contact", "{n} contacts"),
        (held.papers, "{n} letter or paper", "{n} letters and papers"),
        (held.files, "{n} photo or file", "{n} photos and files"),
    ):
        words = counted(count, one, many).partition(" ")[2]
        card.add(FactLine(words[0].upper() + words[1:], str(count)))
    card.add(FactLine(tr("What was given, bought and changed, with its days"), tr("all")))
    return card
