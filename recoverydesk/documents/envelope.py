"""An envelope without a window: who sends it, and where it goes."""

from dataclasses import replace

from recoverydesk.documents.address_block import height_of, set_address
from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.paragraph import Align, Style, fit_text
from recoverydesk.documents.sheet import GREY, MM, Properties, Sheet
from recoverydesk.documents.typeface import Typeface
from recoverydesk.domain.mailing import EnvelopeSize
from recoverydesk.records import record

_INCH = 72.0


SIZES = {
    EnvelopeSize.DL: (220 * MM, 110 * MM),
    EnvelopeSize.C6: (162 * MM, 114 * MM),
    EnvelopeSize.C5: (229 * MM, 162 * MM),
    EnvelopeSize.US_10: (9.5 * _INCH, 4.125 * _INCH),
}
"""Width and height in points (ISO 269; US #10 is 9 1/2 x 4 1/8 in)."""

# The posts read the address 15 mm from the sides and below, 40 mm from the top (Deutsche Post);
# 5/8 in above the lower edge stay free for their bars (USPS). The upper right is the stamp's.
_SIDE = 15 * MM
_BELOW = 17 * MM
_ABOVE = 41 * MM
_SENDER = (12 * MM, 10 * MM)
_SENDER_ROOM = (70 * MM, 24 * MM)
_WIDEST = 95 * MM

_SHOP = Style(Typeface.SERIF_BOLD, 10, 13, align=Align.LEFT)
_FROM = Style(Typeface.SANS, 7.6, 10.4, GREY, Align.LEFT)
_TO = Style(Typeface.SERIF, 13, 18, align=Align.LEFT)


@record
class AddressedEnvelope:
    """All that stands on an envelope."""

    letterhead: Letterhead
    recipient_lines: tuple[str, ...]
    size: EnvelopeSize = EnvelopeSize.DL
    language: str = "en"
    title: str = ""
    """What a PDF viewer shows; the recipient where empty."""


def draw(envelope: AddressedEnvelope) -> bytes:
    """Return the envelope as a PDF page of its own size."""
    title = envelope.title or " ".join(envelope.recipient_lines[:1])
    properties = Properties(title, envelope.letterhead.shop_name, envelope.language)
    sheet = Sheet(SIZES[envelope.size], properties)
    _sender(sheet, envelope.letterhead)
    _recipient(sheet, envelope)
    return sheet.finish()


def _sender(sheet: Sheet, shop: Letterhead) -> None:
    left, top = _SENDER
    width, height = _SENDER_ROOM
    width = min(width, sheet.width / 2 - left)
    sans = shop.typeface == "sans"
    style = replace(_SHOP, typeface=Typeface.SANS_SEMIBOLD, size=9) if sans else _SHOP
    name = fit_text(shop.shop_name, style, width, 7, lines=2)
    end = sheet.place(name, left, top)
    room = height - (end - top)
    for line in set_address(shop.address_lines, _FROM, width, (room,)):
        end = sheet.place(line, left, end)


def _recipient(sheet: Sheet, envelope: AddressedEnvelope) -> None:
    """Draw the address to the right of the middle, nearer to the lower edge than to the upper."""
    width = min(_WIDEST, sheet.width * 0.55 - _SIDE)
    left = sheet.width - _SIDE - width
    room = sheet.height - _BELOW - _ABOVE
    sans = envelope.letterhead.typeface == "sans"
    style = replace(_TO, typeface=Typeface.SANS, size=12) if sans else _TO
    lines = set_address(envelope.recipient_lines, style, width, (room,))
    y = _ABOVE + (room - height_of(lines)) * 0.4
    for line in lines:
        y = sheet.place(line, left, y)
