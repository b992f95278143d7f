"""Made void, put back on, extended, given a new code: a line with a reason, never a deletion."""

from datetime import date, timedelta

import pytest

from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.voucher import EntryKind, VoucherKind, VoucherStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import (
    customer_pages,
    lapses,
    preferences,
    voucher_deeds,
    voucher_register,
    voucher_rules,
    voucher_views,
    vouchers,
)
from recoverydesk.storage.tables import Customer, FollowUp, Remedy, VoucherEntry
from recoverydesk.topics import Topic
from tests.storage.filling import dump


def seen(shop, voucher):
    return voucher_views.view(shop.desk, voucher.voucher_id, now=shop.now)


def redeem(shop, voucher, amount_cents=None):
    return vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=amount_cents)


def lines(shop, voucher):
    return [(line.kind.value, line.amount_cents) for line in seen(shop, voucher).ledger]


def remedy_of(shop, voucher):
    with shop.desk.reading():
        return Remedy.get_by_id(
            VoucherEntry.select(VoucherEntry.voucher)
            .where(VoucherEntry.voucher == voucher.voucher_id)
            .get()
            .voucher.remedy_id
        )


def rescues(shop, status=FollowUpStatus.PLANNED):
    with shop.desk.reading():
        query = FollowUp.select().where(
            FollowUp.kind == FollowUpKind.RESCUE, FollowUp.status == status
        )
        return [(row.voucher_id, row.due_on) for row in query]


@pytest.fixture
def card(shop):
    return shop.voucher(case_id=shop.case(), value_cents=2500, valid_to=date(2026, 9, 1))


def test_what_is_left_is_made_void_with_a_reason(shop, card):
    redeem(shop, card, 500)
    voucher_deeds.make_void(shop.desk, card.voucher_id, "Bought back", now=shop.now)
    view = seen(shop, card)
    assert (view.status, view.balance_cents) == (VoucherStatus.VOID, 0)
    assert view.why_not == "It was declared void on 2 March 2026."
    assert view.ledger[-1].words == "Bought back"
    assert remedy_of(shop, card).status == RemedyStatus.USED
    assert rescues(shop) == []


def test_a_remedy_whose_voucher_was_never_used_is_void_with_it(shop, card):
    voucher_deeds.make_void(shop.desk, card.voucher_id, "A mistake", now=shop.now)
    assert remedy_of(shop, card).status == RemedyStatus.VOID


def test_money_goes_back_on_but_never_more_than_was_taken_off(shop, card):
    redeem(shop, card, 2000)
    with pytest.raises(InvalidEntryError, match=r"Only £20\.00 was taken off"):
        voucher_deeds.put_back(shop.desk, card.voucher_id, 2001, "returned", now=shop.now)
    with pytest.raises(InvalidEntryError, match="How much"):
        voucher_deeds.put_back(shop.desk, card.voucher_id, 0, "returned", now=shop.now)
    voucher_deeds.put_back(shop.desk, card.voucher_id, 1500, "The kettle came back", now=shop.now)
    assert seen(shop, card).balance_cents == 2000
    with pytest.raises(InvalidEntryError, match=r"Only £5\.00"):
        voucher_deeds.put_back(shop.desk, card.voucher_id, 501, "again", now=shop.now)


def test_putting_back_on_what_was_used_up_makes_it_good_again(shop, card):
    redeem(shop, card)
    assert (remedy_of(shop, card).status, rescues(shop)) == (RemedyStatus.USED, [])
    voucher_deeds.put_back(shop.desk, card.voucher_id, 2500, "Wrong card", now=shop.now)
    assert seen(shop, card).status is VoucherStatus.ACTIVE
    assert remedy_of(shop, card).status == RemedyStatus.HANDED_OVER
    assert rescues(shop) == [(card.voucher_id, date(2026, 8, 18))]


def test_a_later_day_moves_the_reminder(shop, card):
    assert rescues(shop) == [(card.voucher_id, date(2026, 8, 18))]
    voucher_deeds.extend(shop.desk, card.voucher_id, date(2026, 12, 1), "She was ill", now=shop.now)
    assert seen(shop, card).valid_to == date(2026, 12, 1)
    assert rescues(shop) == [(card.voucher_id, date(2026, 11, 17))]
    assert lines(shop, card)[-1] == ("extend", 0)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 1), "over"),
        (date(2026, 9, 1), "already"),
        (date(2099, 1, 1), "ten years"),
    ],
)
def test_days_that_extend_nothing_are_refused(shop, card, day, words):
    with pytest.raises(InvalidEntryError, match=words):
        voucher_deeds.extend(shop.desk, card.voucher_id, day, "why not", now=shop.now)


