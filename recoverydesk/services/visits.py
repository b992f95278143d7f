"""Later purchases: expected, greeted, written down, and followed by a personal word.

Somebody whom the shop has let down is best won back in person: be there at the next purchase, and
ring a day or two later to ask how it was.
"""

from datetime import date, datetime, timedelta

from recoverydesk.domain.days import day_words
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.money import parse_amount
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import customer_follow_ups
from recoverydesk.services.customer_follow_ups import Wanted
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.plans import greeting_of, settle, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, FollowUp, Shop, Visit
from recoverydesk.topics import Topic

TOPICS = Topic.CUSTOMERS | Topic.CASES | Topic.FOLLOW_UPS
AFTER_DAYS = 2
"""So many days after a visit somebody asks how it was."""
FARTHEST = timedelta(days=366)


def log(
    desk: Desk,
    customer_id: int,
    *,
    now: datetime,
    visited_on: date | None = None,
    amount: str = "",
    words: str = "",
) -> None:
    """Write down that a customer bought again.

    Steps that wait for it get their dates. Where somebody is in recovery and their plan has no such
    step, asking how it was is planned two days on. Whoever was expected isn't any more.

    Args:
        desk: the open desk.
        customer_id: who was here.
        now: this moment (UTC).
        visited_on: the shop's day; None for today.
        amount: what they spent, as typed; may be empty.
        words: what they bought.

    Raises:
        NotFoundError: the customer is no longer on the desk.
        InvalidEntryError: the day lies ahead, or the amount can't be read.
    """
    with desk.changing(TOPICS, "Log a visit") as opened:
        row = customer_by_id(customer_id)
        opened.say(f"{row.name} was here")
        hours = hours_of_shop()
        day = visited_on or hours.day_of(now)
        if day > hours.day_of(now):
            raise InvalidEntryError("visited_on", "That day hasn't come yet.")
        currency, locale = Shop.select(Shop.currency, Shop.locale).tuples().get()
        Visit.create(
            customer=row.id,
            visited_on=day,
            amount_cents=parse_amount(amount, currency=currency, locale=locale)
            if amount.strip()
            else None,
            words=tidy_text(words, field="words", limit=200),
            created_at=now,
        )
        welcome(row, day, hours, now=now)


def welcome(
    row: Customer, day: date, hours: OpeningHours, *, now: datetime, expected: bool = True
) -> None:
    """Let a visit that is on the desk count: in plans, as expected, and to be asked about.

    Call inside `changing()`.

    Args:
        row: who was here.
        day: on which of the shop's days.
        hours: the shop's.
        now: this moment (UTC).
        expected: whether nobody needs to expect them any more.
    """
    for case in Case.select().where(Case.customer == row.id, Case.status.in_(list(OPEN_STATUSES))):
        settle(case, now=now, hours=hours)
    if expected:
        _is_here(row, now=now)
    if is_in_recovery(row.id, hours.day_of(now), hours):
        _ask_how_it_was(row, day, hours, now=now)


def _is_here(row: Customer, *, now: datetime) -> None:
    row.expected_on = None
    row.save(only=row.dirty_fields)
    customer_follow_ups.end(
        FollowUpKind.EXPECTED, now=now, words="they were here", done=True, customer_id=row.id
    )


def is_in_recovery(customer_id: int, today: date, hours: OpeningHours) -> bool:
    """Say whether a customer's case is open, or ended so lately that it still counts.

    Call inside `reading()` or `changing()`. A case counts as long as a purchase after it would
    count as coming back.
    """
    theirs = (Case.customer == customer_id) & Case.merged_into.is_null()
    if Case.select().where(theirs, Case.status.in_(list(OPEN_STATUSES))).exists():
        return True
    window = timedelta(days=Shop.select(Shop.return_window_days).scalar())
    closed = Case.select(Case.closed_at).where(theirs, Case.closed_at.is_null(is_null=False))
    newest = closed.order_by(Case.closed_at.desc()).limit(1).scalar()
    return newest is not None and hours.day_of(newest) + window >= today


def _ask_how_it_was(row: Customer, day: date, hours: OpeningHours, *, now: datetime) -> None:
    """Plan to ask how it was, unless a plan does so or it is planned already."""
    asks = (
        FollowUp.select()
        .where(
            FollowUp.customer == row.id,
            FollowUp.status == FollowUpStatus.PLANNED,
            FollowUp.act.in_([Act.CALL, Act.WRITE]),
            (FollowUp.kind == FollowUpKind.AFTER_VISIT) | (FollowUp.anchor == Anchor.NEXT_VISIT),
        )
        .exists()
    )
    if asks:
        return
    wanted = Wanted(
        kind=FollowUpKind.AFTER_VISIT,
        act=Act.CALL,
        title=f"Ask {greeting_of(row)} how it was this time",
        reason=f"{AFTER_DAYS} days after they were here, on {day_words(day)}",
        on=max(day + timedelta(days=AFTER_DAYS), hours.day_of(now)),
    )
    customer_follow_ups.plant(row, wanted, hours=hours, now=now)


def expect(desk: Desk, customer_id: int, on: date | None, *, now: datetime) -> None:
    """Note when a customer is expected in the shop, so that somebody greets them in person.

    Args:
        desk: the open desk.
        customer_id: who.
        on: the day; None expects them no more.
        now: this moment (UTC).

    Raises:
        NotFoundError: the customer is no longer on the desk.
        InvalidEntryError: that day is over, or more than a year off.
    """
    with desk.changing(TOPICS, "Expect a customer") as change:
        row = customer_by_id(customer_id)
        hours = hours_of_shop()
        if on is not None:
            _check_expected(on, hours.day_of(now))
        change.say(f"{row.name} is {'not expected' if on is None else f'expected {day_words(on)}'}")
        customer_follow_ups.end(
            FollowUpKind.EXPECTED, now=now, words="another day", customer_id=row.id
        )
        row.expected_on = on
        row.save(only=row.dirty_fields)
        if on is not None:
            wanted = Wanted(
                kind=FollowUpKind.EXPECTED,
                act=Act.GREET,
                title=f"Be there for {greeting_of(row)}",
                reason="they are expected today, and will remember who greeted them",
                on=on,
            )
            customer_follow_ups.plant(row, wanted, hours=hours, now=utc(now))


def _check_expected(on: date, today: date) -> None:
    if on < today:
        raise InvalidEntryError("expected_on", "That day is over. Choose today or a later day.")
    if on > today + FARTHEST:
        raise InvalidEntryError("expected_on", "That is more than a year off. Check the year.")
