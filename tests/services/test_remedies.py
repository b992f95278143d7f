from datetime import date

import pytest

from recoverydesk.domain.case import Stage
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import cases, catalogue, remedies
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.storage.tables import Case, CatalogueItem, Remedy
from recoverydesk.topics import Topic
from tests.conftest import NOW


def give(shop, case_id, *, kind=RemedyKind.GIFT, words="A tea", **entry):
    return remedies.give(shop.desk, case_id, RemedyEntry(kind, words, **entry), now=shop.now)


def test_the_catalogue_says_what_each_is_worth_and_costs(shop):
    found = {item.kind: item for item in catalogue.catalogue(shop.desk)}

    assert found[RemedyKind.VOUCHER].cost_for(2000) == 1100
    assert found[RemedyKind.GIFT].cost_for(800) == 450
    assert found[RemedyKind.REFUND].cost_for(1234) == 1234


def test_what_is_retired_from_the_catalogue_is_offered_no_more(shop):
    with shop.desk.changing(Topic.REMEDIES, "Retire"):
        CatalogueItem.update(retired=True).where(CatalogueItem.kind == "gift").execute()

    assert RemedyKind.GIFT not in {item.kind for item in catalogue.catalogue(shop.desk)}


@pytest.mark.parametrize(
    ("kind", "cost", "found"),
    [
        (RemedyKind.DISCOUNT, None, 550),
        (RemedyKind.DISCOUNT, 10, 10),
        (RemedyKind.DISCOUNT, 0, 0),
        (RemedyKind.WAIVED_FEE, None, 1000),
        (RemedyKind.APOLOGY_ONLY, None, 0),
    ],
    ids=["catalogue", "typed", "nothing", "unknown", "apology"],
)
def test_a_remedy_costs_what_is_typed_or_known_or_its_worth(shop, kind, cost, found):
    case_id = shop.case()

    give(shop, case_id, kind=kind, value_cents=1000, cost_cents=cost)

    assert [remedy.cost_cents for remedy in shop.view(case_id).remedies] == [found]


def test_what_is_given_is_still_to_be_handed_over(shop):
    case_id = shop.case()
    remedy_id = give(shop, case_id, promised_for=date(2026, 3, 6))
    (given,) = shop.view(case_id).remedies

    remedies.hand_over(shop.desk, remedy_id, now=shop.later(days=1))

    (handed,) = shop.view(case_id).remedies
    assert (given.status, given.promised_for) == (RemedyStatus.AGREED, date(2026, 3, 6))
    assert (handed.status, handed.handed_over_at) == (RemedyStatus.HANDED_OVER, shop.now)
    assert shop.desk.last_undoable().words == "Handed over: A tea"


def test_a_case_is_put_right_once_all_of_it_is_handed_over(shop):
    case_id = shop.case()
    first, second = give(shop, case_id), give(shop, case_id)

    remedies.hand_over(shop.desk, first, now=shop.now)
    assert shop.view(case_id).handed_over_at is None
    remedies.hand_over(shop.desk, second, now=shop.now)
    assert shop.view(case_id).handed_over_at == NOW
    give(shop, case_id)

    assert shop.view(case_id).handed_over_at is None
    assert shop.view(case_id).stage is Stage.LISTEN


def test_a_case_without_remedies_is_neither_agreed_nor_put_right_by_them(shop):
    case_id = shop.case()

    with shop.desk.changing(Topic.CASES, "Look"):
        case = Case.get_by_id(case_id)
        remedies.update_facts(case, now=shop.now)

    assert (case.agreed_at, case.handed_over_at) == (None, None)


def test_nothing_is_handed_over_twice_or_after_it_was_taken_back(shop):
    remedy_id = give(shop, shop.case())
    remedies.hand_over(shop.desk, remedy_id, now=shop.now)

    with pytest.raises(NotAllowedError, match="already"):
        remedies.hand_over(shop.desk, remedy_id, now=shop.now)
    with shop.desk.changing(Topic.REMEDIES, "Void"):
        Remedy.update(status=RemedyStatus.VOID).execute()
    with pytest.raises(NotAllowedError, match="taken back"):
        remedies.hand_over(shop.desk, remedy_id, now=shop.now)
    with pytest.raises(NotFoundError):
        remedies.hand_over(shop.desk, 99, now=shop.now)


def test_what_was_taken_back_counts_for_nothing(shop):
    case_id = shop.case()
    give(shop, case_id, value_cents=500, cost_cents=200)
    give(shop, case_id, value_cents=300, cost_cents=100)
    with shop.desk.changing(Topic.REMEDIES, "Void"):
        Remedy.update(status=RemedyStatus.VOID).where(Remedy.id == 1).execute()

    found = remedies.totals(shop.view(case_id).remedies)

    assert found == {"value_cents": 300, "cost_cents": 100}


def test_a_gift_without_a_case_can_be_handed_over(shop):
    voucher = shop.voucher()
    with shop.desk.reading():
        remedy_id = Remedy.get().id

    remedies.hand_over(shop.desk, remedy_id, now=shop.now)

    assert voucher.case_id is None
    with shop.desk.reading():
        assert Remedy.get().status == RemedyStatus.HANDED_OVER


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * 501}, "words"),
        ({"value_cents": -1}, "value"),
        ({"promised_for": date(2026, 3, 1)}, "promised_for"),
        ({"promised_for": date(2099, 1, 1)}, "promised_for"),
    ],
)
def test_a_remedy_that_makes_no_sense_is_refused(shop, entry, field):
    case_id = shop.case()

    with pytest.raises(InvalidEntryError) as refused:
        give(shop, case_id, **entry)

    assert refused.value.field == field
    assert not shop.view(case_id).remedies


def test_a_closed_case_is_given_nothing(shop):
    case_id = shop.case()
    cases.close(
        shop.desk,
        case_id,
        cases.Ending(cases.Outcome.UNREACHABLE, skip_why="not needed"),
        now=shop.now,
    )

    with pytest.raises(NotAllowedError, match="closed") as refused:
        give(shop, case_id)

    assert refused.value.advice == "Reopen it first."
    assert not shop.view(case_id).remedies


def test_a_remedy_may_be_promised_for_today(shop):
    case_id = shop.case()

    give(shop, case_id, promised_for=NOW.date())

    assert shop.view(case_id).remedies[0].promised_for == NOW.date()
