"""Somebody is to be forgotten: what goes, what stays, and their name typed to be sure."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import day_words
from recoverydesk.domain.forgetting import Forget
from recoverydesk.domain.names import name_key
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import backup_erasures, erasures
from recoverydesk.services.erasures import ErasurePreview
from ui.errors import tell_owner, told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.cards import Card
from ui.widgets.choices import CheckBox, ChoiceCards
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import boxed, column
from ui.widgets.text import Text
from ui.wording import counted, filled, label, tr

WIDTH = 640


class ForgetDialog(Dialog):
    """Forgets a person for good.

    Signals:
        forgotten: it is done.
    """

    forgotten = Signal()

    def __init__(self, session: Session, customer_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_id: who.
            parent: what it belongs to.

        Raises:
            NotFoundError: the customer is no longer on the desk.
        """
        self._found = erasures.preview_erasure(session.desk, customer_id)
        super().__init__(
            parent,
            filled("Forget {name}?", name=self._found.name),
            save=tr("Forget them for good"),
            save_icon="trash-2",
            width=WIDTH,
        )
        self.setObjectName("forget")
        self._session, self._customer_id = session, customer_id
        self._typed = TextField(name=tr("Their name"))
        self._name = LabelledField(tr("&Type their name to be sure"), self._typed, self._found.name)
        self._form = Form({"name": self._name})
        options = [(one.value, *_read(one)) for one in Forget]
        self._how = ChoiceCards(options, name=tr("What goes"))
        self._how.choose(Forget.ERASE)
        self._how.chosen.connect(lambda _key: self._show_goes())
        self._goes = Text("", "secondary", wrap=True)
        self.backups = CheckBox(tr("Clean my &backups, too"))
        self.backups.setChecked(True)
        if self._found.open_cases:
            self._show_open()
        else:
            self._show_preview()
        self.save_wanted.connect(self._forget)

    def _show_open(self) -> None:
        numbers = ", ".join(self._found.open_cases)
        card = Card(tr("Not yet"), icon="triangle-alert", ground="warn", tone="warn")
        said = filled(
            "{numbers} isn't closed. Close it first, so that nothing you promised is left.",
            numbers=numbers,
        )
        card.add(Text(said, "body", wrap=True))
        self.add(card)
        self.save_button.setEnabled(False)
        self.cancel_button.setFocus()

    def _show_preview(self) -> None:
        goes = Card(tr("Goes"), icon="trash-2", ground="sunken")
        goes.add(self._goes)
        stays = Card(tr("Stays, without a name"), icon="shield", ground="sunken")
        for line in stays_words(self._found):
            stays.add(Text(line, "secondary", wrap=True))
        self.add(self._how, goes, stays)
        self._add_backups()
        self.add(self._name)
        self.set_note(tr("This can't be undone."), "triangle-alert")
        self._show_goes()
        self._typed.setFocus()

    def _add_backups(self) -> None:
        gone = backup_erasures.gone_by(self._session.desk.path)
        if gone is None:
            return
        said = filled(
            "It takes a few seconds for each. Left as they are, the last that names them is let "
            "go of about {day}.",
            day=day_words(gone),
        )
        self.add(boxed(column(self.backups, Text(said, "caption", "text2", wrap=True), gap=4)))

    def _show_goes(self) -> None:
        self._goes.setText("\n".join(goes_words(self._found, Forget(self._how.key()))))

    def would_lose_text(self) -> bool:
        """A name typed to be sure is nothing to lose."""
        return False

    def _forget(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            self._check_name()
            session, customer_id, now = self._session, self._customer_id, self._session.now()
            how, backups = Forget(self._how.key()), self.backups.isChecked()
            self.save_button.setEnabled(False)
            self.save_button.set_text(tr("Forgetting…"))
            session.jobs.run(
                lambda _progress: backup_erasures.erase(
                    session.desk, customer_id, how=how, backups=backups, now=now
                ),
                succeeded=self._done_with,
                failed=self._failed,
            )

    def _done_with(self, result: object) -> None:
        assert isinstance(result, tuple)
        done, cleaned = result
        said = tr("Forgotten. Nothing here names them any more.")
        if cleaned.left:
            said = filled(
                "Forgotten, but these backups could not be opened: {names}",
                names=", ".join(cleaned.left),
            )
        elif not done.swept:
            said = tr("Forgotten. The last traces go when you close RecoveryDesk.")
        elif not self.backups.isChecked():
            said = tr("Forgotten here. Your backups still hold them.")
        self._session.said.emit(said)
        self.accept()
        self.forgotten.emit()

    def _failed(self, error: object) -> None:
        self.save_button.setEnabled(True)
        self.save_button.set_text(tr("Forget them for good"))
        assert isinstance(error, Exception)
        tell_owner(self, error)

    def _check_name(self) -> None:
        typed = name_key(self._typed.text())
        if typed != name_key(self._found.name):
            raise InvalidEntryError(
                "name", filled("Type it as it stands here: {name}", name=self._found.name)
            )


def _read(how: Forget) -> tuple[str, str, str]:
    read = label(how)
    return read.text, read.hint, read.icon


def goes_words(found: ErasurePreview, how: Forget) -> Iterator[str]:
    """Yield what forgetting somebody takes away."""
    yield tr("Name, phone, e-mail, address, likes, notes, and all history of them")
    parts = [
        counted(count, one, many)
        for count, one, many in (
            (found.cases * (how is Forget.ERASE), "what {n} case says", "what {n} cases say"),
            (found.contacts, "what was said in {n} contact", "what was said in {n} contacts"),
            (found.papers, "{n} letter or paper", "{n} letters and papers"),
            (found.files, "{n} photo or file", "{n} photos and files"),
        )
        if count
    ]
    if parts:
        words = ", ".join(parts)
        yield words[0].upper() + words[1:]
    if found.elsewhere:
        yield counted(
            found.elsewhere,
            "Their name in {n} other text that mentions them",
            "Their name in {n} other texts that mention them",
        )


def stays_words(found: ErasurePreview) -> Iterator[str]:
    """Yield what stays of somebody who is forgotten, and why."""
    yield tr("Counts, causes, days and amounts: your figures don't change")
    if found.vouchers:
        vouchers = counted(found.vouchers, "{n} voucher", "{n} vouchers")
        left = counted(found.spendable, "{n} can still be handed in", "{n} can still be handed in")
        yield filled(
            "{vouchers}, as your books need the amounts; {left}", vouchers=vouchers, left=left
        )
