"""What runs out is an event with a line of its own; nothing is deleted, and extending mends it."""

from datetime import timedelta

import pytest

from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.voucher import VoucherStatus
from recoverydesk.services import entitlements, lapses, voucher_deeds, voucher_views, vouchers
from recoverydesk.services.entitlements import EntitlementEntry
from recoverydesk.storage.tables import FollowUp, Remedy
from recoverydesk.topics import Topic
from tests.storage.filling import dump


def look_after(shop):
    return lapses.look_after(shop.desk, now=shop.now)


def seen(shop, voucher):
    return voucher_views.view(shop.desk, voucher.voucher_id, now=shop.now)


def statuses(shop):
    with shop.desk.reading():
        return [row.status for row in Remedy.select()]


def soon(shop, days=10):
    return shop.now.date() + timedelta(days=days)


@pytest.fixture
def card(shop):
    return shop.voucher(case_id=shop.case(), valid_to=soon(shop))


def test_the_day_after_its_last_what_is_left_lapses(shop, card):
    shop.later(days=10)
    assert look_after(shop).lapsed == 0  # good through the whole of it
    shop.later(days=1)
    assert look_after(shop).lapsed == 1
    view = seen(shop, card)
    assert (view.status, view.balance_cents) == (VoucherStatus.EXPIRED, 0)
    assert (view.ledger[-1].kind.value, view.ledger[-1].amount_cents) == ("expire", -2500)
    assert "expired on 12 March 2026" in view.why_not
    assert statuses(shop) == [RemedyStatus.LAPSED]
    assert look_after(shop) == lapses.LookedAfter()


def test_what_was_used_in_part_counts_as_used(shop, card):
    vouchers.redeem(shop.desk, card.code, now=shop.now, amount_cents=500)
    shop.later(days=11)
    look_after(shop)
    assert statuses(shop) == [RemedyStatus.USED]


def test_extending_brings_back_what_had_lapsed(shop, card):
    shop.later(days=11)
    look_after(shop)
    voucher_deeds.extend(shop.desk, card.voucher_id, soon(shop, 30), "Was ill", now=shop.now)
    view = seen(shop, card)
    assert (view.status, view.balance_cents) == (VoucherStatus.ACTIVE, 2500)
    shop.later(days=31)
    look_after(shop)
    voucher_deeds.extend(shop.desk, card.voucher_id, soon(shop, 30), "Again", now=shop.now)
    assert seen(shop, card).balance_cents == 2500
    assert statuses(shop) == [RemedyStatus.ISSUED]


def test_its_reminder_ends_with_it(shop, card):
    shop.later(days=11)
    look_after(shop)
    with shop.desk.reading():
        row = FollowUp.get(FollowUp.voucher_id == card.voucher_id)
        assert (row.status, row.end_words) == (FollowUpStatus.SKIPPED, "it has run out")


@pytest.mark.parametrize("days", [-30, 60])
def test_a_clock_that_may_be_wrong_writes_nothing_off(shop, card, days):
    shop.later(days=days)
    assert look_after(shop).lapsed == 0
    assert seen(shop, card).balance_cents == 2500


def test_nothing_of_it_can_be_undone_or_gets_in_the_way_of_undo(shop, card):
    newest = shop.desk.last_undoable().id
    shop.later(days=11)
    look_after(shop)
    assert card.balance_cents == 2500
    assert shop.desk.last_undoable().id == newest


def test_vouchers_from_before_there_were_reminders_get_theirs(shop, card):
    with shop.desk.changing(Topic.FOLLOW_UPS, "Before"):
        FollowUp.delete().where(FollowUp.kind == FollowUpKind.RESCUE).execute()
    assert look_after(shop).planned == 1
    assert look_after(shop).planned == 0
    with shop.desk.reading():
        assert FollowUp.select().where(FollowUp.voucher_id == card.voucher_id).count() == 1


def test_things_for_a_time_end_too(shop):
    case_id = shop.case()
    for uses in (0, 1):
        remedy_id = shop.agreed(case_id, kind=RemedyKind.MEMBERSHIP, words=f"A card {uses}")
        entry = EntitlementEntry(valid_to=soon(shop), uses=3)
        made = entitlements.grant(shop.desk, remedy_id, entry, now=shop.now)
        for _ in range(uses):
            entitlements.use(shop.desk, made, now=shop.now)
    shop.later(days=11)
    assert look_after(shop).lapsed == 2
    assert statuses(shop) == [RemedyStatus.LAPSED, RemedyStatus.USED]
    before = dump(shop.desk)
    look_after(shop)
    assert dump(shop.desk) == before
