"""What could be offered for a case: three proposals by the shop's own grid, and why."""

from datetime import datetime, timedelta

from recoverydesk.domain import ladder
from recoverydesk.domain.case import Fault, Severity
from recoverydesk.domain.ladder import Choice, Grid, Proposal, Setting
from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.errors import NotFoundError
from recoverydesk.services.catalogue import catalogue
from recoverydesk.services.plans import case_by_id
from recoverydesk.services.presets import preset_cents, shop_preset
from recoverydesk.services.remedies import NOT_GIVEN
from recoverydesk.services.shop import HOW_TO_BEGIN, NO_SHOP
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, Remedy, Shop
from recoverydesk.topics import Topic

Three = tuple[Proposal, Proposal, Proposal]

YEAR = timedelta(days=365)
TOPICS = Topic.SHOP | Topic.REMEDIES | Topic.CAUSES
"""What a change of the grid, and of where words come first, touches."""


def grid(desk: Desk) -> Grid:
    """Return up to what sum one may go, by how upset they are and whose fault it was.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        row = _shop()
        return ladder.grid_from_json(row.ladder, _usual(row))


def usual_grid(desk: Desk) -> Grid:
    """Return the grid as it ships for this kind of shop, in its own currency.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        return _usual(_shop())


def _shop() -> Shop:
    row: Shop | None = Shop.select(Shop.id, Shop.kind, Shop.currency, Shop.ladder).first()
    if row is None:
        raise NotFoundError(NO_SHOP, advice=HOW_TO_BEGIN)
    return row


def _usual(row: Shop) -> Grid:
    base = shop_preset(ShopKind(row.kind)).ladder_base
    return ladder.usual_grid(preset_cents(base, row.currency))


def save_grid(desk: Desk, wanted: Grid) -> None:
    """Change up to what sum one may go; squares that are left out stay.

    Raises:
        NotFoundError: first start has not been gone through.
        InvalidEntryError: a sum below zero, or generous less than small; names the sum by
            `ladder.field_of`.
    """
    ladder.checked_grid(wanted)
    with desk.changing(Topic.SHOP | Topic.REMEDIES, "Change what is fitting"):
        kept = {**grid(desk), **wanted}
        # As it ships, it goes on being what ships.
        text = "" if kept == usual_grid(desk) else ladder.grid_to_json(kept)
        Shop.update(ladder=text).execute()


def proposals(desk: Desk, case_id: int, *, now: datetime) -> Three:
    """Return three things that could be offered, what fits first and the cheapest of it on top.

    Args:
        desk: the open desk.
        case_id: the case to make right.
        now: this moment (UTC): what they were given lately counts back from here.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.reading():
        case = case_by_id(case_id)
        setting = Setting(
            severity=Severity(case.severity),
            fault=Fault(case.fault),
            manners=_about_manners(case),
            again=bool(case.alarm),
            cases_lately=_cases_lately(case, now=now),
        )
        choices = [
            Choice(
                item_id=one.item_id,
                kind=one.kind,
                name=one.name,
                value_cents=one.value_cents,
                cost_cents=one.cost_cents,
                cost_percent=one.cost_percent,
            )
            for one in catalogue(desk)
            if one.stock is None or one.stock > 0
        ]
        square = grid(desk)[setting.severity, setting.fault]
        return ladder.propose(setting, square, choices)


def _about_manners(case: Case) -> bool:
    """Say whether the cause of a case, or the group it is in, is about how they were treated."""
    if case.cause_id is None:
        return False
    cause = Cause.get_by_id(case.cause_id)
    if cause.manners or cause.parent_id is None:
        return bool(cause.manners)
    return bool(Cause.get_by_id(cause.parent_id).manners)


def _cases_lately(case: Case, *, now: datetime) -> int:
    """Return for how many other cases the customer was given something within a year.

    A gift card that they bought has no case: it is no goodwill.
    """
    lately = (Remedy.customer == case.customer_id) & (Remedy.created_at >= now - YEAR)
    given = (Remedy.case != case.id) & Remedy.status.not_in(list(NOT_GIVEN))
    return int(Remedy.select(Remedy.case).where(lately, given).distinct().count())


def set_fault(desk: Desk, case_id: int, fault: Fault) -> None:
    """Write down whose fault it was, as far as is known.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.changing(Topic.CASES, "Whose fault it was") as change:
        case = case_by_id(case_id)
        change.say(f"Whose fault it was: {case.number}")
        case.fault = fault
        case.save(only=case.dirty_fields)


def set_manners(desk: Desk, cause_id: int, *, manners: bool) -> None:
    """Say whether a cause is about how they were treated: then words come before all that costs.

    Raises:
        NotFoundError: the cause is no longer on the desk.
    """
    words = "Words come first" if manners else "Words come first no longer"
    with desk.changing(Topic.CAUSES | Topic.REMEDIES, words) as change:
        row = Cause.get_or_none(Cause.id == cause_id)
        if row is None:
            raise NotFoundError("That cause is no longer on the desk.")
        change.say(f"{words}: {row.name}")
        row.manners = manners
        row.save(only=row.dirty_fields)


def manners(desk: Desk) -> frozenset[int]:
    """Return the ids of the causes that are about how somebody was treated."""
    with desk.reading():
        return frozenset(one[0] for one in Cause.select(Cause.id).where(Cause.manners).tuples())
