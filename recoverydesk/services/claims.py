"""What is said about customers in general: each with its source, and with how far it goes.

The program shows a rule of thumb only beside the way to these words; see resources/claims.toml.
"""

from enum import StrEnum
from functools import cache

from recoverydesk.places import RESOURCES
from recoverydesk.records import record


class ClaimKey(StrEnum):
    """Every claim that the program makes."""

    TWELVE_GOOD = "twelve_good"
    SILENT_CUSTOMERS = "silent_customers"
    TELLS_OTHERS = "tells_others"
    QUICK_IS_FAIR = "quick_is_fair"
    HAPPIER_THAN_BEFORE = "happier_than_before"
    OWNING_THE_FAULT = "owning_the_fault"
    FEW_CAUSES = "few_causes"
    THREE_JUSTICES = "three_justices"


@record
class Claim:
    """A rule of thumb, or what a study found."""

    key: ClaimKey
    title: str
    said: str
    source: str
    """Who found or says so."""
    limit: str
    """What it doesn't show."""
    n: int | None = None
    """How many a percentage is of; without it there is none."""


def claim(key: ClaimKey) -> Claim:
    """Return a claim with its source and its limit."""
    return _all()[key]


def claims() -> tuple[Claim, ...]:
    """Return all that the program claims, in the order of the guide."""
    return tuple(_all().values())


@cache
def _all() -> dict[ClaimKey, Claim]:
    import tomllib  # noqa: PLC0415 - start-up doesn't pay for it

    found = tomllib.loads((RESOURCES / "claims.toml").read_text(encoding="utf-8"))
    return {ClaimKey(key): Claim(ClaimKey(key), **values) for key, values in found.items()}
