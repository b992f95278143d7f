"""What is given to make amends, and what is fitting: where the owner changes both."""

from PySide6.QtWidgets import QWidget

from recoverydesk.services import catalogue
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, row
from ui.widgets.text import Text
from ui.wording import counted, tr


class RemediesCard(Card):
    """Leads to what the shop gives, and up to what sum."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("What you give"), tr("Beside every offer"))
        self._session = session
        self._told = Text("", "body", "text2", wrap=True)
        change = Button(tr("Change what you give…"), "secondary", icon="gift")
        fitting = Button(tr("What is fitting…"), "secondary", icon="scale")
        change.clicked.connect(lambda _on: open_catalogue(session, parent=self))
        fitting.clicked.connect(lambda _on: open_ladder(session, parent=self))
        self.add(self._told)
        rules = Button(tr("Limits and vouchers…"), "secondary", icon="sliders-horizontal")
        rules.clicked.connect(lambda _on: open_rules(session, parent=self))
        self.body.addLayout(row(change, fitting, rules, STRETCH, gap=8))

    def show_remedies(self) -> None:
        """Count anew what the shop gives, and say what has run out."""
        items = catalogue.catalogue(self._session.desk)
        words = counted(len(items), "You give {n} thing", "You give {n} things")
        words += f": {', '.join(one.name for one in items)}." if items else "."
        gone = ", ".join(one.name for one in items if one.stock == 0)
        if gone:
            words += " " + tr("None left of:") + f" {gone}."
        self._told.setText(words)


def open_catalogue(session: Session, *, parent: QWidget) -> None:
    """Open the list of what the shop gives."""
    from ui.dialogs.catalogue import CatalogueDialog  # noqa: PLC0415 - when first wanted

    CatalogueDialog(session, parent=parent).open()


def open_rules(session: Session, *, parent: QWidget) -> None:
    """Open the limits, the budget, and how long vouchers are good."""
    from ui.dialogs.giving_rules import GivingRulesDialog  # noqa: PLC0415 - when first wanted

    with told_to_owner(parent):
        GivingRulesDialog(session, parent=parent).open()


def open_ladder(session: Session, *, parent: QWidget) -> None:
    """Open what is fitting."""
    from ui.dialogs.ladder import LadderDialog  # noqa: PLC0415 - when first wanted

    LadderDialog(session, parent=parent).open()
