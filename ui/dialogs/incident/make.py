"""Making an incident: what happened, and everybody it hit, in one go; and adding more of them."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Severity
from recoverydesk.errors import InvalidEntryError
from recoverydesk.progress import Progress
from recoverydesk.services import (
    case_pages,
    causes,
    customer_lists,
    incident_pages,
    incidents,
)
from recoverydesk.services.incidents import IncidentEntry
from ui import look
from ui.dialogs.cause import AddCauseDialog
from ui.dialogs.incident.people import WhoWasHit
from ui.dialogs.incident.work import WorkingDialog, fill_height
from ui.forms import Form
from ui.session import Session
from ui.widgets.causes import NO_SUCH_CAUSE, NOT_KNOWN, CausePick
from ui.widgets.choices import Select
from ui.widgets.days import DayField, unread_day
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.panes import Pane
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Line
from ui.wording import counted, filled, labels, tr

WIDTH = 1032
HEIGHT = 540
SIDE = 392


class IncidentDialog(WorkingDialog):
    """Writes down one failure, and logs a case for everybody it hit.

    Signals:
        made: it is written down. Argument: the incident's id.
    """

    made = Signal(int)

    def __init__(self, session: Session, case_id: int | None = None, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case that it began with, and is taken in; None begins with nothing.
            parent: the window it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        super().__init__(
            session,
            tr("One failure, many customers"),
            save=tr("Log them all"),
            save_icon="check",
            width=WIDTH,
            parent=parent,
        )
        self.setObjectName("incident")
        self._case_id = case_id
        self._make_fields()
        self._lay_out()
        self._people.changed.connect(self.say_ready)
        self.save_wanted.connect(self._log_all)
        if case_id is not None:
            self._begin_with(case_id)
        self.say_ready()
        self._name.setFocus()

    def _make_fields(self) -> None:
        desk = self._session.desk
        self._name = TextField(example=tr("The oven broke"))
        self._words = TextArea(lines=5, example=tr("As you would tell them all"))
        self._part = TextArea(lines=2)
        self._day = DayField()
        told = labels(Severity)
        self._severity = Select([(one.value, how.text) for one, how in told], name=tr("How upset"))
        self._severity.choose(Severity.UPSET.value)
        self._cause = CausePick(name=tr("Cause"))
        self._cause.set_options([one for one in causes.all_causes(desk) if not one.retired])
        self._cause.add_wanted.connect(self._add_cause)
        self._people = WhoWasHit(self._session)
        self.name = LabelledField(tr("What do you &call it?"), self._name)
        self.words = LabelledField(
            tr("&What happened"), self._words, tr("every letter tells it so")
        )
        self.part = LabelledField(tr("&Our part in it"), self._part, tr("optional"))
        self.day = LabelledField(tr("Wh&en"), self._day, tr("optional"))
        self.severity = LabelledField(tr("How &upset they will be"), self._severity)
        self.cause = LabelledField(tr("Cau&se"), self._cause)
        self.fields = Form(
            {
                "title": self.name,
                "cause_id": self.cause,
                "words": self.words,
                "our_part": self.part,
                "happened_on": self.day,
                "occurred_on": self.day,
                "customers": self._people.who,
                "names": self._people.who,
                "name": self._people.who,
            }
        )

    def _lay_out(self) -> None:
        facts = boxed(
            column(
                self.name,
                self.words,
                self.part,
                row((self.day, 1), (self.severity, 1), gap=16),
                self.cause,
                STRETCH,
                gap=14,
                margins=(24, 18, 24, 18),
            )
        )
        side = Pane(column((self._people, 1), margins=(20, 18, 20, 14)), ground="sunken")
        side.setFixedWidth(look.px(SIDE))
        self.body.setContentsMargins(0, 0, 0, 0)
        inside = row((ScrollArea(facts), 1), Line("border", upright=True), side)
        self.add(Pane(inside, height=HEIGHT))
        fill_height(self._content)

    def _begin_with(self, case_id: int) -> None:
        desk = self._session.desk
        entry = incidents.suggested(desk, case_id)
        view = case_pages.view(desk, case_id)
        self._name.setText(entry.title)
        self._words.set_text(entry.words)
        self._part.set_text(entry.our_part)
        self._day.set_day(entry.happened_on)
        self._severity.choose(entry.severity.value)
        self._cause.choose(NOT_KNOWN if entry.cause_id is None else str(entry.cause_id))
        rows = customer_lists.rows(desk, [view.customer_id])
        hint = filled("case {number}", number=view.number)
        self._people.put_fixed(rows[view.customer_id], hint)

    def say_ready(self) -> None:
        """Say how many cases will be logged."""
        count = self._people.count() - (self._case_id is not None)
        words = counted(count, "{n} case will be logged", "{n} cases will be logged")
        self.set_note(words if count else "", "users" if count else "")

    def _entry(self) -> IncidentEntry:
        cause = self._cause.key()
        return IncidentEntry(
            title=self._name.text(),
            words=self._words.text(),
            our_part=self._part.text(),
            happened_on=self.fields.take("happened_on", self._happened_on, None),
            cause_id=None if cause == NOT_KNOWN else int(cause),
            severity=Severity(self._severity.key()),
        )

    def _add_cause(self, words: str) -> None:
        dialog = AddCauseDialog(self._session, name=words, parent=self)
        dialog.added.connect(self._choose_new)
        dialog.open()

    def _choose_new(self, cause_id: int) -> None:
        known = causes.all_causes(self._session.desk)
        self._cause.set_options([one for one in known if not one.retired])
        self._cause.choose(str(cause_id))

    def _happened_on(self) -> date | None:
        day = self._day.day()
        if day is None and self._day.text().strip():
            raise unread_day("happened_on")
        return day

    def _log_all(self) -> None:
        if self.is_working():
            return
        self.fields.start()
        entry = self._entry()
        if self._cause.is_half_typed():
            self.fields.show(InvalidEntryError("cause_id", NO_SUCH_CAUSE))
        if not self._people.settle() or not self.fields.ok():
            return
        desk, now, people = self._session.desk, self._session.now(), self._people
        cases = () if self._case_id is None else (self._case_id,)
        ids, names, new = people.customer_ids(), people.names(), people.new_people()

        def log(progress: Progress) -> int:
            return incidents.open_incident(
                desk,
                entry,
                ids,
                names=names,
                new_names=new,
                case_ids=cases,
                now=now,
                progress=progress,
            )

        self.work(log, self.made.emit, self.fields)

    def would_lose_text(self) -> bool:
        """Say whether something isn't saved: typed, or somebody put in."""
        return self._people.is_begun() or super().would_lose_text()


