import dataclasses
from io import BytesIO

import pytest
from pypdf import PdfReader

from recoverydesk.documents import follow_up_checklist, gift_certificate
from recoverydesk.documents import letter as letters
from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.report import Entry, Heading, Report, Subheading
from recoverydesk.documents.report import draw as draw_report
from recoverydesk.documents.sheet import MM, contrast, readable_on
from tests.documents.builders import (
    NAMES,
    certificate,
    checklist,
    letterhead,
    line,
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


# -- certificates --------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("per_page", [1, 2, 3])
def test_the_till_scans_every_code_on_the_sheet(per_page, paper):
    codes = ["7K4M29QXHJNP", "ABCDEFGHJKMN", "WXYZ23456789"]
    shop = letterhead(paper=paper)
    made = [certificate(code=code, letterhead=shop) for code in codes]

    pdf = gift_certificate.draw(made, per_page=per_page)

    assert len(pages(pdf)) == -(-3 // per_page)
    assert sorted(codes_in(pdf)) == sorted(codes * 2)


def test_a_card_is_a_third_of_a4():
    pdf = gift_certificate.draw([certificate()], size="card")

    (page,) = PdfReader(BytesIO(pdf)).pages
    assert float(page.mediabox.width) == pytest.approx(210 * MM, abs=0.01)
    assert float(page.mediabox.height) == pytest.approx(99 * MM, abs=0.01)
    assert codes_in(pdf) == ["7K4M29QXHJNP"] * 2


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


# -- reports -------------------------------------------------------------------------------------


def report(*parts, **given):
    head = letterhead(**given)
    said = {"title": "Policy", "subtitle": "Version 1", "parts": parts}
    return draw_report(Report(letterhead=head, **said))


def entries(count, word="Step"):
    return tuple(Entry(str(nth), f"{word}-{nth}-end") for nth in range(1, count + 1))


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("before", range(28, 46))
def test_a_plans_name_never_stands_without_two_of_its_steps(before, paper):
    plan = (Subheading("Four-ways"), *entries(8))

    found = pages(report(*entries(before, "Fill"), *plan, *entries(30, "Rest"), paper=paper))

    (page,) = [page for page in found if "Four-ways" in page]
    assert "Step-1-end" in page
    assert "Step-2-end" in page


@pytest.mark.parametrize("before", range(28, 46))
def test_a_heading_takes_a_plans_name_and_its_steps_along(before):
    plan = (Heading("Step by step"), Subheading("Four-ways"), *entries(8))

    found = pages(report(*entries(before, "Fill"), *plan, *entries(30, "Rest")))

    (page,) = [page for page in found if "Step by step" in page]
    assert "Step-2-end" in page


@pytest.mark.parametrize("before", range(28, 46))
def test_a_short_text_is_not_parted_by_a_page(before):
    told = Entry("2 March", f"Beginning {'and going on ' * 10}ending")

    found = pages(report(*entries(before, "Fill"), told, *entries(30, "Rest")))

    (page,) = [page for page in found if "Beginning" in page]
    assert "ending" in page


def sections(count):
    """Sections with white between them that could be less."""
    for nth in range(count):
        yield from (Heading(f"Section {nth}"), *entries(2))


def test_a_few_lines_make_no_page_of_their_own():
    found = [pages(report(*sections(9), *entries(more, "Rest"))) for more in range(12)]

    tightened = [len(said) for said in found].index(2)
    assert tightened > 0
    assert len(pages(report(*sections(9), *entries(tightened, "Rest")))[-1].split("-end")) > 4


def test_equal_reports_are_equal_bytes():
    assert report(*sections(30)) == report(*sections(30))


def test_a_long_subtitle_stays_above_the_rule():
    head = letterhead(shop_name="W" * 60)
    said = Report(letterhead=head, title="Case", subtitle="Ada Obi " * 12, parts=entries(3))

    lines = [top for said, _left, top in places(draw_report(said)) if said.startswith("Ada")]

    assert max(lines) < 38


def test_no_paper_has_a_place_for_what_it_cost():
    values = (
        letters.Letter,
        gift_certificate.GiftCertificate,
        follow_up_checklist.Checklist,
        follow_up_checklist.ChecklistLine,
        Letterhead,
    )

    names = {field.name for value in values for field in dataclasses.fields(value)}
    assert not {name for name in names if "cost" in name or "faith" in name or "private" in name}
