"""Whether a fix held: its cause before and after it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from recoverydesk.domain.figure import Figure, FigureKind
from recoverydesk.domain.span import this_month
from recoverydesk.services import insights, recurrences
from tests.services.looking_back import Past

NOW = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
FIXED = date(2026, 5, 1)
"""Sixty days ago: so many days are looked at before it, too."""


@pytest.fixture
def past(shop):
    return Past(shop)


def fixes(past):
    return recurrences.of_fixes(past.desk, now=NOW)


def behind(past, kind, fix):
    figure = Figure(kind, str(fix.correction_id))
    return insights.cases_behind(past.desk, figure, this_month(TODAY), now=NOW)


def test_cases_of_its_cause_before_and_after_in_thirty_days(past):
    past.case("Old", date(2026, 1, 1), cause="Late")  # too long ago
    before = [past.case("Ada", date(2026, 4, day), cause="Late") for day in (1, 10, 20, 30)]
    before.append(past.case("Ada", FIXED, cause="Late"))  # the day itself is before it
    after = [past.case("Ben", date(2026, 6, 1), cause="Late")]
    past.case("Cem", date(2026, 6, 1), cause="Broken")
    past.fix("Late", FIXED)

    (fix,) = fixes(past)

    # 5 cases in 60 days are 2.5 in 30; 1 in 60 is a half.
    assert (fix.before, fix.before_days, fix.before_rate) == (5, 60, 2.5)
    assert (fix.after, fix.after_days, fix.after_rate) == (1, 60, 0.5)
    assert behind(past, FigureKind.BEFORE_FIX, fix) == before
    assert behind(past, FigureKind.AFTER_FIX, fix) == after


def test_what_happened_before_the_fix_is_no_relapse(past):
    past.case("Eva", date(2026, 3, 3), cause="Late")
    late = past.case("Ada", date(2026, 6, 1), cause="Late", occurred_on=FIXED)
    past.fix("Late", FIXED)

    (fix,) = fixes(past)

    assert (fix.before, fix.after) == (2, 0)
    assert late in behind(past, FigureKind.BEFORE_FIX, fix)
    assert behind(past, FigureKind.AFTER_FIX, fix) == []


def test_before_a_fix_no_longer_than_the_desk_has_known_cases(past):
    past.case("Ada", date(2026, 4, 22), cause="Late")
    past.fix("Late", FIXED)

    (fix,) = fixes(past)

    assert (fix.before, fix.before_days) == (1, 10)


def test_a_fix_of_today_has_no_day_after_it_yet(past):
    past.case("Ada", date(2026, 1, 1), cause="Late")
    past.fix("Late", TODAY)

    (fix,) = fixes(past)

    assert (fix.before_days, fix.after_days, fix.after_rate) == (30, 0, None)
    assert behind(past, FigureKind.AFTER_FIX, fix) == []


def test_a_fix_from_before_the_first_case_has_nothing_before_it(past):
    past.case("Ada", date(2026, 6, 1), cause="Late")
    past.fix("Late", FIXED)

    (fix,) = fixes(past)

    assert (fix.before, fix.before_days, fix.before_rate) == (0, 0, None)
    assert behind(past, FigureKind.BEFORE_FIX, fix) == []


def test_a_fix_on_a_desk_without_cases_has_zeros(past):
    past.fix("Late", FIXED)

    (fix,) = fixes(past)

    assert (fix.before, fix.before_days, fix.after) == (0, 60, 0)


def test_half_a_year_is_looked_at_at_most(past):
    past.case("Ada", date(2024, 1, 1), cause="Late")
    past.fix("Late", TODAY - timedelta(days=400))

    (fix,) = fixes(past)

    assert (fix.before_days, fix.after_days) == (180, 180)


def test_only_fixes_in_place_with_a_cause_the_newest_first(past):
    past.fix("Late", FIXED, what="First")
    past.fix("Late", date(2026, 6, 1), what="Second")
    past.fix("Late", FIXED, what="Dropped", status="dropped")
    past.fix("Late", None, what="Planned", status="planned")
    without = past.fix(None, FIXED, what="Without a cause")

    assert [fix.what for fix in fixes(past)] == ["Second", "First"]
    with past.desk.reading():
        assert recurrences.case_ids(without, now=NOW, after=True) == []
        assert recurrences.case_ids(999, now=NOW, after=True) == []
