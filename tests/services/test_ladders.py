"""What could be offered for a case, by the shop's own grid."""

from dataclasses import replace

import pytest

from recoverydesk.domain.case import Fault, Severity
from recoverydesk.domain.ladder import Ceilings, Rung
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import catalogue, causes, intake, ladders, shop_setup, vouchers
from recoverydesk.services.catalogue import ItemEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.intake import Intake
from recoverydesk.services.presets import shop_preset
from recoverydesk.services.shop_setup import ShopSetup
from recoverydesk.services.vouchers import VoucherEntryForm
from recoverydesk.storage.tables import Case, Shop
from recoverydesk.topics import Topic
from tests.conftest import NOW

UPSET_OURS = (Severity.UPSET, Fault.OURS)


def proposed(shop, case_id):
    return ladders.proposals(shop.desk, case_id, now=shop.now)


def by_rung(shop, case_id):
    return {one.rung: one for one in proposed(shop, case_id)}


def caused(shop, name, **entry):
    """A case with a cause by its name."""
    case_id = shop.case(**entry)
    found = next(one for one in causes.all_causes(shop.desk) if one.name == name)
    causes.write_down(shop.desk, case_id, [], cause_id=found.cause_id, now=shop.now)
    return case_id


def test_the_cheapest_thing_that_fits_is_proposed_first(shop):
    case_id = shop.case(severity=Severity.UPSET)
    ladders.set_fault(shop.desk, case_id, Fault.OURS)

    first, second, third = proposed(shop, case_id)

    assert [first.rung, second.rung, third.rung] == [Rung.SMALL, Rung.GENEROUS, Rung.WORDS]
    assert (first.name, first.value_cents, first.cost_cents) == ("A small gift", 800, 450)
    assert 2000 < second.value_cents <= 4000


def test_whose_fault_it_was_is_kept_and_changes_what_is_fitting(shop):
    case_id = shop.case(severity=Severity.UPSET)
    assert proposed(shop, case_id)[0].rung is Rung.WORDS

    ladders.set_fault(shop.desk, case_id, Fault.OURS)

    assert shop.view(case_id).fault is Fault.OURS
    assert proposed(shop, case_id)[0].rung is Rung.SMALL
    shop.desk.undo()
    assert shop.view(case_id).fault is Fault.UNKNOWN


def test_where_it_was_about_manners_words_come_first(shop):
    case_id = caused(shop, "Unfriendly or not helped", severity=Severity.ABOUT_TO_LEAVE)
    ladders.set_fault(shop.desk, case_id, Fault.OURS)

    first = proposed(shop, case_id)[0]

    assert (first.rung, first.name) == (Rung.WORDS, "A sincere apology")
    assert "how they were treated" in first.why


def test_a_group_about_manners_stands_for_all_under_it(shop):
    case_id = caused(shop, "Long wait at the counter", severity=Severity.ABOUT_TO_LEAVE)
    ladders.set_fault(shop.desk, case_id, Fault.OURS)
    assert proposed(shop, case_id)[0].rung is not Rung.WORDS
    group = next(one for one in causes.all_causes(shop.desk) if one.name == "Service")

    ladders.set_manners(shop.desk, group.cause_id, manners=True)

    assert group.cause_id in ladders.manners(shop.desk)
    assert proposed(shop, case_id)[0].rung is Rung.WORDS
    ladders.set_manners(shop.desk, group.cause_id, manners=False)
    assert proposed(shop, case_id)[0].rung is not Rung.WORDS


def test_a_case_whose_cause_is_a_group_is_looked_at_alone(shop):
    case_id = caused(shop, "Service", severity=Severity.ABOUT_TO_LEAVE)
    ladders.set_fault(shop.desk, case_id, Fault.OURS)
    assert proposed(shop, case_id)[0].rung is not Rung.WORDS


def test_what_is_used_up_or_retired_is_not_proposed(shop):
    case_id = shop.case(severity=Severity.UPSET)
    ladders.set_fault(shop.desk, case_id, Fault.OURS)
    gift = next(one for one in catalogue.catalogue(shop.desk) if one.name == "A small gift")
    entry = ItemEntry(RemedyKind.GIFT, gift.name, gift.value_cents, gift.cost_cents, stock=1)
    catalogue.save(shop.desk, gift.item_id, entry)
    assert by_rung(shop, case_id)[Rung.SMALL].item_id == gift.item_id

    catalogue.save(shop.desk, gift.item_id, replace(entry, stock=0))
    assert by_rung(shop, case_id)[Rung.SMALL].item_id != gift.item_id

    catalogue.save(shop.desk, gift.item_id, replace(entry, stock=None))
    catalogue.retire(shop.desk, gift.item_id)
    assert by_rung(shop, case_id)[Rung.SMALL].item_id != gift.item_id


