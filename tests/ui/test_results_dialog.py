"""Entering the results of a printed checklist, by keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from recoverydesk.domain.document import DocumentStatus
from recoverydesk.services import checklist_results, checklists, follow_ups, papers
from recoverydesk.services.checklist_results import LineState
from ui.dialogs.not_agreed import NotAgreedDialog
from ui.dialogs.results import ResultsDialog, open_results
from ui.dialogs.skip import SkipDialog
from ui.dialogs.snooze import SnoozeDialog
from ui.pages.today import TodayPage

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY, TUESDAY, THURSDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5)


def remind(shop, title, **about):
    return follow_ups.remind(shop.desk, title, on=TODAY, now=shop.now, **about)


def keep(shop):
    paper = checklists.paper(shop.desk, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)


@pytest.fixture
def three(shop):
    """Three reminders, printed as lines 1, 2 and 3."""
    made = [remind(shop, title) for title in ("Ring the courier", "Thank Mia", "Order lids")]
    keep(shop)
    return made


@pytest.fixture
def results(session, shown, qtbot):
    """Open the dialog over a window, ready for keys."""

    def open_it():
        dialog = open_results(session, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return open_it


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key on whatever has the focus."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def write(qtbot, dialog, words):
    """Go from the line to the note with Tab, and type."""
    press(qtbot, Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    assert QApplication.focusWidget().window() is dialog
    qtbot.keyClicks(QApplication.focusWidget(), words)


def front(qtbot, dialog, kind):
    found = dialog.findChild(kind)
    assert found is not None
    found.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


def shown_line(dialog):
    return dialog.line.accessibleName()


def tally(dialog):
    return dialog._note.text()


def states(shop):
    return [line.state for line in checklist_results.last_printed(shop.desk).lines]


@pytest.mark.usefixtures("three")
def test_the_lines_are_walked_in_their_printed_order_by_space(shop, results, qtbot):
    dialog = results()
    assert shown_line(dialog) == "Line 1 of 3: Ring the courier"
    assert tally(dialog) == "0 of 3 entered"
    press(qtbot, Qt.Key.Key_Space)
    assert shown_line(dialog) == "Line 2 of 3: Thank Mia"
    assert tally(dialog) == "1 of 3 entered"
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Space)
    assert states(shop) == [LineState.DONE] * 3
    assert dialog._end_title.text() == "All 3 are entered."
    assert tally(dialog) == "3 of 3 entered"


def test_a_line_says_whom_to_ring_and_what_about(shop, results):
    shop.case(name="Ada Obi", phone="07700 900123")
    keep(shop)
    said = shown_line(results())
    assert said.startswith("Line 1 of 1: ")
    assert said.endswith("Ada Obi, 07700 900123, The kettle leaks.")


@pytest.mark.usefixtures("three")
def test_the_note_is_kept_with_what_is_done(shop, results, qtbot):
    dialog = results()
    write(qtbot, dialog, "New lid, next week")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert shown_line(dialog) == "Line 2 of 3: Thank Mia"
    assert dialog._area.text() == ""
    lines = checklist_results.last_printed(shop.desk).lines
    assert lines[0].end_words == "New lid, next week"


@pytest.mark.usefixtures("three")
def test_letters_typed_into_the_note_enter_nothing(shop, results, qtbot):
    dialog = results()
    write(qtbot, dialog, "nsx n s x")
    assert dialog._area.text() == "nsx n s x"
    assert states(shop) == [LineState.PLANNED] * 3


def test_no_answer_with_a_note(shop, results, qtbot):
    case_id = shop.case()
    keep(shop)
    dialog = results()
    write(qtbot, dialog, "Rang twice")
    dialog.nobody_button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert [one.words for one in shop.view(case_id).contacts] == ["Rang twice"]
    assert states(shop) == [LineState.MOVED]


@pytest.mark.usefixtures("three")
def test_no_answer_is_one_key(shop, results, qtbot):
    dialog = results()
    press(qtbot, Qt.Key.Key_N)
    assert states(shop)[0] is LineState.MOVED
    assert shown_line(dialog) == "Line 2 of 3: Thank Mia"


@pytest.mark.qt_log_ignore("^This plugin does not support")
@pytest.mark.usefixtures("three")
def test_put_off_asks_for_the_day_with_one_more_key(shop, results, qtbot):
    dialog = results()
    press(qtbot, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
    line = checklist_results.last_printed(shop.desk).lines[0]
    assert (line.state, line.due_on) == (LineState.MOVED, TUESDAY)
    assert shown_line(dialog) == "Line 2 of 3: Thank Mia"


@pytest.mark.usefixtures("three")
def test_another_day_can_be_typed_and_the_note_is_the_reason(shop, results, qtbot):
    dialog = results()
    write(qtbot, dialog, "Back on Thursday")
    dialog._pick_day()
    asked = front(qtbot, dialog, SnoozeDialog)
    asked.findChild(QLineEdit).setText("2026-03-05")
    qtbot.keyClick(asked, Qt.Key.Key_Return, CTRL)
    line = checklist_results.last_printed(shop.desk).lines[0]
    assert (line.state, line.due_on) == (LineState.MOVED, THURSDAY)
    assert shown_line(dialog) == "Line 2 of 3: Thank Mia"


@pytest.mark.usefixtures("three")
def test_skipping_asks_why_and_knows_what_was_noted(shop, results, qtbot):
    dialog = results()
    write(qtbot, dialog, "They moved away")
    dialog.line.setFocus()
    press(qtbot, Qt.Key.Key_X)
    asked = front(qtbot, dialog, SkipDialog)
    assert states(shop)[0] is LineState.PLANNED
    qtbot.keyClick(asked, Qt.Key.Key_Return, CTRL)
    first = checklist_results.last_printed(shop.desk).lines[0]
    assert (first.state, first.end_words) == (LineState.SKIPPED, "They moved away")
    assert shown_line(dialog) == "Line 2 of 3: Thank Mia"


@pytest.mark.usefixtures("three")
def test_a_skip_that_is_called_off_leaves_the_line_where_it_is(shop, results, qtbot):
    dialog = results()
    press(qtbot, Qt.Key.Key_X)
    qtbot.keyClick(front(qtbot, dialog, SkipDialog), Qt.Key.Key_Escape)
    assert states(shop)[0] is LineState.PLANNED
    assert shown_line(dialog) == "Line 1 of 3: Ring the courier"


def test_what_is_done_meanwhile_is_passed_over_and_shown_as_done(shop, three, results, qtbot):
    follow_ups.complete(shop.desk, three[1], now=shop.now)
    dialog = results()
    press(qtbot, Qt.Key.Key_Space)
    assert shown_line(dialog) == "Line 3 of 3: Order lids"
    assert dialog._said.text() == "Line 1 is entered. Line 2 was dealt with already."
    press(qtbot, Qt.Key.Key_Left)
    assert shown_line(dialog) == "Line 2 of 3: Thank Mia, Done"
    press(qtbot, Qt.Key.Key_N)
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_X)
    press(qtbot, Qt.Key.Key_S)
    assert states(shop)[1] is LineState.DONE
    assert not dialog.save_button.isEnabled()


def test_many_lines_passed_over_are_counted(shop, results, qtbot):
    made = [remind(shop, f"Reminder {number}") for number in range(6)]
    keep(shop)
    for row in made[:5]:
        follow_ups.complete(shop.desk, row, now=shop.now)
    dialog = results()
    assert shown_line(dialog).startswith("Line 6 of 6")
    assert dialog._said.text() == "5 lines were dealt with already."
    press(qtbot, Qt.Key.Key_Space)
    assert dialog._end_title.isVisible()


@pytest.mark.usefixtures("three")
def test_next_leaves_a_line_without_a_result_and_keeps_its_note(shop, results, qtbot):
    dialog = results()
    write(qtbot, dialog, "Perhaps")
    dialog.next_button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert shown_line(dialog) == "Line 2 of 3: Thank Mia"
    assert dialog.would_lose_text()
    press(qtbot, Qt.Key.Key_Left)
    assert dialog._area.text() == "Perhaps"
    assert states(shop) == [LineState.PLANNED] * 3


@pytest.mark.usefixtures("three")
def test_the_end_tells_how_many_have_no_result(results, qtbot):
    dialog = results()
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Right)
    assert dialog._end_title.text() == "1 of 3 entered"
    assert dialog._end_words.text() == "2 lines have no result yet; they stay on Today."
    assert QApplication.focusWidget() is dialog.cancel_button
    dialog.back_button.click()
    assert shown_line(dialog) == "Line 3 of 3: Order lids"


@pytest.mark.usefixtures("three")
def test_the_last_result_is_taken_back_with_its_note(shop, results, qtbot):
    dialog = results()
    write(qtbot, dialog, "New lid")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert states(shop) == [LineState.PLANNED] * 3
    assert shown_line(dialog) == "Line 1 of 3: Ring the courier"
    assert dialog._area.text() == "New lid"
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert states(shop) == [LineState.PLANNED] * 3


def test_a_listening_step_asks_whether_they_agreed_and_keeps_the_note(shop, results, qtbot):
    case_id = shop.case()
    keep(shop)
    dialog = results()
    write(qtbot, dialog, "He was calm")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    asked = front(qtbot, dialog, NotAgreedDialog)
    assert states(shop) == [LineState.PLANNED]
    qtbot.keyClicks(QApplication.focusWidget(), "It leaked on day 1.")
    qtbot.keyClick(asked, Qt.Key.Key_Return, CTRL)
    assert states(shop) == [LineState.DONE]
    assert [one.words for one in shop.view(case_id).contacts] == [
        "You said it back, and they agreed.\nHe was calm"
    ]
    assert dialog._end_title.isVisible()


@pytest.mark.usefixtures("three")
def test_a_note_that_is_too_long_is_told_beside_it_and_nothing_is_saved(shop, results, qtbot):
    dialog = results()
    dialog._area.set_text("a" * 600)
    press(qtbot, Qt.Key.Key_N)
    assert "100 characters too long" in dialog._field.error()
    dialog._put_off(THURSDAY)
    dialog._pick_day()
    assert dialog.findChild(SnoozeDialog) is None
    assert states(shop) == [LineState.PLANNED] * 3


@pytest.mark.usefixtures("three")
def test_esc_asks_only_if_a_note_would_be_lost(results, qtbot):
    dialog = results()
    write(qtbot, dialog, "Perhaps")
    press(qtbot, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog._close_anyway()
    assert not dialog.isVisible()


@pytest.mark.usefixtures("three")
def test_a_line_that_was_taken_back_says_so(shop, results):
    shop.desk.undo()
    dialog = results()
    dialog._show(dialog._sheet.lines[2])
    assert shown_line(dialog) == (
        "Line 3 of 3: What stood here was taken back, No longer on the desk"
    )


@pytest.mark.usefixtures("three")
def test_every_control_has_a_name(results):
    dialog = results()
    stops = [
        one for one in dialog.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]  # fmt: skip
    nameless = [one for one in stops if not one.accessibleName()]
    assert dialog._area.edit.accessibleName() == "What came of it"
    assert len(stops) >= 8
    assert nameless == []


@pytest.mark.usefixtures("three")
def test_today_opens_the_results(session, shown, qtbot):
    page = shown(TodayPage(session), 1150, 700)
    qtbot.keyClick(page.list, Qt.Key.Key_E, CTRL)
    dialog = page.findChild(ResultsDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_today_says_so_where_nothing_was_printed(session, shown, qtbot):
    page = shown(TodayPage(session), 1150, 700)
    with qtbot.waitSignal(session.said) as said:
        qtbot.keyClick(page.list, Qt.Key.Key_E, CTRL)
    assert said.args == ["No checklist has been printed yet. Print one from Today first."]
    assert page.findChild(ResultsDialog) is None
