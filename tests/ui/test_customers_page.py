"""Customers: found while one types, shown beside the list, written down and corrected."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from recoverydesk.domain.contact import Way
from recoverydesk.domain.second_chance import GoodWay
from recoverydesk.services import (
    contacts,
    customer_lists,
    customer_pages,
    gifts,
    preferences,
    second_chances,
    touches,
    visits,
)
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.gifts import GiftEntry
from ui.dialogs.customer import CustomerDialog
from ui.dialogs.gift import GiftDialog
from ui.dialogs.good_experience import GoodExperienceDialog
from ui.dialogs.merging import MergeCustomersDialog
from ui.dialogs.second_chance import SecondChanceDialog
from ui.pages.customers import CustomersPage
from ui.pages.customers.detail import CustomerDetail
from ui.widgets.page import GoTo, LogCustomer, OpenCase, Place
from ui.widgets.text import Text


@pytest.fixture
def page(session, shown):
    return shown(CustomersPage(session), 1100, 700)


@pytest.fixture
def dialog(qtbot):
    """Return the customer's dialog that is open, once keys go to it."""

    def find():
        found = next(
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, CustomerDialog) and one.isVisible()
        )
        qtbot.waitUntil(found.isActiveWindow)
        return found

    return find


def button(widget, name):
    QApplication.processEvents()
    return next(
        one
        for one in widget.findChildren(QAbstractButton)
        if one.isVisibleTo(widget) and one.accessibleName() == name
    )


def field(widget, name):
    return next(one for one in widget.findChildren(QLineEdit) if one.accessibleName() == name)


def said(widget):
    """Every text that can be seen."""
    QApplication.processEvents()
    texts = widget.findChildren(Text)
    return [one.text() for one in texts if one.isVisibleTo(widget) and one.text()]


def detail(page):
    return page.findChild(CustomerDetail)


def listed(page, column=0):
    """What a column says, without second lines."""
    model = page.table.model()
    return [model.index(at, column).data().partition(",")[0] for at in range(model.rowCount())]


def narrow(page, qtbot, typed):
    # Qt's own typing knows ASCII only.
    field(page, "Find a customer").setText(typed)
    qtbot.keyClick(field(page, "Find a customer"), Qt.Key.Key_Return)


@pytest.mark.parametrize("typed", ["mull", "Müll", "3344", "eva@"])
def test_a_customer_is_found_by_name_phone_end_or_email(shop, page, qtbot, typed):
    shop.customer("Ada Obi")
    shop.customer("Eva Müller", phone="0151 22 3344", email="eva@mail.example")
    narrow(page, qtbot, typed)
    assert listed(page) == ["Eva Müller"]
    assert "1 of 2 customers" in said(page)


def test_the_list_narrows_without_enter(shop, page, qtbot):
    shop.customer("Ada Obi")
    shop.customer("Ben Cole")
    qtbot.keyClicks(field(page, "Find a customer"), "ben")
    qtbot.waitUntil(lambda: listed(page) == ["Ben Cole"])


def test_nobody_found_says_so_and_offers_to_add(shop, page, qtbot):
    shop.customer("Ada Obi")
    narrow(page, qtbot, "zzz")
    assert "Nobody matches “zzz”" in said(page)


def test_an_empty_desk_says_what_belongs_here(page):
    assert "No customers yet" in said(page)
    assert page.HAS_PRIMARY


def test_open_cases_are_marked(shop, page):
    shop.case(name="Ada Obi")
    shop.customer("Ben Cole")
    assert listed(page, 2) == ["1 open", "none"]


def test_the_worth_head_sorts(shop, page):
    shop.customer("Ada Obi", worth="100")
    shop.customer("Ben Cole", worth="50")
    page.table.horizontalHeader().sectionClicked.emit(4)
    assert listed(page) == ["Ben Cole", "Ada Obi"]


