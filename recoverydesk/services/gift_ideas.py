"""What to thank a customer with: what suits them, what they had before, what is planned."""

import re
from datetime import date

from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.domain.names import name_key
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus, cost_of
from recoverydesk.records import record
from recoverydesk.services import remedies
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import CatalogueItem, Customer, FollowUp, Remedy

KINDS = (RemedyKind.GIFT, RemedyKind.FREE_PRODUCT)
"""What of the catalogue can be a gift."""
SHORTEST_LIKE = 3
"""Shorter words say nothing of what somebody likes."""
STEM = 5
"""So many letters in common make "chocolate" and "chocolates" one."""


@record
class GiftIdea:
    """Something of the catalogue that they have never been given."""

    item_id: int
    name: str
    value_cents: int
    cost_cents: int
    terms: str
    left: int | None
    """How many the shop has; None where nobody counts."""
    liked: bool
    """It goes with what they like."""


@record
class PastGift:
    """Something they were given before."""

    words: str
    given_on: date
    occasion: str
    value_cents: int


@record
class PlannedGift:
    """A gift that is still to be given."""

    remedy_id: int
    on: date
    occasion: str
    budget_cents: int


@record
class GiftIdeas:
    """What there is to choose from, and to go by."""

    likes: str
    ideas: tuple[GiftIdea, ...]
    """What goes with their likes comes first."""
    past: tuple[PastGift, ...]
    """The newest first."""
    planned: tuple[PlannedGift, ...]
    left_alone: bool
    """They asked not to be contacted: it waits until they come."""


def ideas(desk: Desk, customer_id: int, budget_cents: int | None = None) -> GiftIdeas:
    """Return what of the catalogue suits a customer, and what they were given before.

    Args:
        desk: the open desk.
        customer_id: whom to thank.
        budget_cents: what it may cost the shop at the most; None for any sum.

    Returns:
        What is in stock, within the budget and was never given to them, and the past gifts.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.reading():
        row = customer_by_id(customer_id)
        return GiftIdeas(
            likes=row.likes,
            ideas=_suiting(row, given_to(row.id), budget_cents),
            past=past(row.id),
            planned=planned(row.id),
            left_alone=row.do_not_contact,
        )


def past(customer_id: int) -> tuple[PastGift, ...]:
    """Return what a customer was given before, the newest first; call inside `reading()`."""
    hours = hours_of_shop()
    found = [
        PastGift(
            words=one.words,
            given_on=hours.day_of(one.handed_over_at or one.created_at),
            occasion=one.occasion,
            value_cents=one.value_cents,
        )
        for one in given_to(customer_id)
    ]
    return tuple(sorted(found, key=lambda one: one.given_on, reverse=True))


def planned(customer_id: int) -> tuple[PlannedGift, ...]:
    """Return the gifts still to be given, the next first; call inside `reading()`."""
    query = (
        Remedy.select(Remedy.id, FollowUp.due_on, Remedy.occasion, Remedy.value_cents)
        .join(FollowUp, on=FollowUp.remedy_id == Remedy.id)
        .where(
            Remedy.customer == customer_id,
            Remedy.status == RemedyStatus.PROPOSED,
            FollowUp.kind == FollowUpKind.GIFT,
            FollowUp.status == FollowUpStatus.PLANNED,
        )
        .order_by(FollowUp.due_on, Remedy.id)
    )
    return tuple(PlannedGift(*values) for values in query.tuples())


def given_to(customer_id: int) -> list[Remedy]:
    """Return the remedies that count as gifts, the newest first; call inside `reading()`."""
    given = Remedy.kind.in_(list(KINDS)) | Remedy.item.is_null(is_null=False)
    query = Remedy.select().where(
        Remedy.customer == customer_id, given, Remedy.status.in_(list(remedies.GIVEN))
    )
    return list(query.order_by(Remedy.id.desc()))


def _suiting(row: Customer, given: list[Remedy], budget: int | None) -> tuple[GiftIdea, ...]:
    likes = _stems(row.likes)
    items = (
        CatalogueItem.select()
        .where(
            CatalogueItem.kind.in_(list(KINDS)),
            ~CatalogueItem.retired,
            CatalogueItem.stock.is_null() | (CatalogueItem.stock > 0),
        )
        .order_by(CatalogueItem.position, CatalogueItem.id)
    )
    found = []
    for item in items:
        value = item.value_cents if item.value_cents is not None else budget or 0
        cost = cost_for(item, value)
        if (budget is not None and cost > budget) or given_before(
            given, item.id, item.name
        ) is not None:
            continue
        matches = len(likes & _stems(f"{item.name} {item.terms} {item.offer_words}"))
        idea = GiftIdea(
            item.id, item.name, value, cost, item.terms, item.stock, liked=bool(matches)
        )
        found.append((matches, idea))
    return tuple(idea for _matches, idea in sorted(found, key=lambda one: -one[0]))


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", name_key(text))
    return frozenset(word[:STEM] for word in words if len(word) >= SHORTEST_LIKE)


def cost_for(item: CatalogueItem, value_cents: int) -> int:
    """Return what something of the catalogue costs the shop, in minor units."""
    return cost_of(value_cents, cost_cents=item.cost_cents, cost_percent=item.cost_percent)


def given_before(given: list[Remedy], item_id: int | None, words: str) -> Remedy | None:
    """Return the remedy by which they were given the same before, or None."""
    key = name_key(words)
    for one in given:
        if (item_id is not None and one.item_id == item_id) or name_key(one.words) == key:
            return one
    return None
