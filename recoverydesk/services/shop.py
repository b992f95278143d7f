"""The shop itself: its name, its hours, what its paper says."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from recoverydesk.domain.case import Severity
from recoverydesk.domain.money import decimals, parse_amount
from recoverydesk.domain.names import name_key, tidy_name
from recoverydesk.domain.opening_hours import OpeningHours, parse_day
from recoverydesk.domain.playbook import steps_to_json
from recoverydesk.domain.severity import (
    first_contact_hours_from_json,
    first_contact_hours_to_json,
)
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import opening
from recoverydesk.services.pictures import checked_picture
from recoverydesk.services.plans import settle_all
from recoverydesk.services.presets import (
    CataloguePreset,
    LetterPreset,
    ShopKind,
    ShopPreset,
    letter_presets,
    playbook_presets,
    shop_preset,
)
from recoverydesk.storage import tables
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic

LETTER_PAPER = frozenset({"US", "CA", "MX", "CL", "CO", "VE", "PH", "GT", "CR", "PA", "DO", "SV"})
"""Countries that print on US Letter; everybody else prints on A4."""

HOURS_TOPICS = Topic.SHOP | Topic.CASES | Topic.FOLLOW_UPS

hours_of_shop = opening.hours_of_shop


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


@record
class ShopView:
    """The shop as pages and papers need it."""

    name: str
    kind: ShopKind
    tagline: str
    currency: str
    locale: str
    paper: str
    country: str
    address: str
    phone: str
    email: str
    legal_line: str
    accent: str
    owner: str
    """Who signs the letters."""
    practice: bool
    hours: OpeningHours
    first_contact_hours: Mapping[Severity, int]
    return_window_days: int
    voucher_months: int
    voucher_terms: str
    goodwill_budget_cents: int | None
    logo_hash: str | None
    signature_hash: str | None


def country_of(locale: str) -> str:
    """Return the country in a locale such as de_AT, or an empty string."""
    parts = locale.replace("-", "_").split("_")
    return next((part for part in parts[1:] if len(part) == len("GB") and part.isupper()), "")


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


PAPER_LANGUAGE = "en"
"""What certificates and checklists speak; letters speak their template's language."""


def paper_locale(language: str, view: ShopView) -> str:
    """Return the locale that a paper's days and amounts are written in.

    The shop's own where it speaks the letter's language; else the language as written in the
    shop's country, where that is known: an English letter from Germany has "22 November 2026".
    """
    from babel import localedata  # noqa: PLC0415 - start-up doesn't pay for it

    if view.locale.partition("_")[0] == language:
        return view.locale
    there = f"{language}_{view.country}"
    return there if localedata.exists(there) else language


def is_set_up(desk: Desk) -> bool:
    """Say whether first start has been gone through."""
    with desk.reading():
        return bool(tables.Shop.select().exists())


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
            tables.Cause.create(parent=parent, name=name, name_key=name_key(name), position=inner)
    for place, item in enumerate(preset.catalogue):
        _install_remedy(item, place, currency=currency)
    for plan in playbook_presets():
        playbook = tables.Playbook.create(key=plan.key, name=plan.name, words=plan.words)
        tables.PlaybookVersion.create(
            playbook=playbook, version=1, steps=steps_to_json(plan.steps), made_at=now
        )
    for letter in letter_presets():
        _install_letter(letter)


def _install_letter(letter: LetterPreset) -> None:
    tables.LetterTemplate.create(
        key=letter.key,
        language=letter.language,
        tone=letter.tone,
        name=letter.name,
        hint=letter.hint,
        body=letter.body,
    )


def _install_remedy(item: CataloguePreset, place: int, *, currency: str) -> None:
    def cents(typed: str) -> int | None:
        return parse_amount(typed, currency=currency, locale="en") if typed else None

    tables.CatalogueItem.create(
        kind=item.kind,
        name=item.name,
        value_cents=cents(_rounded(item.value, currency)),
        cost_cents=cents(_rounded(item.cost, currency)),
        cost_percent=item.cost_percent,
        terms=item.terms,
        position=place,
    )


def _rounded(typed: str, currency: str) -> str:
    """Presets are written in euros and cents: 20.00 reads as 2000 where there are no cents."""
    return typed.replace(".", "") if decimals(currency) == 0 else typed


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


def _row() -> tables.Shop:
    row: tables.Shop | None = tables.Shop.select().first()
    if row is None:
        raise NotFoundError(
            "This desk has no shop yet.", advice="Open the window once, or run: recoverydesk init"
        )
    return row


