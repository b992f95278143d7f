"""Two that are one: customers and cases merged field by field, and taken back by Undo exactly.

Nothing is thrown away: what has been merged stays on the desk, points at what it has become, and is
found by its old number. All rows move in one change, so Undo brings both back as they were.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from recoverydesk.domain.case import Fault, GoodFaith, Outcome, Severity, Status
from recoverydesk.domain.follow_up import MAKES_SAFE, FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.playbook import Fact
from recoverydesk.domain.text import summary
from recoverydesk.errors import NotAllowedError
from recoverydesk.records import record
from recoverydesk.services import preferences, relapses, touches
from recoverydesk.services.customers import customer_even_if_merged
from recoverydesk.services.plans import case_even_if_merged, do_again, settle, utc
from recoverydesk.services.remedies import update_facts
from recoverydesk.services.severities import set_severity
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Attachment,
    Case,
    CaseLink,
    Contact,
    CorrectiveAction,
    Customer,
    Document,
    Entitlement,
    EntitlementUse,
    Feedback,
    FixNews,
    FollowUp,
    NegotiationLine,
    PositiveEvent,
    Remedy,
    Sale,
    Suggestion,
    Visit,
    Voucher,
    Why,
)
from recoverydesk.topics import Topic


class Side(StrEnum):
    """Whose words stay, where both have some."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"
    """One under the other; for words only."""


Choices = Mapping[str, Side]
"""By field of `CUSTOMER_FIELDS` or `CASE_FIELDS`; what isn't named stays, or is filled in."""

CUSTOMER_FIELDS = (
    "name", "greeting_name", "phone", "email", "address", "language", "worth_year_cents", "likes",
    "note", "since_on", "preferred_way", "best_time",
)  # fmt: skip
"""What can be chosen field by field; an address is one field with its postcode and town."""

_TOGETHER = {
    "name": ("name", "name_key"),
    "phone": ("phone", "phone_key", "phone_tail"),
    "email": ("email", "email_key"),
    "address": ("address", "postcode", "town", "country"),
    "channel": ("channel", "review_site", "review_stars", "review_link"),
}
_WORDS = frozenset({"note", "likes", "words", "restatement", "feeling", "our_part"})

CASE_FIELDS = ("words", "restatement", "feeling", "our_part", "severity", "cause_id", "channel")

_OF_CUSTOMER: tuple[Any, ...] = (
    Case, FollowUp, Contact, Remedy, Voucher, Entitlement, Visit, PositiveEvent, Document,
    Sale, Suggestion, Feedback,
)  # fmt: skip
_OF_CASE: tuple[Any, ...] = (
    Contact, NegotiationLine, Remedy, Entitlement, EntitlementUse, CorrectiveAction, Visit,
    PositiveEvent, Document, Attachment, Suggestion, Feedback, FixNews,
)  # fmt: skip
_KINDS_THAT_MOVE = tuple(
    kind for kind in FollowUpKind if kind not in {FollowUpKind.PLAN_STEP, FollowUpKind.CLOSING}
)
"""Steps of a plan stay with their plan; a promise is kept whichever case it was given in."""

_EARLIEST = (
    "opened_at", "first_contact_at", "apologised_at", "agreed_at", "confirmed_at", "idea_asked_at",
)  # fmt: skip

EVERYTHING = Topic.EVERYTHING & ~Topic.SHOP


@record
class Moving:
    """What would move with a merge, to be looked at before."""

    cases: int = 0
    contacts: int = 0
    remedies: int = 0
    vouchers: int = 0
    papers: int = 0
    reminders: int = 0
    visits: int = 0
    files: int = 0


def moving_with_customer(desk: Desk, customer_id: int) -> Moving:
    """Return what would move if a customer became part of another one."""

    def count(table: Any, *more: Any) -> int:  # noqa: ANN401 - peewee's own
        whose = table.customer == customer_id
        return int(table.select().where(whose, *more).count())

    with desk.reading():
        return Moving(
            cases=count(Case, Case.status != Status.MERGED),
            contacts=count(Contact),
            remedies=count(Remedy),
            vouchers=count(Voucher),
            papers=count(Document),
            reminders=count(FollowUp, FollowUp.status == FollowUpStatus.PLANNED),
            visits=count(Visit),
        )


