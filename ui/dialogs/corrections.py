"""All fixes: what came back, what is under way, what is watched, what held."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.days import short_words
from recoverydesk.services import corrections
from recoverydesk.services.corrections import OPEN, CorrectionView
from recoverydesk.topics import Topic
from ui.dialogs import fixing
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.chips import Chip, FilterChips
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.text import Line, Text
from ui.wording import filled, label, tr

BACK = frozenset({CorrectionStatus.CAME_BACK})
FILTERS = {
    "now": ("To do", OPEN | BACK),
    "watched": ("Watched", frozenset({CorrectionStatus.DONE_WATCHING})),
    "held": ("Held", frozenset({CorrectionStatus.HOLDS})),
    "all": ("All", frozenset(CorrectionStatus)),
}
"""By their key: what the pill says, and which fixes it leaves."""


class CorrectionsDialog(Dialog):
    """Lists the fixes, what presses most first, each with what can be done with it.

    Signals:
        case_wanted: a case is to be opened. Argument: its id.
        letters_wanted: what was changed is told by letter. Argument: the cases' ids.
    """

    case_wanted = Signal(int)
    letters_wanted = Signal(list)

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Fixes"), save="", cancel=tr("Close"), width=860)
        self.setObjectName("corrections")
        self._session = session
        self._filter = FilterChips(
            [(key, tr(words)) for key, (words, _statuses) in FILTERS.items()],
            name=tr("Which fixes"),
        )
        self._new = Button(tr("&Plan a fix…"), "secondary", icon="plus", size="small")
        self._rows = column(gap=10)
        self._nothing = Text("", "body", "text2", wrap=True)
        self.add(boxed(row((self._filter, 1), self._new)), boxed(self._rows), self._nothing)
        self._filter.chosen.connect(lambda _key: self._show())
        self._new.clicked.connect(lambda _on: self._plan())
        session.changes.saved.connect(self._hear)
        self._show()

    def _hear(self, topics: Topic) -> None:
        if topics & (Topic.CORRECTIONS | Topic.CASES | Topic.CAUSES) and self.isVisible():
            self._show()

    def _show(self) -> None:
        found = corrections.all_corrections(self._session.desk)
        for key, (_words, statuses) in FILTERS.items():
            self._filter.set_count(key, sum(one.status in statuses for one in found))
        wanted = FILTERS[self._filter.key()][1]
        shown = [one for one in found if one.status in wanted]
        clear(self._rows)
        for place, one in enumerate(shown):
            if place:
                self._rows.addWidget(Line("line"))
            self._rows.addWidget(self._row(one))
        self._nothing.setText(
            tr("Nothing here.")
            if found
            else tr(
                "No fix yet. Plan one from a case, under “Why it happened”: what the shop changes"
                " so that it doesn't happen again."
            )
        )
        self._nothing.setVisible(not shown)

    def _row(self, shown: CorrectionView) -> QWidget:
        state = label(shown.status)
        words = Text(shown.what, "strong", wrap=True)
        about = Text(" · ".join(about_words(shown, self._session)), "secondary", "text2", wrap=True)
        chip = Chip(state.text, state.tone, state.icon)
        buttons = [self._button(act, shown) for act in fixing.acts_for(shown)]
        if shown.case_id is not None:
            opening = Button(tr("Open the case"), "ghost", icon="arrow-right", size="small")
            opening.setAccessibleName(filled("Open the case: {what}", what=shown.what))
            opening.clicked.connect(partial(self._open, shown.case_id))
            buttons.append(opening)
        head = row((words, 1), column(chip, STRETCH), gap=12)
        panel = boxed(column(head, about, row(*buttons, STRETCH, gap=6), gap=4))
        panel.setAccessibleName(f"{shown.what}: {state.text}")
        return panel

    def _button(self, act: fixing.FixAct, shown: CorrectionView) -> Button:
        words = fixing.words(act)
        button = Button(words, "ghost", icon=fixing.ACTS[act].icon, size="small")
        button.setAccessibleName(f"{words.rstrip('…')}: {shown.what}")
        button.clicked.connect(partial(self._do, act, shown))
        return button

    def _do(self, act: fixing.FixAct, shown: CorrectionView, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        fixing.do(
            self._session,
            act,
            shown,
            parent=self,
            open_case=self._open,
            write=self.letters_wanted.emit,
        )

    def _open(self, case_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self.accept()
        self.case_wanted.emit(case_id)

    def _plan(self) -> None:
        from ui.dialogs.correction import CorrectionDialog  # noqa: PLC0415 - when first wanted

        with told_to_owner(self):
            CorrectionDialog(self._session, None, parent=self).open()


def about_words(shown: CorrectionView, session: Session) -> list[str]:
    """Return the cause, who and the days of a fix, in a few words each."""
    today = session.today()
    parts = [shown.cause, shown.who]
    if shown.done_on is not None:
        parts.append(filled("done {day}", day=short_words(shown.done_on, today)))
        if shown.check_on is not None and shown.status is CorrectionStatus.DONE_WATCHING:
            parts.append(filled("check {day}", day=short_words(shown.check_on, today)))
    elif shown.due_on is not None:
        parts.append(filled("by {day}", day=short_words(shown.due_on, today)))
    parts.append(shown.end_words)
    return [part for part in parts if part]
