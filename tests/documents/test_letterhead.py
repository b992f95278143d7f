import pytest

from recoverydesk.documents.letter import draw
from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.domain.envelope import Envelope
from recoverydesk.errors import InvalidEntryError
from tests.documents.builders import letter, letterhead, picture
from tests.documents.test_papers import places

FIVE = ("Unit 4", "14 Fish Street", "Whitby YO21 4ZZ")


def test_a_long_shop_name_stays_clear_of_the_address():
    shop = letterhead(shop_name="The Very Long Emporium of Kitchen, Hearth and Harbour Goods " * 2)

    found = places(draw(letter(letterhead=shop)))

    name_lines = [y for said, x, y in found if x < 30 and y < 40]
    assert name_lines
    assert max(name_lines) < 38


def test_a_colour_that_is_none_is_refused():
    with pytest.raises(InvalidEntryError):
        Letterhead("Shop", accent="teal")


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("typeface", ["serif", "sans"])
@pytest.mark.parametrize(
    ("envelope", "end"), [(Envelope.DIN_B, 41), (Envelope.C56, 38), (Envelope.DIN_A, 26)]
)
def test_a_head_ends_above_the_window_and_begins_below_the_edge(envelope, end, typeface, paper):
    shop = letterhead(
        address_lines=FIVE,
        envelope=envelope,
        typeface=typeface,
        paper=paper,
        logo=picture(),
        shop_name="The Very Long Emporium of Kitchen, Hearth and Harbour Goods " * 2,
    )

    found = places(draw(letter(letterhead=shop)))

    until = next(n for n, (said, _, _) in enumerate(found) if "Eleanor" in said)
    heights = [y for _, _, y in found[:until]]
    assert min(heights) > 6
    assert max(heights) < end - 0.5


def test_what_is_said_about_the_shop_stands_in_five_lines_at_most():
    shop = letterhead(address_lines=("a", "b", "c", "d", "e"))

    assert shop.contact_lines == (
        "a",
        "b",
        "c, d, e",
        "01632 960 100",
        "hello@harbourandhearth.example",
    )
