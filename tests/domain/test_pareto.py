"""The few causes behind most cases."""

from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.band import Band, percent
from recoverydesk.domain.pareto import Measure, ranked
from recoverydesk.records import record


@record
class One:
    cause_id: int | None
    name: str
    cases: int

    def value(self, _measure):
        return self.cases


def bars(*cases):
    return [One(place + 1, f"cause {place}", count) for place, count in enumerate(cases)]


def few(*cases):
    return [one.value for one in ranked(bars(*cases), Measure.COUNT) if one.few]


def test_the_few_end_with_the_bar_that_reaches_four_fifths():
    assert few(50, 30, 20) == [50, 30]  # exactly 80: no more are needed
    assert few(50, 29, 21) == [50, 29, 21]
    assert few(7) == [7]
    assert few() == []


def test_equal_bars_stand_by_name():
    found = ranked([One(1, "b", 2), One(2, "A", 2)], Measure.COUNT)

    assert [one.place for one in found] == [1, 0]


def test_what_is_not_known_yet_stands_last_and_is_none_of_the_few():
    found = ranked([One(None, "", 90), One(1, "a", 10), One(2, "b", 0)], Measure.COUNT)

    assert [(one.place, one.value, one.running, one.few) for one in found] == [
        (1, 10, 10, True),
        (0, 90, 0, False),
    ]
    assert [one.total for one in found] == [10, 10]
    assert [one.running_percent for one in found] == [100, 0]


def test_nothing_known_at_all_has_no_share():
    (found,) = ranked([One(None, "", 3)], Measure.COUNT)

    assert (found.total, found.running_percent) == (0, 0)


@given(st.lists(st.integers(0, 10**12), max_size=30))
def test_running_sums_rise_to_the_total_and_the_few_are_enough(cases):
    found = ranked(bars(*cases), Measure.COUNT)
    kept = [one for one in found if one.few]

    assert sum(one.value for one in found) == sum(cases)
    assert [one.value for one in found] == sorted((one for one in cases if one), reverse=True)
    if found:
        assert (found[-1].running, found[-1].running_percent) == (sum(cases), 100)
        assert 100 * kept[-1].running >= 80 * sum(cases)
        assert 100 * (kept[-1].running - kept[-1].value) < 80 * sum(cases)


def test_small_numbers_are_told_in_words():
    assert percent(3, 4) is None
    assert Band("", n=9, returned=9).percent is None
    assert Band("", n=10, returned=5).percent == 50
    assert percent(1, 200) == 1  # a half is rounded up
    assert (Band("", n=4).grey, Band("", n=5).grey) == (True, False)
