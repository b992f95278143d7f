from datetime import UTC, date, datetime, timedelta

import pytest

from recoverydesk.domain.case import Severity, Stage
from recoverydesk.domain.contact import Direction, Reach
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.playbook import ASK, steps_to_json, with_asking
from recoverydesk.services import (
    agendas,
    cases,
    causes,
    contacts,
    corrections,
    follow_ups,
    negotiations,
    severities,
    visits,
)
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.negotiations import Asked
from recoverydesk.services.plans import WAITS_REASON
from recoverydesk.services.presets import playbook_presets
from recoverydesk.storage.tables import FollowUp, Playbook, PlaybookVersion, Shop
from recoverydesk.topics import Topic
from tests.conftest import NOW


def due_on(shop, case_id, title):
    return next(step for step in shop.view(case_id).plan if step.title.startswith(title)).due_on


def complete(shop, case_id, title=""):
    step = shop.step(case_id, title).follow_up_id
    follow_ups.complete(shop.desk, step, now=shop.now, not_agreed_why="in a hurry")


@pytest.mark.parametrize("severity", list(Severity))
def test_every_step_of_a_new_plan_has_a_date_or_says_what_it_waits_for(shop, severity):
    view = shop.view(shop.case(severity=severity))

    assert [step.current for step in view.plan].count(True) == 1
    for step in view.plan:
        assert (step.due_at is None) == bool(step.waits_for)
        assert step.reason
        assert "{name}" not in step.title
        assert step.coach
        assert len(step.coach.split()) <= 60


def test_steps_get_their_dates_as_things_happen(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    assert due_on(shop, case_id, "Own it") is None

    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now)
    assert due_on(shop, case_id, "Own it") == date(2026, 3, 3)
    shop.agreed(case_id)
    assert due_on(shop, case_id, "Put it right") == date(2026, 3, 4)
    shop.hand_over(case_id)
    assert due_on(shop, case_id, "Ask: is it all right") == date(2026, 3, 5)
    cases.resolve(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")
    assert due_on(shop, case_id, "Two-week call") == date(2026, 3, 13)


def test_when_an_event_moves_undone_steps_move_and_done_ones_never(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    shop.later(days=2)
    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now)
    complete(shop, case_id, "First call")
    assert due_on(shop, case_id, "Find the cause") == date(2026, 3, 10)
    done = due_on(shop, case_id, "First call")

    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now, at=NOW)

    assert due_on(shop, case_id, "Find the cause") == date(2026, 3, 7)
    assert due_on(shop, case_id, "First call") == done
    assert shop.view(case_id).first_contact_at == NOW


def test_a_follow_up_after_resolving_moves_off_closed_days_and_says_why(shop):
    case_id = shop.settled_case()

    step = shop.step(case_id, "Call again")
    assert step.due_on == date(2026, 3, 10)  # seven opening days: Sunday the 8th is none
    assert step.reason == "7 opening days since it was resolved"
    assert shop.is_open_on(step.due_on)


