"""The side's card about how the handling was: their answers, the newest first."""

from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.domain.feedback import BEST, Question
from recoverydesk.services import feedbacks
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.feedbacks import FeedbackView
from ui import look
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.text import Line, Text
from ui.wording import filled, label, tr

MOST = 3
"""So many times answers are shown; usually there is one."""


class AnswersCard(Card):
    """What they answered; hidden until the case is resolved or something was answered."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("How it was handled"), icon="star", gap=8)
        self._session = session
        self._case_id = 0
        self._lines = column(gap=8)
        self._none = Text(
            tr("Nobody has asked yet. Three short questions show what to do better."),
            "secondary",
            "text2",
            wrap=True,
        )
        self.ask_button = Button(tr("Write down their answers"), icon="star", size="small")
        self.ask_button.clicked.connect(lambda _on: self.ask())
        self.add(self._none, boxed(self._lines))
        self.body.addLayout(row(self.ask_button, STRETCH))

    def show_case(self, view: CaseView) -> None:
        """Show a case's answers."""
        self._case_id = view.case_id
        found = feedbacks.of_case(self._session.desk, view.case_id)
        clear(self._lines)
        for place, given in enumerate(found[:MOST]):
            if place:
                self._lines.addWidget(Line())
            self._lines.addWidget(self._answers(given))
        self._none.setVisible(not found)
        self.ask_button.setVisible(not found)
        self.setVisible(bool(found) or view.resolved_at is not None)

    def _answers(self, given: FeedbackView) -> QWidget:
        day = short_words(given.given_on, self._session.today())
        where = filled("{day}, on a card", day=day) if given.by_card else day
        change = IconButton("pencil", filled("Change the answers of {day}", day=day), size="small")
        change.clicked.connect(partial(self._change, given))
        lines = column(row((Text(where, "caption", "text2"), 1), change), gap=2)
        for question in Question:
            score = getattr(given, question.value)
            told = tr("didn't say") if score is None else f"{score} / {BEST}"
            ink: look.Token = "text3" if score is None else "text"
            asked = Text(label(question).text, "secondary", "text2")
            lines.addLayout(row((asked, 1), Text(told, "label", ink, align=look.RIGHT)))
        if given.words:
            lines.addWidget(Text(f"“{given.words}”", "secondary", "text", wrap=True))
        return boxed(lines)

    def ask(self) -> None:
        """Write new answers down."""
        from ui.dialogs.feedback import FeedbackDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            FeedbackDialog(self._session, self._case_id, parent=self).open()

    def _change(self, given: FeedbackView, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        from ui.dialogs.feedback import FeedbackDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            FeedbackDialog(self._session, given.case_id, given, parent=self).open()
