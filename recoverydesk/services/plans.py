"""The plan of a case: made when it is logged, dated from events, never left without a next step."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus, Unit, Who
from recoverydesk.domain.names import first_name
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import (
    Due,
    Events,
    Planned,
    due_of,
    end_of_day,
    first_undated,
    next_step,
    provisional,
    reason_of,
)
from recoverydesk.domain.playbook import ASK, Fact, Step, stages_of, steps_from_json
from recoverydesk.domain.safety import MAKE_SAFE
from recoverydesk.domain.second_failure import AGAIN_STEPS
from recoverydesk.domain.stage import OPEN_STATUSES, Facts, stage_of, status_of
from recoverydesk.errors import NotFoundError
from recoverydesk.services import conditions
from recoverydesk.services.sales_visits import counts_in_plans
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.tables import (
    Case,
    CorrectiveAction,
    Customer,
    FollowUp,
    NegotiationLine,
    Person,
    PlaybookVersion,
    Visit,
)

FACT_COLUMNS = {
    Fact.FIRST_CONTACT: "first_contact_at",
    Fact.RESTATEMENT_AGREED: "restatement_agreed_at",
    Fact.APOLOGISED: "apologised_at",
    Fact.AGREED: "agreed_at",
    Fact.HANDED_OVER: "handed_over_at",
    Fact.CAUSE_FOUND: "cause_found_at",
    Fact.CONFIRMED: "confirmed_at",
    Fact.RESOLVED: "resolved_at",
}

TURNS_TO_THEM = frozenset({Act.CALL, Act.WRITE})
"""Acts that reach out to a customer; talking or greeting waits until they come."""

LEFT_ALONE = "they asked not to be contacted"

NOON = time(12)
"""Visits and fixes are known by their day; steps are dated from the middle of it."""

CLOSING_TITLE = "Decide how it ended"
CLOSING_REASON = "every step is done, so it is time to close this case"
WAITS_REASON = "so that it isn't forgotten; its date moves when the time comes"


def case_by_id(case_id: int) -> Case:
    """Return a case's row, or that of the case it was merged into.

    Call inside `reading()` or `changing()`.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    row = case_even_if_merged(case_id)
    return row if row.merged_into_id is None else case_even_if_merged(row.merged_into_id)


def case_even_if_merged(case_id: int) -> Case:
    """Return a case's own row, whatever has become of it; else as `case_by_id`."""
    row = Case.get_or_none(Case.id == case_id)
    if row is None:
        raise NotFoundError("That case is no longer on the desk.")
    return row


def steps_of(case: Case) -> tuple[Step, ...]:
    """Return the steps of the playbook version that a case runs on."""
    text = (
        PlaybookVersion.select(PlaybookVersion.steps)
        .where(PlaybookVersion.id == case.playbook_version_id)
        .scalar()
    )
    return steps_from_json(text)


def known_steps(case: Case) -> dict[str, Step]:
    """Return by key every step that a case's plan can hold: its playbook's, and what joins it."""
    return by_key(steps_of(case))


JOINING = (ASK, MAKE_SAFE, *AGAIN_STEPS)
"""Steps that join a plan where a case asks for them, whatever its playbook."""


def by_key(own: Iterable[Step]) -> dict[str, Step]:
    """Return the steps of a playbook, and those that may join it, by their keys."""
    return {step.key: step for step in (*JOINING, *own)}


def greeting_of(customer: Customer) -> str:
    """Return what the shop calls a customer."""
    return str(customer.greeting_name) or first_name(str(customer.name))


def plant(case: Case, customer: Customer, steps: Sequence[Step], *, now: datetime) -> None:
    """Write a new case's plan; dates come with `settle`. Call inside `changing()`."""
    name = greeting_of(customer)
    rows = [
        {
            "kind": FollowUpKind.PLAN_STEP,
            "act": step.act,
            "title": step.title_for(name),
            "reason": reason_of(step.anchor, step.offset, step.unit),
            "customer": case.customer_id,
            "case": case.id,
            "person": who_does(step, case),
            "step_key": step.key,
            "position": position,
            "anchor": step.anchor,
            "offset": step.offset,
            "unit": step.unit,
            "timed": step.timed,
            "every": step.every,
            "every_unit": step.every_unit,
            "created_at": now,
        }
        for position, step in enumerate(steps, start=1)
    ]
    if rows:
        FollowUp.insert_many(rows).execute()


