"""The cards under the redeem box: a voucher's history, the month, what runs out."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from recoverydesk.domain.days import month_name
from recoverydesk.services.insights import MonthSoFar
from recoverydesk.services.voucher_register import SOON_DAYS, RegisterTotals
from recoverydesk.services.voucher_views import VoucherView
from ui import look
from ui.dialogs.voucher_deed import DEEDS, Deed, VoucherDeedDialog, deeds_for
from ui.pages.remedies.columns import few_words
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card, FactLine
from ui.widgets.layouts import STRETCH, clear, column, row
from ui.widgets.meters import ProgressLine
from ui.widgets.text import Text
from ui.wording import counted, filled, label, tr

MOST_NAMED = 4


class HistoryCard(Card):
    """Everything that happened to one voucher, and where it leads.

    Signals:
        print_wanted: its certificate is wanted. Argument: the code.
        case_wanted: its case is wanted. Argument: the id.
        customer_wanted: its customer is wanted. Argument: the id.
        code_wanted: a voucher is to be shown: itself as it is now, or what took its place.
    """

    print_wanted = Signal(str)
    case_wanted = Signal(int)
    customer_wanted = Signal(int)
    code_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("History"), gap=8)
        self._session = session
        self._view: VoucherView | None = None
        self._lines = column(gap=6)
        self._case = Button("", "link")
        self._customer = Button(tr("Customer"), "link")
        self._print = Button(tr("Print certificate"), "secondary", icon="printer", size="small")
        self._more = IconButton("ellipsis", tr("What else to do with it"), size="small")
        self.body.addLayout(self._lines)
        self.body.addLayout(row(self._print, self._more, STRETCH, gap=6))
        self.body.addLayout(row(self._case, self._customer, STRETCH, gap=16))
        self._print.clicked.connect(lambda _on: self._tell_print())
        self._case.clicked.connect(lambda _on: self._tell_case())
        self._customer.clicked.connect(lambda _on: self._tell_customer())

    def show_voucher(self, view: VoucherView | None) -> None:
        """Show a voucher's ledger; hide for None."""
        self._view = view
        self.setVisible(view is not None)
        clear(self._lines)
        if view is None:
            return
        self.set_meta(view.shown_code)
        for entry in view.ledger:
            when = few_words(self._session.local(entry.at).date())
            what = filled("{what}, {when}", what=label(entry.kind).text, when=when)
            amount = self._session.money(entry.amount_cents) if entry.amount_cents else ""
            line = FactLine(what, amount)
            line.setAccessibleName(f"{what} {amount}")
            self._lines.addWidget(line)
            if entry.words:
                self._lines.addWidget(Text(entry.words, "caption", "text3", wrap=True))
        self._show_deeds(view)
        self._case.setVisible(view.case_id is not None)
        self._case.set_text(filled("Case {number}", number=view.case_number))

    def _show_deeds(self, view: VoucherView) -> None:
        deeds = deeds_for(view)
        self._more.setVisible(bool(deeds))
        menu = QMenu(self._more)
        for deed in deeds:
            told = DEEDS[deed]
            action = menu.addAction(look.icon(told.icon), tr(told.text))
            action.setToolTip(tr(told.hint))
            action.triggered.connect(partial(self._do, deed))
        self._more.set_menu(menu)

    def _do(self, deed: Deed, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        if self._view is not None:
            dialog = VoucherDeedDialog(self._session, self._view, deed, parent=self.window())
            dialog.saved.connect(self.code_wanted)
            dialog.open()

    def _tell_print(self) -> None:
        if self._view is not None:
            self.print_wanted.emit(self._view.code)

    def _tell_case(self) -> None:
        if self._view is not None and self._view.case_id is not None:
            self.case_wanted.emit(self._view.case_id)

    def _tell_customer(self) -> None:
        if self._view is not None:
            self.customer_wanted.emit(self._view.customer_id)


class MonthCard(Card):
    """What remedies cost this month, of the budget there is."""

    def __init__(self, session: Session) -> None:
        super().__init__(" ", gap=10)
        self._session = session
        self._cost = Text("", "page")
        self._of = Text("", "secondary", "text2")
        self._bar = ProgressLine(height=8)
        self._over = Text("", "secondary", "danger", wrap=True)
        self.body.addLayout(row(self._cost, column(4, self._of), STRETCH, gap=8))
        self.add(self._bar, self._over)

    def show_month(self, month: MonthSoFar) -> None:
        """Show how this month is going."""
        money = self._session.money
        name = month_name(self._session.today().month, "en")
        self.set_title(filled("Remedies in {month}", month=name))
        cost, budget = month.remedies_cost_cents, month.budget_cents
        self._cost.setText(money(cost, short=True))
        self._bar.setVisible(budget is not None)
        self._over.setVisible(budget is not None and cost > budget)
        if budget is None:
            self._of.setText(tr("cost to you"))
            return
        self._of.setText(filled("of {budget}, cost to you", budget=money(budget, short=True)))
        self._bar.show_share(
            cost / budget if budget else 1.0, "danger" if cost > budget else "accent"
        )
        self._over.setText(
            filled("{amount} more than planned", amount=money(max(cost - budget, 0), short=True))
        )


class SoonCard(Card):
    """Whose money runs out soon: a good reason to call."""

    def __init__(self, session: Session) -> None:
        super().__init__(" ", icon="alarm-clock", tone="danger", gap=6)
        self._session = session
        self._names = Text("", "secondary", "text2", wrap=True)
        self.add(self._names)

    def show_totals(self, totals: RegisterTotals) -> None:
        """Show who; hide where nothing runs out."""
        count = totals.counts["expires_soon"]
        self.setVisible(count > 0)
        weeks = str(SOON_DAYS // 7)
        runs_out = counted(
            count, "{n} runs out within {weeks} weeks", "{n} run out within {weeks} weeks"
        )
        self.set_title(runs_out.replace("{weeks}", weeks))
        money = self._session.money
        named = [f"{who} {money(cents, short=True)}" for who, cents in totals.soon[:MOST_NAMED]]
        more = count - len(named)
        if more > 0:
            named.append(counted(more, "{n} more", "{n} more"))
        friendly = tr("A friendly reminder is a good reason to call.")
        self._names.setText(f"{', '.join(named)}. {friendly}")
