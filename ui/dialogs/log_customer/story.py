"""What happened and what would help: the fields in the middle of the dialog."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Severity
from recoverydesk.services.negotiations import Asked
from ui import look
from ui.widgets.buttons import Button
from ui.widgets.chips import FilterChip
from ui.widgets.choices import CheckBox, ChoiceCards
from ui.widgets.days import DayField, Meant, read_day, unread_day
from ui.widgets.fields import LabelledField, MoneyField, TextArea, TextField
from ui.widgets.layouts import boxed, column, row
from ui.wording import filled, labels, tr

MOST_WORDS = 10_000
NEAR_THE_LIMIT = 9_000


class Words(LabelledField):
    """What happened, in their own words; counts where room gets short.

    Signals:
        changed: something was typed.
        pasted: words were pasted. Argument: the words.
        offered: a picture or a file was pasted or dropped. Argument: its `QMimeData`.
    """

    changed = Signal()
    pasted = Signal(str)
    offered = Signal(object)

    def __init__(self) -> None:
        self._area = TextArea(lines=4)
        self._usual = tr("in their own words")
        super().__init__(tr("What hap&pened?"), self._area, self._usual)
        self._area.changed.connect(self._count)
        self._area.changed.connect(self.changed)
        self._area.pasted.connect(self.pasted)
        self._area.offered.connect(self.offered)

    def text(self) -> str:
        """Return what was typed."""
        return self._area.text()

    def set_text(self, words: str) -> None:
        """Replace what stands there."""
        self._area.set_text(words)

    def type(self, words: str) -> None:
        """Go on here with what was typed elsewhere."""
        self.focus_input()
        self._area.edit.insertPlainText(words)

    def _count(self) -> None:
        length = len(self._area.text())
        counted = filled("{n} of {most} characters", n=f"{length:,}", most=f"{MOST_WORDS:,}")
        self.set_hint(counted if length > NEAR_THE_LIMIT else self._usual)


class Wanted(QWidget):
    """What would make it right for them, and what they are worth a year.

    Attributes:
        asked, worth: the labelled fields.
    """

    def __init__(self, symbol: str) -> None:
        super().__init__()
        self._line = TextField()
        self._silent = FilterChip(tr("They did not say"))
        self._worth = MoneyField(symbol)
        self._filled_in = ""
        both = boxed(row((self._line, 1), self._silent, gap=8))
        both.setFocusProxy(self._line)
        self.asked = LabelledField(
            tr("What would make it &right for them?"), both, tr("if they said")
        )
        self._line.setAccessibleName(both.accessibleName())
        self.worth = LabelledField(tr("Worth a &year"), self._worth)
        self.worth.setFixedWidth(look.px(136))
        self.setLayout(row((self.asked, 1), self.worth, gap=16))
        self._silent.toggled.connect(self._line.setDisabled)

    def value(self) -> Asked | None:
        """Return what they asked for; None where nothing is known."""
        if self._silent.isChecked():
            return Asked(said=False)
        words = self._line.text()
        return Asked(words=words) if words.strip() else None

    def worth_typed(self) -> str:
        """Return the worth where it was typed here; empty where it is the desk's own."""
        typed = self._worth.text()
        return "" if typed == self._filled_in else typed

    def fill_in_worth(self, amount: str) -> None:
        """Show what the desk says they are worth, unless something was typed."""
        if not self.worth_typed():
            self._filled_in = amount
            self._worth.setText(amount)


class Upset(QWidget):
    """How upset they are.

    Signals:
        chosen: another card was picked.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        told = labels(Severity)
        tokens: list[look.Token] = [look.INKS[how.tone] for _severity, how in told]
        self._cards = ChoiceCards(
            [(severity.value, how.text, how.hint, how.icon) for severity, how in told],
            name=tr("How upset are they?"),
            tokens=tokens,
        )
        self._cards.choose(Severity.UPSET.value)
        field = LabelledField(tr("How &upset are they?"), self._cards)
        self.setLayout(column(field))
        self._cards.chosen.connect(self._chosen)
        self._lead_to_chosen()

    def severity(self) -> Severity:
        """Return what was chosen."""
        return Severity(self._cards.key())

    def _chosen(self) -> None:
        self._lead_to_chosen()
        self.chosen.emit()

    def _lead_to_chosen(self) -> None:
        for card in self._cards.cards():
            if card.isChecked():
                self._cards.setFocusProxy(card)


class More(QWidget):
    """What is seldom needed: was anybody hurt, when it happened, how they sounded.

    Signals:
        unfolded: there are more fields now.

    Attributes:
        occurred_on, feeling: the labelled fields, folded away at first.
    """

    unfolded = Signal()

    def __init__(self, today: date) -> None:
        """Make the fields; `today` is the shop's day."""
        super().__init__()
        self._hurt = CheckBox(tr("Somebody was hurt, or could be"))
        self._toggle = Button(tr("More"), "ghost", trail="chevron-down", size="small")
        self._day = DayField(parse=partial(read_day, meant=Meant.PAST, today=today))
        self._feeling = TextField()
        self.occurred_on = LabelledField(tr("When did it happen?"), self._day, tr("optional"))
        self.occurred_on.setFixedWidth(look.px(220))
        self.feeling = LabelledField(
            tr("How did they feel about it?"), self._feeling, tr("in a word or two")
        )
        self._rest = boxed(row(self.occurred_on, (self.feeling, 1), gap=16))
        self._rest.hide()
        self._head = row(self._hurt, "stretch", self._toggle)
        self.setLayout(column(self._head, self._rest, gap=8))
        self._toggle.setAccessibleDescription(tr("When it happened and how they felt"))
        self._toggle.clicked.connect(self._show_or_hide)

    def add_button(self, button: QWidget) -> None:
        """Put one more button before the one that unfolds."""
        self._head.insertWidget(self._head.count() - 1, button)

    def hurt(self) -> bool:
        """Say whether it is about somebody's safety."""
        return self._hurt.isChecked()

    def feeling_typed(self) -> str:
        """Return how they felt, as typed."""
        return self._feeling.text()

    def day(self) -> date | None:
        """Return the day it happened, or None where none is given.

        Raises:
            InvalidEntryError: what was typed is no day.
        """
        found = self._day.day()
        if found is None and self._day.text().strip():
            raise unread_day("occurred_on")
        return found

    def open(self) -> None:
        """Unfold it."""
        if self._rest.isHidden():
            self._show_or_hide()

    def in_trouble(self) -> bool:
        """Say whether something folded away can't be taken."""
        return bool(self.occurred_on.error() or self.feeling.error())

    def _show_or_hide(self) -> None:
        shown = self._rest.isHidden()
        self._rest.setVisible(shown)
        self._toggle.set_text(tr("Less") if shown else tr("More"))
        if shown:
            self.occurred_on.focus_input()
            self.unfolded.emit()
