"""What the shop gives: what each is worth and costs, kept by the owner."""

import pytest

from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import catalogue, remedies, shop_setup
from recoverydesk.services.catalogue import ItemEntry
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.shop_setup import ShopSetup
from tests.conftest import NOW

TEA = ItemEntry(RemedyKind.GIFT, "Green tea", 1200, 540, terms="A tin.", offer_words="From us.")


def save(shop, entry, item_id=None):
    return catalogue.save(shop.desk, item_id, entry)


def item(shop, item_id):
    return next(
        one for one in catalogue.catalogue(shop.desk, also_retired=True) if one.item_id == item_id
    )


def names(shop, **which):
    return [one.name for one in catalogue.catalogue(shop.desk, **which)]


def test_what_is_added_stands_at_the_end_with_all_that_was_typed(shop):
    item_id = save(shop, TEA)

    assert names(shop)[-1] == "Green tea"
    found = item(shop, item_id)
    assert (found.kind, found.value_cents, found.cost_cents) == (RemedyKind.GIFT, 1200, 540)
    assert (found.terms, found.offer_words) == ("A tin.", "From us.")
    assert (found.months, found.stock, found.retired) == (None, None, False)


def test_what_ships_has_words_to_offer_it_with(shop):
    assert all(one.offer_words.endswith((".", "?")) for one in catalogue.catalogue(shop.desk))
    lasting = {one.name: one.months for one in catalogue.catalogue(shop.desk) if one.months}
    assert lasting == {"Free delivery for a year": 12, "Friends' price for six months": 6}


def test_a_change_is_kept_and_can_be_undone(shop):
    item_id = save(shop, TEA)
    save(shop, ItemEntry(RemedyKind.VOUCHER, "Tea card", 2000, cost_percent=42, months=6), item_id)

    found = item(shop, item_id)
    assert (found.name, found.kind, found.cost_cents, found.months) == (
        "Tea card", RemedyKind.VOUCHER, None, 6,
    )  # fmt: skip
    assert found.cost_for(2000) == 840

    shop.desk.undo()
    assert item(shop, item_id).name == "Green tea"


def test_what_was_given_before_keeps_its_worth_and_cost(shop):
    item_id = save(shop, TEA)
    case_id = shop.case()
    entry = RemedyEntry(RemedyKind.GIFT, "Green tea", 1200, 540)
    remedies.give(shop.desk, case_id, entry, now=shop.now)

    save(shop, ItemEntry(RemedyKind.GIFT, "Green tea", 2400, 990), item_id)

    (given,) = shop.view(case_id).remedies
    assert (given.value_cents, given.cost_cents) == (1200, 540)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "x" * 121}),
        ("name", {"name": "a SMALL gift"}),
        ("value", {"value_cents": -1}),
        ("cost", {"cost_cents": -1}),
        ("cost", {"cost_percent": 30}),
        ("cost_percent", {"cost_cents": None, "cost_percent": 101}),
        ("cost_percent", {"cost_cents": None, "cost_percent": -1}),
        ("months", {"months": -1}),
        ("months", {"months": 121}),
        ("stock", {"stock": -1}),
        ("stock", {"stock": 100_001}),
        ("terms", {"terms": "x" * 501}),
        ("offer_words", {"offer_words": "x" * 501}),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_changes(shop, field, change):
    before = names(shop)
    values = {"kind": RemedyKind.GIFT, "name": "Tea", "value_cents": 1200, "cost_cents": 540}

    with pytest.raises(InvalidEntryError) as caught:
        save(shop, ItemEntry(**(values | change)))

    assert caught.value.field == field
    assert names(shop) == before


def test_words_have_no_price(shop):
    with pytest.raises(InvalidEntryError, match="Words have no price"):
        save(shop, ItemEntry(RemedyKind.APOLOGY_ONLY, "A letter", 500))
    item_id = save(shop, ItemEntry(RemedyKind.APOLOGY_ONLY, "A letter", 0, cost_percent=50))
    found = item(shop, item_id)
    assert (found.value_cents, found.cost_cents, found.cost_percent) == (None, 0, None)


