"""The cases' list, as an owner narrows, sorts and opens it."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton

from recoverydesk.domain.case import Channel, Outcome, Severity, Status
from recoverydesk.domain.figure import Figure, FigureKind
from recoverydesk.domain.span import Span
from recoverydesk.services import cases, causes, contacts
from recoverydesk.services.cases import Ending
from recoverydesk.services.contacts import ContactEntry
from ui.pages import cases as page_module
from ui.pages.cases import CasesPage
from ui.pages.cases.columns import short_number
from ui.widgets.page import GoTo, LogCustomer, OpenCase, Place, ShowCases

NUMBER, WHO, UPSET, STAGE, NEXT, FIRST, WORTH = range(7)


@pytest.fixture
def listed(session, shown):
    """Open the page on what is on the desk by then."""

    def open_page():
        page = CasesPage(session)
        page.wishes = []
        page.wished.connect(page.wishes.append)
        return shown(page, 1150, 700)

    return open_page


def names(page):
    return [
        page.model.cell_at(page.model.index(at, WHO)).text for at in range(page.model.rowCount())
    ]


def cell(page, column, at=0):
    return page.model.cell_at(page.model.index(at, column))


def control(page, name):
    found = [
        one
        for one in page.findChildren(QAbstractButton)
        if one.accessibleName() == name and one.isVisible()
    ]
    assert len(found) == 1, f"{len(found)} visible controls are called {name!r}"
    return found[0]


def chip(page, text):
    return next(one for one in page.chips.findChildren(QAbstractButton) if one.text() == text)


def choose(page, name, words):
    menu = control(page, name).menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text().strip() == words).trigger()


def click_head(qtbot, page, column):
    head = page.table.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(column) + 20, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def foot(page):
    return page._card._left.text()


def lose(shop, case_id):
    cases.close(
        shop.desk, case_id, Ending(Outcome.UNREACHABLE, skip_why="not needed"), now=shop.now
    )


def test_open_cases_are_listed_by_what_is_due_next(shop, listed):
    shop.case(name="Ada Obi", severity=Severity.ANNOYED)
    shop.case(name="Ben Li", severity=Severity.ABOUT_TO_LEAVE)
    page = listed()
    assert names(page) == ["Ben Li", "Ada Obi"]
    assert foot(page) == "2 open cases"


def test_enter_opens_the_case(shop, listed, qtbot):
    case_id = shop.case()
    page = listed()
    page.table.setFocus()
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.wishes == [OpenCase(case_id)]


def test_a_double_click_opens_the_case(shop, listed, qtbot):
    case_id = shop.case()
    page = listed()
    spot = page.table.visualRect(page.model.index(0, WHO)).center()
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(page.table.viewport(), left, pos=spot)
    qtbot.mouseDClick(page.table.viewport(), left, pos=spot)
    assert page.wishes == [OpenCase(case_id)]


def test_the_chips_count_and_narrow(shop, listed, qtbot):
    lose(shop, shop.case(name="Ada Obi"))
    shop.settled_case(name="Ben Li")
    shop.case(name="Cem Kaya")
    page = listed()
    for text, expected in (
        ("Open", ["Cem Kaya"]),
        ("Following up", ["Ben Li"]),
        ("Won back", []),
        ("All", ["Cem Kaya", "Ben Li", "Ada Obi"]),
    ):
        qtbot.mouseClick(chip(page, text), Qt.MouseButton.LeftButton)
        assert names(page) == expected
        assert chip(page, text)._count == len(expected)


def test_a_chip_without_cases_says_so(shop, listed, qtbot):
    shop.case()
    page = listed()
    qtbot.mouseClick(chip(page, "Won back"), Qt.MouseButton.LeftButton)
    assert page._nothing._title.text() == "Nobody won back yet"
    control(page, "Show all cases").click()
    assert names(page) == ["Ada Obi"]
    assert page.chips.key() == "all"


def test_the_drop_downs_narrow_together(shop, listed):
    shop.case(name="Ada Obi", severity=Severity.UPSET, channel=Channel.PHONE)
    shop.case(name="Ben Li", severity=Severity.UPSET, channel=Channel.EMAIL)
    shop.case(name="Cem Kaya", severity=Severity.ANNOYED, channel=Channel.EMAIL)
    page = listed()
    choose(page, "How upset", "Upset")
    assert sorted(names(page)) == ["Ada Obi", "Ben Li"]
    choose(page, "Heard by", "E-mail")
    assert names(page) == ["Ben Li"]
    assert foot(page) == "1 open case"
    choose(page, "How upset: Upset", "Any")
    assert sorted(names(page)) == ["Ben Li", "Cem Kaya"]


def test_the_cause_can_be_one_or_not_yet_known(shop, listed):
    known = next(cause for cause in causes.all_causes(shop.desk) if cause.parent_id)
    shop.case(name="Ada Obi", cause_id=known.cause_id)
    shop.case(name="Ben Li")
    page = listed()
    choose(page, "Cause", known.name)
    assert names(page) == ["Ada Obi"]
    choose(page, f"Cause: {known.name}", "Not yet known")
    assert names(page) == ["Ben Li"]


def test_a_drop_down_without_hits_leads_back(shop, listed):
    shop.case(severity=Severity.UPSET)
    page = listed()
    choose(page, "How upset", "Furious")
    assert page._nothing._title.text() == "No such cases"
    control(page, "Show all cases").click()
    assert names(page) == ["Ada Obi"]
    assert control(page, "How upset")


def test_a_head_sorts_and_a_second_click_turns_it_round(shop, listed, qtbot):
    for name, worth in (("Ben Li", "200"), ("Ada Obi", "900"), ("Cem Kaya", "50")):
        shop.case(name=name, worth=worth)
    page = listed()
    click_head(qtbot, page, WHO)
    assert names(page) == ["Ada Obi", "Ben Li", "Cem Kaya"]
    click_head(qtbot, page, WORTH)
    assert names(page) == ["Cem Kaya", "Ben Li", "Ada Obi"]
    click_head(qtbot, page, WORTH)
    assert names(page) == ["Ada Obi", "Ben Li", "Cem Kaya"]


def test_the_open_list_tells_what_is_at_stake_and_others_do_not(shop, listed):
    shop.case(worth="900")
    page = listed()
    assert page._card._sum.text() == "£900 a year"
    page.narrow_to("all")
    assert page._card._sum.text() == ""


def test_a_running_clock_has_an_icon_and_turns_red_when_the_promise_is_broken(shop, listed):
    shop.case(severity=Severity.UPSET)
    shop.later(hours=1)
    page = listed()
    running = cell(page, FIRST)
    assert (running.text, running.icon, running.tone) == ("1 h 00 min", "hourglass", "warn")
    shop.later(hours=4)
    page._tick()
    late = cell(page, FIRST)
    assert (late.text, late.icon, late.tone) == ("5 h 00 min", "circle-alert", "danger")


def test_a_stopped_clock_is_quiet(shop, listed):
    case_id = shop.case()
    shop.later(minutes=38)
    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now)
    page = listed()
    stopped = cell(page, FIRST)
    assert (stopped.text, stopped.icon, stopped.faint) == ("38 min", "", True)


def test_a_late_step_has_icon_and_words(shop, listed):
    shop.case()
    shop.later(days=2)
    late = cell(listed(), NEXT)
    assert (late.sub, late.icon, late.tone) == ("2 days late", "circle-alert", "danger")


def test_their_turn_is_never_late(shop, listed):
    case_id = shop.case()
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    shop.later(days=2)
    waiting = cell(listed(), NEXT)
    assert (waiting.sub, waiting.tone) == ("Their turn", "neutral")


def test_a_case_that_is_over_shows_how_it_ended(shop, listed):
    lose(shop, shop.case())
    page = listed()
    page.narrow_to("all")
    assert shop.view(1).status is Status.CLOSED
    assert cell(page, NEXT).text == "Out of reach"
    assert cell(page, FIRST).text == "—"


def test_the_stage_is_said_and_counted(shop, listed):
    shop.case()
    stage = cell(listed(), STAGE)
    assert (stage.text, stage.count, stage.total) == ("Listen", 1, 6)


def test_a_new_case_appears_and_the_selection_stays(shop, listed):
    first = shop.case(name="Ada Obi")
    page = listed()
    page.table.select_id(first)
    shop.case(name="Ben Li", severity=Severity.ABOUT_TO_LEAVE)
    assert names(page) == ["Ben Li", "Ada Obi"]
    assert page.table.current_id() == first
    assert page.subheading() == "2 open · 2 not yet contacted"


def test_an_empty_desk_offers_to_log_somebody_or_to_look_around(listed):
    page = listed()
    assert page.HAS_PRIMARY
    assert page.subheading() == "Nothing logged yet"
    control(page, "Log an unhappy customer").click()
    control(page, "Look at a sample case first").click()
    assert page.wishes == [LogCustomer(), GoTo(Place.SETTINGS, "practice")]


def test_the_first_case_brings_the_list(shop, listed):
    page = listed()
    shop.case()
    assert names(page) == ["Ada Obi"]
    assert not page.HAS_PRIMARY


def test_another_page_can_ask_for_one_of_the_lists(shop, listed):
    lose(shop, shop.case(name="Ada Obi"))
    page = listed()
    page.narrow_to("all")
    assert names(page) == ["Ada Obi"]
    page.narrow_to("nonsense")
    assert page.chips.key() == "all"


def test_a_very_long_list_fetches_the_rest_aside(shop, listed, monkeypatch, qtbot):
    monkeypatch.setattr(page_module, "LONG", 3)
    monkeypatch.setattr(page_module, "BLOCK", 2)
    for at in range(5):
        shop.case(name=f"Customer {at}")
    page = listed()
    assert foot(page) == "5 open cases"
    qtbot.waitUntil(lambda: page.model.rowCount() == 5)
    shop.case(name="One more")
    qtbot.waitUntil(lambda: page.model.rowCount() == 6)
    assert foot(page) == "6 open cases"


def test_names_are_shown_exactly_as_typed(shop, listed):
    shop.case(name="<b>Ada</b> & Co", words="<img src=x> %s {name}")
    who = cell(listed(), WHO)
    assert (who.text, who.sub) == ("<b>Ada</b> & Co", "<img src=x> %s {name}")


@pytest.mark.parametrize(
    ("whole", "short"),
    [("R-2026-0042", "0042"), ("R-2025-0042", "2025-0042"), ("odd", "odd")],
)
def test_a_number_is_as_short_as_it_is_clear(whole, short):
    assert short_number(whole, 2026) == short


# -- the cases behind a number of Learn ----------------------------------------------------------


@pytest.fixture
def two_months(shop):
    shop.case(name="Ada Obi", channel=Channel.NOTICED_BY_US)
    shop.later(days=40)
    shop.case(name="Ben Ray")


def behind(kind, key="", words="March"):
    span = Span(date(2026, 1, 1), date(2026, 12, 31))
    return ShowCases(Figure(kind, key), span, words)


@pytest.mark.usefixtures("two_months")
def test_a_number_of_learn_lists_its_cases_until_it_is_let_go(listed):
    page = listed()

    page.show_behind(behind(FigureKind.MONTH, "2026-03"))

    assert names(page) == ["Ada Obi"]
    assert foot(page) == "1 case"
    go = control(page, "From Learn: March. Show the others too")
    assert go.text() == "From Learn: March"
    go.click()
    assert names(page) == ["Ben Ray", "Ada Obi"]
    assert not go.isVisible()


@pytest.mark.usefixtures("two_months")
def test_another_chip_of_the_page_keeps_to_the_number_and_a_new_wish_of_the_window_does_not(listed):
    page = listed()
    page.show_behind(behind(FigureKind.NOTICED_BY_US))

    page.chips.choose("open")
    assert names(page) == ["Ada Obi"]
    page.narrow_to("all")

    assert names(page) == ["Ben Ray", "Ada Obi"]


@pytest.mark.usefixtures("two_months")
def test_a_number_without_cases_says_so_and_leads_back(listed):
    page = listed()

    page.show_behind(behind(FigureKind.KEPT))

    assert names(page) == []
    control(page, "Show all cases").click()
    assert names(page) == ["Ben Ray", "Ada Obi"]


@pytest.mark.usefixtures("two_months")
def test_a_cause_with_a_long_name_and_an_ampersand_is_shown_as_it_is_and_cut(listed):
    page = listed()

    page.show_behind(behind(FigureKind.CASES, words="Bits & pieces " * 12))

    shown = page.narrowing.behind.button.text()
    assert shown.startswith("From Learn: Bits && pieces")
    assert shown.endswith("…")
    assert page.narrowing.behind.button.width() < page.width()
