"""They bought again: the day, what they spent, a few words."""

from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.money import currency_symbol
from recoverydesk.services import visits
from ui import look
from ui.dialogs.snooze import wanted_day
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, MoneyField, TextField
from ui.widgets.layouts import row
from ui.wording import tr


class VisitDialog(Dialog):
    """Writes down that a customer came back and bought something."""

    def __init__(self, session: Session, customer_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_id: who was here.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("They bought again"), width=520)
        self.setObjectName("visit")
        self.keep_typing(session, customer_id=customer_id)
        self._session = session
        self._customer_id = customer_id
        shop = session.shop
        self._day = DayField(session.today())
        self._amount = MoneyField(currency_symbol(shop.currency, shop.locale))
        self._words = TextField(example=tr("A kettle, and tea for the neighbour"))
        day = LabelledField(tr("&Day"), self._day)
        amount = LabelledField(tr("What they &spent"), self._amount, tr("optional"))
        words = LabelledField(tr("&What they bought"), self._words, tr("optional"))
        self._form = Form({"visited_on": day, "amount": amount, "words": words})
        self.body.addLayout(row((day, 1), (amount, 1), gap=16))
        self.add(words)
        self.set_note(tr("Steps that wait for this visit get their dates."), "calendar")
        amount.setMinimumWidth(look.px(180))
        self.save_wanted.connect(self._log)
        self._amount.setFocus()

    def _log(self) -> None:
        self._form.start()
        day = self._form.take("visited_on", partial(wanted_day, self._day, "visited_on"), None)
        if day is None or not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            visits.log(
                self._session.desk,
                self._customer_id,
                now=self._session.now(),
                visited_on=day,
                amount=self._amount.text(),
                words=self._words.text(),
            )
            self.accept()
