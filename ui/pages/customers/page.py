"""The page of all customers: find one, see what there was, start what comes next."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from recoverydesk.errors import NotFoundError
from recoverydesk.services import customer_lists, customer_pages
from recoverydesk.topics import Topic
from ui import look
from ui.actions import Command
from ui.dialogs.customer import CustomerDialog
from ui.errors import told_to_owner
from ui.pages.customers.columns import CustomersSource, columns
from ui.pages.customers.detail import CustomerDetail
from ui.session import Session
from ui.tables import RowsModel
from ui.widgets.buttons import Button
from ui.widgets.cards import on_panel
from ui.widgets.empties import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.lists import TableCard, TableView
from ui.widgets.page import Do, GoTo, LogCustomer, OpenCase, Page, Place
from ui.wording import counted, filled, tr

PANEL = 332
"""The cards of one customer, with the gutter their bar floats in."""


class CustomersPage(Page):
    """The customers' list, and one of them beside it."""

    SHOWS = (
        Topic.CUSTOMERS
        | Topic.CASES
        | Topic.VOUCHERS
        | Topic.CONTACTS
        | Topic.SHOP
        | Topic.REMEDIES
        | Topic.FOLLOW_UPS
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("customers")
        self._typed, self._sort, self._descending = "", "name", False
        self._total = 0
        self._shown: int | None = None
        self._make_list()
        self._make_detail()
        both = boxed(row((self._card, 1), self._detail, gap=24))
        self._nobody = EmptyState("", picture="search", secondary=self._add_button("secondary"))
        self._below = QStackedWidget()
        self._below.addWidget(both)
        self._below.addWidget(on_panel(self._nobody))
        quiet = Button.for_command(
            Command.QUIET_REGULARS,
            lambda: self.wished.emit(Do(Command.QUIET_REGULARS)),
            size="small",
        )
        add = self._add_button("secondary", small=True)
        tools = row(self._search, STRETCH, quiet, add, gap=8)
        self._whole = QStackedWidget()
        self._whole.addWidget(boxed(column(tools, (self._below, 1), gap=16)))
        self._whole.addWidget(on_panel(self._make_empty()))
        self.setLayout(column(self._whole))

    def _make_list(self) -> None:
        self._model = RowsModel(columns(self.session), self)
        self.table = TableView(self._model, name=tr("Customers"))
        self._card = TableCard(self.table)
        self._search = SearchField(
            name=tr("Find a customer"), example=tr("Name, e-mail, last digits of the phone")
        )
        self._search.setFixedWidth(look.px(340))
        self._search.searched.connect(self._narrow)
        self._search.returnPressed.connect(self.table.setFocus)
        self._model.sort_wanted.connect(self._sort_by)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._open_newest_case)
        self.table.show_sorted(self._sort)

    def _make_detail(self) -> None:
        self._detail = CustomerDetail(self.session)
        self._detail.setFixedWidth(look.px(PANEL))
        self._detail.case_wanted.connect(lambda case_id: self.wished.emit(OpenCase(case_id)))
        self._detail.voucher_wanted.connect(
            lambda code: self.wished.emit(GoTo(Place.REMEDIES, code))
        )
        self._detail.log_wanted.connect(self._log)
        self._detail.visit_wanted.connect(self._log_visit)
        self._detail.edit_wanted.connect(self._edit)
        self._detail.merge_wanted.connect(self._merge)
        self._detail.data_wanted.connect(self._give_data)
        self._detail.forget_wanted.connect(self._forget)
        self._detail.experience_wanted.connect(self._add_experience)
        self._detail.ways_wanted.connect(self._show_ways)
        self._detail.gift_wanted.connect(self._gift)
        self._detail.expect_wanted.connect(self._expect)
        self._detail.lasting_wanted.connect(self._change_lasting)

    def _make_empty(self) -> EmptyState:
        add = Button.for_command(Command.NEW_CUSTOMER, self._add, "primary", size="large")
        return EmptyState(
            tr("No customers yet"),
            tr(
                "Whoever you log as unhappy is written down here by itself, with what they like "
                "and what there was. You can also start with the people you know."
            ),
            picture="people",
            primary=add,
        )

    def _add_button(self, kind: str, *, small: bool = False) -> Button:
        return Button.for_command(
            Command.NEW_CUSTOMER,
            self._add,
            "primary" if kind == "primary" else "secondary",
            size="small" if small else "normal",
        )

    def heading(self) -> str:
        """Return the page's title."""
        return tr("Customers")

    def subheading(self) -> str:
        """Return the line under the title."""
        if not self._total:
            return tr("Who they are and what they like")
        return counted(self._total, "{n} customer", "{n} customers")

    def refresh(self) -> None:
        """Read list and customer again."""
        self._show_list()

    def narrow_to(self, narrow: str) -> None:
        """Show those that some words mean."""
        self._search.setText(narrow)
        self._narrow(narrow)

    def show_customer(self, customer_id: int) -> None:
        """Show one customer, whatever the list was narrowed to."""
        self._search.clear()
        self._typed = ""
        self._shown = customer_id
        self._stale = False
        self._show_list()

    def _narrow(self, typed: str) -> None:
        if typed != self._typed:
            self._typed = typed
            self._show_list()

    def _sort_by(self, sort: str, descending: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._sort, self._descending = sort, descending
        self._show_list()

    def _show_list(self) -> None:
        wanted = self._shown
        with told_to_owner(self):
            source = CustomersSource(
                self.session, self._typed, self._sort, descending=self._descending
            )
            at = self.table.verticalScrollBar().value()
            self._model.show_source(source)
            self.table.verticalScrollBar().setValue(at)
        found = self._model.rowCount()
        if not self._typed:
            self._total = found
        elif not self._total:
            self._total = len(customer_lists.ids(self.session.desk))
        self._show_state(found)
        if wanted is None or not self.table.select_id(wanted):
            self.table.selectRow(0)
        self._show_current(self.table.current_id())

    def _show_state(self, found: int) -> None:
        self.HAS_PRIMARY = not self._total
        self._whole.setCurrentIndex(0 if self._total else 1)
        self._below.setCurrentIndex(0 if found else 1)
        self._nobody.set_words(
            filled("Nobody matches “{typed}”", typed=self._typed),
            tr("Try fewer letters, or the last four digits of the phone number."),
        )
        of_all = counted(self._total, "{n} customer", "{n} customers")
        if self._typed:
            of_all = filled("{n} of {all}", n=str(found), all=of_all)
        self._card.show_foot(of_all)
        self.headed.emit()

    def _show_current(self, customer_id: int | None) -> None:
        # While the list is read anew no row is current: what is shown stays until then.
        if customer_id is None or customer_id < 0:
            if not self._model.rowCount():
                self._detail.show_nobody()
            return
        self._shown = customer_id
        try:
            view = customer_pages.view(self.session.desk, customer_id, now=self.session.now())
        except NotFoundError:
            self._detail.show_nobody()
        else:
            self._detail.show_customer(view)

    def _open_newest_case(self, customer_id: int) -> None:
        cases = customer_pages.view(self.session.desk, customer_id).cases
        if cases:
            self.wished.emit(OpenCase(cases[0].case_id))

    def _add(self) -> None:
        dialog = CustomerDialog(self.session, parent=self)
        dialog.saved.connect(self.show_customer)
        dialog.open()

    def _edit(self) -> None:
        if self._shown is not None:
            with told_to_owner(self):
                CustomerDialog(self.session, self._shown, parent=self).open()

    def _merge(self) -> None:
        from ui.dialogs.merging import MergeCustomersDialog  # noqa: PLC0415 - as above

        if self._shown is not None:
            with told_to_owner(self):
                dialog = MergeCustomersDialog(self.session, self._shown, parent=self)
                dialog.merged.connect(self.show_customer)
                dialog.open()

    def _give_data(self) -> None:
        from ui.dialogs.person_data import PersonDataDialog  # noqa: PLC0415 - as above

        if self._shown is not None:
            with told_to_owner(self):
                PersonDataDialog(self.session, self._shown, parent=self).open()

    def _forget(self) -> None:
        from ui.dialogs.forget import ForgetDialog  # noqa: PLC0415 - as above

        if self._shown is not None:
            with told_to_owner(self):
                ForgetDialog(self.session, self._shown, parent=self).open()

    def _log(self) -> None:
        if self._shown is not None:
            self.wished.emit(LogCustomer(self._shown))

    def _log_visit(self) -> None:
        from ui.dialogs.visit import VisitDialog  # noqa: PLC0415 - only when it is asked for

        if self._shown is not None:
            with told_to_owner(self):
                VisitDialog(self.session, self._shown, parent=self).open()

    def _expect(self) -> None:
        from ui.dialogs.expect import ExpectDialog  # noqa: PLC0415 - as above

        if self._shown is not None:
            with told_to_owner(self):
                ExpectDialog(self.session, self._shown, parent=self).open()

    def _change_lasting(self, entitlement_id: int) -> None:
        from ui.dialogs.entitlement import EntitlementDialog  # noqa: PLC0415 - as above

        with told_to_owner(self):
            EntitlementDialog(self.session, entitlement_id, parent=self).open()

    def _add_experience(self) -> None:
        from ui.dialogs.good_experience import GoodExperienceDialog  # noqa: PLC0415 - as above

        if self._shown is not None:
            with told_to_owner(self):
                GoodExperienceDialog(self.session, self._shown, parent=self).open()

    def _show_ways(self) -> None:
        from ui.dialogs.second_chance import SecondChanceDialog  # noqa: PLC0415 - as above

        if self._shown is not None:
            with told_to_owner(self):
                SecondChanceDialog(self.session, self._shown, parent=self).open()

    def _gift(self, remedy_id: int) -> None:
        from ui.dialogs.gift import GiftDialog  # noqa: PLC0415 - as above

        if self._shown is not None:
            with told_to_owner(self):
                GiftDialog(self.session, self._shown, remedy_id or None, parent=self).open()
