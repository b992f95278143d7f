"""When a customer is expected in the shop, so that somebody greets them in person."""

from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import customer_pages, visits
from ui.dialogs.snooze import later_days
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.days import DayField, unread_day
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField
from ui.widgets.layouts import STRETCH, row
from ui.widgets.text import Text
from ui.wording import filled, tr


class ExpectDialog(Dialog):
    """Notes the day on which somebody is expected, changes it, or takes it back."""

    def __init__(self, session: Session, customer_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_id: who.
            parent: what it belongs to.

        Raises:
            NotFoundError: the customer is no longer on the desk.
        """
        view = customer_pages.view(session.desk, customer_id)
        title = filled("When do you expect {name}?", name=view.greeting)
        super().__init__(parent, title, save=tr("Expect them"), save_icon="store", width=520)
        self.setObjectName("expect")
        self._session, self._customer_id = session, customer_id
        today = session.today()
        self._field = DayField(view.expected_on)
        self.day = LabelledField(tr("&Day"), self._field, tr("a guess is enough"))
        self._form = Form({"expected_on": self.day})
        presets = [(tr("T&oday"), today), *later_days(session.shop.hours, today)]
        buttons = []
        for words, day in presets:
            button = Button(words, size="small")
            button.setToolTip(short_words(day, today))
            button.clicked.connect(partial(self._choose, day))
            buttons.append(button)
        said = tr(
            "Whoever is at the till sees it that day and greets them in person. Today reminds you."
        )
        self.add(Text(said, "body", "text2", wrap=True))
        self.body.addLayout(row(*buttons, STRETCH, gap=8))
        self.add(self.day)
        if view.expected_on is not None:
            self.save_button.set_text(tr("Change the day"))
            away = Button(tr("Not any &more"), "ghost", icon="x")
            away.clicked.connect(lambda _on: self._expect_no_more())
            self.add_button(away)
        self._field.edit.returnPressed.connect(self._save_it)
        self.save_wanted.connect(self._save_it)
        self._field.setFocus()

    def _choose(self, day: object, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._form.start()
        self._field.set_day(day)  # type: ignore[arg-type]
        self.save_button.setFocus()

    def _save_it(self) -> None:
        self._form.start()
        day = self._field.day()
        if day is None:
            typed = self._field.text().strip()
            missing = tr("Which day? Type it, or pick one from the calendar.")
            empty = InvalidEntryError("expected_on", missing)
            self._form.show(unread_day("expected_on") if typed else empty)
            return
        with told_to_owner(self), self._form.pointing_out():
            visits.expect(self._session.desk, self._customer_id, day, now=self._session.now())
            self.accept()

    def _expect_no_more(self) -> None:
        with told_to_owner(self):
            visits.expect(self._session.desk, self._customer_id, None, now=self._session.now())
            self.accept()
