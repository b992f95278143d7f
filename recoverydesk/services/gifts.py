"""Thank-you gifts: planned some months on, chosen from what they like, never the same one twice.

A planned gift is a remedy that nobody has been given yet, and a follow-up that comes to Today.
What it costs counts from the day it is given.
"""

from datetime import date, datetime, timedelta

from recoverydesk.domain.days import day_words
from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus
from recoverydesk.domain.plan import add_months
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import catalogue, customer_follow_ups, gift_ideas, limits, remedies
from recoverydesk.services.customer_follow_ups import Wanted
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.limits import Giving
from recoverydesk.services.plans import greeting_of, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import CatalogueItem, FollowUp, Remedy
from recoverydesk.topics import Topic

TOPICS = Topic.REMEDIES | Topic.CUSTOMERS | Topic.FOLLOW_UPS
FARTHEST_MONTHS = 60
PLANNED_WORDS = "Thank-you gift"


@record
class GiftEntry:
    """A gift as it is given: of the catalogue, or in one's own words."""

    item_id: int | None = None
    words: str = ""
    """Empty: as the catalogue calls it."""
    value_cents: int | None = None
    """None: what the catalogue says, else what it costs."""
    cost_cents: int | None = None
    """None: what the catalogue says, else what it is worth."""
    occasion: str = ""
    approved_by: int | None = None
    """The owner whose word lets it pass what staff may give alone."""


def plan_gift(
    desk: Desk,
    customer_id: int,
    *,
    now: datetime,
    budget_cents: int,
    occasion: str = "",
    on: date | None = None,
    months: int | None = None,
) -> int:
    """Plan a thank-you: it comes to Today on a day, or so many months from now.

    Args:
        desk: the open desk.
        customer_id: whom to thank.
        now: this moment (UTC).
        budget_cents: what it may cost the shop.
        occasion: what it is for.
        on: the day; or
        months: how many months from today.

    Returns:
        The remedy's id: it is proposed until it is given.

    Raises:
        NotFoundError: the customer is no longer on the desk.
        InvalidEntryError: no day, one that is over or more than five years off, a budget below
            zero, or too many words.
    """
    occasion = tidy_text(occasion, field="occasion", limit=120)
    if budget_cents < 0:
        raise InvalidEntryError("budget", "An amount can't be below zero.")
    with desk.changing(TOPICS, "Plan a gift") as change:
        row, hours = customer_by_id(customer_id), hours_of_shop()
        change.say(f"Plan a gift for {row.name}")
        day = _checked_day(on, months, hours.day_of(now))
        made = Remedy.create(
            customer=row.id,
            kind=RemedyKind.GIFT,
            words=PLANNED_WORDS,
            value_cents=budget_cents,
            cost_cents=budget_cents,
            status=RemedyStatus.PROPOSED,
            promised_by=desk.person_id,
            created_at=utc(now),
            occasion=occasion,
        )
        wanted = Wanted(
            FollowUpKind.GIFT,
            Act.GIVE,
            f"Thank {greeting_of(row)} with a gift",
            _reason(occasion, left_alone=row.do_not_contact),
            day,
            remedy_id=made.id,
            person_id=desk.person_id,
        )
        customer_follow_ups.plant(row, wanted, hours=hours, now=now)
        return int(made.id)


def _reason(occasion: str, *, left_alone: bool) -> str:
    why = occasion or "nobody expects it months later, and so it is remembered"
    return f"{why}; they asked not to be contacted, so wait until they come" if left_alone else why


def _checked_day(on: date | None, months: int | None, today: date) -> date:
    if on is None and months is None:
        raise InvalidEntryError("day", "When would you like to thank them?")
    if months is not None and not 0 <= months <= FARTHEST_MONTHS:
        raise InvalidEntryError("day", "Choose up to five years from now.")
    day = on if on is not None else add_months(today, months or 0)
    if day < today:
        raise InvalidEntryError("day", "That day is over. Choose today or a later day.")
    if day > add_months(today, FARTHEST_MONTHS) + timedelta(days=7):
        raise InvalidEntryError("day", "That is more than five years off. Check the year.")
    return day


