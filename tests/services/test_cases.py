from datetime import timedelta

import pytest

from recoverydesk.domain.case import Evidence, LostReason, Outcome, Severity, Stage, Status
from recoverydesk.domain.contact import Way
from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import (
    agendas,
    case_pages,
    cases,
    corrections,
    follow_ups,
    people,
    severities,
    visits,
)
from recoverydesk.services.cases import Ending, Story
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.storage.tables import Case, PlaybookVersion
from recoverydesk.topics import Topic
from tests.conftest import NOW
from tests.storage.filling import dump

KEPT = Ending(Outcome.KEPT, Evidence.THEIR_WORD, skip_why="not needed")


def tell(shop, case_id, **story):
    cases.tell(shop.desk, case_id, Story(**{"words": "It leaks."} | story), now=shop.now)
    return shop.view(case_id)


@pytest.mark.parametrize("typed", ["R-2026-0002", " r-2026-0002 ", "2", "02"])
def test_a_case_is_found_by_its_number_or_the_end_of_it(shop, typed):
    shop.case()
    case_id = shop.case(name="Bo Li")

    assert cases.id_of(shop.desk, typed) == case_id


@pytest.mark.parametrize("typed", ["", "99", "R-2026-9999", "%", "9" * 5_000, "two"])
def test_a_number_that_no_case_has_is_said_back(shop, typed):
    shop.case()

    with pytest.raises(NotFoundError, match="There is no case"):
        cases.id_of(shop.desk, typed)


@pytest.mark.parametrize(
    "deed",
    [
        lambda desk: case_pages.view(desk, 9),
        lambda desk: cases.tell(desk, 9, Story("It leaks."), now=NOW),
        lambda desk: cases.apologise(desk, 9, now=NOW),
        lambda desk: cases.confirm(desk, 9, now=NOW),
        lambda desk: cases.wait_for_customer(desk, 9, waiting=True, now=NOW),
        lambda desk: severities.change_severity(desk, 9, Severity.UPSET, now=NOW),
        lambda desk: cases.change_playbook(desk, 9, "four_steps", now=NOW),
        lambda desk: cases.resolve(desk, 9, now=NOW),
        lambda desk: cases.close(desk, 9, KEPT, now=NOW),
        lambda desk: cases.reopen(desk, 9, now=NOW),
    ],
)
def test_a_case_that_is_gone_is_said_to_be(shop, deed):
    with pytest.raises(NotFoundError, match="no longer on the desk"):
        deed(shop.desk)


def test_their_words_ours_and_their_yes_are_three_things(shop):
    case_id = shop.case()

    view = tell(
        shop, case_id, restatement="It leaked twice.", agreed=True, feeling="let down", our_part="x"
    )

    assert (view.words, view.restatement, view.restatement_agreed_at) == (
        "It leaks.",
        "It leaked twice.",
        NOW,
    )
    assert (view.feeling, view.our_part, view.summary) == ("let down", "x", "It leaks.")


def test_a_yes_counts_for_the_words_it_was_said_to(shop):
    case_id = shop.case()
    tell(shop, case_id, restatement="It leaked twice.", agreed=True)
    shop.later(hours=1)

    same = tell(shop, case_id, restatement="It leaked twice.", agreed=True)
    reworded = tell(shop, case_id, restatement="It leaked three times.", agreed=True)

    assert same.restatement_agreed_at == NOW
    assert reworded.restatement_agreed_at == NOW + timedelta(hours=1)
    assert tell(shop, case_id, restatement="It leaked.").restatement_agreed_at is None


@pytest.mark.parametrize(
    ("story", "field"),
    [
        ({"words": " "}, "words"),
        ({"agreed": True}, "restatement"),
        ({"restatement": "x" * 4_001}, "restatement"),
        ({"our_part": "x" * 1_001}, "our_part"),
        ({"feeling": "x" * 301}, "feeling"),
        ({"not_agreed_why": "x" * 501}, "not_agreed_why"),
    ],
)
def test_a_story_that_cannot_be_taken_changes_nothing(shop, story, field):
    case_id = shop.case()
    before = dump(shop.desk)

    with pytest.raises(InvalidEntryError) as refused:
        tell(shop, case_id, **story)

    assert refused.value.field == field
    assert dump(shop.desk) == before


