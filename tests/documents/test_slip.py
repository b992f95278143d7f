"""Slips: as long as their words on a roll, in the middle of a card, with codes that scan."""

import pypdfium2
import pytest

from recoverydesk.documents.sheet import MM
from recoverydesk.documents.slip import Acknowledgement, draw_acknowledgement, draw_certificate
from tests.documents.builders import NAMES, certificate, letterhead, picture
from tests.documents.test_papers import HOSTILE
from tests.reading import codes_in, text_of


def slip(**given):
    return Acknowledgement(
        **{
            "letterhead": letterhead(logo=picture()),
            "customer": "Eleanor Whitcombe-Ashworth",
            "problem": "My espresso machine leaked",
            "number": "R-2026-0016",
            "until_words": "Wednesday 14 October 2026",
            "until_hour": "16:00",
            "contact": "Maya Lindqvist",
            **given,
        }
    )


def size_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        return document[0].get_size()


def boxes(given, size):
    """Return where each sign stands: left, bottom, right, top."""
    with pypdfium2.PdfDocument(draw_acknowledgement(given, size)) as document:
        page = document[0].get_textpage()
        found = [page.get_charbox(place) for place in range(page.count_chars())]
    return [box for box in found if box[3] > box[1]]


@pytest.mark.parametrize("size", ["roll", "a6", "a5"])
def test_a_slip_says_the_number_and_by_when_they_hear_from_us(size):
    said = text_of(draw_acknowledgement(slip(), size))

    for words in (
        "Thank you for telling us.",
        "Eleanor Whitcombe-Ashworth",
        "My espresso machine leaked",
        "Your case number R-2026-0016",
        "You hear from us by Wednesday 14 October 2026 16:00",
        "Maya Lindqvist",
        "01632 960 100",
    ):
        assert words in said


def test_a_roll_is_as_long_as_its_words_and_as_wide_as_the_printer():
    short, long = (
        size_of(draw_acknowledgement(slip(problem=problem), "roll"))
        for problem in ("", "The kettle leaked, and nobody rang although it was promised. " * 3)
    )

    assert short[0] == long[0] == pytest.approx(80 * MM, abs=0.1)
    assert short[1] + 30 < long[1]
    assert size_of(draw_acknowledgement(slip(), "a6")) == pytest.approx(
        (105 * MM, 148 * MM), abs=0.1
    )


def test_a_customer_reads_it_in_their_own_language():
    said = text_of(draw_acknowledgement(slip(language="de"), "a6"))

    assert "Ihre Vorgangsnummer R-2026-0016" in said


def test_a_voucher_on_a_roll_scans_as_both_kinds_of_code():
    given = certificate()

    assert codes_in(draw_certificate(given)) == [given.code, given.code]
    assert given.code_shown in text_of(draw_certificate(given))


def test_a_larger_card_is_the_same_design_in_larger_type():
    heights = {
        size: max(top - bottom for _left, bottom, _right, top in boxes(slip(), size))
        for size in ("a6", "a5")
    }

    assert heights["a5"] / heights["a6"] == pytest.approx(1.4, abs=0.05)


@pytest.mark.parametrize("size", ["roll", "a6", "a5"])
def test_the_day_they_hear_by_has_air_on_both_sides(size):
    day = "Wednesday 30 September 2026"
    pdf = draw_acknowledgement(slip(until_words=day), size)

    with pypdfium2.PdfDocument(pdf) as document:
        page, width = document[0].get_textpage(), document[0].get_width()
        start = page.get_text_range().index(day)
        first, last = (page.get_charbox(start + at) for at in (0, len(day) - 1))
    assert first[0] > 0.1 * width
    assert last[2] < 0.9 * width


@pytest.mark.parametrize("size", ["a6", "a5"])
def test_a_card_stands_in_the_middle_of_its_page(size):
    found = boxes(slip(letterhead=letterhead()), size)

    above = size_of(draw_acknowledgement(slip(), size))[1] - max(top for *_, top in found)
    below = min(bottom for _left, bottom, *_ in found)
    assert above == pytest.approx(below, rel=0.12)


@pytest.mark.parametrize("size", ["roll", "a6", "a5"])
@pytest.mark.parametrize("name", [*NAMES, *HOSTILE, "W" * 300, "Ann " * 200])
def test_no_name_leaves_the_slip(name, size):
    shop = letterhead(logo=picture(), shop_name=name or "Shop", address_lines=(name,))
    given = slip(letterhead=shop, customer=name, problem=name, contact=name)
    pdf = draw_acknowledgement(given, size)

    width, height = size_of(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        for place in range(page.count_chars()):
            left, bottom, right, top = page.get_charbox(place)
            assert left > -1
            assert right < width + 1
            assert bottom > -1
            assert top < height + 1
