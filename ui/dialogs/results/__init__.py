"""Enter results: the filled-in checklist, line by line in the order of its numbers."""

from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import checklist_results, follow_ups
from recoverydesk.services.checklist_results import PrintedChecklist, PrintedRow
from ui import look
from ui.actions import Command, key_words
from ui.dialogs.not_agreed import NotAgreedDialog
from ui.dialogs.results.line import SheetLine
from ui.dialogs.skip import SkipDialog
from ui.dialogs.snooze import SnoozeDialog, snooze_menu
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button, command_action
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.meters import ProgressLine
from ui.widgets.text import Icon, Text
from ui.wording import counted, filled, tr

WIDTH = 840
MOST_NAMED = 4
"""So many numbers are named one by one where lines are passed over."""


@record
class _Entered:
    """The result entered last, for taking it back."""

    number: int
    change_id: int
    note: str


class ResultsDialog(Dialog):
    """Walks through a printed checklist; each result is saved at once, as Today saves it."""

    def __init__(self, session: Session, sheet: PrintedChecklist, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            sheet: the checklist that was printed.
            parent: what it belongs to.
        """
        super().__init__(
            parent,
            tr("Enter results"),
            save=tr("&Done"),
            save_key=key_words(Command.FOLLOW_UP_DONE),
            cancel=tr("Close"),
            width=WIDTH,
        )
        self.setObjectName("results")
        self._session = session
        self._sheet = sheet
        self._line: PrintedRow | None = None
        self._here: set[int] = set()
        self._notes: dict[int, str] = {}
        self._last: _Entered | None = None
        self.line = SheetLine()
        self._area = TextArea(lines=3, grows=5)
        self._field = LabelledField(
            tr("&What came of it"), self._area, tr("optional; kept with the result")
        )
        self._form = Form({"note": self._field})
        self._end_title = Text("", "page", align=look.CENTRE)
        self._end_words = Text("", "body", "text2", align=look.CENTRE)
        self._stack = QStackedWidget()
        self._make_body()
        self._make_foot()
        self._listen()
        self._set_order()
        self._go_on(0)

    def _make_body(self) -> None:
        self.back_button = Button(tr("&Back"), "ghost", icon="chevron-left", size="small")
        self.next_button = Button(tr("&Next"), "ghost", trail="chevron-right", size="small")
        self._place = Text("", "secondary", "text2")
        self._bar = ProgressLine()
        self._said_icon = Icon("check", "accent_text")
        self._said = Text("", "secondary", "text2")
        self.undo_button = Button(tr("&Undo"), "link", size="small", tip=tr("Ctrl+Z"))
        self._stack.addWidget(boxed(column(self.line, 14, self._field, STRETCH)))
        self._stack.addWidget(self._make_end())
        head = row(
            (Text(self._sheet.title, "strong"), 1),
            self.back_button,
            self._place,
            self.next_button,
            gap=4,
        )
        said = row(self._said_icon, self._said, self.undo_button, STRETCH, gap=8)
        told = boxed(said)
        told.setFixedHeight(look.px(32))
        self.body.setSpacing(look.px(12))
        self.body.addLayout(head)
        self.add(self._bar, self._stack, told)

    def _make_end(self) -> QWidget:
        icon = row(STRETCH, Icon("clipboard-check", "accent_text", 40), STRETCH)
        return boxed(column(STRETCH, icon, 14, self._end_title, 6, self._end_words, STRETCH))

    def _make_foot(self) -> None:
        keys = {
            "skip": key_words(Command.FOLLOW_UP_SKIP),
            "later": key_words(Command.SNOOZE),
            "nobody": key_words(Command.FOLLOW_UP_NO_ANSWER),
        }
        self.skip_button = Button(tr("S&kip…"), icon="skip-forward", key=keys["skip"])
        self.later_button = Button(tr("&Put off"), icon="alarm-clock", key=keys["later"])
        self.nobody_button = Button(tr("No &answer"), icon="phone-off", key=keys["nobody"])
        for button in (self.skip_button, self.later_button, self.nobody_button):
            self.add_button(button)

    def _listen(self) -> None:
        self.save_wanted.connect(self._done)
        self.skip_button.clicked.connect(self._skip)
        self.later_button.clicked.connect(self._open_days)
        self.nobody_button.clicked.connect(self._no_answer)
        self.back_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._next)
        self.undo_button.clicked.connect(self._undo)
        self.line.next_wanted.connect(self._next)
        self.line.back_wanted.connect(self._back)
        # Space presses whichever button has the focus; on the line it means done, as on Today.
        command_action(Command.FOLLOW_UP_DONE, self.line, self._done)
        command_action(Command.FOLLOW_UP_NO_ANSWER, self, self._no_answer)
        command_action(Command.SNOOZE, self, self._open_days)
        command_action(Command.FOLLOW_UP_SKIP, self, self._skip)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self._undo)

    def _set_order(self) -> None:
        order: tuple[QWidget, ...] = (
            self.line, self._area.edit, self.undo_button, self.cancel_button, self.skip_button,
            self.later_button, self.nobody_button, self.save_button, self.back_button,
            self.next_button,
        )  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    # Where we are

    def _waits(self, line: PrintedRow) -> bool:
        return line.waits and line.number not in self._here

    def _open_line(self) -> PrintedRow | None:
        """Return the line that is shown, where it waits for a result."""
        line = self._line
        return line if line is not None and self._waits(line) else None

    def _go_on(self, after: int) -> None:
        """Show the next line that waits for a result, or that there is none."""
        rest = [line for line in self._sheet.lines if line.number > after]
        found = next((line for line in rest if self._waits(line)), None)
        until = len(self._sheet.lines) + 1 if found is None else found.number
        passed = [
            line.number for line in rest if line.number < until and line.number not in self._here
        ]
        self._show(found)
        self._say(passed)

    def _show(self, line: PrintedRow | None) -> None:
        self._line = line
        lines, waits = self._sheet.lines, line is not None and self._waits(line)
        entered = sum(not self._waits(one) for one in lines)
        self._form.start()
        self._stack.setCurrentIndex(0 if line is not None else 1)
        self.set_note(_tally(entered, len(lines)))
        self._bar.show_share(entered / len(lines))
        for button in self._result_buttons():
            button.setVisible(line is not None)
            button.setEnabled(waits)
        self.back_button.setEnabled(line is None or line.number > 1)
        self.next_button.setEnabled(line is not None)
        self.cancel_button.set_kind("ghost" if line is not None else "primary")
        self._area.set_text("" if line is None else self._notes.get(line.number, ""))
        self._field.setVisible(waits or line is None)  # behind the end it keeps its room
        if line is None:
            self._show_end(entered)
            return
        self._place.setText(filled("Line {n} of {all}", n=str(line.number), all=str(len(lines))))
        self.line.show_line(line, len(lines), self._session.today(), waits=waits)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _result_buttons(self) -> tuple[Button, ...]:
        return (self.skip_button, self.later_button, self.nobody_button, self.save_button)

    def _show_end(self, entered: int) -> None:
        count = len(self._sheet.lines)
        self._place.setText(tr("The end"))
        if entered == count:
            words = counted(count, "The one line is entered.", "All {n} are entered.")
            self._end_title.setText(words)
            self._end_words.setText(tr("The paper has done its work."))
        else:
            rest = counted(
                count - entered,
                "One line has no result yet; it stays on Today.",
                "{n} lines have no result yet; they stay on Today.",
            )
            self._end_title.setText(_tally(entered, count))
            self._end_words.setText(rest)
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, passed: list[int]) -> None:
        """Tell what was entered last, and what was passed over since."""
        parts = [] if self._last is None else [self._said_of(self._last)]
        if len(passed) > MOST_NAMED:
            parts.append(counted(len(passed), "", "{n} lines were dealt with already."))
        elif passed:
            numbers = ", ".join(str(number) for number in passed)
            parts.append(
                filled("Line {n} was dealt with already.", n=numbers)
                if len(passed) == 1
                else filled("Lines {n} were dealt with already.", n=numbers)
            )
        self._said.setText(" ".join(parts))
        self._said_icon.setVisible(bool(parts))
        self.undo_button.setVisible(self._last is not None)

    def _said_of(self, last: _Entered) -> str:
        return filled("Line {n} is entered.", n=str(last.number))

    def _next(self) -> None:
        """Leave the line as it is; what was typed for it is kept until it is wanted."""
        if self._line is not None:
            self._keep_note()
            self._go_on(self._line.number)

    def _back(self) -> None:
        self._keep_note()
        before = len(self._sheet.lines) if self._line is None else self._line.number - 1
        if before >= 1:
            self._show(self._sheet.lines[before - 1])
            self._say([])

    # What was typed

    def _keep_note(self) -> None:
        line = self._open_line()
        if line is not None:
            self._notes[line.number] = self._area.text()

    def would_lose_text(self) -> bool:
        """Say whether there is a note of a line without a result."""
        self._keep_note()
        return any(note.strip() for note in self._notes.values())

    def forget_changes(self) -> None:
        """Let the notes go."""
        super().forget_changes()
        self._notes.clear()
        self._area.set_text("")

    # Results

    def _done(self) -> None:
        line = self._open_line()
        if line is None:
            return
        self._form.start()
        session, note = self._session, self._area.text()
        with told_to_owner(self), self._form.pointing_out():
            try:
                follow_ups.complete(session.desk, line.follow_up_id, now=session.now(), note=note)
            except InvalidEntryError as error:
                if error.field != "not_agreed_why" or line.case_id is None:
                    raise
                self._ask_whether_agreed(line.case_id, line.follow_up_id, note)
                return
            self._entered()

    def _ask_whether_agreed(self, case_id: int, follow_up_id: int, note: str) -> None:
        dialog = NotAgreedDialog(self._session, case_id, follow_up_id, note=note, parent=self)
        dialog.answered.connect(self._entered)
        dialog.open()

    def _no_answer(self) -> None:
        line = self._open_line()
        if line is None:
            return
        self._form.start()
        session = self._session
        with told_to_owner(self), self._form.pointing_out():
            follow_ups.no_answer(
                session.desk, line.follow_up_id, now=session.now(), note=self._area.text()
            )
            self._entered()

    def _open_days(self) -> None:
        if self._open_line() is None:
            return
        menu = snooze_menu(self._session, self, self._put_off, self._pick_day)
        menu.aboutToHide.connect(menu.deleteLater)
        above = self.later_button.mapToGlobal(self.later_button.rect().topLeft())
        above.setY(above.y() - menu.sizeHint().height())
        menu.popup(above)
        menu.setActiveAction(menu.actions()[0])

    def _put_off(self, day: date) -> None:
        line = self._open_line()
        if line is None:
            return
        self._form.start()
        session = self._session
        with told_to_owner(self), self._form.pointing_out():
            why = follow_ups.as_reason(self._area.text())
            follow_ups.move(session.desk, line.follow_up_id, to=day, now=session.now(), why=why)
            self._entered()

    def _pick_day(self) -> None:
        line = self._open_line()
        if line is None:
            return
        self._form.start()
        with self._form.pointing_out():
            why = follow_ups.as_reason(self._area.text())
            dialog = SnoozeDialog(
                self._session, line.follow_up_id, line.title, why=why, parent=self
            )
            dialog.accepted.connect(self._entered)
            dialog.open()

    def _skip(self) -> None:
        line = self._open_line()
        if line is None:
            return
        note = self._area.text().strip()
        dialog = SkipDialog(self._session, line.follow_up_id, line.title, why=note, parent=self)
        dialog.accepted.connect(self._entered)
        dialog.open()

    def _entered(self) -> None:
        """Go on: the result of the line that is shown is saved."""
        line, newest = self._line, self._session.desk.last_undoable()
        if line is None:
            return
        self._notes.pop(line.number, None)
        self._here.add(line.number)
        self._last = None if newest is None else _Entered(line.number, newest.id, self._area.text())
        self._read()
        self._go_on(line.number)

    def _undo(self) -> None:
        """Take the last result back and show its line again, with what was typed."""
        last = self._last
        if last is None:
            return
        self._keep_note()
        with told_to_owner(self):
            self._session.desk.undo(last.change_id)
            self._last = None
            self._here.discard(last.number)
            self._notes[last.number] = last.note
            self._read()
            self._show(self._sheet.lines[last.number - 1])
            self._say([])

    def _read(self) -> None:
        self._sheet = (
            checklist_results.printed(self._session.desk, self._sheet.document_id) or self._sheet
        )


def _tally(entered: int, count: int) -> str:
    return filled("{n} of {all} entered", n=str(entered), all=str(count))


def open_results(session: Session, *, parent: QWidget) -> ResultsDialog | None:
    """Open the checklist that was printed last; say so where there has been none."""
    sheet = checklist_results.last_printed(session.desk)
    if sheet is None:
        session.said.emit(tr("No checklist has been printed yet. Print one from Today first."))
        return None
    dialog = ResultsDialog(session, sheet, parent=parent)
    dialog.open()
    return dialog