def who_does(step: Step, case: Case) -> int | None:
    """Return who a step is for: the shop's owner where it says so, else who leads the case."""
    leads: int | None = case.owner_id
    if step.who is Who.OWNER:
        owner = Person.select(Person.id).where(Person.role == "owner", Person.active)
        leads = owner.order_by(Person.id).limit(1).scalar() or leads
    return leads


def settle(case: Case, *, now: datetime, hours: OpeningHours | None = None) -> None:
    """Bring a case in order after anything about it changed; call inside `changing()`.

    Dates undone steps from the events that have happened (done ones never move), ticks steps whose
    fact has come true, makes sure that an open case has one next step with a date, and computes
    status, stage and next step from the dated facts.
    """
    hours = hours or hours_of_shop()
    own = steps_of(case)
    steps = by_key(own)
    facts = facts_of(case)
    if any(not step.only_if.is_for_all for step in own):
        conditions.apply(case, steps, now=utc(now), hours=hours)
    planned = list(
        FollowUp.select().where(FollowUp.case == case.id, FollowUp.status == FollowUpStatus.PLANNED)
    )
    events = _events(case, planned, steps.values(), hours)
    planned = _tick_those_that_came_true(planned, steps, case, events)
    planned = _leave_alone(planned, case, now=now)
    for row in planned:
        if is_first_word(row, steps):
            _date_first_word(row, case, hours)
        else:
            _date(row, _events_for(row, steps, case, events), hours)
            conditions.wait_for_agreement(row, steps.get(row.step_key), case, hours)
    case.status = status_of(facts)
    case.stage = stage_of(facts, stages_of(own))
    if case.status in OPEN_STATUSES:
        following = _ensure_next(case, planned, now=now, hours=hours)
        case.next_step, case.next_due_at, case.next_timed = (
            following.title,
            following.due_at,
            following.timed,
        )
    else:
        case.next_step, case.next_due_at, case.next_timed = "", None, False
        _drop_closing(planned, now=now)
    case.save(only=case.dirty_fields)


def facts_of(case: Case) -> Facts:
    """Return the dated facts of a case."""
    return Facts(
        first_contact_at=case.first_contact_at,
        restatement_agreed_at=case.restatement_agreed_at,
        not_agreed_why=case.not_agreed_why,
        apologised_at=case.apologised_at,
        agreed_at=case.agreed_at,
        handed_over_at=case.handed_over_at,
        cause_found_at=case.cause_found_at,
        waiting_since=case.waiting_since,
        resolved_at=case.resolved_at,
        closed_at=case.closed_at,
        merged=case.merged_into_id is not None,
    )


def _tick_those_that_came_true(
    planned: Iterable[FollowUp], steps: dict[str, Step], case: Case, events: Events
) -> list[FollowUp]:
    left = []
    for row in planned:
        step = steps.get(row.step_key)
        at = None if step is None else _fact_at(case, step.fact, events)
        if at is None:
            left.append(row)
            continue
        row.status, row.ended_at = FollowUpStatus.DONE, at
        row.save(only=row.dirty_fields)
    return left


def do_again(case: Case, fact: Fact) -> None:
    """Bring back the step that was ticked because a fact had come true; it isn't true any more."""
    keys = [step.key for step in steps_of(case) if step.fact is fact]
    FollowUp.update(status=FollowUpStatus.PLANNED, ended_at=None, end_words="").where(
        FollowUp.case == case.id,
        FollowUp.step_key.in_(keys),
        FollowUp.status == FollowUpStatus.DONE,
    ).execute()


