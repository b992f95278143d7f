"""The editor of what the shop gives, filled in as an owner would."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox, QWidget

from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.services import catalogue, form_drafts
from recoverydesk.services.catalogue import ItemEntry
from ui.dialogs.catalogue import CatalogueDialog
from ui.pages.settings.remedies import RemediesCard
from ui.widgets.choices import Select
from ui.widgets.fields import LabelledField
from ui.widgets.text import Text

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Editing:
    """The dialog, spoken to through what stands on it."""

    def __init__(self, dialog, qtbot):
        self.dialog, self.qtbot = dialog, qtbot

    def field(self, name, kind=QLineEdit):
        found = [one for one in self.dialog.findChildren(kind) if one.accessibleName() == name]
        assert len(found) == 1, (name, len(found))
        return found[0]

    def write(self, name, words):
        self.field(name).setText(words)

    def press(self, name):
        QApplication.processEvents()
        buttons = self.dialog.findChildren(QAbstractButton)
        next(
            one
            for one in buttons
            if one.isVisible() and one.accessibleName().replace("&", "") == name
        ).click()

    def go(self, name):
        rows = [row.title for row in self.dialog._list.rows()]
        self.dialog._list.setCurrentIndex(self.dialog._list.model().index(rows.index(name), 0))

    def kind(self, kind):
        select = self.field("Kind", Select)
        select.choose(kind.value)
        select.chosen.emit(kind.value)

    def save(self):
        self.qtbot.keyClick(self.dialog, Qt.Key.Key_Return, CTRL)

    def said(self):
        QApplication.processEvents()
        return [one.text() for one in self.dialog.findChildren(Text) if one.isVisible()]

    def titles(self):
        return [row.title for row in self.dialog._list.rows()]

    def error(self, name):
        fields = self.dialog.findChildren(LabelledField)
        return next(one for one in fields if one.input.accessibleName() == name).error()

    def box(self):
        QApplication.processEvents()
        return next(one for one in self.dialog.findChildren(QMessageBox) if one.isVisible())


@pytest.fixture
def editing(session, shown, qtbot):
    def make():
        dialog = CatalogueDialog(session, parent=shown(QWidget(), 1200, 760))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return Editing(dialog, qtbot)

    return make


def items(shop, **which):
    return {one.name: one for one in catalogue.catalogue(shop.desk, **which)}


def test_it_begins_with_the_first_and_says_what_each_is_worth(editing):
    edit = editing()
    assert edit.titles()[:2] == ["A sincere apology", "A new one instead"]
    assert "Words cost you nothing." in edit.said()

    edit.go("Gift certificate")

    assert edit.field("Worth to them").text() == "20.00"
    assert edit.field("Share you pay").text() == "55"
    assert "Worth £20.00, costs you £11.00" in edit.said()


def test_what_it_costs_is_said_while_one_types(editing):
    edit = editing()
    edit.go("Gift certificate")

    edit.write("Share you pay", "42")
    assert "Worth £20.00, costs you £8.40" in edit.said()

    edit.write("Worth to them", "")
    assert "You say each time what it is worth." in edit.said()

    edit.write("Worth to them", "a lot")
    assert not any("costs you £" in words and words.startswith("Worth") for words in edit.said())


def test_that_it_costs_more_than_it_is_worth_is_said_and_can_be_saved(editing, shop):
    edit = editing()
    edit.go("A small gift")

    edit.write("Costs you", "12")
    assert "It costs you more than it is worth to them. Would money be simpler?" in edit.said()
    edit.save()

    assert items(shop)["A small gift"].cost_cents == 1200


def test_a_change_is_saved_and_the_dialog_stays(editing, shop):
    edit = editing()
    edit.go("Gift certificate")
    assert not edit.dialog.would_lose_text()

    edit.write("What you call it", "Shop card")
    edit.write("Good for", "18")
    assert edit.dialog.would_lose_text()
    edit.save()

    assert edit.dialog.isVisible()
    assert items(shop)["Shop card"].months == 18
    assert "Shop card" in edit.titles()
    assert "Saved: Shop card" in edit.said()
    assert not edit.dialog.would_lose_text()


def test_something_new_is_added_at_the_end(editing, shop):
    edit = editing()
    edit.press("New")
    assert edit.titles()[-1] == "Something new"
    assert QApplication.focusWidget() is edit.field("What you call it")

    edit.write("What you call it", "Green tea")
    edit.write("Worth to them", "12")
    edit.write("Costs you", "5.40")
    edit.write("How many are left", "6")
    edit.save()

    made = items(shop)["Green tea"]
    assert (made.kind, made.value_cents, made.cost_cents, made.stock) == (
        RemedyKind.GIFT, 1200, 540, 6,
    )  # fmt: skip
    assert edit.titles()[-1] == "Green tea"


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("What you call it", "", "What do you call it?"),
        ("What you call it", "gift CERTIFICATE", "already"),
        ("Worth to them", "a lot", "isn't an amount"),
        ("Costs you", "-3", "less than nothing"),
        ("Good for", "soon", "no whole number"),
        ("Good for", "500", "ten years"),
        ("How many are left", "1.5", "no whole number"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_it_and_stays(editing, shop, field, typed, says):
    edit = editing()
    edit.go("A small gift")

    edit.write(field, typed)
    edit.save()

    assert says in edit.error(field)
    assert edit.field(field).text() == typed
    assert items(shop)["A small gift"].value_cents == 800
    edit.dialog._untouched = edit.dialog._fields.state()


@pytest.mark.parametrize(("typed", "says"), [("130", "0 to 100 %"), ("half", "no whole number")])
def test_a_share_above_a_hundred_is_refused_with_a_way_out(editing, typed, says):
    edit = editing()
    edit.go("Gift certificate")
    edit.write("Share you pay", typed)
    edit.save()
    assert says in edit.error("Share you pay")
    edit.dialog._untouched = edit.dialog._fields.state()


def test_a_share_may_be_written_with_its_sign(editing, shop):
    edit = editing()
    edit.go("Gift certificate")
    edit.write("Share you pay", "30 %")
    edit.save()
    assert items(shop)["Gift certificate"].cost_percent == 30


def test_a_share_can_become_a_fixed_sum(editing, shop):
    edit = editing()
    edit.go("Gift certificate")
    edit.dialog._fields._how.choose("sum")
    edit.write("Costs you", "9")
    edit.save()
    made = items(shop)["Gift certificate"]
    assert (made.cost_cents, made.cost_percent) == (900, None)


def test_words_have_no_sums_and_are_not_counted(editing, shop):
    edit = editing()
    edit.press("New")
    edit.kind(RemedyKind.APOLOGY_ONLY)
    assert edit.field("Worth to them").isHidden() or not edit.field("Worth to them").isVisible()
    edit.write("What you call it", "A letter by hand")
    edit.save()
    assert items(shop)["A letter by hand"].cost_cents == 0


def test_something_is_given_no_longer_and_again(editing, shop):
    edit = editing()
    edit.go("A small gift")

    edit.press("Give it no longer")
    assert "A small gift" not in items(shop)
    assert edit.titles()[-1] == "A small gift"

    edit.press("Give it again")
    assert "A small gift" in items(shop)


def test_the_order_is_changed_by_keyboard(editing, shop, qtbot):
    edit = editing()
    edit.go("Money back")
    qtbot.keyClick(edit.dialog._list, Qt.Key.Key_Up, ALT)
    assert list(items(shop))[:4] == [
        "A sincere apology", "A new one instead", "Money back", "Repair at our expense",
    ]  # fmt: skip
    assert edit.titles()[2] == "Money back"


def test_leaving_what_is_not_saved_asks_first(editing, shop):
    edit = editing()
    edit.go("A small gift")
    edit.write("What you call it", "A large gift")

    edit.go("Money back")
    box = edit.box()
    assert edit.field("What you call it").text() == "A large gift"
    next(one for one in box.buttons() if one.text() == "Go on without").click()

    assert edit.field("What you call it").text() == "Money back"
    assert "A large gift" not in items(shop)


def test_closing_anyway_lets_it_go(editing, qtbot):
    edit = editing()
    edit.go("A small gift")
    edit.write("What you call it", "A large gift")
    qtbot.keyClick(edit.dialog, Qt.Key.Key_Escape)
    next(one for one in edit.box().buttons() if one.text() == "Close anyway").click()
    assert not edit.dialog.isVisible()


def test_typing_comes_back_for_the_thing_it_was_about(editing, shop):
    edit = editing()
    item = items(shop)["A small gift"]
    form_drafts.keep(
        shop.desk,
        "catalogue",
        f"item {item.item_id}",
        {"What you call it": "A large gift"},
        now=shop.now - timedelta(minutes=5),
    )

    edit.go("Money back")
    assert edit.field("What you call it").text() == "Money back"
    edit.go("A small gift")
    assert edit.field("What you call it").text() == "A large gift"
    assert edit.dialog.would_lose_text()
    assert any("What you were typing is back" in words for words in edit.said())
    edit.save()
    assert "A large gift" in items(shop)
    left = form_drafts.kept(shop.desk, "catalogue", f"item {item.item_id}")
    assert left is None


def test_a_change_from_elsewhere_is_shown_unless_one_is_typing(editing, shop, qtbot):
    edit = editing()
    edit.go("A small gift")
    item = items(shop)["A small gift"]
    catalogue.save(shop.desk, item.item_id, ItemEntry(RemedyKind.GIFT, "Tea", 900, 300, stock=2))
    qtbot.waitUntil(lambda: "Tea" in edit.titles())
    assert edit.field("What you call it").text() == "Tea"

    edit.write("What you call it", "Coffee")
    catalogue.add_stock(shop.desk, item.item_id, 3)
    qtbot.waitUntil(lambda: any("5 left" in row.words for row in edit.dialog._list.rows()))
    assert edit.field("What you call it").text() == "Coffee"
    edit.dialog._untouched = edit.dialog._fields.state()


def test_something_new_that_is_taken_back_elsewhere_is_shown_no_more(editing, shop, qtbot):
    edit = editing()
    edit.press("New")
    edit.write("What you call it", "Green tea")
    edit.save()
    shop.desk.undo()
    qtbot.waitUntil(lambda: "Green tea" not in edit.titles())
    assert edit.field("What you call it").text() == "A sincere apology"


def test_an_empty_catalogue_begins_with_something_new(editing, shop):
    for item in items(shop).values():
        catalogue.retire(shop.desk, item.item_id)
    edit = editing()
    assert edit.titles()[0] == "A sincere apology"
    assert "no longer given" in edit.dialog._list.rows()[0].words


# Settings


def test_settings_say_what_is_given_and_lead_to_it(session, shown, shop):
    card = RemediesCard(session)
    card.show_remedies()
    shown(card)
    assert "You give 9 things: A sincere apology, " in card._told.text()

    item = items(shop)["A small gift"]
    catalogue.save(shop.desk, item.item_id, ItemEntry(RemedyKind.GIFT, "Tea", 900, 300, stock=0))
    card.show_remedies()
    assert card._told.text().endswith("None left of: Tea.")

    for words, name in (("Change what you give…", "catalogue"), ("What is fitting…", "ladder")):
        buttons = card.findChildren(QAbstractButton)
        next(one for one in buttons if one.accessibleName() == words).click()
        dialog = QApplication.activeModalWidget() or QApplication.activeWindow()
        opened = [one for one in QApplication.topLevelWidgets() if one.objectName() == name]
        assert opened
        assert dialog is not None
        opened[0].close()


def test_settings_say_that_nothing_is_given(session, shop):
    for item in items(shop).values():
        catalogue.retire(shop.desk, item.item_id)
    card = RemediesCard(session)
    card.show_remedies()
    assert card._told.text() == "You give 0 things."
