"""Who works here: one until somebody is added."""

from PySide6.QtCore import Signal

from recoverydesk.services import people
from ui import actions
from ui.actions import Command
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, row
from ui.widgets.page import ShowStaffView
from ui.widgets.text import Text
from ui.wording import filled, tr


class PeopleCard(Card):
    """Leads to the people, with their PINs and limits, and to the view for the counter.

    Signals:
        wished: the staff view is wanted. Argument: a `Wish`.
    """

    wished = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Who works here"))
        self._session = session
        self._told = Text("", "body", "text2", wrap=True)
        change = Button(tr("Change who works here…"), "secondary", icon="users")
        change.clicked.connect(lambda _on: self._open())
        staff = Button(actions.plain_words(Command.STAFF_VIEW), "secondary", icon="lock")
        staff.setToolTip(actions.hint(Command.STAFF_VIEW))
        staff.clicked.connect(lambda _on: self.wished.emit(ShowStaffView()))
        self.add(self._told)
        self.body.addLayout(row(change, staff, STRETCH, gap=8))
        said = tr(
            "The staff view shows the till and nothing else. “Back to the whole desk”, at its top "
            "right, leads back: with your PIN, where you have set one."
        )
        self.add(Text(said, "secondary", "text2", wrap=True))

    def show_people(self) -> None:
        """Say anew who works here."""
        here = people.everybody(self._session.desk)
        if len(here) == 1:
            self._told.setText(
                tr("You work alone. Once somebody else is here, F9 says who is at the counter.")
            )
            return
        names = ", ".join(one.name or tr("the owner") for one in here)
        self._told.setText(
            filled("{names}. F9 and a number say who is at the counter.", names=names)
        )

    def _open(self) -> None:
        from ui.dialogs.people import PeopleDialog  # noqa: PLC0415 - when first wanted

        with told_to_owner(self):
            PeopleDialog(self._session, parent=self).open()
