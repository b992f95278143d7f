"""Which backups are kept, and when the owner should hear about them."""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from recoverydesk.records import record

RECENT, DAYS, WEEKS, MONTHS = 8, 7, 4, 12
NEVER_TOUCHED = 3
"""So many of the newest good ones stay whatever the clock says."""

EVERY = timedelta(hours=1)
OLD_AFTER = timedelta(days=3)
DRILL_EVERY = timedelta(days=30)
ASK_FOR_SECOND_WITHIN = timedelta(days=7)


class Reason(StrEnum):
    """Why a backup was made."""

    HOURLY = "hourly"
    CLOSING = "closing"
    ASKED = "asked"
    BEFORE_RESTORE = "before_restore"
    BEFORE_IMPORT = "before_import"
    BEFORE_ERASE = "before_erase"
    BEFORE_BULK = "before_bulk"


class Health(StrEnum):
    """How the backups are, at a glance."""

    GOOD = "good"
    OLD = "old"
    FAILED = "failed"
    NONE = "none"


@record
class Kept:
    """One backup, as far as keeping it goes.

    Attributes:
        number: its place in the row of backups; the order is by this, never by the clock.
        made_at: when, as the computer's clock had it (UTC).
        good: whether it was proved.
    """

    number: int
    made_at: datetime
    good: bool = True


def superfluous(backups: Sequence[Kept], *, now: datetime) -> set[int]:
    """Return the numbers of the backups that may go.

    The newest eight stay, then the newest of each of seven days, four weeks and twelve months. A
    clock that jumps can't thin out more: what seems to come from the future counts as made now.

    Args:
        backups: all there are, in any order.
        now: this moment (UTC).
    """
    newest_first = sorted(backups, key=lambda one: -one.number)
    good = [one for one in newest_first if one.good]
    keep = {one.number for one in good[: max(RECENT, NEVER_TOUCHED)]}
    keep |= {one.number for one in newest_first[:1]}
    for most, span_of in (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    ):
        keep |= _newest_of_each(good, most, span_of, now)
    return {one.number for one in newest_first} - keep


def _newest_of_each(
    good: Sequence[Kept], most: int, span_of: Callable[[datetime], Hashable], now: datetime
) -> set[int]:
    newest: dict[Hashable, int] = {}
    for one in good:
        newest.setdefault(span_of(min(one.made_at, now)), one.number)
    return set(list(newest.values())[:most])


def health(last_good_at: datetime | None, *, failed: bool, now: datetime) -> Health:
    """Return how the backups are.

    Args:
        last_good_at: when the newest good one was made (UTC).
        failed: whether the last try went wrong.
        now: this moment (UTC).
    """
    if failed:
        return Health.FAILED
    if last_good_at is None:
        return Health.NONE
    return Health.OLD if now - last_good_at > OLD_AFTER else Health.GOOD


def is_due(
    last_made_at: datetime | None, *, changed: bool, now: datetime, every: timedelta = EVERY
) -> bool:
    """Say whether it is time for the next one. A clock that went back never holds it up."""
    if last_made_at is None:
        return True
    return changed and abs(now - last_made_at) >= every
