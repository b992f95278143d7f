"""What comes before everything else on a case: safety, a second failure; and what moves with it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QWidget

from recoverydesk.domain.case import GoodFaith, Severity, Status
from recoverydesk.domain.safety import MAKE_SAFE
from recoverydesk.domain.second_failure import IN_PERSON
from recoverydesk.services import alarms, good_faith, preferences
from recoverydesk.services.severities import Moved
from ui.dialogs.finishing import complete
from ui.dialogs.good_faith import GoodFaithDialog
from ui.dialogs.leave_alone import unless_left_alone
from ui.dialogs.log_customer import LogCustomerDialog
from ui.dialogs.make_safe import MakeSafeDialog
from ui.dialogs.reopen import FAILED, MISTAKE, ReopenDialog
from ui.dialogs.severity import SeverityDialog, moved_words
from ui.pages.case.notices import Notices
from ui.widgets.layouts import column


@pytest.fixture
def opened(session, shown, qtbot):
    def make(kind, *about):
        dialog = kind(session, *about, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return make


@pytest.fixture
def notices(session, shown):
    holder = QWidget()
    banners = Notices(session)
    holder.setLayout(column(banners))
    shown(holder)
    return banners


def said(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def press(widget, name):
    buttons = widget.findChildren(QAbstractButton)
    next(one for one in buttons if one.isVisible() and one.accessibleName() == name).click()


def card(cards, key):
    """The card that stands for an answer."""
    before = cards.key()
    cards.choose(key)
    found = next(one for one in cards.cards() if one.isChecked())
    cards.choose(before)
    return found


def safety_step(shop, case_id):
    return next(
        one.follow_up_id for one in shop.view(case_id).plan
        if one.title == MAKE_SAFE.title_for("Ada")
    )  # fmt: skip


def test_safety_stands_above_the_case_until_words_say_what_was_done(shop, notices, opened, qtbot):
    case_id = shop.case(safety_flag=True)
    notices.show_case(shop.view(case_id))
    assert any(words.startswith("Do this now:") for words in said(notices))
    with qtbot.waitSignal(notices.safe_wanted):
        press(notices, "It is safe now…")

    dialog = opened(MakeSafeDialog, case_id)
    dialog.save_wanted.emit()
    assert dialog.isVisible()
    assert any("to make it safe" in words for words in said(dialog))
    dialog._words.set_text("Switched it off.")
    dialog.save_wanted.emit()

    assert not dialog.isVisible()
    notices.show_case(shop.view(case_id))
    assert not any(words.startswith("Do this now:") for words in said(notices))


def test_ticking_the_step_asks_for_the_words(shop, session, shown):
    case_id = shop.case(safety_flag=True)
    parent = shown(QWidget())
    assert not complete(session, safety_step(shop, case_id), case_id, parent=parent)
    assert parent.findChild(MakeSafeDialog) is not None
    assert shop.view(case_id).safety_done_at is None
    assert complete(
        session, safety_step(shop, case_id), case_id, parent=parent, note="Switched it off."
    )


def test_what_was_made_safe_meanwhile_is_said(shop, session, shown, opened):
    case_id = shop.case(safety_flag=True)
    assert complete(
        session, safety_step(shop, case_id), case_id, parent=shown(QWidget()), note="Done."
    )
    dialog = opened(MakeSafeDialog, case_id)
    dialog._words.set_text("Twice.")
    dialog.save_wanted.emit()
    assert dialog.findChild(QMessageBox).text() == "That has been dealt with already."


def test_a_second_failure_says_so_above_the_case(shop, notices, qtbot):
    shop.case()
    case_id = shop.case(severity=Severity.ANNOYED)
    notices.show_case(shop.view(case_id))
    assert any(words.startswith("A second failure") for words in said(notices))
    with qtbot.waitSignal(notices.call_wanted):
        press(notices, "Log contact…")
    notices.show_case(shop.view(shop.case(name="Ben Ray")))
    assert not notices.isVisible()


def test_the_dialog_warns_of_a_second_failure_before_it_is_saved(shop, opened):
    shop.case()
    customer_id = shop.view(1).customer_id
    dialog = opened(LogCustomerDialog, customer_id)
    assert "A second failure" in said(dialog)
    dialog._show_before(None)
    assert "A second failure" not in said(dialog)


def test_what_did_not_hold_opens_the_case_again(shop, opened):
    case_id = shop.settled_case(severity=Severity.ANNOYED)
    dialog = opened(ReopenDialog, case_id)
    assert dialog._why.isVisible()
    dialog.save_wanted.emit()
    assert any("What went wrong" in words for words in said(dialog))
    dialog._words.input.set_text("It leaks again.")
    dialog.save_wanted.emit()
    view = shop.view(case_id)
    assert (view.status, view.severity) == (Status.OPEN, Severity.UPSET)
    assert view.next_step == IN_PERSON.title_for("Ada")


def test_what_was_ended_by_mistake_is_just_opened(shop, opened):
    case_id = shop.settled_case(severity=Severity.ANNOYED)
    dialog = opened(ReopenDialog, case_id)
    card(dialog._why, MISTAKE).click()
    assert not dialog._words.isVisible()
    card(dialog._why, FAILED).click()
    assert dialog._words.isVisible()
    card(dialog._why, MISTAKE).click()
    dialog.save_wanted.emit()
    assert (shop.view(case_id).severity, shop.view(case_id).alarm) == (Severity.ANNOYED, "")


def test_an_open_case_can_only_have_gone_wrong(shop, opened):
    case_id = shop.case()
    shop.agreed(case_id)
    shop.hand_over(case_id)
    assert not opened(ReopenDialog, case_id)._why.isVisible()


def test_what_moves_is_shown_before_the_severity_is_saved(shop, opened, qtbot):
    case_id = shop.case(severity=Severity.ANNOYED)
    step = shop.view(case_id).next_step
    dialog = opened(SeverityDialog, case_id, Severity.ABOUT_TO_LEAVE)
    assert step in said(dialog)
    card(dialog._cards, Severity.ANNOYED.value).click()
    qtbot.waitUntil(lambda: any(words.startswith("No date in the plan") for words in said(dialog)))
    card(dialog._cards, Severity.UPSET.value).click()
    dialog.save_wanted.emit()
    assert shop.view(case_id).severity is Severity.UPSET


def test_moves_are_worded(session, shop):
    day = shop.now.date()
    new = Moved("Ring", None, None, shop.now, day, timed=True, added=True)
    gone = Moved("Ring", shop.now, day, None, None, timed=False, dropped=True)
    late = Moved("Ring", None, None, shop.now, day, timed=False)
    hour = f"{session.local(shop.now):%H:%M}"
    assert moved_words(session, new).endswith(hour)
    assert moved_words(session, gone) == "no longer"
    assert moved_words(session, late).startswith("later → ")


def test_an_alarm_is_over_once_the_case_is(shop, notices):
    case_id = shop.settled_case()
    alarms.it_failed(shop.desk, case_id, "It leaks.", now=shop.now)
    notices.show_case(shop.view(case_id))
    assert notices.isVisible()


def test_who_asked_to_be_left_alone_is_contacted_only_after_a_question(session, shop, shown):
    case_id = shop.case()
    parent, went = shown(QWidget()), []
    unless_left_alone(session, case_id, lambda: went.append(1), parent=parent)
    assert went == [1]
    whose = shop.view(case_id).customer_id
    preferences.leave_alone(shop.desk, whose, asked=True, why="by letter", now=shop.now)
    unless_left_alone(session, case_id, lambda: went.append(2), parent=parent)
    (box,) = parent.findChildren(QMessageBox)
    assert box.text() == "Ada asked not to be contacted."
    assert box.informativeText() == "by letter"
    assert went == [1]
    answers = {one.text().replace("&", ""): one for one in box.buttons()}
    answers["Contact them all the same"].click()
    assert went == [1, 2]


def test_a_doubt_is_written_down_with_its_reason_beside_the_facts(shop, opened):
    case_id = shop.case()
    shop.agreed(case_id, value_cents=2_000, cost_cents=900)
    dialog = opened(GoodFaithDialog, case_id)
    assert not dialog._reason.isVisible()
    assert any("cost you" in words for words in said(dialog))
    card(dialog._cards, GoodFaith.UNCLEAR.value).click()
    dialog.save_wanted.emit()
    assert dialog.isVisible()  # no reason
    dialog._reason.input.set_text("The receipt is another shop's.")
    dialog.save_wanted.emit()
    known = good_faith.facts(shop.desk, case_id, now=shop.now)
    assert known.reason == "The receipt is another shop's."
