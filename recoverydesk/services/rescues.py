"""A friendly word before a voucher runs out: two weeks ahead, on Today like everything else."""

from datetime import datetime, timedelta

from recoverydesk.domain.contact import Way
from recoverydesk.domain.days import day_words
from recoverydesk.domain.follow_up import Act, FollowUpKind
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.services import customer_follow_ups
from recoverydesk.services.customer_follow_ups import Wanted
from recoverydesk.services.plans import greeting_of
from recoverydesk.storage.tables import Customer, Voucher

LEAD = timedelta(days=14)
WRITTEN = frozenset({Way.EMAIL, Way.LETTER, Way.MESSAGE})
CALLED = {
    VoucherKind.GOODWILL_CERTIFICATE: "gift certificate",
    VoucherKind.GIFT_CARD: "gift card",
    VoucherKind.COUPON: "coupon",
    VoucherKind.STORE_CREDIT: "store credit",
}


def plant(row: Voucher, *, hours: OpeningHours, now: datetime) -> None:
    """Plan to remind a customer before a voucher runs out; call inside `changing()`.

    One that is good for a short time only is rescued half way; one that never runs out, never.
    """
    if row.valid_to is None:
        return
    today = hours.day_of(now)
    lead = min(LEAD, (row.valid_to - today) // 2)
    if lead < timedelta(days=1):
        return
    customer = Customer.get_by_id(row.customer_id)
    called, until = CALLED[VoucherKind(row.kind)], day_words(row.valid_to)
    wanted = Wanted(
        kind=FollowUpKind.RESCUE,
        act=Act.WRITE if customer.preferred_way in WRITTEN else Act.CALL,
        title=f"Remind {greeting_of(customer)}: the {called} runs out on {until}",
        reason=f"{lead.days} days before it runs out",
        on=row.valid_to - lead,
        voucher_id=row.id,
    )
    customer_follow_ups.plant(customer, wanted, hours=hours, now=now)


def end(voucher_id: int, words: str, *, now: datetime, done: bool = False) -> None:
    """End the reminder of a voucher, as nothing is left to rescue; call inside `changing()`."""
    customer_follow_ups.end(
        FollowUpKind.RESCUE, now=now, words=words, done=done, voucher_id=voucher_id
    )