def test_what_never_runs_out_or_is_used_up_is_not_extended(shop, card):
    voucher_rules.save(shop.desk, VoucherKind.COUPON, months=0, terms="")
    endless = shop.voucher(kind=VoucherKind.COUPON)
    assert endless.valid_to is None
    for voucher, words in ((endless, "never runs out"), (card, "used up")):
        if voucher is card:
            redeem(shop, card)
        with pytest.raises(NotAllowedError, match=words):
            voucher_deeds.extend(
                shop.desk, voucher.voucher_id, date(2027, 9, 1), "ill", now=shop.now
            )


def test_a_lost_card_gets_a_new_code_and_the_old_one_says_which(shop, card):
    redeem(shop, card, 1000)
    fresh = voucher_deeds.replace(shop.desk, card.voucher_id, "Lost", now=shop.now)
    assert (fresh.balance_cents, fresh.initial_cents) == (1500, 1500)
    assert (fresh.valid_to, fresh.recipient) == (card.valid_to, card.recipient)
    old = seen(shop, card)
    assert old.status is VoucherStatus.REPLACED
    assert old.why_not == f"It was replaced by {fresh.shown_code} on 2 March 2026."
    assert old.instead == fresh.code
    assert [one for one, _day in rescues(shop)] == [fresh.voucher_id]
    with pytest.raises(NotAllowedError, match="replaced by"):
        redeem(shop, card)
    redeem(shop, fresh)
    assert remedy_of(shop, card).status == RemedyStatus.USED


@pytest.mark.parametrize("deed", ["make_void", "put_back", "extend", "replace"])
def test_nothing_is_done_without_a_reason_or_with_what_is_over(shop, card, deed):
    def do(voucher_id, why):
        more = {"put_back": (100,), "extend": (date(2027, 1, 1),)}.get(deed, ())
        getattr(voucher_deeds, deed)(shop.desk, voucher_id, *more, why, now=shop.now)

    before = dump(shop.desk)
    with pytest.raises(InvalidEntryError, match="Write down why"):
        do(card.voucher_id, " ")
    with pytest.raises(NotFoundError):
        do(99, "gone")
    assert dump(shop.desk) == before
    voucher_deeds.make_void(shop.desk, card.voucher_id, "A mistake", now=shop.now)
    with pytest.raises(NotAllowedError, match="void"):
        do(card.voucher_id, "again")


def test_used_up_cards_are_neither_made_void_nor_replaced(shop, card):
    redeem(shop, card)
    for deed in (voucher_deeds.make_void, voucher_deeds.replace):
        with pytest.raises(NotAllowedError, match="used up on 2 March"):
            deed(shop.desk, card.voucher_id, "why", now=shop.now)


def test_what_ran_out_has_to_be_extended_first(shop, card):
    redeem(shop, card, 500)
    shop.later(days=300)
    with pytest.raises(NotAllowedError, match="expired"):
        voucher_deeds.put_back(shop.desk, card.voucher_id, 500, "why", now=shop.now)
    with pytest.raises(NotAllowedError, match="expired"):
        voucher_deeds.replace(shop.desk, card.voucher_id, "why", now=shop.now)


@pytest.mark.parametrize("deed", ["make_void", "put_back", "extend", "replace"])
def test_each_is_undone_exactly(shop, card, deed):
    redeem(shop, card, 500)
    before = dump(shop.desk)
    more = {"put_back": (100,), "extend": (date(2027, 1, 1),)}.get(deed, ())
    getattr(voucher_deeds, deed)(shop.desk, card.voucher_id, *more, "why", now=shop.now)
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_a_wrong_sign_is_named_where_a_voucher_has_nearly_the_same_code(shop):
    code = shop.voucher().code
    other = "2" if code[4] != "2" else "3"
    with pytest.raises(InvalidEntryError, match="Sign 5 is likely wrong") as told:
        voucher_views.look_up(shop.desk, code[:4] + other + code[5:], now=shop.now)
    assert f"“{other}” where “{code[4]}” belongs" in str(told.value)
    at = next(at for at in range(11) if code[at] != code[at + 1])
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    with pytest.raises(InvalidEntryError, match=f"Signs {at + 1} and {at + 2} have likely changed"):
        voucher_views.look_up(shop.desk, swapped, now=shop.now)


def test_a_code_that_is_near_nothing_is_told_as_before(shop):
    shop.voucher()
    with pytest.raises(InvalidEntryError, match="one sign is wrong"):
        voucher_views.look_up(shop.desk, "22222222222A", now=shop.now)


