"""Slips: "we have heard you", at once; and vouchers for the till's own printer.

That a slip went out is noted as a contact by `papers`.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from recoverydesk.domain.case import Channel, Severity
from recoverydesk.domain.contact import Way
from recoverydesk.domain.days import day_long
from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.language import known_language
from recoverydesk.domain.merge_fields import escaped
from recoverydesk.errors import InvalidEntryError, NotAllowedError
from recoverydesk.services import certificates, contacts, shop
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.papers import ACKNOWLEDGEMENT, Paper
from recoverydesk.services.plans import case_by_id, utc
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer

if TYPE_CHECKING:
    from recoverydesk.documents.wording import Wording

_AND_WHEN = ", and by when they hear from us."
SIZES = ("a6", "a5", "roll")


def acknowledgement(desk: Desk, case_id: int, *, size: str = "a6", now: datetime) -> Paper:
    """Return what an unhappy customer takes along: the number, and by when they hear from us.

    Args:
        desk: the open desk.
        case_id: the case.
        size: one of `SIZES`; "roll" is 80 mm wide and as long as its words.
        now: this moment (UTC); the file's name carries its day.

    Raises:
        InvalidEntryError: there is no such size.
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it is closed.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.slip import Acknowledgement, draw_acknowledgement  # noqa: PLC0415 - start-up doesn't pay for it
    from recoverydesk.documents.wording import wording  # noqa: PLC0415 - as above

    if size not in SIZES:
        raise InvalidEntryError("size", f"A slip comes as {', '.join(SIZES)}.")
    with desk.reading():
        case = case_by_id(case_id)
        if case.closed_at is not None:
            raise NotAllowedError("This case is closed, so there is nothing left to promise.")
        customer = Customer.get_by_id(case.customer_id)
        view = shop.view(desk)
        language = known_language(customer.language) or view.language
        promised_at, timed = _until(case, view, now)
        local = promised_at.astimezone(view.hours.zone)
        day_words = day_long(local.date(), shop.paper_locale(language, view))
        hour = f"{local:%H:%M}" if timed else ""
        if customer.do_not_contact:  # they get the number to come back with, and no promise
            day_words, hour = "", ""
        content = draw_acknowledgement(
            Acknowledgement(
                letterhead=letterhead(desk, view),
                customer=customer.name,
                problem=case.summary,
                number=case.number,
                until_words=day_words,
                until_hour=hour,
                contact=view.owner,
                language=language,
            ),
            size,  # type: ignore[arg-type]  # one of SIZES
        )
    day = view.hours.day_of(now).isoformat()
    return Paper(
        kind=DocumentKind.SLIP,
        title=f"Slip for {customer.name}",
        file_name=safe_name(f"{day} Slip {customer.name}"),
        content=content,
        pages=1,
        text=_message(wording(language), case.number, ", ".join(filter(None, (day_words, hour)))),
        template=ACKNOWLEDGEMENT,
        promised_at=promised_at if day_words else None,
        case_id=case.id,
        customer_id=customer.id,
    )


def told_in_person(desk: Desk, case_id: int, *, now: datetime) -> datetime | None:
    """Note that they were told at once that we have it, and by when they hear from us.

    It is a contact, by phone where they rang, and promises the next word as a slip does; nothing to
    those who asked not to be contacted.

    Returns:
        Until when they were told (UTC), if they were told so.

    Raises:
        NotFoundError: the case is no longer on the desk.
        NotAllowedError: it is closed.
    """
    with desk.reading():
        case = case_by_id(case_id)
        if case.closed_at is not None:
            raise NotAllowedError("This case is closed, so there is nothing left to promise.")
        until = None
        if not Customer.get_by_id(case.customer_id).do_not_contact:
            until, _timed = _until(case, shop.view(desk), now)
        way = Way.CALL if case.channel == Channel.PHONE else Way.VISIT
    told = "Told them that we have it" + ("." if until is None else _AND_WHEN)
    entry = ContactEntry(way=way, words=told)
    contacts.log(desk, case_id, entry, now=now, next_word_by=until)
    return until


def _message(words: "Wording", number: str, until: str) -> str:
    """Return what an e-mail with the slip says, as Markdown."""
    told = [f"{words.our_number}: {number}"]
    if until:
        told.append(f"{words.we_will_call}: {until}")
    return "\n\n".join(map(escaped, (words.thank_you_for_telling, *told)))


def _until(case: Case, view: shop.ShopView, now: datetime) -> tuple[datetime, bool]:
    """Return by when they hear from us, and whether its hour counts or any time that day will do.

    It is the first word that was promised, else the next step.
    """
    at, timed = case.first_contact_due_at, True
    if case.first_contact_at is not None and case.next_due_at is not None:
        at, timed = case.next_due_at, case.next_timed
    if at <= now:  # late already: what is promised now counts from now
        promised = timedelta(hours=view.first_contact_hours[Severity(case.severity)])
        at, timed = view.hours.add_open_time(utc(now), promised), True
    return at, timed


def certificate(desk: Desk, code: str, *, now: datetime) -> Paper:
    """Return a voucher as a slip for an 80 mm roll.

    Raises:
        InvalidEntryError, NotFoundError: there is no such code.
        NotAllowedError: the voucher is void, used up or replaced.
    """
    from recoverydesk.documents.slip import draw_certificate  # noqa: PLC0415 - start-up doesn't pay for it

    page = certificates.paper(desk, code, now=now)
    with desk.reading():
        content = draw_certificate(certificates.value(desk, page.voucher_id or 0, shop.view(desk)))
    return Paper(
        kind=DocumentKind.CERTIFICATE,
        title=page.title,
        file_name=page.file_name.replace(".pdf", " slip.pdf"),
        content=content,
        pages=1,
        text=page.text,
        case_id=page.case_id,
        customer_id=page.customer_id,
        voucher_id=page.voucher_id,
        voucher_ids=page.voucher_ids,
    )
