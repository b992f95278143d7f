"""What of a case can be put into a letter by hand, as the letter's language says it."""

import pytest

from recoverydesk.domain.correction import IdeaSource
from recoverydesk.errors import NotFoundError
from recoverydesk.services import cases, corrections, ideas, letter_insertions
from recoverydesk.services.cases import Story
from recoverydesk.services.letter_insertions import THEIR_WORDS


def offered(shop, case_id, language="en"):
    found = letter_insertions.insertions(shop.desk, case_id, language=language, now=shop.now)
    return {one.what: one.lines for one in found}


def test_each_thing_comes_as_plain_words(shop):
    case_id = shop.case(words="It *leaks*.")
    shop.agreed(case_id, words="A new [kettle]")
    found = offered(shop, case_id)
    assert found[THEIR_WORDS] == ("“It *leaks*.”",)
    assert found["what they will have"] == ("A new [kettle].",)
    assert found["the case's number"] == ("R-2026-0001",)
    assert "our part in it" not in found
    assert not any("cost" in what for what in found)


def test_it_speaks_the_letters_language(shop):
    case_id = shop.case(words="Es tropft.")
    found = offered(shop, case_id, "de")
    assert found[THEIR_WORDS] == ("„Es tropft.“",)
    assert found["the day of the next call"] == ("9. März 2026",)


def test_an_idea_is_not_yet_what_we_changed(shop):
    case_id = shop.case()
    cases.tell(shop.desk, case_id, Story("It leaks.", "It leaked."), now=shop.now)
    entry = corrections.CorrectionEntry("Check each seal")
    corrections.plan(shop.desk, case_id, entry, now=shop.now)
    assert "what we changed" not in offered(shop, case_id)


def test_their_idea_is_quoted_only_once_it_is_taken_up(shop):
    case_id = shop.case()
    words = "Use {{a}} *thicker* lid"
    idea = ideas.add(shop.desk, words, IdeaSource.CUSTOMER, case_id=case_id, now=shop.now)
    assert "their idea that you took up" not in offered(shop, case_id)

    ideas.adopt(shop.desk, idea, now=shop.now)

    (line,) = offered(shop, case_id, "de")["their idea that you took up"]
    assert "„Use {{a}} *thicker* lid.“" in line
    ideas.decline(shop.desk, idea, "Too dear", now=shop.now)
    assert "their idea that you took up" not in offered(shop, case_id)


def test_a_case_that_is_gone_is_said(shop):
    with pytest.raises(NotFoundError):
        offered(shop, 99)
