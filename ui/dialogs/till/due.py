"""What is due to one customer, each with the one press that gives it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import day_words, short_words
from recoverydesk.domain.money import currency_symbol
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.voucher import shown_code
from recoverydesk.services import entitlements, visits, voucher_views, vouchers
from recoverydesk.services.entitlements import LASTING, EntitlementView
from recoverydesk.services.till import Due, HeldVoucher, ToGive
from recoverydesk.services.voucher_views import VoucherView
from recoverydesk.services.vouchers import VoucherEntryForm
from ui import look
from ui.dialogs.given import kind_named
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Panel
from ui.widgets.chips import Chip
from ui.widgets.fields import LabelledField, MoneyField
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.text import Icon, Line, Text
from ui.wording import counted, filled, label, tr


class DueCard(QWidget):
    """A customer at the till: how to greet them, what is due, and what they bought.

    Signals:
        done: something was saved. Argument: what to say about it.
        amount_left: an amount was taken off; the next one may come.
    """

    done = Signal(str)
    amount_left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._due: Due | None = None
        self._code = ""
        self._name = Text("", "page", wrap=True)
        self._chip = Chip("", "accent")
        self._likes = Text("", "secondary", "text2", wrap=True)
        self._greet = Panel("accent", 8)
        self._greet_head = Text("", "strong", "accent_text", wrap=True)
        self._greet_say = Text("", "words", wrap=True)
        self._greet_why = Text("", "secondary", "text2", wrap=True)
        self._greet.setLayout(
            column(
                self._greet_head, self._greet_say, self._greet_why, gap=4, margins=(16, 12, 16, 14)
            )
        )
        self._rows = column(gap=2)
        self._nothing = Text("", "body", "text2", wrap=True)
        self._make_amount()
        self._make_visit()
        self.setLayout(
            column(
                row((self._name, 1), self._chip, gap=8),
                self._likes,
                self._greet,
                self._nothing,
                boxed(self._rows),
                self._redeem_box,
                Line("line"),
                self._visit_box,
                row(self._expect, STRETCH),
                gap=10,
            )
        )

    def _make_amount(self) -> None:
        shop = self._session.shop
        symbol = currency_symbol(shop.currency, shop.locale)
        self._amount = MoneyField(symbol, name=tr("Take off now"), height=44)
        self._redeem = Button(tr("Redeem"), "primary", icon="check", key="↵", size="large")
        self.amount = LabelledField(tr("Take off now"), self._amount)
        self._redeem_box = boxed(row((self.amount, 1), column(STRETCH, self._redeem), gap=8))
        self._redeem_form = Form({"amount": self.amount, "code": self.amount})
        self._amount.returnPressed.connect(self._redeem_it)
        self._redeem.clicked.connect(lambda _on: self._redeem_it())

    def _make_visit(self) -> None:
        shop = self._session.shop
        symbol = currency_symbol(shop.currency, shop.locale)
        self._spent = MoneyField(symbol, name=tr("What they spent"))
        self.spent = LabelledField(
            tr("What they &spent"), self._spent, tr("optional; a word two days on is planned")
        )
        self._visit = Button(tr("They bought something"), "secondary", icon="shopping-bag")
        self._visit_box = boxed(row((self.spent, 1), column(STRETCH, self._visit), gap=8))
        self._expect = Button(tr("Expect them on…"), "link", icon="store", size="small")
        self._expect.clicked.connect(lambda _on: self._open_expect())
        self._visit_form = Form({"amount": self.spent})
        self._spent.returnPressed.connect(self._log_visit)
        self._visit.clicked.connect(lambda _on: self._log_visit())

    def show_due(self, due: Due, voucher: VoucherView | None) -> None:
        """Show what is due; with a voucher that was scanned, its amount is ready."""
        same = self._due is not None and self._due.customer_id == due.customer_id
        self._due = due
        self._show_who(due)
        clear(self._rows)
        for held in due.vouchers:
            self._rows.addWidget(self._voucher_row(held))
        for one in due.entitlements:
            self._rows.addWidget(self._entitlement_row(one))
        for remedy in due.to_give:
            self._rows.addWidget(self._give_row(remedy))
        self._nothing.setText(filled("Nothing is due to {name} today.", name=due.greeting))
        self._nothing.setVisible(not due.anything and voucher is None)
        self._show_voucher(voucher)
        self._visit.set_text(tr("Bought again") if due.here_today else tr("They bought something"))
        if not same:
            self._spent.clear()

    def _show_who(self, due: Due) -> None:
        self._name.setText(due.name)
        self._chip.setVisible(due.in_recovery or due.expected)
        if due.expected:
            self._chip.show_status(tr("Expected today"), "accent", "store")
        else:
            self._chip.show_status(tr("In recovery"), "accent", "sprout")
        self._expect.set_text(self._expected_words(due))
        self._likes.setText(filled("Likes {likes}", likes=due.likes) if due.likes else "")
        self._likes.setVisible(bool(due.likes))
        self._greet.setVisible(due.in_recovery)
        self._greet_head.setText(filled("Greet {name} in person", name=due.greeting))
        self._greet_say.setText(due.say)
        self._greet_why.setText(
            filled("{number}: {words}", number=due.case_number, words=due.summary)
        )

    def _expected_words(self, due: Due) -> str:
        today, day = self._session.today(), due.expected_on
        if day is None or day < today:
            return tr("Expect them on…")
        if day == today:
            return tr("Expected today; change it…")
        return filled("Expected {day}; change it…", day=short_words(day, today))

    def _open_expect(self) -> None:
        from ui.dialogs.expect import ExpectDialog  # noqa: PLC0415 - only when it is asked for

        if self._due is not None:
            with told_to_owner(self):
                ExpectDialog(self._session, self._due.customer_id, parent=self).open()

    def _show_voucher(self, voucher: VoucherView | None) -> None:
        self._code = ""
        self._redeem_form.start()
        self._redeem_box.setVisible(voucher is not None)
        if voucher is None:
            return
        can = not voucher.why_not
        self._amount.setVisible(can)
        self._redeem.setVisible(can)
        told = filled("{code}: {words}", code=voucher.shown_code, words=voucher.words)
        if not can:
            self.amount.show_error(f"{voucher.shown_code}: {voucher.why_not}")
            return
        self._code = voucher.code
        self.amount.set_hint(told)
        self._amount.setText(self._session.amount(voucher.balance_cents))

    def again(self, voucher: VoucherView) -> VoucherView | None:
        """Return a voucher as it stands now; None where nothing is left to take off."""
        found = voucher_views.view(self._session.desk, voucher.voucher_id, now=self._session.now())
        return found if found.balance_cents else None

    def focus_amount(self) -> None:
        """Put the cursor into the amount, so that Enter redeems."""
        if self._code:
            self._amount.setFocus()
            self._amount.selectAll()

    def focus_first(self) -> None:
        """Put the focus on the first thing that is due, else on what they spent."""
        buttons = self.findChildren(Button)
        first = next((one for one in buttons if one.isVisible() and one is not self._visit), None)
        if self._code:
            self.focus_amount()
        elif first is not None and first not in (self._redeem, self._expect):
            first.setFocus()
        else:
            self._spent.setFocus()

    # Rows

    def _voucher_row(self, held: HeldVoucher) -> QWidget:
        until = "" if held.valid_to is None else filled(
            "until {day}", day=day_words(held.valid_to)
        )  # fmt: skip
        sub = " · ".join(part for part in (shown_code(held.code), until) if part)
        press = partial(self._ready_voucher, held.voucher_id)
        money = self._session.money(held.balance_cents)
        button = self._button(tr("Redeem…"), press, held.words)
        return _due_row(label(held.kind).icon, held.words, sub, money, button)

    def _entitlement_row(self, one: EntitlementView) -> QWidget:
        until = "" if one.valid_to is None else filled(
            "until {day}", day=day_words(one.valid_to)
        )  # fmt: skip
        sub = " · ".join(part for part in (one.goods, one.why_not or until) if part)
        left = "" if one.left is None else counted(one.left, "{n} time left", "{n} times left")
        button = self._button(tr("Use once"), partial(self._use, one), one.words)
        button.setEnabled(not one.why_not)
        return _due_row(label(one.kind).icon, one.words, sub, left, button)

    def _give_row(self, remedy: ToGive) -> QWidget:
        day = filled("agreed on {day}, not yet given", day=day_words(remedy.agreed_on))
        words = tr("Start it") if remedy.kind in LASTING else tr("Handed over")
        if remedy.kind is RemedyKind.VOUCHER:  # it can't be used, nor handed over, without one
            words = tr("Issue its code")
        worth = self._session.money(remedy.value_cents) if remedy.value_cents else ""
        button = self._button(words, partial(self._give, remedy), remedy.words)
        return _due_row(label(remedy.kind).icon, remedy.words, day, worth, button)

    def _button(self, words: str, press: Callable[[], object], about: str) -> Button:
        button = Button(words, "secondary", size="small")
        button.setAccessibleName(f"{words}: {about}")
        button.clicked.connect(lambda _on: press())
        return button

    # Deeds

    def _ready_voucher(self, voucher_id: int) -> None:
        with told_to_owner(self):
            found = voucher_views.view(self._session.desk, voucher_id, now=self._session.now())
            self._show_voucher(found)
            self.focus_amount()

    def _redeem_it(self) -> None:
        if not self._code:
            return
        self._redeem_form.start()
        session = self._session
        with told_to_owner(self), self._redeem_form.pointing_out():
            cents = session.cents(self._amount.text(), field="amount")
            made = vouchers.redeem(session.desk, self._code, now=session.now(), amount_cents=cents)
            self.done.emit(
                filled(
                    "{amount} taken off. {left} left.",
                    amount=session.money(made.amount_cents),
                    left=session.money(made.left_cents),
                )
            )
            self.amount_left.emit()

    def _use(self, one: EntitlementView) -> None:
        session = self._session
        with told_to_owner(self):
            seen = entitlements.use(session.desk, one.entitlement_id, now=session.now())
            left = "" if seen.left is None else counted(
                seen.left, "{n} time left.", "{n} times left."
            )  # fmt: skip
            self.done.emit(f"{filled('Used: {words}.', words=one.words)} {left}".strip())

    def _give(self, remedy: ToGive) -> None:
        session = self._session
        with told_to_owner(self):
            if remedy.kind is RemedyKind.VOUCHER:
                self._issue(remedy)
                return
            begun = entitlements.hand_over(session.desk, remedy.remedy_id, now=session.now())
            told = tr("Handed over: {words}.") if begun is None else tr("It starts today: {words}.")
            self.done.emit(filled(told, words=remedy.words))

    def _issue(self, remedy: ToGive) -> None:
        """Give an agreed voucher its code, for what was agreed."""
        session, due = self._session, self._due
        form = VoucherEntryForm(
            kind=kind_named(remedy.words), value_cents=remedy.value_cents, words=remedy.words
        )
        made = vouchers.issue(
            session.desk,
            form,
            now=session.now(),
            case_id=remedy.case_id,
            customer_id=None if due is None else due.customer_id,
            remedy_id=remedy.remedy_id,
        )
        self.done.emit(filled("Its code: {code}", code=made.shown_code))

    def _log_visit(self) -> None:
        due, session = self._due, self._session
        if due is None:
            return
        self._visit_form.start()
        with told_to_owner(self), self._visit_form.pointing_out():
            visits.log(session.desk, due.customer_id, now=session.now(), amount=self._spent.text())
            self._spent.clear()
            self.done.emit(filled("{name} was here: written down.", name=due.greeting))
            self.amount_left.emit()


def _due_row(icon: str, title: str, sub: str, value: str, button: Button) -> QWidget:
    words = column(Text(title, "label", wrap=True), Text(sub, "caption", "text2", wrap=True))
    worth = Text(value, "strong", align=look.RIGHT)
    if not value:  # shown before it has a parent it would open as a window
        worth.hide()
    return boxed(
        row(Icon(icon, "text2", 20), (words, 1), worth, button, gap=12, margins=(0, 6, 0, 6))
    )