def test_going_on_without_their_yes_is_asked_once_and_kept(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    with pytest.raises(InvalidEntryError) as asked:
        cases.apologise(shop.desk, case_id, now=shop.now)
    assert asked.value.field == "not_agreed_why"

    cases.apologise(shop.desk, case_id, now=shop.now, not_agreed_why="they hung up")
    cases.apologise(shop.desk, case_id, now=shop.now)

    view = shop.view(case_id)
    assert (view.not_agreed_why, view.apologised_at, view.stage) == (
        "they hung up",
        NOW,
        Stage.MAKE_RIGHT,
    )


def test_a_reason_written_with_the_story_is_not_asked_for_again(shop):
    case_id = shop.case()

    tell(shop, case_id, not_agreed_why="no phone")
    cases.apologise(shop.desk, case_id, now=shop.now)

    assert shop.view(case_id).not_agreed_why == "no phone"


def test_an_apology_is_a_contact_that_got_through(shop):
    case_id = shop.case()
    shop.later(hours=1)

    cases.apologise(shop.desk, case_id, now=shop.now, way=Way.VISIT, not_agreed_why="In a hurry")

    view = shop.view(case_id)
    assert view.first_contact_at == shop.now
    assert view.time_to_first_contact == timedelta(hours=1)
    assert [(one.way, one.words) for one in view.contacts] == [(Way.VISIT, "We said sorry.")]


def test_who_says_yes_thats_it_has_been_spoken_to(shop):
    case_id = shop.case()
    shop.later(hours=1)

    tell(shop, case_id, restatement="It leaked twice.", agreed=True)

    assert shop.view(case_id).first_contact_at == shop.now


def test_that_they_were_told_what_changed_is_noted_once(shop):
    case_id = shop.case()

    cases.confirm(shop.desk, case_id, now=shop.now)
    cases.confirm(shop.desk, case_id, now=shop.later(days=1))

    assert shop.view(case_id).confirmed_at == NOW


def test_nothing_is_late_while_it_is_the_customers_turn(shop):
    case_id = shop.case()
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    shop.later(days=3)

    theirs = agendas.agenda(shop.desk, now=shop.now)
    cases.wait_for_customer(shop.desk, case_id, waiting=False, now=shop.now)
    ours = agendas.agenda(shop.desk, now=shop.now)

    assert shop.view(case_id).status is Status.OPEN
    assert (len(theirs.late), len(theirs.today)) == (0, 1)
    assert theirs.today[0].their_turn
    assert (len(ours.late), len(ours.today)) == (0, 1)  # the clock had stopped
    assert len(agendas.agenda(shop.desk, now=shop.later(hours=5)).late) == 1


def test_nobody_waits_once_it_is_resolved(shop):
    case_id = shop.case()
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    cases.resolve(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")

    assert shop.view(case_id).waiting_since is None
    with pytest.raises(NotAllowedError, match="nobody is waiting"):
        cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)


def test_the_promise_of_a_first_word_moves_with_how_upset_they_are(shop):
    case_id = shop.case(severity=Severity.ANNOYED)

    severities.change_severity(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now)

    view = shop.view(case_id)
    assert (view.severity, view.first_contact_due_at) == (
        Severity.ABOUT_TO_LEAVE,
        NOW + timedelta(hours=2),
    )


def test_a_promise_that_was_kept_stays_as_it_was(shop):
    case_id = shop.settled_case(severity=Severity.ANNOYED)
    due = shop.view(case_id).first_contact_due_at

    severities.change_severity(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now)

    assert shop.view(case_id).first_contact_due_at == due


def test_another_plan_keeps_what_is_done_and_replaces_what_is_not(shop):
    case_id = shop.case()
    done = shop.step(case_id).follow_up_id
    follow_ups.complete(shop.desk, done, now=shop.now, not_agreed_why="in a hurry")

    cases.change_playbook(shop.desk, case_id, "twelve_ways", now=shop.now)

    plan = shop.view(case_id).plan
    assert shop.view(case_id).playbook == "twelve_ways"
    assert [step.status for step in plan if step.follow_up_id == done] == [FollowUpStatus.DONE]
    skipped = [step for step in plan if step.status is FollowUpStatus.SKIPPED]
    assert {step.end_words for step in skipped} == {"the plan was changed to “Twelve ways back”"}
    assert "First call: listen, say it back" not in {step.title for step in plan}


def test_a_plan_whose_steps_are_all_done_can_be_chosen_again(shop):
    case_id = shop.case(severity=Severity.ANNOYED)
    for _ in range(4):
        step = shop.step(case_id).follow_up_id
        follow_ups.complete(shop.desk, step, now=shop.now, not_agreed_why="in a hurry")

    cases.change_playbook(shop.desk, case_id, "small_annoyance", now=shop.now)

    assert shop.view(case_id).next_step == "Decide how it ended"


def test_the_plan_of_a_closed_case_stays_as_it_is(shop):
    case_id = shop.settled_case()
    cases.close(shop.desk, case_id, KEPT, now=shop.now)

    with pytest.raises(NotAllowedError, match="stays as it is"):
        cases.change_playbook(shop.desk, case_id, "twelve_ways", now=shop.now)


def test_a_case_ends_in_two_steps(shop):
    case_id = shop.settled_case()
    resolved = shop.view(case_id)

    cases.close(shop.desk, case_id, KEPT, now=shop.now)

    closed = shop.view(case_id)
    assert (resolved.status, resolved.outcome, resolved.is_open) == (
        Status.RESOLVED,
        Outcome.PENDING,
        True,
    )
    assert (closed.status, closed.stage, closed.outcome, closed.evidence) == (
        Status.CLOSED,
        Stage.DONE,
        Outcome.KEPT,
        Evidence.THEIR_WORD,
    )
    assert (closed.next_step, closed.next_due_at, closed.is_open) == ("", None, False)


def test_won_back_needs_a_later_purchase_or_the_owners_word(shop):
    case_id = shop.settled_case()
    won = Ending(Outcome.WON_BACK, Evidence.PURCHASE, skip_why="not needed")
    customer_id = shop.view(case_id).customer_id
    yesterday = (shop.now - timedelta(days=1)).date()
    visits.log(shop.desk, customer_id, now=shop.now, visited_on=yesterday)
    with pytest.raises(InvalidEntryError, match="No purchase"):
        cases.close(shop.desk, case_id, won, now=shop.now)

    visits.log(shop.desk, customer_id, now=shop.later(days=2), amount="£12.50")
    assert shop.view(case_id).came_again
    cases.close(shop.desk, case_id, won, now=shop.now)

    assert shop.view(case_id).evidence is Evidence.PURCHASE


def test_the_owners_word_is_marked_as_such(shop):
    case_id = shop.settled_case()

    cases.close(
        shop.desk,
        case_id,
        Ending(Outcome.WON_BACK, Evidence.OWNERS_WORD, skip_why="not needed"),
        now=shop.now,
    )

    assert shop.view(case_id).evidence is Evidence.OWNERS_WORD


def test_lost_asks_why_from_a_short_list(shop):
    case_id = shop.case()
    with pytest.raises(InvalidEntryError, match="why they were lost"):
        cases.close(shop.desk, case_id, Ending(Outcome.LOST, skip_why="not needed"), now=shop.now)

    ending = Ending(
        Outcome.LOST,
        Evidence.PURCHASE,
        LostReason.TOO_LATE,
        words="Moved on.",
        skip_why="not needed",
    )
    cases.close(shop.desk, case_id, ending, now=shop.now)

    view = shop.view(case_id)
    assert (view.lost_reason, view.closing_words) == (LostReason.TOO_LATE, "Moved on.")
    assert view.evidence is None


def test_a_reason_for_losing_them_is_not_kept_with_another_ending(shop):
    case_id = shop.case()
    ending = Ending(Outcome.UNREACHABLE, lost_reason=LostReason.PRICE, skip_why="not needed")

    cases.close(shop.desk, case_id, ending, now=shop.now)

    assert shop.view(case_id).lost_reason is None


def test_closing_asks_about_every_step_still_open(shop):
    case_id = shop.settled_case(severity=Severity.ABOUT_TO_LEAVE)
    first, second, third, *others = case_pages.open_steps(shop.desk, case_id)
    choices = {first.follow_up_id: "done", second.follow_up_id: "skip", third.follow_up_id: "stay"}

    cases.close(
        shop.desk,
        case_id,
        Ending(Outcome.KEPT, Evidence.THEIR_WORD, open_steps=choices, skip_why="not wanted"),
        now=shop.now,
    )

    ended = {step.follow_up_id: step for step in shop.view(case_id).plan}
    assert ended[first.follow_up_id].status is FollowUpStatus.DONE
    assert ended[second.follow_up_id].end_words == "not wanted"
    assert ended[third.follow_up_id].status is FollowUpStatus.PLANNED
    assert others
    assert {ended[step.follow_up_id].status for step in others} == {FollowUpStatus.SKIPPED}


def test_a_step_that_stays_open_comes_up_though_its_event_may_never_come(shop):
    case_id = shop.case()
    waits = next(step for step in shop.view(case_id).plan if step.due_on is None)
    stays = {step.follow_up_id: "stay" for step in case_pages.open_steps(shop.desk, case_id)}

    cases.close(
        shop.desk,
        case_id,
        Ending(Outcome.UNREACHABLE, open_steps=stays, skip_why="not needed"),
        now=shop.now,
    )

    kept = next(step for step in shop.view(case_id).plan if step.follow_up_id == waits.follow_up_id)
    assert kept.due_on is not None
    due = agendas.agenda(shop.desk, now=shop.now, days=30)
    assert waits.follow_up_id in {row.follow_up_id for row in due.ahead}
    follow_ups.complete(shop.desk, waits.follow_up_id, now=shop.now)
    assert shop.view(case_id).stage is Stage.DONE


def test_whether_a_fix_held_is_asked_after_the_case_is_closed(shop):
    case_id = shop.settled_case()
    fix = corrections.plan(shop.desk, case_id, CorrectionEntry("Seal it"), now=shop.now)
    check_on = (shop.now + timedelta(days=28)).date()
    corrections.done(shop.desk, fix, check_on=check_on, now=shop.now)

    cases.close(shop.desk, case_id, KEPT, now=shop.now)

    due = agendas.agenda(shop.desk, now=shop.now, days=60)
    assert [row.kind for row in due.ahead] == [FollowUpKind.CHECK]


def test_what_is_resolved_or_closed_can_be_opened_again(shop):
    case_id = shop.settled_case()
    cases.close(
        shop.desk,
        case_id,
        Ending(Outcome.NOT_UPHELD, words="They were wrong.", skip_why="not needed"),
        now=shop.now,
    )

    cases.reopen(shop.desk, case_id, now=shop.now)

    view = shop.view(case_id)
    assert (view.status, view.outcome, view.closing_words) == (Status.OPEN, Outcome.PENDING, "")
    assert view.next_due_at is not None
    with shop.desk.reading():
        assert Case.get().reopened_count == 1
    with pytest.raises(NotAllowedError, match="open already"):
        cases.reopen(shop.desk, case_id, now=shop.now)


def test_what_is_resolved_cannot_be_resolved_again(shop):
    case_id = shop.settled_case()

    with pytest.raises(NotAllowedError, match="already"):
        cases.resolve(shop.desk, case_id, now=shop.now)


def test_a_case_says_whose_it_is_and_that_it_may_be_nobodys(shop):
    mine = shop.case()
    with shop.desk.changing(Topic.CASES, "Unknown"):
        Case.update(owner=None).execute()

    assert shop.view(mine).owner == ""
    people.sign_in_owner(shop.desk)
    assert shop.view(shop.case(name="Bo Li")).owner == "Mia Ray"


@pytest.mark.parametrize(
    "deed",
    [
        lambda desk, case_id: cases.tell(desk, case_id, Story("New words"), now=NOW),
        lambda desk, case_id: severities.change_severity(desk, case_id, Severity.UPSET, now=NOW),
        lambda desk, case_id: cases.wait_for_customer(desk, case_id, waiting=True, now=NOW),
        lambda desk, case_id: cases.wait_for_customer(desk, case_id, waiting=False, now=NOW),
    ],
)
def test_a_closed_case_stays_as_it_is_until_it_is_reopened(shop, deed):
    case_id = shop.case()
    cases.close(
        shop.desk, case_id, Ending(Outcome.UNREACHABLE, skip_why="not needed"), now=shop.now
    )
    before = shop.view(case_id)

    with pytest.raises(NotAllowedError, match="This case is closed") as refused:
        deed(shop.desk, case_id)
    assert refused.value.advice == "Reopen it first."
    assert shop.view(case_id) == before


def test_only_a_visit_after_it_was_resolved_shows_that_they_came_back(shop):
    case_id = shop.case()
    customer_id = shop.view(case_id).customer_id
    visits.log(shop.desk, customer_id, now=shop.now)
    cases.resolve(shop.desk, case_id, now=shop.later(hours=1), not_agreed_why="in a hurry")
    assert not shop.view(case_id).came_again

    visits.log(shop.desk, customer_id, now=shop.later(hours=1))

    assert shop.view(case_id).came_again


def test_resolving_asks_once_why_nothing_was_said_back(shop):
    case_id = shop.case()

    with pytest.raises(InvalidEntryError) as refused:
        cases.resolve(shop.desk, case_id, now=shop.now)
    assert refused.value.field == "not_agreed_why"
    assert shop.view(case_id).resolved_at is None

    cases.resolve(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")
    assert shop.view(case_id).not_agreed_why == "in a hurry"


def test_a_plan_without_listening_resolves_without_that_question(shop):
    case_id = shop.case()
    with shop.desk.changing(Topic.CASES, "Another plan"):
        version = PlaybookVersion.create(playbook=1, version=2, steps="[]", made_at=NOW)
        Case.update(playbook_version=version.id).execute()

    cases.resolve(shop.desk, case_id, now=shop.now)

    assert shop.view(case_id).status is Status.RESOLVED


def test_steps_that_closing_skipped_come_back_when_the_case_does(shop):
    case_id = shop.case()
    follow_ups.skip(shop.desk, shop.step(case_id, "Fix it").follow_up_id, why="known", now=shop.now)
    open_before = [step.title for step in case_pages.open_steps(shop.desk, case_id)]
    shop.later(hours=1)
    cases.close(
        shop.desk, case_id, Ending(Outcome.UNREACHABLE, skip_why="not needed"), now=shop.now
    )
    assert case_pages.open_steps(shop.desk, case_id) == ()

    cases.reopen(shop.desk, case_id, now=shop.now)

    assert [step.title for step in case_pages.open_steps(shop.desk, case_id)] == open_before
    assert shop.step(case_id).title.startswith("First call")


def test_what_is_left_out_at_closing_needs_a_reason(shop):
    case_id = shop.case()

    with pytest.raises(InvalidEntryError) as refused:
        cases.close(shop.desk, case_id, Ending(Outcome.UNREACHABLE, skip_why="  "), now=shop.now)

    assert refused.value.field == "skip_why"
    assert shop.view(case_id).closed_at is None


def test_a_new_promise_keeps_the_time_that_it_was_their_turn(shop):
    case_id = shop.case(severity=Severity.UPSET)
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    cases.wait_for_customer(shop.desk, case_id, waiting=False, now=shop.later(hours=2))
    before = shop.view(case_id).first_contact_due_at

    severities.change_severity(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now)
    sooner = shop.view(case_id).first_contact_due_at
    severities.change_severity(shop.desk, case_id, Severity.UPSET, now=shop.now)

    assert sooner < before
    assert shop.view(case_id).first_contact_due_at == before


def test_the_number_of_a_case_that_was_taken_back_is_not_used_again(shop):
    shop.case()
    taken_back = shop.view(shop.case()).number
    shop.desk.undo()

    assert taken_back.endswith("-0002")
    assert shop.view(shop.case()).number.endswith("-0003")
