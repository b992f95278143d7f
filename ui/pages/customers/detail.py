"""One customer beside the list: how to reach them, what they like, what there was."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from recoverydesk.domain.case import Outcome
from recoverydesk.domain.days import day_words, short_words
from recoverydesk.domain.voucher import shown_code
from recoverydesk.services.customer_pages import (
    CaseOfCustomer,
    CustomerView,
    VoucherOfCustomer,
)
from ui import look
from ui.pages.customers.care import chance_card, gifts_card, lasting_card, touch_line
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card, FactLine, Panel
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.link_rows import LinkRow
from ui.widgets.meters import Avatar
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Icon, Line, Text
from ui.wording import counted, filled, label, tr

MOST_VISITS = 5


class CustomerDetail(QWidget):
    """A customer in a few cards.

    Signals:
        case_wanted: a case was pressed. Argument: its id.
        voucher_wanted: a voucher was pressed. Argument: its code.
        log_wanted, visit_wanted, edit_wanted, merge_wanted, experience_wanted, ways_wanted: a
            button was pressed.
        data_wanted: everything held on them is to be given to them.
        forget_wanted: they are to be forgotten.
        expect_wanted: the day on which they are expected is to be noted or changed.
        gift_wanted: a gift is to be planned or given. Argument: the planned one's id, or 0.
        lasting_wanted: what they may have for a time is to be changed. Argument: its id.
    """

    case_wanted = Signal(int)
    voucher_wanted = Signal(str)
    log_wanted = Signal()
    visit_wanted = Signal()
    edit_wanted = Signal()
    merge_wanted = Signal()
    experience_wanted = Signal()
    ways_wanted = Signal()
    data_wanted = Signal()
    forget_wanted = Signal()
    gift_wanted = Signal(int)
    expect_wanted = Signal()
    lasting_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._cards = column(gap=16, margins=(0, 0, 12, 0))
        self.setLayout(column(ScrollArea(boxed(column(self._cards, STRETCH)))))

    def show_nobody(self) -> None:
        """Show no customer."""
        clear(self._cards)

    def show_customer(self, view: CustomerView) -> None:
        """Show another customer, or the same anew."""
        clear(self._cards)
        self._cards.addWidget(self._about(view))
        self._cards.addWidget(self._cases(view))
        if view.entitlements:
            lasting = lasting_card(view, self._session, change=self.lasting_wanted.emit)
            self._cards.addWidget(lasting)
        self._cards.addWidget(
            chance_card(view, add=self.experience_wanted.emit, ways=self.ways_wanted.emit)
        )
        gifts = gifts_card(
            view,
            self._session,
            new=lambda: self.gift_wanted.emit(0),
            give=self.gift_wanted.emit,
        )
        self._cards.addWidget(gifts)
        if view.vouchers:
            self._cards.addWidget(self._vouchers(view))
        self._cards.addWidget(self._visits(view))

    def _about(self, view: CustomerView) -> QWidget:
        edit = IconButton("pencil", tr("Edit"))
        edit.clicked.connect(lambda _on: self.edit_wanted.emit())
        merge = IconButton("merge", tr("Merge with another customer"))
        merge.clicked.connect(lambda _on: self.merge_wanted.emit())
        name = Text(view.name, "card", wrap=True)
        letters = Text(filled("“Dear {name}” in letters", name=view.greeting), "caption", "text2")
        head = row(
            column(Avatar(view.name, 44), STRETCH),
            (column(name, letters, STRETCH), 1),
            column(row(merge, edit, self._more(), gap=0), STRETCH),
            gap=12,
        )
        panel = Panel()
        panel.setAccessibleName(view.name)
        parts = column(head, gap=12, margins=(20, 16, 14, 18))
        reach = self._reach(view)
        if reach:
            parts.addLayout(column(*reach))
        parts.addLayout(column(*self._facts(view), gap=6, margins=(0, 0, 6, 0)))
        parts.addLayout(column(*self._buttons(view), gap=8, margins=(0, 4, 6, 0)))
        panel.setLayout(parts)
        return panel

    def _more(self) -> IconButton:
        """Return the button of what is rarer."""
        more = IconButton("ellipsis", tr("More about this customer"))
        more.clicked.connect(lambda _on: self._open_more(more))
        return more

    def _open_more(self, button: QWidget) -> None:
        menu = self.more_menu()
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def more_menu(self) -> QMenu:
        """Return the menu of what is rarer."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for icon, words, wanted in (
            ("folder-open", tr("&Give them their data…"), self.data_wanted),
            ("trash-2", tr("&Forget this person…"), self.forget_wanted),
        ):
            action = menu.addAction(look.icon(icon), words)
            action.triggered.connect(lambda _on=False, wanted=wanted: wanted.emit())
        return menu

    def _reach(self, view: CustomerView) -> list[QWidget]:
        told = (
            ("phone", view.phone, tr("Phone"), tr("Copy the phone number")),
            ("mail", view.email, tr("E-mail"), tr("Copy the e-mail address")),
            ("map-pin", _place(view), tr("Address"), tr("Copy the address")),
        )
        return [
            boxed(
                row(
                    (column(STRETCH, _told(icon, words, what), STRETCH), 1),
                    self._copy_button(words, name),
                    gap=4,
                )
            )
            for icon, words, what, name in told
            if words
        ]

    def _copy_button(self, words: str, name: str) -> IconButton:
        button = IconButton("copy", name, size="small")
        button.clicked.connect(lambda _on: self._copy(words))
        return button

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._session.said.emit(tr("Copied"))

    def _facts(self, view: CustomerView) -> list[QWidget]:
        facts: list[QWidget] = [Line()]
        worth = view.worth_year_cents
        unknown = tr("not known")
        money = unknown if worth is None else self._session.money(worth, short=True)
        facts.append(FactLine(tr("Worth a year"), money))
        if view.since_on is not None:
            facts.append(FactLine(tr("Customer since"), str(view.since_on.year)))
        if view.do_not_contact:
            asked = view.do_not_contact_why or tr("They asked not to be contacted")
            facts.append(_told("ban", asked, tr("Do not contact")))
        way = "" if view.preferred_way is None else label(view.preferred_way).text
        wish = ", ".join(part for part in (way, view.best_time) if part)
        for icon, words, what in (
            ("clock", wish, tr("Best reached by")),
            ("heart", view.likes, tr("Likes")),
            ("lock", view.note, tr("Only for you")),
        ):
            if words:
                facts.append(_told(icon, words, what))
        if view.touch is not None:
            facts.append(touch_line(view.touch, self._session))
        return facts

    def _buttons(self, view: CustomerView) -> list[QWidget]:
        log = Button(tr("Log an unhappy customer"), "tonal", icon="plus")
        log.clicked.connect(lambda _on: self.log_wanted.emit())
        again = Button(tr("They bought again"), "secondary", icon="shopping-bag")
        again.clicked.connect(lambda _on: self.visit_wanted.emit())
        expect = Button(self._expected(view), "secondary", icon="store")
        expect.clicked.connect(lambda _on: self.expect_wanted.emit())
        for button in (log, again, expect):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return [log, again, expect]

    def _expected(self, view: CustomerView) -> str:
        if view.expected_on is None:
            return tr("Expect them on…")
        today = self._session.today()
        day = short_words(view.expected_on, today)
        if view.expected_on < today:
            return filled("Was expected {day}…", day=day)
        return filled("Expected {day}…", day=day)

    def _cases(self, view: CustomerView) -> Card:
        card = Card(tr("Cases"), str(len(view.cases)) if view.cases else "", gap=4)
        for case in view.cases:
            line = self._case_row(case)
            line.clicked.connect(lambda _on, case_id=case.case_id: self.case_wanted.emit(case_id))
            card.add(line)
        if not view.cases:
            card.add(Text(tr("Nothing ever went wrong."), "secondary", "text2", wrap=True))
        return card

    def _case_row(self, case: CaseOfCustomer) -> LinkRow:
        upset = label(case.severity)
        opened = short_words(self._session.local(case.opened_at).date(), self._session.today())
        ended = case.outcome is not Outcome.PENDING
        where = label(case.outcome).text if ended else label(case.stage).text
        line = LinkRow(
            case.summary or case.number,
            filled("{opened} · {where}", opened=opened.partition(" ")[2], where=where),
            icon=upset.icon,
            tone=upset.tone if not ended else "neutral",
        )
        line.setAccessibleDescription(f"{case.number}, {upset.text}, {where}")
        return line

    def _vouchers(self, view: CustomerView) -> Card:
        card = Card(tr("Vouchers"), str(len(view.vouchers)), gap=4)
        for voucher in view.vouchers:
            line = self._voucher_row(voucher)
            code = shown_code(voucher.code)
            line.clicked.connect(lambda _on, code=code: self.voucher_wanted.emit(code))
            card.add(line)
        return card

    def _voucher_row(self, voucher: VoucherOfCustomer) -> LinkRow:
        money = self._session.money
        day = voucher.valid_to
        until = tr("no end date") if day is None else filled("until {day}", day=day_words(day))
        if day is not None and day < self._session.today():
            until = tr("has run out")
        return LinkRow(
            shown_code(voucher.code),
            until if voucher.balance_cents else tr("used up"),
            icon="gift",
            value=money(voucher.balance_cents),
            value_sub=filled("of {amount}", amount=money(voucher.initial_cents)),
        )

    def _visits(self, view: CustomerView) -> Card:
        card = Card(tr("Bought again"), str(len(view.visits)) if view.visits else "", gap=6)
        today = self._session.today()
        for day, cents, words in view.visits[:MOST_VISITS]:
            when = short_words(day, today)
            said = f"{when}: {words}" if words else when
            card.add(FactLine(said, "" if cents is None else self._session.money(cents)))
        more = len(view.visits) - MOST_VISITS
        if more > 0:
            earlier = counted(more, "and {n} earlier visit", "and {n} earlier visits")
            card.add(Text(earlier, "caption", "text2"))
        if not view.visits:
            nothing = tr("No visit written down yet.")
            card.add(Text(nothing, "secondary", "text2", wrap=True))
        return card


def _place(view: CustomerView) -> str:
    """Return where they live, in one line."""
    street = ", ".join(view.address.splitlines())
    town = " ".join(part for part in (view.postcode, view.town) if part)
    return ", ".join(part for part in (street, town, view.country) if part)


def _told(icon: str, words: str, what: str) -> QWidget:
    """Return an icon and what it stands for, over as many lines as it needs."""
    text = Text(words, "secondary", wrap=True)
    text.setAccessibleName(f"{what}: {words}")
    beside = column(Icon(icon, "text2"), STRETCH, margins=(0, 2, 0, 0))
    return boxed(row(beside, (text, 1), gap=10))
