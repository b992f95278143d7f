"""First start: what a new shop is asked, and the presets it begins with."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from recoverydesk.domain.case import Severity
from recoverydesk.domain.names import name_key, tidy_name
from recoverydesk.domain.opening_hours import OpeningHours, parse_day
from recoverydesk.domain.playbook import steps_to_json
from recoverydesk.domain.severity import first_contact_hours_to_json
from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError
from recoverydesk.records import record
from recoverydesk.services.pictures import checked_picture
from recoverydesk.services.presets import (
    CataloguePreset,
    ShopPreset,
    playbook_presets,
    preset_cents,
    shop_preset,
)
from recoverydesk.services.shop import country_of
from recoverydesk.storage import tables
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic

LETTER_PAPER = frozenset({"US", "CA", "MX", "CL", "CO", "VE", "PH", "GT", "CR", "PA", "DO", "SV"})
"""Countries that print on US Letter; everybody else prints on A4."""


@record
class ShopSetup:
    """What first start asks; every part can be left as it is and changed later."""

    name: str = ""
    kind: ShopKind = ShopKind.SHOP
    currency: str = ""
    """ISO 4217; empty takes the country's own."""
    locale: str = "en_GB"
    paper: str = ""
    """a4 or letter; empty takes the country's own."""
    time_zone: str = "UTC"
    owner: str = ""
    tagline: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    legal_line: str = ""
    logo: bytes | None = None
    signature: bytes | None = None
    practice: bool = False


def usual_paper(locale: str) -> str:
    """Return the paper that this locale's country prints on."""
    return "letter" if country_of(locale) in LETTER_PAPER else "a4"


def usual_currency(locale: str) -> str:
    """Return the currency that this locale's country pays with; EUR where unknown."""
    from babel.core import get_global  # noqa: PLC0415 - start-up doesn't pay for it

    for code, _start, end, tender in get_global("territory_currencies").get(country_of(locale), ()):
        if tender and end is None:
            return str(code)
    return "EUR"


def set_up(desk: Desk, setup: ShopSetup, *, now: datetime) -> None:
    """Set the shop up with the presets of its kind: causes, remedies, playbooks, letters.

    Raises:
        InvalidEntryError: currency, locale, paper, time zone, logo or signature can't be taken.
        NotAllowedError: the desk has a shop already.
    """
    locale = checked_locale(setup.locale)
    currency = checked_currency(setup.currency or usual_currency(locale))
    paper = setup.paper or usual_paper(locale)
    if paper not in {"a4", "letter"}:
        raise InvalidEntryError("paper", "Paper is either a4 or letter.")
    preset = shop_preset(setup.kind)
    week = tuple(parse_day(typed) for typed in preset.hours)
    hours = OpeningHours(week, frozenset(), checked_zone(setup.time_zone))
    pictures = {
        field: checked_picture(content, field=field)
        for field, content in (("logo", setup.logo), ("signature", setup.signature))
        if content is not None
    }
    with desk.changing(Topic.EVERYTHING, "Set up the shop", undoable=False):
        if tables.Shop.select().exists():
            raise NotAllowedError("This desk has a shop already.", advice="Nothing was changed.")
        hashes = {
            field: desk.keep_blob(content, media) for field, (content, media) in pictures.items()
        }
        tables.Shop.create(
            name=tidy_text(setup.name, field="name", limit=120) or "My shop",
            kind=setup.kind.value,
            tagline=tidy_text(setup.tagline, field="tagline", limit=120),
            currency=currency,
            locale=locale,
            paper=paper,
            time_zone=hours.zone.key,
            country=country_of(locale),
            address=tidy_text(setup.address, field="address", limit=400),
            phone=tidy_text(setup.phone, field="phone", limit=60),
            email=tidy_text(setup.email, field="email", limit=200),
            legal_line=tidy_text(setup.legal_line, field="legal_line", limit=200),
            logo=hashes.get("logo"),
            signature=hashes.get("signature"),
            opening_hours=hours.week_json(),
            closed_days=hours.closed_json(),
            first_contact_hours=first_contact_hours_to_json(
                {Severity(key): count for key, count in preset.first_contact_hours.items()}
            ),
            return_window_days=preset.return_window_days,
            voucher_months=preset.voucher_months,
            voucher_terms=preset.voucher_terms,
            wording=json.dumps(dict(preset.wording), ensure_ascii=False),
            practice=setup.practice,
            created_at=now,
        )
        owner = tables.Person.create(name=setup.owner.strip() and tidy_name(setup.owner))
        desk.person_id = owner.id
        _install(preset, currency=currency, now=now)


def _install(preset: ShopPreset, *, currency: str, now: datetime) -> None:
    for place, (group, under) in enumerate(preset.causes):
        parent = tables.Cause.create(name=group, name_key=name_key(group), position=place)
        for inner, name in enumerate(under):
            tables.Cause.create(
                parent=parent,
                name=name,
                name_key=name_key(name),
                position=inner,
                manners=name in preset.manners,
            )
    for place, item in enumerate(preset.catalogue):
        _install_remedy(item, place, currency=currency)
    for plan in playbook_presets():
        playbook = tables.Playbook.create(key=plan.key, name=plan.name, words=plan.words)
        tables.PlaybookVersion.create(
            playbook=playbook, version=1, steps=steps_to_json(plan.steps), made_at=now
        )


def _install_remedy(item: CataloguePreset, place: int, *, currency: str) -> None:
    def cents(typed: str) -> int | None:
        return preset_cents(typed, currency) if typed else None

    tables.CatalogueItem.create(
        kind=item.kind,
        name=item.name,
        value_cents=cents(item.value),
        cost_cents=cents(item.cost),
        cost_percent=item.cost_percent,
        terms=item.terms,
        offer_words=item.offer_words,
        months=item.months,
        position=place,
    )


def checked_locale(typed: str) -> str:
    """Return a locale as babel knows it.

    Raises:
        InvalidEntryError: there is no such locale.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - start-up doesn't pay for it

    try:
        return str(Locale.parse(typed.replace("-", "_").partition(".")[0]))
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise InvalidEntryError(
            "locale", "That language isn't known. Write it like en_GB or de_DE."
        ) from error


def usual_locale(system: str) -> str:
    """Return the system's locale, or en_GB where it has none that is known ("C", "POSIX")."""
    try:
        return checked_locale(system) if country_of(system) else "en_GB"
    except InvalidEntryError:
        return "en_GB"


def checked_currency(typed: str) -> str:
    """Return a currency code in capitals.

    Raises:
        InvalidEntryError: there is no such currency.
    """
    from babel.numbers import is_currency  # noqa: PLC0415 - start-up doesn't pay for it

    code = typed.strip().upper()
    if not is_currency(code):
        raise InvalidEntryError(
            "currency", "That currency isn't known. Write its three letters, such as EUR or GBP."
        )
    return code


def checked_zone(typed: str) -> ZoneInfo:
    """Return a time zone by its name.

    Raises:
        InvalidEntryError: there is no such zone.
    """
    try:
        return ZoneInfo(typed)
    except (OSError, ValueError, LookupError) as error:
        raise InvalidEntryError(
            "time_zone", "That time zone isn't known. Write it like Europe/London."
        ) from error


def local_zone() -> str:
    """Return the name of this computer's time zone; UTC where it can't be told."""
    from babel.localtime import get_localzone  # noqa: PLC0415 - start-up doesn't pay for it

    return str(getattr(get_localzone(), "key", None) or "UTC")
