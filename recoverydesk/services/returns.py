"""Who came back: by a later purchase, and apart from it by word alone."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from recoverydesk.domain.band import Band
from recoverydesk.domain.case import Evidence, Outcome
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.span import Span
from recoverydesk.domain.speed import Speed, speed_of
from recoverydesk.records import record
from recoverydesk.services.remedies import NOT_GIVEN
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.spans import clock_of, counts, seconds_of, stored_rows, within
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Remedy, Shop, Visit

NOTHING = "nothing"
"""The band of those who were given nothing but words."""


class Came(StrEnum):
    """Whether somebody came back."""

    BACK = "back"
    NOT = "not"
    MAY_STILL = "may_still"


@record
class Resolved:
    """A customer's last case that was resolved in a time, and whether they came back."""

    case_id: int
    customer_id: int
    came: Came
    speed: Speed
    remedy: str
    """The kind that was worth most to them; `NOTHING` for words alone."""
    word: Evidence | None
    """Whose word it is, where they count as won back without a purchase."""


@record
class Returns:
    """Who came back within the window after their case was resolved."""

    overall: Band
    their_word: int
    """Won back because they said so; not counted in the bands as returned by that."""
    owners_word: int
    by_speed: tuple[Band, ...]
    """By `Speed`, the quickest first, every band."""
    by_remedy: tuple[Band, ...]
    """By `RemedyKind`, or `NOTHING`, the largest first."""
    window_days: int


def read(desk: Desk, span: Span, *, now: datetime) -> Returns:
    """Return who came back of those whose case was resolved within a time.

    A customer counts once, by the last case that was resolved in it. They came back if a purchase
    is on the desk after that and within the window. Decided is who came back, or whose window has
    passed; the others may still come. These are counts: nothing here says why somebody came back.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        found = resolved(span, now=now)
        window = _window()
    return Returns(
        overall=_band("", found),
        their_word=sum(one.word is Evidence.THEIR_WORD for one in found),
        owners_word=sum(one.word is Evidence.OWNERS_WORD for one in found),
        by_speed=_bands(list(Speed), found, lambda one: one.speed),
        by_remedy=_largest_first(_bands(_remedies(found), found, lambda one: one.remedy)),
        window_days=window,
    )


def _window() -> int:
    days: int = Shop.select(Shop.return_window_days).scalar()
    return days


def _band(key: str, found: Iterable[Resolved]) -> Band:
    came = [one.came for one in found]
    back = came.count(Came.BACK)
    return Band(key, back + came.count(Came.NOT), back, came.count(Came.MAY_STILL))


def _bands(
    keys: Iterable[str], found: Sequence[Resolved], key_of: Callable[[Resolved], str]
) -> tuple[Band, ...]:
    by_key: dict[str, list[Resolved]] = {key: [] for key in keys}
    for one in found:
        by_key[key_of(one)].append(one)
    return tuple(_band(key, ones) for key, ones in by_key.items())


def _remedies(found: Sequence[Resolved]) -> list[str]:
    given = {one.remedy for one in found}
    return [key for key in (*RemedyKind, NOTHING) if key in given]


def _largest_first(bands: Sequence[Band]) -> tuple[Band, ...]:
    return tuple(sorted(bands, key=lambda band: -(band.n + band.pending)))


def resolved(span: Span, *, now: datetime) -> tuple[Resolved, ...]:
    """Return each customer's last case that was resolved in a time; call inside `reading()`."""
    hours = hours_of_shop()
    clock = clock_of(span, hours, now=now)
    ends = _WindowEnds(span, hours)
    today = hours.day_of(now).isoformat()
    visits, given = _visits(span), _best_remedies(span)
    found = []
    for customer_id, case_id, opened, spoken, at, ended, outcome, evidence in _last_cases(span):
        on, until = ends.of(at)
        back = any(
            # On the day itself only what was written down later counts, as in `came_again`.
            on < day <= until or (day == on and written > ended)
            for day, written in visits.get(customer_id, ())
        )
        by_word = outcome == Outcome.WON_BACK and not back and evidence != Evidence.PURCHASE
        found.append(
            Resolved(
                case_id=case_id,
                customer_id=customer_id,
                came=Came.BACK if back else Came.NOT if until < today else Came.MAY_STILL,
                speed=speed_of(None if spoken is None else clock.between(opened, spoken)),
                remedy=given.get(case_id, NOTHING),
                word=Evidence(evidence) if by_word else None,
            )
        )
    return tuple(found)


def _last_cases(span: Span) -> Iterable[tuple[Any, ...]]:
    query = (
        Case.select(
            Case.customer, Case.id, seconds_of(Case.opened_at), seconds_of(Case.first_contact_at),
            seconds_of(Case.resolved_at), Case.resolved_at, Case.outcome, Case.evidence,
        )
        .where(within(Case.resolved_at, span, hours_of_shop()), counts())
        .order_by(Case.resolved_at, Case.id)
    )  # fmt: skip
    return {row[0]: row for row in stored_rows(query)}.values()


class _WindowEnds:
    """The shop's own day of moments within a span, and the last one that counts after each."""

    def __init__(self, span: Span, hours: OpeningHours) -> None:
        days = [span.first + timedelta(days=place) for place in range(span.days)]
        window = timedelta(days=_window())
        self._begins = [int(hours.at(day, time()).timestamp()) for day in days]
        self._known = [(day.isoformat(), (day + window).isoformat()) for day in days]

    def of(self, second: int) -> tuple[str, str]:
        """Return both days of a second of Unix time, as stored."""
        return self._known[bisect_right(self._begins, second) - 1]


def _visits(span: Span) -> Mapping[int, Sequence[tuple[str, str]]]:
    """Return day and moment of writing of every visit since a span began, by customer."""
    theirs: dict[int, list[tuple[str, str]]] = {}
    query = Visit.select(Visit.customer, Visit.visited_on, Visit.created_at).where(
        Visit.visited_on >= span.first
    )
    for customer_id, day, written in stored_rows(query):
        theirs.setdefault(customer_id, []).append((day, written))
    return theirs


def _best_remedies(span: Span) -> Mapping[int, str]:
    """Return the kind of remedy that was worth most, by case; apologies alone are none."""
    query = (
        Remedy.select(Remedy.case, Remedy.kind)
        .join(Case, on=Remedy.case == Case.id)
        .where(
            within(Case.resolved_at, span, hours_of_shop()),
            Remedy.status.not_in(list(NOT_GIVEN)),
            Remedy.kind != RemedyKind.APOLOGY_ONLY,
        )
        .order_by(Remedy.value_cents, Remedy.id.desc())
    )
    return dict(stored_rows(query))


def case_ids(
    span: Span, *, now: datetime, wanted: Callable[[Resolved], bool] = lambda _one: True
) -> list[int]:
    """Return the cases that a number of coming back is of; call inside `reading()`.

    Without more those that are decided, one for each customer.
    """
    return sorted(one.case_id for one in resolved(span, now=now) if wanted(one))


def decided(one: Resolved) -> bool:
    """Say whether somebody came back, or their window has passed."""
    return one.came is not Came.MAY_STILL
