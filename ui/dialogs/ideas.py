"""All ideas: what is to be decided, who is to be thanked, what was taken up and what was not."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.correction import IdeaStatus
from recoverydesk.services import ideas
from recoverydesk.services.ideas import IdeaView
from recoverydesk.topics import Topic
from ui.dialogs.idea_acts import idea_row
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.chips import FilterChips
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.text import Line, Text
from ui.wording import filled, tr

FILTERS: Mapping[str, tuple[str, Callable[[IdeaView], bool]]] = {
    "open": ("To decide", lambda one: one.status is IdeaStatus.OPEN),
    "thank": ("To thank", lambda one: one.to_thank),
    "adopted": ("Taken up", lambda one: one.status is IdeaStatus.ADOPTED),
    "all": ("All", lambda _one: True),
}
"""By their key: what the pill says, and which ideas it leaves."""


class IdeasDialog(Dialog):
    """Lists the ideas, the newest first, each with what can be done with it.

    Signals:
        case_wanted: a case is to be opened. Argument: its id.
    """

    case_wanted = Signal(int)

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Ideas"), save="", cancel=tr("Close"), width=860)
        self.setObjectName("ideas")
        self._session = session
        self._filter = FilterChips(
            [(key, tr(words)) for key, (words, _fits) in FILTERS.items()], name=tr("Which ideas")
        )
        self._new = Button(tr("&Write one down…"), "secondary", icon="plus", size="small")
        self._rows = column(gap=10)
        self._nothing = Text("", "body", "text2", wrap=True)
        self.add(boxed(row((self._filter, 1), self._new)), boxed(self._rows), self._nothing)
        self._filter.chosen.connect(lambda _key: self._show())
        self._new.clicked.connect(lambda _on: self.add_idea())
        session.changes.saved.connect(self._hear)
        self._show()

    def show_filter(self, key: str) -> None:
        """Turn one of the pills on; one of `FILTERS`."""
        self._filter.choose(key)

    def add_idea(self) -> None:
        """Write an idea down that came from no case."""
        from ui.dialogs.idea import IdeaDialog  # noqa: PLC0415 - when first wanted

        with told_to_owner(self):
            IdeaDialog(self._session, parent=self).open()

    def _hear(self, topics: Topic) -> None:
        if topics & (Topic.CORRECTIONS | Topic.CASES | Topic.CAUSES) and self.isVisible():
            self._show()

    def _show(self) -> None:
        found = ideas.all_ideas(self._session.desk)[::-1]
        for key, (_words, fits) in FILTERS.items():
            self._filter.set_count(key, sum(fits(one) for one in found))
        _words, fits = FILTERS[self._filter.key()]
        shown = [one for one in found if fits(one)]
        clear(self._rows)
        for place, one in enumerate(shown):
            if place:
                self._rows.addWidget(Line("line"))
            self._rows.addWidget(self._row(one))
        self._nothing.setText(
            tr("Nothing here.")
            if found
            else tr(
                "No idea yet. Ask customers how it could have been avoided, on the page of their"
                " case; and ask whoever works here."
            )
        )
        self._nothing.setVisible(not shown)

    def _row(self, one: IdeaView) -> QWidget:
        more: tuple[Button, ...] = ()
        if one.case_id is not None:
            opening = Button(tr("Open the case"), "ghost", icon="arrow-right", size="small")
            opening.setAccessibleName(filled("Open the case: {what}", what=one.words))
            opening.clicked.connect(partial(self._open, one.case_id))
            more = (opening,)
        return idea_row(self._session, one, parent=self, more=more)

    def _open(self, case_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self.accept()
        self.case_wanted.emit(case_id)
