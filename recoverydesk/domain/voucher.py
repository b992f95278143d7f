"""Vouchers: kinds, states, codes, and when one may be redeemed.

Money is in minor units, days are the shop's own.
"""

import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from random import SystemRandom

from recoverydesk.domain.days import day_words
from recoverydesk.errors import InvalidEntryError, NotAllowedError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs: without 0, O, 1, I and L, which people take for one another."""

CODE_LENGTH = 12
"""Eleven signs by chance (54 bits), and one that checks them."""

_SECRET = SystemRandom()  # the system's own chance, as in `secrets`: nobody can guess the next one
_GROUP = 4
_NEVER_USED = "0, O, 1, I and L are never used"
# One weight a sign, all different and none of them 0 modulo 31, which is prime: so every single
# wrong sign and every swap of two changes the sum. The check sign's weight is -1.
_WEIGHTS: tuple[int, ...] = (*range(1, CODE_LENGTH), len(ALPHABET) - 1)


class VoucherKind(StrEnum):
    """What sort of voucher it is. The values are stored: never change one."""

    GOODWILL_CERTIFICATE = "goodwill_certificate"
    GIFT_CARD = "gift_card"
    COUPON = "coupon"
    STORE_CREDIT = "store_credit"


class EntryKind(StrEnum):
    """One line of a voucher's ledger. The values are stored: never change one."""

    ISSUE = "issue"
    REDEEM = "redeem"
    REFUND = "refund"
    EXTEND = "extend"
    VOID = "void"
    EXPIRE = "expire"
    REPLACE = "replace"
    """What was left has moved to a new code, or come from an old one."""


class VoucherStatus(StrEnum):
    """Derived from the ledger and the dates, never set."""

    ACTIVE = "active"
    PART_USED = "part_used"
    USED_UP = "used_up"
    EXPIRED = "expired"
    VOID = "void"
    REPLACED = "replaced"


def new_code(choose: Callable[[str], str] = _SECRET.choice) -> str:
    """Return a new code: eleven signs by chance and a check sign.

    Args:
        choose: picks one sign of a string; a test passes its own.
    """
    signs = "".join(choose(ALPHABET) for _ in range(CODE_LENGTH - 1))
    return signs + ALPHABET[_sum(signs)]


def clean_code(typed: str) -> str:
    """Return a code as stored: upper case, no spaces or dashes, full-width signs made plain."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] not in "ZCP")


def shown_code(code: str) -> str:
    """Return a code as it is printed and shown: ABCD-EFGH-JKMN."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def check_code(typed: str) -> str:
    """Return a code as stored, or say what is wrong with it before anything is looked up.

    Raises:
        InvalidEntryError: it can't be a code; names the sign where that can be told.
    """
    code = clean_code(typed)
    if not code:
        raise InvalidEntryError("code", "Type the code from the certificate, or scan it.")
    if len(code) != CODE_LENGTH:
        signs = "1 sign" if len(code) == 1 else f"{len(code)} signs"
        raise InvalidEntryError("code", f"A code has {CODE_LENGTH} signs; this one has {signs}.")
    strange = [at for at, sign in enumerate(code) if sign not in ALPHABET]
    if strange:
        raise InvalidEntryError("code", _about_strange(code, strange))
    if _sum(code) != 0:
        raise InvalidEntryError(
            "code",
            "That code isn't quite right: one sign is wrong, or two have changed places."
            f" Compare it with the certificate; {_NEVER_USED}.",
        )
    return code


def near_codes(typed: str) -> tuple[tuple[int, str], ...]:
    """Return the codes that one wrong sign, or two neighbours that changed places, may have been.

    Args:
        typed: a code whose check sign doesn't fit.

    Returns:
        For each, the place of the sign that is likely wrong (1 is the first) and the code as
        stored; empty where so many signs can't be a code at all.
    """
    code = clean_code(typed)
    if len(code) != CODE_LENGTH or any(sign not in ALPHABET for sign in code):
        return ()
    near = []
    for at in range(CODE_LENGTH):
        others = (code[:at] + sign + code[at + 1 :] for sign in ALPHABET if sign != code[at])
        near += [(at + 1, other) for other in others if _sum(other) == 0]
    for at in range(CODE_LENGTH - 1):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        if swapped != code and _sum(swapped) == 0:
            near.append((at + 1, swapped))
    return tuple(near)


