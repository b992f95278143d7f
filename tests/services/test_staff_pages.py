"""The page for the staff meeting: counts, changes, room to write, and nobody's name."""

from datetime import date, timedelta

import pytest

from recoverydesk.domain.case import Evidence, LostReason, Outcome
from recoverydesk.domain.document import DocumentKind
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import (
    cases,
    causes,
    corrections,
    people,
    rules,
    staff_pages,
)
from recoverydesk.services.cases import Ending
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.storage.tables import Case, Suggestion
from recoverydesk.storage.tables import Shop as ShopRow
from recoverydesk.topics import Topic
from tests.reading import picture_of, text_of


def page(shop, **given):
    return staff_pages.paper(shop.desk, now=shop.now, **given)


def cause_called(shop, name):
    return next(one for one in causes.all_causes(shop.desk) if one.parent and name in one.name)


def dots_at_the_end(paper):
    """Say whether the last line to write on is there, above the foot."""
    picture = picture_of(paper.content, scale=1).convert("L")
    width, height = picture.size
    rows = range(int(height * 0.6), int(height * 0.945))
    dotted = [
        y for y in rows if sum(picture.getpixel((x, y)) < 235 for x in range(60, width - 60)) > 40
    ]
    return len(dotted) >= 2


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

    assert f"{other.name} 4, before 0" in said
    assert f"{one.name} 2, before 5" in said
    assert "Not known yet: 1 of 7." in said


def test_how_cases_ended_is_counted(shop):
    case_id = shop.settled_case()
    ending = Ending(outcome=Outcome.KEPT, evidence=Evidence.OWNERS_WORD, skip_why="not needed")
    cases.close(shop.desk, case_id, ending, now=shop.now)

    assert "Of those whose case ended, 1 stayed with us." in text_of(page(shop).content)


def test_what_was_changed_and_what_is_still_to_change(shop):
    case_id = shop.case()
    done = corrections.plan(shop.desk, case_id, CorrectionEntry("Test kettles"), now=shop.now)
    corrections.done(shop.desk, done, check_on=date(2026, 4, 1), now=shop.now)
    corrections.plan(shop.desk, case_id, CorrectionEntry("Buy a scale"), now=shop.now)

    said = text_of(page(shop).content)

    assert "Test kettles done Mon 2 Mar" in said
    assert "Buy a scale no day yet" in said


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


def idea(shop, words, **row):
    row = {"source": "staff", "status": "adopted", "decided_at": shop.now, **row}
    with shop.desk.changing(Topic.CORRECTIONS, "Idea"):
        Suggestion.create(words=words, created_at=shop.now, **row)


def test_ideas_are_credited_by_name_and_a_customer_is_a_customer(shop):
    people.add_staff(shop.desk, "Tom Hale")
    case_id = shop.case(name="Ada Obi")
    idea(shop, "Tom says: two walls", who="Tom Hale")
    idea(
        shop,
        "Ring Ada Obi first",
        source="customer",
        case=case_id,
        customer=shop.view(case_id).customer_id,
    )
    idea(shop, "Paper cups", who="")
    idea(shop, "Not used", status="open", decided_at=None)
    idea(shop, "Long ago", decided_at=shop.now - timedelta(days=31))

    said = text_of(page(shop).content)

    assert "somebody says: two walls Tom Hale" in said
    assert "Ring a customer first a customer" in said
    assert "Paper cups one of us" in said
    assert "Not used" not in said
    assert "Long ago" not in said
    assert "Obi" not in said


def test_what_came_back_is_told_with_the_cases_since(shop):
    cause = cause_called(shop, "")
    case_id = shop.case(cause_id=cause.cause_id)
    fix = corrections.plan(shop.desk, case_id, CorrectionEntry("Double walls"), now=shop.now)
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 20), now=shop.now)
    shop.later(days=19)
    corrections.check(shop.desk, fix, held=False, now=shop.now)
    told = f"{cause.name}. Fixed 2 March 2026: Double walls. "
    assert f"{told}What did it not solve?" in text_of(page(shop).content)
    shop.case(cause_id=cause.cause_id)
    assert f"{told}One new case since." in text_of(page(shop).content)
    shop.case(cause_id=cause.cause_id)
    assert f"{told}2 new cases since." in text_of(page(shop).content)