class AddCustomersDialog(WorkingDialog):
    """Adds customers to an incident.

    Signals:
        added: they are in. Argument: how many were new.
    """

    added = Signal(int)

    def __init__(self, session: Session, incident_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            incident_id: what hit them.
            parent: what it belongs to.

        Raises:
            NotFoundError: the incident is no longer on the desk.
        """
        view = incident_pages.view(session.desk, incident_id)
        super().__init__(
            session,
            filled("Who else was hit: {title}", title=view.title),
            save=tr("Add them"),
            save_icon="plus",
            width=520,
            parent=parent,
        )
        self.setObjectName("incident_customers")
        self._incident_id = incident_id
        self._people = WhoWasHit(session, there={one.customer_id for one in view.cases})
        self.fields = Form(dict.fromkeys(("customers", "names", "name"), self._people.who))
        self.add(Pane(column((self._people, 1)), height=420))
        self.save_wanted.connect(self._add_them)
        self._people.setFocus()

    def _add_them(self) -> None:
        if self.is_working():
            return
        self.fields.start()
        if not self._people.settle():
            return
        desk, now, people = self._session.desk, self._session.now(), self._people
        ids, names, new = people.customer_ids(), people.names(), people.new_people()

        def add(progress: Progress) -> int:
            return incidents.add_customers(
                desk,
                self._incident_id,
                ids,
                names=names,
                new_names=new,
                now=now,
                progress=progress,
            )

        self.work(add, self.added.emit, self.fields)

    def would_lose_text(self) -> bool:
        """Say whether somebody put in isn't saved."""
        return self._people.is_begun() or super().would_lose_text()
