"""Envelopes and address labels, to print beside the letters."""

from collections.abc import Sequence
from datetime import datetime

from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.mailing import LABELS_ON, EnvelopeSize, LabelSheet
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import addresses, shop
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.papers import Paper
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer

MOST_NAMED = 5
"""Customers without an address that a message names; the others are counted."""

ON_THE_PAGE = "Write it down on the Customers page, under Edit; then it can be printed."
OR_LEAVE_OUT = "Nothing was printed. Add the street on the Customers page, or leave them out."

_MOST_IN_ONE_QUERY = 500


def envelope(desk: Desk, customer_id: int, size: EnvelopeSize, *, now: datetime) -> Paper:
    """Return an envelope for a customer, ready to print.

    Args:
        desk: the open desk.
        customer_id: whom it goes to.
        size: of the envelope in the printer.
        now: this moment (UTC); the file's name carries its day.

    Raises:
        NotFoundError: the customer is no longer on the desk.
        InvalidEntryError: there is no address to print.
    """
    # Papers are drawn on demand; their modules would cost the start of the program 40 ms.
    from recoverydesk.documents.envelope import AddressedEnvelope, draw  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        ((name, lines),) = _addressed([customer_id], ON_THE_PAGE)
        view = shop.view(desk)
        title = f"Envelope to {name}"
        content = draw(
            AddressedEnvelope(
                letterhead=letterhead(desk, view),
                recipient_lines=lines,
                size=size,
                language=view.language,
                title=title,
            )
        )
    day = view.hours.day_of(now).isoformat()
    return Paper(
        kind=DocumentKind.ENVELOPE,
        title=title,
        file_name=safe_name(f"{day} Envelope {name}"),
        content=content,
        pages=1,
        text="\n".join(lines),
        customer_id=customer_id,
    )


def addressed(desk: Desk, customer_ids: Sequence[int]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return who has an address, in their order, and the names of those who have none.

    Raises:
        NotFoundError: a customer is no longer on the desk.
    """
    with desk.reading():
        rows = _rows(customer_ids)
    known = {one: addresses.is_known(row) for one, row in rows.items()}
    return (
        tuple(one for one in customer_ids if known[one]),
        tuple(row.name for one, row in rows.items() if not known[one]),
    )


def labels(
    desk: Desk,
    customer_ids: Sequence[int],
    sheet: LabelSheet,
    *,
    now: datetime,
    start: int = 1,
) -> Paper:
    """Return address labels for customers, in their order, ready to print.

    Args:
        desk: the open desk.
        customer_ids: whose addresses.
        sheet: what is in the printer.
        now: this moment (UTC); the file's name carries its day.
        start: the first label that is still on the sheet, counted from 1 along the rows.

    Raises:
        NotFoundError: a customer is no longer on the desk.
        InvalidEntryError: nobody was chosen, somebody has no address, or there is no such label.
    """
    from recoverydesk.documents.labels import draw  # noqa: PLC0415 - start-up doesn't pay for it
    from recoverydesk.documents.sheet import Properties  # noqa: PLC0415 - as above

    if not customer_ids:
        raise InvalidEntryError("customers", "Nobody was chosen to print a label for.")
    on_sheet = LABELS_ON[sheet]
    if not 1 <= start <= on_sheet:
        raise InvalidEntryError("start", f"This sheet has labels 1 to {on_sheet}.")
    with desk.reading():
        found = _addressed(customer_ids, OR_LEAVE_OUT)
        view = shop.view(desk)
    count = len(found)
    title = "1 address label" if count == 1 else f"{count} address labels"
    content = draw(
        [lines for _, lines in found],
        sheet,
        Properties(title, view.name, view.language),
        start=start,
    )
    day = view.hours.day_of(now).isoformat()
    return Paper(
        kind=DocumentKind.LABELS,
        title=title,
        file_name=safe_name(f"{day} {title}"),
        content=content,
        pages=-(-(start - 1 + count) // on_sheet),
        text="\n\n".join("\n".join(lines) for _, lines in found),
        customer_id=customer_ids[0] if count == 1 else None,
    )


def _addressed(customer_ids: Sequence[int], advice: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return each customer's name and the lines of the address."""
    rows = _rows(customer_ids)
    missing = [row.name for row in rows.values() if not addresses.is_known(row)]
    if missing:
        raise InvalidEntryError(
            "customers",
            f"There is no address for {named(missing)}.",
            advice=advice,
        )
    return [(rows[one].name, addresses.of_customer(rows[one])) for one in customer_ids]


def _rows(customer_ids: Sequence[int]) -> dict[int, Customer]:
    """Return the customers by id, in the order asked for."""
    ids = list(dict.fromkeys(customer_ids))
    rows: dict[int, Customer] = {}
    for first in range(0, len(ids), _MOST_IN_ONE_QUERY):
        part = ids[first : first + _MOST_IN_ONE_QUERY]
        rows |= {row.id: row for row in Customer.select().where(Customer.id.in_(part))}
    if not rows.keys() >= set(ids):
        raise NotFoundError("That customer is no longer on the desk.")
    return {one: rows[one] for one in ids}


def named(names: Sequence[str]) -> str:
    """Return at least one name as a sentence takes them: "Ada, Bo and 3 more"."""
    said = list(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        said.append(f"{len(names) - MOST_NAMED} more")
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
