"""Letters to many: everybody's own, who gets none and why, print, files, stop."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLabel, QWidget

from recoverydesk.domain.document import DocumentStatus
from recoverydesk.progress import Cancelled
from recoverydesk.services import batches, letter_templates, papers
from tests.reading import text_of
from ui import printing
from ui.dialogs.batch import BatchDialog

NAMES = ("Ada Obi", "Ben Li", "Ada Obi")


class Batch:
    """The dialog, driven by what an owner sees of it."""

    def __init__(self, dialog, session, qtbot):
        self.dialog, self.session, self.qtbot = dialog, session, qtbot
        self.said = []
        session.said.connect(self.said.append)

    def button(self, name):
        buttons = self.dialog.findChildren(QAbstractButton)
        return next(one for one in buttons if one.accessibleName() == name)

    def click(self, name):
        self.button(name).click()

    def choose(self, name, key):
        choices = self.dialog.findChildren(QComboBox)
        choice = next(one for one in choices if one.accessibleName() == name)
        choice.choose(key)
        choice.chosen.emit(key)

    def says(self, words):
        QApplication.processEvents()
        return any(words in one.text() for one in self.dialog.findChildren(QLabel))

    def wait_until_ready(self):
        self.qtbot.waitUntil(lambda: not self.session.jobs.is_busy())

    def papers(self, case_id):
        with self.session.desk.reading():
            return papers.of_case(case_id)


@pytest.fixture
def cases(shop):
    return [shop.case(name=name) for name in NAMES]


@pytest.fixture
def batch(session, shown, qtbot, cases):
    dialog = BatchDialog(session, cases, parent=shown(QWidget()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.open()
    made = Batch(dialog, session, qtbot)
    made.wait_until_ready()
    yield made
    dialog.close()


@pytest.fixture
def printer(monkeypatch):
    printed = []
    monkeypatch.setattr(
        printing, "print_pdf", lambda _parent, pdf, _title: printed.append(pdf) or True
    )
    return printed


def test_all_letters_print_in_one_go_and_each_is_kept_with_its_case(batch, cases, printer):
    assert batch.says("3 letters are ready.")
    batch.click("Print all")
    batch.qtbot.waitUntil(lambda: bool(batch.said))
    assert batch.said == ["3 letters printed"]
    assert text_of(printer[0]).count("Dear Ada") == 2
    assert {batch.papers(case_id)[0].status for case_id in cases} == {DocumentStatus.PRINTED}
    assert not batch.dialog.isVisible()


def test_whoever_gets_none_is_named_with_the_reason(batch, cases, shop):
    shop.agreed(cases[0], words="A new kettle")
    batch.choose("Letter", "apology_and_remedy")
    batch.wait_until_ready()
    assert batch.says("1 letter is ready. 2 customers get none:")
    assert batch.says("Ben Li, R-2026-0002: ")
    assert batch.says("what they will have")


def test_nothing_ready_leaves_nothing_to_press(batch):
    batch.choose("Letter", "what_changed")
    batch.wait_until_ready()
    assert batch.says("0 letters are ready.")
    assert not batch.button("Print all").isEnabled()


def test_whoever_had_it_gets_it_again_only_where_that_is_ticked(batch, cases, printer, session):
    batch.click("Print all")
    batch.qtbot.waitUntil(lambda: bool(batch.said))
    second = BatchDialog(session, cases, parent=batch.dialog.parentWidget())
    second.open()
    again = Batch(second, session, batch.qtbot)
    again.wait_until_ready()
    assert again.says("3 customers get none:")
    again.click("Also to those who have had this letter")
    again.wait_until_ready()
    assert again.says("3 letters are ready.")
    second.close()
    assert len(printer) == 1


def test_one_file_each_never_overwrites(batch, cases, tmp_path, monkeypatch):
    there = tmp_path / "2026-03-02 Apology Ben Li.pdf"
    there.write_bytes(b"mine")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(tmp_path))
    batch.click("Save one each…")
    batch.qtbot.waitUntil(lambda: bool(batch.said))
    assert there.read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [
        "2026-03-02 Apology Ada Obi 2.pdf",
        "2026-03-02 Apology Ada Obi.pdf",
        "2026-03-02 Apology Ben Li 2.pdf",
        "2026-03-02 Apology Ben Li.pdf",
    ]
    assert batch.papers(cases[0])[0].status is DocumentStatus.PREPARED


def test_a_print_thought_better_of_keeps_nothing(batch, cases, monkeypatch):
    monkeypatch.setattr(printing, "print_pdf", lambda *_given: False)
    batch.click("Print all")
    batch.wait_until_ready()
    batch.qtbot.waitUntil(lambda: batch.says("3 letters are ready."))
    assert batch.papers(cases[0]) == ()
    assert batch.dialog.isVisible()


def test_choices_stand_still_while_the_letters_are_drawn(batch, printer, monkeypatch):
    seen = []

    def slow(*given, **named):
        dialog = batch.dialog
        seen.append([one.isEnabled() for one in (*dialog._choices, dialog._pager)])
        return drawn(*given, **named)

    drawn = batches.one_pdf
    monkeypatch.setattr(batches, "one_pdf", slow)
    batch.click("Print all")
    batch.wait_until_ready()
    batch.qtbot.waitUntil(lambda: not batch.dialog.isVisible())
    assert seen == [[False] * 5]
    assert len(printer) == 1


def test_what_was_stopped_can_be_begun_again(batch, monkeypatch):
    monkeypatch.setattr(batches, "prepare", _stopped)
    batch.choose("Tone", "formal")
    batch.wait_until_ready()
    batch.qtbot.waitUntil(lambda: batch.says("Stopped."))
    monkeypatch.undo()
    batch.click("Write them again")
    batch.wait_until_ready()
    batch.qtbot.waitUntil(lambda: batch.says("3 letters are ready."))


def _stopped(*_given, **_named):
    raise Cancelled


def test_a_letter_in_one_language_only_is_offered_too(session, shown, cases):
    letter_templates.copy(
        session.desk, "apology", language="de", tone="warm", name="Nur deutsch", now=session.now()
    )
    dialog = BatchDialog(session, cases, parent=shown(QWidget()))
    offered = [dialog._letter.itemText(place) for place in range(dialog._letter.count())]
    assert "Nur deutsch" in offered
    dialog.close()


def test_each_letter_can_be_looked_at_and_left_out(batch, cases, printer):
    pager = batch.dialog._pager
    assert batch.says("1 of 3: Ada Obi")
    batch.click("The next letter")
    assert batch.says("2 of 3: Ben Li")
    batch.click("Leave it out")
    assert batch.says("2 of 2: Ada Obi")
    assert batch.says("You left it out.")
    batch.click("Print all")
    batch.qtbot.waitUntil(lambda: not batch.dialog.isVisible())
    assert len(printer) == 1
    assert not batch.papers(cases[1])
    assert pager._batch is not None


def test_whoever_has_agreed_is_not_asked_again_what_would_help(session, shown, shop, qtbot):
    ids = [shop.case(name="Ada Obi"), shop.case(name="Ben Li")]
    shop.agreed(ids[0], words="A new kettle")
    dialog = BatchDialog(session, ids, parent=shown(QWidget()))
    made = Batch(dialog, session, qtbot)
    made.wait_until_ready()
    assert dialog._letter.key() == "apology"
    qtbot.waitUntil(lambda: made.says("1 letter is ready. 1 customer gets none:"))
    assert made.says("You have agreed with them already what they get")
    wanted = []
    dialog.case_wanted.connect(wanted.append)
    made.click("Open the case of Ada Obi")
    assert wanted == [ids[0]]
    dialog.close()


def test_the_letter_that_most_of_them_need_is_chosen_first(session, shown, shop, qtbot):
    ids = [shop.case(name="Ada Obi"), shop.case(name="Ben Li")]
    for case_id in ids:
        shop.agreed(case_id, words="A new kettle")
    dialog = BatchDialog(session, ids, parent=shown(QWidget()))
    assert dialog._letter.key() == "apology_and_remedy"
    Batch(dialog, session, qtbot).wait_until_ready()
    dialog.close()
