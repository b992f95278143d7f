"""At the till: a name, a phone, a code; what is due, and what to say."""

from datetime import timedelta

import pytest

from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.errors import NotFoundError
from recoverydesk.services import entitlements, till, visits, vouchers
from recoverydesk.services.entitlements import EntitlementEntry


def look(shop, typed):
    return till.look(shop.desk, typed, now=shop.now)


def due(shop, customer_id):
    return till.due(shop.desk, customer_id, now=shop.now)


def test_a_code_leads_to_its_voucher_however_it_is_written(shop):
    card = shop.voucher()
    for typed in (card.code, card.shown_code, card.shown_code.lower(), f" {card.code} "):
        assert look(shop, typed).voucher.voucher_id == card.voucher_id


def test_a_code_that_is_not_right_is_told(shop):
    card = shop.voucher()
    wrong = card.code[:-1] + ("2" if card.code[-1] != "2" else "3")
    assert "Sign 12 is likely wrong" in look(shop, wrong).trouble
    assert "11 signs" in look(shop, card.code[:-1]).trouble
    assert look(shop, "A2" * 9) == till.Answer()  # nobody is called so, and it is no code


@pytest.mark.parametrize("typed", ["Obi", "ada", "0123", "ada@example.org", "07700 900123"])
def test_people_are_found_by_name_phone_and_address(shop, typed):
    ada = shop.customer("Ada Obi", phone="07700 900123", email="ada@example.org")
    wanted = typed if typed != "0123" else "0123"
    assert [one.customer_id for one in look(shop, wanted).people] == [ada]


def test_one_letter_is_too_little_and_nobody_is_nobody(shop):
    shop.customer("Ada Obi")
    assert look(shop, "a") == till.Answer()
    assert look(shop, "Xaver").people == ()


def test_a_name_as_long_as_a_code_is_still_a_name(shop):
    ada = shop.customer("Maximilianus")
    answer = look(shop, "Maximilianus")
    assert [one.customer_id for one in answer.people] == [ada]
    assert not answer.trouble


def test_all_that_is_due_is_there_at_one_look(shop):
    case_id = shop.case(words="The kettle leaks.")
    customer_id = shop.view(case_id).customer_id
    card = shop.voucher(case_id=case_id)
    shop.agreed(case_id, words="A new lid", value_cents=500)
    free = shop.agreed(case_id, kind=RemedyKind.FREE_SHIPPING, words="Free delivery")
    entitlements.grant(shop.desk, free, EntitlementEntry(uses=2), now=shop.now)
    found = due(shop, customer_id)
    assert [(one.code, one.balance_cents) for one in found.vouchers] == [(card.code, 2500)]
    assert [one.words for one in found.to_give] == ["A new lid"]
    assert [(one.words, one.left) for one in found.entitlements] == [("Free delivery", 2)]
    assert (found.in_recovery, found.summary, found.case_number) == (
        True, "The kettle leaks.", "R-2026-0001",
    )  # fmt: skip
    assert found.say
    assert found.anything


def test_nothing_is_due_to_who_has_nothing_open(shop):
    ada = shop.customer("Ada Obi")
    found = due(shop, ada)
    assert not found.anything
    assert (found.in_recovery, found.say, found.summary) == (False, "", "")
    with pytest.raises(NotFoundError):
        due(shop, 99)


def test_used_up_expired_and_future_vouchers_are_not_due(shop):
    case_id = shop.case()
    customer_id = shop.view(case_id).customer_id
    used = shop.voucher(case_id=case_id)
    vouchers.redeem(shop.desk, used.code, now=shop.now)
    shop.voucher(case_id=case_id, valid_to=shop.now.date())
    shop.later(days=1)
    assert due(shop, customer_id).vouchers == ()


def test_a_case_without_a_greeting_in_its_plan_has_words_that_always_fit(shop):
    case_id = shop.case(playbook="small_annoyance")
    assert due(shop, shop.view(case_id).customer_id).say


def test_who_is_expected_and_who_is_here_is_known(shop):
    ada = shop.customer("Ada Obi")
    visits.expect(shop.desk, ada, shop.now.date(), now=shop.now)
    assert [one.customer_id for one in till.expected_today(shop.desk, now=shop.now)] == [ada]
    assert (due(shop, ada).expected, due(shop, ada).here_today) == (True, False)
    visits.log(shop.desk, ada, now=shop.now)
    assert (due(shop, ada).expected, due(shop, ada).here_today) == (False, True)
    shop.later(days=1)
    assert not due(shop, ada).here_today
    visits.expect(shop.desk, ada, shop.now.date() + timedelta(days=1), now=shop.now)
    assert till.expected_today(shop.desk, now=shop.now) == ()
