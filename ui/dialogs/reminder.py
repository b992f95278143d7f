"""Add a reminder: what, when, and for whom where it is about somebody."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.follow_up import Act, Unit
from recoverydesk.services import customer_lists, follow_ups
from recoverydesk.services.customer_lists import CustomerRow
from recoverydesk.services.plans import TURNS_TO_THEM
from ui.dialogs.leave_alone import unless_customer_is_left_alone, unless_left_alone
from ui.dialogs.snooze import wanted_day
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import Select
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import row
from ui.widgets.picks import Pick, PickList
from ui.wording import label, tr

ACTS = (Act.CALL, Act.WRITE, Act.TALK, Act.GIVE, Act.GREET, Act.FIX, Act.DECIDE)

REPEATS = (
    ("0 days", tr("Never")),
    ("1 open_days", tr("Every opening day")),
    ("1 weeks", tr("Every week")),
    ("2 weeks", tr("Every second week")),
    ("1 months", tr("Every month")),
    ("3 months", tr("Every three months")),
    ("12 months", tr("Every year")),
)


class ReminderDialog(Dialog):
    """Writes down something else to remember."""

    def __init__(
        self,
        session: Session,
        case_id: int | None = None,
        customer_id: int | None = None,
        *,
        parent: QWidget,
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case it is about; its customer needs no asking then.
            customer_id: whom it is about; may be picked here.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Add a reminder"), save=tr("Add"), width=520)
        self.setObjectName("reminder")
        self.keep_typing(session, case_id=case_id)
        self._session = session
        self._case_id = case_id
        self._words = TextField(example=tr("Ring the courier about the claim"))
        hours = session.shop.hours
        self._day = DayField(hours.add_open_days(session.today(), 1))
        self._act = Select([(act.value, label(act).text) for act in ACTS], name=tr("How"))
        self._who = PickList(example=tr("Name, e-mail or phone"))
        self._what = LabelledField(tr("&What to remember"), self._words)
        when = LabelledField(tr("&When"), self._day)
        how = LabelledField(tr("&How"), self._act)
        self._every = Select(REPEATS, name=tr("Again"))
        again = LabelledField(tr("&Again"), self._every, tr("after it was done"))
        whom = LabelledField(tr("&For whom"), self._who, tr("optional"))
        self._form = Form({"title": self._what, "day": when})
        self.add(self._what)
        self.body.addLayout(row((when, 1), (how, 1), gap=16))
        self.add(again, whom)
        whom.setVisible(case_id is None)
        self._who.asked.connect(self._offer)
        self.save_wanted.connect(self._add)
        if customer_id is not None:
            self._show_customer(customer_id)
        self._words.setFocus()

    def _show_customer(self, customer_id: int) -> None:
        found = customer_lists.rows(self._session.desk, [customer_id]).get(customer_id)
        if found is not None:
            self._who.show_pick(_pick(found))

    def _offer(self, typed: str) -> None:
        with told_to_owner(self):
            found = customer_lists.alike(self._session.desk, typed) if typed else ()
            self._who.offer([_pick(row) for row in found])

    def _add(self) -> None:
        self._form.start()
        day = self._form.take("day", partial(wanted_day, self._day), None)
        if day is None or not self._form.ok():
            return
        picked = self._who.pick()
        act = Act(self._act.key())
        customer_id = None if picked is None else picked.id
        remind = partial(self._remind, day, act, customer_id)
        if act not in TURNS_TO_THEM:
            remind()
        elif self._case_id is not None:
            unless_left_alone(self._session, self._case_id, remind, parent=self)
        elif customer_id is not None:
            unless_customer_is_left_alone(self._session, customer_id, remind, parent=self)
        else:
            remind()

    def _remind(self, day: date, act: Act, customer_id: int | None) -> None:
        count, _, unit = self._every.key().partition(" ")
        with told_to_owner(self), self._form.pointing_out():
            follow_ups.remind(
                self._session.desk,
                self._words.text(),
                on=day,
                now=self._session.now(),
                case_id=self._case_id,
                customer_id=customer_id,
                act=act,
                again=(int(count), Unit(unit)),
            )
            self.accept()


def _pick(found: CustomerRow) -> Pick:
    return Pick(found.customer_id, found.name, found.phone or found.email or found.town)
