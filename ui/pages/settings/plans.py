"""The plans that cases are led by: how many there are, and the way to change them."""

from PySide6.QtWidgets import QWidget

from recoverydesk.services import playbooks
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, row
from ui.widgets.text import Text
from ui.wording import counted, tr


class PlansCard(Card):
    """Says which plans start by themselves, and opens the editor."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Your plans"))
        self._session = session
        self._told = Text("", "body", "text2", wrap=True)
        change = Button(tr("Change your plans…"), "secondary", icon="list-checks")
        change.clicked.connect(lambda _on: open_plans(session, parent=self))
        self.add(self._told)
        self.body.addLayout(row(change, STRETCH))

    def show_plans(self) -> None:
        """Count anew."""
        known = playbooks.playbooks(self._session.desk, also_retired=False)
        behind = sum(one.behind for one in known)
        names = ", ".join(one.name for one in known)
        words = f"{counted(len(known), '{n} plan', '{n} plans')}: {names}."
        if behind:
            words += " " + counted(
                behind,
                "{n} open case goes on by steps from before.",
                "{n} open cases go on by steps from before.",
            )
        self._told.setText(words)


def open_plans(session: Session, *, parent: QWidget) -> None:
    """Open the editor of the plans."""
    from ui.dialogs.playbooks import PlaybooksDialog  # noqa: PLC0415 - when first wanted

    PlaybooksDialog(session, parent=parent).open()