def give_gift(
    desk: Desk,
    customer_id: int,
    entry: GiftEntry,
    *,
    now: datetime,
    remedy_id: int | None = None,
    again: bool = False,
) -> int:
    """Give a gift: its cost is booked, the stock goes down by one, what was planned is done.

    Args:
        desk: the open desk.
        customer_id: who is thanked.
        entry: what they get.
        now: this moment (UTC).
        remedy_id: the planned gift that this is; None for one that nobody planned.
        again: whether they may get the same as before.

    Returns:
        The remedy's id.

    Raises:
        NotFoundError: customer, item or plan is no longer on the desk.
        NotAllowedError: none is left, or the planned gift was given or called off already.
        InvalidEntryError: no words, no sum, a sum below zero; or they had the same before and
            `again` isn't said.
    """
    with desk.changing(TOPICS, "Give a gift") as change:
        row = customer_by_id(customer_id)
        item = _item(entry.item_id)
        words, value, cost = _what(entry, item)
        change.say(f"Gift for {row.name}: {words}")
        if not again:
            _refuse_same(row.id, entry.item_id, words)
        giving = Giving(
            value, row.id, person_id=desk.person_id, approved_by=entry.approved_by,
            remedy_id=remedy_id,
        )  # fmt: skip
        limits.check(giving, now=now)
        catalogue.take_from_stock(entry.item_id)
        remedy = _planned_remedy(remedy_id, row.id, now=utc(now), person_id=desk.person_id)
        remedy.kind = RemedyKind.GIFT if item is None else item.kind
        remedy.words, remedy.value_cents, remedy.cost_cents = words, value, cost
        remedy.item = item
        remedy.occasion = (
            tidy_text(entry.occasion, field="occasion", limit=120) or remedy.occasion or ""
        )
        remedy.agreed_at = utc(now)
        remedy.approved_by_id = entry.approved_by
        remedies.mark_handed_over(remedy, now=utc(now))
        customer_follow_ups.end(
            FollowUpKind.GIFT, now=now, words=words, done=True, remedy_id=remedy.id
        )
        return int(remedy.id)


def _item(item_id: int | None) -> CatalogueItem | None:
    if item_id is None:
        return None
    found: CatalogueItem | None = CatalogueItem.get_or_none(CatalogueItem.id == item_id)
    if found is None:
        raise NotFoundError("That is no longer among what the shop gives.")
    return found


def _what(entry: GiftEntry, item: CatalogueItem | None) -> tuple[str, int, int]:
    """Return words, value and cost of a gift."""
    words = tidy_text(
        entry.words or ("" if item is None else item.name),
        field="words",
        limit=500,
        required=True,
        message="What do they get?",
    )
    value, cost = entry.value_cents, entry.cost_cents
    if value is None:
        value = cost if item is None or item.value_cents is None else item.value_cents
    if value is None:
        raise InvalidEntryError(
            "cost", "What does it cost you?", advice="Write 0 if it costs nothing."
        )
    if cost is None:
        cost = value if item is None else gift_ideas.cost_for(item, value)
    for field, cents in (("value", value), ("cost", cost)):
        if cents < 0:
            raise InvalidEntryError(field, "An amount can't be below zero.")
    return words, value, cost


def _refuse_same(customer_id: int, item_id: int | None, words: str) -> None:
    same = gift_ideas.given_before(gift_ideas.given_to(customer_id), item_id, words)
    if same is not None:
        day = hours_of_shop().day_of(same.handed_over_at or same.created_at)
        raise InvalidEntryError(
            "again",
            f"They were given this on {day_words(day)}.",
            advice="Choose something else, or say that the same is right.",
        )


def _planned_remedy(
    remedy_id: int | None, customer_id: int, *, now: datetime, person_id: int | None
) -> Remedy:
    """Return the remedy that was planned, or a new one that isn't stored yet."""
    if remedy_id is None:
        return Remedy(
            customer=customer_id,
            created_at=now,
            promised_by=person_id,
        )
    found: Remedy | None = Remedy.get_or_none(
        Remedy.id == remedy_id, Remedy.customer == customer_id
    )
    if found is None:
        raise NotFoundError("That gift is no longer on the desk.")
    if found.status != RemedyStatus.PROPOSED:
        raise NotAllowedError("That gift was given, or called off, already.")
    return found


def follow(row: FollowUp, *, now: datetime) -> None:
    """Bring a planned gift in line with how its follow-up ended; call inside `changing()`.

    Ticked off without saying what it was, it counts as given at the cost that was planned: better
    to overstate what was given than to find out later. Left out, it is called off.
    """
    remedy = Remedy.get_or_none(Remedy.id == row.remedy_id, Remedy.status == RemedyStatus.PROPOSED)
    if remedy is None or row.kind != FollowUpKind.GIFT:
        return
    if row.status == FollowUpStatus.DONE:
        remedies.mark_handed_over(remedy, now=utc(now))
    else:
        remedy.status = RemedyStatus.VOID
        remedy.save(only=remedy.dirty_fields)
