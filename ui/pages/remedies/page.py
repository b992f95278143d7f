"""The page of remedies: vouchers and the box that redeems them, or what is to be handed over."""

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from recoverydesk.services import fulfilments, insights, voucher_register
from recoverydesk.services.voucher_views import VoucherView
from recoverydesk.topics import Topic
from ui import look
from ui.actions import Command
from ui.dialogs.give_remedy import GiveRemedyDialog
from ui.dialogs.register import RegisterDialog
from ui.errors import told_to_owner
from ui.pages.remedies.columns import RegisterSource, columns
from ui.pages.remedies.given import GivenList
from ui.pages.remedies.redeem import RedeemCard
from ui.pages.remedies.side import HistoryCard, MonthCard, SoonCard
from ui.session import Session
from ui.tables import RowsModel
from ui.widgets.buttons import Button
from ui.widgets.cards import on_panel
from ui.widgets.chips import FilterChips, Segmented
from ui.widgets.empties import EmptyState
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.lists import TableCard, TableView
from ui.widgets.page import FOR_A_CODE, OpenCase, OpenCustomer, Page, PrintCertificate, Wish
from ui.widgets.scrolls import ScrollArea
from ui.wording import filled, tr

PANEL = 316
"""The cards at the right, with the gutter their bar floats in."""
NARROW_PANEL = 300
NARROW = 1130
"""Below this width of the page its panel is narrower."""


