"""Somebody was hurt, or could be: what was done at once."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.safety import MAKE_SAFE
from recoverydesk.services import case_pages, follow_ups
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea
from ui.widgets.text import Text
from ui.wording import tr


class MakeSafeDialog(Dialog):
    """Takes the "do this now" card off a case, for the words of what was done."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case that is about somebody's safety.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        view = case_pages.view(session.desk, case_id)
        super().__init__(parent, tr("What was done to make it safe?"), width=560)
        self.setObjectName("make_safe")
        self.keep_typing(session, case_id=case_id)
        self._session = session
        self._case_id = view.case_id
        self._words = TextArea(lines=4)
        done = LabelledField(
            tr("What was &done, and by whom"), self._words, tr("it stays with the case")
        )
        self._form = Form({"safety_words": done})
        self.add(Text(MAKE_SAFE.coach, "body", "text2", wrap=True), done)
        self.save_wanted.connect(self._keep)
        self._words.setFocus()

    def _keep(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            follow_ups.make_safe(
                self._session.desk, self._case_id, self._words.text(), now=self._session.now()
            )
            self.accept()
