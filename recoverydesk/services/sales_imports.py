"""Takes a till's file in: its sales, the visits they were, and what follows from those.

One change, so that one Undo takes the whole file back. What lies longer back only becomes history:
nobody is reminded of it.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import peewee as pw

from recoverydesk.domain.case import Status
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.sales_columns import as_json
from recoverydesk.progress import Progress
from recoverydesk.records import record
from recoverydesk.services import sales_plans, visits
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.plans import utc
from recoverydesk.services.sales_plans import NewSale, NewWorth, SalesPlan
from recoverydesk.services.sales_visits import RECENT_DAYS
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Customer,
    Sale,
    SalesImport,
    Shop,
    Table,
    Visit,
    database,
)
from recoverydesk.topics import Topic

_BLOCK = 1_000
_IDS = 10_000


@record
class CameBack:
    """Somebody whose case was resolved, and who bought again after it."""

    case_id: int
    number: str
    customer: str
    visited_on: date
    closed: bool
    """Whether the case has its end already; else it can be closed as won back."""


@record
class SalesTaken:
    """What came of a file.

    Attributes:
        sales: lines that were new.
        visits: days on which customers were here that nobody had written down.
        worths: customers whose yearly worth was written down.
        came_back: whose case was resolved, and who were here after it; newest visit first.
    """

    sales: int
    visits: int
    worths: int
    came_back: tuple[CameBack, ...]


def take(
    desk: Desk,
    plan: SalesPlan,
    *,
    now: datetime,
    worths: bool = True,
    over_own: bool = False,
    progress: Progress | None = None,
) -> SalesTaken:
    """Save what a plan tells. A file that was read before changes nothing.

    Args:
        desk: the open desk.
        plan: of `sales_plans.plan`; made anew where the desk has changed since.
        now: this moment (UTC).
        worths: whether to write down what customers spend in a year, where the sales tell.
        over_own: whether also in the place of a figure that the owner has written.
        progress: told how far it is.

    Raises:
        Cancelled: the owner asked to stop; nothing was saved.
    """
    progress = progress or Progress()
    words = f"Sales from {plan.file.name}"
    with desk.changing(Topic.CUSTOMERS | Topic.CASES | Topic.FOLLOW_UPS, words) as change:
        # The heading of this very change is the one that is newer.
        if sales_plans.newest_change() != plan.at_change + 1:
            plan = sales_plans.plan(
                desk, plan.file, plan.columns, now=now, names=plan.names, progress=progress
            )
        remembered = json.dumps(as_json(plan.columns, plan.file.headings))
        Shop.update(sales_columns=remembered).where(Shop.sales_columns != remembered).execute()
        written = _write_worths(plan.worths, over_own=over_own) if worths else 0
        if not plan.sales:
            return SalesTaken(sales=0, visits=0, worths=written, came_back=())
        lines = "1 line" if len(plan.sales) == 1 else f"{len(plan.sales):,} lines"
        change.say(f"{words}: {lines}")
        hours = hours_of_shop()
        with_visits = _Visits(plan.sales, hours)
        made = with_visits.write()
        _write_sales(plan, with_visits, now=now, progress=progress)
        _follow_up(made, hours, now=now)
        return SalesTaken(
            sales=len(plan.sales),
            visits=len(made),
            worths=written,
            came_back=tuple(_came_back(plan.sales, hours)),
        )


def _write_worths(worths: Sequence[NewWorth], *, over_own: bool) -> int:
    wanted = [one for one in worths if over_own or one.instead_of is None]
    for one in wanted:
        Customer.update(worth_year_cents=one.cents).where(Customer.id == one.customer_id).execute()
    return len(wanted)


def _write_sales(
    plan: SalesPlan, with_visits: "_Visits", *, now: datetime, progress: Progress
) -> None:
    of_file = SalesImport.create(
        name=plan.file.name,
        fingerprint=plan.file.fingerprint,
        at=utc(now),
        lines=len(plan.file.rows),
        taken=len(plan.sales),
    )
    _insert(
        Sale,
        ("customer_id", "sold_on", "amount_cents", "key", "sales_import_id", "visit_id"),
        [
            (
                sale.customer_id, sale.sold_on.isoformat(), sale.amount_cents, sale.key,
                of_file.id, with_visits.visit_of(sale),
            )
            for sale in plan.sales
        ],
        lambda done: progress.step(done, len(plan.sales)),
    )  # fmt: skip


_Day = tuple[int, date]


class _Visits:
    """The visits of customers on the days of new sales; one for each customer and day."""

    def __init__(self, sales: Sequence[NewSale], hours: OpeningHours) -> None:
        self._hours = hours
        self._net: dict[_Day, int] = defaultdict(int)
        for sale in sales:
            self._net[sale.customer_id, sale.sold_on] += sale.amount_cents
        first, last = min(sale.sold_on for sale in sales), max(sale.sold_on for sale in sales)
        self._old = self._old_sales(first, last)
        self._known = self._known_visits(first, last)
        self._ids: dict[_Day, int | None] = {}

    def _old_sales(self, first: date, last: date) -> dict[_Day, int]:
        """Return what was read of those days before."""
        rows = (
            Sale.select(Sale.customer, Sale.sold_on, pw.fn.SUM(Sale.amount_cents))
            .where(Sale.sold_on.between(first, last))
            .group_by(Sale.customer, Sale.sold_on)
            .tuples()
        )
        found = {(who, day): cents for who, day, cents in rows if (who, day) in self._net}
        for key, cents in found.items():
            self._net[key] += cents
        return found

    def _known_visits(self, first: date, last: date) -> dict[_Day, tuple[int, bool, int | None]]:
        rows = (
            Visit.select(
                Visit.customer, Visit.visited_on, Visit.id, Visit.from_file, Visit.amount_cents
            )
            .where(Visit.visited_on.between(first, last))
            # What somebody wrote down at the counter comes last, and stands.
            .order_by(Visit.from_file.desc(), Visit.id)
            .tuples()
        )
        return {(who, day): (at, file, cents) for who, day, at, file, cents in rows}

    def visit_of(self, sale: NewSale) -> int | None:
        """Return which visit a sale belongs to; None where all of it was brought back."""
        return self._ids[sale.customer_id, sale.sold_on]

    def write(self) -> list[_Day]:
        """Write the visits; return who was here when that nobody knew of."""
        next_id = int(Visit.select(pw.fn.COALESCE(pw.fn.MAX(Visit.id), 0)).scalar()) + 1
        made: list[tuple[_Day, int]] = []
        for key, net in self._net.items():
            if key in self._known:
                self._ids[key] = self._keep(key, net)
            elif net > 0:
                self._ids[key] = next_id + len(made)
                made.append((key, net))
            else:
                self._ids[key] = None
        self._insert(made)
        for key in self._old:
            self._point_old_at(key)
        return [key for key, _ in made]

    def _keep(self, key: _Day, net: int) -> int | None:
        """Bring a visit that was known up to date; one that the till alone knew can end."""
        visit_id, from_file, cents = self._known[key]
        if not from_file:
            return visit_id
        if net <= 0:
            Visit.delete().where(Visit.id == visit_id).execute()
            return None
        if net != cents:
            Visit.update(amount_cents=net).where(Visit.id == visit_id).execute()
        return visit_id

    def _insert(self, made: Sequence[tuple[_Day, int]]) -> None:
        # A till's file tells the day alone. As of its first moment, so that nothing which was
        # done on that day counts as done before the visit.
        starts = {
            day: Visit.created_at.db_value(self._hours.at(day, time.min))
            for day in {day for (_, day), _ in made}
        }
        _insert(
            Visit,
            ("id", "customer_id", "visited_on", "amount_cents", "words", "created_at", "from_file"),
            [
                (self._ids[who, day], who, day.isoformat(), net, "", starts[day], 1)
                for (who, day), net in made
            ],
        )

    def _point_old_at(self, key: _Day) -> None:
        who, day = key
        visit_id = self._ids[key]
        if visit_id is None:
            differs = Sale.visit_id.is_null(is_null=False)
        else:
            differs = Sale.visit_id.is_null() | (Sale.visit_id != visit_id)
        Sale.update(visit_id=visit_id).where(
            Sale.customer == who, Sale.sold_on == day, differs
        ).execute()


def _insert(
    table: type[Table],
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    step: Callable[[int], None] = lambda _done: None,
) -> None:
    """Write many rows; put together here, as Peewee's own takes four times as long."""
    name = table._meta.table_name  # noqa: SLF001 - Peewee's documented way to a table's name
    listed = ", ".join(f'"{column}"' for column in columns)
    line = f"({', '.join('?' * len(columns))})"
    for start in range(0, len(rows), _BLOCK):
        step(start)
        block = rows[start : start + _BLOCK]
        lines = ", ".join([line] * len(block))
        values = [value for row in block for value in row]
        database.execute_sql(f'INSERT INTO "{name}" ({listed}) VALUES {lines}', values)


