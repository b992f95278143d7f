"""Rows before and after, put into plain words for the owner."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from recoverydesk.domain.days import clock, day_plain
from recoverydesk.domain.language import LANGUAGE_NAMES
from recoverydesk.domain.money import format_money
from recoverydesk.domain.voucher import shown_code
from recoverydesk.records import record
from recoverydesk.services.history_words import CASE, POINTERS, TOLD, How, Kind, Told

LONGEST = 120
"""Of a text that is quoted, in signs."""
LEAD = 30
"""How much of what two long texts share is told before they part, in signs."""
NOT_THERE = "no longer on the desk"

Image: TypeAlias = Mapping[str, Any]
"""A row as the journal keeps it: column to value."""
EnumWords: TypeAlias = Callable[[StrEnum], str]


class Did(StrEnum):
    """What became of a row, or of one of its values."""

    ADDED = "added"
    CHANGED = "changed"
    TAKEN_AWAY = "taken_away"


@record
class HistoryLine:
    """One thing that a change did, in plain words.

    Attributes:
        what: what it is: "How upset they are", or what came or went: "Contact".
        before: how it was; empty where there was nothing.
        after: how it is since; empty where there is nothing any more.
        about: what it belongs to where that isn't the case itself: a follow-up's words, a
            voucher's code; empty where `what` says it all.
        did: whether a value changed, or something came or went as a whole.
    """

    what: str
    before: str
    after: str
    about: str = ""
    did: Did = Did.CHANGED


@record
class RowImages:
    """A row before and after a change; None where there was none."""

    table: str
    before: Image | None
    after: Image | None


def in_words(value: StrEnum) -> str:
    """Return a stored value as words, where nobody has better ones: "about to leave"."""
    return value.value.replace("_", " ")


@record
class Speech:
    """What it takes to say a value as the shop does."""

    locale: str
    currency: str
    zone: ZoneInfo
    names: Mapping[tuple[Kind, int], str]
    """Of the rows that others point at."""
    enum_words: EnumWords

    def say(self, image: Image, column: str, how: How) -> str:
        """Return a row's value in words; empty where there is none."""
        value = image.get(column)
        if value is None or value == "":
            return ""
        if not isinstance(how, Kind):
            return self.enum_words(how(value))
        if how in POINTERS:
            return self._name(how, value)
        if how is Kind.DAY:
            return _day(value, self.locale)
        if how in {Kind.STAMP, Kind.DUE}:
            hour = how is Kind.STAMP or bool(image.get("timed"))
            return _moment(value, self.zone, self.locale, hour=hour)
        return self._plain(how, value)

    def _name(self, kind: Kind, id_: int) -> str:
        name = self.names.get((kind, id_), NOT_THERE)
        return shown_code(name) if kind is Kind.VOUCHER and name != NOT_THERE else name

    def _plain(self, kind: Kind, value: Any) -> str:  # noqa: ANN401 - as stored
        match kind:
            case Kind.MONEY:
                return _money(value, self.currency, self.locale)
            case Kind.FLAG:
                return "yes" if value else "no"
            case Kind.LANGUAGE:
                return LANGUAGE_NAMES.get(value, str(value))
            case Kind.CODE:
                return shown_code(value)
        return " ".join(str(value).split())


# A case's rows name the same few moments and amounts over and over, and babel takes a tenth of a
# millisecond for each.
@lru_cache(maxsize=4_096)
def _money(cents: int, currency: str, locale: str) -> str:
    return format_money(cents, currency=currency, locale=locale)


@lru_cache(maxsize=4_096)
def _day(value: str, locale: str) -> str:
    return day_plain(date.fromisoformat(value), locale)


@lru_cache(maxsize=4_096)
def _moment(value: str, zone: ZoneInfo, locale: str, *, hour: bool) -> str:
    at = datetime.fromisoformat(value)
    words = day_plain(at.astimezone(zone).date(), locale)
    return f"{words}, {clock(at, zone, locale)}" if hour else words


