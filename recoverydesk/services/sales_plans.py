"""What would come of a till's file: told line by line before anything is saved."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import peewee as pw

from recoverydesk.domain import sales_columns
from recoverydesk.domain.sale import (
    YEAR,
    covers_a_year,
    decimal_mark,
    read_amount,
    read_day,
    sale_key,
)
from recoverydesk.domain.sales_columns import SAMPLE, DayOrder, SalesColumns
from recoverydesk.errors import InvalidEntryError
from recoverydesk.progress import Progress
from recoverydesk.records import record
from recoverydesk.services.sales_files import SalesFile
from recoverydesk.services.sales_people import Buyers, Known
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Change, Sale, SalesImport, Shop

MOST_UNCLEAR = 1_000
"""So many lines are set aside one by one; more are counted, as the columns are wrong then."""
_STEP = 1_000
_SHOWN = 80


@record
class Unclear:
    """A line that was set aside, and why."""

    line: int
    words: str
    why: str


@record
class NewSale:
    """A line that the desk doesn't have yet."""

    customer_id: int
    sold_on: date
    amount_cents: int
    key: str


@record
class NewWorth:
    """What a customer spent in the last twelve months."""

    customer_id: int
    cents: int
    instead_of: int | None
    """The owner's own figure; None where there is none, or it came from the till."""


@record
class SalesPlan:
    """What would come of a file.

    Attributes:
        known: lines whose customer is on the desk, `already` among them.
        already: lines that were read before.
        people: customers who bought.
        unknown: lines of people who aren't on the desk; `strangers` counts them.
        nobody: lines that name nobody, as most do in a shop.
        by_name: lines known by the name alone; in `sales` only where names were asked for.
        unclear_count: all that were set aside; `unclear` has the first of them.
        read_at: when these very bytes were read before.
    """

    file: SalesFile
    columns: SalesColumns
    names: bool
    known: int
    already: int
    people: int
    unknown: int
    strangers: int
    nobody: int
    by_name: int
    refunds: int
    unclear_count: int
    unclear: tuple[Unclear, ...]
    first_on: date | None
    last_on: date | None
    sales: tuple[NewSale, ...]
    worths: tuple[NewWorth, ...]
    read_at: datetime | None
    at_change: int
    """The newest change when it was made: later ones may have changed who is known."""

    @property
    def net_cents(self) -> int:
        """What the new lines come to, in minor units."""
        return sum(sale.amount_cents for sale in self.sales)


def columns_for(desk: Desk, file: SalesFile) -> SalesColumns:
    """Return which column is what: as it was last, where the headings are the same, else guessed.

    Where the order of days can't be told it stays None, and the owner is to be asked.
    """
    with desk.reading():
        remembered = Shop.select(Shop.sales_columns).scalar() or ""
    columns = None
    with suppress(ValueError):
        columns = sales_columns.from_json(json.loads(remembered), file.headings)
    columns = columns or sales_columns.guess(file.headings, file.rows[:SAMPLE])
    return replace(columns, order=order_of(file, columns) or columns.order)


def check(columns: SalesColumns) -> None:
    """Make sure that the columns are enough to go on.

    Raises:
        InvalidEntryError: one is missing, or two are the same; `field` says which.
    """
    if columns.day is None:
        raise InvalidEntryError("day", "Choose the column with the day of the sale.")
    if columns.amount is None:
        raise InvalidEntryError("amount", "Choose the column with the amount.")
    if not columns.tells_who():
        raise InvalidEntryError(
            "phone",
            "No column tells who bought. Choose the one with the phone number, the e-mail"
            " address or the name.",
        )
    kinds = ("day", "amount", "phone", "email", "name", "first_name")
    taken = Counter(place for kind in kinds if (place := getattr(columns, kind)) is not None)
    for kind in kinds:
        place = getattr(columns, kind)
        if place is not None and taken[place] > 1:
            raise InvalidEntryError(kind, "The same column can't be two things. Choose another.")


def order_of(file: SalesFile, columns: SalesColumns) -> DayOrder | None:
    """Return the order of days as the whole file tells it; None where it has to be asked."""
    at = columns.day
    if at is None:
        return None
    return sales_columns.day_order([row[at] for row in file.rows if at < len(row)])


def plan(
    desk: Desk,
    file: SalesFile,
    columns: SalesColumns,
    *,
    now: datetime,
    names: bool = False,
    progress: Progress | None = None,
) -> SalesPlan:
    """Return what would come of a file; nothing is saved.

    Args:
        desk: the open desk.
        file: as it was read.
        columns: which is what.
        now: this moment (UTC).
        names: whether lines count whose customer is known by the name alone.
        progress: told how far it is.

    Raises:
        InvalidEntryError: the columns aren't enough to go on; `field` says which.
        Cancelled: the owner asked to stop.
    """
    check(columns)
    columns = replace(columns, order=columns.order or order_of(file, columns))
    if columns.order is None:
        raise InvalidEntryError(
            "order",
            "Nothing in the file tells whether the day or the month comes first. Choose it.",
        )
    with desk.reading():
        return _Reckoning(file, columns, now=now, names=names).plan(progress or Progress())


