"""Cases: led through their stages, and ended."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

import peewee as pw

from recoverydesk.domain import outcome as endings
from recoverydesk.domain.case import (
    Evidence,
    LostReason,
    Outcome,
    Status,
)
from recoverydesk.domain.contact import Direction, Reach, Way
from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.domain.plan import provisional
from recoverydesk.domain.playbook import with_asking
from recoverydesk.domain.safety import MAKE_SAFE
from recoverydesk.domain.second_failure import AGAIN_STEPS
from recoverydesk.domain.text import summary, tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import contacts, playbooks, promise_rows, remedies
from recoverydesk.services.case_pages import came_again
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.endings import open_again
from recoverydesk.services.follow_ups import still_listening, why_not_agreed
from recoverydesk.services.plans import (
    WAITS_REASON,
    case_by_id,
    case_even_if_merged,
    plant,
    settle,
    steps_of,
    utc,
    wants_asking,
)
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.waiting import end_waiting
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Customer,
    FollowUp,
)
from recoverydesk.topics import Topic

TOPICS = Topic.CASES | Topic.CUSTOMERS | Topic.FOLLOW_UPS
LONGEST_COUNT = 10
STAYS = tuple(step.key for step in (MAKE_SAFE, *AGAIN_STEPS))
"""Steps that no other plan takes away: what is urgent stays urgent."""


def id_of(desk: Desk, number: str) -> int:
    """Return the id of the case with a number; "42" finds the newest that ends so.

    The number of a case that was merged leads to the one it has become.

    Raises:
        NotFoundError: no case has it.
    """
    wanted = number.strip().upper()
    with desk.reading():
        whose = pw.fn.COALESCE(Case.merged_into, Case.id)
        found = Case.select(whose).where(Case.number == wanted).scalar()
        if found is None and wanted.isdecimal() and len(wanted) < LONGEST_COUNT:
            found = (
                Case.select(whose)
                .where(Case.number.endswith(f"-{int(wanted):04d}"))
                .order_by(Case.id.desc())
                .limit(1)
                .scalar()
            )
    if found is None:
        raise NotFoundError(f"There is no case {number.strip()}.")
    return int(found)


@record
class Story:
    """What happened, as the case page edits it."""

    words: str
    restatement: str = ""
    agreed: bool = False
    """The customer said "yes, that's it"."""
    feeling: str = ""
    our_part: str = ""
    not_agreed_why: str = ""


def tell(desk: Desk, case_id: int, story: Story, *, now: datetime) -> None:
    """Write down what happened: their words, how we said it back, whether they agreed.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it is closed.
        InvalidEntryError: no words, agreed without a restatement, or a text that is too long.
    """
    words = tidy_text(
        story.words, field="words", required=True, message="Their own words can't be left empty."
    )
    restatement = tidy_text(story.restatement, field="restatement", limit=4_000)
    if story.agreed and not restatement:
        raise InvalidEntryError(
            "restatement", "Write down how you said it back; the letter quotes it."
        )
    with desk.changing(TOPICS, "What happened") as change:
        case = case_by_id(case_id)
        change.say(f"What happened: {case.number}")
        remedies.refuse_if_closed(case)
        case.words, case.summary = words, summary(words)
        case.feeling = tidy_text(story.feeling, field="feeling", limit=300)
        case.our_part = tidy_text(story.our_part, field="our_part", limit=1_000)
        reworded = restatement != case.restatement
        case.restatement = restatement
        if not story.agreed:
            case.restatement_agreed_at = None
        elif case.restatement_agreed_at is None or reworded:
            case.restatement_agreed_at = utc(now)
        if story.agreed and case.first_contact_at is None:
            # Who said "yes, that's it" has been spoken to.
            case.first_contact_at = case.last_update_at = utc(now)
        if story.not_agreed_why.strip():
            why_not_agreed(case, story.not_agreed_why)
        settle(case, now=now)


def apologise(
    desk: Desk, case_id: int, *, now: datetime, way: Way = Way.CALL, not_agreed_why: str = ""
) -> None:
    """Note that we owned it and said sorry; it is a contact that got through.

    Raises:
        NotFoundError: the case is no longer on the desk.
        InvalidEntryError: the customer has not agreed that we understood, and no reason is given.
    """
    with desk.changing(TOPICS | Topic.CONTACTS, "Apologise") as change:
        case = case_by_id(case_id)
        change.say(f"Apologised: {case.number}")
        why_not_agreed(case, not_agreed_why)
        stamp = utc(now)
        entry = ContactEntry(way=way, direction=Direction.OUT, reach=Reach.REACHED)
        contacts.write(case, entry, words="We said sorry.", at=stamp, person_id=desk.person_id)
        case.apologised_at = case.apologised_at or stamp
        settle(case, now=now)


def confirm(desk: Desk, case_id: int, *, now: datetime) -> None:
    """Note that the customer has been told what has changed.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.changing(TOPICS, "Tell them what changed") as change:
        case = case_by_id(case_id)
        change.say(f"Told what changed: {case.number}")
        case.confirmed_at = case.confirmed_at or utc(now)
        settle(case, now=now)


