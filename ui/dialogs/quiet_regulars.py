"""Regulars who have gone quiet, and a call to each with one key."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import day_words
from recoverydesk.domain.money import format_money
from recoverydesk.services import regulars
from recoverydesk.services.regulars import QuietRegular
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.text import Icon, Line, Text
from ui.wording import counted, filled, tr

WIDTH = 760
MOST_SHOWN = 100


class QuietRegularsDialog(Dialog):
    """Lists regulars whom nobody has seen for longer than usual.

    Signals:
        customer_wanted: one is to be shown. Argument: the customer's id.
    """

    customer_wanted = Signal(int)

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Quiet regulars"), save="", cancel=tr("Close"), width=WIDTH)
        self.setObjectName("quiet_regulars")
        self._session = session
        self._told = Text("", "body", "text2", wrap=True)
        self._lines = column(gap=8)
        self.add(self._told, boxed(self._lines))
        self._show_list()

    def _show_list(self) -> None:
        desk, today = self._session.desk, self._session.today()
        with told_to_owner(self):
            until = regulars.known_until(desk, today)
            quiet = regulars.quiet_regulars(desk, today)
            clear(self._lines)
            if until is None:
                self._told.setText(
                    tr(
                        "Nothing is known yet: take in the sales from your till first. Then you"
                        " see here who used to come and doesn't any more."
                    )
                )
                return
            day = day_words(until)
            if not quiet:
                self._told.setText(
                    filled("All regulars were here as usual, as far as {day}.", day=day)
                )
                return
            many = counted(len(quiet), "{n} regular hasn't", "{n} regulars haven't")
            self._told.setText(
                filled(
                    "{many} been here for at least twice their usual gap. Sales are known as far"
                    " as {day}. Why is not known: a friendly call asks.",
                    many=many,
                    day=day,
                )
            )
            for one in quiet[:MOST_SHOWN]:
                self._lines.addWidget(self._line(one))

    def _line(self, one: QuietRegular) -> QWidget:
        name = Button(one.name, "link", size="small")
        name.clicked.connect(partial(self._open, one.customer_id))
        words = Text(self._words(one), "secondary", "text2", wrap=True)
        return boxed(
            column(
                row((column(row(name, "stretch"), words), 1), self._call(one), gap=12),
                Line("border"),
                gap=8,
            )
        )

    def _call(self, one: QuietRegular) -> QWidget:
        if one.call_on is not None:
            told = filled("Call on {day}", day=day_words(one.call_on))
            return boxed(row(Icon("phone", "text2", 14), Text(told, "secondary"), gap=6))
        call = Button(tr("Plan a call"), icon="phone", size="small")
        call.setAccessibleName(filled("Plan a call to {name}", name=one.name))
        call.clicked.connect(partial(self._plan_call, one))
        return call

    def _words(self, one: QuietRegular) -> str:
        shop = self._session.shop
        parts = [
            filled(
                "Last here on {day}; usually every {gap}",
                day=day_words(one.last_on),
                gap=counted(one.gap_days, "{n} day", "{n} days"),
            ),
            counted(one.visits, "{n} visit", "{n} visits"),
        ]
        if one.worth_year_cents:
            money = format_money(
                one.worth_year_cents, currency=shop.currency, locale=shop.locale, short=True
            )
            parts.append(filled("{money} a year", money=money))
        return ", ".join(parts)

    def _open(self, customer_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.accept()
        self.customer_wanted.emit(customer_id)

    def _plan_call(self, one: QuietRegular, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        with told_to_owner(self):
            on = regulars.plan_call(self._session.desk, one.customer_id, now=self._session.now())
            self._session.said.emit(
                filled("A call to {name} is planned on {day}", name=one.name, day=day_words(on))
            )
            self._show_list()
