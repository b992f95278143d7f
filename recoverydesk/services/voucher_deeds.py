"""What else can be done with a voucher: made void, put back on, extended, given a new code.

Each is a line of its ledger with a reason; nothing that was written is ever changed.
"""

from datetime import date, datetime

from recoverydesk.domain import voucher as rules
from recoverydesk.domain.days import day_words
from recoverydesk.domain.text import tidy_text
from recoverydesk.domain.voucher import EntryKind, VoucherStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError
from recoverydesk.services import rescues
from recoverydesk.services.plans import utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.voucher_views import VoucherView, by_id, view_of
from recoverydesk.services.vouchers import (
    TOPICS,
    append,
    checked_last_day,
    fresh_code,
    money,
    stand,
)
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Voucher

OVER = frozenset({VoucherStatus.VOID, VoucherStatus.REPLACED})


def _why(words: str) -> str:
    return tidy_text(
        words,
        field="why",
        limit=300,
        required=True,
        message="Write down why, so that nobody wonders later.",
    )


def _standing(row: Voucher, *, now: datetime) -> VoucherView:
    """Return a voucher that something can still be done with.

    Raises:
        NotAllowedError: it is void, or another code took its place.
    """
    seen = view_of(row, hours_of_shop(), now=now)
    if seen.status in OVER:
        raise NotAllowedError(seen.why_not, advice="Nothing was changed.")
    return seen


def make_void(desk: Desk, voucher_id: int, why: str, *, now: datetime) -> None:
    """Declare a voucher void: what is left on it can't be used any more.

    Raises:
        InvalidEntryError: no reason.
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it is void or replaced already, or nothing is left on it.
    """
    why = _why(why)
    with desk.changing(TOPICS, "Make a voucher void") as change:
        row = by_id(voucher_id)
        seen = _standing(row, now=now)
        if not seen.balance_cents:
            raise NotAllowedError(seen.why_not, advice="There is nothing to make void.")
        change.say(f"Make void {seen.shown_code}")
        append(desk, row, EntryKind.VOID, -seen.balance_cents, now=now, words=why)
        row.voided_at = utc(now)
        row.save(only=row.dirty_fields)
        rescues.end(row.id, "it was made void", now=now)
        stand(row, now=now)


def put_back(desk: Desk, voucher_id: int, amount_cents: int, why: str, *, now: datetime) -> None:
    """Put money back on that was taken off: the goods came back, or a key too many was pressed.

    Args:
        desk: the open desk.
        voucher_id: which voucher.
        amount_cents: how much, in minor units.
        why: the reason.
        now: this moment (UTC).

    Raises:
        InvalidEntryError: no reason, nothing or less, or more than was ever taken off.
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it is void, replaced, or has run out.
    """
    why = _why(why)
    with desk.changing(TOPICS, "Put back on a voucher") as change:
        row = by_id(voucher_id)
        seen = _standing(row, now=now)
        if seen.status is VoucherStatus.EXPIRED:
            raise NotAllowedError(seen.why_not, advice="Give it a later day first.")
        used = -sum(
            line.amount_cents
            for line in seen.ledger
            if line.kind in {EntryKind.REDEEM, EntryKind.REFUND}
        )
        if amount_cents <= 0:
            raise InvalidEntryError("amount", "How much shall go back on it?")
        if amount_cents > used:
            raise InvalidEntryError("amount", f"Only {money(used)} was taken off it.")
        change.say(f"Put back on {seen.shown_code}")
        append(desk, row, EntryKind.REFUND, amount_cents, now=now, words=why)
        if not seen.balance_cents:
            rescues.plant(row, hours=hours_of_shop(), now=now)
        stand(row, now=now)


def extend(desk: Desk, voucher_id: int, to: date, why: str, *, now: datetime) -> None:
    """Give a voucher a later last day; what had lapsed comes back with it.

    Raises:
        InvalidEntryError: no reason, or a day that is over, not later, or too far off.
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it is void, replaced, used up, or never runs out.
    """
    why = _why(why)
    with desk.changing(TOPICS, "Extend a voucher") as change:
        hours = hours_of_shop()
        row = by_id(voucher_id)
        seen = _standing(row, now=now)
        change.say(f"Extend {seen.shown_code} to {day_words(to)}")
        if seen.status is VoucherStatus.USED_UP:
            raise NotAllowedError(seen.why_not, advice="There is nothing to extend.")
        if row.valid_to is None:
            raise NotAllowedError("It never runs out.", advice="Nothing was changed.")
        checked_last_day(to, today=hours.day_of(now))
        if to <= row.valid_to:
            until = day_words(row.valid_to)
            raise InvalidEntryError(
                "valid_to", f"It is good until {until} already. Choose a later day."
            )
        append(desk, row, EntryKind.EXTEND, _lapsed_cents(seen), now=now, words=why)
        row.valid_to, row.lapsed_at = to, None
        row.save(only=row.dirty_fields)
        rescues.end(row.id, "it was extended", now=now)
        rescues.plant(row, hours=hours, now=now)
        stand(row, now=now)


def _lapsed_cents(seen: VoucherView) -> int:
    """Return what was written off when it ran out last and has not come back since."""
    written_off = 0
    for line in seen.ledger:
        if line.kind is EntryKind.EXPIRE or line.kind is EntryKind.EXTEND:
            written_off -= line.amount_cents
    return written_off


def replace(desk: Desk, voucher_id: int, why: str, *, now: datetime) -> VoucherView:
    """Give a lost or stolen voucher a new code; the old one answers what took its place.

    Returns:
        The voucher with its new code: as much left, as long good, for the same recipient.

    Raises:
        InvalidEntryError: no reason.
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it is void, replaced, used up or has run out.
    """
    why = _why(why)
    with desk.changing(TOPICS, "Replace a voucher") as change:
        hours = hours_of_shop()
        row = by_id(voucher_id)
        seen = _standing(row, now=now)
        if not seen.balance_cents or seen.status is VoucherStatus.EXPIRED:
            raise NotAllowedError(seen.why_not, advice="There is nothing to give a new code to.")
        fresh = Voucher.create(
            remedy=row.remedy_id,
            customer=row.customer_id,
            kind=row.kind,
            code=fresh_code(),
            recipient=row.recipient,
            message=row.message,
            terms=row.terms,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            created_at=utc(now),
        )
        change.say(f"Replace {seen.shown_code} by {rules.shown_code(fresh.code)}")
        append(desk, row, EntryKind.REPLACE, -seen.balance_cents, now=now, words=why)
        append(desk, fresh, EntryKind.REPLACE, seen.balance_cents, now=now, words=why)
        row.replaced_by_id = fresh.id
        row.save(only=row.dirty_fields)
        rescues.end(row.id, "it has a new code", now=now)
        rescues.plant(fresh, hours=hours, now=now)
        stand(fresh, now=now)
        return view_of(fresh, hours, now=now)
