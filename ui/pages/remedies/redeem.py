"""The box that redeems a code: typed, pasted or scanned."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import day_words
from recoverydesk.domain.money import currency_symbol
from recoverydesk.domain.voucher import CODE_LENGTH, clean_code
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import voucher_views, vouchers
from recoverydesk.services.voucher_views import VoucherView
from recoverydesk.services.vouchers import Redeemed
from ui import look
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, Panel
from ui.widgets.fields import LabelledField, MoneyField, TextField
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, tr


class VoucherPanel(Panel):
    """What is known about a code, on a ground that says whether it is good."""

    def __init__(self, session: Session) -> None:
        super().__init__("accent", 8)
        self._session = session
        self._icon = Icon("circle-check", "accent_text", 18)
        self._head = Text("", "label", "accent_text", wrap=True, weight=600)
        self._who = Text("", "strong", wrap=True)
        self._what = Text("", "secondary", "text2", wrap=True)
        self._left_name = Text(tr("Left on it"), "secondary", "text2")
        self._left = Text("", "page", align=look.RIGHT)
        top = row(column(self._icon, STRETCH), (self._head, 1), gap=8)
        foot = row((self._left_name, 1), self._left, gap=8)
        self.setLayout(column(top, 8, self._who, self._what, 2, foot, margins=(14, 12, 14, 12)))

    def head(self) -> str:
        """Return the sentence at the top."""
        return self._head.text()

    def show_voucher(self, view: VoucherView, said: str = "") -> None:
        """Show a voucher.

        Args:
            view: the voucher.
            said: what was just done with it; empty says how long it is good, or why not.
        """
        good = not view.why_not
        if said:
            self._say(said, "accent")
        elif good:
            self._say(_good_until(view, self._session), "accent")
        else:
            self._say(view.why_not, "warn")
        money = self._session.money
        for_other = view.recipient if view.recipient != view.customer else ""
        who = filled("{name}, for {other}", name=view.customer, other=for_other)
        self._who.setText(who if for_other else view.customer)
        self._what.setText(f"{view.words}, {money(view.initial_cents)}")
        self._left.setText(money(view.balance_cents))

    def _say(self, words: str, tone: look.Tone) -> None:
        token: look.Token = "accent_text" if tone == "accent" else look.INKS[tone]
        self.set_ground("accent" if tone == "accent" else "warn")
        self._icon.set_icon("circle-check" if tone == "accent" else "circle-alert", token)
        self._head.setText(words)
        self._head.set_token(token)
        self.setAccessibleName(words)


def _good_until(view: VoucherView, session: Session) -> str:
    if view.valid_to is None:
        return tr("Good, without an end date")
    words = day_words(view.valid_to)
    if view.valid_to.year == session.today().year:
        words = words.rpartition(" ")[0]
    return filled("Good until {day}", day=words)


class _Pay(QWidget):
    """The amount and the button that takes it off, with one line for trouble under both."""

    def __init__(self, amount: MoneyField, button: Button) -> None:
        super().__init__()
        self._amount = amount
        self.setLayout(row((amount, 1), button, gap=8))
        self.setFocusProxy(amount)

    def set_trouble(self, *, on: bool) -> None:
        """Show the amount's edge in red; `LabelledField` does it."""
        self._amount.set_trouble(on=on)


