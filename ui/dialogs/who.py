"""Who is at the counter? One key for each."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from recoverydesk.services import people
from recoverydesk.services.people import PersonView
from ui import actions
from ui.actions import Command
from ui.dialogs.pin import PinDialog
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.digits import typed_digit
from ui.widgets.link_rows import LinkRow
from ui.wording import filled, tr

MOST_KEYS = 9


class WhoDialog(Dialog):
    """Lets whoever is at the counter say so: the keys 1 to 9, and the PIN where there is one.

    Signals:
        chosen: somebody has signed in.
        staff_view_wanted: the screen shall show the till and nothing else.
    """

    chosen = Signal()
    staff_view_wanted = Signal()

    def __init__(self, session: Session, *, must: bool = False, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            must: at the start nothing else goes on until somebody has signed in.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Who is at the counter?"), width=420)
        self.setObjectName("who")
        self._session, self._must = session, must
        self._behind = parent.window()
        self.save_button.hide()
        self.cancel_button.setVisible(not must)
        self._people = people.everybody(session.desk)
        self._lines = []
        for place, person in enumerate(self._people, start=1):
            key = filled("Key {n}", n=str(place)) if place <= MOST_KEYS else ""
            role = tr("Owner") if person.is_owner else tr("Staff")
            name = person.name or tr("The owner")
            icon = "key-round" if person.has_pin else "user"
            line = LinkRow(name, role, icon=icon, value_sub=key)
            line.clicked.connect(partial(self._take, person))
            self._lines.append(line)
            self.add(line)
        if must:
            leave = Button(tr("&Quit"), "ghost", icon="log-out")
            leave.clicked.connect(lambda _on: self._quit())
            self.add_button(leave)
        else:
            staff = Button(actions.words(Command.STAFF_VIEW), "ghost", icon="lock")
            staff.setToolTip(actions.hint(Command.STAFF_VIEW))
            staff.clicked.connect(lambda _on: self._show_staff_view())
            self.add_button(staff)
        self._lines[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number (Qt)."""
        number = typed_digit(event)
        if 1 <= number <= min(len(self._people), MOST_KEYS):
            self._take(self._people[number - 1])
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Close; at the start somebody has to sign in first (Qt)."""
        if not self._must:
            super().reject()

    def would_lose_text(self) -> bool:
        """Say that nothing is typed here."""
        return self._must and self.isVisible()

    def _show_staff_view(self) -> None:
        self.accept()
        self.staff_view_wanted.emit()

    def _quit(self) -> None:
        # The window behind can't be closed while this stands before it.
        self._must = False
        self.reject()
        self._behind.close()

    def _take(self, person: PersonView, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        if person.has_pin:
            asked = PinDialog(self._session, person, parent=self)
            asked.signed_in.connect(self._signed_in)
            asked.open()
            return
        with told_to_owner(self):
            desk, now = self._session.desk, self._session.now()
            people.sign_in(desk, person.person_id, "", now=now)
            self._signed_in()

    def _signed_in(self) -> None:
        self._must = False
        self.accept()
        self.chosen.emit()
