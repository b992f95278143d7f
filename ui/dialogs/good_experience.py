"""One more dot on the second-chance meter: something that went well for them."""

from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import follow_ups
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.text import Text
from ui.wording import tr

USUAL = (
    "We kept our promise",
    "They smiled on leaving",
    "They said thank you",
    "They brought a friend",
    "We helped on the spot",
)
"""What one click writes."""

PER_LINE = 3


class GoodExperienceDialog(Dialog):
    """Takes down one good experience in one line."""

    def __init__(
        self, session: Session, customer_id: int, case_id: int | None = None, *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_id: whose experience it was.
            case_id: the case it helps to mend, where there is one.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Something went well"), save=tr("Add"), width=600)
        self.setObjectName("good_experience")
        self.keep_typing(session, customer_id=customer_id)
        self._session = session
        self._customer_id = customer_id
        self._case_id = case_id
        self._words = TextField(example=tr("Found her the last blue teapot"))
        self._field = LabelledField(tr("&What went well for them?"), self._words)
        self._form = Form({"words": self._field})
        usual = [Button(tr(words), size="small") for words in USUAL]
        for button in usual:
            button.clicked.connect(partial(self._write, button.text()))
        self.add(
            Text(
                tr(
                    "Many good experiences make up for a bad one. Only what somebody saw counts, "
                    "however small."
                ),
                token="text2",
                wrap=True,
            ),
            self._field,
        )
        self.body.addLayout(
            column(
                row(*usual[:PER_LINE], STRETCH, gap=8),
                row(*usual[PER_LINE:], STRETCH, gap=8),
                gap=8,
            )
        )
        # One line is all there is: Enter is enough.
        self._words.returnPressed.connect(self._add)
        self.save_wanted.connect(self._add)
        self._words.setFocus()

    def _write(self, words: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._words.setText(words)
        self._words.setFocus()

    def _add(self) -> None:
        self._form.start()
        self._form.take("words", self._check, None)
        if not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            follow_ups.note_good_experience(
                self._session.desk,
                self._customer_id,
                self._words.text(),
                now=self._session.now(),
                case_id=self._case_id,
            )
            self.accept()

    def _check(self) -> None:
        """See that something is written.

        Raises:
            InvalidEntryError: nothing is; the service would only ask the field's question again.
        """
        if not self._words.text().strip():
            raise InvalidEntryError("words", tr("Write it in one line, or choose one from below."))