def wait_for_customer(desk: Desk, case_id: int, *, waiting: bool, now: datetime) -> None:
    """Note whose turn it is.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it is resolved or closed.
    """
    with desk.changing(TOPICS, "Whose turn it is") as change:
        case = case_by_id(case_id)
        change.say(f"{'Their' if waiting else 'Our'} turn: {case.number}")
        remedies.refuse_if_closed(case)
        if case.resolved_at is not None:
            raise NotAllowedError("This case is resolved, so nobody is waiting.")
        if waiting:
            case.waiting_since = case.waiting_since or utc(now)
        else:
            end_waiting(case, utc(now), hours_of_shop())
        settle(case, now=now)


def change_playbook(desk: Desk, case_id: int, key: str, *, now: datetime) -> None:
    """Lead a case by another plan: what is done stays, what was still to do is replaced.

    Raises:
        NotFoundError: the case or the plan is no longer on the desk.
        NotAllowedError: it is closed.
    """
    with desk.changing(TOPICS, "Change the plan") as change:
        case = case_by_id(case_id)
        change.say(f"Change the plan: {case.number}")
        if case.closed_at is not None:
            raise NotAllowedError("This case is closed, so its plan stays as it is.")
        plan = playbooks.playbook(desk, key)
        promise_rows.all_apart(case.id, hours=hours_of_shop())
        for row in FollowUp.select().where(
            FollowUp.case == case.id,
            FollowUp.step_key.not_in(["", *STAYS]),
            FollowUp.status == FollowUpStatus.PLANNED,
        ):
            row.status, row.ended_at = FollowUpStatus.SKIPPED, utc(now)
            row.end_words = f"the plan was changed to “{plan.name}”"
            row.save(only=row.dirty_fields)
        case.playbook_version_id = plan.version_id
        done = {
            values[0]
            for values in FollowUp.select(FollowUp.step_key)
            .where(FollowUp.case == case.id, FollowUp.status == FollowUpStatus.DONE)
            .tuples()
        }
        own = steps_of(case)  # as this desk has the plan
        steps = with_asking(own) if wants_asking(case) else own
        fresh = [step for step in steps if step.key not in done]
        plant(case, Customer.get_by_id(case.customer_id), fresh, now=utc(now))
        settle(case, now=now)


def resolve(desk: Desk, case_id: int, *, now: datetime, not_agreed_why: str = "") -> None:
    """Call a case resolved: the follow-ups one to two weeks later get their dates.

    Args:
        desk: the open desk.
        case_id: the case.
        now: this moment (UTC).
        not_agreed_why: where the plan begins with listening: why the customer has not agreed
            with how we said it back; asked once.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it is resolved or closed already.
        InvalidEntryError: `not_agreed_why` has to be asked.
    """
    with desk.changing(TOPICS, "Resolve") as change:
        case = case_by_id(case_id)
        change.say(f"Resolve {case.number}")
        endings.check_resolve(Status(case.status))
        still_listening(case, not_agreed_why)
        end_waiting(case, utc(now), hours_of_shop())
        case.resolved_at = utc(now)
        settle(case, now=now)


