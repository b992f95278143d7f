"""Address labels: which sheet is in the printer, and where on it they begin."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.mailing import LABELS_ON, LabelSheet
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import envelopes
from ui.dialogs.paper import PaperDialog
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import Select
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import row
from ui.widgets.text import Icon, Text
from ui.wording import counted, filled, label, tr

LONGEST_NUMBER = 4
ON_LETTER = (LabelSheet.A5160, LabelSheet.A5163)


class LabelsDialog(Dialog):
    """Asks for the sheet, and shows the labels as they print."""

    def __init__(self, session: Session, customer_ids: Sequence[int], *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_ids: whose addresses, in the order to print; who has none is named.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Address labels"), save=tr("&Show the labels"), width=520)
        self.setObjectName("labels")
        self._session = session
        self._customer_ids, without = envelopes.addressed(session.desk, customer_ids)
        letter = session.shop.paper == "letter"
        sheets = sorted(LabelSheet, key=lambda sheet: (sheet in ON_LETTER) is not letter)
        self._sheet = Select([(sheet.value, label(sheet).text) for sheet in sheets], name="sheet")
        self._sheet.setAccessibleName(tr("Sheet of labels"))
        self._first = TextField()
        self._first.setText("1")
        sheet = LabelledField(tr("Sheet of &labels"), self._sheet)
        start = LabelledField(tr("&Begin at label"), self._first, tr("from the upper left"))
        self._form = Form({"start": start, "customers": sheet})
        self.add(sheet, start)
        self.set_note(counted(len(self._customer_ids), "{n} address", "{n} addresses"))
        if without:
            words = filled("There is no address for {names}.", names=envelopes.named(without))
            text = Text(words, "body", "text2", wrap=True)
            self.body.addLayout(row(Icon("circle-alert", "text2", 14), (text, 1), gap=8))
        self.save_button.setEnabled(bool(self._customer_ids))
        self.save_wanted.connect(self._show)

    def _show(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            sheet = LabelSheet(self._sheet.key())
            paper = envelopes.labels(
                self._session.desk,
                self._customer_ids,
                sheet,
                start=_number(self._first.text(), LABELS_ON[sheet]),
                now=self._session.now(),
            )
            dialog = PaperDialog(self._session, paper, parent=self.parentWidget() or self)
            self.accept()
            dialog.open()


def _number(typed: str, most: int) -> int:
    if not typed.strip().isdecimal() or len(typed) > LONGEST_NUMBER:
        raise InvalidEntryError(
            "start", filled("Write a number from 1 to {most} there.", most=str(most))
        )
    return int(typed)
