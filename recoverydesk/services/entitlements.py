"""What a customer may have for a time: free delivery, a membership, a waived fee, a special price.

A remedy of such a kind is handed over by granting it, with its first and last day, how often it
may be used, and for which goods. Each use is a row of its own; how often it was used is their
number, and the desk itself refuses one too many.
"""

from collections.abc import Mapping
from datetime import date, datetime

import peewee as pw

from recoverydesk.domain.days import day_words
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import add_months
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import remedies
from recoverydesk.services.plans import case_by_id, settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    CatalogueItem,
    Entitlement,
    EntitlementUse,
    Remedy,
)
from recoverydesk.topics import Topic

TOPICS = Topic.REMEDIES | Topic.CASES | Topic.FOLLOW_UPS
LASTING = frozenset(
    {
        RemedyKind.FREE_SHIPPING,
        RemedyKind.MEMBERSHIP,
        RemedyKind.WAIVED_FEE,
        RemedyKind.SPECIAL_PRICE,
    }
)
"""Kinds of remedy that last for a time."""
USUAL_MONTHS = 12
FARTHEST_YEARS = 10
MOST_USES = 1_000


@record
class EntitlementEntry:
    """What a customer may have, and for how long."""

    words: str = ""
    """Empty: as the remedy says."""
    goods: str = ""
    """Which goods it is for; empty: all."""
    valid_from: date | None = None
    """None: from today."""
    valid_to: date | None = None
    """Its last day; None: without an end."""
    uses: int | None = None
    """How often it may be used; None: as often as they like."""


@record
class EntitlementView:
    """Something a customer may have for a time."""

    entitlement_id: int
    remedy_id: int
    customer_id: int
    case_id: int | None
    kind: RemedyKind
    words: str
    goods: str
    valid_from: date
    valid_to: date | None
    uses: int | None
    used: int
    why_not: str
    """Why it can't be used today; empty where it can."""
    taken_back: bool = False

    @property
    def left(self) -> int | None:
        """How often it can still be used; None: as often as they like."""
        return None if self.uses is None else self.uses - self.used


def usual(desk: Desk, remedy_id: int, *, now: datetime) -> EntitlementEntry:
    """Return what is proposed for a remedy: from today, as long as the catalogue says.

    Raises:
        NotFoundError: the remedy is no longer on the desk.
    """
    with desk.reading():
        return _usual(_remedy(remedy_id), hours_of_shop().day_of(now))


def _usual(row: Remedy, today: date) -> EntitlementEntry:
    own = CatalogueItem.select(CatalogueItem.months).where(CatalogueItem.id == row.item_id).scalar()
    months = USUAL_MONTHS if own is None else own
    return EntitlementEntry(
        words=row.words,
        valid_from=today,
        valid_to=add_months(today, months) if months else None,
    )


def hand_over(desk: Desk, remedy_id: int, *, now: datetime) -> int | None:
    """Note that the customer has got a remedy; what lasts for a time begins today.

    Returns:
        The entitlement's id; None where the remedy doesn't last.

    Raises:
        NotFoundError: the remedy is no longer on the desk.
        NotAllowedError: it was handed over already, is void, or waits for the owner's word.
    """
    with desk.changing(TOPICS, "Hand over") as change:
        row = _remedy(remedy_id)
        change.say(f"Handed over: {row.words}")
        if row.kind not in LASTING:
            remedies.hand_over(desk, remedy_id, now=now)
            return None
        return grant(desk, remedy_id, usual(desk, remedy_id, now=now), now=now)


def begin(row: Remedy, *, now: datetime) -> None:
    """Let a remedy that lasts begin today, as is usual; call inside `changing()`.

    Where it began already, or doesn't last, nothing happens.
    """
    known = Entitlement.select().where(Entitlement.remedy == row.id).exists()
    if row.kind in LASTING and not known:
        today = hours_of_shop().day_of(now)
        _create(row, _usual(row, today), today, now=now)


