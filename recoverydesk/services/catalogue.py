"""What the shop gives to make amends: what each is worth to the customer, and what it costs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recoverydesk.domain.names import name_key
from recoverydesk.domain.remedy import RemedyKind, cost_of
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import CatalogueItem
from recoverydesk.topics import Topic

if TYPE_CHECKING:
    from recoverydesk.services.remedies import RemedyEntry

TOPICS = Topic.REMEDIES | Topic.SHOP
"""The printed policy names what can be given, and so what it says moves on with it."""
MOST_PERCENT = 100
MOST_MONTHS = 120
MOST_STOCK = 100_000
GONE = "That is no longer among what you give."


@record
class CatalogueView:
    """Something the shop gives, with what it is worth and what it costs."""

    item_id: int
    kind: RemedyKind
    name: str
    value_cents: int | None
    cost_cents: int | None
    cost_percent: int | None
    terms: str
    offer_words: str = ""
    """What to say when it is offered."""
    months: int | None = None
    """How long it is good; 0 for ever, None as is usual for its kind."""
    stock: int | None = None
    """How many are left; None where nobody counts."""
    retired: bool = False

    def cost_for(self, value_cents: int) -> int:
        """Return what giving it costs the shop, in minor units."""
        return cost_of(value_cents, cost_cents=self.cost_cents, cost_percent=self.cost_percent)


@record
class ItemEntry:
    """Something the shop gives, as it is typed."""

    kind: RemedyKind
    name: str
    value_cents: int | None = None
    """None: it depends."""
    cost_cents: int | None = None
    """A fixed sum; None where a share says it, or where it costs what it is worth."""
    cost_percent: int | None = None
    """The share of its worth that the shop pays itself."""
    terms: str = ""
    offer_words: str = ""
    months: int | None = None
    stock: int | None = None

    def cost_for(self, value_cents: int) -> int:
        """Return what giving it costs the shop, in minor units."""
        return cost_of(value_cents, cost_cents=self.cost_cents, cost_percent=self.cost_percent)


def catalogue(desk: Desk, *, also_retired: bool = False) -> tuple[CatalogueView, ...]:
    """Return what the shop usually gives, in its order."""
    with desk.reading():
        query = CatalogueItem.select().order_by(CatalogueItem.position, CatalogueItem.id)
        if not also_retired:
            query = query.where(~CatalogueItem.retired)
        return tuple(_view(row) for row in query)


def _view(row: CatalogueItem) -> CatalogueView:
    return CatalogueView(
        item_id=row.id,
        kind=RemedyKind(row.kind),
        name=row.name,
        value_cents=row.value_cents,
        cost_cents=row.cost_cents,
        cost_percent=row.cost_percent,
        terms=row.terms,
        offer_words=row.offer_words,
        months=row.months,
        stock=row.stock,
        retired=row.retired,
    )


def usual_cost(entry: "RemedyEntry") -> int:
    """Return what a remedy costs: as typed, as the catalogue has it, else its full value.

    Call inside `reading()` or `changing()`.

    Raises:
        NotFoundError: what it is of the catalogue is no longer on the desk.
    """
    if entry.cost_cents is not None:
        return entry.cost_cents
    if entry.kind is RemedyKind.APOLOGY_ONLY:
        return 0
    if entry.item_id is not None:
        return _view(_item(entry.item_id)).cost_for(entry.value_cents)
    row = (
        CatalogueItem.select()
        .where(CatalogueItem.kind == entry.kind, ~CatalogueItem.retired)
        .order_by(CatalogueItem.position)
        .first()
    )
    percent = None if row is None else row.cost_percent
    return cost_of(entry.value_cents, cost_cents=None, cost_percent=percent)


def remark(entry: ItemEntry) -> str:
    """Return what the owner had better know of an entry that can be taken; empty for nothing."""
    if entry.value_cents is None:
        return ""
    if entry.cost_for(entry.value_cents) > entry.value_cents:
        return "It costs you more than it is worth to them. Would money be simpler?"
    return ""


def save(desk: Desk, item_id: int | None, entry: ItemEntry) -> int:
    """Save something the shop gives; what was given before stays as it was.

    Args:
        desk: the open desk.
        item_id: what is changed; None adds it at the end.
        entry: as it is typed.

    Returns:
        The item's id.

    Raises:
        NotFoundError: it is no longer on the desk.
        InvalidEntryError: no name or one that is there already, a sum below zero, two ways to
            say what it costs, a share above 100 %, words that have a price, months or a stock
            out of range, or too many words.
    """
    values = _checked(entry)
    words = "Add to what you give" if item_id is None else "Change what you give"
    with desk.changing(TOPICS, words) as change:
        change.say(f"{words}: {values['name']}")
        row = None if item_id is None else _item(item_id)
        _refuse_twice(str(values["name"]), but=item_id)
        if row is None:
            last = CatalogueItem.select().order_by(CatalogueItem.position.desc()).first()
            place = 0 if last is None else last.position + 1
            return int(CatalogueItem.create(position=place, **values).id)
        for field, value in values.items():
            setattr(row, field, value)
        row.save(only=row.dirty_fields)
        return int(row.id)


def _checked(entry: ItemEntry) -> dict[str, object]:
    name = tidy_text(
        entry.name, field="name", limit=120, required=True, message="What do you call it?"
    )
    _check_sums(entry)
    _check_counts(entry)
    only_words = entry.kind is RemedyKind.APOLOGY_ONLY
    return {
        "kind": entry.kind,
        "name": name,
        "value_cents": None if only_words else entry.value_cents,
        "cost_cents": 0 if only_words else entry.cost_cents,
        "cost_percent": None if only_words else entry.cost_percent,
        "terms": tidy_text(entry.terms, field="terms", limit=500),
        "offer_words": tidy_text(entry.offer_words, field="offer_words", limit=500),
        "months": entry.months,
        "stock": entry.stock,
    }


def _check_sums(entry: ItemEntry) -> None:
    for field, cents in (("value", entry.value_cents), ("cost", entry.cost_cents)):
        if (cents or 0) < 0:
            raise InvalidEntryError(field, "An amount can't be below zero.")
        if cents and entry.kind is RemedyKind.APOLOGY_ONLY:
            raise InvalidEntryError(
                field, "Words have no price.", advice="Leave this empty, or choose another kind."
            )
    if entry.cost_percent is None:
        return
    if entry.cost_cents is not None:
        raise InvalidEntryError("cost", "Say what it costs as a sum or as a share, not as both.")
    if not 0 <= entry.cost_percent <= MOST_PERCENT:
        raise InvalidEntryError(
            "cost_percent",
            "The share can be 0 to 100 %.",
            advice="If it costs you more than it is worth, write the sum instead.",
        )


def _check_counts(entry: ItemEntry) -> None:
    if entry.months is not None and not 0 <= entry.months <= MOST_MONTHS:
        raise InvalidEntryError("months", "Choose up to ten years, or 0 for ever.")
    if entry.stock is not None and not 0 <= entry.stock <= MOST_STOCK:
        raise InvalidEntryError("stock", "How many are there? Write a number from 0 to 100,000.")


def _refuse_twice(name: str, *, but: int | None) -> None:
    key = name_key(name)
    for row in CatalogueItem.select().where(~CatalogueItem.retired):
        if row.id != but and name_key(row.name) == key:
            raise InvalidEntryError("name", f"You give something called “{row.name}” already.")


def _item(item_id: int) -> CatalogueItem:
    found: CatalogueItem | None = CatalogueItem.get_or_none(CatalogueItem.id == item_id)
    if found is None:
        raise NotFoundError(GONE)
    return found


def retire(desk: Desk, item_id: int, *, retired: bool = True) -> None:
    """Give something no longer, or again; whoever was given it keeps it.

    Raises:
        NotFoundError: it is no longer on the desk.
        InvalidEntryError: meanwhile something else has its name.
    """
    with desk.changing(TOPICS, "Give it no longer" if retired else "Give it again") as change:
        row = _item(item_id)
        if not retired:
            _refuse_twice(row.name, but=row.id)
        change.say(f"{'No longer given' if retired else 'Given again'}: {row.name}")
        row.retired = retired
        row.save(only=row.dirty_fields)


def arrange(desk: Desk, item_ids: Sequence[int]) -> None:
    """Put what the shop gives into another order; what isn't named comes after.

    Raises:
        NotFoundError: one of them is no longer on the desk.
    """
    with desk.changing(TOPICS, "Arrange what you give"):
        rows = list(CatalogueItem.select().order_by(CatalogueItem.position, CatalogueItem.id))
        known = {row.id: row for row in rows}
        if not known.keys() >= set(item_ids):
            raise NotFoundError(GONE)
        named = [known[item_id] for item_id in dict.fromkeys(item_ids)]
        ordered = [*named, *(row for row in rows if row not in named)]
        for place, row in enumerate(ordered):
            row.position = place
            row.save(only=row.dirty_fields)


def add_stock(desk: Desk, item_id: int, count: int) -> int:
    """Note that more of a gift have come in; from now on they are counted.

    Returns:
        How many there are now.

    Raises:
        NotFoundError: it is no longer on the desk.
        InvalidEntryError: none came in, or far too many.
    """
    with desk.changing(TOPICS, "Add to the stock") as change:
        row = _item(item_id)
        change.say(f"Add to the stock: {row.name}")
        total = (row.stock or 0) + count
        if count < 1 or total > MOST_STOCK:
            raise InvalidEntryError("stock", "How many came in? Write a number from 1 up.")
        row.stock = total
        row.save(only=row.dirty_fields)
        return int(total)


def take_from_stock(item_id: int | None) -> None:
    """Take one of something that is counted; call inside `changing()`.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: none is left.
    """
    if item_id is None:
        return
    item = _item(item_id)
    if item.stock is None:
        return
    # In one statement, so that two windows never give away the same last one.
    taken = (
        CatalogueItem.update(stock=CatalogueItem.stock - 1)
        .where(CatalogueItem.id == item.id, CatalogueItem.stock > 0)
        .execute()
    )
    if not taken:
        raise NotAllowedError(
            f"There is none left: {item.name}.",
            advice="Choose something else, or correct how many there are. Nothing was given.",
        )
