"""Everything that falls due. The values are stored: never change one."""

from enum import StrEnum


class FollowUpKind(StrEnum):
    """Why something falls due."""

    PLAN_STEP = "plan_step"
    REMINDER = "reminder"
    CHECK = "check"
    CLOSING = "closing"
    PROMISE = "promise"
    """A dated word given to the customer."""
    RESCUE = "rescue"
    """Something they were given lapses soon."""
    GIFT = "gift"
    """A thank-you some time after."""
    TOUCH = "touch"
    """Nobody has been in touch for a while."""
    APPROVAL = "approval"
    """Staff would like to give more than they may: the owner decides."""
    EXPECTED = "expected"
    """They are expected in the shop: be there."""
    AFTER_VISIT = "after_visit"
    """They were here again: ask how it was."""
    CAME_BACK = "came_back"
    """What was mended went wrong again, or the same thing too often: look at it."""
    NEWS = "news"
    """Tell them what was changed."""
    THANKS = "thanks"
    """Their idea was taken up: thank them."""
    FORGET = "forget"
    """Nobody has heard of them for long: keep what is known about them, or forget it?"""


class FollowUpStatus(StrEnum):
    """How a follow-up ended; late, due and snoozed are derived from dates."""

    PLANNED = "planned"
    DONE = "done"
    NO_ANSWER = "no_answer"
    SKIPPED = "skipped"


class Act(StrEnum):
    """What the hands do: picks the icon, and what the card offers."""

    CALL = "call"
    WRITE = "write"
    TALK = "talk"
    GIVE = "give"
    GREET = "greet"
    FIX = "fix"
    DECIDE = "decide"


class Anchor(StrEnum):
    """The event that a follow-up is dated from."""

    OPENED = "opened"
    FIRST_CONTACT = "first_contact"
    AGREED = "agreed"
    HANDED_OVER = "handed_over"
    RESOLVED = "resolved"
    NEXT_VISIT = "next_visit"
    CORRECTION_DONE = "correction_done"
    FIXED = "fixed"
    """No event: the stamp was given by hand."""
    STEP_DONE = "step_done"
    """The step that the plan names before it was done, or left out."""


class Who(StrEnum):
    """Who does a step of a plan."""

    ANYBODY = ""
    OWNER = "owner"
    STAFF = "staff"


MAKES_SAFE = "make_safe"
"""The key of the step that comes before every other: somebody was hurt, or could be."""


class Unit(StrEnum):
    """What an offset is counted in."""

    OPEN_HOURS = "open_hours"
    OPEN_DAYS = "open_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
