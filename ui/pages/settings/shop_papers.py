"""Papers of the shop's own: its policy, cards for the counter, a poster."""

from functools import partial

from PySide6.QtCore import Signal

from recoverydesk.domain.days import short_words
from recoverydesk.domain.document import DocumentKind
from recoverydesk.services import policies
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, row
from ui.widgets.page import PrintAbout
from ui.widgets.text import Text
from ui.wording import filled, label, tr

KINDS = (
    (DocumentKind.POLICY, "Recovery policy…"),
    (DocumentKind.INTAKE_CARD, "Intake cards…"),
    (DocumentKind.POSTER, "“Tell us” poster…"),
)


class ShopPapersCard(Card):
    """What can be printed of the shop itself, and whether its policy still holds.

    Signals:
        wished: a paper is wanted. Argument: a `PrintAbout`.
    """

    wished = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Papers for your shop"))
        self._session = session
        self._standing = Text("", "secondary", "text2", wrap=True)
        buttons = []
        for kind, words in KINDS:
            button = Button(tr(words), "secondary", icon=label(kind).icon)
            button.clicked.connect(partial(self._want, kind))
            buttons.append(button)
        own = Button(tr("Our rules…"), "secondary", icon="list-checks")
        own.clicked.connect(lambda _on: self._change_rules())
        self.body.addLayout(row(*buttons, own, STRETCH, gap=8))
        self.body.addWidget(self._standing)

    def show_standing(self) -> None:
        """Say which version of the policy was printed last, and what has changed since."""
        standing = policies.standing(self._session.desk)
        if standing is None:
            self._standing.setText(tr("Your policy has not been printed yet."))
            return
        made_on = self._session.local(standing.made_at).date()
        day = short_words(made_on, self._session.today())
        version = filled(
            "Your policy was last printed as version {n}, {day}.", n=str(standing.version), day=day
        )
        if not standing.moved_on:
            self._standing.setText(version)
            return
        since = filled("Since then you changed: {what}.", what=", ".join(standing.moved_on))
        self._standing.setText(f"{version} {since}")

    def _want(self, kind: DocumentKind, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.wished.emit(PrintAbout(kind))

    def _change_rules(self) -> None:
        from ui.dialogs.rules import RulesDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            RulesDialog(self._session, parent=self.window()).open()
