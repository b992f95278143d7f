"""By when they hear again: typed with a contact, said in between, seen on the case and on Learn."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from recoverydesk.domain.contact import Way
from recoverydesk.domain.promise import PromiseState
from recoverydesk.services import cases, contacts, customers
from recoverydesk.services.cases import Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.promises import PromiseTally
from ui.dialogs.log_contact import LogContactDialog
from ui.dialogs.still_on_it import StillOnItDialog
from ui.pages.case.notices import OwedBanner
from ui.pages.learn import LearnPage, promise_words
from ui.widgets.layouts import column


@pytest.fixture
def case_id(shop):
    case_id = shop.case(name="Ada Obi", email="ada@example.org")
    contacts.log(shop.desk, case_id, ContactEntry(words="Rang."), now=shop.now)
    story = Story("It leaks.", "It leaks.", agreed=True)
    cases.tell(shop.desk, case_id, story, now=shop.now)
    cases.apologise(shop.desk, case_id, now=shop.now)
    return case_id


@pytest.fixture
def opened(session, shown, qtbot, case_id):
    def make(kind):
        dialog = kind(session, case_id, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return make


def said(widget):
    return [one.text() for one in widget.findChildren(QLabel) if not one.isHidden()]


def press(widget, name):
    buttons = widget.findChildren(QAbstractButton)
    next(one for one in buttons if one.accessibleName().replace("&", "") == name).click()


def test_a_contact_can_promise_the_next_word(opened, shop, case_id):
    dialog = opened(LogContactDialog)
    dialog._next.day.edit.setText("2026-03-05")
    dialog._next.hour.setText("16:30")
    dialog._log()
    assert not dialog.isVisible()
    (promise,) = shop.view(case_id).promises
    assert f"{promise.promised_at:%Y-%m-%d %H:%M}" == "2026-03-05 16:30"


def test_without_an_hour_it_is_the_closing_time_of_that_day(opened, shop, case_id, session):
    dialog = opened(LogContactDialog)
    dialog._next.day.edit.setText("2026-03-05")
    dialog._log()
    (promise,) = shop.view(case_id).promises
    assert promise.promised_at == session.shop.hours.closes_at(promise.promised_at.date())


@pytest.mark.parametrize(
    ("day", "hour", "says"),
    [
        ("", "16:30", "Which day?"),
        ("soon", "", "Which day?"),
        ("2026-03-05", "late", "That time can't be read."),
        ("2026-03-01", "10:00", "That moment is over."),
    ],
)
def test_what_cannot_be_promised_is_said_beside_it(opened, shop, case_id, day, hour, says):
    dialog = opened(LogContactDialog)
    dialog._next.day.edit.setText(day)
    dialog._next.hour.setText(hour)
    before = len(shop.view(case_id).contacts)
    dialog._log()
    assert dialog.isVisible()
    assert any(says in words for words in said(dialog))
    assert len(shop.view(case_id).contacts) == before
    dialog.forget_changes()


def test_still_on_it_is_one_press(opened, shop, case_id, qtbot):
    dialog = opened(StillOnItDialog)
    assert "Hello Ada, I am still working on it." in dialog._words.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    view = shop.view(case_id)
    assert (view.contacts[0].way, view.contacts[0].words[:9]) == (Way.EMAIL, "Hello Ada")
    assert view.promises[0].state(shop.now) is PromiseState.OPEN


def test_the_sentence_follows_the_day_until_it_is_ones_own(opened):
    dialog = opened(StillOnItDialog)
    dialog._next.day.edit.setText("2026-03-06")
    assert "Friday 6 March 2026" in dialog._words.text()
    dialog._next.day.edit.setText("nonsense")
    assert "Friday 6 March 2026" in dialog._words.text()
    dialog._words.set_text("In my own words.")
    dialog._next.day.edit.setText("2026-03-09")
    assert dialog._words.text() == "In my own words."
    press(dialog, "Copy the words")
    assert QApplication.clipboard().text() == "In my own words."
    dialog._next.day.edit.setText("")
    dialog._next.hour.setText("")
    dialog._log()
    assert any("By when do they hear" in words for words in said(dialog))
    dialog.forget_changes()


def test_the_case_says_who_is_owed_a_word(session, shown, shop, case_id):
    holder = QWidget()
    banner = OwedBanner(session)
    holder.setLayout(column(banner))
    shown(holder)
    banner.show_case(shop.view(case_id))
    assert banner.isHidden()
    shop.later(days=7)
    banner.show_case(shop.view(case_id))
    assert any(words.startswith("Ada has heard nothing for") for words in said(banner))
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    banner.show_case(shop.view(case_id))
    assert banner.isHidden()


def test_a_promise_stands_in_the_conversation_and_a_broken_one_above_it(case_page, shop, case_id):
    by = shop.now.replace(hour=17)
    entry = ContactEntry(words="Rang.")
    contacts.log(shop.desk, case_id, entry, now=shop.now, next_word_by=by)
    page = case_page(case_id, "talk", width=1100)
    assert any("Call Ada, as you promised, by" in words for words in said(page.talk))
    shop.later(days=1)
    page.show_case(case_id, "talk")
    assert any(words.startswith("Ada was promised a word by") for words in said(page))


def test_a_customer_who_reads_german_gets_the_sentence_in_german(opened, shop, case_id):
    whose = shop.view(case_id).customer_id
    customers.change(shop.desk, whose, CustomerEntry("Ada Obi", language="de"))
    assert opened(StillOnItDialog)._words.text().startswith("Guten Tag, Ada")


def test_learn_says_how_promises_went(session, shown, shop, case_id):
    page = LearnPage(session)
    shown(page)
    page.refresh()
    assert page._kept.isHidden()
    until = shop.now.replace(hour=17)
    contacts.log(shop.desk, case_id, ContactEntry(words="x"), now=shop.now, next_word_by=until)
    contacts.log(shop.desk, case_id, ContactEntry(words="y"), now=shop.now)
    page.refresh()
    assert page._promises.text() == "Promises kept in time: 1 of 1."
    assert promise_words(PromiseTally(18, 1, 2)) == (
        "Promises kept in time: 18 of 21 (86 %). 1 was kept late. 2 were broken."
    )
