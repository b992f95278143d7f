"""Cards for the counter and for customers, and the poster."""

import pypdfium2
import pytest

from recoverydesk.documents.sheet import MM
from recoverydesk.domain.document import DocumentKind
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import cards, shop_changes
from recoverydesk.storage.tables import Shop
from recoverydesk.topics import Topic
from tests.reading import codes_in, text_of


def test_an_intake_card_asks_in_the_order_in_which_it_is_typed_in(shop):
    paper = cards.intake(shop.desk, count=3, now=shop.now)

    said = text_of(paper.content)
    order = ["Who is it?", "How did we hear?", "What happened?", "make it right?", "How upset"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert (paper.pages, paper.kind) == (2, DocumentKind.INTAKE_CARD)
    for number in ("260302-01", "260302-02", "260302-03"):
        assert said.count(number) == 1


@pytest.mark.parametrize("count", [0, 101])
def test_only_as_many_cards_as_make_sense(shop, count):
    with pytest.raises(InvalidEntryError, match="1 to 100"):
        cards.intake(shop.desk, count=count, now=shop.now)


def test_a_comment_card_leads_back_to_its_case(shop):
    paper = cards.comment(shop.desk, shop.case(), now=shop.now)

    assert codes_in(paper.content) == ["R-2026-0001"]
    said = text_of(paper.content)
    assert "R-2026-0001" in said
    assert "Is all well again?" in said
    assert paper.title == "Comment card for Ada Obi"


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_cards_number_ends_where_its_code_does(shop, paper):
    with shop.desk.changing(Topic.SHOP, "Other paper"):
        Shop.update(paper=paper).execute()
    pdf = cards.comment(shop.desk, shop.case(), now=shop.now).content

    with pypdfium2.PdfDocument(pdf) as document:
        page, width = document[0].get_textpage(), document[0].get_width()
        start = page.get_text_range().index("R-2026")
        boxes = [page.get_charbox(place) for place in range(start, start + 11)]
    rule = width / 2 - 9 * MM
    assert boxes[0][0] >= rule - 20 * MM - 1
    assert boxes[-1][2] <= rule + 1


def test_a_comment_card_of_a_case_that_is_gone_is_said(shop):
    with pytest.raises(NotFoundError, match="no longer"):
        cards.comment(shop.desk, 99, now=shop.now)


@pytest.mark.parametrize("size", ["", *cards.SIZES])
def test_the_poster_states_the_promise_and_how_to_reach_us(shop, size):
    shop_changes.change(shop.desk, phone="01632 960 100", email="hello@corner.example")

    paper = cards.poster(shop.desk, size=size, now=shop.now)

    said = text_of(paper.content)
    assert "You hear from a person here within 8 opening hours." in said
    assert "hello@corner.example" in said
    assert codes_in(paper.content) == ["mailto:hello@corner.example"]


def test_without_an_e_mail_the_posters_code_rings(shop):
    assert codes_in(cards.poster(shop.desk, now=shop.now).content) == []
    shop_changes.change(shop.desk, phone="+44 1632 960100")
    assert codes_in(cards.poster(shop.desk, now=shop.now).content) == ["tel:+441632960100"]


def test_a_poster_in_no_size_is_said(shop):
    with pytest.raises(InvalidEntryError, match="a4, letter, a3"):
        cards.poster(shop.desk, size="a0", now=shop.now)
