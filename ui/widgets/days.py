"""A day, typed or picked from a calendar."""

from collections.abc import Callable
from datetime import date

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

from ui import look
from ui.widgets.buttons import IconButton
from ui.widgets.fields import TextField
from ui.widgets.layouts import row

Parse = Callable[[str], date | None]
Write = Callable[[date], str]

CALENDAR_NAME = "Choose a day"


def read_day(text: str) -> date | None:
    """Return a day typed as people here write it, or as 2026-10-14; None where it is none."""
    locale = QLocale()
    for style in (QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat):
        found = locale.toDate(text.strip(), style)
        if found.isValid():
            # Short forms of some languages have two digits for the year.
            year = found.year() + (100 if found.year() < 1950 else 0)  # noqa: PLR2004
            return date(year, found.month(), found.day())
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def write_day(day: date) -> str:
    """Return a day as people here write it."""
    found = QDate(day.year, day.month, day.day)
    return QLocale().toString(found, QLocale.FormatType.ShortFormat)


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
