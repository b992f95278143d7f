"""Who a customer is: everything that is written down about them, in one form."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.contact import Way
from recoverydesk.domain.language import LANGUAGE_NAMES
from recoverydesk.domain.money import currency_symbol
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import customer_pages, customers, preferences, touches
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.duplicates import Likeness, duplicates
from recoverydesk.topics import Topic
from ui import look
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import CheckBox, Select
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.doubles import Doubles
from ui.widgets.fields import LabelledField, MoneyField, TextArea, TextField
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.text import Text
from ui.wording import filled, labels, tr


class CustomerDialog(Dialog):
    """Writes a new customer down, or corrects one.

    Signals:
        saved: it is written down. Argument: the customer's id.
    """

    saved = Signal(int)

    def __init__(
        self, session: Session, customer_id: int | None = None, *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_id: whom to correct; None for somebody new.
            parent: the window it belongs to.

        Raises:
            NotFoundError: the customer is no longer on the desk.
        """
        title = tr("New customer") if customer_id is None else tr("Edit customer")
        super().__init__(parent, title, save=tr("Save"), cancel=tr("Cancel"), width=680)
        self.setObjectName("customer")
        self.keep_typing(session, customer_id=customer_id)
        self._session = session
        self._customer_id = customer_id
        self._make_fields()
        self._fill()
        self._form = Form(self._labelled())
        if customer_id is not None:
            self._show_customer(customer_id)
        self.save_wanted.connect(self._save_customer)
        for line in (self._name, self._phone, self._email, self._postcode):
            line.editingFinished.connect(self._warn_of_same)
        self._doubles.chosen.connect(self._take_double)
        self._name.setFocus()

    def _make_fields(self) -> None:
        shop = self._session.shop
        self._name, self._greeting = TextField(), TextField()
        own = filled("The shop's: {language}", language=LANGUAGE_NAMES[shop.language])
        languages = [("", own), *LANGUAGE_NAMES.items()]
        self._language = Select(languages, name=tr("Letters in"))
        self._phone, self._email = TextField(), TextField()
        self._address = TextArea(lines=2)
        self._postcode, self._town, self._country = TextField(), TextField(), TextField()
        self._worth = MoneyField(currency_symbol(shop.currency, shop.locale))
        self._since = DayField()
        self._likes = TextField()
        ways = [("", tr("They have not said"))]
        ways += [(way.value, told.text) for way, told in labels(Way)]
        self._way = Select(ways, name=tr("Best reached by"))
        self._best_time = TextField(example=tr("after 5, not on Mondays"))
        self._ideal = TextField(example="90", trail=tr("days"))
        self._latest = TextField(example="120", trail=tr("days"))
        self._alone = CheckBox(tr("They asked not to be contacted"))
        self._alone_why = TextField(example=tr("what they said, and when"))
        self._private = TextArea(lines=3)

    def _labelled(self) -> dict[str, LabelledField]:
        return {
            "name": self.name,
            "greeting_name": self.greeting,
            "language": self.language,
            "phone": self.phone,
            "email": self.email,
            "address": self.address,
            "postcode": self.postcode,
            "town": self.town,
            "country": self.country,
            "worth": self.worth,
            "since_on": self.since,
            "likes": self.likes,
            "best_time": self.best_time,
            "touch_ideal": self.ideal,
            "touch_latest": self.latest,
            "do_not_contact_why": self.alone_why,
            "note": self.note,
        }

    def _fill(self) -> None:
        self.name = LabelledField(tr("&Name"), self._name)
        self.greeting = LabelledField(tr("In letters"), self._greeting, tr("“Dear …”"))
        self.language = LabelledField(tr("Letters &in"), self._language)
        self.phone = LabelledField(tr("&Phone"), self._phone)
        self.email = LabelledField(tr("&E-mail"), self._email)
        self.address = LabelledField(tr("&Address"), self._address)
        self.postcode = LabelledField(tr("Postcode"), self._postcode)
        self.town = LabelledField(tr("&Town"), self._town)
        self.country = LabelledField(tr("Country"), self._country, tr("if not yours"))
        self.worth = LabelledField(tr("Worth a &year"), self._worth)
        self.since = LabelledField(tr("Customer since"), self._since)
        self.likes = LabelledField(tr("&Likes"), self._likes, tr("for a small gift, a kind word"))
        self.way = LabelledField(tr("Best reached &by"), self._way)
        self.best_time = LabelledField(tr("Best t&ime"), self._best_time)
        self.ideal = LabelledField(tr("&Get in touch after"), self._ideal, tr("optional"))
        self.latest = LabelledField(tr("At the latest after"), self._latest)
        self.alone_why = LabelledField(tr("Why"), self._alone_why, tr("optional"))
        self.way.setFixedWidth(look.px(200))
        self._alone.toggled.connect(self.alone_why.setVisible)
        self.alone_why.hide()
        self.note = LabelledField(
            tr("Private n&ote"), self._private, tr("only for you, never on paper")
        )
        self.greeting.setFixedWidth(look.px(200))
        self.language.setFixedWidth(look.px(200))
        self.postcode.setFixedWidth(look.px(140))
        self.worth.setFixedWidth(look.px(140))
        self.since.setFixedWidth(look.px(200))
        self.ideal.setFixedWidth(look.px(200))
        self.latest.setFixedWidth(look.px(200))
        gaps = Text(tr("Counted from the last contact."), "caption", "text2", wrap=True)
        self.body.addLayout(row((self.name, 1), self.greeting, gap=16))
        self.body.addLayout(row((self.phone, 2), (self.email, 3), self.language, gap=16))
        self._doubles = Doubles()
        self.add(self._doubles, self.address)
        self.body.addLayout(row(self.postcode, (self.town, 1), (self.country, 1), gap=16))
        self.body.addLayout(row(self.worth, self.since, (self.likes, 1), gap=16))
        self.body.addLayout(row(self.way, (self.best_time, 1), gap=16))
        beside = column(STRETCH, gaps, margins=(0, 0, 0, 9))
        self.body.addLayout(row(self.ideal, self.latest, (beside, 1), gap=16))
        self.add(self._alone, self.alone_why)
        self.add(self.note)

    def _show_customer(self, customer_id: int) -> None:
        view = customer_pages.view(self._session.desk, customer_id)
        for line, text in (
            (self._name, view.name),
            (self._greeting, view.greeting_name),
            (self._phone, view.phone),
            (self._email, view.email),
            (self._postcode, view.postcode),
            (self._town, view.town),
            (self._country, view.country),
            (self._likes, view.likes),
            (self._best_time, view.best_time),
            (self._alone_why, view.do_not_contact_why),
            (self._ideal, _shown_days(view.touch_ideal_days)),
            (self._latest, _shown_days(view.touch_latest_days)),
        ):
            line.setText(text)
            line.setCursorPosition(0)
        self._language.choose(view.language)
        self._way.choose("" if view.preferred_way is None else view.preferred_way.value)
        self._alone.setChecked(view.do_not_contact)
        self._address.set_text(view.address)
        self._private.set_text(view.note)
        self._since.set_day(view.since_on)
        if view.worth_year_cents is not None:
            self._worth.setText(self._session.amount(view.worth_year_cents))

    def _warn_of_same(self) -> None:
        """Say who on the desk may be the same person; it never stops anybody."""
        entry = CustomerEntry(
            self._name.text(),
            phone=self._phone.text(),
            email=self._email.text(),
            postcode=self._postcode.text(),
        )
        found = duplicates(self._session.desk, entry, but=self._customer_id)
        if self._customer_id is not None:
            # A namesake is no news on a page that has been there for long.
            found = tuple(one for one in found if one.why is not Likeness.NAME)
        self._doubles.show_people(found)

    def _take_double(self, customer_id: int) -> None:
        """Somebody new is them after all; somebody known may be merged with them."""
        if self._customer_id is None:
            self.forget_changes()
            self.accept()
            self.saved.emit(customer_id)
            return
        from ui.dialogs.merging import MergeCustomersDialog  # noqa: PLC0415 - seldom needed

        with told_to_owner(self):
            merging = MergeCustomersDialog(
                self._session, self._customer_id, customer_id, parent=self
            )
            merging.merged.connect(self._merged)
            merging.open()

    def _merged(self, customer_id: int) -> None:
        self.forget_changes()
        self.accept()
        self.saved.emit(customer_id)

    def _since_on(self) -> date | None:
        day = self._since.day()
        if day is None and self._since.text().strip():
            raise InvalidEntryError(
                "since_on",
                tr("That day can't be read."),
                advice=filled("Write it like {day}, or pick it.", day="2019-05-24"),
            )
        return day

    def _entry(self) -> CustomerEntry:
        return CustomerEntry(
            name=self._name.text(),
            phone=self._phone.text(),
            email=self._email.text(),
            greeting_name=self._greeting.text(),
            language=self._language.key(),
            address=self._address.text(),
            postcode=self._postcode.text(),
            town=self._town.text(),
            country=self._country.text(),
            worth=self._worth.text(),
            likes=self._likes.text(),
            note=self._private.text(),
            since_on=self._form.take("since_on", self._since_on, None),
            preferred_way=Way(self._way.key()) if self._way.key() else None,
            best_time=self._best_time.text(),
        )

    def _save_customer(self) -> None:
        self._form.start()
        entry, gaps = self._entry(), self._gaps()
        if not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            saved = self._write(entry, gaps)
            self.accept()
            self.saved.emit(saved)

    def _gaps(self) -> tuple[int | None, int | None]:
        """Return after how many days to get in touch, and at the latest."""
        ideal, latest = (
            self._form.take(name, partial(_read_days, field.text(), name), None)
            for name, field in (("touch_ideal", self._ideal), ("touch_latest", self._latest))
        )
        return ideal, latest

    def _write(self, entry: CustomerEntry, gaps: tuple[int | None, int | None]) -> int:
        """Save the form in one change, with one Undo; return the customer's id."""
        desk, now = self._session.desk, self._session.now()
        with desk.changing(Topic.CUSTOMERS | Topic.CASES, "") as change:
            if self._customer_id is None:
                saved = customers.add(desk, entry, now=now)
                change.say(filled("Add {name}", name=entry.name.strip()))
            else:
                saved = self._customer_id
                customers.change(desk, saved, entry, now=now)
                change.say(filled("Change {name}", name=entry.name.strip()))
            asked, why = self._alone.isChecked(), self._alone_why.text()
            preferences.leave_alone(desk, saved, asked=asked, why=why, now=now)
            touches.set_gaps(desk, saved, *gaps, now=now)
        return saved


def _shown_days(days: int | None) -> str:
    return "" if days is None else str(days)


def _read_days(typed: str, field: str) -> int | None:
    """Return a number of days, or None where nothing is typed.

    Raises:
        InvalidEntryError: it is no number.
    """
    if not typed.strip():
        return None
    if not typed.strip().isdecimal():
        raise InvalidEntryError(field, tr("Write a number of days, such as 90."))
    return int(typed)
