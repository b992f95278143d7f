"""How a follow-up ends: done, skipped, put off; and reminders of the owner's own."""

from datetime import date, datetime, timedelta

from recoverydesk.domain.case import Stage
from recoverydesk.domain.contact import Direction, Reach, Way
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus, Unit
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import UNITS, Due, due_of, end_of_day
from recoverydesk.domain.playbook import Fact, Step, stages_of
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.domain.safety import MAKE_SAFE
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import (
    approvals,
    causes,
    corrections,
    entitlements,
    gifts,
    ideas,
    remedies,
    touches,
)
from recoverydesk.services.agendas import FARTHEST_YEARS
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.plans import (
    FACT_COLUMNS,
    LISTENS,
    case_by_id,
    known_steps,
    settle,
    steps_of,
    utc,
)
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.waiting import WAITED, end_waiting
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Contact,
    CorrectiveAction,
    Customer,
    FollowUp,
    Remedy,
)
from recoverydesk.topics import Topic

MOST_BETWEEN = 366
ONCE = (0, Unit.DAYS)
"""Of a reminder that doesn't come again."""
NOTE_LIMIT = 500
"""Of a note that becomes a reason on Today."""


def _planned_row(follow_up_id: int) -> FollowUp:
    row = FollowUp.get_or_none(FollowUp.id == follow_up_id)
    if row is None:
        raise NotFoundError("That follow-up is no longer on the desk.")
    if row.status != FollowUpStatus.PLANNED:
        raise NotAllowedError("That follow-up has been dealt with already.")
    return row


def complete(
    desk: Desk, follow_up_id: int, *, now: datetime, note: str = "", not_agreed_why: str = ""
) -> None:
    """Mark a follow-up done, and with it the fact of the case that it stands for.

    Args:
        desk: the open desk.
        follow_up_id: which one.
        now: when it was done (UTC).
        note: what came of it.
        not_agreed_why: for a listening step: why the customer has not agreed with how we
            said it back; asked once.

    Raises:
        NotFoundError, NotAllowedError: it is gone or dealt with already.
        InvalidEntryError: `not_agreed_why` has to be asked, or for what makes it safe the
            `note` of what was done.
    """
    note = tidy_text(note, field="note", limit=2_000)
    topics = Topic.FOLLOW_UPS | Topic.CASES | Topic.REMEDIES
    with desk.changing(topics, "Mark a follow-up done") as change:
        row = _planned_row(follow_up_id)
        change.say(f"Done: {row.title}")
        row.status, row.ended_at, row.end_words = FollowUpStatus.DONE, utc(now), note
        row.save(only=row.dirty_fields)
        _what_follows(desk, row, now=now)
        if row.kind == FollowUpKind.CHECK:
            fix = CorrectiveAction.get_by_id(row.correction_id)
            corrections.mark_checked(fix, held=True, now=now)
        if row.case_id is not None:
            case = case_by_id(row.case_id)
            if row.step_key == MAKE_SAFE.key:
                _made_safe(case, note, now=utc(now))
            step = known_steps(case).get(row.step_key)
            # Whatever is still done after a case was closed changes nothing of how it went.
            if step is not None and case.closed_at is None:
                _set_fact(case, step, now=utc(now), not_agreed_why=not_agreed_why)
            come_again(row, case, now=utc(now))
            settle(case, now=now)
        else:
            come_again(row, None, now=utc(now))


def _what_follows(desk: Desk, row: FollowUp, *, now: datetime) -> None:
    """Bring a planned gift in line with it, plan the next touch, take the owner's yes or no."""
    _expect(row, None)
    if row.kind == FollowUpKind.GIFT:
        gifts.follow(row, now=now)
    elif row.kind == FollowUpKind.TOUCH and row.customer_id is not None:
        touches.go_on(row.customer_id, now=now)
    elif row.kind == FollowUpKind.THANKS:
        ideas.thanked_by(row, now=now)
    elif row.kind == FollowUpKind.APPROVAL and row.remedy_id is not None:
        if row.status == FollowUpStatus.DONE:
            approvals.allow(desk, row.remedy_id, now=now)
        else:
            approvals.deny(desk, row.remedy_id, row.end_words, now=now)


