"""A paper of one page: everything on it, whatever its size, and never a second page."""

from dataclasses import replace

import pytest

from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.one_page import OnePage, draw
from recoverydesk.documents.page_parts import (
    Bar,
    Callout,
    Column,
    Credit,
    Fact,
    Heading,
    Item,
    Lead,
    Note,
    Question,
    Said,
)
from recoverydesk.documents.paragraph import Span
from tests.documents.builders import picture
from tests.reading import picture_of, text_of

PARTS = (
    Lead((Span("We look at "), Span("how", bold=True), Span(" we work."))),
    Heading("Causes", "cases"),
    Bar("Late", 1, "4"),
    Bar("Cold", 0, "0", strong=False),
    Note("The first two."),
    Heading("Back", alarm=True),
    Said("Late.", "Twice."),
    Item("Done thing", "done", ticked=True),
    Item("Open thing", "by Friday", ticked=False, strong=True),
    Credit("An idea", "Kim"),
    Fact(
        "3",
        "Three came.",
        "May: 2.",
        (Column("Apr", 2), Column("May", 3, strong=True, partial=True)),
    ),
    Fact("£5", "It cost.", "", share=1.5),
    Fact("0 of 5", "None.", "", share=0),
    Fact("–", "Nothing.", ""),  # noqa: RUF001 - a dash
    Callout("One worry", "It is late.", "Of four.", alarm=True),
    Callout("One thing to try", "Ring.", "Today."),
    Question("What now?", 2),
)
PAGE = OnePage(Letterhead("Corner Shop"), "A title", "For you", PARTS, "At the foot.")


def letterhead(**given):
    return replace(PAGE.letterhead, **given)


def test_every_part_is_on_it_in_order():
    said = text_of(draw(PAGE))
    places = [
        said.index(words)
        for words in (
            "A title", "We look at how we work.", "Late 4", "Cold 0", "The first two.", "Twice.",
            "Done thing", "Open thing by Friday", "An idea Kim", "Three came.", "It cost.",
            "One worry", "One thing to try", "What now?", "At the foot.", "Page 1 of 1",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_the_same_page_gives_the_same_bytes():
    assert draw(PAGE) == draw(PAGE)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_more_than_any_page_holds_is_cut_and_the_foot_stays(paper):
    page = replace(
        PAGE,
        parts=tuple(Item(f"Line {nth} " + "words " * 40, "by", ticked=False) for nth in range(90)),
        letterhead=letterhead(paper=paper),
    )
    said = text_of(draw(page))
    assert "Line 0" in said
    assert "Line 89" not in said
    assert said.endswith("At the foot. Page 1 of 1")


def test_little_is_set_larger_than_much():
    few = replace(PAGE, parts=(Said("One.", "Line."),))
    many = replace(PAGE, parts=tuple(Said("One.", "Line.") for _nth in range(60)))
    assert _first_line(few) > _first_line(many)


def _first_line(page):
    """Return how high the first line of the body stands, in pixels."""
    picture = picture_of(draw(page), scale=4).convert("L")
    rows = [
        picture.crop((200, y, 900, y + 1)).getextrema()[0] < 120
        for y in range(int(44 / 25.4 * 72 * 4), 1000)
    ]
    begin = rows.index(True)
    return rows.index(False, begin) - begin


def test_the_logo_stands_at_the_right():
    plain = picture_of(draw(PAGE)).convert("RGB")
    with_logo = picture_of(draw(replace(PAGE, letterhead=letterhead(logo=picture())))).convert(
        "RGB"
    )
    assert plain.tobytes() != with_logo.tobytes()


def test_a_saying_that_is_too_long_loses_its_middle_and_stays_quiet():
    page = replace(PAGE, parts=(Said("Bold.", "words " * 400 + "the end"),))
    said = text_of(draw(page))
    assert "…" in said or "..." in said
    assert "the end" in said
