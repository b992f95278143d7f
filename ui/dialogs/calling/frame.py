"""The window of a calling session: a card with its story, or the tally; it decides nothing."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui import look
from ui.dialogs.calling.card import CallCard
from ui.dialogs.calling.note import CallNote
from ui.dialogs.calling.story import StoryPane
from ui.dialogs.calling.tally import OUTCOMES, NextUp, TallyPage
from ui.dialogs.calling.walk import Walk
from ui.forms import Form
from ui.session import Session
from ui.widgets.banners import Banner
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.empties import EmptyState
from ui.widgets.layouts import boxed, row
from ui.widgets.meters import ProgressLine
from ui.widgets.text import Icon, Text
from ui.wording import counted, filled, tr

WIDTH = 1120
SIDE = 372
NARROW = 200
CARD = 690
"""What the card asks for beside the story, as wide as the moods: larger text leaves less."""
TALL = 530
"""So tall is a card with what belongs to it at least: nothing jumps from one to the next."""


class CallingFrame(Dialog):
    """Shows where a walk through the cards has got to.

    Attributes:
        card, note, pane: of the call that is shown.
        tally, next_up: of the end.
        banner: proposes a letter.
    """

    def __init__(self, session: Session, walk: Walk, parent: QWidget) -> None:
        super().__init__(
            parent,
            tr("Calling session"),
            save=tr("&Done"),
            save_key="D",
            cancel=tr("End"),
            width=WIDTH,
            side=_side(parent),
        )
        self._session = session
        self._walk = walk
        self.card, self.note = CallCard(), CallNote()
        self.pane, self.next_up, self.tally = StoryPane(), NextUp(), TallyPage()
        self.banner = Banner()
        self._form = Form({"words": self.note.field, "note": self.note.field})
        self._make_body()
        self._make_foot()

    def _make_body(self) -> None:
        self.back_button = Button(tr("Back"), "ghost", icon="chevron-left", size="small")
        self.next_button = Button(tr("Next"), "ghost", trail="chevron-right", size="small")
        self._progress = Text("", "secondary", "text2")
        self._bar = ProgressLine()
        self._said_icon = Icon("check", "accent_text")
        self._said = Text("", "secondary", "text2")
        self.undo_button = Button(tr("&Undo"), "link", size="small", tip=tr("Ctrl+Z"))
        self._steps = boxed(row(self.back_button, self._progress, self.next_button, gap=4))
        self._steps.setFixedHeight(look.px(32))
        said = row(self._said_icon, (self._said, 1), self.undo_button, 8, self._steps, gap=8)
        self._empty = EmptyState(
            tr("Nobody to call right now"),
            tr("No call is late or due today. Beside this stands what comes next."),
            picture="done",
        )
        self.body.setSpacing(look.px(10))
        self.body.setContentsMargins(look.px(24), look.px(8), look.px(24), look.px(14))
        self.body.addLayout(said)
        self.add(self._bar, self.banner, self.card, self.note, self.tally, self._empty)
        self.body.addStretch(1)
        self.add_to_side(self.pane, self.next_up)
        self._bar.setMinimumHeight(look.px(4))
        room = self.screen().availableGeometry().height() - look.px(60)
        self.setMinimumHeight(min(look.px(TALL), room))

    def _make_foot(self) -> None:
        self.later_button = Button(tr("&Snooze"), icon="alarm-clock", key="S")
        self.word_button = Button(tr("&Left word"), icon="message-square", key="W")
        self.nobody_button = Button(tr("&No answer"), icon="phone-off", key="N")
        for button in (self.later_button, self.word_button, self.nobody_button):
            self.add_button(button)

    def _show(self) -> None:
        walk, story = self._walk, self._walk.story
        self._form.start()
        self._show_parts()
        if story is None:
            self._show_end()
            return
        outcome, draft = walk.outcome(), walk.draft()
        words = filled("{n} of {all}", n=str(walk.place + 1), all=str(len(walk.items)))
        self._progress.setText(words)
        ended = None if outcome is None else OUTCOMES[outcome]
        self.card.show_story(story, self._session, place=words, ended=ended)
        self.pane.show_story(story, self._session)
        self.note.show_draft(draft)
        self.note.setVisible(outcome is None or bool(draft.words))
        self.set_note(tr("The letters work while you aren't writing. Enter leads to the note."))
        self._scroll.verticalScrollBar().setValue(0)
        self._set_order()
        self._to_card()

    def _set_order(self) -> None:
        """Have Tab follow the eye: what a card shows is made anew each time."""
        order = (
            self.card, *self.card.stops, *self.note.stops(), *self.pane.stops, self.save_button,
            self.nobody_button, self.word_button, self.later_button, self.cancel_button,
            self.undo_button, self.back_button, self.next_button,
        )  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _show_end(self) -> None:
        walk, found = self._walk, self._walk.counts()
        self._progress.setText(tr("The end"))
        self.set_note("")
        self.next_up.read(self._session)
        self.tally.show_tally(found, len(walk.items) - walk.ended(), walk.taken())
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self) -> None:
        walk = self._walk
        card, waits = walk.story is not None, walk.open_story() is not None
        some = bool(walk.items)
        self._bar.show_share(walk.ended() / max(1, len(walk.items)))
        self.back_button.setEnabled(walk.place > 0)
        self.next_button.setEnabled(card)
        for widget, here in (
            (self.card, card),
            (self.note, card),
            (self.pane, card),
            (self.next_up, not card),
            (self.tally, not card and some),
            (self._empty, not some),
            (self._steps, some),
            (self._bar, some),
        ):
            widget.setVisible(here)
        self.cancel_button.set_text(tr("End") if card else tr("Close"))
        self.cancel_button.set_kind("ghost" if card else "primary")
        for button in (self.later_button, self.word_button, self.nobody_button, self.save_button):
            button.setVisible(card)
            button.setEnabled(waits)

    def _to_card(self) -> None:
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_note(self) -> None:
        if not self.note.isHidden():
            self._scroll.ensureWidgetVisible(self.note)
            self.note.write()

    def _say(self, passed: int = 0) -> None:
        """Tell what was entered last, and what was passed over since."""
        parts, last = [], self._walk.last
        if passed:
            words = counted(
                passed,
                "One card was dealt with elsewhere meanwhile.",
                "{n} cards were dealt with elsewhere meanwhile.",
            )
            parts.append(words)
        if last is not None:
            parts.append(f"{tr(OUTCOMES[last.outcome].text)}: {last.name}")
        self._tell(" ".join(parts))
        self.undo_button.setVisible(last is not None)

    def _tell(self, words: str) -> None:
        self._said.setText(words)
        self._said_icon.setVisible(bool(words))


def _side(parent: QWidget) -> int:
    """Return how wide the story may be on this screen, in pixels at usual text."""
    room = parent.screen().availableGeometry().width() - look.px(40)
    return max(NARROW, min(SIDE, round(room / look.scale()) - CARD))
