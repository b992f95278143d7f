"""The wording of letters: how many the owner has changed, and the way to change them."""

from recoverydesk.services import letter_templates
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, row
from ui.widgets.text import Text
from ui.wording import counted, tr


class LettersCard(Card):
    """Leads to the letters' wording."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Your letters"), tr("Ten kinds, in five languages"))
        self._session = session
        self._told = Text("", "body", "text2", wrap=True)
        change = Button(tr("Change the letters…"), "secondary", icon="pencil")
        change.clicked.connect(lambda _on: self._open())
        self.body.addWidget(self._told)
        self.body.addLayout(row(change, STRETCH))

    def show_count(self) -> None:
        """Say how many letters are in the owner's own words."""
        changed = letter_templates.count_own(self._session.desk)
        self._told.setText(
            counted(
                changed,
                "{n} letter is in your own words.",
                "{n} letters are in your own words.",
            )
            if changed
            else tr("All letters are as they came with RecoveryDesk.")
        )

    def _open(self) -> None:
        from ui.dialogs.templates import TemplatesDialog  # noqa: PLC0415 - when first wanted

        TemplatesDialog(self._session, parent=self).open()
