"""The page for the staff meeting: counts, changes, room to write, and nobody's name."""

from datetime import date

import pytest

from recoverydesk.domain.case import Evidence, LostReason, Outcome
from recoverydesk.domain.document import DocumentKind
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import cases, causes, corrections, people, staff_pages
from recoverydesk.services.cases import Ending
from recoverydesk.services.corrections import CorrectionEntry
from tests.reading import text_of


def page(shop, **given):
    return staff_pages.paper(shop.desk, now=shop.now, **given)


def cause_called(shop, name):
    return next(one for one in causes.all_causes(shop.desk) if one.parent and name in one.name)


def test_too_few_cases_say_nothing_of_causes(shop):
    shop.case(cause_id=cause_called(shop, "").cause_id)

    assert "Too few to say: 1 in this time, and it takes 5." in text_of(page(shop).content)


def test_causes_are_counted_with_what_was_before(shop):
    one, other = [cause for cause in causes.all_causes(shop.desk) if cause.parent][:2]
    for _nth in range(5):
        shop.case(cause_id=one.cause_id)
    shop.later(days=31)
    for nth in range(6):
        shop.case(cause_id=(one if nth < 2 else other).cause_id)
    shop.case()

    said = text_of(page(shop).content)

    assert f"{other.name} 4 of 7, before 0" in said
    assert f"{one.name} 2 of 7, before 5" in said
    assert "Not known yet: 1 of 7." in said


def test_how_cases_ended_is_counted(shop):
    case_id = shop.settled_case()
    ending = Ending(outcome=Outcome.KEPT, evidence=Evidence.OWNERS_WORD, skip_why="not needed")
    cases.close(shop.desk, case_id, ending, now=shop.now)

    assert "Kept stayed with us 1" in text_of(page(shop).content)


def test_what_was_changed_and_what_is_still_to_change(shop):
    case_id = shop.case()
    done = corrections.plan(shop.desk, case_id, CorrectionEntry("Test kettles"), now=shop.now)
    corrections.done(shop.desk, done, check_on=date(2026, 4, 1), now=shop.now)
    corrections.plan(shop.desk, case_id, CorrectionEntry("Buy a scale"), now=shop.now)

    said = text_of(page(shop).content)

    assert "Test kettles (we watch whether it holds)" in said
    assert "To do Buy a scale" in said


def test_no_name_of_the_staff_is_on_it_wherever_it_was_written(shop):
    people.add_staff(shop.desk, "Tom Hale")
    made = causes.add(shop.desk, "Tom was late again", parent_id=None)
    case_id = shop.case(words="Tom Hale was rude.", cause_id=made)
    for _nth in range(5):
        shop.case(words="TOM!", cause_id=made)
    entry = CorrectionEntry("Train tom hale", who="Tom Hale")
    corrections.plan(shop.desk, case_id, entry, now=shop.now)

    said = text_of(page(shop).content)

    assert "tom" not in said.casefold().replace("customer", "")
    assert "hale" not in said.casefold()
    assert "somebody was late again" in said
    assert "Train somebody" in said


def test_it_is_one_page_however_much_there_is(shop):
    case_id = shop.case()
    for nth in range(12):
        entry = CorrectionEntry(f"Change {nth} of how we pack what breaks on its way to them")
        fix = corrections.plan(shop.desk, case_id, entry, now=shop.now)
        if nth % 2:
            corrections.done(shop.desk, fix, check_on=date(2026, 4, 1), now=shop.now)
    for cause in [one for one in causes.all_causes(shop.desk) if one.parent][:8]:
        shop.case(cause_id=cause.cause_id)

    paper = page(shop)
    assert (paper.pages, paper.kind) == (1, DocumentKind.STAFF_PAGE)


@pytest.mark.parametrize("days", [0, -5, 9_999])
def test_a_span_that_cannot_be_is_said(shop, days):
    with pytest.raises(InvalidEntryError, match="ten years"):
        page(shop, days=days)


def test_names_that_are_words_leave_the_programs_own_words_alone(shop):
    people.add_staff(shop.desk, "Will Art")
    case_id = shop.settled_case()
    ending = Ending(outcome=Outcome.LOST, lost_reason=LostReason.PRICE, skip_why="not needed")
    cases.close(shop.desk, case_id, ending, now=shop.now)
    corrections.plan(shop.desk, case_id, CorrectionEntry("Use Will's list"), now=shop.now)

    said = text_of(page(shop).content)

    assert "will not come back" in said
    assert "Use somebody list" in said
