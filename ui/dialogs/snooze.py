"""Put a follow-up off: a menu of days, and a day to pick."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import follow_ups
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField
from ui.widgets.text import Text
from ui.wording import tr

WEEK = 7


def later_days(hours: OpeningHours, today: date) -> list[tuple[str, date]]:
    """Return the days that a menu offers: its words, and a day that is open; each day once."""
    tomorrow = hours.add_open_days(today, 1)
    is_next = tomorrow == today + timedelta(days=1)
    monday = hours.next_open_day(today + timedelta(days=WEEK - today.weekday()))
    offered = [
        (tr("&Tomorrow") if is_next else tr("&Next open day"), tomorrow),
        (tr("&Monday") if monday.weekday() == 0 else tr("Ne&xt week"), monday),
        (tr("In a &week"), hours.next_open_day(today + timedelta(days=WEEK))),
    ]
    kept: dict[date, str] = {}
    for words, day in offered:
        kept.setdefault(day, words)
    return [(words, day) for day, words in sorted(kept.items())]


def snooze_menu(
    session: Session, parent: QWidget, snooze: Callable[[date], object], pick: Callable[[], object]
) -> QMenu:
    """Return the menu that puts off.

    Args:
        session: the open desk.
        parent: what the menu belongs to.
        snooze: called with the chosen day.
        pick: called where another day is wanted.
    """
    menu = QMenu(tr("Snooze"), parent)
    today = session.today()
    for words, day in later_days(session.shop.hours, today):
        action = QAction(f"{words}\t{short_words(day, today)}", menu)
        action.triggered.connect(partial(_tell, snooze, day))
        menu.addAction(action)
    menu.addSeparator()
    other = QAction(tr("&Pick a day…"), menu)
    other.triggered.connect(partial(_ask, pick))
    menu.addAction(other)
    return menu


def _tell(snooze: Callable[[date], object], day: date, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
    snooze(day)


def _ask(pick: Callable[[], object], _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
    pick()


class SnoozeDialog(Dialog):
    """Asks for the day a follow-up is put off to."""

    def __init__(
        self, session: Session, follow_up_id: int, title: str, *, parent: QWidget, why: str = ""
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            follow_up_id: which one.
            title: what it says.
            parent: what it belongs to.
            why: the reason that Today will show; empty leaves the one there is.
        """
        super().__init__(
            parent, tr("Put off to another day"), save=tr("Put off"), save_icon="alarm-clock",
            width=460,
        )  # fmt: skip
        self.setObjectName("snooze")
        self._session = session
        self._follow_up_id = follow_up_id
        self._why = why
        hours = session.shop.hours
        self._field = DayField(hours.next_open_day(session.today() + timedelta(days=WEEK)))
        self._day = LabelledField(
            tr("&Day"), self._field, tr("a closed day becomes the next open one")
        )
        self._form = Form({"day": self._day})
        self.add(Text(title, "strong", wrap=True), self._day)
        self.save_wanted.connect(self._move)
        self._field.setFocus()

    def _move(self) -> None:
        self._form.start()
        day = self._form.take("day", partial(wanted_day, self._field), None)
        if day is None or not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            follow_ups.move(
                self._session.desk,
                self._follow_up_id,
                to=day,
                now=self._session.now(),
                why=self._why,
            )
            self.accept()


def wanted_day(field: DayField, name: str = "day") -> date:
    """Return the day in a field.

    Raises:
        InvalidEntryError: it is empty, or no day.
    """
    day = field.day()
    if day is None:
        raise InvalidEntryError(name, tr("Which day? Type it, or pick one from the calendar."))
    return day
