"""What can be done with a row of Today: by key, by small button, by menu."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.domain.follow_up import FollowUpKind
from recoverydesk.services.agendas import DueRow
from ui import look
from ui.actions import Command, key_words, make_action, words
from ui.errors import told_to_owner
from ui.pages.today.tasks import AgendaList
from ui.session import Session
from ui.widgets.page import OpenCase, OpenCustomer, WriteLetter
from ui.wording import tr


class Wished(Protocol):
    """A page's signal for what lies outside it."""

    def emit(self, wish: object, /) -> None:
        """Tell the main window."""
        ...


class Doing(QObject):
    """Does to a follow-up what its row asks for."""

    def __init__(self, session: Session, rows: AgendaList, wished: Wished) -> None:
        """Listen to a list.

        Args:
            session: the open desk.
            rows: the list; menus and dialogs belong to it.
            wished: the page's signal.
        """
        super().__init__(rows)
        self._session = session
        self._list = rows
        self._wished = wished
        self._rows: Mapping[int, DueRow] = {}
        rows.done_wanted.connect(self.complete)
        rows.no_answer_wanted.connect(self.no_answer)
        rows.skip_wanted.connect(self.skip)
        rows.open_wanted.connect(self.open_case)
        rows.snooze_wanted.connect(self._snooze)
        rows.letter_wanted.connect(self.write_letter)
        rows.menu_wanted.connect(self._open_menu)
        make_action(Command.LOG_CONTACT, rows, partial(self._with_current, self.log_contact))
        make_action(Command.WRITE_LETTER, rows, partial(self._with_current, self.write_letter))
        make_action(Command.SHOW_CARD, rows, partial(self._with_current, self.show_card))

    def show_rows(self, rows: Mapping[int, DueRow]) -> None:
        """Take over what is shown now."""
        self._rows = rows

    def _with_current(self, do: Callable[[int], None]) -> None:
        current = self._list.current_id()
        if current is not None and self._list.is_marked():
            do(current)

    def call(self) -> None:
        """Go through what is late and for today card by card."""
        self._open_cards(None)

    def show_card(self, id_: int) -> None:
        """Show the whole story of one row."""
        self._open_cards((id_,))

    def _open_cards(self, items: tuple[int, ...] | None) -> None:
        from ui.dialogs.calling import CallingSessionDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self._list):
            dialog = CallingSessionDialog(self._session, parent=self._list, items=items)
            dialog.case_wanted.connect(lambda case_id: self._wished.emit(OpenCase(case_id)))
            dialog.letter_wanted.connect(partial(self._write_letter_over, dialog))
            dialog.open()

    def _write_letter_over(self, dialog: QWidget, case_id: int) -> None:
        """Open the letter in front of the session, which goes on afterwards."""
        from ui.dialogs.letter import LetterDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(dialog):
            LetterDialog(self._session, case_id, parent=dialog).open()

    def complete(self, id_: int) -> None:
        """Mark a row done; ask once where listening ends before they agreed."""
        from ui.dialogs.finishing import complete  # noqa: PLC0415 - not at the start

        row = self._rows.get(id_)
        if row is not None and row.remedy_id is not None and row.kind is FollowUpKind.GIFT:
            self._give(row)
            return
        if row is not None and row.remedy_id is not None and row.kind is FollowUpKind.APPROVAL:
            self._decide(row.remedy_id)
            return
        if row is not None and row.correction_id is not None:
            self._look_at_fix(row.correction_id)
            return
        case_id = None if row is None else row.case_id
        complete(self._session, id_, case_id, parent=self._list)

    def _look_at_fix(self, correction_id: int) -> None:
        """Show the cases since: only there a fix is said to hold."""
        from ui.dialogs.fixing import look_at  # noqa: PLC0415 - not at the start

        look_at(
            self._session,
            correction_id,
            parent=self._list,
            open_case=lambda case_id: self._wished.emit(OpenCase(case_id)),
        )

    def _give(self, row: DueRow) -> None:
        from ui.dialogs.gift import GiftDialog  # noqa: PLC0415 - not at the start

        assert row.customer_id is not None  # a gift is always somebody's
        with told_to_owner(self._list):
            GiftDialog(self._session, row.customer_id, row.remedy_id, parent=self._list).open()

    def _decide(self, remedy_id: int) -> None:
        from ui.dialogs.approval import ApprovalDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self._list):
            dialog = ApprovalDialog(self._session, remedy_id, parent=self._list)
            dialog.case_wanted.connect(lambda case_id: self._wished.emit(OpenCase(case_id)))
            dialog.open()

    def no_answer(self, id_: int) -> None:
        """Note that nobody answered; it comes back on the next opening day."""
        from recoverydesk.services import follow_ups  # noqa: PLC0415 - not at the start

        with told_to_owner(self._list):
            follow_ups.no_answer(self._session.desk, id_, now=self._session.now())

    def skip(self, id_: int) -> None:
        """Ask why a row is left out."""
        if id_ in self._rows:
            from ui.dialogs.skip import SkipDialog  # noqa: PLC0415 - not at the start

            title = self._rows[id_].title
            SkipDialog(self._session, id_, title, parent=self._list).open()

    def snooze(self, id_: int, day: date) -> None:
        """Put a row off to a day."""
        from recoverydesk.services import follow_ups  # noqa: PLC0415 - not at the start

        with told_to_owner(self._list):
            follow_ups.move(self._session.desk, id_, to=day, now=self._session.now())

    def put_back(self, id_: int) -> None:
        """Put a row back to the date it had: they only said thanks."""
        from recoverydesk.services import follow_ups  # noqa: PLC0415 - not at the start

        with told_to_owner(self._list):
            follow_ups.put_back(self._session.desk, id_, now=self._session.now())

    def pick_day(self, id_: int) -> None:
        """Ask for the day a row is put off to."""
        if id_ in self._rows:
            from ui.dialogs.snooze import SnoozeDialog  # noqa: PLC0415 - not at the start

            title = self._rows[id_].title
            SnoozeDialog(self._session, id_, title, parent=self._list).open()

    def open_case(self, id_: int) -> None:
        """Open the case of a row, or its customer where it has none."""
        row = self._rows.get(id_)
        if row is None:
            return
        if row.case_id is not None:
            self._wished.emit(OpenCase(row.case_id))
        elif row.customer_id is not None:
            self._wished.emit(OpenCustomer(row.customer_id))
        else:
            self._session.said.emit(tr("This reminder belongs to no case."))

    def write_letter(self, id_: int) -> None:
        """Open the letter of a row's case."""
        row = self._rows.get(id_)
        if row is not None and row.case_id is not None:
            self._wished.emit(WriteLetter(row.case_id))

    def log_contact(self, id_: int) -> None:
        """Take down what was said."""
        row = self._rows.get(id_)
        if row is not None and row.case_id is not None:
            # Loaded when first wanted: the start page doesn't pay for it.
            from ui.dialogs.log_contact import LogContactDialog  # noqa: PLC0415

            with told_to_owner(self._list):
                LogContactDialog(self._session, row.case_id, parent=self._list).open()

    def snooze_menu(self, id_: int) -> QMenu:
        """Return the menu of days."""
        from ui.dialogs.snooze import snooze_menu  # noqa: PLC0415 - not at the start

        menu = snooze_menu(
            self._session, self._list, partial(self.snooze, id_), partial(self.pick_day, id_)
        )
        row = self._rows.get(id_)
        if row is not None and row.put_off_from is not None:
            day = short_words(self._session.local(row.put_off_from).date(), self._session.today())
            back = QAction(f"{tr('&Back to the same date')}\t{day}", menu)
            back.triggered.connect(lambda _on: self.put_back(id_))
            menu.addAction(back)
        return menu

    def menu(self, id_: int) -> QMenu:
        """Return everything that can be done with a row."""
        menu = QMenu(self._list)
        add = partial(self._add, menu, id_)
        add(Command.FOLLOW_UP_DONE, self.complete)
        add(Command.FOLLOW_UP_NO_ANSWER, self.no_answer)
        days = self.snooze_menu(id_)
        days.setIcon(look.icon(Command.SNOOZE.value.icon))
        menu.addMenu(days)
        add(Command.FOLLOW_UP_SKIP, self.skip)
        menu.addSeparator()
        add(Command.SHOW_CARD, self.show_card)
        row = self._rows.get(id_)
        if row is not None and row.case_id is not None:
            add(Command.LOG_CONTACT, self.log_contact)
            add(Command.WRITE_LETTER, self.write_letter)
        add(Command.OPEN_CASE, self.open_case)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _add(self, menu: QMenu, id_: int, command: Command, do: Callable[[int], None]) -> None:
        # The keys are shown only: the list itself hears them.
        action = QAction(f"{words(command)}\t{key_words(command)}", menu)
        action.setIcon(look.icon(command.value.icon))
        action.triggered.connect(lambda _on: do(id_))
        menu.addAction(action)

    def _open_menu(self, id_: int, spot: QPoint) -> None:
        self.menu(id_).popup(spot)

    def _snooze(self, id_: int) -> None:
        menu = self.snooze_menu(id_)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._list.menu_spot(id_))
        menu.setActiveAction(menu.actions()[0])
