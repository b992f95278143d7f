"""It came back: a fix that doesn't hold is an alarm; so is the same thing too often."""

import shutil
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoverydesk.domain.case import Outcome
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.services import (
    agendas,
    cases,
    cause_moves,
    causes,
    corrections,
    follow_ups,
    merges,
    relapses,
)
from recoverydesk.services.cases import Ending
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, CorrectiveAction, FollowUp
from tests.conftest import NOW, Shop

SEALS = "Check each seal"


@pytest.fixture
def cause(shop):
    return causes.add(shop.desk, "Late pick-up")


def fix(shop, cause, **entry):
    entry = CorrectionEntry(**{"what": SEALS, **entry})
    return corrections.plan(shop.desk, None, entry, cause_id=cause, now=shop.now)


def fixed(shop, cause, **entry):
    made = fix(shop, cause, **entry)
    check_on = shop.now.date() + timedelta(days=40)
    corrections.done(shop.desk, made, check_on=check_on, now=shop.now)
    return made


def status(shop, made):
    return corrections.view(shop.desk, made).status


def alarms(shop, *, planned=True):
    with shop.desk.reading():
        query = FollowUp.select().where(FollowUp.kind == FollowUpKind.CAME_BACK)
        if planned:
            query = query.where(FollowUp.status == FollowUpStatus.PLANNED)
        return [row.title for row in query.order_by(FollowUp.id)]


def said(shop, case_id):
    return [one.words for one in relapses.of_case(shop.desk, case_id, now=shop.now)]


def test_a_case_after_the_fix_brings_it_back_and_stands_on_today(shop, cause):
    made = fixed(shop, cause)
    shop.later(days=20)
    case_id = shop.case(cause_id=cause)

    seen = corrections.view(shop.desk, made)
    assert (seen.status, seen.came_back_case_id) == (CorrectionStatus.CAME_BACK, case_id)
    assert said(shop, case_id) == [
        "It came back: “Check each seal” was done on 2 March 2026, and this happened after."
    ]
    due = agendas.agenda(shop.desk, now=shop.now)
    lines = [row.title for row in (*due.today, *due.ahead) if row.kind is FollowUpKind.CAME_BACK]
    assert lines == ["It came back: Check each seal"]
    with shop.desk.reading():
        checks = FollowUp.select().where(FollowUp.kind == FollowUpKind.CHECK)
        assert [row.end_words for row in checks] == ["it came back"]


@pytest.mark.parametrize("days_before", [0, 1, 30])
def test_what_happened_before_the_fix_or_on_its_day_is_no_alarm(shop, cause, days_before):
    made = fixed(shop, cause)
    happened = shop.now.date() - timedelta(days=days_before)
    shop.later(days=20)
    case_id = shop.case(cause_id=cause, occurred_on=happened)
    assert status(shop, made) is CorrectionStatus.DONE_WATCHING
    assert said(shop, case_id) == []
    assert alarms(shop) == []


def test_a_cause_that_is_found_later_brings_it_back_and_a_mistake_is_taken_back(shop, cause):
    made = fixed(shop, cause)
    shop.later(days=20)
    case_id = shop.case()
    assert status(shop, made) is CorrectionStatus.DONE_WATCHING
    causes.write_down(shop.desk, case_id, ["No list"], cause_id=cause, now=shop.now)
    assert status(shop, made) is CorrectionStatus.CAME_BACK
    causes.write_down(shop.desk, case_id, ["No list"], cause_id=None, now=shop.now)
    assert status(shop, made) is CorrectionStatus.DONE_WATCHING
    assert alarms(shop) == []
    with shop.desk.reading():
        (check,) = FollowUp.select().where(FollowUp.kind == FollowUpKind.CHECK)
        assert check.status == FollowUpStatus.PLANNED
    shop.desk.undo()
    assert status(shop, made) is CorrectionStatus.CAME_BACK
    assert alarms(shop) == ["It came back: Check each seal"]


