"""What others like this got: the last few cases with the same cause, as upset, and their end."""

from collections.abc import Sequence

import peewee as pw

from recoverydesk.domain.case import Outcome, Status
from recoverydesk.domain.ladder import Far, far_outside, middle
from recoverydesk.records import record
from recoverydesk.services.plans import case_by_id
from recoverydesk.services.remedies import NOT_GIVEN
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, Remedy

MOST = 10
STAYED = (Outcome.WON_BACK, Outcome.KEPT)
TELLING = (*STAYED, Outcome.LOST)
"""Ended so, a case tells something even where nothing was given."""


@record
class Others:
    """What the last few like a case got, in minor units of what it was worth to them."""

    cause: str
    """Empty: nobody has said yet why it happened."""
    values: tuple[int, ...] = ()
    """The newest first; at most ten."""
    stayed: int = 0
    """How many of them came back or stayed."""
    ended: int = 0
    """How many are decided: they stayed or are lost."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.values)

    @property
    def least(self) -> int:
        """The least that anybody got; 0 where there are none."""
        return min(self.values, default=0)

    @property
    def most(self) -> int:
        """The most that anybody got; 0 where there are none."""
        return max(self.values, default=0)

    @property
    def middle(self) -> int:
        """Half of them got this or less; 0 where there are none."""
        return middle(self.values) if self.values else 0

    def far_outside(self, value_cents: int) -> Far | None:
        """Say whether an offer is far from what they got, and on which side."""
        return far_outside(value_cents, self.values)


def others_like_this(desk: Desk, case_id: int) -> Others:
    """Return what the last ten with the same cause, and as upset, were given.

    Cases that nobody was given anything for count once they have ended with the customer kept or
    lost. What wasn't upheld, and what was merged, doesn't count.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.reading():
        case = case_by_id(case_id)
        if case.cause_id is None:
            return Others("")
        found = _last_ones(case)
        ended = [outcome for _value, outcome in found if outcome in TELLING]
        return Others(
            cause=str(Cause.get_by_id(case.cause_id).name),
            values=tuple(value for value, _outcome in found),
            stayed=sum(outcome in STAYED for outcome in ended),
            ended=len(ended),
        )


def _last_ones(case: Case) -> Sequence[tuple[int, Outcome]]:
    """Return worth and outcome of the last ten like a case, the newest first."""
    given = pw.fn.COUNT(Remedy.id)
    query = (
        Case.select(pw.fn.COALESCE(pw.fn.SUM(Remedy.value_cents), 0), Case.outcome)
        .left_outer_join(
            Remedy, on=(Remedy.case == Case.id) & Remedy.status.not_in(list(NOT_GIVEN))
        )
        .where(
            Case.cause == case.cause_id,
            Case.severity == case.severity,
            Case.id != case.id,
            Case.status != Status.MERGED,
            Case.outcome != Outcome.NOT_UPHELD,
        )
        .group_by(Case.id)
        .having((given > 0) | Case.outcome.in_(list(TELLING)))
        .order_by(Case.id.desc())
        .limit(MOST)
    )
    return [(int(value), Outcome(outcome)) for value, outcome in query.tuples()]