def test_a_name_can_stay_when_the_rest_changes_and_be_used_again_once_retired(shop):
    item_id = save(shop, TEA)
    assert save(shop, TEA, item_id) == item_id

    catalogue.retire(shop.desk, item_id)
    other = save(shop, TEA)

    with pytest.raises(InvalidEntryError, match="already"):
        catalogue.retire(shop.desk, item_id, retired=False)
    catalogue.retire(shop.desk, other)
    catalogue.retire(shop.desk, item_id, retired=False)
    assert names(shop).count("Green tea") == 1


def test_what_is_retired_is_offered_no_more_but_still_known(shop):
    item_id = save(shop, TEA)
    catalogue.retire(shop.desk, item_id)

    assert "Green tea" not in names(shop)
    assert item(shop, item_id).retired


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (ItemEntry(RemedyKind.GIFT, "A", 1000, 1500), True),
        (ItemEntry(RemedyKind.GIFT, "A", 1000, 1000), False),
        (ItemEntry(RemedyKind.GIFT, "A", None, 1500), False),
        (ItemEntry(RemedyKind.GIFT, "A", 0, 1500), True),
        (ItemEntry(RemedyKind.GIFT, "A", 0, cost_percent=30), False),
    ],
)
def test_that_it_costs_more_than_it_is_worth_is_told_and_allowed(shop, entry, told):
    assert bool(catalogue.remark(entry)) is told
    assert save(shop, entry)


def test_thirty_per_cent_of_nothing_is_nothing(shop):
    found = item(shop, save(shop, ItemEntry(RemedyKind.GIFT, "A", None, cost_percent=30)))
    assert found.cost_for(0) == 0


@pytest.mark.parametrize(
    ("currency", "worth", "cost"),
    [("JPY", 2000, 1100), ("KWD", 20_000, 11_000), ("EUR", 2000, 1100)],
)
def test_a_share_is_worked_out_in_the_shops_own_smallest_unit(desk, currency, worth, cost):
    shop_setup.set_up(desk, ShopSetup(currency=currency), now=NOW)
    found = next(one for one in catalogue.catalogue(desk) if one.name == "Gift certificate")
    assert (found.value_cents, found.cost_for(worth)) == (worth, cost)


def test_what_the_shop_gives_is_put_into_another_order(shop):
    ids = [one.item_id for one in catalogue.catalogue(shop.desk)]

    catalogue.arrange(shop.desk, [ids[3], ids[0]])

    arranged = [one.item_id for one in catalogue.catalogue(shop.desk)]
    assert arranged == [ids[3], ids[0], *ids[1:3], *ids[4:]]


def test_more_of_a_gift_come_in_and_are_counted(shop):
    item_id = save(shop, TEA)

    assert catalogue.add_stock(shop.desk, item_id, 6) == 6
    assert catalogue.add_stock(shop.desk, item_id, 4) == 10
    assert item(shop, item_id).stock == 10


@pytest.mark.parametrize("count", [0, -2, 100_001])
def test_no_gift_comes_in_by_less_than_one(shop, count):
    item_id = save(shop, TEA)
    with pytest.raises(InvalidEntryError) as caught:
        catalogue.add_stock(shop.desk, item_id, count)
    assert caught.value.field == "stock"
    assert item(shop, item_id).stock is None


@pytest.mark.parametrize(
    "do",
    [
        lambda desk: catalogue.save(desk, 999, TEA),
        lambda desk: catalogue.retire(desk, 999),
        lambda desk: catalogue.arrange(desk, [999]),
        lambda desk: catalogue.add_stock(desk, 999, 1),
    ],
    ids=["save", "retire", "arrange", "stock"],
)
def test_what_is_gone_is_said(shop, do):
    with pytest.raises(NotFoundError, match="no longer"):
        do(shop.desk)


@pytest.mark.parametrize(
    ("kind", "cost", "found"),
    [
        (RemedyKind.VOUCHER, 300, 300),
        (RemedyKind.VOUCHER, None, 1100),
        (RemedyKind.APOLOGY_ONLY, None, 0),
        (RemedyKind.OTHER, None, 2000),
    ],
)
def test_what_it_usually_costs_is_as_typed_else_by_its_kind_else_its_worth(shop, kind, cost, found):
    entry = RemedyEntry(kind, "This", 2000, cost)
    with shop.desk.reading():
        assert catalogue.usual_cost(entry) == found


def test_the_first_thing_of_an_empty_catalogue_can_be_added(desk):
    assert catalogue.save(desk, None, TEA)
    assert [one.name for one in catalogue.catalogue(desk)] == ["Green tea"]
