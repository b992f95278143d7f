"""A month in plain sentences: four facts, one worry and one thing to try, from numbers alone."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverydesk.domain.month_page import Money, MonthFigures, month_page
from recoverydesk.domain.month_rules import advice

FREE = Money(0, "£0")
EMPTY = MonthFigures("October", cost=FREE)


def facts(now, before=None):
    return month_page(replace(EMPTY, **now), before).facts


def worry(**now):
    before = now.pop("before", None)
    return advice(replace(EMPTY, **now), before)


def test_a_month_without_anything_reads_as_one():
    said = [fact.words for fact in month_page(EMPTY, None).facts]

    assert said == [
        "Nobody told you that something went wrong, and you noticed nothing yourself.",
        "Nobody had to wait for a first word from you.",
        "No case was put right, so nobody could come back yet.",
        "Nothing was given that cost you anything.",
    ]
    assert all(not fact.beside and fact.share is None for fact in month_page(EMPTY, None).facts)


def test_a_single_case_is_one_case():
    one = {"cases": 1, "causes": (("Late", 1),), "noticed_by_us": 1, "contacted": 1, "in_time": 1}
    came, word, again, cost = facts(one | {"decided": 1})

    assert (came.words, came.beside) == ("One case came in: Late.", "You noticed it yourself.")
    assert word.words == "In the one case they heard from you within the time you promise."
    assert again.words == "Not even the one customer whose case was put right has bought again."
    assert cost.words == "Putting things right cost you nothing but your time."
    assert facts({"cases": 1})[0].words == "One case came in."
    assert facts({"cases": 1})[1].words == "It is too early to say how soon you spoke to them."


def test_many_cases_are_told_with_their_first_cause_and_the_month_before():
    before = replace(
        EMPTY, name="September", cases=9, contacted=4, in_time=3, decided=2, returned=2
    )
    now = {
        "cases": 12, "causes": (("Late", 5), ("Cold", 1)), "noticed_by_us": 2, "incidents": 1,
        "contacted": 12, "in_time": 9, "hours": 2.2, "decided": 2, "returned": 2, "pending": 4,
        "cost": Money(4620, "£46.20"), "budget": Money(15000, "£150"), "stayed": 3,
        "kept": Money(190000, "£1,900"), "kept_guessed": 2,
    }  # fmt: skip
    came, word, again, cost = facts(now, before)

    assert came.words == "12 cases came in, 5 of them with one cause: Late."
    assert came.beside == (
        "You noticed 2 of them yourself. 1 failure hit more than one customer. September: 9."
    )
    assert word.words == "In 9 of 12 cases they heard from you within the time you promise."
    assert word.beside == "Half of them within 3 opening hours. September: 3 of 4."
    assert word.share == 9 / 12
    assert again.words == "Both customers whose case was put right have bought again."
    assert again.beside == "4 may still come. September: 2 of 2."
    assert again.share is None
    assert cost.words == (
        "That is what putting things right cost you, of the £150 you allow in a month."
    )
    assert cost.beside == (
        "Those who stayed usually spend £1,900 a year with you, 2 of them counted with your "
        "average. September: £0."
    )


@pytest.mark.parametrize(
    ("returned", "decided", "begins"),
    [(0, 3, "None of 3"), (3, 3, "All 3"), (1, 3, "1 of 3"), (1, 1, "The one")],
)
def test_shares_are_told_in_words(returned, decided, begins):
    fact = facts({"returned": returned, "decided": decided})[2]
    assert fact.words.startswith(f"{begins} customer")


@pytest.mark.parametrize(
    ("in_time", "contacted", "begins"),
    [
        (0, 1, "In the one case they did not hear"),
        (0, 3, "In none of 3 cases they heard"),
        (2, 2, "In both cases they heard"),
        (3, 3, "In all 3 cases they heard"),
    ],
)
def test_first_words_are_told_in_cases(in_time, contacted, begins):
    assert facts({"in_time": in_time, "contacted": contacted})[1].words.startswith(begins)


def test_who_may_still_come_is_no_failure():
    assert facts({"pending": 2})[2].words == (
        "2 cases were put right. It is too early to say who buys again."
    )


def test_different_causes_are_only_counted():
    assert facts({"cases": 2, "causes": (("A", 1), ("B", 1))})[0].words == "2 cases came in."


SPEAKS = {
    "came_back": {"came_back": ("New boxes",)},
    "broken": {"broken": 1, "promises": 4},
    "slow": {"contacted": 3, "in_time": 1},
    "losing": {"lost": 2, "stayed": 1},
    "one_cause": {"cases": 4, "causes": (("Late", 2), ("Cold", 1), ("Rude", 1))},
    "overdue": {"overdue": ("Buy a scale", "Mend the door")},
    "over_budget": {"cost": Money(101, "£1.01"), "budget": Money(100, "£1")},
    "why_unknown": {"cases": 6, "unknown": 3},
    "rising": {"cases": 6, "before": replace(EMPTY, cases=4)},
    "silence": {"before": replace(EMPTY, cases=3)},
    "calm": {},
}
QUIET = {
    "slow": ({"contacted": 2}, {"contacted": 4, "in_time": 2}),
    "losing": ({"lost": 1}, {"lost": 2, "stayed": 2}),
    "one_cause": (
        {"cases": 3, "causes": (("Late", 3),)},
        {"cases": 5, "causes": (("Late", 2), ("Cold", 2), ("Rude", 1))},
    ),
    "over_budget": ({"cost": Money(100, "£1"), "budget": Money(100, "£1")},),
    "why_unknown": ({"cases": 2, "unknown": 2}, {"cases": 7, "unknown": 3}),
    "rising": (
        {"cases": 5, "before": replace(EMPTY, cases=4)},
        {"cases": 4, "before": EMPTY},
        {"cases": 20},
    ),
    "silence": ({"before": replace(EMPTY, cases=2)},),
}


@pytest.mark.parametrize("rule", SPEAKS)
def test_each_rule_speaks_at_its_threshold(rule):
    assert worry(**SPEAKS[rule]).rule == rule


@pytest.mark.parametrize(
    "figures",
    [pytest.param(one, id=rule) for rule, many in QUIET.items() for one in many],
)
def test_below_its_threshold_a_rule_is_silent(figures):
    assert worry(**figures).rule == "calm"


def test_the_gravest_rule_speaks_first():
    figures = {}
    for rule in reversed(list(SPEAKS)[:8]):
        figures |= SPEAKS[rule]
        assert worry(**figures).rule == rule


def test_more_than_one_broken_promise_and_fix_are_counted():
    assert worry(broken=2, promises=4).worry == "2 promises were not kept."
    assert "And 1 more." in worry(overdue=("a", "b")).why
    assert "And" not in worry(overdue=("a",)).why
    assert worry(cases=2).attempt == "Tell the team what went well."


small = st.integers(0, 9)


@settings(max_examples=60)
@given(cases=small, contacted=small, in_time=small, decided=small, returned=small, lost=small)
def test_no_month_has_a_percentage_or_says_because(**figures):
    figures["in_time"] = min(figures["in_time"], figures["contacted"])
    figures["returned"] = min(figures["returned"], figures["decided"])
    page = month_page(replace(EMPTY, **figures), replace(EMPTY, name="May", cases=3))
    told = page.advice
    words = " ".join(
        [fact.figure + fact.words + fact.beside for fact in page.facts]
        + [told.worry, told.why, told.attempt, told.how]
    )
    assert len(page.facts) == 4
    assert "%" not in words
    assert not {"because", "caused", "thanks to", "led to"} & set(words.casefold().split())
