"""Asked, offered, countered, agreed, declined: an append-only ledger of finding what helps."""

from collections.abc import Sequence
from datetime import datetime

from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import remedies
from recoverydesk.services.catalogue import usual_cost
from recoverydesk.services.plans import case_by_id, settle, utc
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.waiting import end_waiting
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, NegotiationLine, Person
from recoverydesk.topics import Topic

TOPICS = Topic.CASES | Topic.REMEDIES | Topic.FOLLOW_UPS


@record
class Asked:
    """What the customer asked for when it was logged."""

    words: str = ""
    kind: RemedyKind | None = None
    value_cents: int | None = None
    said: bool = True
    """False: they were asked and did not say."""


@record
class LineView:
    """One line of the ledger."""

    line_id: int
    at: datetime
    kind: LineKind
    words: str
    remedy_kind: RemedyKind | None
    value_cents: int | None
    cost_cents: int | None
    said: bool
    reason: str
    person: str


def write(
    case: Case,
    kind: LineKind,
    words: str,
    *,
    at: datetime,
    person_id: int | None,
    remedy: RemedyEntry | None = None,
    asked: Asked | None = None,
    reason: str = "",
) -> NegotiationLine:
    """Write one line; call inside `changing()`.

    Raises:
        InvalidEntryError: an amount below zero.
    """
    remedy_kind, value_cents, cost_cents = None, None, None
    if remedy is not None:
        remedy_kind, value_cents, cost_cents = remedy.kind, remedy.value_cents, usual_cost(remedy)
    elif asked is not None:
        if (asked.value_cents or 0) < 0:
            raise InvalidEntryError("value", "An amount can't be below zero.")
        remedy_kind, value_cents = asked.kind, asked.value_cents
    return NegotiationLine.create(
        case=case.id,
        at=at,
        kind=kind,
        words=words,
        remedy_kind=remedy_kind,
        value_cents=value_cents,
        cost_cents=cost_cents,
        said=True if asked is None else asked.said,
        reason=reason,
        person=person_id,
    )


def ask(desk: Desk, case_id: int, asked: Asked, *, now: datetime) -> None:
    """Write down what the customer asks for.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: the case is closed.
        InvalidEntryError: no words.
    """
    _append(desk, case_id, LineKind.ASKED, asked.words, now=now, asked=asked)


def offer(desk: Desk, case_id: int, entry: RemedyEntry, *, now: datetime) -> None:
    """Write down what the shop offers.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: the case is closed.
        InvalidEntryError: no words, or an amount below zero.
    """
    _append(desk, case_id, LineKind.OFFERED, entry.words, now=now, remedy=entry)


def counter(desk: Desk, case_id: int, asked: Asked, *, now: datetime) -> None:
    """Write down what the customer says to an offer.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: the case is closed.
        InvalidEntryError: no words.
    """
    _append(desk, case_id, LineKind.COUNTERED, asked.words, now=now, asked=asked)


def decline(desk: Desk, case_id: int, words: str, *, reason: str, now: datetime) -> None:
    """Write down that the shop can't do what was asked, and why.

    Args:
        desk: the open desk.
        case_id: the case.
        words: what is declined, in the owner's own words.
        reason: why, as it could be said to the customer.
        now: this moment (UTC).

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: the case is closed.
        InvalidEntryError: no words, or no reason.
    """
    reason = tidy_text(
        reason,
        field="reason",
        limit=500,
        required=True,
        message="Write down the reason, in words you could say to them.",
    )
    _append(desk, case_id, LineKind.DECLINED, words, now=now, reason=reason)


VERBS = {
    LineKind.ASKED: "What they ask for",
    LineKind.OFFERED: "Offer",
    LineKind.COUNTERED: "What they say to it",
    LineKind.DECLINED: "Decline",
}


def _append(
    desk: Desk,
    case_id: int,
    kind: LineKind,
    words: str,
    *,
    now: datetime,
    remedy: RemedyEntry | None = None,
    asked: Asked | None = None,
    reason: str = "",
) -> None:
    words = _said(words)
    if remedy is not None:
        remedies.checked(remedy)
    with desk.changing(TOPICS, VERBS[kind]) as change:
        case = case_by_id(case_id)
        remedies.refuse_if_closed(case)
        change.say(f"{VERBS[kind]}: {case.number}")
        write(
            case,
            kind,
            words,
            at=utc(now),
            person_id=desk.person_id,
            remedy=remedy,
            asked=asked,
            reason=reason,
        )
        settle(case, now=now)


def _said(words: str) -> str:
    return tidy_text(
        words, field="words", limit=1_000, required=True, message="Write down what was said."
    )


def agree(
    desk: Desk, case_id: int, words: str, agreed: Sequence[RemedyEntry], *, now: datetime
) -> tuple[int, ...]:
    """Write down what both agreed; each part becomes a remedy to hand over.

    An apology alone is a remedy too: it is handed over as it is agreed.

    Args:
        desk: the open desk.
        case_id: the case.
        words: what was agreed, as both would say it.
        agreed: the remedies; at least one.
        now: this moment (UTC).

    Returns:
        The remedies' ids, in order.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: the case is closed.
        InvalidEntryError: no words, or no remedy.
    """
    words = _said(words)
    if not agreed:
        raise InvalidEntryError("remedies", "Add at least one thing you agreed on.")
    for entry in agreed:
        remedies.checked(entry)
    stamp = utc(now)
    with desk.changing(TOPICS, "Agree") as change:
        case = case_by_id(case_id)
        remedies.refuse_if_closed(case)
        change.say(f"Agreed: {case.number}")
        made = []
        for place, entry in enumerate(agreed):
            line = write(
                case,
                LineKind.AGREED,
                words if place == 0 else entry.words,
                at=stamp,
                person_id=desk.person_id,
                remedy=entry,
            )
            only_words = entry.kind is RemedyKind.APOLOGY_ONLY
            made.append(
                remedies.write(
                    case,
                    entry,
                    status=RemedyStatus.HANDED_OVER if only_words else RemedyStatus.AGREED,
                    now=stamp,
                    line_id=line.id,
                    person_id=desk.person_id,
                )
            )
            if only_words and case.apologised_at is None:
                case.apologised_at = stamp
        case.agreed_at = stamp
        hours = hours_of_shop()
        end_waiting(case, stamp, hours)
        remedies.update_facts(case, now=stamp)
        settle(case, now=now, hours=hours)
        return tuple(int(row.id) for row in made)


def of_case(case_id: int) -> tuple[LineView, ...]:
    """Return a case's ledger, the oldest first; call inside `reading()`."""
    query = (
        NegotiationLine.select(
            NegotiationLine.id,
            NegotiationLine.at,
            NegotiationLine.kind,
            NegotiationLine.words,
            NegotiationLine.remedy_kind,
            NegotiationLine.value_cents,
            NegotiationLine.cost_cents,
            NegotiationLine.said,
            NegotiationLine.reason,
            Person.name,
        )
        .left_outer_join(Person, on=NegotiationLine.person == Person.id)
        .where(NegotiationLine.case == case_id)
        .order_by(NegotiationLine.id)
    )
    return tuple(
        LineView(
            line_id=values[0],
            at=values[1],
            kind=LineKind(values[2]),
            words=values[3],
            remedy_kind=None if values[4] is None else RemedyKind(values[4]),
            value_cents=values[5],
            cost_cents=values[6],
            said=bool(values[7]),
            reason=values[8],
            person=values[9] or "",
        )
        for values in query.tuples()
    )
