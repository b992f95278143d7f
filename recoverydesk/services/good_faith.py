"""Whether a customer is taken to be honest: presumed, until facts say otherwise.

It is for the owner's eyes: no paper and no export for others holds it, and no letter changes its
tone by it.
"""

from collections import Counter
from datetime import datetime, timedelta

import peewee as pw

from recoverydesk.domain.case import GoodFaith, Outcome, Status
from recoverydesk.domain.text import tidy_text
from recoverydesk.records import record
from recoverydesk.services.plans import case_by_id
from recoverydesk.services.seen_before import Given, given_lately
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case
from recoverydesk.topics import Topic

YEAR = timedelta(days=365)


@record
class FaithFacts:
    """What there is to go by, so that nobody is judged by a feeling."""

    good_faith: GoodFaith
    reason: str
    cases: int
    """All of theirs, this one included."""
    cases_lately: int
    """Within a year."""
    given_lately: Given
    """Within a year, in minor units."""
    upheld: int
    """Cases that ended with the shop at fault, in whole or in part: all but "not upheld"."""
    not_upheld: int
    won_back: int


def facts(desk: Desk, case_id: int, *, now: datetime) -> FaithFacts:
    """Return what there is to go by about the customer of a case.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.reading():
        case = case_by_id(case_id)
        theirs = (Case.customer == case.customer_id) & (Case.status != Status.MERGED)
        ended = Counter(
            dict(
                Case.select(Case.outcome, pw.fn.COUNT(Case.id))
                .where(theirs)
                .group_by(Case.outcome)
                .tuples()
            )
        )
        lately = Case.select().where(theirs, Case.opened_at >= now - YEAR).count()
        over = sum(ended.values()) - ended[Outcome.PENDING]
        return FaithFacts(
            good_faith=GoodFaith(case.good_faith),
            reason=case.good_faith_reason,
            cases=sum(ended.values()),
            cases_lately=lately,
            given_lately=given_lately(desk, case.customer_id, now=now),
            upheld=over - ended[Outcome.NOT_UPHELD],
            not_upheld=ended[Outcome.NOT_UPHELD],
            won_back=ended[Outcome.WON_BACK],
        )


def assess(desk: Desk, case_id: int, good_faith: GoodFaith, reason: str = "") -> None:
    """Write down whether the customer of a case is taken to be honest.

    Raises:
        NotFoundError: the case is no longer on the desk.
        InvalidEntryError: anything but honest needs a reason.
    """
    doubted = good_faith is not GoodFaith.PRESUMED
    reason = tidy_text(
        reason,
        field="reason",
        limit=500,
        required=doubted,
        message="What makes you think so? Write down what happened, not what you feel.",
    )
    with desk.changing(Topic.CASES, "In good faith?") as change:
        case = case_by_id(case_id)
        change.say(f"In good faith? {case.number}")
        case.good_faith, case.good_faith_reason = good_faith, reason if doubted else ""
        case.save(only=case.dirty_fields)
