"""The plan of a case as pages and papers show it."""

from datetime import date, datetime

from recoverydesk.domain.case import Stage
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.plan import next_step
from recoverydesk.domain.playbook import Fact, Step
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.records import record
from recoverydesk.services.plans import as_planned, known_steps
from recoverydesk.storage.tables import Case, FollowUp


@record
class PlanStepView:
    """One line of a case's plan."""

    follow_up_id: int
    title: str
    kind: FollowUpKind
    act: Act
    stage: Stage | None
    status: FollowUpStatus
    due_at: datetime | None
    due_on: date | None
    timed: bool
    ended_at: datetime | None
    end_words: str
    reason: str
    waits_for: str
    """What has to happen first, in words; empty where it has a date."""
    current: bool
    """The one next step."""
    coach: str
    say: str
    not_say: str
    source: str
    fact: Fact


WAITS_FOR = {
    Anchor.FIRST_CONTACT: "After the call",
    Anchor.AGREED: "Once agreed",
    Anchor.HANDED_OVER: "When right",
    Anchor.RESOLVED: "Afterwards",
    Anchor.NEXT_VISIT: "Next visit",
    Anchor.CORRECTION_DONE: "After the fix",
    Anchor.STEP_DONE: "After that",
}


def plan_of(case: Case) -> tuple[PlanStepView, ...]:
    """Return a case's plan in its order; call inside `reading()`."""
    steps = known_steps(case)
    rows = list(
        FollowUp.select().where(FollowUp.case == case.id).order_by(FollowUp.position, FollowUp.id)
    )
    todo = [as_planned(row) for row in rows if row.status == FollowUpStatus.PLANNED]
    following = next_step(todo) if case.status in OPEN_STATUSES else None
    following_id = None if following is None else following.follow_up_id
    return tuple(_step_view(row, steps.get(row.step_key), following_id) for row in rows)


def _step_view(row: FollowUp, step: Step | None, following_id: int | None) -> PlanStepView:
    waits = "" if row.due_at is not None else WAITS_FOR.get(Anchor(row.anchor), "")
    return PlanStepView(
        follow_up_id=row.id,
        title=row.title,
        kind=FollowUpKind(row.kind),
        act=Act(row.act),
        stage=None if step is None else step.stage,
        status=FollowUpStatus(row.status),
        due_at=row.due_at,
        due_on=row.due_on,
        timed=row.timed,
        ended_at=row.ended_at,
        end_words=row.end_words,
        reason=row.reason,
        waits_for=waits,
        current=row.id == following_id,
        coach="" if step is None else step.coach,
        say="" if step is None else step.say,
        not_say="" if step is None else step.not_say,
        source="" if step is None else step.source,
        fact=Fact.NONE if step is None else step.fact,
    )
