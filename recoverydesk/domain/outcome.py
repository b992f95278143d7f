"""How a case may end, and what that has to rest on."""

from recoverydesk.domain.case import Evidence, LostReason, Outcome, Status
from recoverydesk.domain.stage import CLOSES_UNRESOLVED, EDGES
from recoverydesk.errors import InvalidEntryError, NotAllowedError

NEEDS_EVIDENCE = frozenset({Outcome.WON_BACK, Outcome.KEPT})


def check_close(
    status: Status,
    outcome: Outcome,
    *,
    evidence: Evidence | None,
    lost_reason: LostReason | None,
    came_again: bool,
    words: str = "",
) -> None:
    """Make sure that a case may end this way.

    Args:
        status: where it stands now.
        outcome: how it is said to have ended.
        evidence: what "won back" or "kept" rests on.
        lost_reason: why the customer was lost; needed for `LOST`.
        came_again: whether a purchase after the day it was resolved is on the desk.
        words: the owner's reason; needed for `NOT_UPHELD`.

    Raises:
        NotAllowedError: it can't be closed from where it stands.
        InvalidEntryError: something is missing; `field` says what.
    """
    if (status, Status.CLOSED) not in EDGES:
        raise NotAllowedError("This case has ended already.")
    if outcome is Outcome.PENDING:
        raise InvalidEntryError("outcome", "Choose how it ended.")
    if status is not Status.RESOLVED and outcome not in CLOSES_UNRESOLVED:
        raise NotAllowedError(
            "This case isn't resolved yet.",
            advice="Mark it as resolved first; then say how it ended.",
        )
    _check_reasons(outcome, lost_reason=lost_reason, words=words)
    if outcome in NEEDS_EVIDENCE:
        _check_evidence(outcome, evidence, came_again=came_again)


def _check_reasons(outcome: Outcome, *, lost_reason: LostReason | None, words: str) -> None:
    if outcome is Outcome.LOST and lost_reason is None:
        raise InvalidEntryError("lost_reason", "Choose why they were lost; it helps the next one.")
    if outcome is Outcome.NOT_UPHELD and not words.strip():
        raise InvalidEntryError("words", "Write down why you didn't agree with the complaint.")


def _check_evidence(outcome: Outcome, evidence: Evidence | None, *, came_again: bool) -> None:
    if evidence is None:
        raise InvalidEntryError("evidence", "Choose how you know.")
    if evidence is Evidence.PURCHASE and outcome is Outcome.WON_BACK and not came_again:
        raise InvalidEntryError(
            "evidence",
            "No purchase after the day this was resolved is written down.",
            advice="Log their visit first, or say that it is your own word.",
        )


def check_resolve(status: Status) -> None:
    """Make sure that a case may be called resolved.

    Raises:
        NotAllowedError: it is resolved or closed already.
    """
    if (status, Status.RESOLVED) not in EDGES:
        raise NotAllowedError("This case is resolved or closed already.")
