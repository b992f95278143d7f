"""A day and an hour to type: when something was said, until when the next word is promised."""

from datetime import datetime, time

from PySide6.QtWidgets import QWidget

from recoverydesk.errors import InvalidEntryError
from ui import look
from ui.session import Session
from ui.widgets.days import DayField
from ui.widgets.fields import TextField
from ui.widgets.layouts import STRETCH, row
from ui.wording import tr

LAST_HOUR = time(18)
"""Stands for "that day" where the shop is closed on it."""


class NextWord(QWidget):
    """By when they hear from the shop again; empty promises nothing."""

    def __init__(self, session: Session, at: datetime | None = None) -> None:
        """Make the fields.

        Args:
            session: the open desk.
            at: what stands in them at first.
        """
        super().__init__()
        self._session = session
        local = None if at is None else session.local(at)
        self.day = DayField(None if local is None else local.date(), name=tr("Day"))
        hour = "" if local is None else f"{local:%H:%M}"
        self.hour = TextField(hour, example="17:00", name=tr("Time"))
        self.hour.setFixedWidth(look.px(96))
        self.setLayout(row((self.day, 1), self.hour, STRETCH, gap=8))
        self.setFocusProxy(self.day)

    def moment(self) -> datetime | None:
        """Return until when; None where both are empty.

        Raises:
            InvalidEntryError: day or hour can't be read, or there is an hour without a day.
        """
        if not self.day.text().strip() and not self.hour.text().strip():
            return None
        day = self.day.day()
        if day is None:
            raise InvalidEntryError(
                "promise", tr("Which day? Type it, or pick one from the calendar.")
            )
        if self.hour.text().strip():
            return datetime.combine(day, read_time(self.hour.text(), "promise"), self._session.zone)
        closes = self._session.shop.hours.closes_at(day)
        return closes or datetime.combine(day, LAST_HOUR, self._session.zone)


def read_time(typed: str, field: str) -> time:
    """Return a time of day from "14:30", "14.30" or "9".

    Raises:
        InvalidEntryError: it is none.
    """
    hour, _, minute = typed.strip().replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute or "0"))
    except ValueError as error:
        raise InvalidEntryError(
            field, tr("That time can't be read."), advice=tr("Write it like 14:30.")
        ) from error