def moving_with_case(desk: Desk, case_id: int) -> Moving:
    """Return what would move if a case became part of another one."""

    def count(table: Any, *more: Any) -> int:  # noqa: ANN401 - peewee's own
        whose = table.case == case_id
        return int(table.select().where(whose, *more).count())

    with desk.reading():
        return Moving(
            contacts=count(Contact),
            remedies=count(Remedy),
            papers=count(Document),
            reminders=count(
                FollowUp,
                FollowUp.kind.in_(list(_KINDS_THAT_MOVE)),
                FollowUp.status == FollowUpStatus.PLANNED,
            ),
            visits=count(Visit),
            files=count(Attachment),
        )


def merge_customers(
    desk: Desk, kept_id: int, other_id: int, *, choices: Choices, now: datetime
) -> None:
    """Make one customer of two: everything of the other moves to the one that is kept.

    Args:
        desk: the open desk.
        kept_id: who stays.
        other_id: who turned out to be the same person.
        choices: whose words stay, field by field; an empty field takes the other's.
        now: this moment (UTC).

    Raises:
        NotFoundError: one of them is no longer on the desk.
        NotAllowedError: they are one already.
    """
    with desk.changing(EVERYTHING, "Merge customers") as change:
        kept, other = customer_even_if_merged(kept_id), customer_even_if_merged(other_id)
        change.say(f"Merge: {other.name} into {kept.name}")
        if kept.id == other.id:
            raise NotAllowedError("That is the same customer; there is nothing to merge.")
        if other.merged_into_id is not None or kept.merged_into_id is not None:
            raise NotAllowedError("They have been merged already.")
        _take_fields(kept, other, CUSTOMER_FIELDS, choices)
        kept.do_not_contact = kept.do_not_contact or other.do_not_contact
        kept.do_not_contact_why = kept.do_not_contact_why or other.do_not_contact_why
        kept.expected_on = kept.expected_on or other.expected_on
        kept.save(only=kept.dirty_fields)
        for table in _OF_CUSTOMER:
            table.update(customer=kept.id).where(table.customer == other.id).execute()
        hand_over_news(FixNews.customer == other.id, kept.id)
        Customer.update(merged_into=kept.id).where(
            (Customer.merged_into == other.id) | (Customer.id == other.id)
        ).execute()
        touches.of_both(kept, other, now=now)
        preferences.obey(kept, now=now)


def merge_cases(
    desk: Desk, kept_id: int, other_id: int, *, choices: Choices, now: datetime
) -> None:
    """Make one case of two: what was said, promised and given in the other moves over.

    The clock runs from the first word of the two. The other's plan ends; its number leads to the
    case that is kept.

    Args:
        desk: the open desk.
        kept_id: the case that stays.
        other_id: the case that turned out to be the same.
        choices: whose words stay, field by field; words are put together where nothing is said.
        now: this moment (UTC).

    Raises:
        NotFoundError: one of them is no longer on the desk.
        NotAllowedError: they are one already, belong to two customers, or the one that would
            stay is closed while the other is not.
    """
    with desk.changing(EVERYTHING, "Merge cases") as change:
        kept, other = case_even_if_merged(kept_id), case_even_if_merged(other_id)
        change.say(f"Merge: {other.number} into {kept.number}")
        _refuse(kept, other)
        hours = hours_of_shop()
        cause_ids = {kept.cause_id, other.cause_id}
        said, severity = (kept.restatement, kept.restatement_agreed_at), Severity(kept.severity)
        _take_fields(kept, other, CASE_FIELDS, {"words": Side.BOTH, **choices})
        kept.summary = summary(kept.words)
        kept.restatement_agreed_at = _agreed_with(kept.restatement, said, other)
        _take_severity(kept, other, severity, hours)
        _take_facts(kept, other)
        _move_rows(kept, other, now=utc(now))
        _take_handing_over(kept, now=utc(now))
        _retire(other, kept)
        settle(other, now=now, hours=hours)
        settle(kept, now=now, hours=hours)
        relapses.look(cause_ids | {kept.cause_id}, now=now)


