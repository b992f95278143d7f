"""Learn in figures: bars by key and mouse, words below ten, every number opens its cases."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from recoverydesk.domain.figure import Figure, FigureKind
from recoverydesk.domain.span import Span, months, this_month
from recoverydesk.services import causes, corrections, feedbacks, insights, visits
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.feedbacks import FeedbackEntry
from ui.actions import Command
from ui.pages.learn import LearnPage
from ui.pages.learn.span import SpanDialog
from ui.widgets.charts import BandRow
from ui.widgets.link_rows import LinkRow
from ui.widgets.page import Do, ShowCases
from ui.widgets.text import Text


@pytest.fixture
def page(session, shown):
    made = LearnPage(session)
    made.wishes = []
    made.wished.connect(made.wishes.append)
    return shown(made, 1100, 900)


def said(widget):
    QApplication.processEvents()
    return [one.text() for one in widget.findChildren(Text) if one.isVisibleTo(widget)]


def cause(shop, name, cases):
    made = causes.add(shop.desk, name)
    for number in range(cases):
        shop.case(name=f"{name} {number}", cause_id=made)
    return made


@pytest.fixture
def three(shop):
    """Three causes of five, two and one case, and one case whose cause isn't known."""
    made = [cause(shop, "Late", 5), cause(shop, "Leaks", 2), cause(shop, "Rude", 1)]
    shop.case(name="Nobody knows")
    return made


def press(chart, key):
    QTest.keyClick(chart, key)


@pytest.mark.usefixtures("three")
def test_bars_stand_by_size_and_those_not_yet_known_apart(page):
    names = [mark.name for mark in page.pareto.pareto.marks()]
    assert names == ["Late", "Leaks", "Rude", "Not yet known"]
    assert page.pareto.pareto.marks()[0].words == "5 cases, 62 % with those before"
    assert page.pareto.pareto.marks()[3].words == "1 case"
    assert "Two causes make up 7 of 8" in said(page)


def test_the_keys_go_from_bar_to_bar_and_enter_opens_its_cases(three, page):
    chart = page.pareto.pareto
    chart.setFocus()
    assert chart.accessibleDescription().startswith("Late: 5 cases")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return):
        press(chart, key)
    (wish,) = page.wishes
    assert isinstance(wish, ShowCases)
    assert (wish.figure, wish.span) == (
        Figure(FigureKind.CAUSE, str(three[1])),
        page.shown_span(),
    )
    assert wish.words == "Leaks, the last 3 months"
    press(chart, Qt.Key.Key_End)
    assert chart.accessibleDescription().startswith("Not yet known")
    press(chart, Qt.Key.Key_Home)
    assert chart.accessibleDescription().startswith("Late")


def test_a_bar_opens_with_a_click_however_low_it_is(three, page):
    chart = page.pareto.pareto
    place = chart.place_of(str(three[2]))
    at = QPoint(round(place.center().x()), round(place.top()) + 4)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
    assert page.wishes[0].figure == Figure(FigureKind.CAUSE, str(three[2]))
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert len(page.wishes) == 1


def test_the_list_beside_a_chart_says_the_same(three, page):
    page.pareto.as_list.click()
    QApplication.processEvents()
    assert not page.pareto.pareto.isVisible()
    lines = [one for one in page.pareto.findChildren(LinkRow) if one.isVisible()]
    told = [(one.accessibleName(), one.accessibleDescription()) for one in lines]
    assert told == [(mark.name, mark.words) for mark in page.pareto.pareto.marks()]
    lines[0].click()
    assert page.wishes[0].figure == Figure(FigureKind.CAUSE, str(three[0]))


def test_more_causes_than_fit_are_added_up_as_the_rest(shop, page):
    for place in range(10):
        cause(shop, f"Cause {place}", 1)
    names = [mark.name for mark in page.pareto.pareto.marks()]
    assert len(names) == 8
    assert names[-1] == "3 more"
    press_all = page.pareto.pareto
    press_all.opened.emit("rest")
    assert page.wishes == []


@pytest.mark.usefixtures("three")
def test_the_charts_hold_as_many_cases_as_the_list(shop, page, session):
    found = insights.read(session.desk, page.shown_span(), now=shop.now)
    drawn = page.pareto.pareto._value.bars
    assert sum(bar.value for bar in drawn) == found.cases == 9
    assert sum(one.value for one in page.trend.trend._value.months) == 9
    behind = [
        insights.cases_behind(session.desk, figure, found.span, now=shop.now)
        for figure, _name in page.pareto._figures.values()
    ]
    assert sorted(each for ids in behind for each in ids) == list(range(1, 10))


