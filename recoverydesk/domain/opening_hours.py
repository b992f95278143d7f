"""The shop's opening hours: every clock and every due date counts only these.

A customer doesn't wait while the shop is closed, and nobody is asked to call on a Sunday.
Days are the shop's own calendar days; stamps are UTC.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Self
from zoneinfo import ZoneInfo

from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record

Span = tuple[time, time]
"""From, to. An end at 00:00 is the end of that day, stored as "24:00"."""

LONGEST_BREAK = 400
"""Days. Where all of these are closed, calendar days are counted instead: work still falls due."""

MIDNIGHT = time(0)
_ONE_DAY = timedelta(days=1)
_WEEK = 7
_FIELD = "opening_hours"
_EXAMPLE = "Type them like 09:00-13:00, 14:00-18:00, or “closed”."
_CLOSED = frozenset({"", "-", "closed"})
_SPAN = r"([^-]{1,12})(?:-|\bto\b)([^-]{1,12})"
_CLOCK = r"(\d{1,2})(?:[:.h](\d\d))?\s?([ap]m)?"
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


@record
class OpeningHours:
    """When the shop is open.

    Attributes:
        week: the spans of each weekday from Monday to Sunday; none where it is closed.
        closed: days on which it is closed all the same: holidays.
        zone: where the shop is.

    Raises:
        InvalidEntryError: no day is open, or spans overlap or run backwards.
    """

    week: tuple[tuple[Span, ...], ...]
    closed: frozenset[date]
    zone: ZoneInfo
    _known: dict[date, tuple[tuple[datetime, datetime], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False, hash=False
    )

    def __post_init__(self) -> None:
        if len(self.week) != _WEEK:
            raise InvalidEntryError(_FIELD, "The opening hours need all seven days of the week.")
        for spans in self.week:
            _check_spans(spans)
        if not any(self.week):
            raise InvalidEntryError(
                _FIELD,
                "On which days are you open? Give hours for one day at least,"
                " or no follow-up would ever fall due.",
            )

    @classmethod
    def from_json(cls, week_json: str, closed_json: str, zone_name: str) -> Self:
        """Return the hours as stored.

        Args:
            week_json: weekday 0 to 6 (Monday is 0) to [["09:00", "13:00"], ...].
            closed_json: a list of ISO days.
            zone_name: an IANA name, such as "Europe/London".

        Raises:
            InvalidEntryError: it can't be read, or makes no sense.
        """
        try:
            zone = ZoneInfo(zone_name)
        except (OSError, ValueError, LookupError) as error:
            raise InvalidEntryError(
                "time_zone", f"“{zone_name}” isn't a time zone. Pick one like Europe/London."
            ) from error
        try:
            days = json.loads(week_json)
            week = tuple(_spans_from(days.get(str(weekday), [])) for weekday in range(_WEEK))
            closed = frozenset(date.fromisoformat(day) for day in json.loads(closed_json))
        except (ValueError, TypeError, AttributeError) as error:
            raise InvalidEntryError(_FIELD, "The opening hours can't be read.") from error
        return cls(week, closed, zone)

    def week_json(self) -> str:
        """Return the week as stored; see `from_json`."""
        days = {
            str(weekday): [[clock(start), clock(end, ends=True)] for start, end in spans]
            for weekday, spans in enumerate(self.week)
        }
        return json.dumps(days)

    def closed_json(self) -> str:
        """Return the closed days as stored: sorted ISO days."""
        return json.dumps([day.isoformat() for day in sorted(self.closed)])

    def is_open_on(self, day: date) -> bool:
        """Say whether the shop opens at all on a day."""
        return bool(self.week[day.weekday()]) and day not in self.closed

    def next_open_day(self, day: date) -> date:
        """Return the day itself if it is open, or the next one that is.

        The day itself too where the shop is closed for LONGEST_BREAK days on end.
        """
        for ahead in range(LONGEST_BREAK):
            if self.is_open_on(later := day + timedelta(days=ahead)):
                return later
        return day

    def add_open_days(self, day: date, n: int) -> date:
        """Return the n-th open day after a day; with 0 the day itself, moved off closed days.

        Raises:
            ValueError: n is negative.
        """
        if n < 0:
            raise ValueError("open days are counted forward only")
        if n == 0:
            return self.next_open_day(day)
        for _ in range(n):
            day = self.next_open_day(day + _ONE_DAY)
        return day

    def add_open_time(self, stamp_utc: datetime, duration: timedelta) -> datetime:
        """Return the UTC stamp at which so much open time has gone by.

        The very moment of closing counts as reached: four hours from 14:00 are 18:00, not
        tomorrow morning. Where the shop is closed for LONGEST_BREAK days on end, the rest is
        counted as it passes on any clock.

        Raises:
            ValueError: the duration is negative.
        """
        if duration < timedelta(0):
            raise ValueError("open time is counted forward only")
        stamp, left, idle = stamp_utc.astimezone(UTC), duration, 0
        day = self.day_of(stamp)
        while idle < LONGEST_BREAK:
            spans = self.open_spans(day)
            for opens, closes in spans:
                begins = max(opens, stamp)
                if begins >= closes:
                    continue
                if left <= closes - begins:
                    return begins + left
                left -= closes - begins
                stamp = closes
            idle = 0 if spans else idle + 1
            day += _ONE_DAY
        return stamp + left

    def open_time_between(self, a: datetime, b: datetime) -> timedelta:
        """Return how long the shop was open between two stamps; nothing if b is before a."""
        total = timedelta(0)
        day, last = self.day_of(a), self.day_of(b)
        while day <= last:
            for opens, closes in self.open_spans(day):
                total += max(min(closes, b) - max(opens, a), timedelta(0))
            day += _ONE_DAY
        return total

    def opens_at(self, day: date) -> datetime | None:
        """Return the UTC stamp at which the shop opens on a day, or None if it stays closed."""
        spans = self.open_spans(day)
        return spans[0][0] if spans else None

    def closes_at(self, day: date) -> datetime | None:
        """Return the UTC stamp at which it closes for good on a day, or None if it stays closed."""
        spans = self.open_spans(day)
        return spans[-1][1] if spans else None

    def day_of(self, stamp: datetime) -> date:
        """Return the shop's own day at a stamp."""
        return stamp.astimezone(self.zone).date()

    def at(self, day: date, at: time) -> datetime:
        """Return the UTC stamp of a time on the shop's wall clock.

        A time that the clock jumps over in spring is as much later as the clock jumps; one that
        it shows twice in autumn is the first of the two.
        """
        return datetime.combine(day, at.replace(tzinfo=None, fold=0), self.zone).astimezone(UTC)

    def open_spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the open spans of a day as UTC stamps."""
        known = self._known.get(day)
        if known is None:
            known = tuple(self._stamps(day)) if self.is_open_on(day) else ()
            self._known[day] = known
        return known

    def _stamps(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for start, end in self.week[day.weekday()]:
            last = day + _ONE_DAY if end == MIDNIGHT else day
            opens = self.at(day, start)
            # Where the clock jumps over the start, it may land behind the end.
            yield opens, max(self.at(last, end), opens)


def parse_day(typed: str, *, field: str = _FIELD) -> tuple[Span, ...]:
    """Return the spans of one day, read from "09:00-13:00, 14:00-18:00" or "closed".

    Raises:
        InvalidEntryError: it isn't hours, or they overlap, run backwards or pass midnight.
    """
    plain = typed.translate(_DASHES).casefold().strip()
    if plain in _CLOSED:
        return ()
    spans = []
    for part in re.split(r"[,;&]|\band\b", plain):
        match = re.fullmatch(_SPAN, part.strip())
        if match is None:
            raise InvalidEntryError(field, f"“{part.strip()}” isn't opening hours. {_EXAMPLE}")
        spans.append((_parse_clock(match[1], field), _parse_clock(match[2], field, ends=True)))
    _check_spans(tuple(spans), field)
    return tuple(spans)


def day_text(spans: tuple[Span, ...]) -> str:
    """Return the spans of one day as `parse_day` reads them; "closed" where there are none."""
    shown = (f"{clock(start)}-{clock(end, ends=True)}" for start, end in spans)
    return ", ".join(shown) or "closed"


def clock(at: time, *, ends: bool = False) -> str:
    """Return a time as stored: "09:00"; the end of a day is "24:00"."""
    return "24:00" if ends and at == MIDNIGHT else f"{at:%H:%M}"


def _spans_from(stored: list[list[str]]) -> tuple[Span, ...]:
    read: Callable[[str], time] = time.fromisoformat
    return tuple((read(start), MIDNIGHT if end == "24:00" else read(end)) for start, end in stored)


def _parse_clock(typed: str, field: str, *, ends: bool = False) -> time:
    match = re.fullmatch(_CLOCK, typed.strip())
    if match is None:
        raise InvalidEntryError(field, f"“{typed.strip()}” isn't a time of day. {_EXAMPLE}")
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 99  # noqa: PLR2004
    if ends and (hour, minute) == (24, 0):
        return MIDNIGHT
    try:
        return time(hour, minute)
    except ValueError as error:
        raise InvalidEntryError(
            field, f"“{typed.strip()}” isn't a time of day. {_EXAMPLE}"
        ) from error


def _check_spans(spans: tuple[Span, ...], field: str = _FIELD) -> None:
    for start, end in spans:
        if end not in (MIDNIGHT,) and end <= start:
            raise InvalidEntryError(
                field,
                f"{clock(start)}-{clock(end)} closes before it opens. Hours past midnight"
                " can't be kept: end the day at 24:00.",
            )
    for (first, first_end), (second, second_end) in pairwise(spans):
        if first_end == MIDNIGHT or second < first_end:
            raise InvalidEntryError(
                field,
                f"{clock(first)}-{clock(first_end, ends=True)} and"
                f" {clock(second)}-{clock(second_end, ends=True)} overlap or are out of order."
                " Put the earlier one first.",
            )
