"""When the shop is open: all clocks and due dates count these hours and no others."""

from functools import partial

from recoverydesk.domain.opening_hours import Span, day_text, parse_day
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import shop
from recoverydesk.services.shop import ShopView
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, row
from ui.wording import tr

CLOSED: tuple[Span, ...] = ()


class HoursCard(Card):
    """Seven days, as typed."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Opening hours"), tr("Clocks and due dates count these"))
        self._session = session
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
        self._form = Form({f"day{place}": field for place, field in enumerate(fields)})
        for place in range(0, len(fields), 2):
            pair = fields[place : place + 2]
            self.body.addLayout(row(*((field, 1) for field in pair), gap=16))
        self.save_button = Button(tr("Save opening hours"), "secondary", icon="check")
        self.save_button.clicked.connect(lambda _on: self._save())
        self.body.addLayout(row(STRETCH, self.save_button))

    def show_shop(self, view: ShopView) -> None:
        """Show what is saved."""
        for field, spans in zip(self._days, view.hours.week, strict=True):
            field.setText(day_text(spans))

    def _save(self) -> None:
        self._form.start()
        for place, field in enumerate(self._days):
            self._form.take(f"day{place}", partial(parse_day, field.text()), CLOSED)
        if not self._form.ok():
            return
        typed = {place: field.text() for place, field in enumerate(self._days)}
        with told_to_owner(self):
            try:
                shop.set_hours(self._session.desk, typed)
            except InvalidEntryError as error:
                self._form.show(error, "day0")