class RemediesPage(Page):
    """What was promised with a code, and what it costs."""

    SHOWS = Topic.VOUCHERS | Topic.REMEDIES | Topic.CUSTOMERS | Topic.SHOP

    HAS_PRIMARY = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("remedies")
        self._which, self._sort, self._descending = "open", "use_by", False
        self._make_register()
        self._make_panel()
        self.given = GivenList(session)
        self.given.panel.hide()
        self.given.wished.connect(self.wished)
        self.view = Segmented(
            [("vouchers", tr("Vouchers")), ("given", tr("To hand over"))], name=tr("Which list")
        )
        self.view.chosen.connect(self._show_view)
        issue = Button.for_command(Command.ISSUE_GIFT_CARD, self._issue, size="small")
        books = Button(
            tr("For your books…"),
            icon="file-spreadsheet",
            size="small",
            tip=tr("What was given, used and ran out in a month"),
        )
        books.clicked.connect(lambda _on: self._open_register())
        tools = row(self.view, STRETCH, books, issue, gap=8)
        self._lists = QStackedWidget()
        self._lists.addWidget(boxed(column(self.chips, (self._below, 1), gap=16)))
        self._lists.addWidget(self.given)
        left = column(tools, (self._lists, 1), gap=16)
        self.setLayout(row((left, 1), self._panel, self.given.panel, gap=24))

    def _make_register(self) -> None:
        self.chips = FilterChips(
            [
                ("open", tr("Open")),
                ("expires_soon", tr("Expires soon")),
                ("used_up", tr("Used up")),
                ("all", tr("All")),
            ],
            name=tr("Which vouchers"),
        )
        self._model = RowsModel(columns(self.session), self)
        self.table = TableView(self._model, name=tr("Vouchers"))
        self._card = TableCard(self.table)
        self._none = EmptyState("", picture="gifts")
        self._below = QStackedWidget()
        self._below.addWidget(self._card)
        self._below.addWidget(on_panel(self._none))
        self.chips.chosen.connect(self._choose)
        self._model.sort_wanted.connect(self._sort_by)
        self.table.show_sorted(self._sort)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._redeem_row)

    def _make_panel(self) -> None:
        self.redeem_card = RedeemCard(self.session)
        self.history = HistoryCard(self.session)
        self._month = MonthCard(self.session)
        self._soon = SoonCard(self.session)
        self.history.hide()
        cards = column(
            self.redeem_card,
            self.history,
            self._month,
            self._soon,
            STRETCH,
            gap=16,
            margins=(0, 0, 12, 0),
        )
        self._panel = ScrollArea(boxed(cards))
        self._panel.setFixedWidth(look.px(PANEL))
        self.redeem_card.shown.connect(self._show_voucher)
        self.history.code_wanted.connect(self.redeem_card.show_code)
        self.history.print_wanted.connect(lambda code: self.wished.emit(PrintCertificate(code)))
        self.history.case_wanted.connect(lambda case_id: self.wished.emit(OpenCase(case_id)))
        self.history.customer_wanted.connect(lambda id_: self.wished.emit(OpenCustomer(id_)))

    def heading(self) -> str:
        """Return the page's title."""
        return tr("Remedies")

    def subheading(self) -> str:
        """Return the line under the title."""
        return tr("What you have promised, and what it costs")

    def refresh(self) -> None:
        """Read register, box and cards again."""
        with told_to_owner(self):
            self._show_totals()
            self._show_register()
            self.redeem_card.reread()
            self.given.refresh()

    def _show_view(self, key: str) -> None:
        given = key == "given"
        self._lists.setCurrentIndex(1 if given else 0)
        self._panel.setVisible(not given)
        self.given.panel.setVisible(given)
        if given:
            with told_to_owner(self):
                self.given.refresh()  # a day may have gone by: other ones are late
            self.given.table.setFocus()
        else:
            self.redeem_card.focus_code()

    def narrow_to(self, narrow: str) -> None:
        """Show one of the chips, or a voucher by its code, ready to redeem."""
        if narrow in fulfilments.FILTERS:
            self.view.choose("given")
            self.given.choose(narrow)
            return
        self.view.choose("vouchers")
        if narrow in voucher_register.FILTERS:
            self.chips.choose(narrow)
            return
        if narrow == FOR_A_CODE:
            self.redeem_card.focus_code()
            return
        self.redeem_card.show_code(narrow)
        self.redeem_card.focus_amount()

    def print_wish(self) -> Wish | None:
        """Return the certificate of the voucher that is shown."""
        shown = self.redeem_card.view() if self.view.key() == "vouchers" else None
        return None if shown is None else PrintCertificate(shown.code)

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready for a scanner (Qt)."""
        super().showEvent(event)
        if self.view.key() == "vouchers":
            self.redeem_card.focus_code()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the register what room there is (Qt)."""
        super().resizeEvent(event)
        narrow = self.width() < look.px(NARROW)
        for panel in (self._panel, self.given.panel):
            panel.setFixedWidth(look.px(NARROW_PANEL if narrow else PANEL))

    def _show_totals(self) -> None:
        desk, now = self.session.desk, self.session.now()
        totals = voucher_register.totals(desk, now=now)
        for key, count in totals.counts.items():
            self.chips.set_count(key, count)
        given, still = totals.counts["all"], totals.counts["open"]
        self._card.show_foot(
            filled("{given} given, {open} still open", given=str(given), open=str(still)),
            tr("Still to honour"),
            self.session.money(totals.left_cents),
        )
        self._soon.show_totals(totals)
        self._month.show_month(insights.month_so_far(desk, now=now))
        self._say_none(given)

    def _say_none(self, given: int) -> None:
        if given:
            self._none.set_words(tr("None of these at the moment"), tr("“All” shows every one."))
            return
        self._none.set_words(
            tr("Nothing promised yet"),
            tr(
                "Gift certificates, gift cards and coupons come here with a code of their own: who "
                "has one, what is left on it, and how long it is good."
            ),
        )

    def _show_register(self) -> None:
        at = self.table.verticalScrollBar().value()
        source = RegisterSource(self.session, self._which, self._sort, descending=self._descending)
        self._model.show_source(source)
        self.table.verticalScrollBar().setValue(at)
        self._below.setCurrentIndex(0 if self._model.rowCount() else 1)
        self._mark_shown()

    def _mark_shown(self) -> None:
        shown = self.redeem_card.view()
        if shown is None:
            self.table.clearSelection()
        elif self.table.current_id() != shown.voucher_id:
            self.table.select_id(shown.voucher_id)

    def _choose(self, which: str) -> None:
        self._which = which
        with told_to_owner(self):
            self._show_register()

    def _sort_by(self, sort: str, descending: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._sort, self._descending = sort, descending
        with told_to_owner(self):
            self._show_register()

    def _show_current(self, voucher_id: int) -> None:
        row_ = self._model.row_at(self.table.currentIndex()) if voucher_id >= 0 else None
        if row_ is not None:
            self.redeem_card.show_code(row_.code)

    def _redeem_row(self, _voucher_id: int) -> None:
        self.redeem_card.focus_amount()

    def _show_voucher(self, view: VoucherView | None) -> None:
        self.history.show_voucher(view)
        self._mark_shown()

    def _issue(self) -> None:
        dialog = GiveRemedyDialog(self.session, None, parent=self)
        dialog.printed_wanted.connect(lambda code: self.wished.emit(PrintCertificate(code)))
        dialog.issued.connect(self.redeem_card.show_code)
        dialog.open()

    def _open_register(self) -> None:
        with told_to_owner(self):
            RegisterDialog(self.session, parent=self).open()
