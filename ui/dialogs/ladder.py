"""What is fitting: up to what sum one may go, by how upset they are and whose fault it was."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from recoverydesk.domain.case import Fault, Severity
from recoverydesk.domain.ladder import SQUARES, Ceilings, Grid, Rung, Square, field_of
from recoverydesk.domain.money import currency_symbol
from recoverydesk.services import causes, ladders
from ui import look
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.choices import CheckBox
from ui.widgets.dialog import Dialog
from ui.widgets.fields import MoneyField
from ui.widgets.layouts import boxed, column, row
from ui.widgets.text import Icon, Line, Text
from ui.wording import filled, label, tr

SUMS = (Rung.SMALL, Rung.GENEROUS)
FAULTS = (Fault.OURS, Fault.SHARED, Fault.UNKNOWN, Fault.NOT_OURS)
"""From where one owes most to where one owes nothing."""
NAMES = {Rung.SMALL: "small", Rung.GENEROUS: "generous"}
MOST_IN_A_ROW = 3


class SumField(MoneyField):
    """One sum of the grid; what is wrong with it is said under the grid."""

    def __init__(self, symbol: str, name: str, sentence: Text) -> None:
        super().__init__(symbol, name=name)
        self._sentence = sentence

    def show_error(self, sentence: str) -> None:
        """Mark it, and say what is wrong."""
        self.set_trouble(on=True)
        self.setAccessibleDescription(sentence)
        if not self._sentence.text():
            words = filled("{where}: {what}", where=self.accessibleName(), what=sentence)
            self._sentence.setText(words)
            self._sentence.show()

    def clear_error(self) -> None:
        """Take the mark away."""
        self.set_trouble(on=False)
        self.setAccessibleDescription("")
        self._sentence.setText("")
        self._sentence.hide()

    def focus_input(self) -> None:
        """Put the cursor into it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class LadderDialog(Dialog):
    """Changes the grid that proposals come from, and where words come first."""

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("What is fitting"), width=1040)
        self.setObjectName("ladder")
        self.keep_typing(session)
        self._session = session
        self._sentence = Text("", "caption", "danger", wrap=True)
        self._sentence.hide()
        self._sums = self._make_sums()
        self._form = Form(self._sums)
        self._ticks = self._make_ticks()
        self._lay_out()
        self._show_grid(ladders.grid(session.desk))
        self._untouched = self._state()
        self.set_note(tr("Nothing (0) means that words are enough."), "scale")
        self.save_wanted.connect(self._save_it)
        self._sums[field_of((Severity.ANNOYED, Fault.OURS), Rung.SMALL)].setFocus()

    def _make_sums(self) -> dict[str, SumField]:
        shop = self._session.shop
        symbol = currency_symbol(shop.currency, shop.locale)
        return {
            field_of(square, rung): SumField(symbol, _name_of(square, rung), self._sentence)
            for square in SQUARES
            for rung in SUMS
        }

    def _make_ticks(self) -> dict[int, CheckBox]:
        marked = ladders.manners(self._session.desk)
        ticks = {}
        for cause in causes.all_causes(self._session.desk):
            if cause.parent_id is None and cause.cause_id not in marked:
                continue
            tick = CheckBox(cause.name.replace("&", "&&"))
            tick.setChecked(cause.cause_id in marked)
            ticks[cause.cause_id] = tick
        return ticks

    def _lay_out(self) -> None:
        self.add(
            Text(
                tr(
                    "Up to what may something be worth to them? From these sums come the three "
                    "proposals beside an offer. You can always give more, or less."
                ),
                "secondary",
                "text2",
                wrap=True,
            ),
            boxed(column(self._grid_layout(), self._sentence, gap=8)),
        )
        if self._ticks:
            self.add(Line("border"), self._manners())
        usual = Button(tr("As it &came"), "ghost", icon="history")
        usual.setToolTip(tr("Shows the sums as they came with RecoveryDesk; save to keep them"))
        usual.clicked.connect(lambda _on: self._show_usual())
        self.foot.insertWidget(0, usual)

    def _grid_layout(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnMinimumWidth(0, look.px(110))
        grid.setColumnMinimumWidth(1, look.px(84))
        for place, fault in enumerate(FAULTS, start=2):
            told = label(fault)
            head = column(
                Text(told.text, "label", weight=600), Text(told.hint, "caption", "text2"), gap=1
            )
            grid.addWidget(boxed(head), 0, place)
            grid.setColumnStretch(place, 1)
        for place, severity in enumerate(Severity):
            at = 1 + 3 * place
            grid.addWidget(Line("border"), at, 0, 1, 2 + len(FAULTS))
            grid.addWidget(_mood(severity), at + 1, 0)
            for nth, rung in enumerate(SUMS):
                grid.addWidget(Text(tr(NAMES[rung]), "secondary", "text2"), at + 1 + nth, 1)
                for across, fault in enumerate(FAULTS, start=2):
                    field = self._sums[field_of((severity, fault), rung)]
                    grid.addWidget(field, at + 1 + nth, across)
        return grid

    def _manners(self) -> QWidget:
        ticks = list(self._ticks.values())
        lines = [ticks[at : at + MOST_IN_A_ROW] for at in range(0, len(ticks), MOST_IN_A_ROW)]
        filled_up = [
            [*line, *(QWidget() for _ in range(MOST_IN_A_ROW - len(line)))] for line in lines
        ]
        return boxed(
            column(
                Text(tr("Where words come first"), "label"),
                Text(
                    tr("It was about how they were treated, and money would miss the point."),
                    "secondary",
                    "text2",
                    wrap=True,
                ),
                *(row(*((tick, 1) for tick in line), gap=16) for line in filled_up),
                gap=2,
            )
        )

    def _show_grid(self, grid: Grid) -> None:
        for square, ceilings in grid.items():
            for rung, cents in ((Rung.SMALL, ceilings.small), (Rung.GENEROUS, ceilings.generous)):
                self._sums[field_of(square, rung)].setText(self._session.amount(cents))

    def _show_usual(self) -> None:
        self._form.start()
        with told_to_owner(self):
            self._show_grid(ladders.usual_grid(self._session.desk))

    def _typed(self) -> dict[Square, Ceilings]:
        return {
            square: Ceilings(self._cents(square, Rung.SMALL), self._cents(square, Rung.GENEROUS))
            for square in SQUARES
        }

    def _cents(self, square: Square, rung: Rung) -> int:
        name = field_of(square, rung)
        typed = self._sums[name].text()
        if not typed.strip():
            return 0
        return self._form.take(name, lambda: self._session.cents(typed, field=name), 0)

    def _save_it(self) -> None:
        self._form.start()
        typed = self._typed()
        if not self._form.ok():
            return
        desk = self._session.desk
        with told_to_owner(self), self._form.pointing_out():
            marked = ladders.manners(desk)
            # One Undo for all of it.
            with desk.changing(ladders.TOPICS, tr("Change what is fitting")):
                ladders.save_grid(desk, typed)
                for cause_id, tick in self._ticks.items():
                    if tick.isChecked() != (cause_id in marked):
                        ladders.set_manners(desk, cause_id, manners=tick.isChecked())
            self.accept()

    def _state(self) -> tuple[object, ...]:
        sums = tuple(field.text().strip() for field in self._sums.values())
        return (*sums, *(tick.isChecked() for tick in self._ticks.values()))

    def would_lose_text(self) -> bool:
        """Say whether a sum or a tick isn't saved; an emptied sum is one, too."""
        return self._state() != self._untouched

    def forget_changes(self) -> None:
        """Let what isn't saved go: the owner said so."""
        super().forget_changes()
        if self.isVisible():
            self._untouched = self._state()


def _name_of(square: Square, rung: Rung) -> str:
    severity, fault = square
    return filled(
        "{mood}, fault {fault}, {rung}",
        mood=label(severity).text,
        fault=label(fault).text.lower(),
        rung=tr(NAMES[rung]),
    )


def _mood(severity: Severity) -> QWidget:
    told = label(severity)
    return boxed(
        row(Icon(told.icon, look.INKS[told.tone], 18), (Text(told.text, "strong"), 1), gap=8)
    )
