from datetime import UTC, date, datetime

import pytest

from recoverydesk.domain import voucher as rules
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.voucher import EntryKind, VoucherKind, VoucherStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import (
    cases,
    insights,
    remedies,
    voucher_register,
    voucher_views,
    vouchers,
)
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.storage.tables import Remedy, Voucher, VoucherEntry
from recoverydesk.topics import Topic
from tests.conftest import NOW
from tests.storage.filling import dump


def redeem(shop, code, amount_cents=None):
    return vouchers.redeem(shop.desk, code, now=shop.now, amount_cents=amount_cents)


def look_up(shop, code):
    return voucher_views.look_up(shop.desk, code, now=shop.now)


def voided(shop, code, **columns):
    with shop.desk.changing(Topic.VOUCHERS, "Void"):
        Voucher.update(columns or {"voided_at": shop.now}).where(Voucher.code == code).execute()


def test_a_voucher_is_issued_with_a_code_of_its_own(shop):
    case_id = shop.case()

    made = shop.voucher(case_id=case_id, kind=VoucherKind.GIFT_CARD, message="Enjoy", words="Card")

    assert rules.check_code(made.shown_code) == made.code
    assert (made.status, made.balance_cents, made.recipient, made.customer) == (
        VoucherStatus.ACTIVE,
        2500,
        "Ada Obi",
        "Ada Obi",
    )
    assert (made.valid_from, made.valid_to) == (NOW.date(), date(2029, 3, 2))
    assert (made.case_number, made.words, made.message) == ("R-2026-0001", "Card", "Enjoy")
    assert made.terms.startswith("Use it all at once")
    (remedy,) = shop.view(case_id).remedies
    assert (remedy.status, remedy.code, remedy.cost_cents) == (
        RemedyStatus.ISSUED,
        made.code,
        1375,
    )


def test_the_recipient_may_be_somebody_else(shop):
    made = shop.voucher(recipient="  Bo   Li ", terms="For tea.", valid_to=date(2026, 6, 1))

    assert (made.recipient, made.customer, made.terms) == ("Bo Li", "Ada Obi", "For tea.")
    assert made.valid_to == date(2026, 6, 1)
    assert voucher_views.view(shop.desk, made.voucher_id, now=shop.now) == made


def test_a_shop_whose_vouchers_never_run_out_gives_them_no_last_day(shop):
    with shop.desk.changing(Topic.SHOP, "Never"):
        vouchers.Shop.update(voucher_months=0).execute()

    assert shop.voucher().valid_to is None


def test_an_agreed_voucher_is_handed_over_as_one_not_two(shop):
    case_id = shop.case()
    remedy_id = shop.agreed(case_id, kind=RemedyKind.VOUCHER, words="A card")

    shop.voucher(case_id=case_id, remedy_id=remedy_id, value_cents=2500, cost_cents=1400)

    (remedy,) = shop.view(case_id).remedies
    assert (remedy.value_cents, remedy.cost_cents, remedy.status) == (
        2500,
        1400,
        RemedyStatus.ISSUED,
    )
    with pytest.raises(InvalidEntryError, match="voucher already"):
        shop.voucher(case_id=case_id, remedy_id=remedy_id)


def test_a_voucher_worth_more_than_was_agreed_costs_more_too(shop):
    case_id = shop.case()
    remedy_id = shop.agreed(case_id, kind=RemedyKind.VOUCHER, value_cents=1000)

    shop.voucher(case_id=case_id, remedy_id=remedy_id, value_cents=2000)

    (remedy,) = shop.view(case_id).remedies
    assert (remedy.value_cents, remedy.cost_cents) == (2000, 1100)


def test_a_voucher_worth_what_was_agreed_costs_what_was_agreed(shop):
    case_id = shop.case()
    remedy_id = shop.agreed(case_id, kind=RemedyKind.VOUCHER, value_cents=1000, cost_cents=10)

    shop.voucher(case_id=case_id, remedy_id=remedy_id, value_cents=1000)

    (remedy,) = shop.view(case_id).remedies
    assert (remedy.cost_cents, remedy.status) == (10, RemedyStatus.ISSUED)


