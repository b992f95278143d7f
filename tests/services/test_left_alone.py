"""Whoever asked not to be contacted is never pushed to be: no clock, no call, no promise of one."""

from datetime import timedelta

import pytest

from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import (
    agendas,
    alarms,
    case_lists,
    contacts,
    follow_ups,
    preferences,
    slips,
)
from recoverydesk.services.contacts import ContactEntry


@pytest.fixture
def nora(shop):
    customer_id = shop.customer("Nora Noll")
    preferences.leave_alone(shop.desk, customer_id, asked=True, now=shop.now)
    return customer_id


@pytest.fixture
def case(shop, nora):
    assert nora
    return shop.case(name="Nora Noll")


@pytest.mark.usefixtures("case")
def test_nobody_owes_them_a_first_word(shop):
    shop.later(days=2)
    assert case_lists.count_not_contacted(shop.desk) == 0
    agenda = agendas.agenda(shop.desk, now=shop.now)
    assert not any(row.first_contact for row in (*agenda.late, *agenda.today, *agenda.ahead))
    shop.case(name="Ben Ray")
    assert case_lists.count_not_contacted(shop.desk) == 1


def test_a_word_they_asked_for_themselves_stays_promised(shop, case):
    by = shop.now + timedelta(days=3)
    contacts.log(shop.desk, case, ContactEntry(words="She came in."), now=shop.now, next_word_by=by)
    (promise,) = shop.view(case).promises
    assert promise.status is FollowUpStatus.PLANNED


def test_a_reminder_that_was_set_all_the_same_stays_with_its_case(shop, case):
    day = shop.now.date() + timedelta(days=3)
    follow_ups.remind(shop.desk, "Ring Nora", on=day, now=shop.now, case_id=case)
    assert "Ring Nora" in [
        step.title for step in shop.view(case).plan if step.status is FollowUpStatus.PLANNED
    ]


def test_their_slip_promises_no_call(shop, case):
    slip = slips.acknowledgement(shop.desk, case, now=shop.now)
    assert slip.promised_at is None
    assert "hear from us" not in slip.text
    assert slips.told_in_person(shop.desk, case, now=shop.now) is None
    assert shop.view(case).promises == ()


@pytest.mark.usefixtures("case")
def test_a_second_failure_advises_no_call(shop):
    shop.later(days=3)
    view = shop.view(shop.case(name="Nora Noll"))
    assert alarms.IN_PERSON_WORDS not in view.alarm
    assert alarms.LEFT_ALONE_WORDS in view.alarm


def test_a_contact_long_before_its_case_is_a_slip_of_the_year(shop):
    case_id = shop.case()
    with pytest.raises(InvalidEntryError, match="long before the case was logged"):
        contacts.log(
            shop.desk,
            case_id,
            ContactEntry(words="Rang."),
            now=shop.now,
            at=shop.now - timedelta(days=365),
        )
    assert shop.view(case_id).contacts == ()


def test_a_word_before_it_was_logged_runs_no_clock_backwards(shop):
    case_id = shop.case()
    at = shop.now - timedelta(days=2)
    contacts.log(shop.desk, case_id, ContactEntry(words="Rang."), now=shop.now, at=at)
    view = shop.view(case_id)
    assert view.first_contact_at == view.opened_at
    assert view.contacts[0].at == at
