"""The month page: from the desk's figures to one sheet of paper."""

from datetime import date

import pytest

from recoverydesk.domain.case import LostReason, Outcome
from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.span import Month
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import cases, causes, corrections, month_pages, people, promises
from recoverydesk.services.cases import Ending
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.plans import case_by_id
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.tables import CorrectiveAction, Shop
from recoverydesk.topics import Topic
from tests.reading import text_of

MARCH = Month(2026, 3)


def view(shop, month=None):
    return month_pages.read(shop.desk, month, now=shop.now)


def facts(shop, month=None):
    return view(shop, month).page.facts


def fix(shop, what, case_id, **entry):
    return corrections.plan(shop.desk, case_id, CorrectionEntry(what, **entry), now=shop.now)


def a_cause(shop, name=""):
    return next(one for one in causes.all_causes(shop.desk) if one.parent and name in one.name)


def test_an_empty_desk_has_a_month_to_print(shop):
    paper = month_pages.paper(shop.desk, now=shop.now)

    said = text_of(paper.content)
    assert (paper.kind, paper.pages, paper.title) == (
        DocumentKind.MONTH_PAGE,
        1,
        "Month page, March 2026",
    )
    assert paper.file_name == "2026-03 Month page.pdf"
    assert "How it goes so far, up to 2 March 2026" in said
    assert "Nothing stands out." in said
    assert "February" not in said


def test_a_month_counts_what_happened_in_it(shop):
    cause = a_cause(shop)
    for _nth in range(3):
        shop.case(cause_id=cause.cause_id)
    shop.case()
    shop.settled_case(cause_id=cause.cause_id)

    came, word, again, cost = facts(shop)

    assert came.words == f"5 cases came in, 4 of them with one cause: {cause.name}."
    assert word.figure == "1 of 1"
    assert again.words == "1 case was put right. It is too early to say who buys again."
    assert cost.figure == "£0"


def test_it_is_held_against_the_same_days_and_then_the_whole_month_before(shop):
    shop.case()
    shop.later(days=20)
    shop.case()
    shop.later(days=20)
    shop.case()

    assert facts(shop)[0].beside == "The same days of March: 1."
    shop.later(days=30)
    assert facts(shop, Month(2026, 4))[0].beside == "March: 2."
    assert view(shop, Month(2026, 4)).whole
    assert [point.cases for point in view(shop, MARCH).points] == [0, 0, 0, 0, 0, 2]
    assert "How the month went" in text_of(
        month_pages.paper(shop.desk, MARCH, now=shop.now).content
    )


def test_whom_they_lost_and_promises_they_broke_are_its_worry(shop):
    for name in ("Ada Obi", "Bo Lund"):
        case_id = shop.settled_case(name=name)
        ending = Ending(outcome=Outcome.LOST, lost_reason=LostReason.PRICE, skip_why="no")
        cases.close(shop.desk, case_id, ending, now=shop.now)
    assert view(shop).page.advice.rule == "losing"

    case_id = shop.case()
    with shop.desk.changing(Topic.CASES, "Promise"):
        promises.give(
            case_by_id(case_id), shop.now.replace(hour=15), until=True, hours=hours_of_shop(),
            now=shop.now, person_id=None,
        )  # fmt: skip
    shop.later(days=2)
    assert view(shop).page.advice.rule == "broken"


def test_fixes_that_wait_or_came_back_are_its_worry(shop):
    people.add_staff(shop.desk, "Tom Hale")
    case_id = shop.case()
    fix(shop, "Tom checks the list", case_id, due_on=date(2026, 3, 4))
    assert view(shop).page.advice.rule == "calm"
    shop.later(days=3)
    assert view(shop).page.advice.worry == "A fix is waiting: somebody checks the list"

    done = fix(shop, "Ask Hale first", case_id)
    corrections.done(shop.desk, done, check_on=date(2026, 3, 20), now=shop.now)
    shop.later(days=20)
    corrections.check(shop.desk, done, held=False, now=shop.now)

    told = view(shop).page.advice
    assert told.worry == "What was fixed came back: Ask somebody first"
    assert view(shop, Month(2026, 2)).page.advice.rule == "calm"


def test_more_than_the_budget_is_its_worry(shop):
    with shop.desk.changing(Topic.SHOP, "Budget"):
        Shop.update(goodwill_budget_cents=500).execute()
    case_id = shop.case()
    shop.agreed(case_id, value_cents=2000, cost_cents=1250)
    shop.hand_over(case_id)

    found = view(shop).page
    assert found.advice.rule == "over_budget"
    assert (found.facts[3].figure, found.facts[3].share) == ("£12.50", 2.5)
    assert "£12.50, of £5 in a month." in text_of(
        month_pages.paper(shop.desk, now=shop.now).content
    )


def test_causes_that_name_somebody_who_works_here_name_nobody(shop):
    people.add_staff(shop.desk, "Zoë Ünal")
    made = causes.add(shop.desk, "ZOE UNAL forgot", parent_id=None)
    for _nth in range(4):
        shop.case(cause_id=made)

    said = text_of(month_pages.paper(shop.desk, now=shop.now).content)
    assert "somebody forgot" in said
    assert "unal" not in said.casefold()


@pytest.mark.parametrize("typed", ["2026-13", "26-1", "", "March", "2026-00", "1815-06", "²026-01"])
def test_what_is_no_month_is_said(typed):
    with pytest.raises(InvalidEntryError, match="2026-11"):
        month_pages.read_month(typed)


def test_a_month_is_read_and_one_ahead_is_refused(shop):
    assert month_pages.read_month(" 2026-3 ") == MARCH
    with pytest.raises(InvalidEntryError, match="not begun"):
        view(shop, Month(2026, 4))


def test_the_months_to_choose_from_go_back_over_the_year(shop):
    found = month_pages.months(shop.desk, now=shop.now)
    assert [month.key for month in found] == ["2026-03", "2026-02", "2026-01", "2025-12"]


def test_the_last_day_of_a_month_is_a_whole_month(shop):
    shop.later(days=29)
    assert view(shop).whole
    assert not view(shop, MARCH).span.last < date(2026, 3, 31)


def test_a_fix_that_was_dropped_is_none(shop):
    done = fix(shop, "Boxes", shop.case())
    with shop.desk.changing(Topic.CORRECTIONS, "Drop"):
        CorrectiveAction.update(status="dropped", due_on=date(2026, 3, 1)).where(
            CorrectiveAction.id == done
        ).execute()
    shop.later(days=5)
    assert view(shop).page.advice.rule == "calm"
