"""For which cases: how upset, how it came in, why, what they are worth, nothing agreed yet."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Channel, Severity
from recoverydesk.domain.follow_up import Unit
from recoverydesk.domain.money import currency_symbol
from recoverydesk.domain.playbook import EVERYBODY, Condition
from recoverydesk.errors import InvalidEntryError
from ui.dialogs.playbooks.parts import ChipChoice, MenuChoice, NumberField
from ui.dialogs.playbooks.words import Naming
from ui.widgets.choices import Select
from ui.widgets.fields import LabelledField, MoneyField
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.wording import label, labels, tr

WORTH = "least_worth"


def unit_select(name: str) -> Select:
    """Return a drop-down of what time is counted in."""
    return Select([(unit.value, told.text) for unit, told in labels(Unit)], name=name)


class ConditionEditor(QWidget):
    """Which cases something is for; what is left empty doesn't matter.

    Signals:
        changed: something was changed by the owner.

    Attributes:
        worth: the labelled field of the amount, where an entry can be wrong.
    """

    changed = Signal()

    def __init__(self, naming: Naming, *, agreement: bool) -> None:
        """Make it.

        Args:
            naming: how causes and amounts read.
            agreement: whether it can wait for nothing being agreed, too: steps only.
        """
        super().__init__()
        self._naming = naming
        self._showing = False
        self._shown = EVERYBODY
        self._cents = 0
        self._severities = ChipChoice(list(Severity), name=tr("How upset they are"))
        self._channels = MenuChoice(name=tr("How it came in"), nothing=tr("Any way"))
        self._causes = MenuChoice(name=tr("Causes"), nothing=tr("Any cause"))
        view = naming.session.shop
        self._amount = MoneyField(
            currency_symbol(view.currency, view.locale), name=tr("Worth a year, at least")
        )
        self.worth = LabelledField(
            tr("Worth a year, at least"), self._amount, tr("empty: whatever they are worth")
        )
        self._days = NumberField(name=tr("Only if nothing is agreed within"))
        self._unit = unit_select(tr("Counted in, without an agreement"))
        self._lay_out(agreement=agreement)
        for choice in (self._severities, self._channels, self._causes):
            choice.changed.connect(self._edited)
        self._amount.textChanged.connect(lambda _text: self._read_worth())
        self._days.textChanged.connect(lambda _text: self._edited())
        self._unit.currentIndexChanged.connect(lambda _at: self._edited())

    def _lay_out(self, *, agreement: bool) -> None:
        how = LabelledField(tr("How upset"), self._severities, tr("none picked: doesn't matter"))
        ways = LabelledField(tr("How it came in"), self._channels)
        causes = LabelledField(tr("Why it happened"), self._causes)
        waiting = LabelledField(
            tr("Only if nothing is agreed within"),
            boxed(row(self._days, self._unit, STRETCH, gap=8)),
            tr("0: whether something is agreed or not"),
        )
        self.setLayout(
            column(how, row((ways, 1), (causes, 1), gap=16), self.worth, waiting, gap=14)
        )
        if not agreement:
            waiting.hide()

    def show_condition(self, condition: Condition) -> None:
        """Show a condition; nothing is heard of it."""
        self._showing = True
        self._shown = condition
        self._severities.choose(condition.severities)
        self._channels.offer([(one, label(one).text) for one in Channel], list(condition.channels))
        options = self._naming.cause_options(condition.cause_ids)
        self._causes.offer(list(options), list(condition.cause_ids))
        self._cents = condition.least_worth_cents
        self._amount.setText(self._naming.session.amount(self._cents) if self._cents else "")
        self._days.set_value(condition.not_agreed_after)
        self._unit.choose(condition.not_agreed_unit.value)
        self.worth.clear_error()
        self._showing = False

    def condition(self) -> Condition:
        """Return what is chosen; an amount that can't be read leaves the one before."""
        return Condition(
            severities=cast("tuple[Severity, ...]", self._severities.values()),
            channels=tuple(cast("list[Channel]", self._channels.keys())),
            cause_ids=tuple(cast("list[int]", self._causes.keys())),
            least_worth_cents=self._cents,
            not_agreed_after=self._days.value(),
            not_agreed_unit=Unit(self._unit.key()),
        )

    def in_trouble(self) -> bool:
        """Say whether the amount can't be read."""
        return bool(self.worth.error())

    def _read_worth(self) -> None:
        if self._showing:
            return
        typed = self._amount.text().strip()
        try:
            self._cents = self._naming.session.cents(typed, field=WORTH) if typed else 0
        except InvalidEntryError as error:
            self.worth.show_error(f"{error} {error.advice}".strip())
        else:
            self.worth.clear_error()
        self._edited()

    def _edited(self) -> None:
        if not self._showing:
            self.changed.emit()
