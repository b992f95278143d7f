"""Two that are one, one that is two: in the window, with a look at what moves first."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from recoverydesk.documents.incoming import take_in
from recoverydesk.domain.case import Severity
from recoverydesk.services import attachments, contacts, customer_pages, customers, links
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.merges import Side
from ui.dialogs.merging import MergeCasesDialog, MergeCustomersDialog
from ui.dialogs.splitting import LinkCaseDialog, MoveCaseDialog, SplitCaseDialog
from ui.pages.case.linked import LinkedCard
from ui.widgets.choices import CheckBox, Select
from ui.widgets.layouts import column
from ui.widgets.link_rows import LinkRow


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


def said(widget):
    QApplication.processEvents()
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def asks(dialog):
    return {one.accessibleName(): one for one in dialog._picking.findChildren(Select)}


def test_customers_are_merged_field_by_field_after_a_look_at_what_moves(shop, opened, qtbot):
    kept = shop.customer("Ada Obi", phone="07700 900123", likes="tea", worth="100")
    case_id = shop.case(name="Ada Ray", phone="07700 900456")
    other = shop.view(case_id).customer_id
    customers.change(
        shop.desk, other, CustomerEntry("Ada Ray", phone="07700 900456", likes="cake", worth="90")
    )
    dialog = opened(MergeCustomersDialog, kept)
    assert not dialog.save_button.isEnabled()
    dialog._offer("Ada")
    assert [one.id for one in dialog._who.offered()] == [other]
    dialog._who.picked.emit(other)
    assert set(asks(dialog)) == {"Name", "Phone", "Worth a year", "Likes"}
    assert "From Ada Ray to Ada Obi: 1 case" in said(dialog)
    asks(dialog)["Phone"].choose(Side.OTHER.value)
    with qtbot.waitSignal(dialog.merged) as merged:
        dialog.save_wanted.emit()
    view = customer_pages.view(shop.desk, kept)
    assert merged.args == [kept]
    assert (view.name, view.phone, view.likes) == ("Ada Obi", "07700 900456", "tea\n\ncake")
    assert len(view.cases) == 1


def test_a_known_double_is_shown_at_once_and_can_be_let_go(shop, opened):
    kept, other = shop.customer("Ada Obi"), shop.customer("Ada Obi")
    dialog = opened(MergeCustomersDialog, kept, other)
    assert dialog.save_button.isEnabled()
    assert "nothing but the words above" in said(dialog)
    assert "don't differ" in said(dialog)
    dialog._show_other(None)
    assert not dialog.save_button.isEnabled()
    dialog._merge()
    assert dialog.isVisible()


def test_cases_are_merged_with_the_higher_severity_proposed(shop, opened):
    first = shop.case(words="The kettle leaks.", severity=Severity.ANNOYED)
    second = shop.case(words="Water runs out.", severity=Severity.UPSET)
    contacts.log(shop.desk, second, ContactEntry(words="Rang."), now=shop.now)
    dialog = opened(MergeCasesDialog, first)
    assert asks(dialog)["How upset they are"].key() == Side.OTHER.value
    assert "1 contact" in said(dialog)
    dialog.save_wanted.emit()
    view = shop.view(first)
    assert view.words == "The kettle leaks.\n\nWater runs out."
    assert (view.severity, len(view.contacts)) == (Severity.ABOUT_TO_LEAVE, 1)


def test_a_customer_with_one_case_has_nothing_to_merge(shop, opened):
    dialog = opened(MergeCasesDialog, shop.case())
    assert not dialog.save_button.isEnabled()
    assert "Ada has no other case" in said(dialog)
    dialog._merge()
    assert dialog.isVisible()


def test_a_case_is_split_with_what_belongs_to_the_other(shop, opened, qtbot):
    case_id = shop.case(words="It leaks & you charged twice.")
    contacts.log(shop.desk, case_id, ContactEntry(words="On the money."), now=shop.now)
    attachments.add(shop.desk, case_id, [take_in("receipt.txt", b"Paid twice.")], now=shop.now)
    dialog = opened(SplitCaseDialog, case_id)
    dialog.save_wanted.emit()
    assert dialog.isVisible()  # no words
    dialog._words.input.set_text("Charged twice.")
    for box in dialog.findChildren(CheckBox):
        box.setChecked(True)
    with qtbot.waitSignal(dialog.split) as split:
        dialog.save_wanted.emit()
    view = shop.view(split.args[0])
    assert (len(view.contacts), len(view.attachments)) == (1, 1)


def test_a_case_is_given_to_whom_it_belongs(shop, opened):
    case_id = shop.case(name="Ada Obi")
    shop.customer("Ben Ray")
    dialog = opened(MoveCaseDialog, case_id)
    dialog._offer("Ben")
    assert [one.text for one in dialog._who.offered()] == ["Ben Ray"]
    dialog.save_wanted.emit()
    assert dialog.isVisible()  # nobody named
    dialog._who.edit.setText("Cara Diaz")
    dialog.save_wanted.emit()
    assert shop.view(case_id).customer == "Cara Diaz"


def test_cases_are_linked_and_the_link_is_taken_away(shop, opened, session, shown, qtbot):
    one, two = shop.case(name="Ada Obi"), shop.case(name="Ben Ray", words="The lid broke.")
    dialog = opened(LinkCaseDialog, one)
    dialog.save_wanted.emit()
    assert "Pick it from the list" in said(dialog)
    dialog._offer("lid broke")
    (pick,) = dialog._which.offered()
    dialog._which.show_pick(pick)
    dialog._words.setText("the same box")
    dialog.save_wanted.emit()
    (seen,) = shop.view(one).links
    assert (seen.case_id, seen.words) == (two, "the same box")

    holder = QWidget()
    card = LinkedCard(session)
    holder.setLayout(column(card))
    shown(holder)
    card.show_case(shop.view(one))
    line = card.findChild(LinkRow)
    with qtbot.waitSignal(card.case_wanted) as wanted:
        line.click()
    assert wanted.args == [two]
    card.menu_of(seen.link_id).actions()[0].trigger()
    assert links_of(shop, one) == ()
    card.show_case(shop.view(one))
    assert card.isHidden()


def links_of(shop, case_id):
    with shop.desk.reading():
        return links.links_of(case_id)


def press(widget, name):
    buttons = widget.findChildren(QAbstractButton)
    next(one for one in buttons if one.isVisible() and one.accessibleName() == name).click()
