"""The second-chance meter of a customer: what somebody saw go well since their last case."""

from datetime import date, datetime

from recoverydesk.domain.case import Severity, Status
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.second_chance import (
    MOST_TARGET,
    BadStart,
    Experience,
    GoodWay,
    count,
    counts,
    unused,
)
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.plans import case_by_id, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, PositiveEvent, Shop
from recoverydesk.topics import Topic


@record
class UsedWay:
    """A way back to their trust that was gone since the last case."""

    way: GoodWay
    days: tuple[date, ...]
    """When, the newest first."""


@record
class ExperienceView:
    """One experience, as the meter lists it."""

    event_id: int
    happened_on: date
    words: str
    way: GoodWay | None
    negative: bool


@record
class SecondChance:
    """How far a customer's trust has been won back."""

    customer_id: int
    count: int
    """Good experiences since the last case, less what went wrong again; never below 0."""
    target: int
    """How many the shop counts toward."""
    since: date | None
    """The day of their last case; None where nothing ever went wrong."""
    used: tuple[UsedWay, ...]
    unused: tuple[GoodWay, ...]
    """The most fitting first."""
    experiences: tuple[ExperienceView, ...]
    """What counts, the newest first."""


def of_customer(desk: Desk, customer_id: int) -> SecondChance:
    """Return how far a customer's trust has been won back.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.reading():
        customer = customer_by_id(customer_id)
        last = _last_case(customer)
        start = None if last is None else _start(last, hours_of_shop())
        rows = [row for row in _events(customer) if counts(_experience(row), start)]
        used = _used(rows)
        return SecondChance(
            customer_id=customer.id,
            count=count(_experience(row) for row in rows),
            target=Shop.select(Shop.second_chance_target).scalar(),
            since=None if start is None else start.on,
            used=used,
            unused=unused(
                {one.way for one in used},
                grave=last is not None and last.severity == Severity.ABOUT_TO_LEAVE,
                left_alone=customer.do_not_contact,
            ),
            experiences=tuple(
                ExperienceView(
                    event_id=row.id,
                    happened_on=row.happened_on,
                    words=row.words,
                    way=_way(row),
                    negative=row.negative,
                )
                for row in rows
            ),
        )


def _last_case(customer: Customer) -> Case | None:
    found: Case | None = (
        Case.select()
        .where(Case.customer == customer.id, Case.status != Status.MERGED)
        .order_by(Case.opened_at.desc(), Case.id.desc())
        .first()
    )
    return found


def _start(case: Case, hours: OpeningHours) -> BadStart:
    return BadStart(on=hours.day_of(case.opened_at), at=case.opened_at)


def _events(customer: Customer) -> list[PositiveEvent]:
    query = PositiveEvent.select().where(PositiveEvent.customer == customer.id)
    return list(query.order_by(PositiveEvent.happened_on.desc(), PositiveEvent.id.desc()))


def _experience(row: PositiveEvent) -> Experience:
    return Experience(
        happened_on=row.happened_on,
        written_at=row.created_at,
        negative=row.negative,
        way=_way(row),
    )


def _way(row: PositiveEvent) -> GoodWay | None:
    return None if row.way is None else GoodWay(row.way)


def _used(rows: list[PositiveEvent]) -> tuple[UsedWay, ...]:
    days: dict[GoodWay, list[date]] = {}
    for row in rows:
        if row.way is not None and not row.negative:
            days.setdefault(GoodWay(row.way), []).append(row.happened_on)
    return tuple(UsedWay(way, tuple(days[way])) for way in GoodWay if way in days)


def add(
    desk: Desk,
    customer_id: int,
    words: str,
    way: GoodWay | None = None,
    *,
    now: datetime,
    negative: bool = False,
    happened_on: date | None = None,
    case_id: int | None = None,
) -> int:
    """Write down an experience that somebody saw: a dot more, or one less.

    Args:
        desk: the open desk.
        customer_id: whose experience it was.
        words: what happened.
        way: which of the ways back to their trust it was; None where nobody says.
        now: this moment (UTC).
        negative: whether something went wrong again.
        happened_on: when it was; today where nothing is said.
        case_id: the case it helps to mend, where there is one.

    Returns:
        The experience's id.

    Raises:
        InvalidEntryError: no words, or a day that lies ahead.
        NotFoundError: the customer or the case is no longer on the desk.
    """
    asked = "What went wrong this time?" if negative else "What went well for them?"
    words = tidy_text(words, field="words", limit=200, required=True, message=asked)
    said = f"Went wrong again: {words}" if negative else f"Good experience: {words}"
    with desk.changing(Topic.CUSTOMERS | Topic.CASES, said):
        today = hours_of_shop().day_of(now)
        day = happened_on or today
        if day > today:
            raise InvalidEntryError("happened_on", "That day hasn't come yet.")
        row = PositiveEvent.create(
            customer=customer_by_id(customer_id).id,
            case=None if case_id is None else case_by_id(case_id).id,
            happened_on=day,
            words=words,
            way=None if negative else way,
            negative=negative,
            created_at=utc(now),
        )
        return int(row.id)


def set_target(desk: Desk, target: int) -> None:
    """Set how many good experiences the meter counts toward, for every customer.

    Raises:
        InvalidEntryError: below one, or more than fifty.
    """
    if not 1 <= target <= MOST_TARGET:
        raise InvalidEntryError("target", f"Choose a number from 1 to {MOST_TARGET}.")
    with desk.changing(Topic.SHOP | Topic.CUSTOMERS | Topic.CASES, "Second chance") as change:
        change.say(f"Count {target} good experiences for a second chance")
        Shop.update(second_chance_target=target).execute()
