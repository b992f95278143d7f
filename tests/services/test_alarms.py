"""A second failure: soon after the last, or because what was done did not hold."""

import pytest

from recoverydesk.domain.case import Outcome, Severity, Stage, Status
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.domain.second_failure import IN_PERSON, RIGHT_AGAIN
from recoverydesk.errors import InvalidEntryError, NotAllowedError
from recoverydesk.services import alarms, cases, severities
from recoverydesk.services.cases import Ending
from recoverydesk.storage.tables import Case
from recoverydesk.topics import Topic


def hours_promised(view):
    return (view.first_contact_due_at - view.opened_at).total_seconds() / 3600


def test_a_new_case_within_180_days_counts_one_step_more_upset_and_says_why(shop):
    first = shop.case(words="The kettle leaks.")
    shop.later(days=35)

    view = shop.view(shop.case(words="The new one leaks, too.", severity=Severity.UPSET))

    number = shop.view(first).number
    assert view.severity is Severity.ABOUT_TO_LEAVE
    assert view.alarm.startswith(f"A second failure, 5 weeks after {number} (“The kettle leaks.”).")
    assert "counts as “furious”, not “upset”" in view.alarm
    assert "yourself" in view.alarm
    assert hours_promised(view) == 2  # the clock of the higher step


def test_a_customer_who_is_furious_stays_so_and_the_words_say_no_more(shop):
    shop.case()
    view = shop.view(shop.case(severity=Severity.ABOUT_TO_LEAVE))
    assert view.severity is Severity.ABOUT_TO_LEAVE
    assert view.alarm.startswith("A second failure, on the same day ")
    assert "counts as" not in view.alarm


def test_after_180_days_it_is_a_new_failure(shop):
    shop.case()
    shop.later(days=180)
    view = shop.view(shop.case(severity=Severity.ANNOYED))
    assert (view.severity, view.alarm) == (Severity.ANNOYED, "")


def test_the_days_count_from_when_the_last_was_settled(shop):
    case_id = shop.case()
    shop.later(days=100)
    cases.resolve(shop.desk, case_id, now=shop.now, not_agreed_why="by post")
    shop.later(days=100)
    assert shop.view(shop.case(severity=Severity.ANNOYED)).severity is Severity.UPSET


def test_what_was_not_upheld_is_no_first_failure(shop):
    case_id = shop.case()
    ending = Ending(Outcome.NOT_UPHELD, words="Another shop's kettle.", skip_why="not ours")
    cases.close(shop.desk, case_id, ending, now=shop.now)
    assert shop.view(shop.case(severity=Severity.ANNOYED)).alarm == ""


def test_somebody_else_has_no_second_failure(shop):
    shop.case(name="Ada Obi")
    assert shop.view(shop.case(name="Ben Ray")).alarm == ""


def test_the_warning_is_known_before_saving(shop):
    view = shop.view(shop.case())
    earlier = alarms.second_failure(shop.desk, view.customer_id, now=shop.now)
    assert (earlier.case_id, earlier.number) == (view.case_id, view.number)
    shop.later(days=200)
    assert alarms.second_failure(shop.desk, view.customer_id, now=shop.now) is None
    assert alarms.second_failure(shop.desk, 99, now=shop.now) is None


@pytest.fixture
def settled(shop):
    """A case that was put right and resolved: 20.00 given, all steps as they are."""
    case_id = shop.settled_case(severity=Severity.ANNOYED)
    shop.later(days=3)
    return case_id


def planned(view):
    return {step.title for step in view.plan if step.status is FollowUpStatus.PLANNED}


def test_what_failed_opens_the_case_again_a_step_more_upset(shop, settled):
    alarms.it_failed(shop.desk, settled, "The new one leaks, too.", now=shop.now)

    view = shop.view(settled)
    assert (view.status, view.severity) == (Status.OPEN, Severity.UPSET)
    assert view.alarm.startswith("What we did didn't hold: The new one leaks, too. So it counts")
    assert (view.agreed_at, view.handed_over_at, view.resolved_at) == (None, None, None)
    assert view.next_step == IN_PERSON.title_for("Ada")
    assert RIGHT_AGAIN.title_for("Ada") in planned(view)
    assert view.outcome is Outcome.PENDING


