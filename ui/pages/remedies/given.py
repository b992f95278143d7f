"""What was agreed and has not reached the customer yet: a list, and what to do about it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QElapsedTimer, QModelIndex, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.services import entitlements, fulfilments
from recoverydesk.services.entitlements import EntitlementView
from recoverydesk.services.fulfilments import FulfilmentRow, FulfilmentTotals, Usual
from ui.dialogs.entitlement import EntitlementDialog, lasting_words
from ui.dialogs.give_remedy import GiveRemedyDialog
from ui.errors import told_to_owner
from ui.session import Session
from ui.tables import Cell, Column, RowsModel, icon_text, number, text, two_lines
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, FactLine, on_panel
from ui.widgets.chips import FilterChips
from ui.widgets.empties import EmptyState
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.lists import TableCard, TableView
from ui.widgets.page import OpenCase, OpenCustomer, PrintCertificate
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Text
from ui.wording import counted, filled, label, tr

CHIPS = (
    ("to_give", "To give"),
    ("late", "Late"),
    ("refunds", "Refunds"),
    ("given", "Given"),
)
WAITING = frozenset({RemedyStatus.AGREED, RemedyStatus.ISSUED})
FEW = 10
"""Of fewer it is said how many they are: an average of a handful says more than it knows."""
FEWEST_TO_NAME = 3
"""Of fewer, a kind is never called the slowest."""


class GivenSource:
    """The remedies of one filter in one order."""

    def __init__(self, session: Session, which: str, sort: str, *, descending: bool) -> None:
        self._session = session
        self._which = which
        self._sort = sort
        self._descending = descending

    def ids(self) -> Sequence[int]:
        """Return the ids of all rows in order."""
        return fulfilments.ids(
            self._session.desk,
            now=self._session.now(),
            which=self._which,
            sort=self._sort,
            descending=self._descending,
        )

    def rows(self, ids: Sequence[int], /) -> Mapping[int, FulfilmentRow]:
        """Return the rows with these ids."""
        return fulfilments.rows(self._session.desk, ids, now=self._session.now())


def is_open(shown: FulfilmentRow) -> bool:
    """Say whether the customer still waits for it."""
    return shown.status in WAITING and shown.given_on is None


def lacks_code(shown: FulfilmentRow) -> bool:
    """Say whether it was agreed as a voucher and none has been issued for it yet."""
    return shown.kind is RemedyKind.VOUCHER and shown.status is RemedyStatus.AGREED


def agreed_words(shown: FulfilmentRow) -> str:
    """Return since when it waits: "Agreed 9 days ago"."""
    if not shown.days:
        return tr("Agreed today")
    return counted(shown.days, "Agreed {n} day ago", "Agreed {n} days ago")


def promise_words(shown: FulfilmentRow, session: Session) -> str:
    """Return how it stands to what was promised: "day 9 of 7", "for Fri 6 Nov"."""
    by = shown.promised_for
    if by is None:
        return tr("not yet given")
    if shown.kind is RemedyKind.REFUND:
        days = str((by - shown.agreed_on).days)
        return filled("not yet given: day {n} of {days}", n=str(shown.days), days=days)
    if shown.late:
        late = (session.today() - by).days
        return counted(late, "not yet given: {n} day late", "not yet given: {n} days late")
    return filled("not yet given: for {day}", day=short_words(by, session.today()))


def given_words(shown: FulfilmentRow, session: Session) -> tuple[str, str]:
    """Return when they got it, and how long that took."""
    if shown.given_on is None:
        return label(shown.status).text, tr("never handed over")
    day = filled("Given {day}", day=short_words(shown.given_on, session.today()))
    took = counted(shown.days, "after {n} day", "after {n} days") if shown.days else tr("at once")
    return day, took


class GivenColumns:
    """The cells of the list."""

    DEED = 3
    """The column that hands over when it is clicked."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def columns(self) -> list[Column[FulfilmentRow]]:
        """Return the columns, left to right."""
        return [
            Column(tr("For whom, and what"), _whom, sort="customer"),
            Column(tr("Since when"), self._since, sort="agreed", width=216),
            Column(tr("Worth"), self._worth, sort="worth", width=98, right=True),
            Column(tr("What to do"), _deed, width=142),
        ]

    def _since(self, shown: FulfilmentRow) -> Cell:
        if not is_open(shown):
            return two_lines(*given_words(shown, self._session), strong=False)
        words = promise_words(shown, self._session)
        if shown.late:
            return two_lines(
                agreed_words(shown), words, icon="circle-alert", tone="danger", strong=False
            )
        return two_lines(agreed_words(shown), words, strong=False)

    def _worth(self, shown: FulfilmentRow) -> Cell:
        return number(self._session.money(shown.value_cents), faint=True)


