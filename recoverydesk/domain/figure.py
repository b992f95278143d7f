"""Which number or bar is meant, so that it can open the cases behind it."""

from enum import StrEnum

from recoverydesk.records import record


class FigureKind(StrEnum):
    """What is counted. Some need a key that says which bar."""

    CASES = "cases"
    MONTH = "month"
    """Key: "2026-11"."""
    CAUSE = "cause"
    """Key: the cause's id; "0" for not yet known."""
    GROUP = "group"
    """Key: the group's id; "0" for not yet known."""
    CAUSE_COST = "cause_cost"
    """As CAUSE, those that cost something."""
    GROUP_COST = "group_cost"
    CAUSE_AT_STAKE = "cause_at_stake"
    """As CAUSE, those that are open."""
    GROUP_AT_STAKE = "group_at_stake"
    NOTICED_BY_US = "noticed_by_us"
    IN_INCIDENTS = "in_incidents"
    SPOKEN_TO = "spoken_to"
    """Those whose first contact is measured."""
    WITHIN_PROMISE = "within_promise"
    SPEED = "speed"
    """Key: a band of `domain.speed`."""
    RESOLVED = "resolved"
    """All that the won-back rate is of, one for each customer."""
    CAME_BACK = "came_back"
    STAYED_AWAY = "stayed_away"
    MAY_STILL_COME = "may_still_come"
    SAID_SO = "said_so"
    """Won back by their word or the owner's, without a purchase on the desk."""
    RETURNED_BY_SPEED = "returned_by_speed"
    """Key: a band of `domain.speed`; all of the band that are decided."""
    RETURNED_BY_REMEDY = "returned_by_remedy"
    """Key: a remedy's kind."""
    COST = "cost"
    """Those whose remedies cost something."""
    AT_STAKE = "at_stake"
    """All that are open now, whenever they were opened."""
    KEPT = "kept"
    BEFORE_FIX = "before_fix"
    """Key: the correction's id."""
    AFTER_FIX = "after_fix"
    ANSWERED = "answered"
    """Those with answers about the handling."""
    SPOKE_UP = "spoke_up"
    """Those who told the shop themselves."""


@record
class Figure:
    """A number or a bar.

    Attributes:
        kind: what is counted.
        key: which bar; empty where there is only one.
    """

    kind: FigureKind
    key: str = ""
