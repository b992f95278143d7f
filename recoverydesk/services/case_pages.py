"""A case's page: everything about it, read in a dozen queries."""

from dataclasses import field
from datetime import date, datetime, timedelta

import peewee as pw

from recoverydesk.domain.case import (
    Channel,
    Evidence,
    Fault,
    LostReason,
    Outcome,
    Severity,
    Stage,
    Status,
)
from recoverydesk.domain.contact import Way
from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.domain.stage import OPEN_STATUSES, behind
from recoverydesk.records import record
from recoverydesk.services import (
    attachments,
    contacts,
    corrections,
    ideas,
    negotiations,
    remedies,
    second_chances,
)
from recoverydesk.services.attachments import AttachmentView
from recoverydesk.services.causes import whys_of
from recoverydesk.services.contacts import ContactView
from recoverydesk.services.corrections import CorrectionView
from recoverydesk.services.ideas import IdeaView
from recoverydesk.services.links import LinkView, links_of
from recoverydesk.services.negotiations import LineView
from recoverydesk.services.papers import PaperView
from recoverydesk.services.papers import of_case as papers_of
from recoverydesk.services.plan_steps import PlanStepView, plan_of
from recoverydesk.services.plans import case_by_id, facts_of, greeting_of
from recoverydesk.services.promises import PromiseView
from recoverydesk.services.promises import of_case as promises_of
from recoverydesk.services.remedies import RemedyView
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Cause,
    Customer,
    FollowUp,
    Incident,
    Person,
    Playbook,
    PlaybookVersion,
    Visit,
)


@record
class CaseView:
    """A case's page."""

    case_id: int
    number: str
    customer_id: int
    customer: str
    greeting: str
    phone: str
    email: str
    worth_year_cents: int | None
    customer_since: date | None
    likes: str
    preferred_way: Way | None
    best_time: str
    do_not_contact: bool
    channel: Channel
    review_site: str
    review_stars: int | None
    review_link: str
    summary: str
    words: str
    restatement: str
    restatement_agreed_at: datetime | None
    not_agreed_why: str
    feeling: str
    our_part: str
    severity: Severity
    safety_flag: bool
    safety_done_at: datetime | None
    safety_words: str
    alarm: str
    """Why it counts as a second failure, in words; empty where it doesn't."""
    fault: Fault
    cause_id: int | None
    cause: str
    owner: str
    playbook: str
    playbook_name: str
    plan_is_behind: bool
    """There are newer steps for its plan, which it can adopt."""
    occurred_on: date | None
    opened_at: datetime
    first_contact_due_at: datetime
    first_contact_at: datetime | None
    last_update_at: datetime | None
    apologised_at: datetime | None
    agreed_at: datetime | None
    handed_over_at: datetime | None
    cause_found_at: datetime | None
    confirmed_at: datetime | None
    waiting_since: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    status: Status
    stage: Stage
    behind: tuple[Stage, ...]
    """The stages whose work is done; a case may have moved on without."""
    outcome: Outcome
    evidence: Evidence | None
    lost_reason: LostReason | None
    closing_words: str
    next_step: str
    next_due_at: datetime | None
    plan: tuple[PlanStepView, ...]
    negotiation: tuple[LineView, ...]
    remedies: tuple[RemedyView, ...]
    contacts: tuple[ContactView, ...]
    whys: tuple[str, ...]
    corrections: tuple[CorrectionView, ...]
    idea_asked_at: datetime | None
    """When the customer was asked how it could have been avoided."""
    ideas: tuple[IdeaView, ...]
    papers: tuple[PaperView, ...]
    promises: tuple[PromiseView, ...]
    attachments: tuple[AttachmentView, ...]
    links: tuple[LinkView, ...]
    incident_id: int | None
    incident: str
    """The failure that hit others, too; empty where it is none."""
    positives: int
    """Good experiences since the last bad one, less what went wrong again."""
    positives_target: int
    """How many the shop counts toward."""
    came_again: bool
    """They bought again after the day it was resolved."""
    time_to_first_contact: timedelta | None = field(default=None)
    """In opening hours; None while the customer has heard nothing."""

    @property
    def is_open(self) -> bool:
        """Whether it still needs a next step."""
        return self.status in OPEN_STATUSES


FACTS = (
    "number", "review_site", "review_stars", "review_link", "summary", "words", "restatement",
    "restatement_agreed_at", "not_agreed_why", "feeling", "our_part", "occurred_on", "opened_at",
    "first_contact_due_at", "first_contact_at", "last_update_at", "apologised_at", "agreed_at",
    "handed_over_at", "cause_found_at", "confirmed_at", "waiting_since", "resolved_at",
    "closed_at", "closing_words", "next_step", "next_due_at", "safety_flag", "safety_done_at",
    "safety_words", "alarm", "idea_asked_at",
)  # fmt: skip


