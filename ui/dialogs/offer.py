"""What the shop offers, or what both agreed on: picked from the catalogue, or in own words."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Fault
from recoverydesk.domain.ladder import Proposal
from recoverydesk.domain.money import currency_symbol
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import (
    approvals,
    case_pages,
    catalogue,
    ladders,
    negotiations,
    remedies,
)
from recoverydesk.services.others_like_this import others_like_this
from recoverydesk.services.remedies import RemedyEntry
from ui import look
from ui.dialogs.budget import BudgetLine
from ui.dialogs.fitting import GoBy, Proposals
from ui.dialogs.pin import asking_the_owner
from ui.dialogs.snooze import wanted_day
from ui.dialogs.worth import far_words, others_words, worth_words
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.choices import CheckBox, ChoiceCards, Select
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, MoneyField, TextField
from ui.widgets.layouts import STRETCH, boxed, clear, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, label, labels, tr


class OfferDialog(Dialog):
    """Writes down an offer, or the things that both agreed on."""

    def __init__(
        self, session: Session, case_id: int, *, agreed: bool = False, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case it makes right.
            agreed: they have said yes already; can be changed in the dialog.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        super().__init__(parent, "", width=1160, side=296)
        self.setObjectName("offer")
        self.keep_typing(session, case_id=case_id)
        self._session = session
        self._case_id = case_id
        view = case_pages.view(session.desk, case_id)
        self._name = view.greeting
        self._goby = GoBy(view.fault)
        self._proposals = Proposals(session)
        self._budget = BudgetLine(session)
        self._others = others_like_this(session.desk, case_id)
        self._goby.show_others(others_words(session, self._others))
        self._items = {str(item.item_id): item for item in catalogue.catalogue(session.desk)}
        self._listed: list[RemedyEntry] = []
        self._cost_given = ""
        self._make_fields()
        self._lay_out()
        self._connect()
        self._theirs.setChecked(agreed)
        self._show_agreed(on=agreed)
        self._propose()
        self._proposals.focus_first()

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
        self._words = TextField(example=tr("A new kettle, brought to your door"))
        self._kind = Select(
            [(kind.value, told.text) for kind, told in labels(RemedyKind)], name=tr("Kind")
        )
        self._value, self._cost = MoneyField(symbol), MoneyField(symbol)
        self._day = DayField()
        self._said = TextField(example=tr("A new one by Friday, and we say sorry"))
        self._theirs = CheckBox(tr("&They agreed already"))
        self._add_button = Button(tr("Add &another"), icon="plus", size="small")
        self.words = LabelledField(tr("&What they get"), self._words, tr("in words they would use"))
        self.kind = LabelledField(tr("&Kind"), self._kind)
        self.value = LabelledField(tr("Worth to t&hem"), self._value)
        self.cost = LabelledField(tr("&Costs you"), self._cost)
        self.promised = LabelledField(tr("&Promised by"), self._day, tr("optional"))
        self.said = LabelledField(
            tr("What you agreed &on"), self._said, tr("left empty, it is what you listed")
        )
        self._form = Form(
            {
                "words": self.words,
                "value": self.value,
                "cost": self.cost,
                "promised_for": self.promised,
            }
        )
        # The service calls the words of an agreement what the form calls "what you agreed on".
        self._agreement = Form({"words": self.said, "remedies": self.words})

    def _lay_out(self) -> None:
        self._list = Card(tr("Agreed so far"), icon="handshake", ground="sunken", gap=4)
        self._list.hide()
        if not self._items:
            self._picks.hide()
        for narrow in (self.value, self.cost):
            narrow.setFixedWidth(look.px(150))
        self.add(
            self._list,
            self._proposals,
            self._picks,
            boxed(row((self.words, 1), (self.kind, 0), gap=16)),
            boxed(row(self.value, self.cost, (self.promised, 1), gap=16)),
            boxed(row(self._theirs, STRETCH, self._add_button, gap=16)),
            self.said,
        )
        self.add_to_side(self._goby, self._budget)

    def _connect(self) -> None:
        self._goby.fault_chosen.connect(self._set_fault)
        self._proposals.picked.connect(self._take)
        self._value.textChanged.connect(lambda _text: self._compare())
        self._cost.textChanged.connect(lambda _text: self._show_budget())
        self._picks.chosen.connect(self._pick)
        self._kind.chosen.connect(self._pick_kind)
        self._value.textEdited.connect(self._work_out_cost)
        self._theirs.toggled.connect(self._toggled)
        self._add_button.clicked.connect(self._add_another)
        self.save_wanted.connect(self._save_it)

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._show_agreed(on=on)

    def _show_agreed(self, *, on: bool) -> None:
        self.set_title(
            filled("What you and {name} agreed on", name=self._name)
            if on
            else filled("Offer {name} something", name=self._name)
        )
        self.said.setVisible(on)
        self._add_button.setVisible(on)
        self.save_button.set_text(tr("Write it down") if on else tr("Offer it"))
        self.set_note(
            tr("Each thing is listed until it is handed over.") if on else "",
            "gift" if on else "",
        )

    def _propose(self) -> None:
        session = self._session
        self._proposals.show_proposals(
            ladders.proposals(session.desk, self._case_id, now=session.now())
        )

    def _set_fault(self, fault: Fault) -> None:
        with told_to_owner(self):
            ladders.set_fault(self._session.desk, self._case_id, fault)
        self._propose()

    def _take(self, proposal: Proposal) -> None:
        """Fill the form with a proposal."""
        key = "" if proposal.item_id is None else str(proposal.item_id)
        self._picks.choose(key if key in self._items else "")
        self._fill(proposal.kind, proposal.name, proposal.value_cents, proposal.cost_cents)
        self._show_say(key)
        if not proposal.name:
            self._words.setFocus()

    def _show_say(self, key: str) -> None:
        item = self._items.get(key)
        self._goby.show_say("" if item is None else item.offer_words)

    def _compare(self) -> None:
        """Say gently where what is offered in all is far from what others got."""
        listed = sum(one.value_cents for one in self._listed)
        typed = self._value.text().strip()
        cents = 0
        with suppress(InvalidEntryError):
            cents = self._session.cents(typed, field="value") if typed else 0
        anything = bool(typed) or bool(self._listed)
        far = self._others.far_outside(listed + cents) if anything else None
        self._goby.warn(far_words(far))

    def _show_budget(self) -> None:
        """Say how far the month's budget goes with what is listed and typed."""
        cents = sum(one.cost_cents or 0 for one in self._listed)
        typed = self._cost.text().strip()
        with suppress(InvalidEntryError):
            cents += self._session.cents(typed, field="cost") if typed else 0
        self._budget.show_with(cents)

    def _pick(self, key: str) -> None:
        item = self._items[key]
        value = 0 if item.kind is RemedyKind.APOLOGY_ONLY else item.value_cents
        cost = None if value is None else item.cost_for(value)
        self._proposals.choose_none()
        self._fill(item.kind, item.name, value, cost)
        self._show_say(key)

    def _fill(self, kind: RemedyKind, words: str, value: int | None, cost: int | None) -> None:
        self._form.start()
        self._words.setText(words)
        self._words.setCursorPosition(0)
        self._kind.choose(kind.value)
        self._value.setText("" if value is None else self._session.amount(value))
        self._fill_cost(cost)

    def _pick_kind(self, kind: str) -> None:
        item = self._items.get(self._picks.key())
        if item is not None and item.kind.value != kind:
            self._picks.choose("")
            self._show_say("")
        if kind == RemedyKind.APOLOGY_ONLY:
            self._value.setText(self._session.amount(0))
            self._fill_cost(0)

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

    def _add_another(self, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        entry = self._entry()
        if entry is None:
            return
        self._listed.append(entry)
        self._show_listed()
        self._picks.choose("")
        self._proposals.choose_none()
        self._show_say("")
        for field in (self._words, self._value):
            field.clear()
        self._fill_cost(None)
        self._day.set_day(None)
        self._words.setFocus()

    def _remove(self, place: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        del self._listed[place]
        self._show_listed()
        self._words.setFocus()

    def _show_listed(self) -> None:
        clear(self._list.body)
        for place, entry in enumerate(self._listed):
            remove = IconButton("x", filled("Leave out: {words}", words=entry.words), size="small")
            remove.clicked.connect(partial(self._remove, place))
            self._list.body.addLayout(
                row(
                    Icon(label(entry.kind).icon, "text2", 16),
                    (Text(entry.words), 1),
                    Text(self._session.money(entry.value_cents), "secondary", "text2"),
                    remove,
                    gap=10,
                )
            )
        self._list.setVisible(bool(self._listed))
        # An offer holds one thing: with more of them it can only be an agreement.
        self._theirs.setEnabled(not self._listed)
        self._compare()

    def _entry(self) -> RemedyEntry | None:
        """Return what stands in the fields; None where something is wrong with it, shown there."""
        self._form.start()
        words = self._form.take("words", self._checked_words, "")
        item = self._items.get(self._picks.key())
        entry = RemedyEntry(
            kind=RemedyKind(self._kind.key()),
            words=words,
            value_cents=self._cents(self._value, "value") or 0,
            cost_cents=self._cents(self._cost, "cost"),
            promised_for=self._form.take("promised_for", self._promised_day, None),
            item_id=None if item is None else item.item_id,
        )
        return entry if self._form.ok() else None

    def _checked_words(self) -> str:
        return remedies.checked(RemedyEntry(RemedyKind.OTHER, self._words.text()))

    def _cents(self, field: MoneyField, name: str) -> int | None:
        if not field.text().strip():
            return None
        return self._form.take(name, lambda: self._session.cents(field.text(), field=name), 0)

    def _promised_day(self) -> date | None:
        return wanted_day(self._day, "promised_for") if self._day.text().strip() else None

    def _save_it(self) -> None:
        self._agreement.start()
        entries = list(self._listed)
        if not entries or self._is_begun():
            entry = self._entry()
            if entry is None:
                return
            entries.append(entry)
        if self._theirs.isChecked():
            self._agree(entries)
        else:
            self._offer(entries[0])

    def _is_begun(self) -> bool:
        """Say whether one more thing stands in the fields than is listed."""
        fields = (self._words, self._value, self._cost)
        return any(field.text().strip() for field in fields) or bool(self._day.text().strip())

    def _offer(self, entry: RemedyEntry) -> None:
        session = self._session
        with told_to_owner(self), self._form.pointing_out():
            negotiations.offer(session.desk, self._case_id, entry, now=session.now())
            self.accept()

    def _agree(self, entries: list[RemedyEntry], approved_by: int | None = None) -> None:
        session = self._session
        entries = [replace(entry, approved_by=approved_by) for entry in entries]
        words = self._said.text()
        if not words.strip():
            words = ", ".join(entry.words for entry in entries)
        with (
            told_to_owner(self),
            self._agreement.pointing_out(),
            asking_the_owner(
                session,
                lambda owner: self._agree(entries, owner),
                later=lambda: self._ask_later(entries),
                parent=self,
            ),
        ):
            negotiations.agree(session.desk, self._case_id, words, entries, now=session.now())
            self.accept()

    def _ask_later(self, entries: list[RemedyEntry]) -> None:
        """Let it wait on Today until the owner has decided: one change for all of it."""
        session = self._session
        with (
            told_to_owner(self),
            self._agreement.pointing_out(),
            session.desk.changing(approvals.TOPICS, tr("Ask the owner")),
        ):
            for entry in entries:
                approvals.ask_later(session.desk, self._case_id, entry, now=session.now())
            self.accept()

    def would_lose_text(self) -> bool:
        """Say whether something isn't saved: typed, or put into the list."""
        return bool(self._listed) or super().would_lose_text()
