"""Staying in touch: the gap runs from the last contact."""

from datetime import date, timedelta

import pytest

from recoverydesk.domain.contact import Direction, Reach, Way
from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import (
    agendas,
    contacts,
    customer_pages,
    follow_ups,
    merges,
    preferences,
    stories,
    touches,
)
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.touches import TouchTone
from recoverydesk.storage.tables import Customer, FollowUp
from recoverydesk.topics import Topic
from tests.storage.filling import dump

TODAY = date(2026, 3, 2)


def days(n):
    return TODAY + timedelta(days=n)


def gaps(shop, customer_id, ideal=30, latest=60):
    touches.set_gaps(shop.desk, customer_id, ideal, latest, now=shop.now)


def rows(shop, *where):
    with shop.desk.reading():
        return list(
            FollowUp.select()
            .where(FollowUp.kind == FollowUpKind.TOUCH, *where)
            .order_by(FollowUp.id)
        )


def planned(shop):
    (row,) = rows(shop, FollowUp.status == FollowUpStatus.PLANNED)
    return row


def tone(shop, customer_id):
    return touches.state(shop.desk, customer_id, now=shop.now).tone


def log(shop, case_id, at=None, **entry):
    contacts.log(shop.desk, case_id, ContactEntry(**entry), now=shop.now, at=at)


@pytest.fixture
def known(shop):
    """A customer with a case, spoken with today, to be heard from after 30 days."""
    case_id = shop.case()
    log(shop, case_id)
    customer_id = shop.view(case_id).customer_id
    gaps(shop, customer_id)
    return case_id, customer_id


def test_the_gap_runs_from_the_last_contact(shop, known):
    row = planned(shop)
    assert row.due_on == days(30)
    assert row.title == "Get in touch with Ada"
    assert row.reason == "last contact 2 March 2026; at the latest by 1 May 2026"

    found = touches.state(shop.desk, known[1], now=shop.now)
    assert (found.last_on, found.ideal_on, found.latest_on) == (TODAY, days(30), days(60))
    assert (found.ideal_days, found.latest_days, found.left_alone) == (30, 60, False)


def test_without_a_contact_it_runs_since_they_are_known(shop):
    customer_id = shop.customer()
    shop.later(days=3)
    gaps(shop, customer_id)
    assert planned(shop).due_on == days(30)
    assert planned(shop).reason.startswith("no contact yet")
    assert touches.state(shop.desk, customer_id, now=shop.now).last_on is None


@pytest.mark.parametrize(
    ("passed", "expected"),
    [(0, "ok"), (30, "ok"), (31, "amber"), (60, "amber"), (61, "red"), (400, "red")],
)
def test_it_is_amber_after_the_ideal_day_and_red_after_the_latest(shop, known, passed, expected):
    shop.later(days=passed)
    assert tone(shop, known[1]) == TouchTone(expected)


@pytest.mark.parametrize(
    ("passed", "late", "today"), [(29, 0, 0), (30, 0, 1), (45, 0, 1), (60, 0, 1), (61, 1, 0)]
)
@pytest.mark.usefixtures("known")
def test_today_shows_it_from_the_ideal_day_and_late_only_after_the_latest(
    shop, passed, late, today
):
    shop.later(days=passed)
    found = agendas.agenda(shop.desk, now=shop.now)
    of_touch = [
        [row for row in part if row.kind is FollowUpKind.TOUCH]
        for part in (found.late, found.today)
    ]
    assert [len(part) for part in of_touch] == [late, today]
    assert all(row.latest_on == days(60) for part in of_touch for row in part)


@pytest.mark.usefixtures("known")
def test_what_was_put_off_past_the_latest_day_is_late_only_after_that(shop):
    follow_ups.move(shop.desk, planned(shop).id, to=days(70), now=shop.now)
    for passed, late in ((70, False), (71, True)):
        now = shop.now + timedelta(days=passed)
        found = agendas.agenda(shop.desk, now=now).late
        assert (FollowUpKind.TOUCH in {row.kind for row in found}) is late


