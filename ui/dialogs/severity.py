"""How upset they are: what moves in the plan is shown before it is saved."""

from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Severity
from recoverydesk.domain.days import short_words
from recoverydesk.services import case_pages, severities
from recoverydesk.services.severities import Moved
from ui import look
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.cards import Card, FactLine
from ui.widgets.choices import ChoiceCards
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField
from ui.widgets.layouts import clear, column
from ui.widgets.text import Text
from ui.wording import counted, filled, labels, tr

MOST_SHOWN = 6


class SeverityDialog(Dialog):
    """Changes how upset the customer is."""

    def __init__(
        self, session: Session, case_id: int, severity: Severity, *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: whose case.
            severity: what was picked in the menu.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
            NotAllowedError: it is closed.
        """
        view = case_pages.view(session.desk, case_id)
        super().__init__(parent, filled("How upset is {name}?", name=view.greeting), width=680)
        self.setObjectName("severity")
        self._session, self._case_id = session, case_id
        told = labels(Severity)
        tokens: list[look.Token] = [look.INKS[how.tone] for _severity, how in told]
        self._cards = ChoiceCards(
            [(one.value, how.text, how.hint, how.icon) for one, how in told],
            name=tr("How upset they are"),
            tokens=tokens,
        )
        self._cards.choose(severity.value)
        self._moves = Card(tr("What moves"), icon="calendar", ground="sunken")
        self._lines = column(gap=6)
        self._moves.body.addLayout(self._lines)
        self.add(LabelledField(tr("How &upset they are"), self._cards), self._moves)
        self._cards.chosen.connect(lambda _key: self._show())
        self.save_wanted.connect(self._change)
        self._show()
        self.save_button.setFocus()

    def _show(self) -> None:
        severity = Severity(self._cards.key())
        moved = severities.what_moves(
            self._session.desk, self._case_id, severity, now=self._session.now()
        )
        clear(self._lines)
        if not moved:
            self._say(tr("No date in the plan moves."))
        for one in moved[:MOST_SHOWN]:
            self._lines.addWidget(FactLine(one.title, moved_words(self._session, one)))
        if (more := len(moved) - MOST_SHOWN) > 0:
            self._say(counted(more, "and {n} more", "and {n} more"))

    def _say(self, words: str) -> None:
        self._lines.addWidget(Text(words, "secondary", "text2", wrap=True))

    def _change(self) -> None:
        with told_to_owner(self):
            severities.change_severity(
                self._session.desk,
                self._case_id,
                Severity(self._cards.key()),
                now=self._session.now(),
            )
            self.accept()


def moved_words(session: Session, one: Moved) -> str:
    """Return from when to when a step moves, or that it comes or goes."""
    after = _when(session, one.after_at, one.after_on, timed=one.timed)
    before = _when(session, one.before_at, one.before_on, timed=one.timed)
    if one.added:
        return filled("new: {day}", day=after)
    if one.dropped:
        return tr("no longer")
    return f"{before} → {after}"


def _when(session: Session, at: datetime | None, on: date | None, *, timed: bool) -> str:
    if at is None or on is None:
        return tr("later")
    day = short_words(on, session.today())
    return f"{day} {session.local(at):%H:%M}" if timed else day