def test_what_runs_out_soon_is_rescued_half_way_and_tomorrow_not_at_all(shop):
    soon = shop.voucher(valid_to=shop.now.date() + timedelta(days=10))
    shop.voucher(valid_to=shop.now.date() + timedelta(days=1))
    assert [one for one, _day in rescues(shop)] == [soon.voucher_id]
    assert rescues(shop)[0][1] == date(2026, 3, 7)


def test_the_reminder_obeys_how_and_whether_they_want_to_be_reached(shop):
    case_id = shop.case(email="ada@example.org")
    customer_id = shop.view(case_id).customer_id
    with shop.desk.changing(Topic.CUSTOMERS, "By e-mail"):
        Customer.update(preferred_way="email").where(Customer.id == customer_id).execute()
    shop.voucher(case_id=case_id)
    with shop.desk.reading():
        row = FollowUp.select().where(FollowUp.kind == FollowUpKind.RESCUE).get()
        assert (row.act, row.title) == (
            "write",
            "Remind Ada: the gift certificate runs out on 2 March 2027",
        )
    preferences.leave_alone(shop.desk, customer_id, asked=True, now=shop.now)
    assert rescues(shop) == []
    shop.voucher(case_id=case_id)
    assert rescues(shop) == []
    preferences.leave_alone(shop.desk, customer_id, asked=False, now=shop.now)
    assert len(rescues(shop)) == 2


def test_each_kind_of_voucher_has_its_own_time_and_terms(shop):
    rules = {rule.kind: rule for rule in voucher_rules.every_rule(shop.desk)}
    assert (rules[VoucherKind.GIFT_CARD].months, rules[VoucherKind.COUPON].months) == (36, 12)
    assert not rules[VoucherKind.COUPON].own
    for months in (3, 2):
        voucher_rules.save(shop.desk, VoucherKind.COUPON, months=months, terms="One a table.")
    coupon = shop.voucher(kind=VoucherKind.COUPON)
    assert (coupon.valid_to, coupon.terms) == (date(2026, 5, 2), "One a table.")
    assert shop.voucher().valid_to == date(2027, 3, 2)
    for months in (-1, 121):
        with pytest.raises(InvalidEntryError, match="Between 0 and 120"):
            voucher_rules.save(shop.desk, VoucherKind.COUPON, months=months, terms="")


def test_a_replaced_card_is_given_once(shop, card):
    fresh = voucher_deeds.replace(shop.desk, card.voucher_id, "Lost", now=shop.now)
    with shop.desk.reading():
        issued = VoucherEntry.select().where(VoucherEntry.kind == EntryKind.ISSUE)
        assert [row.amount_cents for row in issued] == [2500]
        assert Remedy.select().where(Remedy.kind == RemedyKind.VOUCHER).count() == 1
    assert lines(shop, fresh) == [("replace", 2500)]


def test_a_replaced_card_counts_once_on_its_case_and_keeps_what_it_was_worth(shop, card):
    fresh = voucher_deeds.replace(shop.desk, card.voucher_id, "Lost", now=shop.now)
    (remedy,) = shop.view(1).remedies
    assert (remedy.code, remedy.value_cents) == (fresh.code, 2500)
    (shown,) = customer_pages.view(shop.desk, 1).vouchers
    assert (shown.code, shown.initial_cents, shown.balance_cents) == (fresh.code, 2500, 2500)
    redeem(shop, fresh, 500)
    row = voucher_register.rows(shop.desk, [fresh.voucher_id], now=shop.now)[fresh.voucher_id]
    assert (row.initial_cents, row.status) == (2500, VoucherStatus.PART_USED)


def test_only_what_was_used_to_the_end_is_listed_as_used_up(shop, card):
    voucher_deeds.make_void(shop.desk, card.voucher_id, "A slip", now=shop.now)
    lost = shop.voucher(case_id=1)
    voucher_deeds.replace(shop.desk, lost.voucher_id, "Lost", now=shop.now)
    used = shop.voucher(case_id=1)
    redeem(shop, used)
    over = shop.voucher(case_id=1, valid_to=shop.now.date())
    lapses.look_after(shop.desk, now=shop.later(days=1))
    assert voucher_register.ids(shop.desk, now=shop.now, which="used_up") == [used.voucher_id]
    row = voucher_register.rows(shop.desk, [over.voucher_id], now=shop.now)[over.voucher_id]
    assert row.status is VoucherStatus.EXPIRED
