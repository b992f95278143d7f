"""What will come of a till's file, in sentences; and what came of it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import day_words
from recoverydesk.services.sales_imports import CameBack, SalesTaken
from recoverydesk.services.sales_plans import SalesPlan, Unclear
from ui.session import Session
from ui.widgets.cards import FoldCard
from ui.widgets.choices import CheckBox
from ui.widgets.layouts import boxed, clear, column
from ui.widgets.link_rows import LinkRow
from ui.widgets.text import Text
from ui.wording import counted, filled, tr

MOST_SHOWN = 200
MOST_CAME_BACK = 50


class Outlook(QWidget):
    """Tells what will happen, and asks what is the owner's to say.

    Signals:
        asked_again: another answer was given that changes what will happen.
        case_wanted: a case is to be opened. Argument: its id.
    """

    asked_again = Signal()
    case_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._told = column(gap=4)
        self.names = CheckBox(tr("Also take lines where only the name agrees"))
        self.worths = CheckBox(tr("Write down what they spend in a year"))
        self.worths.setChecked(True)
        self.over_own = CheckBox(tr("Also where you have written a figure yourself"))
        self._set_aside = column()
        self._came_back = column(gap=2)
        self.setLayout(
            column(
                boxed(self._told),
                self.names,
                self.worths,
                self.over_own,
                boxed(self._came_back),
                self._set_aside,
                gap=8,
            )
        )
        self.names.toggled.connect(lambda _on: self.asked_again.emit())
        self.worths.toggled.connect(lambda _on: self._allow_own())
        self.show_nothing()

    def show_nothing(self) -> None:
        """Tell nothing: there is no file, or it is being looked at."""
        clear(self._told)
        clear(self._set_aside)
        for one in (self.names, self.worths, self.over_own):
            one.hide()

    def show_plan(self, plan: SalesPlan) -> None:
        """Tell what would come of a file."""
        self.show_nothing()
        for words in plan_words(plan, self._session):
            self._say(words)
        self.names.setVisible(plan.by_name > 0)
        free = sum(1 for one in plan.worths if one.instead_of is None)
        own = len(plan.worths) - free
        self.worths.setText(
            counted(
                len(plan.worths),
                "Write down what {n} customer spends in a year",
                "Write down what {n} customers spend in a year",
            )
        )
        self.worths.setVisible(bool(plan.worths))
        self.over_own.setText(
            counted(
                own,
                "Also for {n} whose figure is your own",
                "Also for {n} whose figures are your own",
            )
        )
        self.over_own.setVisible(own > 0)
        self._show_set_aside(plan)

    def show_taken(self, taken: SalesTaken) -> None:
        """Tell what came of the file."""
        self.show_nothing()
        for words in taken_words(taken):
            self._say(words)
        clear(self._came_back)
        for one in taken.came_back[:MOST_CAME_BACK]:
            line = LinkRow(
                filled("{name}, {number}", name=one.customer, number=one.number),
                came_back_words(one),
                icon="heart",
            )
            line.clicked.connect(partial(self._open, one.case_id))
            self._came_back.addWidget(line)

    def _open(self, case_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.case_wanted.emit(case_id)

    def _say(self, words: str) -> None:
        self._told.addWidget(Text(words, "body", wrap=True))

    def _allow_own(self) -> None:
        self.over_own.setEnabled(self.worths.isChecked())

    def _show_set_aside(self, plan: SalesPlan) -> None:
        if not plan.unclear:
            return
        lines = counted(plan.unclear_count, "{n} line", "{n} lines")
        fold = FoldCard(tr("Set aside, and why"), icon="circle-alert", meta=lines)
        for one in plan.unclear[:MOST_SHOWN]:
            fold.body.addWidget(Text(unclear_words(one), "secondary", "text2", wrap=True))
        self._set_aside.addWidget(fold)


def unclear_words(one: Unclear) -> str:
    """Return which line was set aside, and why."""
    return filled("Line {n}: {why}   {words}", n=str(one.line), why=one.why, words=one.words)


def plan_words(plan: SalesPlan, session: Session) -> list[str]:
    """Return what would come of a file, a sentence each."""
    told = [_lines(plan)]
    if plan.read_at is not None:
        day = session.shop.hours.day_of(plan.read_at)
        told.append(filled("This file was read before, on {day}.", day=day_words(day)))
    if plan.known and not plan.sales:
        told.append(tr("All of it is on the desk already: nothing would change."))
    elif plan.already:
        told.append(
            counted(
                plan.already,
                "{n} line was read before and isn't counted again.",
                "{n} lines were read before and aren't counted again.",
            )
        )
    told += [
        words
        for count, words in (
            (
                plan.refunds,
                counted(
                    plan.refunds,
                    "{n} line is money that went back; it is taken off.",
                    "{n} lines are money that went back; it is taken off.",
                ),
            ),
            (
                plan.unknown,
                filled(
                    "{lines} of {people} who aren't on the desk. Nobody is added.",
                    lines=counted(plan.unknown, "{n} line is", "{n} lines are"),
                    people=counted(plan.strangers, "{n} person", "{n} people"),
                ),
            ),
            (
                plan.nobody,
                counted(plan.nobody, "{n} line names nobody.", "{n} lines name nobody."),
            ),
            (
                plan.by_name,
                counted(
                    plan.by_name,
                    "{n} line agrees with a customer by the name alone, which is less sure.",
                    "{n} lines agree with a customer by the name alone, which is less sure.",
                ),
            ),
            (
                plan.unclear_count,
                counted(
                    plan.unclear_count,
                    "{n} line is unclear and set aside.",
                    "{n} lines are unclear and set aside.",
                ),
            ),
        )
        if count
    ]
    return told


def _lines(plan: SalesPlan) -> str:
    lines = counted(len(plan.file.rows), "{n} line", "{n} lines")
    if not plan.known:
        return filled("{lines}, and none of a customer on the desk.", lines=lines)
    return filled(
        "{lines}; {known} of {people} on the desk.",
        lines=lines,
        known=counted(plan.known, "{n} is", "{n} are"),
        people=counted(plan.people, "{n} customer", "{n} customers"),
    )


def taken_words(taken: SalesTaken) -> list[str]:
    """Return what came of a file, a sentence each."""
    told = [
        filled(
            "{sales} read, {visits} written down.",
            sales=counted(taken.sales, "{n} sale", "{n} sales"),
            visits=counted(taken.visits, "{n} visit", "{n} visits"),
        )
    ]
    if taken.worths:
        told.append(
            counted(
                taken.worths,
                "The yearly worth of {n} customer is up to date.",
                "The yearly worth of {n} customers is up to date.",
            )
        )
    if taken.came_back:
        told.append(tr("They came back after it was put right:"))
    return told


def came_back_words(one: CameBack) -> str:
    """Return when somebody came back, and what can be done about it."""
    day = day_words(one.visited_on)
    if one.closed:
        return filled("came back on {day}", day=day)
    return filled("came back on {day}: the case can be closed as won back", day=day)
