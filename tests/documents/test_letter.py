import time
from io import BytesIO

import pytest
from pypdf import PdfReader

from recoverydesk.documents.letter import draw, draw_all
from recoverydesk.documents.sheet import MM
from recoverydesk.domain.envelope import Envelope
from recoverydesk.errors import FileTroubleError
from tests.documents.builders import BODY, NAMES, certificate, letter, letterhead, picture
from tests.documents.test_papers import HOSTILE, pages, places
from tests.reading import text_of


def test_a_letter_says_all_it_was_given():
    page = text_of(draw(letter()))

    for said in (
        "Harbour & Hearth",
        "Robin Hood’s Bay YO22 4ZZ",  # noqa: RUF001 - typographic
        "14 October 2026",
        "Dear Eleanor,",
        "A new machine, the same model, delivered",
        "Maya Lindqvist",
        "Owner, 07700 900 190",
        "Our reference 0147",
        "Registered in England",
    ):
        assert said in page


def test_equal_letters_are_equal_bytes_whatever_was_drawn_before():
    with_names = letter(body_markdown=" ".join(NAMES), recipient_lines=NAMES)
    first = draw(with_names)
    draw(letter(body_markdown="किताब مُحَمَّد"))

    assert draw(with_names) == first


def test_a_long_letter_goes_over_three_pages_with_its_head_on_the_first_only():
    body = "\n\n".join([BODY] * 4)

    found = pages(draw(letter(body_markdown=body)))

    assert len(found) == 3
    assert [("Kitchen and home" in page) for page in found] == [True, False, False]
    assert [("Page" in page) for page in found] == [False, True, True]
    assert "Page 3 of 3" in found[2]
    assert sum(page.count("Dear Eleanor") for page in found) == 4


@pytest.mark.parametrize("more", range(0, 40, 3))
def test_the_name_never_stands_alone_on_a_page(more):
    body = BODY + "One more line.\n\n" * more + "With my apologies,"

    last = pages(draw(letter(body_markdown=body)))[-1]

    assert "With my apologies," in last
    assert "Maya Lindqvist" in last


def test_nothing_is_printed_below_the_foot_or_beside_the_margins():
    pdf = draw(letter(body_markdown="\n\n".join([BODY] * 6)))

    for number in range(len(pages(pdf))):
        for _, x, y in places(pdf, number):
            assert 24 < x < 190
            assert y < 284


def test_lists_may_be_numbered_and_their_numbers_are_printed():
    (page,) = pages(draw(letter(body_markdown="3. three\n4. four")))

    assert "3." in page
    assert "4." in page


def test_a_line_break_in_the_words_is_a_line_break_on_paper():
    found = places(draw(letter(body_markdown="Yours\nMaya")))

    first, second = (y for said, _, y in found if said in {"Yours", "Maya"})
    assert second - first == pytest.approx(16.4 / MM, abs=0.1)


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_words_print_as_words(said):
    pdf = draw(
        letter(body_markdown=said, recipient_lines=(said, said), signer_name=said, title=said)
    )

    assert b"/Link" not in pdf
    assert len(pages(pdf)) == 1


@pytest.mark.parametrize("said", HOSTILE[:4])
def test_mark_up_in_a_letter_stays_visible(said):
    shown = said.replace("\\", "")

    assert shown in text_of(draw(letter(body_markdown=said)))


def test_a_huge_letter_is_drawn_in_reasonable_time():
    started = time.perf_counter()
    pdf = draw(letter(body_markdown="x" * 200_000))

    assert time.perf_counter() - started < 10
    assert "…" in text_of(pdf)


def test_the_file_names_its_title_shop_and_language():
    reader = PdfReader(BytesIO(draw(letter())))

    assert reader.metadata.title == "Letter to Eleanor Whitcombe-Ashworth"
    assert reader.metadata.author == "Harbour & Hearth"
    assert reader.root_object["/Lang"] == "en-GB"


def test_enclosed_certificates_follow_on_their_own_page():
    found = pages(draw(letter(enclosures=(certificate(), certificate()))))

    assert len(found) == 2
    assert found[1].count("7K4M-29QX-HJNP") == 2


