"""A day, typed or picked from a calendar."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from recoverydesk.domain.names import name_key
from recoverydesk.errors import InvalidEntryError
from ui import look
from ui.widgets.buttons import IconButton
from ui.widgets.fields import TextField
from ui.widgets.layouts import row
from ui.wording import filled, tr

Parse = Callable[[str], date | None]
Write = Callable[[date], str]

CALENDAR_NAME = "Choose a day"

_MONTHS = range(1, 13)
_YEARS_AROUND = 8
"""A day without its year lies at the most so far away: 29 February, across a century."""
_FIRST_SHORT_YEAR = 50
"""Two digits from here on are of the last century: "3.4.98" is 1998."""
_SHORTEST_NAME = 3
"""Letters of a month's name that are enough where no other month begins so."""
_ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
_SAID_BESIDE = frozenset(("st", "nd", "rd", "th", "of", "the", "er"))


class Meant(StrEnum):
    """Which year a day without one belongs to."""

    NEAREST = "nearest"
    AHEAD = "ahead"
    PAST = "past"


def read_day(text: str, *, meant: Meant = Meant.NEAREST, today: date | None = None) -> date | None:
    """Return a day typed as people here write it, or as 2026-10-14; None where it is none.

    Day and month stand in the order of the locale, with dots, slashes, dashes or blanks between;
    the month may be a name, here or in English; the year may have two digits or be left out.

    Args:
        text: what was typed.
        meant: where a day without a year lies, seen from today; today itself always will do.
        today: the shop's day; without it, the computer's.
    """
    locale = QLocale()
    plain = _plain(text)
    try:
        return date.fromisoformat(plain)
    except ValueError:
        parts = _parts(plain, locale)
    if parts is None:
        return _read_long(text, locale)
    year, month, day = parts
    if year is None:
        return _without_year(month, day, meant, today or _computers_day())
    return _day_or_none(year, month, day)


def write_day(day: date) -> str:
    """Return a day as people here write it, the year with four digits."""
    locale = QLocale()
    # Short forms of many languages have two digits for the year, which could be any century.
    short = re.sub("y+", "yyyy", locale.dateFormat(QLocale.FormatType.ShortFormat))
    return locale.toString(QDate(day.year, day.month, day.day), short)


def unread_day(field: str, typed: str = "") -> InvalidEntryError:
    """Return the refusal of what can't be read as a day, with an example as people here write it.

    Args:
        field: the name the form knows the field by.
        typed: what can't be read, where the field may hold more than that.
    """
    told = filled("“{typed}” is no day.", typed=typed) if typed else tr("That day can't be read.")
    example = write_day(date(_computers_day().year, 12, 24))
    return InvalidEntryError(
        field, told, advice=filled("Write it like {day}.", day=example.rstrip("."))
    )


def _plain(text: str) -> str:
    """Return a text without the marks that only turn its direction, digits and signs made plain."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf").strip().casefold()


def _read_long(text: str, locale: QLocale) -> date | None:
    """Return a day in the long form that some languages write in a way of their own."""
    found = locale.toDate(text.strip(), QLocale.FormatType.LongFormat)
    return date(found.year(), found.month(), found.day()) if found.isValid() else None


def _parts(plain: str, locale: QLocale) -> tuple[int | None, int, int] | None:
    """Return year, month and day as typed; None where it is none. The year may be None."""
    pieces = re.findall(r"\d+|,|[^\s\d./,\-]+", plain)
    numbers = [piece for piece in pieces if piece.isdecimal()]
    words = [name_key(piece) for piece in pieces if not piece.isdecimal() and piece != ","]
    if any(len(number) not in {1, 2, 4} for number in numbers):
        return None
    if not words:
        # A comma between bare numbers parts days from one another.
        return None if "," in pieces else _by_order(numbers, locale)
    beside = _beside(locale.name())
    months = [word for word in words if _month(word, locale.name())]
    if any(word not in beside for word in words if word not in months):
        return None
    if len(months) > 1 or len(numbers) == 3:  # noqa: PLR2004 - nothing is left to be named
        # "mar." is a Tuesday and a month in French.
        months = [word for word in months if word not in beside]
    if not months:
        return _by_order(numbers, locale)
    if len(months) > 1:
        return None
    before = next(at for at, piece in enumerate(pieces) if name_key(piece) == months[0])
    first = [piece for piece in pieces[:before] if piece.isdecimal()]
    month = _month(months[0], locale.name())
    return _by_name(first, numbers[len(first) :], month)


def _by_order(numbers: list[str], locale: QLocale) -> tuple[int | None, int, int] | None:
    """Read numbers alone: the order is the locale's, unless the year is first or last."""
    match [_order(locale, QLocale.FormatType.ShortFormat), *numbers]:
        case [_, a, b] if len(a + b) < 5:  # noqa: PLR2004 - none of them is a year
            return None, *_month_and_day(locale, a, b)
        case ["yMd" | "ydM", a, b, c] if len(a) + len(c) < 5:  # noqa: PLR2004 - no long year
            return _year(a), int(b), int(c)
        case [_, a, b, c] if len(a) == 4:  # noqa: PLR2004 - a year
            return int(a), int(b), int(c)
        case [_, a, b, c]:
            return _year(c), *_month_and_day(locale, a, b)
    return None


