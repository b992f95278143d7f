"""What may be given: what staff may give alone, the month's budget, how soon money goes back."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.money import currency_symbol
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import limits, voucher_rules
from recoverydesk.services.voucher_rules import Rule
from recoverydesk.topics import Topic
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, MoneyField, TextArea, TextField
from ui.widgets.layouts import boxed, row
from ui.widgets.text import Line, Text
from ui.wording import label, tr


class GivingRulesDialog(Dialog):
    """Sets the limits, the budget, the refund promise, and how long vouchers are good."""

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it."""
        super().__init__(parent, tr("What may be given"), width=640)
        self.setObjectName("giving_rules")
        self._session = session
        shop = session.shop
        symbol = currency_symbol(shop.currency, shop.locale)
        self._limit, self._budget = MoneyField(symbol), MoneyField(symbol)
        self._days = TextField()
        self.limit = LabelledField(
            tr("Staff may give up to … &alone"), self._limit, tr("empty: anything")
        )
        self.budget = LabelledField(
            tr("&Budget of a month"), self._budget, tr("what it may cost you")
        )
        self.days = LabelledField(
            tr("&Money goes back within … days"), self._days, tr("your own promise")
        )
        fields = {"staff_limit": self.limit, "budget": self.budget, "refund_days": self.days}
        self._form = Form(fields)
        self.add(boxed(row((self.limit, 1), (self.budget, 1), gap=16)), self.days, Line("line"))
        self._add_vouchers()
        self._show()
        self.save_wanted.connect(self._keep)
        self._limit.setFocus()

    def _add_vouchers(self) -> None:
        self.add(
            Text(
                tr(
                    "How long vouchers are good, and their terms. Rules differ from country to "
                    "country, above all for cards that were paid for: please check yours. 0 means "
                    "that they never run out. Vouchers that are out keep their day."
                ),
                "secondary",
                "text2",
                wrap=True,
            )
        )
        self._rules = voucher_rules.every_rule(self._session.desk)
        self._months: dict[str, TextField] = {}
        self._terms: dict[str, TextArea] = {}
        self._voucher_forms: dict[str, Form] = {}
        for rule in self._rules:
            months, terms = TextField(str(rule.months)), TextArea(rule.terms, lines=3)
            words = label(rule.kind).text
            one = LabelledField(words, months, tr("months"))
            two = LabelledField(tr("Terms"), terms)
            terms.setAccessibleName(f"{words}: {tr('Terms')}")
            one.setFixedWidth(self.fontMetrics().averageCharWidth() * 26)
            self._months[rule.kind], self._terms[rule.kind] = months, terms
            self._voucher_forms[rule.kind] = Form({"months": one, "terms": two})
            self.add(boxed(row(one, (two, 1), gap=16)))

    def _show(self) -> None:
        rules, session = limits.rules(self._session.desk), self._session
        for field, cents in (
            (self._limit, rules.staff_limit_cents),
            (self._budget, rules.budget_cents),
        ):
            field.setText("" if cents is None else session.amount(cents))
        self._days.setText(str(rules.refund_days))

    def _cents(self, field: MoneyField, name: str) -> int | None:
        typed = field.text().strip()
        return self._session.cents(typed, field=name) if typed else None

    def _keep(self) -> None:
        self._form.start()
        take = self._form.take
        staff_limit = take("staff_limit", lambda: self._cents(self._limit, "staff_limit"), None)
        budget = take("budget", lambda: self._cents(self._budget, "budget"), None)
        days = take("refund_days", lambda: _number(self._days, "refund_days"), 0)
        months = {rule.kind: self._months_of(rule) for rule in self._rules}
        if not self._form.ok() or not all(form.ok() for form in self._voucher_forms.values()):
            return
        desk = self._session.desk
        # One change, and one Undo, for all that stands here.
        with (
            told_to_owner(self),
            self._form.pointing_out(),
            desk.changing(Topic.SHOP | Topic.VOUCHERS, tr("What may be given")),
        ):
            limits.set_rules(
                desk, staff_limit_cents=staff_limit, budget_cents=budget, refund_days=days
            )
            for rule in self._rules:
                terms = self._terms[rule.kind].text().strip()
                if (months[rule.kind], terms) != (rule.months, rule.terms.strip()):
                    voucher_rules.save(desk, rule.kind, months=months[rule.kind], terms=terms)
            self.accept()

    def _months_of(self, rule: Rule) -> int:
        form, field = self._voucher_forms[rule.kind], self._months[rule.kind]
        form.start()
        return form.take("months", lambda: voucher_rules.checked(_number(field, "months")), 0)


def _number(field: TextField, name: str) -> int:
    """Return a whole number.

    Raises:
        InvalidEntryError: it is none.
    """
    typed = field.text().strip()
    if not (typed.isascii() and typed.isdigit()):
        raise InvalidEntryError(name, tr("Write a whole number."))
    return int(typed)
