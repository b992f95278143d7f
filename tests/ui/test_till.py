"""The till: type or scan, greet, redeem, hand over, write the visit down; never the mouse."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.voucher import shown_code
from recoverydesk.services import customer_pages, visits, voucher_views
from ui.dialogs.till import TillDialog
from ui.widgets.link_rows import LinkRow


@pytest.fixture
def till(session, shown):
    window = shown(QWidget(), 1200, 760)
    dialog = TillDialog(session, parent=window)
    dialog.open()
    QApplication.processEvents()
    return dialog


def scan(till, code):
    """What a scanner does: the signs, and Enter."""
    till.panel.field.setFocus()
    till.panel.field.selectAll()
    QTest.keyClicks(till.panel.field, code)
    QTest.keyClick(till.panel.field, Qt.Key.Key_Return)


def press(till, words):
    QApplication.processEvents()
    button = next(
        one
        for one in till.findChildren(QPushButton)
        if one.isVisible() and one.accessibleName().startswith(words)
    )
    button.click()
    QApplication.processEvents()


def left(shop, voucher):
    return voucher_views.view(shop.desk, voucher.voucher_id, now=shop.now).balance_cents


def people(till):
    return [one for one in till.findChildren(LinkRow) if one.isVisible()]


def test_a_scanned_code_is_redeemed_by_enter_and_the_next_may_come(shop, till):
    card, other = shop.voucher(), shop.voucher(value_cents=500)
    scan(till, card.shown_code)
    assert till.panel.card._amount.hasFocus()
    assert left(shop, card) == 2500  # the scanner's own Enter takes nothing off
    QTest.keyClicks(till.panel.card._amount, "10")
    QTest.keyClick(till.panel.card._amount, Qt.Key.Key_Return)
    assert left(shop, card) == 1500
    assert till.panel._done.text() == "£10.00 taken off. £15.00 left."
    assert till.panel.field.hasFocus()
    scan(till, other.code)
    QTest.keyClick(till.panel.card._amount, Qt.Key.Key_Return)
    assert left(shop, other) == 0
    assert not till.panel.card._redeem_box.isVisible()


def test_what_was_taken_off_is_taken_back_on_the_spot(shop, till):
    card = shop.voucher()
    scan(till, card.code)
    QTest.keyClick(till.panel.card._amount, Qt.Key.Key_Return)
    press(till, "Undo")
    assert left(shop, card) == 2500


def test_amounts_that_can_not_be_are_told_and_take_nothing(shop, till):
    card = shop.voucher()
    scan(till, card.code)
    for typed, told in (("0", "How much"), ("99", "Only £25.00 is left"), ("x", "")):
        till.panel.card._amount.setText(typed)
        QTest.keyClick(till.panel.card._amount, Qt.Key.Key_Return)
        assert told in till.panel.card.amount.error()
        assert till.panel.card.amount.error()
    assert left(shop, card) == 2500


def test_a_code_that_is_wrong_or_over_says_so(shop, till):
    card = shop.voucher(valid_to=shop.now.date())
    wrong = card.code[:-1] + ("2" if card.code[-1] != "2" else "3")
    scan(till, wrong)
    assert "Sign 12 is likely wrong" in till.panel._said.text()
    shop.later(days=1)
    scan(till, card.code)
    assert "expired" in till.panel.card.amount.error()
    assert not till.panel.card._redeem.isVisible()


def test_several_of_a_name_are_offered_and_enter_takes_the_first(shop, till):
    for name in ("Ada Obi", "Ada Ray"):
        shop.customer(name, phone="07700 900123")
    scan(till, "ada")
    assert till.panel.card._name.text() == "Ada Obi"
    till.panel.field.setText("")
    till.panel._search("")
    till.panel._search("ada")
    assert len(people(till)) == 2
    people(till)[1].click()
    assert till.panel.card._name.text() == "Ada Ray"
    assert people(till) == []


def test_nobody_of_that_name_is_said_kindly(till):
    scan(till, "Xaver")
    assert "Nobody on your desk is called “Xaver”." in till.panel._said.text()
    scan(till, "x")
    assert not till.panel.card.isVisible()


def test_who_is_in_recovery_is_greeted_in_person_and_gets_what_was_agreed(shop, till):
    case_id = shop.case(words="The kettle leaks.")
    shop.agreed(case_id, words="A new lid", value_cents=500)
    shop.agreed(case_id, kind=RemedyKind.FREE_SHIPPING, words="Free delivery")
    scan(till, "obi")
    card = till.panel.card
    assert card._greet_head.text() == "Greet Ada in person"
    assert "The kettle leaks." in card._greet_why.text()
    press(till, "Handed over: A new lid")
    press(till, "Start it: Free delivery")
    press(till, "Use once: Free delivery")
    assert till.panel._done.text() == "Used: Free delivery."
    assert [one.status.value for one in shop.view(case_id).remedies] == ["handed_over", "part_used"]


def test_a_held_voucher_is_made_ready_with_one_press(shop, till):
    case_id = shop.case()
    card = shop.voucher(case_id=case_id, words="A card")
    scan(till, "obi")
    press(till, "Redeem…: A card")
    assert till.panel.card._amount.hasFocus()
    QTest.keyClick(till.panel.card._amount, Qt.Key.Key_Return)
    assert left(shop, card) == 0


def test_a_visit_is_written_down_with_what_they_spent(shop, till):
    ada = shop.customer("Ada Obi")
    scan(till, "ada")
    QTest.keyClick(till.panel.field, Qt.Key.Key_Return)
    assert till.panel.card._spent.hasFocus()
    QTest.keyClicks(till.panel.card._spent, "x")
    QTest.keyClick(till.panel.card._spent, Qt.Key.Key_Return)
    assert till.panel.card.spent.error()
    till.panel.card._spent.setText("12.50")
    QTest.keyClick(till.panel.card._spent, Qt.Key.Key_Return)
    assert till.panel._done.text() == "Ada was here: written down."
    assert customer_pages.view(shop.desk, ada).visits[0][1] == 1250
    assert till.panel.card._spent.text() == ""


def test_who_is_expected_stands_there_before_anything_is_typed(shop, session, shown):
    ada = shop.customer("Ada Obi")
    visits.expect(shop.desk, ada, shop.now.date(), now=shop.now)
    shop.customer("Ben Ray")
    dialog = TillDialog(session, parent=shown(QWidget(), 1200, 760))
    dialog.open()
    assert "Expected today" in dialog.panel._said.text()
    assert [one.accessibleName() for one in people(dialog)] == ["Ada Obi"]
    people(dialog)[0].click()
    assert dialog.panel.card._chip.isVisible()
    visits.expect(shop.desk, ada, shop.now.date() + timedelta(days=1), now=shop.now)
    assert not dialog.panel.card._chip.isVisible()


def test_it_opens_with_what_is_looked_up_and_closes_without_a_question(shop, session, shown):
    card = shop.voucher()
    dialog = TillDialog(session, card.code, parent=shown(QWidget(), 1200, 760))
    dialog.open()
    assert dialog.panel.card._name.text() == "Ada Obi"
    dialog.reject()
    assert not dialog.isVisible()


def test_a_voucher_that_was_agreed_gets_its_code_before_it_is_handed_over(shop, till):
    shop.agreed(shop.case(), kind=RemedyKind.VOUCHER, words="A gift card", value_cents=1_500)
    till.panel.look_up("obi")
    press(till, "Issue its code: A gift card")
    (remedy,) = shop.view(1).remedies
    assert remedy.code
    assert shown_code(remedy.code) in till.panel._done.text()
    press(till, "Redeem…")
    assert till.panel.card._amount.text() == "15.00"
