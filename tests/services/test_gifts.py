"""Thank-you gifts: planned, chosen from what they like, never the same one twice."""

from datetime import date

import pytest

from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import (
    agendas,
    customer_pages,
    customers,
    follow_ups,
    gift_ideas,
    gifts,
    insights,
    merges,
    preferences,
    seen_before,
)
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.gifts import GiftEntry
from recoverydesk.storage.tables import CatalogueItem, FollowUp, Remedy
from recoverydesk.topics import Topic
from tests.storage.filling import dump


def plan(shop, customer_id, **more):
    more = {"budget_cents": 1500, "months": 3, "occasion": "Her birthday", **more}
    return gifts.plan_gift(shop.desk, customer_id, now=shop.now, **more)


def give(shop, customer_id, *, remedy_id=None, again=False, **entry):
    return gifts.give_gift(
        shop.desk,
        customer_id,
        GiftEntry(**entry),
        now=shop.now,
        remedy_id=remedy_id,
        again=again,
    )


def names(shop, customer_id, budget=None):
    return [one.name for one in gift_ideas.ideas(shop.desk, customer_id, budget).ideas]


def remedy(shop, remedy_id):
    with shop.desk.reading():
        return Remedy.get_by_id(remedy_id)


def follow_up(shop, remedy_id):
    with shop.desk.reading():
        return FollowUp.get(FollowUp.remedy_id == remedy_id)


def item_id(shop, name):
    with shop.desk.reading():
        return CatalogueItem.get(CatalogueItem.name == name).id


def stock_of(shop, name):
    with shop.desk.reading():
        return CatalogueItem.get(CatalogueItem.name == name).stock


@pytest.fixture
def shelf(shop):
    """Four things to give, and one that isn't given any more."""
    with shop.desk.changing(Topic.REMEDIES, "Fill the shelf"):
        CatalogueItem.update(retired=True).execute()
        for position, (name, kind, value, cost, stock, more) in enumerate(
            (
                ("A box of chocolates", "gift", 1200, 700, 2, {}),
                ("A pot of green tea", "gift", 900, 400, None, {}),
                ("A cake of the day", "free_product", 2000, None, 0, {}),
                ("Something small", "free_product", None, None, None, {"cost_percent": 40}),
                ("An old mug", "gift", 500, 200, None, {"retired": True}),
                ("A refund", "refund", 500, 500, None, {}),
            )
        ):
            CatalogueItem.create(
                kind=kind, name=name, value_cents=value, cost_cents=cost, stock=stock,
                position=position, **more,
            )  # fmt: skip
    return shop


def test_a_planned_gift_comes_to_today_so_many_months_on(shop):
    customer_id = shop.customer()
    remedy_id = plan(shop, customer_id)

    row = follow_up(shop, remedy_id)
    assert (row.kind, row.act, row.due_on) == (FollowUpKind.GIFT, Act.GIVE, date(2026, 6, 2))
    assert (row.title, row.reason) == ("Thank Ada with a gift", "Her birthday")
    found = remedy(shop, remedy_id)
    assert (found.status, found.kind, found.value_cents) == (
        RemedyStatus.PROPOSED,
        RemedyKind.GIFT,
        1500,
    )
    (planned,) = customer_pages.view(shop.desk, customer_id).planned_gifts
    assert (planned.on, planned.occasion, planned.budget_cents) == (
        date(2026, 6, 2),
        "Her birthday",
        1500,
    )
    shop.later(days=92)
    (due,) = agendas.agenda(shop.desk, now=shop.now).today
    assert (due.kind, due.remedy_id) == (FollowUpKind.GIFT, remedy_id)


def test_a_gift_can_be_planned_for_a_day_and_without_an_occasion(shop):
    remedy_id = plan(shop, shop.customer(), months=None, on=date(2026, 3, 8), occasion="")
    row = follow_up(shop, remedy_id)
    assert row.due_on == date(2026, 3, 9)  # the 8th is a Sunday
    assert "nobody expects it" in row.reason


