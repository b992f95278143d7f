"""Marking a follow-up done, from wherever it is shown: what has to be asked first is asked."""

from PySide6.QtWidgets import QWidget

from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import follow_ups
from ui.errors import told_to_owner
from ui.session import Session


def complete(
    session: Session, follow_up_id: int, case_id: int | None, *, parent: QWidget, note: str = ""
) -> bool:
    """Mark a follow-up done; where it wants an answer first, a dialog asks for it.

    Returns:
        Whether it is done already; False while a dialog asks, or where it was refused.
    """
    with told_to_owner(parent):
        try:
            follow_ups.complete(session.desk, follow_up_id, now=session.now(), note=note)
        except InvalidEntryError as error:
            if case_id is None or error.field not in {"not_agreed_why", "safety_words"}:
                raise
            _ask(session, error.field, follow_up_id, case_id, parent, note)
        else:
            return True
    return False


def _ask(
    session: Session, field: str, follow_up_id: int, case_id: int, parent: QWidget, note: str
) -> None:
    if field == "safety_words":
        from ui.dialogs.make_safe import MakeSafeDialog  # noqa: PLC0415 - seldom needed

        MakeSafeDialog(session, case_id, parent=parent).open()
        return
    from ui.dialogs.not_agreed import NotAgreedDialog  # noqa: PLC0415 - seldom needed

    NotAgreedDialog(session, case_id, follow_up_id, parent=parent, note=note).open()
