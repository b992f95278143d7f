"""The letters' own wording: every letter as it ships, changed, or of the owner's making."""

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMessageBox, QWidget

from recoverydesk.domain.language import LANGUAGE_NAMES
from recoverydesk.domain.merge_fields import MergeField, unknown_in
from recoverydesk.errors import RecoveryDeskError
from recoverydesk.services import letter_samples, letter_templates
from recoverydesk.services.letter_templates import TemplateText
from ui.dialogs.letter.choices import CAREFUL, LetterChoices
from ui.dialogs.letter.editor import LetterEditor
from ui.dialogs.templates.small import CopyDialog
from ui.errors import message_box, told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import boxed, column, row
from ui.widgets.panes import Pane
from ui.widgets.papers import PdfPreview
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Icon, Line, Text
from ui.wording import filled, tr

PAUSE = 250
"""Milliseconds after the last key before the sample is drawn anew."""
WIDTH = 1256
HEIGHT = 692
CHOICES_WIDTH = 226
PREVIEW_WIDTH = 420

GROUPS = (
    (
        "About them",
        (
            MergeField.FIRST_NAME,
            MergeField.FULL_NAME,
            MergeField.GREETING,
            MergeField.PROBLEM,
            MergeField.HAPPENED_ON,
            MergeField.CASE_NUMBER,
        ),
    ),
    (
        "What they get",
        (
            MergeField.REMEDIES,
            MergeField.REMEDY,
            MergeField.PROMISED_BY,
            MergeField.VOUCHER_VALUE,
            MergeField.VOUCHER_CODE,
            MergeField.USE_BY,
        ),
    ),
    (
        "About us",
        (
            MergeField.OUR_PART,
            MergeField.WHAT_CHANGED,
            MergeField.REASON,
            MergeField.YOUR_IDEA,
            MergeField.FOLLOW_UP_ON,
            MergeField.TODAY,
            MergeField.SHOP_NAME,
            MergeField.OWNER_NAME,
            MergeField.SHOP_PHONE,
            MergeField.SHOP_EMAIL,
            MergeField.CONTACT_NAME,
            MergeField.CONTACT_PHONE,
        ),
    ),
)


