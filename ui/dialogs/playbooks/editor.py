"""One plan being changed: its steps, and beside them the plan itself or the open step."""

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services.playbooks import PlaybookEntry
from ui import look
from ui.dialogs.playbooks.plan_page import PlanPage
from ui.dialogs.playbooks.step_page import StepPage
from ui.dialogs.playbooks.steps_pane import StepsPane
from ui.dialogs.playbooks.words import Naming
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Line
from ui.wording import counted, filled, tr

STEPS_WIDTH = 456


class PlanEditor(QWidget):
    """Steps in the middle, and at the right what is open.

    Signals:
        changed: something was written or moved.
        adopt_wanted: the new steps are wanted for the cases that run by older ones.
        afresh_wanted: what came back after a crash is not wanted.

    Attributes:
        steps: the steps, to drag and to open.
        plan_page, step_page: what is open at the right, one of the two.
    """

    changed = Signal()
    adopt_wanted = Signal()
    afresh_wanted = Signal()

    def __init__(self, naming: Naming) -> None:
        super().__init__()
        self._naming = naming
        self.steps = StepsPane(naming)
        self.plan_page = PlanPage(naming)
        self.step_page = StepPage(naming)
        self.page = ScrollArea(boxed(column(self.plan_page, self.step_page, STRETCH)))
        self.step_page.hide()
        self.steps.setMaximumWidth(look.px(STEPS_WIDTH))
        line = Line("border", upright=True)
        self.setLayout(row((self.steps, 9), line, (self.page, 11)))
        self.steps.plan_wanted.connect(self.open_plan_page)
        self.steps.opened.connect(self._open_step)
        self.steps.entered.connect(self.step_page.begin)
        self.steps.changed.connect(self.changed)
        self.steps.banner.acted.connect(self.adopt_wanted)
        self.plan_page.changed.connect(self._plan_changed)
        self.plan_page.banner.acted.connect(self.afresh_wanted)
        self.step_page.changed.connect(self.steps.replace_step)

    # What is shown

    def show_entry(self, entry: PlaybookEntry, place: int = -1, *, shipped: bool) -> None:
        """Show a plan, and open one of its steps; nothing is heard of it.

        Args:
            entry: the plan.
            place: which step; -1, or one that isn't there, opens the page about the plan.
            shipped: it came with the program.
        """
        self.plan_page.show_plan(entry.name, entry.words, entry.starts, shipped=shipped)
        self.steps.show_name(entry.name)
        place = min(place, len(entry.steps) - 1)
        self.steps.show_steps(entry.steps, place)
        if place < 0:
            self._show_plan_page()
        else:
            self._show_step(place)

    def show_behind(self, behind: int) -> None:
        """Say how many open cases run by older steps; 0 says nothing."""
        if not behind:
            self.steps.banner.hide()
            return
        self.steps.banner.show_message(
            counted(
                behind,
                "{n} open case goes on by the steps before.",
                "{n} open cases go on by the steps before.",
            ),
            tr("Adopt the new ones…"),
            tone="accent",
            icon="history",
            closable=False,
        )

    def show_came_back(self, at: datetime | None) -> None:
        """Say that changes from before a crash are back, as they stood when (UTC); or no more."""
        if at is None:
            self.plan_page.banner.hide()
            return
        session = self._naming.session
        local = session.local(at)
        when = f"{short_words(local.date(), session.today())} {local:%H:%M}"
        self.plan_page.banner.show_message(
            filled("What you were changing is back, as it stood {when}.", when=when),
            tr("Begin afresh"),
            tone="accent",
            icon="history",
        )

    def open_plan_page(self) -> None:
        """Open the page about the plan, unless something on the open one can't be read yet."""
        if not self.stays_put():
            self._show_plan_page()

    def _show_plan_page(self) -> None:
        self.steps.close_step()
        self.step_page.hide()
        self.plan_page.show()
        self._scroll_up()

    def _open_step(self, place: int) -> None:
        if self.steps.steps()[place].key == self.step_page.key() or not self.stays_put():
            self._show_step(place)

    def _show_step(self, place: int) -> None:
        steps = self.steps.steps()
        other = steps[place].key != self.step_page.key() or self.step_page.isHidden()
        self.plan_page.hide()
        self.step_page.show_step(steps, place)
        self.step_page.show()
        if other:
            self._scroll_up()

    def _scroll_up(self) -> None:
        self.page.verticalScrollBar().setValue(0)

    def _plan_changed(self) -> None:
        self.steps.show_name(self.plan_page.name())
        self.changed.emit()

    # What is written

    def entry(self) -> PlaybookEntry:
        """Return the plan as it stands here."""
        page = self.plan_page
        return PlaybookEntry(page.name(), page.words(), page.starts(), tuple(self.steps.steps()))

    def in_trouble(self) -> bool:
        """Say whether something on the open page can't be read."""
        return self._page_shown().in_trouble()

    def stays_put(self) -> bool:
        """Say whether something on the open page can't be read; then the cursor is led there."""
        if not self.in_trouble():
            return False
        keys = [one.key for one in self.steps.steps()]
        if self.step_page.isHidden():
            place = -1
        elif self.step_page.key() in keys:
            place = keys.index(self.step_page.key())
        else:
            return False  # it was just taken away
        self._page_shown().lead_to_trouble()
        # Qt still has the list's new row in hand.
        QTimer.singleShot(0, self, lambda: self.steps.list.select(place))
        return True

    def _page_shown(self) -> PlanPage | StepPage:
        return self.plan_page if self.step_page.isHidden() else self.step_page

    def point_out(self, error: InvalidEntryError) -> None:
        """Lead to the field an error is about; what is about no field is said over the steps."""
        _steps, _, rest = error.field.partition(".")
        place, _, field = rest.partition(".")
        if field:
            self.steps.open_step(int(place))
            told = InvalidEntryError(field, str(error), advice=error.advice)
            shown = self.step_page.show_trouble(told)
        elif error.field == "steps":
            shown = False
        else:
            self._show_plan_page()
            shown = self.plan_page.show_trouble(error)
        if not shown:
            self.steps.say(f"{error} {error.advice}".strip())
        QTimer.singleShot(0, self, self._show_focused)

    def _show_focused(self) -> None:
        focused = self.window().focusWidget()
        if focused is not None and self.page.isAncestorOf(focused):
            self.page.ensureWidgetVisible(focused)