@pytest.mark.parametrize(
    "entry",
    [
        {"reach": Reach.REACHED},
        {"reach": Reach.LEFT_WORD},
        {"way": Way.LETTER, "reach": Reach.LEFT_WORD},
        {"direction": Direction.IN, "way": Way.VISIT},
    ],
)
def test_any_contact_restarts_the_gap_even_after_it_was_put_off(shop, known, entry):
    first = planned(shop).id
    follow_ups.move(shop.desk, first, to=days(50), now=shop.now)
    shop.later(days=40)
    assert tone(shop, known[1]) is TouchTone.AMBER
    log(shop, known[0], **entry)

    row = planned(shop)
    assert (row.id, row.due_on, row.moved, row.put_off_from) == (first, days(70), False, None)
    assert tone(shop, known[1]) is TouchTone.OK


def test_a_contact_lands_on_the_next_open_day(shop, known):
    shop.later(days=3)
    gaps(shop, known[1], 6, 12)  # 8 March is a Sunday
    assert planned(shop).due_on == days(7)


def test_a_call_that_nobody_answered_restarts_nothing(shop, known):
    shop.later(days=10)
    log(shop, known[0], reach=Reach.NO_ANSWER)
    assert planned(shop).due_on == days(30)
    shop.later(days=25)
    follow_ups.no_answer(shop.desk, planned(shop).id, now=shop.now)
    assert planned(shop).due_on == days(36)
    assert tone(shop, known[1]) is TouchTone.AMBER


def test_an_earlier_contact_written_down_later_changes_nothing(shop, known):
    shop.later(days=20)
    log(shop, known[0])
    follow_ups.move(shop.desk, planned(shop).id, to=days(60), now=shop.now)
    log(shop, known[0], at=shop.now - timedelta(days=5))
    assert planned(shop).due_on == days(60)


@pytest.mark.usefixtures("known")
def test_reaching_them_from_the_reminder_plans_the_next_one(shop):
    shop.later(days=31)
    stories.reached(shop.desk, planned(shop).id, now=shop.now, words="All well.")
    assert planned(shop).due_on == days(61)
    assert len(rows(shop, FollowUp.status == FollowUpStatus.DONE)) == 1


@pytest.mark.usefixtures("known")
def test_leaving_word_from_the_reminder_restarts_the_gap(shop):
    shop.later(days=31)
    stories.left_word(shop.desk, planned(shop).id, now=shop.now)
    assert planned(shop).due_on == days(61)


def test_leaving_word_for_anything_else_still_comes_back_the_next_day(shop, known):
    reminder = follow_ups.remind(shop.desk, "Ring", on=TODAY, now=shop.now, customer_id=known[1])
    stories.left_word(shop.desk, reminder, now=shop.now)
    with shop.desk.reading():
        assert FollowUp.get_by_id(reminder).due_on == days(1)


@pytest.mark.usefixtures("known")
def test_ticked_without_a_contact_the_next_one_is_planned_from_that_day(shop):
    shop.later(days=31)
    before = dump(shop.desk)
    follow_ups.complete(shop.desk, planned(shop).id, now=shop.now)
    assert planned(shop).due_on == days(61)
    shop.desk.undo()
    assert dump(shop.desk) == before


@pytest.mark.usefixtures("known")
def test_left_out_the_next_one_is_planned_all_the_same(shop):
    shop.later(days=31)
    follow_ups.skip(shop.desk, planned(shop).id, why="Away until May.", now=shop.now)
    assert planned(shop).due_on == days(61)


def test_nothing_goes_on_where_the_gap_was_taken_away(shop, known):
    row = planned(shop).id
    with shop.desk.changing(Topic.CUSTOMERS, "Forget"):
        Customer.update(touch_ideal_days=None).where(Customer.id == known[1]).execute()
    follow_ups.complete(shop.desk, row, now=shop.now)
    assert not rows(shop, FollowUp.status == FollowUpStatus.PLANNED)


@pytest.mark.parametrize(
    ("way", "act"),
    [(None, Act.CALL), (Way.CALL, Act.CALL), (Way.VISIT, Act.CALL), (Way.EMAIL, Act.WRITE)],
)
def test_they_are_turned_to_in_their_own_way(shop, way, act):
    customer_id = shop.customer(preferred_way=way)
    gaps(shop, customer_id)
    assert planned(shop).act == act


