"""The fields of one thing that the shop gives, with what it is worth and costs as one types."""

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from recoverydesk.domain.money import currency_symbol
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services.catalogue import CatalogueView, ItemEntry, remark
from ui import look
from ui.dialogs.worth import both_words
from ui.forms import Form
from ui.session import Session
from ui.widgets.chips import Segmented
from ui.widgets.choices import Select
from ui.widgets.fields import LabelledField, MoneyField, TextArea, TextField
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, labels, tr

SHARE, SUM = "share", "sum"
COUNTED = frozenset({RemedyKind.GIFT, RemedyKind.FREE_PRODUCT})
"""Kinds of which there are so many on the shelf."""
NARROW = 150


class ItemFields(QWidget):
    """What can be said of one thing.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._showing = False
        self._make_inputs()
        self._lay_out()
        self.form = Form(
            {
                "name": self.name,
                "value": self.value,
                "cost": self.cost,
                "cost_percent": self.percent,
                "terms": self.terms,
                "offer_words": self.offer_words,
                "months": self.months,
                "stock": self.stock,
            }
        )
        self._connect()
        self._show_parts()

    def _make_inputs(self) -> None:
        shop = self._session.shop
        symbol = currency_symbol(shop.currency, shop.locale)
        self._name, self._terms = TextField(), TextField(example=tr("Once, on anything we have"))
        self._kind = Select(
            [(kind.value, told.text) for kind, told in labels(RemedyKind)], name=tr("Kind")
        )
        self._value, self._cost = MoneyField(symbol), MoneyField(symbol)
        self._percent = TextField(trail="%")
        self._how = Segmented(
            [(SHARE, tr("a share of its worth")), (SUM, tr("a fixed sum"))],
            name=tr("It costs you"),
        )
        self._say = TextArea(lines=2, example=tr("May I give you this for your trouble?"))
        self._months, self._stock = TextField(), TextField()
        self.name = LabelledField(tr("&What you call it"), self._name)
        self.kind = LabelledField(tr("&Kind"), self._kind)
        self.value = LabelledField(tr("Wort&h to them"), self._value)
        self.cost = LabelledField(tr("&Costs you"), self._cost)
        self.percent = LabelledField(tr("&Share you pay"), self._percent)
        self.how = LabelledField(tr("It costs you"), self._how)
        self.terms = LabelledField(tr("&Terms"), self._terms, tr("as your policy prints them"))
        self.offer_words = LabelledField(
            tr("Wo&rds to offer it with"), self._say, tr("you see them beside an offer")
        )
        self.months = LabelledField(tr("&Good for"), self._months, tr("months; 0 is for ever"))
        self.stock = LabelledField(tr("Ho&w many are left"), self._stock, tr("empty: not counted"))

    def _lay_out(self) -> None:
        for narrow in (self.value, self.cost, self.percent):
            narrow.setFixedWidth(look.px(NARROW))
        self.kind.setFixedWidth(look.px(190))
        self._told_icon = Icon("scale", "accent", 16)
        self._told = Text("", "label", "text", weight=600)
        self._remark = Text("", "secondary", "warn", wrap=True)
        self._remark.hide()
        self._told_row = boxed(row(self._told_icon, (self._told, 1), gap=8))
        self._sums = boxed(row(self.value, self.how, self.cost, self.percent, STRETCH, gap=16))
        self.setLayout(
            column(
                row((self.name, 1), self.kind, gap=16),
                self._sums,
                column(self._told_row, self._remark, gap=2),
                self.offer_words,
                self.terms,
                row((self.months, 1), (self.stock, 1), gap=16),
                gap=14,
            )
        )

    def _connect(self) -> None:
        for line in (
            self._name, self._value, self._cost, self._percent, self._terms, self._months,
            self._stock,
        ):  # fmt: skip
            line.textChanged.connect(lambda _text: self._changed())
        self._say.changed.connect(self._changed)
        self._kind.chosen.connect(lambda _key: self._changed())
        self._how.chosen.connect(lambda _key: self._changed())

    def typed_in(self) -> list[QLineEdit | QPlainTextEdit]:
        """Return what can be typed in, to be kept."""
        return [
            self._name, self._value, self._cost, self._percent, self._say.edit, self._terms,
            self._months, self._stock,
        ]  # fmt: skip

    def state(self) -> tuple[str, ...]:
        """Return all that stands here, to see whether it was changed."""
        words = (self._name, self._value, self._cost, self._percent, self._terms)
        return (
            *(one.text().strip() for one in words),
            *(one.text().strip() for one in (self._months, self._stock)),
            self._say.text().strip(),
            self._kind.key(),
            self._how.key(),
        )

    def show_item(self, item: CatalogueView | None) -> None:
        """Show something the shop gives; None begins something new."""
        self._showing = True
        self.form.start()
        self._name.setText("" if item is None else item.name)
        self._kind.choose((RemedyKind.GIFT if item is None else item.kind).value)
        self._value.setText(self._amount(None if item is None else item.value_cents))
        self._cost.setText(self._amount(None if item is None else item.cost_cents))
        percent = None if item is None else item.cost_percent
        self._percent.setText("" if percent is None else str(percent))
        self._how.choose(SHARE if percent is not None else SUM)
        self._terms.setText("" if item is None else item.terms)
        self._say.set_text("" if item is None else item.offer_words)
        self._months.setText(_number(None if item is None else item.months))
        self._stock.setText(_number(None if item is None else item.stock))
        for line in (self._name, self._terms):
            line.setCursorPosition(0)
        self._showing = False
        self._show_parts()

    def _amount(self, cents: int | None) -> str:
        return "" if cents is None else self._session.amount(cents)

    def _changed(self) -> None:
        if not self._showing:
            self._show_parts()
            self.edited.emit()

    def _show_parts(self) -> None:
        """Show the fields that belong to this kind, and what it comes to."""
        kind = RemedyKind(self._kind.key())
        share = self._how.key() == SHARE
        self._sums.setVisible(kind is not RemedyKind.APOLOGY_ONLY)
        self.cost.setVisible(not share)
        self.percent.setVisible(share)
        self.months.setVisible(kind is not RemedyKind.APOLOGY_ONLY)
        self.stock.setVisible(kind in COUNTED)
        self._show_told(kind)

    def _show_told(self, kind: RemedyKind) -> None:
        told, warning = "", ""
        if kind is RemedyKind.APOLOGY_ONLY:
            told = tr("Words cost you nothing.")
        else:
            with suppress(InvalidEntryError):
                told, warning = self._both(self._read_sums(kind))
        self._told.setText(told)
        self._told_icon.setVisible(bool(told))
        self._remark.setText(tr(warning) if warning else "")
        self._remark.setVisible(bool(warning))

    def _both(self, entry: ItemEntry) -> tuple[str, str]:
        if entry.value_cents is None:
            return tr("You say each time what it is worth."), ""
        cost = entry.cost_for(entry.value_cents)
        words = both_words(self._session, entry.value_cents, cost)
        return words[:1].upper() + words[1:], remark(entry)

    def _read(self) -> ItemEntry:
        """Return what stands in the fields.

        Raises:
            InvalidEntryError: a sum or a number can't be read.
        """
        kind = RemedyKind(self._kind.key())
        lasts = kind is not RemedyKind.APOLOGY_ONLY
        return replace(
            self._read_sums(kind),
            terms=self._terms.text(),
            offer_words=self._say.text(),
            months=self._whole(self._months, "months") if lasts else None,
            stock=self._whole(self._stock, "stock") if kind in COUNTED else None,
        )

    def _read_sums(self, kind: RemedyKind) -> ItemEntry:
        """Return what it is worth and costs.

        Raises:
            InvalidEntryError: a sum or a share can't be read.
        """
        name, share = self._name.text(), self._how.key() == SHARE
        if kind is RemedyKind.APOLOGY_ONLY:
            return ItemEntry(kind, name)
        return ItemEntry(
            kind=kind,
            name=name,
            value_cents=self._cents(self._value, "value"),
            cost_cents=None if share else self._cents(self._cost, "cost"),
            cost_percent=self._whole(self._percent, "cost_percent") if share else None,
        )

    def _cents(self, field: MoneyField, name: str) -> int | None:
        typed = field.text()
        return self._session.cents(typed, field=name) if typed.strip() else None

    def _whole(self, field: TextField, name: str) -> int | None:
        typed = field.text().strip().removesuffix("%").strip()
        if not typed:
            return None
        digits = typed.removeprefix("-")
        if not (digits.isdecimal() and len(digits) <= len("100000")):
            raise InvalidEntryError(
                name, filled("“{typed}” is no whole number here.", typed=field.text().strip())
            )
        return int(typed)

    def entry(self) -> ItemEntry | None:
        """Return what is typed; None where something can't be read, shown beside it."""
        self.form.start()
        for field, name in ((self._value, "value"), (self._cost, "cost")):
            if not field.isHidden():
                self.form.take(name, lambda field=field, name=name: self._cents(field, name), None)  # type: ignore[misc]
        return self.form.take("name", self._read, None) if self.form.ok() else None

    def focus_name(self) -> None:
        """Put the cursor into the name."""
        self.name.focus_input()


def _number(count: int | None) -> str:
    return "" if count is None else str(count)
