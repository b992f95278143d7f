"""One that is two: a second failure told in one breath, a case that is somebody else's."""

from collections.abc import Sequence
from datetime import datetime

from recoverydesk.domain.case import Channel, Severity
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.errors import NotAllowedError
from recoverydesk.services import ideas, intake, preferences, relapses
from recoverydesk.services.customers import CustomerEntry, create, customer_by_id
from recoverydesk.services.intake import Intake
from recoverydesk.services.links import link, live_case
from recoverydesk.services.merges import EVERYTHING, hand_over_news
from recoverydesk.services.plans import (
    LEFT_ALONE,
    case_by_id,
    greeting_of,
    known_steps,
    settle,
    utc,
)
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Attachment,
    Case,
    Contact,
    Customer,
    Document,
    Entitlement,
    Feedback,
    FixNews,
    FollowUp,
    PositiveEvent,
    Remedy,
    Visit,
    Voucher,
)

_OF_CASE = (FollowUp, Contact, Remedy, Entitlement, Visit, PositiveEvent, Document, Feedback)


def split_case(
    desk: Desk,
    case_id: int,
    words: str,
    *,
    now: datetime,
    contact_ids: Sequence[int] = (),
    attachment_ids: Sequence[int] = (),
) -> int:
    """Make a case of its own of a second failure that was told in the same breath.

    Args:
        desk: the open desk.
        case_id: the case that holds both.
        words: what happened in the other.
        now: this moment (UTC).
        contact_ids: what was said about the other, which moves.
        attachment_ids: files that belong to the other.

    Returns:
        The id of the new case; the two are linked.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it has become part of another one.
        InvalidEntryError: no words.
    """
    with desk.changing(EVERYTHING, "Split a case") as change:
        case = live_case(case_id)
        customer = Customer.get_by_id(case.customer_id)
        entry = Intake(
            CustomerEntry(customer.name),
            words,
            severity=Severity(case.severity),
            channel=Channel(case.channel),
            customer_id=customer.id,
            second_failure=False,
        )
        made = intake.log(desk, entry, now=now)
        change.say(f"Split {made.number} from {case.number}")
        Contact.update(case=made.case_id).where(
            Contact.case == case.id, Contact.id.in_(list(contact_ids))
        ).execute()
        Attachment.update(case=made.case_id).where(
            Attachment.case == case.id, Attachment.id.in_(list(attachment_ids))
        ).execute()
        link(desk, case.id, made.case_id, "split")
        fresh = case_by_id(made.case_id)
        # Both were told in one breath: their clocks run from the same word.
        fresh.opened_at, fresh.first_contact_due_at = case.opened_at, case.first_contact_due_at
        _take_contact_facts(fresh)
        _forget_contact_facts(case, fresh)
        settle(fresh, now=now)
        settle(case, now=now)
        relapses.look([fresh.cause_id], now=now)
        return made.case_id


def _forget_contact_facts(case: Case, fresh: Case) -> None:
    """Date the first word of what is left by what is left, where it moved away."""
    stamps = _reached(case)
    moved = set(_reached(fresh))
    if case.first_contact_at in moved:
        case.first_contact_at = stamps[0] if stamps else None
    if case.last_update_at in moved:
        case.last_update_at = stamps[-1] if stamps else case.first_contact_at


def _take_contact_facts(case: Case) -> None:
    """Date the first word by what moved over with it."""
    stamps = _reached(case)
    if stamps:
        case.first_contact_at = max(stamps[0], case.opened_at)
        case.last_update_at = stamps[-1]


def _reached(case: Case) -> list[datetime]:
    reached = (
        Contact.select(Contact.at)
        .where(Contact.case == case.id, Contact.direction == "out", Contact.reach != "no_answer")
        .order_by(Contact.at)
    )
    return [values[0] for values in reached.tuples()]


def move_case(
    desk: Desk, case_id: int, *, now: datetime, customer_id: int | None = None, name: str = ""
) -> int:
    """Give a case to whom it really belongs, with all that was said, given and written in it.

    Args:
        desk: the open desk.
        case_id: the case.
        now: this moment (UTC).
        customer_id: whose it is; None makes somebody new.
        name: of somebody new.

    Returns:
        The customer's id.

    Raises:
        NotFoundError: case or customer is no longer on the desk.
        NotAllowedError: it is theirs already, or has become part of another one.
        InvalidEntryError: no name.
    """
    with desk.changing(EVERYTHING, "Move a case") as change:
        case = live_case(case_id)
        if customer_id is None:
            whose = create(CustomerEntry(name), now=utc(now))
        else:
            whose = customer_by_id(customer_id)
        change.say(f"{case.number} belongs to {whose.name}")
        if whose.id == case.customer_id:
            raise NotAllowedError(f"This case is {whose.name}'s already.")
        for table in _OF_CASE:
            table.update(customer=whose.id).where(table.case == case.id).execute()
        hand_over_news(FixNews.case == case.id, whose.id)
        ideas.hand_over(case.id, whose)
        remedies = Remedy.select(Remedy.id).where(Remedy.case == case.id)
        Voucher.update(customer=whose.id).where(Voucher.remedy.in_(remedies)).execute()
        case.customer_id = whose.id
        case.save(only=case.dirty_fields)
        _reword(case, whose)
        preferences.obey(whose, now=now)
        return int(whose.id)


def _reword(case: Case, whose: Customer) -> None:
    """Call the customer by their own name in what is still to do."""
    steps, name = known_steps(case), greeting_of(whose)
    still = (FollowUp.status == FollowUpStatus.PLANNED) | (FollowUp.end_words == LEFT_ALONE)
    for row in FollowUp.select().where(FollowUp.case == case.id, still):
        step = steps.get(row.step_key)
        if step is not None:
            row.title = step.title_for(name)
            row.save(only=row.dirty_fields)
