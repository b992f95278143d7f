"""Who came back: by a later purchase, and apart from it by word alone."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from recoverydesk.domain.band import Band
from recoverydesk.domain.case import Evidence, Outcome
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.span import Span
from recoverydesk.domain.speed import Speed, speed_of
from recoverydesk.records import record
from recoverydesk.services.remedies import NOT_GIVEN
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.spans import counts, within
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
    """Return each customer's last case that was resolved within a time; call inside `reading()`."""
    hours = hours_of_shop()
    window, today = timedelta(days=_window()), hours.day_of(now)
    query = (
        Case.select(
            Case.customer, Case.id, Case.opened_at, Case.first_contact_at, Case.resolved_at,
            Case.outcome, Case.evidence,
        )
        .where(within(Case.resolved_at, span, hours), counts())
        .order_by(Case.resolved_at, Case.id)
    )  # fmt: skip
    last = {row[0]: row for row in query.tuples()}
    visits, given = _visits(span), _best_remedies(span)
    found = []
    for customer_id, case_id, opened, spoken, ended, outcome, evidence in last.values():
        on = hours.day_of(ended)
        back = _came_back(visits.get(customer_id, ()), ended, on, on + window)
        came = Came.BACK if back else Came.NOT if on + window < today else Came.MAY_STILL
        by_word = outcome == Outcome.WON_BACK and not back and evidence != Evidence.PURCHASE
        found.append(
            Resolved(
                case_id=case_id,
                customer_id=customer_id,
                came=came,
                speed=speed_of(None if spoken is None else hours.open_time_between(opened, spoken)),
                remedy=given.get(case_id, NOTHING),
                word=Evidence(evidence) if by_word else None,
            )
        )
    return tuple(found)


def _came_back(
    visits: Iterable[tuple[date, datetime]], ended: datetime, on: date, until: date
) -> bool:
    """Say whether a purchase shows that they came back.

    On the day itself only what was written down later counts, as in `case_pages.came_again`.
    """
    return any(on < day <= until or (day == on and written > ended) for day, written in visits)


def _visits(span: Span) -> dict[int, list[tuple[date, datetime]]]:
    theirs: dict[int, list[tuple[date, datetime]]] = {}
    query = Visit.select(Visit.customer, Visit.visited_on, Visit.created_at).where(
        Visit.visited_on >= span.first
    )
    for customer_id, day, written in query.tuples():
        theirs.setdefault(customer_id, []).append((day, written))
    return theirs


def _best_remedies(span: Span) -> dict[int, str]:
    """Return the kind of remedy that was worth most, by case; apologies alone are none."""
    cases = Case.select(Case.id).where(within(Case.resolved_at, span, hours_of_shop()))
    query = (
        Remedy.select(Remedy.case, Remedy.kind)
        .where(
            Remedy.case.in_(cases),
            Remedy.status.not_in(list(NOT_GIVEN)),
            Remedy.kind != RemedyKind.APOLOGY_ONLY,
        )
        .order_by(Remedy.value_cents, Remedy.id.desc())
    )
    return dict(query.tuples())


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
