from datetime import date, timedelta

import pytest

from recoverydesk.domain.case import Severity, Stage, Status
from recoverydesk.domain.contact import Reach, Way
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus, Unit
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import agendas, cases, corrections, follow_ups
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.storage.tables import Contact, FollowUp
from tests.conftest import NOW
from tests.storage.filling import dump


def agenda(shop, **given):
    return agendas.agenda(shop.desk, now=shop.now, **given)


def remind(shop, title="Ring", *, on=None, **given):
    on = on or shop.now.date()
    return follow_ups.remind(shop.desk, title, on=on, now=shop.now, **given)


def test_today_shows_what_is_late_for_today_and_ahead_each_once(shop):
    late = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    shop.later(hours=3)
    remind(shop, "Today's")
    remind(shop, "Next week's", on=date(2026, 3, 9))
    remind(shop, "Too far", on=date(2026, 3, 10))

    found = agenda(shop)

    assert [row.case_id for row in found.late] == [late]
    assert [row.title for row in found.today] == ["Today's"]
    assert [row.title for row in found.ahead] == ["Next week's"]
    assert found.waiting_now == 2
    assert agendas.count_waiting(shop.desk, now=shop.now) == 2


def test_a_row_carries_what_the_call_needs(shop):
    shop.case(phone="07700 900123")

    (row,) = agenda(shop).today
    assert (row.customer, row.phone, row.problem, row.case_number, row.person) == (
        "Ada Obi",
        "07700 900123",
        "The kettle leaks.",
        "R-2026-0001",
        "Mia Ray",
    )
    assert (row.first_contact, row.timed, row.reason) == (
        True,
        True,
        "4 opening hours since it was logged",
    )


def test_an_hour_that_matters_is_late_the_same_day(shop):
    shop.case()

    assert not agenda(shop).late
    shop.later(hours=4, minutes=1)
    assert len(agenda(shop).late) == 1


@pytest.mark.parametrize("days", [-5, 0, 99_999_999_999])
def test_any_number_of_days_ahead_can_be_asked_for(shop, days):
    shop.case()
    remind(shop, "Far", on=date(2030, 1, 7))

    assert len(agenda(shop, days=days).ahead) == (days > 0)


def test_no_more_than_asked_for_are_read_ahead(shop):
    for day in (3, 4, 5):
        remind(shop, on=date(2026, 3, day))

    assert len(agenda(shop, most_ahead=2).ahead) == 2


def test_nothing_drops_off_until_it_is_done_moved_or_skipped(shop):
    shop.case()
    shop.later(days=400)

    (row,) = agenda(shop).late
    follow_ups.skip(shop.desk, row.follow_up_id, why="they moved", now=shop.now)

    assert row.follow_up_id not in {one.follow_up_id for one in agenda(shop).late}


def test_marking_a_step_done_sets_the_fact_it_stands_for(shop):
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)

    for _ in range(4):
        step = shop.step(case_id).follow_up_id
        follow_ups.complete(shop.desk, step, now=shop.now, not_agreed_why="in a hurry")

    view = shop.view(case_id)
    assert (view.first_contact_at, view.apologised_at, view.agreed_at) == (NOW, NOW, NOW)
    assert view.stage is Stage.MAKE_RIGHT


def test_leaving_listening_without_their_yes_is_asked_once(shop):
    case_id = shop.case()
    step = shop.step(case_id).follow_up_id
    before = dump(shop.desk)

    with pytest.raises(InvalidEntryError) as asked:
        follow_ups.complete(shop.desk, step, now=shop.now)

    assert (asked.value.field, dump(shop.desk)) == ("not_agreed_why", before)
    follow_ups.complete(shop.desk, step, now=shop.now, not_agreed_why="they hung up")
    assert shop.view(case_id).not_agreed_why == "they hung up"


