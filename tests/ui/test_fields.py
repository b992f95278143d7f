import re
from datetime import date

import pytest
from PySide6.QtCore import QLocale, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui import look
from ui.forms import Form
from ui.widgets.buttons import Button
from ui.widgets.choices import Select
from ui.widgets.days import DayField, Meant, read_day, unread_day, write_day
from ui.widgets.fields import LabelledField, MoneyField, SearchField, TextArea, TextField
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.picks import Pick, PickList

POPUPS = pytest.mark.qt_log_ignore("^This plugin does not support")
"""Off screen there is no keyboard to grab and no window to raise."""


def edge_of(widget):
    """Return the colour of a field's edge, half way along its top."""
    image = widget.grab().toImage()
    return image.pixelColor(widget.width() // 2, 0).name()


def test_a_field_is_named_by_its_label_and_described_by_its_hint(qtbot):
    field = LabelledField("&Worth a year", MoneyField("£"), "a guess will do")
    qtbot.addWidget(field)
    assert field.input.accessibleName() == "Worth a year"
    assert field.input.accessibleDescription() == "a guess will do"


@pytest.mark.parametrize(
    "make",
    [TextField, TextArea, DayField, PickList, lambda: Select([("a", "A")], name=""),
     lambda: MoneyField("£")],
    ids=["text", "area", "day", "pick", "select", "money"],
)  # fmt: skip
def test_trouble_is_seen_at_the_edge_and_read_below(make, shown):
    other = Button("Elsewhere")
    inner = make()
    field = LabelledField("Worth", inner)
    shown(boxed(column(other, field, STRETCH)))
    other.setFocus()

    field.show_error("That isn't an amount.")
    edged = getattr(inner, "edit", inner)
    edged = inner if isinstance(inner, TextArea) else edged
    assert edge_of(edged) == look.theme().danger.name()
    assert field.error() == "That isn't an amount."
    assert inner.accessibleDescription() == "That isn't an amount."

    field.clear_error()
    assert edge_of(edged) == look.theme().control.name()
    assert field.error() == ""


def test_alt_and_a_letter_lead_to_a_field(shown, qtbot):
    first, second = LabelledField("&Name", TextField()), LabelledField("&Phone", TextField())
    page = shown(boxed(column(first, second)))
    first.focus_input()
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert second.input.hasFocus()


def test_a_form_shows_trouble_in_the_kits_fields(shown):
    field = LabelledField("Name", TextField())
    shown(field)
    form = Form({"name": field})
    form.start()
    assert form.ok()


def test_fields_side_by_side_line_up_though_one_is_in_trouble(shown, qtbot):
    one, two = LabelledField("One", TextField()), LabelledField("Two", TextField())
    shown(boxed(column(row((one, 1), (two, 1)), STRETCH)))
    two.show_error("No.")
    qtbot.waitUntil(lambda: two.height() > 70)
    assert one.input.y() == two.input.y()


def test_what_is_pasted_loses_its_look(shown):
    area = shown(TextArea(name="What happened?"))
    rich = QMimeData()
    rich.setHtml("<h1>Cold <img src='file:///etc/passwd'>soup</h1>")
    rich.setText("Cold soup")
    QGuiApplication.clipboard().setMimeData(rich)
    area.edit.paste()
    assert area.text() == "Cold soup"
    assert area.edit.document().toHtml().count("<h1") == 0


def test_tab_leaves_an_area(shown, qtbot):
    area, after = TextArea(), TextField()
    shown(boxed(column(area, after)))
    area.setFocus()
    qtbot.keyClick(area.edit, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_an_area_grows_with_its_text_up_to_a_limit(shown):
    area = TextArea(lines=2, grows=5)
    shown(boxed(column(area, STRETCH)))
    small = area.height()
    heard = []
    area.changed.connect(lambda: heard.append(1))
    area.set_text("line\n" * 3)
    middle = area.height()
    area.set_text("line\n" * 30)
    assert small < middle < area.height()
    assert heard
    area.set_text("")
    assert area.height() == small


def test_a_field_that_cannot_be_changed_looks_so(shown):
    field = shown(TextField("x"), 300, 36)
    plain = field.grab().toImage()
    field.setEnabled(False)
    assert field.grab().toImage() != plain


def test_the_currency_stands_before_the_amount(qtbot):
    pounds, crowns = MoneyField("£"), MoneyField("CZK")
    for field in (pounds, crowns):
        qtbot.addWidget(field)
    assert crowns.textMargins().left() > pounds.textMargins().left()
    pounds.set_lead("CZK")
    assert crowns.textMargins() == pounds.textMargins()


def test_search_waits_for_a_pause_and_asks_once(shown, qtbot):
    search = shown(SearchField(name="Search", key="Ctrl K"))
    heard = []
    search.searched.connect(heard.append)
    with qtbot.waitSignal(search.searched):
        qtbot.keyClicks(search, "kettle ")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert heard == ["kettle"]


def test_escape_empties_the_search_and_then_leaves_it(shown, qtbot):
    search = shown(SearchField(name="Search"))
    qtbot.keyClicks(search, "x")
    with qtbot.waitSignal(search.searched) as searched:
        qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert searched.args == [""]
    with qtbot.waitSignal(search.left):
        qtbot.keyClick(search, Qt.Key.Key_Escape)


@pytest.mark.parametrize("typed", ["2026-10-14", " 2026-10-14 "])
def test_a_day_can_be_typed(qtbot, typed):
    field = DayField()
    qtbot.addWidget(field)
    field.edit.setText(typed)
    assert field.day() == date(2026, 10, 14)


def test_what_is_no_day_is_kept_as_typed(qtbot):
    field = DayField()
    qtbot.addWidget(field)
    field.edit.setText("soon")
    assert (field.day(), field.text()) == (None, "soon")
    field.set_day(None)
    assert (field.day(), field.text()) == (None, "")


def test_a_day_is_written_and_read_the_systems_way(qtbot):
    field = DayField(date(2031, 2, 3))
    qtbot.addWidget(field)
    assert field.day() == date(2031, 2, 3)


@POPUPS
def test_a_day_is_picked_from_the_calendar_by_keyboard(shown, qtbot):
    field = DayField(date(2026, 10, 14))
    shown(boxed(column(field, STRETCH)))
    field.setFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    calendar = field._popup.calendar
    assert calendar.isVisible()
    qtbot.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Right)
    with qtbot.waitSignal(field.picked) as picked:
        qtbot.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Return)
    assert picked.args == [date(2026, 10, 15)]
    assert field.day() == date(2026, 10, 15)
    assert not calendar.isVisible()


