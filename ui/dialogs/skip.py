"""Leave a follow-up out, and say why."""

from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.services import follow_ups
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea
from ui.widgets.layouts import STRETCH, row
from ui.widgets.text import Text
from ui.wording import tr

USUAL = ("They asked us not to", "Done another way", "No longer needed")
"""Reasons that one click writes."""


class SkipDialog(Dialog):
    """Asks for the reason and leaves the follow-up out."""

    def __init__(
        self, session: Session, follow_up_id: int, title: str, *, parent: QWidget, why: str = ""
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            follow_up_id: which one.
            title: what it says.
            parent: what it belongs to.
            why: the reason as far as it is known, to be changed or kept.
        """
        super().__init__(
            parent, tr("Leave this out?"), save=tr("Leave it out"), save_icon="skip-forward",
            width=520,
        )  # fmt: skip
        self.setObjectName("skip")
        self._session = session
        self._follow_up_id = follow_up_id
        self._area = TextArea(why, lines=3)
        self._why = LabelledField(tr("&Why?"), self._area, tr("so that nobody wonders later"))
        self._form = Form({"why": self._why})
        usual = [Button(tr(words), "secondary", size="small") for words in USUAL]
        for button in usual:
            button.clicked.connect(partial(self._write, button.text()))
        self.add(Text(title, "strong", wrap=True), self._why)
        self.body.addLayout(row(*usual, STRETCH, gap=8))
        self.save_wanted.connect(self._skip)
        self._why.setFocus()

    def _write(self, words: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._area.set_text(words)
        self._area.setFocus()

    def _skip(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            follow_ups.skip(
                self._session.desk,
                self._follow_up_id,
                why=self._area.text(),
                now=self._session.now(),
            )
            self.accept()
