"""Second failures: another one soon after the last, or a remedy that did not hold."""

from datetime import date, datetime

import peewee as pw

from recoverydesk.domain.case import Outcome, Severity, Status
from recoverydesk.domain.follow_up import Anchor, FollowUpKind, FollowUpStatus, Unit
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import due_of
from recoverydesk.domain.second_failure import AGAIN_STEPS, is_second, raised, span_words
from recoverydesk.domain.severity import UPSET
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import NotAllowedError
from recoverydesk.records import record
from recoverydesk.services.endings import open_again
from recoverydesk.services.plans import case_even_if_merged, greeting_of, settle, utc
from recoverydesk.services.severities import promised_hours, set_severity
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, FollowUp
from recoverydesk.topics import Topic

LEFT_ALONE_WORDS = "They asked not to be contacted: make it right in person when they come again."
IN_PERSON_WORDS = "Ring or see them yourself: a bigger coupon doesn't mend trust that broke twice."


@record
class Before:
    """What had gone wrong with a customer before."""

    case_id: int
    number: str
    summary: str
    on: date
    """The day of the last that was done about it."""
    span: str
    """How long ago that is, in words."""


def before(customer_id: int, *, today: date, hours: OpeningHours) -> Before | None:
    """Return the last failure that makes another one a second; call inside `reading()`.

    What turned out not to be the shop's to answer for doesn't count.
    """
    found = (
        Case.select(
            Case.id, Case.number, Case.summary, Case.opened_at, Case.resolved_at, Case.closed_at
        )
        .where(
            Case.customer == customer_id,
            Case.outcome != Outcome.NOT_UPHELD,
            Case.status != Status.MERGED,
        )
        .order_by(
            pw.fn.MAX(
                Case.opened_at,
                pw.fn.COALESCE(Case.resolved_at, Case.opened_at),
                pw.fn.COALESCE(Case.closed_at, Case.opened_at),
            ).desc(),
            Case.id.desc(),
        )
        .limit(1)
        .tuples()
        .first()
    )
    if found is None:
        return None
    case_id, number, summary, *stamps = found
    on = hours.day_of(max(stamp for stamp in stamps if stamp is not None))
    if not is_second(on, today):
        return None
    return Before(case_id, number, summary, on, span_words(on, today))


def second_failure(desk: Desk, customer_id: int, *, now: datetime) -> Before | None:
    """Return what went wrong with a customer so lately that another failure is a second one."""
    with desk.reading():
        hours = hours_of_shop()
        return before(customer_id, today=hours.day_of(now), hours=hours)


def alarm_words(
    earlier: Before, severity: Severity, counted: Severity, *, left_alone: bool = False
) -> str:
    """Say why a case counts as a second failure, and what that means for it."""
    ago = "on the same day" if earlier.span == "the same day" else f"{earlier.span} after"
    why = f"A second failure, {ago} {earlier.number} (“{earlier.summary}”)."
    return f"{why} {_counts_as(severity, counted)}{_advice(left_alone=left_alone)}"


def _advice(*, left_alone: bool) -> str:
    return LEFT_ALONE_WORDS if left_alone else IN_PERSON_WORDS


def _counts_as(severity: Severity, counted: Severity) -> str:
    if severity is counted:
        return ""
    return f"So it counts as “{UPSET[counted].lower()}”, not “{UPSET[severity].lower()}”. "


def it_failed(desk: Desk, case_id: int, words: str, *, now: datetime) -> None:
    """Note that what was done for a customer did not hold; opens the case again where it was over.

    What was given stays on the books. Making it right starts anew: one step more upset, somebody
    rings or goes in person, and what makes it right now is agreed again.

    Raises:
        NotFoundError: the case is no longer on the desk.
        InvalidEntryError: no words.
        NotAllowedError: nothing has been done yet that could have failed.
    """
    words = tidy_text(
        words, field="words", limit=500, required=True, message="What went wrong with it?"
    )
    with desk.changing(Topic.CASES | Topic.CUSTOMERS | Topic.FOLLOW_UPS, "It failed") as change:
        case = case_even_if_merged(case_id)
        change.say(f"What we did failed: {case.number}")
        if case.merged_into_id is not None:
            raise NotAllowedError("This case has become part of another one.")
        over = case.resolved_at is not None or case.closed_at is not None
        if not over and case.handed_over_at is None:
            raise NotAllowedError("Nothing has been handed over yet that could have failed.")
        if over:
            open_again(case, now=utc(now))
        hours = hours_of_shop()
        severity = Severity(case.severity)
        counted = raised(severity)
        left_alone = Customer.get_by_id(case.customer_id).do_not_contact
        case.alarm = (
            f"What we did didn't hold: {words.rstrip('.')}."
            f" {_counts_as(severity, counted)}{_advice(left_alone=left_alone)}"
        )
        case.agreed_at, case.handed_over_at = None, None
        set_severity(case, counted, hours=hours)
        _plan_again(case, now=utc(now), hours=hours)
        settle(case, now=now, hours=hours)


def _plan_again(case: Case, *, now: datetime, hours: OpeningHours) -> None:
    """Put the steps that start anew into the plan, once."""
    name = greeting_of(Customer.get_by_id(case.customer_id))
    planned = {
        values[0]
        for values in FollowUp.select(FollowUp.step_key)
        .where(FollowUp.case == case.id, FollowUp.status == FollowUpStatus.PLANNED)
        .tuples()
    }
    for step in AGAIN_STEPS:
        offset = (
            promised_hours()[Severity(case.severity)]
            if step.unit is Unit.OPEN_HOURS
            else step.offset
        )
        due = due_of(now, offset, step.unit, timed=step.timed, hours=hours)
        if step.key in planned or due is None:
            continue
        FollowUp.create(
            kind=FollowUpKind.PLAN_STEP,
            act=step.act,
            title=step.title_for(name),
            reason="because what was done didn't hold",
            customer=case.customer_id,
            case=case.id,
            person=case.owner_id,
            step_key=step.key,
            position=40,
            anchor=Anchor.FIXED,
            timed=step.timed,
            due_at=due.at,
            due_on=due.on,
            created_at=now,
        )
