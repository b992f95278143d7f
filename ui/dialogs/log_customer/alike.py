"""The side pane's lower half: what others went through that sounds the same, and what was done."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Outcome
from recoverydesk.domain.days import month_name, short_words
from recoverydesk.services.seen_before import Fix, Seen, Similar, seen_before
from ui import look
from ui.session import Session
from ui.widgets.chips import FilterChip
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.text import Icon, Text
from ui.wording import counted, filled, label, tr

WAIT = 120
"""Milliseconds without a key before it is looked up."""


class Alike(QWidget):
    """Shows what is like the words being typed; hidden where nothing is."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._seen = Seen()
        self._words = ""
        self._whose: int | None = None
        self._body = column(gap=8)
        self._same = FilterChip("")
        self._same.hide()
        title = Text(tr("Others went through the same"), "strong", weight=600, wrap=True)
        self.setLayout(
            column(
                row(Icon("users"), (title, 1), gap=8),
                self._body,
                row(self._same, STRETCH),
                gap=10,
                margins=(0, 10, 0, 0),
            )
        )
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT)
        self._wait.timeout.connect(self.look)
        self.hide()

    def type(self, words: str) -> None:
        """Take what stands in the field; it is looked up once the typing pauses."""
        self._words = words
        self._wait.start()

    def leave_out(self, customer_id: int | None) -> None:
        """Leave a customer's own cases out of the list: they are shown above."""
        if customer_id != self._whose:
            self._whose = customer_id
            self.look()

    def look(self) -> None:
        """Look for what is like the words now."""
        self._wait.stop()
        session = self._session
        seen = seen_before(session.desk, self._words, now=session.now(), whose=self._whose)
        if seen != self._seen:
            self._seen = seen
            self._show(seen)

    def cause_id(self) -> int | None:
        """Return the cause that was said to be the same; None where nothing was."""
        return self._seen.cause_id if self._same.isChecked() else None

    def _show(self, seen: Seen) -> None:
        clear(self._body)
        for one in seen.similar:
            self._body.addWidget(self._case(one))
        if seen.cause:
            often = counted(seen.of_cause, "{n} case", "{n} cases")
            words = filled("{n} of “{cause}” within a year", n=often, cause=seen.cause)
            self._body.addWidget(Text(words, "secondary", "text2", wrap=True))
        for fix in seen.fixes:
            self._body.addWidget(self._fix(fix))
        self._same.setChecked(False)
        self._same.setText(filled("Same cause: {cause}", cause=seen.cause).replace("&", "&&"))
        self._same.setVisible(seen.cause_id is not None)
        self.setVisible(bool(seen.similar or seen.cause))

    def _case(self, one: Similar) -> QWidget:
        told = label(one.status if one.outcome is Outcome.PENDING else one.outcome)
        day = self._session.local(one.opened_at).date()
        when = f"{month_name(day.month)[:3]} {day.year}"
        who = Text(f"{one.customer} · {when}", "secondary", "text2", wrap=True)
        state = row(Icon(told.icon or "circle", look.INKS[told.tone], 14), (who, 1), gap=6)
        widget = boxed(column(Text(one.summary, "label", wrap=True), state, gap=2))
        widget.setAccessibleName(f"{one.summary}, {one.customer}, {told.text}, {when}")
        return widget

    def _fix(self, fix: Fix) -> QWidget:
        state = label(fix.status)
        words = f"{state.text}: {fix.what}"
        if fix.done_on is not None:
            day = short_words(fix.done_on, self._session.today())
            words = filled("{fix}, done {day}", fix=words, day=day)
        ink = look.INKS[state.tone]
        return boxed(row(Icon("wrench", ink, 14), (Text(words, "secondary", wrap=True), 1), gap=6))
