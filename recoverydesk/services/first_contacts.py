"""How soon somebody got through to those who were unhappy, in opening hours."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from recoverydesk.domain.span import Span
from recoverydesk.domain.speed import Speed, median, speed_of
from recoverydesk.records import record
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.spans import clock_of, opened_in, seconds_of, stored_rows
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case


@record
class SpeedBand:
    """How many cases had their first contact so soon."""

    speed: Speed
    cases: int


@record
class FirstContacts:
    """How soon the first word was out."""

    n: int
    """Cases that are decided: somebody got through, or the promised time has passed."""
    within: int
    """How many of them kept to what the shop promises."""
    waiting: int
    """How many more nobody has got through to, still in time."""
    median: timedelta | None
    """The middle of the opening hours until the first contact; None where there was none."""
    bands: tuple[SpeedBand, ...]
    """Every band, the quickest first; together they are `n`."""


@record
class Measured:
    """A case and its first contact."""

    case_id: int
    seconds: int | None
    """Until somebody got through, in opening hours; None where nobody has."""
    within: bool


def measured(span: Span, *, now: datetime) -> Iterator[Measured]:
    """Yield the decided cases that came in within a time; call inside `reading()`."""
    hours = hours_of_shop()
    between = clock_of(span, hours, now=now).between
    late = (Case.first_contact_at.is_null()) & (Case.first_contact_due_at >= now)
    query = Case.select(
        Case.id,
        seconds_of(Case.opened_at),
        seconds_of(Case.first_contact_at),
        Case.first_contact_at <= Case.first_contact_due_at,
    ).where(opened_in(span, hours), ~late)
    for case_id, opened, spoken, within in stored_rows(query):
        seconds = None if spoken is None else between(opened, spoken)
        yield Measured(case_id, seconds, bool(within))


def read(desk: Desk, span: Span, *, now: datetime) -> FirstContacts:
    """Return how soon the first word was out for cases that came in within a time.

    Whom nobody has got through to counts as soon as the promised time has passed.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        found = list(measured(span, now=now))
        of_all = Case.select().where(opened_in(span, hours_of_shop())).count()
    counted = Counter(speed_of(one.seconds) for one in found)
    return FirstContacts(
        n=len(found),
        within=sum(one.within for one in found),
        waiting=of_all - len(found),
        median=median([one.seconds for one in found if one.seconds is not None]),
        bands=tuple(SpeedBand(speed, counted[speed]) for speed in Speed),
    )
