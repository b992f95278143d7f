"""New steps for cases that run by older ones: a look at what moves, then adopting them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from recoverydesk.services import case_lists, case_pages, playbooks
from recoverydesk.services.playbooks import PlaybookView
from recoverydesk.services.severities import Moved
from ui.dialogs.severity import moved_words
from ui.errors import tell_owner, told_to_owner
from ui.session import Session
from ui.widgets.cards import Card, FactLine
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import column
from ui.widgets.text import Text, plain_tip
from ui.wording import counted, filled, tr

MOST_CASES = 20
"""Of so many cases it is shown what moves; each takes a rehearsal of the whole change."""


class AdoptDialog(Dialog):
    """Leads one case by the newest steps of its plan, after a look at what that moves."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: whose case.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
            NotAllowedError: it is closed.
        """
        super().__init__(
            parent,
            tr("Adopt the new steps?"),
            save=tr("Adopt the new steps"),
            width=680,
        )
        self.setObjectName("adopt")
        self._session, self._case_id = session, case_id
        desk = session.desk
        view = case_pages.view(desk, case_id)
        moved = playbooks.what_adopting_moves(desk, case_id, now=session.now())
        behind = playbooks.is_behind(desk, case_id)
        told = (
            filled(
                "The plan “{plan}” has newer steps than case {number} of {name} runs by.",
                plan=view.playbook_name,
                number=view.number,
                name=view.customer,
            )
            if behind
            else tr("This case runs by the newest steps of its plan already.")
        )
        self.add(Text(told, wrap=True), _what_stays())
        if behind:
            self._show(moved)
        self.save_button.setEnabled(behind)
        self.set_note(tr("Undo takes it back."), "undo-2")
        self.save_wanted.connect(self._adopt)
        (self.save_button if behind else self.cancel_button).setFocus()

    def _show(self, moved: Sequence[Moved]) -> None:
        ordered = sorted(moved, key=lambda one: (not one.added, not one.dropped))
        card = Card(
            tr("What changes"), _summed_up(moved), icon="list-checks", ground="sunken", gap=6
        )
        card.add(*(FactLine(one.title, moved_words(self._session, one)) for one in ordered))
        if not moved:
            card.add(Text(tr("No date moves."), "secondary", "text2"))
        self.add(card)

    def _adopt(self) -> None:
        with told_to_owner(self):
            playbooks.adopt(self._session.desk, self._case_id, now=self._session.now())
            self.accept()


class AdoptAllDialog(Dialog):
    """Leads every open case of a plan by its newest steps, after a look at what that moves."""

    def __init__(self, session: Session, key: str, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            key: which plan.
            parent: what it belongs to.

        Raises:
            NotFoundError: the plan is no longer on the desk.
        """
        plan = playbooks.playbook(session.desk, key)
        super().__init__(
            parent,
            filled("New steps of “{plan}”", plan=plan.name),
            save=counted(plan.behind, "Adopt them in {n} case", "Adopt them in all {n} cases")
            if plan.behind
            else tr("Adopt them"),
            width=680,
        )
        self.setObjectName("adopt_all")
        self._busy = False
        self._session, self._key = session, key
        told = (
            counted(
                plan.behind,
                "{n} open case still runs by older steps of this plan.",
                "{n} open cases still run by older steps of this plan.",
            )
            if plan.behind
            else tr("No open case runs by older steps of this plan.")
        )
        self.add(Text(told, wrap=True), _what_stays())
        if plan.behind:
            self.add(self._cases(plan))
        self.save_button.setEnabled(plan.behind > 0)
        self.set_note(tr("Undo takes all of it back."), "undo-2")
        self.save_wanted.connect(self._adopt)
        self.save_button.setFocus()

    def _cases(self, plan: PlaybookView) -> Card:
        card = Card(tr("What changes in each"), icon="list-checks", ground="sunken")
        lines = column(gap=6)
        shown = 0
        for case_id in playbooks.cases_behind(self._session.desk, plan.key)[:MOST_CASES]:
            lines.addWidget(self._case_line(case_id))
            shown += 1
        if (more := plan.behind - shown) > 0:
            words = counted(more, "and {n} more", "and {n} more")
            lines.addWidget(Text(words, "secondary", "text2"))
        card.body.addLayout(lines)
        return card

    def _case_line(self, case_id: int) -> FactLine:
        session = self._session
        found = case_lists.rows(session.desk, [case_id])[case_id]
        moved = playbooks.what_adopting_moves(session.desk, case_id, now=session.now())
        line = FactLine(f"{found.number} {found.customer}", _summed_up(moved))
        tip = "\n".join(f"{one.title}: {moved_words(session, one)}" for one in moved)
        line.setAccessibleName(f"{found.number} {found.customer}: {_summed_up(moved)}")
        line.setToolTip(plain_tip(tip))
        return line

    def _adopt(self) -> None:
        desk, key, now = self._session.desk, self._key, self._session.now()
        self._busy = True
        self.save_button.setEnabled(False)
        self.set_note(tr("Adopting…"), "hourglass")
        # A dozen milliseconds for each case: too long for the window where there are many.
        self._session.jobs.run(
            lambda _progress: playbooks.adopt_all(desk, key, now=now),
            succeeded=lambda _count: self.accept(),
            failed=self._tell,
        )

    def reject(self) -> None:
        """Close without adopting; once it has begun, it is all of them or none (Qt)."""
        if not self._busy:
            super().reject()

    def _tell(self, error: object) -> None:
        assert isinstance(error, Exception)
        self._busy = False
        self.save_button.setEnabled(True)
        self.set_note("")
        tell_owner(self, error)


def _what_stays() -> Text:
    return Text(
        tr("Steps that are done stay done, and a day that you chose by hand stays."),
        "secondary",
        "text2",
        wrap=True,
    )


def _summed_up(moved: Sequence[Moved]) -> str:
    """Return "2 new, 1 no longer, 3 on another day"."""
    new = sum(one.added for one in moved)
    gone = sum(one.dropped for one in moved)
    parts = (
        (new, "{n} new", "{n} new"),
        (gone, "{n} no longer", "{n} no longer"),
        (len(moved) - new - gone, "{n} on another day", "{n} on another day"),
    )
    told = [counted(count, one, many) for count, one, many in parts if count]
    return ", ".join(told) or tr("only words change")
