"""What came of a calling session, and what falls due next."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.services import agendas
from recoverydesk.services.agendas import DueRow
from ui import look
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Panel
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.text import Icon, Text
from ui.wording import Label, counted, filled, label, tr

MOST_NEXT = 6
"""So many of the next days' follow-ups are named."""


class Outcome(StrEnum):
    """What came of one card."""

    REACHED = "reached"
    LEFT_WORD = "left_word"
    NO_ANSWER = "no_answer"
    PUT_OFF = "put_off"
    ELSEWHERE = "elsewhere"
    """Somebody else, or another window, dealt with it meanwhile."""


OUTCOMES: Mapping[Outcome, Label] = {
    Outcome.REACHED: Label("Reached", icon="circle-check", tone="accent"),
    Outcome.LEFT_WORD: Label("Left word", icon="message-square"),
    Outcome.NO_ANSWER: Label("No answer", icon="phone-off", tone="warn"),
    Outcome.PUT_OFF: Label("Put off", icon="alarm-clock"),
    Outcome.ELSEWHERE: Label("Dealt with elsewhere", icon="users"),
}
PASSED_OVER = Label("Passed over", icon="skip-forward")


class TallyPage(QWidget):
    """The end of a session: how many were reached, and how long it took.

    Signals:
        rest_wanted: go back to those that were passed over.
    """

    rest_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = Text("", "page", wrap=True)
        self._words = Text("", "body", "text2", wrap=True)
        self._lines = column(gap=10)
        self.rest_button = Button(tr("&Go through the rest"), icon="rotate-ccw")
        self.rest_button.clicked.connect(self.rest_wanted)
        panel = Panel("sunken")
        panel.setLayout(column(self._lines, margins=(20, 16, 20, 16)))
        rest = row(self.rest_button, STRETCH)
        self.setLayout(column(12, self._heading, 4, self._words, 16, panel, 16, rest, STRETCH))

    def show_tally(self, outcomes: Counter[Outcome], passed: int, taken: timedelta) -> None:
        """Show what came of it.

        Args:
            outcomes: how many cards ended how.
            passed: how many were left as they are.
            taken: how long it took.
        """
        done = sum(outcomes.values()) - outcomes[Outcome.ELSEWHERE]
        self._heading.setText(
            counted(
                done, "Well done: one card is behind you.", "Well done: {n} cards are behind you."
            )
            if done
            else tr("Nothing was entered.")
        )
        stay = counted(
            passed,
            "One card is left as it was; it stays on Today.",
            "{n} cards are left as they were; they stay on Today.",
        )
        self._words.setText(stay if passed else tr("Nobody is left for now."))
        self.rest_button.setVisible(bool(passed))
        clear(self._lines)
        for outcome in (*tuple(Outcome)[:-1], None, Outcome.ELSEWHERE):
            count = passed if outcome is None else outcomes[outcome]
            if count or outcome is not Outcome.ELSEWHERE:
                told = PASSED_OVER if outcome is None else OUTCOMES[outcome]
                self._lines.addWidget(_line(told, str(count)))
        time = Label("Time taken", icon="clock")
        self._lines.addWidget(_line(time, minutes_words(taken)))


def minutes_words(taken: timedelta) -> str:
    """Return how long it took, in whole minutes."""
    minutes = int(taken / timedelta(minutes=1))
    if minutes < 1:
        return tr("under a minute")
    return counted(minutes, "1 minute", "{n} minutes")


def _line(told: Label, value: str) -> QWidget:
    words = tr(told.text)
    token: look.Token = look.INKS[told.tone] if told.tone != "neutral" else "text2"
    line = boxed(
        row(Icon(told.icon, token, 18), (Text(words), 1), Text(value, "strong", weight=600), gap=12)
    )
    line.setAccessibleName(f"{words}: {value}")
    return line


class NextUp(QWidget):
    """What falls due on the next days."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=12)
        self.setLayout(column(Text(tr("Falls due next"), "card"), 12, self._lines))

    def read(self, session: Session) -> None:
        """Read it."""
        clear(self._lines)
        now, hours = session.now(), session.shop.hours
        found = agendas.agenda(session.desk, now=now, most_ahead=MOST_NEXT, hours=hours).ahead
        for due in found:
            self._lines.addWidget(_next_line(due, session))
        if not found:
            words = tr("Nothing in the next 7 days.")
            self._lines.addWidget(Text(words, "body", "text2", wrap=True))


def _next_line(due: DueRow, session: Session) -> QWidget:
    day = short_words(due.due_on, session.today())
    whose = filled("{day}, {name}", day=day, name=due.customer) if due.customer else day
    words = column(Text(due.title, "label"), Text(whose, "caption", "text2"))
    icon = column(Icon(label(due.act).icon, "text2"), STRETCH, margins=(0, 3, 0, 0))
    line = boxed(row(icon, (words, 1), gap=10))
    line.setAccessibleName(f"{due.title}, {whose}")
    return line
