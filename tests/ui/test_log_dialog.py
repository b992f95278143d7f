import time
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCompleter,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from recoverydesk.domain.case import Channel, Severity
from recoverydesk.services import causes, customer_lists
from recoverydesk.storage.tables import Case
from recoverydesk.topics import Topic
from ui.dialogs.log_customer import LogCustomerDialog
from ui.dialogs.log_customer.promise import promise_words
from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier
POPUP = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
"""Qt's offscreen screen says so of every pop-up."""
TYPED_IN = (QLineEdit, QPlainTextEdit, QAbstractButton)


class Logging:
    """The dialog, driven by what an owner sees of it."""

    def __init__(self, dialog, shop, qtbot):
        self.dialog, self.shop, self.qtbot = dialog, shop, qtbot
        self.logged = []
        dialog.logged.connect(self.logged.append)

    def control(self, name):
        return next(
            one
            for one in self.dialog.findChildren(QWidget)
            if isinstance(one, TYPED_IN) and one.accessibleName() == name
        )

    def field(self, name):
        """A line to type in: there is a pill of the same name."""
        lines = self.dialog.findChildren(QLineEdit)
        return next(one for one in lines if one.accessibleName() == name)

    def type(self, name, text):
        self.control(name).setFocus()
        if text.isascii():
            self.qtbot.keyClicks(self.control(name), text)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(self.control(name), composed)

    def who(self, text):
        self.type("Who is it?", text)
        self.press(Qt.Key.Key_Return)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.dialog.focusWidget(), key, modifier)

    def click(self, name):
        self.qtbot.mouseClick(self.control(name), Qt.MouseButton.LeftButton)

    def save(self):
        self.press(Qt.Key.Key_Return, CTRL)

    def says(self, words):
        # What was put into a layout just now shows itself a moment later.
        QApplication.processEvents()
        return any(
            words in label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible()
        )

    def focus(self):
        return self.dialog.focusWidget().accessibleName()

    def case(self):
        return self.shop.view(self.logged[-1])


