from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDesktopServices, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QMessageBox,
    QWidget,
)

from recoverydesk.documents.markup import blocks
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.errors import DeskFileError, FileTroubleError
from recoverydesk.services import (
    certificates,
    customers,
    letter_drafts,
    letter_templates,
    letters,
    papers,
)
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.presets import letter_presets
from recoverydesk.storage.tables import FollowUp
from ui import look, printing
from ui.dialogs.letter import LetterDialog
from ui.dialogs.letter.editor import LetterEditor
from ui.dialogs.letter.rich import markdown_of, show_markdown
from ui.widgets.choices import CheckBox

CTRL = Qt.KeyboardModifier.ControlModifier
LETTER = "Dear Ada,\n\nI am sorry. The kettle leaked, and it was our fault."


class Printer:
    """Stands in for the printer and the file dialog."""

    def __init__(self):
        self.printed, self.saved = [], []
        self.takes = True
        self.trouble = None

    def print_pdf(self, _parent, pdf, _title):
        if self.trouble is not None:
            raise self.trouble
        if self.takes:
            self.printed.append(pdf)
        return self.takes

    def save_pdf_as(self, _parent, pdf, file_name):
        if not self.takes:
            return None
        self.saved.append(pdf)
        return self.folder / file_name


@pytest.fixture
def printer(monkeypatch, tmp_path):
    printer = Printer()
    printer.folder = tmp_path
    monkeypatch.setattr(printing, "print_pdf", printer.print_pdf)
    monkeypatch.setattr(printing, "save_pdf_as", printer.save_pdf_as)
    return printer


class Writing:
    """The dialog, driven by what an owner sees of it."""

    def __init__(self, dialog, session, qtbot):
        self.dialog, self.session, self.qtbot = dialog, session, qtbot
        self.said = []
        session.said.connect(self.said.append)
        self.sheet = next(
            one for one in dialog.findChildren(QWidget) if one.accessibleName() == "Letter"
        )

    def wait_for_preview(self):
        before = self.dialog.pdf
        self.qtbot.waitUntil(lambda: self.dialog.pdf != before)

    def button(self, name):
        buttons = self.dialog.findChildren(QAbstractButton)
        return next(one for one in buttons if one.accessibleName() == name)

    def click(self, name):
        self.button(name).click()

    def press(self, key):
        self.qtbot.keyClick(self.sheet, key, CTRL)

    def write(self, text):
        """Replace the whole letter."""
        self.sheet.selectAll()
        self.sheet.textCursor().insertText(text)

    def says(self, words):
        QApplication.processEvents()
        labels = self.dialog.findChildren(QLabel)
        return any(words in one.text() for one in labels if one.isVisible())

    def check(self, what):
        names = [one.accessibleName() for one in self.dialog.findChildren(QWidget)]
        return next(name for name in names if name.startswith(f"{what}: "))

    def question(self):
        return self.dialog.findChildren(QMessageBox)[-1]

    def answer(self, words):
        box = self.question()
        next(one for one in box.buttons() if one.text() == words).click()

    def papers(self, case_id):
        with self.session.desk.reading():
            return papers.of_case(case_id)


@pytest.fixture
def write(session, shown, qtbot, printer):  # noqa: ARG001 - no test may open a real printer's dialog
    def open_it(case_id, template=""):
        dialog = LetterDialog(session, case_id, template, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog and dialog.pdf != b"")
        return Writing(dialog, session, qtbot)

    return open_it


@pytest.fixture
def settled(shop):
    """A case whose letter has no empty place."""
    case_id = shop.case(name="Ada Obi")
    shop.agreed(case_id)
    return case_id


# The paper


def test_what_is_previewed_is_what_prints_and_what_is_kept(write, settled, printer, session):
    letter = write(settled)
    letter.write(LETTER)
    letter.wait_for_preview()
    previewed = letter.dialog.pdf
    letter.press(Qt.Key.Key_P)
    kept = letter.papers(settled)[0]
    assert printer.printed == [previewed]
    assert papers.content(session.desk, kept.document_id)[1] == previewed
    assert kept.status is DocumentStatus.PRINTED
    assert not letter.dialog.isVisible()


