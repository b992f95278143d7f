"""Which column of a till's file is what: guessed from its headings, else from what stands in it.

Headings are known in English, German, French and Spanish, as tills write them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from recoverydesk.domain.names import name_key
from recoverydesk.records import record

SAMPLE = 300
"""Rows that a guess looks at."""
FIRST_ROWS = 30
"""Rows among which the headings stand; above them a till writes its own name."""
MOSTLY = 0.7
_LONGEST_HEADING = 60


class DayOrder(StrEnum):
    """In which order a file writes its days."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@record
class SalesColumns:
    """Where each thing stands, counted from 0; None where the file doesn't have it."""

    day: int | None = None
    amount: int | None = None
    name: int | None = None
    first_name: int | None = None
    phone: int | None = None
    email: int | None = None
    order: DayOrder | None = None
    """None where it can't be told from the file."""

    def tells_who(self) -> bool:
        """Say whether some column tells who bought."""
        return any(
            place is not None for place in (self.name, self.first_name, self.phone, self.email)
        )


_HEADINGS = {
    "day": """date day datum tag belegdatum verkaufsdatum kaufdatum rechnungsdatum bondatum
        buchungstag zeitpunkt datetime timestamp created sold soldon jour fecha dia""",
    "amount": """amount total sum price paid net gross value sales revenue turnover betrag summe
        gesamt umsatz preis brutto netto gesamtbetrag bruttobetrag rechnungsbetrag endbetrag
        montant somme prix importe monto""",
    "first_name": "firstname vorname givenname forename prenom",
    "name": """name customer client buyer guest lastname surname fullname kunde kundin kundenname
        nachname gast kaufer nom cliente nombre customername clientname""",
    "phone": """phone telephone tel mobile cell telefon telefonnummer handy handynummer mobil
        rufnummer phonenumber mobilenumber portable telefono movil""",
    "email": "email mail emailaddress emailadresse courriel correo",
}
_WORDS = {kind: frozenset(words.split()) for kind, words in _HEADINGS.items()}
_NOT_AMOUNT = frozenset({"tax", "vat", "mwst", "ust", "discount", "rabatt", "tip", "trinkgeld"})
_NOT_NAME = frozenset({"id", "no", "nr", "number", "nummer", "product", "artikel", "item"})
_WHOLE = ("total", "gesamt", "gross", "brutto", "betrag", "summe", "amount")

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"\+?[\d\s()/.-]{6,25}")
_AMOUNT = re.compile(
    r"[-+(\u2212]?\s*[^\d\s.,()-]{0,4}\s*[-\u2212]?\d{1,3}(?:\d*|(?:[.,' \u00a0\u202f]\d{3})*)"
    r"(?:[.,]\d{1,6})?\s*[^\d\s.,()-]{0,4}\s*[-)]?"
)
_DAY = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    r"|\d{1,2}\.? [^\W\d_]{3,10}\.?,? \d{4}|[^\W\d_]{3,10} \d{1,2},? \d{4}|20\d{6})"
    r"(?:[T ,].{1,25})?"
)
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}")


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which row has the headings; None where the file starts with a sale.

    It is the row above the first sale in which most words are known as headings; where none is
    known, the last one above it.
    """
    for place, row in enumerate(rows[:FIRST_ROWS]):
        if any(looks_like_day(cell) for cell in row):
            above = [at for at in range(place) if _many(rows[at])]
            return max(above, key=lambda at: (_known(rows[at]), at)) if above else None
    # No day anywhere: the first row with several words is the likeliest, so that it can be shown.
    return next((at for at, row in enumerate(rows[:FIRST_ROWS]) if _many(row)), None)


def _many(row: Sequence[str]) -> bool:
    return sum(1 for cell in row if cell.strip()) > 1


def _known(row: Sequence[str]) -> int:
    return sum(1 for cell in row if any(_heading_says(kind, cell) for kind in _WORDS))


def guess(headings: Sequence[str], sample: Sequence[Sequence[str]]) -> SalesColumns:
    """Return which column is what, as far as headings and what stands below them tell.

    Args:
        headings: the words above the columns; may be empty.
        sample: some rows; ragged ones are fine.
    """
    sample = sample[:SAMPLE]
    wide = max((len(row) for row in (headings, *sample)), default=0)
    cells = [
        [row[at].strip() for row in sample if at < len(row) and row[at].strip()]
        for at in range(wide)
    ]
    found: dict[str, int] = {}
    for kind in ("email", "phone", "day", "first_name", "amount", "name"):
        free = [at for at in range(wide) if at not in found.values()]
        at = _by_heading(kind, headings, cells, free)
        if at is None and kind in _LOOKS:
            at = _by_content(kind, cells, free)
        if at is not None:
            found[kind] = at
    day = found.get("day")
    return SalesColumns(**found, order=None if day is None else day_order(cells[day]))


def _by_heading(
    kind: str, headings: Sequence[str], cells: Sequence[Sequence[str]], free: Sequence[int]
) -> int | None:
    fits = [at for at in free if at < len(headings) and _heading_says(kind, headings[at])]
    if looks := _BELOW_HEADING.get(kind):
        # A heading may lie: what stands below it has to be what it says.
        fits = [at for at in fits if not cells[at] or _share(cells[at], looks) >= MOSTLY / 2]
    if kind == "amount":
        fits.sort(key=lambda at: not any(word in _key(headings[at]) for word in _WHOLE))
    return fits[0] if fits else None


def _heading_says(kind: str, heading: str) -> bool:
    words = set(_key(heading[:_LONGEST_HEADING]).split())
    joined = "".join(_key(heading[:_LONGEST_HEADING]).split())
    if kind == "amount" and words & _NOT_AMOUNT:
        return False
    if kind == "name" and words & _NOT_NAME:
        return False
    return joined in _WORDS[kind] or bool(words & _WORDS[kind])


def _key(words: str) -> str:
    return re.sub(r"[^\w]+|_", " ", name_key(words))


def _by_content(kind: str, cells: Sequence[Sequence[str]], free: Sequence[int]) -> int | None:
    best, share = None, MOSTLY
    for at in free:
        if cells[at] and (found := _share(cells[at], _LOOKS[kind])) >= share:
            best, share = at, found + 1e-9
    return best


def _share(cells: Sequence[str], looks: Callable[[str], bool]) -> float:
    return sum(1 for cell in cells if looks(cell)) / len(cells)


def looks_like_day(cell: str) -> bool:
    """Say whether a cell reads like a day, with or without a time after it."""
    return _DAY.fullmatch(cell.strip()) is not None


def _looks_like_amount(cell: str) -> bool:
    return _AMOUNT.fullmatch(cell) is not None and not looks_like_day(cell)


def _looks_like_phone(cell: str) -> bool:
    starts = cell.startswith(("+", "0", "("))
    return starts and _PHONE.fullmatch(cell) is not None and not looks_like_day(cell)


def _looks_like_email(cell: str) -> bool:
    return _EMAIL.fullmatch(cell) is not None


def _looks_like_name(cell: str) -> bool:
    letters = sum(1 for sign in cell if sign.isalpha())
    return len(cell.split()) > 1 and letters > len(cell) / 2


_LOOKS: Mapping[str, Callable[[str], bool]] = {
    "day": looks_like_day,
    "amount": _looks_like_amount,
    "phone": _looks_like_phone,
    "email": _looks_like_email,
    "name": _looks_like_name,
}
_BELOW_HEADING = {**_LOOKS, "name": lambda cell: any(sign.isalpha() for sign in cell)}


def day_order(cells: Sequence[str]) -> DayOrder | None:
    """Return whether days come before months; None where nothing in the column tells.

    Days before months where dots part them, as nobody who writes the month first does that.
    """
    day_first = month_first = plain = 0
    for cell in cells:
        if (numbers := _NUMBERS.match(cell.strip())) is None:
            continue
        plain += 1
        first, second = int(numbers[1]), int(numbers[2])
        day_first += first > 12 >= second or "." in cell.split(" ")[0]  # noqa: PLR2004 - months
        month_first += second > 12 >= first  # noqa: PLR2004 - months
    if not plain or day_first > month_first:
        return DayOrder.DAY_FIRST
    return DayOrder.MONTH_FIRST if month_first else None


def as_json(columns: SalesColumns, headings: Sequence[str]) -> dict[str, Any]:
    """Return the columns as they are remembered: by heading, as columns move between files."""
    places = asdict(columns)
    order = places.pop("order")
    named = {
        kind: headings[at]
        for kind, at in places.items()
        if at is not None and at < len(headings) and headings[at].strip()
    }
    return {"headings": named, "order": order}


def from_json(remembered: object, headings: Sequence[str]) -> SalesColumns | None:
    """Return remembered columns, where this file has all of them under the same headings."""
    if not isinstance(remembered, dict):
        return None
    named = remembered.get("headings")
    kinds = set(asdict(SalesColumns())) - {"order"}
    if not isinstance(named, dict) or not named or not set(named) <= kinds:
        return None
    places = {kind: _place(headings, heading) for kind, heading in named.items()}
    if None in places.values():
        return None
    order = remembered.get("order")
    return SalesColumns(**places, order=DayOrder(order) if order in set(DayOrder) else None)


def _place(headings: Sequence[str], heading: object) -> int | None:
    return headings.index(heading) if heading in headings else None
