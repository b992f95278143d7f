"""Ideas in the window: asked for once, written down, taken up, thanked for."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from recoverydesk.domain.correction import IdeaSource, IdeaStatus
from recoverydesk.services import causes, corrections, ideas, preferences
from recoverydesk.services.corrections import CorrectionEntry
from ui.dialogs.cause import AddCauseDialog
from ui.dialogs.idea import DeclineIdeaDialog, IdeaDialog, TakeUpDialog
from ui.dialogs.idea_acts import IdeaAct, acts_for
from ui.dialogs.ideas import IdeasDialog
from ui.widgets.chips import Chip
from ui.widgets.picks import Pick
from ui.widgets.text import Text

WIDTH = 1200


@pytest.fixture
def opened(case_page):
    return lambda case_id: case_page(case_id, "why", width=WIDTH)


@pytest.fixture
def listed(session, shown):
    def show():
        dialog = IdeasDialog(session, parent=shown(QWidget(), 1200, 800))
        dialog.open()
        QApplication.processEvents()
        return dialog

    return show


def button(parent, name):
    QApplication.processEvents()
    found = [
        one
        for one in parent.findChildren(QAbstractButton)
        if name in {one.accessibleName(), one.text()} and one.isVisibleTo(parent)
    ]
    assert len(found) == 1, f"{len(found)} are called {name!r}"
    return found[0]


def dialog_of(parent, kind):
    found = [one for one in parent.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def words_of(parent):
    QApplication.processEvents()
    return " | ".join(one.text() for one in parent.findChildren(Text) if one.isVisible())


def idea(shop, words="Seal the lid", source=IdeaSource.STAFF, **given):
    who = "Kim" if source is IdeaSource.STAFF else ""
    return ideas.add(shop.desk, words, source, who=who, now=shop.now, **given)


def test_the_customer_is_asked_once_on_the_page_of_the_case(shop, opened):
    case_id = shop.case()
    page = opened(case_id)
    assert "Ask Ada once" in words_of(page.why.ideas)

    button(page.why.ideas, "They had no idea").click()
    page.refresh()

    assert shop.view(case_id).idea_asked_at == shop.now
    assert "Ada was asked" in words_of(page.why.ideas)
    assert not page.why.ideas.none_button.isVisible()


def test_a_customers_idea_is_written_down_and_taken_up_from_the_case(shop, opened):
    case_id = shop.case()
    page = opened(case_id)

    button(page.why.ideas, "Their idea…").click()
    dialog = dialog_of(page, IdeaDialog)
    assert not dialog.who.isVisible()
    assert not dialog.whom.isVisible()
    dialog.words.input.set_text("Seal the lid")
    dialog.save_button.click()
    page.refresh()
    assert "“Seal the lid”" in words_of(page.why.ideas)
    assert "Ask Ada once" not in words_of(page.why.ideas)

    button(page.why.ideas, "Take it up: Seal the lid").click()
    dialog_of(page, TakeUpDialog).save_button.click()
    page.refresh()

    (found,) = shop.view(case_id).ideas
    assert (found.who, found.to_thank) == ("Ada Obi", True)
    assert "To thank" in [one.text() for one in page.why.ideas.findChildren(Chip)]


def test_an_idea_of_ours_is_credited_to_whoever_is_here_until_told_otherwise(shop, opened):
    case_id = shop.case()
    page = opened(case_id)

    button(page.why.ideas, "An idea of ours…").click()
    dialog = dialog_of(page, IdeaDialog)
    assert dialog.who.input.text() == "Mia Ray"
    dialog.who.input.setText("Kim")
    dialog.words.input.set_text("Buy thicker lids")
    dialog.save_button.click()

    assert [one.who for one in shop.view(case_id).ideas] == ["Kim"]
    assert shop.view(case_id).idea_asked_at is None


def test_an_idea_without_words_or_a_name_is_said_beside_its_field(shop, opened):
    page = opened(shop.case())
    button(page.why.ideas, "An idea of ours…").click()
    dialog = dialog_of(page, IdeaDialog)
    dialog.save_button.click()
    assert dialog.words.error() == "What is the idea?"
    dialog.words.input.set_text("Seal the lid")
    dialog.who.input.clear()
    dialog.save_button.click()

    assert "Whose idea is it?" in dialog.who.error()
    assert dialog.words.input.text() == "Seal the lid"


def test_a_customers_idea_from_anywhere_names_the_customer_and_the_cause(shop, listed):
    ada = shop.customer("Ada Obi")
    late = next(one for one in causes.all_causes(shop.desk) if one.name == "Late delivery")
    dialog = listed()
    dialog.add_idea()
    write = dialog_of(dialog, IdeaDialog)
    write.words.input.set_text("Ring before you come")
    write.source.input.choose(IdeaSource.CUSTOMER.value)
    write.save_button.click()
    assert "Choose the customer" in write.whom.error()
    write.whom.input.edit.setText("Ad")
    write.whom.input.asked.emit("Ad")
    assert [one.id for one in write.whom.input.offered()] == [ada]
    write.whom.input.show_pick(Pick(ada, "Ada Obi"))
    write.cause.input.edit.setText("Late d")
    write.save_button.click()
    assert "There is no cause of that name" in write.cause.error()
    write.cause.input.choose(str(late.cause_id))
    write.save_button.click()

    (found,) = ideas.all_ideas(shop.desk)
    assert (found.who, found.cause, found.source) == (
        "Ada Obi",
        "Late delivery",
        IdeaSource.CUSTOMER,
    )
    assert "“Ring before you come”" in words_of(dialog)


def test_a_cause_that_an_idea_lacks_is_added_on_the_fly(listed):
    dialog = listed()
    dialog.add_idea()
    write = dialog_of(dialog, IdeaDialog)
    write.cause.input.add_wanted.emit("Lid loose")
    dialog_of(write, AddCauseDialog).save_button.click()

    assert write.cause.input.text() == "Lid loose"


def test_an_idea_is_tied_to_its_fix_when_it_is_taken_up_or_later(shop, listed):
    case_id = shop.case()
    fix = corrections.plan(shop.desk, case_id, CorrectionEntry("Seal lids"), now=shop.now)
    idea_id = idea(shop, case_id=case_id)
    dialog = listed()
    button(dialog, "Take it up: Seal the lid").click()
    dialog_of(dialog, TakeUpDialog).save_button.click()
    QApplication.processEvents()
    dialog._show()
    assert ideas.all_ideas(shop.desk)[0].correction_id is None
    dialog.show_filter("thank")

    button(dialog, "Name the fix: Seal the lid").click()
    take_up = dialog_of(dialog, TakeUpDialog)
    take_up.fix.input.choose(str(fix))
    take_up.save_button.click()

    assert [one.idea_id for one in ideas.of_correction(shop.desk, fix)] == [idea_id]
    dialog._show()
    assert "part of the fix “Seal lids”" in words_of(dialog)


@pytest.mark.parametrize(
    ("alone", "words"), [(True, "asked to be left alone"), (False, "Today reminds you to thank")]
)
def test_taking_up_says_how_they_are_thanked(shop, listed, alone, words):
    case_id = shop.case()
    idea(shop, source=IdeaSource.CUSTOMER, case_id=case_id)
    whose = shop.view(case_id).customer_id
    preferences.leave_alone(shop.desk, whose, asked=alone, now=shop.now)
    dialog = listed()

    button(dialog, "Take it up: Seal the lid").click()

    assert words in words_of(dialog_of(dialog, TakeUpDialog))


def test_who_is_thanked_leaves_the_list_of_those_to_thank(shop, listed):
    idea_id = idea(shop)
    ideas.adopt(shop.desk, idea_id, now=shop.now)
    dialog = listed()
    dialog.show_filter("thank")

    button(dialog, "Thanked: Seal the lid").click()
    dialog._show()

    assert ideas.to_thank(shop.desk) == ()
    assert "Nothing here." in words_of(dialog)
    dialog.show_filter("adopted")
    assert "thanked" in words_of(dialog)


def test_an_idea_is_left_with_a_reason_and_decided_again(shop, listed):
    idea(shop)
    dialog = listed()

    button(dialog, "Not this one: Seal the lid").click()
    leave = dialog_of(dialog, DeclineIdeaDialog)
    leave.save_button.click()
    assert "Write down why" in leave.why.error()
    leave.why.input.setText("No room")
    leave.save_button.click()
    dialog._show()
    dialog.show_filter("all")
    assert "because: No room" in words_of(dialog)
    button(dialog, "Decide again: Seal the lid").click()

    assert ideas.all_ideas(shop.desk)[0].status is IdeaStatus.OPEN


def test_the_words_of_an_idea_are_put_right(shop, listed):
    idea(shop)
    dialog = listed()

    button(dialog, "Change: Seal the lid").click()
    change = dialog_of(dialog, IdeaDialog)
    change.words.input.set_text("Seal every lid")
    change.save_button.click()

    assert ideas.all_ideas(shop.desk)[0].words == "Seal every lid"


def test_the_case_of_an_idea_opens(shop, listed, qtbot):
    case_id = shop.case()
    idea(shop, case_id=case_id)
    dialog = listed()

    with qtbot.waitSignal(dialog.case_wanted) as wished:
        button(dialog, "Open the case: Seal the lid").click()

    assert wished.args == [case_id]


def test_no_idea_yet_says_where_they_come_from(listed):
    assert "Ask customers how it could have been avoided" in words_of(listed())


@pytest.mark.parametrize(
    ("status", "thanked", "acts"),
    [
        ("open", False, ("take_up", "decline", "edit")),
        ("declined", False, ("reopen", "edit")),
        ("adopted", False, ("thank", "name_fix", "edit", "reopen")),
        ("adopted", True, ("name_fix", "edit", "reopen")),
    ],
)
def test_what_can_be_done_follows_what_became_of_it(shop, status, thanked, acts):
    idea_id = idea(shop)
    if status == "declined":
        ideas.decline(shop.desk, idea_id, "No room", now=shop.now)
    elif status == "adopted":
        ideas.adopt(shop.desk, idea_id, now=shop.now)
    if thanked:
        ideas.thank(shop.desk, idea_id, now=shop.now)

    assert acts_for(ideas.all_ideas(shop.desk)[0]) == tuple(IdeaAct(one) for one in acts)