def test_with_their_yes_nothing_is_asked(shop):
    case_id = shop.case()
    story = cases.Story("It leaks.", "It leaked twice.", agreed=True)
    cases.tell(shop.desk, case_id, story, now=shop.now)
    reminder = remind(shop, case_id=case_id)

    follow_ups.complete(shop.desk, reminder, now=shop.now)

    assert shop.view(case_id).not_agreed_why == ""


def test_ticking_the_last_talk_resolves_and_ends_the_waiting(shop):
    case_id = shop.case(severity=Severity.ANNOYED)
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    step = shop.step(case_id, "A word next time")

    with pytest.raises(InvalidEntryError) as asked:
        follow_ups.complete(shop.desk, step.follow_up_id, now=shop.now)
    assert asked.value.field == "not_agreed_why"
    follow_ups.complete(
        shop.desk, step.follow_up_id, now=shop.now, not_agreed_why="they had to leave"
    )
    cases.reopen(shop.desk, case_id, now=shop.now)

    assert shop.view(case_id).status is Status.OPEN


def test_a_step_done_after_closing_changes_nothing_of_how_it_went(shop):
    case_id = shop.case(severity=Severity.ANNOYED)
    step = shop.step(case_id, "A word next time").follow_up_id
    ending = cases.Ending(
        cases.Outcome.UNREACHABLE, open_steps={step: "stay"}, skip_why="not needed"
    )
    cases.close(shop.desk, case_id, ending, now=shop.now)

    follow_ups.complete(shop.desk, step, now=shop.now)

    view = shop.view(case_id)
    assert (view.status, view.resolved_at) == (Status.CLOSED, None)


def test_a_check_that_is_done_says_that_the_fix_holds(shop):
    case_id = shop.case()
    fix = corrections.plan(shop.desk, case_id, CorrectionEntry("Seal it"), now=shop.now)
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 3), now=shop.now)
    shop.later(days=1)
    check = next(row for row in agenda(shop).today if row.kind is FollowUpKind.CHECK)

    follow_ups.complete(shop.desk, check.follow_up_id, now=shop.now)

    assert [one.status for one in shop.view(case_id).corrections] == [CorrectionStatus.HOLDS]


@pytest.mark.parametrize("why", ["", "  ", "x" * 501])
def test_leaving_a_step_out_needs_a_reason(shop, why):
    step = shop.step(shop.case()).follow_up_id

    with pytest.raises(InvalidEntryError) as refused:
        follow_ups.skip(shop.desk, step, why=why, now=shop.now)
    assert refused.value.field == "why"


def test_a_step_that_is_put_off_stays_where_it_was_put(shop):
    case_id = shop.case()
    step = shop.step(case_id).follow_up_id

    follow_ups.move(shop.desk, step, to=date(2026, 3, 8), now=shop.now, why="they are away")
    shop.agreed(case_id)

    moved = next(one for one in shop.view(case_id).plan if one.follow_up_id == step)
    # Sunday the 8th is closed.
    assert (moved.due_on, moved.timed, moved.reason) == (date(2026, 3, 9), False, "they are away")


def test_a_step_put_off_without_a_word_keeps_its_reason(shop):
    step = shop.step(shop.case())

    follow_ups.move(shop.desk, step.follow_up_id, to=date(2026, 3, 5), now=shop.now)

    (row,) = agenda(shop).ahead
    assert row.reason == step.reason


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2099, 1, 1), date.min, date.max])
def test_a_day_that_is_over_or_far_off_is_refused(shop, day):
    step = shop.step(shop.case()).follow_up_id

    with pytest.raises(InvalidEntryError) as refused:
        follow_ups.move(shop.desk, step, to=day, now=shop.now)
    with pytest.raises(InvalidEntryError):
        remind(shop, on=day)
    assert refused.value.field == "day"


def test_when_nobody_answers_it_comes_back_on_the_next_opening_day(shop):
    shop.later(days=5)  # Saturday
    case_id = shop.case()

    follow_ups.no_answer(shop.desk, shop.step(case_id).follow_up_id, now=shop.now)

    step = shop.step(case_id)
    assert (step.due_on, step.reason, step.status) == (
        date(2026, 3, 9),
        "4 opening hours since it was logged; nobody answered",
        FollowUpStatus.PLANNED,
    )


