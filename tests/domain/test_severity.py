from recoverydesk.domain.case import Severity
from recoverydesk.domain.severity import (
    FIRST_CONTACT_HOURS,
    first_contact_hours_from_json,
    first_contact_hours_to_json,
)


def test_the_angrier_the_sooner():
    hours = [FIRST_CONTACT_HOURS[severity] for severity in Severity]

    assert hours == sorted(hours, reverse=True)


def test_a_shops_own_promise_comes_back_as_it_was_made():
    promise = {Severity.ANNOYED: 16, Severity.UPSET: 6, Severity.ABOUT_TO_LEAVE: 1}

    assert first_contact_hours_from_json(first_contact_hours_to_json(promise)) == promise


def test_what_the_shop_says_nothing_about_stays_as_usual():
    assert first_contact_hours_from_json('{"upset": 6}') == FIRST_CONTACT_HOURS | {
        Severity.UPSET: 6
    }
