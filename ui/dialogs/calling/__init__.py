"""A calling session: today's calls card by card, each with its story, one key for each result."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import follow_ups, stories
from recoverydesk.services.stories import TRIES, Story
from ui.dialogs.calling.frame import CallingFrame
from ui.dialogs.calling.note import Draft
from ui.dialogs.calling.said_back import SaidBackDialog
from ui.dialogs.calling.tally import Outcome
from ui.dialogs.calling.walk import Walk
from ui.dialogs.make_safe import MakeSafeDialog
from ui.dialogs.snooze import SnoozeDialog, snooze_menu
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.digits import NO_DIGIT, typed_digit
from ui.wording import filled, tr


class CallingSessionDialog(CallingFrame):
    """Goes through calls card by card; what comes of each is saved at once.

    Signals:
        case_wanted: a case was asked for; the session has ended. Argument: its id.
        letter_wanted: a letter was asked for; the session stays. Argument: the case's id.
    """

    case_wanted = Signal(int)
    letter_wanted = Signal(int)

    def __init__(
        self, session: Session, *, parent: QWidget, items: Sequence[int] | None = None
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            parent: what it belongs to.
            items: the follow-ups to go through; None for all calls that are late or for today.
        """
        super().__init__(session, Walk(session, items), parent)
        self.setObjectName("calling")
        self._letter_for: int | None = None
        self._listen()
        self._go_on(-1)

    def _listen(self) -> None:
        for button, do in (
            (self.later_button, self._open_days),
            (self.word_button, self._left_word),
            (self.nobody_button, self._no_answer),
            (self.back_button, self._back),
            (self.next_button, self._next),
            (self.undo_button, self._undo),
        ):
            button.clicked.connect(do)
        self.save_wanted.connect(self._done)
        self.card.next_wanted.connect(self._next)
        self.card.back_wanted.connect(self._back)
        self.card.write_wanted.connect(self._to_note)
        self.card.copy_wanted.connect(self._copy)
        self.card.letter_wanted.connect(self._write_letter)
        self.card.feedback_wanted.connect(self._ask_how_it_was)
        self.note.written.connect(self._to_card)
        self.pane.case_wanted.connect(self._open_case)
        self.tally.rest_wanted.connect(self._start_again)
        self.banner.acted.connect(self._write_proposed)
        for keys, do in (("PgDown", self._next), ("PgUp", self._back), ("Ctrl+Z", self._undo)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self._keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_D: self._done,
            Qt.Key.Key_N: self._no_answer,
            Qt.Key.Key_W: self._left_word,
            Qt.Key.Key_S: self._open_days,
            Qt.Key.Key_O: self._open_case,
            Qt.Key.Key_H: self._ask_how_it_was,
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take single letters; a line that is being typed in keeps them to itself (Qt)."""
        do = self._keys.get(event.key())
        digit = typed_digit(event)
        extra = Qt.KeyboardModifier.KeypadModifier
        if digit != NO_DIGIT:  # which some keyboards type with Shift
            extra |= Qt.KeyboardModifier.ShiftModifier
        plain = not event.modifiers() & ~extra
        if event.isAutoRepeat() or not plain:  # a key that stays down enters one card, not ten
            super().keyPressEvent(event)
        elif do is not None:
            do()
        elif self._walk.open_story() is None or not self.note.pick(digit):
            super().keyPressEvent(event)

    # Where we are

    def _go_on(self, after: int) -> None:
        """Show the next card that waits for a result, or the tally."""
        passed = self._walk.forward(after)
        self._show()
        self._say(passed)

    def _next(self) -> None:
        """Leave the card as it is; what was typed on it is kept until it is wanted."""
        if self._walk.story is not None:
            self._keep_draft()
            self._go_on(self._walk.place)

    def _back(self) -> None:
        self._keep_draft()
        if self._walk.back():
            self._show()
            self._say()

    def _start_again(self) -> None:
        self._go_on(-1)

    # What was typed

    def _keep_draft(self) -> None:
        self._walk.keep(self.note.draft())

    def would_lose_text(self) -> bool:
        """Say whether there is a note on a card without a result."""
        self._keep_draft()
        return self._walk.has_notes()

    def forget_changes(self) -> None:
        """Let the notes go."""
        super().forget_changes()
        self._walk.forget_notes()
        self.note.show_draft(Draft())

    def reject(self) -> None:
        """End with the tally where there is something to tell; close from there (Qt).

        A note without a result is asked about on its own card.
        """
        if self._walk.story is not None and self._walk.ended() and not self.would_lose_text():
            self._keep_draft()
            self._walk.to_end()
            self._show()
            self._say()
            return
        noted = bool(self._walk.draft().words.strip())
        if self.would_lose_text() and not noted and self._walk.to_note():
            self._show()  # "Keep writing" leads to where it was written
        super().reject()

    # Results

    def _ready(self) -> Story | None:
        """Return the story that is shown as it stands now; go on where nothing is left to do."""
        if self._walk.open_story() is None:
            return None
        self._form.start()
        story = self._walk.read_again()
        if story is None:
            self._keep_draft()
            self._go_on(self._walk.place - 1)
        return story

    def _enter(self, outcome: Outcome, save: Callable[[Story, Draft], bool]) -> Story | None:
        """Save a result and go on; return None where it isn't saved, or not yet."""
        story = self._ready()
        if story is not None:
            with told_to_owner(self), self._form.pointing_out():
                if save(story, self.note.draft()):
                    self._entered(outcome)
                    return story
        return None

    def _entered(self, outcome: Outcome) -> None:
        self.banner.hide()
        self._walk.enter(outcome, self.note.draft())
        self._go_on(self._walk.place)

    def _undo(self) -> None:
        """Take the last result back and show its card again, with what was typed."""
        last = self._walk.last
        if last is None:
            return
        self._keep_draft()
        with told_to_owner(self):
            self._session.desk.undo(last.change_id)
            self._walk.take_back(last)
            self.banner.hide()
            self._go_on(last.place - 1)

    def _done(self) -> None:
        self._enter(Outcome.REACHED, self._save_reached)

    def _save_reached(self, story: Story, draft: Draft) -> bool:
        session = self._session
        try:
            stories.reached(
                session.desk, story.follow_up_id, now=session.now(),
                words=draft.words, mood=draft.mood,
            )  # fmt: skip
        except InvalidEntryError as error:
            if self._ask(error.field, story, draft):
                return False
            raise
        return True

    def _ask(self, field: str, story: Story, draft: Draft) -> bool:
        """Ask what a step wants to know before it is done; say whether it is such a thing."""
        if story.case_id is None:
            return False
        entered = partial(self._entered, Outcome.REACHED)
        if field == "not_agreed_why":
            asked = SaidBackDialog(self._session, story, draft.words, draft.mood, parent=self)
            asked.answered.connect(entered)
            asked.open()
        elif field == "safety_words":
            safe = MakeSafeDialog(self._session, story.case_id, parent=self)
            safe.accepted.connect(entered)
            safe.open()
        else:
            return False
        return True

    def _left_word(self) -> None:
        self._enter(Outcome.LEFT_WORD, self._save_left_word)

    def _save_left_word(self, story: Story, draft: Draft) -> bool:
        now = self._session.now()
        stories.left_word(self._session.desk, story.follow_up_id, now=now, words=draft.words)
        return True

    def _no_answer(self) -> None:
        story = self._enter(Outcome.NO_ANSWER, self._save_no_answer)
        if story is not None:
            self._propose_letter(story)

    def _save_no_answer(self, story: Story, draft: Draft) -> bool:
        now = self._session.now()
        follow_ups.no_answer(self._session.desk, story.follow_up_id, now=now, note=draft.words)
        return True

    def _open_days(self) -> None:
        if self._ready() is None:
            return
        menu = snooze_menu(self._session, self, self._put_off, self._pick_day)
        menu.aboutToHide.connect(menu.deleteLater)
        above = self.later_button.mapToGlobal(self.later_button.rect().topLeft())
        above.setY(above.y() - menu.sizeHint().height())
        menu.popup(above)
        menu.setActiveAction(menu.actions()[0])

    def _put_off(self, day: date) -> None:
        self._enter(Outcome.PUT_OFF, partial(self._save_day, day))

    def _save_day(self, day: date, story: Story, draft: Draft) -> bool:
        now, why = self._session.now(), follow_ups.as_reason(draft.words)
        follow_ups.move(self._session.desk, story.follow_up_id, to=day, now=now, why=why)
        return True

    def _pick_day(self) -> None:
        self._enter(Outcome.PUT_OFF, self._ask_day)

    def _ask_day(self, story: Story, draft: Draft) -> bool:
        why, item = follow_ups.as_reason(draft.words), story.follow_up_id
        dialog = SnoozeDialog(self._session, item, story.title, why=why, parent=self)
        dialog.accepted.connect(partial(self._entered, Outcome.PUT_OFF))
        dialog.open()
        return False

    # What leads elsewhere

    def _propose_letter(self, story: Story) -> None:
        tries = story.no_answers + 1
        if story.customer_id is None or tries < TRIES:
            return
        self._letter_for = story.case_id
        words = filled(
            "{name} hasn't answered {n} times in a row. A letter may get through.",
            n=str(tries),
            name=story.greeting,
        )
        button = tr("Write a letter…") if story.case_id is not None else ""
        self.banner.show_message(words, button, icon="file-text")

    def _write_proposed(self) -> None:
        self.banner.hide()
        if self._letter_for is not None:
            self.letter_wanted.emit(self._letter_for)

    def _write_letter(self) -> None:
        story = self._walk.story
        if story is not None and story.case_id is not None:
            self.letter_wanted.emit(story.case_id)

    def _ask_how_it_was(self) -> None:
        from ui.dialogs.feedback import FeedbackDialog  # noqa: PLC0415 - most calls don't ask

        story = self._walk.story
        if story is None or story.case_id is None or not story.resolved:
            return
        with told_to_owner(self):
            FeedbackDialog(self._session, story.case_id, parent=self).open()

    def _open_case(self) -> None:
        story = self._walk.story
        if story is None or story.case_id is None:
            return
        if self.would_lose_text():
            self._tell(tr("Enter or clear your notes first, then open the case."))
            return
        self.accept()
        self.case_wanted.emit(story.case_id)

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._tell(filled("Copied: {words}", words=words))
