"""How it was handled: three questions answered from 1 to 5, each of which may be left out."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.feedback import BEST, WORST, Question
from recoverydesk.services import case_pages, feedbacks
from recoverydesk.services.feedbacks import FeedbackEntry, FeedbackView
from ui import look
from ui.dialogs.snooze import wanted_day
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.chips import Segmented
from ui.widgets.choices import CheckBox
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.text import Text
from ui.wording import filled, label, tr

NO_ANSWER = "0"
"""The key of "didn't say"."""


class Score(Segmented):
    """One answer from 1 to 5, or none. The keys 1 to 5 pick it, 0 leaves it out.

    Signals:
        answered: a key picked it, so the next question can be asked.
    """

    answered = Signal()

    def __init__(self, name: str) -> None:
        """Make a row of five numbers, and "didn't say".

        Args:
            name: the question, for a screen reader.
        """
        numbers = [(str(one), str(one)) for one in range(WORST, BEST + 1)]
        super().__init__([*numbers, (NO_ANSWER, tr("didn't say"))], name=name)
        self.choose(NO_ANSWER)

    def score(self) -> int | None:
        """Return the answer; None where they didn't say."""
        return int(self.key()) or None

    def show_score(self, score: int | None) -> None:
        """Pick an answer; None is "didn't say"."""
        self.choose(str(score or NO_ANSWER))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick by number (Qt)."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.text() in {NO_ANSWER, *(str(one) for one in range(WORST, BEST + 1))}:
            self.choose(event.text())
            self.answered.emit()
        else:
            super().keyPressEvent(event)


class FeedbackDialog(Dialog):
    """Takes the three answers down, or changes what was taken down."""

    def __init__(
        self,
        session: Session,
        case_id: int,
        given: FeedbackView | None = None,
        *,
        parent: QWidget,
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case it is about.
            given: answers to change; None takes new ones down.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        super().__init__(parent, tr("How was it handled?"), width=600)
        self.setObjectName("feedback")
        if given is None:
            self.keep_typing(session, case_id=case_id)
        self._session, self._case_id, self._given = session, case_id, given
        name = case_pages.view(session.desk, case_id).greeting
        self.add(
            Text(
                filled("Ask {name}, or read it off their card. Every answer may be left out.",
                       name=name),
                "secondary", "text2", wrap=True,
            )
        )  # fmt: skip
        self._make_questions()
        self._make_rest()
        if given is not None:
            self._show(given)
        self.save_wanted.connect(self._keep)
        self._scores[Question.FAIR].setFocus()

    def _make_questions(self) -> None:
        self._scores = {one: Score(label(one).text) for one in Question}
        self._fields = {
            one: LabelledField(label(one).text, score, label(one).hint)
            for one, score in self._scores.items()
        }
        for field in self._fields.values():
            self.add(field)
        self.add(Text(tr("1 is not at all, 5 is very much so."), "caption", "text3"))

    def _make_rest(self) -> None:
        self._words = TextArea(lines=2)
        self._day = DayField(self._session.today())
        self._by_card = CheckBox(tr("Written on a &card, not said"))
        words = LabelledField(tr("In their own &words"), self._words, tr("optional"))
        day = LabelledField(tr("&Day"), self._day)
        day.setFixedWidth(look.px(180))
        self.add(words)
        self.body.addLayout(row(day, 8, column(26, self._by_card), STRETCH, gap=8))
        answers = {one.value: field for one, field in self._fields.items()}
        self._form = Form({**answers, "words": words, "given_on": day})
        order: list[QWidget] = [*self._scores.values(), self._words]
        for score, after in zip(self._scores.values(), order[1:], strict=True):
            score.answered.connect(partial(after.setFocus, Qt.FocusReason.TabFocusReason))
            score.chosen.connect(lambda _key: self._fields[Question.FAIR].clear_error())

    def _show(self, given: FeedbackView) -> None:
        for question, score in self._scores.items():
            score.show_score(getattr(given, question.value))
        self._words.set_text(given.words)
        self._by_card.setChecked(given.by_card)
        self._day.set_day(given.given_on)
        remove = Button(tr("Remove"), "danger", icon="trash-2")
        remove.clicked.connect(lambda _on: self._remove(given.feedback_id))
        self.foot.insertWidget(0, remove)

    def _keep(self) -> None:
        self._form.start()
        day = self._form.take("given_on", partial(wanted_day, self._day, "given_on"), None)
        if not self._form.ok():
            return
        scores = {one.value: score.score() for one, score in self._scores.items()}
        entry = FeedbackEntry(
            **scores, words=self._words.text(), by_card=self._by_card.isChecked(), given_on=day
        )
        desk, now = self._session.desk, self._session.now()
        with told_to_owner(self), self._form.pointing_out():
            if self._given is None:
                feedbacks.record_answers(desk, self._case_id, entry, now=now)
            else:
                feedbacks.change(desk, self._given.feedback_id, entry, now=now)
            self.accept()

    def _remove(self, feedback_id: int) -> None:
        with told_to_owner(self):
            feedbacks.remove(self._session.desk, feedback_id)
            self.accept()