def grant(desk: Desk, remedy_id: int, entry: EntitlementEntry, *, now: datetime) -> int:
    """Hand a remedy over that lasts for a time.

    Returns:
        The entitlement's id.

    Raises:
        NotFoundError: the remedy is no longer on the desk.
        NotAllowedError: it was granted already, or taken back.
        InvalidEntryError: a day that can't be, or a number of times below one.
    """
    with desk.changing(TOPICS, "Grant for a time") as change:
        hours = hours_of_shop()
        row = _remedy(remedy_id)
        if row.status == RemedyStatus.PROPOSED:
            raise NotAllowedError(remedies.NOT_DECIDED, advice=remedies.NOTHING_GIVEN)
        if row.status == RemedyStatus.VOID:
            raise NotAllowedError("That remedy was taken back, so it can't be given.")
        if Entitlement.select().where(Entitlement.remedy == row.id).exists():
            raise NotAllowedError(
                "They have that already.", advice="Change what they have instead."
            )
        made = _create(row, entry, hours.day_of(now), now=now)
        change.say(f"Grant {made.words}")
        if row.status not in remedies.GIVEN:
            remedies.mark_handed_over(row, now=utc(now))
        _settle(row, hours, now=now)
        return int(made.id)


def _create(row: Remedy, entry: EntitlementEntry, today: date, *, now: datetime) -> Entitlement:
    first, last = _checked_days(entry, today)
    return Entitlement.create(
        remedy=row.id,
        customer=row.customer_id,
        case=row.case_id,
        kind=row.kind,
        words=tidy_text(entry.words, field="words", limit=500) or row.words,
        goods=tidy_text(entry.goods, field="goods", limit=200),
        valid_from=first,
        valid_to=last,
        uses=_checked_uses(entry.uses),
        created_at=utc(now),
    )


def change(desk: Desk, entitlement_id: int, entry: EntitlementEntry, *, now: datetime) -> None:
    """Change what a customer may have for a time: longer, more often, for other goods.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it was taken back.
        InvalidEntryError: a day that can't be, or fewer times than it was used.
    """
    with desk.changing(TOPICS, "Change what they may have") as changed:
        row = _entitlement(entitlement_id)
        if row.ended_at is not None:
            raise NotAllowedError("That was taken back.", advice="Give it anew.")
        used = _used(row.id)
        uses = _checked_uses(entry.uses)
        if uses is not None and uses < used:
            times = "once" if used == 1 else f"{used} times"
            raise InvalidEntryError("uses", f"It was used {times} already.")
        words = tidy_text(entry.words, field="words", limit=500) or row.words
        changed.say(f"Change: {words}")
        row.words, row.goods = words, tidy_text(entry.goods, field="goods", limit=200)
        row.valid_from, row.valid_to = _checked_days(entry, row.valid_from)
        row.uses = uses
        row.save(only=row.dirty_fields)
        _stand(row, hours_of_shop().day_of(now))


def use(desk: Desk, entitlement_id: int, *, now: datetime, words: str = "") -> EntitlementView:
    """Write down that it was used once.

    Returns:
        It, as it stands now.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it is over, not yet begun, taken back, or used up.
        InvalidEntryError: too many words.
    """
    words = tidy_text(words, field="words", limit=200)
    with desk.changing(TOPICS, "Use what they may have") as change:
        row = _entitlement(entitlement_id)
        today = hours_of_shop().day_of(now)
        seen = view_of(row, today)
        change.say(f"Used: {row.words}")
        if seen.why_not:
            raise NotAllowedError(seen.why_not, advice="Nothing was written down.")
        EntitlementUse.create(
            entitlement=row.id, case=row.case_id, at=utc(now), words=words, person=desk.person_id
        )
        _stand(row, today)
        return view_of(row, today)


def take_back(desk: Desk, entitlement_id: int, why: str, *, now: datetime) -> None:
    """End what a customer may have, before its time.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it was taken back already.
        InvalidEntryError: no reason.
    """
    why = tidy_text(
        why, field="why", limit=300, required=True, message="Write down why it ends early."
    )
    with desk.changing(TOPICS, "Take back") as change:
        row = _entitlement(entitlement_id)
        change.say(f"Take back: {row.words}")
        if row.ended_at is not None:
            raise NotAllowedError("That was taken back already.")
        row.ended_at, row.end_words = utc(now), why
        row.save(only=row.dirty_fields)
        _stand(row, hours_of_shop().day_of(now))


def of_customer(customer_id: int, today: date) -> tuple[EntitlementView, ...]:
    """Return what a customer may have today or later; call inside `reading()`.

    What ends first comes first.
    """
    query = Entitlement.select().where(
        Entitlement.customer == customer_id,
        Entitlement.ended_at.is_null(),
        Entitlement.valid_to.is_null() | (Entitlement.valid_to >= today),
    )
    found = [view_of(row, today) for row in query.order_by(Entitlement.id)]
    still = [one for one in found if one.left is None or one.left > 0]
    return tuple(sorted(still, key=lambda one: one.valid_to or date.max))


