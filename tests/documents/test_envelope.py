from io import BytesIO

import pytest
from pypdf import PdfReader

from recoverydesk.documents.envelope import AddressedEnvelope, draw
from recoverydesk.documents.sheet import MM
from recoverydesk.domain.mailing import EnvelopeSize
from tests.documents.builders import NAMES, letterhead
from tests.documents.test_papers import HOSTILE
from tests.documents.test_windows import signs
from tests.reading import text_of

LINES = ("Eleanor Whitcombe-Ashworth", "3 Lighthouse Terrace", "ROBIN HOOD'S BAY", "YO22 4ZZ")
SHOP = {"address_lines": ("14 Fish Street", "Whitby YO21 4ZZ")}
MILLIMETRES = {"dl": (220, 110), "c6": (162, 114), "c5": (229, 162), "us_10": (241.3, 104.775)}


def envelope(**given):
    return AddressedEnvelope(
        **{"letterhead": letterhead(**SHOP), "recipient_lines": LINES, **given}
    )


@pytest.mark.parametrize("size", list(EnvelopeSize))
def test_the_page_is_the_envelope_on_its_long_side(size):
    (page,) = PdfReader(BytesIO(draw(envelope(size=size)))).pages

    found = float(page.mediabox.width) / MM, float(page.mediabox.height) / MM
    assert found == pytest.approx(MILLIMETRES[size.value], abs=0.01)


@pytest.mark.parametrize("size", list(EnvelopeSize))
@pytest.mark.parametrize(
    "lines", [LINES, ("w" * 300,) * 3, NAMES, *((said,) * 5 for said in HOSTILE), ("A",) * 40]
)
def test_sender_and_recipient_keep_to_their_corners(size, lines):
    width, height = MILLIMETRES[size.value]
    shop = letterhead(shop_name="Harbour & Hearth " * 9, address_lines=tuple(lines) * 2)

    found = signs(draw(envelope(size=size, letterhead=shop, recipient_lines=tuple(lines))))

    boxes = [box for sign, box in found if sign.strip()]
    sender = [box for box in boxes if box[1] < 38]
    recipient = [box for box in boxes if box[1] >= 38]
    assert sender
    assert all(box[0] > 11 and box[1] > 9 and box[3] < 36 for box in sender)
    # The stamp's corner (74 x 40 mm), the edges and the posts' own bars stay free.
    assert all(box[2] < width - 74 for box in sender)
    assert all(
        box[0] > 15 and box[1] > 40 and box[2] < width - 14.5 and box[3] < height - 16
        for box in recipient
    )


def test_an_envelope_says_who_sends_it_and_where_it_goes():
    said = text_of(draw(envelope()))

    assert "Harbour & Hearth 14 Fish Street Whitby YO21 4ZZ" in said
    assert "Eleanor Whitcombe-Ashworth 3 Lighthouse Terrace ROBIN HOOD'S BAY YO22 4ZZ" in said


def test_an_envelope_names_its_title_shop_and_language():
    reader = PdfReader(BytesIO(draw(envelope(language="de"))))

    assert reader.metadata.title == "Eleanor Whitcombe-Ashworth"
    assert reader.metadata.author == "Harbour & Hearth"
    assert reader.root_object["/Lang"] == "de"


def test_equal_envelopes_are_equal_bytes():
    assert draw(envelope()) == draw(envelope())