def test_a_letter_printed_before_the_preview_caught_up_prints_the_newest_words(
    write, settled, printer
):
    letter = write(settled)
    before = letter.dialog.pdf
    letter.write(LETTER)
    letter.press(Qt.Key.Key_P)
    assert printer.printed == [letter.dialog.pdf]
    assert letter.dialog.pdf != before


def test_an_exported_letter_is_kept_and_stays_open(write, settled, printer, session):
    letter = write(settled)
    letter.write(LETTER)
    letter.click("Export PDF…")
    kept = letter.papers(settled)[0]
    assert kept.status is DocumentStatus.PREPARED
    assert printer.saved == [papers.content(session.desk, kept.document_id)[1]]
    assert letter.says("Saved as 2026-03-02")
    assert letter.dialog.isVisible()
    assert not letter.dialog.would_lose_text()


def test_a_print_thought_better_of_keeps_nothing(write, settled, printer):
    printer.takes = False
    letter = write(settled)
    letter.write(LETTER)
    letter.press(Qt.Key.Key_P)
    letter.click("Export PDF…")
    assert letter.papers(settled) == ()
    assert letter.dialog.isVisible()


def test_a_printer_in_trouble_loses_no_word(write, settled, printer):
    printer.trouble = FileTroubleError("The printer didn't take it.")
    letter = write(settled)
    letter.write(LETTER)
    letter.press(Qt.Key.Key_P)
    assert letter.question().text() == "The printer didn't take it."
    assert letter.papers(settled) == ()
    assert "our fault" in letter.sheet.toPlainText()


def test_an_empty_place_is_named_and_nothing_prints(write, settled, printer):
    letter = write(settled)
    letter.write("Dear Ada, sorry for {{happened_on}}.")
    letter.press(Qt.Key.Key_P)
    assert letter.says("The letter still has an empty place: the day it happened.")
    assert letter.sheet.textCursor().selectedText() == "{{happened_on}}"
    assert printer.printed == []
    letter.qtbot.keyClicks(letter.sheet, "last Monday")
    assert not letter.says("empty place")
    letter.press(Qt.Key.Key_P)
    assert len(printer.printed) == 1


def test_an_empty_letter_does_not_print(write, settled, printer):
    letter = write(settled)
    letter.write("")
    letter.press(Qt.Key.Key_P)
    assert letter.says("The letter is empty.")
    assert printer.printed == []


def test_a_voucher_goes_into_the_envelope_or_stays_out(write, shop):
    case_id = shop.case(name="Ada Obi")
    remedy = shop.agreed(case_id, kind="voucher", words="A gift card", value_cents=2500)
    shop.voucher(case_id=case_id, remedy_id=remedy)
    letter = write(case_id)
    assert letter.says("2 pages")
    assert "enclosed; its code is" in letter.sheet.toPlainText()
    letter.click("A gift card, £25")
    assert letter.says("1 page, A4, exactly as it prints")
    assert "enclosed" not in letter.sheet.toPlainText()
    assert "its code is" in letter.sheet.toPlainText()
    letter.write("My own words. It lies, enclosed; its code is where it was.")
    letter.click("A gift card, £25")
    assert letter.says("2 pages")
    assert letter.sheet.toPlainText().startswith("My own words.")


def test_a_letter_of_ones_own_words_says_what_lies_in_the_envelope_now(write, shop):
    case_id = shop.case(name="Ada Obi")
    remedy = shop.agreed(case_id, kind="voucher", words="A gift card", value_cents=2500)
    shop.voucher(case_id=case_id, remedy_id=remedy)
    letter = write(case_id)
    letter.sheet.textCursor().insertText("Mine. ")
    letter.click("A gift card, £25")
    assert "enclosed" not in letter.sheet.toPlainText()
    assert letter.sheet.toPlainText().startswith("Mine. ")
    letter.click("A gift card, £25")
    assert ", enclosed; its code is" in letter.sheet.toPlainText()


def test_what_stays_out_of_the_envelope_stays_out_in_another_tone(write, shop):
    case_id = shop.case(name="Ada Obi")
    remedy = shop.agreed(case_id, kind="voucher", words="A gift card", value_cents=2500)
    shop.voucher(case_id=case_id, remedy_id=remedy)
    letter = write(case_id)
    letter.click("A gift card, £25")
    letter.dialog._change_letter("apology_and_remedy", "formal", "en")
    assert letter.dialog._choices.chosen_enclosures() == ()
    assert letter.dialog._draft.tone == "formal"
    (box,) = letter.dialog._choices._boxes.values()
    box.click()
    assert letter.dialog._choices.chosen_enclosures() != ()


