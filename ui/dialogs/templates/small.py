"""Two questions of the templates dialog: a copy's name, and a field's words when it is empty."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.services import letter_templates
from recoverydesk.services.letter_templates import TemplateText
from ui.dialogs.letter.field_chips import chip_words
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.wording import filled, tr


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
                now=now,
            )
            letter_templates.save(
                desk, replace(made, title=source.title, body=source.body), now=now
            )
            self.accept()
            self.made.emit(
                letter_templates.text(desk, made.key, language=made.language, tone=made.tone)
            )


class EmptyWordsDialog(Dialog):
    """Asks what stands in a field's place while it is empty.

    Signals:
        chosen: it is decided. Argument: the field as it is written, with its words.
    """

    chosen = Signal(str)

    def __init__(self, field: str, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            field: as it is written: "{{first_name|there}}".
            parent: what it belongs to.
        """
        super().__init__(parent, tr("When the field is empty"), save=tr("Take these"), width=460)
        self._field_name, _, words = field.strip("{}").partition("|")
        self._words = TextField()
        self._words.setText(words)
        what = chip_words(f"{{{{{self._field_name}}}}}")
        hint = tr("nothing: such a letter can't print")
        self.add(LabelledField(filled("Instead of {what}", what=what), self._words, hint))
        self.save_wanted.connect(self._choose)
        self._words.setFocus()

    def _choose(self) -> None:
        words = " ".join(self._words.text().replace("{", "(").replace("}", ")").split())
        self.accept()
        self.chosen.emit(
            f"{{{{{self._field_name}|{words}}}}}" if words else f"{{{{{self._field_name}}}}}"
        )