PEOPLE = [Pick(7, "Marguerite", "07700 900 518"), Pick(8, "Margaret"),
          Pick(-1, "Add “marg” as a new customer", icon="plus")]  # fmt: skip


def typed_into(picks, qtbot, text="marg"):
    with qtbot.waitSignal(picks.asked) as asked:
        qtbot.keyClicks(picks.edit, text)
    return asked.args[0]


@pytest.fixture
def picks(shown):
    picks = PickList(name="Who is it?")
    shown(boxed(column(picks, STRETCH)))
    picks.setFocus()
    return picks


def test_typing_asks_once_after_a_pause(picks, qtbot):
    assert typed_into(picks, qtbot) == "marg"


@POPUPS
def test_somebody_is_picked_by_keyboard(picks, qtbot):
    typed_into(picks, qtbot)
    picks.offer(PEOPLE)
    assert picks.offered() == [PEOPLE[2], PEOPLE[0], PEOPLE[1]]
    popup = picks._popup
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(picks.picked) as picked:
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert picked.args == [7]
    assert (picks.pick(), picks.text()) == (PEOPLE[0], "Marguerite")


def test_typing_on_takes_the_pick_back(picks, qtbot):
    picks.show_pick(PEOPLE[0])
    with qtbot.waitSignal(picks.cleared):
        qtbot.keyClicks(picks.edit, "x")
    assert picks.pick() is None


@POPUPS
def test_a_new_name_is_offered_and_stays_typed(picks, qtbot):
    typed_into(picks, qtbot)
    picks.offer(PEOPLE)
    with qtbot.waitSignal(picks.picked) as picked:
        picks._choose(picks._model.index(0, 0))
    assert picked.args == [-1]
    assert picks.text() == "marg"


def test_rows_that_come_late_open_nothing_elsewhere(picks):
    other = QWidget(picks.window())
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other.show()
    other.setFocus()
    picks.offer(PEOPLE)
    assert not picks._popup.isVisible()


def test_clearing_puts_the_cursor_back(picks):
    picks.show_pick(PEOPLE[0])
    picks.clear()
    assert (picks.text(), picks.pick()) == ("", None)
    assert picks.edit.hasFocus()


@POPUPS
def test_somebody_spelt_in_another_way_is_never_marked_before_one_moves_there(picks, qtbot):
    picks.edit.setText("Anna Müller")
    twin, new = Pick(7, "Anna Mueller"), Pick(-1, "Add “Anna Müller” as new")
    picks.offer([twin, new])
    assert picks.offered() == [new, twin]
    assert picks._popup.currentIndex().row() == 0
    picks.offer([twin])
    assert not picks._popup.currentIndex().isValid()
    with qtbot.waitSignal(picks.picked) as picked:
        qtbot.keyClick(picks._popup, Qt.Key.Key_Down)
        qtbot.keyClick(picks._popup, Qt.Key.Key_Return)
    assert picked.args == [7]


