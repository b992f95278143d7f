"""Who might be on the desk already is told, the surest first."""

import pytest

from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.duplicates import Likeness, duplicates


@pytest.fixture
def ada(shop):
    return shop.customer("Jörg Müller", phone="07700 900123", email="j@x.org", postcode="AB1 2CD")


def found(shop, name="", **entry):
    return [(one.name, one.why) for one in duplicates(shop.desk, CustomerEntry(name, **entry))]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({"phone": "+44 7700 900 123"}, Likeness.PHONE),
        ({"phone": "(07700) 900-123"}, Likeness.PHONE),
        ({"email": " J@X.ORG "}, Likeness.EMAIL),
        ({"name": "joerg mueller", "postcode": "ab12cd"}, Likeness.NAME_AND_POSTCODE),
        ({"name": "Jorg Muller"}, Likeness.NAME),
    ],
)
@pytest.mark.usefixtures("ada")
def test_the_same_person_is_found_however_they_are_written(shop, entry, why):
    assert found(shop, **entry) == [("Jörg Müller", why)]


@pytest.mark.usefixtures("ada")
def test_what_is_too_little_to_tell_finds_nobody(shop):
    assert found(shop, phone="0123") == []
    assert found(shop, email="j") == []
    assert found(shop) == []


def test_their_own_page_doesnt_warn_of_themselves(shop, ada):
    entry = CustomerEntry("Jörg Müller", phone="07700 900123")
    assert duplicates(shop.desk, entry, but=ada) == ()


@pytest.mark.usefixtures("ada")
def test_a_family_that_shares_a_phone_is_listed_the_surest_first(shop):
    shop.customer("Eva Müller", phone="07700 900123", email="e@x.org")
    shop.customer("Jorg Muller")
    assert found(shop, "Jörg Müller", phone="07700 900123", email="j@x.org") == [
        ("Jörg Müller", Likeness.PHONE),
        ("Eva Müller", Likeness.PHONE),
        ("Jorg Muller", Likeness.NAME),
    ]