def _leave_alone(planned: list[FollowUp], case: Case, *, now: datetime) -> list[FollowUp]:
    """Leave out what would turn to a customer who asked not to be contacted.

    What the owner promised or asked to be reminded of since then stays: that was decided by hand.
    """
    asked = Customer.select(Customer.do_not_contact).where(Customer.id == case.customer_id)
    if not asked.scalar():
        return [*planned, *_may_be_turned_to(case)]
    turning = [
        row
        for row in planned
        if row.act in TURNS_TO_THEM
        and row.kind == FollowUpKind.PLAN_STEP
        and row.promised_at is None
    ]
    for row in turning:
        row.status, row.ended_at = FollowUpStatus.SKIPPED, utc(now)
        row.end_words = LEFT_ALONE
        row.save(only=row.dirty_fields)
    return [row for row in planned if row not in turning]


def _may_be_turned_to(case: Case) -> list[FollowUp]:
    """Bring back what was left out only because they asked not to be contacted."""
    left_out = (FollowUp.status == FollowUpStatus.SKIPPED) & (FollowUp.end_words == LEFT_ALONE)
    if case.closed_at is not None or case.merged_into_id is not None:
        return []
    found = list(FollowUp.select().where(FollowUp.case == case.id, left_out))
    for row in found:
        row.status, row.ended_at, row.end_words = FollowUpStatus.PLANNED, None, ""
        row.save(only=row.dirty_fields)
    return found


def _fact_at(case: Case, fact: Fact, events: Events) -> datetime | None:
    if fact is Fact.VISIT:
        return events.get(Anchor.NEXT_VISIT)
    if fact is Fact.RESTATEMENT_AGREED and case.not_agreed_why:
        heard: datetime | None = case.restatement_agreed_at or case.first_contact_at
        return heard
    if fact is Fact.ASKED:
        return _asked_at(case)
    column = FACT_COLUMNS.get(fact)
    at: datetime | None = None if column is None else getattr(case, column, None)
    return at


def wants_asking(case: Case) -> bool:
    """Say whether they were asked, did not say, and have not said since what they want."""
    silent = (NegotiationLine.case == case.id) & ~NegotiationLine.said
    return _asked_at(case) is None and NegotiationLine.select().where(silent).exists()


def _asked_at(case: Case) -> datetime | None:
    """Return when the customer said what would make it right; agreeing says so, too."""
    said: datetime | None = (
        NegotiationLine.select(NegotiationLine.at)
        .where(
            NegotiationLine.case == case.id,
            NegotiationLine.kind.in_([LineKind.ASKED, LineKind.COUNTERED]),
            NegotiationLine.said,
        )
        .order_by(NegotiationLine.id)
        .limit(1)
        .scalar()
    )
    return said or case.agreed_at


def _events(
    case: Case, planned: Iterable[FollowUp], steps: Iterable[Step], hours: OpeningHours
) -> Events:
    """Return when each event happened; asks only for those that a step waits for."""
    wanted = {row.anchor for row in planned}
    if any(step.fact is Fact.VISIT for step in steps):
        wanted.add(Anchor.NEXT_VISIT)
    events: dict[Anchor, datetime | None] = {
        Anchor.OPENED: case.opened_at,
        Anchor.FIRST_CONTACT: case.first_contact_at,
        Anchor.AGREED: case.agreed_at,
        Anchor.HANDED_OVER: case.handed_over_at,
        Anchor.RESOLVED: case.resolved_at,
    }
    if Anchor.NEXT_VISIT in wanted:
        visited_on = (
            Visit.select(Visit.visited_on)
            .where(
                Visit.customer == case.customer_id,
                Visit.created_at >= case.opened_at,
                Visit.visited_on >= hours.day_of(case.opened_at),
                counts_in_plans(),
            )
            .order_by(Visit.visited_on, Visit.id)
            .limit(1)
            .scalar()
        )
        events[Anchor.NEXT_VISIT] = _noon(visited_on, hours)
    if Anchor.CORRECTION_DONE in wanted:
        done_on = (
            CorrectiveAction.select(CorrectiveAction.done_on)
            .where(
                CorrectiveAction.case == case.id, CorrectiveAction.done_on.is_null(is_null=False)
            )
            .order_by(CorrectiveAction.id)
            .limit(1)
            .scalar()
        )
        events[Anchor.CORRECTION_DONE] = _noon(done_on, hours)
    return events


