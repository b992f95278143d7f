"""The shop's plans: which starts for whom, their steps, and new steps for running cases."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMessageBox, QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.domain.playbook import EVERYBODY
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import playbooks
from recoverydesk.services.playbooks import PlaybookEntry, PlaybookView
from recoverydesk.topics import Topic
from ui import look
from ui.dialogs.adopt import AdoptAllDialog
from ui.dialogs.playbooks.editor import PlanEditor
from ui.dialogs.playbooks.keeping import PlanKeeping
from ui.dialogs.playbooks.plans_pane import PlansPane
from ui.dialogs.playbooks.words import Naming
from ui.errors import message_box, told_to_owner
from ui.session import Session
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import column, row
from ui.widgets.panes import Pane
from ui.widgets.text import Line
from ui.wording import filled, tr

WIDTH = 1256
HEIGHT = 692
PLANS_WIDTH = 248
NOTHING = PlaybookEntry("", "", EVERYBODY, ())

TOUCHES = Topic.SHOP | Topic.CASES | Topic.CAUSES


class PlaybooksDialog(Dialog):
    """Changes the plans that cases are led by; running cases keep theirs until they adopt."""

    def __init__(self, session: Session, key: str = "", *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            key: the plan to begin with; empty begins with the first.
            parent: what it belongs to.
        """
        super().__init__(
            parent,
            tr("Your plans"),
            save=tr("Save"),
            save_key="Ctrl S",
            cancel=tr("Close"),
            width=WIDTH,
        )
        self.setObjectName("playbooks")
        self._session = session
        self._naming = Naming(session)
        self._views = playbooks.playbooks(session.desk)
        self._key = ""
        self._untouched = NOTHING
        self._plans = PlansPane(self._naming)
        self._editor = PlanEditor(self._naming)
        self._lay_out()
        self._connect()
        known = [one.key for one in self._views]
        self._show_plan(key if key in known else next(iter(known), ""))
        self._keeping_plan = PlanKeeping(session, self._unsaved, self)
        self.finished.connect(lambda _result: self._keeping_plan.stop())
        self._bring_back()
        self._plans.list.setFocus()

    def _lay_out(self) -> None:
        plans = Pane(column(self._plans), ground="sunken")
        plans.setFixedWidth(look.px(PLANS_WIDTH))
        panes = row(plans, Line("border", upright=True), (self._editor, 1))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.add(Pane(panes, height=HEIGHT))

    def _connect(self) -> None:
        plans, editor = self._plans, self._editor
        plans.chosen.connect(self._want_plan)
        plans.arranged.connect(self._arrange)
        plans.new_wanted.connect(lambda: self._after_asking(self._begin_new))
        plans.copy_wanted.connect(self._copy)
        plans.back_wanted.connect(lambda: self._after_asking(self._show_as_it_came))
        plans.retire_wanted.connect(self._retire)
        editor.changed.connect(self._say_where)
        editor.adopt_wanted.connect(self._adopt_all)
        editor.afresh_wanted.connect(lambda: self._show_plan(self._key))
        self.save_wanted.connect(self._save_plan)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._save_plan)
        self._session.changes.saved.connect(self._heard)

    # What is shown

    def _view(self) -> PlaybookView | None:
        return next((one for one in self._views if one.key == self._key), None)

    def _show_plan(self, key: str, place: int = -1) -> None:
        """Show a plan as it is kept on the desk, and open one of its steps."""
        self._key = key
        view = self._view()
        entry = NOTHING
        if view is not None:
            entry = PlaybookEntry(view.name, view.words, view.starts, view.steps)
        self._editor.show_came_back(None)
        self._show_entry(entry, place)
        # As the fields give it back: what they order anew is no change of the owner's.
        self._untouched = self._editor.entry()
        self._show_around()

    def _show_entry(self, entry: PlaybookEntry, place: int = -1) -> None:
        view = self._view()
        self._editor.show_entry(entry, place, shipped=view is not None and view.shipped)
        self._say_where()

    def _show_around(self) -> None:
        """Show the list of plans, what is said at the foot, and whether cases are behind."""
        self._plans.show_plans(self._views, self._key)
        self._say_where()
        view = self._view()
        self._editor.show_behind(0 if view is None else view.behind)

    def _say_where(self) -> None:
        view = self._view()
        if self.would_lose_text():
            self.set_note(tr("Changed, not saved yet"))
        elif view is None:
            self.set_note(tr("A new plan, not saved yet"))
        else:
            made = self._session.local(view.made_at).date()
            day = short_words(made, self._session.today())
            self.set_note(filled("Version {n}, {day}", n=str(view.version), day=day))

    def _bring_back(self) -> None:
        """Show what was being changed when the program ended."""
        left = self._keeping_plan.left_over()
        if left is not None:
            key, entry, at = left
            known = {one.key for one in self._views}
            self._show_plan(key if key in known else "")
            self._show_entry(entry)
            self._editor.show_came_back(at)

    # What would be lost

    def would_lose_text(self) -> bool:
        """Say whether something written or moved isn't saved."""
        return self._editor.entry() != self._untouched or self._editor.in_trouble()

    def _unsaved(self) -> tuple[str, PlaybookEntry] | None:
        return (self._key, self._editor.entry()) if self.would_lose_text() else None

    def forget_changes(self) -> None:
        """Let what isn't saved go: the owner said so."""
        super().forget_changes()
        self._untouched = self._editor.entry()
        self._show_entry(self._untouched, self._editor.steps.place())

    def showEvent(self, event: QShowEvent) -> None:
        """Keep apart what is saved and what came back after a crash (Qt)."""
        untouched = self._untouched
        super().showEvent(event)
        self._untouched = untouched
        self._say_where()

    # Another plan

    def _want_plan(self, key: str) -> None:
        if key != self._key:
            self._after_asking(lambda: self._show_plan(key))

    def _after_asking(self, then: Callable[[], None]) -> None:
        """Do something that shows another plan; ask first where changes would be lost."""
        if not self.would_lose_text():
            then()
            return
        # Qt still has the list's new row in hand.
        QTimer.singleShot(0, self, lambda: self._plans.select(self._key))
        box = message_box(
            self,
            tr("Go on without saving?"),
            tr("What you changed in this plan isn't saved yet."),
        )
        box.setStandardButtons(QMessageBox.StandardButton.NoButton)
        stay = box.addButton(tr("Keep writing"), QMessageBox.ButtonRole.RejectRole)
        go = box.addButton(tr("Go on without"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        go.clicked.connect(lambda _on: then())
        box.open()

    def _begin_new(self) -> None:
        self._show_plan("")
        self._editor.plan_page.begin()

    def _copy(self) -> None:
        if self._editor.stays_put():
            return
        entry = self._editor.entry()
        self._show_plan("")
        self._show_entry(replace(entry, name=filled("Copy of {name}", name=entry.name)))
        self._editor.plan_page.begin()

    def _show_as_it_came(self) -> None:
        with told_to_owner(self):
            self._show_entry(playbooks.as_shipped(self._key))

    def _retire(self, retired: bool) -> None:  # noqa: FBT001 - Qt's signal
        with told_to_owner(self):
            playbooks.retire(self._session.desk, self._key, retired=retired)

    def _arrange(self, keys: list[str]) -> None:
        with told_to_owner(self):
            playbooks.arrange(self._session.desk, keys)

    def _heard(self, topics: Topic) -> None:
        """Show what a change of the desk, made here or anywhere, means for the plans."""
        if topics & TOUCHES:
            self._naming.read_anew()
            self._views = playbooks.playbooks(self._session.desk)
            self._show_around()

    # Saving

    def _save_plan(self) -> None:
        if self._editor.stays_put() or (self._key and not self.would_lose_text()):
            return
        self._editor.steps.say("")
        with told_to_owner(self):
            try:
                key = playbooks.save(
                    self._session.desk, self._key, self._editor.entry(), now=self._session.now()
                )
            except InvalidEntryError as error:
                self._editor.point_out(error)
                return
            self._views = playbooks.playbooks(self._session.desk)
            self._show_plan(key, self._editor.steps.place())

    def _adopt_all(self) -> None:
        with told_to_owner(self):
            AdoptAllDialog(self._session, self._key, parent=self).open()
