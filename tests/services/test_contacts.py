from datetime import timedelta

import pytest

from recoverydesk.domain.case import Status
from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import cases, contacts
from recoverydesk.services.contacts import ContactEntry
from tests.conftest import NOW


def log(shop, case_id, *, at=None, **entry):
    return contacts.log(shop.desk, case_id, ContactEntry(**entry), now=shop.now, at=at)


def test_the_first_word_that_gets_through_stops_the_clock(shop):
    case_id = shop.case()

    log(shop, case_id, reach=Reach.NO_ANSWER)
    log(shop, case_id, direction=Direction.IN)
    assert shop.view(case_id).first_contact_at is None
    shop.later(hours=1)
    log(shop, case_id, reach=Reach.LEFT_WORD)
    shop.later(hours=1)
    log(shop, case_id)

    view = shop.view(case_id)
    assert view.first_contact_at == NOW + timedelta(hours=1)
    assert view.last_update_at == NOW + timedelta(hours=2)
    assert view.time_to_first_contact == timedelta(hours=1)


def test_a_word_that_is_logged_late_counts_from_when_it_was_said(shop):
    case_id = shop.case()
    shop.later(hours=5)
    log(shop, case_id)

    log(shop, case_id, at=NOW + timedelta(hours=2))

    view = shop.view(case_id)
    assert view.first_contact_at == NOW + timedelta(hours=2)
    assert view.last_update_at == NOW + timedelta(hours=5)


def test_a_contact_shows_how_it_went_the_newest_first(shop):
    case_id = shop.case()
    log(shop, case_id, words="Rang.", mood=Mood.ANGRY)
    log(shop, case_id, words="Wrote.", way=Way.EMAIL)

    newest, oldest = shop.view(case_id).contacts
    assert (newest.words, newest.way, newest.mood) == ("Wrote.", Way.EMAIL, None)
    assert (oldest.words, oldest.mood, oldest.person) == ("Rang.", Mood.ANGRY, "Mia Ray")


def test_when_they_get_in_touch_it_is_our_turn_again(shop):
    case_id = shop.case()
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)

    log(shop, case_id)
    assert shop.view(case_id).status is Status.WAITING_CUSTOMER
    log(shop, case_id, direction=Direction.IN)

    assert shop.view(case_id).status is Status.OPEN


def test_a_contact_lies_behind_us_and_fits(shop):
    case_id = shop.case()

    with pytest.raises(InvalidEntryError, match="hasn't come yet"):
        log(shop, case_id, at=shop.now + timedelta(minutes=1))
    with pytest.raises(InvalidEntryError, match="too long"):
        log(shop, case_id, words="x" * 10_001)
    with pytest.raises(NotFoundError):
        log(shop, 99)
    assert not shop.view(case_id).contacts


def test_an_earlier_call_written_down_later_does_not_end_the_waiting(shop):
    case_id = shop.case()
    earlier = shop.now
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.later(hours=1))
    shop.later(hours=1)

    log(shop, case_id, direction=Direction.IN, at=earlier)
    before = shop.view(case_id).status
    log(shop, case_id, direction=Direction.IN)

    assert (before, shop.view(case_id).status) == (Status.WAITING_CUSTOMER, Status.OPEN)
