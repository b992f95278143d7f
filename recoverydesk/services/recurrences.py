"""Whether fixes held: cases of their cause before and after, for the same number of days."""

from datetime import date, datetime, timedelta

import peewee as pw

from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.span import ONE_DAY, Span
from recoverydesk.records import record
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.spans import counts, opened_in
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, CorrectiveAction

LONGEST = 180
"""Days that are looked at on either side of a fix, at most."""
SHORTEST = 30
PER = 30
"""Cases are told per so many days."""


@record
class Recurrence:
    """A fix, and how often its cause struck before and after it."""

    correction_id: int
    what: str
    cause_id: int
    cause: str
    status: CorrectionStatus
    done_on: date
    before: int
    """Cases in the days up to the fix; the day itself belongs to them."""
    before_days: int
    after: int
    """Cases since; one about something from before the fix belongs to before."""
    after_days: int
    """Days since the fix that were looked at; 0 on the day itself."""

    @property
    def before_rate(self) -> float | None:
        """Cases in 30 days before it; None where there was no day to look at."""
        return _rate(self.before, self.before_days)

    @property
    def after_rate(self) -> float | None:
        """Cases in 30 days after it; None where no day has gone by."""
        return _rate(self.after, self.after_days)


def _rate(cases: int, days: int) -> float | None:
    return round(cases * PER / days, 1) if days else None


def of_fixes(desk: Desk, *, now: datetime, most: int = 12) -> tuple[Recurrence, ...]:
    """Return the fixes that are in place and have a cause, the newest first.

    Both sides are as long as it has been since the fix, 30 days at least and 180 at most; before it
    no longer than the desk has known cases.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        query = (
            CorrectiveAction.select(
                CorrectiveAction.id, CorrectiveAction.what, CorrectiveAction.cause, Cause.name,
                CorrectiveAction.status, CorrectiveAction.done_on,
            )
            .join(Cause, on=CorrectiveAction.cause == Cause.id)
            .where(
                CorrectiveAction.done_on.is_null(is_null=False),
                CorrectiveAction.status != CorrectionStatus.DROPPED,
            )
            .order_by(CorrectiveAction.done_on.desc(), CorrectiveAction.id.desc())
            .limit(most)
        )  # fmt: skip
        today = hours_of_shop().day_of(now)
        return tuple(_recurrence(values, today) for values in list(query.tuples()))


def _recurrence(values: tuple[int, str, int, str, str, date], today: date) -> Recurrence:
    correction_id, what, cause_id, cause, status, done_on = values
    before, after = _sides(done_on, today)
    struck, late = _ids(cause_id, before, done_on), _ids(cause_id, after, done_on)
    since = [one for one, old in late if not old]
    return Recurrence(
        correction_id=correction_id,
        what=what,
        cause_id=cause_id,
        cause=cause,
        status=CorrectionStatus(status),
        done_on=done_on,
        before=len(struck) + len(late) - len(since),
        before_days=0 if before is None else before.days,
        after=len(since),
        after_days=0 if after is None else after.days,
    )


def _sides(done_on: date, today: date) -> tuple[Span | None, Span | None]:
    """Return the days before a fix, its own day the last of them, and those after it."""
    gone = min((today - done_on).days, LONGEST)
    after = Span(done_on + ONE_DAY, done_on + timedelta(days=gone)) if gone > 0 else None
    first = done_on - timedelta(days=max(gone, SHORTEST) - 1)
    oldest = Case.select(pw.fn.MIN(Case.opened_at)).where(counts()).tuples().get()[0]
    if oldest is not None:
        begun = hours_of_shop().day_of(datetime.fromisoformat(str(oldest)))
        first = max(first, begun)
    return (Span(first, done_on) if first <= done_on else None), after


def _ids(cause_id: int, side: Span | None, done_on: date) -> list[tuple[int, bool]]:
    """Return the cases of a cause on one side, and whether each is about an older thing."""
    if side is None:
        return []
    query = Case.select(Case.id, Case.occurred_on).where(
        Case.cause == cause_id, opened_in(side, hours_of_shop())
    )
    return [
        (case_id, occurred is not None and occurred <= done_on)
        for case_id, occurred in query.order_by(Case.id).tuples()
    ]


def case_ids(correction_id: int, *, now: datetime, after: bool) -> list[int]:
    """Return the cases before or after a fix; call inside `reading()`.

    None where the fix isn't in place, or has no cause.
    """
    row = CorrectiveAction.get_or_none(CorrectiveAction.id == correction_id)
    if row is None or row.done_on is None or row.cause_id is None:
        return []
    sides = _sides(row.done_on, hours_of_shop().day_of(now))
    late = _ids(row.cause_id, sides[1], row.done_on)
    if after:
        return [case_id for case_id, old in late if not old]
    struck = _ids(row.cause_id, sides[0], row.done_on)
    return [case_id for case_id, _old in struck] + [case_id for case_id, old in late if old]
