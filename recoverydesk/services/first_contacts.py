"""How soon somebody got through to those who were unhappy, in opening hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from recoverydesk.domain.span import Span
from recoverydesk.domain.speed import Speed, median, speed_of
from recoverydesk.records import record
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.spans import opened_in
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
    waited: timedelta | None
    """In opening hours; None where nobody has got through."""
    within: bool


def measured(span: Span, *, now: datetime) -> Iterator[Measured]:
    """Yield the decided cases that came in within a time; call inside `reading()`."""
    hours = hours_of_shop()
    query = (
        Case.select(Case.id, Case.opened_at, Case.first_contact_at, Case.first_contact_due_at)
        .where(opened_in(span, hours))
        .order_by(Case.id)
    )
    for case_id, opened, spoken, due in query.tuples():
        if spoken is not None:
            yield Measured(case_id, hours.open_time_between(opened, spoken), spoken <= due)
        elif due < now:
            yield Measured(case_id, None, within=False)


def read(desk: Desk, span: Span, *, now: datetime) -> FirstContacts:
    """Return how soon the first word was out for cases that came in within a time.

    Whom nobody has got through to counts as soon as the promised time has passed.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        found = list(measured(span, now=now))
        all_of_them = Case.select().where(opened_in(span, hours_of_shop())).count()
    counted = dict.fromkeys(Speed, 0)
    for one in found:
        counted[speed_of(one.waited)] += 1
    return FirstContacts(
        n=len(found),
        within=sum(one.within for one in found),
        waiting=all_of_them - len(found),
        median=median([one.waited for one in found if one.waited is not None]),
        bands=tuple(SpeedBand(speed, cases) for speed, cases in counted.items()),
    )
