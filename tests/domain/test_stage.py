from datetime import UTC, datetime

import pytest

from recoverydesk.domain.case import Stage, Status
from recoverydesk.domain.stage import EDGES, ORDER, Facts, behind, stage_of, status_of

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ALL = frozenset(Stage)
HEARD = {"first_contact_at": AT, "restatement_agreed_at": AT}
OWNED = HEARD | {"apologised_at": AT}
RIGHTED = OWNED | {"agreed_at": AT, "handed_over_at": AT}
LEARNT = RIGHTED | {"cause_found_at": AT}


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, Status.OPEN),
        ({"waiting_since": AT}, Status.WAITING_CUSTOMER),
        ({"waiting_since": AT, "resolved_at": AT}, Status.RESOLVED),
        ({"resolved_at": AT, "closed_at": AT}, Status.CLOSED),
        ({"closed_at": AT, "merged": True}, Status.MERGED),
    ],
)
def test_the_latest_fact_says_whose_turn_it_is(facts, status):
    assert status_of(Facts(**facts)) == status


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({}, Stage.LISTEN),
        ({"first_contact_at": AT}, Stage.LISTEN),
        ({"restatement_agreed_at": AT}, Stage.LISTEN),
        (HEARD, Stage.OWN),
        ({"first_contact_at": AT, "not_agreed_why": "in a hurry"}, Stage.OWN),
        (OWNED, Stage.MAKE_RIGHT),
        (OWNED | {"agreed_at": AT}, Stage.MAKE_RIGHT),
        (RIGHTED, Stage.FIX_CAUSE),
        (LEARNT, Stage.FOLLOW_UP),
        ({"resolved_at": AT}, Stage.FOLLOW_UP),
        (LEARNT | {"closed_at": AT}, Stage.DONE),
        ({"merged": True}, Stage.DONE),
    ],
)
def test_a_case_stands_at_the_first_stage_not_behind_it(facts, stage):
    assert stage_of(Facts(**facts), ALL) == stage


def test_a_stage_that_the_plan_leaves_out_is_passed_over():
    assert stage_of(Facts(**HEARD), {Stage.LISTEN, Stage.FIX_CAUSE}) == Stage.FIX_CAUSE


def test_following_up_is_behind_once_closed_and_done_never_is():
    assert not behind(Stage.FOLLOW_UP, Facts(resolved_at=AT))
    assert behind(Stage.FOLLOW_UP, Facts(closed_at=AT))
    assert not behind(Stage.DONE, Facts(closed_at=AT))


def test_every_stage_has_its_place():
    assert set(ORDER) == ALL


def test_nothing_leads_out_of_a_merged_case():
    assert not [edge for edge in EDGES if edge[0] is Status.MERGED]