class RedeemCard(Card):
    """Looks a code up as it is typed, and takes money off it.

    Enter after a code goes on to the amount, Enter there redeems: a scanner that ends with Enter
    never redeems by itself. All that is left is proposed once a code; after something was taken
    off, the amount waits empty, so that one key too many takes nothing.

    Signals:
        shown: another voucher is shown. Argument: its `VoucherView`, or None.

    Attributes:
        code, amount: the labelled fields.
        redeem_button: takes the amount off.
        panel: what is known about the code.
    """

    shown = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Redeem a code"), gap=8)
        self._session = session
        self._view: VoucherView | None = None
        self._said = ""
        self._proposed = ""
        self._code = TextField(name=tr("Code"), icon="scan-line", height=44)
        self.code = LabelledField(tr("Type, paste or scan it"), self._code)
        self.panel = VoucherPanel(session)
        shop = session.shop
        symbol = currency_symbol(shop.currency, shop.locale)
        self._amount = MoneyField(symbol, name=tr("Take off now"), height=40)
        self.redeem_button = Button(tr("Redeem"), "primary", icon="check", key="↵", size="large")
        self.amount = LabelledField(tr("Take off now"), _Pay(self._amount, self.redeem_button))
        self.panel.hide()
        self.amount.hide()
        self.add(self.code, self.panel, self.amount)
        self._form = Form({"code": self.code, "amount": self.amount})
        self._code.textChanged.connect(self._typed)
        self._code.returnPressed.connect(self._entered)
        self._amount.textChanged.connect(self._arm)
        self._amount.returnPressed.connect(self._redeem)
        self._arm("")
        self.redeem_button.clicked.connect(lambda _on: self._redeem())

    def view(self) -> VoucherView | None:
        """Return the voucher that is shown, or None."""
        return self._view

    def focus_code(self) -> None:
        """Put the cursor into the field of the code, ready for another one."""
        self.code.focus_input()
        self._code.selectAll()

    def focus_amount(self) -> None:
        """Put the cursor into the amount, so that Enter redeems."""
        if self.amount.isVisible():
            self.amount.focus_input()
            self._amount.selectAll()
        else:
            self.focus_code()

    def show_code(self, code: str) -> None:
        """Show a voucher by its code, as if it had been typed."""
        if clean_code(code) != clean_code(self._code.text()):
            self._code.setText(code)
        elif self._view is None:
            self._look_up()

    def reread(self) -> None:
        """Read the voucher that is shown again."""
        if self._view is not None:
            self._look_up()

    def _typed(self, text: str) -> None:
        # A code typed again is a new beginning, even the same one.
        self._view, self._said = None, ""
        self._propose("")
        self._form.start()
        if len(clean_code(text)) >= CODE_LENGTH:
            self._look_up()
        else:
            self._take(None)

    def _entered(self) -> None:
        if self._view is None:
            self._look_up()
        else:
            self.focus_amount()

    def _look_up(self) -> None:
        self._form.start()
        found: VoucherView | None = None
        try:
            desk, now = self._session.desk, self._session.now()
            found = voucher_views.look_up(desk, self._code.text(), now=now)
        except InvalidEntryError as error:
            self._form.show(error, "code")
        except NotFoundError as error:
            self.code.show_error(f"{error} {error.advice}".strip())
        self._take(found)

    def _take(self, view: VoucherView | None) -> None:
        before, self._view = self._view, view
        self.panel.setVisible(view is not None)
        payable = view is not None and not view.why_not
        self.amount.setVisible(payable)
        if view is not None:
            self.panel.show_voucher(view, self._said)
            same = before is not None and before.voucher_id == view.voucher_id
            # What the owner typed stays, whatever else happens to the voucher meanwhile.
            untouched = bool(self._proposed) and self._amount.text() == self._proposed
            if not same or untouched:
                self._propose(self._session.amount(view.balance_cents))
        self.shown.emit(view)

    def _propose(self, amount: str) -> None:
        self._proposed = amount
        self._amount.setText(amount)

    def _arm(self, typed: str) -> None:
        self.redeem_button.setEnabled(bool(typed.strip()))

    def _redeem(self) -> None:
        if self._view is None:
            return
        self._form.start()
        typed, desk = self._amount.text(), self._session.desk
        cents = self._form.take("amount", lambda: self._session.cents(typed, field="amount"), 0)
        if not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            try:
                done = vouchers.redeem(
                    desk, self._view.code, now=self._session.now(), amount_cents=cents
                )
            except NotAllowedError as error:
                # Another window was quicker: show what is true now, and say so here.
                self._look_up()
                self.code.show_error(f"{error} {error.advice}".strip())
                self.focus_code()
                return
            self._tell(done)

    def _tell(self, done: Redeemed) -> None:
        money = self._session.money
        self._said = filled("{amount} taken off", amount=money(done.amount_cents))
        self._propose("")
        self._look_up()
        self.focus_code()
