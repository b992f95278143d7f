# ruff: noqa: RUF001 - signs that look alike are what this is about
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.opening_hours import LONGEST_BREAK, OpeningHours, day_text, parse_day
from recoverydesk.errors import InvalidEntryError

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_SIX = "09:00-13:00, 14:00-18:00"
USUAL = (*[NINE_TO_SIX] * 5, "09:00-13:00", "")
MONDAY = date(2026, 3, 2)


def hours(*week, closed=(), zone=BERLIN):
    return OpeningHours(
        tuple(parse_day(day) for day in week or USUAL), frozenset(closed), ZoneInfo(str(zone))
    )


def berlin(day, at="09:00", fold=0):
    moment = datetime.combine(day, time.fromisoformat(at), BERLIN).replace(fold=fold)
    return moment.astimezone(UTC)


def refused(make, field="opening_hours") -> str:
    with pytest.raises(InvalidEntryError) as refusal:
        make()
    assert refusal.value.field == field
    return str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        (NINE_TO_SIX, ((time(9), time(13)), (time(14), time(18)))),
        ("9-13; 14-18", ((time(9), time(13)), (time(14), time(18)))),
        ("9.00 – 13.30", ((time(9), time(13, 30)),)),
        ("9am to 5:30pm", ((time(9), time(17, 30)),)),
        ("12am-12pm", ((time(0), time(12)),)),
        ("8h30-12h", None),
        ("9-13 and 14-18", ((time(9), time(13)), (time(14), time(18)))),
        ("18:00-24:00", ((time(18), time(0)),)),
        ("00:00-24:00", ((time(0), time(0)),)),
        ("09:00-23:59", ((time(9), time(23, 59)),)),
        ("09:00-13:00,13:00-18:00", ((time(9), time(13)), (time(13), time(18)))),
        ("", ()),
        (" Closed ", ()),
        ("—", ()),
    ],
)
def test_a_days_hours_are_read_as_people_type_them(typed, spans):
    if spans is None:
        assert "isn't a time of day" in refused(lambda: parse_day(typed))
    else:
        assert parse_day(typed) == spans


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("morning", "“morning” isn't opening hours. Type them like 09:00-13:00"),
        ("9-13,", "“” isn't opening hours"),
        ("9-x", "“x” isn't a time of day"),
        ("25-26", "“25” isn't a time of day"),
        ("9:60-10", "“9:60” isn't a time of day"),
        ("13pm-14pm", "“13pm” isn't a time of day"),
        ("24:00-24:00", "“24:00” isn't a time of day"),
        ("9-24:30", "“24:30” isn't a time of day"),
        ("18-02", "18:00-02:00 closes before it opens"),
        ("9-9", "09:00-09:00 closes before it opens"),
        ("9-14, 13-18", "09:00-14:00 and 13:00-18:00 overlap"),
        ("14-18, 9-13", "14:00-18:00 and 09:00-13:00 overlap or are out of order"),
        ("9-24, 10-11", "09:00-24:00 and 10:00-11:00 overlap"),
    ],
)
def test_hours_that_make_no_sense_are_refused_in_plain_words(typed, message):
    assert message in refused(lambda: parse_day(typed))


def test_a_form_is_told_its_own_field():
    refused(lambda: parse_day("x", field="monday"), field="monday")
    refused(lambda: parse_day("9-8", field="monday"), field="monday")


def test_a_days_hours_are_shown_as_they_are_read():
    for typed in (NINE_TO_SIX, "18:00-24:00", "00:00-24:00", "closed"):
        assert day_text(parse_day(typed)) == typed


def test_hours_are_stored_and_read_again():
    shop = hours(*["09:00-24:00"] * 6, "", closed=[date(2026, 12, 26), date(2026, 12, 25)])
    again = OpeningHours.from_json(shop.week_json(), shop.closed_json(), "Europe/Berlin")
    assert again == shop
    assert hash(again) == hash(shop)
    assert '"0": [["09:00", "24:00"]]' in shop.week_json()
    assert '"6": []' in shop.week_json()
    assert shop.closed_json() == '["2026-12-25", "2026-12-26"]'


