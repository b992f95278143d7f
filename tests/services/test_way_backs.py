"""The paper with the way back of a PIN: readable, and nowhere on the desk."""

import pytest

from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import people, way_backs
from tests.documents.test_papers import HOSTILE
from tests.reading import text_of
from tests.storage.filling import dump


def test_the_card_says_whose_it_is_and_how_to_use_it(shop):
    code = people.set_pin(shop.desk, 1, "1234")
    before = dump(shop.desk)
    said = text_of(way_backs.way_back(shop.desk, "Mia Ray", code))
    assert code in said
    assert "Mia Ray" in said
    assert "Forgot it?" in said
    assert dump(shop.desk) == before
    assert code not in str(before)


def test_a_nameless_owner_is_called_as_the_shop_calls_them(shop):
    assert "Mia Ray" in text_of(way_backs.way_back(shop.desk, " ", "ABCD-EFGH-JKMN"))


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_can_be_printed(shop, name):
    assert way_backs.way_back(shop.desk, name, "ABCD-EFGH-JKMN").startswith(b"%PDF")


def test_without_a_code_there_is_nothing_to_print(shop):
    with pytest.raises(InvalidEntryError, match="no code"):
        way_backs.way_back(shop.desk, "Mia", "")