def test_another_measure_and_groups(shop, page):
    group = causes.add(shop.desk, "Goods and more")
    under = causes.add(shop.desk, "Leaks", parent_id=group)
    case_id = shop.case(cause_id=under)
    shop.agreed(case_id, value_cents=2_000, cost_cents=900)
    shop.hand_over(case_id)
    page.pareto.measure.choose("cost")
    assert [bar.short for bar in page.pareto.pareto._value.bars] == ["£9"]
    page.pareto.level.choose("groups")
    assert [mark.name for mark in page.pareto.pareto.marks()] == ["Goods and more"]
    page.pareto.measure.choose("at_stake")
    assert "Nothing to show" in said(page)


@pytest.mark.usefixtures("three")
def test_a_month_opens_its_cases(page):
    page.trend.trend.opened.emit("2026-03")
    assert page.wishes[0].figure == Figure(FigureKind.MONTH, "2026-03")
    assert page.wishes[0].words.startswith("March 2026")
    assert page.trend.trend.marks()[-1].words == "9 cases"


@pytest.mark.usefixtures("three")
def test_the_time_is_switched_and_one_of_ones_own_is_asked_for(shop, page):
    page.span.choose("month")
    assert page.shown_span() == this_month(shop.now.date())
    page._ask_span()
    dialog = next(
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, SpanDialog) and one.isVisible()
    )
    dialog._first.edit.setText("2026-03-09")
    dialog.save_wanted.emit()
    assert "hasn't come yet" in dialog.first.error()
    dialog._first.edit.setText("2026-01-20")
    dialog._last.edit.setText("2026-01-10")
    dialog.save_wanted.emit()
    assert "before it begins" in dialog.last.error()
    dialog._last.edit.setText("2026-12-31")
    dialog.save_wanted.emit()
    assert page.shown_span() == Span(date(2026, 1, 20), shop.now.date())
    assert page.span.key() == ""
    page.span.choose("year")
    assert page.shown_span().first == date(2026, 1, 1)


def test_who_came_back_is_told_in_words_below_ten_and_opens_its_cases(shop, page):
    for name in ("Ada Obi", "Ben Ray"):
        case_id = shop.settled_case(name=name)
        visits.log(shop.desk, shop.view(case_id).customer_id, now=shop.later(days=2))
    assert "2 of 2 came back" in said(page)
    rows = [one for one in page.speed.findChildren(BandRow) if one.isVisibleTo(page)]
    assert all("%" not in one.accessibleDescription() for one in rows)
    rows[0].click()
    assert page.wishes[0].figure.kind is FigureKind.RETURNED_BY_SPEED


def test_fixes_answers_and_money_are_there(shop, page):
    late = cause(shop, "Late", 2)
    fix = corrections.plan(
        shop.desk, None, CorrectionEntry("Count twice"), cause_id=late, now=shop.now
    )
    check_on = shop.now.date() + timedelta(days=40)
    corrections.done(shop.desk, fix, check_on=check_on, now=shop.now)
    shop.later(days=20)
    case_id = shop.case(name="Cy Low", cause_id=late)
    feedbacks.record_answers(shop.desk, case_id, FeedbackEntry(fair=4), now=shop.now)
    assert "Came back after a fix" in said(page)
    lines = {
        one.accessibleName(): one for one in page.findChildren(LinkRow) if one.isVisibleTo(page)
    }
    assert "1.5 since" in lines["Count twice"].accessibleDescription()
    assert "4 of 5" in lines["Was it fair?"].accessibleDescription()
    lines["Count twice"].click()
    assert page.wishes[0].figure == Figure(FigureKind.AFTER_FIX, str(fix))


@pytest.mark.usefixtures("three")
def test_a_large_desk_is_read_aside_and_the_newest_wish_counts(page, session, qtbot, monkeypatch):
    monkeypatch.setattr(insights, "QUICK_CASES", 0)
    before = page._insight
    page.span.choose("month")
    page.span.choose("twelve")
    assert page._insight is before
    qtbot.waitUntil(lambda: not session.jobs.is_busy())
    qtbot.waitUntil(lambda: page._insight is not before)
    assert page._insight.span == page.shown_span()


@pytest.mark.usefixtures("three")
def test_the_figures_are_saved_as_a_file(page, session, tmp_path, monkeypatch):
    target = tmp_path / "learn.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    told = []
    session.said.connect(told.append)
    button = next(
        one for one in page.findChildren(QAbstractButton) if one.accessibleName() == "Export"
    )
    button.click()
    assert "Late" in target.read_text(encoding="utf-8-sig")
    assert told == ["Saved"]


def test_an_empty_desk_says_what_will_stand_here(page):
    assert "Nothing to learn from yet" in said(page)


def test_the_rest_is_in_the_menu(page):
    page._do(Command.FIXES)
    assert page.wishes == [Do(Command.FIXES)]


@pytest.mark.usefixtures("three")
def test_a_narrow_window_lays_the_columns_under_each_other(page):
    page.resize(800, 900)
    QApplication.processEvents()
    assert page.pareto.mapTo(page, QPoint()).x() == page.speed.mapTo(page, QPoint()).x()
    assert months(3, date(2026, 3, 2)) == page.shown_span()
