"""Window envelopes, and which of them a letter is folded for."""

from enum import StrEnum


class Envelope(StrEnum):
    """Where a letter's address stands. The values are stored: never change one."""

    AUTOMATIC = "automatic"
    """The one that goes with the shop's paper: DIN long for A4, US #10 for Letter."""
    DIN_B = "din_b"
    """DIN 5008 form B: the address begins 45 mm from the upper edge (DIN long, C6/5)."""
    DIN_A = "din_a"
    """DIN 5008 form A: it begins 27 mm from the upper edge."""
    C56 = "c56"
    """ISO C5/6 (114 x 229 mm) with the window at the left."""
    US_10 = "us_10"
    """US #10 (4 1/8 x 9 1/2 in)."""
    NONE = "none"
    """No window: the address stands where it looks best."""
