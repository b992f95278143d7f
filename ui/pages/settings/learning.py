"""What Learn's figures rest on, and where the owner changes it."""

from PySide6.QtWidgets import QWidget

from recoverydesk.services import learn_rules
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, row
from ui.widgets.text import Text
from ui.wording import counted, filled, tr


class LearningCard(Card):
    """Says how Learn counts, and leads to changing it."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("How Learn counts"))
        self._session = session
        self._told = Text("", "body", "text2", wrap=True)
        change = Button(tr("Change how Learn counts…"), "secondary", icon="chart-column")
        change.clicked.connect(lambda _on: open_learn_rules(session, parent=self))
        self.add(self._told)
        self.body.addLayout(row(change, STRETCH))

    def show_rules(self) -> None:
        """Say anew how Learn counts."""
        now = learn_rules.rules(self._session.desk)
        words = counted(
            now.window_days,
            "Whoever buys again within {n} day counts as won back.",
            "Whoever buys again within {n} days counts as won back.",
        )
        words += " " + self._average_words(now.average_cents, now.mean_cents)
        if now.silent_estimate:
            words += " " + tr("The rule of thumb about those who say nothing is shown.")
        self._told.setText(words)

    def _average_words(self, own: int | None, mean: int | None) -> str:
        if own is not None:
            money = self._session.money(own, short=True)
            return filled("A customer of unknown worth counts for {money} a year.", money=money)
        if mean is not None:
            money = self._session.money(mean, short=True)
            return filled(
                "A customer of unknown worth counts for {money} a year, the mean of those you "
                "know.",
                money=money,
            )
        return tr("A customer of unknown worth doesn't count until you know one.")


def open_learn_rules(session: Session, *, parent: QWidget) -> None:
    """Open what Learn's figures rest on."""
    from ui.dialogs.learn_rules import LearnRulesDialog  # noqa: PLC0415 - when first wanted

    with told_to_owner(parent):
        LearnRulesDialog(session, parent=parent).open()
