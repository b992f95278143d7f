"""The letter: chosen, written, checked, and seen exactly as it prints."""

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.merge_fields import FIELD_WORDS, MergeField
from recoverydesk.errors import InvalidEntryError, RecoveryDeskError
from recoverydesk.records import record
from recoverydesk.services import (
    case_pages,
    letter_drafts,
    letter_insertions,
    letter_templates,
    letters,
    mails,
    papers,
)
from recoverydesk.services.letter_drafts import KeptDraft
from recoverydesk.services.letters import LetterDraft
from recoverydesk.services.papers import Paper
from ui import look, mailing, printing
from ui.dialogs.letter.checks import Checks, in_own_words
from ui.dialogs.letter.choices import CAREFUL, LetterChoices
from ui.dialogs.letter.editor import LetterEditor
from ui.errors import message_box, told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import column, row
from ui.widgets.panes import Pane
from ui.widgets.papers import PdfPreview
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Line
from ui.wording import filled, tr

KEPT_AFTER = 2_000
"""Milliseconds after the last key before what was written is kept."""
PAUSE = 150
"""Milliseconds after the last key before the letter is drawn anew."""
WIDTH = 1256
HEIGHT = 692
CHOICES_WIDTH = 226
PREVIEW_WIDTH = 440
PAPERS = {"a4": "A4", "letter": "US Letter"}


@record
class _State:
    """A letter as it stands: what is kept when it changes."""

    words: str
    """Markdown."""
    enclosed: tuple[int, ...]


_NOTHING = _State("", ())


