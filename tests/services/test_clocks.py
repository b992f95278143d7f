"""Clocks count the shop's open time and nothing else, wherever the shop is."""

import json
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from recoverydesk.domain.case import Severity
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import agendas, cases, shop_changes
from recoverydesk.services.waiting import WAITED
from recoverydesk.storage.tables import Shop as ShopTable
from recoverydesk.topics import Topic

ZONES = {
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Asia/Kolkata": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/St_Johns": (date(2026, 3, 8), date(2026, 11, 1)),
}
"""Where, and the two days on which its clocks are changed; India's never are."""

zones = pytest.mark.parametrize("zone", ZONES)
LUNCH = [["09:00", "13:00"], ["14:00", "18:00"]]


@pytest.fixture
def place(shop):
    """Move the shop: its zone, and hours with a lunch break on every day of the week."""

    def move(zone, spans=LUNCH, closed=()):
        with shop.desk.changing(Topic.SHOP, "Move"):
            ShopTable.update(
                time_zone=zone,
                opening_hours=hours_json(spans),
                closed_days=closed_json(closed),
            ).execute()
        return ZoneInfo(zone)

    return move


def hours_json(spans):
    return json.dumps({str(day): spans for day in range(7)})


def closed_json(days):
    return json.dumps([day.isoformat() for day in days])


def at(zone, day, clock):
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def logged(shop, zone, day, clock, severity=Severity.UPSET):
    shop.now = at(zone, day, clock)
    case_id = shop.case(severity=severity)
    return case_id, shop.view(case_id).first_contact_due_at.astimezone(zone)


@zones
def test_a_promise_over_lunch_leaves_lunch_out(shop, place, zone):
    where = place(zone)
    _case, due = logged(shop, where, date(2026, 6, 2), "11:00")
    assert f"{due:%m-%d %H:%M}" == "06-02 16:00"


@zones
@pytest.mark.parametrize("which", [0, 1])
def test_the_night_the_clocks_change_costs_and_gives_nothing(shop, place, zone, which):
    where = place(zone)
    changed = ZONES[zone][which]
    _case, due = logged(shop, where, changed - timedelta(days=1), "17:00")
    assert (due.date(), f"{due:%H:%M}") == (changed, "12:00")


@zones
@pytest.mark.parametrize("which", [0, 1])
def test_an_open_night_counts_the_hours_that_there_were(shop, place, zone, which):
    where = place(zone, [["00:00", "24:00"]])
    changed = ZONES[zone][which]
    begun = at(where, changed - timedelta(days=1), "23:59")
    _case, due = logged(shop, where, changed - timedelta(days=1), "23:59")
    assert due.astimezone(UTC) - begun == timedelta(hours=4)


@zones
def test_a_holiday_is_no_day(shop, place, zone):
    where = place(zone, closed=[date(2026, 12, 25), date(2026, 12, 26)])
    _case, due = logged(shop, where, date(2026, 12, 24), "17:00")
    assert f"{due:%m-%d %H:%M}" == "12-27 12:00"


@zones
def test_one_minute_to_midnight_counts_from_the_next_morning(shop, place, zone):
    where = place(zone)
    _case, due = logged(shop, where, date(2026, 6, 2), "23:59")
    assert f"{due:%m-%d %H:%M}" == "06-03 13:00"


@zones
def test_the_29th_of_february_is_a_day_like_any_other(shop, place, zone):
    where = place(zone)
    case_id, due = logged(shop, where, date(2028, 2, 28), "17:00")
    assert f"{due:%m-%d %H:%M}" == "02-29 12:00"
    shop.now = at(where, date(2028, 2, 29), "12:30")
    (late,) = agendas.agenda(shop.desk, now=shop.now).late
    assert (late.case_id, late.due_on) == (case_id, date(2028, 2, 29))


@zones
@pytest.mark.parametrize("which", [0, 1])
def test_their_turn_stops_the_clock_even_over_a_change_of_clocks(shop, place, zone, which):
    where = place(zone)
    changed = ZONES[zone][which]
    case_id, _due = logged(shop, where, changed - timedelta(days=1), "15:00")
    shop.now = at(where, changed - timedelta(days=1), "16:00")
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    shop.now = at(where, changed + timedelta(days=1), "23:00")
    assert agendas.agenda(shop.desk, now=shop.now).late == ()
    cases.wait_for_customer(shop.desk, case_id, waiting=False, now=shop.now)
    due = shop.view(case_id).first_contact_due_at.astimezone(where)
    # An hour was used up before: three of the four are left, from the next morning on.
    assert (due.date(), f"{due:%H:%M}") == (changed + timedelta(days=2), "12:00")
    assert not shop.view(case_id).next_step.endswith(WAITED)


@zones
def test_a_clock_set_back_makes_nothing_late_and_breaks_nothing(shop, place, zone):
    where = place(zone)
    case_id, due = logged(shop, where, date(2026, 6, 2), "11:00")
    shop.now -= timedelta(days=365)
    assert agendas.agenda(shop.desk, now=shop.now).late == ()
    cases.apologise(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")
    assert shop.view(case_id).next_due_at is not None
    assert due.tzinfo is where


def test_hours_without_an_open_day_are_refused_before_they_stop_every_clock(shop):
    case_id = shop.case()
    due = shop.view(case_id).first_contact_due_at
    with pytest.raises(InvalidEntryError):
        shop_changes.set_hours(shop.desk, dict.fromkeys(range(7), ""))
    assert shop.view(case_id).first_contact_due_at == due