def view(desk: Desk) -> ShopView:
    """Return the shop.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    with desk.reading():
        row = _row()
        owner = (
            tables.Person.select(tables.Person.name)
            .where(tables.Person.role == "owner")
            .order_by(tables.Person.id)
            .scalar()
        )
        return ShopView(
            name=row.name,
            kind=ShopKind(row.kind),
            tagline=row.tagline,
            currency=row.currency,
            locale=row.locale,
            paper=row.paper,
            country=row.country,
            address=row.address,
            phone=row.phone,
            email=row.email,
            legal_line=row.legal_line,
            accent=row.accent,
            owner=owner or "",
            practice=row.practice,
            hours=OpeningHours.from_json(row.opening_hours, row.closed_days, row.time_zone),
            first_contact_hours=first_contact_hours_from_json(row.first_contact_hours),
            return_window_days=row.return_window_days,
            voucher_months=row.voucher_months,
            voucher_terms=row.voucher_terms,
            goodwill_budget_cents=row.goodwill_budget_cents,
            logo_hash=row.logo_id,
            signature_hash=row.signature_id,
        )


EDITABLE = ("name", "tagline", "address", "phone", "email", "legal_line", "voucher_terms")


def change(desk: Desk, *, owner: str | None = None, **texts: str) -> None:
    """Change what the shop's paper says.

    Args:
        desk: the open desk.
        owner: who signs the letters.
        texts: any of `EDITABLE`.

    Raises:
        InvalidEntryError: a text is too long, or the shop would have no name.
    """
    unknown = set(texts) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not a text of the shop: {sorted(unknown)}")
    tidy = {field: tidy_text(text, field=field, limit=400) for field, text in texts.items()}
    if "name" in tidy and not tidy["name"]:
        raise InvalidEntryError("name", "The shop needs a name; letters begin with it.")
    with desk.changing(Topic.SHOP, "Change what the shop's paper says"):
        if tidy:
            tables.Shop.update(tidy).execute()
        if owner is not None:
            tables.Person.update(name=owner.strip() and tidy_name(owner)).where(
                tables.Person.id == _owner_id()
            ).execute()


def _owner_id() -> int:
    return int(
        tables.Person.select(tables.Person.id)
        .where(tables.Person.role == "owner")
        .order_by(tables.Person.id)
        .scalar()
    )


def set_picture(desk: Desk, which: str, content: bytes | None) -> None:
    """Set or take away the logo or the signature.

    Args:
        desk: the open desk.
        which: "logo" or "signature".
        content: a PNG, JPEG or WebP file's bytes; None takes it away.

    Raises:
        InvalidEntryError: it is no picture.
    """
    picture = None if content is None else checked_picture(content, field=which)
    with desk.changing(Topic.SHOP, f"Change the {which}"):
        kept = None if picture is None else desk.keep_blob(*picture)
        tables.Shop.update({which: kept}).execute()


def set_hours(desk: Desk, typed: Mapping[int, str]) -> None:
    """Change the opening hours of some weekdays; what open cases have to do is dated anew.

    Args:
        desk: the open desk.
        typed: weekday (0 is Monday) to text such as "09:00-13:00, 14:00-18:00"; empty is closed.

    Raises:
        InvalidEntryError: the text can't be read, or no day would be open.
    """
    with desk.changing(HOURS_TOPICS, "Change the opening hours"):
        hours = hours_of_shop()
        week = tuple(
            parse_day(typed[day]) if day in typed else spans for day, spans in enumerate(hours.week)
        )
        _keep_hours(desk, hours, OpeningHours(week, hours.closed, hours.zone))


def set_closed_days(desk: Desk, days: Sequence[date]) -> None:
    """Say on which days the shop stays closed: holidays; open cases are dated anew.

    Args:
        desk: the open desk.
        days: all of them; a day that is left out is open again.
    """
    with desk.changing(HOURS_TOPICS, "Change the days we are closed"):
        hours = hours_of_shop()
        _keep_hours(desk, hours, OpeningHours(hours.week, frozenset(days), hours.zone))


def _keep_hours(desk: Desk, before: OpeningHours, after: OpeningHours) -> None:
    tables.Shop.update(opening_hours=after.week_json(), closed_days=after.closed_json()).execute()
    for case in tables.Case.select().where(
        tables.Case.first_contact_at.is_null(), tables.Case.status.in_(list(OPEN_STATUSES))
    ):
        promised = before.open_time_between(case.opened_at, case.first_contact_due_at)
        case.first_contact_due_at = after.add_open_time(case.opened_at, promised)
        case.save(only=case.dirty_fields)
    settle_all(now=desk.clock(), hours=after)
