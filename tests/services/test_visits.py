"""Be there at the next purchase, write it down, and ask two days later how it was."""

from datetime import timedelta

import pytest

from recoverydesk.domain.case import Outcome
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import cases, follow_ups, merges, preferences, visits
from recoverydesk.services.cases import Ending
from recoverydesk.storage.tables import Customer, FollowUp
from recoverydesk.topics import Topic
from tests.storage.filling import dump


def planned(shop, kind):
    with shop.desk.reading():
        query = FollowUp.select().where(
            FollowUp.kind == kind, FollowUp.status == FollowUpStatus.PLANNED
        )
        return [(row.customer_id, row.title, row.due_on) for row in query]


def day(shop, days=0):
    return shop.now.date() + timedelta(days=days)


def visited(shop, customer_id, **more):
    visits.log(shop.desk, customer_id, now=shop.now, **more)


def close(shop, case_id):
    ending = Ending(Outcome.KEPT)
    cases.close(shop.desk, case_id, ending, now=shop.now)


@pytest.fixture
def ada(shop):
    """Ada, whose plan asks nothing after a visit."""
    case_id = shop.case()
    with shop.desk.changing(Topic.FOLLOW_UPS, "A short plan"):
        FollowUp.delete().where(FollowUp.anchor == Anchor.NEXT_VISIT).execute()
    return shop.view(case_id).customer_id


def test_two_days_after_a_visit_somebody_asks_how_it_was(shop, ada):
    visited(shop, ada)
    assert planned(shop, FollowUpKind.AFTER_VISIT) == [
        (ada, "Ask Ada how it was this time", day(shop, 2))
    ]
    visited(shop, ada)
    assert len(planned(shop, FollowUpKind.AFTER_VISIT)) == 1


def test_a_plan_that_asks_itself_is_enough(shop):
    case_id = shop.case(playbook="twelve_ways")
    customer_id = shop.view(case_id).customer_id
    with shop.desk.reading():
        asks = FollowUp.select().where(
            FollowUp.anchor == Anchor.NEXT_VISIT, FollowUp.act == Act.CALL
        )
        assert asks.exists()
    visited(shop, customer_id)
    assert planned(shop, FollowUpKind.AFTER_VISIT) == []


def test_nobody_is_asked_whom_the_shop_never_let_down_or_long_ago(shop, ada):
    ben = shop.customer("Ben Ray")
    visited(shop, ben)
    assert planned(shop, FollowUpKind.AFTER_VISIT) == []
    with shop.desk.changing(Topic.FOLLOW_UPS, "Over long ago"):
        merged = {"status": "closed", "stage": "done", "closed_at": shop.now, "next_step": ""}
        cases.Case.update(**merged, next_due_at=None).execute()
    shop.later(days=90)
    with shop.desk.reading():
        hours = visits.hours_of_shop()
        assert visits.is_in_recovery(ada, day(shop), hours)
        assert not visits.is_in_recovery(ada, day(shop, 1), hours)


def test_who_asked_to_be_left_alone_is_not_rung_after_it(shop, ada):
    preferences.leave_alone(shop.desk, ada, asked=True, now=shop.now)
    visited(shop, ada)
    assert planned(shop, FollowUpKind.AFTER_VISIT) == []


def test_who_is_expected_is_greeted_that_day_and_expected_no_more_once_here(shop, ada):
    visits.expect(shop.desk, ada, day(shop, 3), now=shop.now)
    visits.expect(shop.desk, ada, day(shop, 4), now=shop.now)
    assert planned(shop, FollowUpKind.EXPECTED) == [(ada, "Be there for Ada", day(shop, 4))]
    shop.later(days=4)
    visited(shop, ada)
    assert planned(shop, FollowUpKind.EXPECTED) == []
    with shop.desk.reading():
        assert Customer.get_by_id(ada).expected_on is None
        row = FollowUp.get(FollowUp.end_words == "they were here")
        assert row.status == FollowUpStatus.DONE


def test_expecting_can_be_taken_back(shop, ada):
    visits.expect(shop.desk, ada, day(shop, 3), now=shop.now)
    visits.expect(shop.desk, ada, None, now=shop.now)
    assert planned(shop, FollowUpKind.EXPECTED) == []


@pytest.mark.parametrize(("days", "words"), [(-1, "over"), (400, "a year off")])
def test_days_nobody_can_be_expected_on_are_told(shop, ada, days, words):
    with pytest.raises(InvalidEntryError, match=words):
        visits.expect(shop.desk, ada, day(shop, days), now=shop.now)


def test_a_visit_is_undone_whole(shop, ada):
    visits.expect(shop.desk, ada, day(shop), now=shop.now)
    before = dump(shop.desk)
    visited(shop, ada, amount="12.50", words="A pot")
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_bad_visits_are_told_and_nothing_is_written(shop, ada):
    before = dump(shop.desk)
    for more, words in (({"visited_on": day(shop, 1)}, "hasn't come"), ({"amount": "x"}, None)):
        with pytest.raises(InvalidEntryError, match=words):
            visited(shop, ada, **more)
    with pytest.raises(NotFoundError):
        visited(shop, 99)
    assert dump(shop.desk) == before


def test_who_is_expected_stays_so_when_they_turn_out_to_be_somebody_else(shop, ada):
    other = shop.customer("Ada Obi-Ray")
    visits.expect(shop.desk, other, day(shop, 2), now=shop.now)
    merges.merge_customers(shop.desk, ada, other, choices={}, now=shop.now)
    assert [row[0] for row in planned(shop, FollowUpKind.EXPECTED)] == [ada]
    with shop.desk.reading():
        assert Customer.get_by_id(ada).expected_on == day(shop, 2)


def expected_on(shop, ada):
    with shop.desk.reading():
        return Customer.get_by_id(ada).expected_on


def expecting(shop):
    with shop.desk.reading():
        return FollowUp.get(
            FollowUp.kind == FollowUpKind.EXPECTED, FollowUp.status == FollowUpStatus.PLANNED
        ).id


def test_whom_today_puts_off_the_till_expects_that_day(shop, ada):
    visits.expect(shop.desk, ada, day(shop, 1), now=shop.now)
    follow_ups.move(shop.desk, expecting(shop), to=day(shop, 3), now=shop.now)
    assert expected_on(shop, ada) == day(shop, 3)
    follow_ups.put_back(shop.desk, expecting(shop), now=shop.now)
    assert expected_on(shop, ada) == day(shop, 1)


def test_whom_today_has_dealt_with_the_till_expects_no_more(shop, ada):
    for deed in (follow_ups.complete, follow_ups.skip):
        visits.expect(shop.desk, ada, day(shop, 1), now=shop.now)
        more = {"why": "They rang"} if deed is follow_ups.skip else {}
        deed(shop.desk, expecting(shop), now=shop.now, **more)
        assert expected_on(shop, ada) is None
