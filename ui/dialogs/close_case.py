"""How it ended, how you know, and what becomes of the steps still open."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Evidence, LostReason, Outcome, Status
from recoverydesk.domain.follow_up import FollowUpKind
from recoverydesk.domain.outcome import NEEDS_EVIDENCE
from recoverydesk.domain.stage import CLOSES_UNRESOLVED
from recoverydesk.services import case_pages, cases
from recoverydesk.services.cases import Ending
from recoverydesk.services.plan_steps import PlanStepView
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.cards import Card
from ui.widgets.chips import Segmented
from ui.widgets.choices import ChoiceCards, Select
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.layouts import row
from ui.widgets.text import Text
from ui.wording import counted, filled, label, labels, tr

OUTCOMES = (Outcome.WON_BACK, Outcome.KEPT, Outcome.LOST, Outcome.NOT_UPHELD, Outcome.UNREACHABLE)
DONE, SKIP, STAY = "done", "skip", "stay"
NO_REASON = ""


class CloseCaseDialog(Dialog):
    """Closes a case; offers only the endings that are possible from where it stands."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case to close.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        view = case_pages.view(session.desk, case_id)
        title = filled("How did it end with {name}?", name=view.greeting)
        super().__init__(parent, title, save=tr("Close the case"), save_icon="archive", width=680)
        self.setObjectName("close_case")
        self.keep_typing(session, case_id=case_id)
        self._session = session
        self._case_id = case_id
        self._resolved = view.status is Status.RESOLVED
        self._came_again = view.came_again
        self._choices: dict[int, Segmented] = {}
        self._make_fields()
        self._lay_out()
        self._show_steps(case_pages.open_steps(session.desk, case_id))
        self._show_outcome("")
        self._outcome.chosen.connect(self._show_outcome)
        self.save_wanted.connect(self._close_it)
        self._outcome.setFocus()

    def _make_fields(self) -> None:
        self._outcome = _cards(
            [one for one in OUTCOMES if self._resolved or one in CLOSES_UNRESOLVED],
            tr("How did it end?"),
            columns=3,
        )
        # A purchase only counts where one is written down.
        known = [one for one in Evidence if self._came_again or one is not Evidence.PURCHASE]
        self._evidence = _cards(known, tr("How do you know?"), columns=len(known))
        reasons = [(reason.value, told.text) for reason, told in labels(LostReason)]
        self._reason = Select(
            [(NO_REASON, tr("Choose…")), *reasons], name=tr("Why did you lose them?")
        )
        self._words = TextArea(lines=2, grows=5)
        self._why = TextField(example=tr("No longer needed"))
        self.outcome = LabelledField(tr("How did it end?"), self._outcome)
        self.evidence = LabelledField(tr("How do you know?"), self._evidence)
        self.lost_reason = LabelledField(tr("Why did you &lose them?"), self._reason)
        self.words = LabelledField(tr("In your own &words"), self._words, tr("optional"))
        self.skip_why = LabelledField(tr("Left out &because"), self._why, tr("one line for all"))
        self._form = Form(
            {
                "outcome": self.outcome,
                "evidence": self.evidence,
                "lost_reason": self.lost_reason,
                "words": self.words,
                "skip_why": self.skip_why,
            }
        )

    def _lay_out(self) -> None:
        if not self._resolved:
            self.add(
                Text(
                    tr(
                        "This case isn't resolved. If it was put right after all, mark it as "
                        "resolved first: then it can end as won back or kept."
                    ),
                    token="text2",
                    wrap=True,
                )
            )
        self.add(self.outcome, self.evidence, self.lost_reason, self.words)

    def _show_steps(self, steps: tuple[PlanStepView, ...]) -> None:
        # What the closing step asks for is being done here.
        self._closing = [step.follow_up_id for step in steps if step.kind is FollowUpKind.CLOSING]
        steps = tuple(step for step in steps if step.kind is not FollowUpKind.CLOSING)
        card = Card(
            tr("Still open in the plan"),
            counted(len(steps), "{n} step", "{n} steps"),
            icon="list-checks",
            ground="sunken",
        )
        for step in steps:
            choice = Segmented(
                [(DONE, tr("Done")), (SKIP, tr("Leave out")), (STAY, tr("Stay open"))],
                name=step.title,
            )
            choice.choose(SKIP)
            choice.chosen.connect(self._show_why)
            self._choices[step.follow_up_id] = choice
            card.body.addLayout(row((Text(step.title), 1), choice, gap=12))
        card.add(self.skip_why)
        self.add(card)
        card.setVisible(bool(steps))

    def _show_why(self, _choice: str) -> None:
        self.skip_why.setVisible(any(one.key() == SKIP for one in self._choices.values()))

    def _show_outcome(self, key: str) -> None:
        self._form.start()
        outcome = Outcome(key) if key else Outcome.PENDING
        self.evidence.setVisible(outcome in NEEDS_EVIDENCE)
        self.lost_reason.setVisible(outcome is Outcome.LOST)
        needed = outcome is Outcome.NOT_UPHELD
        self.words.set_hint(tr("why you saw it differently") if needed else tr("optional"))

    def _close_it(self) -> None:
        self._form.start()
        ending = self._ending()
        with told_to_owner(self), self._form.pointing_out():
            cases.close(self._session.desk, self._case_id, ending, now=self._session.now())
            self.accept()

    def _ending(self) -> Ending:
        """Return what is chosen; the service says what is missing."""
        outcome, evidence = self._outcome.key(), self._evidence.key()
        reason = self._reason.key()
        return Ending(
            outcome=Outcome(outcome) if outcome else Outcome.PENDING,
            evidence=Evidence(evidence) if evidence else None,
            lost_reason=LostReason(reason) if reason else None,
            words=self._words.text(),
            open_steps={
                **{id_: choice.key() for id_, choice in self._choices.items()},
                **dict.fromkeys(self._closing, DONE),
            },
            skip_why=self._why.text(),
        )


def _cards(values: list[Outcome] | list[Evidence], name: str, *, columns: int) -> ChoiceCards:
    options = []
    for value in values:
        told = label(value)
        options.append((value.value, told.text, told.hint, told.icon))
    cards = ChoiceCards(options, name=name, columns=columns)
    # So that the form can put the focus here.
    cards.setFocusProxy(cards.cards()[0])
    return cards