def test_a_voucher_never_gives_a_second_time_what_was_handed_over(shop):
    case_id = shop.case()
    remedy_id = shop.agreed(case_id, kind=RemedyKind.VOUCHER, value_cents=1000)
    remedies.hand_over(shop.desk, remedy_id, now=shop.now)

    with pytest.raises(NotAllowedError, match="handed over already"):
        shop.voucher(case_id=case_id, remedy_id=remedy_id)


def test_a_voucher_gives_only_what_was_agreed_as_one_and_in_its_own_case(shop):
    case_id, other = shop.case(), shop.case()
    refund = shop.agreed(case_id, words="The money back")
    card = shop.agreed(case_id, kind=RemedyKind.VOUCHER, words="A card")
    customer_id = shop.view(case_id).customer_id

    with pytest.raises(NotAllowedError, match="isn't a voucher: The money back"):
        shop.voucher(case_id=case_id, remedy_id=refund)
    form = vouchers.VoucherEntryForm(value_cents=500)
    for whose in ({"case_id": other}, {"customer_id": customer_id}):
        with pytest.raises(NotFoundError, match="remedy"):
            vouchers.issue(shop.desk, form, now=shop.now, remedy_id=card, **whose)


def test_a_closed_case_gets_no_voucher(shop):
    case_id = shop.case()
    cases.close(
        shop.desk,
        case_id,
        cases.Ending(cases.Outcome.UNREACHABLE, skip_why="not needed"),
        now=shop.now,
    )
    before = dump(shop.desk)

    with pytest.raises(NotAllowedError, match="closed") as refused:
        shop.voucher(case_id=case_id)

    assert (refused.value.advice, dump(shop.desk)) == ("Reopen it first.", before)


def test_a_voucher_takes_only_a_remedy_of_its_own_customer_that_still_stands(shop):
    case_id, other = shop.case(), shop.case(name="Bo Li")
    remedy_id = shop.agreed(case_id)

    for remedy in (remedy_id, 99):
        with pytest.raises(NotFoundError, match="remedy"):
            shop.voucher(case_id=other, remedy_id=remedy)
    with shop.desk.changing(Topic.REMEDIES, "Void"):
        Remedy.update(status=RemedyStatus.VOID).execute()
    with pytest.raises(NotAllowedError, match="taken back"):
        shop.voucher(case_id=case_id, remedy_id=remedy_id)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"value_cents": 0}, "value"),
        ({"value_cents": -5}, "value"),
        ({"cost_cents": -1}, "value"),
        ({"valid_to": date(2026, 3, 1)}, "valid_to"),
        ({"valid_to": date(2099, 1, 1)}, "valid_to"),
        ({"message": "x" * 201}, "message"),
        ({"recipient": "x" * 201}, "name"),
        ({"words": "x" * 501}, "words"),
    ],
)
def test_a_voucher_that_makes_no_sense_leaves_no_trace(shop, form, field):
    case_id = shop.case()
    before = dump(shop.desk)

    with pytest.raises(InvalidEntryError) as refused:
        shop.voucher(case_id=case_id, **form)

    assert (refused.value.field, dump(shop.desk)) == (field, before)


def test_a_voucher_is_for_somebody(shop):
    form = vouchers.VoucherEntryForm(value_cents=100)

    with pytest.raises(InvalidEntryError, match="Who is it for"):
        vouchers.issue(shop.desk, form, now=shop.now)
    for whose in ({"case_id": 99}, {"customer_id": 99}):
        with pytest.raises(NotFoundError):
            vouchers.issue(shop.desk, form, now=shop.now, **whose)


def test_a_code_that_is_taken_is_not_given_again(shop, monkeypatch):
    first, second = rules.new_code(), rules.new_code()
    codes = iter([first, first, second])
    monkeypatch.setattr(rules, "new_code", lambda: next(codes))

    assert [shop.voucher().code, shop.voucher().code] == [first, second]