def test_nothing_is_booked_until_it_is_given(shop):
    customer_id = shop.customer()
    remedy_id = plan(shop, customer_id)
    assert seen_before.given_lately(shop.desk, customer_id, now=shop.now).cost_cents == 0
    assert insights.month_so_far(shop.desk, now=shop.now).remedies_cost_cents == 0

    give(shop, customer_id, remedy_id=remedy_id, words="A tin of tea", value_cents=900,
         cost_cents=400)  # fmt: skip

    assert seen_before.given_lately(shop.desk, customer_id, now=shop.now).cost_cents == 400
    assert insights.month_so_far(shop.desk, now=shop.now).remedies_cost_cents == 400
    assert remedy(shop, remedy_id).status == RemedyStatus.HANDED_OVER
    assert remedy(shop, remedy_id).occasion == "Her birthday"
    row = follow_up(shop, remedy_id)
    assert (row.status, row.end_words) == (FollowUpStatus.DONE, "A tin of tea")
    assert gift_ideas.ideas(shop.desk, customer_id).planned == ()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"months": None}, "day"),
        ({"months": -1}, "day"),
        ({"months": 61}, "day"),
        ({"months": None, "on": date(2026, 3, 1)}, "day"),
        ({"months": None, "on": date(2032, 3, 1)}, "day"),
        ({"budget_cents": -1}, "budget"),
        ({"occasion": "x" * 121}, "occasion"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(shop, more, field):
    customer_id = shop.customer()
    before = dump(shop.desk)
    with pytest.raises(InvalidEntryError) as refused:
        plan(shop, customer_id, **more)
    assert refused.value.field == field
    assert dump(shop.desk) == before


def test_a_gift_for_one_who_asked_to_be_left_alone_waits_until_they_come(shop):
    customer_id = shop.customer()
    preferences.leave_alone(shop.desk, customer_id, asked=True, now=shop.now)
    row = follow_up(shop, plan(shop, customer_id))
    assert row.status == FollowUpStatus.PLANNED
    assert row.reason.endswith("wait until they come")
    assert gift_ideas.ideas(shop.desk, customer_id).left_alone


def test_ideas_are_in_stock_within_the_budget_and_what_they_like_comes_first(shelf):
    customer_id = shelf.customer(likes="green teas, crime novels")
    found = gift_ideas.ideas(shelf.desk, customer_id, 700)
    assert found.likes == "green teas, crime novels"
    assert [(one.name, one.liked) for one in found.ideas] == [
        ("A pot of green tea", True),
        ("A box of chocolates", False),
        ("Something small", False),
    ]
    assert [(one.value_cents, one.cost_cents, one.left) for one in found.ideas] == [
        (900, 400, None),
        (1200, 700, 2),
        (700, 280, None),
    ]
    assert names(shelf, customer_id, 500) == ["A pot of green tea", "Something small"]
    assert len(names(shelf, customer_id)) == 3


def test_nobody_gets_the_same_twice(shelf):
    customer_id = shelf.customer()
    tea = item_id(shelf, "A pot of green tea")
    give(shelf, customer_id, item_id=tea, occasion="A year with us")
    give(shelf, customer_id, words="A scarf", cost_cents=800)

    assert "A pot of green tea" not in names(shelf, customer_id)
    found = gift_ideas.ideas(shelf.desk, customer_id).past
    assert [(one.words, one.given_on, one.occasion, one.value_cents) for one in found] == [
        ("A scarf", date(2026, 3, 2), "", 800),
        ("A pot of green tea", date(2026, 3, 2), "A year with us", 900),
    ]
    assert customer_pages.view(shelf.desk, customer_id).past_gifts == found
    for same in ({"item_id": tea}, {"words": "a SCARF", "cost_cents": 800}):
        with pytest.raises(InvalidEntryError, match="2 March 2026") as refused:
            give(shelf, customer_id, **same)
        assert refused.value.field == "again"
    give(shelf, customer_id, item_id=tea, again=True)
    assert len(gift_ideas.ideas(shelf.desk, customer_id).past) == 3


def test_a_free_product_of_a_case_counts_as_given_before(shelf):
    case_id = shelf.case()
    shelf.agreed(case_id, kind=RemedyKind.FREE_PRODUCT, words="Something small", value_cents=500)
    customer_id = shelf.view(case_id).customer_id
    assert "Something small" in names(shelf, customer_id)
    shelf.hand_over(case_id)
    assert "Something small" not in names(shelf, customer_id)


def test_the_stock_goes_down_and_never_below_nothing(shelf):
    box = item_id(shelf, "A box of chocolates")
    for n, left in ((1, 1), (2, 0)):
        give(shelf, shelf.customer(f"Ada {n}"), item_id=box)
        assert stock_of(shelf, "A box of chocolates") == left
    last = shelf.customer("Ada 3")
    before = dump(shelf.desk)
    with pytest.raises(NotAllowedError, match="none left"):
        give(shelf, last, item_id=box)
    assert dump(shelf.desk) == before


def test_value_and_cost_come_from_the_catalogue_or_from_what_is_typed(shelf):
    customer_id = shelf.customer()
    box, small = item_id(shelf, "A box of chocolates"), item_id(shelf, "Something small")
    for entry, value, cost in (
        ({"item_id": box}, 1200, 700),
        ({"item_id": box, "value_cents": 1000, "cost_cents": 1}, 1000, 1),
        ({"item_id": small, "value_cents": 1000}, 1000, 400),
        ({"item_id": small, "cost_cents": 300}, 300, 300),
        ({"words": "A scarf", "value_cents": 800}, 800, 800),
        ({"words": "A hug", "cost_cents": 0}, 0, 0),
    ):
        row = remedy(shelf, give(shelf, customer_id, again=True, **entry))
        assert (row.value_cents, row.cost_cents) == (value, cost)
    assert remedy(shelf, row.id).customer_id == customer_id


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"cost_cents": 100}, "words"),
        ({"words": "A scarf"}, "cost"),
        ({"words": "A scarf", "value_cents": -1}, "value"),
        ({"words": "A scarf", "value_cents": 1, "cost_cents": -1}, "cost"),
        ({"words": "A scarf", "cost_cents": 1, "occasion": "x" * 121}, "occasion"),
    ],
)
def test_a_gift_that_cannot_be_is_refused(shop, entry, field):
    customer_id = shop.customer()
    with pytest.raises(InvalidEntryError) as refused:
        give(shop, customer_id, **entry)
    assert refused.value.field == field
    assert gift_ideas.ideas(shop.desk, customer_id).past == ()


