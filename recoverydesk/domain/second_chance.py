"""The second-chance meter: good experiences since the last bad one.

That one bad experience takes about twelve good ones to outweigh is a rule of thumb from practice,
not a law; the shop sets its own target. Only what somebody saw and wrote down counts.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum

from recoverydesk.records import record

USUAL_TARGET = 12
MOST_TARGET = 50


class GoodWay(StrEnum):
    """Twelve ways back to a customer's trust. The values are stored: never change one."""

    KEPT_PROMISE = "kept_promise"
    TOLD_WHAT_CHANGED = "told_what_changed"
    GOOD_VISIT = "good_visit"
    GREETED = "greeted"
    RANG_AFTER = "rang_after"
    ASKED_FOR_MORE = "asked_for_more"
    INVITED = "invited"
    MADE_VALUED = "made_valued"
    WAIVED = "waived"
    BETTER_PRICE = "better_price"
    THANKED = "thanked"
    STAYED_IN_TOUCH = "stayed_in_touch"


TURN_TO_THEM = frozenset({GoodWay.RANG_AFTER, GoodWay.INVITED, GoodWay.STAYED_IN_TOUCH})
"""Ways that reach out to a customer: not for one who asked to be left alone."""

FOR_GRAVE_HARM = frozenset({GoodWay.BETTER_PRICE, GoodWay.WAIVED})
"""Ways that cost for long: fitting first where the harm was grave, else last."""


@record
class Experience:
    """Something that somebody saw a customer go through."""

    happened_on: date
    written_at: datetime
    negative: bool = False
    """It went wrong again: it takes a good one away."""
    way: GoodWay | None = None


@record
class BadStart:
    """When a customer's last case was opened: the meter starts anew there."""

    on: date
    at: datetime


def counts(one: Experience, start: BadStart | None) -> bool:
    """Say whether an experience belongs to the time since the last case.

    On the day of the case itself, what was written down before it doesn't.
    """
    if start is None or one.happened_on > start.on:
        return True
    return one.happened_on == start.on and one.written_at >= start.at


def count(experiences: Iterable[Experience]) -> int:
    """Return the good ones less the bad ones; never below 0."""
    return max(0, sum(-1 if one.negative else 1 for one in experiences))


def unused(
    used: Collection[GoodWay], *, grave: bool = False, left_alone: bool = False
) -> tuple[GoodWay, ...]:
    """Return the ways that nobody has gone yet, the most fitting first.

    Args:
        used: ways gone already.
        grave: whether the harm was grave: then what costs for long comes first, else last.
        left_alone: whether they asked not to be contacted: what turns to them is left out.
    """
    still = [way for way in GoodWay if way not in used and not (left_alone and way in TURN_TO_THEM)]
    return tuple(sorted(still, key=lambda way: (way in FOR_GRAVE_HARM) is not grave))