def test_it_is_one_alarm_however_many_cases_there_are(shop, cause):
    made = fixed(shop, cause)
    shop.later(days=20)
    first = shop.case(cause_id=cause)
    (alarm,) = alarms(shop)
    with shop.desk.reading():
        row = FollowUp.get(FollowUp.kind == FollowUpKind.CAME_BACK)
    follow_ups.complete(shop.desk, row.id, now=shop.now)
    shop.later(days=1)
    shop.case(name="Ben Ray", cause_id=cause)
    assert alarm == "It came back: Check each seal"
    assert alarms(shop) == []
    assert corrections.view(shop.desk, made).came_back_case_id == first


def test_a_case_that_is_closed_still_counts_and_its_alarm_still_goes(shop, cause):
    made = fixed(shop, cause)
    shop.later(days=20)
    case_id = shop.case(cause_id=cause)
    ending = Ending(Outcome.UNREACHABLE, words="No answer.", skip_why="nobody there")
    cases.close(shop.desk, case_id, ending, now=shop.now)
    assert alarms(shop) == ["It came back: Check each seal"]
    other = causes.add(shop.desk, "Courier late")
    causes.write_down(shop.desk, case_id, (), cause_id=other, now=shop.now)
    assert status(shop, made) is CorrectionStatus.DONE_WATCHING
    assert alarms(shop) == []


def test_a_fix_that_was_seen_to_hold_comes_back_too_and_holds_again(shop, cause):
    made = fixed(shop, cause)
    corrections.check(shop.desk, made, held=True, now=shop.later(days=41))
    case_id = shop.case(cause_id=cause)
    assert status(shop, made) is CorrectionStatus.CAME_BACK
    causes.write_down(shop.desk, case_id, (), cause_id=None, now=shop.now)
    assert status(shop, made) is CorrectionStatus.HOLDS


def test_by_the_owners_word_it_stays_back_without_a_case(shop, cause):
    made = fixed(shop, cause)
    corrections.check(shop.desk, made, held=False, now=shop.later(days=41))
    shop.case(cause_id=cause)
    seen = corrections.view(shop.desk, made)
    assert (seen.status, seen.came_back_case_id) == (CorrectionStatus.CAME_BACK, None)


def test_a_fix_of_a_group_is_put_to_the_test_by_what_is_under_it_and_not_the_other_way(shop, cause):
    under = causes.add(shop.desk, "By courier", parent_id=cause)
    whole, part = fixed(shop, cause), fixed(shop, under, what="Ring the courier")
    shop.later(days=20)
    shop.case(cause_id=cause)
    assert status(shop, whole) is CorrectionStatus.CAME_BACK
    assert status(shop, part) is CorrectionStatus.DONE_WATCHING
    shop.case(name="Ben Ray", cause_id=under)
    assert status(shop, part) is CorrectionStatus.CAME_BACK


def test_causes_that_become_one_bring_a_fix_back(shop, cause):
    made = fixed(shop, cause)
    shop.desk.clock = lambda: shop.now
    other = causes.add(shop.desk, "Courier late")
    shop.later(days=20)
    shop.case(cause_id=other)
    cause_moves.merge(shop.desk, other, into=cause)
    assert status(shop, made) is CorrectionStatus.CAME_BACK
    shop.desk.undo()
    assert status(shop, made) is CorrectionStatus.DONE_WATCHING


def test_two_cases_that_turn_out_to_be_one_leave_the_alarm_on_what_stays(shop, cause):
    made = fixed(shop, cause)
    shop.later(days=20)
    whose = shop.customer("Ada Obi")
    first, second = (shop.case(customer_id=whose, cause_id=cause) for _ in range(2))
    merges.merge_cases(shop.desk, second, first, choices={}, now=shop.now)
    assert corrections.view(shop.desk, made).came_back_case_id == second
    assert alarms(shop) == ["It came back: Check each seal"]


def test_dropping_a_fix_ends_its_alarm(shop, cause):
    made = fixed(shop, cause)
    shop.later(days=20)
    shop.case(cause_id=cause)
    corrections.drop(shop.desk, made, "We do it another way now", now=shop.now)
    assert status(shop, made) is CorrectionStatus.DROPPED
    assert alarms(shop) == []


def three(shop, cause, *, apart=5):
    made = []
    for name in ("Ada Obi", "Ben Ray", "Cleo Day"):
        shop.later(days=apart)
        made.append(shop.case(name=name, cause_id=cause))
    return made


