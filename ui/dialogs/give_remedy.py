"""Giving something to make amends: picked from the catalogue, or a voucher with a code."""

from contextlib import suppress
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.money import currency_symbol
from recoverydesk.domain.plan import add_months
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import (
    approvals,
    case_pages,
    catalogue,
    customer_lists,
    customer_pages,
    remedies,
    vouchers,
)
from recoverydesk.services.catalogue import CatalogueView
from recoverydesk.services.customer_lists import CustomerRow
from recoverydesk.services.remedies import RemedyEntry, RemedyView
from recoverydesk.services.voucher_rules import PAID_FOR, every_rule
from recoverydesk.services.voucher_views import VoucherView
from recoverydesk.services.vouchers import VoucherEntryForm
from ui import look
from ui.dialogs.budget import BudgetLine
from ui.dialogs.given import GivenPanel, checked_words, kind_named
from ui.dialogs.pin import asking_the_owner
from ui.dialogs.worth import worth_words
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import ChoiceCards, Select
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, MoneyField, TextField
from ui.widgets.layouts import boxed, row
from ui.widgets.picks import Pick, PickList
from ui.widgets.text import Text
from ui.wording import counted, filled, label, labels, tr

MOST_OFFERED = 8
DAY_EXAMPLE = date(2026, 10, 14)


