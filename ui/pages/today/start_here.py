"""The card that says where to start."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout

from recoverydesk.domain import days
from recoverydesk.domain.case import Severity
from recoverydesk.domain.follow_up import Act
from recoverydesk.services import agendas
from recoverydesk.services.agendas import DueRow
from ui import look
from ui.pages.today.board import Board, due, waited
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, boxed, row
from ui.widgets.meters import ProgressLine
from ui.widgets.text import Text
from ui.wording import filled, tr

ROOM = 262
"""How wide the buttons may be together, in pixels at usual text."""

VERBS = {Act.CALL: "Call {name}", Act.WRITE: "Write to {name}", Act.GREET: "Be there for {name}"}


class StartHere(Card):
    """The most urgent follow-up: who, how long they wait, how to go about it.

    Signals:
        open_wanted: the case is to be opened. Argument: the follow-up's id.
    """

    open_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Start here"), icon="sprout", ground="accent", tone="accent", gap=6)
        self._session = session
        self._row: DueRow | None = None
        self._what = Text("", "page", wrap=True)
        self._when = Text("", "label", "warn", wrap=True)
        self._bar = ProgressLine("warn")
        self._coach = Text("", "body", wrap=True)
        self._phone = Button("", "secondary", icon="phone", tip=tr("Copy the number"))
        self._open = Button(tr("Open case"), "secondary")
        self._phone.clicked.connect(self._copy)
        self._open.clicked.connect(self._wish)
        self._beside = row(self._phone, self._open, STRETCH, gap=8)
        self._buttons = boxed(self._beside)
        self.add(self._what, self._when, self._bar, self._coach, self._buttons)
        self.body.insertSpacing(3, look.px(6))
        self.body.insertSpacing(5, look.px(8))

    def show_board(self, board: Board) -> None:
        """Show the most urgent of what is due; hide where nothing is."""
        urgent = board.most_urgent()
        self._row = urgent
        self.setVisible(urgent is not None)
        if urgent is None:
            return
        verb = VERBS.get(urgent.act) if urgent.customer else None
        self._what.setText(filled(verb, name=urgent.customer) if verb else urgent.title)
        if urgent.first_contact and urgent.promised_at is not None and urgent.severity is not None:
            self._show_promise(urgent, urgent.promised_at, urgent.severity)
        else:
            self._show_due(urgent)
        self._coach.setText(self._coach_words(urgent))
        self._coach.setVisible(bool(self._coach.text()))
        self._phone.set_text(urgent.phone)
        self._phone.setVisible(bool(urgent.phone))
        self._open.setVisible(urgent.case_id is not None)
        self._lay_buttons()

    def _show_promise(self, urgent: DueRow, until: datetime, severity: Severity) -> None:
        now = self._session.now()
        promised = self._session.shop.first_contact_hours[severity]
        gone = waited(urgent, self._session, now)
        late = now > until
        told = (
            "Waiting {time}; you promised {n} h" if late else "Waiting {time} of your {n} h promise"
        )
        words = filled(told, time=days.waited_words(gone), n=str(promised))
        tone: look.Tone = "danger" if late else "warn"
        self._when.setText(words)
        self._when.set_token(look.INKS[tone])
        self._bar.show_share(gone.total_seconds() / (promised * 3600), tone)
        self._bar.show()

    def _show_due(self, urgent: DueRow) -> None:
        words, tone = due(urgent, self._session, self._session.now())
        parts = [] if self._what.text() == urgent.title else [urgent.title]
        self._when.setText(" · ".join([*parts, words]))
        self._when.set_token(look.INKS[tone])
        self._bar.hide()

    def _lay_buttons(self) -> None:
        """Put a long number's button above the other: side by side they would widen the card."""
        shown = [one for one in (self._phone, self._open) if not one.isHidden()]
        self._buttons.setVisible(bool(shown))
        wide = sum(one.sizeHint().width() for one in shown) + look.px(8) > look.px(ROOM)
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(down if wide else along)

    def _coach_words(self, urgent: DueRow) -> str:
        return agendas.coach(self._session.desk, urgent.follow_up_id)

    def _copy(self) -> None:
        if self._row is not None:
            QGuiApplication.clipboard().setText(self._row.phone)
            self._session.said.emit(filled("Copied: {phone}", phone=self._row.phone))

    def _wish(self) -> None:
        if self._row is not None:
            self.open_wanted.emit(self._row.follow_up_id)
