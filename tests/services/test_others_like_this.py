"""What the last few like a case got, and how they ended."""

import pytest

from recoverydesk.domain.case import Evidence, Outcome, Severity, Status
from recoverydesk.domain.ladder import Far
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.errors import NotFoundError
from recoverydesk.services import cases, causes
from recoverydesk.services.cases import Ending
from recoverydesk.services.others_like_this import Others, others_like_this
from recoverydesk.storage.tables import Case, Remedy
from recoverydesk.topics import Topic

COUNTER = "Long wait at the counter"


@pytest.fixture
def like(shop):
    """A case with a cause, given so much, and how it ended."""
    numbers = iter(range(1, 99))

    def make(*values, outcome=None, cause=COUNTER, severity=Severity.UPSET):
        case_id = shop.case(name=f"Customer {next(numbers)}", severity=severity)
        found = next(one for one in causes.all_causes(shop.desk) if one.name == cause)
        causes.write_down(shop.desk, case_id, [], cause_id=found.cause_id, now=shop.now)
        for cents in values:
            shop.agreed(case_id, value_cents=cents)
        if outcome is not None:
            with shop.desk.changing(Topic.CASES, "End"):
                Case.update(outcome=outcome).where(Case.id == case_id).execute()
        return case_id

    return make


def others(shop, case_id):
    return others_like_this(shop.desk, case_id)


def test_the_others_with_the_same_cause_and_as_upset_are_shown(shop, like):
    like(1000, outcome=Outcome.KEPT)
    like(1500, 1000, outcome=Outcome.LOST)
    like(1500, outcome=Outcome.WON_BACK)
    like(2000)
    like(9000, cause="Charged wrongly")
    like(9000, severity=Severity.ANNOYED)
    found = others(shop, like(7000))

    assert found.values == (2000, 1500, 2500, 1000)
    assert (found.count, found.least, found.middle, found.most) == (4, 1000, 1500, 2500)
    assert (found.stayed, found.ended) == (2, 3)
    assert found.cause == COUNTER


def test_at_most_the_last_ten_count(shop, like):
    for cents in range(1, 13):
        like(cents * 100)

    assert others(shop, like()).values == tuple(cents * 100 for cents in range(12, 2, -1))


def test_who_got_nothing_counts_once_it_is_decided(shop, like):
    like(outcome=Outcome.KEPT)
    like(outcome=Outcome.LOST)
    like()
    like(outcome=Outcome.UNREACHABLE)
    like(outcome=Outcome.NOT_UPHELD)
    like(500, outcome=Outcome.NOT_UPHELD)

    found = others(shop, like())

    assert found.values == (0, 0)
    assert (found.stayed, found.ended) == (1, 2)


@pytest.mark.parametrize("status", [RemedyStatus.PROPOSED, RemedyStatus.VOID])
def test_what_was_never_given_does_not_count(shop, like, status):
    case_id = like(1000, 500)
    with shop.desk.changing(Topic.REMEDIES, "Take back"):
        Remedy.update(status=status).where(
            Remedy.case == case_id, Remedy.value_cents == 500
        ).execute()

    assert others(shop, like()).values == (1000,)


def test_a_case_that_was_merged_does_not_count(shop, like):
    like(1000)
    merged = like(2000)
    with shop.desk.changing(Topic.CASES, "Merge"):
        Case.update(status=Status.MERGED).where(Case.id == merged).execute()

    assert others(shop, like()).values == (1000,)


def test_without_a_cause_there_is_nobody_to_compare_with(shop, like):
    like(1000)
    assert others(shop, shop.case(severity=Severity.UPSET)) == Others("")


def test_the_first_of_its_kind_has_no_others(shop, like):
    found = others(shop, like(1000))
    assert (found.count, found.least, found.middle, found.most) == (0, 0, 0, 0)
    assert found.far_outside(99_999) is None


def test_an_offer_far_outside_is_told(shop, like):
    for cents in (1000, 1500, 2000):
        like(cents)
    found = others(shop, like())

    assert found.far_outside(1800) is None
    assert found.far_outside(9000) is Far.ABOVE
    assert found.far_outside(100) is Far.BELOW


def test_a_case_that_is_gone_is_said(shop):
    with pytest.raises(NotFoundError):
        others(shop, 999)


def test_a_closed_case_tells_how_it_ended(shop, like):
    case_id = like(1000)
    cases.apologise(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")
    shop.hand_over(case_id)
    cases.resolve(shop.desk, case_id, now=shop.now)
    ending = Ending(Outcome.KEPT, evidence=Evidence.THEIR_WORD, skip_why="They are glad.")
    cases.close(shop.desk, case_id, ending, now=shop.now)

    assert (others(shop, like()).stayed, others(shop, like()).ended) == (1, 1)
