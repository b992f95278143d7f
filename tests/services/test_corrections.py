from datetime import date

import pytest

from recoverydesk.domain.correction import CorrectionKind, CorrectionStatus
from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import agendas, case_pages, causes, corrections, follow_ups
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.storage.tables import CorrectiveAction, FollowUp
from recoverydesk.topics import Topic
from tests.conftest import NOW


def plan(shop, case_id, *, what="Seal it", **entry):
    return corrections.plan(shop.desk, case_id, CorrectionEntry(what, **entry), now=shop.now)


def test_a_fix_says_what_who_by_when_and_when_to_look(shop):
    case_id = shop.case()

    plan(
        shop,
        case_id,
        who="Tom",
        kind=CorrectionKind.PREVENTIVE,
        due_on=date(2026, 3, 6),
        check_on=date(2026, 4, 6),
    )

    (fix,) = shop.view(case_id).corrections
    assert (fix.what, fix.who, fix.kind, fix.due_on, fix.check_on, fix.status, fix.done_on) == (
        "Seal it",
        "Tom",
        CorrectionKind.PREVENTIVE,
        date(2026, 3, 6),
        date(2026, 4, 6),
        CorrectionStatus.PLANNED,
        None,
    )


def test_a_fix_is_not_done_without_a_day_to_check_it(shop):
    case_id = shop.case()
    fix = plan(shop, case_id)

    for day in (date(2026, 3, 2), date(2026, 1, 1), date(2099, 1, 1), date.max):
        with pytest.raises(InvalidEntryError) as refused:
            corrections.done(shop.desk, fix, check_on=day, now=shop.now)
        assert refused.value.field == "check_on"
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 29), now=shop.now)

    (done,) = shop.view(case_id).corrections
    assert (done.status, done.done_on, done.check_on) == (
        CorrectionStatus.DONE_WATCHING,
        NOW.date(),
        date(2026, 3, 29),
    )
    (check,) = agendas.agenda(shop.desk, now=shop.now, days=60).ahead
    # Sunday the 29th is closed.
    assert (check.kind, check.title, check.due_on) == (
        FollowUpKind.CHECK,
        "Did the fix hold? Seal it",
        date(2026, 3, 30),
    )
    with pytest.raises(NotAllowedError, match="done already"):
        corrections.done(shop.desk, fix, check_on=date(2026, 4, 1), now=shop.now)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"what": " "}, "what"),
        ({"what": "x" * 301}, "what"),
        ({"who": "x" * 81}, "who"),
        ({"due_on": date(2026, 3, 6), "check_on": date(2026, 3, 6)}, "check_on"),
    ],
)
def test_a_fix_that_makes_no_sense_is_not_planned(shop, entry, field):
    case_id = shop.case()

    with pytest.raises(InvalidEntryError) as refused:
        plan(shop, case_id, **entry)

    assert refused.value.field == field
    assert not shop.view(case_id).corrections


def test_a_fix_for_the_whole_shop_is_checked_too(shop):
    fix = plan(shop, shop.case())
    with shop.desk.changing(Topic.CORRECTIONS, "For all"):
        CorrectiveAction.update(case=None).execute()

    corrections.done(shop.desk, fix, check_on=date(2026, 4, 1), now=shop.now)

    with shop.desk.reading():
        check = FollowUp.get(FollowUp.kind == "check")
    assert (check.case_id, check.customer_id) == (None, None)
    follow_ups.complete(shop.desk, check.id, now=shop.now)
    with shop.desk.reading():
        assert CorrectiveAction.get().status == CorrectionStatus.HOLDS


def test_a_fix_that_is_gone_is_said_to_be(shop):
    with pytest.raises(NotFoundError):
        corrections.done(shop.desk, 99, check_on=date(2026, 4, 1), now=shop.now)
    with pytest.raises(NotFoundError):
        plan(shop, 99)


@pytest.mark.parametrize(
    ("held", "status", "words"),
    [
        (True, CorrectionStatus.HOLDS, "it held"),
        (False, CorrectionStatus.CAME_BACK, "it came back"),
    ],
)
def test_a_fix_is_looked_at_once_and_either_held_or_came_back(shop, held, status, words):
    case_id = shop.case()
    fix = plan(shop, case_id)
    with pytest.raises(NotAllowedError, match="isn't done"):
        corrections.check(shop.desk, fix, held=held, now=shop.now)
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 30), now=shop.now)

    corrections.check(shop.desk, fix, held=held, now=shop.later(days=28))

    view = shop.view(case_id)
    (seen,) = view.corrections
    assert seen.status is status
    (asked,) = [step for step in view.plan if step.title.startswith("Did the fix hold?")]
    assert (asked.status, asked.end_words) == (FollowUpStatus.DONE, words)
    with pytest.raises(NotAllowedError, match="was checked"):
        corrections.check(shop.desk, fix, held=held, now=shop.now)
    with pytest.raises(NotFoundError):
        corrections.check(shop.desk, 999, held=held, now=shop.now)


def test_a_fix_of_no_case_can_be_looked_at_too(shop):
    fix = plan(shop, shop.case())
    with shop.desk.changing(Topic.CORRECTIONS, "The shop's own"):
        CorrectiveAction.update(case=None).execute()
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 30), now=shop.now)

    corrections.check(shop.desk, fix, held=True, now=shop.now)

    with shop.desk.reading():
        assert CorrectiveAction.get_by_id(fix).status == CorrectionStatus.HOLDS


def test_cases_of_the_same_cause_count_from_the_day_after_a_fix(shop):
    cause = causes.add(shop.desk, "Rain")
    fix = plan(shop, shop.case(cause_id=cause))
    unknown = plan(shop, shop.case(name="Bo Li"))
    corrections.done(shop.desk, unknown, check_on=date(2026, 3, 30), now=shop.now)
    assert corrections.cases_since(shop.desk, fix) == 0
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 30), now=shop.now)
    shop.case(cause_id=cause)
    shop.later(days=1)
    shop.case(cause_id=cause)
    shop.case()

    assert corrections.cases_since(shop.desk, fix) == 1
    assert corrections.cases_since(shop.desk, unknown) == 0


def test_closing_does_not_ask_whether_a_fix_held(shop):
    case_id = shop.case()
    fix = plan(shop, case_id)
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 30), now=shop.now)

    asked = [step.title for step in case_pages.open_steps(shop.desk, case_id)]

    assert asked
    assert not any(title.startswith("Did the fix hold?") for title in asked)
