"""What the templates dialog asks: a copy's name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.services import letter_templates
from recoverydesk.services.letter_templates import TemplateText
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.wording import tr


class CopyDialog(Dialog):
    """Asks for the name of a letter of the owner's own.

    Signals:
        made: it is on the desk. Argument: the new `TemplateText`.
    """

    made = Signal(object)

    def __init__(self, session: Session, source: TemplateText, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            source: the letter it begins with, as it stands in the editor.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("A letter of your own"), save=tr("Make the copy"), width=460)
        self._session, self._source = session, source
        self._name = TextField(example=tr("Sorry, to a regular"))
        field = LabelledField(tr("&Name"), self._name, tr("what you pick it by"))
        self._form = Form({"name": field})
        self.add(field)
        self.save_wanted.connect(self._copy)
        self._name.setFocus()

    def _copy(self) -> None:
        self._form.start()
        desk, source, now = self._session.desk, self._source, self._session.now()
        with told_to_owner(self), self._form.pointing_out():
            made = letter_templates.copy(
                desk,
                source.key,
                language=source.language,
                tone=source.tone,
                name=self._name.text(),
                title=source.title,
                body=source.body,
                now=now,
            )
            self.accept()
            self.made.emit(made)
