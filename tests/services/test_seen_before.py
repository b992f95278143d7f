"""Have we seen this before: what is like it, what was changed since, what they were given."""

from datetime import timedelta

import pytest

from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.services import causes, corrections, search
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.seen_before import Given, Seen, given_lately, seen_before
from recoverydesk.storage.tables import Case
from recoverydesk.topics import Topic


@pytest.fixture
def told(shop):
    """Cases by a word for each."""
    words = {
        "kettle": "The kettle leaks at the handle, water everywhere.",
        "kettle again": "My new kettle is leaking, the handle came loose.",
        "late": "The delivery came three days late and nobody rang.",
        "rude": "The young man at the counter was rude to me.",
    }
    return {name: shop.case(name=f"Customer {name}", words=text) for name, text in words.items()}


def set_cause(shop, case_ids, cause_id):
    with shop.desk.changing(Topic.CASES, "Set the cause"):
        Case.update(cause=cause_id).where(Case.id.in_(case_ids)).execute()


def ids(seen):
    return [one.case_id for one in seen.similar]


def test_what_sounds_alike_is_found_while_it_is_typed(shop, told):
    seen = seen_before(shop.desk, "A kettle of yours leaked all over", now=shop.now)
    assert set(ids(seen)) == {told["kettle"], told["kettle again"]}
    assert seen.similar[0].summary.startswith("My new kettle")


def test_words_in_common_use_alone_find_nothing(shop, told):
    assert told
    assert seen_before(shop.desk, "It was bad and I am not happy", now=shop.now) == Seen()
    assert seen_before(shop.desk, "kettle", now=shop.now) == Seen()
    assert seen_before(shop.desk, "", now=shop.now) == Seen()


def test_a_case_does_not_find_itself(shop, told):
    words = "The delivery came three days late."
    assert ids(seen_before(shop.desk, words, now=shop.now)) == [told["late"]]
    assert ids(seen_before(shop.desk, words, now=shop.now, but=told["late"])) == []


def test_the_customers_own_are_counted_but_not_listed(shop, told):
    whose = shop.view(told["late"]).customer_id
    words = "The delivery came three days late."
    assert ids(seen_before(shop.desk, words, now=shop.now, whose=whose)) == []
    assert ids(seen_before(shop.desk, words, now=shop.now, whose=99)) == [told["late"]]


def test_the_cause_that_most_of_them_have_is_counted_over_a_year(shop, told):
    cause = causes.add(shop.desk, "Handles come loose")
    set_cause(shop, [told["kettle"], told["kettle again"], told["rude"]], cause)
    words = "The kettle leaks at its handle"
    seen = seen_before(shop.desk, words, now=shop.now)
    assert (seen.cause_id, seen.cause, seen.of_cause) == (cause, "Handles come loose", 3)
    later = seen_before(shop.desk, words, now=shop.now + timedelta(days=400))
    assert later.of_cause == 0


def test_a_fix_in_place_is_told(shop, told):
    cause = causes.add(shop.desk, "Handles come loose")
    set_cause(shop, [told["kettle"], told["kettle again"]], cause)
    assert seen_before(shop.desk, "The kettle leaks", now=shop.now).fixes == ()
    fix = corrections.plan(
        shop.desk, told["kettle"], CorrectionEntry("Glue every handle"), now=shop.now
    )
    assert fix
    (told_of,) = seen_before(shop.desk, "The kettle leaks", now=shop.now).fixes
    assert (told_of.what, told_of.cause) == ("Glue every handle", "Handles come loose")
    assert told_of.status is CorrectionStatus.PLANNED


def test_what_they_were_given_counts_for_a_year(shop):
    case_id = shop.case()
    whose = shop.view(case_id).customer_id
    shop.agreed(case_id, value_cents=2_000, cost_cents=800)
    given = given_lately(shop.desk, whose, now=shop.now)
    assert (given.value_cents, given.cost_cents, given.times) == (2_000, 800, 1)
    assert given_lately(shop.desk, whose, now=shop.now + timedelta(days=366)).times == 0


def test_search_mends_one_slip_and_finds_conversations_and_papers(shop, told):
    found = search.find(shop.desk, "delivrey")
    assert [hit.item_id for hit in found] == [told["late"]]
    assert search.find(shop.desk, "zzzzqqqq") == ()
    assert [hit.title for hit in search.find(shop.desk, "Custmoer late")][:1] == ["Customer late"]


@pytest.mark.usefixtures("told")
def test_two_letters_find_people_and_no_stories(shop):
    assert {hit.kind for hit in search.find(shop.desk, "cu")} == {search.FoundKind.CUSTOMER}
    assert search.find(shop.desk, "le") != ()  # nobody is called so


@pytest.mark.usefixtures("told")
def test_as_many_hits_as_are_wanted_and_no_more(shop):
    assert len(search.find(shop.desk, "kettle", most=1)) == 1


def test_a_gift_card_that_they_bought_is_no_goodwill(shop):
    shop.voucher(kind=VoucherKind.GIFT_CARD, value_cents=5_000)
    assert given_lately(shop.desk, 1, now=shop.now) == Given(0, 0, 0)
    case_id = shop.case(name="Bo")
    shop.voucher(case_id=case_id, kind=VoucherKind.GIFT_CARD, value_cents=1_000)
    whose = shop.view(case_id).customer_id
    assert given_lately(shop.desk, whose, now=shop.now).value_cents == 1_000
