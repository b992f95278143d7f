"""One line of the printed checklist, as large as it is read from the paper."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from recoverydesk.domain.days import short_words
from recoverydesk.services.checklist_results import LineState, PrintedRow
from ui import look
from ui.widgets.cards import Panel
from ui.widgets.chips import Chip
from ui.widgets.focus import focus_came, focus_went
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, label, tr

STATES: dict[LineState, tuple[str, look.Tone, str]] = {
    LineState.PLANNED: ("Entered", "accent", "check"),
    LineState.DONE: ("Done", "accent", "circle-check"),
    LineState.SKIPPED: ("Left out", "neutral", "skip-forward"),
    LineState.MOVED: ("Put off to {day}", "warn", "alarm-clock"),
    LineState.GONE: ("No longer on the desk", "neutral", "circle"),
}
"""What a line says that waits for nothing more: words, tone, icon."""


class SheetLine(Panel):
    """One line of the paper; while it has the focus, single keys enter its result.

    Signals:
        next_wanted, back_wanted: the arrow keys.
    """

    next_wanted = Signal()
    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("sunken")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(look.px(116))
        self._number = Text("", "display", "accent_text")
        self._number.setFixedWidth(look.px(56))
        self._title = Text("", "card", wrap=True)
        self._name = Text("", "strong")
        self._problem = Text("", "body", "text2", wrap=True)
        self._ended = Text("", "secondary", "text2", wrap=True)
        self._act = Icon("phone", "text2", 18)
        self._phone_icon = Icon("phone", "text2")
        self._phone = Text("", "strong", align=look.RIGHT)
        self._chip = Chip("")
        words = column(
            row(column(self._act, margins=(0, 3, 0, 0)), (self._title, 1), gap=8),
            6,
            row((self._name, 1), self._phone_icon, self._phone, gap=8),
            4,
            self._problem,
            self._ended,
            8,
            row(self._chip, STRETCH),
            STRETCH,
        )
        number = column(self._number, STRETCH)
        self.setLayout(row(number, (words, 1), gap=12, margins=(20, 14, 20, 12)))

    def show_line(self, line: PrintedRow, of: int, today: date, *, waits: bool) -> None:
        """Show a line, as on the paper.

        Args:
            line: which one.
            of: the number of the last line.
            today: the shop's day.
            waits: whether it still waits for a result.
        """
        state, tone, icon = STATES[line.state]
        day = "" if line.due_on is None else short_words(line.due_on, today)
        standing = "" if waits else filled(state, day=day)
        title = line.title or tr("What stood here was taken back")
        self._number.setText(str(line.number))
        self._title.setText(title)
        self._act.set_icon(label(line.act).icon)
        for text, words in (
            (self._name, line.customer),
            (self._phone, line.phone),
            (self._problem, line.problem),
            (self._ended, "" if waits else line.end_words),
        ):
            text.setText(words)
            text.setVisible(bool(words))
        self._phone_icon.setVisible(bool(line.phone))
        self._chip.show_status(standing, tone, icon)
        self._chip.setVisible(not waits)
        place = filled("Line {n} of {all}", n=str(line.number), all=str(of))
        said = (title, line.customer, line.phone, line.problem, standing)
        self.setAccessibleName(f"{place}: {', '.join(part for part in said if part)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on or back with the arrows (Qt)."""
        if event.key() == Qt.Key.Key_Right:
            self.next_wanted.emit()
        elif event.key() == Qt.Key.Key_Left:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring after Tab (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event, 12)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)
