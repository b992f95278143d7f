"""Mending the cause: plan a change, say that it is in place, and look whether it held."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.correction import CorrectionKind, CorrectionStatus
from recoverydesk.domain.days import day_words, short_words
from recoverydesk.services import causes, corrections
from recoverydesk.services.corrections import CaseSince, CorrectionEntry, CorrectionView
from ui.dialogs.snooze import wanted_day
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.choices import ChoiceCards, Select
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.link_rows import LinkRow
from ui.widgets.text import Text
from ui.wording import counted, filled, labels, tr

CHECK_AFTER = timedelta(weeks=4)
"""Long enough for the trouble to have come back if the fix doesn't hold."""
NO_CAUSE = "0"


class CorrectionDialog(Dialog):
    """Plans what the shop changes so that it doesn't happen again, or changes the plan."""

    def __init__(
        self,
        session: Session,
        case_id: int | None,
        shown: CorrectionView | None = None,
        *,
        cause_id: int | None = None,
        parent: QWidget,
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case that led to it; None where none did.
            shown: what is changed; None plans anew.
            cause_id: the cause that it mends, where no case led to it.
            parent: what it belongs to.
        """
        title = tr("Plan a fix") if shown is None else tr("Change the fix")
        save = tr("Plan it") if shown is None else tr("Save")
        super().__init__(parent, title, save=save, width=700)
        self.setObjectName("correction")
        if case_id is not None and shown is None:
            self.keep_typing(session, case_id=case_id)
        self._session, self._case_id, self._shown = session, case_id, shown
        self._make_fields()
        self.add(self.what, self.kind, self.cause, self.rule)
        self.body.addLayout(row((self.who, 1), (self.due, 1), (self.check, 1), gap=16))
        self.cause.setVisible(case_id is None and shown is None)
        self._cause.choose(NO_CAUSE if cause_id is None else str(cause_id))
        self._kind.choose(CorrectionKind.CORRECTIVE.value)
        if shown is not None:
            self._fill(shown)
        self.save_wanted.connect(self._save_it)
        self._what.setFocus()

    def _make_fields(self) -> None:
        self._what = TextField(example=tr("Count the parcels with the driver before he leaves"))
        self._kind = ChoiceCards(
            [(kind.value, told.text, told.hint, "") for kind, told in labels(CorrectionKind)],
            name=tr("What it does"),
            columns=1,
        )
        listed = [
            (str(one.cause_id), one.full_name) for one in causes.all_causes(self._session.desk)
        ]
        self._cause = Select([(NO_CAUSE, tr("Not yet known")), *listed], name=tr("The cause"))
        self._who = TextField(example=tr("Sam"))
        self._rule = TextField(example=tr("No parcel leaves uncounted."))
        self._due, self._check = DayField(), DayField()
        self.what = LabelledField(tr("&What will you change?"), self._what)
        self.kind = LabelledField(tr("What it does"), self._kind)
        self.cause = LabelledField(tr("The &cause it mends"), self._cause)
        self.rule = LabelledField(
            tr("As a &rule for everybody"), self._rule, tr("optional; one line for your policy")
        )
        self.who = LabelledField(tr("W&ho sees to it"), self._who, tr("optional"))
        self.due = LabelledField(tr("&Done by"), self._due, tr("optional"))
        self.check = LabelledField(tr("&Look again on"), self._check, tr("optional"))
        self._form = Form(
            {
                "what": self.what,
                "who": self.who,
                "rule": self.rule,
                "due_on": self.due,
                "check_on": self.check,
            }
        )

    def _fill(self, shown: CorrectionView) -> None:
        self._what.setText(shown.what)
        self._who.setText(shown.who)
        self._rule.setText(shown.rule)
        self._kind.choose(shown.kind.value)
        self._due.set_day(shown.due_on)
        self._check.set_day(shown.check_on)

    def _save_it(self) -> None:
        self._form.start()
        entry = CorrectionEntry(
            what=self._what.text(),
            who=self._who.text(),
            kind=CorrectionKind(self._kind.key()),
            due_on=self._form.take("due_on", partial(_day_or_none, self._due, "due_on"), None),
            check_on=self._form.take(
                "check_on", partial(_day_or_none, self._check, "check_on"), None
            ),
            rule=self._rule.text(),
        )
        if not self._form.ok():
            return
        desk, now = self._session.desk, self._session.now()
        with told_to_owner(self), self._form.pointing_out():
            if self._shown is not None:
                corrections.change(desk, self._shown.correction_id, entry, now=now)
            else:
                key = self._cause.key()
                cause_id = None if key == NO_CAUSE else int(key)
                corrections.plan(desk, self._case_id, entry, cause_id=cause_id, now=now)
            self.accept()


class CorrectionDoneDialog(Dialog):
    """Asks, once a fix is in place, since when, and when to look whether it held.

    Signals:
        finished_with: it is done: those whom it had hurt can be told.
    """

    finished_with = Signal()

    def __init__(self, session: Session, correction_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            correction_id: the fix that is in place.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("The fix is in place"), save=tr("It is done"), width=520)
        self.setObjectName("correction_done")
        self._session = session
        self._correction_id = correction_id
        hours = session.shop.hours
        self._done = DayField(session.today())
        self._check = DayField(hours.next_open_day(session.today() + CHECK_AFTER))
        done = LabelledField(tr("&Done on"), self._done)
        check = LabelledField(
            tr("&Look whether it held on"), self._check, tr("it comes up in Today")
        )
        self._form = Form({"done_on": done, "check_on": check})
        told = tr("Some fixes wear off. Have a second look when there was time to see.")
        self.add(Text(told, token="text2", wrap=True))
        self.body.addLayout(row((done, 1), (check, 1), gap=16))
        self.save_wanted.connect(self._finish)
        self._check.setFocus()

    def _finish(self) -> None:
        self._form.start()
        done = self._form.take("done_on", partial(wanted_day, self._done, "done_on"), None)
        day = self._form.take("check_on", partial(wanted_day, self._check, "check_on"), None)
        if day is None or not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            corrections.done(
                self._session.desk,
                self._correction_id,
                check_on=day,
                now=self._session.now(),
                done_on=done,
            )
            self.accept()
            self.finished_with.emit()


class CorrectionCheckDialog(Dialog):
    """Shows the cases since a fix was done, and asks whether it held.

    Signals:
        case_wanted: a case was pressed. Argument: its id.
        again_wanted: it came back, and another fix is to be planned. Argument: the fix.
    """

    case_wanted = Signal(int)
    again_wanted = Signal(object)

    def __init__(self, session: Session, correction_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            correction_id: the fix that is looked at.
            parent: what it belongs to.

        Raises:
            NotFoundError: it is no longer on the desk.
        """
        super().__init__(
            parent, tr("Did the fix hold?"), save=tr("It held"), save_icon="check", width=640
        )
        self.setObjectName("correction_check")
        self._session = session
        self._view = corrections.view(session.desk, correction_id)
        self._since = corrections.cases_since(session.desk, correction_id)
        self._back = self._view.status is CorrectionStatus.CAME_BACK
        self._words = TextField(example=tr("Two weeks of rain, and no wet shelf"))
        self._later = DayField(session.shop.hours.next_open_day(session.today() + CHECK_AFTER))
        self.words = LabelledField(tr("What you &saw"), self._words, tr("optional"))
        self.later = LabelledField(tr("Or &look again on"), self._later)
        self._form = Form({"words": self.words, "check_on": self.later})
        self._lay_out()
        self.save_wanted.connect(lambda: self._say(held=True))

    def _lay_out(self) -> None:
        view = self._view
        done = "" if view.done_on is None else day_words(view.done_on)
        self.add(
            Text(view.what, "strong", wrap=True),
            Text(filled("Done on {day}. {since}", day=done, since=self._told()), token="text2",
                 wrap=True),
        )  # fmt: skip
        rows = [self._row(one) for one in self._since]
        if rows:
            self.add(boxed(column(*rows, gap=2)))
        if self._back:
            self.set_title(tr("It came back"))
            self.save_button.hide()
            again = Button(tr("Plan another &fix…"), "primary", icon="wrench")
            again.clicked.connect(lambda _on: self._plan_again())
            self.add_button(again)
            return
        look = Button(tr("Look again &then"), "secondary", icon="alarm-clock")
        look.clicked.connect(lambda _on: self._look_again())
        back = Button(tr("It came &back"), "secondary", icon="repeat")
        back.clicked.connect(lambda _on: self._say(held=False))
        self.add(self.words, boxed(row(self.later, column(STRETCH, look), STRETCH, gap=12)))
        self.add_button(back)

    def _told(self) -> str:
        if self._view.cause_id is None:
            return tr("Its cause isn't known, so no case can be counted against it.")
        if not self._since:
            return filled("No case of “{cause}” has happened since.", cause=self._view.cause)
        many = counted(len(self._since), "{n} case has happened", "{n} cases have happened")
        return filled("{many} since of “{cause}”:", many=many, cause=self._view.cause)

    def _row(self, one: CaseSince) -> LinkRow:
        day = short_words(one.happened_on, self._session.today())
        line = LinkRow(
            filled("{number}, {name}", number=one.number, name=one.customer),
            f"{day}: {one.summary}",
            icon="circle-alert",
            tone="danger",
        )
        line.clicked.connect(lambda _on, case_id=one.case_id: self._open(case_id))
        return line

    def _open(self, case_id: int) -> None:
        self.accept()
        self.case_wanted.emit(case_id)

    def _say(self, *, held: bool) -> None:
        self._form.start()
        session, which = self._session, self._view.correction_id
        with told_to_owner(self), self._form.pointing_out():
            corrections.check(
                session.desk, which, held=held, words=self._words.text(), now=session.now()
            )
            self.accept()

    def _look_again(self) -> None:
        self._form.start()
        day = self._form.take("check_on", partial(wanted_day, self._later, "check_on"), None)
        if day is None or not self._form.ok():
            return
        session = self._session
        with told_to_owner(self), self._form.pointing_out():
            corrections.look_again(session.desk, self._view.correction_id, day, now=session.now())
            self.accept()

    def _plan_again(self) -> None:
        self.accept()
        self.again_wanted.emit(self._view)


class CorrectionDropDialog(Dialog):
    """Asks why a fix is given up."""

    def __init__(self, session: Session, shown: CorrectionView, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it."""
        super().__init__(parent, tr("Give this fix up?"), save=tr("Give it up"), width=480)
        self.setObjectName("correction_drop")
        self._session, self._shown = session, shown
        self._why = TextField(example=tr("We do it another way now"))
        self.why = LabelledField(tr("&Why"), self._why, tr("it stays in the history"))
        self._form = Form({"why": self.why})
        self.add(Text(shown.what, "strong", wrap=True), self.why)
        self.save_wanted.connect(self._drop)
        self._why.setFocus()

    def _drop(self) -> None:
        self._form.start()
        session = self._session
        with told_to_owner(self), self._form.pointing_out():
            corrections.drop(
                session.desk, self._shown.correction_id, self._why.text(), now=session.now()
            )
            self.accept()


def _day_or_none(field: DayField, name: str) -> date | None:
    """Return the day in a field that may stay empty.

    Raises:
        InvalidEntryError: what stands there is no day.
    """
    return wanted_day(field, name) if field.text().strip() else None