@POPUPS
@pytest.mark.parametrize("typed", ["anna müller", "Anna Mu\u0308ller", "Anna  Müller"])
def test_the_exact_spelling_comes_first_and_is_marked(picks, typed):
    picks.edit.setText(typed)
    twin, same, new = Pick(7, "Anna Mueller"), Pick(8, "Anna Müller"), Pick(-1, "Add as new")
    picks.offer([twin, same, new])
    assert picks.offered() == [same, twin, new]
    assert picks._popup.currentIndex().row() == 0


TODAY = date(2026, 11, 22)


@pytest.fixture
def locale():
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("de_DE", typed) for typed in (
            "24.12.2026", "24.12.26", "24. Dezember 2026", "24. Dez. 26", "24.12.", "24/12/2026",
            "24-12-26", "24 12 2026", "24. december", "Do., 24. Dez. 2026", "2026 Dez 24",
            "Donnerstag, 24. Dezember 2026", "2026-12-24", "Dec 24, 2026", "2026/12/24",
            "24. Dezembe",
        )),
        *(("en_US", typed) for typed in (
            "12/24/2026", "12/24/26", "12-24", "December 24th, 2026", "24 Dec 2026", "24-Dec-26",
            "2026 24 Dec", "the 24th of December", "Thursday, 24 December", "\u200e12/24/2026",
            "2026, 24 December", "December 2026, 24", "December 24 2026",
        )),
        *(("sv_SE", typed) for typed in ("2026-12-24", "26-12-24", "24/12 2026", "24/12")),
        *(("fr_FR", typed) for typed in ("24 déc. 2026", "jeu. 24/12/2026", "24 DECEMBRE")),
        ("es_ES", "24 de diciembre de 2026"),
        ("ja_JP", "2026年12月24日"),
        ("ar_EG", "٢٤/١٢/٢٠٢٦"),
        ("he_IL", "יום חמישי, 24 בדצמבר 2026"),
        ("hu_HU", "2026. december 24."),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_there_write_it(locale, name, typed):
    locale(name)
    assert read_day(typed, today=TODAY) == date(2026, 12, 24)


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "24", "31.2.2026", "24.13.2026", "12.2026", "Dezember 2026", "24.12.202",
     "x 24.12.", "24.12., 25.12.", "24, 12", "24, 25 Dezember", "24 Dez, 25 Dez", "24 Ju 2026",
     "1 2 3 4", "24 25 26 Dezember", "Donnerstag"],
)  # fmt: skip
def test_what_could_be_no_day_or_several_is_none(locale, typed):
    locale("de_DE")
    assert read_day(typed, today=TODAY) is None


def test_which_number_is_the_day_goes_by_the_locale(locale):
    locale("en_US")
    assert read_day("1/2/2027") == date(2027, 1, 2)
    locale("en_GB")
    assert read_day("1/2/2027") == date(2027, 2, 1)


def test_two_digits_of_a_year_are_this_century_or_the_end_of_the_last(locale):
    locale("de_DE")
    assert read_day("1.1.27") == date(2027, 1, 1)
    assert read_day("1.1.98") == date(1998, 1, 1)
    assert read_day("1. Januar 1926") == date(1926, 1, 1)


@pytest.mark.parametrize(
    ("typed", "meant", "day"),
    [
        ("22.11.", Meant.AHEAD, TODAY),
        ("22.11.", Meant.PAST, TODAY),
        ("21.11.", Meant.AHEAD, date(2027, 11, 21)),
        ("23.11.", Meant.PAST, date(2025, 11, 23)),
        ("21.11.", Meant.NEAREST, date(2026, 11, 21)),
        ("2.1.", Meant.NEAREST, date(2027, 1, 2)),
        ("29.2.", Meant.AHEAD, date(2028, 2, 29)),
        ("29.2.", Meant.PAST, date(2024, 2, 29)),
        ("31.4.", Meant.NEAREST, None),
    ],
)
def test_a_day_without_its_year_is_the_nearest_that_may_be_meant(locale, typed, meant, day):
    locale("de_DE")
    assert read_day(typed, meant=meant, today=TODAY) == day


def test_every_day_that_is_written_here_can_be_read_here(locale):
    day = date(2031, 2, 3)
    for name in ("de_DE", "en_GB", "en_US", "fr_CA", "th_TH", "fa_IR", "bg_BG", "hr_HR", "zh_CN"):
        locale(name)
        assert read_day(write_day(day)) == day, name


def test_the_year_is_written_with_four_digits_and_so_is_the_example(locale):
    locale("de_DE")
    assert write_day(date(2026, 12, 24)) == "24.12.2026"
    refused = unread_day("day")
    assert re.fullmatch(r"Write it like 24\.12\.\d{4}\.", refused.advice)
    assert (str(refused), refused.field) == ("That day can't be read.", "day")
    assert str(unread_day("closed", "Easter")) == "“Easter” is no day."
