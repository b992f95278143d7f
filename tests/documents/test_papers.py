import dataclasses
import time
from io import BytesIO

import pytest
from pypdf import PdfReader

from recoverydesk.documents import apology_letter, follow_up_checklist, gift_certificate
from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.sheet import MM, contrast, readable_on
from recoverydesk.errors import FileTroubleError, InvalidEntryError
from tests.documents.builders import (
    BODY,
    NAMES,
    certificate,
    checklist,
    letter,
    letterhead,
    line,
    picture,
)
from tests.reading import codes_in, picture_of, text_of

HOSTILE = (
    '<img src="/etc/passwd">',
    "unclosed <b> and *star",
    "Ann <ann@x>",
    "[x](javascript:alert(1)) ![y](file:///etc/passwd)",
    "# no heading `no code` | no | table |",
    "a\x00b\x1bc",
    "\u202eevil\u202c",
    "-",
    "",
    "🙂" * 60,
)


def pages(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def places(pdf, number=0):
    """Return each stretch of text with its place in millimetres from the upper left corner."""
    page = PdfReader(BytesIO(pdf)).pages[number]
    height = float(page.mediabox.height)
    found = []

    def note(text, _cm, tm, _font, _size):
        if text.strip():
            found.append((text.strip(), tm[4] / MM, (height - tm[5]) / MM))

    page.extract_text(visitor_text=note)
    return found


# -- letters -------------------------------------------------------------------------------------


def test_a_letter_says_all_it_was_given():
    page = text_of(apology_letter.draw(letter()))

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
    first = apology_letter.draw(with_names)
    apology_letter.draw(letter(body_markdown="किताब مُحَمَّد"))

    assert apology_letter.draw(with_names) == first


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("lines", [2, 4, 6])
def test_the_address_shows_in_a_window_envelope_and_nothing_else_does(paper, lines):
    recipient = tuple(f"Address line {n}" for n in range(lines))
    pdf = apology_letter.draw(letter(letterhead=letterhead(paper=paper), recipient_lines=recipient))

    found = places(pdf)
    address = [(x, y) for said, x, y in found if said.startswith("Address")]
    body = min(y for said, _, y in found if said.startswith("Dear"))
    head = max(y for said, _, y in found if "hello@" in said)
    assert len(address) == lines
    # DIN long 45 to 90 mm, US number 10 52 to 80 mm below the upper edge; capitals are 3 mm high.
    assert all(24 < x < 26 and 55 <= y <= 80 for x, y in address)
    assert head < 45
    assert body > 93


def test_a_long_letter_goes_over_three_pages_with_its_head_on_the_first_only():
    body = "\n\n".join([BODY] * 4)

    found = pages(apology_letter.draw(letter(body_markdown=body)))

    assert len(found) == 3
    assert [("Kitchen and home" in page) for page in found] == [True, False, False]
    assert [("Page" in page) for page in found] == [False, True, True]
    assert "Page 3" in found[2]
    assert sum(page.count("Dear Eleanor") for page in found) == 4


@pytest.mark.parametrize("more", range(0, 40, 3))
def test_the_name_never_stands_alone_on_a_page(more):
    body = BODY + "One more line.\n\n" * more + "With my apologies,"

    last = pages(apology_letter.draw(letter(body_markdown=body)))[-1]

    assert "With my apologies," in last
    assert "Maya Lindqvist" in last


def test_nothing_is_printed_below_the_foot_or_beside_the_margins():
    pdf = apology_letter.draw(letter(body_markdown="\n\n".join([BODY] * 6)))

    for number in range(len(pages(pdf))):
        for _, x, y in places(pdf, number):
            assert 24 < x < 190
            assert y < 284


def test_lists_may_be_numbered_and_their_numbers_are_printed():
    (page,) = pages(apology_letter.draw(letter(body_markdown="3. three\n4. four")))

    assert "3." in page
    assert "4." in page


def test_a_line_break_in_the_words_is_a_line_break_on_paper():
    found = places(apology_letter.draw(letter(body_markdown="Yours\nMaya")))

    first, second = (y for said, _, y in found if said in {"Yours", "Maya"})
    assert second - first == pytest.approx(16.4 / MM, abs=0.1)


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_words_print_as_words(said):
    pdf = apology_letter.draw(
        letter(body_markdown=said, recipient_lines=(said, said), signer_name=said, title=said)
    )

    assert b"/Link" not in pdf
    assert len(pages(pdf)) == 1


@pytest.mark.parametrize("said", HOSTILE[:4])
def test_mark_up_in_a_letter_stays_visible(said):
    shown = said.replace("\\", "")

    assert shown in text_of(apology_letter.draw(letter(body_markdown=said)))


def test_a_huge_letter_is_drawn_in_reasonable_time():
    started = time.perf_counter()
    pdf = apology_letter.draw(letter(body_markdown="x" * 200_000))

    assert time.perf_counter() - started < 10
    assert "…" in text_of(pdf)


def test_the_file_names_its_title_shop_and_language():
    reader = PdfReader(BytesIO(apology_letter.draw(letter())))

    assert reader.metadata.title == "Letter to Eleanor Whitcombe-Ashworth"
    assert reader.metadata.author == "Harbour & Hearth"
    assert reader.root_object["/Lang"] == "en-GB"


def test_enclosed_certificates_follow_on_their_own_page():
    found = pages(apology_letter.draw(letter(enclosures=(certificate(), certificate()))))

    assert len(found) == 2
    assert found[1].count("7K4M-29QX-HJNP") == 2


def test_a_batch_counts_the_pages_of_each_letter():
    long = letter(body_markdown=BODY * 3)

    found = pages(apology_letter.draw_all([long, letter(), long]))

    assert [("Page 2" in page) for page in found] == [False, True, False, False, True]


def test_logo_and_signature_are_drawn():
    shop = letterhead(logo=picture(), signature=picture((300, 90), kind="JPEG"))

    page = PdfReader(BytesIO(apology_letter.draw(letter(letterhead=shop)))).pages[0]

    assert len(page.images) == 2


def test_a_broken_picture_is_reported_with_what_to_do():
    with pytest.raises(FileTroubleError) as caught:
        apology_letter.draw(letter(letterhead=letterhead(logo=b"no picture")))

    assert "Settings" in caught.value.advice


def test_a_long_shop_name_stays_clear_of_the_address():
    shop = letterhead(shop_name="The Very Long Emporium of Kitchen, Hearth and Harbour Goods " * 2)

    found = places(apology_letter.draw(letter(letterhead=shop)))

    name_lines = [y for said, x, y in found if x < 30 and y < 40]
    assert name_lines
    assert max(name_lines) < 38


def test_a_colour_that_is_none_is_refused():
    with pytest.raises(InvalidEntryError):
        Letterhead("Shop", accent="teal")


# -- certificates --------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("per_page", [1, 2, 3])
def test_the_till_scans_every_code_on_the_sheet(per_page, paper):
    codes = ["7K4M29QXHJNP", "ABCDEFGHJKMN", "WXYZ23456789"]
    shop = letterhead(paper=paper)
    made = [certificate(code=code, letterhead=shop) for code in codes]

    pdf = gift_certificate.draw(made, per_page=per_page)

    assert len(pages(pdf)) == -(-3 // per_page)
    assert sorted(codes_in(pdf)) == sorted(codes)


def test_a_card_is_a_third_of_a4():
    pdf = gift_certificate.draw([certificate()], size="card")

    (page,) = PdfReader(BytesIO(pdf)).pages
    assert float(page.mediabox.width) == pytest.approx(210 * MM, abs=0.01)
    assert float(page.mediabox.height) == pytest.approx(99 * MM, abs=0.01)
    assert codes_in(pdf) == ["7K4M29QXHJNP"]


def ink_outside(pdf, box):
    """Count the pixels around a box, in millimetres, that differ from a corner of the card."""
    image = picture_of(pdf, scale=4).convert("L")
    area = image.crop([int(edge * 4 * MM) for edge in box])
    ground = image.getpixel((image.width - 4, 4))
    return sum(count for value, count in enumerate(area.histogram()) if abs(value - ground) > 20)


@pytest.mark.parametrize("name", [*NAMES, "Wolfeschlegelsteinhausenbergerdorff" * 3, "Ann " * 200])
def test_a_long_name_shrinks_and_never_reaches_the_code(name):
    made = certificate(
        recipient=name, sender=name, heading=name[:60], message=name * 3, terms=name * 9
    )

    pdf = gift_certificate.draw([made], size="card")

    assert ink_outside(pdf, (170.5, 8, 174.5, 38.5)) == 0  # the gap before the QR code
    assert ink_outside(pdf, (199, 0, 210, 99)) == 0  # the right margin
    assert ink_outside(pdf, (65, 95.5, 210, 99)) == 0  # the lower margin
    assert ink_outside(pdf, (65, 57.6, 210, 62)) == 0  # below the rule


def test_a_certificate_that_does_not_lapse_says_nothing_about_it():
    (page,) = pages(gift_certificate.draw([certificate(use_by_words="")]))

    assert "Use by" not in page


@pytest.mark.parametrize("number", range(0, 0x1000000, 0x10F0F1))
def test_the_value_can_be_read_on_any_colour(number):
    accent = f"#{number:06X}"

    assert contrast(readable_on(accent), accent) >= 4


# -- checklists ----------------------------------------------------------------------------------


def test_a_checklist_says_whom_to_ring_about_what():
    (page,) = pages(follow_up_checklist.draw(checklist()))

    for said in ("Follow-ups", "Late", "Today", "Gareth Pugh", "01632 960 418", "2 days late"):
        assert said in page
    assert "Anything else you heard today" in page
    assert "Page 1 of 1" in page


def test_120_lines_keep_their_order_over_the_pages():
    lines = tuple(line(n, task=f"Task-{n:03}-end") for n in range(1, 121))

    found = pages(follow_up_checklist.draw(checklist(groups=(("Today", False, lines),))))

    together = " ".join(found)
    at = [together.index(f"Task-{n:03}-end") for n in range(1, 121)]
    assert at == sorted(at)
    assert len(found) == 13
    assert [f"Page {n} of 13" in page for n, page in enumerate(found, 1)] == [True] * 13
    assert ["Today (continued)" in page for page in found[1:-1]] == [True] * 11
    assert "(continued)" not in found[0]
    assert "Anything else" in found[-1]


def test_an_empty_group_is_not_printed():
    found = text_of(follow_up_checklist.draw(checklist(groups=(("Late", True, ()),))))

    assert "Late" not in found


def test_a_day_without_follow_ups_still_has_room_for_notes():
    assert "Anything else" in text_of(follow_up_checklist.draw(checklist(groups=())))


@pytest.mark.parametrize("said", ["w" * 5000, "broken plates " * 2000, "مكسور " * 900, "🙂" * 500])
def test_a_long_story_takes_two_lines_of_the_checklist(said):
    long = line(task=said, customer=said, problem=said, phone=said, due_words=said, person=said)

    pdf = follow_up_checklist.draw(checklist(groups=(("Today", False, (long, line(2))),)))

    assert len(pages(pdf)) == 1


def test_equal_checklists_are_equal_bytes():
    assert follow_up_checklist.draw(checklist()) == follow_up_checklist.draw(checklist())


def test_no_paper_has_a_place_for_what_it_cost():
    values = (
        apology_letter.ApologyLetter,
        gift_certificate.GiftCertificate,
        follow_up_checklist.Checklist,
        follow_up_checklist.ChecklistLine,
        Letterhead,
    )

    names = {field.name for value in values for field in dataclasses.fields(value)}
    assert not {name for name in names if "cost" in name or "faith" in name or "private" in name}
