"""How it could have been avoided: ideas of customers and of those who work here, and their thanks.

A customer is asked once per case. Whoever had an idea that was taken up is thanked, once; from
then on a letter to them may quote it.
"""

from collections.abc import Container
from datetime import date, datetime
from typing import Any

from recoverydesk.domain.correction import IdeaSource, IdeaStatus
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.plan import end_of_day
from recoverydesk.domain.text import summary, tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import customer_follow_ups
from recoverydesk.services.customer_follow_ups import Wanted
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.plans import LEFT_ALONE, case_by_id, greeting_of, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Cause,
    CorrectiveAction,
    Customer,
    FollowUp,
    Suggestion,
)
from recoverydesk.topics import Topic

TOPICS = Topic.CAUSES | Topic.CASES | Topic.CUSTOMERS | Topic.CORRECTIONS | Topic.FOLLOW_UPS
LONGEST_WORDS = 1_000
LONGEST_NAME = 80
LONGEST_QUOTED = 70
"""Characters of an idea in a line of Today or of the history."""

NO_LONGER = "the idea was not taken up after all"
THANKED = "thanked"


@record
class IdeaView:
    """An idea, with whom it is credited to and what became of it."""

    idea_id: int
    source: IdeaSource
    words: str
    who: str
    """Whom it is credited to: the customer's name, or who works here."""
    customer_id: int | None
    case_id: int | None
    case_number: str
    cause_id: int | None
    cause: str
    """Without its group; empty where none is known."""
    correction_id: int | None
    correction: str
    """The change that it became part of; empty where none was named."""
    status: IdeaStatus
    end_words: str
    """Why it was not taken up."""
    decided_at: datetime | None
    thanked_at: datetime | None
    created_at: datetime

    @property
    def to_thank(self) -> bool:
        """Whether it was taken up and nobody has said thank you yet."""
        return self.status is IdeaStatus.ADOPTED and self.thanked_at is None


