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
    assert corrections.cases_since(shop.desk, fix) == ()
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 30), now=shop.now)
    shop.case(cause_id=cause)
    shop.later(days=1)
    later = shop.case(cause_id=cause)
    shop.case()

    (since,) = corrections.cases_since(shop.desk, fix)
    assert (since.case_id, since.customer, since.happened_on) == (later, "Ada Obi", shop.now.date())
    assert corrections.cases_since(shop.desk, unknown) == ()


def test_closing_does_not_ask_whether_a_fix_held(shop):
    case_id = shop.case()
    fix = plan(shop, case_id)
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 30), now=shop.now)

    asked = [step.title for step in case_pages.open_steps(shop.desk, case_id)]

    assert asked
    assert not any(title.startswith("Did the fix hold?") for title in asked)


def test_a_fix_is_changed_begun_and_listed_by_what_presses_most(shop):
    cause = causes.add(shop.desk, "Rain")
    entry = CorrectionEntry("Roof", due_on=date(2026, 3, 20))
    first = corrections.plan(shop.desk, None, entry, cause_id=cause, now=shop.now)
    second = plan(shop, shop.case(), due_on=date(2026, 3, 9))
    corrections.start(shop.desk, first, now=shop.now)
    entry = CorrectionEntry("Roof and gutter", who="Tom", rule="Look up\nbefore opening.")
    corrections.change(shop.desk, first, entry, now=shop.now)
    seen = corrections.view(shop.desk, first)
    assert (seen.what, seen.who, seen.rule) == ("Roof and gutter", "Tom", "Look up before opening.")
    assert (seen.status, seen.cause, seen.case_id) == (CorrectionStatus.IN_PROGRESS, "Rain", None)
    listed = [one.correction_id for one in corrections.all_corrections(shop.desk)]
    assert listed == [second, first]
    corrections.done(shop.desk, second, check_on=date(2026, 3, 30), now=shop.now)
    assert [one.correction_id for one in corrections.all_corrections(shop.desk)] == [first, second]
    with pytest.raises(NotFoundError):
        corrections.plan(shop.desk, None, entry, cause_id=999, now=shop.now)
    assert corrections.plan(shop.desk, None, entry, now=shop.now)


def test_a_fix_that_was_done_some_days_ago_is_put_to_the_test_from_that_day(shop):
    cause = causes.add(shop.desk, "Rain")
    fix = plan(shop, shop.case(cause_id=cause))
    shop.later(days=10)
    shop.case(name="Bo Li", cause_id=cause)
    for day in (date(2026, 3, 13), date(2020, 1, 1)):
        with pytest.raises(InvalidEntryError) as refused:
            corrections.done(shop.desk, fix, check_on=date(2026, 4, 9), now=shop.now, done_on=day)
        assert refused.value.field == "done_on"
    done_on = date(2026, 3, 5)
    corrections.done(shop.desk, fix, check_on=date(2026, 4, 9), now=shop.now, done_on=done_on)
    seen = corrections.view(shop.desk, fix)
    assert (seen.status, seen.done_on) == (CorrectionStatus.CAME_BACK, done_on)


def checks(shop):
    with shop.desk.reading():
        rows = FollowUp.select().where(FollowUp.kind == FollowUpKind.CHECK).order_by(FollowUp.id)
        return [(row.due_on, FollowUpStatus(row.status), row.end_words) for row in rows]


def test_too_early_to_say_looks_again_later(shop):
    fix = plan(shop, shop.case())
    with pytest.raises(NotAllowedError, match="isn't done"):
        corrections.look_again(shop.desk, fix, date(2026, 4, 20), now=shop.now)
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 30), now=shop.now)
    with pytest.raises(InvalidEntryError):
        corrections.look_again(shop.desk, fix, shop.now.date(), now=shop.now)
    corrections.look_again(shop.desk, fix, date(2026, 4, 20), now=shop.later(days=28))
    assert checks(shop) == [
        (date(2026, 3, 30), FollowUpStatus.DONE, "too early to say"),
        (date(2026, 4, 20), FollowUpStatus.PLANNED, ""),
    ]
    assert corrections.view(shop.desk, fix).check_on == date(2026, 4, 20)


def test_the_day_to_look_moves_with_the_fix_and_is_never_left_out(shop):
    fix = plan(shop, shop.case())
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 30), now=shop.now)
    for day in (None, shop.now.date()):
        entry = CorrectionEntry("Seal it", check_on=day)
        with pytest.raises(InvalidEntryError) as refused:
            corrections.change(shop.desk, fix, entry, now=shop.now)
        assert refused.value.field == "check_on"
    entry = CorrectionEntry("Seal it", check_on=date(2026, 4, 6))
    corrections.change(shop.desk, fix, entry, now=shop.now)
    corrections.change(shop.desk, fix, entry, now=shop.now)
    planned = [day for day, state, _words in checks(shop) if state is FollowUpStatus.PLANNED]
    assert planned == [date(2026, 4, 6)]


def test_a_fix_is_given_up_with_a_reason_and_not_done_after(shop):
    fix = plan(shop, shop.case())
    corrections.done(shop.desk, fix, check_on=date(2026, 3, 30), now=shop.now)
    with pytest.raises(InvalidEntryError, match="why"):
        corrections.drop(shop.desk, fix, " ", now=shop.now)
    corrections.drop(shop.desk, fix, "Too dear", now=shop.now)
    seen = corrections.view(shop.desk, fix)
    assert (seen.status, seen.end_words) == (CorrectionStatus.DROPPED, "Too dear")
    assert [state for _day, state, _words in checks(shop)] == [FollowUpStatus.SKIPPED]
    with pytest.raises(NotAllowedError, match="dropped before"):
        corrections.drop(shop.desk, fix, "Too dear", now=shop.now)
    other = plan(shop, shop.case(name="Bo Li"))
    corrections.drop(shop.desk, other, "No", now=shop.now)
    with pytest.raises(NotAllowedError, match="was dropped"):
        corrections.done(shop.desk, other, check_on=date(2026, 3, 30), now=shop.now)
    third = plan(shop, shop.case(name="Cy Low"))
    corrections.done(shop.desk, third, check_on=date(2026, 3, 30), now=shop.now)
    with pytest.raises(NotAllowedError, match="in place already"):
        corrections.start(shop.desk, third, now=shop.now)


def test_what_is_gone_is_said(shop):
    with pytest.raises(NotFoundError):
        corrections.view(shop.desk, 999)
    fix = plan(shop, shop.case())
    for day in (date(2026, 3, 2), date(2099, 1, 1)):
        with pytest.raises(InvalidEntryError):
            corrections.done(shop.desk, fix, check_on=day, now=shop.now)