def test_a_visit_makes_the_next_contact_due_within_two_days(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    customer_id = shop.view(case_id).customer_id
    assert due_on(shop, case_id, "Ring after that visit") is None

    visits.log(shop.desk, customer_id, now=shop.later(days=1))

    assert due_on(shop, case_id, "Ring after that visit") == date(2026, 3, 5)


def test_a_purchase_before_the_case_is_no_next_visit(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    customer_id = shop.view(case_id).customer_id

    visits.log(shop.desk, customer_id, now=shop.now, visited_on=date(2026, 2, 20))

    assert due_on(shop, case_id, "Ring after that visit") is None


def test_a_fix_dates_the_call_that_tells_of_it(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    fix = corrections.plan(shop.desk, case_id, CorrectionEntry("Seal it"), now=shop.now)
    assert due_on(shop, case_id, "Tell Ada what has changed") is None

    corrections.done(shop.desk, fix, check_on=date(2026, 4, 1), now=shop.now)

    assert due_on(shop, case_id, "Tell Ada what has changed") == date(2026, 3, 3)


def test_a_step_ticks_itself_when_its_fact_comes_true(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    cause = causes.all_causes(shop.desk)[1]

    causes.write_down(shop.desk, case_id, ["Why"], cause_id=cause.cause_id, now=shop.now)

    step = next(one for one in shop.view(case_id).plan if one.title.startswith("Find the cause"))
    assert (step.status, step.ended_at) == (FollowUpStatus.DONE, NOW)


def test_a_case_whose_events_all_wait_still_has_a_date(shop):
    case_id = shop.case()
    follow_ups.skip(shop.desk, shop.step(case_id).follow_up_id, why="known", now=shop.now)

    view = shop.view(case_id)
    assert view.next_step == "Fix it, keep Ada informed"
    step = shop.step(case_id)
    assert step.due_on == date(2026, 3, 10)
    assert step.reason.startswith("so that it isn't forgotten")


def test_a_case_whose_steps_are_all_done_asks_how_it_ended(shop):
    case_id = shop.case(severity=Severity.ANNOYED)
    for _ in range(4):
        complete(shop, case_id)
    assert shop.step(case_id).title == "Decide how it ended"

    complete(shop, case_id)

    assert shop.step(case_id).title == "Decide how it ended"
    assert shop.step(case_id).due_on == date(2026, 3, 3)


def test_closing_ends_the_question_how_it_ended(shop):
    case_id = shop.case(severity=Severity.ANNOYED)
    for _ in range(4):
        complete(shop, case_id)
    closing = shop.step(case_id).follow_up_id
    ending = cases.Ending(
        cases.Outcome.UNREACHABLE, open_steps={closing: "stay"}, skip_why="not needed"
    )

    cases.close(shop.desk, case_id, ending, now=shop.now)

    with shop.desk.reading():
        assert FollowUp.get_by_id(closing).status == FollowUpStatus.DONE


def test_a_running_case_keeps_its_version_of_the_plan(shop):
    case_id = shop.case()
    before = shop.view(case_id).plan
    plan = next(plan for plan in playbook_presets() if plan.key == "four_steps")
    with shop.desk.changing(Topic.SHOP, "Change the plan"):
        PlaybookVersion.create(
            playbook=Playbook.get(Playbook.key == "four_steps"),
            version=2,
            steps=steps_to_json(plan.steps[:1]),
            made_at=NOW,
        )

    contacts.log(shop.desk, case_id, ContactEntry(words="Hello"), now=shop.now)

    assert [step.title for step in shop.view(case_id).plan] == [step.title for step in before]
    assert all(step.coach for step in shop.view(case_id).plan)


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (datetime(2026, 3, 28, 17, 0, tzinfo=UTC), datetime(2026, 3, 30, 11, 30, tzinfo=UTC)),
        (datetime(2026, 10, 24, 16, 0, tzinfo=UTC), datetime(2026, 10, 26, 12, 30, tzinfo=UTC)),
        (datetime(2028, 2, 28, 23, 59, tzinfo=UTC), datetime(2028, 2, 29, 13, 0, tzinfo=UTC)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), datetime(2027, 1, 1, 12, 30, tzinfo=UTC)),
    ],
    ids=["spring", "autumn", "29 February", "new year"],
)
def test_the_first_contact_clock_counts_opening_hours_alone(shop, opened, due):
    shop.now = opened

    view = shop.view(shop.case())

    assert view.first_contact_due_at == due


def test_done_steps_show_what_came_of_them(shop):
    case_id = shop.case()
    step = shop.step(case_id).follow_up_id
    follow_ups.complete(shop.desk, step, now=shop.now, note="All clear.", not_agreed_why="no time")

    found = next(one for one in shop.view(case_id).plan if one.follow_up_id == step)
    assert (found.end_words, found.current, found.ended_at) == ("All clear.", False, NOW)


def test_a_reminder_stands_in_the_plan_without_a_coach(shop):
    case_id = shop.case()
    follow_ups.remind(
        shop.desk, "Bring the manual", on=date(2026, 3, 2), case_id=case_id, now=shop.now
    )

    step = next(one for one in shop.view(case_id).plan if one.title == "Bring the manual")
    assert (step.stage, step.coach, step.waits_for) == (None, "", "")


def test_a_step_that_waits_keeps_the_day_on_which_it_is_looked_at_again(shop):
    case_id = shop.case()
    follow_ups.skip(shop.desk, shop.step(case_id).follow_up_id, why="known", now=shop.now)
    before = shop.step(case_id)
    shop.later(days=2)

    contacts.log(shop.desk, case_id, ContactEntry(reach=Reach.NO_ANSWER), now=shop.now)

    after = shop.step(case_id)
    assert (after.title, after.due_on) == (before.title, before.due_on)


def test_a_step_keeps_its_date_when_its_event_is_taken_back(shop):
    case_id = shop.settled_case()
    before = shop.step(case_id, "Call again")
    cases.reopen(shop.desk, case_id, now=shop.now)

    kept = shop.step(case_id, "Call again")

    assert (kept.due_on, kept.reason) == (before.due_on, before.reason)
    assert kept.due_on == date(2026, 3, 10)


def test_the_first_word_is_due_when_it_was_promised(shop):
    with shop.desk.changing(Topic.SHOP, "Promise more"):
        Shop.update(first_contact_hours='{"annoyed": 8, "upset": 3, "about_to_leave": 1}').execute()
    case_id = shop.case(severity=Severity.UPSET)
    view = shop.view(case_id)
    assert view.plan[0].due_at == view.first_contact_due_at == NOW + timedelta(hours=3)

    severities.change_severity(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now)

    view = shop.view(case_id)
    assert view.plan[0].due_at == view.first_contact_due_at == NOW + timedelta(hours=1)
    assert view.plan[0].reason == "1 opening hour since it was logged"


def test_clocks_stop_while_it_is_the_customers_turn(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now)
    shop.agreed(case_id)
    timed = shop.step(case_id, "Keep").due_at
    assert due_on(shop, case_id, "Put it right") == date(2026, 3, 4)
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    shop.later(days=2)
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)  # as it was

    cases.wait_for_customer(shop.desk, case_id, waiting=False, now=shop.now)

    assert due_on(shop, case_id, "Put it right") == date(2026, 3, 6)
    assert shop.step(case_id, "Keep").due_at == timed + timedelta(days=2)
    assert shop.step(case_id, "Put it right").reason.endswith(
        "since you agreed, and moved on while it was their turn"
    )


