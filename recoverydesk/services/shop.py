"""The shop itself, as pages and papers need it: its name, its hours, what its paper says."""

from collections.abc import Mapping

from recoverydesk.domain.case import Severity
from recoverydesk.domain.envelope import Envelope
from recoverydesk.domain.language import LANGUAGES, known_language
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.severity import first_contact_hours_from_json
from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.errors import NotFoundError
from recoverydesk.records import record
from recoverydesk.storage import tables
from recoverydesk.storage.desk import Desk

NO_SHOP = "This desk has no shop yet."
HOW_TO_BEGIN = "Open the window once, or run: recoverydesk init"


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
    envelope: Envelope
    typeface: str
    """The letters' type: serif or sans."""
    fold_marks: bool
    admits_fault: bool
    """Whether letters say that it was our fault."""

    @property
    def language(self) -> str:
        """What papers speak that are nobody's in particular: the shop's, where we know it."""
        return known_language(self.locale) or LANGUAGES[0]


def country_of(locale: str) -> str:
    """Return the country in a locale such as de_AT, or an empty string."""
    parts = locale.replace("-", "_").split("_")
    return next((part for part in parts[1:] if len(part) == len("GB") and part.isupper()), "")


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


def hours_of_shop() -> OpeningHours:
    """Return the shop's opening hours; call inside `reading()` or `changing()`.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    columns = tables.Shop.opening_hours, tables.Shop.closed_days, tables.Shop.time_zone
    row = tables.Shop.select(*columns).tuples().first()
    if row is None:
        raise NotFoundError(NO_SHOP, advice=HOW_TO_BEGIN)
    return OpeningHours.from_json(*row)


def _row() -> tables.Shop:
    row: tables.Shop | None = tables.Shop.select().first()
    if row is None:
        raise NotFoundError(NO_SHOP, advice=HOW_TO_BEGIN)
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
            envelope=Envelope(row.envelope),
            typeface=row.typeface,
            fold_marks=row.fold_marks,
            admits_fault=row.admits_fault,
        )