@pytest.mark.parametrize(
    ("week", "closed"),
    [
        ("{", "[]"),
        ("[]", "[]"),
        ('{"0": 5}', "[]"),
        ('{"0": [["09:00"]]}', "[]"),
        ('{"0": [["x", "y"]]}', "[]"),
        ('{"0": [["09:00", "18:00"]]}', '["soon"]'),
        ('{"0": [["09:00", "18:00"]]}', "[5]"),
        ('{"0": [["18:00", "09:00"]]}', "[]"),
        ("{}", "[]"),
    ],
)
def test_stored_hours_that_make_no_sense_are_refused(week, closed):
    refused(lambda: OpeningHours.from_json(week, closed, "Europe/Berlin"))


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "../etc/passwd", "", "\x00"])
def test_a_zone_that_is_none_is_refused(zone):
    week = hours().week_json()
    message = refused(lambda: OpeningHours.from_json(week, "[]", zone), field="time_zone")
    assert "Europe/London" in message


def test_a_week_has_seven_days_and_one_of_them_is_open():
    assert "all seven days" in refused(lambda: hours("9-18"))
    assert "On which days are you open" in refused(lambda: hours(*[""] * 7))


def test_open_days_leave_out_weekends_and_holidays():
    shop = hours(closed=[date(2026, 12, 25), date(2026, 12, 26)])
    assert shop.is_open_on(date(2026, 12, 24))
    assert not shop.is_open_on(date(2026, 12, 25))
    assert not shop.is_open_on(date(2026, 12, 27))  # a Sunday
    assert shop.next_open_day(date(2026, 12, 24)) == date(2026, 12, 24)
    assert shop.next_open_day(date(2026, 12, 25)) == date(2026, 12, 28)
    assert shop.add_open_days(date(2026, 12, 23), 1) == date(2026, 12, 24)
    assert shop.add_open_days(date(2026, 12, 23), 2) == date(2026, 12, 28)
    assert shop.add_open_days(date(2026, 12, 25), 0) == date(2026, 12, 28)
    assert shop.add_open_days(date(2026, 12, 27), 1) == date(2026, 12, 28)


