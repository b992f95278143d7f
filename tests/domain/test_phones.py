# ruff: noqa: RUF001 - signs that look alike are what this is about
import subprocess
import sys

import pytest

from recoverydesk.domain.phones import check_email, email_key, phone_key, phone_tail, tidy_phone
from recoverydesk.errors import InvalidEntryError


@pytest.mark.parametrize(
    "raw",
    [
        *("020 7946 0958", "(020) 7946-0958", "+44 20 7946 0958", "0044 20 7946 0958"),
        *("+44 (0)20 7946 0958", "02079460958 ", "\uff10\uff12\uff10 7946 0958"),
    ],
)
def test_one_number_has_one_key_however_it_is_typed(raw):
    assert phone_key(raw, "GB") == "+442079460958"


def test_the_country_of_the_shop_completes_a_number():
    assert phone_key("030 901820", "DE") == "+4930901820"
    assert phone_key("020 7946 0958", "uk") == "+442079460958"
    assert phone_key("+49 30 901820", "") == "+4930901820"


@pytest.mark.parametrize(
    ("raw", "key"),
    [("", ""), ("12", "12"), ("ext. 7", "7"), ("ask for Tom", ""), ("1" * 40, "1" * 40)],
)
def test_what_is_no_number_is_compared_by_its_digits(raw, key):
    assert phone_key(raw, "GB") == key


def test_without_a_country_digits_are_compared():
    assert phone_key("020 7946 0958", "") == "02079460958"


def test_the_tail_is_the_last_four_digits():
    assert phone_tail("020 7946 0958") == "0958"
    assert phone_tail("+44 20 7946 09-58 (home)") == "0958"
    assert phone_tail("٠٧٧٠٠ ٩٠٠١٤٢") == "0142"
    assert phone_tail("12") == "12"
    assert phone_tail("") == ""


def test_a_phone_number_is_kept_as_typed():
    assert tidy_phone(" 020  7946\n0958 ") == "020 7946 0958"
    assert tidy_phone("0171 555 (shop, ask for Tom)") == "0171 555 (shop, ask for Tom)"
    assert tidy_phone("  ") == ""


def test_a_phone_number_has_digits():
    with pytest.raises(InvalidEntryError, match="isn't a phone number") as refusal:
        tidy_phone("none")
    assert refusal.value.field == "phone"


def test_an_address_has_one_key_however_it_is_typed():
    assert email_key(" Ada.Obi@Example.COM ") == "ada.obi@example.com"
    assert email_key("Ada Obi <ADA@example.com>") == "ada@example.com"
    assert email_key("mailto:ada@example.com") == "ada@example.com"
    assert email_key("") == ""


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (" Ada@Example.com ", "Ada@Example.com"),
        ("Ada Obi <ada@example.com>", "ada@example.com"),
        ("o'brien+shop@mail.example.co.uk", "o'brien+shop@mail.example.co.uk"),
        ("用户@例子.公司", "用户@例子.公司"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_an_address_is_kept_as_typed(raw, kept):
    assert check_email(raw) == kept


@pytest.mark.parametrize(
    "raw",
    [
        *("ada", "ada@", "@example.com", "ada@example", "ada@.com", "ada@example.", "a@b@c.com"),
        *("ada obi@example.com", "ada@exam ple.com", "ada@example..com"),
    ],
)
def test_an_unfinished_address_is_refused(raw):
    with pytest.raises(InvalidEntryError, match=r"name@example\.com") as refusal:
        check_email(raw)
    assert refusal.value.field == "email"


def test_an_endless_address_is_refused():
    with pytest.raises(InvalidEntryError, match="254"):
        check_email("a" * 250 + "@example.com")


def test_the_phone_library_is_not_loaded_before_it_is_needed():
    script = "import sys, recoverydesk.domain.phones; sys.exit('phonenumbers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
