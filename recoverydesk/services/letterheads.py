"""The shop's letterhead, as papers take it."""

from typing import TYPE_CHECKING

from recoverydesk.domain.envelope import Envelope
from recoverydesk.services.shop import ShopView, country_of
from recoverydesk.storage.desk import Desk

if TYPE_CHECKING:
    from recoverydesk.documents.letterhead import Letterhead

DIN = frozenset({Envelope.DIN_A, Envelope.DIN_B})
DIN_COUNTRIES = frozenset({"DE", "AT", "CH", "LI", "LU"})
"""Where the automatic envelope is one that DIN 5008 wants a return line for."""


def letterhead(desk: Desk, view: ShopView) -> "Letterhead":
    """Return the shop's letterhead; call inside `reading()`."""
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.letterhead import Letterhead  # noqa: PLC0415 - start-up doesn't pay for it

    return Letterhead(
        shop_name=view.name,
        tagline=view.tagline,
        address_lines=address_lines(view),
        phone=view.phone,
        email=view.email,
        legal_line=view.legal_line,
        accent=view.accent,
        logo=None if view.logo_hash is None else desk.read_blob(view.logo_hash),
        signature=None if view.signature_hash is None else desk.read_blob(view.signature_hash),
        paper="letter" if view.paper == "letter" else "a4",
        typeface="sans" if view.typeface == "sans" else "serif",
        envelope=view.envelope,
        fold_marks=view.fold_marks,
        return_line=_return_line(view),
    )


def address_lines(view: ShopView) -> tuple[str, ...]:
    """Return the lines of the shop's own address."""
    return tuple(line for line in view.address.splitlines() if line.strip())


def _return_line(view: ShopView) -> str:
    """Return the sender in one line where the envelope's standard asks for it."""
    automatic = view.envelope is Envelope.AUTOMATIC and view.paper != "letter"
    at_home = (view.country or country_of(view.locale)) in DIN_COUNTRIES
    lines = address_lines(view)
    asked = view.envelope in DIN or (automatic and at_home)
    return " · ".join((view.name, *lines)) if asked and lines else ""
