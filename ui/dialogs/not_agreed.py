"""Asked once when listening ends: did they say "yes, that's it"?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.contact import Way
from recoverydesk.domain.follow_up import Act
from recoverydesk.services import case_pages, cases, contacts, follow_ups
from recoverydesk.services.cases import Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.topics import Topic
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import ChoiceCards
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea
from ui.widgets.text import Text
from ui.wording import filled, tr

YES, NO = "yes", "no"
TOPICS = Topic.CASES | Topic.CUSTOMERS | Topic.FOLLOW_UPS | Topic.CONTACTS
WAYS = {Act.CALL: Way.CALL, Act.WRITE: Way.LETTER}
"""How you spoke, by what the step has the hands do; for all others you met."""


class NotAgreedDialog(Dialog):
    """Takes down how we said it back, or why we go on before they agreed.

    Signals:
        answered: it is saved, and the step, where there was one, is done.
    """

    answered = Signal()

    def __init__(
        self,
        session: Session,
        case_id: int,
        follow_up_id: int | None = None,
        *,
        parent: QWidget,
        note: str = "",
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: whose case.
            follow_up_id: the step to mark done with it; None for the answer alone.
            parent: what it belongs to.
            note: what came of the step, where that has been written down already.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        super().__init__(parent, tr("Did they say “yes, that's it”?"), width=560)
        self.setObjectName("not_agreed")
        self.keep_typing(session, case_id=case_id)
        self._session = session
        self._case_id = case_id
        self._follow_up_id = follow_up_id
        self._came_of_it = note
        self._view = case_pages.view(session.desk, case_id)
        self._answer = ChoiceCards(
            [
                (YES, tr("Yes, they agreed"), tr("You understood it right"), "circle-check"),
                (NO, tr("Not yet"), tr("Go on without, and say why"), "circle"),
            ],
            name=tr("Did they agree?"),
            tokens=("accent_text", "text2"),
        )
        self._restatement = LabelledField(
            tr("How you said it back"),
            TextArea(self._view.restatement, lines=4, grows=8),
            tr("the letter quotes it"),
        )
        self._why = LabelledField(
            tr("Why you go on without"), TextArea(lines=3), tr("they were in a hurry, say")
        )
        self._form = Form({"restatement": self._restatement, "not_agreed_why": self._why})
        self._fill()

    def _fill(self) -> None:
        name = self._view.greeting
        self.add(
            Text(
                filled(
                    "{name} feels heard once you say the problem back and the answer is yes. "
                    "It is asked once, before you go on to say sorry.",
                    name=name,
                ),
                "body",
                "text2",
                wrap=True,
            ),
            self._answer,
            self._restatement,
            self._why,
        )
        # Where nobody has been spoken with, the answer is the owner's to give, not ours.
        spoke = self._follow_up_id is not None or self._view.first_contact_at is not None
        usual = YES if spoke else ""
        self._answer.choose(usual)
        self._show_answer(usual)
        self.save_button.setEnabled(bool(usual))
        self._answer.chosen.connect(self._show_answer)
        self.save_wanted.connect(self._keep)
        (self._restatement if usual else self._answer).setFocus()

    def _show_answer(self, key: str) -> None:
        self._restatement.setVisible(key == YES)
        self._why.setVisible(key == NO)
        self.save_button.setEnabled(bool(key))
        if self.isVisible():
            (self._restatement if key == YES else self._why).focus_input()

    def _keep(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            self._write()
            self.accept()
            self.answered.emit()

    def _write(self) -> None:
        desk, now = self._session.desk, self._session.now()
        step = self._follow_up_id
        if self._answer.key() == NO and step is not None:
            why = _text(self._why)
            follow_ups.complete(desk, step, now=now, note=self._came_of_it, not_agreed_why=why)
            return
        # One change and one Undo for the answer and the step it belongs to.
        with desk.changing(TOPICS, tr("What they answered")):
            spoke = self._view.first_contact_at is None or self._came_of_it.strip()
            if self._answer.key() == YES and spoke:
                # Whoever agrees has been spoken with: the clock of the first word stops.
                contacts.log(desk, self._case_id, self._contact(), now=now)
            cases.tell(desk, self._case_id, self._story(), now=now)
            # Telling may have ticked the step already.
            if step is not None and step in self._planned():
                follow_ups.complete(desk, step, now=now)

    def _contact(self) -> ContactEntry:
        act = next(
            (step.act for step in self._view.plan if step.follow_up_id == self._follow_up_id), None
        )
        way = WAYS.get(act, Way.VISIT) if act is not None else Way.CALL
        words = (tr("You said it back, and they agreed."), self._came_of_it.strip())
        return ContactEntry(way=way, words="\n".join(part for part in words if part))

    def _planned(self) -> frozenset[int]:
        found = case_pages.open_steps(self._session.desk, self._case_id)
        return frozenset(step.follow_up_id for step in found)

    def _story(self) -> Story:
        agreed = self._answer.key() == YES
        view = self._view
        return Story(
            words=view.words,
            restatement=_text(self._restatement) if agreed else view.restatement,
            agreed=agreed,
            feeling=view.feeling,
            our_part=view.our_part,
            not_agreed_why="" if agreed else _text(self._why),
        )


def _text(field: LabelledField) -> str:
    area = field.input
    assert isinstance(area, TextArea)
    return area.text()
