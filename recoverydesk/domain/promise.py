"""Promises: a dated word given to the customer, and whether it was kept."""

from datetime import datetime
from enum import StrEnum

from recoverydesk.domain.follow_up import FollowUpStatus

QUIET_OPEN_DAYS = 3
"""After so many opening days without a word, where it is our turn, the customer is owed one."""


class PromiseState(StrEnum):
    """How a promise stands; each is in exactly one."""

    OPEN = "open"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


def state_of(
    promised_at: datetime, status: FollowUpStatus, ended_at: datetime | None, *, now: datetime
) -> PromiseState:
    """Return how a promise stands.

    Args:
        promised_at: until when they were told; being put off doesn't move it.
        status: of the follow-up that reminds of it.
        ended_at: when that was done or left out.
        now: this moment.
    """
    if status is FollowUpStatus.SKIPPED:
        return PromiseState.WITHDRAWN
    if status is FollowUpStatus.DONE and ended_at is not None:
        return PromiseState.KEPT if ended_at <= promised_at else PromiseState.KEPT_LATE
    return PromiseState.BROKEN if now > promised_at else PromiseState.OPEN