def ask_done(desk: Desk, case_id: int, *, now: datetime) -> None:
    """Note that the customer was asked how it could have been avoided; they had no idea.

    The first time counts; asking again changes nothing.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.changing(TOPICS, "Asked how it could be avoided") as change:
        case = case_by_id(case_id)
        change.say(f"Asked how it could be avoided: {case.number}")
        _asked(case, now=now)


def _asked(case: Case, *, now: datetime) -> None:
    if case.idea_asked_at is None:
        case.idea_asked_at = utc(now)
        case.save(only=case.dirty_fields)


def add(
    desk: Desk,
    words: str,
    source: IdeaSource,
    *,
    now: datetime,
    who: str = "",
    customer_id: int | None = None,
    case_id: int | None = None,
    cause_id: int | None = None,
) -> int:
    """Write down an idea; a customer's in a case also notes that they were asked.

    Args:
        desk: the open desk.
        words: the idea.
        source: whose kind it is.
        now: this moment (UTC).
        who: whom it is credited to, of those who work here.
        customer_id: whose it is; of a customer's idea in a case, the case's customer.
        case_id: what it came from, if anything.
        cause_id: what it would mend; None takes the case's.

    Returns:
        The idea's id.

    Raises:
        NotFoundError: case, customer or cause is no longer on the desk.
        InvalidEntryError: no words, too many, or nobody to credit; `field` says which.
    """
    words = tidy_text(
        words, field="words", limit=LONGEST_WORDS, required=True, message="What is the idea?"
    )
    with desk.changing(TOPICS, f"An idea: {summary(words, LONGEST_QUOTED)}"):
        case = None if case_id is None else case_by_id(case_id)
        whose = None
        if source is IdeaSource.CUSTOMER:
            who = ""
            whose = _whose(case, customer_id)
            if case is not None:
                _asked(case, now=now)
        else:
            who = _staff(who)
        if cause_id is None and case is not None:
            cause_id = case.cause_id
        _check_cause(cause_id)
        row = Suggestion.create(
            source=source,
            words=words,
            who=who,
            customer=whose,
            case=None if case is None else case.id,
            cause=cause_id,
            created_at=utc(now),
        )
        return int(row.id)


def change(desk: Desk, idea_id: int, words: str, *, who: str = "") -> None:
    """Put an idea in other words, or credit it to somebody else who works here.

    Raises:
        NotFoundError: it is no longer on the desk.
        InvalidEntryError: no words, too many, or nobody to credit; `field` says which.
    """
    words = tidy_text(
        words, field="words", limit=LONGEST_WORDS, required=True, message="What is the idea?"
    )
    with desk.changing(TOPICS, f"An idea: {summary(words, LONGEST_QUOTED)}"):
        row = _idea(idea_id)
        row.words = words
        if row.source == IdeaSource.STAFF:
            row.who = _staff(who)
        row.save(only=row.dirty_fields)


def _whose(case: Case | None, customer_id: int | None) -> int:
    if case is not None:
        return int(case.customer_id)
    if customer_id is None:
        raise InvalidEntryError("who", "Whose idea is it? Choose the customer.")
    return int(customer_by_id(customer_id).id)


def _staff(who: str) -> str:
    return " ".join(
        tidy_text(
            who,
            field="who",
            limit=LONGEST_NAME,
            required=True,
            message="Whose idea is it? They are thanked when you take it up.",
        ).split()
    )


def _check_cause(cause_id: int | None) -> None:
    if cause_id is not None and not Cause.select().where(Cause.id == cause_id).exists():
        raise NotFoundError("That cause is no longer on the desk.")


def adopt(desk: Desk, idea_id: int, correction_id: int | None = None, *, now: datetime) -> None:
    """Take an idea up, and plan to thank whoever had it; whoever was thanked is not again.

    Somebody who asked to be left alone isn't turned to: their thanks wait until they allow it.
    Taken up before, it can still be tied to the change that it became.

    Args:
        desk: the open desk.
        idea_id: which one.
        correction_id: the change that it became part of, if there is one already.
        now: this moment (UTC).

    Raises:
        NotFoundError: idea or change is no longer on the desk.
    """
    with desk.changing(TOPICS, "Take up an idea") as change:
        row = _idea(idea_id)
        change.say(f"Take up the idea: {summary(row.words, LONGEST_QUOTED)}")
        if correction_id is not None:
            if CorrectiveAction.get_or_none(CorrectiveAction.id == correction_id) is None:
                raise NotFoundError("That fix is no longer on the desk.")
            row.correction_id = correction_id
        if row.status != IdeaStatus.ADOPTED:
            row.status, row.decided_at, row.end_words = IdeaStatus.ADOPTED, utc(now), ""
            if row.thanked_at is None:
                _plan_thanks(row, now=now)
        if row.dirty_fields:
            row.save(only=row.dirty_fields)


def decline(desk: Desk, idea_id: int, words: str, *, now: datetime) -> None:
    """Note that an idea isn't taken up, and why.

    Raises:
        NotFoundError: it is no longer on the desk.
        InvalidEntryError: no reason, or too long a one.
    """
    words = tidy_text(
        words,
        field="end_words",
        limit=300,
        required=True,
        message="Write down why, so that whoever had the idea can be told.",
    )
    with desk.changing(TOPICS, "Not this idea") as change:
        row = _idea(idea_id)
        change.say(f"Not this idea: {summary(row.words, LONGEST_QUOTED)}")
        row.status, row.decided_at, row.end_words = IdeaStatus.DECLINED, utc(now), words
        row.correction_id = None
        row.save(only=row.dirty_fields)
        _end_thanks(row, words=NO_LONGER, done=False, now=now)


def reopen(desk: Desk, idea_id: int, *, now: datetime) -> None:
    """Leave an idea open again; that somebody was thanked for it stays.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.changing(TOPICS, "An idea is open again") as change:
        row = _idea(idea_id)
        change.say(f"Open again: {summary(row.words, LONGEST_QUOTED)}")
        row.status, row.decided_at, row.end_words = IdeaStatus.OPEN, None, ""
        row.correction_id = None
        row.save(only=row.dirty_fields)
        _end_thanks(row, words=NO_LONGER, done=False, now=now)