@pytest.fixture
def log(shop, shown, qtbot):
    sessions = []

    def open_it(customer_id=None):
        session = Session(shop.desk, clock=lambda: shop.now)
        sessions.append(session)
        dialog = LogCustomerDialog(session, customer_id, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return Logging(dialog, shop, qtbot)

    yield open_it
    for session in sessions:
        session.changes.stop()


def test_a_case_is_logged_by_keyboard_alone(log, qtbot):
    log = log()
    qtbot.keyClicks(log.dialog.focusWidget(), "Noor Haddad")
    log.press(Qt.Key.Key_Return)
    log.press(Qt.Key.Key_Tab)
    qtbot.keyClicks(log.dialog.focusWidget(), "The lamp hums.")
    log.save()
    case = log.case()
    assert (case.customer, case.words) == ("Noor Haddad", "The lamp hums.")
    assert (case.channel, case.severity) == (Channel.IN_PERSON, Severity.UPSET)
    assert not log.dialog.isVisible()


def test_enter_picks_the_customer_that_is_marked(log, shop):
    ada = shop.customer("Ada Obi", phone="07700 900 123")
    log = log()
    log.who("ada obi")
    log.type("What happened?", "The lamp hums.")
    log.save()
    assert log.case().customer_id == ada


@POPUP
def test_the_list_offers_what_was_typed_first_and_who_it_may_be_below(log, shop, qtbot):
    shop.customer("Ada Obi", phone="07700 900 123")
    log = log()
    log.type("Who is it?", "ad")
    popup = log.dialog.findChild(QCompleter).popup()
    qtbot.waitUntil(popup.isVisible)
    rows = [popup.model().index(place, 0).data() for place in range(popup.model().rowCount())]
    assert rows == ["Add “ad” as new", "Ada Obi"]
    assert popup.currentIndex().row() == 0


@POPUP
def test_somebody_new_may_bear_the_beginning_of_a_known_name(log, shop, qtbot):
    shop.customer("Ada Obi")
    log = log()
    log.type("Who is it?", "Ada")
    popup = log.dialog.findChild(QCompleter).popup()
    qtbot.waitUntil(popup.isVisible)
    log.press(Qt.Key.Key_Return)
    log.type("What happened?", "The lamp hums.")
    log.save()
    assert log.case().customer == "Ada"


@POPUP
@pytest.mark.parametrize(("row", "name"), [(0, "Ada"), (1, "Ada Obi")])
def test_enter_in_the_open_list_takes_its_row_and_goes_on(log, shop, qtbot, row, name):
    shop.customer("Ada Obi")
    log = log()
    log.type("Who is it?", "Ada")
    popup = log.dialog.findChild(QCompleter).popup()
    qtbot.waitUntil(popup.isVisible)
    for _ in range(row):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert log.control("Who is it?").text() == name
    assert log.focus() == "In person"


@POPUP
def test_add_as_new_makes_a_second_customer_of_one_name(log, shop, qtbot):
    ada = shop.customer("Ada Obi")
    log = log()
    log.type("Who is it?", "Ada Obi")
    popup = log.dialog.findChild(QCompleter).popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    # Going back into the line and out of it once more changes nothing.
    log.control("Who is it?").setFocus()
    log.press(Qt.Key.Key_Tab)
    assert log.field("Phone").isVisible()
    log.type("What happened?", "The lamp hums.")
    log.save()
    assert log.case().customer == "Ada Obi"
    assert log.case().customer_id != ada


def finish(log):
    log.type("What happened?", "The lamp hums.")
    log.save()
    return log.case()


def test_enter_at_once_takes_the_exact_spelling_and_never_its_twin(log, shop):
    shop.customer("Anna Mueller")
    twin = log()
    twin.who("Anna Müller")
    anna = finish(twin)
    assert anna.customer == "Anna Müller"
    same = log()
    same.who("anna müller")
    assert finish(same).customer_id == anna.customer_id


@POPUP
def test_enter_in_the_open_list_takes_the_exact_spelling_and_never_its_twin(log, shop, qtbot):
    shop.customer("Anna Mueller")
    log = log()
    log.type("Who is it?", "Anna Müller")
    popup = log.dialog.findChild(QCompleter).popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert finish(log).customer == "Anna Müller"


@pytest.mark.parametrize("leave", [Qt.Key.Key_Tab, None])
def test_a_name_left_or_saved_at_once_is_never_its_twin(log, shop, leave):
    mueller = shop.customer("Anna Mueller")
    for _again in range(2):
        one = log()
        one.field("Who is it?").setFocus()
        one.control("What happened?").setPlainText("The lamp hums.")
        one.type("Who is it?", "Anna Müller")
        if leave:
            one.press(leave)
        one.save()
        assert one.case().customer == "Anna Müller"
        assert one.case().customer_id != mueller
    # The second time it was the same Anna Müller.
    assert len(customer_lists.alike(shop.desk, "Anna Müller")) == 2


@pytest.mark.parametrize("typed", ["0123", "07700 900 123", "ada@example.org"])
def test_the_only_one_with_a_number_or_address_is_meant_by_it(log, shop, typed):
    ada = shop.customer("Ada Obi", phone="07700 900 123", email="Ada@example.org")
    log = log()
    log.who(typed)
    assert finish(log).customer_id == ada


def test_the_beginning_of_an_address_is_nobody_yet(log, shop):
    shop.customer("Ada Obi", email="ada@example.org")
    log = log()
    log.who("ada@example.o")
    assert log.field("Phone").isVisible()


def test_an_error_goes_while_the_words_are_mended(log):
    log = log()
    log.who("Noor Haddad")
    log.save()
    assert log.says("Write down what happened")
    log.type("What happened?", "T")
    assert not log.says("Write down what happened")


@pytest.fixture
def german():
    before = QLocale()
    yield lambda: QLocale.setDefault(QLocale("de_DE"))
    QLocale.setDefault(before)


def test_the_day_it_happened_is_read_as_germans_write_it(log, german):
    log = log()
    german()
    log.who("Noor Haddad")
    log.click("More")
    log.type("When did it happen?", "27.2.")
    case = finish(log)
    assert case.occurred_on.isoformat() == "2026-02-27"


def test_phone_and_e_mail_are_asked_only_of_somebody_new(log, shop):
    shop.customer("Ada Obi")
    log = log()
    log.who("Ada Obi")
    assert not log.field("Phone").isVisible()
    log.click("Clear")
    log.who("Noor Haddad")
    assert log.field("Phone").isVisible()
    log.field("Phone").setText("07700 900 555")
    log.type("What happened?", "The lamp hums.")
    log.save()
    assert log.case().phone == "07700 900 555"


def test_somebody_whose_number_is_known_is_offered_and_nobody_insists(log, shop):
    ada = shop.customer("Ada Obi", phone="07700 900 123")
    log = log()
    log.who("Ada Brown")
    log.field("Phone").setFocus()
    log.qtbot.keyClicks(log.field("Phone"), "07700900123")
    log.press(Qt.Key.Key_Tab)
    log.click("Ada Obi has this already. Is it them?")
    assert log.field("Who is it?").text() == "Ada Obi"
    log.type("What happened?", "The lamp hums.")
    log.save()
    assert log.case().customer_id == ada


def test_whoever_types_on_after_the_name_tells_what_happened(log, qtbot):
    log = log()
    log.who("Noor Haddad")
    qtbot.keyClick(log.dialog.focusWidget(), Qt.Key.Key_T)
    qtbot.keyClicks(log.dialog.focusWidget(), "he lamp hums.")
    log.save()
    assert log.case().words.lower() == "the lamp hums."


def test_a_name_left_by_tab_is_taken_as_the_customer_who_bears_it(log, shop):
    ada = shop.customer("Ada Obi", worth="480")
    log = log()
    log.type("Who is it?", "ada obi")
    log.press(Qt.Key.Key_Tab)
    assert log.control("Worth a year").text() == "480"
    log.type("What happened?", "The lamp hums.")
    log.save()
    assert log.case().customer_id == ada


def test_the_side_shows_what_happened_with_them_before(log, shop):
    shop.case(name="Ada Obi", words="The kettle leaks.")
    log = log()
    assert log.says("Pick a customer")
    log.who("Ada Obi")
    assert log.says("Ada before")
    assert log.says("The kettle leaks.")
    log.click("Clear")
    assert log.says("Pick a customer")
    assert not log.says("Ada before")


def test_what_others_went_through_is_shown_while_one_types(log, shop):
    case_id = shop.case(name="Ben Ray", words="The kettle leaks at the handle.")
    cause = causes.add(shop.desk, "Handles come loose")
    with shop.desk.changing(Topic.CASES, "Set the cause"):
        Case.update(cause=cause).where(Case.id == case_id).execute()
    log = log()
    log.dialog._words.type("My kettle has a loose handle and it leaks.")
    log.qtbot.waitUntil(lambda: log.says("The kettle leaks at the handle."))
    assert log.says("1 case of “Handles come loose” within a year")
    log.dialog._alike._same.click()
    assert log.dialog._intake().cause_id == cause
    log.dialog._alike.leave_out(shop.view(case_id).customer_id)
    assert not log.says("The kettle leaks at the handle.")
    log.dialog._words._area.set_text("")
    log.dialog._alike.look()
    assert log.dialog._alike.isHidden()


def test_goodwill_given_before_is_shown_against_what_they_spend(log, shop):
    case_id = shop.case(name="Ada Obi", worth="500")
    shop.voucher(case_id=case_id, value_cents=3500)
    log = log()
    log.who("Ada Obi")
    assert log.says("£35 given")
    assert log.says("of £500 they spend a year")


def test_a_dialog_opened_from_a_customer_shows_them_and_asks_what_happened(log, shop):
    ada = shop.customer("Ada Obi")
    log = log(ada)
    assert log.control("Who is it?").text() == "Ada Obi"
    assert log.focus() == "What happened?"


def test_arrow_keys_choose_how_upset_they_are_and_the_promise_follows(log):
    log = log()
    assert log.says("Promise: first contact by 14:00, four hours from now")
    log.control("Upset").setFocus()
    log.press(Qt.Key.Key_Right)
    assert log.says("Promise: first contact by 12:00, two hours from now")
    log.who("Noor Haddad")
    log.type("What happened?", "The lamp hums.")
    log.save()
    assert log.case().severity is Severity.ABOUT_TO_LEAVE


def test_a_promise_past_closing_time_names_the_day():
    now = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    due = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    words = promise_words(due, 4, now=now)
    assert words == "Promise: first contact by Tue 3 Mar, 12:00, within four opening hours"


def test_a_review_asks_for_site_stars_and_link(log):
    log = log()
    log.who("Noor Haddad")
    assert not log.control("Which site?").isVisible()
    log.click("Web review")
    log.type("Which site?", "Mapsy")
    log.type("Link", "https://mapsy.example/1")
    log.type("What happened?", "The lamp hums.")
    log.save()
    case = log.case()
    assert (case.channel, case.review_site) == (Channel.REVIEW, "Mapsy")
    assert (case.review_stars, case.review_link) == (None, "https://mapsy.example/1")


def test_the_rarer_ways_of_hearing_are_behind_one_button(log):
    log = log()
    log.who("Noor Haddad")
    assert not log.control("Returned goods").isVisible()
    log.click("More ways")
    assert log.control("In person").isChecked()
    log.click("Returned goods")
    log.type("What happened?", "The lamp hums.")
    log.save()
    assert log.case().channel is Channel.RETURNED_GOODS


def test_arrow_keys_reach_the_rarer_ways_as_well(log):
    log = log()
    log.control("In person").setFocus()
    log.press(Qt.Key.Key_Down)
    assert log.focus() == "Letter"
    assert log.control("Letter").isChecked()


def test_what_would_make_it_right_opens_the_negotiation(log):
    log = log()
    log.who("Noor Haddad")
    log.type("What happened?", "The lamp hums.")
    log.type("What would make it right for them?", "A new lamp")
    log.save()
    assert [line.words for line in log.case().negotiation] == ["A new lamp"]


def test_it_can_be_noted_that_they_did_not_say(log):
    log = log()
    log.who("Noor Haddad")
    log.type("What happened?", "The lamp hums.")
    log.click("They did not say")
    log.save()
    assert [line.said for line in log.case().negotiation] == [False]


def test_more_holds_the_day_the_feeling_and_who_was_hurt(log):
    log = log()
    log.who("Noor Haddad")
    log.type("What happened?", "The lamp hums.")
    log.click("Somebody was hurt, or could be")
    log.click("More")
    assert log.focus() == "When did it happen?"
    log.type("When did it happen?", "2026-02-27")
    log.type("How did they feel about it?", "let down")
    log.save()
    case = log.case()
    assert case.occurred_on.isoformat() == "2026-02-27"
    assert (case.feeling, case.safety_flag) == ("let down", True)


def test_a_refusal_is_shown_beside_the_field_and_nothing_typed_is_lost(log):
    log = log()
    log.who("Noor Haddad")
    log.type("Worth a year", "a lot")
    log.type("What happened?", "The lamp hums.")
    log.save()
    assert log.dialog.isVisible()
    assert log.logged == []
    assert log.focus() == "Worth a year"
    assert log.control("What happened?").toPlainText() == "The lamp hums."
    log.control("Worth a year").setText("480")
    log.save()
    assert log.case().worth_year_cents == 48_000


def test_a_day_that_cannot_be_read_is_pointed_out_even_when_folded_away(log):
    log = log()
    log.who("Noor Haddad")
    log.type("What happened?", "The lamp hums.")
    log.click("More")
    log.type("When did it happen?", "last spring")
    log.click("Less")
    log.save()
    assert log.says("That day can't be read.")
    assert log.control("When did it happen?").isVisible()
    assert log.focus() == "When did it happen?"


def test_a_case_without_a_story_is_refused_in_plain_words(log):
    log = log()
    log.who("Noor Haddad")
    log.save()
    assert log.says("Write down what happened, in their own words if you can.")
    assert log.focus() == "What happened?"


def test_a_count_appears_where_room_for_words_gets_short(log):
    log = log()
    log.control("What happened?").setPlainText("x" * 9_000)
    assert not log.says("of 10,000 characters")
    log.control("What happened?").setPlainText("x" * 9_001)
    assert log.says("9,001 of 10,000 characters")


def test_escape_closes_at_once_where_nothing_was_typed(log):
    log = log()
    log.press(Qt.Key.Key_Escape)
    assert not log.dialog.isVisible()


def test_escape_asks_where_words_would_be_lost(log):
    log = log()
    log.type("What happened?", "The lamp hums.")
    log.press(Qt.Key.Key_Escape)
    assert log.dialog.isVisible()
    box = log.dialog.findChild(QMessageBox)
    assert box.text() == "Close without saving?"
    box.close()


def test_mark_up_in_a_name_stays_words(log):
    log = log()
    log.who("<b>Noor</b>")
    log.type("What happened?", "The <i>lamp</i> hums.")
    log.save()
    assert log.case().customer == "<b>Noor</b>"
    assert log.case().words == "The <i>lamp</i> hums."


def test_saving_takes_no_longer_than_a_blink(log):
    log = log()
    log.who("Noor Haddad")
    log.type("What happened?", "The lamp hums.")
    start = time.perf_counter()
    log.dialog.save_wanted.emit()
    assert time.perf_counter() - start < 0.1
    assert log.logged


def test_the_desk_has_one_customer_after_two_cases_of_the_same_name(log, shop):
    for words in ("The lamp hums.", "The lamp hums again."):
        one = log()
        one.who("Noor Haddad")
        one.type("What happened?", words)
        one.save()
    assert len(customer_lists.alike(shop.desk, "Noor")) == 1


def test_every_control_that_can_be_reached_has_a_name(log):
    log = log()
    log.click("More")
    reached = [
        one
        for one in log.dialog.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert reached
    assert [one for one in reached if not one.accessibleName()] == []


def told_by(log, words):
    button = log.control("Tell them in another way")
    action = next(one for one in button.menu().actions() if words in one.text().replace("&", ""))
    action.trigger()


def test_they_can_be_told_in_person_in_one_change(log, shop):
    log = log()
    log.who("Ada Obi")
    log.type("What happened?", "The kettle leaks.")
    told_by(log, "told in person")
    view = log.case()
    assert len(view.contacts) == len(view.promises) == 1
    shop.desk.undo()
    assert shop.desk.last_undoable() is None or "Log R-" not in shop.desk.last_undoable().words


def test_an_e_mail_that_says_so_is_asked_for(log):
    log = log()
    log.who("Ada Obi")
    log.type("What happened?", "The kettle leaks.")
    with log.qtbot.waitSignal(log.dialog.mail_wanted) as wanted:
        told_by(log, "e-mail that we have it")
    assert wanted.args == log.logged