def _expect(row: FollowUp, day: date | None) -> None:
    """Let the till know when somebody is expected, where Today has been told."""
    if row.kind == FollowUpKind.EXPECTED:
        Customer.update(expected_on=day).where(Customer.id == row.customer_id).execute()


def come_again(row: FollowUp, case: Case | None, *, now: datetime) -> None:
    """Plan what repeats anew, after it was done; a step of a plan only until it is resolved."""
    over = case is not None and (case.resolved_at is not None or case.closed_at is not None)
    if not row.every or (over and row.kind == FollowUpKind.PLAN_STEP):
        return
    hours = hours_of_shop()
    due = due_of(now, row.every, Unit(row.every_unit), timed=row.timed, hours=hours)
    assert due is not None  # it is dated from now
    one, many = UNITS[Unit(row.every_unit)]
    again = f"every {one}" if row.every == 1 else f"every {row.every} {many}"
    FollowUp.create(
        kind=row.kind,
        act=row.act,
        title=row.title,
        reason=again,
        customer=row.customer_id,
        case=row.case_id,
        person=row.person_id,
        step_key=row.step_key,
        position=row.position,
        anchor=Anchor.FIXED,
        timed=row.timed,
        due_at=due.at,
        due_on=due.on,
        every=row.every,
        every_unit=row.every_unit,
        created_at=now,
    )


def make_safe(desk: Desk, case_id: int, words: str, *, now: datetime) -> None:
    """Write down what was done so that nobody gets hurt; a step that is planned is done with it.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it has been written down already.
        InvalidEntryError: no words.
    """
    words = tidy_text(words, field="safety_words", limit=2_000)
    with desk.changing(Topic.FOLLOW_UPS | Topic.CASES, "Make it safe") as change:
        case = case_by_id(case_id)
        change.say(f"Made safe: {case.number}")
        if case.safety_done_at is not None:
            raise NotAllowedError("That has been dealt with already.")
        _made_safe(case, words, now=utc(now))
        FollowUp.update(status=FollowUpStatus.DONE, ended_at=utc(now), end_words=words).where(
            FollowUp.case == case.id,
            FollowUp.step_key == MAKE_SAFE.key,
            FollowUp.status == FollowUpStatus.PLANNED,
        ).execute()
        settle(case, now=now)


def _made_safe(case: Case, words: str, *, now: datetime) -> None:
    if not words:
        raise InvalidEntryError(
            "safety_words",
            "Write down what was done to make it safe.",
            advice="It is asked once, and stays with the case.",
        )
    case.safety_done_at, case.safety_words = now, words


def _set_fact(case: Case, step: Step, *, now: datetime, not_agreed_why: str) -> None:
    if step.fact in LISTENS:
        why_not_agreed(case, not_agreed_why)
        if case.first_contact_at is None:
            case.first_contact_at = now
    if step.fact is Fact.CAUSE_FOUND:
        causes.refuse_if_short(case)
    if step.fact is Fact.RESOLVED:
        still_listening(case, not_agreed_why)
        end_waiting(case, now, hours_of_shop())
    if step.fact is Fact.HANDED_OVER:
        _hand_over_all(case, now=now)
    column = FACT_COLUMNS.get(step.fact)
    if column is None or step.fact is Fact.RESTATEMENT_AGREED:
        return
    setattr(case, column, getattr(case, column) or now)


def _hand_over_all(case: Case, *, now: datetime) -> None:
    """Write what the tick says: all that was agreed has left the shop's hands."""
    waiting = [RemedyStatus.AGREED, RemedyStatus.ISSUED]
    for row in Remedy.select().where(Remedy.case == case.id, Remedy.status.in_(waiting)):
        remedies.mark_handed_over(row, now=now)
        entitlements.begin(row, now=now)
    remedies.update_facts(case, now=now)


def why_not_agreed(case: Case, why: str) -> None:
    """Ask once why the customer has not said "yes, that's it" before listening ends.

    Raises:
        InvalidEntryError: nobody has agreed, and no reason is given.
    """
    if case.restatement_agreed_at is not None or case.not_agreed_why:
        return
    why = tidy_text(why, field="not_agreed_why", limit=500)
    if not why:
        raise InvalidEntryError(
            "not_agreed_why",
            "They haven't yet said that you understood it right.",
            advice="Say it back and tick that they agreed, or write down why you go on without.",
        )
    case.not_agreed_why = why