@record
class Ending:
    """How a case is said to have ended."""

    outcome: Outcome
    evidence: Evidence | None = None
    lost_reason: LostReason | None = None
    words: str = ""
    open_steps: Mapping[int, str] = field(default_factory=dict)
    """Per open follow-up: "done", "skip" or "stay"."""
    skip_why: str = ""


def close(desk: Desk, case_id: int, ending: Ending, *, now: datetime) -> None:
    """Close a case: say how it ended, and what becomes of the steps still open.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it can't be closed from where it stands.
        InvalidEntryError: something is missing; `field` says what.
    """
    words = tidy_text(ending.words, field="words", limit=1_000)
    with desk.changing(TOPICS, "Close") as change:
        case = case_by_id(case_id)
        change.say(f"Close {case.number}")
        endings.check_close(
            Status(case.status),
            ending.outcome,
            evidence=ending.evidence,
            lost_reason=ending.lost_reason,
            came_again=came_again(case),
            words=words,
        )
        _end_open_steps(case, ending, now=utc(now))
        case.outcome, case.closing_words = ending.outcome, words
        case.evidence = ending.evidence if ending.outcome in endings.NEEDS_EVIDENCE else None
        case.lost_reason = ending.lost_reason if ending.outcome is Outcome.LOST else None
        case.closed_at = utc(now)
        case.waiting_since = None
        settle(case, now=now)


def _end_open_steps(case: Case, ending: Ending, *, now: datetime) -> None:
    rows = list(
        FollowUp.select().where(
            FollowUp.case == case.id,
            FollowUp.status == FollowUpStatus.PLANNED,
            # Whether a fix held is the shop's to know, not the customer's case.
            FollowUp.kind.not_in([FollowUpKind.CHECK, FollowUpKind.CAME_BACK]),
        )
    )
    choices = {row.id: ending.open_steps.get(row.id, "skip") for row in rows}
    left_out = any(choices[row.id] == "skip" and row.kind != FollowUpKind.CLOSING for row in rows)
    why = tidy_text(
        ending.skip_why,
        field="skip_why",
        limit=500,
        required=left_out,
        message="Write down why the rest is left out, so that nobody wonders later.",
    )
    for row in rows:
        choice = choices[row.id]
        if choice == "stay":
            _keep_in_sight(row, now=now)
            continue
        row.status = FollowUpStatus.DONE if choice == "done" else FollowUpStatus.SKIPPED
        row.ended_at = now
        if choice == "skip":
            row.end_words = why
        row.save(only=row.dirty_fields)


def _keep_in_sight(row: FollowUp, *, now: datetime) -> None:
    """Date a step whose event may never come now, so that it doesn't drop off unseen."""
    if row.due_at is None:
        hours = hours_of_shop()
        due = provisional(hours.day_of(now), hours)
        row.due_at, row.due_on, row.moved = due.at, due.on, True
        row.reason = WAITS_REASON
        row.save(only=row.dirty_fields)


def reopen(desk: Desk, case_id: int, *, now: datetime) -> None:
    """Open a case again; its history stays, and the steps that closing had skipped come back.

    For what was closed by mistake; `alarms.it_failed` is for a remedy that did not hold.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it is open, or has become part of another one.
    """
    with desk.changing(TOPICS, "Reopen") as change:
        case = case_even_if_merged(case_id)
        change.say(f"Reopen {case.number}")
        if case.resolved_at is None and case.closed_at is None:
            raise NotAllowedError("This case is open already.")
        if case.merged_into_id is not None:
            raise NotAllowedError("This case has become part of another one.")
        open_again(case, now=utc(now))
        settle(case, now=now)
