"""The plans' editor: by keyboard, by dragging, every field, what is wrong and where, versions."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QWidget

from recoverydesk.domain.case import Channel, Severity, Stage
from recoverydesk.domain.follow_up import Act, Anchor, Unit, Who
from recoverydesk.domain.playbook import EVERYBODY, Condition, Fact, Step
from recoverydesk.services import cause_moves, causes, form_drafts, playbooks
from recoverydesk.services.playbooks import PlaybookEntry
from ui.dialogs.adopt import AdoptAllDialog
from ui.dialogs.playbooks import PlaybooksDialog
from ui.dialogs.playbooks.order import OrderList
from ui.dialogs.playbooks.parts import MenuChoice, NumberField
from ui.dialogs.playbooks.words import Naming, condition_words, sentence
from ui.widgets.banners import Banner
from ui.widgets.cards import FoldCard
from ui.widgets.chips import FilterChip
from ui.widgets.choices import CheckBox, Select
from ui.widgets.fields import MoneyField, TextArea, TextField

PROCEDURES = Path(__file__).parents[1] / "data" / "procedures"

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Editing:
    """The dialog, spoken to through what stands on its widgets."""

    def __init__(self, dialog, qtbot):
        self.dialog, self.qtbot = dialog, qtbot
        self.steps = dialog._editor.steps
        self.page = dialog._editor.step_page
        self.plan = dialog._editor.plan_page
        self.list = dialog._plans.list

    def find(self, kind, name, within=None):
        found = [
            one
            for one in (within or self.dialog).findChildren(kind)
            if one.accessibleName() == name
        ]
        assert len(found) == 1, (name, len(found))
        return found[0]

    def press(self, name):
        next(
            one
            for one in self.dialog.findChildren(QAbstractButton)
            if one.isVisible() and one.accessibleName() == name
        ).click()

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.dialog.focusWidget(), key, modifier)
        QApplication.processEvents()

    def leads(self, key, name, *, empty=False):
        """Press Alt and a letter, and see where that leads."""
        self.key(key, ALT)
        self.qtbot.waitUntil(
            lambda: (
                self.dialog.focusWidget().accessibleName() == name
                and not (empty and self.dialog.focusWidget().text())
            )
        )

    def type(self, text):
        self.qtbot.keyClicks(self.dialog.focusWidget(), text)

    def says(self, words):
        QApplication.processEvents()
        return any(
            words in one.text() for one in self.dialog.findChildren(QLabel) if one.isVisible()
        )

    def answer(self, words):
        box = self.dialog.findChildren(QMessageBox)[-1]
        next(one for one in box.buttons() if one.text() == words).click()
        QApplication.processEvents()

    def titles(self):
        return [row.title for row in self.steps.list.rows()]

    def write(self, name, text):
        self.find(TextField, name, self.page).setText(text)

    def pick(self, name, value):
        choice = self.find(Select, name, self.page)
        choice.choose(value)
        assert choice.key() == value

    def count(self, name, number):
        self.find(NumberField, name, self.page).setText(str(number))


@pytest.fixture
def opened(session, shown, qtbot):
    made = []

    def make(key=""):
        dialog = PlaybooksDialog(session, key, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        made.append(dialog)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return Editing(dialog, qtbot)

    yield make
    for dialog in made:
        dialog.forget_changes()
        dialog.reject()
        dialog.deleteLater()


def step(key, title="", **more):
    values = {
        "act": Act.CALL,
        "stage": Stage.MAKE_RIGHT,
        "anchor": Anchor.OPENED,
        "offset": 1,
        "unit": Unit.OPEN_DAYS,
    }
    return Step(key=key, title=title or key.capitalize(), **values | more)


def save(shop, *steps, key="", name="Our way", starts=EVERYBODY):
    return playbooks.save(shop.desk, key, PlaybookEntry(name, "", starts, steps), now=shop.now)


def view_of(shop, name):
    return next(one for one in playbooks.playbooks(shop.desk) if one.name == name)


def test_a_plan_is_made_from_nothing_by_keyboard(opened, shop):
    editing = opened()
    editing.leads(Qt.Key.Key_N, "Name of the plan")
    editing.type("Late deliveries")
    editing.leads(Qt.Key.Key_S, "What to do")
    editing.type("Ring {name}")
    editing.leads(Qt.Key.Key_S, "What to do", empty=True)
    editing.type("Send the parcel again")
    editing.leads(Qt.Key.Key_W, "How long after")
    for _ in range(2):
        editing.key(Qt.Key.Key_Up)
    editing.key(Qt.Key.Key_Return, CTRL)
    view = view_of(shop, "Late deliveries")
    assert [one.title for one in view.steps] == ["Ring {name}", "Send the parcel again"]
    assert [one.offset for one in view.steps] == [1, 3]
    assert not editing.dialog.would_lose_text()
    assert editing.says("Version 1")


def test_steps_are_moved_with_alt_and_the_arrow_keys_and_saved_so(opened, shop):
    key = save(shop, step("ring"), step("write"), step("visit"))
    editing = opened(key)
    editing.steps.open_step(2)
    editing.steps.list.setFocus()
    editing.key(Qt.Key.Key_Up, ALT)
    editing.key(Qt.Key.Key_Up, ALT)
    editing.key(Qt.Key.Key_Up, ALT)
    assert editing.titles() == ["Visit", "Ring", "Write"]
    assert editing.says("Step 1 of 3")
    editing.key(Qt.Key.Key_Down, ALT)
    editing.key(Qt.Key.Key_S, CTRL)
    saved = playbooks.playbook(shop.desk, key)
    assert [one.title for one in saved.steps] == ["Ring", "Visit", "Write"]
    assert saved.version == 2


class Dropped(QDropEvent):
    """A drop as Qt delivers it, with the list as its source."""

    def __init__(self, source, at):
        self._mime, self._source = QMimeData(), source
        super().__init__(
            QPointF(at),
            Qt.DropAction.MoveAction,
            self._mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )

    def source(self):
        return self._source


@pytest.mark.parametrize(
    ("taken", "over", "lower", "order"),
    [
        (0, 2, True, ["Write", "Visit", "Ring"]),
        (0, 1, False, ["Ring", "Write", "Visit"]),
        (2, 0, False, ["Visit", "Ring", "Write"]),
        (2, 0, True, ["Ring", "Visit", "Write"]),
    ],
)
def test_steps_are_dragged(opened, shop, qtbot, taken, over, lower, order):
    editing = opened(save(shop, step("ring"), step("write"), step("visit")))
    editing.steps.open_step(taken)
    rows = editing.steps.list
    box = rows.visualRect(rows.model().index(over, 0))
    drop = Dropped(rows, box.bottomLeft() if lower else box.topLeft())
    rows.dropEvent(drop)
    qtbot.wait(1)
    assert editing.titles() == order


class Hovering(QDragMoveEvent):
    """A drag over the list, with the list as its source."""

    def __init__(self, source, at):
        self._mime, self._source = QMimeData(), source
        super().__init__(
            at,
            Qt.DropAction.MoveAction,
            self._mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )

    def source(self):
        return self._source


def test_a_line_shows_where_a_dragged_step_would_go(opened, shop):
    editing = opened(save(shop, step("ring"), step("write")))
    rows = editing.steps.list
    plain = rows.grab().toImage()
    seen = []
    for at in (QPoint(40, 1), rows.rect().bottomLeft()):
        hovering = Hovering(rows, at)
        rows.dragMoveEvent(hovering)
        assert hovering.isAccepted()
        seen.append(rows.grab().toImage())
    assert plain != seen[0] != seen[1] != plain
    rows.dragLeaveEvent(QDragLeaveEvent())
    assert rows.grab().toImage() == plain
    rows.dragMoveEvent(Hovering(None, QPoint(40, 1)))
    assert rows.grab().toImage() == plain


def test_something_from_elsewhere_is_not_dropped_into_the_plan(opened, shop):
    editing = opened(save(shop, step("ring"), step("write")))
    drop = Dropped(None, editing.steps.list.rect().bottomLeft())
    editing.steps.list.dropEvent(drop)
    assert not drop.isAccepted()
    assert editing.titles() == ["Ring", "Write"]
    assert editing.steps.list.place_at(editing.steps.list.rect().bottomLeft()) == 2


def test_keys_that_move_nothing_are_left_alone(opened, shop):
    editing = opened(save(shop, step("ring")))
    editing.press("New plan")
    before = [row.title for row in editing.list.rows()]
    editing.list.setFocus()
    editing.key(Qt.Key.Key_Up, ALT)  # a plan that isn't saved has no place yet
    assert [row.title for row in editing.list.rows()] == before
    editing.steps.list.setFocus()
    editing.key(Qt.Key.Key_Delete)
    editing.key(Qt.Key.Key_Return)
    assert editing.titles() == []


def test_plans_are_moved_and_tried_in_that_order(opened, shop):
    editing = opened()
    keys = [one.key for one in playbooks.playbooks(shop.desk)]
    editing.list.setFocus()
    editing.key(Qt.Key.Key_Down, ALT)
    assert [one.key for one in playbooks.playbooks(shop.desk)] == [keys[1], keys[0], *keys[2:]]
    assert editing.list.current() == 1


def test_the_list_says_what_a_plan_is_used_for_and_which_cases_run_by_it(opened, shop):
    starts = Condition(
        severities=(Severity.UPSET, Severity.ABOUT_TO_LEAVE), channels=(Channel.REVIEW,)
    )
    key = save(shop, step("ring"), starts=starts)
    for name in ("Ada Obi", "Ben Ray", "Cara Diaz"):
        shop.case(name=name, playbook=key)
    save(shop, step("ring"), step("write"), key=key, starts=starts)
    shop.case(name="Dan Fox", playbook=key)
    words = opened(key).list.rows()[-1].words
    assert "used for: upset, furious; heard in a web review" in words
    assert "4 cases run by it, 3 by an older version" in words


def test_steps_are_copied_taken_away_and_put_back(opened, shop):
    editing = opened(save(shop, step("ring"), step("write")))
    editing.steps.open_step(0)
    editing.press("Copy it")
    assert editing.titles() == ["Ring", "Ring", "Write"]
    keys = [one.key for one in editing.steps.steps()]
    assert len(set(keys)) == 3
    editing.steps.list.setFocus()
    editing.key(Qt.Key.Key_Delete)
    assert editing.titles() == ["Ring", "Write"]
    assert editing.says("“Ring” is taken away.")
    editing.press("Put it back")
    assert [one.key for one in editing.steps.steps()] == keys
    for _ in range(3):
        editing.press("Take it away")
    assert editing.titles() == []
    assert editing.says("About the plan")


def test_enter_on_a_step_leads_into_it(opened, shop):
    editing = opened(save(shop, step("ring"), step("write")))
    editing.steps.list.setFocus()
    editing.key(Qt.Key.Key_Down)
    editing.key(Qt.Key.Key_Return)
    assert editing.dialog.focusWidget().text() == editing.titles()[editing.steps.place()]
    editing.press("Name and start…")
    assert editing.says("About the plan")


def test_steps_that_wait_for_each_other_are_told_in_a_sentence(opened, shop):
    key = save(shop, step("ring"), step("write"))
    editing = opened(key)
    for place, other in ((0, "write"), (1, "ring")):
        editing.steps.open_step(place)
        editing.pick("After what", Anchor.STEP_DONE.value)
        editing.pick("Which step it comes after", other)
    editing.press("Save")
    assert editing.says("wait for each other in a circle: “Ring”, “Write”")
    assert editing.says("Date one of them from an event")
    assert playbooks.playbook(shop.desk, key).version == 1
    editing.pick("After what", Anchor.OPENED.value)
    assert not editing.says("in a circle")
    editing.press("Save")
    assert playbooks.playbook(shop.desk, key).version == 2


@pytest.mark.parametrize(
    ("wrong", "sentence_"),
    [
        ({"title": " "}, "What is to be done in this step?"),
        ({"anchor": Anchor.STEP_DONE, "after": ""}, "Which step does “Write” come after?"),
        ({"coach": "x" * 601}, "600"),
        ({"source": "x" * 121}, "120"),
    ],
)
def test_what_is_wrong_is_shown_beside_the_field_of_its_step(opened, shop, wrong, sentence_):
    key = save(shop, step("ring"), step("write"), step("visit"))
    editing = opened(key)
    editing.steps.open_step(1)
    bad = replace(editing.steps.steps()[1], **wrong)
    editing.page.show_step([editing.steps.steps()[0], bad], 1)
    editing.steps.replace_step(bad)
    editing.steps.open_step(0)
    editing.press("Save")
    assert editing.steps.place() == 1
    assert editing.says(sentence_)
    assert editing.page.isAncestorOf(editing.dialog.focusWidget())
    assert playbooks.playbook(shop.desk, key).version == 1


def test_a_plan_without_a_name_or_without_steps_is_pointed_out(opened):
    editing = opened()
    editing.press("New plan")
    editing.press("Save")
    assert editing.says("What is the plan called?")
    assert editing.dialog.focusWidget().accessibleName() == "Name of the plan"
    editing.type("Late")
    editing.press("Save")
    assert editing.says("A plan needs one step at least.")
    editing.press("Add a step")
    editing.press("Save")
    assert editing.says("What is to be done in this step?")
    assert editing.dialog.focusWidget().accessibleName() == "What to do"


def test_an_amount_that_cant_be_read_holds_one_at_its_step(opened, shop):
    editing = opened(save(shop, step("ring"), step("write")))
    editing.steps.open_step(0)
    amount = editing.find(MoneyField, "Worth a year, at least", editing.page)
    amount.setText("a lot")
    editing.steps.list.select(1)
    editing.steps.opened.emit(1)
    assert editing.says("Step 1 of 2")
    editing.qtbot.waitUntil(lambda: editing.steps.place() == 0)
    editing.press("Name and start…")
    assert editing.says("Step 1 of 2")
    assert editing.dialog.would_lose_text()
    editing.press("Copy")
    editing.press("Save")
    assert editing.says("Step 1 of 2")
    amount.setText("300")
    assert editing.steps.steps()[0].only_if.least_worth_cents == 300_00
    editing.steps.open_step(1)
    assert editing.says("Step 2 of 2")


def test_an_amount_that_cant_be_read_holds_one_at_the_plan(opened, shop):
    editing = opened(save(shop, step("ring")))
    editing.find(MoneyField, "Worth a year, at least", editing.plan).setText("lots")
    editing.steps.open_step(0)
    assert editing.says("About the plan")
    editing.qtbot.waitUntil(lambda: editing.steps.place() == -1)


def test_a_step_in_trouble_can_be_taken_away(opened, shop):
    editing = opened(save(shop, step("ring"), step("write")))
    editing.steps.open_step(0)
    editing.find(MoneyField, "Worth a year, at least", editing.page).setText("lots")
    editing.press("Take it away")
    assert editing.says("Step 1 of 1")
    assert not editing.dialog._editor.in_trouble()


def test_another_plan_asks_before_changes_are_lost(opened, shop):
    key = save(shop, step("ring"))
    editing = opened(key)
    editing.steps.open_step(0)
    editing.write("What to do", "Ring twice")
    assert editing.says("Changed, not saved yet")
    editing.list.setFocus()
    editing.key(Qt.Key.Key_Up)
    editing.answer("Keep writing")
    assert editing.titles() == ["Ring twice"]
    assert editing.list.rows()[editing.list.current()].title == "Our way"
    editing.key(Qt.Key.Key_Up)
    editing.answer("Go on without")
    assert editing.titles() != ["Ring twice"]
    assert playbooks.playbook(shop.desk, key).steps[0].title == "Ring"


def test_closing_asks_before_changes_are_lost(opened, shop):
    editing = opened(save(shop, step("ring")))
    editing.plan.findChild(TextField).setText("Another name")
    editing.find(MoneyField, "Worth a year, at least", editing.plan).setText("lots")
    editing.dialog.reject()
    assert editing.dialog.isVisible()
    editing.answer("Close anyway")
    assert not editing.dialog.isVisible()


def test_a_copy_is_a_plan_of_its_own(opened, shop):
    editing = opened("four_steps")
    editing.press("Copy")
    assert editing.says("Changed, not saved yet")
    editing.press("Save")
    copied = view_of(shop, "Copy of Four steps")
    assert copied.steps == playbooks.playbook(shop.desk, "four_steps").steps
    assert not copied.shipped


def test_a_plan_is_retired_and_brought_back(opened, shop):
    editing = opened("four_steps")
    editing.press("Retire")
    assert playbooks.playbook(shop.desk, "four_steps").retired
    assert "Retired" in editing.list.rows()[editing.list.current()].words
    editing.press("Bring back")
    assert not playbooks.playbook(shop.desk, "four_steps").retired


def test_a_shipped_plan_goes_back_to_how_it_came(opened, shop):
    came = playbooks.playbook(shop.desk, "four_steps")
    changed = (replace(came.steps[0], title="Say hello"), *came.steps[1:])
    save(shop, *changed, key="four_steps", name="Mine", starts=came.starts)
    editing = opened("four_steps")
    editing.press("As it came")
    assert editing.titles()[0] == came.steps[0].title
    editing.press("Save")
    again = playbooks.playbook(shop.desk, "four_steps")
    assert (again.name, again.steps) == (came.name, came.steps)


def test_looking_at_every_step_changes_nothing(opened, shop):
    for view in playbooks.playbooks(shop.desk):
        editing = opened(view.key)
        for place in range(len(view.steps)):
            editing.steps.open_step(place)
        assert not editing.dialog.would_lose_text()
        editing.press("Save")
        assert playbooks.playbook(shop.desk, view.key) == view
        editing.dialog.reject()


def test_cases_that_run_by_older_steps_are_told_of_after_saving(opened, shop):
    key = save(shop, step("ring"))
    cases = [shop.case(name=name, playbook=key) for name in ("Ada Obi", "Ben Ray")]
    editing = opened(key)
    assert not editing.steps.banner.isVisible()
    editing.press("Add a step")
    editing.type("Write")
    editing.press("Save")
    assert editing.says("2 open cases go on by the steps before.")
    editing.press("Adopt the new ones…")
    adopting = editing.dialog.findChild(AdoptAllDialog)
    adopting.save_button.click()
    editing.qtbot.waitUntil(lambda: not editing.steps.banner.isVisible())
    assert not any(playbooks.is_behind(shop.desk, case_id) for case_id in cases)
    assert editing.steps.place() >= 0


def test_what_was_being_changed_comes_back_after_a_crash(opened, shop):
    key = save(shop, step("ring"), step("write"))
    editing = opened(key)
    editing.steps.open_step(1)
    editing.write("What to do", "Write by hand")
    editing.dialog._keeping_plan.look()
    editing.dialog._keeping_plan.look()
    kept = form_drafts.kept(shop.desk, "playbooks", "")
    again = opened()
    assert kept is not None
    assert again.titles() == ["Ring", "Write by hand"]
    assert again.says("What you were changing is back, as it stood")
    assert again.dialog.would_lose_text()
    again.press("Begin afresh")
    assert again.titles() == ["Ring", "Write"]
    assert not again.dialog.would_lose_text()
    assert not again.plan.findChild(Banner).isVisible()
    again.dialog._keeping_plan.look()
    assert form_drafts.kept(shop.desk, "playbooks", "") is None


def test_closing_lets_what_was_kept_go(opened, shop):
    editing = opened()
    editing.press("New plan")
    editing.type("Half a plan")
    editing.dialog._keeping_plan.look()
    editing.dialog.reject()
    editing.answer("Close anyway")
    assert form_drafts.kept(shop.desk, "playbooks", "") is None


def test_a_new_plan_that_came_back_is_still_new(opened, shop):
    editing = opened()
    editing.press("New plan")
    editing.type("Half a plan")
    editing.dialog._keeping_plan.look()
    again = opened("four_steps")
    assert again.says("Half a plan")
    again.press("Add a step")
    again.type("Ring")
    again.press("Save")
    assert view_of(shop, "Half a plan").version == 1


def test_forty_steps_are_the_most(opened, shop):
    key = save(shop, *(step(f"s{n}") for n in range(39)))
    editing = opened(key)
    editing.press("Add a step")
    editing.type("The last")
    button = next(
        one
        for one in editing.dialog.findChildren(QAbstractButton)
        if one.accessibleName() == "Add a step"
    )
    assert not button.isEnabled()
    assert editing.says("40 steps, the most there can be")
    editing.press("Save")
    assert len(playbooks.playbook(shop.desk, key).steps) == 40


def test_everything_that_takes_focus_says_what_it_is(opened, shop):
    editing = opened(save(shop, step("ring"), step("write")))
    editing.steps.open_step(0)
    assert editing.list.accessibleName()
    for fold in editing.page.findChildren(FoldCard):
        fold.set_open(is_open=True)
        for one in editing.dialog.findChildren(QWidget):
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible():
                assert one.accessibleName(), one


def test_the_lists_tell_a_screen_reader_the_number_and_the_sentence(opened, shop):
    editing = opened(save(shop, step("ring")))
    index = editing.steps.list.model().index(0, 0)
    assert (
        index.data(Qt.ItemDataRole.AccessibleTextRole)
        == "1. Ring: 1 opening day since it was logged"
    )
    assert {one.accessibleDescription() for one in editing.dialog.findChildren(OrderList)} >= {
        "Drag a plan, or move it with Alt and the arrow keys"
    }


def test_the_window_draws_light_and_dark_with_long_words(opened, shop, dark):  # noqa: ARG001
    title = "Ring them again and again until somebody answers who knows of it, then write it down"
    only = Condition(severities=(Severity.UPSET,), not_agreed_after=10)
    save_key = save(shop, *(step(f"s{n}", title, only_if=only) for n in range(16)), name="N" * 80)
    editing = opened(save_key)
    editing.steps.open_step(3)
    assert not editing.dialog.grab().toImage().isNull()


def test_a_cause_that_was_merged_stays_in_the_condition_until_it_is_taken_out(opened, shop):
    late, slow = causes.add(shop.desk, "Late"), causes.add(shop.desk, "Slow")
    key = save(shop, step("ring"), starts=Condition(cause_ids=(late,)))
    cause_moves.merge(shop.desk, late, into=slow)
    editing = opened(key)
    assert not editing.dialog.would_lose_text()
    menu = next(
        one
        for one in editing.plan.findChildren(MenuChoice)
        if one.accessibleName() == "Causes: a cause that is gone"
    )
    menu.actions_by_key()[late].trigger()
    menu.actions_by_key()[slow].trigger()
    editing.press("Save")
    assert playbooks.playbook(shop.desk, key).starts == Condition(cause_ids=(slow,))


def test_several_are_ticked_in_a_menu_that_stays_open(opened, shop):
    editing = opened(save(shop, step("ring")))
    channels = editing.plan.findChildren(MenuChoice)[0]
    assert channels.accessibleName() == "How it came in: Any way"
    menu = channels.menu()
    menu.popup(channels.mapToGlobal(channels.rect().bottomLeft()))
    first, second = list(channels.actions_by_key().values())[:2]
    editing.qtbot.keyClick(menu, Qt.Key.Key_Down)
    editing.qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert first.isChecked()
    assert menu.isVisible()
    editing.qtbot.mouseClick(
        menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(second).center()
    )
    assert menu.isVisible()
    assert channels.accessibleName() == "How it came in: In person, Phone"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        editing.qtbot.keyClick(menu, key)
    assert not menu.isVisible()
    assert len(channels.keys()) == 3
    assert channels.text() == "In person, Phone, Letter"
    channels.actions_by_key()[Channel.RETURNED_GOODS].trigger()
    assert channels.text() == "4 chosen"
    menu.popup(channels.mapToGlobal(channels.rect().bottomLeft()))
    editing.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.rect().topLeft())
    menu.close()


def test_tab_goes_from_the_plans_over_the_steps_to_what_is_open(opened, shop):
    editing = opened(save(shop, step("ring")))
    editing.steps.open_step(0)
    editing.list.setFocus()
    gone_over = []
    while (name := editing.dialog.focusWidget().accessibleName()) not in gone_over:
        gone_over.append(name)
        editing.key(Qt.Key.Key_Tab)
    wanted = [
        "Plans, in the order in which they are tried",
        "New plan",
        "Name and start…",
        "Steps of the plan",
        "Add a step",
        "What to do",
        "Kind of work",
        "How long after",
        "At that hour; otherwise any time of that day",
        "Has to be done before the case may be closed",
        "Comes again every",
        "What ticks it by itself",
        "Only for some",
        "Close",
        "Save",
    ]
    wanted[6] = "What kind of work"
    assert [name for name in gone_over if name in wanted] == wanted


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "1 opening day since it was logged"),
        ({"offset": 0}, "The day it was logged"),
        (
            {"timed": True, "unit": Unit.OPEN_HOURS},
            "1 opening hour since it was logged, at that hour",
        ),
        ({"who": Who.OWNER, "closing": True}, "done by the owner; needed before closing"),
        ({"every": 2, "every_unit": Unit.WEEKS}, "again every 2 weeks until it is resolved"),
        ({"anchor": Anchor.STEP_DONE, "after": "other"}, "1 opening day after “Other”"),
        ({"anchor": Anchor.STEP_DONE, "after": "other", "offset": 0}, "As soon as “Other” is done"),
        (
            {"anchor": Anchor.STEP_DONE, "after": "gone"},
            "After a step that you still have to choose",
        ),
        (
            {"only_if": Condition(channels=(Channel.PHONE, Channel.SURVEY), not_agreed_after=3)},
            "only if heard by phone or in a survey and nothing is agreed within 3 opening days",
        ),
        (
            {"only_if": Condition(least_worth_cents=500_00, severities=(Severity.ABOUT_TO_LEAVE,))},
            "only if furious and worth £500 a year or more",
        ),
    ],
)
def test_a_step_is_said_in_words(session, more, words):
    steps = [step("other"), step("ring", **more)]
    assert words in sentence(steps[1], steps, Naming(session))
    assert condition_words(EVERYBODY, Naming(session)) == ""


def condition_of(words, shop):
    """A condition as the procedures' files word it, as the editor would give it back."""
    first, _, last = words.rpartition(" ")
    match first:
        case "":
            return EVERYBODY
        case "severity at least":
            order = list(Severity)
            return Condition(severities=tuple(order[order.index(Severity(last)) :]))
        case "channel is":
            return Condition(channels=(Channel(last),))
        case "worth at least":
            return Condition(least_worth_cents=int(last) * 100)
        case "cause is":
            known = {one.name: one.cause_id for one in causes.all_causes(shop.desk)}
            return Condition(cause_ids=(known[last],))
    count = first.removeprefix("not agreed by ")
    return Condition(not_agreed_after=int(count), not_agreed_unit=Unit(last))


