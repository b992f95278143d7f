import random
from datetime import date, timedelta
from itertools import combinations
from random import SystemRandom

import pytest

from recoverydesk.domain.voucher import (
    ALPHABET,
    CODE_LENGTH,
    VoucherStatus,
    check_code,
    check_redeem,
    clean_code,
    new_code,
    shown_code,
    status,
    why_not_redeemable,
)
from recoverydesk.errors import InvalidEntryError, NotAllowedError

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def a_code(seed=1):
    return new_code(random.Random(seed).choice)


def right(code) -> bool:
    try:
        return check_code(code) == code
    except InvalidEntryError:
        return False


def refused(typed) -> str:
    with pytest.raises(InvalidEntryError) as refusal:
        check_code(typed)
    assert refusal.value.field == "code"
    return str(refusal.value)


def standing(
    *, balance=5000, initial=5000, valid_to=None, voided=False, replaced=False
) -> VoucherStatus:
    return status(
        balance_cents=balance,
        initial_cents=initial,
        valid_to=valid_to,
        voided=voided,
        replaced=replaced,
        today=TODAY,
    )


def test_the_alphabet_has_31_signs_that_nobody_confuses():
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set(ALPHABET) & set("0O1IL")


def test_a_new_code_is_right():
    for seed in range(200):
        assert check_code(a_code(seed)) == a_code(seed)
    assert len(new_code()) == CODE_LENGTH


def test_a_new_code_comes_from_the_systems_own_chance():
    (choose,) = new_code.__defaults__
    assert isinstance(choose.__self__, SystemRandom)


def test_every_single_wrong_sign_is_caught():
    for seed in range(5):
        code = a_code(seed)
        for at, sign in enumerate(code):
            for other in ALPHABET.replace(sign, ""):
                assert not right(code[:at] + other + code[at + 1 :])


def test_every_swap_of_two_signs_is_caught():
    for seed in range(50):
        code = a_code(seed)
        for a, b in combinations(range(CODE_LENGTH), 2):
            signs = list(code)
            signs[a], signs[b] = signs[b], signs[a]
            assert code[a] == code[b] or not right("".join(signs))


def test_a_hundred_thousand_codes_do_not_clash():
    choose = random.Random(7).choice
    assert len({new_code(choose) for _ in range(100_000)}) == 100_000


def test_a_code_is_taken_however_it_is_typed():
    code = a_code()
    shown = shown_code(code)
    assert shown.count("-") == 2
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (shown, shown.lower(), shown.replace("-", " "), f"  {shown}\n", wide):
        assert check_code(typed) == code
    assert check_code(shown.replace("-", "\u2013")) == code
    assert clean_code("ab\u200b cd") == "ABCD"


def test_an_empty_code_is_asked_for():
    assert refused(" - ") == "Type the code from the certificate, or scan it."


def test_a_code_of_the_wrong_length_is_counted():
    assert refused("A") == "A code has 12 signs; this one has 1 sign."
    assert "this one has 13 signs" in refused(a_code() + "A")


def test_a_sign_that_is_never_used_is_pointed_at_with_what_it_may_be():
    code = a_code()
    for wrong in "0O1IL":
        typed = code[:3] + wrong + code[4:]
        message = refused(typed)
        assert f"Sign 4 can't be “{wrong}”" in message
        assert f"it may be “{code[3]}”" in message


def test_several_such_signs_are_listed():
    message = refused("O" + a_code()[1:-1] + "1")
    assert "“O”, “1”" in message
    assert "0, O, 1, I and L are never used" in message


def test_a_sign_of_another_script_is_pointed_at():
    assert "can't be “Ж”" in refused("Ж" + a_code()[1:])


def test_a_wrong_sign_says_what_to_compare():
    code = a_code()
    other = "A" if code[0] != "A" else "B"
    assert "one sign is wrong, or two have changed places" in refused(other + code[1:])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, VoucherStatus.ACTIVE),
        ({"valid_to": TODAY}, VoucherStatus.ACTIVE),
        ({"valid_to": TODAY - DAY}, VoucherStatus.EXPIRED),
        ({"balance": 1}, VoucherStatus.PART_USED),
        ({"balance": 1, "valid_to": TODAY}, VoucherStatus.PART_USED),
        ({"balance": 1, "valid_to": TODAY - DAY}, VoucherStatus.EXPIRED),
        ({"balance": 0}, VoucherStatus.USED_UP),
        ({"balance": 0, "valid_to": TODAY - DAY}, VoucherStatus.USED_UP),
        ({"balance": 0, "voided": True}, VoucherStatus.VOID),
        ({"voided": True, "replaced": True}, VoucherStatus.REPLACED),
    ],
)
def test_a_vouchers_state_follows_from_its_facts(facts, expected):
    assert standing(**facts) is expected


def test_a_voucher_is_good_from_its_first_day_through_its_last():
    for standing_now in (VoucherStatus.ACTIVE, VoucherStatus.PART_USED):
        assert why_not_redeemable(standing_now, today=TODAY) is None
        assert (
            why_not_redeemable(standing_now, valid_from=TODAY, valid_to=TODAY, today=TODAY) is None
        )
        assert (
            why_not_redeemable(standing_now, valid_from=TODAY + DAY, today=TODAY)
            == "It can't be used before 3 March 2026."
        )


@pytest.mark.parametrize(
    ("state", "facts", "reason"),
    [
        (VoucherStatus.EXPIRED, {"valid_to": TODAY - DAY}, "It expired on 1 March 2026."),
        (VoucherStatus.VOID, {}, "It was declared void."),
        (VoucherStatus.USED_UP, {}, "It was used up: nothing is left on it."),
        (
            VoucherStatus.USED_UP,
            {"used_up_on": TODAY},
            "It was used up on 2 March 2026: nothing is left on it.",
        ),
        (VoucherStatus.REPLACED, {}, "It was replaced by a new one."),
        (
            VoucherStatus.REPLACED,
            {"replaced_by": "ABCDEFGHJKMN", "replaced_on": TODAY},
            "It was replaced by ABCD-EFGH-JKMN on 2 March 2026.",
        ),
    ],
)
def test_a_voucher_says_why_it_cannot_be_used(state, facts, reason):
    assert why_not_redeemable(state, today=TODAY, **facts) == reason


def test_no_more_than_what_is_left_comes_off():
    check_redeem(750, balance_cents=750, left="£7.50")
    check_redeem(1, balance_cents=750, left="£7.50", why_not="")
    with pytest.raises(InvalidEntryError, match=r"^Only £7\.50 is left on it\.$") as refusal:
        check_redeem(751, balance_cents=750, left="£7.50")
    assert refusal.value.field == "amount"


@pytest.mark.parametrize(("amount", "message"), [(0, "How much"), (-1, "less than nothing")])
def test_something_has_to_come_off(amount, message):
    with pytest.raises(InvalidEntryError, match=message):
        check_redeem(amount, balance_cents=750, left="£7.50")


def test_a_voucher_that_cannot_be_used_gives_nothing():
    with pytest.raises(NotAllowedError, match="It was declared void") as refusal:
        check_redeem(1, balance_cents=750, left="£7.50", why_not="It was declared void.")
    assert refusal.value.advice == "Nothing was taken off it."
