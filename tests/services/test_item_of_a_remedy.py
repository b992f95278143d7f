"""What is offered from the catalogue stays what it is: its time, its cost and how many are left."""

import pytest

from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.errors import NotAllowedError, NotFoundError
from recoverydesk.services import (
    approvals,
    catalogue,
    entitlements,
    follow_ups,
    incident_rounds,
    incidents,
    insights,
    limits,
    negotiations,
    people,
    remedies,
)
from recoverydesk.services.catalogue import ItemEntry
from recoverydesk.services.incidents import IncidentEntry
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.storage.tables import Remedy
from recoverydesk.topics import Topic


def item(shop, kind=RemedyKind.FREE_PRODUCT, *, value_cents=1_000, **more):
    entry = ItemEntry(kind, "A tin of tea", value_cents, **more)
    return catalogue.save(shop.desk, None, entry)


def left(shop, item_id):
    return next(one.stock for one in catalogue.catalogue(shop.desk) if one.item_id == item_id)


def entry(item_id, kind=RemedyKind.FREE_PRODUCT, **more):
    return RemedyEntry(kind, "A tin of tea", 1_000, item_id=item_id, **more)


def agree(shop, case_id, *entries):
    return negotiations.agree(shop.desk, case_id, "Tea it is.", entries, now=shop.now)


def remedy(shop, remedy_id):
    with shop.desk.reading():
        return Remedy.get_by_id(remedy_id)


def test_what_is_agreed_goes_off_the_shelf_once_and_comes_back_with_undo(shop):
    tea = item(shop, stock=1)
    case_id = shop.case()
    (made,) = agree(shop, case_id, entry(tea))
    assert (left(shop, tea), remedy(shop, made).item_id) == (0, tea)
    entitlements.hand_over(shop.desk, made, now=shop.now)
    assert left(shop, tea) == 0
    shop.desk.undo()
    shop.desk.undo()
    assert left(shop, tea) == 1


def test_the_last_one_is_never_promised_twice(shop):
    tea = item(shop, stock=1)
    case_id = shop.case()
    with pytest.raises(NotAllowedError, match="none left: A tin of tea"):
        agree(shop, case_id, entry(tea), entry(tea))
    assert left(shop, tea) == 1
    assert shop.view(case_id).remedies == ()


def test_an_offer_takes_nothing_off_the_shelf(shop):
    tea = item(shop, stock=1)
    negotiations.offer(shop.desk, shop.case(), entry(tea), now=shop.now)
    assert left(shop, tea) == 1


def test_it_costs_what_this_item_costs_and_not_the_first_of_its_kind(shop):
    item(shop, cost_percent=90)
    tea = item_of(shop, "Rooibos", cost_percent=25)
    (made,) = agree(shop, shop.case(), entry(tea))
    assert remedy(shop, made).cost_cents == 250
    with pytest.raises(NotFoundError):
        agree(shop, shop.case(), entry(99))


def item_of(shop, name, **more):
    return catalogue.save(shop.desk, None, ItemEntry(RemedyKind.FREE_PRODUCT, name, 1_000, **more))


def test_what_waits_for_the_owner_leaves_the_shelf_when_they_say_yes(shop):
    tea = item(shop, stock=1)
    case_id = shop.case()
    waits = approvals.ask_later(shop.desk, case_id, entry(tea), now=shop.now)
    assert left(shop, tea) == 1
    for doing in (remedies.hand_over, entitlements.hand_over):
        with pytest.raises(NotAllowedError, match="waits for the owner's word"):
            doing(shop.desk, waits, now=shop.now)
    approvals.allow(shop.desk, waits, now=shop.now)
    assert (left(shop, tea), remedy(shop, waits).item_id) == (0, tea)


def test_a_voucher_that_waits_for_the_owner_gets_no_code(shop):
    case_id = shop.case()
    people.sign_in(shop.desk, people.add(shop.desk, "Kim"), "", now=shop.now)
    voucher = RemedyEntry(RemedyKind.VOUCHER, "A card", 5_000)
    waits = approvals.ask_later(shop.desk, case_id, voucher, now=shop.now)
    (shown,) = shop.view(case_id).remedies
    assert not shown.lacks_code
    with pytest.raises(NotAllowedError, match="waits for the owner's word"):
        shop.voucher(case_id=case_id, remedy_id=waits)


@pytest.mark.parametrize(("months", "until"), [(6, "2026-09-02"), (0, None)])
def test_a_voucher_is_good_as_long_as_the_catalogue_says(shop, months, until):
    card = item(shop, RemedyKind.VOUCHER, months=months)
    case_id = shop.case()
    (made,) = agree(shop, case_id, entry(card, RemedyKind.VOUCHER))
    (shown,) = shop.view(case_id).remedies
    assert shown.months == months
    for voucher in (
        shop.voucher(case_id=case_id, remedy_id=made, value_cents=1_000),
        shop.voucher(case_id=case_id, item_id=card, value_cents=1_000),
        shop.voucher(item_id=card, value_cents=1_000),
    ):
        assert (voucher.valid_to and voucher.valid_to.isoformat()) == until


