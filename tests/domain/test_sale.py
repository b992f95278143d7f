"""A line of the till's file: its day, its amount, its columns."""

from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain import sales_columns
from recoverydesk.domain.sale import (
    covers_a_year,
    decimal_mark,
    read_amount,
    read_day,
    sale_key,
    usual_gap,
)
from recoverydesk.domain.sales_columns import DayOrder, SalesColumns, day_order, guess
from recoverydesk.errors import InvalidEntryError

TODAY = date(2026, 3, 2)
MONTH_FIRST, DAY_FIRST = DayOrder.MONTH_FIRST, DayOrder.DAY_FIRST


@pytest.mark.parametrize(
    ("cell", "order"),
    [
        ("2026-02-03", None),
        ("20260203", None),
        ("2026/2/3 14:05", None),
        ("2026-02-03T23:30:00", None),
        ("3.2.2026", DAY_FIRST),
        ("03.02.26", DAY_FIRST),
        ("02/03/2026 10:11", MONTH_FIRST),
        ("3-2-26", DAY_FIRST),
        ("3 Feb 2026", None),
        ("3. Februar 2026", None),
        ("Feb 3, 2026", None),
    ],
)
def test_a_day_is_read_however_it_is_written(cell, order):
    assert read_day(cell, order=order, today=TODAY) == date(2026, 2, 3)


def test_a_stamp_with_its_own_offset_is_the_shops_day():
    zone = ZoneInfo("Europe/Berlin")

    assert read_day("2026-02-03T23:30:00Z", order=None, today=TODAY, zone=zone) == date(2026, 2, 4)


@pytest.mark.parametrize(
    "cell", ["", "x", "31.02.2026", "3 Foo 2026", "2026-13-01", "1.1.1999", "3.3.2026", "12345"]
)
def test_what_is_no_day_of_a_sale_is_told(cell):
    with pytest.raises(InvalidEntryError):
        read_day(cell, order=DAY_FIRST, today=TODAY)


@pytest.mark.parametrize(
    ("cell", "mark", "cents"),
    [
        ("12.50", ".", 1250),
        ("12,50", ",", 1250),
        ("12", "", 1200),
        ("12,5", ",", 1250),
        ("1.234,50", ",", 123450),
        ("1,234.50", ".", 123450),
        ("1,234", ".", 123400),
        ("-12.50", ".", -1250),
        ("12.50-", ".", -1250),
        ("(12.50)", ".", -1250),
        ("-£12.50", ".", -1250),
        ("£-12.50", ".", -1250),
        ("12.50- £", ".", -1250),
        ("\u221212,50 GBP", ",", -1250),
        ("12.5000", ".", 1250),
        ("12.00000", "", 1200),
        ("0", "", 0),
    ],
)
def test_an_amount_is_read_however_it_is_written(cell, mark, cents):
    assert read_amount(cell, mark=mark, currency="GBP", locale="en_GB") == cents


def test_a_currency_without_cents_has_none():
    assert read_amount("1,234.0000", mark=".", currency="JPY", locale="ja") == 1234


@pytest.mark.parametrize("cell", ["", "abc", "USD 3", "1.2.3", "12.3456", "9" * 10, "9" * 11])
def test_what_is_no_amount_here_is_told(cell):
    with pytest.raises(InvalidEntryError):
        read_amount(cell, mark=".", currency="GBP", locale="en_GB")


@given(st.text(max_size=40))
def test_nothing_in_a_cell_breaks_the_reading(cell):
    with suppress(InvalidEntryError):
        day = read_day(cell, order=DAY_FIRST, today=TODAY, zone=ZoneInfo("Europe/London"))
        assert day <= TODAY
    with suppress(InvalidEntryError):
        assert isinstance(read_amount(cell, mark=",", currency="EUR", locale="de"), int)


