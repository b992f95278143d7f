"""Gift certificates: a voucher on paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from recoverydesk.documents import pdfium
from recoverydesk.domain.days import day_plain
from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.language import known_language
from recoverydesk.domain.merge_fields import escaped
from recoverydesk.domain.money import format_money
from recoverydesk.domain.voucher import VoucherKind, VoucherStatus, shown_code
from recoverydesk.errors import InvalidEntryError, NotAllowedError
from recoverydesk.services import shop, voucher_views
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.papers import Paper
from recoverydesk.services.shop import ShopView
from recoverydesk.services.voucher_register import BALANCE, INITIAL
from recoverydesk.services.vouchers import KIND_WORDS
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer, Remedy, Voucher

if TYPE_CHECKING:
    from recoverydesk.documents.gift_certificate import GiftCertificate

HEADINGS = {
    VoucherKind.GOODWILL_CERTIFICATE: "gift_certificate",
    VoucherKind.GIFT_CARD: "gift_card",
    VoucherKind.COUPON: "coupon",
    VoucherKind.STORE_CREDIT: "store_credit",
}
"""Which of the papers' words each kind is called."""


def _language_of(row: Voucher, view: ShopView) -> str:
    tag = Customer.select(Customer.language).where(Customer.id == row.customer_id).scalar()
    return known_language(tag or "") or view.language


def value(desk: Desk, voucher_id: int, view: ShopView, language: str = "") -> "GiftCertificate":
    """Return what a voucher's certificate says; call inside `reading()`.

    It is worth what is left on it: a part-used one says so ("£5", "of £25").

    Args:
        desk: the open desk.
        voucher_id: which one.
        view: the shop.
        language: of the paper; empty takes the customer's where we write it, else the shop's.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.gift_certificate import GiftCertificate  # noqa: PLC0415 - start-up doesn't pay for it
    from recoverydesk.documents.wording import wording  # noqa: PLC0415 - as above

    row = Voucher.get_by_id(voucher_id)
    language = language or _language_of(row, view)
    words = wording(language)
    issued, left = Voucher.select(INITIAL, BALANCE).where(Voucher.id == row.id).tuples().get()
    usual = getattr(words, HEADINGS[VoucherKind(row.kind)])
    given = Remedy.select(Remedy.words).where(Remedy.id == row.remedy_id).scalar()
    spoken = shop.paper_locale(language, view)
    first, now_worth = (
        format_money(cents, currency=view.currency, locale=spoken, short=True)
        for cents in (issued, left)
    )
    note = words.of_amount.format(amount=first) if left < issued else given
    sender = view.name
    if view.owner:
        sender = words.everyone.format(owner=view.owner, shop=view.name)
    return GiftCertificate(
        letterhead=letterhead(desk, view),
        heading=usual,
        value_words=now_worth,
        value_note="" if note in {usual, KIND_WORDS[VoucherKind(row.kind)]} else note,
        recipient=row.recipient,
        sender=sender,
        message=row.message or words.second_chance,
        code_shown=shown_code(row.code),
        code=row.code,
        use_by_words="" if row.valid_to is None else day_plain(row.valid_to, spoken),
        terms=row.terms,
        language=language,
    )


def paper(desk: Desk, code: str, *, now: datetime) -> Paper:
    """Return a voucher's certificate, ready to leave the shop.

    Raises:
        InvalidEntryError, NotFoundError: there is no such code.
        NotAllowedError: the voucher is void, used up or replaced.
    """
    from recoverydesk.documents.gift_certificate import draw  # noqa: PLC0415 - start-up doesn't pay for it

    found = voucher_views.look_up(desk, code, now=now)
    if found.status not in {VoucherStatus.ACTIVE, VoucherStatus.PART_USED}:
        raise NotAllowedError(f"This voucher can't be printed any more. {found.why_not}")
    with desk.reading():
        view = shop.view(desk)
        certificate = value(desk, found.voucher_id, view)
        content = draw([certificate])
        day = view.hours.day_of(now)
    return Paper(
        kind=DocumentKind.CERTIFICATE,
        title=f"{KIND_WORDS[found.kind]} for {found.recipient}",
        file_name=safe_name(f"{day.isoformat()} {KIND_WORDS[found.kind]} {found.recipient}"),
        content=content,
        pages=count_pages(content),
        text=_message(certificate),
        case_id=found.case_id,
        customer_id=found.customer_id,
        voucher_id=found.voucher_id,
    )


def _message(certificate: "GiftCertificate") -> str:
    """Return what an e-mail with the certificate says, as Markdown."""
    from recoverydesk.documents.wording import wording  # noqa: PLC0415 - start-up doesn't pay for it

    words = wording(certificate.language)
    told = [f"{certificate.heading}, {certificate.value_words}", certificate.message]
    told.append(f"{words.code}: {certificate.code_shown}")
    if certificate.use_by_words:
        told.append(f"{words.use_by} {certificate.use_by_words}")
    told.append(certificate.terms)
    return "\n\n".join(map(escaped, filter(None, told)))


def sheet(desk: Desk, codes: Sequence[str], *, per_page: int = 3, now: datetime) -> Paper:
    """Return several vouchers' certificates, to be cut apart.

    Args:
        desk: the open desk.
        codes: at least one, in the order to print.
        per_page: 1, 2 or 3 on a page.
        now: this moment (UTC); the file's name carries its day.

    Raises:
        InvalidEntryError, NotFoundError: there is no such code, or no code at all.
        NotAllowedError: a voucher is void, used up or replaced.
    """
    from recoverydesk.documents.gift_certificate import draw  # noqa: PLC0415 - start-up doesn't pay for it

    if not codes:
        raise InvalidEntryError("codes", "There is no voucher to print.")
    single = [paper(desk, code, now=now) for code in codes]
    ids = tuple(one.voucher_id for one in single if one.voucher_id is not None)
    with desk.reading():
        view = shop.view(desk)
        values = [value(desk, voucher_id, view) for voucher_id in ids]
        content = draw(values, 1 if per_page == 1 else 2 if per_page == 2 else 3)  # noqa: PLR2004 - as the paper's parts
        day = view.hours.day_of(now)
    title = f"{len(single)} gift certificates" if len(single) > 1 else single[0].title
    whose = {one.customer_id for one in single}
    cases = {one.case_id for one in single}
    return Paper(
        kind=DocumentKind.CERTIFICATE,
        title=title,
        file_name=safe_name(f"{day.isoformat()} {title}"),
        content=content,
        pages=count_pages(content),
        case_id=cases.pop() if len(cases) == 1 else None,
        customer_id=whose.pop() if len(whose) == 1 else None,
        voucher_ids=ids,
    )


def count_pages(content: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2  # noqa: PLC0415 - start-up doesn't pay for it

    with pdfium.LOCK, pypdfium2.PdfDocument(content) as document:
        return len(document)
