"""What the shop can learn; so far, how this month is going."""

from datetime import datetime

import peewee as pw

from recoverydesk.domain.case import Outcome
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.records import record
from recoverydesk.services import remedies
from recoverydesk.services.case_lists import STILL_OPEN
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Remedy, Shop, StampField


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