def test_who_asked_to_be_left_alone_is_left_alone_until_they_change_their_mind(shop, known):
    preferences.leave_alone(shop.desk, known[1], asked=True, now=shop.now)
    assert not rows(shop, FollowUp.status == FollowUpStatus.PLANNED)
    shop.later(days=70)
    assert tone(shop, known[1]) is TouchTone.OK
    log(shop, known[0], direction=Direction.IN)
    assert not rows(shop, FollowUp.status == FollowUpStatus.PLANNED)

    preferences.leave_alone(shop.desk, known[1], asked=False, now=shop.now)
    assert planned(shop).due_on == days(100)


def test_gaps_set_for_one_who_is_left_alone_plan_nothing_yet(shop):
    customer_id = shop.customer()
    preferences.leave_alone(shop.desk, customer_id, asked=True, now=shop.now)
    gaps(shop, customer_id)
    (row,) = rows(shop)
    assert row.status == FollowUpStatus.SKIPPED
    assert touches.state(shop.desk, customer_id, now=shop.now).left_alone


def test_the_gap_can_be_changed_and_taken_away(shop, known):
    gaps(shop, known[1], 90, 90)
    assert planned(shop).due_on == date(2026, 6, 1)  # 31 May is a Sunday
    gaps(shop, known[1], None, None)
    assert not rows(shop, FollowUp.status == FollowUpStatus.PLANNED)
    assert touches.state(shop.desk, known[1], now=shop.now) is None
    log(shop, known[0])
    assert not rows(shop, FollowUp.status == FollowUpStatus.PLANNED)


def test_saving_the_same_gap_leaves_a_day_that_was_put_off(shop, known):
    follow_ups.move(shop.desk, planned(shop).id, to=days(50), now=shop.now)
    gaps(shop, known[1])
    assert planned(shop).due_on == days(50)


@pytest.mark.parametrize(
    ("ideal", "latest", "field"),
    [
        (0, 10, "touch_ideal"),
        (5, 2_000, "touch_latest"),
        (None, 10, "touch_ideal"),
        (10, None, "touch_latest"),
        (10, 9, "touch_latest"),
    ],
)
def test_a_gap_that_makes_no_sense_is_refused(shop, ideal, latest, field):
    customer_id = shop.customer()
    with pytest.raises(InvalidEntryError) as refused:
        gaps(shop, customer_id, ideal, latest)
    assert refused.value.field == field


def test_nobody_is_refused(shop):
    with pytest.raises(NotFoundError):
        gaps(shop, 99)
    with pytest.raises(NotFoundError):
        touches.state(shop.desk, 99, now=shop.now)


def test_the_customers_page_tells_how_it_stands(shop, known):
    found = customer_pages.view(shop.desk, known[1], now=shop.now)
    assert (found.touch_ideal_days, found.touch_latest_days) == (30, 60)
    assert found.touch == touches.state(shop.desk, known[1], now=shop.now)
    assert customer_pages.view(shop.desk, known[1]).touch is None


def test_undo_takes_the_gap_and_a_contact_back_whole(shop, known):
    before = dump(shop.desk)
    shop.later(days=5)
    log(shop, known[0])
    shop.desk.undo()
    assert dump(shop.desk) == before
    gaps(shop, known[1], 90, 90)
    shop.desk.undo()
    assert dump(shop.desk) == before


def join(shop, kept_id, other_id):
    merges.merge_customers(shop.desk, kept_id, other_id, choices={}, now=shop.now)


def test_two_who_are_one_have_one_gap_and_the_last_contact_of_both(shop, known):
    other = shop.customer("Ada Obi-Ray")
    gaps(shop, other, 10, 20)
    shop.later(days=8)
    log(shop, known[0])
    before = dump(shop.desk)

    join(shop, other, known[1])

    assert planned(shop).due_on == days(18)
    assert [row.end_words for row in rows(shop, FollowUp.ended_at.is_null(is_null=False))] == [
        touches.ONE_IS_ENOUGH
    ]
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_who_has_no_gap_takes_over_the_others(shop, known):
    other = shop.customer("Ada Obi-Ray")
    join(shop, other, known[1])
    found = touches.state(shop.desk, other, now=shop.now)
    assert (found.ideal_days, found.latest_days) == (30, 60)


def test_two_without_a_gap_have_none(shop):
    kept, other = shop.customer(), shop.customer("Ada Obi-Ray")
    join(shop, kept, other)
    assert not rows(shop)
