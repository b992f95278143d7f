"""Three answers about the handling, each of which may be missing."""

from datetime import date, timedelta

import pytest

from recoverydesk.domain.feedback import Question
from recoverydesk.domain.figure import Figure, FigureKind
from recoverydesk.domain.span import Span
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import feedbacks, insights
from recoverydesk.services.feedbacks import FeedbackEntry
from tests.services.looking_back import Past

SPAN = Span(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def case_id(shop):
    return shop.case()


def answer(shop, case_id, **entry):
    return feedbacks.record_answers(shop.desk, case_id, FeedbackEntry(**entry), now=shop.now)


def summary(shop):
    return feedbacks.summary(shop.desk, SPAN)


def test_what_was_answered_stands_on_the_case_the_newest_first(shop, case_id):
    answer(shop, case_id, fair=4, words=" Quick. ", given_on=date(2026, 3, 1), by_card=True)
    answer(shop, case_id, easy=1, treated=5)

    new, old = feedbacks.of_case(shop.desk, case_id)

    assert (new.fair, new.easy, new.treated, new.by_card) == (None, 1, 5, False)
    assert (old.fair, old.words, old.given_on, old.by_card) == (4, "Quick.", date(2026, 3, 1), True)


def test_words_alone_are_enough(shop, case_id):
    answer(shop, case_id, words="Never mind.")

    found = summary(shop)

    assert (found.cases, found.mean_tenths, found.lowest) == (1, None, None)
    assert [one.mean for one in found.answers] == [None, None, None]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({}, "fair"),
        ({"words": "  "}, "fair"),
        ({"fair": 0}, "fair"),
        ({"easy": 6}, "easy"),
        ({"treated": -1}, "treated"),
        ({"fair": 3, "given_on": date(2026, 3, 3)}, "given_on"),
        ({"words": "a" * 2001}, "words"),
    ],
)
def test_what_can_not_be_is_told_beside_its_field(shop, case_id, entry, field):
    with pytest.raises(InvalidEntryError) as caught:
        answer(shop, case_id, **entry)

    assert caught.value.field == field
    assert feedbacks.of_case(shop.desk, case_id) == ()


def test_answers_change_and_keep_their_day(shop, case_id):
    feedback_id = answer(shop, case_id, fair=1)
    shop.later(days=3)

    feedbacks.change(shop.desk, feedback_id, FeedbackEntry(fair=5, easy=2), now=shop.now)

    (found,) = feedbacks.of_case(shop.desk, case_id)
    assert (found.fair, found.easy, found.given_on) == (5, 2, date(2026, 3, 2))


def test_removed_answers_come_back_with_undo(shop, case_id):
    feedback_id = answer(shop, case_id, fair=1)

    feedbacks.remove(shop.desk, feedback_id)
    assert feedbacks.of_case(shop.desk, case_id) == ()
    with pytest.raises(NotFoundError):
        feedbacks.remove(shop.desk, feedback_id)
    shop.desk.undo()

    assert [one.fair for one in feedbacks.of_case(shop.desk, case_id)] == [1]


def test_only_what_was_answered_counts(shop):
    """Fair: 4, 2 = 3.0. Easy: 5. Treated: nobody said. All: 11 / 3 = 3.67."""
    case_id = shop.case()
    answer(shop, case_id, fair=4, easy=5)
    answer(shop, case_id, fair=2)
    answer(shop, case_id, fair=1, given_on=date(2026, 2, 28))  # another month

    found = summary(shop)

    assert [(one.question, one.n, one.mean) for one in found.answers] == [
        (Question.FAIR, 2, 3.0),
        (Question.EASY, 1, 5.0),
        (Question.TREATED, 0, None),
    ]
    assert (found.cases, found.mean_tenths) == (1, 37)


def test_the_lowest_is_named_once_each_question_has_five_answers(shop, case_id):
    for _ in range(4):
        answer(shop, case_id, fair=4, easy=2, treated=5)
    assert summary(shop).lowest is None
    answer(shop, case_id, fair=4, easy=2, treated=5)
    assert summary(shop).lowest is Question.EASY


def test_a_tie_names_none(shop, case_id):
    for _ in range(5):
        answer(shop, case_id, fair=2, easy=2, treated=5)

    assert summary(shop).lowest is None


def test_the_cases_behind_the_answers(shop, case_id):
    shop.case(name="Ben Ray")
    answer(shop, case_id, fair=4)
    answer(shop, case_id, fair=5)

    figure = Figure(FigureKind.ANSWERED)

    assert insights.cases_behind(shop.desk, figure, SPAN, now=shop.now) == [case_id]


# -- those who say nothing -----------------------------------------------------------------------


def test_the_rule_of_thumb_shows_only_where_it_is_wanted(shop):
    past = Past(shop)
    for who, channel in (("Ada", "phone"), ("Ada", "email"), ("Ben", "review")):
        past.case(who, date(2026, 3, 1), channel=channel)
    past.case("Cem", date(2026, 3, 1), channel="noticed_by_us")

    assert insights.read(shop.desk, SPAN, now=shop.now).silent is None
    past.set_shop(silent_estimate=True)
    found = insights.read(shop.desk, SPAN, now=shop.now + timedelta(days=1)).silent

    # Two told us themselves: Ada, who counts once, and Ben. 2 x 26 = 52, 50 of them in silence.
    assert (found.spoke, found.in_all, found.silent) == (2, 52, 50)
    assert found.claim == "silent_customers"
