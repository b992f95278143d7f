"""The plan of a case: steps to tick, with the coach's sentence under the one that is due."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from recoverydesk.records import record
from ui import look
from ui.widgets.layouts import STRETCH, clear, column, row
from ui.widgets.meters import CheckCircle
from ui.widgets.text import Text

State = Literal["done", "now", "later", "skipped"]


@record
class PlanStep:
    """One step as shown."""

    id: int
    title: str
    when: str
    state: State = "later"
    tone: look.Tone = "neutral"
    """Of the date of the step that is due: danger when it is late."""
    coach: str = ""
    """How to go about it; shown under the current step only."""


class PlanRow(QWidget):
    """One step: a circle, a title, a date.

    Signals:
        ticked: the owner ticked or unticked it. Arguments: the step's id, done.

    Attributes:
        circle: what is ticked.
    """

    ticked = Signal(int, bool)

    def __init__(self, step: PlanStep) -> None:
        super().__init__()
        self._step = step
        current = step.state == "now"
        self.circle = CheckCircle(step.title, 17)
        self.circle.setChecked(step.state == "done")
        self.circle.clicked.connect(self._tick)
        faint: look.Token = "text2" if step.state in {"done", "skipped"} else "text"
        title = Text(step.title, "secondary", faint, wrap=True, weight=600 if current else 400)
        when = Text(step.when, "caption", self._when_token(), align=look.RIGHT)
        # Beside the first line of a title that takes two.
        first = column(self.circle, STRETCH, margins=(0, 2, 0, 0))
        last = column(when, STRETCH, margins=(0, 2, 0, 0))
        line = row(first, (title, 1), last, gap=9)
        layout = column(line, margins=(8, 4, 8, 4))
        self.setAccessibleName(f"{step.title}, {step.when}" if step.when else step.title)
        if current and step.coach:
            coach = Text(step.coach, "secondary", "text2", wrap=True)
            layout.addLayout(row((coach, 1), margins=(26, 2, 0, 6)))
        self.setLayout(layout)

    def step(self) -> PlanStep:
        """Return the step shown."""
        return self._step

    def _when_token(self) -> look.Token:
        if self._step.tone != "neutral":
            return look.INKS[self._step.tone]
        return "accent_text" if self._step.state == "now" else "text3"

    def _tick(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.ticked.emit(self._step.id, on)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint the current step (Qt)."""
        if self._step.state == "now":
            painter = look.ready(QPainter(self))
            look.paint_rect(painter, QRectF(self.rect()), look.px(8), look.theme().hover)
            painter.end()


class PlanList(QWidget):
    """All steps of a plan; arrow keys move between the circles.

    Signals:
        ticked: a step was ticked or unticked. Arguments: its id, done.
    """

    ticked = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PlanRow] = []
        self._layout: QVBoxLayout = column(gap=0)
        self.setLayout(self._layout)

    def show_steps(self, steps: Sequence[PlanStep]) -> None:
        """Show steps, first to last; the focus stays on the step it was on."""
        focused = next((line.step().id for line in self._rows if line.circle.hasFocus()), None)
        clear(self._layout)
        self._rows = [PlanRow(step) for step in steps]
        for line in self._rows:
            line.ticked.connect(self.ticked)
            self._layout.addWidget(line)
            if line.step().id == focused:
                line.circle.setFocus()

    def rows(self) -> list[PlanRow]:
        """Return the rows in their order."""
        return list(self._rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the circles (Qt)."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        at = next((n for n, line in enumerate(self._rows) if line.circle.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
        elif 0 <= at + step < len(self._rows):
            self._rows[at + step].circle.setFocus(Qt.FocusReason.TabFocusReason)