def test_money_comes_off_in_parts_until_none_is_left(shop):
    case_id = shop.case()
    code = shop.voucher(case_id=case_id).code

    part = redeem(shop, code.lower(), 999)
    assert (part.amount_cents, part.left_cents, part.customer) == (999, 1501, "Ada Obi")
    assert look_up(shop, code).status is VoucherStatus.PART_USED
    assert shop.view(case_id).remedies[0].status is RemedyStatus.PART_USED
    rest = redeem(shop, rules.shown_code(code))

    assert (rest.amount_cents, rest.left_cents) == (1501, 0)
    assert look_up(shop, code).status is VoucherStatus.USED_UP
    assert shop.view(case_id).remedies[0].status is RemedyStatus.USED
    assert shop.view(case_id).handed_over_at == NOW
    assert [(line.kind, line.amount_cents) for line in look_up(shop, code).ledger] == [
        (EntryKind.ISSUE, 2500),
        (EntryKind.REDEEM, -999),
        (EntryKind.REDEEM, -1501),
    ]


def test_money_that_is_spent_is_spent(shop):
    code = shop.voucher().code
    redeem(shop, code)

    with pytest.raises(NotAllowedError, match="used up on 2 March 2026") as refused:
        redeem(shop, code)
    assert "Nothing was taken off" in refused.value.advice


def test_the_day_it_was_used_up_is_the_shops_own(shop):
    shop.now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # 2 July in London
    code = shop.voucher().code
    redeem(shop, code)

    assert "2 July 2026" in look_up(shop, code).why_not


@pytest.mark.parametrize("amount", [0, -1, 2501])
def test_no_more_comes_off_than_is_left_and_nothing_less_than_a_penny(shop, amount):
    code = shop.voucher().code
    before = dump(shop.desk)

    with pytest.raises(InvalidEntryError) as refused:
        redeem(shop, code, amount)

    assert (refused.value.field, dump(shop.desk)) == ("amount", before)


def test_redeeming_can_be_taken_back(shop):
    case_id = shop.case()
    code = shop.voucher(case_id=case_id).code
    before = dump(shop.desk)

    redeem(shop, code, 1000)
    shop.desk.undo()

    assert dump(shop.desk) == before


def test_issuing_cannot_be_taken_back_once_some_of_it_is_spent(shop):
    code = shop.voucher(case_id=shop.case()).code
    issued = shop.desk.last_undoable().id
    redeem(shop, code, 1)

    with pytest.raises(NotAllowedError):
        shop.desk.undo(issued)


def test_a_voucher_is_good_through_its_last_day(shop):
    code = shop.voucher(valid_to=date(2026, 3, 5)).code

    shop.now = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    assert look_up(shop, code).why_not == ""
    shop.later(hours=1)

    assert look_up(shop, code).status is VoucherStatus.EXPIRED
    with pytest.raises(NotAllowedError, match="expired on 5 March 2026"):
        redeem(shop, code)


def test_a_void_or_replaced_voucher_gives_nothing(shop):
    first, second = shop.voucher(), shop.voucher()
    voided(shop, first.code)
    voided(shop, second.code, replaced_by=first.voucher_id)

    with pytest.raises(NotAllowedError, match="void"):
        redeem(shop, first.code)
    with pytest.raises(NotAllowedError, match="replaced"):
        redeem(shop, second.code)


@pytest.mark.parametrize("typed", ["", "ABC", "0" * 12, "AAAA-AAAA-AAAB"])
def test_a_wrong_code_is_caught_before_anything_is_looked_up(shop, typed):
    for deed in (look_up, redeem):
        with pytest.raises(InvalidEntryError) as refused:
            deed(shop, typed)
        assert refused.value.field == "code"


def test_a_code_of_another_shop_is_not_found(shop):
    with pytest.raises(NotFoundError, match="No voucher has the code"):
        look_up(shop, rules.new_code())
    with pytest.raises(NotFoundError, match="no longer"):
        voucher_views.view(shop.desk, 99, now=shop.now)


