import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from recoverydesk.domain.days import (
    Due,
    Tone,
    clock,
    day_long,
    day_plain,
    day_short,
    day_words,
    due_words,
    month_name,
    short_words,
    waited_words,
)

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 10, 14)  # a Wednesday, in summer time
NOON = datetime(2026, 10, 14, 11, tzinfo=UTC)


def due(day=TODAY, at=None):
    stamp = None if at is None else datetime(2026, 10, 14, *at, tzinfo=LONDON).astimezone(UTC)
    return due_words(
        due_on=day,
        due_at=stamp,
        timed=at is not None,
        today=TODAY,
        now=NOON,
        zone=LONDON,
    )


def test_a_day_gone_by_says_how_late_it_is():
    assert due(TODAY - timedelta(days=1)) == Due("1 day late", Tone.LATE)
    assert due(TODAY - timedelta(days=2)) == Due("2 days late", Tone.LATE)


def test_a_time_gone_by_says_when_it_was():
    assert due(at=(9, 0)) == Due("Was due 09:00", Tone.LATE)


def test_the_very_minute_is_not_late_yet():
    assert due(at=(12, 0)) == Due("By 12:00", Tone.NOW)


def test_a_time_soon_asks_for_attention_and_a_later_one_does_not():
    assert due(at=(13, 30)) == Due("By 13:30", Tone.NOW)
    assert due(at=(14, 0)) == Due("By 14:00", Tone.NOW)
    assert due(at=(14, 1)) == Due("14:01", Tone.PLAIN)


def test_a_day_without_a_time_is_good_for_all_of_it():
    assert due() == Due("Today", Tone.PLAIN)
    for stamp, timed in ((NOON - timedelta(hours=3), False), (None, True)):
        assert due_words(TODAY, stamp, timed, TODAY, NOON, LONDON).words == "Today"


def test_days_to_come_have_their_names():
    assert due(TODAY + timedelta(days=1)) == Due("Tomorrow", Tone.PLAIN)
    assert due(TODAY + timedelta(days=2)) == Due("Fri 16 Oct", Tone.PLAIN)
    assert due(date(2027, 1, 4)) == Due("Mon 4 Jan 2027", Tone.PLAIN)


def test_english_days_do_not_depend_on_the_computer():
    assert day_words(date(2026, 3, 2)) == "2 March 2026"
    assert short_words(date(2028, 2, 29), date(2028, 1, 1)) == "Tue 29 Feb"


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        (timedelta(0), "0 min"),
        (timedelta(minutes=-5), "0 min"),
        (timedelta(minutes=38, seconds=59), "38 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h 00 min"),
        (timedelta(hours=3, minutes=5), "3 h 05 min"),
        (timedelta(hours=23, minutes=59), "23 h 59 min"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=6, hours=23), "6 days"),
    ],
)
def test_a_wait_is_told_in_a_few_words(waited, words):
    assert waited_words(waited) == words


def test_paper_has_days_as_the_locale_writes_them():
    assert day_long(TODAY, "en_GB") == "Wednesday 14 October 2026"
    assert day_long(TODAY, "en_US") == "Wednesday, October 14, 2026"
    assert day_long(TODAY, "de") == "Mittwoch, 14. Oktober 2026"
    assert day_long(TODAY, "fr") == "mercredi 14 octobre 2026"
    assert day_plain(TODAY, "en_GB") == "14 October 2026"
    assert day_plain(TODAY, "de-DE") == "14. Oktober 2026"
    assert day_plain(TODAY, "xx_nowhere") == "October 14, 2026"
    assert day_short(date(2026, 10, 15), "en_GB") == "Thu 15 Oct"
    assert day_short(date(2026, 10, 15), "de") == "Do., 15. Okt."


def test_a_clock_shows_the_shops_time():
    stamp = datetime(2026, 10, 14, 15, tzinfo=UTC)
    assert clock(stamp, LONDON, "en_GB") == "16:00"
    assert clock(stamp, LONDON, "en_US") == "4:00\u00a0PM"
    assert clock(stamp, ZoneInfo("Asia/Kolkata"), "de") == "20:30"


def test_months_have_names():
    assert month_name(10) == "October"
    assert month_name(2, "en_GB") == "February"
    assert month_name(3, "de") == "März"


def test_the_screens_words_need_no_babel():
    script = (
        "import sys; from datetime import *; from zoneinfo import ZoneInfo;"
        "from recoverydesk.domain import days;"
        "days.due_words(date(2026, 1, 1), None, False, date(2026, 1, 2), datetime.now(UTC),"
        " ZoneInfo('UTC')); days.month_name(1); days.waited_words(timedelta(1));"
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
