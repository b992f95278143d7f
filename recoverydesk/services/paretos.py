"""Causes by how many cases they had, what those cost, and what is at stake now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import peewee as pw

from recoverydesk.domain.pareto import Measure
from recoverydesk.domain.span import Span
from recoverydesk.records import record
from recoverydesk.services import spendings
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.spans import costs_in, opened_in
from recoverydesk.services.spendings import Spending
from recoverydesk.services.worths import customers_at_stake
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, Remedy


class Level(StrEnum):
    """How closely causes are looked at."""

    GROUPS = "groups"
    """The upper level; what is under a group belongs to it."""
    CAUSES = "causes"
    """Each for itself."""


@record
class CauseBar:
    """A cause with its figures. Money is in minor units."""

    cause_id: int | None
    """None: not yet known."""
    name: str
    """Empty where it isn't known yet."""
    group: str
    """The group's name; empty for a group itself."""
    cases: int = 0
    customers: int = 0
    """Each counted once."""
    incidents: int = 0
    """Failures that hit many; each of their customers has a case."""
    alone: int = 0
    """Cases that belong to no incident."""
    cost_cents: int = 0
    """What went out in the time cost, whenever the case was opened."""
    at_stake_cents: int = 0
    """Worth a year of the customers whose case is open now, whenever it was opened."""

    @property
    def failures(self) -> int:
        """How often it went wrong: an incident is one, however many it hit."""
        return self.alone + self.incidents

    def value(self, measure: Measure) -> int:
        """Return one of its figures."""
        match measure:
            case Measure.COUNT:
                return self.cases
            case Measure.COST:
                return self.cost_cents
            case Measure.AT_STAKE:
                return self.at_stake_cents


def key_of(level: Level) -> pw.Node:
    """Return what cases are gathered by; the query joins `Cause`."""
    return pw.fn.COALESCE(Cause.parent, Cause.id) if level is Level.GROUPS else Case.cause


def causes(
    desk: Desk,
    span: Span,
    *,
    level: Level = Level.CAUSES,
    spent: Sequence[Spending] | None = None,
) -> tuple[CauseBar, ...]:
    """Return every cause that has something to show, by name; "not yet known" is the last.

    Cases count by the day on which they came in, remedies by the day on which they went out, and
    what is at stake is of now. A customer with two open cases stands by the newer one, so that the
    bars add up to what is at stake.

    Args:
        desk: the open desk.
        span: the time to look back on.
        level: groups, or each cause for itself.
        spent: what went out in the time, where it was read already.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        hours = hours_of_shop()
        key = key_of(level)
        counted = _counted(key, opened_in(span, hours))
        group_of = _groups() if level is Level.GROUPS else {}
        cost: Counter[int | None] = Counter()
        for one in spendings.read(span) if spent is None else spent:
            if one.has_case:
                cost[group_of.get(one.cause_id, one.cause_id)] += one.cost_cents
        at_stake: Counter[int | None] = Counter()
        for customer in customers_at_stake():
            at_stake[group_of.get(customer.cause_id, customer.cause_id)] += customer.worth_cents
        names = dict(_names())
    bars = []
    for cause_id in counted.keys() | cost.keys() | at_stake.keys():
        name, group = names[cause_id] if cause_id is not None else ("", "")
        figures = counted.get(cause_id, (0, 0, 0, 0))
        bars.append(
            CauseBar(
                cause_id,
                name,
                group,
                *figures,
                cost_cents=cost[cause_id],
                at_stake_cents=at_stake[cause_id],
            )
        )
    return tuple(sorted(bars, key=_order))


def _order(bar: CauseBar) -> tuple[bool, str, int]:
    return bar.cause_id is None, f"{bar.group} {bar.name}".casefold(), bar.cause_id or 0


def _counted(key: pw.Node, where: pw.Expression) -> dict[int | None, tuple[int, int, int, int]]:
    """Return cases, customers, incidents, and cases of no incident."""
    query = (
        Case.select(
            key,
            pw.fn.COUNT(Case.id),
            pw.fn.COUNT(Case.customer.distinct()),
            pw.fn.COUNT(Case.incident.distinct()),
            pw.fn.COUNT(Case.id) - pw.fn.COUNT(Case.incident),
        )
        .left_outer_join(Cause, on=Case.cause == Cause.id)
        .where(where)
        .group_by(key)
    )
    return {values[0]: tuple(values[1:]) for values in query.tuples()}


def _groups() -> Mapping[int | None, int]:
    query = Cause.select(Cause.id, pw.fn.COALESCE(Cause.parent, Cause.id))
    return dict(query.tuples())


def _names() -> Any:  # noqa: ANN401 - rows of ids and names
    group = Cause.alias()
    query = Cause.select(Cause.id, Cause.name, pw.fn.COALESCE(group.name, "")).left_outer_join(
        group, on=Cause.parent == group.id
    )
    return ((cause_id, (name, above)) for cause_id, name, above in query.tuples())


def case_ids(span: Span, level: Level, measure: Measure, cause_id: int | None) -> list[int]:
    """Return the cases behind a bar, the oldest first; call inside `reading()`."""
    hours = hours_of_shop()
    if measure is Measure.AT_STAKE:
        group_of = _groups() if level is Level.GROUPS else {}
        return sorted(
            case_id
            for one in customers_at_stake()
            for case_id, cause in one.cases
            if group_of.get(cause, cause) == cause_id
        )
    key = key_of(level)
    query = Case.select(Case.id).left_outer_join(Cause, on=Case.cause == Cause.id)
    query = query.where(pw.Expression(key, "IS", cause_id))
    if measure is Measure.COUNT:
        query = query.where(opened_in(span, hours))
    else:
        cost = Remedy.select(Remedy.case).where(costs_in(span, hours), Remedy.cost_cents > 0)
        query = query.where(Case.id.in_(cost))
    return [values[0] for values in query.order_by(Case.id).tuples()]
