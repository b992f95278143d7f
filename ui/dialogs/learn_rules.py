"""How Learn counts: the days until a purchase counts no more, what a customer is worth."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.money import currency_symbol
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import learn_rules
from recoverydesk.services.claims import ClaimKey
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import CheckBox
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, MoneyField, TextField
from ui.widgets.layouts import boxed, row
from ui.widgets.sources import SourceButton
from ui.widgets.text import Line, Text
from ui.wording import filled, tr


class LearnRulesDialog(Dialog):
    """Sets what Learn's figures rest on."""

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it."""
        super().__init__(parent, tr("How Learn counts"), width=600)
        self.setObjectName("learn_rules")
        self._session = session
        now = learn_rules.rules(session.desk)
        shop = session.shop
        self._days = TextField(str(now.window_days))
        self._average = MoneyField(currency_symbol(shop.currency, shop.locale))
        if now.average_cents is not None:
            self._average.setText(session.amount(now.average_cents))
        mean = now.mean_cents
        hint = (
            filled("empty: {mean}, the mean", mean=session.money(mean))
            if mean is not None
            else tr("empty: not counted")
        )
        self.days = LabelledField(tr("Back within … &days counts as won back"), self._days)
        self.average = LabelledField(
            tr("A customer of unknown worth, in a &year"), self._average, hint
        )
        self._silent = CheckBox(tr("Show the rule of thumb about those who say &nothing"))
        self._silent.setChecked(now.silent_estimate)
        self._form = Form({"window_days": self.days, "average": self.average})
        self.add(
            boxed(row(self.days)),
            self.average,
            Line("line"),
            boxed(row((self._silent, 1), SourceButton(ClaimKey.SILENT_CUSTOMERS))),
            Text(
                tr(
                    "How many it is in your shop nobody knows. It is never mixed with your own "
                    "figures."
                ),
                "secondary",
                "text2",
                wrap=True,
            ),
        )
        self.save_wanted.connect(self._keep)
        self._days.setFocus()

    def _keep(self) -> None:
        self._form.start()
        days = self._form.take("window_days", self._window, 0)
        average = self._form.take("average", self._cents, None)
        if not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            learn_rules.set_rules(
                self._session.desk,
                window_days=days,
                average_cents=average,
                silent_estimate=self._silent.isChecked(),
            )
            self.accept()

    def _window(self) -> int:
        typed = self._days.text().strip()
        if not (typed.isascii() and typed.isdigit()):
            raise InvalidEntryError("window_days", tr("Write a whole number of days."))
        return int(typed)

    def _cents(self) -> int | None:
        typed = self._average.text().strip()
        return self._session.cents(typed, field="average") if typed else None