def test_arrow_keys_show_the_next_customer(shop, page, qtbot):
    shop.customer("Ada Obi", likes="Tea")
    shop.customer("Ben Cole", likes="Coffee")
    page.table.setFocus()
    assert "Tea" in said(detail(page))
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert "Coffee" in said(detail(page))
    assert "Tea" not in said(detail(page))


def test_a_case_of_theirs_opens_with_a_click(shop, page, qtbot):
    case_id = shop.case(words="The kettle leaks.")
    row = button(detail(page), "The kettle leaks.")
    with qtbot.waitSignal(page.wished) as wished:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert wished.args == [OpenCase(case_id)]


def test_a_voucher_of_theirs_leads_to_the_register(shop, page, qtbot):
    voucher = shop.voucher(value_cents=2500)
    with qtbot.waitSignal(page.wished) as wished:
        button(detail(page), voucher.shown_code).click()
    assert wished.args == [GoTo(Place.REMEDIES, voucher.shown_code)]


def test_a_phone_number_is_copied_with_a_click(shop, page, session, qtbot):
    shop.customer("Ada Obi", phone="07700 900123")
    with qtbot.waitSignal(session.said) as said_:
        button(detail(page), "Copy the phone number").click()
    assert said_.args == ["Copied"]
    assert QApplication.clipboard().text() == "07700 900123"


def test_visits_are_listed_with_what_was_bought(shop, page):
    customer_id = shop.customer("Ada Obi")
    visits.log(
        shop.desk,
        customer_id,
        now=shop.now,
        visited_on=date(2026, 2, 28),
        amount="12.50",
        words="A teapot",
    )
    assert "Sat 28 Feb: A teapot" in said(detail(page))
    assert "£12.50" in said(detail(page))


def test_logging_starts_with_the_customer_shown(shop, page, qtbot):
    customer_id = shop.customer("Ada Obi")
    with qtbot.waitSignal(page.wished) as wished:
        button(detail(page), "Log an unhappy customer").click()
    assert wished.args == [LogCustomer(customer_id)]


def test_showing_one_customer_lifts_what_was_typed(shop, page, qtbot):
    shop.customer("Ada Obi")
    ben = shop.customer("Ben Cole")
    narrow(page, qtbot, "ada")
    page.show_customer(ben)
    assert page.table.current_id() == ben
    assert "Ben Cole" in said(detail(page))
    assert field(page, "Find a customer").text() == ""


def test_a_new_customer_is_written_down_by_keyboard_and_shown(shop, page, dialog, qtbot):
    button(page, "New customer").click()
    box = dialog()
    qtbot.keyClicks(QApplication.focusWidget(), "Zoe Quinn")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "07700 900123")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (found,) = customer_lists.alike(shop.desk, "zoe")
    assert found.phone == "07700 900123"
    assert page.table.current_id() == found.customer_id


def test_everything_about_a_customer_can_be_corrected(shop, page, dialog):
    customer_id = shop.customer("Ada Obi", worth="100", since_on=date(2019, 5, 24))
    button(detail(page), "Edit").click()
    box = dialog()
    for name, text in (("In letters", "Mrs Obi"), ("Town", "Whitby"), ("Likes", "Tea")):
        field(box, name).setText(text)
    button(box, "Save").click()
    view = customer_pages.view(shop.desk, customer_id)
    assert (view.greeting, view.town, view.likes) == ("Mrs Obi", "Whitby", "Tea")
    assert (view.worth_year_cents, view.since_on) == (10000, date(2019, 5, 24))
    assert "“Dear Mrs Obi” in letters" in said(detail(page))


def test_what_can_not_be_taken_is_told_beside_its_field_and_nothing_is_lost(session, shop, page):
    box = CustomerDialog(session, shop.customer("Ada Obi"), parent=page)
    field(box, "Worth a year").setText("a lot")
    field(box, "E-mail").setText("ada at home")
    field(box, "Customer since").setText("long ago")
    box.save_wanted.emit()
    assert box.since.error().startswith("That day can't be read.")
    field(box, "Customer since").setText("")
    box.save_wanted.emit()
    assert box.email.error()
    field(box, "E-mail").setText("")
    box.save_wanted.emit()
    assert box.worth.error()
    assert field(box, "Worth a year").text() == "a lot"


