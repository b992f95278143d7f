"""What a line of the till's file says: its day, its amount, and what tells it from every other."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from recoverydesk.domain.money import MOST_CENTS, decimals, parse_amount
from recoverydesk.domain.sales_columns import DayOrder
from recoverydesk.errors import InvalidEntryError

EARLIEST = date(2000, 1, 1)
YEAR = timedelta(days=365)
NEARLY_A_YEAR = timedelta(days=355)
"""From the first sale to the last; the week a shop is closed doesn't make it less than a year."""
LATELY = timedelta(days=62)
"""Sales that end before that say nothing about what somebody spends in a year now."""
FEWEST_VISITS = 4
"""From so many on somebody is a regular: three gaps have a middle."""
QUIET_GAPS = 2
"""Not seen for so many times their usual gap, a regular has gone quiet."""
LEAST_GAP_DAYS = 3
"""Who comes daily isn't quiet after a weekend and a holiday."""

_CENTURY = 2000
_LONGEST = 60
_ISO = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?=$|[T ,])")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?=$|[T ,])")
_DAY_WORD = re.compile(r"(\d{1,2})\.? ([^\W\d_]{3,10})\.?,? (\d{4})(?=$|[T ,])")
_WORD_DAY = re.compile(r"([^\W\d_]{3,10})\.? (\d{1,2}),? (\d{4})(?=$|[T ,])")
_ZONED = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})"
)
_MONTHS = {
    word: at
    for at, words in enumerate(
        (
            "jan january januar jän jänner", "feb february februar", "mar march mär märz maerz",
            "apr april", "may mai", "jun june juni", "jul july juli", "aug august",
            "sep sept september", "oct october okt oktober", "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_PLAIN = re.compile(r"(\d{1,10})(?:[.,](\d{1,2}))?")
_MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2212"


def read_day(
    cell: str, *, order: DayOrder | None, today: date, zone: ZoneInfo | None = None
) -> date:
    """Return the day of a sale.

    Args:
        cell: as it stands in the file; a time after it is left aside.
        order: whether days come before months where both are numbers.
        today: the shop's day; a sale can't be later.
        zone: the shop's, for stamps that name their own offset.

    Raises:
        InvalidEntryError: it is no day, or none on which this shop can have sold something.
    """
    text = " ".join(cell.split())
    day = _day(text, order, zone) if text else None
    if day is None:
        shown = f"“{text[:_LONGEST]}” isn't a day." if text else "It has no day."
        raise InvalidEntryError("day", shown)
    if day > today:
        raise InvalidEntryError("day", f"{day.isoformat()} hasn't come yet.")
    if day < EARLIEST:
        raise InvalidEntryError("day", f"{day.isoformat()} is too long ago to be right.")
    return day


def _day(text: str, order: DayOrder | None, zone: ZoneInfo | None) -> date | None:
    try:
        if zone is not None and _ZONED.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(zone).date()
        if found := _ISO.match(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.match(text):
            first, second, year = int(found[1]), int(found[2]), int(found[3])
            day, month = (second, first) if order is DayOrder.MONTH_FIRST else (first, second)
            return date(year if len(found[3]) > 2 else _CENTURY + year, month, day)  # noqa: PLR2004
        return _by_word(text)
    except ValueError:
        return None


def _by_word(text: str) -> date | None:
    if found := _DAY_WORD.match(text):
        day, word, year = found[1], found[2], found[3]
    elif found := _WORD_DAY.match(text):
        word, day, year = found[1], found[2], found[3]
    else:
        return None
    month = _MONTHS.get(word.casefold())
    return None if month is None else date(int(year), month, int(day))


def decimal_mark(cells: Iterable[str]) -> str:
    """Return the mark before the cents in a column of amounts: "," or "."; "" if none tells."""
    commas = points = 0
    for cell in cells:
        digits = cell.rstrip(" )€$£" + _MINUS)
        commas += re.search(r",\d{1,2}\D{0,5}$", digits) is not None
        points += re.search(r"\.\d{1,2}\D{0,5}$", digits) is not None
    if commas == points:
        return ""
    return "," if commas > points else "."


def read_amount(cell: str, *, mark: str, currency: str, locale: str) -> int:
    """Return the amount of a sale in minor units; below zero for money that went back.

    "-12.50", "12.50-", "(12.50)" and "-£12.50" are all money that went back.

    Args:
        cell: as it stands in the file.
        mark: what the column writes before its cents; see `decimal_mark`.
        currency: the desk's.
        locale: the shop's, where the column doesn't tell its mark.

    Raises:
        InvalidEntryError: it is no amount, or one of another currency.
    """
    text = " ".join(cell.split())
    if not text:
        raise InvalidEntryError("amount", "It has no amount.")
    back, text = _without_sign(text[: _LONGEST + 1])
    places = decimals(currency)
    plain = _PLAIN.fullmatch(text)
    if plain and len(plain[2] or "") <= places:
        cents = int(plain[1] + (plain[2] or "").ljust(places, "0"))
        if cents <= MOST_CENTS:
            return -cents if back else cents
    reads_as = {",": "de", ".": "en"}.get(mark, locale)
    cents = parse_amount(_without_idle(text, mark, places), currency=currency, locale=reads_as)
    return -cents if back else cents


def _without_sign(text: str) -> tuple[bool, str]:
    """Return whether it is below zero, and the amount without what says so."""
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    for sign in _MINUS:
        if text.startswith(sign) or text.endswith(sign):
            return True, text.strip(f"{sign} ")
    minus = re.match(rf"([^\d\s]{{1,4}}\s?)[{_MINUS}](?=\d)", text)
    if minus:
        return True, minus[1] + text[minus.end() :]
    if minus := re.search(rf"(?<=\d)[{_MINUS}](?=\s?[^\d\s]{{1,4}}$)", text):
        return True, text[: minus.start()] + text[minus.end() :]
    return False, text


def _without_idle(text: str, mark: str, places: int) -> str:
    """Return it without the noughts that some tills write behind the cents: 12.5000."""
    for one in (mark,) if mark else (".", ","):
        at = text.rfind(one)
        tail = text[at + 1 :]
        if at > 0 and text.count(one) == 1 and tail.isdecimal() and len(tail) > max(places, 3):
            kept, idle = tail[:places], tail[places:]
            if not idle.strip("0"):
                return f"{text[:at]}{one}{kept}" if kept else text[:at]
    return text


def sale_key(sold_on: date, who: str, amount_cents: int, nth: int) -> str:
    """Return what tells a line from every other.

    Args:
        sold_on: its day.
        who: what the file knows them by, made comparable: it stays, whoever they are merged with.
        amount_cents: its amount in minor units.
        nth: how many lines just like it the file had before, from 0: two coffees are two sales.
    """
    words = f"{sold_on.isoformat()}\x1f{who}\x1f{amount_cents}\x1f{nth}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def covers_a_year(first: date, latest: date, today: date) -> bool:
    """Say whether sales from `first` to `latest` tell what somebody spends in a year now."""
    return latest - first >= NEARLY_A_YEAR and today - latest <= LATELY


def usual_gap(days: Sequence[date]) -> int | None:
    """Return the usual number of days between visits: the median; None below `FEWEST_VISITS`.

    Args:
        days: when somebody was here; in any order, repeats count once.
    """
    known = sorted(set(days))
    if len(known) < FEWEST_VISITS:
        return None
    gaps = [(after - before).days for before, after in pairwise(known)]
    return max(LEAST_GAP_DAYS, round(median(gaps)))