@pytest.mark.parametrize(
    "deed",
    [
        lambda desk, step: follow_ups.complete(desk, step, now=NOW),
        lambda desk, step: follow_ups.skip(desk, step, why="done", now=NOW),
        lambda desk, step: follow_ups.move(desk, step, to=NOW.date(), now=NOW),
        lambda desk, step: follow_ups.no_answer(desk, step, now=NOW),
    ],
)
def test_what_is_dealt_with_or_gone_cannot_be_dealt_with_again(shop, deed):
    step = shop.step(shop.case()).follow_up_id
    follow_ups.skip(shop.desk, step, why="known", now=shop.now)

    with pytest.raises(NotAllowedError, match="dealt with already"):
        deed(shop.desk, step)
    with pytest.raises(NotFoundError, match="no longer on the desk"):
        deed(shop.desk, 999)


def test_a_reminder_may_be_for_a_case_a_customer_or_the_shop(shop):
    case_id, customer_id = shop.case(), shop.customer("Bo Li")

    remind(shop, "For the case", case_id=case_id)
    remind(shop, "For them", customer_id=customer_id)
    remind(shop, "For the shop")

    found = {row.title: row.customer for row in agenda(shop).today}
    assert found["For the case"] == "Ada Obi"
    assert found["For them"] == "Bo Li"
    assert found["For the shop"] == ""
    assert not [row for row in agenda(shop).today if row.case_id is None and row.first_contact]


def test_a_reminder_on_a_closed_case_does_not_open_it(shop):
    case_id = shop.settled_case()
    ending = cases.Ending(cases.Outcome.KEPT, cases.Evidence.THEIR_WORD, skip_why="not needed")
    cases.close(shop.desk, case_id, ending, now=shop.now)

    remind(shop, case_id=case_id)

    assert shop.view(case_id).next_step == ""
    assert len(agenda(shop).today) == 1


def test_a_reminder_without_a_case_can_be_done_and_skipped_too(shop):
    first, second, third = (remind(shop) for _ in range(3))

    follow_ups.complete(shop.desk, first, now=shop.now)
    follow_ups.skip(shop.desk, second, why="no", now=shop.now)
    follow_ups.move(shop.desk, third, to=date(2026, 3, 3), now=shop.now)

    assert [row.follow_up_id for row in agenda(shop).ahead] == [third]
    assert not agenda(shop).today


@pytest.mark.parametrize("title", ["", "  ", "x" * 121])
def test_a_reminder_needs_a_few_words(shop, title):
    with pytest.raises(InvalidEntryError) as refused:
        remind(shop, title)
    assert refused.value.field == "title"


@pytest.mark.parametrize("whose", [{"case_id": 99}, {"customer_id": 99}])
def test_a_reminder_for_nobody_is_refused(shop, whose):
    with pytest.raises(NotFoundError):
        remind(shop, **whose)


def test_a_try_in_vain_is_written_down_and_does_not_stop_the_clock(shop):
    case_id = shop.case()
    for _ in range(2):
        follow_ups.no_answer(shop.desk, shop.step(case_id).follow_up_id, now=shop.now)

    view = shop.view(case_id)
    assert [(one.way, one.reach, one.person) for one in view.contacts] == 2 * [
        (Way.CALL, Reach.NO_ANSWER, "Mia Ray")
    ]
    assert view.first_contact_at is None
    assert shop.step(case_id).reason.count("nobody answered") == 1
    assert shop.desk.undo().words.startswith("Undo: Nobody answered")
    assert len(shop.view(case_id).contacts) == 1


def test_nobody_answering_a_reminder_of_the_shops_own_is_no_contact(shop):
    reminder = remind(shop, "Ring the plumber")

    follow_ups.no_answer(shop.desk, reminder, now=shop.now)

    with shop.desk.reading():
        assert Contact.select().count() == 0
        assert FollowUp.get_by_id(reminder).due_on == date(2026, 3, 3)