def thank(desk: Desk, idea_id: int, *, now: datetime) -> None:
    """Note that whoever had an idea was thanked; what was planned for it is done with.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it wasn't taken up, or they were thanked before.
    """
    with desk.changing(TOPICS, "Thanked for an idea") as change:
        row = _idea(idea_id)
        change.say(f"Thanked for the idea: {summary(row.words, LONGEST_QUOTED)}")
        if row.status != IdeaStatus.ADOPTED:
            raise NotAllowedError("Take the idea up first; then there is something to thank for.")
        if row.thanked_at is not None:
            raise NotAllowedError("They have been thanked for it already.")
        row.thanked_at = utc(now)
        row.save(only=row.dirty_fields)
        _end_thanks(row, words=THANKED, done=True, now=now)


def thanked_by(follow_up: FollowUp, *, now: datetime) -> None:
    """Take over that a planned thank-you was done; call inside `changing()`."""
    if follow_up.status == FollowUpStatus.DONE:
        Suggestion.update(thanked_at=utc(now)).where(
            Suggestion.id == idea_of(follow_up), Suggestion.thanked_at.is_null()
        ).execute()


def idea_of(follow_up: FollowUp) -> int:
    """Return which idea a planned thank-you is for."""
    return int(follow_up.step_key.removeprefix(KEY))


KEY = "idea:"
"""Begins the key of a planned thank-you; the idea's id follows."""


def hand_over(case_id: int, customer: Customer) -> None:
    """Credit a case's ideas to whom it belongs from here on; call inside `changing()`.

    Their thanks go along; what a colleague had in it stays the colleague's.
    """
    theirs = (Suggestion.case == case_id) & (Suggestion.source == IdeaSource.CUSTOMER)
    Suggestion.update(customer=customer.id).where(theirs).execute()
    query = Suggestion.select(Suggestion.id).where(theirs)
    keys = [f"{KEY}{values[0]}" for values in query.tuples()]
    FollowUp.update(customer=customer.id, title=_thanks_title(customer)).where(
        FollowUp.kind == FollowUpKind.THANKS, FollowUp.step_key.in_(keys)
    ).execute()


def _thanks_title(customer: Customer) -> str:
    return f"Thank {greeting_of(customer)} for the idea"


def _plan_thanks(row: Suggestion, *, now: datetime) -> None:
    hours = hours_of_shop()
    on = hours.day_of(now)
    reason = f"you took up their idea: “{summary(row.words, LONGEST_QUOTED)}”"
    key = f"{KEY}{row.id}"
    if row.customer_id is not None:
        customer = customer_by_id(row.customer_id)
        title = _thanks_title(customer)
        wanted = Wanted(FollowUpKind.THANKS, Act.CALL, title, reason, on, step_key=key)
        customer_follow_ups.plant(customer, wanted, hours=hours, now=now)
        return
    due = end_of_day(hours.next_open_day(on), hours)
    FollowUp.create(
        kind=FollowUpKind.THANKS,
        act=Act.TALK,
        title=f"Praise {row.who} for the idea",
        reason=reason,
        step_key=key,
        position=60,
        anchor=Anchor.FIXED,
        due_at=due.at,
        due_on=due.on,
        created_at=utc(now),
    )


def _end_thanks(row: Suggestion, *, words: str, done: bool, now: datetime) -> None:
    """End the thank-you that is planned, or would come back once they may be contacted."""
    still = (FollowUp.status == FollowUpStatus.PLANNED) | (FollowUp.end_words == LEFT_ALONE)
    FollowUp.update(
        status=FollowUpStatus.DONE if done else FollowUpStatus.SKIPPED,
        ended_at=utc(now),
        end_words=words,
    ).where(
        FollowUp.kind == FollowUpKind.THANKS, FollowUp.step_key == f"{KEY}{row.id}", still
    ).execute()


def _idea(idea_id: int) -> Suggestion:
    row = Suggestion.get_or_none(Suggestion.id == idea_id)
    if row is None:
        raise NotFoundError("That idea is no longer on the desk.")
    return row


# Reading


def open_ideas(desk: Desk) -> tuple[IdeaView, ...]:
    """Return the ideas that nobody has decided on, the oldest first."""
    with desk.reading():
        return _views(Suggestion.status == IdeaStatus.OPEN)


def all_ideas(desk: Desk) -> tuple[IdeaView, ...]:
    """Return every idea, the oldest first."""
    with desk.reading():
        return _views(Suggestion.id.is_null(is_null=False))