def _whom(shown: FulfilmentRow) -> Cell:
    return two_lines(shown.customer, shown.words, lead=label(shown.kind).icon or "gift")


def _deed(shown: FulfilmentRow) -> Cell:
    if not is_open(shown):
        return text("")
    if lacks_code(shown):
        return icon_text(tr("Issue its code"), "gift", tone="accent", strong=True)
    return icon_text(tr("Handed over"), "check", tone="accent", strong=True)


class ChosenCard(Card):
    """The remedy that is selected, and what can be done with it.

    Signals:
        hand_over_wanted, case_wanted, customer_wanted: a button was pressed.
        change_wanted: what lasts for a time is to be changed. Argument: the entitlement's id.
    """

    hand_over_wanted = Signal()
    change_wanted = Signal(int)
    case_wanted = Signal()
    customer_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(" ", gap=8)
        self._session = session
        self._words = Text("", "secondary", "text2", wrap=True)
        self._since = Text("", "label", wrap=True)
        self._facts = column(gap=4)
        self.deed = Button("", "primary", icon="check", size="large")
        self._lasting: EntitlementView | None = None
        self._lasts = Text("", "secondary", "text2", wrap=True)
        self._change = Button(tr("Change or take back…"), "secondary", icon="pencil", size="small")
        self._case = Button("", "link")
        self._customer = Button(tr("Customer"), "link")
        self.add(self._words, self._since)
        self.body.addLayout(self._facts)
        self.body.addLayout(row(self.deed, STRETCH))
        self.add(self._lasts)
        self.body.addLayout(row(self._change, STRETCH))
        self.body.addLayout(row(self._case, self._customer, STRETCH, gap=16))
        self.deed.clicked.connect(lambda _on: self.hand_over_wanted.emit())
        self._change.clicked.connect(lambda _on: self._tell_change())
        self._case.clicked.connect(lambda _on: self.case_wanted.emit())
        self._customer.clicked.connect(lambda _on: self.customer_wanted.emit())

    def show_row(self, shown: FulfilmentRow | None) -> None:
        """Show a remedy; hide for None."""
        self.setVisible(shown is not None)
        if shown is None:
            return
        money = self._session.money
        self.set_title(shown.customer)
        self._words.setText(shown.words)
        waits = is_open(shown)
        said = (
            (agreed_words(shown), promise_words(shown, self._session))
            if waits
            else given_words(shown, self._session)
        )
        self._since.setText(", ".join(said))
        self._since.set_token("danger" if shown.late else "text")
        clear(self._facts)
        self._facts.addWidget(FactLine(tr("Worth to them"), money(shown.value_cents)))
        self._facts.addWidget(FactLine(tr("Cost to you"), money(shown.cost_cents)))
        self.deed.setVisible(waits)
        self.deed.set_text(tr("Issue its code") if lacks_code(shown) else tr("Handed over"))
        self._show_lasting(shown)
        self._case.setVisible(shown.case_id is not None)
        self._case.set_text(filled("Case {number}", number=shown.case_number))

    def _show_lasting(self, shown: FulfilmentRow) -> None:
        session = self._session
        self._lasting = entitlements.granted(session.desk, shown.remedy_id, now=session.now())
        self._lasts.setVisible(self._lasting is not None)
        self._change.setVisible(self._lasting is not None and not self._lasting.taken_back)
        if self._lasting is not None:
            self._lasts.setText(lasting_words(self._lasting, session))

    def _tell_change(self) -> None:
        if self._lasting is not None:
            self.change_wanted.emit(self._lasting.entitlement_id)


