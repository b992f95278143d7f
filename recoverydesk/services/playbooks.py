"""Playbooks as this desk has them: which starts by itself, their versions, and adopting a new one.

A version is never changed: running cases go on by theirs until somebody adopts the newest for them,
after a look at what that would move.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from recoverydesk.domain.case import Channel, Severity
from recoverydesk.domain.follow_up import Anchor, FollowUpStatus, Unit
from recoverydesk.domain.playbook import (
    ASK,
    Condition,
    Plan,
    Step,
    chases_itself,
    condition_from_json,
    condition_to_json,
    steps_from_json,
    steps_to_json,
    with_asking,
)
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import promise_rows
from recoverydesk.services.conditions import AGREED_IN_TIME, NOT_FOR_THIS, with_group
from recoverydesk.services.plans import (
    JOINING,
    case_by_id,
    greeting_of,
    plant,
    settle,
    steps_of,
    utc,
    wants_asking,
    who_does,
)
from recoverydesk.services.presets import playbook_presets
from recoverydesk.services.rehearsals import rehearse
from recoverydesk.services.severities import Moved, differences, planned_of
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, FollowUp, Playbook, PlaybookVersion
from recoverydesk.topics import Topic

TOPICS = Topic.SHOP | Topic.CASES | Topic.FOLLOW_UPS
LONGEST_PLAN = 40
LONGEST_SPANS = {
    Unit.OPEN_HOURS: 9_000,
    Unit.OPEN_DAYS: 1_000,
    Unit.DAYS: 1_096,
    Unit.WEEKS: 157,
    Unit.MONTHS: 36,
}
"""How far ahead a step may lie: about three years."""
_FIELD = re.compile(r"\{[^{}]*\}")
NOT_IN_PLAN = "no longer in the plan"
LEFT_OUT_BY_THE_PLAN = frozenset({NOT_IN_PLAN, NOT_FOR_THIS, AGREED_IN_TIME})


@record
class PlaybookView:
    """A playbook in its newest version."""

    key: str
    name: str
    words: str
    starts: Condition
    """The cases that it starts for by itself; of a retired one, none."""
    steps: tuple[Step, ...]
    version: int
    version_id: int
    made_at: datetime
    retired: bool
    shipped: bool
    """It came with the program, and can be put back to how it came."""
    running: int
    """Open cases that are led by it, whatever the version."""
    behind: int
    """Those of them that are led by an older version."""


@record
class PlaybookEntry:
    """A playbook as it is typed."""

    name: str
    words: str
    starts: Condition
    steps: tuple[Step, ...]


def playbooks(desk: Desk, *, also_retired: bool = True) -> tuple[PlaybookView, ...]:
    """Return the desk's playbooks in the order in which they are tried for a new case."""
    with desk.reading():
        rows = [row for row in _in_order() if also_retired or not row.retired]
        return tuple(_view(row) for row in rows)


