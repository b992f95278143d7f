"""The part about ideas: the customer is asked once how it could have been avoided."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.correction import IdeaSource
from recoverydesk.domain.days import short_words
from recoverydesk.services import ideas
from recoverydesk.services.case_pages import CaseView
from ui.dialogs import idea_acts
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.text import Icon, Line, Text
from ui.wording import filled, tr

MOST_BUTTONS = 3
"""Of an idea on its case's page; a menu has the rest."""


class IdeasPart(QWidget):
    """What they and we would do so that it doesn't happen again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._view: CaseView | None = None
        self._told = Text("", "secondary", "text2", wrap=True)
        self.theirs_button = Button(tr("Their idea…"), "tonal", icon="lightbulb", size="small")
        self.none_button = Button(tr("They had no idea"), "ghost", size="small")
        self.ours_button = Button(tr("An idea of ours…"), "ghost", icon="users", size="small")
        self.theirs_button.clicked.connect(lambda _on: self.write_down(IdeaSource.CUSTOMER))
        self.none_button.clicked.connect(lambda _on: self._had_none())
        self.ours_button.clicked.connect(lambda _on: self.write_down(IdeaSource.STAFF))
        self._lines = column(gap=8)
        self.setLayout(
            column(
                Line(),
                row(
                    Icon("lightbulb", "text2"),
                    (Text(tr("How could we have avoided it?"), "strong"), 1),
                    gap=8,
                ),
                self._told,
                boxed(self._lines),
                row(self.theirs_button, self.none_button, self.ours_button, STRETCH, gap=6),
                gap=8,
            )
        )

    def show_case(self, view: CaseView) -> None:
        """Show a case's ideas, and whether the customer was asked."""
        self._view = view
        asked = view.idea_asked_at
        theirs = any(one.source is IdeaSource.CUSTOMER for one in view.ideas)
        if asked is None:
            words = filled("Ask {name} once: whoever was hit often knows best.", name=view.greeting)
        elif theirs:
            words = ""
        else:
            day = short_words(self._session.local(asked).date(), self._session.today())
            words = filled("{name} was asked {day} and had no idea.", name=view.greeting, day=day)
        self._told.setText(words)
        self._told.setVisible(bool(words))
        # Whoever was asked once isn't asked again; what they say of their own still has a place.
        self.theirs_button.set_kind("tonal" if asked is None else "ghost")
        self.none_button.setVisible(asked is None)
        clear(self._lines)
        for place, one in enumerate(view.ideas):
            if place:
                self._lines.addWidget(Line())
            self._lines.addWidget(
                idea_acts.idea_row(self._session, one, parent=self, most_buttons=MOST_BUTTONS)
            )

    def write_down(self, source: IdeaSource) -> None:
        """Write an idea down that came from this case."""
        from ui.dialogs.idea import IdeaDialog  # noqa: PLC0415 - not at the start

        if self._view is not None:
            with told_to_owner(self):
                case_id = self._view.case_id
                IdeaDialog(self._session, case_id=case_id, source=source, parent=self).open()

    def _had_none(self) -> None:
        if self._view is not None:
            with told_to_owner(self):
                ideas.ask_done(self._session.desk, self._view.case_id, now=self._session.now())
