"""It isn't over after all: a mistake, or what was done did not hold."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.second_failure import raised
from recoverydesk.services import alarms, case_pages, cases
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import ChoiceCards
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea
from ui.widgets.text import Text
from ui.wording import filled, label, tr

FAILED, MISTAKE = "failed", "mistake"


class ReopenDialog(Dialog):
    """Opens a case again, and says why."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case that isn't over.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        view = case_pages.view(session.desk, case_id)
        over = view.resolved_at is not None or view.closed_at is not None
        super().__init__(
            parent,
            tr("It isn't over after all") if over else tr("It went wrong again"),
            save=tr("Open it again") if over else tr("Start anew"),
            save_icon="rotate-ccw",
            width=600,
        )
        self.setObjectName("reopen")
        self.keep_typing(session, case_id=case_id)
        self._session, self._case_id = session, case_id
        self._why = ChoiceCards(
            [
                (
                    FAILED,
                    tr("It didn't hold"),
                    tr("What you did went wrong, or came back"),
                    "repeat",
                ),
                (MISTAKE, tr("Ended by mistake"), tr("Nothing has gone wrong since"), "undo-2"),
            ],
            name=tr("Why?"),
            tokens=("warn", "text2"),
        )
        self._why.setVisible(over)
        self._words = LabelledField(
            tr("What went &wrong with it?"), TextArea(lines=3), tr("in a sentence")
        )
        up = raised(view.severity)
        self._told = Text(
            filled(
                "It counts as “{mood}” from now on, and the plan begins anew with a word from you "
                "in person. What was given stays on the books.",
                mood=label(up).text,
            ),
            "secondary",
            "text2",
            wrap=True,
        )
        self._form = Form({"words": self._words})
        self.add(self._why, self._words, self._told)
        self._why.choose(FAILED)
        self._why.chosen.connect(self._show)
        self.save_wanted.connect(self._open_again)
        self._words.focus_input()

    def _show(self, key: str) -> None:
        for widget in (self._words, self._told):
            widget.setVisible(key == FAILED)

    def _open_again(self) -> None:
        self._form.start()
        area = self._words.input
        assert isinstance(area, TextArea)
        desk, now = self._session.desk, self._session.now()
        with told_to_owner(self), self._form.pointing_out():
            if self._why.key() == FAILED:
                alarms.it_failed(desk, self._case_id, area.text(), now=now)
            else:
                cases.reopen(desk, self._case_id, now=now)
            self.accept()
