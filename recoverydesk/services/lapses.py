"""What runs out by its date: written down as it happens, never deleted, and mended by extending."""

from datetime import date, datetime, timedelta

import peewee as pw

from recoverydesk.domain.follow_up import FollowUpKind
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.domain.voucher import EntryKind
from recoverydesk.records import record
from recoverydesk.services import rescues
from recoverydesk.services.plans import utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.vouchers import TOPICS, append, stand
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Change,
    Entitlement,
    EntitlementUse,
    FollowUp,
    Remedy,
    Voucher,
    VoucherEntry,
)

LONGEST_PAUSE = timedelta(days=31)
"""After a longer one the first look writes nothing off: the clock may have been wrong."""

_BALANCE = VoucherEntry.select(pw.fn.SUM(VoucherEntry.amount_cents)).where(
    VoucherEntry.voucher == Voucher.id
)
_STANDS = Voucher.voided_at.is_null() & Voucher.replaced_by.is_null() & Voucher.lapsed_at.is_null()


@record
class LookedAfter:
    """What a day's look after the vouchers did."""

    lapsed: int = 0
    """Vouchers and things for a time that ran out."""
    planned: int = 0
    """Vouchers that a reminder was planned for."""


def look_after(desk: Desk, *, now: datetime) -> LookedAfter:
    """Write down what ran out, and plan a reminder for every voucher that lacks one.

    Called once a day. Nothing of it can be undone by Undo, as nobody did it; a voucher that is
    extended gets back what had lapsed. Where the desk was not used for more than a month, or the
    clock stands before the desk's newest change, nothing is written off yet.
    """
    with desk.reading():
        today = hours_of_shop().day_of(now)
        over = _run_out(today) if _clock_is_sound(now) else []
        ended = _ended(today) if _clock_is_sound(now) else []
        lacking = _lacking_a_reminder(today)
    if over or ended or lacking:
        with desk.changing(TOPICS, "What ran out", undoable=False):
            hours = hours_of_shop()
            for voucher_id in over:
                _lapse(desk, Voucher.get_by_id(voucher_id), now=now)
            for entitlement_id in ended:
                _end(Entitlement.get_by_id(entitlement_id))
            for voucher_id in lacking:
                rescues.plant(Voucher.get_by_id(voucher_id), hours=hours, now=now)
    return LookedAfter(len(over) + len(ended), len(lacking))


def _clock_is_sound(now: datetime) -> bool:
    newest = Change.select(Change.at).order_by(Change.id.desc()).limit(1).scalar()
    return newest is not None and newest <= utc(now) <= newest + LONGEST_PAUSE


def _run_out(today: date) -> list[int]:
    query = Voucher.select(Voucher.id).where(Voucher.valid_to < today, _STANDS, _BALANCE > 0)
    return [values[0] for values in query.order_by(Voucher.id).tuples()]


def _lacking_a_reminder(today: date) -> list[int]:
    """Return vouchers that run out some day and were never to be rescued: older than this."""
    planned = FollowUp.select(FollowUp.voucher_id).where(FollowUp.kind == FollowUpKind.RESCUE)
    query = Voucher.select(Voucher.id).where(
        Voucher.valid_to > today + timedelta(days=1),
        Voucher.id.not_in(planned.where(FollowUp.voucher_id.is_null(is_null=False))),
        _STANDS,
        _BALANCE > 0,
    )
    return [values[0] for values in query.order_by(Voucher.id).tuples()]


def _lapse(desk: Desk, row: Voucher, *, now: datetime) -> None:
    balance = _left_on(row.id)
    append(desk, row, EntryKind.EXPIRE, -balance, now=now)
    row.lapsed_at = utc(now)
    row.save(only=row.dirty_fields)
    rescues.end(row.id, "it has run out", now=now)
    stand(row, now=now)


def _left_on(voucher_id: int) -> int:
    return int(
        VoucherEntry.select(pw.fn.SUM(VoucherEntry.amount_cents))
        .where(VoucherEntry.voucher == voucher_id)
        .scalar()
    )


def _ended(today: date) -> list[int]:
    """Return things for a time whose time is over and whose remedy doesn't say so yet."""
    over = (RemedyStatus.LAPSED, RemedyStatus.USED, RemedyStatus.VOID)
    query = (
        Entitlement.select(Entitlement.id)
        .join(Remedy)
        .where(
            Entitlement.valid_to < today,
            Entitlement.ended_at.is_null(),
            Remedy.status.not_in(over),
        )
    )
    return [values[0] for values in query.order_by(Entitlement.id).tuples()]


def _end(row: Entitlement) -> None:
    used = EntitlementUse.select().where(EntitlementUse.entitlement == row.id).exists()
    remedy = Remedy.get_by_id(row.remedy_id)
    remedy.status = RemedyStatus.USED if used else RemedyStatus.LAPSED
    remedy.save(only=remedy.dirty_fields)