def test_every_time_they_let_us_wait_counts_but_no_day_that_was_chosen(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now)
    shop.agreed(case_id)
    put_off = shop.step(case_id, "Find the cause").follow_up_id
    follow_ups.move(shop.desk, put_off, to=date(2026, 3, 12), now=shop.now)
    for _ in range(2):
        cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
        shop.later(days=1)
        answer = ContactEntry(direction=Direction.IN)
        contacts.log(shop.desk, case_id, answer, now=shop.now)

    assert shop.view(case_id).waiting_since is None
    step = shop.step(case_id, "Put it right")
    assert step.due_on == date(2026, 3, 6)
    assert step.reason.count("their turn") == 1
    assert due_on(shop, case_id, "Find the cause") == date(2026, 3, 12)


def test_a_short_wait_moves_the_hour_of_the_first_word_and_no_day(shop):
    case_id = shop.case()
    due = shop.view(case_id).first_contact_due_at
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)

    cases.wait_for_customer(shop.desk, case_id, waiting=False, now=shop.later(hours=1))

    view = shop.view(case_id)
    assert view.plan[0].due_at == view.first_contact_due_at == due + timedelta(hours=1)


def test_a_step_that_only_waits_to_be_looked_at_moves_on_but_stays_open_to_its_event(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    complete(shop, case_id, "First call")
    shop.agreed(case_id)
    for title in ("Own it", "Put it right", "Keep", "Find"):
        follow_ups.skip(
            shop.desk, shop.step(case_id, title).follow_up_id, why="known", now=shop.now
        )
    before = shop.step(case_id)
    assert before.reason == WAITS_REASON
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    cases.wait_for_customer(shop.desk, case_id, waiting=False, now=shop.later(hours=1))
    assert shop.step(case_id).due_on == before.due_on
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)

    cases.wait_for_customer(shop.desk, case_id, waiting=False, now=shop.later(days=1))

    assert shop.step(case_id).due_on == before.due_on + timedelta(days=1)
    assert shop.step(case_id).reason == WAITS_REASON