def playbook(desk: Desk, key: str) -> PlaybookView:
    """Return one playbook.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        return _view(_row(key))


def _in_order() -> list[Playbook]:
    """Return the playbooks; what ships comes longest first, as long as nobody has ordered them."""
    shipped = [plan.key for plan in playbook_presets()]
    rows = list(Playbook.select())
    return sorted(
        rows,
        key=lambda row: (
            row.position,
            shipped.index(row.key) if row.key in shipped else len(shipped),
            row.id,
        ),
    )


def _row(key: str) -> Playbook:
    row = Playbook.get_or_none(Playbook.key == key)
    if row is None:
        raise NotFoundError("That plan is no longer on the desk.")
    return row


def _newest(row: Playbook) -> PlaybookVersion:
    newest: PlaybookVersion = (
        PlaybookVersion.select()
        .where(PlaybookVersion.playbook == row.id)
        .order_by(PlaybookVersion.version.desc())
        .get()
    )
    return newest


def _preset(key: str) -> Plan | None:
    return next((plan for plan in playbook_presets() if plan.key == key), None)


def starts_of(row: Playbook) -> Condition:
    """Return for which cases a playbook starts: as the owner says, else as it ships."""
    if row.starts:
        return condition_from_json(row.starts)
    preset = _preset(row.key)
    return Condition(severities=() if preset is None else preset.starts_for)


def _view(row: Playbook) -> PlaybookView:
    newest = _newest(row)
    of_it = PlaybookVersion.select(PlaybookVersion.id).where(PlaybookVersion.playbook == row.id)
    running = Case.select().where(
        Case.playbook_version.in_(of_it), Case.status.in_(list(OPEN_STATUSES))
    )
    return PlaybookView(
        key=row.key,
        name=row.name,
        words=row.words,
        starts=starts_of(row),
        steps=steps_from_json(newest.steps),
        version=newest.version,
        version_id=newest.id,
        made_at=newest.made_at,
        retired=row.retired,
        shipped=_preset(row.key) is not None,
        running=running.count(),
        behind=running.where(Case.playbook_version != newest.id).count(),
    )


def starting(
    severity: Severity, channel: Channel, cause_id: int | None, worth_cents: int | None
) -> str:
    """Return the key of the playbook that a new case starts; call inside `reading()`.

    The first in order whose signs the case shows. Where none does, the first that is in use: a
    case is never left without a plan.

    Raises:
        NotFoundError: there is no playbook in use.
    """
    in_use = [row for row in _in_order() if not row.retired]
    causes = with_group(cause_id)
    for row in in_use:
        signs = starts_of(row)
        known = not signs.is_for_all or row.starts
        if known and signs.fits(severity, channel, causes, worth_cents):
            return str(row.key)
    if not in_use:
        raise NotFoundError("There is no plan in use.", advice="Bring one back in Settings.")
    return str(in_use[0].key)


def save(desk: Desk, key: str, entry: PlaybookEntry, *, now: datetime) -> str:
    """Save a playbook; other steps than before make a new version, and running cases keep theirs.

    Args:
        desk: the open desk.
        key: which one; empty makes a new one.
        entry: what was typed.
        now: this moment (UTC).

    Returns:
        The playbook's key.

    Raises:
        NotFoundError: it is no longer on the desk.
        InvalidEntryError: no name, no steps, a step without words, steps that wait for each other
            in a circle or for one that isn't there; `field` says which: "steps.2.title".
    """
    name = tidy_text(
        entry.name, field="name", limit=80, required=True, message="What is the plan called?"
    )
    steps = checked_steps(entry.steps)
    with desk.changing(TOPICS, f"Save the plan: {name}"):
        row = _row(key) if key else Playbook.create(key=_new_key(name), name=name)
        if Playbook.select().where(Playbook.name == name, Playbook.id != row.id).exists():
            raise InvalidEntryError("name", "Another plan is called so already.")
        row.name = name
        row.words = tidy_text(entry.words, field="words", limit=300)
        row.starts = condition_to_json(entry.starts)
        if not row.starts and _preset(row.key) is not None:
            row.starts = "{}"  # said by the owner: for everybody
        row.save(only=row.dirty_fields)
        newest = _newest(row) if key else None
        text = steps_to_json(steps)
        if newest is None or steps_from_json(newest.steps) != steps:
            PlaybookVersion.create(
                playbook=row.id,
                version=1 if newest is None else newest.version + 1,
                steps=text,
                made_at=utc(now),
            )
        return str(row.key)


def checked_steps(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return steps that a plan can be led by, their words tidied.

    Raises:
        InvalidEntryError: as `save` says.
    """
    if not steps:
        raise InvalidEntryError("steps", "A plan needs one step at least.")
    if len(steps) > LONGEST_PLAN:
        raise InvalidEntryError("steps", f"A plan has {LONGEST_PLAN} steps at the most.")
    tidied = tuple(_tidied(step, place) for place, step in enumerate(steps))
    keys = [step.key for step in tidied]
    if len(set(keys)) != len(keys):
        raise InvalidEntryError("steps", "Two steps have the same key.")
    for place, step in enumerate(tidied):
        if step.anchor is Anchor.STEP_DONE and step.after not in keys:
            raise InvalidEntryError(
                f"steps.{place}.after", f"Which step does “{step.title}” come after?"
            )
    circle = chases_itself(tidied)
    if circle:
        named = ", ".join(f"“{title}”" for title in circle)
        raise InvalidEntryError(
            "steps",
            f"These steps wait for each other in a circle: {named}.",
            advice="Date one of them from an event: when it was logged, say.",
        )
    return tidied