def test_the_register_counts_and_sums_what_it_lists(shop):
    soon = shop.voucher(value_cents=1000, valid_to=date(2026, 3, 10))
    late = shop.voucher(value_cents=700, valid_to=date(2026, 3, 2))
    used = shop.voucher(value_cents=500)
    part = shop.voucher(value_cents=900)
    void = shop.voucher(value_cents=300)
    redeem(shop, used.code)
    redeem(shop, part.code, 400)
    voided(shop, void.code)
    shop.later(days=1)

    totals = voucher_register.totals(shop.desk, now=shop.now)
    listed = {
        which: voucher_register.ids(shop.desk, now=shop.now, which=which)
        for which in voucher_register.FILTERS
    }

    assert listed["open"] == [soon.voucher_id, part.voucher_id]
    assert listed["expires_soon"] == [soon.voucher_id]
    assert listed["used_up"] == [used.voucher_id]
    assert late.voucher_id in listed["all"]
    assert totals.counts == {which: len(found) for which, found in listed.items()}
    assert totals.left_cents == 1500
    assert totals.soon == (("Ada Obi", 1000),)
    rows = voucher_register.rows(shop.desk, listed["all"], now=shop.now)
    assert {row.voucher_id for row in rows.values() if row.expires_soon} == {soon.voucher_id}
    assert rows[late.voucher_id].status is VoucherStatus.EXPIRED
    assert rows[part.voucher_id].balance_cents == 500
    assert rows[part.voucher_id].remedy_kind is RemedyKind.VOUCHER


@pytest.mark.parametrize("sort", voucher_register.SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_the_register_sorts_by_every_column(shop, sort, descending):
    cheap, dear = shop.voucher(value_cents=100), shop.voucher(value_cents=900)

    found = voucher_register.ids(shop.desk, now=shop.now, sort=sort, descending=descending)

    assert set(found) == {cheap.voucher_id, dear.voucher_id}
    if sort in {"worth", "left", "issued"}:
        order = [cheap.voucher_id, dear.voucher_id]
        assert found == (order[::-1] if descending else order)


def test_the_ledger_can_only_grow(shop):
    code = shop.voucher().code

    with pytest.raises(NotAllowedError), shop.desk.changing(Topic.VOUCHERS, "Cheat"):
        VoucherEntry.update(amount_cents=999_999).execute()
    with pytest.raises(NotAllowedError), shop.desk.changing(Topic.VOUCHERS, "Cheat"):
        VoucherEntry.delete().execute()
    assert look_up(shop, code).balance_cents == 2500


def test_a_redeemed_remedy_keeps_the_day_it_was_handed_over(shop):
    case_id = shop.case()
    voucher = shop.voucher(case_id=case_id)
    shop.hand_over(case_id)
    shop.later(days=3)

    redeem(shop, voucher.code)

    assert shop.view(case_id).remedies[0].handed_over_at == NOW
    entry = RemedyEntry(RemedyKind.GIFT, "A tea", 300)
    remedies.give(shop.desk, case_id, entry, now=shop.now)
    assert shop.view(case_id).handed_over_at is None


def test_a_voucher_costs_the_month_that_issued_it_whenever_it_is_used(shop):
    voucher = shop.voucher(value_cents=1000)
    assert insights.month_so_far(shop.desk, now=shop.now).remedies_cost_cents == 550
    shop.later(days=31)

    redeem(shop, voucher.code)

    assert insights.month_so_far(shop.desk, now=shop.now).remedies_cost_cents == 0


def test_a_voucher_worth_something_else_than_agreed_may_be_called_something_else(shop):
    case_id = shop.case()
    agreed = shop.agreed(case_id, kind=RemedyKind.VOUCHER, words="A gift card of £25")

    made = vouchers.issue(
        shop.desk,
        vouchers.VoucherEntryForm(value_cents=2_000, words="A gift card of £20"),
        now=shop.now,
        case_id=case_id,
        remedy_id=agreed,
    )

    assert (made.words, made.initial_cents) == ("A gift card of £20", 2_000)
    assert [remedy.words for remedy in shop.view(case_id).remedies] == ["A gift card of £20"]
