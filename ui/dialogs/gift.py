"""A thank-you gift: planned some months on, or given now; chosen from what they like."""

from contextlib import suppress
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import day_words
from recoverydesk.domain.money import currency_symbol
from recoverydesk.domain.plan import add_months
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import gift_ideas, gifts
from recoverydesk.services.gift_ideas import GiftIdea, GiftIdeas, PastGift
from recoverydesk.services.gifts import GiftEntry
from ui import look
from ui.dialogs.pin import asking_the_owner
from ui.dialogs.snooze import wanted_day
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.chips import Segmented
from ui.widgets.choices import CheckBox, ChoiceCards, Select
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, MoneyField, TextField
from ui.widgets.layouts import STRETCH, clear, column, row
from ui.widgets.text import Text
from ui.wording import counted, filled, tr

NOW, LATER = "now", "later"
OWN = "own"
"""The card of what isn't in the catalogue."""
MONTHS = (1, 2, 3, 6, 12)
USUAL_MONTHS = 3
ON_A_DAY = "0"
COLUMNS = 2
MOST_IDEAS = 8
MOST_PAST = 6


class GiftDialog(Dialog):
    """Plans a thank-you gift, or gives one.

    Signals:
        given: a gift was given. Argument: the remedy's id.
        planned: a gift was planned. Argument: the remedy's id.
    """

    given = Signal(int)
    planned = Signal(int)

    def __init__(
        self, session: Session, customer_id: int, remedy_id: int | None = None, *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_id: whom to thank.
            remedy_id: the planned gift that is given; None for a new one.
            parent: what it belongs to.

        Raises:
            NotFoundError: the customer is no longer on the desk.
        """
        super().__init__(parent, tr("Thank-you gift"), save=tr("Plan it"), width=940, side=256)
        self.setObjectName("gift")
        self.keep_typing(session, customer_id=customer_id)
        self._session = session
        self._customer_id = customer_id
        self._remedy_id = remedy_id
        self._ideas: dict[str, GiftIdea] = {}
        self._make_fields()
        self._lay_out()
        found = gift_ideas.ideas(session.desk, customer_id)
        self._show_side(found)
        self._begin(found)
        self._which.chosen.connect(lambda _key: self._turn())
        self._months.currentIndexChanged.connect(lambda _at: self._show_day())
        self._budget.textEdited.connect(lambda _text: self._show_ideas())
        self.save_wanted.connect(self._save_it)
        self._turn()

    def _make_fields(self) -> None:
        shop = self._session.shop
        symbol = currency_symbol(shop.currency, shop.locale)
        self._which = Segmented(
            [(LATER, tr("Plan it for later")), (NOW, tr("Give it now"))], name=tr("When?")
        )
        self._occasion = TextField(example=tr("A year with us, her birthday"))
        self._budget = MoneyField(symbol)
        months = [(str(n), counted(n, "in {n} month", "in {n} months")) for n in MONTHS]
        self._months = Select([*months, (ON_A_DAY, tr("on a day I choose"))], name=tr("When"))
        self._day = DayField(add_months(self._session.today(), USUAL_MONTHS))
        self._words = TextField(example=tr("The orange jug she looked at"))
        self._value, self._cost = MoneyField(symbol), MoneyField(symbol)
        self._again = CheckBox(tr("Give the same again"))
        self.occasion = LabelledField(tr("What it is &for"), self._occasion, tr("optional"))
        self.budget = LabelledField(tr("&Budget"), self._budget, tr("what it may cost you"))
        self.when = LabelledField(tr("&When"), self._months)
        self.day = LabelledField(tr("&Day"), self._day)
        self.words = LabelledField(tr("What they &get"), self._words)
        self.value = LabelledField(tr("Wort&h to them"), self._value)
        self.cost = LabelledField(tr("Costs yo&u"), self._cost)
        self.again = LabelledField(tr("They had this before"), self._again)

    def _lay_out(self) -> None:
        for narrow, width in (
            (self.budget, 220),
            (self.value, 140),
            (self.cost, 140),
            (self.when, 220),
            (self.day, 210),
        ):
            narrow.setFixedWidth(look.px(width))
        self._picks: ChoiceCards | None = None
        self._cards = column()
        self.body.addLayout(row(self._which, STRETCH))
        self.body.addLayout(row((self.occasion, 1), self.budget, gap=16))
        self.body.addLayout(row(self.when, self.day, STRETCH, gap=16))
        self.body.addLayout(self._cards)
        self.body.addLayout(row((self.words, 1), self.value, self.cost, gap=16))
        self.add(self.again)
        self.again.hide()
        self._form = Form(
            {
                "occasion": self.occasion,
                "budget": self.budget,
                "day": self.day,
                "words": self.words,
                "value": self.value,
                "cost": self.cost,
                "again": self.again,
            }
        )

    def _show_side(self, found: GiftIdeas) -> None:
        nothing = tr("Nobody has written down what they like. Ask, or look at what they buy.")
        if found.left_alone:
            alone = tr("They asked not to be contacted: hand it over when they come.")
            self.add_to_side(Text(alone, "secondary", "warn", wrap=True))
        self.add_to_side(
            Text(tr("What they like"), "label"),
            Text(
                found.likes or nothing, "secondary", "text" if found.likes else "text2", wrap=True
            ),
            Text(tr("What they were given"), "label"),
        )
        if not found.past:
            self.add_to_side(Text(tr("Nothing yet."), "secondary", "text2", wrap=True))
        for one in found.past[:MOST_PAST]:
            self.add_to_side(Text(self._past_words(one), "secondary", wrap=True))

    def _past_words(self, one: PastGift) -> str:
        day = day_words(one.given_on)
        if one.occasion:
            return filled("{words}, {day} ({occasion})", words=one.words, day=day,
                          occasion=one.occasion)  # fmt: skip
        return filled("{words}, {day}", words=one.words, day=day)

    def _begin(self, found: GiftIdeas) -> None:
        self._months.choose(str(USUAL_MONTHS))
        mine = next((one for one in found.planned if one.remedy_id == self._remedy_id), None)
        if mine is not None:
            self._which.choose(NOW)
            self._which.hide()
            self._occasion.setText(mine.occasion)
            self._budget.setText(self._session.amount(mine.budget_cents))

    def _is_now(self) -> bool:
        return self._which.key() == NOW

    def _turn(self) -> None:
        """Ask for what belongs to planning it, or to giving it."""
        now = self._is_now()
        for widget in (self.words, self.value, self.cost):
            widget.setVisible(now)
        self.when.setVisible(not now)
        self.save_button.set_text(tr("Give it") if now else tr("Plan it"))
        note = tr("It comes to Today then, with what they like.")
        self.set_note("" if now else note, "" if now else "calendar")
        self._show_day()
        self._show_ideas()
        (self._occasion if not now else self._words).setFocus()

    def _show_day(self) -> None:
        self.day.setVisible(not self._is_now() and self._months.key() == ON_A_DAY)

    def _budget_cents(self) -> int | None:
        typed = self._budget.text()
        return self._session.cents(typed, field="budget") if typed.strip() else None

    def _show_ideas(self) -> None:
        """Offer what fits the budget as it is typed."""
        budget = None
        with suppress(InvalidEntryError):
            budget = self._budget_cents()
        found = gift_ideas.ideas(self._session.desk, self._customer_id, budget)
        self._ideas = {str(one.item_id): one for one in found.ideas[:MOST_IDEAS]}
        chosen = "" if self._picks is None else self._picks.key()
        clear(self._cards)
        self._picks = None
        if not self._is_now():
            return
        cards = [(key, one.name, self._idea_words(one), _icon(one)) for key, one in
                 self._ideas.items()]  # fmt: skip
        own = (OWN, tr("Something else"), tr("in your own words"), "sparkles")
        self._picks = ChoiceCards([*cards, own], name=tr("What do they get?"), columns=COLUMNS)
        self._picks.choose(chosen if chosen in self._ideas or chosen == OWN else "")
        self._picks.chosen.connect(self._picked)
        self._cards.addWidget(self._picks)

    def _idea_words(self, one: GiftIdea) -> str:
        money = self._session.money
        return filled(
            "worth {worth}, costs you {cost}",
            worth=money(one.value_cents),
            cost=money(one.cost_cents),
        )

    def _picked(self, key: str) -> None:
        self._form.start()
        self.again.hide()
        self._again.setChecked(False)
        one = self._ideas.get(key)
        self._words.setText("" if one is None else one.name)
        self._value.setText("" if one is None else self._session.amount(one.value_cents))
        self._cost.setText("" if one is None else self._session.amount(one.cost_cents))
        if one is None:
            self._words.setFocus()

    def _cents(self, field: MoneyField, name: str) -> int | None:
        typed = field.text()
        if not typed.strip():
            return None
        return self._form.take(name, partial(self._session.cents, typed, field=name), None)

    def _save_it(self) -> None:
        self._save_allowed(None)

    def _save_allowed(self, approved_by: int | None) -> None:
        self._form.start()
        with (
            told_to_owner(self),
            self._form.pointing_out(),
            asking_the_owner(self._session, self._save_allowed, parent=self),
        ):
            if self._is_now():
                self._give(approved_by)
            else:
                self._plan()

    def _plan(self) -> None:
        budget = self._form.take("budget", self._wanted_budget, 0)
        on = self._form.take("day", self._wanted_day, None)
        if not self._form.ok():
            return
        remedy_id = gifts.plan_gift(
            self._session.desk,
            self._customer_id,
            now=self._session.now(),
            budget_cents=budget,
            occasion=self._occasion.text(),
            on=on,
            months=None if on is not None else int(self._months.key()),
        )
        self.accept()
        self.planned.emit(remedy_id)

    def _wanted_budget(self) -> int:
        cents = self._budget_cents()
        if cents is None:
            raise InvalidEntryError("budget", tr("What may it cost you? Write 0 for nothing."))
        return cents

    def _wanted_day(self) -> date | None:
        return wanted_day(self._day) if self._months.key() == ON_A_DAY else None

    def _give(self, approved_by: int | None) -> None:
        key = OWN if self._picks is None else self._picks.key()
        one = self._ideas.get(key)
        entry = GiftEntry(
            item_id=None if one is None else one.item_id,
            words=self._words.text(),
            value_cents=self._cents(self._value, "value"),
            cost_cents=self._cents(self._cost, "cost"),
            occasion=self._occasion.text(),
            approved_by=approved_by,
        )
        if not self._form.ok():
            return
        try:
            remedy_id = gifts.give_gift(
                self._session.desk,
                self._customer_id,
                entry,
                now=self._session.now(),
                remedy_id=self._remedy_id,
                again=self._again.isChecked(),
            )
        except InvalidEntryError as error:
            # Only what they had before can be given again.
            self.again.setVisible(error.field == "again")
            raise
        self.accept()
        self.given.emit(remedy_id)


def _icon(one: GiftIdea) -> str:
    return "heart" if one.liked else "gift"
