"""What a case is made of: how it came in, how upset they are, where it stands.

The values are stored: never change one. Status, stage and outcome are three separate things.
"""

from enum import StrEnum


class Channel(StrEnum):
    """How the shop heard of it."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    MESSAGE = "message"
    SOCIAL = "social"
    REVIEW = "review"
    SURVEY = "survey"
    RETURNED_GOODS = "returned_goods"
    NOTICED_BY_US = "noticed_by_us"


class Severity(StrEnum):
    """How upset the customer is; drives clocks and the length of the plan."""

    ANNOYED = "annoyed"
    UPSET = "upset"
    ABOUT_TO_LEAVE = "about_to_leave"


class Fault(StrEnum):
    """Whose share of the failure it was, as far as is known."""

    OURS = "ours"
    SHARED = "shared"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"


class GoodFaith(StrEnum):
    """Whether the customer is taken to be honest. Never printed."""

    PRESUMED = "presumed"
    UNCLEAR = "unclear"
    TAKING_ADVANTAGE = "taking_advantage"


class Status(StrEnum):
    """Whose turn it is, and whether it is over."""

    OPEN = "open"
    WAITING_CUSTOMER = "waiting_customer"
    RESOLVED = "resolved"
    CLOSED = "closed"
    MERGED = "merged"


class Stage(StrEnum):
    """How far along the recovery is; computed from dated facts, never set by hand."""

    LISTEN = "listen"
    OWN = "own"
    MAKE_RIGHT = "make_right"
    FIX_CAUSE = "fix_cause"
    FOLLOW_UP = "follow_up"
    DONE = "done"


class Outcome(StrEnum):
    """How it ended."""

    PENDING = "pending"
    WON_BACK = "won_back"
    KEPT = "kept"
    LOST = "lost"
    NOT_UPHELD = "not_upheld"
    UNREACHABLE = "unreachable"


class Evidence(StrEnum):
    """What an outcome rests on."""

    PURCHASE = "purchase"
    THEIR_WORD = "their_word"
    OWNERS_WORD = "owners_word"


class LostReason(StrEnum):
    """Why a customer was lost."""

    TOO_LATE = "too_late"
    REMEDY_NOT_ENOUGH = "remedy_not_enough"
    HAPPENED_AGAIN = "happened_again"
    HOW_WE_TREATED_THEM = "how_we_treated_them"
    MOVED_OR_CLOSED = "moved_or_closed"
    PRICE = "price"
    DID_NOT_SAY = "did_not_say"