class PaceCard(Card):
    """How long each kind takes from "agreed" to "given", and which takes longest."""

    def __init__(self) -> None:
        super().__init__(tr("From agreed to given"), gap=6)
        self._lines = column(gap=4)
        self._slowest = Text("", "secondary", "text2", wrap=True)
        self.body.addLayout(self._lines)
        self.add(self._slowest)

    def show_usual(self, usual: Sequence[Usual]) -> None:
        """Show what is known of the last year; hide where that is nothing."""
        self.setVisible(bool(usual))
        clear(self._lines)
        for one in usual:
            name = f"{label(one.kind).text} ({one.count})"
            line = FactLine(name, counted(one.days, "{n} day", "{n} days"))
            line.setAccessibleName(filled("{kind}: {days} days", kind=name, days=str(one.days)))
            self._lines.addWidget(line)
        said = slowest_words(usual)
        self._slowest.setText(said)
        self._slowest.setVisible(bool(said))


def slowest_words(usual: Sequence[Usual]) -> str:
    """Return one sentence about the kind that takes longest; empty where none stands out."""
    known = [one for one in usual if one.count >= FEWEST_TO_NAME]
    if not known or known[0].days == known[-1].days:
        return ""
    slow = known[0]
    days = counted(slow.days, "{n} day", "{n} days")
    kind, count = label(slow.kind).text, str(slow.count)
    if slow.count < FEW:
        said = "{kind} takes longest: half of the {n} took {days} or less."
        return filled(said, kind=kind, n=count, days=days)
    return filled("{kind} takes longest: {days} as a rule.", kind=kind, days=days)


