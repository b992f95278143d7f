"""A calendar file of what is due opens anywhere, twice without doubles, and tells no secrets."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from recoverydesk.domain.follow_up import Unit
from recoverydesk.services import calendars, contacts, follow_ups
from recoverydesk.services.contacts import ContactEntry


def events(shop, **more):
    content = calendars.calendar_file(shop.desk, now=shop.now, **more)
    return list(Calendar.from_ical(content).walk("VEVENT"))


def summaries(shop):
    return [str(one["summary"]) for one in events(shop)]


def test_all_that_is_due_is_in_it_once(shop):
    shop.case(name="Ada Obi", phone="07700 900123", words="A secret; with signs, in it\nand lines.")
    on = shop.now.date() + timedelta(days=30)
    follow_ups.remind(shop.desk, "Order the seals; 3, please", on=on, now=shop.now)
    first, second = events(shop)
    assert str(first["summary"]).endswith(": Ada Obi")
    assert "07700 900123" in str(first["description"])
    assert str(second["summary"]) == "Order the seals; 3, please"
    assert second["dtstart"].dt == on + timedelta(days=0)
    assert "secret" not in calendars.calendar_file(shop.desk, now=shop.now).decode()


def test_what_has_an_hour_has_it_there_with_a_reminder(shop):
    case_id = shop.case()
    due = shop.view(case_id).next_due_at
    (event,) = events(shop)
    assert event["dtstart"].dt == due
    assert [alarm.name for alarm in event.walk("VALARM")] == ["VALARM"]


def test_importing_it_twice_doubles_nothing(shop):
    shop.case()
    numbers = [str(one["uid"]) for one in events(shop)]
    shop.later(hours=1)
    assert [str(one["uid"]) for one in events(shop)] == numbers
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("every", "unit", "rule"),
    [(2, Unit.WEEKS, "FREQ=WEEKLY;INTERVAL=2"), (1, Unit.MONTHS, "FREQ=MONTHLY;INTERVAL=1"),
     (1, Unit.OPEN_DAYS, "FREQ=DAILY;INTERVAL=1")],
)  # fmt: skip
def test_what_repeats_repeats_there(shop, every, unit, rule):
    on = shop.now.date() + timedelta(days=1)
    follow_ups.remind(shop.desk, "Look", on=on, now=shop.now, again=(every, unit))
    (event,) = events(shop)
    assert event["rrule"].to_ical().decode() == rule


def test_an_empty_desk_gives_an_empty_calendar(shop):
    assert events(shop) == []
    assert events(shop, days=0) == []


def test_what_the_customer_was_promised_is_in_it(shop):
    case_id = shop.case()
    by = shop.now + timedelta(days=3)
    contacts.log(shop.desk, case_id, ContactEntry(words="Rang."), now=shop.now, next_word_by=by)
    assert any("promised" in str(one["description"]) for one in events(shop))
