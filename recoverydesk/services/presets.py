"""What ships with the program, read from resources: kinds of shop, playbooks, letters."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from recoverydesk.domain.money import decimals, parse_amount
from recoverydesk.domain.playbook import Plan, plan_from
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.places import RESOURCES
from recoverydesk.records import record

LETTERS = RESOURCES / "letters"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@record
class CataloguePreset:
    """A remedy that this kind of shop usually gives."""

    kind: RemedyKind
    name: str
    value: str
    """As typed, in units of the currency; empty where it depends."""
    cost: str
    cost_percent: int | None
    terms: str
    offer_words: str
    """What to say when it is offered."""
    months: int | None
    """How long it is good; None as is usual for its kind."""


@record
class ShopPreset:
    """All that a kind of shop starts with."""

    kind: ShopKind
    name: str
    hours: tuple[str, ...]
    """Monday to Sunday, as typed: "09:00-13:00, 14:00-18:00"; empty when closed."""
    first_contact_hours: Mapping[str, int]
    return_window_days: int
    causes: tuple[tuple[str, tuple[str, ...]], ...]
    """Groups, each with its causes."""
    manners: frozenset[str]
    """Those of the causes that are about how somebody was treated."""
    catalogue: tuple[CataloguePreset, ...]
    voucher_terms: str
    voucher_months: int
    ladder_base: str
    """What something generous is worth where it was our mistake; as typed, like the others."""
    wording: Mapping[str, str]


@record
class LetterPreset:
    """A letter's text as it ships: Markdown with merge fields."""

    key: str
    language: str
    tone: str
    name: str
    hint: str
    order: int
    body: str
    title: str
    """What its PDF is called, in its own language."""


def _toml(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - first start's: every other start does without

    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def shop_preset(kind: ShopKind) -> ShopPreset:
    """Return what a kind of shop starts with."""
    values = _toml(RESOURCES / "shops" / f"{kind.value}.toml")
    voucher = values.get("voucher", {})
    return ShopPreset(
        kind=kind,
        name=values["name"],
        hours=tuple(values["hours"].get(day, "") for day in WEEKDAYS),
        first_contact_hours=dict(values["first_contact_hours"]),
        return_window_days=int(values["return_window_days"]),
        causes=tuple((group["name"], tuple(group["under"])) for group in values["causes"]),
        manners=frozenset(name for group in values["causes"] for name in group.get("manners", ())),
        catalogue=tuple(_catalogue_preset(item) for item in values["catalogue"]),
        voucher_terms=voucher.get("terms", ""),
        voucher_months=int(voucher.get("valid_months", 12)),
        ladder_base=str(values["ladder"]["base"]),
        wording=dict(values.get("wording", {})),
    )


def _catalogue_preset(item: Mapping[str, Any]) -> CataloguePreset:
    percent = item.get("cost_percent")
    return CataloguePreset(
        kind=RemedyKind(item["kind"]),
        name=item["name"],
        value=str(item.get("value", "")),
        cost=str(item.get("cost", "")),
        cost_percent=None if percent is None else int(percent),
        terms=item.get("terms", ""),
        offer_words=item.get("offer_words", ""),
        months=item.get("months"),
    )


def preset_cents(typed: str, currency: str) -> int:
    """Return a preset's sum in minor units of a currency.

    Presets are written in euros and cents: 20.00 reads as 2000 where there are no cents.
    """
    plain = typed.replace(".", "") if decimals(currency) == 0 else typed
    return parse_amount(plain, currency=currency, locale="en")


@cache
def playbook_presets() -> tuple[Plan, ...]:
    """Return the playbooks that ship with the program, the longest first."""
    plans = [plan_from(_toml(path)) for path in (RESOURCES / "playbooks").glob("*.toml")]
    return tuple(sorted(plans, key=lambda plan: (-len(plan.steps), plan.key)))


@cache
def letter_presets(language: str) -> tuple[LetterPreset, ...]:
    """Return the letters that ship in a language, in the order they are offered."""
    letters = [_letter(path, language) for path in (LETTERS / language).glob("*.md")]
    return tuple(sorted(letters, key=lambda letter: (letter.order, letter.key, letter.tone)))


@cache
def letter_words(language: str) -> Mapping[str, str]:
    """Return the phrases that filling in a letter needs, by key; some have a place in braces."""
    words: Mapping[str, str] = _toml(LETTERS / language / "words.toml")["letter"]
    return words


def _letter(path: Path, language: str) -> LetterPreset:
    import tomllib  # noqa: PLC0415 - as above

    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    values = tomllib.loads(front)
    return LetterPreset(
        key=values["key"],
        language=language,
        tone=values["tone"],
        name=values["name"],
        hint=values.get("hint", ""),
        order=int(values.get("order", 0)),
        body=body.strip() + "\n",
        title=values["title"],
    )


def practice_story() -> dict[str, Any]:
    """Return the practice shop's story, as its file tells it."""
    return _toml(RESOURCES / "shops" / "practice.toml")
