"""Visits that only the till's file knows: which of them plans may count from."""

import peewee as pw

from recoverydesk.storage.tables import Sale, SalesImport, Visit

RECENT_DAYS = 7
"""A visit that was read from a file no later still leads to asking how it was."""


def counts_in_plans() -> pw.Expression:
    """Return what a visit has to be for a plan's dates to count from it.

    What somebody wrote down counts. What was read from a file counts where it was news when it was
    read: a plan that dated its steps from a visit of last spring would only be late.
    """
    news = (
        Sale.select(Sale.id)
        .join(SalesImport)
        .where(
            Sale.visit_id == Visit.id,
            pw.fn.date(SalesImport.at) <= pw.fn.date(Visit.visited_on, f"+{RECENT_DAYS} days"),
        )
    )
    return (Visit.from_file == False) | pw.fn.EXISTS(news)  # noqa: E712 - SQL's own word