@pytest.mark.parametrize(
    ("cells", "mark"),
    [(["1,50", "2,25 €"], ","), (["1.50", "2,000.25"], "."), (["1", "2"], ""), ([], "")],
)
def test_a_column_tells_what_stands_before_its_cents(cells, mark):
    assert decimal_mark(cells) == mark


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["31/12/2025", "01/02/2026"], DAY_FIRST),
        (["12/31/2025", "01/02/2026"], MONTH_FIRST),
        (["01/02/2026"], None),
        (["01.02.2026"], DAY_FIRST),
        (["2026-01-02"], DAY_FIRST),
        (["31/12/2025", "12/31/2025"], MONTH_FIRST),
    ],
)
def test_a_column_tells_its_order_of_days(cells, order):
    assert day_order(cells) is order


def test_columns_are_found_by_what_stands_in_them():
    rows = [["31/12/2025", "+44 7700 900123", "2.50", "ada@example.com", "Ada Obi"]]

    assert guess([], rows) == SalesColumns(
        day=0, phone=1, amount=2, email=3, name=4, order=DAY_FIRST
    )


def test_a_heading_that_lies_is_not_believed():
    rows = [["hello there", "2026-01-02"], ["you too", "2026-01-03"]]

    assert guess(["Date", "Sold"], rows).day == 1


def test_tax_and_customer_numbers_are_not_taken_for_the_amount_or_the_name():
    headings = ["Date", "VAT amount", "Net", "Total", "Customer ID", "First name", "Surname"]
    rows = [["2026-01-02", "0.5", "2", "2.5", "17", "Ada", "Obi"]]

    found = guess(headings, rows)

    assert (found.amount, found.first_name, found.name) == (3, 5, 6)


@pytest.mark.parametrize(
    "remembered",
    [None, [], {}, {"headings": {}}, {"headings": {"evil": "Day"}}, {"headings": {"day": "Gone"}}],
)
def test_columns_that_are_not_in_this_file_are_not_remembered(remembered):
    assert sales_columns.from_json(remembered, ["Day"]) is None


def test_columns_come_back_as_they_were_remembered():
    columns = SalesColumns(day=1, amount=0, order=MONTH_FIRST)

    kept = sales_columns.as_json(columns, ["a", "b"])

    assert sales_columns.from_json(kept, ["a", "b"]) == columns
    assert sales_columns.from_json({"headings": {"day": "a"}, "order": "x"}, ["a"]).order is None


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["My shop"], ["Date", "Total"], ["2026-01-02", "2"]], 1),
        ([["2026-01-02", "2"]], None),
        ([["My shop"], ["2026-01-02", "2"]], None),
        ([["Date", "Total"], ["?", "1"], ["2026-01-02", "2"]], 0),
        ([["Day", "x"], ["Date", "Total"], ["2026-01-02", "2"]], 1),
        ([["a", "b"], ["c", "d"]], 0),
        ([["a"]], None),
    ],
)
def test_the_headings_stand_above_the_first_sale(rows, place):
    assert sales_columns.heading_row(rows) == place


def test_a_sale_is_told_from_every_other():
    keys = {
        sale_key(TODAY, "+447700900123", 200, nth=0),
        sale_key(TODAY, "+447700900123", 200, nth=1),
        sale_key(TODAY, "+447700900124", 200, nth=0),
        sale_key(TODAY, "+447700900123", 201, nth=0),
        sale_key(date(2026, 3, 1), "+447700900123", 200, nth=0),
    }
    assert len(keys) == 5


def test_a_year_is_covered_from_its_first_weeks_to_lately():
    assert covers_a_year(date(2025, 3, 1), date(2026, 3, 1), TODAY)
    assert not covers_a_year(date(2025, 6, 1), date(2026, 3, 1), TODAY)
    assert not covers_a_year(date(2024, 3, 1), date(2025, 3, 1), TODAY)


def test_the_usual_gap_is_the_middle_one():
    days = [date(2026, 1, day) for day in (1, 8, 15, 22)]

    assert usual_gap([*days, days[0], date(2026, 3, 1)]) == 7
    assert usual_gap(days[:3]) is None
    assert usual_gap([date(2026, 1, day) for day in (1, 2, 3, 4)]) == 3
