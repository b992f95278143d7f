"""Times to look back on, and the ones before them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.span import (
    Month,
    Span,
    SpanName,
    months,
    of_month,
    this_month,
    this_year,
)
from recoverydesk.errors import InvalidEntryError

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def test_both_ends_belong_to_it():
    span = Span(date(2026, 11, 1), date(2026, 11, 23))

    assert span.days == 23
    assert date(2026, 11, 1) in span
    assert date(2026, 11, 23) in span
    assert date(2026, 11, 24) not in span


def test_its_ends_stand_the_right_way_round():
    with pytest.raises(InvalidEntryError) as caught:
        Span(date(2026, 11, 2), date(2026, 11, 1))
    assert caught.value.field == "last"


def test_three_months_are_the_one_that_runs_and_two_before():
    assert months(3, TODAY) == Span(date(2026, 9, 1), TODAY)
    assert months(12, TODAY).first == date(2025, 12, 1)
    assert this_month(TODAY) == Span(date(2026, 11, 1), TODAY)
    assert this_year(TODAY) == Span(date(2026, 1, 1), TODAY)


def test_no_months_are_no_time():
    with pytest.raises(ValueError, match="one month"):
        months(0, TODAY)


def test_the_usual_ones_have_names():
    assert this_month(TODAY).name(TODAY) is SpanName.THIS_MONTH
    assert months(3, TODAY).name(TODAY) is SpanName.MONTHS_3
    assert months(12, TODAY).name(TODAY) is SpanName.MONTHS_12
    assert this_year(TODAY).name(TODAY) is SpanName.THIS_YEAR
    assert of_month(Month(2026, 10)).name(TODAY) is SpanName.MONTH
    assert Span(date(2026, 10, 2), TODAY).name(TODAY) is SpanName.OWN


@pytest.mark.parametrize(
    ("span", "before"),
    [
        (of_month(Month(2026, 3)), of_month(Month(2026, 2))),
        (Span(date(2026, 3, 1), date(2026, 3, 10)), Span(date(2026, 2, 1), date(2026, 2, 10))),
        # The 31st has none in February: its last day is the most there is.
        (Span(date(2026, 3, 1), date(2026, 3, 30)), Span(date(2026, 2, 1), date(2026, 2, 28))),
        (months(3, date(2026, 11, 30)), Span(date(2026, 6, 1), date(2026, 8, 31))),
        (Span(date(2026, 3, 5), date(2026, 3, 8)), Span(date(2026, 3, 1), date(2026, 3, 4))),
    ],
)
def test_the_time_before_it_is_as_long(span, before):
    assert span.previous() == before


@given(DAYS, DAYS)
def test_the_time_before_ends_before_it_begins_and_its_months_cover_it(one, other):
    span = Span(min(one, other), max(one, other))

    assert span.previous().last < span.first
    parts = [span.part_of(month) for month in span.months()]
    assert sum(part.days for part in parts) == span.days
    assert (parts[0].first, parts[-1].last) == (span.first, span.last)


def test_a_month_is_found_again_by_its_key():
    assert Month.read(Month(2026, 2).key) == Month(2026, 2)
