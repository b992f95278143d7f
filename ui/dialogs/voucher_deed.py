"""What else can be done with a voucher: put back on, made longer, given a new code, made void."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import day_words
from recoverydesk.domain.money import currency_symbol
from recoverydesk.domain.plan import add_months
from recoverydesk.domain.voucher import EntryKind, VoucherStatus
from recoverydesk.services import voucher_deeds
from recoverydesk.services.voucher_views import VoucherView
from ui.dialogs.snooze import wanted_day
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, MoneyField, TextField
from ui.widgets.text import Text
from ui.wording import Label, filled, tr

LONGER_MONTHS = 3


class Deed(StrEnum):
    """What is done."""

    PUT_BACK = "put_back"
    EXTEND = "extend"
    REPLACE = "replace"
    VOID = "void"


DEEDS = {
    Deed.PUT_BACK: Label("Put back on…", "The goods came back, or it was a slip", "rotate-ccw"),
    Deed.EXTEND: Label("Make it good for longer…", "What had run out comes back", "calendar"),
    Deed.REPLACE: Label("Give it a new code…", "Lost or stolen: the old code ends", "refresh-cw"),
    Deed.VOID: Label("Make it void…", "What is left can't be used any more", "ban"),
}
SAVE = {
    Deed.PUT_BACK: "Put back",
    Deed.EXTEND: "Make it longer",
    Deed.REPLACE: "Give a new code",
    Deed.VOID: "Make it void",
}
REASONS = {
    Deed.PUT_BACK: "The kettle came back",
    Deed.EXTEND: "She was ill",
    Deed.REPLACE: "Lost on the way home",
    Deed.VOID: "Bought back",
}


class VoucherDeedDialog(Dialog):
    """Does one of these with a voucher, and asks why.

    Signals:
        saved: it is done. Argument: the code to show now, a new one after replacing.
    """

    saved = Signal(str)

    def __init__(
        self, session: Session, voucher: VoucherView, deed: Deed, *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            voucher: which one.
            deed: what is to be done with it.
            parent: what it belongs to.
        """
        told = DEEDS[deed]
        title = tr(told.text).rstrip("…")
        super().__init__(parent, title, save=tr(SAVE[deed]), save_icon=told.icon, width=520)
        self.setObjectName("voucher_deed")
        self._session, self._voucher, self._deed = session, voucher, deed
        shop = session.shop
        self._amount = MoneyField(currency_symbol(shop.currency, shop.locale))
        self._day = DayField()
        self._words = TextField(example=tr(REASONS[deed]))
        self.amount = LabelledField(tr("How &much"), self._amount)
        self.valid_to = LabelledField(tr("Good &until"), self._day)
        self.why = LabelledField(tr("&Why"), self._words, tr("it stays in the history"))
        self._form = Form({"amount": self.amount, "valid_to": self.valid_to, "why": self.why})
        self.add(
            Text(self._what(), "body", "text2", wrap=True), self.amount, self.valid_to, self.why
        )
        self._propose()
        self.save_wanted.connect(self._do)

    def _what(self) -> str:
        view, money = self._voucher, self._session.money
        left = filled(
            "{code}, for {name}: {left} left.",
            code=view.shown_code,
            name=view.recipient,
            left=money(view.balance_cents),
        )
        if self._deed is Deed.REPLACE:
            return f"{left} {tr('The old code will say what took its place.')}"
        return left

    def _propose(self) -> None:
        view = self._voucher
        self.amount.setVisible(self._deed is Deed.PUT_BACK)
        self.valid_to.setVisible(self._deed is Deed.EXTEND)
        if self._deed is Deed.PUT_BACK:
            taken = view.initial_cents - view.balance_cents
            self._amount.setText(self._session.amount(max(taken, 0)))
            self.amount.focus_input()
        elif self._deed is Deed.EXTEND:
            start = max(view.valid_to or self._session.today(), self._session.today())
            self._day.set_day(add_months(start, LONGER_MONTHS))
            until = "" if view.valid_to is None else day_words(view.valid_to)
            self.valid_to.set_hint(filled("so far {day}", day=until) if until else "")
            self.valid_to.focus_input()
        else:
            self.why.focus_input()

    def _do(self) -> None:
        self._form.start()
        desk, now, voucher = self._session.desk, self._session.now(), self._voucher
        code, why = voucher.code, self._words.text()
        with told_to_owner(self), self._form.pointing_out():
            match self._deed:
                case Deed.PUT_BACK:
                    cents = self._session.cents(self._amount.text(), field="amount")
                    voucher_deeds.put_back(desk, voucher.voucher_id, cents, why, now=now)
                case Deed.EXTEND:
                    day = wanted_day(self._day, "valid_to")
                    voucher_deeds.extend(desk, voucher.voucher_id, day, why, now=now)
                case Deed.REPLACE:
                    code = voucher_deeds.replace(desk, voucher.voucher_id, why, now=now).code
                case Deed.VOID:
                    voucher_deeds.make_void(desk, voucher.voucher_id, why, now=now)
            self.accept()
            self.saved.emit(code)


def deeds_for(view: VoucherView) -> tuple[Deed, ...]:
    """Return what can be done with a voucher as it stands."""
    if view.status in {VoucherStatus.VOID, VoucherStatus.REPLACED}:
        return ()
    used = any(line.kind is EntryKind.REDEEM for line in view.ledger)
    expired = view.status is VoucherStatus.EXPIRED
    possible = {
        Deed.PUT_BACK: used and not expired,
        Deed.EXTEND: view.valid_to is not None and (expired or view.balance_cents > 0),
        Deed.REPLACE: view.balance_cents > 0 and not expired,
        Deed.VOID: view.balance_cents > 0,
    }
    return tuple(deed for deed, can in possible.items() if can)
