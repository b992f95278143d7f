"""The side of the page: the plan, and how many good experiences there were since."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.domain.days import Tone, due_words, short_words
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.second_chance import USUAL_TARGET
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.claims import ClaimKey
from recoverydesk.services.plan_steps import PlanStepView
from ui import look
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.layouts import column, row
from ui.widgets.meters import Ring, rule_of_thumb
from ui.widgets.plans import PlanList, PlanRow, PlanStep, State
from ui.widgets.sources import SourceButton
from ui.widgets.text import Text
from ui.wording import counted, filled, tr

TONES: dict[Tone, look.Tone] = {Tone.LATE: "danger", Tone.NOW: "warn", Tone.PLAIN: "neutral"}

ENDED = {FollowUpStatus.DONE, FollowUpStatus.NO_ANSWER}


class PlanCard(Card):
    """The steps of the plan, to tick."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("The plan"), gap=4)
        self._session = session
        self._view: CaseView | None = None
        self._list = PlanList()
        self._list.ticked.connect(self._tick)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._open_menu)
        self._behind = Button(tr("There are new steps. Look…"), "link", icon="list-checks")
        self._behind.clicked.connect(lambda _on: self._look_at_new_steps())
        self._behind.hide()
        self.add(self._behind, self._list)

    def _look_at_new_steps(self) -> None:
        from ui.dialogs.adopt import AdoptDialog  # noqa: PLC0415 - not at the start

        assert self._view is not None
        with told_to_owner(self):
            AdoptDialog(self._session, self._view.case_id, parent=self).open()

    def show_case(self, view: CaseView) -> None:
        """Show a case's plan."""
        self._view = view
        self._behind.setVisible(view.plan_is_behind)
        done = sum(step.status in ENDED for step in view.plan)
        of_all = filled("{done} of {all} done", done=str(done), all=str(len(view.plan)))
        self.set_meta(of_all)
        self._list.show_steps([self._step(step) for step in view.plan])

    def _step(self, step: PlanStepView) -> PlanStep:
        when, tone = self._when(step)
        coach = " ".join(part for part in (step.coach, f"“{step.say}”" if step.say else "") if part)
        return PlanStep(
            step.follow_up_id,
            step.title,
            when,
            _state(step),
            tone if step.current else "neutral",
            coach if step.current else "",
        )

    def _when(self, step: PlanStepView) -> tuple[str, look.Tone]:
        today = self._session.today()
        if step.ended_at is not None:
            day = self._session.local(step.ended_at).date()
            words = short_words(day, today).partition(" ")[2]
            return (tr("left out") if step.status is FollowUpStatus.SKIPPED else words), "neutral"
        if step.due_on is None:
            return step.waits_for, "neutral"
        due = due_words(
            step.due_on, step.due_at, step.timed, today, self._session.now(), self._session.zone
        )
        return due.words, TONES[due.tone]

    def _tick(self, follow_up_id: int, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        assert self._view is not None
        if not on:
            self._session.said.emit(tr("Use Undo (Ctrl+Z) to take a step back."))
            self.show_case(self._view)
            return
        from ui.dialogs.finishing import complete  # noqa: PLC0415 - not at the start

        view = self._view
        if not complete(self._session, follow_up_id, view.case_id, parent=self):
            self.show_case(view)  # the tick comes with the answer

    def _open_menu(self, spot: QPoint) -> None:
        found: QWidget | None = self._list.childAt(spot)
        while found is not None and not isinstance(found, PlanRow):
            found = found.parentWidget()
        if isinstance(found, PlanRow):
            self.menu_of(found.step()).popup(self._list.mapToGlobal(spot))

    def menu_of(self, step: PlanStep) -> QMenu:
        """Return what else can be done with a step: put it off, or leave it out."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if step.state not in {"done", "skipped"}:
            menu.addAction(tr("Put off…")).triggered.connect(lambda: self._put_off(step))
            menu.addAction(tr("Leave out…")).triggered.connect(lambda: self._skip(step))
        return menu

    def _put_off(self, step: PlanStep) -> None:
        from ui.dialogs.snooze import SnoozeDialog  # noqa: PLC0415 - not at the start

        SnoozeDialog(self._session, step.id, step.title, parent=self).open()

    def _skip(self, step: PlanStep) -> None:
        from ui.dialogs.skip import SkipDialog  # noqa: PLC0415 - not at the start

        SkipDialog(self._session, step.id, step.title, parent=self).open()


def _state(step: PlanStepView) -> State:
    if step.status in ENDED:
        return "done"
    if step.status is FollowUpStatus.SKIPPED:
        return "skipped"
    return "now" if step.current else "later"


class SecondChanceCard(Card):
    """Good experiences since, toward about twelve.

    Signals:
        wanted: the owner saw another one.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ring = Ring(0, size=88)
        self._words = Text("", "secondary", "text2", wrap=True)
        more = IconButton("plus", tr("Add a good experience"), size="small")
        more.clicked.connect(lambda _on: self.wanted.emit())
        source = SourceButton(ClaimKey.TWELVE_GOOD)
        title = row((Text(tr("Second chance"), "strong", weight=600), 1), source, more)
        self.body.addLayout(row(self._ring, (column(title, self._words, gap=2), 1), gap=16))

    def show_count(self, count: int, target: int = USUAL_TARGET) -> None:
        """Show how many there were, of how many the shop counts toward."""
        self._ring.show_filled(count, target)
        since = (
            counted(count, "{n} good experience since.", "{n} good experiences since.")
            if count
            else tr("No good experience since, so far.")
        )
        self._words.setText(f"{since} {rule_of_thumb(target)}")