def test_who_was_given_things_often_is_seen_for_what_goes_wrong(shop):
    before = [shop.case(phone="0161 4960 123") for _ in range(2)]
    case_id = shop.case(phone="0161 4960 123", severity=Severity.UPSET)
    with shop.desk.changing(Topic.CASES, "One customer"):
        Case.update(customer=shop.view(case_id).customer_id, alarm="").execute()
    shop.agreed(before[0], value_cents=500)
    shop.agreed(case_id, value_cents=500)
    shop.agreed(case_id, value_cents=500)
    assert "often" not in by_rung(shop, case_id)[Rung.GENEROUS].why

    shop.agreed(before[1], value_cents=500)

    assert "often" in by_rung(shop, case_id)[Rung.GENEROUS].why
    shop.later(days=366)
    assert "often" not in by_rung(shop, case_id)[Rung.GENEROUS].why


def test_a_gift_card_that_they_bought_is_no_goodwill(shop):
    case_id = shop.case(severity=Severity.UPSET)
    customer_id = shop.view(case_id).customer_id
    for _ in range(3):
        form = VoucherEntryForm(value_cents=2500)
        vouchers.issue(shop.desk, form, now=shop.now, customer_id=customer_id)

    assert "often" not in by_rung(shop, case_id)[Rung.GENEROUS].why


def test_a_second_failure_asks_for_a_person_and_not_for_more_money(shop):
    case_id = shop.case(severity=Severity.UPSET)
    with shop.desk.changing(Topic.CASES, "Second failure"):
        Case.update(alarm="It went wrong again.").where(Case.id == case_id).execute()

    assert "in person" in by_rung(shop, case_id)[Rung.GENEROUS].why


# The grid


@pytest.mark.parametrize("kind", ShopKind)
@pytest.mark.parametrize(
    ("currency", "unit"), [("EUR", 100), ("JPY", 100), ("KWD", 1000)], ids=["EUR", "JPY", "KWD"]
)
def test_a_new_shop_has_a_grid_in_its_own_money(desk, kind, currency, unit):
    shop_setup.set_up(desk, ShopSetup(kind=kind, currency=currency), now=NOW)

    base = round(float(shop_preset(kind).ladder_base) * unit)
    assert ladders.grid(desk) == ladders.usual_grid(desk)
    assert ladders.grid(desk)[UPSET_OURS] == Ceilings(base // 2, base)
    assert all(one.small <= one.generous for one in ladders.grid(desk).values())


@pytest.mark.parametrize("kind", ShopKind)
def test_every_kind_of_shop_has_something_small_and_something_generous_to_propose(desk, kind):
    shop_setup.set_up(desk, ShopSetup(kind=kind, currency="EUR"), now=NOW)
    entry = Intake(CustomerEntry("Ada Obi"), "It leaks.", severity=Severity.UPSET)
    case_id = intake.log(desk, entry, now=NOW).case_id
    ladders.set_fault(desk, case_id, Fault.OURS)

    found = {one.rung: one for one in ladders.proposals(desk, case_id, now=NOW)}

    assert found[Rung.SMALL].item_id
    assert found[Rung.GENEROUS].item_id
    assert found[Rung.SMALL].value_cents < found[Rung.GENEROUS].value_cents


def test_the_owner_changes_a_square_and_the_others_stay(shop):
    usual = ladders.usual_grid(shop.desk)

    ladders.save_grid(shop.desk, {UPSET_OURS: Ceilings(100, 9_000)})

    kept = ladders.grid(shop.desk)
    assert kept[UPSET_OURS] == Ceilings(100, 9_000)
    assert {**kept, UPSET_OURS: usual[UPSET_OURS]} == usual
    shop.desk.undo()
    assert ladders.grid(shop.desk) == usual


def test_a_grid_put_back_as_it_came_goes_on_being_what_ships(shop):
    ladders.save_grid(shop.desk, {UPSET_OURS: Ceilings(100, 9_000)})
    ladders.save_grid(shop.desk, ladders.usual_grid(shop.desk))

    with shop.desk.reading():
        assert not Shop.get().ladder


def test_a_grid_that_does_not_hold_is_not_taken(shop):
    with pytest.raises(InvalidEntryError) as caught:
        ladders.save_grid(shop.desk, {UPSET_OURS: Ceilings(500, 400)})
    assert caught.value.field == "generous-upset-ours"
    assert ladders.grid(shop.desk) == ladders.usual_grid(shop.desk)


@pytest.mark.parametrize(
    "do",
    [
        lambda desk: ladders.proposals(desk, 999, now=NOW),
        lambda desk: ladders.set_fault(desk, 999, Fault.OURS),
        lambda desk: ladders.set_manners(desk, 999, manners=True),
    ],
    ids=["proposals", "fault", "manners"],
)
def test_what_is_gone_is_said(shop, do):
    with pytest.raises(NotFoundError):
        do(shop.desk)


def test_a_desk_without_a_shop_has_no_grid(desk):
    with pytest.raises(NotFoundError):
        ladders.grid(desk)