def test_a_fix_of_no_cause_that_came_back_is_told_all_the_same(shop):
    fix = corrections.plan(shop.desk, shop.case(), CorrectionEntry("Walls"), now=shop.now)
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 20), now=shop.now)
    corrections.check(shop.desk, fix, held=False, now=shop.now)
    assert "It happened again. Fixed 2 March 2026: Walls. What" in text_of(page(shop).content)


def test_new_rules_stand_on_it_and_older_ones_do_not(shop):
    fix = corrections.plan(shop.desk, shop.case(), CorrectionEntry("Walls"), now=shop.now)
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 20), now=shop.now)
    rules.reword(shop.desk, fix, "Two walls, always.")
    corrections.check(shop.desk, fix, held=True, now=shop.now)
    said = text_of(page(shop).content)
    assert "Two walls, always." in said
    assert "done Mon 2 Mar, it holds" in said
    shop.later(days=31)
    assert "Two walls, always." not in text_of(page(shop).content)


def test_days_of_what_is_planned_say_whether_they_have_passed(shop):
    for what, day in (("Late one", date(2026, 3, 3)), ("Next one", date(2026, 3, 20))):
        entry = CorrectionEntry(what, due_on=day)
        corrections.plan(shop.desk, shop.case(), entry, now=shop.now)
    shop.later(days=4)
    said = text_of(page(shop).content)
    assert "Late one since Tue 3 Mar" in said
    assert "Next one by Fri 20 Mar" in said


def test_sensitive_cases_and_what_came_of_them_stay_out(shop):
    cause = cause_called(shop, "")
    case_id = shop.case(cause_id=cause.cause_id)
    entry = CorrectionEntry("Something private")
    corrections.plan(shop.desk, case_id, entry, now=shop.now)
    idea(shop, "A private idea", case=case_id, who="Tom")
    assert "Something private" in text_of(page(shop).content)
    with shop.desk.changing(Topic.CASES, "Sensitive"):
        Case.update(sensitive=True).execute()

    said = text_of(page(shop).content)
    assert "private" not in said
    assert "0 cases" in said


LONG = "Ω" + "An endless name of something that goes on and on " * 12
SCRIPTS = ["問題の名前がとても長い場合" * 8, "שם ארוך מאוד של סיבה אחת " * 8, LONG, "Wörter " * 60]


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_the_fullest_page_in_any_script_is_one_page_with_everything_on_it(shop, size):
    with shop.desk.changing(Topic.SHOP, "Paper"):
        ShopRow.update(paper=size).execute()
    for nth in range(4):
        made = causes.add(shop.desk, f"{nth} {SCRIPTS[nth]}"[:60], parent_id=None)
        for _again in range(3):
            case_id = shop.case(cause_id=made)
        for kind in ("back", "done", "plan"):
            words = f"{nth} {kind} {SCRIPTS[nth]}"[:290]
            fix = corrections.plan(shop.desk, case_id, CorrectionEntry(words), now=shop.now)
            if kind == "plan":
                continue
            corrections.done(shop.desk, fix, check_on=date(2026, 4, 1), now=shop.now)
            rules.reword(shop.desk, fix, words[:140])
            if kind == "back":
                corrections.check(shop.desk, fix, held=False, now=shop.now)
        idea(shop, words, who=words[:80])

    paper = page(shop)

    assert paper.pages == 1
    assert text_of(paper.content).count("What would you change first, if it were up to you?") == 1
    assert dots_at_the_end(paper)


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
    assert "Use somebody\u2019s list" in said
