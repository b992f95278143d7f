"""Gifts and the second-chance meter, each filled in as an owner would."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from recoverydesk.domain.second_chance import GoodWay
from recoverydesk.services import gift_ideas, gifts, preferences, second_chances
from recoverydesk.services.claims import ClaimKey
from recoverydesk.services.gifts import GiftEntry
from recoverydesk.storage.tables import CatalogueItem
from recoverydesk.topics import Topic
from ui.dialogs.gift import GiftDialog
from ui.dialogs.good_experience import GoodExperienceDialog
from ui.dialogs.second_chance import SecondChanceDialog
from ui.widgets.sources import SourceButton
from ui.widgets.text import Text

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(session, shown, qtbot):
    """Open a dialog over a window, ready for keys."""
    window = QWidget()

    def open_dialog(kind, *about):
        if not window.isVisible():
            shown(window, 1200, 700)
        dialog = kind(session, *about, parent=window)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return open_dialog


@pytest.fixture
def shelf(shop):
    """Two things to give."""
    with shop.desk.changing(Topic.REMEDIES, "Fill the shelf"):
        CatalogueItem.update(retired=True).execute()
        for position, (name, value, cost) in enumerate(
            (("A box of chocolates", 1200, 700), ("A pot of green tea", 900, 400))
        ):
            CatalogueItem.create(
                kind="gift", name=name, value_cents=value, cost_cents=cost, position=position
            )
    return shop


def save(qtbot, dialog):
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)


def said(widget):
    QApplication.processEvents()
    texts = widget.findChildren(Text)
    return " | ".join(one.text() for one in texts if one.isVisibleTo(widget))


def cards(dialog):
    return [card.accessibleName() for card in dialog._picks.cards()]


def click(qtbot, root, name):
    QApplication.processEvents()
    found = next(
        one
        for one in root.findChildren(QAbstractButton)
        if one.accessibleName() == name and one.isVisible()
    )
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


# Gifts


def test_a_gift_is_planned_three_months_on_by_keyboard(shop, opened, qtbot):
    customer_id = shop.customer()
    dialog = opened(GiftDialog, customer_id)
    qtbot.keyClicks(QApplication.focusWidget(), "A year with us")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "15")
    with qtbot.waitSignal(dialog.planned):
        save(qtbot, dialog)

    (one,) = gift_ideas.ideas(shop.desk, customer_id).planned
    assert (one.on, one.occasion, one.budget_cents) == (
        date(2026, 6, 2),
        "A year with us",
        1500,
    )


def test_a_gift_is_planned_for_a_day(shop, opened, qtbot):
    customer_id = shop.customer()
    dialog = opened(GiftDialog, customer_id)
    assert not dialog.day.isVisible()
    dialog._months.choose("0")
    assert dialog.day.isVisible()
    dialog._budget.setText("15")
    dialog._day.edit.setText("")
    save(qtbot, dialog)
    assert dialog.day.error().startswith("Which day?")
    dialog._day.set_day(date(2026, 4, 1))
    save(qtbot, dialog)
    (one,) = gift_ideas.ideas(shop.desk, customer_id).planned
    assert one.on == date(2026, 4, 1)


def test_a_plan_asks_what_it_may_cost(shop, opened, qtbot):
    customer_id = shop.customer()
    dialog = opened(GiftDialog, customer_id)
    save(qtbot, dialog)
    assert dialog.budget.error().startswith("What may it cost you?")
    dialog._budget.setText("lots")
    save(qtbot, dialog)
    assert dialog.budget.error()
    assert gift_ideas.ideas(shop.desk, customer_id).planned == ()


def test_what_they_like_and_were_given_stands_beside(shelf, opened):
    customer_id = shelf.customer(likes="Green tea")
    entry = GiftEntry(words="A scarf", cost_cents=800, occasion="Her birthday")
    gifts.give_gift(shelf.desk, customer_id, entry, now=shelf.now)
    gifts.give_gift(
        shelf.desk, customer_id, GiftEntry(words="A hat", cost_cents=800), now=shelf.now
    )
    words = said(opened(GiftDialog, customer_id))
    assert "Green tea" in words
    assert "A scarf, 2 March 2026 (Her birthday)" in words
    assert "A hat, 2 March 2026" in words


def test_nothing_known_says_so_and_the_wish_to_be_left_alone_is_told(shop, opened):
    customer_id = shop.customer()
    preferences.leave_alone(shop.desk, customer_id, asked=True, now=shop.now)
    words = said(opened(GiftDialog, customer_id))
    assert "Nobody has written down what they like." in words
    assert "Nothing yet." in words
    assert "hand it over when they come" in words


def test_ideas_follow_the_budget_and_tell_worth_and_cost(shelf, opened, qtbot):
    dialog = opened(GiftDialog, shelf.customer(likes="green tea"))
    dialog._which.choose("now")
    assert cards(dialog) == ["A pot of green tea", "A box of chocolates", "Something else"]
    assert dialog._picks.cards()[0].accessibleDescription() == "worth £9.00, costs you £4.00"
    dialog._budget.setFocus()
    qtbot.keyClicks(dialog._budget, "5")
    assert cards(dialog) == ["A pot of green tea", "Something else"]
    qtbot.keyClicks(dialog._budget, "x")
    assert len(cards(dialog)) == 3


def test_a_chosen_idea_is_given_with_its_cost(shelf, opened, qtbot):
    customer_id = shelf.customer()
    dialog = opened(GiftDialog, customer_id)
    dialog._which.choose("now")
    click(qtbot, dialog, "A pot of green tea")
    with qtbot.waitSignal(dialog.given):
        save(qtbot, dialog)
    (one,) = gift_ideas.ideas(shelf.desk, customer_id).past
    assert (one.words, one.value_cents) == ("A pot of green tea", 900)


def test_a_planned_gift_is_given_in_own_words(shelf, opened, qtbot):
    customer_id = shelf.customer()
    remedy_id = gifts.plan_gift(
        shelf.desk, customer_id, now=shelf.now, budget_cents=1500, months=0, occasion="Thanks"
    )
    dialog = opened(GiftDialog, customer_id, remedy_id)
    assert not dialog._which.isVisible()
    assert (dialog._occasion.text(), dialog._budget.text()) == ("Thanks", "15.00")
    click(qtbot, dialog, "A pot of green tea")
    click(qtbot, dialog, "Something else")
    assert dialog._words.text() == ""
    save(qtbot, dialog)
    assert dialog.words.error() == "What do they get?"
    dialog._words.setText("A jug")
    dialog._cost.setText("a lot")
    save(qtbot, dialog)
    assert dialog.cost.error()
    dialog._cost.setText("8")
    save(qtbot, dialog)
    found = gift_ideas.ideas(shelf.desk, customer_id)
    assert ([one.words for one in found.past], found.planned) == (["A jug"], ())


def test_the_same_again_is_asked_about_once(shelf, opened, qtbot):
    customer_id = shelf.customer()
    gifts.give_gift(
        shelf.desk, customer_id, GiftEntry(words="A scarf", cost_cents=800), now=shelf.now
    )
    dialog = opened(GiftDialog, customer_id)
    dialog._which.choose("now")
    assert not dialog.again.isVisible()
    dialog._words.setText("a scarf")
    dialog._cost.setText("8")
    save(qtbot, dialog)
    assert dialog.again.isVisible()
    assert dialog.again.error().startswith("They were given this on 2 March 2026.")
    dialog._again.setChecked(True)
    save(qtbot, dialog)
    assert len(gift_ideas.ideas(shelf.desk, customer_id).past) == 2


# The second-chance meter


def test_a_way_is_chosen_as_a_card_and_writes_its_words(shop, opened, qtbot):
    customer_id = shop.customer()
    dialog = opened(GoodExperienceDialog, customer_id)
    click(qtbot, dialog, "Greeted in person")
    assert dialog._words.text() == "Greeted in person"
    click(qtbot, dialog, "Thanked with a gift")
    assert dialog._words.text() == "Thanked with a gift"
    dialog._words.setText("A jug in orange")
    click(qtbot, dialog, "Greeted in person")
    assert dialog._words.text() == "A jug in orange"
    save(qtbot, dialog)
    (used,) = second_chances.of_customer(shop.desk, customer_id).used
    assert used.way is GoodWay.GREETED


def test_something_that_went_wrong_again_takes_a_dot_away(shop, opened, qtbot):
    customer_id = shop.customer()
    for _time in range(2):
        second_chances.add(shop.desk, customer_id, "Smiled", now=shop.now)
    dialog = opened(GoodExperienceDialog, customer_id)
    dialog._which.choose("wrong")
    assert not dialog._ways.isVisible()
    save(qtbot, dialog)
    assert dialog.wrong.error() == "Write it in one line."
    qtbot.keyClicks(QApplication.focusWidget(), "Late again")
    dialog._day.set_day(date(2026, 2, 28))
    qtbot.keyClick(dialog._wrong, Qt.Key.Key_Return)
    found = second_chances.of_customer(shop.desk, customer_id)
    assert (found.count, found.experiences[-1].happened_on) == (1, date(2026, 2, 28))


def test_ways_that_were_gone_stand_last_with_their_day(shop, opened):
    customer_id = shop.customer()
    second_chances.add(shop.desk, customer_id, "Kept", GoodWay.KEPT_PROMISE, now=shop.now)
    dialog = opened(GoodExperienceDialog, customer_id)
    last = dialog._ways.cards()[-1]
    assert (last.accessibleName(), last.accessibleDescription()) == (
        "A promise kept",
        "last on Mon 2 Mar",
    )
    assert len(dialog._ways.cards()) == 12


def test_the_twelve_ways_show_what_was_gone_and_what_the_number_is_worth(shop, opened):
    case_id = shop.case()
    customer_id = shop.view(case_id).customer_id
    for way in (GoodWay.GREETED, GoodWay.GREETED, GoodWay.KEPT_PROMISE, None, None, None):
        second_chances.add(shop.desk, customer_id, f"Saw {way}", way, now=shop.now)
    second_chances.add(shop.desk, customer_id, "Late again", now=shop.now, negative=True)
    dialog = opened(SecondChanceDialog, customer_id)
    words = said(dialog)
    assert "5 of 12, since Mon 2 Mar" in words
    assert "Gone already" in words
    assert "2 times, last on Mon 2 Mar" in words
    assert "Still to go, the most fitting first" in words
    assert "A rule of thumb: about twelve make up for one bad one." in words
    assert dialog.findChild(SourceButton).key() is ClaimKey.TWELVE_GOOD
    assert "and 2 earlier" in words


def test_an_experience_is_added_from_the_twelve_ways(shop, opened, qtbot):
    customer_id = shop.customer()
    dialog = opened(SecondChanceDialog, customer_id)
    assert "Nothing written down since, so far." in said(dialog)
    click(qtbot, dialog, "Add an experience")
    (adding,) = dialog.findChildren(GoodExperienceDialog)
    adding._words.setText("She smiled")
    adding.save_wanted.emit()
    assert "She smiled" in said(dialog)
    assert "1 of 12" in said(dialog)


@pytest.mark.parametrize(("typed", "told"), [("many", "Write a number"), ("0", "from 1 to 50")])
def test_a_target_that_makes_no_sense_is_told_beside_it(shop, opened, qtbot, typed, told):
    dialog = opened(SecondChanceDialog, shop.customer())
    dialog._target.setText(typed)
    save(qtbot, dialog)
    assert told in dialog._form._fields["target"].error()


def test_the_shop_counts_toward_its_own_target(shop, opened, qtbot):
    customer_id = shop.customer()
    dialog = opened(SecondChanceDialog, customer_id)
    dialog._target.setText("20")
    save(qtbot, dialog)
    assert "You count toward 20: a rule of thumb, no law." in said(
        opened(SecondChanceDialog, customer_id)
    )