class LetterDialog(Dialog):
    """Writes a letter for a case; what is previewed is what prints and what is kept.

    Attributes:
        pdf: the bytes that the preview shows.
    """

    def __init__(
        self, session: Session, case_id: int, template: str = "", *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: whose letter it is.
            template: a letter's key; empty takes the one that suits the case.
            parent: the window it belongs to.

        Raises:
            NotFoundError: the case, or such a letter, is not on the desk.
        """
        left = letter_drafts.find(session.desk, case_id, template, now=session.now())
        draft = (
            letters.compose(session.desk, case_id, now=session.now(), template=template)
            if left is None
            else left.draft
        )
        case = case_pages.view(session.desk, case_id)
        super().__init__(
            parent,
            filled("Letter to {name}", name=case.customer),
            save=tr("Print"),
            save_icon="printer",
            save_key="Ctrl P",
            cancel=tr("Close"),
            width=WIDTH,
        )
        self.pdf = b""
        self._session = session
        self._draft = draft
        self._case = case
        self._untouched = _NOTHING
        self._restored = False
        """Whether it is one that was left: in the owner's words, though nothing is typed yet."""
        self._sent_as = _NOTHING
        self._copied = b""
        self._exported: tuple[bytes, int] = (b"", 0)
        self._kept_as = _NOTHING
        self._choices = LetterChoices()
        self._editor = LetterEditor()
        self._checks = Checks()
        paper = PAPERS.get(session.shop.paper, session.shop.paper)
        self._preview = PdfPreview(
            name=tr("The letter as it prints"),
            note=filled("{paper}, exactly as it prints", paper=paper),
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._keeper = QTimer(self)
        self._keeper.setSingleShot(True)
        self._keeper.setInterval(KEPT_AFTER)
        self._lay_out()
        self._connect()
        self._show_draft()
        if left is None:
            self._say_where()
        else:
            self._say_it_was_left(left)

    def _lay_out(self) -> None:
        choices = ScrollArea(Pane(column(self._choices), ground="sunken"))
        choices.setFixedWidth(CHOICES_WIDTH)
        middle = column((self._editor, 1), Line("border"), self._checks)
        self._preview.setFixedWidth(PREVIEW_WIDTH)
        panes = row(
            choices,
            Line("border", upright=True),
            (middle, 1),
            Line("border", upright=True),
            self._preview,
        )
        self.body.setContentsMargins(0, 0, 0, 0)
        self.add(Pane(panes, height=HEIGHT))
        self._again_button = Button(tr("Start again"), "link", size="small")
        self._again_button.hide()
        self._more_button = Button(tr("&Send otherwise"), icon="send")
        self._more_button.set_menu(self._ways_to_send())
        self._export_button = Button(tr("&Export PDF…"), icon="download")
        self.add_button(self._again_button)
        self.add_button(self._more_button)
        self.add_button(self._export_button)

    def _ways_to_send(self) -> QMenu:
        menu = QMenu(self)
        mail = menu.addAction(look.icon("mail"), tr("As an e-mail draft"))
        mail.triggered.connect(self._mail)
        text = menu.addAction(look.icon("copy"), tr("Copy the words for a messenger"))
        text.triggered.connect(self._copy)
        return menu

    def _connect(self) -> None:
        self._choices.wanted.connect(self._change_letter)
        self._choices.enclosed.connect(self._change_enclosed)
        self._editor.changed.connect(self._changed)
        self._editor.put_in.connect(self._note_put_in)
        self._timer.timeout.connect(self._draw)
        self._keeper.timeout.connect(self._keep_draft)
        self._checks.sentence_wanted.connect(self._editor.say_instead)
        self._again_button.clicked.connect(self._ask_start_again)
        self._export_button.clicked.connect(self._export)
        self.save_wanted.connect(self._print)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._print)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the cursor into the letter; draw once the dialog stands (Qt)."""
        super().showEvent(event)
        self._editor.setFocus()
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        self._editor.show_start()
        self._draw()

    # The letter

    def _show_draft(self) -> None:
        self._choices.offer(
            letter_templates.templates(self._session.desk, language=self._draft.language)
        )
        self._choices.show_draft(self._draft)
        self._editor.offer(
            letter_insertions.insertions(
                self._session.desk,
                self._draft.case_id,
                language=self._draft.language,
                now=self._session.now(),
            )
        )
        self._editor.show_letter(
            self._draft.body, language=self._draft.language, careful=self._careful()
        )
        self._untouched = self._state()
        self._restored = False

    def _careful(self) -> bool:
        return self._draft.tone == CAREFUL

    def _edited(self) -> bool:
        if self._state() == self._sent_as:
            return False
        return self._restored or self._editor.markdown() != self._untouched.words

    def _state(self) -> _State:
        return _State(self._editor.markdown(), self._choices.chosen_enclosures())

    def would_lose_text(self) -> bool:
        """Say whether something written isn't kept anywhere yet: it is, where the disk takes it."""
        return not self._keep_draft()

    def _changed(self) -> None:
        self._checks.show_trouble("")
        self._checks.show_words(
            self._editor.words(),
            language=self._draft.language,
            careful=self._careful(),
            apologises=self._draft.template.startswith(papers.APOLOGIES),
        )
        self._timer.start()
        self._keeper.start()

    def _note_put_in(self, what: str) -> None:
        """Remember that the day of the next call was put in: printing it promises it."""
        if what == FIELD_WORDS[MergeField.FOLLOW_UP_ON]:
            fresh = letters.next_call_on(
                self._session.desk, self._draft.case_id, now=self._session.now()
            )
            self._draft = replace(self._draft, promised_on=fresh)

    # The draft

    def _keep_draft(self) -> bool:
        """Keep what was written, so that no crash and no closing loses it; say whether it is."""
        self._keeper.stop()
        state = self._state()
        as_it_came = state == self._untouched and not self._restored
        if state in {self._kept_as, self._sent_as} or (as_it_came and self._kept_as == _NOTHING):
            return True
        desk, now = self._session.desk, self._session.now()
        try:
            if as_it_came:  # whatever was typed has been taken back
                self._let_draft_go()
            else:
                letter_drafts.keep(desk, self._written(), now=now)
                self._kept_as = state
        except RecoveryDeskError as error:
            self._checks.show_trouble(f"{error} {error.advice}".strip())
            return as_it_came
        return True

    def _let_draft_go(self) -> None:
        self._keeper.stop()
        letter_drafts.forget(self._session.desk, self._draft)
        self._kept_as = _NOTHING

    def _say_it_was_left(self, left: KeptDraft) -> None:
        self._kept_as = self._untouched
        self._restored = True
        at = self._session.local(left.saved_at)
        day = short_words(at.date(), self._session.today())
        self.set_note(
            filled("Here is your letter as you left it, {day} {time}", day=day, time=f"{at:%H:%M}"),
            "history",
        )
        self._again_button.show()

    def _ask_start_again(self) -> None:
        box = message_box(
            self,
            tr("Start this letter again?"),
            tr("What you had written would be gone. It isn't printed or sent yet."),
        )
        box.setStandardButtons(QMessageBox.StandardButton.NoButton)
        stay = box.addButton(tr("Keep this letter"), QMessageBox.ButtonRole.RejectRole)
        go = box.addButton(tr("Start again"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        go.clicked.connect(self._start_again)
        box.open()

    def _start_again(self) -> None:
        with told_to_owner(self):
            self._let_draft_go()
            self._write_anew(self._draft.template, self._draft.tone, self._draft.language)

    def _write_anew(
        self, template: str, tone: str, language: str, enclosed: Collection[int] | None = None
    ) -> None:
        if template != self._draft.template:
            self._kept_as = _NOTHING
        self._draft = letters.compose(
            self._session.desk,
            self._draft.case_id,
            now=self._session.now(),
            template=template,
            tone=tone,
            language=language,
            enclosed=enclosed,
        )
        self._again_button.hide()
        self._show_draft()
        self._say_where()

    def _change_enclosed(self) -> None:
        """Let the letter say of each voucher whether it lies in the envelope."""
        edited = self._edited()
        inside = self._choices.chosen_enclosures()
        for one in self._draft.enclosures:
            says = [one.said_without, one.said_inside]
            if one.voucher_id not in inside:
                says.reverse()
            self._editor.replace_words(*says)
        if not edited:  # what the program wrote itself is no text of the owner's
            self._untouched = replace(self._untouched, words=self._editor.markdown())
        self._draw()
        self._keeper.start()

    def _change_letter(self, template: str, tone: str, language: str) -> None:
        wanted = (template, tone, language)
        other = template != self._draft.template
        if not self._edited() or (other and self._keep_draft()):
            self._compose(*wanted)  # the one that was begun is there when one comes back to it
            return
        box = message_box(
            self,
            tr("Start again with the other letter?"),
            tr("What you changed in this one would be gone. It isn't printed or sent yet."),
        )
        box.setStandardButtons(QMessageBox.StandardButton.NoButton)
        stay = box.addButton(tr("Keep this letter"), QMessageBox.ButtonRole.RejectRole)
        go = box.addButton(tr("Use the other one"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        go.clicked.connect(lambda: self._start_other(*wanted))
        # Until it is decided, the pane shows what stands in the middle.
        self._choices.show_draft(replace(self._draft, enclosed=self._choices.chosen_enclosures()))
        box.open()

    def _start_other(self, template: str, tone: str, language: str) -> None:
        with told_to_owner(self):
            self._let_draft_go()
        self._compose(template, tone, language)

    def _compose(self, template: str, tone: str, language: str) -> None:
        """Show another letter: as it was left, where there is one of its kind, else a new one."""
        desk, now = self._session.desk, self._session.now()
        # Where there is no such letter, the pane shows again what stands in the middle.
        self._choices.show_draft(replace(self._draft, enclosed=self._choices.chosen_enclosures()))
        with told_to_owner(self):
            left = None
            if template != self._draft.template:
                left = letter_drafts.find(desk, self._draft.case_id, template, now=now)
            if left is None:
                self._write_anew(template, tone, language, self._choices.chosen_enclosures())
                self._keeper.start()
                return
            self._draft = left.draft
            self._show_draft()
            self._say_it_was_left(left)

    def _written(self) -> LetterDraft:
        return replace(
            self._draft,
            body=self._editor.markdown(),
            enclosed=self._choices.chosen_enclosures(),
        )

    # Preview

    def _draw(self) -> None:
        self._timer.stop()
        draft = self._written()
        try:
            self._show_pdf(letters.draw(self._session.desk, draft))
            self._checks.show_unprintable(letters.unprintable(draft))
            self._checks.show_own_words(in_own_words(draft))
        except RecoveryDeskError as error:
            self._checks.show_trouble(f"{error} {error.advice}".strip())

    def _show_pdf(self, pdf: bytes) -> None:
        if pdf != self.pdf:
            self.pdf = pdf
            self._preview.show_pdf(pdf, at_once=True)

    # Paper

    def _paper(self) -> Paper | None:
        """Return the letter ready to go out; None where it can't yet, and say why."""
        draft = self._written()
        try:
            paper = letters.paper(self._session.desk, draft, now=self._session.now())
        except InvalidEntryError as error:
            self._checks.show_trouble(f"{error} {error.advice}".strip())
            self._editor.mark_field(next(iter(letters.empty_fields(draft.body)), ""))
            return None
        self._timer.stop()
        self._show_pdf(paper.content)
        return paper

    def _print(self) -> None:
        with told_to_owner(self):
            paper = self._paper()
            if paper is None or not printing.print_pdf(self, paper.content, paper.title):
                return
            self._note_printed(paper)
            self._gone_out()
            self._session.said.emit(filled("Printed, and kept with {case}", case=self._case.number))
            self.accept()

    def _note_printed(self, paper: Paper) -> None:
        """Keep a letter as printed; the very same that was saved before is kept once."""
        desk, now = self._session.desk, self._session.now()
        content, document_id = self._exported
        if content == paper.content:
            papers.mark(desk, document_id, DocumentStatus.PRINTED, now=now)
        else:
            papers.keep(desk, paper, DocumentStatus.PRINTED, now=now)

    def _export(self) -> None:
        with told_to_owner(self):
            paper = self._paper()
            if paper is None:
                return
            path = printing.save_pdf_as(self, paper.content, paper.file_name)
            if path is None:
                return
            if paper.content != self._exported[0]:
                document_id = papers.keep(
                    self._session.desk, paper, DocumentStatus.PREPARED, now=self._session.now()
                )
                self._exported = (paper.content, document_id)
            words = filled(
                "Saved as {file}, and to case {case}", file=path.name, case=self._case.number
            )
            self.set_note(words, "check")

    def _mail(self) -> None:
        with told_to_owner(self):
            paper = self._paper()
            if paper is None:
                return
            file = mailing.hand_over(self._session, paper, subject=self._draft.title)
            self._gone_out()
            self.set_note(mailing.told(file), "mail")

    def _copy(self) -> None:
        with told_to_owner(self):
            paper = self._paper()
            if paper is None:
                return
            if paper.content != self._copied:
                title = filled("Message: {title}", title=paper.title)
                papers.keep(
                    self._session.desk,
                    replace(paper, title=title),
                    DocumentStatus.PREPARED,
                    now=self._session.now(),
                )
                self._copied = paper.content
            QGuiApplication.clipboard().setText(mails.message_of(self._session.desk, paper))
            words = tr("Copied: paste it into your messenger. Once it is sent, say so on the case.")
            self.set_note(words, "check")

    def _gone_out(self) -> None:
        self._let_draft_go()
        self._sent_as = self._state()
        self._again_button.hide()

    def _say_where(self) -> None:
        words = filled("Saved to case {case} when you print or export", case=self._case.number)
        self.set_note(words)
