"""Three questions about the handling, asked by voice or read off a card."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from recoverydesk.domain.feedback import Question
from recoverydesk.services import feedbacks
from recoverydesk.services.feedbacks import FeedbackEntry
from ui.actions import Command
from ui.dialogs.feedback import FeedbackDialog
from ui.pages.case import CasePage
from ui.widgets.text import Text

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(session, shown, qtbot):
    window = QWidget()

    def open_dialog(case_id, given=None):
        if not window.isVisible():
            shown(window, 1200, 700)
        dialog = FeedbackDialog(session, case_id, given, parent=window)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return open_dialog


@pytest.fixture
def page(session, shown):
    return shown(CasePage(session), 1150, 900)


def press(qtbot, keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def save(qtbot, dialog):
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)


def answers(shop, case_id):
    return [
        (one.fair, one.easy, one.treated, one.words)
        for one in feedbacks.of_case(shop.desk, case_id)
    ]


def said(widget):
    QApplication.processEvents()
    texts = widget.findChildren(Text)
    return " | ".join(one.text() for one in texts if one.isVisibleTo(widget))


def button(widget, name):
    QApplication.processEvents()
    (found,) = [
        one
        for one in widget.findChildren(QAbstractButton)
        if one.accessibleName() == name and one.isVisibleTo(widget)
    ]
    return found


def test_three_digits_and_a_line_are_all_it_takes(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(case_id)

    press(qtbot, "405")
    qtbot.keyClicks(QApplication.focusWidget(), "Fine.")
    save(qtbot, dialog)

    assert answers(shop, case_id) == [(4, None, 5, "Fine.")]


def test_arrow_keys_and_the_mouse_pick_as_well(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(case_id)

    press(qtbot, [Qt.Key.Key_Left] * 4)
    easy = dialog._scores[Question.EASY]
    qtbot.mouseClick(easy, Qt.MouseButton.LeftButton, pos=QPoint(10, easy.height() // 2))
    dialog._by_card.setChecked(True)
    save(qtbot, dialog)

    (given,) = feedbacks.of_case(shop.desk, case_id)
    assert (given.fair, given.easy, given.by_card) == (2, 1, True)


def test_without_any_answer_it_says_so_and_stays(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(case_id)

    save(qtbot, dialog)

    assert dialog.isVisible()
    assert dialog._fields[Question.FAIR].error().startswith("Nothing is answered yet.")
    dialog._scores[Question.TREATED].choose("3")
    assert dialog._fields[Question.FAIR].error() == ""


def test_answers_are_changed_and_removed_and_come_back(shop, opened, qtbot):
    case_id = shop.case()
    entry = FeedbackEntry(fair=2, words="Slow.", by_card=True)
    feedbacks.record_answers(shop.desk, case_id, entry, now=shop.now)
    (given,) = feedbacks.of_case(shop.desk, case_id)

    dialog = opened(case_id, given)
    assert (dialog._words.text(), dialog._by_card.isChecked()) == ("Slow.", True)
    press(qtbot, "5")
    save(qtbot, dialog)
    assert answers(shop, case_id) == [(5, None, None, "Slow.")]

    button(opened(case_id, given), "Remove").click()
    assert answers(shop, case_id) == []
    shop.desk.undo()
    assert answers(shop, case_id) == [(5, None, None, "Slow.")]


def test_the_case_shows_the_answers_and_asks_only_once_it_is_resolved(shop, page):
    page.show_case(shop.case(name="Ben Ray"))
    assert not page._answers.isVisibleTo(page)

    case_id = shop.settled_case()
    page.show_case(case_id)
    assert "Nobody has asked yet." in said(page._answers)
    button(page._answers, "Write down their answers").click()
    (dialog,) = page.findChildren(FeedbackDialog)
    dialog._scores[Question.EASY].choose("2")
    dialog.save_wanted.emit()

    shown = said(page._answers)
    assert "Was it easy and quick? | 2 / 5" in shown
    assert "Was it fair? | didn't say" in shown
    button(page._answers, "Change the answers of Mon 2 Mar").click()


def test_it_is_a_command_of_the_case(shop, page):
    page.show_case(shop.settled_case())

    next(one for one in page.actions() if one.objectName() == Command.FEEDBACK.name).trigger()

    assert len(page.findChildren(FeedbackDialog)) == 1
