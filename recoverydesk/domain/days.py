"""Days and times in words: on paper as the locale writes them, on screen as people say them.

What the screen needs before its first paint is English and does without babel; the rest asks
babel, which is imported only then.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from recoverydesk.records import record

if TYPE_CHECKING:
    from babel import Locale

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SOON = timedelta(hours=2)
"""From then on a time today asks for attention."""

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


class Tone(StrEnum):
    """How loud a due date speaks; the window picks colour and icon."""

    LATE = "late"
    NOW = "now"
    PLAIN = "plain"


@record
class Due:
    """When something falls due, in words, and how loud."""

    words: str
    tone: Tone


def due_words(
    due_on: date,
    due_at: datetime | None,
    timed: bool,  # noqa: FBT001 - as the columns stand in a row
    today: date,
    now: datetime,
    zone: ZoneInfo,
) -> Due:
    """Return when something falls due, as a list shows it.

    Args:
        due_on: the shop's own day.
        due_at: the stamp, where there is one.
        timed: whether the time matters; else any time of the day will do.
        today: the shop's own day.
        now: this moment.
        zone: where the shop is.
    """
    if due_on < today:
        days = (today - due_on).days
        return Due("1 day late" if days == 1 else f"{days} days late", Tone.LATE)
    if due_on == today:
        return _time_words(due_at, now, zone) if timed and due_at else Due("Today", Tone.PLAIN)
    if due_on == today + timedelta(days=1):
        return Due("Tomorrow", Tone.PLAIN)
    return Due(short_words(due_on, today), Tone.PLAIN)


def _time_words(due_at: datetime, now: datetime, zone: ZoneInfo) -> Due:
    at = f"{due_at.astimezone(zone):%H:%M}"
    if due_at < now:
        return Due(f"Was due {at}", Tone.LATE)
    return Due(f"By {at}", Tone.NOW) if due_at - now <= _SOON else Due(at, Tone.PLAIN)


def short_words(day: date, today: date) -> str:
    """Return a day in few English words: "Thu 15 Oct", with the year where it is another one."""
    words = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1][:3]}"
    return words if day.year == today.year else f"{words} {day.year}"


def moment_words(at: datetime, now: datetime) -> str:
    """Return a moment in few English words: "today 14:02", "yesterday 09:10", "Thu 15 Oct 17:30".

    Args:
        at: the moment, in the shop's own time.
        now: this moment, in the same.
    """
    days = (now.date() - at.date()).days
    day = {0: "today", 1: "yesterday"}.get(days) or short_words(at.date(), now.date())
    return f"{day} {at:%H:%M}"


def day_words(day: date) -> str:
    """Return a day in English words, whatever the computer is set to: "14 October 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def waited_words(waited: timedelta) -> str:
    """Return how long something took: "38 min", "3 h 05 min", "6 days".

    Whole minutes below an hour, hours and minutes below a day, then whole days; rounded down, so
    that nobody is told they waited longer than they did. Less than nothing is "0 min".
    """
    seconds = max(int(waited.total_seconds()), 0)
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h {seconds % _HOUR // _MINUTE:02} min"
    days = seconds // _DAY
    return "1 day" if days == 1 else f"{days} days"


def month_name(month: int, locale: str = "en") -> str:
    """Return the name of a month from 1 to 12 as it stands alone: "October".

    English costs nothing; other languages ask babel.
    """
    if locale == "en" or locale.startswith(("en_", "en-")):
        return _MONTHS[month - 1]
    return str(_locale(locale).months["stand-alone"]["wide"][month])


def day_long(day: date, locale: str) -> str:
    """Return a day with its weekday, as a letter or a checklist has it.

    "Wednesday 14 October 2026" in Britain, "Mittwoch, 14. Oktober 2026" in Germany.
    """
    from babel.dates import format_date  # noqa: PLC0415 - not before the first paint

    found = _locale(locale)
    words = format_date(day, "full", locale=found)
    # Only in the day-month order of British English can the comma after the weekday go.
    first = words.partition(", ")
    return f"{first[0]} {first[2]}" if _is_british_order(found) and first[2] else words


def day_plain(day: date, locale: str) -> str:
    """Return a day without its weekday: "14 October 2026", "14. Oktober 2026"."""
    from babel.dates import format_date  # noqa: PLC0415 - not before the first paint

    return format_date(day, "long", locale=_locale(locale))


def day_short(day: date, locale: str) -> str:
    """Return a day in few words without its year: "Thu 15 Oct", "Do., 15. Okt."."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - not before the first paint

    found = _locale(locale)
    words = format_skeleton("MMMEd", day, locale=found)
    return words.replace(", ", " ") if _is_british_order(found) else words


def clock(stamp: datetime, zone: ZoneInfo, locale: str) -> str:
    """Return the time of a stamp on the shop's wall clock: "16:00", "4:00 PM"."""
    from babel.dates import format_time  # noqa: PLC0415 - not before the first paint

    local = stamp.astimezone(zone).replace(tzinfo=None)
    # CLDR's narrow space before PM is missing from many fonts.
    return format_time(local.time(), "short", locale=_locale(locale)).replace("\u202f", "\u00a0")


def _is_british_order(locale: "Locale") -> bool:
    return locale.language == "en" and locale.date_formats["long"].pattern.startswith("d")


@lru_cache(maxsize=32)
def _locale(name: str) -> "Locale":
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not before the first paint

    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
