"""The second-chance meter: good experiences since the last bad one.

That one bad experience takes about twelve good ones to outweigh is a rule of thumb from practice,
not a law; the shop sets its own target.
"""

from enum import StrEnum


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