def test_three_in_thirty_days_without_a_fix_is_an_alarm_once(shop, cause):
    *_others, third = three(shop, cause)
    assert said(shop, third) == ["Late pick-up: 3 times or more in 30 days, and no fix is planned."]
    shop.case(name="Dan Low", cause_id=cause)
    assert alarms(shop) == ["Plan a fix: Late pick-up"]
    made = fix(shop, cause)
    assert alarms(shop) == []
    corrections.drop(shop.desk, made, "Too dear", now=shop.now)
    assert alarms(shop) == ["Plan a fix: Late pick-up"]


def test_three_in_a_longer_time_or_with_a_fix_under_way_is_none(shop, cause):
    three(shop, cause, apart=20)
    assert alarms(shop) == []
    other = causes.add(shop.desk, "Wrong colour")
    fix(shop, other)
    three(shop, other)
    assert alarms(shop) == []


def test_when_one_of_three_was_something_else_the_alarm_goes(shop, cause):
    first, *_others = three(shop, cause)
    causes.write_down(shop.desk, first, (), cause_id=None, now=shop.now)
    assert alarms(shop) == []


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["log", "log before", "cause", "no cause", "done", "undo", "check"]),
        st.integers(0, 3),
        st.integers(0, 12),
    ),
    max_size=14,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(DEEDS)
def test_in_any_order_it_came_back_means_that_a_case_happened_after(shop_file, tmp_path, deeds):
    path = tmp_path / "any.desk"
    path.unlink(missing_ok=True)
    shop = Shop(Desk(shutil.copy(shop_file, path), clock=lambda: NOW))
    shop.desk.clock = lambda: shop.now
    cause = causes.add(shop.desk, "Late pick-up")
    made = [fix(shop, cause), fix(shop, cause, what="Ring first")]
    for deed, which, days in deeds:
        shop.later(days=days)
        _do(shop, cause, made, deed, which)
        _check(shop, cause)
    shop.desk.close()


def _do(shop, cause, made, deed, which):
    with shop.desk.reading():
        cases = [row.id for row in Case.select(Case.id).order_by(Case.id)]
        ready = [one for one in made if corrections.view(shop.desk, one).done_on is None]
        watched = [
            one
            for one in made
            if corrections.view(shop.desk, one).status is CorrectionStatus.DONE_WATCHING
        ]
    if deed == "log":
        shop.case(name=f"Ada {len(cases)}", cause_id=cause if which else None)
    elif deed == "log before":
        happened = shop.now.date() - timedelta(days=5 * which)
        shop.case(name=f"Ada {len(cases)}", cause_id=cause, occurred_on=happened)
    elif deed in {"cause", "no cause"} and cases:
        found = cause if deed == "cause" else None
        case_id = cases[which % len(cases)]
        causes.write_down(shop.desk, case_id, (), cause_id=found, now=shop.now)
    elif deed == "done" and ready:
        check_on = shop.now.date() + timedelta(days=40)
        corrections.done(shop.desk, ready[0], check_on=check_on, now=shop.now)
    elif deed == "check" and watched:
        corrections.check(shop.desk, watched[0], held=True, now=shop.now)
    elif deed == "undo" and len(cases) > 1:
        shop.desk.undo()


def _check(shop, cause):
    with shop.desk.reading():
        days = {
            row.id: row.occurred_on or row.opened_at.date()
            for row in Case.select().where(Case.cause == cause)
        }
        for row in CorrectiveAction.select():
            after = {each for each, day in days.items() if row.done_on and day > row.done_on}
            assert (row.status == CorrectionStatus.CAME_BACK) == bool(after)
            assert (row.came_back_case_id in after) == bool(after)
            planned = FollowUp.select().where(
                FollowUp.correction_id == row.id,
                FollowUp.kind == FollowUpKind.CAME_BACK,
                FollowUp.status == FollowUpStatus.PLANNED,
            )
            assert planned.count() == bool(after)


def test_the_day_counts_as_the_shop_sees_it(shop, cause):
    made = fixed(shop, cause)
    late = date(2026, 3, 3)
    shop.case(cause_id=cause, occurred_on=None)
    assert status(shop, made) is CorrectionStatus.DONE_WATCHING
    shop.later(days=1)
    shop.case(name="Ben Ray", cause_id=cause, occurred_on=late)
    assert status(shop, made) is CorrectionStatus.CAME_BACK