def still_listening(case: Case, why: str) -> None:
    """Ask the same before a case counts as resolved, where its plan begins with listening.

    Raises:
        InvalidEntryError: as `why_not_agreed`.
    """
    if Stage.LISTEN in stages_of(steps_of(case)):
        why_not_agreed(case, why)


def skip(desk: Desk, follow_up_id: int, *, why: str, now: datetime) -> None:
    """Leave a follow-up out, with the reason.

    Raises:
        InvalidEntryError: no reason is given.
        NotFoundError, NotAllowedError: it is gone or dealt with already.
    """
    why = tidy_text(
        why,
        field="why",
        limit=500,
        required=True,
        message="Write down why it is left out, so that nobody wonders later.",
    )
    _end(desk, follow_up_id, FollowUpStatus.SKIPPED, why, now=now, verb="Skip")


def as_reason(note: str) -> str:
    """Return a note as the one-line reason that Today shows.

    Raises:
        InvalidEntryError: it is too long.
    """
    return " ".join(tidy_text(note, field="note", limit=NOTE_LIMIT).split())


def no_answer(desk: Desk, follow_up_id: int, *, now: datetime, note: str = "") -> None:
    """Note that nobody answered: the try is written down, and it comes back the next opening day.

    Args:
        desk: the open desk.
        follow_up_id: which one.
        now: when it was tried (UTC).
        note: said with the try; with the reason where it is about nobody.

    Raises:
        InvalidEntryError: the note is too long.
        NotFoundError, NotAllowedError: it is gone or dealt with already.
    """
    why = as_reason(note)
    topics = Topic.FOLLOW_UPS | Topic.CASES | Topic.CONTACTS
    with desk.changing(topics, "Nobody answered") as change:
        hours = hours_of_shop()
        row = _planned_row(follow_up_id)
        change.say(f"Nobody answered: {row.title}")
        if row.customer_id is not None:
            Contact.create(
                customer=row.customer_id,
                case=row.case_id,
                at=utc(now),
                way=WAYS.get(Act(row.act), Way.CALL),
                direction=Direction.OUT,
                reach=Reach.NO_ANSWER,
                words=tidy_text(note, field="note"),
                person=desk.person_id,
            )
        elif why:
            row.reason = why
        row.reason = f"{row.reason.removesuffix(NOBODY)}{NOBODY}" if row.reason else NOBODY[2:]
        _put_off(row, hours.add_open_days(hours.day_of(now), 1), now=now, hours=hours)


NOBODY = "; nobody answered"
WAYS = {Act.WRITE: Way.MESSAGE, Act.TALK: Way.VISIT, Act.GREET: Way.VISIT, Act.GIVE: Way.VISIT}
"""How somebody was tried for; all else is a call."""


def _put_off(row: FollowUp, day: date, *, now: datetime, hours: OpeningHours) -> None:
    due = end_of_day(day, hours)
    row.put_off_from = row.due_at
    row.due_at, row.due_on, row.timed, row.moved = due.at, due.on, False, True
    row.put_offs += 1
    row.reason = row.reason.replace(WAITED, "")  # from here on the owner's day counts
    row.save(only=row.dirty_fields)
    _expect(row, day)
    if row.case_id is not None:
        settle(case_by_id(row.case_id), now=now, hours=hours)


def _end(
    desk: Desk, follow_up_id: int, status: FollowUpStatus, words: str, *, now: datetime, verb: str
) -> None:
    with desk.changing(Topic.FOLLOW_UPS | Topic.CASES | Topic.REMEDIES, verb) as change:
        row = _planned_row(follow_up_id)
        change.say(f"{verb}: {row.title}")
        row.status, row.ended_at, row.end_words = status, utc(now), words
        row.save(only=row.dirty_fields)
        _what_follows(desk, row, now=now)
        if row.case_id is not None:
            case = case_by_id(row.case_id)
            if row.step_key == MAKE_SAFE.key:
                case.safety_done_at, case.safety_words = utc(now), words
            settle(case, now=now)