def _events_for(row: FollowUp, steps: Mapping[str, Step], case: Case, events: Events) -> Events:
    """Return the events, with the end of the step that this one comes after, if it does."""
    step = steps.get(row.step_key)
    if step is None or row.anchor != Anchor.STEP_DONE:
        return events
    ended_at = (
        FollowUp.select(FollowUp.ended_at)
        .where(FollowUp.case == case.id, FollowUp.step_key == step.after)
        .order_by(FollowUp.id)
        .limit(1)
        .scalar()
    )
    return {**events, Anchor.STEP_DONE: ended_at}


def _noon(day: date | None, hours: OpeningHours) -> datetime | None:
    return None if day is None else hours.at(day, NOON)


def _date(row: FollowUp, events: Events, hours: OpeningHours) -> None:
    if row.moved or row.kind != FollowUpKind.PLAN_STEP:
        return
    anchor = Anchor(row.anchor)
    due = due_of(events.get(anchor), row.offset, Unit(row.unit), timed=row.timed, hours=hours)
    if due is not None:  # an event that was taken back leaves the date that it gave
        conditions.set_due(row, due, reason_of(anchor, row.offset, Unit(row.unit)))


LISTENS = frozenset({Fact.FIRST_CONTACT, Fact.RESTATEMENT_AGREED})
"""What the first word with the customer is about."""


def is_first_word(row: FollowUp, steps: Mapping[str, Step]) -> bool:
    """Say whether a step is the first word: its hour is what the customer was promised."""
    step = steps.get(row.step_key)
    listens = step is not None and step.fact in LISTENS
    return listens and row.timed and row.anchor == Anchor.OPENED and not row.moved


def _date_first_word(row: FollowUp, case: Case, hours: OpeningHours) -> None:
    """Date the listening step by what this customer was promised, not by the plan's own hours."""
    at = case.first_contact_due_at
    promised = round(hours.open_time_between(case.opened_at, at) / timedelta(hours=1))
    reason = reason_of(Anchor.OPENED, promised, Unit.OPEN_HOURS)
    conditions.set_due(row, Due(at, hours.day_of(at)), reason)


def settle_all(*, now: datetime, hours: OpeningHours) -> None:
    """Bring every open case in order; call inside `changing()`."""
    for case in Case.select().where(Case.status.in_(list(OPEN_STATUSES))):
        settle(case, now=now, hours=hours)


def _ensure_next(
    case: Case, planned: list[FollowUp], *, now: datetime, hours: OpeningHours
) -> Planned:
    todo = [as_planned(row) for row in planned]
    following, waiting = next_step(todo), first_undated(todo)
    look_again = provisional(hours.day_of(now), hours)
    if waiting is not None and (following is None or _is_far(following, look_again)):
        row = next(row for row in planned if row.id == waiting.follow_up_id)
        conditions.set_due(row, look_again, WAITS_REASON)
        return as_planned(row)
    if following is not None:
        return following
    return as_planned(_add_closing(case, now=now, hours=hours))


def _is_far(step: Planned, look_again: Due) -> bool:
    return step.due_at is not None and step.due_at > look_again.at


def as_planned(row: FollowUp) -> Planned:
    """Return a follow-up as the rule for the next step sees it."""
    return Planned(row.id, row.title, row.due_at, row.timed, row.position)


def _add_closing(case: Case, *, now: datetime, hours: OpeningHours) -> FollowUp:
    due = end_of_day(hours.add_open_days(hours.day_of(now), 1), hours)
    return FollowUp.create(
        kind=FollowUpKind.CLOSING,
        act=Act.DECIDE,
        title=CLOSING_TITLE,
        reason=CLOSING_REASON,
        customer=case.customer_id,
        case=case.id,
        person=case.owner_id,
        position=99,
        anchor=Anchor.FIXED,
        due_at=due.at,
        due_on=due.on,
        created_at=now,
    )


def _drop_closing(planned: Iterable[FollowUp], *, now: datetime) -> None:
    for row in planned:
        if row.kind == FollowUpKind.CLOSING:
            row.status, row.ended_at = FollowUpStatus.DONE, now
            row.save(only=row.dirty_fields)


def utc(stamp: datetime) -> datetime:
    """Return a stamp in UTC without fractions, as the desk keeps it."""
    return stamp.astimezone(UTC).replace(microsecond=0)