def _refuse(kept: Case, other: Case) -> None:
    if kept.id == other.id:
        raise NotAllowedError("That is the same case; there is nothing to merge.")
    if kept.merged_into_id is not None or other.merged_into_id is not None:
        raise NotAllowedError("They have been merged already.")
    if kept.customer_id != other.customer_id:
        raise NotAllowedError(
            "These cases belong to two customers.",
            advice="If they are one person, merge the customers first. If one failure hit both,"
            " make it an incident.",
        )
    for at, is_over in (("closed_at", "closed"), ("resolved_at", "resolved")):
        if getattr(kept, at) is not None and getattr(other, at) is None:
            raise NotAllowedError(
                f"{kept.number} is {is_over}, and {other.number} is not.",
                advice=f"Keep {other.number}, or reopen {kept.number} first.",
            )
    if None not in {kept.incident_id, other.incident_id} and kept.incident_id != other.incident_id:
        raise NotAllowedError(
            "These cases belong to two incidents.", advice="Take one of them out of its incident."
        )


def _agreed_with(text: str, kept: tuple[str, datetime | None], other: Case) -> datetime | None:
    """Return when they agreed with how it is said back now; None where they never heard it so."""
    if text == kept[0] and kept[1] is not None:
        return kept[1]
    agreed: datetime | None = other.restatement_agreed_at if text == other.restatement else None
    return agreed


def _take_severity(kept: Case, other: Case, before: Severity, hours: OpeningHours) -> None:
    """Let the promise of a first word move with how upset they are; the earlier one holds."""
    wanted, kept.severity = Severity(kept.severity), before
    if wanted is not before:
        set_severity(kept, wanted, hours=hours)
    if kept.first_contact_at is None:
        kept.first_contact_due_at = min(kept.first_contact_due_at, other.first_contact_due_at)


def _take_handing_over(kept: Case, *, now: datetime) -> None:
    """Work out anew whether all is handed over; if not, the step that says so is to do again."""
    update_facts(kept, now=now)
    if kept.agreed_at is not None and kept.handed_over_at is None:
        do_again(kept, Fact.HANDED_OVER)


def _take_fields(
    kept: Customer | Case, other: Customer | Case, fields: tuple[str, ...], choices: Choices
) -> None:
    for field in fields:
        columns = _TOGETHER.get(field, (field,))
        mine, theirs = getattr(kept, columns[0]), getattr(other, columns[0])
        side = choices.get(field, Side.KEPT)
        if side is Side.BOTH and field in _WORDS and mine and theirs and mine != theirs:
            setattr(kept, field, f"{mine}\n\n{theirs}")
        elif theirs and (side is Side.OTHER or not any(getattr(kept, one) for one in columns)):
            for column in columns:
                setattr(kept, column, getattr(other, column))


def _take_facts(kept: Case, other: Case) -> None:
    """Take over what is known from the other; the clock runs from the first word of the two."""
    if other.opened_at < kept.opened_at:
        kept.occurred_on = other.occurred_on or kept.occurred_on
    for fact in _EARLIEST:
        stamps = [at for at in (getattr(kept, fact), getattr(other, fact)) if at is not None]
        setattr(kept, fact, min(stamps, default=None))
    updates = [at for at in (kept.last_update_at, other.last_update_at) if at is not None]
    kept.last_update_at = max(updates, default=None)
    if kept.handed_over_at is None and kept.agreed_at is not None:
        kept.handed_over_at = other.handed_over_at
    kept.safety_flag = kept.safety_flag or other.safety_flag
    kept.safety_words = kept.safety_words or other.safety_words
    if kept.fault == Fault.UNKNOWN:
        kept.fault = other.fault
    if kept.good_faith == GoodFaith.PRESUMED:
        kept.good_faith, kept.good_faith_reason = other.good_faith, other.good_faith_reason
    kept.alarm = kept.alarm or other.alarm
    kept.reopened_count += other.reopened_count
    kept.incident_id = kept.incident_id or other.incident_id
    kept.not_agreed_why = kept.not_agreed_why or other.not_agreed_why


