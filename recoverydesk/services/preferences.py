"""How a customer wants to be reached, and whether at all: what is planned obeys it."""

from datetime import datetime

from recoverydesk.domain.contact import Way
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.text import tidy_text
from recoverydesk.records import record
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.plans import (
    LEFT_ALONE,
    TURNS_TO_THEM,
    case_by_id,
    greeting_of,
    settle,
    utc,
)
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, FollowUp
from recoverydesk.topics import Topic

TOPICS = Topic.CUSTOMERS | Topic.CASES | Topic.FOLLOW_UPS


@record
class Preferences:
    """How a customer wants to be reached."""

    greeting: str
    way: Way | None = None
    best_time: str = ""
    do_not_contact: bool = False
    why: str = ""
    """What they said when they asked to be left alone."""


def of_case(desk: Desk, case_id: int) -> Preferences:
    """Return how the customer of a case wants to be reached.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.reading():
        return of_customer(desk, case_by_id(case_id).customer_id)


def of_customer(desk: Desk, customer_id: int) -> Preferences:
    """Return how a customer wants to be reached.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.reading():
        row = customer_by_id(customer_id)
        return Preferences(
            greeting=greeting_of(row),
            way=None if row.preferred_way is None else Way(row.preferred_way),
            best_time=row.best_time,
            do_not_contact=row.do_not_contact,
            why=row.do_not_contact_why,
        )


def leave_alone(desk: Desk, customer_id: int, *, asked: bool, now: datetime, why: str = "") -> None:
    """Note that a customer asked not to be contacted, or changed their mind.

    What was planned and turns to them is left out with that reason; if they change their mind,
    what of it still makes sense in open cases comes back.

    Args:
        desk: the open desk.
        customer_id: who asked.
        asked: whether they want to be left alone.
        now: this moment (UTC).
        why: what they said.

    Raises:
        NotFoundError: the customer is no longer on the desk.
        InvalidEntryError: the words are too many.
    """
    why = tidy_text(why, field="do_not_contact_why", limit=300)
    with desk.changing(TOPICS, "Do not contact") as change:
        row = customer_by_id(customer_id)
        change.say(f"{'Leave alone' if asked else 'May be contacted again'}: {row.name}")
        turned = row.do_not_contact != asked
        row.do_not_contact, row.do_not_contact_why = asked, why if asked else ""
        row.save(only=row.dirty_fields)
        if turned:
            obey(row, now=now)


def obey(row: Customer, *, now: datetime) -> None:
    """Bring what is planned in line with a customer's wish; call inside `changing()`."""
    whose = FollowUp.customer == row.id
    if row.do_not_contact:
        FollowUp.update(
            status=FollowUpStatus.SKIPPED, ended_at=utc(now), end_words=LEFT_ALONE
        ).where(
            whose, FollowUp.status == FollowUpStatus.PLANNED, FollowUp.act.in_(list(TURNS_TO_THEM))
        ).execute()
    else:
        still = Case.select(Case.id).where(
            Case.customer == row.id, Case.status.in_(list(OPEN_STATUSES))
        )
        FollowUp.update(status=FollowUpStatus.PLANNED, ended_at=None, end_words="").where(
            whose,
            FollowUp.status == FollowUpStatus.SKIPPED,
            FollowUp.end_words == LEFT_ALONE,
            FollowUp.case.in_(still) | FollowUp.case.is_null(),
        ).execute()
    hours = hours_of_shop()
    for case in Case.select().where(Case.customer == row.id, Case.status.in_(list(OPEN_STATUSES))):
        settle(case, now=now, hours=hours)
