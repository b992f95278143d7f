"""Who it is about: name, mood, worth, ways to reach them; and what can be done now."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget

from recoverydesk.domain.case import Outcome, Status
from recoverydesk.services.case_pages import CaseView
from ui import look
from ui.actions import Command
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.layouts import STRETCH, clear, column, row
from ui.widgets.meters import Avatar
from ui.widgets.text import Icon, Text
from ui.wording import filled, label, tr

LEAST = 64
"""How narrow an e-mail address may become, in pixels at usual text."""


class CaseHeader(QWidget):
    """The line above the stages.

    Signals:
        offer_wanted, letter_wanted, contact_wanted, customer_wanted: the buttons.
    """

    offer_wanted = Signal()
    letter_wanted = Signal()
    contact_wanted = Signal()
    customer_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._avatar = Avatar("", 48)
        self._name = Text("", "page")
        self._chips = row(gap=6)
        self._reach = row(gap=12)
        self.offer = Button.for_command(Command.OFFER, self.offer_wanted.emit)
        self.letter = Button.for_command(Command.WRITE_LETTER, self.letter_wanted.emit)
        self.contact = Button.for_command(Command.LOG_CONTACT, self.contact_wanted.emit, "primary")
        self.more = IconButton("ellipsis", tr("More"))
        names = column(
            row(self._name, self._chips, STRETCH, gap=12), row(self._reach, STRETCH), gap=0
        )
        self.setLayout(
            row(
                self._avatar,
                4,
                (names, 1),
                self.offer,
                self.letter,
                self.contact,
                self.more,
                gap=8,
            )
        )

    def show_case(self, view: CaseView) -> None:
        """Show whose case it is."""
        self._avatar.set_name(view.customer)
        self._name.setText(view.customer)
        clear(self._chips)
        mood = label(view.severity)
        self._chips.addWidget(Chip(mood.text, mood.tone, mood.icon))
        for chip in self._second_chip(view):
            self._chips.addWidget(chip)
        clear(self._reach)
        self._add_way("phone", view.phone, tr("Copy the phone number"))
        self._add_way("mail", view.email, tr("Copy the e-mail address"))
        since = view.customer_since
        whose = tr("The customer's page")
        if since is not None:
            whose = filled("Customer since {year}", year=str(since.year))
        self._add_link("user", whose, self.customer_wanted.emit)
        is_open = view.closed_at is None
        for button in (self.offer, self.contact):
            button.setEnabled(is_open)

    def _second_chip(self, view: CaseView) -> list[Chip]:
        """Return the one more chip there is room for: how it ended, whose turn, or the worth."""
        if view.outcome is not Outcome.PENDING:
            ended = label(view.outcome)
            return [Chip(ended.text, ended.tone, ended.icon)]
        if view.do_not_contact:
            return [Chip(tr("Do not contact"), "warn", "ban")]
        if view.status is Status.WAITING_CUSTOMER:
            return [Chip(tr("Their turn"), "warn", "hourglass")]
        if view.safety_flag:
            return [Chip(tr("Somebody was hurt, or could be"), "danger", "triangle-alert")]
        if view.worth_year_cents:
            worth = self._session.money(view.worth_year_cents, short=True)
            return [Chip(filled("{worth} a year", worth=worth), "neutral", "")]
        return []

    def _add_way(self, icon: str, words: str, name: str) -> None:
        if words:
            self._add_link(icon, words, self._copier(words), tip=name)

    def _add_link(
        self, icon: str, words: str, doing: Callable[[], object], *, tip: str = ""
    ) -> None:
        button = Button(words, "link", tip=f"{tip}: {words}" if tip else words)
        if icon == "mail":
            # A long address is shortened rather than pushing the page out of its window.
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.setMinimumWidth(min(button.sizeHint().width(), look.px(LEAST)))
        button.clicked.connect(lambda _on: doing())
        self._reach.addLayout(row(Icon(icon, "text3", 16), button, gap=6))

    def _copier(self, words: str) -> Callable[[], None]:
        def copy() -> None:
            QGuiApplication.clipboard().setText(words)
            self._session.said.emit(filled("Copied: {words}", words=words))

        return copy
