"""What every figure about a time shares: which cases count, and which moments lie in it."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import peewee as pw

from recoverydesk.domain.case import Status
from recoverydesk.domain.open_clock import OpenClock
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.domain.span import ONE_DAY, Span
from recoverydesk.services.remedies import went_out
from recoverydesk.services.voucher_rules import is_bought
from recoverydesk.storage.tables import Case, Remedy, StampField, database


def within(column: pw.Node, span: Span, hours: OpeningHours) -> pw.Expression:
    """Return the condition that a stamp lies in a span of the shop's own days."""
    inside: pw.Expression = (column >= begins(span, hours)) & (column < _ends(span, hours))
    return inside


def begins(span: Span, hours: OpeningHours) -> pw.Value:
    """Return the first moment of a span, as stored."""
    return _stored(hours.at(span.first, time()))


def clock_of(span: Span, hours: OpeningHours, *, now: datetime) -> OpenClock:
    """Return the clock for what began in a span and ended by now."""
    return OpenClock(hours, span.first, max(span.last, hours.day_of(now)))


def seconds_of(column: pw.Field) -> pw.Function:
    """Return a stamp as a second of Unix time, for a query."""
    return pw.fn.unixepoch(column)


def stored_rows(query: pw.ModelSelect) -> Iterable[tuple[Any, ...]]:
    """Return a query's rows as they are stored: stamps and days stay text.

    For hundreds of thousands of rows: to make a datetime of each takes longer than all the rest.
    """
    rows: Iterable[tuple[Any, ...]] = database.execute_sql(*query.sql())
    return rows


def _ends(span: Span, hours: OpeningHours) -> pw.Value:
    return _stored(hours.at(span.last + ONE_DAY, time()))


def _stored(stamp: datetime) -> pw.Value:
    """Return a stamp as stored, for expressions that don't know that they are stamps."""
    return pw.Value(StampField().db_value(stamp), converter=str)


def counts() -> pw.Expression:
    """Return the condition of cases that count: what was merged is another case's by now."""
    condition: pw.Expression = Case.status != Status.MERGED
    return condition


def opened_in(span: Span, hours: OpeningHours) -> pw.Expression:
    """Return the condition of the cases that came in within a span."""
    condition: pw.Expression = within(Case.opened_at, span, hours) & counts()
    return condition


def given_in(span: Span, hours: OpeningHours) -> pw.Expression:
    """Return the condition of remedies that went out within a span and were not paid for."""
    gone = [RemedyStatus.PROPOSED, RemedyStatus.VOID]
    condition: pw.Expression = (
        within(went_out(), span, hours) & Remedy.status.not_in(gone) & ~is_bought()
    )
    return condition


def costs_in(span: Span, hours: OpeningHours) -> pw.Expression:
    """Return the condition of remedies that cost something within a span: without what lapsed."""
    condition: pw.Expression = given_in(span, hours) & (Remedy.status != RemedyStatus.LAPSED)
    return condition