class _Reckoning:
    """Goes through a file once."""

    def __init__(
        self, file: SalesFile, columns: SalesColumns, *, now: datetime, names: bool
    ) -> None:
        self._file, self._columns, self._names = file, columns, names
        hours = hours_of_shop()
        self._today, self._zone = hours.day_of(now), ZoneInfo(hours.zone.key)
        self._currency, self._locale, country = (
            Shop.select(Shop.currency, Shop.locale, Shop.country).tuples().get()
        )
        self._buyers = Buyers(country)
        self._mark = decimal_mark(_cell(row, columns.amount) for row in file.rows)
        self._days: dict[str, date] = {}
        self._nth: Counter[tuple[date, str, int]] = Counter()
        self._count: Counter[str] = Counter()
        self._strangers: set[str] = set()
        self._people: set[int] = set()
        self._unclear: list[Unclear] = []
        self._read: list[NewSale] = []
        self._span: tuple[date, date] | None = None

    def plan(self, progress: Progress) -> SalesPlan:
        total = len(self._file.rows)
        for at, row in enumerate(self._file.rows):
            if at % _STEP == 0:
                progress.step(at, total)
            try:
                self._take(row)
            except InvalidEntryError as error:
                self._set_aside(self._file.lines[at], row, str(error))
        first, last = self._span or (None, None)
        known_keys = _keys_between(first, last) if first and last else set()
        new = tuple(sale for sale in self._read if sale.key not in known_keys)
        return SalesPlan(
            file=self._file,
            columns=self._columns,
            names=self._names,
            known=len(self._read),
            already=len(self._read) - len(new),
            people=len(self._people),
            unknown=self._count["unknown"],
            strangers=len(self._strangers),
            nobody=self._count["nobody"],
            by_name=self._count["by_name"],
            refunds=self._count["refund"],
            unclear_count=self._count["unclear"],
            unclear=tuple(self._unclear),
            first_on=first,
            last_on=last,
            sales=new,
            worths=tuple(new_worths(new, self._buyers.worths, today=self._today)),
            read_at=SalesImport.select(pw.fn.MAX(SalesImport.at))
            .where(SalesImport.fingerprint == self._file.fingerprint)
            .scalar(),
            at_change=newest_change(),
        )

    def _take(self, row: tuple[str, ...]) -> None:
        columns = self._columns
        sold_on = self._day(_cell(row, columns.day))
        cents = read_amount(
            _cell(row, columns.amount),
            mark=self._mark,
            currency=self._currency,
            locale=self._locale,
        )
        self._span = (
            (min(self._span[0], sold_on), max(self._span[1], sold_on))
            if self._span
            else (sold_on, sold_on)
        )
        name = f"{_cell(row, columns.first_name)} {_cell(row, columns.name)}".strip()
        buyer = self._buyers.read(
            phone=_cell(row, columns.phone), email=_cell(row, columns.email), name=name
        )
        if not buyer.key:
            self._count["nobody"] += 1
            return
        line = (sold_on, buyer.key, cents)
        nth = self._nth[line]
        self._nth[line] += 1
        known = self._buyers.find(buyer)
        if known is None:
            self._count["unknown"] += 1
            self._strangers.add(buyer.key)
        elif self._may_count(known):
            self._people.add(known.customer_id)
            self._count["refund"] += cents < 0
            key = sale_key(sold_on, buyer.key, cents, nth)
            self._read.append(NewSale(known.customer_id, sold_on, cents, key))

    def _may_count(self, known: Known) -> bool:
        self._count["by_name"] += known.by_name
        return self._names or not known.by_name

    def _day(self, cell: str) -> date:
        if cell not in self._days:
            self._days[cell] = read_day(
                cell, order=self._columns.order, today=self._today, zone=self._zone
            )
        return self._days[cell]

    def _set_aside(self, line: int, row: tuple[str, ...], why: str) -> None:
        self._count["unclear"] += 1
        if len(self._unclear) < MOST_UNCLEAR:
            words = " | ".join(cell for cell in row if cell)
            shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
            self._unclear.append(Unclear(line, shown, why))


def _cell(row: tuple[str, ...], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""


def _keys_between(first: date, last: date) -> set[str]:
    rows = Sale.select(Sale.key).where(Sale.sold_on.between(first, last))
    return {key for (key,) in rows.tuples()}


def newest_change() -> int:
    """Return the number of the newest change; call inside `reading()`."""
    return int(Change.select(pw.fn.COALESCE(pw.fn.MAX(Change.id), 0)).scalar())


# -- what somebody spends in a year --------------------------------------------------------------


def new_worths(
    new: Iterable[NewSale], worths: Mapping[int, int | None], *, today: date
) -> Iterator[NewWorth]:
    """Yield what customers spent in the last twelve months, where sales cover as much.

    Call inside `reading()`. A figure that is what the till's sales came to before is the till's;
    any other is the owner's.
    """
    before = _Spent()
    after = _Spent()
    rows = Sale.select(Sale.customer, Sale.sold_on, Sale.amount_cents).tuples()
    for customer_id, sold_on, cents in rows.iterator():
        before.add(customer_id, sold_on, cents)
        after.add(customer_id, sold_on, cents)
    for sale in new:
        after.add(sale.customer_id, sale.sold_on, sale.amount_cents)
    was = before.in_a_year()
    for customer_id, cents in after.in_a_year(today).items():
        known = worths.get(customer_id)
        if cents > 0 and cents != known and customer_id in worths:
            is_own = known is not None and known != was.get(customer_id)
            yield NewWorth(customer_id, cents, instead_of=known if is_own else None)


class _Spent:
    """What everybody spent on each day."""

    def __init__(self) -> None:
        self._by_day: dict[date, Counter[int]] = defaultdict(Counter)

    def add(self, customer_id: int, day: date, cents: int) -> None:
        self._by_day[day][customer_id] += cents

    def in_a_year(self, today: date | None = None) -> Counter[int]:
        """Return who spent what in the year up to the last sale; empty where less is covered."""
        spent: Counter[int] = Counter()
        if not self._by_day:
            return spent
        first, last = min(self._by_day), max(self._by_day)
        if not covers_a_year(first, last, today or last):
            return spent
        for day, of_day in self._by_day.items():
            if day > last - YEAR:
                spent.update(of_day)
        return spent
