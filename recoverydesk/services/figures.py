"""The cases behind every number and bar of Learn: the same conditions that counted them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from recoverydesk.domain.figure import Figure, FigureKind
from recoverydesk.domain.pareto import Measure
from recoverydesk.domain.span import Month, Span
from recoverydesk.domain.speed import speed_of
from recoverydesk.services import (
    feedbacks,
    first_contacts,
    paretos,
    recurrences,
    returns,
    silent,
    trends,
    worths,
)
from recoverydesk.services.paretos import Level
from recoverydesk.services.returns import Came, Resolved, decided

_BARS: Mapping[FigureKind, tuple[Level, Measure]] = {
    FigureKind.CAUSE: (Level.CAUSES, Measure.COUNT),
    FigureKind.CAUSE_COST: (Level.CAUSES, Measure.COST),
    FigureKind.CAUSE_AT_STAKE: (Level.CAUSES, Measure.AT_STAKE),
    FigureKind.GROUP: (Level.GROUPS, Measure.COUNT),
    FigureKind.GROUP_COST: (Level.GROUPS, Measure.COST),
    FigureKind.GROUP_AT_STAKE: (Level.GROUPS, Measure.AT_STAKE),
}


def bar_figure(level: Level, measure: Measure, cause_id: int | None) -> Figure:
    """Return which figure a bar of causes is."""
    kind = next(kind for kind, bar in _BARS.items() if bar == (level, measure))
    return Figure(kind, str(cause_id or 0))


def case_ids(figure: Figure, span: Span, *, now: datetime) -> list[int]:
    """Return the cases behind a figure, the oldest first; call inside `reading()`."""
    kind, key = figure.kind, figure.key
    if kind in _BARS:
        level, measure = _BARS[kind]
        return paretos.case_ids(span, level, measure, int(key) or None)
    plain: Mapping[FigureKind, Callable[[], list[int]]] = {
        FigureKind.CASES: partial(trends.opened_ids, span),
        FigureKind.MONTH: lambda: trends.opened_ids(span.part_of(Month.read(key))),
        FigureKind.NOTICED_BY_US: partial(trends.noticed_ids, span),
        FigureKind.IN_INCIDENTS: partial(trends.incident_ids, span),
        FigureKind.AT_STAKE: worths.at_stake_ids,
        FigureKind.KEPT: partial(worths.kept_ids, span),
        FigureKind.COST: partial(worths.cost_ids, span),
        FigureKind.ANSWERED: partial(feedbacks.case_ids, span),
        FigureKind.SPOKE_UP: partial(silent.case_ids, span),
        FigureKind.BEFORE_FIX: lambda: recurrences.case_ids(int(key), now=now, after=False),
        FigureKind.AFTER_FIX: lambda: recurrences.case_ids(int(key), now=now, after=True),
    }
    if kind in plain:
        return plain[kind]()
    if kind in _SPEEDS:
        return _by_speed(figure, span, now=now)
    return returns.case_ids(span, now=now, wanted=_came(figure))


_SPEEDS = frozenset({FigureKind.SPOKEN_TO, FigureKind.WITHIN_PROMISE, FigureKind.SPEED})


def _by_speed(figure: Figure, span: Span, *, now: datetime) -> list[int]:
    found = sorted(first_contacts.measured(span, now=now), key=lambda one: one.case_id)
    match figure.kind:
        case FigureKind.WITHIN_PROMISE:
            return [one.case_id for one in found if one.within]
        case FigureKind.SPEED:
            return [one.case_id for one in found if speed_of(one.seconds) == figure.key]
        case _:
            return [one.case_id for one in found]


def _came(figure: Figure) -> Callable[[Resolved], bool]:
    key = figure.key
    wanted: Mapping[FigureKind, Callable[[Resolved], bool]] = {
        FigureKind.RESOLVED: decided,
        FigureKind.CAME_BACK: lambda one: one.came is Came.BACK,
        FigureKind.STAYED_AWAY: lambda one: one.came is Came.NOT,
        FigureKind.MAY_STILL_COME: lambda one: one.came is Came.MAY_STILL,
        FigureKind.SAID_SO: lambda one: one.word is not None,
        FigureKind.RETURNED_BY_SPEED: lambda one: decided(one) and one.speed == key,
        FigureKind.RETURNED_BY_REMEDY: lambda one: decided(one) and one.remedy == key,
    }
    return wanted[figure.kind]
