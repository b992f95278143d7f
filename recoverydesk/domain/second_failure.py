"""A second failure: what went wrong once more before the first was forgotten.

A failed recovery, or another failure soon after, costs far more trust than the first did (the
"double deviation" of service research: Bitner, Booms & Tetreault 1990; Maxham & Netemeyer 2002).
More money doesn't mend it; somebody who turns to the customer in person may.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from recoverydesk.domain.case import Severity, Stage
from recoverydesk.domain.follow_up import Act, Anchor, Unit
from recoverydesk.domain.playbook import Fact, Step

ALARM_DAYS = 180
"""Another failure within so many days counts as a second one."""

_ORDER: Sequence[Severity] = (Severity.ANNOYED, Severity.UPSET, Severity.ABOUT_TO_LEAVE)

IN_PERSON = Step(
    key="in_person",
    title="Ring {name} yourself, or go and see them",
    act=Act.CALL,
    stage=Stage.MAKE_RIGHT,
    anchor=Anchor.FIXED,
    offset=0,
    unit=Unit.OPEN_HOURS,
    timed=True,
    coach="What you did the first time did not hold, and that weighs more than the failure itself."
    " Go in person if you can. Say that it should not have happened twice, ask what they need now,"
    " and stay with it until it is done. A bigger coupon does not mend this.",
    say="I promised you this would be right, and it isn't. That's on me. What do you need now?",
    not_say="We can offer you a bit more this time.",
    source="practice",
)
"""Comes into the plan when what was given has failed."""

RIGHT_AGAIN = Step(
    key="right_again",
    title="Agree with {name} what makes it right now",
    act=Act.TALK,
    stage=Stage.MAKE_RIGHT,
    anchor=Anchor.FIXED,
    offset=1,
    unit=Unit.OPEN_DAYS,
    fact=Fact.AGREED,
    coach="Ask before you offer; the first offer missed what mattered. Sooner counts more than"
    " bigger: agree a day, and be there.",
    say="What would put this right for you today?",
    not_say="You have already been compensated.",
    source="practice",
)
AGAIN_STEPS = (IN_PERSON, RIGHT_AGAIN)


def raised(severity: Severity) -> Severity:
    """Return the severity one step up; the top stays the top."""
    return _ORDER[min(_ORDER.index(severity) + 1, len(_ORDER) - 1)]


def is_second(before: date, today: date) -> bool:
    """Say whether a failure comes so soon after the day of an earlier one that it is a second."""
    return today - before < timedelta(days=ALARM_DAYS)


def span_words(before: date, today: date) -> str:
    """Return how long ago the earlier one was, as people say it: "the same day", "5 weeks"."""
    gap = (today - before).days
    if gap <= 0:
        return "the same day"
    if gap < 14:  # noqa: PLR2004 - two weeks
        return "1 day" if gap == 1 else f"{gap} days"
    if gap < 60:  # noqa: PLR2004 - two months
        return f"{gap // 7} weeks"
    return f"{gap // 30} months"
