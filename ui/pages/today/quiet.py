"""What stands in place of the list when nothing is waiting."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.services import agendas, case_lists
from recoverydesk.services.case_lists import CaseFilter
from ui.pages.today.board import Board, Show
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.empties import EmptyState
from ui.widgets.layouts import column
from ui.wording import counted, filled, tr

FAR_DAYS = 366 * 5

NOTHING = {
    Show.NOT_CONTACTED: "Everybody has heard from you.",
    Show.LATE: "Nothing is late.",
    Show.TODAY: "Nothing else for today.",
    Show.OWED: "Nobody is waiting for an update.",
}


class QuietDay(QWidget):
    """A sentence, and one thing to do.

    Signals:
        log_wanted: an unhappy customer is to be logged.
        ahead_wanted: the whole list is to be shown, the next days included.
    """

    log_wanted = Signal()
    ahead_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._log = Button(tr("Log an unhappy customer"), "secondary", icon="plus")
        self._ahead = Button("", "link", icon="list")
        self._words = EmptyState("", picture="done", primary=self._log, link=self._ahead)
        self._log.clicked.connect(self.log_wanted)
        self._ahead.clicked.connect(self.ahead_wanted)
        self.setLayout(column((self._words, 1)))

    def show_day(self, board: Board, show: Show) -> None:
        """Say that nothing is waiting, and what comes next."""
        if show is not Show.ALL:
            self._words.set_words(tr(NOTHING[show]))
            self._offer(log=False, ahead=tr("Show everything"))
            return
        following = self._next_day(board)
        if following is not None:
            day = short_words(following, self._session.today())
            heard_nothing = board.not_contacted_count
            self._words.set_words(
                filled("Nothing is due. Next: {day}.", day=day)
                if heard_nothing
                else filled("Nothing waiting. Next: {day}.", day=day),
                counted(
                    heard_nothing,
                    "Somebody still waits for a first word from you.",
                    "{n} customers still wait for a first word from you.",
                )
                if heard_nothing
                else tr("Everything for today is done."),
            )
        elif self._has_cases():
            self._words.set_words(tr("Nothing waiting."), tr("Every case has come to its end."))
        else:
            self._words.set_words(
                tr("Nothing waiting."),
                tr("When somebody tells you something went wrong, log it. What to do next, and "
                   "when, will stand here by itself."),
            )  # fmt: skip
        self._offer(
            log=following is None, ahead=tr("Show the next 7 days") if board.agenda.ahead else ""
        )

    def _offer(self, *, log: bool, ahead: str) -> None:
        self._log.setVisible(log)
        self._ahead.set_text(ahead)
        self._ahead.setVisible(bool(ahead))

    def _next_day(self, board: Board) -> date | None:
        rows = board.agenda.ahead
        if not rows:
            now = self._session.now()
            far = agendas.agenda(self._session.desk, now=now, days=FAR_DAYS, most_ahead=1)
            rows = far.ahead
        return rows[0].due_on if rows else None

    def _has_cases(self) -> bool:
        desk, now = self._session.desk, self._session.now()
        return bool(case_lists.ids(desk, CaseFilter(which="all"), now=now, most=1))