def test_the_day_of_a_call_that_was_put_in_is_a_promise(write, shop):
    case_id = shop.case(name="Ada Obi")
    letter = write(case_id, "apology")
    letter.write("You hear from me on ")
    menu = letter.button("Insert from the case").menu()
    next(one for one in menu.actions() if one.text().startswith("The day of the next")).trigger()
    letter.press(Qt.Key.Key_P)
    with shop.desk.reading():
        row = FollowUp.get(FollowUp.promised_at.is_null(is_null=False))
    assert row.due_on == letter.dialog._draft.promised_on


def test_a_letter_that_was_exported_and_then_printed_is_kept_once(write, settled):
    letter = write(settled)
    letter.click("Export PDF…")
    letter.click("Export PDF…")
    letter.press(Qt.Key.Key_P)
    (kept,) = letter.papers(settled)
    assert kept.status is DocumentStatus.PRINTED


def test_a_certificate_they_have_already_is_not_enclosed_again(write, shop):
    case_id = shop.case(name="Ada Obi")
    remedy = shop.agreed(case_id, kind="voucher", words="A gift card", value_cents=2500)
    code = shop.voucher(case_id=case_id, remedy_id=remedy).code
    paper = certificates.paper(shop.desk, code, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    letter = write(case_id)
    assert letter.says("1 page, A4, exactly as it prints")
    assert "enclosed" not in letter.sheet.toPlainText()


# Which letter


def test_another_letter_comes_at_once_where_nothing_was_changed(write, settled):
    letter = write(settled)
    before = letter.sheet.toPlainText()
    letter.click("Apology")
    assert letter.sheet.toPlainText() != before
    assert letter.button("Apology").isChecked()


def test_what_was_written_stays_a_draft_beside_another_letter(write, settled):
    letter = write(settled)
    letter.write("Mine alone.")
    letter.click("Apology")
    assert letter.button("Apology").isChecked()
    assert "Mine alone." not in letter.sheet.toPlainText()
    letter.click("Apology and remedy")
    assert letter.sheet.toPlainText() == "Mine alone."
    assert letter.says("Here is your letter as you left it")


def test_another_tone_asks_first_where_words_would_be_lost(write, settled, session):
    letter = write(settled)
    letter.write("Mine alone.")
    letter.dialog._change_letter("apology_and_remedy", "brief", "en")
    assert letter.dialog._draft.tone == "warm"
    letter.answer("Keep this letter")
    assert letter.sheet.toPlainText() == "Mine alone."
    letter.dialog._change_letter("apology_and_remedy", "brief", "en")
    letter.answer("Use the other one")
    assert "Mine alone." not in letter.sheet.toPlainText()
    assert letter_drafts.find(session.desk, settled, now=session.now()) is None


def test_a_letter_of_ones_own_stays_where_there_is_none_in_that_language(write, settled, session):
    own = letter_templates.copy(
        session.desk, "refusal", language="en", tone="warm", name="Cake", now=session.now()
    )
    letter = write(settled, own.key)
    letter.dialog._change_letter(own.key, "warm", "de")
    assert letter.question().text() == "There is no such letter in that language."
    letter.question().close()
    assert letter.dialog._choices._language.key() == "en"
    assert letter.button("Cake").isChecked()


def test_words_of_the_case_that_are_not_in_the_letters_language_are_told(write, shop):
    case_id = shop.case(name="Ada Obi", words="The soup was cold")
    letter = write(case_id)
    assert not letter.says("As you wrote it on the case")
    letter.dialog._change_letter("apology", "warm", "de")
    letter.dialog._draw()
    assert letter.says("As you wrote it on the case, perhaps not in Deutsch: “The soup was cold”")
    letter.write("Die Suppe war kalt.")
    letter.dialog._draw()
    assert not letter.says("As you wrote it on the case")


def test_admitting_no_fault_is_a_tone_of_its_own(write, settled):
    letter = write(settled)
    letter.click("Admit no fault")
    assert letter.dialog._choices._tone.key() == ""
    assert letter.dialog._draft.tone == "careful"
    letter.click("Admit no fault")
    assert letter.dialog._choices._tone.key() == "warm"


def test_a_briefer_tone_makes_a_shorter_letter(write, settled):
    letter = write(settled)
    warm = letter.sheet.toPlainText()
    tone = next(
        one
        for one in letter.dialog.findChildren(QWidget)
        if one.accessibleName().startswith("Tone: ")
    )
    tone.setFocus()
    letter.qtbot.keyClick(tone, Qt.Key.Key_Right)
    letter.qtbot.keyClick(tone, Qt.Key.Key_Right)
    assert tone.accessibleName() == "Tone: Brief"
    assert len(letter.sheet.toPlainText()) < len(warm)


# Writing


def test_the_checks_follow_the_words(write, settled):
    letter = write(settled)
    letter.write("Hello.")
    assert letter.check("Says sorry") == "Says sorry: not yet"
    letter.write("I am sorry. We have changed how we pack.")
    assert letter.check("Says sorry") == "Says sorry: yes"
    letter.write("I am sorry, but it was busy.")
    assert letter.says("A “but” takes the apology back.")


def test_bold_italic_and_lists_have_keys(write, settled):
    letter = write(settled)
    letter.write("One\nTwo")
    letter.sheet.moveCursor(QTextCursor.MoveOperation.Start)
    letter.sheet.moveCursor(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    letter.press(Qt.Key.Key_B)
    letter.press(Qt.Key.Key_I)
    letter.sheet.selectAll()
    letter.press(Qt.Key.Key_L)
    assert markdown_of(letter.sheet.document()) == "- ***One***\n- Two"


def test_pasted_text_loses_its_look_and_keeps_its_words(write, settled):
    letter = write(settled)
    letter.write("")
    rich = QMimeData()
    rich.setHtml("<b>Loud</b> words")
    rich.setText("Loud words")
    letter.sheet.insertFromMimeData(rich)
    assert markdown_of(letter.sheet.document()) == "Loud words"


def test_something_of_the_case_can_be_put_in(write, settled):
    letter = write(settled)
    letter.write("The case is ")
    menu = letter.button("Insert from the case").menu()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text().startswith("The case's number: "))
    action.trigger()
    assert letter.sheet.toPlainText() == "The case is R-2026-0001"


def test_several_things_agreed_come_as_a_list(write, shop):
    case_id = shop.case(name="Ada Obi")
    shop.agreed(case_id, words="The money back")
    shop.agreed(case_id, words="A new kettle")
    letter = write(case_id)
    letter.write("This we do:")
    menu = letter.button("Insert from the case").menu()
    next(one for one in menu.actions() if one.text().startswith("What they will have")).trigger()
    written = markdown_of(letter.sheet.document())
    assert written == "This we do:\n\n- The money back.\n- A new kettle."


def test_what_was_written_is_there_when_one_comes_back(write, settled):
    letter = write(settled)
    letter.qtbot.keyClick(letter.dialog, Qt.Key.Key_Escape)
    assert not letter.dialog.isVisible()
    letter = write(settled)
    letter.write(LETTER)
    letter.qtbot.keyClick(letter.dialog, Qt.Key.Key_Escape)
    assert not letter.dialog.isVisible()

    letter = write(settled)
    assert letter.sheet.toPlainText() == LETTER.replace("\n\n", "\n")
    assert letter.says("Here is your letter as you left it")
    letter.dialog._change_letter("apology_and_remedy", "brief", "en")
    assert letter.question().text() == "Start again with the other letter?"
    letter.answer("Keep this letter")
    letter.click("Start again")
    letter.answer("Start again")
    assert letter.sheet.toPlainText() != LETTER.replace("\n\n", "\n")
    letter.dialog.reject()
    assert not write(settled).says("Here is your letter")


def test_a_crash_loses_nothing_older_than_a_moment(write, settled, session):
    letter = write(settled)
    letter.write(LETTER)
    letter.qtbot.waitUntil(
        lambda: letter_drafts.find(session.desk, settled, now=session.now()) is not None,
        timeout=5_000,
    )


def test_a_letter_on_paper_is_no_draft_any_more(write, settled, session):
    letter = write(settled)
    letter.write(LETTER)
    assert not letter.dialog.would_lose_text()
    letter.press(Qt.Key.Key_P)
    assert letter_drafts.find(session.desk, settled, now=session.now()) is None


def test_escape_asks_where_a_letter_would_be_lost(write, settled, monkeypatch):
    def full(*_given, **_named):
        raise DeskFileError("The disk is full.", advice="Free some space.")

    letter = write(settled)
    monkeypatch.setattr(letter_drafts, "keep", full)
    letter.write(LETTER)
    letter.qtbot.keyClick(letter.dialog, Qt.Key.Key_Escape)
    assert letter.dialog.isVisible()
    assert letter.says("The disk is full.")
    assert letter.question().text() == "Close without saving?"
    letter.question().close()


def test_a_better_sentence_takes_the_place_of_the_whole_one(write, settled):
    letter = write(settled)
    letter.write("Dear Ada. I am sorry if you felt hurt. Yours")
    better = next(
        one
        for one in letter.dialog.findChildren(QAbstractButton)
        if one.accessibleName().startswith("Say instead: ")
    )
    sentence = better.accessibleName().removeprefix("Say instead: ")
    better.click()
    assert letter.sheet.toPlainText() == f"Dear Ada. {sentence} Yours"


def test_a_letter_speaks_another_language(write, settled):
    letter = write(settled)
    language = next(
        one for one in letter.dialog.findChildren(QComboBox) if one.accessibleName() == "Language"
    )
    language.choose("de")
    language.chosen.emit("de")
    assert "Ada" in letter.sheet.toPlainText()
    assert "sorry" not in letter.sheet.toPlainText()
    letter.write("Es tut mir leid.")
    assert letter.check("Says sorry") == "Says sorry: yes"


def test_admitting_no_fault_takes_another_letter(write, settled):
    letter = write(settled)
    letter.click("Admit no fault")
    assert "fault" not in letter.sheet.toPlainText()
    letter.click("Admit no fault")
    assert letter.dialog._draft.tone == "warm"


def test_an_e_mail_draft_opens_the_mail_program_and_is_kept_as_prepared(
    write, settled, shop, monkeypatch
):
    customer_id = shop.view(settled).customer_id
    customers.change(shop.desk, customer_id, CustomerEntry("Ada Obi", email="ada@example.org"))
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    letter = write(settled)
    letter.write(LETTER)
    menu = letter.button("Send otherwise").menu()
    next(one for one in menu.actions() if one.text() == "As an e-mail draft").trigger()
    kept = letter.papers(settled)[0]
    assert (kept.kind, kept.status) == (DocumentKind.EMAIL, DocumentStatus.PREPARED)
    draft = Path(opened[0].toLocalFile()).read_bytes()
    assert draft == papers.content(shop.desk, kept.document_id)[1]
    assert letter.says("is open in your mail program")


def test_without_a_mail_program_it_is_said_where_the_draft_lies(write, settled, shop, monkeypatch):
    customer_id = shop.view(settled).customer_id
    customers.change(shop.desk, customer_id, CustomerEntry("Ada Obi", email="ada@example.org"))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    letter = write(settled)
    menu = letter.button("Send otherwise").menu()
    next(one for one in menu.actions() if one.text() == "As an e-mail draft").trigger()
    assert letter.question().text().startswith("No mail program")
    letter.question().close()


def test_the_words_can_be_copied_for_a_messenger(write, settled):
    letter = write(settled)
    letter.write(LETTER)
    menu = letter.button("Send otherwise").menu()
    next(one for one in menu.actions() if one.text().startswith("Copy the words")).trigger()
    assert QApplication.clipboard().text().startswith(f"{LETTER}\n\n")
    assert QApplication.clipboard().text().endswith("Corner Shop\n")
    (kept,) = letter.papers(settled)
    assert kept.status is DocumentStatus.PREPARED
    assert kept.title.startswith("Message: ")
    next(one for one in menu.actions() if one.text().startswith("Copy the words")).trigger()
    assert len(letter.papers(settled)) == 1


def test_what_was_typed_and_taken_back_is_no_draft(write, settled, session):
    letter = write(settled)
    letter.write(LETTER)
    assert not letter.dialog.would_lose_text()
    assert letter_drafts.find(session.desk, settled, now=session.now()) is not None
    for _ in range(3):
        letter.sheet.undo()
    letter.qtbot.keyClick(letter.dialog, Qt.Key.Key_Escape)
    assert letter_drafts.find(session.desk, settled, now=session.now()) is None


def test_what_goes_into_the_envelope_is_kept_with_the_draft(write, shop, session):
    case_id = shop.case(name="Ada Obi")
    shop.voucher(case_id=case_id)
    letter = write(case_id)
    box = next(one for one in letter.dialog.findChildren(CheckBox) if one.isChecked())
    box.click()
    letter.qtbot.keyClick(letter.dialog, Qt.Key.Key_Escape)
    left = letter_drafts.find(session.desk, case_id, now=session.now())
    assert left.draft.enclosed == ()
    again = write(case_id)
    assert again.says("Here is your letter as you left it")
    assert not any(one.isChecked() for one in again.dialog.findChildren(CheckBox))


def test_a_sign_that_no_font_has_is_named_before_it_prints(write, settled, monkeypatch):
    letter = write(settled)
    monkeypatch.setattr(letters, "unprintable", lambda _draft: ("[adlam capital letter alif]",))
    letter.write("Dear \U0001e900")
    letter.wait_for_preview()
    assert letter.says("No font on this computer can draw [adlam capital letter alif]")
    monkeypatch.setattr(letters, "unprintable", lambda _draft: ())
    letter.write("Dear A")
    letter.wait_for_preview()
    assert not letter.says("No font on this computer")


# Markdown


def through_the_editor(markdown):
    document = QTextDocument()
    show_markdown(document, markdown)
    return markdown_of(document)


@pytest.mark.parametrize("preset", letter_presets("en"), ids=lambda one: f"{one.key}-{one.tone}")
def test_every_letter_that_ships_comes_through_the_editor_unchanged(preset, qapp):  # noqa: ARG001
    assert list(blocks(through_the_editor(preset.body))) == list(blocks(preset.body))


@pytest.mark.parametrize(
    "markdown",
    [
        "a **b** *c* ***d*** e",
        "one\ntwo",
        "- x\n- y **z**\n   - deep\n\nend",
        "1. one\n2. two",
        "\\- no list",
        "1986\\. A year",
        "2 \\* 3 \\* 4 and snake\\_case",
        "😀 **b** 😀 *c*",
        "{{first_name}} and {{happened_on|then}}",
        "C:\\\\temp",
        "",
    ],
)
def test_markdown_comes_through_the_editor_unchanged(markdown, qapp):  # noqa: ARG001
    assert list(blocks(through_the_editor(markdown))) == list(blocks(markdown))


@pytest.mark.parametrize(
    "typed", ["*stars*", "- dash", "1. one", "__a__", "a\\b", "{{first_name}}", "# no", "<b>x</b>"]
)
def test_what_is_typed_prints_as_typed(typed, qapp):  # noqa: ARG001
    document = QTextDocument()
    document.setPlainText(typed)
    printed = "".join(span.text for block in blocks(markdown_of(document)) for span in block.spans)
    assert printed == typed


def test_emphasis_that_markdown_cannot_say_goes_before_a_word_does(qapp):  # noqa: ARG001
    document = QTextDocument()
    cursor = QTextCursor(document)
    bold = cursor.charFormat()
    bold.setFontWeight(600)
    cursor.insertText("so", cursor.charFormat())
    cursor.insertText("“loud”", bold)
    printed = "".join(span.text for block in blocks(markdown_of(document)) for span in block.spans)
    assert printed == "so“loud”"


@pytest.mark.parametrize("field", ["{{promised_by}}", "{{frist_name}}", "{{what?}}"])
def test_whatever_stands_in_braces_is_marked(qtbot, field):
    editor = LetterEditor()
    qtbot.addWidget(editor)
    editor.show_letter("Dear Ada,", language="en", careful=False)
    editor.edit.setPlainText(f"Dear {field}, sorry.")
    QApplication.processEvents()
    marked = [
        (mark.start, mark.length)
        for mark in editor.edit.document().firstBlock().layout().formats()
        if mark.format.background().color() == look.theme().warn_soft
    ]
    assert marked == [(len("Dear "), len(field))]
    editor.mark_field(field.strip("{}"))
    assert editor.edit.textCursor().selectedText() == field
