"""Fixes in the window: planned, done, told about, looked at with the cases since, given up."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.services import causes, corrections, fix_news
from recoverydesk.services.corrections import CorrectionEntry
from ui.dialogs import fixing
from ui.dialogs.correction import (
    CorrectionCheckDialog,
    CorrectionDialog,
    CorrectionDoneDialog,
    CorrectionDropDialog,
)
from ui.dialogs.corrections import CorrectionsDialog
from ui.dialogs.fix_round import FixRoundDialog
from ui.pages.case import CasePage
from ui.pages.today import TodayPage
from ui.widgets.banners import Banner
from ui.widgets.text import Text


@pytest.fixture
def cause(shop):
    return causes.add(shop.desk, "Late pick-up")


@pytest.fixture
def ground(shown):
    return shown(QWidget(), 1200, 800)


def fix(shop, cause, *, done=True):
    entry = CorrectionEntry("Ring the courier", who="Tom")
    made = corrections.plan(shop.desk, None, entry, cause_id=cause, now=shop.now)
    if done:
        check_on = shop.now.date() + timedelta(days=28)
        corrections.done(shop.desk, made, check_on=check_on, now=shop.now)
    return made


def opened(kind):
    QApplication.processEvents()
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    )


def press(widget, words):
    QApplication.processEvents()
    buttons = widget.findChildren(QAbstractButton)
    next(
        one for one in buttons if one.isVisibleTo(widget) and one.accessibleName().startswith(words)
    ).click()


def said(widget):
    QApplication.processEvents()
    return " | ".join(one.text() for one in widget.findChildren(Text) if one.isVisibleTo(widget))


def status(shop, made):
    return corrections.view(shop.desk, made).status


def test_the_check_shows_the_cases_since_and_only_there_it_holds(shop, session, ground, cause):
    made = fix(shop, cause)
    dialog = CorrectionCheckDialog(session, made, parent=ground)
    dialog.open()
    assert "No case of “Late pick-up” has happened since." in said(dialog)
    dialog._words.setText("Four quiet weeks")
    press(dialog, "It held")
    assert corrections.view(shop.desk, made).end_words == "Four quiet weeks"
    assert status(shop, made) is CorrectionStatus.HOLDS


def test_too_early_to_say_looks_again_and_a_day_that_is_over_is_said(shop, session, ground, cause):
    made = fix(shop, cause)
    dialog = CorrectionCheckDialog(session, made, parent=ground)
    dialog.open()
    dialog._later.set_day(shop.now.date())
    press(dialog, "Look again then")
    assert "some weeks from now" in dialog.later.error()
    dialog._later.set_day(shop.now.date() + timedelta(days=60))
    press(dialog, "Look again then")
    assert corrections.view(shop.desk, made).check_on == shop.now.date() + timedelta(days=60)


def test_what_came_back_says_so_on_its_case_and_leads_to_another_fix(
    shop, session, shown, ground, cause
):
    made = fix(shop, cause)
    shop.later(days=20)
    case_id = shop.case(name="Ben Ray", cause_id=cause)
    page = CasePage(session)
    page.show_case(case_id, "why")
    shown(page, 1200, 900)
    banners = [one for one in page.findChildren(Banner) if one.isVisibleTo(page)]
    assert any("It came back: “Ring the courier”" in one.text() for one in banners)
    press(page, "Look at the fix")
    dialog = opened(CorrectionCheckDialog)
    assert "1 case has happened since of “Late pick-up”:" in said(dialog)
    asked = []
    dialog.case_wanted.connect(asked.append)
    press(dialog, "R-2026-0001")
    assert asked == [case_id]
    fixing.look_at(session, made, parent=ground, open_case=asked.append)
    press(opened(CorrectionCheckDialog), "Plan another fix")
    plan = opened(CorrectionDialog)
    plan._what.setText("Take it there ourselves")
    plan.save_wanted.emit()
    newest = corrections.all_corrections(shop.desk)[1]
    assert (newest.what, newest.cause_id) == ("Take it there ourselves", cause)


def test_three_in_thirty_days_offer_to_plan_a_fix(shop, session, shown, cause):
    for name in ("Ada Obi", "Ben Ray", "Cy Low"):
        case_id = shop.case(name=name, cause_id=cause)
    page = CasePage(session)
    page.show_case(case_id, "why")
    shown(page, 1200, 900)
    press(page, "Plan a fix…")
    plan = opened(CorrectionDialog)
    plan._what.setText("Ring first")
    plan.save_wanted.emit()
    banners = [one for one in page.findChildren(Banner) if one.isVisibleTo(page)]
    assert not any("3 times" in one.text() for one in banners)


def test_today_looks_at_a_fix_instead_of_ticking_it_off(shop, session, shown, cause):
    made = fix(shop, cause)
    shop.later(days=28)
    page = shown(TodayPage(session), 1200, 900)
    page.refresh()
    (row,) = [one for one in page.doing._rows.values() if one.correction_id == made]
    page.doing.complete(row.follow_up_id)
    assert status(shop, made) is CorrectionStatus.DONE_WATCHING
    press(opened(CorrectionCheckDialog), "It came back")
    assert status(shop, made) is CorrectionStatus.CAME_BACK


def test_all_fixes_are_listed_with_what_can_be_done(shop, session, ground, cause):
    made = fix(shop, cause, done=False)
    dialog = CorrectionsDialog(session, parent=ground)
    dialog.open()
    assert "Ring the courier" in said(dialog)
    press(dialog, "Somebody is at it")
    assert status(shop, made) is CorrectionStatus.IN_PROGRESS
    press(dialog, "Change")
    edit = opened(CorrectionDialog)
    edit._rule.setText("Ring at noon.")
    edit.save_wanted.emit()
    assert corrections.view(shop.desk, made).rule == "Ring at noon."
    press(dialog, "Give it up")
    drop = opened(CorrectionDropDialog)
    drop.save_wanted.emit()
    assert "Write down why" in drop.why.error()
    drop._why.setText("Too dear")
    drop.save_wanted.emit()
    assert status(shop, made) is CorrectionStatus.DROPPED
    assert "Nothing here." in said(dialog)
    press(dialog, "All")
    assert "Too dear" in said(dialog)
    press(dialog, "Plan a fix")
    assert opened(CorrectionDialog).cause.isVisible()


def test_once_it_is_done_those_whom_it_hurt_are_told_in_one_pass(shop, session, ground, cause):
    shop.case(name="Ada Obi", phone="0151 1", cause_id=cause)
    letter = shop.case(name="Cy Low", cause_id=cause)
    made = fix(shop, cause, done=False)
    written, told = [], []
    session.said.connect(told.append)
    shown = corrections.view(shop.desk, made)
    act = fixing.FixAct.DONE
    fixing.do(session, act, shown, parent=ground, open_case=int, write=written.append)
    opened(CorrectionDoneDialog).save_wanted.emit()
    dialog = opened(FixRoundDialog)
    assert "It had hurt 2 customers" in said(dialog)
    press(dialog, "Tell them")
    assert written == [[letter]]
    assert told == ["1 call or e-mail planned"]
    assert fix_news.of_fix(shop.desk, made).told == 1
    again = FixRoundDialog(session, made, parent=ground)
    again.open()
    again._ways[shop.view(letter).customer_id].choose("")
    press(again, "Tell them")
    assert fix_news.of_fix(shop.desk, made).told == 1


def test_a_round_that_is_over_says_so(shop, session, ground, cause):
    case_id = shop.case(name="Ada Obi", phone="0151 1", cause_id=cause)
    made = fix(shop, cause)
    whose = shop.view(case_id).customer_id
    fix_news.plan(
        shop.desk, made, {whose: fix_news.of_fix(shop.desk, made).to_tell[0].way}, now=shop.now
    )
    dialog = FixRoundDialog(session, made, parent=ground)
    dialog.open()
    assert "Everybody has been told. 1 knows already." in said(dialog)
    other = fix(shop, causes.add(shop.desk, "Rain"))
    empty = FixRoundDialog(session, other, parent=ground)
    empty.open()
    assert "Nobody has to be told" in said(empty)
