"""Where a case stands, computed from its dated facts."""

from collections.abc import Collection
from datetime import datetime

from recoverydesk.domain.case import Outcome, Stage, Status
from recoverydesk.records import record

ORDER = (Stage.LISTEN, Stage.OWN, Stage.MAKE_RIGHT, Stage.FIX_CAUSE, Stage.FOLLOW_UP, Stage.DONE)


@record
class Facts:
    """What has happened in a case, and when (UTC)."""

    first_contact_at: datetime | None = None
    restatement_agreed_at: datetime | None = None
    not_agreed_why: str = ""
    apologised_at: datetime | None = None
    agreed_at: datetime | None = None
    handed_over_at: datetime | None = None
    cause_found_at: datetime | None = None
    waiting_since: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    merged: bool = False


def status_of(facts: Facts) -> Status:
    """Return whose turn it is."""
    if facts.merged:
        return Status.MERGED
    if facts.closed_at is not None:
        return Status.CLOSED
    if facts.resolved_at is not None:
        return Status.RESOLVED
    if facts.waiting_since is not None:
        return Status.WAITING_CUSTOMER
    return Status.OPEN


def stage_of(facts: Facts, stages: Collection[Stage]) -> Stage:
    """Return the first stage that is not behind us.

    Args:
        facts: what has happened.
        stages: the stages this case's plan leads through; the others are passed over.
    """
    if facts.closed_at is not None or facts.merged:
        return Stage.DONE
    if facts.resolved_at is not None:
        return Stage.FOLLOW_UP
    for stage in ORDER[:4]:
        if stage in stages and not behind(stage, facts):
            return stage
    return Stage.FOLLOW_UP


def behind(stage: Stage, facts: Facts) -> bool:
    """Say whether a stage is done with."""
    match stage:
        case Stage.LISTEN:
            heard = facts.restatement_agreed_at is not None or bool(facts.not_agreed_why)
            return facts.first_contact_at is not None and heard
        case Stage.OWN:
            return facts.apologised_at is not None
        case Stage.MAKE_RIGHT:
            return facts.agreed_at is not None and facts.handed_over_at is not None
        case Stage.FIX_CAUSE:
            return facts.cause_found_at is not None
        case Stage.FOLLOW_UP:
            return facts.closed_at is not None
        case _:
            return False


OPEN_STATUSES = frozenset({Status.OPEN, Status.WAITING_CUSTOMER, Status.RESOLVED})
"""A case with one of these still needs a next step."""

EDGES = frozenset(
    {
        (Status.OPEN, Status.WAITING_CUSTOMER),
        (Status.WAITING_CUSTOMER, Status.OPEN),
        (Status.OPEN, Status.RESOLVED),
        (Status.WAITING_CUSTOMER, Status.RESOLVED),
        (Status.OPEN, Status.CLOSED),
        (Status.WAITING_CUSTOMER, Status.CLOSED),
        (Status.RESOLVED, Status.CLOSED),
        (Status.RESOLVED, Status.OPEN),
        (Status.CLOSED, Status.OPEN),
        (Status.OPEN, Status.MERGED),
        (Status.WAITING_CUSTOMER, Status.MERGED),
        (Status.RESOLVED, Status.MERGED),
        (Status.CLOSED, Status.MERGED),
    }
)
"""The drawn edges: a status moves along these and no others."""

CLOSES_UNRESOLVED = frozenset({Outcome.LOST, Outcome.NOT_UPHELD, Outcome.UNREACHABLE})
"""Outcomes that end a case which was never resolved."""
