"""What is given to make amends: the catalogue, what was agreed, and how far it has got."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import peewee as pw

from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import catalogue, limits
from recoverydesk.services.limits import Giving
from recoverydesk.services.plans import case_by_id, settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, CatalogueItem, Remedy, Voucher
from recoverydesk.topics import Topic

FARTHEST_YEARS = 5

GIVEN = frozenset(
    {RemedyStatus.HANDED_OVER, RemedyStatus.USED, RemedyStatus.PART_USED, RemedyStatus.LAPSED}
)
"""Statuses of a remedy that has left the shop's hands."""

NOT_GIVEN = (RemedyStatus.PROPOSED, RemedyStatus.VOID)
"""Statuses of a remedy that nobody has been given: it waits for the owner's word, or is undone."""

NOT_DECIDED = "That is planned, or waits for the owner's word; it isn't agreed yet."
NOTHING_GIVEN = "Nothing was written down as given."


@record
class RemedyEntry:
    """A remedy as it is offered, agreed or given."""

    kind: RemedyKind
    words: str
    value_cents: int = 0
    cost_cents: int | None = None
    """None: what the catalogue says, else the full value."""
    promised_for: date | None = None
    approved_by: int | None = None
    """The owner whose word lets it pass what staff may give alone."""
    item_id: int | None = None
    """What of the catalogue it is; None: in own words."""


@record
class RemedyView:
    """A remedy of a case."""

    remedy_id: int
    kind: RemedyKind
    words: str
    value_cents: int
    cost_cents: int
    status: RemedyStatus
    promised_for: date | None
    agreed_at: datetime | None
    handed_over_at: datetime | None
    voucher_id: int | None
    code: str
    """The voucher's code, or empty."""
    months: int | None = None
    """How long the catalogue lets it be good: 0 for ever, None as is usual for its kind."""

    @property
    def lacks_code(self) -> bool:
        """It was agreed as a voucher, and none has been issued for it yet."""
        issued = self.voucher_id is not None or self.status in NOT_GIVEN
        return self.kind is RemedyKind.VOUCHER and not issued and self.status not in GIVEN


def refuse_if_closed(case: Case) -> None:
    """Keep what is asked, offered and given out of cases that have ended.

    Raises:
        NotAllowedError: the case is closed.
    """
    if case.closed_at is not None:
        raise NotAllowedError("This case is closed.", advice="Reopen it first.")


def checked(entry: RemedyEntry) -> str:
    """Return a remedy's words, tidied.

    Raises:
        InvalidEntryError: no words, or an amount below zero.
    """
    if entry.value_cents < 0 or (entry.cost_cents or 0) < 0:
        raise InvalidEntryError("value", "An amount can't be below zero.")
    return tidy_text(
        entry.words,
        field="words",
        limit=500,
        required=True,
        message="Write down what you give them, in words they would use.",
    )


def write(
    case: Case,
    entry: RemedyEntry,
    *,
    status: RemedyStatus,
    now: datetime,
    line_id: int | None = None,
    person_id: int | None = None,
) -> Remedy:
    """Write a remedy down; call inside `changing()`, then `plans.settle`.

    Raises:
        NeedsOwnerError: staff may not give as much alone.
        NotFoundError: what it is of the catalogue is no longer on the desk.
        NotAllowedError: none of it is left.
    """
    words = checked(entry)
    if status is not RemedyStatus.PROPOSED:
        giving = Giving(entry.value_cents, case.customer_id, case.id, person_id, entry.approved_by)
        limits.check(giving, now=now)
        catalogue.take_from_stock(entry.item_id)  # what is promised can't be promised twice
    return Remedy.create(
        case=case.id,
        customer=case.customer_id,
        line=line_id,
        kind=entry.kind,
        words=words,
        value_cents=entry.value_cents,
        cost_cents=catalogue.usual_cost(entry),
        status=status,
        promised_for=_checked_promise(entry.promised_for, now=now),
        promised_by=person_id,
        approved_by=entry.approved_by,
        item=entry.item_id,
        created_at=now,
        agreed_at=now,
        handed_over_at=now if status is RemedyStatus.HANDED_OVER else None,
    )


def _checked_promise(day: date | None, *, now: datetime) -> date | None:
    if day is None:
        return None
    today = hours_of_shop().day_of(now)
    if day < today:
        raise InvalidEntryError("promised_for", "That day is over. Choose today or a later day.")
    if day > today + timedelta(days=365 * FARTHEST_YEARS):
        raise InvalidEntryError("promised_for", "That is more than five years off. Check the year.")
    return day


