"""How upset the customer is, and what moves with it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from recoverydesk.domain.case import Severity
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.severity import first_contact_hours_from_json
from recoverydesk.records import record
from recoverydesk.services import remedies
from recoverydesk.services.plans import case_by_id, settle
from recoverydesk.services.rehearsals import rehearse
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, FollowUp, Shop
from recoverydesk.topics import Topic

TOPICS = Topic.CASES | Topic.CUSTOMERS | Topic.FOLLOW_UPS


def promised_hours() -> Mapping[Severity, int]:
    """Return in how many opening hours the first word is promised; call inside `reading()`."""
    return first_contact_hours_from_json(Shop.select(Shop.first_contact_hours).scalar())


def set_severity(case: Case, severity: Severity, *, hours: OpeningHours) -> None:
    """Write how upset they are, and move the promise of a first word; then `settle`."""
    if case.first_contact_at is None:
        promised = promised_hours()
        allowed = hours.open_time_between(case.opened_at, case.first_contact_due_at)
        # Whatever it was their turn for stays on top.
        waited = max(allowed - timedelta(hours=promised[Severity(case.severity)]), timedelta())
        case.first_contact_due_at = hours.add_open_time(
            case.opened_at, timedelta(hours=promised[severity]) + waited
        )
    case.severity = severity


def change_severity(desk: Desk, case_id: int, severity: Severity, *, now: datetime) -> None:
    """Change how upset the customer is; the promise of a first word moves with it.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it is closed.
    """
    with desk.changing(TOPICS, "How upset they are") as change:
        case = case_by_id(case_id)
        change.say(f"How upset they are: {case.number}")
        remedies.refuse_if_closed(case)
        hours = hours_of_shop()
        set_severity(case, severity, hours=hours)
        settle(case, now=now, hours=hours)


@record
class Moved:
    """A step that a change would date anew, bring in or take out."""

    title: str
    before_at: datetime | None
    before_on: date | None
    after_at: datetime | None
    after_on: date | None
    timed: bool
    added: bool = False
    dropped: bool = False


Planned = tuple[str, datetime | None, date | None, bool]


def planned_of(case_id: int) -> dict[int, Planned]:
    """Return what is still to do in a case by its id; call inside `reading()`."""
    query = (
        FollowUp.select(
            FollowUp.id, FollowUp.title, FollowUp.due_at, FollowUp.due_on, FollowUp.timed
        )
        .where(FollowUp.case == case_id, FollowUp.status == FollowUpStatus.PLANNED)
        .order_by(FollowUp.due_at.is_null(), FollowUp.due_at, FollowUp.position)
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in query.tuples()}


def differences(before: Mapping[int, Planned], after: Mapping[int, Planned]) -> tuple[Moved, ...]:
    """Return what two looks at a plan differ in: what is dated anew, new, or gone."""
    found = []
    for follow_up_id, (title, at, on, timed) in after.items():
        if follow_up_id not in before:
            found.append(Moved(title, None, None, at, on, timed, added=True))
        elif before[follow_up_id][1] != at:
            _title, was_at, was_on, _timed = before[follow_up_id]
            found.append(Moved(title, was_at, was_on, at, on, timed))
    gone = (values for row_id, values in before.items() if row_id not in after)
    found.extend(
        Moved(title, at, on, None, None, timed, dropped=True) for title, at, on, timed in gone
    )
    return tuple(found)


def what_moves(desk: Desk, case_id: int, severity: Severity, *, now: datetime) -> tuple[Moved, ...]:
    """Return the steps that would get another date, without changing anything.

    Raises:
        NotFoundError, NotAllowedError: as `change_severity`.
    """
    with desk.reading():
        before = planned_of(case_id)
    after = rehearse(
        desk,
        lambda: change_severity(desk, case_id, severity, now=now),
        lambda: planned_of(case_id),
    )
    return differences(before, after)