class GiveRemedyDialog(Dialog):
    """Gives a remedy, or issues a voucher and shows its code.

    With a case it offers the catalogue; without one it issues a gift card to a customer. Given an
    agreed remedy, it issues the voucher that hands this remedy over.

    Signals:
        printed_wanted: the certificate shall be printed. Argument: the code.
        issued: a voucher was issued. Argument: the code.
        given: a remedy without a code was given. Argument: its id.
    """

    printed_wanted = Signal(str)
    issued = Signal(str)
    given = Signal(int)

    def __init__(
        self,
        session: Session,
        case_id: int | None,
        remedy_id: int | None = None,
        customer_id: int | None = None,
        *,
        parent: QWidget,
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case it makes amends for; None for a gift card without a case.
            remedy_id: the agreed remedy that a voucher hands over.
            customer_id: without a case, whom it is for; None asks.
            parent: the window it belongs to.

        Raises:
            NotFoundError: case, remedy or customer is no longer on the desk.
        """
        from_catalogue = case_id is not None and remedy_id is None
        title = tr("Give a remedy") if from_catalogue else tr("Issue a voucher")
        title = tr("Issue a gift card") if case_id is None else title
        super().__init__(
            parent,
            title,
            save=tr("Give it"),
            cancel=tr("Cancel"),
            width=880 if from_catalogue else 640,
        )
        self._session = session
        self._case_id, self._remedy_id = case_id, remedy_id
        self._items = {str(item.item_id): item for item in catalogue.catalogue(session.desk)}
        self._issued: VoucherView | None = None
        self._agreed: RemedyView | None = None
        self._recipient_given = ""
        self._cost_given = ""
        self._make_fields()
        self._make_picks()
        self._lay_out(from_catalogue=from_catalogue)
        self._make_form()
        self._connect()
        self._begin(customer_id)

    def _make_fields(self) -> None:
        shop = self._session.shop
        symbol = currency_symbol(shop.currency, shop.locale)
        self._who = PickList(example=tr("Name, phone or e-mail"))
        self._words = TextField()
        self._value, self._cost = MoneyField(symbol), MoneyField(symbol)
        self._promised = DayField()
        self._kind = Select(
            [(kind.value, told.text) for kind, told in labels(VoucherKind)], name=tr("Kind")
        )
        self._recipient, self._message = TextField(), TextField()
        self._until = DayField()
        self._proposed_until: date | None = None
        self.who = LabelledField(tr("Who is it &for?"), self._who)
        self.words = LabelledField(tr("&What they get"), self._words, tr("in words they would use"))
        self.value = LabelledField(tr("Wort&h to them"), self._value)
        self.cost = LabelledField(tr("&Costs you"), self._cost)
        self.promised = LabelledField(tr("&Promised by"), self._promised, tr("optional"))
        self.kind = LabelledField(tr("&Kind"), self._kind)
        self.recipient = LabelledField(tr("Name on &it"), self._recipient)
        self.message = LabelledField(tr("&Message"), self._message, tr("printed on it, optional"))
        self.until = LabelledField(tr("&Good until"), self._until)

    def _make_picks(self) -> None:
        cards = [
            (key, item.name, worth_words(self._session, item), label(item.kind).icon)
            for key, item in self._items.items()
        ]
        self._picks = ChoiceCards(cards, name=tr("What do you give?"), columns=3)

    def _lay_out(self, *, from_catalogue: bool) -> None:
        for narrow, width in ((self.value, 150), (self.cost, 150), (self.until, 210)):
            narrow.setFixedWidth(look.px(width))
        self.promised.setFixedWidth(look.px(210))
        self.who.setVisible(self._case_id is None)
        if not from_catalogue:
            self._picks.hide()
        self._say = Text("", "secondary", "text2", wrap=True)
        self._say.hide()
        self._amounts = boxed(row((self.words, 1), self.value, self.cost, gap=16))
        self._upper = boxed(row((self.kind, 1), (self.recipient, 1), gap=16))
        self._lower = boxed(row((self.message, 1), self.until, gap=16))
        self._budget = BudgetLine(self._session)
        self._done = GivenPanel(self._session)
        self._done.hide()
        self.add(
            self.who,
            self._picks,
            self._say,
            self._amounts,
            self._upper,
            self._lower,
            self.promised,
            self._budget,
            self._done,
        )

    def _make_form(self) -> None:
        self._form = Form(
            {
                "customer": self.who,
                "words": self.words,
                "value": self.value,
                "cost": self.cost,
                "promised_for": self.promised,
                # A name that can't be taken is the one on the certificate.
                "name": self.recipient,
                "message": self.message,
                "valid_to": self.until,
            }
        )

    def _connect(self) -> None:
        self._who.asked.connect(self._offer)
        self._who.picked.connect(self._picked_customer)
        self._picks.chosen.connect(self._picked_item)
        self._kind.chosen.connect(lambda _key: self._show_cost())
        self._kind.chosen.connect(lambda _key: self._propose_until())
        self._value.textEdited.connect(self._work_out_cost)
        self._value.textChanged.connect(self._free_words)
        self._cost.textChanged.connect(lambda _text: self._show_budget())
        self.save_wanted.connect(self._save_it)

    def _propose_until(self) -> None:
        """Say how long this kind is usually good, unless another day was chosen."""
        months = self._months[VoucherKind(self._kind.key())]
        own = self._own_months()
        months = months if own is None else own
        day = add_months(self._session.today(), months) if months else None
        if self._until.day() == self._proposed_until:
            self._until.set_day(day)
            self._proposed_until = day

    def _own_months(self) -> int | None:
        """Return how long the catalogue lets it be good; None as is usual for its kind."""
        if self._agreed is not None:
            return self._agreed.months
        item = None if self._case_id is None else self._item()
        return None if item is None else item.months

    def _begin(self, customer_id: int | None) -> None:
        self._months = {rule.kind: rule.months for rule in every_rule(self._session.desk)}
        self._propose_until()
        voucher = self._voucher_item()
        if self._case_id is None:
            self._kind.choose(VoucherKind.GIFT_CARD.value)
            self._propose_until()
            self._words.setText(label(VoucherKind.GIFT_CARD).text)
            self._show_cost()
            self._show_block(voucher=True)
            self._start_with(customer_id)
            return
        view = case_pages.view(self._session.desk, self._case_id)
        self._name_recipient(view.customer)
        if self._remedy_id is not None:
            self._start_with_remedy(view.remedies)
            return
        first = voucher or next(iter(self._items), "")
        self._picks.choose(first)
        self._picked_item(first)
        for card in self._picks.cards():
            if card.isChecked():
                card.setFocus()

    def _start_with(self, customer_id: int | None) -> None:
        if customer_id is None:
            self._who.setFocus()
            return
        view = customer_pages.view(self._session.desk, customer_id)
        self._who.show_pick(Pick(view.customer_id, view.name, view.phone or view.town))
        self._name_recipient(view.name)
        self._value.setFocus()

    def _start_with_remedy(self, known: tuple[RemedyView, ...]) -> None:
        found = next((one for one in known if one.remedy_id == self._remedy_id), None)
        if found is None:
            raise NotFoundError(tr("That remedy is no longer on the desk."))
        self._words.setText(found.words)
        self._words.setEnabled(False)
        self._value.setText(self._session.amount(found.value_cents))
        self._agreed = found
        self._kind.choose(kind_named(found.words).value)
        self._propose_until()
        self._fill_cost(found.cost_cents)
        self._show_block(voucher=True)
        self._value.setFocus()

    def _free_words(self, typed: str) -> None:
        """Let agreed words be changed where the worth isn't the agreed one any more."""
        if self._agreed is None:
            return
        with suppress(InvalidEntryError):
            other = self._session.cents(typed, field="value") != self._agreed.value_cents
            # What was changed stays open: another key may bring the old worth back for a moment.
            self._words.setEnabled(other or self._words.text() != self._agreed.words)

    def _voucher_item(self) -> str:
        kinds = {key: item.kind for key, item in self._items.items()}
        return next((key for key, kind in kinds.items() if kind is RemedyKind.VOUCHER), "")

    def _item(self) -> CatalogueView | None:
        if self._case_id is None:
            return self._items.get(self._voucher_item())
        return None if self._remedy_id is not None else self._items.get(self._picks.key())

    def _item_id(self) -> int | None:
        """Return what of the catalogue it is; a card without a case is none of it."""
        item = None if self._case_id is None else self._item()
        return None if item is None else item.item_id

    def _is_voucher(self) -> bool:
        item = self._item()
        if self._case_id is None or self._remedy_id is not None:
            return True
        return item is not None and item.kind is RemedyKind.VOUCHER

    def _show_block(self, *, voucher: bool) -> None:
        self._upper.setVisible(voucher)
        self._lower.setVisible(voucher)
        self.promised.setVisible(not voucher)
        self.save_button.set_text(tr("Issue it") if voucher else tr("Give it"))

    def _picked_item(self, key: str) -> None:
        item = self._items.get(key)
        if item is None:
            return
        self._form.start()
        self._words.setText(item.name)
        self._cost_given = self._cost.text()
        self._value.setText(
            "" if item.value_cents is None else self._session.amount(item.value_cents)
        )
        self._fill_cost(item.cost_for(item.value_cents or 0))
        self._kind.choose(kind_named(item.name).value)
        self._propose_until()
        self._show_block(voucher=item.kind is RemedyKind.VOUCHER)
        words = item.offer_words
        self._say.setText(filled("Say it like this: “{words}”", words=words) if words else "")
        self._say.setVisible(bool(words))

    def _fill_cost(self, cents: int) -> None:
        self._cost_given = self._session.amount(cents)
        self._cost.setText(self._cost_given)

    def _work_out_cost(self, typed: str) -> None:
        """Say what it costs while one types what it is worth, unless that was typed as well."""
        item = self._item()
        if item is None or self._cost.text() != self._cost_given:
            return
        with suppress(InvalidEntryError):
            self._fill_cost(item.cost_for(self._session.cents(typed, field="value")))

    def _show_budget(self) -> None:
        """Say how far the month's budget goes with this; what they pay for takes nothing of it."""
        cents = 0
        with suppress(InvalidEntryError):
            typed = self._cost.text().strip()
            cents = self._session.cents(typed, field="cost") if typed else 0
        self._budget.show_with(0 if self._is_bought() else cents)

    def _is_bought(self) -> bool:
        """Say whether the customer pays for it: then it is no goodwill, and costs nothing."""
        return self._case_id is None and VoucherKind(self._kind.key()) in PAID_FOR

    def _show_cost(self) -> None:
        bought = self._is_bought()
        self.cost.setVisible(not bought)
        self.set_note(tr("They pay for it, so it costs you nothing.") if bought else "")
        self._show_budget()
        if bought:
            self._budget.hide()

    def _name_recipient(self, name: str) -> None:
        if self._recipient.text() == self._recipient_given:
            self._recipient_given = name
            self._recipient.setText(name)
            self._recipient.setCursorPosition(0)

    def _offer(self, typed: str) -> None:
        found = customer_lists.alike(self._session.desk, typed, most=MOST_OFFERED)
        self._who.offer([_pick_of(one) for one in found] if typed else [])

    def _picked_customer(self, _customer_id: int) -> None:
        pick = self._who.pick()
        if pick is not None:
            self.who.clear_error()
            self._name_recipient(pick.text)
            self.value.focus_input()

    def _cents(self, field: LabelledField, name: str) -> int | None:
        typed = self._value.text() if field is self.value else self._cost.text()
        if not typed.strip():
            return None
        return self._form.take(name, lambda: self._session.cents(typed, field=name), 0)

    def _day(self, field: DayField, name: str) -> date | None:
        day = field.day()
        if day is None and field.text().strip():
            raise InvalidEntryError(
                name,
                tr("That day can't be read."),
                advice=filled("Write it like {day}, or pick it.", day=DAY_EXAMPLE.isoformat()),
            )
        return day

    def _save_it(self) -> None:
        if self._issued is not None:
            self._print()
            return
        self._form.start()
        self._save_allowed(None)

    def _save_allowed(self, approved_by: int | None) -> None:
        later = None if self._case_id is None else self._ask_later
        with (
            told_to_owner(self),
            self._form.pointing_out(),
            asking_the_owner(self._session, self._save_allowed, later=later, parent=self),
        ):
            if self._is_voucher():
                self._issue(approved_by)
            else:
                self._give(approved_by)

    def _ask_later(self) -> None:
        """Let it wait on Today until the owner has decided."""
        item, session = self._item(), self._session
        kind = RemedyKind.VOUCHER if item is None or self._is_voucher() else item.kind
        entry = RemedyEntry(
            kind=kind,
            words=self._words.text() or label(VoucherKind(self._kind.key())).text,
            value_cents=self._cents(self.value, "value") or 0,
            cost_cents=self._cents(self.cost, "cost"),
            item_id=self._item_id(),
        )
        if self._case_id is None or not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            approvals.ask_later(session.desk, self._case_id, entry, now=session.now())
            self.accept()

    def _give(self, approved_by: int | None) -> None:
        item = self._item()
        if item is None or self._case_id is None:
            raise InvalidEntryError("words", tr("Choose what you give."))
        entry = RemedyEntry(
            kind=item.kind,
            words=self._words.text(),
            value_cents=self._cents(self.value, "value") or 0,
            cost_cents=self._cents(self.cost, "cost"),
            promised_for=self._form.take(
                "promised_for", lambda: self._day(self._promised, "promised_for"), None
            ),
            approved_by=approved_by,
            item_id=item.item_id,
        )
        if not self._form.ok():
            return
        session = self._session
        remedy_id = remedies.give(session.desk, self._case_id, entry, now=session.now())
        self.accept()
        self.given.emit(remedy_id)

    def _issue(self, approved_by: int | None) -> None:
        pick = self._who.pick()
        value = self._cents(self.value, "value") or 0
        words = self._form.take(
            "words",
            lambda: checked_words(self._words.text(), value, self._agreed, self._session),
            "",
        )
        entry = VoucherEntryForm(
            kind=VoucherKind(self._kind.key()),
            value_cents=value,
            cost_cents=0 if self._is_bought() else self._cents(self.cost, "cost"),
            words=words,
            recipient=self._recipient.text(),
            message=self._message.text(),
            valid_to=self._form.take("valid_to", lambda: self._day(self._until, "valid_to"), None),
            approved_by=approved_by,
            item_id=self._item_id(),
        )
        if self._case_id is None and pick is None:
            self._form.show(InvalidEntryError("customer", tr("Pick a customer from the list.")))
        if not self._form.ok():
            return
        view = vouchers.issue(
            self._session.desk,
            entry,
            now=self._session.now(),
            case_id=self._case_id,
            customer_id=pick.id if pick is not None else None,
            remedy_id=self._remedy_id,
        )
        self._show_issued(view)

    def _show_issued(self, view: VoucherView) -> None:
        """Show the code big, in place of the form."""
        self._issued = view
        for part in (self.who, self._picks, self._say, self._amounts, self._upper, self._lower):
            part.hide()
        self.promised.hide()
        self._budget.hide()
        self._done.show_voucher(view)
        self._done.show()
        self.set_title(tr("Issued"))
        self.set_note("")
        self.save_button.set_text(tr("Print certificate"))
        self.save_button.set_icon("printer")
        self.cancel_button.set_text(tr("Done"))
        self.forget_changes()
        self._take_size()
        self.cancel_button.setFocus()
        self.issued.emit(view.code)

    def would_lose_text(self) -> bool:
        """Say whether something typed isn't saved; what was issued is."""
        return self._issued is None and super().would_lose_text()

    def _print(self) -> None:
        if self._issued is not None:
            code = self._issued.code
            self.accept()
            self.printed_wanted.emit(code)


def _pick_of(found: CustomerRow) -> Pick:
    about = found.phone or found.email or found.town
    cases = counted(found.cases, "{n} case", "{n} cases") if found.cases else ""
    return Pick(found.customer_id, found.name, "  ·  ".join(one for one in (about, cases) if one))