def move(desk: Desk, follow_up_id: int, *, to: date, now: datetime, why: str = "") -> None:
    """Put a follow-up off to another day; it stays there whatever else happens.

    Raises:
        InvalidEntryError: the day is past, or farther than five years off.
        NotFoundError, NotAllowedError: it is gone or dealt with already.
    """
    with desk.changing(Topic.FOLLOW_UPS | Topic.CASES, "Put off a follow-up") as change:
        hours = hours_of_shop()
        day = checked_day(to, hours=hours, now=now)
        row = _planned_row(follow_up_id)
        change.say(f"Put off: {row.title}")
        if why:
            row.reason = why
        _put_off(row, day, now=now, hours=hours)


def put_back(desk: Desk, follow_up_id: int, *, now: datetime) -> None:
    """Put something back to the date it had before it was put off last: they only said thanks.

    Raises:
        NotFoundError, NotAllowedError: it is gone or dealt with, or was never put off.
    """
    with desk.changing(Topic.FOLLOW_UPS | Topic.CASES, "Put back") as change:
        row = _planned_row(follow_up_id)
        change.say(f"Put back: {row.title}")
        if row.put_off_from is None:
            raise NotAllowedError("It hasn't been put off, so there is no date to go back to.")
        hours = hours_of_shop()
        day = hours.day_of(row.put_off_from)
        due = end_of_day(max(day, hours.day_of(now)), hours)
        if row.put_off_from >= utc(now):
            due = Due(row.put_off_from, day)
            row.timed = due != end_of_day(day, hours)  # with the hour that it had
        row.due_at, row.due_on, row.put_off_from = due.at, due.on, None
        row.reason = row.reason.removesuffix(NOBODY)
        row.save(only=row.dirty_fields)
        _expect(row, due.on)
        if row.case_id is not None:
            settle(case_by_id(row.case_id), now=now, hours=hours)


def checked_day(day: date, *, hours: OpeningHours, now: datetime) -> date:
    """Return the opening day that a chosen day stands for.

    Raises:
        InvalidEntryError: the day is past, or farther than five years off.
    """
    today = hours.day_of(now)
    if day < today:
        raise InvalidEntryError("day", "That day is over. Choose today or a later day.")
    if day > today + timedelta(days=365 * FARTHEST_YEARS):
        raise InvalidEntryError("day", "That is more than five years off. Check the year.")
    return hours.next_open_day(day)


def remind(
    desk: Desk,
    title: str,
    *,
    on: date,
    now: datetime,
    case_id: int | None = None,
    customer_id: int | None = None,
    act: Act = Act.CALL,
    again: tuple[int, Unit] = ONCE,
) -> int:
    """Add a reminder, for a case, a customer, or just for the shop.

    With `again` it comes again so many days, weeks or months after it was done, past closed days
    and holidays; leaving it out ends that.

    Returns:
        The follow-up's id.

    Raises:
        InvalidEntryError: no words, or a day that can't be.
        NotFoundError: case or customer is no longer on the desk.
    """
    title = tidy_text(
        title, field="title", limit=120, required=True, message="Write down what to remember."
    )
    with desk.changing(Topic.FOLLOW_UPS | Topic.CASES, f"Remember: {title}"):
        hours = hours_of_shop()
        due = end_of_day(checked_day(on, hours=hours, now=now), hours)
        case = None if case_id is None else case_by_id(case_id)
        whose = None if customer_id is None else customer_by_id(customer_id).id
        row = FollowUp.create(
            kind=FollowUpKind.REMINDER,
            act=act,
            title=title,
            reason="you asked to be reminded",
            every=checked_repeat(again[0]),
            every_unit=again[1],
            customer=whose if case is None else case.customer_id,
            case=None if case is None else case.id,
            person=desk.person_id,
            position=50,
            anchor=Anchor.FIXED,
            due_at=due.at,
            due_on=due.on,
            created_at=now,
        )
        if case is not None and case.status in OPEN_STATUSES:
            settle(case, now=now, hours=hours)
        return int(row.id)


def checked_repeat(every: int) -> int:
    """Return how often something repeats.

    Raises:
        InvalidEntryError: below zero, or more than a year's days.
    """
    if not 0 <= every <= MOST_BETWEEN:
        raise InvalidEntryError("every", "That is too far apart to remember. Try a smaller number.")
    return every
