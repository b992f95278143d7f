"""Staff would like to give more than they may: the owner says yes or no."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.services import approvals
from ui import look
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import FactLine
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, label, tr


class ApprovalDialog(Dialog):
    """Shows what is asked for, and takes the owner's yes or no.

    Signals:
        case_wanted: the case is to be looked at first. Argument: its id.
    """

    case_wanted = Signal(int)

    def __init__(self, session: Session, remedy_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            remedy_id: what waits.
            parent: what it belongs to.

        Raises:
            NotFoundError: it has been decided already.
        """
        self._asked = asked = approvals.one(session.desk, remedy_id)
        title = filled("Something for {name}", name=asked.customer)
        super().__init__(parent, title, save=tr("Allow it"), width=540)
        self.setObjectName("approval")
        self._session = session
        money = session.money
        who = asked.asked_by or tr("Staff")
        day = session.local(asked.asked_at)
        what = column(
            Text(asked.words, "strong", wrap=True),
            Text(filled("{who} asks, {time}", who=who, time=f"{day:%H:%M}"), "secondary", "text2"),
        )
        self._words = TextField(example=tr("Let us repair it first"))
        self.why = LabelledField(
            tr("&Why not"), self._words, tr("for a no; your staff passes it on")
        )
        self._form = Form({"why": self.why})
        self.body.addLayout(row(Icon(label(asked.kind).icon, "text2", 20), (what, 1), gap=12))
        self.add(
            FactLine(tr("Worth to them"), money(asked.value_cents)),
            FactLine(tr("Costs you"), money(asked.cost_cents)),
            self.why,
        )
        self._no = Button(tr("Say &no"), "secondary", icon="x")
        self._no.clicked.connect(lambda _on: self._deny())
        self.add_button(self._no)
        if asked.case_id is not None:
            case = Button(tr("Look at the case"), "link", size="small")
            case.clicked.connect(lambda _on: self._look())
            self.body.addLayout(row(case, "stretch"))
        self.save_wanted.connect(self._allow)
        self.save_button.setFocus()
        self.setMinimumWidth(look.px(420))

    def _look(self) -> None:
        case_id = self._asked.case_id
        self.accept()
        self.case_wanted.emit(case_id)

    def _allow(self) -> None:
        session = self._session
        with told_to_owner(self):
            approvals.allow(session.desk, self._asked.remedy_id, now=session.now())
            self.accept()

    def _deny(self) -> None:
        self._form.start()
        session = self._session
        with told_to_owner(self), self._form.pointing_out():
            approvals.deny(
                session.desk, self._asked.remedy_id, self._words.text(), now=session.now()
            )
            self.accept()
