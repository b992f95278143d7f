"""Adopting new steps: what moves is seen first, in one case and in all of a plan."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from recoverydesk.domain.case import Outcome, Stage
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpStatus, Unit
from recoverydesk.domain.playbook import EVERYBODY, Step
from recoverydesk.errors import DeskFullError, NotAllowedError
from recoverydesk.services import cases, follow_ups, playbooks
from recoverydesk.services.playbooks import PlaybookEntry
from ui.dialogs import adopt
from ui.dialogs.adopt import AdoptAllDialog, AdoptDialog
from ui.widgets.cards import FactLine


@pytest.fixture
def opened(session, shown, qtbot):
    def make(kind, about):
        dialog = kind(session, about, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return make


def said(widget):
    QApplication.processEvents()
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def lines(dialog):
    return [
        " | ".join(one.text() for one in line.findChildren(QLabel))
        for line in dialog.findChildren(FactLine)
    ]


def step(key, **more):
    values = {
        "title": key.capitalize(),
        "act": Act.CALL,
        "stage": Stage.MAKE_RIGHT,
        "anchor": Anchor.OPENED,
        "offset": 1,
        "unit": Unit.OPEN_DAYS,
    }
    return Step(key=key, **values | more)


def save(shop, *steps, key=""):
    entry = PlaybookEntry("Our way", "", EVERYBODY, steps)
    return playbooks.save(shop.desk, key, entry, now=shop.now)


def planned(shop, case_id):
    return {one.title for one in shop.view(case_id).plan if one.status is FollowUpStatus.PLANNED}


@pytest.fixture
def key(shop):
    return save(shop, step("ring"), step("write", offset=3), step("ask", offset=4))


def change(shop, key):
    save(shop, step("ring"), step("visit", offset=2), step("ask", offset=9), key=key)


def test_a_case_adopts_the_new_steps_after_a_look_at_what_changes(opened, shop, key):
    case_id = shop.case(playbook=key)
    follow_ups.complete(shop.desk, shop.step(case_id, "Ring").follow_up_id, now=shop.now)
    change(shop, key)
    dialog = opened(AdoptDialog, case_id)
    assert "“Our way” has newer steps" in said(dialog)
    assert "Steps that are done stay done" in said(dialog)
    assert "1 new, 1 no longer, 1 on another day" in said(dialog)
    assert lines(dialog) == [
        "Visit | new: Wed 4 Mar",
        "Write | no longer",
        "Ask | Fri 6 Mar → Thu 12 Mar",
    ]
    assert planned(shop, case_id) == {"Write", "Ask"}
    dialog.save_button.click()
    assert planned(shop, case_id) == {"Visit", "Ask"}
    done = [one.title for one in shop.view(case_id).plan if one.status is FollowUpStatus.DONE]
    assert done == ["Ring"]
    assert not dialog.isVisible()


def test_only_other_words_move_no_date(opened, shop, key):
    case_id = shop.case(playbook=key)
    steps = (step("ring", coach="Sit down."), step("write", offset=3), step("ask", offset=4))
    save(shop, *steps, key=key)
    dialog = opened(AdoptDialog, case_id)
    assert "No date moves." in said(dialog)
    dialog.save_button.click()
    assert not playbooks.is_behind(shop.desk, case_id)


def test_a_case_that_is_up_to_date_has_nothing_to_adopt(opened, shop, key):
    dialog = opened(AdoptDialog, shop.case(playbook=key))
    assert "runs by the newest steps of its plan already" in said(dialog)
    assert not dialog.save_button.isEnabled()


def test_a_closed_case_keeps_its_plan(session, shop, key, qtbot):
    case_id = shop.case(playbook=key)
    ending = cases.Ending(Outcome.UNREACHABLE, skip_why="gone")
    cases.close(shop.desk, case_id, ending, now=shop.now)
    parent = QWidget()
    qtbot.addWidget(parent)
    with pytest.raises(NotAllowedError):
        AdoptDialog(session, case_id, parent=parent)


def test_all_cases_of_a_plan_adopt_with_a_line_for_each(opened, shop, key, monkeypatch, qtbot):
    monkeypatch.setattr(adopt, "MOST_CASES", 2)
    running = [shop.case(name=name, playbook=key) for name in ("Ada Obi", "Ben Ray", "Cara Diaz")]
    other = shop.case(name="Dan Fox")
    before = planned(shop, other)
    change(shop, key)
    dialog = opened(AdoptAllDialog, key)
    assert "3 open cases still run by older steps of this plan." in said(dialog)
    assert dialog.windowTitle() == "New steps of “Our way”"
    assert len(lines(dialog)) == 2
    assert all("1 new, 1 no longer, 1 on another day" in line for line in lines(dialog))
    assert "and 1 more" in said(dialog)
    assert "Visit: new: Wed 4 Mar" in dialog.findChildren(FactLine)[0].toolTip()
    dialog.save_button.click()
    dialog.reject()
    assert dialog.isVisible()  # it has begun
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert [planned(shop, case_id) for case_id in running] == [{"Ring", "Visit", "Ask"}] * 3
    assert planned(shop, other) == before


def test_a_case_that_is_followed_up_adopts_too(opened, shop, key, qtbot):
    case_id = shop.case(playbook=key)
    cases.resolve(shop.desk, case_id, now=shop.now, not_agreed_why="by post")
    change(shop, key)
    dialog = opened(AdoptAllDialog, key)
    assert len(lines(dialog)) == 1
    dialog.save_button.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert not playbooks.is_behind(shop.desk, case_id)


def test_where_no_case_is_behind_there_is_nothing_to_do(opened, key):
    dialog = opened(AdoptAllDialog, key)
    assert "No open case runs by older steps" in said(dialog)
    assert not dialog.save_button.isEnabled()


def test_what_goes_wrong_while_adopting_is_told_and_can_be_tried_again(
    opened, shop, key, monkeypatch, qtbot
):
    shop.case(playbook=key)
    shop.case(name="Dan Fox", playbook="four_steps")
    four = playbooks.playbook(shop.desk, "four_steps")
    entry = PlaybookEntry(four.name, four.words, four.starts, four.steps[:-1])
    playbooks.save(shop.desk, four.key, entry, now=shop.now)
    change(shop, key)
    dialog = opened(AdoptAllDialog, key)
    assert len(lines(dialog)) == 1

    def full(*_about, **_more):
        raise DeskFullError("There is no room left.")

    monkeypatch.setattr(playbooks, "adopt_all", full)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)))
    assert dialog.findChildren(QMessageBox)[0].text() == "There is no room left."
    assert dialog.save_button.isEnabled()
    dialog.findChildren(QMessageBox)[0].accept()
    dialog.reject()
    assert not dialog.isVisible()
