"""Today: what is late, for today and next, and where to start."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from recoverydesk.domain.days import day_words
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.follow_up import Act
from recoverydesk.services.agendas import DueRow
from recoverydesk.topics import Topic
from ui import look
from ui.actions import Command, hint, make_action
from ui.errors import told_to_owner
from ui.pages.today.board import Board, Show, groups, read, tiles
from ui.pages.today.doing import Doing
from ui.pages.today.start_here import StartHere
from ui.pages.today.tasks import AgendaList
from ui.session import Session
from ui.widgets.buttons import Button, IconButton, command_action
from ui.widgets.cards import Panel
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.page import LogCustomer, Page, PrintChecklist, Wish
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Line, Text, plain_tip
from ui.widgets.tiles import Tile
from ui.wording import filled, tr

if TYPE_CHECKING:
    from ui.pages.today.month import MonthCard
    from ui.pages.today.quiet import QuietDay
    from ui.pages.today.unknown import UnknownCauses

__all__ = ["TodayPage"]

MINUTE = 60_000
WIDE = 1120
"""From here on the side column has its full width."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

TILES = (
    (Show.NOT_CONTACTED, "Not yet contacted", "hourglass"),
    (Show.LATE, "Late", "circle-alert"),
    (Show.TODAY, "Due today", "calendar"),
    (Show.OWED, "Owed an update", "message-circle"),
)
TIPS = {
    Show.NOT_CONTACTED: "Customers who have heard nothing from you yet.",
    Show.LATE: "What should have been done before now.",
    Show.TODAY: "What is still in time today.",
    Show.OWED: (
        "Calls and letters due by today, in open cases where you have spoken already. "
        "They may also be late."
    ),
}
"""What each tile counts, or the numbers will argue."""


