"""When the shop is open: all clocks and due dates count these hours and no others."""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.opening_hours import Span, day_text, parse_day
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import shop_changes
from recoverydesk.services.shop import ShopView
from ui.errors import told_to_owner
from ui.forms import Form
from ui.pages.settings.shown import Shown
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.days import Meant, read_day, unread_day, write_day
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.layouts import STRETCH, row
from ui.wording import tr

CLOSED: tuple[Span, ...] = ()
NO_DAYS: tuple[date, ...] = ()


class HoursCard(Card):
    """Seven days, as typed."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Opening hours"), tr("Clocks and due dates count these"))
        self._session = session
        self._shown = Shown()
        days = (
            tr("Monday"),
            tr("Tuesday"),
            tr("Wednesday"),
            tr("Thursday"),
            tr("Friday"),
            tr("Saturday"),
            tr("Sunday"),
        )
        self._days = [TextField(example=tr("closed")) for _day in days]
        fields = [LabelledField(day, field) for day, field in zip(days, self._days, strict=True)]
        self._closed = TextArea(lines=3, grows=8)
        closed = LabelledField(
            tr("Closed on"), self._closed, tr("holidays, one day a line or with commas between")
        )
        self._form = Form(
            {**{f"day{place}": field for place, field in enumerate(fields)}, "closed": closed}
        )
        for place in range(0, len(fields), 2):
            pair: list[QWidget] = [*fields[place : place + 2]]
            if len(pair) == 1:
                pair.append(QWidget())  # the last day is as wide as the others
            self.body.addLayout(row(*((field, 1) for field in pair), gap=16))
        self.body.addWidget(closed)
        self.save_button = Button(tr("Save opening hours"), "secondary", icon="check")
        self.save_button.clicked.connect(lambda _on: self.save())
        self.body.addLayout(row(STRETCH, self.save_button))

    def show_shop(self, view: ShopView) -> None:
        """Show what is saved; words being typed stay."""
        for place, (field, spans) in enumerate(zip(self._days, view.hours.week, strict=True)):
            self._shown.show(f"day{place}", field, day_text(spans))
        closed = "\n".join(write_day(day) for day in sorted(view.hours.closed))
        self._shown.show("closed", self._closed, closed)

    def unsaved(self) -> bool:
        """Say whether something typed here isn't saved."""
        return self._shown.any_edited()

    def forget(self) -> None:
        """Let go of what is typed; the fields say again what is saved."""
        self._form.start()
        self._shown.put_back()
        self.show_shop(self._session.shop)

    def save(self) -> None:
        """Save what is typed; what can't be taken is pointed out and stays."""
        self._form.start()
        for place, field in enumerate(self._days):
            self._form.take(f"day{place}", partial(parse_day, field.text()), CLOSED)
        closed = self._form.take("closed", self._closed_days, NO_DAYS)
        if not self._form.ok():
            return
        typed = {place: field.text() for place, field in enumerate(self._days)}
        with told_to_owner(self):
            try:
                self._write(typed, closed)
            except InvalidEntryError as error:
                self._form.show(error, "day0")
                return
            self._shown.forget()
            self.show_shop(self._session.shop)

    def _closed_days(self) -> tuple[date, ...]:
        return _days(self._closed.text(), self._session.today())

    def _write(self, typed: dict[int, str], closed: tuple[date, ...]) -> None:
        desk = self._session.desk
        if set(closed) == self._session.shop.hours.closed:
            shop_changes.set_hours(desk, typed)
            return
        # One Undo for both.
        with desk.changing(shop_changes.HOURS_TOPICS, tr("Change when the shop is open")):
            shop_changes.set_hours(desk, typed)
            shop_changes.set_closed_days(desk, closed)


def _days(typed: str, today: date) -> tuple[date, ...]:
    """Return the days in a text, a line or a comma between them.

    Raises:
        InvalidEntryError: one of them is no day.
    """
    return tuple(day for line in typed.splitlines() for day in _days_in(line, today))


def _days_in(line: str, today: date) -> Iterator[date]:
    # Nobody plans to have been closed: a day without its year is the next one to come.
    read = partial(read_day, meant=Meant.AHEAD, today=today)
    whole = read(line)
    # Some languages write a comma within a day.
    pieces = [line] if whole is not None else re.split(r"[,;]", line)
    for piece in pieces:
        if not piece.strip():
            continue
        day = read(piece)
        if day is None:
            raise unread_day("closed", piece.strip())
        yield day
