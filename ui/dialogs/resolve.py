"""It is put right: what is still open in the plan, and what comes after."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Stage
from recoverydesk.domain.follow_up import FollowUpKind
from recoverydesk.domain.playbook import Fact
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import case_pages, cases
from recoverydesk.services.plan_steps import PlanStepView
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.cards import Card
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import boxed, column
from ui.widgets.text import Text
from ui.wording import counted, filled, tr

MOST_LISTED = 5


class ResolveDialog(Dialog):
    """Marks a case as resolved, after a look at what was left undone."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case that is put right.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        super().__init__(
            parent, tr("Is it put right?"), save=tr("Mark as resolved"), cancel=tr("Not yet"),
            width=560,
        )  # fmt: skip
        self.setObjectName("resolve")
        self._session = session
        self._case_id = case_id
        view = case_pages.view(session.desk, case_id)
        steps = case_pages.open_steps(session.desk, case_id)
        self.add(
            Text(
                filled(
                    "{name} has what you promised, and it works. How it ended is asked later, "
                    "once you have heard how they are.",
                    name=view.greeting,
                ),
                token="text2",
                wrap=True,
            )
        )
        left = [step for step in steps if _is_before(step)]
        self._show_open(left)
        self._show_after([step for step in steps if _is_after(step)], left=bool(left))
        self.save_wanted.connect(self._resolve)
        self.save_button.setFocus()

    def _show_open(self, steps: list[PlanStepView]) -> None:
        if not steps:
            return
        card = Card(
            tr("Still open in the plan"),
            counted(len(steps), "{n} step", "{n} steps"),
            icon="info",
            ground="warn",
            tone="warn",
        )
        card.add(*_lines(step.title for step in steps))
        card.add(Text(tr("They stay in the plan; nothing is lost."), "secondary", "text2"))
        self.add(card)

    def _show_after(self, waiting: list[PlanStepView], *, left: bool) -> None:
        card = Card(tr("What comes next"), icon="phone", ground="sunken")
        if waiting:
            card.add(*(_step(step) for step in waiting[:MOST_LISTED]))
            rest = len(waiting) - MOST_LISTED
            if rest > 0:
                words = counted(rest, "and {n} step later", "and {n} steps later")
                card.add(Text(words, "secondary", "text2"))
        else:
            words = (
                tr("Once those steps are done, Today asks you how it ended.")
                if left
                else tr("On the next opening day Today asks you how it ended.")
            )
            card.add(Text(words, token="text2", wrap=True))
        self.add(card)

    def _resolve(self) -> None:
        with told_to_owner(self):
            try:
                cases.resolve(self._session.desk, self._case_id, now=self._session.now())
            except InvalidEntryError as error:
                if error.field != "not_agreed_why":
                    raise
                self._ask_first()
            else:
                self.accept()

    def _ask_first(self) -> None:
        from ui.dialogs.not_agreed import NotAgreedDialog  # noqa: PLC0415 - seldom needed

        dialog = NotAgreedDialog(self._session, self._case_id, parent=self)
        dialog.answered.connect(self._resolve)
        dialog.open()


def _is_before(step: PlanStepView) -> bool:
    """Say whether a step should have come before.

    The step that stands for being resolved is ticked by it; deciding how it ended comes last.
    """
    comes_last = step.stage is Stage.FOLLOW_UP or step.kind is FollowUpKind.CLOSING
    return not comes_last and step.fact is not Fact.RESOLVED


def _is_after(step: PlanStepView) -> bool:
    return step.stage is Stage.FOLLOW_UP and step.fact is not Fact.RESOLVED


def _lines(titles: Iterable[str]) -> list[Text]:
    known = list(titles)
    lines = [Text(title) for title in known[:MOST_LISTED]]
    rest = len(known) - MOST_LISTED
    if rest > 0:
        lines.append(Text(counted(rest, "and {n} more", "and {n} more"), "secondary", "text2"))
    return lines


def _step(step: PlanStepView) -> QWidget:
    return boxed(column(Text(step.title, "strong"), Text(step.reason, "secondary", "text2"), gap=2))
