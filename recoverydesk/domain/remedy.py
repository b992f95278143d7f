"""What is given to make amends. The values are stored: never change one."""

from enum import StrEnum


class RemedyKind(StrEnum):
    """A way of making amends."""

    APOLOGY_ONLY = "apology_only"
    REFUND = "refund"
    DISCOUNT = "discount"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    FREE_PRODUCT = "free_product"
    FREE_SHIPPING = "free_shipping"
    VOUCHER = "voucher"
    MEMBERSHIP = "membership"
    WAIVED_FEE = "waived_fee"
    SPECIAL_PRICE = "special_price"
    GIFT = "gift"
    OTHER = "other"


class RemedyStatus(StrEnum):
    """How far a remedy has got."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    ISSUED = "issued"
    HANDED_OVER = "handed_over"
    USED = "used"
    PART_USED = "part_used"
    LAPSED = "lapsed"
    VOID = "void"


def cost_of(value_cents: int, *, cost_cents: int | None, cost_percent: int | None) -> int:
    """Return what a remedy costs the shop, in the currency's smallest unit.

    Args:
        value_cents: what it is worth to the customer.
        cost_cents: a fixed cost, where the catalogue gives one; it wins.
        cost_percent: the share of the value that the shop pays itself, in whole per cent.

    A remedy whose cost nobody has stated is taken to cost its full value: better to
    overstate what was given than to find out later.
    """
    if cost_cents is not None:
        return cost_cents
    if cost_percent is not None:
        return (value_cents * cost_percent + 50) // 100
    return value_cents