def test_what_was_given_before_stays_on_the_books(shop, settled):
    before = [(one.status, one.value_cents, one.cost_cents) for one in shop.view(settled).remedies]
    alarms.it_failed(shop.desk, settled, "It leaks.", now=shop.now)
    after = [(one.status, one.value_cents, one.cost_cents) for one in shop.view(settled).remedies]
    assert before == after
    assert RemedyStatus.AGREED not in {status for status, *_ in after}


def test_it_is_made_right_anew_and_the_new_agreement_ticks_its_step(shop, settled):
    alarms.it_failed(shop.desk, settled, "It leaks.", now=shop.now)
    shop.agreed(settled)
    view = shop.view(settled)
    assert view.agreed_at == shop.now
    assert RIGHT_AGAIN.title_for("Ada") not in planned(view)


def test_failing_twice_plants_the_steps_once(shop, settled):
    alarms.it_failed(shop.desk, settled, "It leaks.", now=shop.now)
    titles = [step.title for step in shop.view(settled).plan]
    shop.agreed(settled)
    shop.hand_over(settled)
    alarms.it_failed(shop.desk, settled, "Again.", now=shop.now)
    again = [step.title for step in shop.view(settled).plan]
    in_person = IN_PERSON.title_for("Ada")
    assert titles.count(in_person) == again.count(in_person) == 1
    assert shop.view(settled).severity is Severity.ABOUT_TO_LEAVE


def test_what_was_handed_over_can_fail_before_the_case_is_resolved(shop):
    case_id = shop.case(severity=Severity.ANNOYED)
    shop.agreed(case_id)
    shop.hand_over(case_id)
    alarms.it_failed(shop.desk, case_id, "Wrong size.", now=shop.now)
    view = shop.view(case_id)
    assert (view.severity, view.stage, view.handed_over_at) == (Severity.UPSET, Stage.LISTEN, None)


def test_nothing_can_fail_before_it_is_done(shop):
    case_id = shop.case()
    with pytest.raises(NotAllowedError, match="Nothing has been handed over"):
        alarms.it_failed(shop.desk, case_id, "It leaks.", now=shop.now)


def test_what_failed_needs_words(shop, settled):
    with pytest.raises(InvalidEntryError, match="What went wrong"):
        alarms.it_failed(shop.desk, settled, "  ", now=shop.now)
    assert shop.view(settled).status is Status.RESOLVED


def test_a_case_that_became_part_of_another_neither_fails_nor_opens_again(shop, settled):
    other = shop.case(name="Ben Ray")
    with shop.desk.changing(Topic.CASES, "As merging does"):
        Case.update(merged_into=other).where(Case.id == settled).execute()
    with pytest.raises(NotAllowedError, match="part of another"):
        alarms.it_failed(shop.desk, settled, "It leaks.", now=shop.now)
    with pytest.raises(NotAllowedError, match="part of another"):
        cases.reopen(shop.desk, settled, now=shop.now)


def test_undo_takes_a_failure_back_whole(shop, settled):
    before = shop.view(settled)
    alarms.it_failed(shop.desk, settled, "It leaks.", now=shop.now)
    shop.desk.undo()
    assert shop.view(settled) == before


def test_what_moves_is_known_before_the_severity_is_saved(shop):
    case_id = shop.case(severity=Severity.ANNOYED)
    before = shop.view(case_id)

    moved = severities.what_moves(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now)

    assert shop.view(case_id) == before
    assert [one.title for one in moved] == [before.next_step]
    severities.change_severity(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now)
    assert shop.view(case_id).next_due_at == moved[0].after_at < moved[0].before_at
    assert severities.what_moves(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now) == ()


def test_what_comes_and_what_goes_are_told_apart():
    before = {1: ("Ring", None, None, False), 2: ("Write", None, None, False)}
    after = {2: ("Write", None, None, False), 3: ("Visit", None, None, False)}
    added, dropped = severities.differences(before, after)
    assert (added.title, added.added) == ("Visit", True)
    assert (dropped.title, dropped.dropped) == ("Ring", True)


def test_what_was_done_last_counts_whichever_was_told_first(shop):
    older = shop.settled_case()
    shop.later(days=1)
    newer = shop.settled_case(second_failure=False)
    shop.later(days=195)
    cases.reopen(shop.desk, older, now=shop.now)
    cases.resolve(shop.desk, older, now=shop.now)
    shop.later(days=5)
    assert newer
    found = alarms.second_failure(shop.desk, shop.view(older).customer_id, now=shop.now)
    assert found.case_id == older
