"""What is fitting: the grid, the three proposals, and what is far from what others got."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.case import Fault, Severity
from recoverydesk.domain.ladder import (
    SQUARES,
    Ceilings,
    Choice,
    Far,
    Rung,
    Setting,
    checked_grid,
    far_outside,
    field_of,
    grid_from_json,
    grid_to_json,
    middle,
    propose,
    usual_grid,
)
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.errors import InvalidEntryError

USUAL = usual_grid(4000)
SORRY = Choice(1, RemedyKind.APOLOGY_ONLY, "We say sorry", None, 0)
TEA = Choice(2, RemedyKind.GIFT, "A tea", 800, 450)
VOUCHER = Choice(3, RemedyKind.VOUCHER, "Gift certificate", 2000, None, 55)
REPAIR = Choice(4, RemedyKind.REPAIR, "We mend it", 1500, 100)
DELIVERY = Choice(5, RemedyKind.FREE_SHIPPING, "Free delivery", 4000, None, 70)
MONEY = Choice(6, RemedyKind.REFUND, "Money back", None, None, 100)
SWAP = Choice(7, RemedyKind.REPLACEMENT, "A new one", None, None, 60)
SHELF = (SORRY, TEA, VOUCHER, REPAIR, DELIVERY, MONEY, SWAP)
OURS = Setting(Severity.UPSET, Fault.OURS)

sums = st.integers(0, 20_000)
choices = st.lists(
    st.builds(
        Choice,
        item_id=st.integers(1, 99),
        kind=st.sampled_from(RemedyKind),
        name=st.just("Something"),
        value_cents=st.none() | sums,
        cost_cents=st.none() | sums,
        cost_percent=st.none() | st.integers(0, 100),
    ),
    max_size=8,
)
settings = st.builds(
    Setting,
    severity=st.sampled_from(Severity),
    fault=st.sampled_from(Fault),
    manners=st.booleans(),
    again=st.booleans(),
    cases_lately=st.integers(0, 5),
)
squares = st.tuples(sums, sums).map(sorted).map(lambda pair: Ceilings(*pair))


def by_rung(proposals):
    return {one.rung: one for one in proposals}


@given(settings, squares, choices)
def test_there_are_always_three_and_none_is_worth_more_than_its_ceiling(setting, square, shelf):
    found = by_rung(propose(setting, square, shelf))

    assert set(found) == set(Rung)
    assert found[Rung.WORDS].value_cents == found[Rung.WORDS].cost_cents == 0
    assert found[Rung.SMALL].value_cents <= square.small
    assert found[Rung.GENEROUS].value_cents <= square.generous
    assert all(one.why.endswith(".") for one in found.values())


@given(settings, squares, choices)
def test_what_fits_comes_first_and_the_cheapest_of_it_on_top(setting, square, shelf):
    found = propose(setting, square, shelf)

    assert found[0].fits
    fits = [one.fits for one in found]
    assert fits == sorted(fits, reverse=True)
    costs = [one.cost_cents for one in found if one.fits]
    assert costs == sorted(costs)


@given(settings, squares, choices)
def test_words_come_first_where_it_was_about_manners(setting, square, shelf):
    found = propose(setting, square, shelf)

    if setting.manners:
        assert (found[0].rung, found[0].fits) == (Rung.WORDS, True)
        mends = {RemedyKind.REPAIR, RemedyKind.REPLACEMENT}
        assert not mends & {one.kind for one in found}


def test_a_mistake_of_ours_that_upset_them_begins_with_something_small():
    first, second, third = propose(OURS, USUAL[Severity.UPSET, Fault.OURS], SHELF)

    assert (first.rung, first.name, first.value_cents, first.cost_cents) == (
        Rung.SMALL, "We mend it", 1500, 100,
    )  # fmt: skip
    assert (second.rung, second.name, second.cost_cents) == (Rung.GENEROUS, "Free delivery", 2800)
    assert (third.rung, third.name, third.fits) == (Rung.WORDS, "We say sorry", False)


def test_where_it_was_about_manners_mending_a_thing_is_no_answer():
    setting = Setting(Severity.UPSET, Fault.OURS, manners=True)
    words, small, _generous = propose(setting, Ceilings(2000, 4000), SHELF)

    assert words.why == "It was about how they were treated: money would miss the point."
    assert (small.name, small.cost_cents) == ("A tea", 450)


@pytest.mark.parametrize(
    ("severity", "fault", "square", "says"),
    [
        (Severity.UPSET, Fault.OURS, Ceilings(0, 0), "Words are enough here"),
        (Severity.UPSET, Fault.NOT_OURS, Ceilings(500, 800), "It wasn't your doing"),
        (Severity.UPSET, Fault.UNKNOWN, Ceilings(500, 800), "You don't know yet"),
        (Severity.ANNOYED, Fault.OURS, Ceilings(500, 800), "They are annoyed, no more"),
    ],
)
def test_words_alone_are_enough_where_they_owe_little(severity, fault, square, says):
    first = propose(Setting(severity, fault), square, SHELF)[0]

    assert (first.rung, first.fits) == (Rung.WORDS, True)
    assert first.why.startswith(says)


def test_where_words_are_enough_nothing_more_is_proposed():
    found = by_rung(propose(OURS, Ceilings(0, 0), SHELF))

    for rung in (Rung.SMALL, Rung.GENEROUS):
        assert (found[rung].item_id, found[rung].value_cents, found[rung].fits) == (None, 0, False)


def test_what_has_no_worth_of_its_own_goes_up_to_the_ceiling():
    found = by_rung(propose(OURS, Ceilings(500, 700), SHELF))

    assert (found[Rung.SMALL].name, found[Rung.SMALL].value_cents) == ("Money back", 500)
    assert (found[Rung.GENEROUS].name, found[Rung.GENEROUS].value_cents) == ("Money back", 700)


def test_where_nothing_of_the_catalogue_fits_the_sum_alone_is_proposed():
    found = by_rung(propose(OURS, Ceilings(500, 700), [SWAP]))

    small = found[Rung.SMALL]
    assert (small.item_id, small.name, small.value_cents, small.cost_cents) == (None, "", 500, 500)
    assert small.why.startswith("Nothing you usually give fits here")
    assert found[Rung.WORDS].name == "A sincere apology"


def test_the_same_sum_for_small_and_generous_is_one_and_the_same_thing():
    found = by_rung(propose(OURS, Ceilings(2000, 2000), SHELF))

    small, generous = found[Rung.SMALL], found[Rung.GENEROUS]
    assert (generous.item_id, generous.value_cents) == (small.item_id, small.value_cents)
    assert generous.why == "You set the same sum for small and generous."


def test_of_what_costs_the_same_they_get_what_is_worth_more():
    shelf = [
        Choice(1, RemedyKind.GIFT, "Less", 500, 300),
        Choice(2, RemedyKind.GIFT, "More", 900, 300),
    ]
    assert by_rung(propose(OURS, Ceilings(1000, 2000), shelf))[Rung.SMALL].name == "More"


@pytest.mark.parametrize(
    ("setting", "rung", "says"),
    [
        (OURS, Rung.SMALL, "It was your mistake"),
        (Setting(Severity.UPSET, Fault.SHARED), Rung.SMALL, "Part of it was yours"),
        (Setting(Severity.UPSET, Fault.NOT_OURS), Rung.SMALL, "A kindness you don't owe"),
        (Setting(Severity.UPSET, Fault.OURS, manners=True), Rung.SMALL, "After the words"),
        (OURS, Rung.GENEROUS, "For a customer you would hate to lose"),
        (Setting(Severity.ABOUT_TO_LEAVE, Fault.OURS), Rung.GENEROUS, "They are about to leave"),
        (Setting(Severity.UPSET, Fault.OURS, again=True), Rung.GENEROUS, "It went wrong twice"),
        (
            Setting(Severity.UPSET, Fault.OURS, cases_lately=2),
            Rung.GENEROUS,
            "They were given things often",
        ),
    ],
)
def test_each_proposal_says_in_one_line_why(setting, rung, says):
    why = by_rung(propose(setting, Ceilings(2000, 4000), SHELF))[rung].why
    assert why.startswith(says)
    assert "\n" not in why


# The grid


@given(st.integers(0, 10_000_000))
def test_the_grid_as_it_ships_holds_together_in_any_currency(base):
    usual = usual_grid(base)

    assert set(usual) == set(SQUARES)
    assert checked_grid(usual) == usual
    for fault in Fault:
        rises = [usual[severity, fault].generous for severity in Severity]
        assert rises == sorted(rises)
    for severity in Severity:
        faults = (Fault.OURS, Fault.SHARED, Fault.UNKNOWN, Fault.NOT_OURS)
        falls = [usual[severity, fault].generous for fault in faults]
        assert falls == sorted(falls, reverse=True)


@given(st.dictionaries(st.sampled_from(SQUARES), squares))
def test_a_grid_comes_back_from_the_desk_as_it_was(grid):
    assert grid_from_json(grid_to_json(grid), USUAL) == {**USUAL, **grid}


@pytest.mark.parametrize(
    "square", [[1], [1, 2, 3], ["much", 5], [9, 3], [-1, 5], None, 5, {}], ids=str
)
def test_what_does_not_hold_in_a_stored_grid_is_as_it_ships(square):
    stored = json.dumps({"upset": {"ours": square, "shared": [100, 200]}})

    found = grid_from_json(stored, USUAL)

    assert found[Severity.UPSET, Fault.OURS] == USUAL[Severity.UPSET, Fault.OURS]
    assert found[Severity.UPSET, Fault.SHARED] == Ceilings(100, 200)
    assert found[Severity.ANNOYED, Fault.OURS] == USUAL[Severity.ANNOYED, Fault.OURS]


def test_an_empty_grid_is_as_it_ships():
    assert grid_from_json("", USUAL) == USUAL


@pytest.mark.parametrize(
    ("ceilings", "rung"),
    [
        (Ceilings(-1, 5), Rung.SMALL),
        (Ceilings(0, -5), Rung.GENEROUS),
        (Ceilings(500, 400), Rung.GENEROUS),
    ],
)
def test_what_cannot_be_in_a_grid_names_its_place(ceilings, rung):
    square = (Severity.ANNOYED, Fault.SHARED)
    with pytest.raises(InvalidEntryError) as caught:
        checked_grid({square: ceilings})
    assert caught.value.field == field_of(square, rung)


def test_every_sum_of_the_grid_has_a_name_of_its_own():
    names = {field_of(square, rung) for square in SQUARES for rung in Rung}
    assert len(names) == len(SQUARES) * len(Rung)


# What others got


@given(st.lists(sums, min_size=1))
def test_half_of_them_got_the_middle_or_less(values):
    found = middle(values)
    assert found in values
    assert sum(value <= found for value in values) * 2 >= len(values)
    assert sum(value >= found for value in values) * 2 >= len(values)


@pytest.mark.parametrize(
    ("offer", "others", "found"),
    [
        (9900, [1000, 2000], None),
        (3000, [1000, 1500, 2000], None),
        (3001, [1000, 1500, 2000], Far.ABOVE),
        (500, [1000, 1500, 2000], None),
        (499, [1000, 1500, 2000], Far.BELOW),
        (0, [0, 0, 0], None),
        (100, [0, 0, 0], Far.ABOVE),
        (0, [0, 1500, 2000], None),
    ],
)
def test_an_offer_is_far_outside_beyond_half_as_much_again(offer, others, found):
    assert far_outside(offer, others) is found
