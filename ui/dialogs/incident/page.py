"""One incident: what happened, everybody it hit, and what is done for all of them at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from recoverydesk.domain.case import Outcome, Stage
from recoverydesk.domain.days import day_words
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.errors import NotFoundError
from recoverydesk.services import incident_pages, incidents
from recoverydesk.services.incident_pages import IncidentCase, IncidentView
from recoverydesk.topics import Topic
from ui import look
from ui.dialogs.incident.give import GiveAllDialog
from ui.dialogs.incident.make import AddCustomersDialog
from ui.dialogs.incident.tell import TellAllDialog, left_alone_words
from ui.dialogs.incident.work import fill_height
from ui.errors import told_to_owner
from ui.session import Session
from ui.tables import Cell, Column, RowsModel, icon_text, pips, text, two_lines
from ui.widgets.buttons import Button
from ui.widgets.cards import FactLine
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.lists import TableCard, TableView
from ui.widgets.panes import Pane
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Line, Text
from ui.wording import counted, label, tr

WIDTH = 1160
HEIGHT = 560
SIDE = 320
SHOWS = Topic.CASES | Topic.CUSTOMERS | Topic.CONTACTS | Topic.REMEDIES | Topic.CAUSES | Topic.SHOP
STAGES = tuple(Stage)
NONE = "—"


class IncidentPageDialog(Dialog):
    """Shows an incident and leads to its cases.

    Signals:
        case_wanted: a customer's case is to be opened. Argument: the case's id.
        letters_wanted: the same letter is to be written to many. Argument: their cases' ids.
    """

    case_wanted = Signal(int)
    letters_wanted = Signal(list)

    def __init__(self, session: Session, incident_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            incident_id: the incident.
            parent: the window it belongs to.

        Raises:
            NotFoundError: it is no longer on the desk.
        """
        view = incident_pages.view(session.desk, incident_id)
        super().__init__(parent, view.title, save="", cancel=tr("Close"), width=WIDTH)
        self.setObjectName("incident_page")
        self._session = session
        self._incident_id = incident_id
        self._view = view
        columns = (
            Column(tr("Customer"), _who, key=lambda one: one.customer.casefold()),
            Column(tr("Told"), _told, key=lambda one: one.contacted, width=128),
            Column(tr("They get"), _given, key=lambda one: one.given, width=190),
            Column(tr("Stage"), _stage, key=lambda one: STAGES.index(one.stage), width=132),
        )
        self.model: RowsModel[IncidentCase] = RowsModel(columns, self)
        self.table = TableView(self.model, name=tr("Customers it hit"))
        self._card = TableCard(self.table)
        self._facts = column(gap=14)
        self._lay_out()
        self._connect()
        self._show(view)
        self.table.setFocus()

    def _lay_out(self) -> None:
        self._tell = Button(tr("&Tell them all…"), "tonal", icon="megaphone", size="small")
        self._give = Button(tr("&Give them all…"), icon="gift", size="small")
        self._letters = Button(tr("&Letters to them all…"), icon="mail", size="small")
        self._more = Button(tr("&Add customers…"), "ghost", icon="user-plus", size="small")
        self._open = Button(tr("&Open the case"), "ghost", icon="arrow-right", size="small")
        self._leave = Button(tr("Ta&ke out of this"), "ghost", icon="x", size="small")
        for button in (self._open, self._leave):
            button.setEnabled(False)
        doing = row(self._tell, self._give, self._letters, STRETCH, self._more, gap=8)
        one = row(self._open, self._leave, STRETCH, gap=8)
        left = column(doing, (self._card, 1), one, gap=12, margins=(24, 16, 20, 12))
        inside = column(self._facts, STRETCH, margins=(20, 18, 20, 18))
        side = Pane(column((ScrollArea(boxed(inside)), 1)))
        side.setFixedWidth(look.px(SIDE))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.add(
            Pane(
                row((Pane(left, ground="bg"), 1), Line("border", upright=True), side), height=HEIGHT
            )
        )
        fill_height(self._content)

    def _connect(self) -> None:
        self.table.opened.connect(self._open_case)
        self.table.current_changed.connect(self._show_current)
        for button, act in (
            (self._tell, self._tell_all),
            (self._give, self._give_all),
            (self._letters, self._write_letters),
            (self._more, self._add_customers),
            (self._open, self._open_current),
            (self._leave, self._take_out),
        ):
            button.clicked.connect(act)
        self._session.changes.saved.connect(self._hear)

    def _hear(self, topics: Topic) -> None:
        if topics & SHOWS:
            try:
                self._show(incident_pages.view(self._session.desk, self._incident_id))
            except NotFoundError:  # undone meanwhile
                self.reject()

    # What is shown

    def _show(self, view: IncidentView) -> None:
        self._view = view
        chosen = self.table.current_id()
        self.model.show_rows(view.cases, id_of=lambda one: one.case_id)
        if chosen is not None:
            self.table.select_id(chosen)
        count = counted(view.customers, "{n} customer", "{n} customers")
        self._card.show_foot(
            count, tr("worth to them"), self._session.money(view.value_cents, short=True)
        )
        self._tell.setEnabled(bool(view.to_tell))
        self._give.setEnabled(any(one.is_open for one in view.cases))
        self._letters.setEnabled(bool(self._for_letters()))
        self._show_facts(view)
        self.set_note(left_alone_words(view), "info" if view.left_alone else "")

    def _show_facts(self, view: IncidentView) -> None:
        clear(self._facts)
        money = self._session.money
        lines = (
            (tr("Customers"), str(view.customers)),
            (tr("Have heard from you"), str(view.contacted)),
            (tr("Get something"), str(view.given)),
            (tr("Put right"), str(view.made_right)),
            (tr("Won back"), str(view.won_back)),
            (tr("Worth to them"), money(view.value_cents, short=True)),
            (tr("Costs you"), money(view.cost_cents, short=True)),
        )
        numbers = column(*(FactLine(name, value) for name, value in lines), gap=6)
        self._facts.addLayout(numbers)
        self._facts.addWidget(Line("border"))
        day = view.happened_on or self._session.local(view.created_at).date()
        when = tr("Happened on") if view.happened_on else tr("Written down on")
        for name, words in (
            (when, day_words(day)),
            (tr("Cause"), view.cause or tr("Not yet known")),
            (tr("What happened"), view.words),
            (tr("Our part in it"), view.our_part),
        ):
            if words:
                self._facts.addLayout(_fact(name, words))

    def _show_current(self, case_id: int) -> None:
        for button in (self._open, self._leave):
            button.setEnabled(case_id >= 0)

    def _for_letters(self) -> list[int]:
        """Return the cases that are not over, of those who may be written to."""
        return [
            one.case_id
            for one in self._view.cases
            if one.status in OPEN_STATUSES and not one.do_not_contact
        ]

    # What is done

    def _tell_all(self) -> None:
        with told_to_owner(self):
            TellAllDialog(self._session, self._incident_id, parent=self).open()

    def _give_all(self) -> None:
        with told_to_owner(self):
            GiveAllDialog(self._session, self._incident_id, parent=self).open()

    def _add_customers(self) -> None:
        with told_to_owner(self):
            dialog = AddCustomersDialog(self._session, self._incident_id, parent=self)
            dialog.added.connect(self._say_added)
            dialog.open()

    def _say_added(self, count: int) -> None:
        self._session.said.emit(counted(count, "{n} customer added", "{n} customers added"))

    def _write_letters(self) -> None:
        case_ids = self._for_letters()
        self.accept()
        self.letters_wanted.emit(case_ids)

    def _open_current(self) -> None:
        case_id = self.table.current_id()
        if case_id is not None:
            self._open_case(case_id)

    def _open_case(self, case_id: int) -> None:
        self.accept()
        self.case_wanted.emit(case_id)

    def _take_out(self) -> None:
        case_id = self.table.current_id()
        if case_id is not None:
            with told_to_owner(self):
                incidents.leave(self._session.desk, case_id)


def _fact(name: str, words: str) -> QBoxLayout:
    return column(Text(name, "secondary", "text2"), Text(words, "body", wrap=True), gap=2)


def _who(one: IncidentCase) -> Cell:
    return two_lines(one.customer, one.number, avatar=one.customer)


def _told(one: IncidentCase) -> Cell:
    if one.contacted:
        return icon_text(tr("Yes"), "check", tone="accent")
    if one.do_not_contact:
        return icon_text(tr("Leave alone"), "ban")
    return icon_text(tr("Not yet"), "hourglass", tone="warn") if one.is_open else text(NONE)


def _given(one: IncidentCase) -> Cell:
    return text(one.given) if one.given else text(NONE, faint=True)


def _stage(one: IncidentCase) -> Cell:
    if one.outcome is not Outcome.PENDING:
        found = label(one.outcome)
        return icon_text(found.text, found.icon, tone=found.tone)
    return pips(label(one.stage).text, STAGES.index(one.stage) + 1, len(STAGES))