def test_a_planned_gift_is_given_once_and_to_its_own_customer(shop):
    customer_id, other = shop.customer(), shop.customer("Ben Kay")
    remedy_id = plan(shop, customer_id)
    with pytest.raises(NotFoundError):
        give(shop, other, remedy_id=remedy_id, words="A scarf", cost_cents=1)
    give(shop, customer_id, remedy_id=remedy_id, words="A scarf", cost_cents=1)
    with pytest.raises(NotAllowedError, match="already"):
        give(shop, customer_id, remedy_id=remedy_id, words="A hat", cost_cents=1)


def test_nobody_and_nothing_are_refused(shop):
    with pytest.raises(NotFoundError):
        plan(shop, 99)
    with pytest.raises(NotFoundError):
        gift_ideas.ideas(shop.desk, 99)
    with pytest.raises(NotFoundError, match="no longer among"):
        give(shop, shop.customer(), item_id=9_999)


def test_ticked_off_it_counts_as_given_at_the_planned_cost(shop):
    remedy_id = plan(shop, shop.customer())
    before = dump(shop.desk)
    follow_ups.complete(shop.desk, follow_up(shop, remedy_id).id, now=shop.now)
    found = remedy(shop, remedy_id)
    assert (found.status, found.cost_cents) == (RemedyStatus.HANDED_OVER, 1500)
    with shop.desk.changing(Topic.REMEDIES, "Again"):
        gifts.follow(follow_up(shop, remedy_id), now=shop.now)  # changes nothing
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_left_out_it_is_called_off(shop):
    remedy_id = plan(shop, shop.customer())
    follow_ups.skip(shop.desk, follow_up(shop, remedy_id).id, why="They moved.", now=shop.now)
    assert remedy(shop, remedy_id).status == RemedyStatus.VOID


def test_undo_takes_plan_and_gift_back_whole(shelf):
    customer_id = shelf.customer()
    start = dump(shelf.desk)
    remedy_id = plan(shelf, customer_id)
    planned = dump(shelf.desk)
    give(shelf, customer_id, remedy_id=remedy_id, item_id=item_id(shelf, "A box of chocolates"))
    assert stock_of(shelf, "A box of chocolates") == 1
    shelf.desk.undo()
    assert dump(shelf.desk) == planned
    shelf.desk.undo()
    assert dump(shelf.desk) == start


def test_merging_two_customers_keeps_plans_and_past_gifts(shop):
    kept, other = shop.customer(), shop.customer("Ada Obi-Ray")
    plan(shop, other)
    give(shop, other, words="A scarf", cost_cents=800)
    before = dump(shop.desk)
    merges.merge_customers(shop.desk, kept, other, choices={}, now=shop.now)
    found = gift_ideas.ideas(shop.desk, kept)
    assert (len(found.planned), [one.words for one in found.past]) == (1, ["A scarf"])
    with pytest.raises(InvalidEntryError):
        give(shop, kept, words="A scarf", cost_cents=800)
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_likes_can_be_empty(shelf):
    customer_id = shelf.customer()
    customers.change(shelf.desk, customer_id, CustomerEntry(name="Ada Obi", likes=""))
    assert not any(one.liked for one in gift_ideas.ideas(shelf.desk, customer_id).ideas)