def hand_over_news(whose: Any, customer_id: int) -> None:  # noqa: ANN401 - peewee's own
    """Give a customer what others were told of fixes; call inside `changing()`.

    Nobody is told of a fix twice, so what they know already stays theirs alone.
    """
    known = FixNews.select(FixNews.correction).where(FixNews.customer == customer_id)
    FixNews.delete().where(whose, FixNews.correction.in_(known)).execute()
    FixNews.update(customer=customer_id).where(whose).execute()


def _move_rows(kept: Case, other: Case, *, now: datetime) -> None:
    for table in _OF_CASE:
        table.update(case=kept.id).where(table.case == other.id).execute()
    of_other, promised = FollowUp.case == other.id, FollowUp.promised_at.is_null(is_null=False)
    # A step of the other's plan that was promised is from here on a promise and nothing else.
    FollowUp.update(kind=FollowUpKind.PROMISE, step_key="").where(
        of_other, promised, FollowUp.status == FollowUpStatus.PLANNED
    ).execute()
    FollowUp.update(case=kept.id).where(
        of_other, promised | FollowUp.kind.in_(list(_KINDS_THAT_MOVE))
    ).execute()
    _move_what_makes_safe(kept, other)
    FollowUp.update(
        status=FollowUpStatus.SKIPPED, ended_at=now, end_words=f"merged into {kept.number}"
    ).where(FollowUp.case == other.id, FollowUp.status == FollowUpStatus.PLANNED).execute()
    if not Why.select().where(Why.case == kept.id).exists():
        Why.update(case=kept.id).where(Why.case == other.id).execute()
        kept.cause_found_at = kept.cause_found_at or other.cause_found_at
    _drop_doubles(kept)
    _move_links(kept, other)
    Case.update(merged_into=kept.id).where(Case.merged_into == other.id).execute()


def _move_links(kept: Case, other: Case) -> None:
    """Take over what the other is linked with, once; a link between the two is of no use."""
    linked = {kept.id}
    for link in CaseLink.select().where((CaseLink.case == kept.id) | (CaseLink.other == kept.id)):
        linked |= {link.case_id, link.other_id}
    for link in CaseLink.select().where((CaseLink.case == other.id) | (CaseLink.other == other.id)):
        if {link.case_id, link.other_id} & (linked - {other.id}):
            link.delete_instance()
        elif link.case_id == other.id:
            CaseLink.update(case=kept.id).where(CaseLink.id == link.id).execute()
        else:
            CaseLink.update(other=kept.id).where(CaseLink.id == link.id).execute()


def _move_what_makes_safe(kept: Case, other: Case) -> None:
    """Take over the step that makes it safe, unless the case that stays has its own.

    It is safe once what hurt somebody in either has been dealt with.
    """
    to_do = (FollowUp.step_key == MAKES_SAFE) & (FollowUp.status == FollowUpStatus.PLANNED)
    mine, theirs = (
        FollowUp.select().where(FollowUp.case == case.id, to_do).exists() for case in (kept, other)
    )
    if theirs and not mine:
        FollowUp.update(case=kept.id).where(FollowUp.case == other.id, to_do).execute()
    if mine or theirs:
        kept.safety_done_at = None
    else:
        kept.safety_done_at = kept.safety_done_at or other.safety_done_at


def _drop_doubles(kept: Case) -> None:
    """Keep a file that was attached to both once."""
    seen = set()
    mine = Attachment.select(Attachment.id, Attachment.content).where(Attachment.case == kept.id)
    for attachment_id, content in list(mine.order_by(Attachment.id).tuples()):
        if content in seen:
            Attachment.delete().where(Attachment.id == attachment_id).execute()
        seen.add(content)


def _retire(other: Case, kept: Case) -> None:
    """Leave nothing of the other that any list or sum would count a second time."""
    other.merged_into_id = kept.id
    other.cause_id = other.incident_id = None
    other.waiting_since = other.resolved_at = other.closed_at = None
    other.outcome, other.evidence, other.lost_reason = Outcome.PENDING, None, None
    other.alarm = ""


def severity_of_both(kept: Severity, other: Severity) -> Severity:
    """Return the higher of two, which a merge proposes."""
    order = list(Severity)
    return max(kept, other, key=order.index)
