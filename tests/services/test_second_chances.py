"""The second-chance meter of a customer."""

from datetime import date, timedelta

import pytest

from recoverydesk.domain.case import Severity
from recoverydesk.domain.second_chance import GoodWay
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import customer_pages, merges, preferences, second_chances
from tests.storage.filling import dump


def add(shop, customer_id, words="She smiled.", way=None, **more):
    return second_chances.add(shop.desk, customer_id, words, way, now=shop.now, **more)


def chance(shop, customer_id):
    return second_chances.of_customer(shop.desk, customer_id)


def test_only_what_somebody_wrote_down_counts(shop):
    case_id = shop.settled_case()
    customer_id = shop.view(case_id).customer_id
    assert chance(shop, customer_id).count == 0

    add(shop, customer_id, way=GoodWay.GREETED, case_id=case_id)
    add(shop, customer_id, "She brought a friend.")

    found = chance(shop, customer_id)
    assert (found.count, found.target, found.since) == (2, 12, date(2026, 3, 2))
    assert [one.words for one in found.experiences] == ["She brought a friend.", "She smiled."]
    assert customer_pages.view(shop.desk, customer_id).positives == 2


def test_what_goes_wrong_again_takes_a_dot_away_and_uses_no_way(shop):
    customer_id = shop.customer()
    add(shop, customer_id)
    add(shop, customer_id, way=GoodWay.GREETED)
    add(shop, customer_id, "Late again.", GoodWay.KEPT_PROMISE, negative=True)

    found = chance(shop, customer_id)
    assert found.count == 1
    assert [one.way for one in found.used] == [GoodWay.GREETED]
    assert (found.experiences[0].negative, found.experiences[0].way) == (True, None)


def test_the_ways_that_were_gone_are_told_with_their_days(shop):
    customer_id = shop.customer()
    add(shop, customer_id, way=GoodWay.GREETED, happened_on=date(2026, 2, 10))
    add(shop, customer_id, way=GoodWay.KEPT_PROMISE)
    add(shop, customer_id, way=GoodWay.GREETED)

    found = chance(shop, customer_id)
    assert [(one.way, one.days) for one in found.used] == [
        (GoodWay.KEPT_PROMISE, (date(2026, 3, 2),)),
        (GoodWay.GREETED, (date(2026, 3, 2), date(2026, 2, 10))),
    ]
    assert len(found.unused) == 10


def test_a_new_case_starts_the_meter_anew(shop):
    case_id = shop.settled_case()
    customer_id = shop.view(case_id).customer_id
    add(shop, customer_id, way=GoodWay.GREETED)
    shop.later(days=30)
    shop.case(words="Again it leaks.")
    add(shop, customer_id, "Seen last week", happened_on=shop.now.date() - timedelta(days=7))

    assert (chance(shop, customer_id).count, chance(shop, customer_id).used) == (0, ())
    add(shop, customer_id)
    assert chance(shop, customer_id).count == 1


def test_after_grave_harm_better_prices_are_proposed_first(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    found = chance(shop, shop.view(case_id).customer_id)
    assert set(found.unused[:2]) == {GoodWay.BETTER_PRICE, GoodWay.WAIVED}


def test_who_asked_to_be_left_alone_is_not_to_be_rung(shop):
    customer_id = shop.customer()
    preferences.leave_alone(shop.desk, customer_id, asked=True, now=shop.now)
    assert GoodWay.RANG_AFTER not in chance(shop, customer_id).unused


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"words": " "}, "words", "went well"),
        ({"words": "", "negative": True}, "words", "went wrong"),
        ({"words": "x" * 201}, "words", "too long"),
        ({"happened_on": date(2026, 3, 3)}, "happened_on", "hasn't come"),
    ],
)
def test_an_experience_needs_words_and_a_day_that_has_come(shop, more, field, words):
    customer_id = shop.customer()
    with pytest.raises(InvalidEntryError, match=words) as refused:
        add(shop, customer_id, **more)
    assert refused.value.field == field
    assert chance(shop, customer_id).count == 0


def test_nobody_and_no_case_are_refused(shop):
    with pytest.raises(NotFoundError):
        add(shop, 99)
    with pytest.raises(NotFoundError):
        add(shop, shop.customer(), case_id=99)
    with pytest.raises(NotFoundError):
        chance(shop, 99)


def test_undo_takes_an_experience_back_whole(shop):
    customer_id = shop.customer()
    before = dump(shop.desk)
    add(shop, customer_id, way=GoodWay.THANKED)
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_the_shop_sets_its_own_target_and_undo_takes_it_back(shop):
    customer_id = shop.customer()
    second_chances.set_target(shop.desk, 8)
    assert chance(shop, customer_id).target == 8
    shop.desk.undo()
    assert chance(shop, customer_id).target == 12


@pytest.mark.parametrize("target", [0, -1, 51])
def test_a_target_that_makes_no_sense_is_refused(shop, target):
    with pytest.raises(InvalidEntryError) as refused:
        second_chances.set_target(shop.desk, target)
    assert refused.value.field == "target"


def test_merging_two_customers_keeps_what_both_saw_and_undo_parts_it(shop):
    kept, other = shop.customer(), shop.customer("Ada Obi-Ray")
    add(shop, kept, way=GoodWay.GREETED)
    add(shop, other, way=GoodWay.THANKED)
    before = dump(shop.desk)
    merges.merge_customers(shop.desk, kept, other, choices={}, now=shop.now)

    found = chance(shop, other)
    assert (found.customer_id, found.count) == (kept, 2)
    assert {one.way for one in found.used} == {GoodWay.GREETED, GoodWay.THANKED}
    shop.desk.undo()
    assert dump(shop.desk) == before