def test_ticking_that_it_was_put_right_hands_over_all_that_was_agreed(shop):
    case_id = shop.case()
    shop.agreed(case_id)
    shop.agreed(case_id, kind=RemedyKind.APOLOGY_ONLY, words="Our apology")

    follow_ups.complete(
        shop.desk, shop.step(case_id, "Fix it").follow_up_id, now=shop.later(hours=1)
    )

    view = shop.view(case_id)
    assert [one.status for one in view.remedies] == 2 * [RemedyStatus.HANDED_OVER]
    assert [one.handed_over_at for one in view.remedies] == [shop.now, NOW]
    assert view.handed_over_at == shop.now


def test_a_step_of_a_plan_says_how_to_go_about_it_and_a_reminder_does_not(shop):
    step = shop.step(shop.case())

    assert agendas.coach(shop.desk, step.follow_up_id) == step.coach != ""
    assert agendas.coach(shop.desk, remind(shop)) == ""


def due_days(shop):
    agenda = agendas.agenda(shop.desk, now=shop.now, days=400)
    return [(row.title, row.due_on) for row in (*agenda.late, *agenda.today, *agenda.ahead)]


def test_what_was_put_off_goes_back_to_the_date_it_had(shop):
    on = shop.now.date() + timedelta(days=2)
    row = follow_ups.remind(shop.desk, "Ring", on=on, now=shop.now)
    with pytest.raises(NotAllowedError, match="no date to go back"):
        follow_ups.put_back(shop.desk, row, now=shop.now)
    follow_ups.move(shop.desk, row, to=on + timedelta(days=7), now=shop.now)
    follow_ups.put_back(shop.desk, row, now=shop.now)
    assert due_days(shop) == [("Ring", on)]


def test_a_date_that_is_over_goes_back_to_today(shop):
    on = shop.now.date()
    row = follow_ups.remind(shop.desk, "Ring", on=on, now=shop.now)
    follow_ups.no_answer(shop.desk, row, now=shop.now)
    shop.later(days=1)
    follow_ups.put_back(shop.desk, row, now=shop.now)
    assert due_days(shop) == [("Ring", shop.now.date())]
    agenda = agendas.agenda(shop.desk, now=shop.now)
    assert "nobody answered" not in agenda.today[0].reason


def test_a_step_of_a_case_goes_back_and_stays_its_next_step(shop):
    case_id = shop.case()
    step = shop.step(case_id)
    follow_ups.move(shop.desk, step.follow_up_id, to=date(2026, 3, 9), now=shop.now)
    follow_ups.put_back(shop.desk, step.follow_up_id, now=shop.now)
    assert shop.step(case_id).due_on == step.due_on


def test_a_reminder_comes_again_after_it_was_done_past_closed_days(shop):
    on = shop.now.date()
    row = follow_ups.remind(
        shop.desk, "Water the plants", on=on, now=shop.now, again=(3, Unit.DAYS)
    )
    shop.later(days=4)  # Friday
    follow_ups.complete(shop.desk, row, now=shop.now)
    assert due_days(shop) == [("Water the plants", date(2026, 3, 9))]  # no Sunday, no Monday before
    shop.desk.undo()
    assert due_days(shop) == [("Water the plants", on)]


def test_leaving_a_repeating_reminder_out_ends_it(shop):
    row = follow_ups.remind(
        shop.desk, "Look", on=shop.now.date(), now=shop.now, again=(1, Unit.DAYS)
    )
    follow_ups.skip(shop.desk, row, why="no more plants", now=shop.now)
    assert due_days(shop) == []


@pytest.mark.parametrize("every", [-1, 367])
def test_a_repeat_that_cant_be_is_refused(shop, every):
    with pytest.raises(InvalidEntryError, match="too far apart"):
        follow_ups.remind(
            shop.desk, "Look", on=shop.now.date(), now=shop.now, again=(every, Unit.DAYS)
        )