def status(
    *,
    balance_cents: int,
    initial_cents: int,
    valid_to: date | None,
    voided: bool,
    replaced: bool,
    today: date,
    lapsed: bool = False,
) -> VoucherStatus:
    """Return where a voucher stands today. One whose first day is to come is active.

    Args:
        balance_cents: what is left, in minor units.
        initial_cents: what it was worth, in minor units.
        valid_to: its last day, if it has one; it is good through the whole of it.
        voided: whether it was declared void.
        replaced: whether a new code took its place.
        today: the shop's own day.
        lapsed: whether what was left on it has been written off.
    """
    if replaced:
        return VoucherStatus.REPLACED
    if voided:
        return VoucherStatus.VOID
    if lapsed:
        return VoucherStatus.EXPIRED
    if balance_cents <= 0:
        return VoucherStatus.USED_UP
    if valid_to is not None and valid_to < today:
        return VoucherStatus.EXPIRED
    return VoucherStatus.PART_USED if balance_cents < initial_cents else VoucherStatus.ACTIVE


def why_not_redeemable(
    standing: VoucherStatus,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
    today: date,
    used_up_on: date | None = None,
    replaced_by: str = "",
    replaced_on: date | None = None,
    voided_on: date | None = None,
) -> str | None:
    """Say why a voucher can't be redeemed today, or None if it can.

    Args:
        standing: where it stands today; see `status`.
        valid_from: its first day.
        valid_to: its last day, if it has one.
        today: the shop's own day.
        used_up_on: the day on which the last of it was redeemed.
        replaced_by: the code that took its place.
        replaced_on: the day on which it did.
        voided_on: the day on which it was declared void.
    """
    match standing:
        case VoucherStatus.REPLACED:
            by = f" by {shown_code(replaced_by)}" if replaced_by else " by a new one"
            return f"It was replaced{by}{_on(replaced_on)}."
        case VoucherStatus.VOID:
            return f"It was declared void{_on(voided_on)}."
        case VoucherStatus.USED_UP:
            return f"It was used up{_on(used_up_on)}: nothing is left on it."
        case VoucherStatus.EXPIRED:
            return f"It expired{_on(valid_to)}."
    if valid_from is not None and today < valid_from:
        return f"It can't be used before {day_words(valid_from)}."
    return None


def check_redeem(
    amount_cents: int, *, balance_cents: int, left: str, why_not: str | None = None
) -> None:
    """Check that an amount may be taken off a voucher.

    Args:
        amount_cents: what to take off, in minor units.
        balance_cents: what is left, in minor units.
        left: the balance as the owner reads it, such as "£7.50".
        why_not: what `why_not_redeemable` said.

    Raises:
        NotAllowedError: it can't be redeemed today at all.
        InvalidEntryError: the amount is nothing, negative, or more than what is left.
    """
    if why_not:
        raise NotAllowedError(why_not, advice="Nothing was taken off it.")
    if amount_cents == 0:
        raise InvalidEntryError("amount", f"How much shall come off it? {left} is left.")
    if amount_cents < 0:
        raise InvalidEntryError("amount", "An amount to redeem can't be less than nothing.")
    if amount_cents > balance_cents:
        raise InvalidEntryError("amount", f"Only {left} is left on it.")


def _on(day: date | None) -> str:
    return "" if day is None else f" on {day_words(day)}"


def _sum(signs: str) -> int:
    """Return the weighted sum of the signs modulo 31; 0 for a whole code that is right."""
    total = sum(
        weight * ALPHABET.index(sign) for weight, sign in zip(_WEIGHTS, signs, strict=False)
    )
    return total % len(ALPHABET)


def _about_strange(code: str, strange: list[int]) -> str:
    """Say which signs can't be in a code; the check sign tells what a single one should be."""
    listed = ", ".join(f"“{code[at]}”" for at in strange)
    if len(strange) > 1:
        return f"These signs are never in a code: {listed}. Look again; {_NEVER_USED}."
    at = strange[0]
    fits = next(s for s in ALPHABET if _sum(code[:at] + s + code[at + 1 :]) == 0)
    return f"Sign {at + 1} can't be “{code[at]}”: {_NEVER_USED}. Look again, it may be “{fits}”."
