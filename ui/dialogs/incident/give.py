"""The same remedy for everybody whom an incident hit."""

from contextlib import suppress
from datetime import date

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.money import currency_symbol
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.errors import InvalidEntryError, NeedsOwnerError
from recoverydesk.services import catalogue, incident_pages, incident_rounds, remedies
from recoverydesk.services.remedies import RemedyEntry
from ui import look
from ui.dialogs.budget import BudgetLine
from ui.dialogs.given import kind_named
from ui.dialogs.incident.work import WorkingDialog
from ui.dialogs.pin import ask_owner
from ui.dialogs.snooze import wanted_day
from ui.dialogs.worth import worth_words
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import CheckBox, ChoiceCards, Select
from ui.widgets.days import DayField
from ui.widgets.fields import LabelledField, MoneyField, TextField
from ui.widgets.layouts import STRETCH, boxed, row
from ui.widgets.text import Icon, Text
from ui.wording import counted, filled, label, labels, tr


class GiveAllDialog(WorkingDialog):
    """Gives everybody the same, or offers it to them."""

    def __init__(self, session: Session, incident_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            incident_id: whose customers.
            parent: what it belongs to.

        Raises:
            NotFoundError: the incident is no longer on the desk.
        """
        view = incident_pages.view(session.desk, incident_id)
        super().__init__(
            session,
            tr("Give them all the same"),
            save=tr("Give it to all"),
            save_icon="gift",
            width=880,
            parent=parent,
        )
        self.setObjectName("incident_give")
        self._view = view
        self._items = {str(item.item_id): item for item in catalogue.catalogue(session.desk)}
        self._cost_given = ""
        self._make_fields()
        self._lay_out()
        self._connect()
        self._show_sum()
        cards = self._picks.cards()
        (cards[0] if cards else self._what).setFocus()

    def _make_fields(self) -> None:
        shop = self._session.shop
        symbol = currency_symbol(shop.currency, shop.locale)
        self._picks = ChoiceCards(
            [
                (key, item.name, worth_words(self._session, item), label(item.kind).icon)
                for key, item in self._items.items()
            ],
            name=tr("What you usually give"),
            columns=3,
        )
        self._what = TextField(example=tr("A fresh loaf, on the house"))
        self._kind = Select(
            [(kind.value, told.text) for kind, told in labels(RemedyKind)], name=tr("Kind")
        )
        self._value, self._cost = MoneyField(symbol), MoneyField(symbol)
        self._day = DayField()
        self._only_offer = CheckBox(tr("Only &offer it: they say first whether that is right"))
        self.words = LabelledField(
            tr("&What each of them gets"), self._what, tr("in words they would use")
        )
        self.kind = LabelledField(tr("&Kind"), self._kind)
        self.value = LabelledField(tr("Worth to t&hem"), self._value, tr("each"))
        self.cost = LabelledField(tr("&Costs you"), self._cost, tr("each"))
        self.promised = LabelledField(tr("&Promised by"), self._day, tr("optional"))
        self._sum = Text("", "body", "text2", wrap=True)
        self._budget = BudgetLine(self._session)
        self.fields = Form(
            {
                "words": self.words,
                "value": self.value,
                "cost": self.cost,
                "promised_for": self.promised,
            }
        )

    def _lay_out(self) -> None:
        for narrow in (self.value, self.cost):
            narrow.setFixedWidth(look.px(150))
        if not self._items:
            self._picks.hide()
        self.add(
            self._picks,
            boxed(row((self.words, 1), self.kind, gap=16)),
            boxed(row(self.value, self.cost, (self.promised, 1), gap=16)),
            boxed(row(self._only_offer, STRETCH)),
            boxed(row(Icon("users", "text2", 16), (self._sum, 1), gap=8)),
            self._budget,
        )

    def _connect(self) -> None:
        self._picks.chosen.connect(self._pick)
        self._kind.chosen.connect(self._pick_kind)
        self._value.textEdited.connect(self._work_out_cost)
        for field in (self._what, self._value, self._cost):
            field.textChanged.connect(lambda _text: self._show_sum())
        self._only_offer.toggled.connect(self._show_offer)
        self.save_wanted.connect(self._give_allowed)

    def _show_offer(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.save_button.set_text(tr("Offer it to all") if on else tr("Give it to all"))
        self._show_sum()

    def _pick(self, key: str) -> None:
        item = self._items[key]
        self.fields.start()
        self._what.setText(item.name)
        self._what.setCursorPosition(0)
        self._kind.choose(item.kind.value)
        value = 0 if item.kind is RemedyKind.APOLOGY_ONLY else item.value_cents
        self._value.setText("" if value is None else self._session.amount(value))
        self._fill_cost(None if value is None else item.cost_for(value))
        self._show_sum()

    def _pick_kind(self, kind: str) -> None:
        item = self._items.get(self._picks.key())
        if item is not None and item.kind.value != kind:
            self._picks.choose("")
        self._show_sum()

    def _fill_cost(self, cents: int | None) -> None:
        self._cost_given = "" if cents is None else self._session.amount(cents)
        self._cost.setText(self._cost_given)

    def _work_out_cost(self, typed: str) -> None:
        """Say what it costs while one types what it is worth, unless that was typed as well."""
        item = self._items.get(self._picks.key())
        if item is None or self._cost.text() != self._cost_given:
            return
        with suppress(InvalidEntryError):
            self._fill_cost(item.cost_for(self._session.cents(typed, field="value")))

    def _show_sum(self) -> None:
        """Say how many get it, and what that comes to."""
        kind, words = RemedyKind(self._kind.key()), self._what.text()
        entry = RemedyEntry(kind, words)
        count = incident_rounds.lacking(self._session.desk, self._view.incident_id, entry)
        told = counted(count, "{n} customer gets it.", "{n} customers get it.")
        worth, cost = self._plain_cents(self._value), self._plain_cents(self._cost)
        if worth is not None and cost is not None and count:
            money = self._session.money
            told += " " + filled(
                "Together it is worth {worth} and costs you {cost}.",
                worth=money(worth * count),
                cost=money(cost * count),
            )
        self._budget.show_with(0 if cost is None else cost * count)
        if kind is RemedyKind.VOUCHER and not self._only_offer.isChecked():
            told += " " + tr("Each has a code of its own.")
        self._sum.setText(told)

    def _plain_cents(self, field: MoneyField) -> int | None:
        if not field.text().strip():
            return None
        with suppress(InvalidEntryError):
            return self._session.cents(field.text(), field="value")
        return None

    def _cents(self, field: MoneyField, name: str) -> int | None:
        if not field.text().strip():
            return None
        return self.fields.take(name, lambda: self._session.cents(field.text(), field=name), 0)

    def _promised_day(self) -> date | None:
        return wanted_day(self._day, "promised_for") if self._day.text().strip() else None

    def _failed(self, error: Exception) -> None:
        """Ask for the owner's word where it takes that; else tell what went wrong."""
        if not isinstance(error, NeedsOwnerError):
            super()._failed(error)
            return
        self._ended()
        words = f"{error} {error.advice}"
        ask_owner(self._session, words, self._give_all, later=self._ask_later, parent=self)

    def _ask_later(self) -> None:
        """Let it wait on Today until the owner has decided: in all of the cases, or in none."""
        entry = self._entry(None)
        if entry is None:
            return
        desk, now, incident_id = self._session.desk, self._session.now(), self._view.incident_id
        self.work(
            lambda progress: incident_rounds.ask_all_later(
                desk, incident_id, entry, now=now, progress=progress
            ),
            self._say_asked,
            self.fields,
        )

    def _entry(self, approved_by: int | None) -> RemedyEntry | None:
        """Return what stands in the fields; None where something is wrong, shown there."""
        self.fields.start()
        item = self._items.get(self._picks.key())
        entry = RemedyEntry(
            kind=RemedyKind(self._kind.key()),
            words=self._what.text(),
            value_cents=self._cents(self._value, "value") or 0,
            cost_cents=self._cents(self._cost, "cost"),
            promised_for=self.fields.take("promised_for", self._promised_day, None),
            approved_by=approved_by,
            item_id=None if item is None else item.item_id,
        )
        self.fields.take("words", lambda: remedies.checked(entry), "")
        return entry if self.fields.ok() else None

    def _give_allowed(self) -> None:
        self._give_all()

    def _give_all(self, approved_by: int | None = None) -> None:
        if self.is_working():
            return
        entry = self._entry(approved_by)
        if entry is None:
            return
        desk, now, incident_id = self._session.desk, self._session.now(), self._view.incident_id
        if self._only_offer.isChecked():
            self.work(
                lambda progress: incident_rounds.offer_all(
                    desk, incident_id, entry, now=now, progress=progress
                ),
                self._say_offered,
                self.fields,
            )
            return
        voucher = kind_named(entry.words)
        self.work(
            lambda progress: incident_rounds.give_all(
                desk, incident_id, entry, "", now=now, voucher=voucher, progress=progress
            ),
            self._say_given,
            self.fields,
        )

    def _say_offered(self, count: int) -> None:
        words = counted(count, "Offered to {n} customer", "Offered to {n} customers")
        self._session.said.emit(words)

    def _say_asked(self, count: int) -> None:
        words = counted(
            count, "It waits for the owner: {n} customer", "It waits for the owner: {n} customers"
        )
        self._session.said.emit(words)

    def _say_given(self, count: int) -> None:
        words = counted(count, "Agreed with {n} customer", "Agreed with {n} customers")
        self._session.said.emit(words)
