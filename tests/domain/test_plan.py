from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from recoverydesk.domain.follow_up import Anchor, Unit
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import (
    Planned,
    add_months,
    due_of,
    first_undated,
    next_step,
    provisional,
    reason_of,
)

LONDON = ZoneInfo("Europe/London")
DAY = ((time(9), time(17, 30)),)
HOURS = OpeningHours((DAY, DAY, DAY, DAY, DAY, DAY, ()), frozenset({date(2026, 4, 3)}), LONDON)
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def due(offset, unit, *, anchor_at=MONDAY, timed=False, hours=HOURS):
    return due_of(anchor_at, offset, unit, timed=timed, hours=hours)


def planned(follow_up_id, due_at, *, position=1):
    return Planned(follow_up_id, f"Step {follow_up_id}", due_at, timed=False, position=position)


def test_a_step_has_no_date_until_its_event_happens():
    assert due(3, Unit.DAYS, anchor_at=None) is None


@pytest.mark.parametrize(
    ("offset", "unit", "on"),
    [
        (0, Unit.OPEN_DAYS, date(2026, 3, 2)),
        (5, Unit.OPEN_DAYS, date(2026, 3, 7)),
        (6, Unit.OPEN_DAYS, date(2026, 3, 9)),
        (4, Unit.DAYS, date(2026, 3, 6)),
        (6, Unit.DAYS, date(2026, 3, 9)),
        (1, Unit.WEEKS, date(2026, 3, 9)),
        (1, Unit.MONTHS, date(2026, 4, 2)),
        (4, Unit.OPEN_HOURS, date(2026, 3, 2)),
        (12, Unit.OPEN_HOURS, date(2026, 3, 3)),
    ],
)
def test_a_step_falls_on_an_opening_day(offset, unit, on):
    assert due(offset, unit).on == on


def test_a_holiday_is_passed_over():
    assert due(1, Unit.OPEN_DAYS, anchor_at=datetime(2026, 4, 2, 9, tzinfo=UTC)).on == date(
        2026, 4, 4
    )


def test_an_untimed_step_has_the_whole_of_its_day():
    assert due(1, Unit.DAYS).at == datetime(2026, 3, 3, 23, 59, tzinfo=UTC)
    assert due(4, Unit.OPEN_HOURS).at == datetime(2026, 3, 2, 23, 59, tzinfo=UTC)


def test_a_timed_step_counts_opening_hours_alone():
    late = datetime(2026, 3, 7, 16, 30, tzinfo=UTC)  # Saturday, an hour before closing

    assert due(4, Unit.OPEN_HOURS, anchor_at=late, timed=True).at == datetime(
        2026, 3, 9, 12, 0, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("said_at", "hour"), [("08:15", 9), ("12:30", 12.5), ("23:59", 17.5)], ids=str
)
def test_a_timed_step_keeps_its_hour_within_opening_hours(said_at, hour):
    said = datetime.combine(date(2026, 3, 2), time.fromisoformat(said_at), UTC)

    found = due(1, Unit.OPEN_DAYS, anchor_at=said, timed=True)

    assert (found.at.hour + found.at.minute / 60, found.on) == (hour, date(2026, 3, 3))


def test_a_timed_step_keeps_the_wall_clock_over_the_change_to_summer_time():
    saturday = datetime(2026, 3, 28, 11, 0, tzinfo=UTC)  # the clock jumps that night

    assert due(1, Unit.OPEN_DAYS, anchor_at=saturday, timed=True).at == datetime(
        2026, 3, 30, 10, 0, tzinfo=UTC
    )


def test_a_timed_step_keeps_its_hour_where_the_shop_never_opens_again():
    closed = frozenset(date.fromordinal(MONDAY.toordinal() + n) for n in range(-2, 900))
    shut = OpeningHours(HOURS.week, closed, LONDON)

    assert due(2, Unit.DAYS, timed=True, hours=shut).at == datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 11, 22), 14, date(2028, 1, 22)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_end_on_a_day_that_exists(day, months, later):
    assert add_months(day, months) == later


def test_a_step_that_waits_is_looked_at_again_after_seven_opening_days():
    assert provisional(date(2026, 3, 2), HOURS).on == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("anchor", "offset", "unit", "words"),
    [
        (Anchor.OPENED, 4, Unit.OPEN_HOURS, "4 opening hours since it was logged"),
        (Anchor.RESOLVED, 1, Unit.WEEKS, "1 week since it was resolved"),
        (Anchor.FIXED, 0, Unit.DAYS, "on the day you chose"),
        (Anchor.NEXT_VISIT, 0, Unit.DAYS, "at their next purchase"),
    ],
)
def test_a_reason_says_why_it_falls_due_then(anchor, offset, unit, words):
    assert reason_of(anchor, offset, unit) == words


@pytest.mark.parametrize("anchor", list(Anchor))
@pytest.mark.parametrize("unit", list(Unit))
def test_there_are_words_for_every_reason(anchor, unit):
    assert "{" not in reason_of(anchor, 2, unit)


def test_the_next_step_is_the_first_to_fall_due_whatever_its_place():
    tuesday = MONDAY.replace(day=3)
    steps = [planned(1, None), planned(2, tuesday), planned(3, MONDAY, position=9)]

    assert next_step(steps) == steps[2]


def test_of_two_due_at_once_the_one_earlier_in_the_plan_is_next():
    assert next_step([planned(1, MONDAY, position=2), planned(2, MONDAY)]).follow_up_id == 2


def test_without_dates_there_is_no_next_step_but_a_first_one_that_waits():
    steps = [planned(4, None, position=3), planned(5, None, position=2)]

    assert next_step(steps) is None
    assert first_undated(steps) == steps[1]
    assert first_undated([planned(1, MONDAY)]) is None