def _tidied(step: Step, place: int) -> Step:
    def words(value: str, name: str, limit: int) -> str:
        return tidy_text(value, field=f"steps.{place}.{name}", limit=limit)

    title = tidy_text(
        step.title,
        field=f"steps.{place}.title",
        limit=120,
        required=True,
        message="What is to be done in this step?",
    )
    strange = [one for one in _FIELD.findall(title) if one != "{name}"]
    if strange:
        raise InvalidEntryError(
            f"steps.{place}.title",
            f"“{strange[0]}” isn't known here; only {{name}} is.",
            advice="It becomes the customer's name.",
        )
    _check_span(step.offset, step.unit, f"steps.{place}.offset")
    _check_span(step.every, step.every_unit, f"steps.{place}.every")
    condition = step.only_if
    _check_span(condition.not_agreed_after, condition.not_agreed_unit, f"steps.{place}.offset")
    return replace(
        step,
        key=step.key or new_step_key(),
        title=title,
        after=step.after if step.anchor is Anchor.STEP_DONE else "",
        coach=words(step.coach, "coach", 600),
        say=words(step.say, "say", 300),
        not_say=words(step.not_say, "not_say", 300),
        source=words(step.source, "source", 120),
    )


def _check_span(count: int, unit: Unit, field: str) -> None:
    if count < 0:
        raise InvalidEntryError(field, "That number can't be below zero.")
    if count > LONGEST_SPANS[unit]:
        raise InvalidEntryError(field, "That is more than three years on. Check the number.")


def new_step_key() -> str:
    """Return a key that no other step has."""
    return f"own_{secrets.token_hex(4)}"


