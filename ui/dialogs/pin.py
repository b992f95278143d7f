"""Asking for a PIN, with the way back for one that was forgotten; and for the owner's word."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from recoverydesk.errors import NeedsOwnerError
from recoverydesk.services import people
from recoverydesk.services.people import PersonView
from ui import look
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, row
from ui.widgets.text import Text
from ui.wording import filled, tr

WIDTH = 460


class PinField(TextField):
    """A line that shows dots."""

    def __init__(self) -> None:
        super().__init__(height=44)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setFixedWidth(look.px(200))


class PinDialog(Dialog):
    """Lets somebody sign in by their PIN.

    Signals:
        signed_in: they are at the counter now.
    """

    signed_in = Signal()

    def __init__(self, session: Session, person: PersonView, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            person: who is about to sign in.
            parent: what it belongs to.
        """
        title = filled("{name}'s PIN", name=person.name or tr("The owner"))
        super().__init__(parent, title, save=tr("Sign in"), width=WIDTH)
        self.setObjectName("pin")
        self._session, self._person = session, person
        self._pin = PinField()
        self._code = TextField(example="ABCD-EFGH-JKMN")
        self.pin = LabelledField(tr("&PIN"), self._pin)
        self.way_back = LabelledField(
            tr("The &code you wrote down"), self._code, tr("shown once, when the PIN was set")
        )
        self.way_back.hide()
        self._forgot = Button(tr("Forgot it?"), "link", size="small")
        self._forgot.clicked.connect(lambda _on: self._show_way_back())
        self._form = Form({"pin": self.pin, "way_back": self.way_back})
        self._then = Text(
            tr("The PIN is taken away; set a new one in Settings."), "body", "text2", wrap=True
        )
        self._then.hide()
        self.add(self.pin, self.way_back, self._then)
        self.body.addLayout(row(self._forgot, STRETCH))
        self._pin.returnPressed.connect(self._sign_in)
        self.save_wanted.connect(self._sign_in)
        self._pin.setFocus()

    def would_lose_text(self) -> bool:
        """Say that a PIN is nothing to keep."""
        return False

    def _show_way_back(self) -> None:
        self._forgot.hide()
        self.pin.hide()
        self.way_back.show()
        self.save_button.set_text(tr("Let the PIN go"))
        self._then.show()
        self._code.setFocus()

    def _sign_in(self) -> None:
        self._form.start()
        desk, now, who = self._session.desk, self._session.now(), self._person.person_id
        with told_to_owner(self), self._form.pointing_out():
            if not self.way_back.isHidden():
                people.forget_pin(desk, who, self._code.text(), now=now)
            people.sign_in(desk, who, self._pin.text(), now=now)
            self.accept()
            self.signed_in.emit()


class OwnersWordDialog(Dialog):
    """Asks for the owner's word where staff would like to give more than they may.

    Signals:
        given: an owner said yes. Argument: their id.
        later: it shall wait until the owner has decided.
    """

    given = Signal(int)
    later = Signal()

    def __init__(
        self,
        session: Session,
        words: str,
        *,
        can_wait: bool = True,
        also_here: bool = True,
        parent: QWidget,
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            words: what it is about, and why it takes their word.
            can_wait: whether it may be parked.
            also_here: whether an owner who is at the counter needs no PIN.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("The owner's word"), save=tr("Allow it"), width=WIDTH)
        self.setObjectName("owners_word")
        self._session, self._also_here = session, also_here
        self._pin = PinField()
        self.pin = LabelledField(tr("The owner's &PIN"), self._pin)
        owners = [one for one in people.everybody(session.desk) if one.is_owner]
        self.pin.setVisible(all(one.has_pin for one in owners))
        self._form = Form({"pin": self.pin})
        self.add(Text(words, "body", "text2", wrap=True), self.pin)
        if can_wait:
            wait = Button(tr("Ask &later"), "secondary", icon="clock")
            wait.setToolTip(tr("It waits on Today until the owner has decided"))
            wait.clicked.connect(lambda _on: self._wait())
            self.add_button(wait)
        self._pin.returnPressed.connect(self._allow)
        self.save_wanted.connect(self._allow)
        self._pin.setFocus()

    def would_lose_text(self) -> bool:
        """Say that a PIN is nothing to keep."""
        return False

    def _allow(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            owner = people.owners_word(
                self._session.desk,
                self._pin.text(),
                now=self._session.now(),
                also_here=self._also_here,
            )
            self.accept()
            self.given.emit(owner)

    def _wait(self) -> None:
        self.accept()
        self.later.emit()


@contextmanager
def asking_the_owner(
    session: Session,
    go_on: Callable[[int], object],
    *,
    later: Callable[[], object] | None = None,
    parent: QWidget,
) -> Iterator[None]:
    """Ask for the owner's word where what is done inside takes it; arguments as `ask_owner`."""
    try:
        yield
    except NeedsOwnerError as error:
        words = f"{error} {error.advice}"
        ask_owner(session, words, go_on, later=later, parent=parent)


def ask_owner(
    session: Session,
    words: str,
    go_on: Callable[[int], object],
    *,
    later: Callable[[], object] | None = None,
    parent: QWidget,
) -> None:
    """Ask for the owner's word, and go on with it; or let it wait.

    Args:
        session: the open desk.
        words: what it is about.
        go_on: what is done with the owner's id.
        later: what is done to let it wait; None where it can't.
        parent: what the question belongs to.
    """
    dialog = OwnersWordDialog(session, words, can_wait=later is not None, parent=parent)
    dialog.given.connect(go_on)
    if later is not None:
        dialog.later.connect(later)
    dialog.open()
