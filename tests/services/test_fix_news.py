"""“We fixed it”: everybody whom a cause hurt is told, in their own way, and once."""

from datetime import timedelta

import pytest

from recoverydesk.domain.case import Outcome
from recoverydesk.domain.contact import Way
from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus
from recoverydesk.errors import NotAllowedError, NotFoundError
from recoverydesk.progress import Progress
from recoverydesk.services import (
    batches,
    cases,
    causes,
    corrections,
    customers,
    fix_news,
    letters,
    merges,
    papers,
    preferences,
)
from recoverydesk.services.cases import Ending
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.storage.tables import FixNews, FollowUp


@pytest.fixture
def cause(shop):
    return causes.add(shop.desk, "Late pick-up")


def fixed(shop, cause, *, done=True):
    entry = CorrectionEntry("Ring the courier at noon")
    made = corrections.plan(shop.desk, None, entry, cause_id=cause, now=shop.now)
    if done:
        check_on = shop.now.date() + timedelta(days=40)
        corrections.done(shop.desk, made, check_on=check_on, now=shop.now)
    return made


@pytest.fixture
def hurt(shop, cause):
    """Ada by phone, Ben by e-mail, Cy by letter, Dan left alone; Eve of another cause."""
    ada = shop.case(name="Ada Obi", phone="0151 1", cause_id=cause)
    shop.case(name="Ben Ray", email="ben@mail.example", cause_id=cause)
    shop.case(name="Cy Low", cause_id=cause)
    dan = shop.case(name="Dan Day", phone="0151 2", cause_id=cause)
    whose = shop.view(dan).customer_id
    preferences.leave_alone(shop.desk, whose, asked=True, why="no calls", now=shop.now)
    shop.case(name="Eve Lee", phone="0151 3")
    return ada


def ways(shop, fix):
    return {one.customer: one.way for one in fix_news.of_fix(shop.desk, fix).to_tell}


def news(shop):
    with shop.desk.reading():
        rows = FollowUp.select().where(FollowUp.kind == FollowUpKind.NEWS).order_by(FollowUp.id)
        return [(row.title, Act(row.act), FollowUpStatus(row.status)) for row in rows]


@pytest.mark.usefixtures("hurt")
def test_everybody_of_the_cause_is_told_but_who_wants_to_be_left_alone(shop, cause):
    fix = fixed(shop, cause)
    found = fix_news.of_fix(shop.desk, fix)
    assert ways(shop, fix) == {"Ada Obi": Way.CALL, "Ben Ray": Way.EMAIL, "Cy Low": Way.LETTER}
    assert (found.left_alone, found.told) == (1, 0)


@pytest.mark.usefixtures("hurt")
def test_calls_and_emails_stand_on_today_and_nobody_is_told_twice(shop, cause):
    fix = fixed(shop, cause)
    chosen = {one.customer_id: one.way for one in fix_news.of_fix(shop.desk, fix).to_tell}
    assert fix_news.plan(shop.desk, fix, chosen, now=shop.now) == 2
    assert news(shop) == [
        ("Tell Ada what you changed", Act.CALL, FollowUpStatus.PLANNED),
        ("Write to Ben what you changed", Act.WRITE, FollowUpStatus.PLANNED),
    ]
    assert ways(shop, fix) == {"Cy Low": Way.LETTER}
    assert fix_news.plan(shop.desk, fix, chosen, now=shop.now) == 0
    shop.desk.undo()
    assert len(ways(shop, fix)) == 3
    assert news(shop) == []


def test_the_letter_that_tells_it_counts_once_it_went_out(shop, cause, hurt):
    fix = fixed(shop, cause)
    batch = batches.prepare(
        shop.desk, [hurt], template=fix_news.LETTER, now=shop.now, progress=Progress()
    )
    assert "Ring the courier at noon" in batch.papers[0].text
    batches.keep(shop.desk, batch, DocumentStatus.PREPARED, now=shop.now)
    assert "Ada Obi" in ways(shop, fix)
    batches.keep(shop.desk, batch, DocumentStatus.PRINTED, now=shop.now)
    assert "Ada Obi" not in ways(shop, fix)
    assert fix_news.of_fix(shop.desk, fix).told == 1
    batches.keep(shop.desk, batch, DocumentStatus.PRINTED, now=shop.now)
    assert fix_news.of_fix(shop.desk, fix).told == 1


def test_a_letter_that_is_marked_sent_later_counts_then(shop, cause, hurt):
    fix = fixed(shop, cause)
    draft = letters.compose(shop.desk, hurt, now=shop.now, template=fix_news.LETTER)
    paper = letters.paper(shop.desk, draft, now=shop.now)
    kept = papers.keep(shop.desk, paper, DocumentStatus.PREPARED, now=shop.now)
    papers.mark(shop.desk, kept, DocumentStatus.SENT, now=shop.now)
    assert "Ada Obi" not in ways(shop, fix)


def test_a_closed_case_is_told_as_well(shop, cause, hurt):
    ending = Ending(Outcome.UNREACHABLE, words="No answer.", skip_why="nobody there")
    cases.close(shop.desk, hurt, ending, now=shop.now)
    fix = fixed(shop, cause)
    whose = shop.view(hurt).customer_id
    assert fix_news.plan(shop.desk, fix, {whose: Way.CALL}, now=shop.now) == 1


@pytest.mark.usefixtures("hurt")
def test_only_a_fix_that_is_in_place_is_told(shop, cause):
    fix = fixed(shop, cause, done=False)
    with pytest.raises(NotAllowedError, match="isn't in place"):
        fix_news.plan(shop.desk, fix, {}, now=shop.now)
    with pytest.raises(NotFoundError):
        fix_news.of_fix(shop.desk, 999)


def test_without_a_cause_only_the_case_it_came_from_is_told(shop):
    case_id = shop.case(phone="0151 1")
    fix = corrections.plan(shop.desk, case_id, CorrectionEntry("Seal it"), now=shop.now)
    assert ways(shop, fix) == {"Ada Obi": Way.CALL}
    alone = corrections.plan(shop.desk, None, CorrectionEntry("Tidy up"), now=shop.now)
    assert ways(shop, alone) == {}


def test_a_wish_how_to_be_reached_goes_first_where_it_is_possible(shop, cause):
    entry = CustomerEntry(
        "Ada Obi", phone="0151 1", email="ada@mail.example", preferred_way=Way.EMAIL
    )
    whose = customers.add(shop.desk, entry, now=shop.now)
    shop.case(customer_id=whose, cause_id=cause)
    assert ways(shop, fixed(shop, cause)) == {"Ada Obi": Way.EMAIL}


def test_two_who_turn_out_to_be_one_have_been_told_once(shop, cause):
    first = shop.view(shop.case(name="Ada Obi", phone="0151 1", cause_id=cause)).customer_id
    second = shop.view(shop.case(name="Ada O.", phone="0151 2", cause_id=cause)).customer_id
    fix = fixed(shop, cause)
    told = {first: Way.CALL, second: Way.CALL}
    assert fix_news.plan(shop.desk, fix, told, now=shop.now) == 2
    merges.merge_customers(shop.desk, first, second, choices={}, now=shop.now)
    assert fix_news.of_fix(shop.desk, fix).told == 1
    shop.desk.undo()
    with shop.desk.reading():
        assert FixNews.select().count() == 2
