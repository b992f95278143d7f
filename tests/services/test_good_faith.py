"""Honest until facts say otherwise; and nothing made for others ever shows it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from recoverydesk.domain.case import GoodFaith, Outcome
from recoverydesk.domain.document import DocumentStatus
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import case_files, cases, good_faith, letters, papers
from recoverydesk.services.cases import Ending
from recoverydesk.storage.tables import Document
from tests.reading import text_of

DOUBT = "Zwiebelfisch: the same photo as last year"


def test_everybody_is_honest_until_facts_say_otherwise(shop):
    known = good_faith.facts(shop.desk, shop.case(), now=shop.now)
    assert (known.good_faith, known.reason) == (GoodFaith.PRESUMED, "")
    assert (known.cases, known.cases_lately, known.upheld, known.not_upheld) == (1, 1, 0, 0)


@pytest.mark.parametrize("doubt", [GoodFaith.UNCLEAR, GoodFaith.TAKING_ADVANTAGE])
def test_a_doubt_needs_a_reason_and_goes_with_it(shop, doubt):
    case_id = shop.case()
    with pytest.raises(InvalidEntryError, match="not what you feel"):
        good_faith.assess(shop.desk, case_id, doubt)
    good_faith.assess(shop.desk, case_id, doubt, DOUBT)
    known = good_faith.facts(shop.desk, case_id, now=shop.now)
    assert (known.good_faith, known.reason) == (doubt, DOUBT)
    good_faith.assess(shop.desk, case_id, GoodFaith.PRESUMED, DOUBT)
    assert good_faith.facts(shop.desk, case_id, now=shop.now).reason == ""


def test_saying_the_same_again_changes_nothing(shop):
    case_id = shop.case()
    newest = shop.desk.last_undoable()
    good_faith.assess(shop.desk, case_id, GoodFaith.PRESUMED)
    assert shop.desk.last_undoable() == newest


def test_the_facts_count_cases_goodwill_and_how_they_ended(shop):
    first = shop.case(words="It leaks.")
    shop.agreed(first, value_cents=2_000, cost_cents=900)
    ending = Ending(Outcome.NOT_UPHELD, words="Another shop's.", skip_why="not ours")
    cases.close(shop.desk, first, ending, now=shop.now)
    shop.later(days=400)
    second = shop.settled_case(words="Again.")
    known = good_faith.facts(shop.desk, second, now=shop.now)
    assert (known.cases, known.cases_lately, known.not_upheld, known.upheld) == (2, 1, 1, 0)
    assert known.given_lately.value_cents == 0
    earlier = shop.now - timedelta(days=400)
    assert good_faith.facts(shop.desk, second, now=earlier).given_lately.value_cents == 2_000


def test_it_stands_on_no_paper_and_changes_no_letter(shop):
    case_id = shop.case()
    before = letters.compose(shop.desk, case_id, now=shop.now)
    good_faith.assess(shop.desk, case_id, GoodFaith.TAKING_ADVANTAGE, DOUBT)
    after = letters.compose(shop.desk, case_id, now=shop.now)
    assert replace(after) == before
    paper = letters.paper(shop.desk, after, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    file = case_files.paper(shop.desk, case_id, with_notes=True, with_costs=True, now=shop.now)
    assert "Zwiebelfisch" not in text_of(file.content) + text_of(paper.content)
    with shop.desk.reading():
        assert all("Zwiebelfisch" not in row.text for row in Document.select())


def test_who_is_gone_is_said(shop):
    with pytest.raises(NotFoundError):
        good_faith.facts(shop.desk, 9, now=shop.now)
