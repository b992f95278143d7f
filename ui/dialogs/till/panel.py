"""One line for a name, a phone or a code, and under it what is due."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.services import till
from recoverydesk.services.customer_lists import CustomerRow
from recoverydesk.services.till import Answer, Due
from recoverydesk.services.voucher_views import VoucherView
from recoverydesk.topics import Topic
from ui import look
from ui.dialogs.till.due import DueCard
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.fields import SearchField
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.link_rows import LinkRow
from ui.widgets.text import Icon, Text
from ui.wording import counted, filled, tr

SHOWS = Topic.CUSTOMERS | Topic.CASES | Topic.VOUCHERS | Topic.REMEDIES


class TillPanel(QWidget):
    """Finds a customer or a code and shows what is due; can do nothing but what a till needs.

    A scanner types the code and presses Enter: the amount is ready then, and Enter takes it off.

    Signals:
        shown: what is due to somebody is shown. Argument: the `Due`, or None.

    Attributes:
        field: the line.
        card: what is due to the customer who was found.
    """

    shown = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._answer = Answer()
        self._customer: int | None = None
        self._voucher: VoucherView | None = None
        self._undoes: int | None = None
        self.field = SearchField(
            name=tr("Name, phone or code"),
            example=tr("Name, phone, or scan a code"),
            height=48,
        )
        self._people = column(gap=2)
        self._found = boxed(self._people)
        self._said = Text("", "body", "text2", wrap=True)
        self._done = Text("", "strong", "accent_text", wrap=True)
        self._undo = Button(tr("Undo"), "link", size="small")
        self._line = boxed(
            row(Icon("circle-check", "accent", 18), (self._done, 1), self._undo, gap=8)
        )
        self.card = DueCard(session)
        self.setLayout(
            column(
                self.field,
                self._said,
                self._found,
                self._line,
                self.card,
                STRETCH,
                gap=12,
            )
        )
        for widget in (self._line, self.card, self._said, self._found):
            widget.hide()
        self.setFocusProxy(self.field)
        self.setMinimumHeight(look.px(420))
        self._connect()
        self._show_expected()

    def _connect(self) -> None:
        self.field.searched.connect(self._search)
        self.field.returnPressed.connect(self._entered)
        self.card.done.connect(self._tell)
        self.card.amount_left.connect(self._ready)
        self._undo.clicked.connect(lambda _on: self._take_back())
        self._session.changes.saved.connect(self._saved)

    def look_up(self, typed: str) -> None:
        """Look something up as if it had been typed."""
        self.field.setText(typed)
        self._search(typed)
        self._entered()

    def _search(self, typed: str) -> None:
        with told_to_owner(self):
            answer = till.look(self._session.desk, typed, now=self._session.now())
            self._take(answer, typed)

    def _take(self, answer: Answer, typed: str) -> None:
        self._answer = answer
        self._line.hide()
        self._say(answer.trouble, "danger" if answer.trouble else "text2")
        self._list(())
        if answer.voucher is not None:
            self._show_customer(answer.voucher.customer_id, answer.voucher)
        elif len(answer.people) == 1:
            self._show_customer(answer.people[0].customer_id)
        else:
            self._show_nobody()
            self._list(answer.people)
            if not answer.people and not answer.trouble:
                self._show_expected() if not typed else self._say_nobody(typed)

    def _say_nobody(self, typed: str) -> None:
        if len(typed) >= till.LEAST_SIGNS:
            nobody = filled("Nobody on your desk is called “{typed}”.", typed=typed)
            self._say(f"{nobody} {tr('Try the end of their phone number.')}")

    def _say(self, words: str, token: look.Token = "text2") -> None:
        self._said.setText(words)
        self._said.set_token(token)
        self._said.setVisible(bool(words))

    def _list(self, people: tuple[CustomerRow, ...]) -> None:
        clear(self._people)
        for one in people:
            hint = " · ".join(part for part in (one.phone or one.email, one.town) if part)
            open_ = counted(one.open_cases, "{n} open case", "{n} open cases")
            line = LinkRow(
                one.name, hint, icon="user", value=open_ if one.open_cases else "", tone="neutral"
            )
            line.clicked.connect(partial(self._pick, one.customer_id))
            self._people.addWidget(line)
        self._found.setVisible(bool(people))

    def _show_expected(self) -> None:
        with told_to_owner(self):
            people = till.expected_today(self._session.desk, now=self._session.now())
        self._say(
            tr("Expected today: greet them in person.")
            if people
            else tr("What is due to somebody is here before they have found their purse.")
        )
        self._list(people)

    def _pick(self, customer_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self._list(())
        self._say("")
        self._show_customer(customer_id)

    def _show_nobody(self) -> None:
        self._customer = self._voucher = None
        self.card.hide()
        self.shown.emit(None)

    def _show_customer(self, customer_id: int, voucher: VoucherView | None = None) -> None:
        with told_to_owner(self):
            due: Due = till.due(self._session.desk, customer_id, now=self._session.now())
            self._customer, self._voucher = customer_id, voucher
            self.card.show_due(due, voucher)
            self.card.show()
            self.shown.emit(due)

    def _entered(self) -> None:
        """Go on from the line: to the amount of a code, else into what was found."""
        if self._answer.voucher is not None:
            self.card.focus_amount()
        elif self._customer is None and self._answer.people:
            self._pick(self._answer.people[0].customer_id)
        elif self._customer is not None:
            self.card.focus_first()

    def _ready(self) -> None:
        """Be ready for the next one."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _tell(self, words: str) -> None:
        newest = self._session.desk.last_undoable()
        self._undoes = None if newest is None else newest.id
        self._done.setText(words)
        self._undo.setVisible(self._undoes is not None)
        self._line.show()

    def _take_back(self) -> None:
        with told_to_owner(self):
            self._session.desk.undo(self._undoes)
            self._line.hide()
            self._ready()

    def _saved(self, topics: Topic) -> None:
        if topics & SHOWS and self._customer is not None and self.isVisible():
            voucher = self._voucher
            if voucher is not None:
                voucher = self.card.again(voucher)
            self._show_customer(self._customer, voucher)
