"""The one worry of a month, and the one thing to try: rules in a fixed order, the gravest first.

Each says from which numbers on it speaks, and why there. The first that speaks is printed; the same
figures always give the same words. They say what was seen and what to do, never what caused it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from recoverydesk.records import record

if TYPE_CHECKING:
    from recoverydesk.domain.month_page import MonthFigures

FEWEST_CONTACTS = 3
"""First contacts; of one or two, half is an accident."""
FEWEST_KNOWN = 4
"""Cases with a known cause, from which on "half of them" is more than two."""
FEWEST_UNKNOWN = 3
FEWEST_LOST = 2
FEWEST_CASES = 5
"""Cases, from which on more than the month before may be more than chance."""
RISE = 3, 2
"""So many for each so many of the month before: half as many again."""
USUAL_CASES = 3
"""Cases of a month before that make a silent month worth a thought."""


@record
class Advice:
    """What to worry about and what to try; at most one of each."""

    rule: str
    """Which rule spoke."""
    worry: str
    why: str
    """The numbers that it speaks from."""
    attempt: str
    """What to try."""
    how: str
    calm: bool = False
    """Nothing stands out."""


Rule = Callable[["MonthFigures", "MonthFigures | None"], Advice | None]


def advice(now: "MonthFigures", before: "MonthFigures | None") -> Advice:
    """Return what the first rule that speaks has to say."""
    found = (rule(now, before) for rule in RULES)
    return next(one for one in found if one is not None)


def _came_back(now: "MonthFigures", _before: "MonthFigures | None") -> Advice | None:
    """One is enough: to fail again after a fix undoes the recovery."""
    if not now.came_back:
        return None
    return Advice(
        "came_back",
        f"What was fixed came back: {now.came_back[0]}",
        "A second failure after a fix costs more trust than the first one.",
        "Ask once more what let it happen.",
        "Take the newest case, ask one more why, and change a rule or a tool this time.",
    )


def _broken(now: "MonthFigures", _before: "MonthFigures | None") -> Advice | None:
    """One is enough: a broken promise is a second failure of its own."""
    if not now.broken:
        return None
    count = "One promise to a customer was" if now.broken == 1 else f"{now.broken} promises were"
    return Advice(
        "broken",
        f"{count} not kept.",
        f"Of {now.promises} due this month. Each is a second failure to whoever waited.",
        "Promise one day later than you think.",
        "And ring before the day, also when there is nothing new to say.",
    )


def _slow(now: "MonthFigures", _before: "MonthFigures | None") -> Advice | None:
    """Fewer than half in time, of three or more."""
    if now.contacted < FEWEST_CONTACTS or 2 * now.in_time >= now.contacted:
        return None
    return Advice(
        "slow",
        "Most customers waited longer for a first word than you promise.",
        f"{now.in_time} of {now.contacted} heard from you in time.",
        "Give every new case a first call before anything else.",
        "A minute is enough: we have heard you, and by then you hear from us.",
    )


def _losing(now: "MonthFigures", _before: "MonthFigures | None") -> Advice | None:
    """Two or more, and more than stayed."""
    if now.lost < FEWEST_LOST or now.lost <= now.stayed:
        return None
    return Advice(
        "losing",
        "More customers left than stayed.",
        f"{now.lost} won't come back, {now.stayed} stayed, of the cases that ended.",
        "Ring one of them, and only ask.",
        "What would have kept you? Nothing to sell, nothing to explain. Write down what they say.",
    )


def _one_cause(now: "MonthFigures", _before: "MonthFigures | None") -> Advice | None:
    """Half of four or more known ones."""
    known = sum(count for _name, count in now.causes)
    if known < FEWEST_KNOWN or 2 * now.causes[0][1] < known:
        return None
    name, count = now.causes[0]
    return Advice(
        "one_cause",
        f"One cause keeps coming: {name}",
        f"It was named in {count} of the {known} cases whose cause is known.",
        "Work on this cause before any single case.",
        "Ask whoever does the work what would make it hard to get wrong, and try that for a month.",
    )


def _overdue(now: "MonthFigures", _before: "MonthFigures | None") -> Advice | None:
    """One is enough: it was planned because a customer was let down."""
    if not now.overdue:
        return None
    more = len(now.overdue) - 1
    others = f" And {more} more." if more else ""
    return Advice(
        "overdue",
        f"A fix is waiting: {now.overdue[0]}",
        f"Its day has passed.{others} Until it is done, the same can happen tomorrow.",
        "Do it this week, or drop it and say why.",
        "A smaller change that is done beats a good one that is planned.",
    )


def _over_budget(now: "MonthFigures", _before: "MonthFigures | None") -> Advice | None:
    """More than the owner allowed; they set the threshold."""
    if now.budget is None or now.cost.cents <= now.budget.cents:
        return None
    return Advice(
        "over_budget",
        "Putting things right cost more than you allow.",
        f"{now.cost.words}, of {now.budget.words} in a month.",
        "Offer the smaller of two things first.",
        "What they asked for is often less than what was given. Ask what would make it right.",
    )


def _why_unknown(now: "MonthFigures", _before: "MonthFigures | None") -> Advice | None:
    """Three or more, and at least half of all."""
    if now.unknown < FEWEST_UNKNOWN or 2 * now.unknown < now.cases:
        return None
    return Advice(
        "why_unknown",
        "For many cases nobody has asked why.",
        f"The cause of {now.unknown} of {now.cases} is not known yet.",
        "Ask why once in every case, before it is closed.",
        "One line is enough. Without it the same thing meets the next customer.",
    )


def _rising(now: "MonthFigures", before: "MonthFigures | None") -> Advice | None:
    """Five or more, and half as many again as the month before."""
    many, few = RISE
    if before is None or now.cases < FEWEST_CASES or few * now.cases < many * before.cases:
        return None
    return Advice(
        "rising",
        "More cases came in than before.",
        f"{now.cases} cases. {before.name}: {before.cases}. It may be chance,"
        " or more people speak up.",
        "Read the five newest cases in one go.",
        "What is the same in two of them? Start there.",
    )


def _silence(now: "MonthFigures", before: "MonthFigures | None") -> Advice | None:
    """None at all after three or more: people may have stopped telling."""
    if before is None or now.cases or before.cases < USUAL_CASES:
        return None
    return Advice(
        "silence",
        "Nobody told you anything.",
        f"{before.name}: {before.cases}. All may be well, or people have stopped telling you.",
        "Ask three regulars one question this week.",
        "What could we do better? Put the card for the counter where the till is.",
    )


def _calm(now: "MonthFigures", _before: "MonthFigures | None") -> Advice:
    """What is said where no other rule speaks."""
    if not now.cases:
        return Advice(
            "calm",
            "Nothing stands out.",
            "A month without a case is good news, if people know how to tell you.",
            "Ask three regulars one question this week.",
            "What could we do better? Whoever is asked tells you what they would have kept quiet.",
            calm=True,
        )
    return Advice(
        "calm",
        "Nothing stands out.",
        "None of the things this page looks for was there this month.",
        "Tell the team what went well.",
        "And thank whoever had an idea that was used.",
        calm=True,
    )


RULES: tuple[Rule, ...] = (
    _came_back,
    _broken,
    _slow,
    _losing,
    _one_cause,
    _overdue,
    _over_budget,
    _why_unknown,
    _rising,
    _silence,
    _calm,
)
"""The gravest first; the last one always speaks."""
