"""Somebody asked not to be contacted: whoever is about to do so is asked first."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from recoverydesk.services import preferences
from recoverydesk.services.preferences import Preferences
from ui.errors import message_box, told_to_owner
from ui.session import Session
from ui.wording import filled, tr


def unless_left_alone(
    session: Session, case_id: int, go_on: Callable[[], object], *, parent: QWidget
) -> None:
    """Go on at once, or once the owner has said that it shall be all the same.

    Args:
        session: the open desk.
        case_id: whose customer it turns to.
        go_on: what is about to be done.
        parent: what the question belongs to.
    """
    with told_to_owner(parent):
        _unless(preferences.of_case(session.desk, case_id), go_on, parent=parent)


def unless_customer_is_left_alone(
    session: Session, customer_id: int, go_on: Callable[[], object], *, parent: QWidget
) -> None:
    """Do the same for a customer rather than a case."""
    with told_to_owner(parent):
        _unless(preferences.of_customer(session.desk, customer_id), go_on, parent=parent)


def _unless(wish: Preferences, go_on: Callable[[], object], *, parent: QWidget) -> None:
    if not wish.do_not_contact:
        go_on()
        return
    box = message_box(
        parent,
        filled("{name} asked not to be contacted.", name=wish.greeting),
        wish.why or tr("Nothing is planned that turns to them."),
    )
    box.setStandardButtons(QMessageBox.StandardButton.Cancel)
    anyway = box.addButton(tr("Contact them all the same"), QMessageBox.ButtonRole.AcceptRole)
    box.button(QMessageBox.StandardButton.Cancel).setText(tr("Leave them alone"))
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    anyway.clicked.connect(lambda _on: go_on())
    box.open()