def test_a_phone_that_is_on_the_desk_already_is_told_but_does_not_stop(session, shop, page):
    shop.customer("Ada Obi", phone="07700 900123")
    box = CustomerDialog(session, parent=page)
    field(box, "Name").setText("A. Obi")
    field(box, "Phone").setText("07700900123")
    field(box, "Phone").editingFinished.emit()
    (known,) = box._doubles.findChildren(QAbstractButton)
    assert known.accessibleName() == "Ada Obi has this already. Is it them?"
    box.save_wanted.emit()
    assert len(customer_lists.ids(shop.desk)) == 2


def _all_texts(widget):
    return [one.text() for one in widget.findChildren(Text)]


def test_somebody_new_who_is_known_after_all_is_shown_instead(session, shop, page, qtbot):
    ada = shop.customer("Ada Obi", postcode="AB1 2CD")
    box = CustomerDialog(session, parent=page)
    field(box, "Name").setText("ada obi")
    field(box, "Postcode").setText("ab12cd")
    field(box, "Postcode").editingFinished.emit()
    (known,) = box._doubles.findChildren(QAbstractButton)
    assert "the same name and postcode" in known.accessibleName()
    with qtbot.waitSignal(box.saved) as saved:
        known.click()
    assert saved.args == [ada]


def test_two_that_share_a_number_can_be_merged_from_the_form(session, shop, page, qtbot):
    ada = shop.customer("Ada Obi", phone="07700 900123")
    twin = shop.customer("A. Obi")
    box = CustomerDialog(session, twin, parent=page)
    field(box, "Phone").setText("07700900123")
    field(box, "Phone").editingFinished.emit()
    (known,) = box._doubles.findChildren(QAbstractButton)
    known.click()
    (merging,) = box.findChildren(MergeCustomersDialog)
    with qtbot.waitSignal(box.saved) as saved:
        merging.save_wanted.emit()
    assert saved.args == [twin]
    assert customer_pages.view(shop.desk, ada).customer_id == twin


def test_the_page_offers_to_merge(page, shop):
    shop.customer("Ada Obi")
    page.refresh()
    page._merge()
    (merging,) = page.findChildren(MergeCustomersDialog)
    assert merging.isVisible()
    merging.merged.emit(page._shown)


def test_how_they_want_to_be_reached_is_written_down_in_one_change(session, shop, page):
    box = CustomerDialog(session, parent=page)
    field(box, "Name").setText("Ada Obi")
    box._way.choose("email")
    box._best_time.setText("after 5")
    box._alone.setChecked(True)
    assert not box.alone_why.isHidden()
    box._alone_why.setText("by letter")
    box.save_wanted.emit()
    (ada,) = customer_lists.alike(shop.desk, "Ada")
    view = customer_pages.view(shop.desk, ada.customer_id)
    assert (view.preferred_way, view.best_time) == (Way.EMAIL, "after 5")
    assert (view.do_not_contact, view.do_not_contact_why) == (True, "by letter")
    again = CustomerDialog(session, ada.customer_id, parent=page)
    assert (again._way.key(), again._best_time.text()) == ("email", "after 5")
    assert again._alone.isChecked()
    shop.desk.undo()
    assert customer_lists.alike(shop.desk, "Ada") == ()


