"""Somebody was hurt, or could be: it comes first, and nobody clears it without a word."""

import pytest

from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.safety import MAKE_SAFE
from recoverydesk.errors import InvalidEntryError, NotAllowedError
from recoverydesk.services import agendas, cases, follow_ups, merges


@pytest.fixture
def hurt(shop):
    return shop.case(words="The handle came off and scalded me.", safety_flag=True)


def step(shop, case_id):
    return next(one for one in shop.view(case_id).plan if one.title == MAKE_SAFE.title_for("Ada"))


def test_it_is_the_next_step_and_stands_on_top_of_today(shop, hurt):
    shop.later(days=3)
    other = shop.case(name="Ben Ray", words="Cold soup.")
    shop.later(days=40)  # the other is as late, and a promise
    assert shop.view(hurt).next_step == MAKE_SAFE.title_for("Ada")
    late = agendas.agenda(shop.desk, now=shop.now).late
    assert (late[0].case_id, late[0].safety) == (hurt, True)
    assert other in {row.case_id for row in late}


def test_it_is_done_only_with_words(shop, hurt):
    with pytest.raises(InvalidEntryError, match="to make it safe") as refused:
        follow_ups.complete(shop.desk, step(shop, hurt).follow_up_id, now=shop.now)
    assert refused.value.field == "safety_words"
    assert shop.view(hurt).safety_done_at is None

    words = "Took all six off the shelf."
    follow_ups.complete(shop.desk, step(shop, hurt).follow_up_id, now=shop.now, note=words)

    view = shop.view(hurt)
    assert (view.safety_done_at, view.safety_words) == (shop.now, words)
    assert view.safety_flag


def test_leaving_it_out_needs_words_too_and_they_stay(shop, hurt):
    follow_ups.skip(
        shop.desk, step(shop, hurt).follow_up_id, why="It was their own kettle.", now=shop.now
    )
    view = shop.view(hurt)
    assert view.safety_words == "It was their own kettle."
    assert step(shop, hurt).status is FollowUpStatus.SKIPPED


def test_other_cases_have_no_such_step(shop):
    assert MAKE_SAFE.title_for("Ada") not in {one.title for one in shop.view(shop.case()).plan}


def test_its_coach_says_what_to_do(shop, hurt):
    assert "off the shelf" in agendas.coach(shop.desk, step(shop, hurt).follow_up_id)


def test_another_plan_takes_what_is_urgent_away_from_nobody(shop, hurt):
    cases.change_playbook(shop.desk, hurt, "small_annoyance", now=shop.now)
    assert step(shop, hurt).status is FollowUpStatus.PLANNED


def test_merging_keeps_what_is_urgent_in_the_case_that_stays(shop, hurt):
    kept = shop.case(words="The handle is loose.")
    merges.merge_cases(shop.desk, kept, hurt, choices={}, now=shop.now)
    assert shop.view(kept).safety_flag
    assert step(shop, kept).status is FollowUpStatus.PLANNED
    follow_ups.make_safe(shop.desk, kept, "Off the shelf.", now=shop.now)
    assert step(shop, kept).status is FollowUpStatus.DONE
    assert shop.view(kept).safety_words == "Off the shelf."


def test_two_that_are_urgent_are_urgent_once(shop, hurt):
    kept = shop.case(words="It scalded me.", safety_flag=True)
    merges.merge_cases(shop.desk, kept, hurt, choices={}, now=shop.now)
    titles = [one.title for one in shop.view(kept).plan]
    assert titles.count(MAKE_SAFE.title_for("Ada")) == 1


def test_it_is_made_safe_once_and_with_words(shop, hurt):
    with pytest.raises(InvalidEntryError, match="to make it safe"):
        follow_ups.make_safe(shop.desk, hurt, " ", now=shop.now)
    follow_ups.make_safe(shop.desk, hurt, "Off the shelf.", now=shop.now)
    with pytest.raises(NotAllowedError, match="already"):
        follow_ups.make_safe(shop.desk, hurt, "Twice.", now=shop.now)
    assert shop.view(hurt).next_step != MAKE_SAFE.title_for("Ada")
