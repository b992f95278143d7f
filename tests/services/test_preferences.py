"""How somebody wants to be reached, and whether at all: what is planned obeys it."""

from datetime import timedelta

import pytest

from recoverydesk.domain.contact import Way
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.errors import NotFoundError
from recoverydesk.progress import Progress
from recoverydesk.services import (
    agendas,
    batches,
    contacts,
    customer_pages,
    customers,
    follow_ups,
    preferences,
    stories,
)
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.plans import LEFT_ALONE, TURNS_TO_THEM


@pytest.fixture
def case_id(shop):
    return shop.case(email="ada@example.org")


def whose(shop, case_id):
    return shop.view(case_id).customer_id


def leave_alone(shop, case_id, *, asked=True, why="by letter"):
    preferences.leave_alone(shop.desk, whose(shop, case_id), asked=asked, why=why, now=shop.now)


def planned(shop, case_id):
    return [one for one in shop.view(case_id).plan if one.status is FollowUpStatus.PLANNED]


def turning(shop, case_id):
    return [one for one in planned(shop, case_id) if one.act in TURNS_TO_THEM]


def test_way_and_best_time_are_kept_and_stand_on_today(shop, case_id):
    entry = CustomerEntry(
        "Ada Obi", email="ada@example.org", preferred_way=Way.EMAIL, best_time="after 5"
    )
    customers.change(shop.desk, whose(shop, case_id), entry)
    view = customer_pages.view(shop.desk, whose(shop, case_id))
    assert (view.preferred_way, view.best_time) == (Way.EMAIL, "after 5")
    row = agendas.agenda(shop.desk, now=shop.now).today[0]
    assert (row.preferred_way, row.best_time, row.email) == (
        Way.EMAIL, "after 5", "ada@example.org"
    )  # fmt: skip
    assert shop.view(case_id).preferred_way is Way.EMAIL
    wish = preferences.of_case(shop.desk, case_id)
    assert (wish.way, wish.best_time, wish.do_not_contact) == (Way.EMAIL, "after 5", False)


def test_nothing_turns_to_who_asked_to_be_left_alone(shop, case_id):
    until = shop.now + timedelta(days=2)
    contacts.log(shop.desk, case_id, ContactEntry(words="Rang."), now=shop.now, next_word_by=until)
    assert turning(shop, case_id)
    leave_alone(shop, case_id)
    assert turning(shop, case_id) == []
    view = shop.view(case_id)
    assert view.do_not_contact
    assert view.next_due_at is not None  # an open case is never without a next step
    ended = {one.end_words for one in view.plan if one.status is FollowUpStatus.SKIPPED}
    assert ended == {LEFT_ALONE}
    assert preferences.of_case(shop.desk, case_id).why == "by letter"
    assert stories.session_items(shop.desk, now=shop.now) == ()


def test_a_new_case_of_theirs_plans_no_call_either(shop, case_id):
    leave_alone(shop, case_id)
    again = shop.case(words="The lid, too.", email="ada@example.org")
    assert whose(shop, again) == whose(shop, case_id)
    assert turning(shop, again) == []
    assert shop.view(again).next_step


def test_a_change_of_mind_brings_back_what_still_makes_sense(shop, case_id):
    before = planned(shop, case_id)
    on = shop.now.date() + timedelta(days=9)
    follow_ups.remind(
        shop.desk, "Ring about the fair", on=on, now=shop.now, customer_id=whose(shop, case_id)
    )
    leave_alone(shop, case_id)
    leave_alone(shop, case_id, why="really")  # said twice
    leave_alone(shop, case_id, asked=False)
    assert [one.title for one in planned(shop, case_id)] == [one.title for one in before]
    assert preferences.of_case(shop.desk, case_id).why == ""
    agenda = agendas.agenda(shop.desk, now=shop.now, days=30)
    assert "Ring about the fair" in {row.title for row in agenda.ahead}


def test_letters_to_many_leave_them_out_and_say_so(shop, case_id):
    leave_alone(shop, case_id)
    other = shop.case(name="Ben Ray")
    batch = batches.prepare(
        shop.desk, [case_id, other], template="apology", now=shop.now, progress=Progress()
    )
    assert [(left.case_id, left.why) for left in batch.left] == [(case_id, batches.ALONE)]
    assert len(batch.papers) == 1


def test_undo_takes_it_back_whole(shop, case_id):
    before = shop.view(case_id)
    leave_alone(shop, case_id)
    shop.desk.undo()
    assert shop.view(case_id) == before


def test_who_is_gone_is_said(shop):
    with pytest.raises(NotFoundError):
        preferences.of_case(shop.desk, 99)