def _by_name(before: list[str], after: list[str], month: int) -> tuple[int | None, int, int] | None:
    """Read the numbers before and after a month's name."""
    match before, after:
        case ([day], []) | ([], [day]):
            return None, month, int(day)
        case [year], [day] if len(year) == 4:  # noqa: PLR2004 - a year
            return int(year), month, int(day)
        case [day], [year]:
            return _year(year), month, int(day)
        # Two digits would rather be another day: "24, 25 December".
        case ([], [day, year]) | ([day, year], []) if len(year) == 4:  # noqa: PLR2004
            return int(year), month, int(day)
        case ([], [year, day]) | ([year, day], []) if len(year) == 4:  # noqa: PLR2004
            return int(year), month, int(day)
    return None


def _year(typed: str) -> int:
    year = int(typed)
    if len(typed) == 4:  # noqa: PLR2004 - a whole year
        return year
    return year + (1900 if year >= _FIRST_SHORT_YEAR else 2000)


def _month_and_day(locale: QLocale, first: str, second: str) -> tuple[int, int]:
    short = _order(locale, QLocale.FormatType.ShortFormat)
    # Where the short form begins with the year, the long one tells how people say it.
    order = _order(locale, QLocale.FormatType.LongFormat) if short.startswith("y") else short
    day_first = order.index("d") < order.index("M")
    return (int(second), int(first)) if day_first else (int(first), int(second))


@lru_cache(maxsize=8)
def _order(locale: QLocale, style: QLocale.FormatType) -> str:
    """Return "dMy", "Mdy", "yMd": the order a form of the locale has."""
    pattern = re.sub("'[^']*'", "", locale.dateFormat(style))
    return "".join(dict.fromkeys(re.findall("d(?!dd)|[My]", re.sub("dddd?", "", pattern))))


@lru_cache(maxsize=8)
def _months(name: str) -> Mapping[str, int]:
    """Return the names of the months in a locale and in English, as keys."""
    styles = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    found = {
        name_key(written): month
        for locale in (_ENGLISH, QLocale(name))
        for style in styles
        for month in _MONTHS
        for written in (locale.standaloneMonthName(month, style), locale.monthName(month, style))
    }
    return {key: month for key, month in found.items() if key}


def _month(key: str, locale: str) -> int:
    """Return the month that a word names or begins; 0 where it is none, or could be two."""
    months = _months(locale)
    if key in months:
        return months[key]
    begun = {month for name, month in months.items() if name.startswith(key)}
    return begun.pop() if len(key) >= _SHORTEST_NAME and len(begun) == 1 else 0


@lru_cache(maxsize=8)
def _beside(name: str) -> frozenset[str]:
    """Return the words that may stand in a day without changing it: its weekday, "de", "th"."""
    locale = QLocale(name)
    styles = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    names = {
        written
        for one in (_ENGLISH, locale)
        for style in styles
        for day in range(1, 8)
        for written in (one.dayName(day, style), one.standaloneDayName(day, style))
    }
    pattern = locale.dateFormat(QLocale.FormatType.LongFormat)
    joined = re.findall(r"[^\W\d_]+", re.sub("[dMy](?=[^']*(?:'[^']*'[^']*)*$)", " ", pattern))
    return _SAID_BESIDE | {name_key(word) for word in (*names, *joined)}