def test_when_to_get_in_touch_is_written_down_and_shown(session, shop, page):
    customer_id = shop.customer("Ada Obi")
    box = CustomerDialog(session, customer_id, parent=page)
    box._ideal.setText("a month")
    box.save_wanted.emit()
    assert box.ideal.error() == "Write a number of days, such as 90."
    box._ideal.setText("30")
    box.save_wanted.emit()
    assert box.latest.error() == "After how many days is it too late?"
    box._latest.setText("60")
    box.save_wanted.emit()
    view = customer_pages.view(shop.desk, customer_id)
    assert (view.touch_ideal_days, view.touch_latest_days) == (30, 60)
    again = CustomerDialog(session, customer_id, parent=page)
    assert (again._ideal.text(), again._latest.text()) == ("30", "60")
    told = "Get in touch by Wed 1 Apr, at the latest Fri 1 May (no contact yet)"
    assert told in said(detail(page))
    shop.desk.undo()
    assert customer_pages.view(shop.desk, customer_id).touch_ideal_days is None


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (0, "Get in touch by Wed 1 Apr, at the latest Fri 1 May (last contact Mon 2 Mar)"),
        (40, "Get in touch: due since Wed 1 Apr, late after Fri 1 May (last contact Mon 2 Mar)"),
        (70, "Get in touch: late since Fri 1 May (last contact Mon 2 Mar)"),
    ],
)
def test_how_pressing_it_is_to_get_in_touch_stands_in_words(shop, page, passed, told):
    case_id = shop.case(name="Ada Obi")
    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now)
    touches.set_gaps(shop.desk, shop.view(case_id).customer_id, 30, 60, now=shop.now)
    shop.later(days=passed)
    page.refresh()
    assert told in said(detail(page))


def test_nothing_presses_while_they_want_to_be_left_alone(shop, page):
    customer_id = shop.customer("Ada Obi")
    touches.set_gaps(shop.desk, customer_id, 30, 60, now=shop.now)
    preferences.leave_alone(shop.desk, customer_id, asked=True, now=shop.now)
    assert "Nothing is planned while they want to be left alone." in said(detail(page))


def test_the_meter_counts_and_leads_to_the_twelve_ways(shop, page):
    case_id = shop.case(name="Ada Obi")
    customer_id = shop.view(case_id).customer_id
    thumb = "A rule of thumb: about twelve make up for one bad one."
    assert f"No good experience written down so far. {thumb}" in said(detail(page))
    button(detail(page), "Add an experience").click()
    (adding,) = page.findChildren(GoodExperienceDialog)
    adding._words.setText("She smiled")
    adding.save_wanted.emit()
    assert f"1 good experience since. {thumb}" in said(detail(page))
    second_chances.add(shop.desk, customer_id, "Late again", now=shop.now, negative=True)
    assert f"What went wrong again takes away what went well. {thumb}" in said(detail(page))
    button(detail(page), "The twelve ways").click()
    assert page.findChild(SecondChanceDialog).isVisible()


def test_without_a_case_there_is_nothing_to_count_since(shop, page):
    customer_id = shop.customer("Ada Obi")
    for way in GoodWay:
        second_chances.add(shop.desk, customer_id, "Well", way, now=shop.now)
    words = " ".join(said(detail(page)))
    assert "12 good experiences so far." in words
    assert "Still to go" not in words


def test_gifts_are_planned_and_given_from_the_page(shop, page):
    customer_id = shop.customer("Ada Obi")
    nothing = "Months later nobody expects one, and so it is remembered."
    assert nothing in said(detail(page))
    button(detail(page), "Plan or give a gift").click()
    (planning,) = page.findChildren(GiftDialog)
    planning._occasion.setText("A year with us")
    planning._budget.setText("15")
    planning.save_wanted.emit()
    row = button(detail(page), "A year with us")
    assert row.accessibleDescription() == "planned for Tue 2 Jun, £15.00, at the most"
    row.click()
    giving = page.findChildren(GiftDialog)[-1]
    giving._words.setText("A jug")
    giving._cost.setText("8")
    giving.save_wanted.emit()
    assert "A jug" in said(detail(page))
    for n in range(3):
        entry = GiftEntry(words=f"Jug {n}", cost_cents=1)
        gifts.give_gift(shop.desk, customer_id, entry, now=shop.now)
    assert "and 1 earlier gift" in said(detail(page))