def test_the_29th_of_february_is_a_day_like_any_other():
    shop = hours(*[NINE_TO_SIX] * 7)
    assert shop.add_open_days(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert shop.add_open_days(date(2028, 2, 29), 1) == date(2028, 3, 1)
    assert shop.add_open_time(berlin(date(2028, 2, 28), "17:00"), timedelta(hours=2)) == berlin(
        date(2028, 2, 29), "10:00"
    )


def test_time_is_never_counted_backward():
    with pytest.raises(ValueError, match="forward"):
        hours().add_open_days(MONDAY, -1)
    with pytest.raises(ValueError, match="forward"):
        hours().add_open_time(berlin(MONDAY), timedelta(seconds=-1))


@pytest.mark.parametrize(
    ("begins", "duration", "ends"),
    [
        ("09:00", 4, (0, "13:00")),
        ("09:00", 5, (0, "15:00")),
        ("14:00", 4, (0, "18:00")),
        ("14:00", 5, (1, "10:00")),
        ("07:00", 1, (0, "10:00")),
        ("13:30", 1, (0, "15:00")),
        ("23:59", 1, (1, "10:00")),
        ("18:00", 0, (1, "09:00")),
        ("10:00", 0, (0, "10:00")),
        ("07:00", 0, (0, "09:00")),
        ("09:00", 44, (5, "13:00")),
        ("09:00", 45, (7, "10:00")),
    ],
)
def test_only_opening_hours_pass(begins, duration, ends):
    ahead, at = ends
    reached = hours().add_open_time(berlin(MONDAY, begins), timedelta(hours=duration))
    assert reached == berlin(MONDAY + timedelta(days=ahead), at)
    assert reached.tzinfo is UTC


def test_holidays_do_not_pass():
    shop = hours(closed=[MONDAY + timedelta(days=1)])
    reached = shop.add_open_time(berlin(MONDAY, "17:00"), timedelta(hours=2))
    assert reached == berlin(MONDAY + timedelta(days=2), "10:00")


def test_a_shop_open_all_day_counts_the_real_hours_when_the_clocks_change():
    shop = hours(*["00:00-24:00"] * 7)
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    for day, length in ((spring, 23), (autumn, 25), (MONDAY, 24)):
        assert shop.closes_at(day) - shop.opens_at(day) == timedelta(hours=length)
    assert shop.add_open_time(berlin(spring, "00:00"), timedelta(hours=3)) == berlin(
        spring, "04:00"
    )
    assert shop.add_open_time(berlin(autumn, "00:00"), timedelta(hours=4)) == berlin(
        autumn, "03:00"
    )


def test_nine_to_six_is_nine_to_six_on_both_sides_of_the_change():
    shop = hours(*[NINE_TO_SIX] * 7)
    saturday = date(2026, 3, 28)
    assert shop.add_open_time(berlin(saturday, "17:00"), timedelta(hours=2)) == berlin(
        saturday + timedelta(days=1), "10:00"
    )
    assert shop.open_time_between(
        berlin(saturday, "00:00"), berlin(saturday + timedelta(days=2), "00:00")
    ) == timedelta(hours=16)


def test_an_hour_that_the_clock_jumps_over_is_taken_for_the_next():
    shop = hours()
    assert shop.at(date(2026, 3, 29), time(2, 30)) == berlin(date(2026, 3, 29), "03:30")
    assert shop.at(date(2026, 10, 25), time(2, 30)) == berlin(date(2026, 10, 25), "02:30", fold=0)
    assert shop.at(date(2026, 10, 25), time(2, 30, fold=1)) == berlin(
        date(2026, 10, 25), "02:30", fold=0
    )


def test_a_span_swallowed_by_the_change_has_no_length():
    shop = hours(*["02:30-03:15"] * 7)
    day = date(2026, 3, 29)
    assert shop.closes_at(day) == shop.opens_at(day)
    assert shop.open_time_between(berlin(day, "00:00"), berlin(day, "23:00")) == timedelta(0)


def test_a_break_of_more_than_a_year_falls_back_to_the_calendar():
    closed = [MONDAY + timedelta(days=ahead) for ahead in range(LONGEST_BREAK + 50)]
    shop = hours(closed=closed)
    assert shop.next_open_day(MONDAY) == MONDAY
    assert shop.add_open_days(MONDAY, 3) == MONDAY + timedelta(days=3)
    assert shop.add_open_time(berlin(MONDAY), timedelta(hours=3)) == berlin(MONDAY, "12:00")


def test_what_was_left_when_the_long_break_began_passes_on_the_calendar():
    closed = [MONDAY + timedelta(days=ahead) for ahead in range(1, LONGEST_BREAK + 50)]
    reached = hours(closed=closed).add_open_time(berlin(MONDAY, "17:00"), timedelta(hours=3))
    assert reached == berlin(MONDAY, "20:00")


def test_open_time_leaves_out_nights_breaks_and_sundays():
    shop = hours()
    assert shop.open_time_between(berlin(MONDAY, "09:30"), berlin(MONDAY, "15:00")) == timedelta(
        hours=4, minutes=30
    )
    assert shop.open_time_between(
        berlin(MONDAY, "17:00"), berlin(MONDAY + timedelta(days=7), "10:00")
    ) == timedelta(hours=1 + 4 * 8 + 4 + 1)
    assert shop.open_time_between(berlin(MONDAY, "19:00"), berlin(MONDAY, "23:59")) == timedelta(0)
    assert shop.open_time_between(berlin(MONDAY, "15:00"), berlin(MONDAY, "09:00")) == timedelta(0)


def test_opening_and_closing_of_a_day():
    shop = hours(*["09:00-24:00"] * 6, "")
    assert shop.opens_at(MONDAY) == berlin(MONDAY, "09:00")
    assert shop.closes_at(MONDAY) == berlin(MONDAY + timedelta(days=1), "00:00")
    sunday = MONDAY - timedelta(days=1)
    assert shop.opens_at(sunday) is None
    assert shop.closes_at(sunday) is None


def test_the_day_is_the_shops_own():
    assert hours().day_of(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)) == MONDAY
    assert hours(zone="America/New_York").day_of(datetime(2026, 3, 2, 3, tzinfo=UTC)) == date(
        2026, 3, 1
    )


STAMPS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]


@given(STAMPS, st.integers(0, 100 * 60), st.sampled_from(ZONES))
def test_what_is_added_is_what_lies_between(stamp, minutes, zone):
    shop = hours(closed=[date(2026, 12, 25), date(2028, 2, 29)], zone=zone)
    duration = timedelta(minutes=minutes)
    reached = shop.add_open_time(stamp, duration)
    assert reached >= stamp
    assert shop.open_time_between(stamp, reached) == duration
    assert shop.is_open_on(shop.day_of(reached))


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.integers(0, 60), st.integers(0, 60))
def test_open_days_add_up(day, first, then):
    shop = hours(closed=[date(2026, 12, 25)])
    start = shop.next_open_day(day)
    assert shop.add_open_days(shop.add_open_days(start, first), then) == shop.add_open_days(
        start, first + then
    )
    assert shop.is_open_on(shop.add_open_days(day, first))
