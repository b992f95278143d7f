"""What counts as a second failure, and how much more upset somebody is then."""

from datetime import date, timedelta

import pytest

from recoverydesk.domain.case import Severity
from recoverydesk.domain.second_failure import ALARM_DAYS, is_second, raised, span_words

DAY = date(2026, 3, 2)


def test_severity_is_raised_one_step_and_stays_at_the_top():
    assert [raised(severity) for severity in Severity] == [
        Severity.UPSET,
        Severity.ABOUT_TO_LEAVE,
        Severity.ABOUT_TO_LEAVE,
    ]


def test_within_180_days_it_is_a_second_failure_after_that_it_is_a_new_one():
    assert is_second(DAY, DAY)
    assert is_second(DAY, DAY + timedelta(days=ALARM_DAYS - 1))
    assert not is_second(DAY, DAY + timedelta(days=ALARM_DAYS))


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "the same day"), (1, "1 day"), (13, "13 days"), (14, "2 weeks"), (59, "8 weeks"),
     (60, "2 months"), (179, "5 months")],
)  # fmt: skip
def test_how_long_ago_is_said_as_people_say_it(days, words):
    assert span_words(DAY, DAY + timedelta(days=days)) == words