def expected(values, shop):
    """A step as a procedure's file tells it, without what its key and words are."""
    anchor = values["anchor"]
    repeat = values.get("repeat", "").split() or ["", "0", Unit.OPEN_DAYS.value]
    return {
        "title": values["title"],
        "act": Act(values["act"]),
        "stage": Stage(values["stage"]),
        "anchor": Anchor.STEP_DONE if anchor == "step" else Anchor(anchor),
        "offset": values["offset"],
        "unit": Unit(values["unit"]),
        "fact": Fact(values.get("fact", "")),
        "who": Who(values.get("who", "")),
        "closing": values.get("closing", False),
        "only_if": condition_of(values.get("only_if", ""), shop),
        "every": int(repeat[1]),
        "every_unit": Unit(repeat[2]),
    }


def type_step(editing, wanted):
    """Type one step into the open page, widget by widget."""
    editing.write("What to do", wanted["title"])
    editing.pick("What kind of work", wanted["act"].value)
    editing.pick("Stage", wanted["stage"].value)
    editing.pick("Who does it", wanted["who"].value)
    editing.count("How long after", wanted["offset"])
    editing.pick("Counted in", wanted["unit"].value)
    editing.pick("What ticks it by itself", wanted["fact"].value)
    closing = editing.find(CheckBox, "Has to be done before the case may be closed")
    closing.setChecked(wanted["closing"])
    editing.count("Comes again every", wanted["every"])
    editing.pick("Comes again, counted in", wanted["every_unit"].value)
    type_condition(editing, wanted["only_if"])