def _without_year(month: int, day: int, meant: Meant, today: date) -> date | None:
    around = range(today.year - _YEARS_AROUND, today.year + _YEARS_AROUND + 1)
    found = [one for year in around if (one := _day_or_none(year, month, day))]
    fit = [
        one
        for one in found
        if not (meant is Meant.AHEAD and one < today) and not (meant is Meant.PAST and one > today)
    ]
    return min(fit, key=lambda one: abs(one - today), default=None)


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _computers_day() -> date:
    now = QDate.currentDate()
    return date(now.year(), now.month(), now.day())


class DayField(QWidget):
    """A day: typed in any way the parser takes, or picked.

    Signals:
        changed: the text is another.
        picked: a day was picked from the calendar. Argument: a `date`.

    Attributes:
        edit: the line inside.
    """

    changed = Signal()
    picked = Signal(object)

    def __init__(
        self,
        day: date | None = None,
        *,
        name: str = "",
        parse: Parse = read_day,
        write: Write = write_day,
    ) -> None:
        """Make a field.

        Args:
            day: what stands in it; None leaves it empty.
            name: for a screen reader; `LabelledField` gives its label.
            parse: reads what was typed; None where it isn't a day.
            write: how a day is written.
        """
        super().__init__()
        self._parse = parse
        self._write = write
        self.edit = TextField(name=name)
        self._open = IconButton("calendar", CALENDAR_NAME)
        self._popup: _CalendarPopup | None = None
        self.setLayout(row((self.edit, 1), self._open, gap=4))
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.textChanged.connect(lambda _text: self.changed.emit())
        self._open.clicked.connect(self.open_calendar)
        self.set_day(day)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the line inside, where the focus is."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def text(self) -> str:
        """Return what stands in the field, as typed."""
        return self.edit.text()

    def day(self) -> date | None:
        """Return the day, or None where the field is empty or holds none."""
        return self._parse(self.edit.text()) if self.edit.text().strip() else None

    def set_day(self, day: date | None) -> None:
        """Put a day in, or empty the field."""
        self.edit.setText("" if day is None else self._write(day))

    def set_trouble(self, *, on: bool) -> None:
        """Show the edge in red; `LabelledField` does it."""
        self.edit.set_trouble(on=on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar with the down arrow (Qt)."""
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar under the field."""
        if self._popup is None:
            self._popup = _CalendarPopup(self)
            self._popup.picked.connect(self._pick)
        self._popup.open_at(self, self.day())

    def _pick(self, day: date) -> None:
        self.set_day(day)
        self.edit.setFocus()
        self.picked.emit(day)


class _CalendarPopup(QFrame):
    """The calendar that drops down."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.calendar = QCalendarWidget(self)
        self.calendar.setAccessibleName(CALENDAR_NAME)
        no_weeks = QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        self.calendar.setVerticalHeaderFormat(no_weeks)
        self.calendar.setFont(look.font("secondary"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.calendar)
        self.calendar.clicked.connect(self._tell)
        self.calendar.activated.connect(self._tell)

    def open_at(self, field: QWidget, day: date | None) -> None:
        """Drop down under a field with a day chosen; without one, today."""
        self._dress()
        if day is not None:
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        self.move(field.mapToGlobal(QPoint(0, field.height() + look.px(4))))
        self.show()
        self.calendar.setFocus()

    def _dress(self) -> None:
        # The calendar keeps its colours: give it those of the moment whenever it opens.
        now = look.theme()
        plain = QTextCharFormat()
        plain.setForeground(now.text)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, plain)
        header = QTextCharFormat()
        header.setForeground(now.text3)
        header.setBackground(now.surface)
        self.calendar.setHeaderTextFormat(header)
        palette = QPalette(self.palette())
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Button):
            palette.setColor(role, now.surface)
        palette.setColor(QPalette.ColorRole.Highlight, now.accent)
        bar = self.calendar.findChild(QWidget, "qt_calendar_navigationbar")
        if bar is not None:
            # Its ground is the highlight colour of its palette, meant for a title bar.
            calm = QPalette(palette)
            calm.setColor(QPalette.ColorRole.Highlight, now.surface)
            calm.setColor(QPalette.ColorRole.HighlightedText, now.text)
            bar.setPalette(calm)
        for name, icon in (
            ("qt_calendar_prevmonth", "chevron-left"),
            ("qt_calendar_nextmonth", "chevron-right"),
        ):
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(look.icon(icon))

    def _tell(self, day: QDate) -> None:
        self.close()
        self.picked.emit(date(day.year(), day.month(), day.day()))