def pointers(rows: Iterable[RowImages]) -> dict[Kind, set[int]]:
    """Return the ids that rows point at, by what they point at."""
    found: dict[Kind, set[int]] = {}
    for row in rows:
        for image in filter(None, (row.before, row.after)):
            for column, kind in _POINTING[row.table]:
                if image.get(column) is not None:
                    found.setdefault(kind, set()).add(image[column])
    return found


_POINTING = {
    table: [
        (column, how)
        for column, (_words, how) in told.columns.items()
        if isinstance(how, Kind) and how in POINTERS
    ]
    for table, told in TOLD.items()
}


def lines_of(rows: Iterable[RowImages], speech: Speech, number: str) -> tuple[HistoryLine, ...]:
    """Return what one change did, in the order it was done; each row is told once.

    Args:
        rows: in the order they were written.
        speech: how values are said.
        number: of the case whose history it is; rows of another one say so.
    """
    return tuple(line for row in _each_once(rows) for line in _lines(row, speech, number))


def _each_once(rows: Iterable[RowImages]) -> Iterable[RowImages]:
    """Return each row as it was at the start and at the end of the change."""
    found: dict[tuple[Any, ...], RowImages] = {}
    for row in rows:
        key = (row.table, *(_there(row)[column] for column in TOLD[row.table].same))
        first = found.get(key, row)
        found[key] = RowImages(row.table, first.before, row.after)
    return found.values()


def _there(row: RowImages) -> Image:
    image = row.after or row.before
    assert image is not None
    return image


def _lines(row: RowImages, speech: Speech, number: str) -> Iterator[HistoryLine]:
    told = TOLD[row.table]
    if row.before and row.after:
        yield from _changes(row, told, speech, number)
    elif row.after:
        yield HistoryLine(told.noun, "", _opening(row.after, told, speech), did=Did.ADDED)
    elif row.before:
        yield HistoryLine(told.noun, _opening(row.before, told, speech), "", did=Did.TAKEN_AWAY)


def _changes(row: RowImages, told: Told, speech: Speech, number: str) -> Iterator[HistoryLine]:
    assert row.before is not None
    assert row.after is not None
    about = _about(row, told, speech, number)
    for column, (what, how) in told.columns.items():
        if row.before.get(column) == row.after.get(column):
            continue
        before, after = (speech.say(image, column, how) for image in (row.before, row.after))
        if before != after:
            yield HistoryLine(what, *side_by_side(before, after), about)


def _about(row: RowImages, told: Told, speech: Speech, number: str) -> str:
    """Return what a changed row is known by: its name from before, as it is where it had none."""
    assert row.before is not None
    if row.table == CASE:
        its_own = str(row.before["number"])
        return "" if its_own == number else its_own
    if not told.name:
        return told.noun
    return shortened(speech.say(row.before, told.name, told.columns[told.name][1])) or told.noun


def _opening(image: Image, told: Told, speech: Speech) -> str:
    """Return a row in one line, such as "Call. Spoke with them. Rang"."""
    parts = []
    for column, around in told.opening:
        words = image.get(column) and speech.say(image, column, told.columns[column][1])
        if words:
            # Not `format`: what people typed may hold braces of its own.
            parts.append(_as_sentence(around.replace("{}", shortened(words))))
    return " ".join(parts)


def _as_sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…", "”")) else f"{words}."


def shortened(words: str, most: int = LONGEST) -> str:
    """Return as much of a text as fits, ending at a word where there is one."""
    if len(words) <= most:
        return words
    head = words[: most - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:.") + "…"


def side_by_side(before: str, after: str) -> tuple[str, str]:
    """Return two texts short enough to compare; long ones begin a little before they part."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    pairs = zip(before, after, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    start = before.rfind(" ", 0, max(shared - LEAD, 0)) + 1
    lead = "…" if start else ""
    return _from(before, start, lead), _from(after, start, lead)


def _from(words: str, start: int, lead: str) -> str:
    return shortened(lead + words[start:]) if words else ""