def _follow_up(made: Sequence[_Day], hours: OpeningHours, *, now: datetime) -> None:
    """Let the newest visits count in plans, and have somebody ask how it was."""
    since = hours.day_of(now) - timedelta(days=RECENT_DAYS)
    newest: dict[int, date] = {}
    for who, day in made:
        if day >= since:
            newest[who] = max(day, newest.get(who, day))
    waited_for = _waited_for(newest)
    in_hand = _with_case_before(newest, hours)
    for who in sorted(waited_for | in_hand):
        row = customer_by_id(who)
        visits.welcome(row, newest[who], hours, now=now, expected=who in waited_for)


def _with_case_before(newest: Mapping[int, date], hours: OpeningHours) -> set[int]:
    """Return who had a case before that day: what they bought then can't be its cause."""
    first = pw.fn.MIN(Case.opened_at)
    found: set[int] = set()
    for ids in _blocks(list(newest)):
        rows = Case.select(Case.customer, first).where(Case.customer.in_(ids))
        for who, opened_at in rows.group_by(Case.customer).tuples():
            if hours.day_of(opened_at) < newest[who]:
                found.add(who)
    return found


def _waited_for(newest: Mapping[int, date]) -> set[int]:
    found: set[int] = set()
    for ids in _blocks(list(newest)):
        rows = Customer.select(Customer.id, Customer.expected_on).where(Customer.id.in_(ids))
        waited = rows.where(Customer.expected_on.is_null(is_null=False)).tuples()
        found |= {who for who, day in waited if day <= newest[who]}
    return found


def _blocks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _IDS):
        yield ids[start : start + _IDS]


def _came_back(sales: Sequence[NewSale], hours: OpeningHours) -> Iterator[CameBack]:
    """Yield cases that were resolved before one of the new visits, newest visit first."""
    newest: dict[int, date] = {}
    for sale in sales:
        if sale.amount_cents > 0:
            newest[sale.customer_id] = max(sale.sold_on, newest.get(sale.customer_id, sale.sold_on))
    found: list[CameBack] = []
    for ids in _blocks(list(newest)):
        rows = (
            Case.select(Case, Customer.name.alias("who"))
            .join(Customer)
            .where(
                Case.customer.in_(ids),
                Case.resolved_at.is_null(is_null=False),
                Case.merged_into.is_null(),
            )
            .objects()
        )
        found += [
            CameBack(
                row.id, row.number, row.who, newest[row.customer_id], row.status == Status.CLOSED
            )
            for row in rows
            if newest[row.customer_id] > hours.day_of(row.resolved_at)
        ]
    yield from sorted(found, key=lambda one: (one.visited_on, one.case_id), reverse=True)
