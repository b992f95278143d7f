"""What the customers' list shows, and where its rows come from."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from recoverydesk.domain.days import short_words
from recoverydesk.services import customer_lists
from recoverydesk.services.customer_lists import CustomerRow
from ui.session import Session
from ui.tables import Cell, Column, icon_text, number, text, two_lines
from ui.wording import counted, filled, tr


class CustomersSource:
    """The customers in one order, narrowed by what was typed."""

    def __init__(self, session: Session, typed: str, sort: str, *, descending: bool) -> None:
        self._session = session
        self._typed = typed
        self._sort = sort
        self._descending = descending

    def ids(self) -> Sequence[int]:
        """Return the ids of all rows in order."""
        return customer_lists.ids(
            self._session.desk, typed=self._typed, sort=self._sort, descending=self._descending
        )

    def rows(self, ids: Sequence[int], /) -> Mapping[int, CustomerRow]:
        """Return the rows with these ids."""
        return customer_lists.rows(self._session.desk, ids)


def columns(session: Session) -> list[Column[CustomerRow]]:
    """Return the columns, left to right."""
    return [
        Column(tr("Name"), _who, sort="name"),
        Column(tr("Phone"), lambda row: text(row.phone), width=124),
        Column(tr("Cases"), _cases, width=100),
        Column(tr("Last case"), _last(session), width=84, right=True),
        Column(tr("Worth a year"), _worth(session), sort="worth", width=112, right=True),
        Column(tr("Since"), lambda row: _since(row.since_on), sort="since", width=76, right=True),
    ]


def _who(row: CustomerRow) -> Cell:
    return two_lines(row.name, row.town or row.email or tr("no address yet"), avatar=row.name)


def _cases(row: CustomerRow) -> Cell:
    if not row.cases:
        return text(tr("none"), faint=True)
    if not row.open_cases:
        return text(counted(row.cases, "{n} case", "{n} cases"), faint=True)
    if row.open_cases == row.cases:
        return icon_text(counted(row.cases, "{n} open", "{n} open"), "circle-dot", tone="warn")
    both = filled("{all}, {open} open", all=str(row.cases), open=str(row.open_cases))
    return icon_text(both, "circle-dot", tone="warn")


def _last(session: Session) -> Callable[[CustomerRow], Cell]:
    def cell(row: CustomerRow) -> Cell:
        if row.last_case_at is None:
            return number("")
        day = session.local(row.last_case_at).date()
        today = session.today()
        # The weekday says nothing about a day long past.
        words = short_words(day, today).partition(" ")[2]
        return number(words, faint=True)

    return cell


def _worth(session: Session) -> Callable[[CustomerRow], Cell]:
    def cell(row: CustomerRow) -> Cell:
        cents = row.worth_year_cents
        return number("" if cents is None else session.money(cents, short=True), strong=True)

    return cell


def _since(day: date | None) -> Cell:
    return number("" if day is None else str(day.year), faint=True)