def type_condition(editing, wanted):
    chips = editing.page.findChildren(FilterChip)
    for value, chip in zip(Severity, chips, strict=True):
        chip.setChecked(value in wanted.severities)
    channels, by_cause = editing.page._only_if.findChildren(MenuChoice)
    for menu, keys in ((channels, wanted.channels), (by_cause, wanted.cause_ids)):
        for key in keys:
            menu.actions_by_key()[key].trigger()
    if wanted.least_worth_cents:
        amount = editing.find(MoneyField, "Worth a year, at least", editing.page)
        amount.setText(str(wanted.least_worth_cents // 100))
    editing.count("Only if nothing is agreed within", wanted.not_agreed_after)
    editing.pick("Counted in, without an agreement", wanted.not_agreed_unit.value)


@pytest.mark.parametrize("path", sorted(PROCEDURES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_published_procedure_can_be_typed_in(opened, shop, path):
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    for name in {
        one["only_if"][9:] for one in told["steps"] if "cause is" in one.get("only_if", "")
    }:
        causes.add(shop.desk, name)
    wanted = [expected(values, shop) for values in told["steps"]]
    editing = opened()
    editing.press("New plan")
    editing.type(told["name"])
    editing.plan.findChild(TextArea).edit.setPlainText(told["source"])
    for value, chip in zip(Severity, editing.plan.findChildren(FilterChip), strict=True):
        chip.setChecked(value.value in told["severities"])
    for one in wanted:
        editing.press("Add a step")
        type_step(editing, one)
    places = {values["key"]: place for place, values in enumerate(told["steps"])}
    keys = [one.key for one in editing.steps.steps()]
    for place, values in enumerate(told["steps"]):
        editing.steps.open_step(place)
        editing.pick("After what", wanted[place]["anchor"].value)
        if after := values.get("after"):
            editing.pick("Which step it comes after", keys[places[after]])
    editing.press("Save")
    assert not editing.dialog.would_lose_text(), editing.steps._trouble.text()

    saved = view_of(shop, told["name"])
    assert {one.value for one in saved.starts.severities} == set(told["severities"])
    assert [
        {name: getattr(one, name) for name in want}
        for one, want in zip(saved.steps, wanted, strict=True)
    ] == wanted
    by_key = {one.key: place for place, one in enumerate(saved.steps)}
    after = [places.get(values.get("after")) for values in told["steps"]]
    assert [by_key.get(one.after) for one in saved.steps] == after
