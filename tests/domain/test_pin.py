import pytest

from recoverydesk.domain import pin as pins
from recoverydesk.domain import voucher
from recoverydesk.errors import InvalidEntryError


@pytest.mark.parametrize("typed", ["1234", " 1234 ", "\uff11\uff12\uff13\uff14", "ab-cd-efghij"])
def test_four_to_twelve_signs_make_a_pin(typed):
    assert pins.SHORTEST <= len(pins.check_new(typed)) <= pins.LONGEST


@pytest.mark.parametrize("typed", ["", "123", "1" * 13, "12 34", "0000", "    "])
def test_short_long_and_lazy_ones_are_refused(typed):
    with pytest.raises(InvalidEntryError) as told:
        pins.check_new(typed)
    assert told.value.field == "pin"


def test_only_the_same_pin_fits_and_nothing_shows_what_it_is():
    kept = pins.hashed("1234")
    assert "1234" not in kept
    assert pins.fits("1234", kept)
    assert pins.fits("\uff11\uff12\uff13\uff14", kept)
    assert not pins.fits("1235", kept)
    assert pins.hashed("1234") != kept  # its own salt each time


def test_what_an_older_release_hashed_for_less_still_fits(monkeypatch):
    monkeypatch.setattr(pins, "_COST", (2**10, 8, 1))
    kept = pins.hashed("1234")
    monkeypatch.undo()
    assert pins.fits("1234", kept)


@pytest.mark.parametrize("kept", ["", "md5$1$2", "scrypt$1$2$3"])
def test_what_was_never_hashed_fits_nothing(kept):
    assert not pins.fits("1234", kept)


def test_the_way_back_is_a_code_nobody_can_guess():
    code = pins.new_way_back()
    assert voucher.check_code(code) == pins.clean_way_back(code.lower())
    assert code != pins.new_way_back()
