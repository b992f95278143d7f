"""The shop's letterhead, as papers take it."""

from typing import TYPE_CHECKING

from recoverydesk.services.shop import ShopView
from recoverydesk.storage.desk import Desk

if TYPE_CHECKING:
    from recoverydesk.documents.letterhead import Letterhead


def letterhead(desk: Desk, view: ShopView) -> "Letterhead":
    """Return the shop's letterhead; call inside `reading()`."""
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.letterhead import Letterhead  # noqa: PLC0415 - start-up doesn't pay for it

    return Letterhead(
        shop_name=view.name,
        tagline=view.tagline,
        address_lines=tuple(line for line in view.address.splitlines() if line.strip()),
        phone=view.phone,
        email=view.email,
        legal_line=view.legal_line,
        accent=view.accent,
        logo=None if view.logo_hash is None else desk.read_blob(view.logo_hash),
        signature=None if view.signature_hash is None else desk.read_blob(view.signature_hash),
        paper="letter" if view.paper == "letter" else "a4",
    )
