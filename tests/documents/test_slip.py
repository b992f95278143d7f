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


@pytest.mark.parametrize("name", [*NAMES, *HOSTILE, "W" * 300, "Ann " * 200])
def test_no_name_leaves_the_slip(name):
    pdf = draw_acknowledgement(slip(customer=name, problem=name, contact=name), "roll")

    width, height = size_of(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        for place in range(page.count_chars()):
            left, bottom, right, top = page.get_charbox(place)
            assert left > -1
            assert right < width + 1
            assert bottom > -1
            assert top < height + 1