def test_a_step_that_waits_is_not_forgotten_behind_one_that_is_far_off(shop):
    case_id = shop.case()
    for step in shop.view(case_id).plan:
        if step.due_at is not None:
            far = date(2026, 6, 1)
            follow_ups.move(shop.desk, step.follow_up_id, to=far, now=shop.now)

    following = shop.step(case_id)

    assert following.reason == WAITS_REASON
    assert following.due_on == date(2026, 3, 10)


def ask_step(shop, case_id):
    return next(step for step in shop.view(case_id).plan if step.title.startswith("Ask Ada what"))


@pytest.mark.parametrize("severity", [Severity.ANNOYED, Severity.UPSET])
def test_a_customer_who_did_not_say_what_they_want_is_asked(shop, severity):
    case_id = shop.case(severity=severity, asked=Asked(said=False))
    step = ask_step(shop, case_id)
    assert (step.stage, step.waits_for) == (Stage.MAKE_RIGHT, "After the call")
    assert step.coach

    negotiations.ask(shop.desk, case_id, Asked(words="The price back"), now=shop.now)

    assert ask_step(shop, case_id).status is FollowUpStatus.DONE


def test_agreeing_answers_what_they_want_too(shop):
    case_id = shop.case(asked=Asked(said=False))

    shop.agreed(case_id)

    assert ask_step(shop, case_id).status is FollowUpStatus.DONE


def test_a_plan_that_asks_by_itself_asks_once(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE, asked=Asked(said=False))

    asking = [step for step in shop.view(case_id).plan if "what would make it right" in step.title]
    assert len(asking) == 1


def test_a_plan_without_anything_to_make_right_asks_at_its_end():
    (listen,) = (step for step in playbook_presets()[0].steps if step.key == "listen")

    assert with_asking([listen]) == (listen, ASK)


def test_another_plan_still_asks_what_they_want(shop):
    case_id = shop.case(asked=Asked(said=False))

    cases.change_playbook(shop.desk, case_id, "small_annoyance", now=shop.now)

    planned = [
        step.title
        for step in shop.view(case_id).plan
        if step.status is FollowUpStatus.PLANNED and step.title.startswith("Ask Ada what")
    ]
    assert len(planned) == 1


def test_today_tells_how_to_ask_what_they_want(shop):
    case_id = shop.case(asked=Asked(said=False))

    assert agendas.coach(shop.desk, ask_step(shop, case_id).follow_up_id).startswith("Nobody knows")


@pytest.mark.parametrize("severity", list(Severity))
def test_every_plan_asks_again_some_days_after_it_was_resolved(shop, severity):
    case_id = shop.settled_case(severity=severity)

    after = [step for step in shop.view(case_id).plan if "resolved" in step.reason]
    assert after
    assert all(step.due_on > shop.now.date() for step in after)


@pytest.mark.parametrize("key", ["four_steps", "small_annoyance"])
def test_a_plan_that_took_the_place_of_one_that_asks_asks_too(shop, key):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE, asked=Asked(said=False))

    cases.change_playbook(shop.desk, case_id, key, now=shop.now)

    assert ask_step(shop, case_id).status is FollowUpStatus.PLANNED
