"""Settings: each card saves what is its own, and leaves alone what is being typed."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

from recoverydesk.services import shop as services_shop
from recoverydesk.services import shop_changes
from ui.dialogs.learn_rules import LearnRulesDialog
from ui.dialogs.playbooks import PlaybooksDialog
from ui.pages.settings import SettingsPage
from ui.widgets.days import write_day
from ui.widgets.fields import LabelledField
from ui.widgets.page import GoTo, Place

MONDAY = 0


@pytest.fixture
def page(session, shown):
    return shown(SettingsPage(session), 1000, 900)


def field(page, name, kind=QLineEdit):
    return next(one for one in page.findChildren(kind) if one.accessibleName() == name)


def saved(shop):
    return services_shop.view(shop.desk)


def test_what_the_paper_says_is_saved(shop, page):
    field(page, "Shop name").setText("  Lamps & More ")
    field(page, "Address", QPlainTextEdit).setPlainText("1 High Street\nBath")
    page._paper.save_button.click()
    assert (saved(shop).name, saved(shop).address) == ("Lamps & More", "1 High Street\nBath")
    assert field(page, "Shop name").text() == "Lamps & More"


def test_saving_one_card_leaves_what_is_typed_in_the_other(shop, page):
    field(page, "Shop name").setText("Lamps & More")
    field(page, "Monday").setText("10:00-12:00")
    page._paper.save_button.click()
    assert field(page, "Monday").text() == "10:00-12:00"
    page._hours.save_button.click()
    opens, closes = saved(shop).hours.week[MONDAY][0]
    assert (f"{opens:%H:%M}", f"{closes:%H:%M}") == ("10:00", "12:00")


def test_a_change_from_elsewhere_reaches_untouched_fields_only(shop, page, qtbot):
    field(page, "Phone").setText("01632 960142")
    shop_changes.change(shop.desk, name="Lamps & More", phone="01632 960999")
    page.refresh()
    qtbot.waitUntil(lambda: field(page, "Shop name").text() == "Lamps & More")
    assert field(page, "Phone").text() == "01632 960142"


def test_hours_that_cannot_be_read_are_pointed_out_and_stay(shop, page):
    before = saved(shop).hours.week
    field(page, "Monday").setText("all day")
    page._hours.save_button.click()
    assert page._hours._form.ok() is False
    assert field(page, "Monday").text() == "all day"
    assert saved(shop).hours.week == before


def test_closed_days_are_saved_as_typed_and_taken_back_by_one_undo(shop, page):
    christmas, boxing, new_year = date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)
    typed = f"{write_day(christmas)}, 2026-12-26\n{write_day(new_year)}"
    field(page, "Closed on", QPlainTextEdit).setPlainText(typed)
    field(page, "Monday").setText("10:00-12:00")
    before = saved(shop).hours
    page._hours.save_button.click()
    assert saved(shop).hours.closed == {christmas, boxing, new_year}
    shop.desk.undo()
    assert saved(shop).hours == before


@pytest.fixture
def german():
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("page", "german")
def test_closed_days_are_read_as_germans_write_them(shop, page):
    shop.now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    typed = "24.12.2026, 1.1.27\n25. Dezember 2026\n26.12., 20.11."
    field(page, "Closed on", QPlainTextEdit).setPlainText(typed)
    page._hours.save_button.click()
    days = ["2026-12-24", "2026-12-25", "2026-12-26", "2027-01-01", "2027-11-20"]
    assert sorted(day.isoformat() for day in saved(shop).hours.closed) == days


def test_a_closed_day_that_is_none_is_named(shop, page):
    field(page, "Closed on", QPlainTextEdit).setPlainText("2026-12-25, Easter")
    page._hours.save_button.click()
    closed = next(
        one for one in page.findChildren(LabelledField) if one.input is page._hours._closed
    )
    assert closed.error().startswith("“Easter” is no day.")
    assert not saved(shop).hours.closed


def test_only_what_is_typed_and_not_saved_is_unsaved(page):
    assert not page.unsaved()
    field(page, "Monday").setText("10:00-12:00")
    assert page.unsaved()
    page._hours.save_button.click()
    assert not page.unsaved()


def test_saving_the_page_saves_every_card(shop, page):
    field(page, "Phone").setText("01632 960142")
    field(page, "Closed on", QPlainTextEdit).setPlainText("2026-12-25")
    page.save()
    assert saved(shop).phone == "01632 960142"
    assert saved(shop).hours.closed == {date(2026, 12, 25)}
    assert not page.unsaved()


def test_what_cannot_be_taken_stays_unsaved_while_the_rest_is_saved(shop, page):
    field(page, "Phone").setText("01632 960142")
    field(page, "Monday").setText("all day")
    page.save()
    assert saved(shop).phone == "01632 960142"
    assert page.unsaved()
    assert field(page, "Monday").text() == "all day"


def test_letting_go_of_it_shows_again_what_is_saved(shop, page):
    before = field(page, "Monday").text()
    field(page, "Phone").setText("01632 960142")
    field(page, "Monday").setText("all day")
    page._hours.save_button.click()
    shop_changes.change(shop.desk, phone="01632 960999")
    page.forget()
    assert field(page, "Phone").text() == "01632 960999"
    assert field(page, "Monday").text() == before
    assert not page.unsaved()
    assert not any(one.error() for one in page.findChildren(LabelledField))


def test_the_practice_shop_is_wished_for(page):
    wishes = []
    page.wished.connect(wishes.append)
    page._practise()
    assert wishes == [GoTo(Place.SETTINGS, "practice")]


def test_the_plans_are_named_and_opened(session, shown):
    page = SettingsPage(session)
    shown(page)
    page.refresh()
    assert "3 plans" in page._plans._told.text()
    page._plans.findChild(QAbstractButton).click()
    assert page._plans.findChildren(PlaybooksDialog) != []


def test_how_learn_counts_is_told_and_changed(page):
    card = page._learning
    assert card._told.text() == (
        "Whoever buys again within 90 days counts as won back. "
        "A customer of unknown worth doesn't count until you know one."
    )
    button(card, "Change how Learn counts…").click()
    (dialog,) = page.findChildren(LearnRulesDialog)
    dialog._days.setText("soon")
    dialog._average.setText("much")
    dialog.save_wanted.emit()
    assert dialog.days.error() == "Write a whole number of days."
    assert dialog.average.error()
    dialog._days.setText("60")
    dialog._average.setText("120")
    dialog._silent.setChecked(True)
    dialog.save_wanted.emit()

    assert card._told.text() == (
        "Whoever buys again within 60 days counts as won back. "
        "A customer of unknown worth counts for £120 a year. "
        "The rule of thumb about those who say nothing is shown."
    )
    button(card, "Change how Learn counts…").click()
    again = page.findChildren(LearnRulesDialog)[-1]
    assert (again._average.text(), again._silent.isChecked()) == ("120.00", True)


def test_how_learn_counts_names_the_mean_of_those_who_are_known(shop, page):
    shop.customer(worth="250")
    page.refresh()

    assert "£250 a year, the mean of those you know." in page._learning._told.text()
    button(page._learning, "Change how Learn counts…").click()
    (dialog,) = page.findChildren(LearnRulesDialog)
    assert dialog._average.accessibleDescription() == "empty: £250.00, the mean"


def button(widget, name):
    found = widget.findChildren(QAbstractButton)
    return next(one for one in found if one.accessibleName() == name)