def test_a_bought_gift_card_costs_nothing_unless_something_else_is_typed(shop):
    for more, cost in (({}, 0), ({"cost_cents": 300}, 300)):
        bought = shop.voucher(kind="gift_card", value_cents=5_000, **more)
        with shop.desk.reading():
            assert Remedy.select().order_by(Remedy.id.desc()).get().cost_cents == cost
        assert bought.balance_cents == 5_000


def test_what_lasts_begins_when_it_is_handed_over_anywhere(shop):
    free = item(shop, RemedyKind.FREE_SHIPPING, months=3)
    case_id = shop.case()
    (made,) = agree(shop, case_id, entry(free, RemedyKind.FREE_SHIPPING))
    begun = entitlements.hand_over(shop.desk, made, now=shop.now)
    seen = entitlements.view(shop.desk, begun, now=shop.now)
    assert (seen.remedy_id, seen.valid_to.isoformat()) == (made, "2026-06-02")
    assert entitlements.of_case(shop.desk, case_id, now=shop.now) == {made: seen}
    assert remedy(shop, made).status == RemedyStatus.HANDED_OVER
    with pytest.raises(NotAllowedError, match="have that already"):
        entitlements.hand_over(shop.desk, made, now=shop.now)


def test_what_does_not_last_is_simply_handed_over(shop):
    made = shop.agreed(shop.case())
    assert entitlements.hand_over(shop.desk, made, now=shop.now) is None
    assert remedy(shop, made).status == RemedyStatus.HANDED_OVER


def test_ticking_the_step_lets_what_lasts_begin_too(shop):
    case_id = shop.case()
    lasting = shop.agreed(case_id, kind=RemedyKind.FREE_SHIPPING, words="Free delivery")
    money = shop.agreed(case_id, words="The money back")
    put_right = shop.step(case_id, "Fix it").follow_up_id
    follow_ups.complete(shop.desk, put_right, now=shop.now)
    begun = entitlements.of_case(shop.desk, case_id, now=shop.now)
    assert set(begun) == {lasting}
    assert remedy(shop, money).status == RemedyStatus.HANDED_OVER
    assert entitlements.granted(shop.desk, lasting, now=shop.now) == begun[lasting]
    assert entitlements.granted(shop.desk, money, now=shop.now) is None


def test_what_was_handed_over_and_granted_before_begins_once(shop):
    case_id = shop.case()
    free = shop.agreed(case_id, kind=RemedyKind.FREE_SHIPPING, words="Free delivery")
    entitlements.hand_over(shop.desk, free, now=shop.now)
    with shop.desk.changing(Topic.REMEDIES, "Again"):
        entitlements.begin(Remedy.get_by_id(free), now=shop.now)
    assert len(entitlements.of_case(shop.desk, case_id, now=shop.now)) == 1


def test_what_was_taken_back_is_not_given(shop):
    free = shop.agreed(shop.case(), kind=RemedyKind.FREE_SHIPPING, words="Free delivery")
    with shop.desk.changing(Topic.REMEDIES, "Take it back"):
        Remedy.update(status=RemedyStatus.VOID).execute()
    with pytest.raises(NotAllowedError, match="taken back"):
        entitlements.hand_over(shop.desk, free, now=shop.now)


def test_the_budget_counts_what_went_out_this_month(shop):
    case_id = shop.case()
    shop.agreed(case_id, value_cents=2_000, cost_cents=900)
    assert insights.budget_so_far(shop.desk, now=shop.now) == insights.Budget(0, None)
    shop.hand_over(case_id)
    limits.set_rules(shop.desk, staff_limit_cents=None, budget_cents=5_000, refund_days=7)
    assert insights.budget_so_far(shop.desk, now=shop.now) == insights.Budget(900, 5_000)
    assert insights.month_so_far(shop.desk, now=shop.now).remedies_cost_cents == 900
    next_month = shop.later(days=31)
    assert insights.budget_so_far(shop.desk, now=next_month).cost_cents == 0


def test_the_owner_is_asked_once_in_every_case_of_an_incident(shop):
    happened = IncidentEntry("The oven broke", "The bread was raw.", "We didn't look.")
    incident = incidents.open_incident(
        shop.desk, happened, (), names=("Ada Obi", "Ben Li"), now=shop.now
    )
    loaf = RemedyEntry(RemedyKind.OTHER, "A loaf", 400, 150)

    def ask():
        return incident_rounds.ask_all_later(shop.desk, incident, loaf, now=shop.now)

    assert (ask(), ask()) == (2, 0)
    assert [one.words for one in approvals.parked(shop.desk)] == ["A loaf", "A loaf"]
    shop.desk.undo()
    shop.desk.undo()
    assert approvals.parked(shop.desk) == ()