class TemplatesDialog(Dialog):
    """Changes the wording of letters; nothing that went out changes with it.

    Attributes:
        pdf: the sample that is shown.
    """

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            parent: what it belongs to.
        """
        super().__init__(
            parent,
            tr("The wording of your letters"),
            save=tr("Save"),
            save_key="Ctrl S",
            cancel=tr("Close"),
            width=WIDTH,
        )
        self.setObjectName("templates")
        self.pdf = b""
        self._untouched = ("", "")
        self._session = session
        self._choices = LetterChoices()
        self._editor = LetterEditor(wording=True)
        self._heading = TextField()
        self._name = Text("", "strong")
        self._trouble = Text("", "label", "danger", wrap=True)
        self._preview = PdfPreview(
            name=tr("The letter with samples"), note=tr("with samples in its fields")
        )
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self._connect()
        self._editor.offer_fields(
            {tr(words): [f"{{{{{field}}}}}" for field in fields] for words, fields in GROUPS}
        )
        language = session.shop.language
        first = letter_templates.templates(session.desk, language=language)[0]
        self._text = letter_templates.text(
            session.desk, first.key, language=language, tone=first.tones[0]
        )
        self._show()

    def _lay_out(self) -> None:
        choices = ScrollArea(Pane(column(self._choices), ground="sunken"))
        choices.setFixedWidth(CHOICES_WIDTH)
        title = LabelledField(tr("&Title"), self._heading, tr("what the PDF is called"))
        self._form = Form({"title": title})
        head = column(self._name, title, gap=8, margins=(24, 14, 20, 14))
        told = row(Icon("circle-alert", "danger", 14), (self._trouble, 1), gap=7)
        told.setContentsMargins(24, 8, 20, 8)
        self._trouble_row = boxed(told)
        self._trouble_row.hide()
        middle = column(head, Line("border"), (self._editor, 1), self._trouble_row)
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
        self._back_button = Button(tr("&Back to how it came"), icon="history")
        self._copy_button = Button(tr("Co&py as a letter of my own…"), icon="copy")
        self.add_button(self._back_button)
        self.add_button(self._copy_button)

    def _connect(self) -> None:
        self._choices.wanted.connect(self._want)
        self._editor.changed.connect(self._changed)
        self._heading.textChanged.connect(lambda _text: self._changed())
        self._timer.timeout.connect(self._draw)
        self._back_button.clicked.connect(lambda _on: self._ask_back())
        self._copy_button.clicked.connect(lambda _on: self._copy())
        self.save_wanted.connect(self._save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._save)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the letter's beginning, once its height is known (Qt)."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._editor.show_start)

    # What is shown

    def _show(self) -> None:
        text = self._text
        offered = letter_templates.templates(self._session.desk, language=text.language)
        self._choices.offer(offered)
        self._choices.show_choice(text.key, text.tone, text.language)
        self._name.setText(text.name)
        self._heading.setText(text.title)
        self._editor.show_letter(text.body, language=text.language, careful=text.tone == CAREFUL)
        self._untouched = (self._editor.markdown(), self._heading.text())
        self._back_button.setVisible(text.changed)
        back = tr("&Back to how it came") if text.ships else tr("&Remove this letter")
        self._back_button.set_text(back)
        self._say_where()
        self._say("")
        self._draw()

    def _say_where(self) -> None:
        if self.would_lose_text():
            self.set_note(tr("Changed, not saved yet"))
        elif self._text.changed:
            self.set_note(tr("In your own words"))
        else:
            self.set_note(tr("As it came with RecoveryDesk"))

    def _say(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble_row.setVisible(bool(sentence))

    def _written(self) -> TemplateText:
        return replace(self._text, body=self._editor.markdown(), title=self._heading.text())

    def would_lose_text(self) -> bool:
        """Say whether something written isn't saved."""
        return (self._editor.markdown(), self._heading.text()) != self._untouched

    def forget_changes(self) -> None:
        """Take what stands here now as the start."""
        super().forget_changes()
        if self._untouched != ("", ""):  # before the first letter is shown there is nothing
            self._untouched = (self._editor.markdown(), self._heading.text())

    def _changed(self) -> None:
        self._say("")
        self._say_where()
        self._timer.start()

    def _draw(self) -> None:
        self._timer.stop()
        try:
            pdf = letter_samples.draw(self._session.desk, self._written(), now=self._session.now())
        except RecoveryDeskError as error:
            self._say(f"{error} {error.advice}".strip())
            return
        if pdf != self.pdf:
            self.pdf = pdf
            self._preview.show_pdf(pdf, at_once=True)

    # Another letter

    def _want(self, key: str, tone: str, language: str) -> None:
        if not self.would_lose_text():
            self._go(key, tone, language)
            return
        box = message_box(
            self,
            tr("Go on without saving?"),
            tr("What you changed in this letter isn't saved yet."),
        )
        box.setStandardButtons(QMessageBox.StandardButton.NoButton)
        stay = box.addButton(tr("Keep writing"), QMessageBox.ButtonRole.RejectRole)
        go = box.addButton(tr("Go on without"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        go.clicked.connect(lambda: self._go(key, tone, language))
        self._choices.show_choice(self._text.key, self._text.tone, self._text.language)
        box.open()

    def _go(self, key: str, tone: str, language: str) -> None:
        there = {one.key for one in letter_templates.texts(self._session.desk, language=language)}
        if key and key not in there:
            self._stay(language)
            return
        key = key or letter_templates.templates(self._session.desk, language=language)[0].key
        with told_to_owner(self):
            self._text = letter_templates.text(
                self._session.desk, key, language=language, tone=tone
            )
            self._show()

    def _stay(self, language: str) -> None:
        """Say that a letter of one's own is in one language, and how to have it in another."""
        text = self._text
        self._choices.show_choice(text.key, text.tone, text.language)
        self._say(
            filled(
                "“{name}” is a letter of your own, in {its} only. For one in {other}, choose a"
                " letter there and copy it.",
                name=text.name,
                its=LANGUAGE_NAMES[text.language],
                other=LANGUAGE_NAMES[language],
            )
        )

    # Saving

    def _save(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            try:
                letter_templates.save(self._session.desk, self._written(), now=self._session.now())
            except RecoveryDeskError as error:
                if getattr(error, "field", "") != "body":
                    raise
                self._say(f"{error} {error.advice}".strip())
                for place in unknown_in(self._editor.markdown())[:1]:
                    self._editor.mark_field(place)
                return
            self._reload()

    def _reload(self) -> None:
        text = self._text
        self._text = letter_templates.text(
            self._session.desk, text.key, language=text.language, tone=text.tone
        )
        self._show()

    def _ask_back(self) -> None:
        words = (
            tr("Your wording of this letter would be gone. Undo brings it back.")
            if self._text.ships
            else tr("This letter of your own would be gone. Undo brings it back.")
        )
        title = tr("Back to how it came?") if self._text.ships else tr("Remove this letter?")
        box = message_box(self, title, words)
        box.setStandardButtons(QMessageBox.StandardButton.NoButton)
        stay = box.addButton(tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        go = box.addButton(
            self._back_button.text().replace("&", ""), QMessageBox.ButtonRole.DestructiveRole
        )
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        go.clicked.connect(self._go_back)
        box.open()

    def _go_back(self) -> None:
        text = self._text
        with told_to_owner(self):
            letter_templates.reset(
                self._session.desk, text.key, language=text.language, tone=text.tone
            )
            if text.ships:
                self._reload()
            else:
                self._go("", text.tone, text.language)

    def _copy(self) -> None:
        dialog = CopyDialog(self._session, self._written(), parent=self)
        dialog.made.connect(self._show_made)
        dialog.open()

    def _show_made(self, made: TemplateText) -> None:
        self._text = made
        self._show()
