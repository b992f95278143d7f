"""Learn: the list of causes, counted, named anew, retired and made one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from recoverydesk.services import causes, incidents
from recoverydesk.services.incidents import IncidentEntry
from ui.dialogs.cause import AddCauseDialog, MergeCauseDialog, RenameCauseDialog
from ui.pages.learn import LearnPage
from ui.widgets.link_rows import LinkRow
from ui.widgets.page import GoTo, OpenIncident, Place


@pytest.fixture
def page(session, shown):
    return shown(LearnPage(session), 1100, 700)


def button(widget, name):
    """The button that says so, as a screen reader finds it."""
    QApplication.processEvents()
    return next(
        one
        for one in widget.findChildren(QAbstractButton)
        if one.isVisibleTo(widget) and name in {one.accessibleName(), one.toolTip()}
    )


def named(widget):
    return {one.accessibleName() for one in widget.findChildren(QAbstractButton)}


def press(page, cause, words):
    menu = button(page, f"What to do with “{cause}”").menu()
    next(one for one in menu.actions() if one.text().replace("&", "") == words).trigger()


@pytest.fixture
def dialog(qtbot):
    """Return the dialog of a kind that is open, once keys go to it."""

    def find(kind):
        found = next(
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, kind) and one.isVisible()
        )
        qtbot.waitUntil(found.isActiveWindow)
        return found

    return find


def cause_of(desk, name):
    return next(one for one in causes.all_causes(desk, also_retired=True) if one.name == name)


def test_what_is_not_yet_known_is_counted_as_work_to_do(shop, page):
    shop.case()
    shop.case(name="Ben Cole")
    row = button(page, "Not yet known")
    assert row.accessibleDescription() == "2 cases still to be looked into"


def test_a_click_on_the_unknown_asks_for_its_cases(page, qtbot):
    with qtbot.waitSignal(page.wished) as wished:
        qtbot.mouseClick(button(page, "Not yet known"), Qt.MouseButton.LeftButton)
    assert wished.args == [GoTo(Place.CASES, "cause:0")]


def test_enter_on_a_cause_asks_for_its_cases(shop, page, qtbot):
    late = cause_of(shop.desk, "Late delivery")
    causes.write_down(
        shop.desk, shop.case(), ["The van was full."], cause_id=late.cause_id, now=shop.now
    )
    row = button(page, "Late delivery")
    assert row.accessibleDescription() == "1 case"
    row.setFocus()
    with qtbot.waitSignal(page.wished) as wished:
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert wished.args == [GoTo(Place.CASES, f"cause:{late.cause_id}")]


def test_a_group_shows_its_own_cases_apart_from_those_under_it(shop, page, qtbot):
    goods = cause_of(shop.desk, "Goods")
    causes.write_down(shop.desk, shop.case(), ["It broke."], cause_id=goods.cause_id, now=shop.now)
    with qtbot.waitSignal(page.wished) as wished:
        button(page, "No closer cause given").click()
    assert wished.args == [GoTo(Place.CASES, f"cause:{goods.cause_id}")]


def test_a_cause_is_added_by_keyboard_and_undo_takes_it_back(shop, page, qtbot, dialog):
    button(page, "Add a cause").click()
    box = dialog(AddCauseDialog)
    qtbot.keyClicks(box.focusWidget(), "Label fell off")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Label fell off" in named(page)
    shop.desk.undo()
    QApplication.processEvents()
    assert button(page, "Late delivery")
    assert "Label fell off" not in {one.name for one in causes.all_causes(shop.desk)}


def test_a_cause_that_is_there_already_is_told_beside_the_name(page, qtbot, dialog):
    button(page, "Add a cause").click()
    box = dialog(AddCauseDialog)
    qtbot.keyClicks(box.focusWidget(), "Not as described")
    button(box, "Add").click()
    assert box.isVisible()
    assert "already" in box.name.error()
    box.forget_changes()
    box.reject()


def test_a_renamed_cause_reads_anew(page, qtbot, dialog):
    press(page, "Late delivery", "Rename…")
    box = dialog(RenameCauseDialog)
    qtbot.keyClicks(box.focusWidget(), "Came too late")
    qtbot.keyClick(box.focusWidget(), Qt.Key.Key_Return)
    assert "Came too late" in named(page)


def test_a_retired_cause_goes_and_comes_back(shop, page):
    press(page, "Late delivery", "Retire")
    assert cause_of(shop.desk, "Late delivery").retired
    button(page, "Show retired, 1").click()
    press(page, "Late delivery", "Bring back")
    assert not cause_of(shop.desk, "Late delivery").retired


def test_merging_says_first_what_becomes_of_what(shop, page, dialog):
    late = cause_of(shop.desk, "Late delivery")
    causes.write_down(
        shop.desk, shop.case(), ["The van was full."], cause_id=late.cause_id, now=shop.now
    )
    press(page, "Late delivery", "Merge into…")
    box = dialog(MergeCauseDialog)
    target = cause_of(shop.desk, "Parcel damaged or lost")
    box.into.input.choose(str(target.cause_id))
    assert box.preview() == (
        "“Late delivery” goes from the list. To “Orders and delivery / Parcel damaged or lost” "
        "move: 1 case. It will have 1 case."
    )
    button(box, "Merge").click()
    assert button(page, "Parcel damaged or lost").accessibleDescription() == "1 case"


def test_merging_a_group_says_where_its_causes_go(session, shop, page):
    box = MergeCauseDialog(session, cause_of(shop.desk, "Goods"), parent=page)
    box.into.input.choose(str(cause_of(shop.desk, "Service").cause_id))
    assert "The 3 causes under it move to “Service”;" in box.preview()
    assert "Goods / Faulty or broke soon" not in [
        box.into.input.itemText(at) for at in range(box.into.input.count())
    ]


def test_a_failure_that_hit_many_counts_once_and_opens(session, shown, shop):
    entry = IncidentEntry("The freezer failed", "It all thawed.")
    incident_id = incidents.open_incident(
        shop.desk, entry, (), names=["Ada Obi", "Ben Ray"], now=shop.now
    )
    page = LearnPage(session)
    wishes = []
    page.wished.connect(wishes.append)
    shown(page)
    page.refresh()
    assert page._incidents._meta.text() == "1 incident, 2 customers"
    line = page._incidents.findChild(LinkRow)
    assert line.accessibleDescription() == "2 customers hit, 0 told, 0 put right"
    line.click()
    assert wishes == [OpenIncident(incident_id)]
