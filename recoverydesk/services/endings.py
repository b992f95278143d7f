"""Opening again what was over; its history stays."""

from datetime import datetime

from recoverydesk.domain.case import Outcome
from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.storage.tables import Case, FollowUp


def open_again(case: Case, *, now: datetime) -> None:
    """Open a case that was resolved or closed; call inside `changing()`, then `settle`.

    The steps that closing had skipped come back.
    """
    FollowUp.update(status=FollowUpStatus.PLANNED, ended_at=None, end_words="").where(
        FollowUp.case == case.id,
        FollowUp.status == FollowUpStatus.SKIPPED,
        FollowUp.ended_at == case.closed_at,
        FollowUp.kind != FollowUpKind.CLOSING,  # it is asked anew once every step is done
    ).execute()
    case.resolved_at, case.closed_at, case.reopened_at = None, None, now
    case.reopened_count += 1
    case.outcome, case.evidence, case.lost_reason = Outcome.PENDING, None, None
    case.closing_words = ""
