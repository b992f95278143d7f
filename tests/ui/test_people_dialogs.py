"""Who is at the counter, by key and PIN; and the owner's word where staff would pass a limit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from recoverydesk.domain import pin as pins
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.services import (
    approvals,
    limits,
    people,
    voucher_rules,
    voucher_views,
)
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.storage.tables import Remedy
from tests.reading import text_of
from tests.storage.filling import dump
from ui import printing
from ui.dialogs.approval import ApprovalDialog
from ui.dialogs.gift import GiftDialog
from ui.dialogs.give_remedy import GiveRemedyDialog
from ui.dialogs.giving_rules import GivingRulesDialog
from ui.dialogs.offer import OfferDialog
from ui.dialogs.people import PeopleDialog, PersonDialog
from ui.dialogs.pin import OwnersWordDialog, PinDialog
from ui.dialogs.who import WhoDialog
from ui.main_window import MainWindow
from ui.pages.staff import StaffView
from ui.pages.today import TodayPage
from ui.widgets.link_rows import LinkRow
from ui.widgets.page import Place

OWNER = 1


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(pins, "_COST", (2**4, 8, 1))
    people._WRONG.clear()


@pytest.fixture
def ground(shown):
    return shown(QWidget(), 1200, 760)


@pytest.fixture
def opened(session, ground):
    def make(dialog, *about, **more):
        made = dialog(session, *about, parent=ground, **more)
        made.open()
        QApplication.processEvents()
        return made

    return make


@pytest.fixture
def kim(shop):
    limits.set_rules(shop.desk, staff_limit_cents=2_000, budget_cents=None, refund_days=7)
    return people.add(shop.desk, "Kim")


@pytest.fixture
def at_counter(shop, kim):
    people.sign_in(shop.desk, kim, "", now=shop.now)
    return kim


def child(dialog, kind):
    QApplication.processEvents()
    return next(one for one in dialog.findChildren(kind) if one.isVisible())


def lines(dialog):
    QApplication.processEvents()
    return [one for one in dialog.findChildren(LinkRow) if not one.isHidden()]


# Switching


def test_a_number_says_who_it_is_and_a_pin_is_asked_where_there_is_one(shop, opened, kim):
    people.set_pin(shop.desk, OWNER, "1234")
    who = opened(WhoDialog)
    QTest.keyClick(who, Qt.Key.Key_2)
    assert not who.isVisible()
    assert people.at_the_counter(shop.desk).person_id == kim
    who = opened(WhoDialog)
    QTest.keyClick(who, Qt.Key.Key_1)
    asked = child(who, PinDialog)
    assert asked._pin.echoMode() is QLineEdit.EchoMode.Password
    asked._pin.setText("9999")
    QTest.keyClick(asked._pin, Qt.Key.Key_Return)
    assert "isn't Mia Ray's PIN" in asked.pin.error()
    asked._pin.setText("1234")
    QTest.keyClick(asked._pin, Qt.Key.Key_Return)
    assert people.is_owner(shop.desk)
    assert not who.isVisible()


def test_a_forgotten_pin_goes_by_the_code_that_was_written_down(shop, opened, kim):
    code = people.set_pin(shop.desk, OWNER, "1234")
    people.sign_in(shop.desk, kim, "", now=shop.now)
    asked = opened(PinDialog, people.everybody(shop.desk)[0])
    asked._forgot.click()
    asked._code.setText("ABCD")
    asked.save_button.click()
    assert "isn't the code" in asked.way_back.error()
    asked._code.setText(code)
    asked.save_button.click()
    assert people.is_owner(shop.desk)
    assert not people.everybody(shop.desk)[0].has_pin
    assert not asked.would_lose_text()


@pytest.mark.usefixtures("kim")
def test_at_the_start_nothing_goes_on_until_somebody_has_signed_in(shop, opened):
    people.set_pin(shop.desk, OWNER, "1234")
    who = opened(WhoDialog, must=True)
    who.reject()
    who.close()
    assert who.isVisible()
    QTest.keyClick(who, Qt.Key.Key_9)
    assert who.isVisible()
    lines(who)[1].click()
    assert not who.isVisible()


@pytest.mark.usefixtures("kim")
def test_the_window_asks_at_the_start_and_names_who_is_here(shop, session, shown, qtbot):
    people.set_pin(shop.desk, OWNER, "1234")
    shop.desk.person_id = None

    def no_other(_path):
        raise AssertionError("no other desk is wanted")

    window = shown(MainWindow(session, no_other), 1366, 768)
    who = child(window, WhoDialog)
    QTest.keyClick(who, Qt.Key.Key_2)
    assert window.rail.person.accessibleName() == "Kim"
    assert window.rail.person.isVisible()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert child(window, WhoDialog).isVisible()
    window.close()


@pytest.mark.usefixtures("kim")
def test_who_can_not_sign_in_at_the_start_can_still_leave(shop, session, shown):
    people.set_pin(shop.desk, OWNER, "1234")
    shop.desk.person_id = None

    def no_other(_path):
        raise AssertionError("no other desk is wanted")

    window = shown(MainWindow(session, no_other), 1366, 768)
    who = child(window, WhoDialog)
    next(one for one in who.findChildren(QWidget) if one.accessibleName() == "Quit").click()
    assert not who.isVisible()
    assert not window.isVisible()
    assert shop.desk.person_id is None


def test_whoever_works_alone_never_sees_it(session, shown):
    def no_other(_path):
        raise AssertionError("no other desk is wanted")

    window = shown(MainWindow(session, no_other), 1366, 768)
    assert not window.rail.person.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F9)
    QApplication.processEvents()
    assert not [one for one in window.findChildren(WhoDialog) if one.isVisible()]
    window.close()


# People


def test_people_are_added_changed_and_leave(shop, opened):
    dialog = opened(PeopleDialog)
    dialog._add_one()
    assert dialog.name.error()
    dialog._name.setText("Kim")
    QTest.keyClick(dialog._name, Qt.Key.Key_Return)
    assert [one.accessibleName() for one in lines(dialog)] == ["Mia Ray", "Kim"]
    lines(dialog)[1].click()
    one = child(dialog, PersonDialog)
    one._name.setText("Kim Lee")
    one._limit.setText("x")
    one.save_button.click()
    assert one.limit.error()
    one._limit.setText("25")
    one.save_button.click()
    view = people.everybody(shop.desk)[1]
    assert (view.name, view.limit_cents) == ("Kim Lee", 2_500)
    assert "up to £25 alone" in lines(dialog)[1].accessibleDescription()
    lines(dialog)[1].click()
    child(dialog, PersonDialog)._leave.click()
    assert "Doesn't work here any more" in lines(dialog)[-1].accessibleDescription()


def test_a_pin_is_set_and_its_way_back_is_shown_once(shop, opened):
    one = opened(PersonDialog, people.everybody(shop.desk)[0])
    one._pin.setText("12")
    one._set.click()
    assert "four to twelve" in one.pin.error().lower() or "4 to 12" in one.pin.error()
    one._pin.setText("1234")
    one._set.click()
    assert len(one.code()) == len("ABCD-EFGH-JKMN")
    assert one._pin.text() == ""
    assert people.everybody(shop.desk)[0].has_pin
    one._clear.click()
    assert not people.everybody(shop.desk)[0].has_pin
    one._role.cards()[1].click()
    one.save_button.click()
    assert one.isVisible()  # the shop needs an owner


@pytest.mark.usefixtures("at_counter")
def test_staff_see_who_works_here_and_change_nothing_but_their_own_pin(shop, opened):
    dialog = opened(PeopleDialog)
    assert not dialog.name.isVisible()
    owner, own = lines(dialog)
    assert not owner.isEnabled()
    own.click()
    one = child(dialog, PersonDialog)
    for hidden in (one.name, one.limit, one._role, one._leave, one.save_button):
        assert not hidden.isVisible()
    one._pin.setText("1234")
    one._set.click()
    assert one.code()
    assert people.everybody(shop.desk)[1].has_pin


@pytest.mark.usefixtures("kim")
def test_a_limit_that_is_typed_and_not_saved_is_asked_after(opened, shop):
    one = opened(PersonDialog, people.everybody(shop.desk)[1])
    assert not one.would_lose_text()
    one._limit.setText("25")
    assert one.would_lose_text()
    one._limit.setText("")
    assert not one.would_lose_text()


# The owner's word


def agree(dialog, words, value):
    dialog._theirs.setChecked(True)
    dialog._words.setText(words)
    dialog._value.setText(value)
    dialog.save_button.click()


def test_what_passes_the_limit_takes_the_owners_pin(shop, opened, at_counter):
    with shop.desk.changing(people.Topic.SHOP, "A PIN"):
        people.Person.update(pin=pins.hashed("1234")).where(people.Person.id == OWNER).execute()
    case_id = shop.case()
    dialog = opened(OfferDialog, case_id)
    agree(dialog, "The money back", "50")
    word = child(dialog, OwnersWordDialog)
    word._pin.setText("9999")
    word.save_button.click()
    assert word.pin.error()
    word._pin.setText("1234")
    word.save_button.click()
    assert not dialog.isVisible()
    with shop.desk.reading():
        row = Remedy.get()
        assert (row.value_cents, row.approved_by_id, row.promised_by_id) == (
            5_000, OWNER, at_counter,
        )  # fmt: skip


@pytest.mark.usefixtures("at_counter")
def test_or_it_waits_for_the_owner_who_says_yes_on_today(shop, session, shown, opened):
    case_id = shop.case()
    dialog = opened(OfferDialog, case_id)
    agree(dialog, "The money back", "50")
    child(dialog, OwnersWordDialog)._wait()
    assert not dialog.isVisible()
    (waiting,) = approvals.parked(shop.desk)
    assert waiting.asked_by == "Kim"
    people.sign_in(shop.desk, OWNER, "", now=shop.now)
    page = shown(TodayPage(session), 1100, 700)
    row = next(key for key, one in page.doing._rows.items() if one.remedy_id == waiting.remedy_id)
    page.doing.complete(row)
    asked = child(page, ApprovalDialog)
    asked.save_button.click()
    assert [one.status for one in shop.view(case_id).remedies] == [RemedyStatus.AGREED]
    page.forget()


def test_the_owner_says_no_with_words_to_pass_on(shop, opened, kim):
    case_id = shop.case()
    people.sign_in(shop.desk, kim, "", now=shop.now)
    entry = RemedyEntry(RemedyKind.REFUND, "The money back", 5_000)
    remedy_id = approvals.ask_later(shop.desk, case_id, entry, now=shop.now)
    people.sign_in(shop.desk, OWNER, "", now=shop.now)
    asked = opened(ApprovalDialog, remedy_id)
    asked._no.click()
    assert asked.why.error()
    looked = []
    asked.case_wanted.connect(looked.append)
    asked._words.setText("Repair it first")
    asked._no.click()
    assert not asked.isVisible()
    assert approvals.parked(shop.desk) == ()
    asked._look()
    assert looked == [case_id]


@pytest.mark.usefixtures("at_counter")
def test_vouchers_and_gifts_ask_too(shop, opened):
    case_id = shop.case()
    give = opened(GiveRemedyDialog, case_id)
    give._value.setText("50")
    give.save_button.click()
    child(give, OwnersWordDialog)._wait()
    assert len(approvals.parked(shop.desk)) == 1
    give = opened(GiveRemedyDialog, case_id)
    give._value.setText("50")
    give.save_button.click()
    child(give, OwnersWordDialog).save_button.click()
    assert give._issued is not None
    gift = opened(GiftDialog, shop.view(case_id).customer_id)
    gift._which.choose("now")
    gift._words.setText("A teapot")
    gift._value.setText("50")
    gift._cost.setText("30")
    gift.save_button.click()
    word = child(gift, OwnersWordDialog)
    word.save_button.click()
    assert not gift.isVisible()


# What may be given


def test_limits_budget_and_terms_are_set_in_one_undo(shop, opened):
    rules = opened(GivingRulesDialog)
    rules._days.setText("soon")
    rules._limit.setText("20")
    rules._budget.setText("400")
    rules._months[VoucherKind.COUPON].setText("999")
    rules.save_button.click()
    assert rules.days.error()
    assert rules.isVisible()
    rules._days.setText("5")
    rules._months[VoucherKind.COUPON].setText("3")
    rules._terms[VoucherKind.COUPON].set_text("One a table.")
    rules.save_button.click()
    assert not rules.isVisible()
    assert limits.rules(shop.desk) == limits.Limits(2_000, 40_000, 5)
    kept = {rule.kind: rule for rule in voucher_rules.every_rule(shop.desk)}
    assert (kept[VoucherKind.COUPON].months, kept[VoucherKind.COUPON].terms) == (3, "One a table.")
    assert not kept[VoucherKind.GIFT_CARD].own
    shop.desk.undo()
    assert limits.rules(shop.desk) == limits.Limits(None, None, 7)


def test_a_card_they_buy_is_good_for_as_long_as_cards_are(shop, opened):
    give = opened(GiveRemedyDialog, None)
    assert give._until.day().year == shop.now.year + 3
    give._kind.choose(VoucherKind.COUPON.value)
    give._propose_until()
    assert give._until.day().year == shop.now.year + 1


# The staff view


@pytest.fixture
def window(session, shown):
    def no_other(_path):
        raise AssertionError("no other desk is wanted")

    window = shown(MainWindow(session, no_other), 1366, 768)
    yield window
    window.close()


def test_the_staff_view_can_do_no_more_than_the_till(shop, window):
    with shop.desk.changing(people.Topic.SHOP, "A PIN"):
        people.Person.update(pin=pins.hashed("1234")).execute()
    people.add(shop.desk, "Kim")
    people.sign_in(shop.desk, 2, "", now=shop.now)
    shop.case()
    window.show_staff_view()
    view = window.centralWidget()
    assert view.objectName() == "staff"
    enabled = {one.objectName() for one in window.actions() if one.isEnabled()}
    assert enabled == {"QUIT"}
    for doing in (window.log_customer, window.open_find, window.undo, window.open_till):
        before = shop.desk.last_undoable()
        doing() if doing != window.undo else None
        assert shop.desk.last_undoable() == before
    QApplication.processEvents()
    view.panel.look_up("obi")
    assert view.panel.card.isVisible()
    back = next(
        one
        for one in view.findChildren(QWidget)
        if one.accessibleName() == "Back to the whole desk"
    )
    back.click()
    word = child(window, OwnersWordDialog)
    word._pin.setText("9999")
    word.save_button.click()
    assert word.pin.error()
    assert window.centralWidget() is view
    word._pin.setText("1234")
    word.save_button.click()
    assert window.page().objectName() == "today"
    assert all(one.isEnabled() for one in window.actions())
    assert people.is_owner(shop.desk)


def test_what_ran_out_is_written_down_once_a_day(shop, window):
    card = shop.voucher(valid_to=shop.now.date())
    window._look_after()
    shop.later(days=1)
    shop.customer("Ben Ray")
    QApplication.processEvents()
    assert voucher_views.view(shop.desk, card.voucher_id, now=shop.now).balance_cents == 0


def test_the_staff_view_of_an_owner_who_walked_away_asks_for_the_pin(shop, window):
    people.set_pin(shop.desk, OWNER, "1234")
    assert people.is_owner(shop.desk)
    window.show_staff_view()
    view = window.centralWidget()
    view._ask()
    word = child(window, OwnersWordDialog)
    word.save_button.click()
    assert word.pin.error()
    assert window.centralWidget() is view
    word._pin.setText("1234")
    word.save_button.click()
    assert window.page().objectName() == "today"


@pytest.mark.usefixtures("kim")
def test_the_staff_view_is_shown_from_who_is_here_and_says_how_to_leave_it(shop, window):
    window.switch_person()
    who = child(window, WhoDialog)
    named(who, "Staff view…").click()
    QApplication.processEvents()
    view = window.centralWidget()
    assert view.objectName() == "staff"
    said = [one.text() for one in view.findChildren(QLabel)]
    assert "no PIN is set, so anybody can" in said
    people.set_pin(shop.desk, OWNER, "1234")
    said = [one.text() for one in StaffView(window.session).findChildren(QLabel)]
    assert "takes the owner's PIN" in said


def test_settings_lead_to_the_staff_view(window):
    window.show_place(Place.SETTINGS)
    named(window.page(), "Staff view").click()
    assert window.centralWidget().objectName() == "staff"


def named(widget, words):
    QApplication.processEvents()
    return next(
        one for one in widget.findChildren(QAbstractButton) if one.accessibleName() == words
    )


def test_a_way_back_is_printed_and_not_kept(shop, opened, monkeypatch):
    printed = []
    monkeypatch.setattr(printing, "print_pdf", lambda _parent, pdf, _title: printed.append(pdf))
    dialog = opened(PersonDialog, people.everybody(shop.desk)[0])
    dialog._pin.setText("1234")
    dialog._set.click()
    before = dump(shop.desk)
    named(dialog, "Print it").click()
    (pdf,) = printed
    assert dialog.code() in text_of(pdf)
    assert dump(shop.desk) == before
