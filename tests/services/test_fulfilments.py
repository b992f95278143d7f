"""What was agreed and is still to be given: the oldest first, late by the shop's own promise."""

from datetime import UTC, date, datetime

import pytest

from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.services import approvals, fulfilments, limits, remedies, vouchers
from recoverydesk.services.remedies import RemedyEntry


def ids(shop, which="to_give", **order):
    return list(fulfilments.ids(shop.desk, now=shop.now, which=which, **order))


def rows(shop, which="to_give"):
    wanted = ids(shop, which)
    found = fulfilments.rows(shop.desk, wanted, now=shop.now)
    return [found[remedy_id] for remedy_id in wanted]


def totals(shop):
    return fulfilments.totals(shop.desk, now=shop.now)


def promise_refunds_in(shop, days):
    limits.set_rules(shop.desk, staff_limit_cents=None, budget_cents=None, refund_days=days)


def test_the_oldest_comes_first_and_says_how_long_it_waits(shop):
    first = shop.agreed(shop.case(name="Ada Obi"), value_cents=2000, cost_cents=840)
    shop.later(days=4)
    second = shop.agreed(shop.case(name="Bo Li"), kind=RemedyKind.REPAIR)
    shop.later(days=5)

    older, newer = rows(shop)

    assert [older.remedy_id, newer.remedy_id] == [first, second]
    assert (older.customer, older.agreed_on, older.days) == ("Ada Obi", date(2026, 3, 2), 9)
    assert (older.value_cents, older.cost_cents, older.case_number) == (2000, 840, "R-2026-0001")
    assert totals(shop).counts["to_give"] == 2


def test_what_is_given_proposed_or_only_words_does_not_wait(shop):
    case_id = shop.case()
    shop.agreed(case_id)
    shop.hand_over(case_id)
    shop.agreed(case_id, kind=RemedyKind.APOLOGY_ONLY)
    approvals.ask_later(shop.desk, case_id, RemedyEntry(RemedyKind.GIFT, "Tea"), now=shop.now)

    assert rows(shop) == []
    (given,) = rows(shop, "given")
    assert (given.given_on, given.days, given.late) == (date(2026, 3, 2), 0, False)


def test_an_issued_voucher_waits_until_it_is_handed_over(shop):
    voucher = shop.voucher(case_id=shop.case())
    (row,) = rows(shop)
    assert row.status is RemedyStatus.ISSUED
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=1)
    assert rows(shop) == []


def test_without_a_case_it_waits_all_the_same(shop):
    shop.voucher()
    (row,) = rows(shop)
    assert (row.case_id, row.case_number, row.customer) == (None, "", "Ada Obi")


def test_a_refund_is_late_the_day_after_the_shops_own_promise(shop):
    promise_refunds_in(shop, 3)
    shop.agreed(shop.case())
    shop.later(days=3)
    assert (ids(shop, "late"), rows(shop)[0].late) == ([], False)
    assert rows(shop)[0].promised_for == date(2026, 3, 5)
    shop.later(days=1)
    assert (ids(shop, "late"), rows(shop)[0].late) == ([1], True)
    assert ids(shop, "refunds") == [1]


def test_a_day_that_was_promised_is_late_the_day_after(shop):
    shop.agreed(shop.case(), kind=RemedyKind.REPAIR, promised_for=date(2026, 3, 4))
    shop.now = datetime(2026, 3, 4, 23, 59, tzinfo=UTC)
    assert ids(shop, "late") == []
    shop.now = datetime(2026, 3, 5, 0, 0, tzinfo=UTC)
    assert ids(shop, "late") == [1]
    assert ids(shop, "refunds") == []


def test_days_are_the_shops_own(shop):
    shop.now = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    shop.agreed(shop.case())
    shop.now = datetime(2026, 3, 29, 23, 30, tzinfo=UTC)  # 00:30 in London, in summer time
    (row,) = rows(shop)
    assert (row.agreed_on, row.days) == (date(2026, 3, 28), 2)


@pytest.mark.parametrize("nth", range(40))
def test_list_and_lines_agree_on_what_is_late(shop, nth):
    promise_refunds_in(shop, 1 + nth % 5)
    for kind in (RemedyKind.REFUND, RemedyKind.GIFT):
        shop.agreed(shop.case(), kind=kind)
        promised = date.fromordinal(shop.now.date().toordinal() + nth % 9)
        shop.agreed(shop.case(), kind=kind, promised_for=promised)
    shop.later(hours=7 * nth)
    assert ids(shop, "late") == [row.remedy_id for row in rows(shop) if row.late]


@pytest.mark.parametrize("sort", list(fulfilments.SORTS))
def test_every_order_has_all_of_them_and_turns_around(shop, sort):
    for name, cents in (("Ada Obi", 100), ("Bo Li", 900)):
        shop.agreed(shop.case(name=name), value_cents=cents, words=name)
        shop.later(days=1)
    assert sorted(ids(shop, sort=sort)) == sorted(ids(shop, sort=sort, descending=True)) == [1, 2]


def test_the_sums_are_those_of_the_lines(shop):
    for cents in (1, 499, 2500):
        shop.agreed(shop.case(), value_cents=cents)
    remedies.hand_over(shop.desk, 1, now=shop.now)
    found = totals(shop)
    assert found.value_cents == sum(row.value_cents for row in rows(shop)) == 2999
    assert found.counts == {which: len(rows(shop, which)) for which in fulfilments.FILTERS}


def test_the_slowest_kind_comes_first_with_how_many_it_is_known_from(shop):
    for kind, took in ((RemedyKind.REFUND, (1, 2, 9)), (RemedyKind.REPAIR, (12,))):
        for days in took:
            case_id = shop.case()
            shop.agreed(case_id, kind=kind)
            shop.later(days=days)
            shop.hand_over(case_id)
    found = [(one.kind, one.days, one.count) for one in totals(shop).usual]
    assert found == [(RemedyKind.REPAIR, 12, 1), (RemedyKind.REFUND, 2, 3)]
    shop.later(days=366)
    assert totals(shop).usual == ()