def test_a_batch_counts_the_pages_of_each_letter():
    long = letter(body_markdown=BODY * 3)

    found = pages(draw_all([long, letter(), long]))

    assert [("Page 2" in page) for page in found] == [False, True, False, False, True]


def test_logo_and_signature_are_drawn():
    shop = letterhead(logo=picture(), signature=picture((300, 90), kind="JPEG"))

    page = PdfReader(BytesIO(draw(letter(letterhead=shop)))).pages[0]

    assert len(page.images) == 2


def test_a_broken_picture_is_reported_with_what_to_do():
    with pytest.raises(FileTroubleError) as caught:
        draw(letter(letterhead=letterhead(logo=b"no picture")))

    assert "Settings" in caught.value.advice


# -- what lies in the envelope, and how it is folded ---------------------------------------------


def test_a_letter_says_what_is_enclosed():
    one = draw(letter(enclosures=(certificate(),)))
    two = draw(letter(enclosures=(certificate(), certificate(value_words="£5"))))

    assert "Enclosure: Gift certificate £25" in text_of(one)
    assert "Enclosures: Gift certificate £25, Gift certificate £5" in text_of(two)
    assert "Enclosure" not in text_of(draw(letter()))


def test_the_enclosures_stay_with_the_name_and_never_fill_a_page():
    many = tuple(certificate(value_words="A night for two by the sea") for _ in range(30))

    found = pages(draw(letter(body_markdown=BODY + "One more line.\n\n" * 6, enclosures=many)))

    (last,) = [page for page in found if "Maya Lindqvist" in page and "Enclosures:" in page]
    assert "…" in last
    assert "With my apologies" not in found[2]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_letter_with_a_certificate_is_one_page_and_its_certificate(paper):
    shop = letterhead(paper=paper)

    assert len(pages(draw(letter(letterhead=shop, enclosures=(certificate(),))))) == 2


def lines_left_of_the_text(pdf):
    """Return how far below the upper edge something stands left of the margin, in millimetres."""
    page = PdfReader(BytesIO(pdf)).pages[0]
    height = float(page.mediabox.height)
    found = []
    for operands, operator in page.get_contents().operations:
        if operator == b"m" and float(operands[0]) < 10 * MM:
            found.append(round((height - float(operands[1])) / MM, 1))
    return found


@pytest.mark.parametrize(
    ("shop", "marks"),
    [
        ({}, [105, 210, 148.5]),
        ({"envelope": Envelope.DIN_A}, [87, 192, 148.5]),
        ({"envelope": Envelope.C56}, [99, 198, 148.5]),
        ({"paper": "letter"}, [99, 198]),
        ({"envelope": Envelope.NONE}, [99, 198, 148.5]),
        ({"fold_marks": False}, []),
    ],
)
def test_marks_say_where_to_fold_and_where_to_punch(shop, marks):
    assert lines_left_of_the_text(draw(letter(letterhead=letterhead(**shop)))) == marks


def fonts(pdf):
    page = PdfReader(BytesIO(pdf)).pages[0]
    found = page["/Resources"]["/Font"].values()
    return {font.get_object()["/BaseFont"].partition("+")[2] for font in found}


def test_a_shop_that_likes_a_sans_gets_no_serif_anywhere():
    assert any("Serif" in name for name in fonts(draw(letter())))
    sans = draw(letter(letterhead=letterhead(typeface="sans")))
    assert not any("Serif" in name for name in fonts(sans))


@pytest.mark.parametrize("said", HOSTILE)
def test_a_batch_lists_its_letters_by_their_titles_as_text(said):
    pdf = draw_all([letter(title="First"), letter(title=f"Second {said}")])

    first, second = PdfReader(BytesIO(pdf)).outline
    assert first.title == "First"
    assert second.title.startswith("Second")
    assert "\u202e" not in second.title
    assert "\x00" not in second.title


def test_a_letter_alone_needs_no_list():
    assert PdfReader(BytesIO(draw(letter()))).outline == []


def test_a_listed_letter_begins_on_its_own_page():
    reader = PdfReader(BytesIO(draw_all([letter(body_markdown=BODY * 3), letter(), letter()])))

    assert [reader.get_destination_page_number(one) for one in reader.outline] == [0, 2, 3]
