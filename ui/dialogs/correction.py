"""Mending the cause: plan a change, and later say that it is in place."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.correction import CorrectionKind
from recoverydesk.services import corrections
from recoverydesk.services.corrections import CorrectionEntry
from ui.dialogs.snooze import wanted_day
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import ChoiceCards
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import row
from ui.widgets.text import Text
from ui.wording import labels, tr

CHECK_AFTER = timedelta(weeks=4)
"""Long enough for the trouble to have come back if the fix doesn't hold."""


class CorrectionDialog(Dialog):
    """Plans what the shop changes so that it doesn't happen again."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case that led to it.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Plan a fix"), save=tr("Plan it"), width=700)
        self.setObjectName("correction")
        self.keep_typing(session, case_id=case_id)
        self._session = session
        self._case_id = case_id
        self._what = TextField(example=tr("Count the parcels with the driver before he leaves"))
        self._kind = ChoiceCards(
            [(kind.value, told.text, told.hint, "") for kind, told in labels(CorrectionKind)],
            name=tr("What it does"),
            columns=1,
        )
        self._who = TextField(example=tr("Sam"))
        self._due, self._check = DayField(), DayField()
        what = LabelledField(tr("&What will you change?"), self._what)
        kind = LabelledField(tr("What it does"), self._kind)
        who = LabelledField(tr("W&ho sees to it"), self._who, tr("optional"))
        due = LabelledField(tr("&Done by"), self._due, tr("optional"))
        check = LabelledField(tr("&Look again on"), self._check, tr("optional"))
        self._form = Form({"what": what, "who": who, "due_on": due, "check_on": check})
        self.add(what, kind)
        self.body.addLayout(row((who, 1), (due, 1), (check, 1), gap=16))
        self._kind.choose(CorrectionKind.CORRECTIVE.value)
        self.save_wanted.connect(self._plan)
        self._what.setFocus()

    def _plan(self) -> None:
        self._form.start()
        entry = CorrectionEntry(
            what=self._what.text(),
            who=self._who.text(),
            kind=CorrectionKind(self._kind.key()),
            due_on=self._form.take("due_on", partial(_day_or_none, self._due, "due_on"), None),
            check_on=self._form.take(
                "check_on", partial(_day_or_none, self._check, "check_on"), None
            ),
        )
        if not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            corrections.plan(self._session.desk, self._case_id, entry, now=self._session.now())
            self.accept()


class CorrectionDoneDialog(Dialog):
    """Asks, once a fix is in place, when to look whether it held."""

    def __init__(self, session: Session, correction_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            correction_id: the fix that is in place.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("The fix is in place"), save=tr("It is done"), width=480)
        self.setObjectName("correction_done")
        self._session = session
        self._correction_id = correction_id
        hours = session.shop.hours
        self._check = DayField(hours.next_open_day(session.today() + CHECK_AFTER))
        field = LabelledField(
            tr("&Look whether it held on"), self._check, tr("it comes up in Today")
        )
        self._form = Form({"check_on": field})
        self.add(
            Text(
                tr("Some fixes wear off. Have a second look when there was time to see."),
                token="text2",
                wrap=True,
            ),
            field,
        )
        self.save_wanted.connect(self._finish)
        self._check.setFocus()

    def _finish(self) -> None:
        self._form.start()
        day = self._form.take("check_on", partial(wanted_day, self._check, "check_on"), None)
        if day is None or not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            corrections.done(
                self._session.desk,
                self._correction_id,
                check_on=day,
                now=self._session.now(),
            )
            self.accept()


def _day_or_none(field: DayField, name: str) -> date | None:
    """Return the day in a field that may stay empty.

    Raises:
        InvalidEntryError: what stands there is no day.
    """
    return wanted_day(field, name) if field.text().strip() else None