def view(desk: Desk, entitlement_id: int, *, now: datetime) -> EntitlementView:
    """Return something a customer may have for a time.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        return view_of(_entitlement(entitlement_id), hours_of_shop().day_of(now))


def granted(desk: Desk, remedy_id: int, *, now: datetime) -> EntitlementView | None:
    """Return what a remedy granted, or None."""
    with desk.reading():
        return of_remedy(remedy_id, hours_of_shop().day_of(now))


def of_case(desk: Desk, case_id: int, *, now: datetime) -> Mapping[int, EntitlementView]:
    """Return what the remedies of a case granted, by the remedy's id."""
    with desk.reading():
        today = hours_of_shop().day_of(now)
        query = Entitlement.select().join(Remedy).where(Remedy.case == case_id)
        return {row.remedy_id: view_of(row, today) for row in query}


def of_remedy(remedy_id: int, today: date) -> EntitlementView | None:
    """Return what a remedy granted, or None; call inside `reading()`."""
    row = Entitlement.get_or_none(Entitlement.remedy == remedy_id)
    return None if row is None else view_of(row, today)


def view_of(row: Entitlement, today: date) -> EntitlementView:
    """Return an entitlement as it stands; call inside `reading()` or `changing()`."""
    used = _used(row.id)
    return EntitlementView(
        entitlement_id=row.id,
        remedy_id=row.remedy_id,
        customer_id=row.customer_id,
        case_id=row.case_id,
        kind=RemedyKind(row.kind),
        words=row.words,
        goods=row.goods,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        uses=row.uses,
        used=used,
        why_not=_why_not(row, used, today),
        taken_back=row.ended_at is not None,
    )


def _why_not(row: Entitlement, used: int, today: date) -> str:
    if row.ended_at is not None:
        return "It was taken back."
    if row.valid_to is not None and row.valid_to < today:
        return f"It ended on {day_words(row.valid_to)}."
    if today < row.valid_from:
        return f"It begins on {day_words(row.valid_from)}."
    if row.uses is not None and used >= row.uses:
        return "It has been used as often as was agreed."
    return ""


def _stand(row: Entitlement, today: date) -> None:
    """Work out how far its remedy is."""
    used = _used(row.id)
    over = row.ended_at is not None or (row.valid_to is not None and row.valid_to < today)
    used_up = row.uses is not None and used >= row.uses
    remedy = _remedy(row.remedy_id)
    if used and (used_up or over):
        remedy.status = RemedyStatus.USED
    elif used:
        remedy.status = RemedyStatus.PART_USED
    elif row.ended_at is not None:
        remedy.status = RemedyStatus.VOID
    else:
        remedy.status = RemedyStatus.LAPSED if over else RemedyStatus.HANDED_OVER
    remedy.save(only=remedy.dirty_fields)


def _used(entitlement_id: int) -> int:
    mine = EntitlementUse.entitlement == entitlement_id
    return int(EntitlementUse.select(pw.fn.COUNT(EntitlementUse.id)).where(mine).scalar())


def _remedy(remedy_id: int) -> Remedy:
    row = Remedy.get_or_none(Remedy.id == remedy_id)
    if row is None:
        raise NotFoundError("That remedy is no longer on the desk.")
    return row


def _entitlement(entitlement_id: int) -> Entitlement:
    row = Entitlement.get_or_none(Entitlement.id == entitlement_id)
    if row is None:
        raise NotFoundError("That is no longer on the desk.")
    return row


def _settle(row: Remedy, hours: OpeningHours, *, now: datetime) -> None:
    if row.case_id is not None:
        case = case_by_id(row.case_id)
        remedies.update_facts(case, now=utc(now))
        settle(case, now=now, hours=hours)


def _checked_days(entry: EntitlementEntry, usual_first: date) -> tuple[date, date | None]:
    first = entry.valid_from or usual_first
    if entry.valid_to is None:
        return first, None
    if entry.valid_to < first:
        raise InvalidEntryError("valid_to", "That is before it begins. Choose a later day.")
    if entry.valid_to.year > first.year + FARTHEST_YEARS:
        raise InvalidEntryError("valid_to", "That is more than ten years on. Check the year.")
    return first, entry.valid_to


def _checked_uses(uses: int | None) -> int | None:
    if uses is not None and not 1 <= uses <= MOST_USES:
        raise InvalidEntryError("uses", f"Between once and {MOST_USES:,} times; empty sets no end.")
    return uses
