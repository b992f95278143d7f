"""A time to look back on: days of the shop's own calendar, both ends belong to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from recoverydesk.domain.plan import add_months
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record

ONE_DAY = timedelta(days=1)
MONTHS = 12


class SpanName(StrEnum):
    """Which of the usual spans it is; the window has the words."""

    THIS_MONTH = "this_month"
    MONTH = "month"
    MONTHS_3 = "months_3"
    MONTHS_12 = "months_12"
    THIS_YEAR = "this_year"
    OWN = "own"


@record
class Month:
    """A month of a calendar."""

    year: int
    month: int

    @property
    def key(self) -> str:
        """How it is named in figures: "2026-11"."""
        return f"{self.year:04}-{self.month:02}"

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def read(cls, key: str) -> "Month":
        """Return the month of a key: "2026-11"."""
        year, month = key.split("-")
        return cls(int(year), int(month))


@record
class Span:
    """Days to look back on.

    Attributes:
        first: its first day.
        last: its last day; it belongs to it.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidEntryError("last", "The last day comes before the first one.")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def months(self) -> Iterator[Month]:
        """Yield the months that it touches, the first one first."""
        day = self.first.replace(day=1)
        while day <= self.last:
            yield Month.of(day)
            day = add_months(day, 1)

    def part_of(self, month: Month) -> "Span":
        """Return what of a month lies in it; the month has to touch it."""
        whole = of_month(month)
        return Span(max(self.first, whole.first), min(self.last, whole.last))

    def previous(self) -> "Span":
        """Return the time as long before it: whole months where it begins with one.

        Of a month that still runs it is the same days of the month before, so that ten days are
        never held against thirty.
        """
        count = sum(1 for _ in self.months())
        if self.first.day != 1:
            return Span(self.first - timedelta(days=self.days), self.first - ONE_DAY)
        first = add_months(self.first, -count)
        if (self.last + ONE_DAY).day == 1:
            return Span(first, self.first - ONE_DAY)
        return Span(first, add_months(self.last, -count))

    def name(self, today: date) -> SpanName:
        """Return which of the usual spans it is, seen from a day."""
        usual = {
            SpanName.THIS_MONTH: this_month(today),
            SpanName.MONTHS_3: months(3, today),
            SpanName.THIS_YEAR: this_year(today),
            SpanName.MONTHS_12: months(MONTHS, today),
        }
        found = next((name for name, span in usual.items() if span == self), None)
        if found is not None:
            return found
        return SpanName.MONTH if self == of_month(Month.of(self.first)) else SpanName.OWN


def of_month(month: Month) -> Span:
    """Return a month from its first day to its last."""
    first = date(month.year, month.month, 1)
    return Span(first, add_months(first, 1) - ONE_DAY)


def months(n: int, today: date) -> Span:
    """Return the last so many months up to a day, the one that runs among them.

    Raises:
        ValueError: n is less than 1.
    """
    if n < 1:
        raise ValueError("one month at least")
    return Span(add_months(today.replace(day=1), 1 - n), today)


def this_month(today: date) -> Span:
    """Return the month that runs, up to a day."""
    return months(1, today)


def this_year(today: date) -> Span:
    """Return the year that runs, up to a day."""
    return Span(today.replace(month=1, day=1), today)