class GivenList(QWidget):
    """The list of what is to be handed over, narrowed and sorted; its cards stand in `panel`.

    Signals:
        wished: something outside this page is wanted. Argument: a `Wish`.

    Attributes:
        panel: the cards beside the list.
    """

    wished = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._which, self._sort, self._descending = "to_give", "agreed", False
        self._done = QElapsedTimer()
        self.chips = FilterChips([(key, tr(words)) for key, words in CHIPS], name=tr("Which ones"))
        self._model = RowsModel(GivenColumns(session).columns(), self)
        self.table = TableView(self._model, name=tr("To hand over"))
        self._card = TableCard(self.table)
        self._none = EmptyState("", picture="gifts")
        self._below = QStackedWidget()
        self._below.addWidget(self._card)
        self._below.addWidget(on_panel(self._none))
        self.setLayout(column(self.chips, (self._below, 1), gap=16))
        self.chosen_card = ChosenCard(session)
        self._pace = PaceCard()
        cards = column(self.chosen_card, self._pace, STRETCH, gap=16, margins=(0, 0, 12, 0))
        self.panel = ScrollArea(boxed(cards))
        self.table.show_sorted(self._sort)
        self._connect()
        self.chosen_card.hide()

    def _connect(self) -> None:
        self.chips.chosen.connect(self._choose)
        self._model.sort_wanted.connect(self._sort_by)
        self.table.current_changed.connect(lambda _id: self._show_chosen())
        self.table.opened.connect(lambda _id: self._open())
        self.table.clicked.connect(self._clicked)
        self.chosen_card.hand_over_wanted.connect(self.hand_over)
        self.chosen_card.change_wanted.connect(self._change_lasting)
        self.chosen_card.case_wanted.connect(self._open)
        self.chosen_card.customer_wanted.connect(self._open_customer)

    def refresh(self) -> None:
        """Read list and cards again; the line that took the place of a handed one is chosen."""
        at, place = self.table.verticalScrollBar().value(), self.table.currentIndex().row()
        chosen = self._model.id_at(self.table.currentIndex())
        totals = fulfilments.totals(self._session.desk, now=self._session.now())
        for key, count in totals.counts.items():
            self.chips.set_count(key, count)
        self._show_foot(totals)
        self._pace.show_usual(totals.usual)
        self._model.show_source(
            GivenSource(self._session, self._which, self._sort, descending=self._descending)
        )
        self.table.verticalScrollBar().setValue(at)
        count = self._model.rowCount()
        self._below.setCurrentIndex(0 if count else 1)
        if chosen is not None and not self.table.select_id(chosen) and count:
            self.table.setCurrentIndex(self._model.index(min(place, count - 1), 0))
        self._show_chosen()

    def _show_foot(self, totals: FulfilmentTotals) -> None:
        to_give, late = totals.counts["to_give"], totals.counts["late"]
        waiting = counted(to_give, "{n} agreed, not yet given", "{n} agreed, not yet given")
        said = f"{waiting}, {counted(late, '{n} late', '{n} late')}" if late else waiting
        money = self._session.money(totals.value_cents)
        self._card.show_foot(said, tr("Still to hand over"), money)
        if totals.counts["to_give"] or totals.counts["given"]:
            title = tr("Nothing of this kind waits")
            self._none.set_words(title, tr("Whatever you agree comes here until they have it."))
            return
        self._none.set_words(
            tr("Nothing agreed yet"),
            tr("What you promise a customer waits here until you have handed it over."),
        )

    def choose(self, which: str) -> None:
        """Turn one of the chips on."""
        self.chips.choose(which)

    def _choose(self, which: str) -> None:
        self._which = which
        # What waits begins with the oldest; what was given, with the newest.
        self._sort, self._descending = "agreed", which == "given"
        self.table.show_sorted(self._sort, descending=self._descending)
        self._read()

    def _sort_by(self, sort: str, descending: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._sort, self._descending = sort, descending
        self._read()

    def _read(self) -> None:
        with told_to_owner(self):
            self.refresh()

    def _row(self) -> FulfilmentRow | None:
        # While the current line changes, the selection still lags behind it.
        return self._model.row_at(self.table.currentIndex())

    def _show_chosen(self) -> None:
        self.chosen_card.show_row(self._row())

    def _clicked(self, index: QModelIndex) -> None:
        shown = self._model.row_at(index)
        if index.column() == GivenColumns.DEED and shown is not None and is_open(shown):
            self.hand_over()

    def hand_over(self) -> None:
        """Note that the customer has got what is selected, or issue its code first."""
        shown = self._row()
        if shown is None or not is_open(shown) or self._just_done():
            return
        with told_to_owner(self):
            if lacks_code(shown):
                self._issue(shown)
                return
            session = self._session
            entitlements.hand_over(session.desk, shown.remedy_id, now=session.now())
            self._done.start()

    def _just_done(self) -> bool:
        """Say whether this is the second half of a double click: another line stands there now."""
        return self._done.isValid() and self._done.elapsed() < QApplication.doubleClickInterval()

    def _issue(self, shown: FulfilmentRow) -> None:
        dialog = GiveRemedyDialog(self._session, shown.case_id, shown.remedy_id, parent=self)
        dialog.printed_wanted.connect(lambda code: self.wished.emit(PrintCertificate(code)))
        dialog.open()

    def _change_lasting(self, entitlement_id: int) -> None:
        with told_to_owner(self):
            EntitlementDialog(self._session, entitlement_id, parent=self.window()).open()

    def _open(self) -> None:
        shown = self._row()
        if shown is None or self._just_done():
            return
        if shown.case_id is None:
            self.wished.emit(OpenCustomer(shown.customer_id))
        else:
            self.wished.emit(OpenCase(shown.case_id, "right"))

    def _open_customer(self) -> None:
        shown = self._row()
        if shown is not None:
            self.wished.emit(OpenCustomer(shown.customer_id))
