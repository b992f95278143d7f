"""The window that the benchmarks start and go through, on a small desk."""

import json

import pytest

from tests.benchmarks import desks, processes


@pytest.fixture
def opened(tmp_path):
    """Run the window on a small desk, to the end that a word names."""
    desk = str(desks.make(tmp_path / "small.desk", 20))
    return lambda word: json.loads(processes.run(("window", word, desk), tmp_path)[1])


def test_the_first_paint_is_today_and_waits_for_no_slow_library(opened):
    seen = opened("look")

    assert (seen["page"], seen["loaded"]) == ("today", [])


def test_every_page_and_a_case_can_be_gone_through(opened):
    seen = opened("visit")

    pages = ["today", "cases", "customers", "remedies", "learn", "settings", "case"]
    assert sorted(seen["opened"]) == sorted(pages)
    assert {len(times) for times in seen["opened"].values()} == {7}


def test_both_ways_to_draw_a_hundred_letters_end(tmp_path):
    for way in ("ours", "bare"):
        assert processes.run(("letters", way), tmp_path)[0] > 0
