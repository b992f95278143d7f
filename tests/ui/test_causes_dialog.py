"""The causes' list: ordered by key and mouse, moved, merged, retired."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from recoverydesk.services import causes
from tests.storage.filling import dump
from ui.actions import Command
from ui.dialogs.cause import AddCauseDialog, MergeCauseDialog, MoveCauseDialog, RenameCauseDialog
from ui.dialogs.causes import CausesDialog
from ui.dialogs.idea import IdeaDialog
from ui.dialogs.ideas import IdeasDialog
from ui.main_window import MainWindow
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.settings.causes import CausesCard
from ui.pages.today import TodayPage
from ui.widgets.page import Do, GoTo, Place


@pytest.fixture
def dialog(session, shown):
    made = CausesDialog(session, parent=shown(QWidget(), 1200, 800))
    made.open()
    QApplication.processEvents()
    return made


@pytest.fixture
def window(session, shown):
    def opener(_path):
        raise AssertionError("no other desk is opened here")

    return shown(MainWindow(session, opener), 1300, 850)


def listed(shop):
    return [one.name for one in causes.all_causes(shop.desk)]


def go(dialog, name):
    at = [one.name for one in dialog._causes].index(name)
    dialog._list.select(at)
    dialog._choose(at)
    return at


def press(dialog, words):
    (found,) = [
        one
        for one in dialog.findChildren(QAbstractButton)
        if one.text().replace("&", "") == words and one.isVisible()
    ]
    assert found.isEnabled()
    found.click()
    QApplication.processEvents()


def open_one(dialog, kind):
    (found,) = [one for one in dialog.findChildren(kind) if one.isVisible()]
    return found


def alt(qtbot, dialog, key):
    dialog._list.setFocus()
    qtbot.keyClick(dialog._list, key, Qt.KeyboardModifier.AltModifier)
    QApplication.processEvents()


def test_a_cause_is_moved_with_alt_and_the_arrows(shop, dialog, qtbot):
    first, second = listed(shop)[1:3]
    go(dialog, second)

    alt(qtbot, dialog, Qt.Key.Key_Up)

    qtbot.waitUntil(lambda: listed(shop)[1:3] == [second, first])
    assert dialog._list.rows()[1].title.strip() == second
    assert dialog._list.current() == 1


def test_a_cause_moved_past_a_heading_goes_below_it(shop, dialog, qtbot):
    go(dialog, "Not as described")  # the last of the first group
    before = dump(shop.desk)

    alt(qtbot, dialog, Qt.Key.Key_Down)

    def group():
        found = causes.all_causes(shop.desk)
        return next(one.parent for one in found if one.name == "Not as described")

    qtbot.waitUntil(lambda: group() == "Orders and delivery")
    assert listed(shop)[listed(shop).index("Orders and delivery") + 1] == "Not as described"
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_a_group_moves_with_what_is_under_it(shop, dialog, qtbot):
    go(dialog, "Orders and delivery")

    alt(qtbot, dialog, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: listed(shop)[0] == "Orders and delivery")
    assert listed(shop)[1] == "Parcel damaged or lost"
    alt(qtbot, dialog, Qt.Key.Key_Down)

    qtbot.waitUntil(lambda: listed(shop)[0] == "Goods")


def test_nothing_moves_above_the_first_heading_or_below_the_last(shop, dialog):
    before = listed(shop)
    last = max(at for at, one in enumerate(dialog._causes) if one.parent_id is None)

    dialog.move_row(1, 0)
    dialog.move_row(last, len(before) - 1)

    assert listed(shop) == before


def test_a_group_is_dragged_to_the_end(shop, dialog):
    dialog.move_row(0, len(listed(shop)) - 1)

    assert [one.name for one in causes.all_causes(shop.desk) if one.parent_id is None][
        -1
    ] == "Goods"


def test_what_is_chosen_is_renamed_moved_merged_and_retired(shop, dialog):
    go(dialog, "Late delivery")
    press(dialog, "Rename…")
    rename = open_one(dialog, RenameCauseDialog)
    rename.name.input.setText("Came late")
    rename.save_button.click()
    dialog._show()
    press(dialog, "Move to another group…")
    move = open_one(dialog, MoveCauseDialog)
    goods = next(one for one in causes.all_causes(shop.desk) if one.name == "Goods")
    move.under.input.choose(str(goods.cause_id))
    move.save_button.click()
    dialog._show()
    assert next(o.parent for o in causes.all_causes(shop.desk) if o.name == "Came late") == "Goods"
    press(dialog, "Merge into another…")
    open_one(dialog, MergeCauseDialog).reject()
    press(dialog, "Retire")
    dialog._show()

    assert "Came late" not in listed(shop)
    dialog._retired.click()
    go(dialog, "Came late")
    press(dialog, "Bring back")
    assert "Came late" in listed(shop)


def test_a_cause_may_become_a_group_and_a_name_taken_is_said(shop, dialog):
    go(dialog, "Late delivery")
    press(dialog, "Move to another group…")
    move = open_one(dialog, MoveCauseDialog)
    goods = next(one for one in causes.all_causes(shop.desk) if one.name == "Goods")
    causes.add(shop.desk, "Late delivery", parent_id=goods.cause_id)
    move.under.input.choose(str(goods.cause_id))
    move.save_button.click()
    assert "There is a cause called “Late delivery” already." in move.under.error()
    move.under.input.choose("0")
    move.save_button.click()

    assert listed(shop)[-1] == "Late delivery"


def test_a_new_cause_goes_below_the_group_that_is_shown(dialog):
    go(dialog, "Late delivery")
    press(dialog, "Add a cause…")
    add = open_one(dialog, AddCauseDialog)
    add.name.input.setText("Van broke down")
    add.save_button.click()

    assert dialog._name.text() == "Van broke down"
    assert "In the group “Orders and delivery”." in dialog._about.text()


def test_its_cases_are_listed(shop, dialog, qtbot):
    late = next(one for one in causes.all_causes(shop.desk) if one.name == "Late delivery")
    causes.write_down(shop.desk, shop.case(), [], cause_id=late.cause_id, now=shop.now)
    dialog._show()
    go(dialog, "Late delivery")

    with qtbot.waitSignal(dialog.cases_wanted) as wished:
        press(dialog, "Show its cases")

    assert wished.args == [late.cause_id]


def test_the_cases_of_a_cause_are_narrowed_to(session, shown, shop):
    late = next(one for one in causes.all_causes(shop.desk) if one.name == "Late delivery")
    causes.retire(shop.desk, late.cause_id)
    page = shown(CasesPage(session), 1200, 800)

    page.narrow_to(f"cause:{late.cause_id}")
    assert page.narrowing.wanted("all").cause_id == late.cause_id
    page.narrow_to("cause:0")
    assert page.narrowing.wanted("all").cause_id == 0
    page.narrow_to("cause:999")
    assert page.narrowing.wanted("all").cause_id is None
    assert page.chips.key() == "all"


def test_today_says_which_cases_have_no_cause_and_leads_to_them(session, shown, shop, qtbot):
    case_id = shop.settled_case()
    page = shown(TodayPage(session), 1300, 900)
    page.refresh()
    qtbot.waitUntil(lambda: page._painted)
    page._show_month()
    assert page._unknown._told.text().startswith("1 case has no cause yet. The oldest: Ada Obi")

    with qtbot.waitSignal(page.wished) as wished:
        page._unknown.look_button.click()
    assert wished.args == [GoTo(Place.CASES, "cause:-1")]
    goods = causes.all_causes(shop.desk)[0]
    causes.write_down(shop.desk, case_id, [], cause_id=goods.cause_id, now=shop.now)
    page._show_month()

    assert not page._unknown.isVisible()


@pytest.mark.parametrize(
    ("command", "kind"),
    [(Command.CAUSES, CausesDialog), (Command.IDEAS, IdeasDialog), (Command.NEW_IDEA, IdeaDialog)],
)
def test_they_open_from_anywhere(window, command, kind):
    (action,) = [one for one in window.actions() if one.objectName() == command.name]

    action.trigger()

    assert open_one(window, kind).isVisible()


def test_cases_and_the_case_of_an_idea_open_in_the_window(window, shop):
    late = next(one for one in causes.all_causes(shop.desk) if one.name == "Late delivery")
    case_id = shop.case()
    causes.write_down(shop.desk, case_id, [], cause_id=late.cause_id, now=shop.now)

    window.open_causes()
    open_one(window, CausesDialog).cases_wanted.emit(late.cause_id)
    assert window.page().narrowing.wanted("all").cause_id == late.cause_id
    window.open_ideas()
    open_one(window, IdeasDialog).case_wanted.emit(case_id)
    assert isinstance(window.page(), CasePage)


def test_settings_count_causes_and_open_them(session, shown, qtbot):
    card = shown(CausesCard(session))
    card.show_causes()
    assert "12 causes in 4 groups." in card._told.text()

    with qtbot.waitSignal(card.wished) as wished:
        press(card, "Causes")

    assert wished.args == [Do(Command.CAUSES)]