def to_thank(desk: Desk) -> tuple[IdeaView, ...]:
    """Return the ideas that were taken up and whose owner waits for a thank-you."""
    with desk.reading():
        return _views((Suggestion.status == IdeaStatus.ADOPTED) & Suggestion.thanked_at.is_null())


def of_case(case_id: int) -> tuple[IdeaView, ...]:
    """Return a case's ideas, the oldest first; call inside `reading()`."""
    return _views(Suggestion.case == case_id)


def of_cause(desk: Desk, cause_id: int) -> tuple[IdeaView, ...]:
    """Return the ideas about a cause, and of a group about all under it."""
    with desk.reading():
        under = Cause.select(Cause.id).where((Cause.id == cause_id) | (Cause.parent == cause_id))
        return _views(Suggestion.cause.in_(under))


def of_correction(desk: Desk, correction_id: int) -> tuple[IdeaView, ...]:
    """Return the ideas that a change carries out."""
    with desk.reading():
        return _views(Suggestion.correction == correction_id)


def credited(desk: Desk, span: Container[date]) -> tuple[IdeaView, ...]:
    """Return what was taken up on days of the shop's calendar, with whom to credit for it."""
    with desk.reading():
        hours = hours_of_shop()
        return tuple(
            one
            for one in _views(Suggestion.status == IdeaStatus.ADOPTED)
            if one.decided_at is not None and hours.day_of(one.decided_at) in span
        )


def count_open(desk: Desk) -> int:
    """Return how many ideas nobody has decided on."""
    with desk.reading():
        return int(Suggestion.select().where(Suggestion.status == IdeaStatus.OPEN).count())


def newest_adopted(case_id: int) -> str:
    """Return the words of the customer's newest idea of a case that was taken up, else nothing.

    What was refused, or nobody has decided on, is never quoted back at them. Call inside
    `reading()`.
    """
    words = (
        Suggestion.select(Suggestion.words)
        .where(
            Suggestion.case == case_id,
            Suggestion.source == IdeaSource.CUSTOMER,
            Suggestion.status == IdeaStatus.ADOPTED,
        )
        .order_by(Suggestion.id.desc())
        .limit(1)
        .scalar()
    )
    return " ".join(str(words or "").split())


_COLUMNS = (
    Suggestion.id,
    Suggestion.source,
    Suggestion.words,
    Suggestion.who,
    Customer.name,
    Suggestion.customer,
    Suggestion.case,
    Case.number,
    Suggestion.cause,
    Cause.name,
    Suggestion.correction,
    CorrectiveAction.what,
    Suggestion.status,
    Suggestion.end_words,
    Suggestion.decided_at,
    Suggestion.thanked_at,
    Suggestion.created_at,
)


def _views(where: Any) -> tuple[IdeaView, ...]:  # noqa: ANN401 - peewee's own
    query = (
        Suggestion.select(*_COLUMNS)
        .left_outer_join(Customer, on=Suggestion.customer == Customer.id)
        .switch(Suggestion)
        .left_outer_join(Case, on=Suggestion.case == Case.id)
        .switch(Suggestion)
        .left_outer_join(Cause, on=Suggestion.cause == Cause.id)
        .switch(Suggestion)
        .left_outer_join(CorrectiveAction, on=Suggestion.correction == CorrectiveAction.id)
        .where(where)
        .order_by(Suggestion.id)
    )
    return tuple(_view(*values) for values in query.tuples())


def _view(*values: Any) -> IdeaView:  # noqa: ANN401 - as the columns have them
    (
        idea_id, source, words, who, customer, customer_id, case_id, number, cause_id, cause,
        correction_id, correction, status, end_words, decided_at, thanked_at, created_at,
    ) = values  # fmt: skip
    return IdeaView(
        idea_id=idea_id,
        source=IdeaSource(source),
        words=words,
        who=customer or who,
        customer_id=customer_id,
        case_id=case_id,
        case_number=number or "",
        cause_id=cause_id,
        cause=cause or "",
        correction_id=correction_id,
        correction=correction or "",
        status=IdeaStatus(status),
        end_words=end_words,
        decided_at=decided_at,
        thanked_at=thanked_at,
        created_at=created_at,
    )