def _new_key(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or "plan"
    return f"{plain[:40]}_{secrets.token_hex(3)}"


def retire(desk: Desk, key: str, *, retired: bool = True) -> None:
    """Take a playbook out of use, or bring it back; running cases go on by it.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it is the last one in use.
    """
    with desk.changing(TOPICS, "Retire a plan") as change:
        row = _row(key)
        change.say(f"{'Retire' if retired else 'Bring back'} the plan: {row.name}")
        others = Playbook.select().where(Playbook.id != row.id, ~Playbook.retired)
        if retired and not others.exists():
            raise NotAllowedError(
                "This is the last plan in use.", advice="Make or bring back another one first."
            )
        row.retired = retired
        row.save(only=row.dirty_fields)


def arrange(desk: Desk, keys: Sequence[str]) -> None:
    """Put playbooks into the order in which they are tried for a new case."""
    with desk.changing(TOPICS, "Arrange the plans"):
        for position, key in enumerate(keys, start=1):
            Playbook.update(position=position).where(Playbook.key == key).execute()


def as_shipped(key: str) -> PlaybookEntry:
    """Return a playbook as it came with the program.

    Raises:
        NotFoundError: it didn't come with the program.
    """
    preset = _preset(key)
    if preset is None:
        raise NotFoundError("This plan is your own; it did not come with the program.")
    return PlaybookEntry(
        preset.name, preset.words, Condition(severities=preset.starts_for), preset.steps
    )


def is_behind(desk: Desk, case_id: int) -> bool:
    """Say whether there are newer steps for a case than those it is led by.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.reading():
        case = case_by_id(case_id)
        return case.closed_at is None and _newest_for(case).id != case.playbook_version_id


def _newest_for(case: Case) -> PlaybookVersion:
    row = (
        Playbook.select()
        .join(PlaybookVersion)
        .where(PlaybookVersion.id == case.playbook_version_id)
        .get()
    )
    return _newest(row)


def adopt(desk: Desk, case_id: int, *, now: datetime) -> None:
    """Lead a case by the newest version of its plan: done steps stay, the rest is as it says now.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it is closed.
    """
    with desk.changing(TOPICS, "Adopt the new steps") as change:
        case = case_by_id(case_id)
        change.say(f"Adopt the new steps: {case.number}")
        if case.closed_at is not None:
            raise NotAllowedError("This case is closed, so its plan stays as it is.")
        case.playbook_version_id = _newest_for(case).id
        own = steps_of(case)
        _replant(case, with_asking(own) if wants_asking(case) else own, now=utc(now))
        settle(case, now=now)


def cases_behind(desk: Desk, key: str) -> tuple[int, ...]:
    """Return the open cases that are led by an older version of a plan, the next due first.

    Raises:
        NotFoundError: the plan is no longer on the desk.
    """
    with desk.reading():
        row = _row(key)
        older = PlaybookVersion.select(PlaybookVersion.id).where(
            PlaybookVersion.playbook == row.id, PlaybookVersion.id != _newest(row).id
        )
        query = (
            Case.select(Case.id)
            .where(Case.playbook_version.in_(older), Case.status.in_(list(OPEN_STATUSES)))
            .order_by(Case.next_due_at, Case.id)
        )
        return tuple(values[0] for values in query.tuples())


def adopt_all(desk: Desk, key: str, *, now: datetime) -> int:
    """Lead every open case of a playbook by its newest version; return how many there were."""
    with desk.changing(TOPICS, "Adopt the new steps") as change:
        row = _row(key)
        behind = cases_behind(desk, key)
        change.say(f"Adopt the new steps of “{row.name}” for {len(behind)} cases")
        for case_id in behind:
            adopt(desk, case_id, now=now)
        return len(behind)


def what_adopting_moves(desk: Desk, case_id: int, *, now: datetime) -> tuple[Moved, ...]:
    """Return which steps adopting would date anew, bring in or take out; nothing is changed.

    Raises:
        NotFoundError, NotAllowedError: as `adopt`.
    """
    with desk.reading():
        before = planned_of(case_id)
    after = rehearse(desk, lambda: adopt(desk, case_id, now=now), lambda: planned_of(case_id))
    return differences(before, after)


def _replant(case: Case, steps: Sequence[Step], *, now: datetime) -> None:
    """Bring a case's plan to other steps: what is done stays, what isn't known any more goes."""
    rows = {
        row.step_key: row
        for row in FollowUp.select().where(FollowUp.case == case.id, FollowUp.step_key != "")
    }
    customer = Customer.get_by_id(case.customer_id)
    wanted = {step.key for step in steps}
    promise_rows.all_apart(case.id, hours=hours_of_shop())
    for key, row in rows.items():
        if key not in wanted and row.status == FollowUpStatus.PLANNED and _is_of_plan(row):
            row.status, row.ended_at = FollowUpStatus.SKIPPED, now
            row.end_words = NOT_IN_PLAN
            row.save(only=row.dirty_fields)
    plant(case, customer, [step for step in steps if step.key not in rows], now=now)
    for position, step in enumerate(steps, start=1):
        FollowUp.update(position=position).where(
            FollowUp.case == case.id, FollowUp.step_key == step.key
        ).execute()
        kept = rows.get(step.key)
        if kept is None:
            continue
        if kept.status == FollowUpStatus.SKIPPED and kept.end_words in LEFT_OUT_BY_THE_PLAN:
            # Whoever made the plan left it out, not the owner: its new wording decides anew.
            kept.status, kept.ended_at, kept.end_words = FollowUpStatus.PLANNED, None, ""
        if kept.status == FollowUpStatus.PLANNED:
            _reword(kept, step, customer, case)


def _is_of_plan(row: FollowUp) -> bool:
    """Say whether a plan decides about a row; one that asks does so itself where it has a step."""
    joined = {step.key for step in JOINING}
    return row.step_key not in joined or row.step_key == ASK.key


def _reword(row: FollowUp, step: Step, customer: Customer, case: Case) -> None:
    row.title, row.act = step.title_for(greeting_of(customer)), step.act
    row.every, row.every_unit = step.every, step.every_unit
    row.person_id = who_does(step, case)
    # What was put off by hand keeps its day; what came again is dated from when it was done last.
    if not row.moved and row.anchor != Anchor.FIXED:
        row.anchor, row.offset, row.unit = step.anchor, step.offset, step.unit
        row.timed, row.due_at, row.due_on = step.timed, None, None
    row.save(only=row.dirty_fields)
