"""What happened: their words, how we said it back, whether they agreed."""

from PySide6.QtCore import Qt, Signal

from recoverydesk.domain.days import short_words
from recoverydesk.services import cases
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.cases import Story
from ui.errors import told_to_owner
from ui.forms import Form
from ui.pages.case.attached import Attached
from ui.pages.case.section import Section
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.choices import CheckBox
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.text import Text
from ui.wording import filled, label, tr


class WhatHappened(Section):
    """Their story and ours.

    Signals:
        offered: a picture or a file was pasted or dropped into a text. Argument: its `QMimeData`.
    """

    offered = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("What happened"))
        self._closed_quote = Text("", "words", wrap=True)
        self._closed_felt = Text("", "secondary", "text2", wrap=True)
        self.set_closed_body(boxed(column(self._closed_quote, self._closed_felt, gap=6)))
        self._words = TextArea(lines=4, serif=True)
        self._said_back = TextArea(lines=3)
        for area in (self._words, self._said_back):
            area.offered.connect(self.offered)
        self._feeling = TextField(example=tr("ignored, foolish for waiting in"))
        self._our_part = TextField(example=tr("gave a date with nobody's name on it"))
        self._agreed = CheckBox(tr("They said: yes, that's it"))
        fields = {
            "words": LabelledField(tr("In their own words"), self._words),
            "restatement": LabelledField(
                tr("How you said it back"), self._said_back, tr("the letter quotes this")
            ),
            "feeling": LabelledField(tr("How they feel"), self._feeling),
            "our_part": LabelledField(tr("What we did wrong"), self._our_part),
        }
        self._form = Form(fields)
        self.attached = Attached(session)
        self.save_button = Button(tr("Save what happened"), "tonal", icon="check")
        self.save_button.clicked.connect(lambda _on: self.save())
        self.sorry_button = Button(tr("We said sorry"), "secondary", icon="hand-heart")
        self.sorry_button.clicked.connect(lambda _on: self._apologise())
        self.add(
            fields["words"],
            fields["restatement"],
            self._agreed,
            boxed(row((fields["feeling"], 1), (fields["our_part"], 1), gap=16)),
            boxed(row(self.sorry_button, STRETCH, self.save_button, gap=8)),
            self.attached,
        )
        self._shown: Story | None = None

    def fill(self, view: CaseView) -> None:
        """Write the story into the fields; words being typed stay."""
        self._closed_quote.setText(f"“{view.words}”")
        self._closed_felt.setText(self._felt_words(view))
        self._closed_felt.setVisible(bool(self._closed_felt.text()))
        story = _story_of(view)
        if not self.unsaved() or self._shown is None:
            self._show_story(story)
            # As the fields say it: an area turns a hard space into a plain one.
            story = self.typed()
        self._shown = story
        self.attached.show_case(view)
        agreed = view.restatement_agreed_at
        if agreed is not None:
            day = short_words(self.session.local(agreed).date(), self.session.today())
            meta = filled("{name} agreed this is right, {day}", name=view.greeting, day=day)
        elif view.not_agreed_why:
            meta = filled("Not agreed: {why}", why=view.not_agreed_why)
        else:
            meta = filled("Heard by: {way}", way=label(view.channel).text.lower())
        self.set_summary("", meta)
        self.sorry_button.setVisible(view.apologised_at is None and view.closed_at is None)

    def _felt_words(self, view: CaseView) -> str:
        parts = []
        if view.feeling:
            parts.append(filled("Felt: {feeling}", feeling=view.feeling))
        if view.our_part:
            parts.append(filled("What we did wrong: {part}", part=view.our_part))
        return "  ·  ".join(parts)

    def _show_story(self, story: Story) -> None:
        self._words.set_text(story.words)
        self._said_back.set_text(story.restatement)
        for field, text in ((self._feeling, story.feeling), (self._our_part, story.our_part)):
            field.setText(text)
            field.setCursorPosition(0)
        self._agreed.setChecked(story.agreed)

    def typed(self) -> Story:
        """Return what stands in the fields."""
        return Story(
            words=self._words.text(),
            restatement=self._said_back.text(),
            agreed=self._agreed.isChecked(),
            feeling=self._feeling.text(),
            our_part=self._our_part.text(),
        )

    def unsaved(self) -> bool:
        """Say whether something typed here isn't saved."""
        return self._shown is not None and self.typed() != self._shown

    def focus_words(self) -> None:
        """Put the cursor into their own words."""
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget(self) -> None:
        """Let go of the case that was shown, and of what was typed for it."""
        self._shown = None
        self._form.start()

    def save(self) -> None:
        """Save what stands in the fields."""
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            story = self.typed()
            self._shown = None
            try:
                cases.tell(self.session.desk, self.case().case_id, story, now=self.session.now())
            except BaseException:
                self._shown = _story_of(self.case())
                raise

    def _apologise(self) -> None:
        # Asked once, where nobody has said yet that we understood.
        from ui.dialogs.not_agreed import NotAgreedDialog  # noqa: PLC0415 - not at the start

        view = self.case()
        if self.unsaved():
            self.save()
        heard = view.restatement_agreed_at is not None or view.not_agreed_why
        if heard or self._agreed.isChecked():
            with told_to_owner(self):
                cases.apologise(self.session.desk, view.case_id, now=self.session.now())
            return
        dialog = NotAgreedDialog(self.session, view.case_id, parent=self)
        dialog.answered.connect(self._apologise_now)
        dialog.open()

    def _apologise_now(self) -> None:
        with told_to_owner(self):
            cases.apologise(self.session.desk, self.case().case_id, now=self.session.now())


def _story_of(view: CaseView) -> Story:
    return Story(
        words=view.words,
        restatement=view.restatement,
        agreed=view.restatement_agreed_at is not None,
        feeling=view.feeling,
        our_part=view.our_part,
    )