def view(desk: Desk, case_id: int) -> CaseView:
    """Return a case's page; of a case that was merged, the page of what it has become.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        row = case_by_id(case_id)
        customer = Customer.get_by_id(row.customer_id)
        newer = PlaybookVersion.alias()
        newest = newer.select(pw.fn.MAX(newer.version)).where(newer.playbook == Playbook.id)
        playbook, playbook_name, is_behind = (
            Playbook.select(Playbook.key, Playbook.name, PlaybookVersion.version < newest)
            .join(PlaybookVersion)
            .where(PlaybookVersion.id == row.playbook_version_id)
            .tuples()
            .get()
        )
        hours = hours_of_shop()
        chance = second_chances.of_customer(desk, customer.id)
        first_contact = (
            None
            if row.first_contact_at is None
            else hours.open_time_between(row.opened_at, row.first_contact_at)
        )
        return CaseView(
            case_id=row.id,
            customer_id=customer.id,
            customer=customer.name,
            greeting=greeting_of(customer),
            phone=customer.phone,
            email=customer.email,
            worth_year_cents=customer.worth_year_cents,
            customer_since=customer.since_on,
            likes=customer.likes,
            preferred_way=None if customer.preferred_way is None else Way(customer.preferred_way),
            best_time=customer.best_time,
            do_not_contact=customer.do_not_contact,
            channel=Channel(row.channel),
            severity=Severity(row.severity),
            fault=Fault(row.fault),
            cause_id=row.cause_id,
            cause=_cause_name(row.cause_id),
            owner=_owner_name(row.owner_id),
            playbook=playbook,
            playbook_name=playbook_name,
            plan_is_behind=bool(is_behind) and row.closed_at is None,
            status=Status(row.status),
            stage=Stage(row.stage),
            behind=tuple(one for one in Stage if behind(one, facts_of(row))),
            outcome=Outcome(row.outcome),
            evidence=None if row.evidence is None else Evidence(row.evidence),
            lost_reason=None if row.lost_reason is None else LostReason(row.lost_reason),
            plan=plan_of(row),
            negotiation=negotiations.of_case(row.id),
            remedies=remedies.of_case(row.id),
            contacts=contacts.of_case(row.id),
            whys=whys_of(row.id),
            corrections=corrections.of_case(row.id),
            ideas=ideas.of_case(row.id),
            papers=papers_of(row.id),
            promises=promises_of(row.id),
            attachments=attachments.of_case(row.id),
            links=links_of(row.id),
            incident_id=row.incident_id,
            incident=_incident_title(row.incident_id),
            positives=chance.count,
            positives_target=chance.target,
            came_again=came_again(row),
            time_to_first_contact=first_contact,
            **{name: getattr(row, name) for name in FACTS},
        )


def _cause_name(cause_id: int | None) -> str:
    if cause_id is None:
        return ""
    parent = Cause.alias()
    name, group = (
        Cause.select(Cause.name, parent.name)
        .left_outer_join(parent, on=Cause.parent == parent.id)
        .where(Cause.id == cause_id)
        .tuples()
        .get()
    )
    return f"{group} / {name}" if group else str(name)


def _incident_title(incident_id: int | None) -> str:
    if incident_id is None:
        return ""
    return str(Incident.select(Incident.title).where(Incident.id == incident_id).scalar())


def _owner_name(person_id: int | None) -> str:
    if person_id is None:
        return ""
    return str(Person.select(Person.name).where(Person.id == person_id).scalar() or "")


def came_again(row: Case) -> bool:
    """Say whether they bought again after it was resolved; call inside `reading()`.

    On the day itself only what was written down after that moment counts: what they bought
    before can't show that they came back.
    """
    if row.resolved_at is None:
        return False
    resolved_on = hours_of_shop().day_of(row.resolved_at)
    return bool(
        Visit.select()
        .where(
            Visit.customer == row.customer_id,
            (Visit.visited_on > resolved_on)
            | ((Visit.visited_on == resolved_on) & (Visit.created_at > row.resolved_at)),
        )
        .exists()
    )


def open_steps(desk: Desk, case_id: int) -> tuple[PlanStepView, ...]:
    """Return the steps that closing has to ask about.

    Whether a fix held is the shop's to know, however the case ended, so those aren't asked about.
    """
    with desk.reading():
        checks = {
            values[0]
            for values in FollowUp.select(FollowUp.id)
            .where(
                FollowUp.case == case_id,
                FollowUp.kind.in_([FollowUpKind.CHECK, FollowUpKind.CAME_BACK]),
            )
            .tuples()
        }
        return tuple(
            step
            for step in plan_of(case_by_id(case_id))
            if step.status is FollowUpStatus.PLANNED and step.follow_up_id not in checks
        )