class TodayPage(Page):
    """The start page."""

    SHOWS = (
        Topic.CASES
        | Topic.CUSTOMERS
        | Topic.CONTACTS
        | Topic.FOLLOW_UPS
        | Topic.REMEDIES
        | Topic.CAUSES
        | Topic.SHOP
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("today")
        self._board: Board | None = None
        self._show = Show.ALL
        self._ahead_wanted = False
        self._painted = False
        self._rows: dict[int, DueRow] = {}
        self._tiles = {show: self._tile(show, words, icon) for show, words, icon in TILES}
        self.list = AgendaList(name=tr("To do"))
        self.doing = Doing(session, self.list, self.wished)
        self._start = StartHere(session)
        self._side = self._make_side()
        self._minutes = QTimer(self)
        self._minutes.setInterval(MINUTE)
        self._minutes.timeout.connect(self.refresh)
        head = boxed(row(*((tile, 1) for tile in self._tiles.values()), gap=16))
        self.setLayout(row((column(head, (self._make_card(), 1), gap=16), 1), self._side, gap=24))
        self._start.open_wanted.connect(self.doing.open_case)

    def _tile(self, show: Show, words: str, icon: str) -> Tile:
        tile = Tile(tr(words), icon)
        tile.clicked.connect(lambda on: self._narrow(show if on else Show.ALL))
        return tile

    def _make_card(self) -> QWidget:
        title = Text(tr("To do"), "card")
        add = Button.for_command(Command.ADD_REMINDER, self._remind, "ghost", size="small")
        call = Button.for_command(Command.CALLING_SESSION, self.call, size="small")
        make_action(Command.CALLING_SESSION, self, self.call)
        paper = Button.for_command(Command.PRINT_CHECKLIST, self._print, size="small")
        results = Button(tr("Enter results"), icon=Command.ENTER_RESULTS.value.icon, size="small")
        results.setToolTip(hint(Command.ENTER_RESULTS))
        results.clicked.connect(self._enter_results)
        make_action(Command.ENTER_RESULTS, self, self._enter_results)
        more = IconButton("ellipsis", tr("More"), size="small")
        menu = QMenu(more)
        menu.addAction(command_action(Command.CALENDAR_FILE, self, self.save_calendar))
        more.set_menu(menu)
        head = row((title, 1), add, call, paper, results, more, gap=8, margins=(20, 10, 12, 10))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        card = Panel()
        card.setLayout(column(head, Line("border"), (self._stack, 1), margins=(1, 1, 1, 1)))
        return card

    def _make_side(self) -> ScrollArea:
        self._cards = column(self._start, STRETCH, gap=16)
        side = ScrollArea(boxed(self._cards))
        side.setFixedWidth(look.px(320))
        return side

    @cached_property
    def _quiet(self) -> "QuietDay":
        from ui.pages.today.quiet import QuietDay  # noqa: PLC0415 - where there is nothing to do

        quiet = QuietDay(self.session)
        quiet.log_wanted.connect(self._log)
        quiet.ahead_wanted.connect(self._show_ahead)
        self._stack.addWidget(quiet)
        return quiet

    @cached_property
    def _month(self) -> "MonthCard":
        from ui.pages.today.month import MonthCard  # noqa: PLC0415 - after the first paint

        month = MonthCard(self.session)
        self._cards.insertWidget(1, month)
        return month

    @cached_property
    def _unknown(self) -> "UnknownCauses":
        from ui.pages.today.unknown import UnknownCauses  # noqa: PLC0415 - after the first paint

        unknown = UnknownCauses(self.session)
        unknown.wished.connect(self.wished)
        self._cards.insertWidget(2, unknown)
        return unknown

    def heading(self) -> str:
        """Return the title."""
        return tr("Today")

    def subheading(self) -> str:
        """Return the day, without babel: it is on the first paint."""
        today = self.session.today()
        return f"{tr(WEEKDAYS[today.weekday()])} {day_words(today)}"

    def print_wish(self) -> Wish | None:
        """Print the checklist (Ctrl+P)."""
        return PrintChecklist()

    def narrow_to(self, narrow: str) -> None:
        """Press a tile: one of `Show`."""
        if narrow in set(Show):
            self._narrow(Show(narrow))

    def refresh(self) -> None:
        """Read what is due again."""
        self._board = read(self.session)
        self._rows = {row.follow_up_id: row for row in self._board.rows}
        self.doing.show_rows(self._rows)
        for show, (number, sub, tone) in tiles(self._board, self.session).items():
            self._tiles[show].show_number(number, sub, tone)
            self._tiles[show].setToolTip(plain_tip(f"{sub}\n{tr(TIPS[show])}"))
        self._start.show_board(self._board)
        self._show_list()
        if self._painted:
            self._show_month()

    def _show_list(self) -> None:
        if self._board is None:
            return
        agenda, show = self._board.agenda, self._show
        narrowed = self._board.shown(show)
        waits = agenda.waiting_now or (self._ahead_wanted and agenda.ahead)
        nothing = not waits if narrowed is None else not narrowed
        if nothing:
            self._quiet.show_day(self._board, show)
        letters = (i for i, due in self._rows.items() if due.act is Act.WRITE and due.case_id)
        self.list.show_written(frozenset(letters))
        self.list.show_groups(groups(self._board, self.session, show))
        self._stack.setCurrentWidget(self._quiet if nothing else self.list)

    def _show_month(self) -> None:
        self._month.refresh()
        self._month.show()
        self._unknown.refresh()

    def _narrow(self, show: Show) -> None:
        self._show = show
        for key, tile in self._tiles.items():
            tile.setChecked(key is show)
        self._show_list()

    def _show_ahead(self) -> None:
        self._ahead_wanted = True
        self._narrow(Show.ALL)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _log(self) -> None:
        self.wished.emit(LogCustomer())

    def _remind(self) -> None:
        # Loaded when first wanted: the start page doesn't pay for it.
        from ui.dialogs.reminder import ReminderDialog  # noqa: PLC0415

        ReminderDialog(self.session, parent=self).open()

    def save_calendar(self) -> None:
        """Save what is due as a file for any calendar."""
        from recoverydesk.services import calendars  # noqa: PLC0415 - not at the start
        from ui.printing import save_file_as  # noqa: PLC0415 - as above

        with told_to_owner(self):
            content = calendars.calendar_file(self.session.desk, now=self.session.now())
            name = safe_name(self.session.shop.name, "ics")
            path = save_file_as(self, content, name, tr("Calendar (*.ics)"))
            if path is not None:
                self.session.said.emit(filled("Saved: {name}", name=path.name))

    def call(self) -> None:
        """Go through today's calls card by card."""
        self.doing.call()

    def _enter_results(self) -> None:
        from ui.dialogs.results import open_results  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            open_results(self.session, parent=self)

    def _print(self) -> None:
        self.wished.emit(PrintChecklist())

    def showEvent(self, event: QShowEvent) -> None:
        """Read, and keep the clocks going (Qt)."""
        super().showEvent(event)
        self._minutes.start()
        if self.list.current_id() is None:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the clocks rest (Qt)."""
        super().hideEvent(event)
        self._minutes.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Read the month once the page has been seen: its money needs babel (Qt)."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._show_month)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list more of a narrow page (Qt)."""
        super().resizeEvent(event)
        self._side.setFixedWidth(look.px(320 if self.width() >= look.px(WIDE) else 304))
