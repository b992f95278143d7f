from datetime import date

import pytest

from recoverydesk.domain.correction import CorrectionKind, CorrectionStatus
from recoverydesk.domain.follow_up import FollowUpKind
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import corrections, follow_ups
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
    (check,) = follow_ups.agenda(shop.desk, now=shop.now, days=60).ahead
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
