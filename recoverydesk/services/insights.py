"""What the shop can learn: how this month is going, and everything that Learn shows of a time."""

from datetime import datetime
from typing import TYPE_CHECKING

import peewee as pw

from recoverydesk.domain.case import Outcome
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.records import record
from recoverydesk.services import remedies
from recoverydesk.services.case_lists import STILL_OPEN
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.voucher_rules import is_bought
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Remedy, Shop, StampField

if TYPE_CHECKING:
    # Today reads the month at the program's start; the rest loads with Learn.
    from recoverydesk.domain.figure import Figure
    from recoverydesk.domain.span import Span
    from recoverydesk.services.feedbacks import Satisfaction
    from recoverydesk.services.first_contacts import FirstContacts
    from recoverydesk.services.paretos import CauseBar, Level
    from recoverydesk.services.recurrences import Recurrence
    from recoverydesk.services.returns import Returns
    from recoverydesk.services.silent import Silent
    from recoverydesk.services.trends import MonthPoint
    from recoverydesk.services.worths import Worths


@record
class MonthSoFar:
    """This month in a few numbers."""

    won_back: int
    lost: int
    open: int
    remedies_cost_cents: int
    budget_cents: int | None
    kept_worth_cents: int
    """Worth a year of the customers who were won back or kept this month."""


@record
class Budget:
    """What remedies cost so far this month, and what they may cost; in minor units."""

    cost_cents: int
    budget_cents: int | None
    """None: the shop has set none."""


def budget_so_far(desk: Desk, *, now: datetime) -> Budget:
    """Return how far the month's budget has been given away."""
    with desk.reading():
        return Budget(_cost_since(_month_begins(now)), _budget())


def _month_begins(now: datetime) -> datetime:
    hours = hours_of_shop()
    return hours.at(hours.day_of(now).replace(day=1), datetime.min.time())


def _budget() -> int | None:
    budget: int | None = Shop.select(Shop.goodwill_budget_cents).scalar()
    return budget


def _cost_since(since: datetime) -> int:
    """Return what went out since then cost, without what lapsed or was made void."""
    return int(
        Remedy.select(pw.fn.COALESCE(pw.fn.SUM(Remedy.cost_cents), 0))
        .where(
            remedies.went_out() >= StampField().db_value(since),
            Remedy.status.not_in([RemedyStatus.LAPSED, RemedyStatus.VOID]),
            ~is_bought(),
        )
        .scalar()
    )


def month_so_far(desk: Desk, *, now: datetime) -> MonthSoFar:
    """Return how this month is going.

    The cost of remedies counts those that went out this month, without lapsed and void ones. A
    voucher went out when it was issued, whenever it is used.
    """
    with desk.reading():
        since = _month_begins(now)
        ended = dict(
            Case.select(Case.outcome, pw.fn.COUNT(Case.id))
            .where(Case.closed_at >= since)
            .group_by(Case.outcome)
            .tuples()
        )
        kept = (
            Customer.select(pw.fn.COALESCE(pw.fn.SUM(Customer.worth_year_cents), 0))
            .where(
                Customer.id.in_(
                    Case.select(Case.customer).where(
                        Case.closed_at >= since,
                        Case.outcome.in_([Outcome.WON_BACK, Outcome.KEPT]),
                    )
                )
            )
            .scalar()
        )
        return MonthSoFar(
            won_back=ended.get(Outcome.WON_BACK, 0),
            lost=ended.get(Outcome.LOST, 0),
            open=Case.select().where(Case.status.in_(STILL_OPEN)).count(),
            remedies_cost_cents=_cost_since(since),
            budget_cents=_budget(),
            kept_worth_cents=kept,
        )


@record
class Insight:
    """Everything that Learn shows of a time. Money is in minor units."""

    span: "Span"
    level: "Level"
    bars: "tuple[CauseBar, ...]"
    """Causes, or groups; not ranked yet, see `domain.pareto`."""
    months: "tuple[MonthPoint, ...]"
    first_contacts: "FirstContacts"
    returns: "Returns"
    worths: "Worths"
    recurrences: "tuple[Recurrence, ...]"
    satisfaction: "Satisfaction"
    silent: "Silent | None"
    """None where the owner doesn't want the rule of thumb."""

    @property
    def cases(self) -> int:
        """How many cases came in; the sum of the bars and that of the months."""
        return sum(bar.cases for bar in self.bars)

    @property
    def noticed_by_us(self) -> int:
        """How many of them the shop noticed itself."""
        return sum(point.noticed_by_us for point in self.months)


QUICK_CASES = 3_000
"""A desk of up to so many cases is read in a moment; more are read aside."""


def is_quick(desk: Desk) -> bool:
    """Say whether `read` takes so short a time that nobody would notice."""
    with desk.reading():
        newest: int = Case.select(pw.fn.COALESCE(pw.fn.MAX(Case.id), 0)).scalar()
    return newest <= QUICK_CASES


def read(desk: Desk, span: "Span", *, now: datetime, level: "Level | None" = None) -> Insight:
    """Return everything that Learn shows of a time, from one moment of the desk.

    Args:
        desk: the open desk.
        span: the time to look back on, in the shop's own days.
        now: this moment (UTC).
        level: how closely causes are looked at; None looks at each for itself.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    from recoverydesk.services import (  # noqa: PLC0415 - start-up doesn't pay for it
        feedbacks,
        first_contacts,
        paretos,
        recurrences,
        returns,
        silent,
        spendings,
        trends,
        worths,
    )

    level = level or paretos.Level.CAUSES
    with desk.reading():
        spent = spendings.read(span)
        return Insight(
            span=span,
            level=level,
            bars=paretos.causes(desk, span, level=level, spent=spent),
            months=trends.by_month(desk, span, spent=spent),
            first_contacts=first_contacts.read(desk, span, now=now),
            returns=returns.read(desk, span, now=now),
            worths=worths.read(desk, span, spent=spent),
            recurrences=recurrences.of_fixes(desk, now=now),
            satisfaction=feedbacks.summary(desk, span),
            silent=silent.estimate(desk, span),
        )


def cases_behind(desk: Desk, figure: "Figure", span: "Span", *, now: datetime) -> list[int]:
    """Return the ids of the cases behind a number or bar of a time, the oldest first.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    from recoverydesk.services import figures  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        return figures.case_ids(figure, span, now=now)
