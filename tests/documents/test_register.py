"""The register on paper: nothing is clipped, heads come again, any name can be read."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from recoverydesk.documents.register import Fact, Facts, RegisterPaper, Row, Section, draw
from recoverydesk.documents.sheet import MM
from tests.documents.builders import NAMES, letterhead, picture
from tests.reading import picture_of, text_of

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 5


def row(**given):
    return Row(
        **{
            "day": "Mon 2 Nov",
            "name": "Ada Obi",
            "words": "Refund: The money back",
            "refs": ("R-2026-0001", "7K4M-29QX-HJNP"),
            "amounts": ("£12.34", "£5.67"),
            **given,
        }
    )


def section(*rows, **given):
    return Section(
        **{
            "heading": "Given",
            "heads": ("Worth", "Cost to you"),
            "rows": rows or (row(),),
            "sums": ("£99.99", "£88.88"),
            **given,
        }
    )


def paper(*sections, shop=None, **given):
    facts = (
        Facts("Given", (Fact("Worth in all (1)", "£12.34", strong=True),)),
        Facts("Left on vouchers", (Fact("Before 1 November 2026", "£0.00"),)),
    )
    return draw(
        RegisterPaper(
            **{
                "letterhead": letterhead(**(shop or {})),
                "title": "Register for November 2026",
                "subtitle": "1 November 2026 to 30 November 2026",
                "facts": facts,
                "sections": sections,
                "foot": "For your books only.",
                **given,
            }
        )
    )


def pages(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def ink_outside(pdf, page=0):
    """Count the dark pixels in the left and right margin."""
    image = picture_of(pdf, page, scale=3).convert("L")
    edge = int(17 * MM * 3)
    sides = (0, 0, edge, image.height), (image.width - edge, 0, image.width, image.height)
    return sum(sum(image.crop(side).histogram()[:200]) for side in sides)


def test_a_line_says_all_of_it():
    printed = text_of(paper(section()))

    for said in ("Mon 2 Nov", "Ada Obi", "The money back", "R-2026-0001", "7K4M-29QX-HJNP",
                 "£12.34", "£5.67", "In all", "£99.99", "£88.88", "Harbour & Hearth"):  # fmt: skip
        assert said in printed


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_it_stands_on_the_shops_paper(size):
    (page,) = PdfReader(BytesIO(paper(section(), shop={"paper": size}))).pages
    wanted = (210, 297) if size == "a4" else (215.9, 279.4)
    found = float(page.mediabox.width) / MM, float(page.mediabox.height) / MM
    assert found == pytest.approx(wanted, abs=0.01)


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_every_page_has_its_heads_and_its_number(size):
    rows = [row(words=f"Line-{nth:03}-end") for nth in range(1, 121)]

    found = pages(paper(section(*rows), shop={"paper": size}))

    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert ("(continued)" in page) == (number > 1)
        assert "Cost to you" in page
        assert "For whom, and what" in page
    together = " ".join(found)
    at = [together.index(f"Line-{nth:03}-end") for nth in range(1, 121)]
    assert at == sorted(at)
    assert [page.count("£99.99") for page in found] == [0] * (len(found) - 1) + [1]


@pytest.mark.parametrize("before", range(10, 34))
def test_neither_a_head_nor_a_sum_stands_alone(before):
    first = section(*[row()] * before)
    second = section(row(words="Second-one"), heading="Redeemed", sums=("£77.77", ""))

    found = pages(paper(first, second))

    assert sum(page.count("In all") for page in found) == 2
    for page in found:
        assert page.count("In all") <= page.count("Ada Obi")
        assert ("Redeemed" in page) == ("Second-one" in page) == ("£77.77" in page)


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_drawn_inside_the_margins(name):
    pdf = paper(section(row(name=name, words=f"Refund: {name}")), shop={"shop_name": name})

    assert ink_outside(pdf) == 0
    assert ink_outside(pdf) == ink_outside(paper(section()))
    blank = paper(section(row(name="", words="")))
    assert picture_of(pdf).tobytes() != picture_of(blank).tobytes()


@pytest.mark.parametrize("name", ["Łukasz Żółć", "王小明", "김민준", "Ίρις", "สมชาย ใจดี"])
def test_names_can_be_read_again(name):
    found = text_of(paper(section(row(name=name)))).replace(" ", "")
    assert name.replace(" ", "") in found


@pytest.mark.parametrize("words", [LONG, "Ann " * 60, "🙂" * 60, '<b>&amp;</b> <img src="/x">'])
def test_long_words_wrap_and_none_is_lost(words):
    pdf = paper(section(row(name=words, words=words, refs=(words, words), day=words)))
    assert ink_outside(pdf) == 0
    if words.isascii() and "<" not in words:
        assert words.replace(" ", "") in text_of(pdf).replace(" ", "").replace("-", "")


@pytest.mark.parametrize("amount", ["KD 1,000,000.000", "-₩ 10,000,000,000,000", "¥0"])
def test_any_amount_is_shown_whole(amount):
    money = {"amounts": (amount, amount)}
    facts = Facts("Given", (Fact("Worth " * 20, amount, strong=True),))

    pdf = paper(section(row(**money), sums=(amount, amount)), facts=(facts, facts))

    assert text_of(pdf).count(amount) == 6
    assert ink_outside(pdf) == 0


def test_lines_without_amounts_have_no_sum():
    used = section(row(amounts=()), heading="Used once", heads=(), sums=())
    printed = text_of(paper(used))
    assert "Used once" in printed
    assert "In all" not in printed


def test_a_logo_stands_in_the_head():
    with_logo = paper(section(), shop={"logo": picture()})
    assert picture_of(with_logo).tobytes() != picture_of(paper(section())).tobytes()


def test_a_month_without_anything_is_one_page():
    assert len(pages(paper())) == 1


def test_equal_registers_are_equal_bytes():
    assert paper(section()) == paper(section())