def give(desk: Desk, case_id: int, entry: RemedyEntry, *, now: datetime) -> int:
    """Give a remedy that isn't a voucher: it is agreed, and still to be handed over.

    Returns:
        The remedy's id.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: the case is closed.
        InvalidEntryError: words or amount can't be taken.
    """
    stamp = utc(now)
    with desk.changing(Topic.REMEDIES | Topic.CASES | Topic.FOLLOW_UPS, "Give a remedy") as change:
        case = case_by_id(case_id)
        refuse_if_closed(case)
        change.say(f"Give {entry.words.strip()}: {case.number}")
        row = write(case, entry, status=RemedyStatus.AGREED, now=stamp, person_id=desk.person_id)
        update_facts(case, now=stamp)
        settle(case, now=now)
        return int(row.id)


def hand_over(desk: Desk, remedy_id: int, *, now: datetime) -> None:
    """Note that the customer has got it.

    Raises:
        NotFoundError: the remedy is no longer on the desk.
        NotAllowedError: it has been handed over, is void, or waits for the owner's word.
    """
    with desk.changing(Topic.REMEDIES | Topic.CASES | Topic.FOLLOW_UPS, "Hand over") as change:
        row = Remedy.get_or_none(Remedy.id == remedy_id)
        if row is None:
            raise NotFoundError("That remedy is no longer on the desk.")
        if row.status in GIVEN:
            raise NotAllowedError("That has been handed over already.")
        if row.status == RemedyStatus.VOID:
            raise NotAllowedError("That remedy was taken back, so it can't be handed over.")
        if row.status == RemedyStatus.PROPOSED:
            raise NotAllowedError(NOT_DECIDED, advice=NOTHING_GIVEN)
        change.say(f"Handed over: {row.words}")
        mark_handed_over(row, now=utc(now))
        if row.case_id is not None:
            case = case_by_id(row.case_id)
            update_facts(case, now=utc(now))
            settle(case, now=now)


def mark_handed_over(row: Remedy, *, now: datetime) -> None:
    """Write that a remedy has left the shop's hands; call inside `changing()`."""
    row.status = RemedyStatus.HANDED_OVER
    row.handed_over_at = row.handed_over_at or now
    row.save(only=row.dirty_fields)


def update_facts(case: Case, *, now: datetime) -> None:
    """Work out from its remedies whether a case is agreed and all handed over.

    Call inside `changing()`, then `plans.settle`.
    """
    stamps = [
        values[0]
        for values in Remedy.select(Remedy.handed_over_at)
        .where(Remedy.case == case.id, Remedy.status.not_in(NOT_GIVEN))
        .tuples()
    ]
    if stamps:
        case.agreed_at = case.agreed_at or now
        case.handed_over_at = None if None in stamps else max(stamps)


def of_case(case_id: int) -> tuple[RemedyView, ...]:
    """Return a case's remedies in order; call inside `reading()`."""
    query = (
        Remedy.select(
            Remedy.id,
            Remedy.kind,
            Remedy.words,
            Remedy.value_cents,
            Remedy.cost_cents,
            Remedy.status,
            Remedy.promised_for,
            Remedy.agreed_at,
            Remedy.handed_over_at,
            Voucher.id,
            Voucher.code,
            CatalogueItem.months,
        )
        # A code that another took the place of is no second thing given.
        .left_outer_join(Voucher, on=(Voucher.remedy == Remedy.id) & Voucher.replaced_by.is_null())
        .left_outer_join(CatalogueItem, on=Remedy.item == CatalogueItem.id)
        .where(Remedy.case == case_id)
        .order_by(Remedy.id)
    )
    return tuple(_view(values) for values in query.tuples())


def _view(values: Sequence[object]) -> RemedyView:
    (
        remedy_id, kind, words, value_cents, cost_cents,
        status, promised_for, agreed_at, handed_over_at, voucher_id, code, months,
    ) = values  # fmt: skip
    return RemedyView(
        remedy_id=remedy_id,  # type: ignore[arg-type]
        kind=RemedyKind(str(kind)),
        words=str(words),
        value_cents=value_cents,  # type: ignore[arg-type]
        cost_cents=cost_cents,  # type: ignore[arg-type]
        status=RemedyStatus(str(status)),
        promised_for=promised_for,  # type: ignore[arg-type]
        agreed_at=agreed_at,  # type: ignore[arg-type]
        handed_over_at=handed_over_at,  # type: ignore[arg-type]
        voucher_id=voucher_id,  # type: ignore[arg-type]
        code=str(code or ""),
        months=months,  # type: ignore[arg-type]
    )


def went_out() -> pw.Function:
    """Return when a remedy was issued or handed over, whichever came first, for a query."""
    issued, handed = Remedy.issued_at, Remedy.handed_over_at
    # SQLite's min() of two is NULL where either is.
    return pw.fn.MIN(pw.fn.COALESCE(issued, handed), pw.fn.COALESCE(handed, issued))


def totals(remedies: Sequence[RemedyView]) -> Mapping[str, int]:
    """Return what is given is worth to the customer and costs the shop."""
    counted = [remedy for remedy in remedies if remedy.status not in NOT_GIVEN]
    return {
        "value_cents": sum(remedy.value_cents for remedy in counted),
        "cost_cents": sum(remedy.cost_cents for remedy in counted),
    }
