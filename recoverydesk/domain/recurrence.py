"""When something that was mended has gone wrong again, and when it goes wrong too often.

A repeat of a fixed problem undoes the recovery: it is an alarm, whoever it hits. Three of a kind in
thirty days without anything being done about it is the other one; a shop of this size has a few
dozen cases a year, so that is no chance.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from recoverydesk.domain.correction import CorrectionStatus

OFTEN = 3
"""So many of one cause..."""
OFTEN_DAYS = 30
"""...within so many days are too many to do nothing."""

WATCHED = frozenset({CorrectionStatus.DONE_WATCHING, CorrectionStatus.HOLDS})
"""Fixes that are in place, and said to work."""


def goes_against(happened_on: date, done_on: date) -> bool:
    """Say whether a case shows that a fix doesn't hold: it happened after the day it was done.

    What happened on that very day may have been before it, and gives no alarm.
    """
    return happened_on > done_on


def too_often(days: Iterable[date], today: date) -> bool:
    """Say whether a cause has come up too often lately.

    Args:
        days: when its cases happened.
        today: the shop's day.
    """
    since = today - timedelta(days=OFTEN_DAYS)
    return sum(since < day <= today for day in days) >= OFTEN
