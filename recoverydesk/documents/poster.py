"""The "tell us" poster: where, how and by when an unhappy customer is heard (ISO 10002, 8.1)."""

from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.paragraph import INK, Align, Style, fit_text
from recoverydesk.documents.sheet import GREY, MM, WHITE, Properties, Sheet, readable_on
from recoverydesk.documents.typeface import Typeface
from recoverydesk.documents.wording import wording
from recoverydesk.records import record

A3 = (297 * MM, 420 * MM)


@record
class Poster:
    """All that the poster says."""

    letterhead: Letterhead
    promise: str
    """By when they are heard: "within 4 opening hours"."""
    link: str
    """What the code opens: an address to write or ring to; empty for none."""
    language: str = "en"


def draw(poster: Poster, size: tuple[float, float] | None = None) -> bytes:
    """Return the poster as a PDF of one page; `size` in points, the shop's paper without it.

    Raises:
        FileTroubleError: the logo is no picture.
    """
    shop = poster.letterhead
    words = wording(poster.language)
    size = size or shop.page_size
    sheet = Sheet(size, Properties(words.tell_us, shop.shop_name, poster.language))
    unit = size[0] / (210 * MM)
    ink = readable_on(shop.accent)
    margin, middle = 18 * MM * unit, size[0] - 36 * MM * unit

    def said(text: str, style: Style, top: float, lines: int) -> float:
        layout = fit_text(text, style, middle, style.size / 3, lines=lines)
        return sheet.place(layout, margin, top)

    band = 0.46 * size[1]
    sheet.area(0, 0, (size[0], band), shop.accent)
    y = 26 * MM * unit
    if shop.logo is not None:
        side = 26 * MM * unit
        sheet.area((size[0] - side) / 2, y, (side, side), WHITE, 4 * MM * unit)
        inner = side - 4 * MM * unit
        sheet.image(shop.logo, ((size[0] - inner) / 2, y + 2 * MM * unit, inner, inner), "c")
        y += side + 8 * MM * unit
    y = said(words.not_happy, _style(Typeface.SERIF_BOLD, 46 * unit, ink), y, 2)
    said(words.tell_us, _style(Typeface.SERIF_BOLD, 46 * unit, ink), y, 2)
    y = band + 14 * MM * unit
    y = said(words.tell_us_why, _style(Typeface.SERIF, 20 * unit, INK), y, 3) + 8 * MM * unit
    y = said(poster.promise, _style(Typeface.SANS_SEMIBOLD, 20 * unit, INK), y, 3) + 8 * MM * unit
    reach = " · ".join(part for part in (shop.phone, shop.email) if part)
    y = said(reach, _style(Typeface.SANS_MEDIUM, 16 * unit, INK), y, 2) + 8 * MM * unit
    if poster.link:
        side = 40 * MM * unit
        sheet.qr_code(poster.link, (size[0] - side) / 2, y, side, INK)
    foot = fit_text(shop.shop_name, _style(Typeface.SERIF_BOLD, 16 * unit, GREY), middle, 6)
    sheet.on_baseline(foot, margin, size[1] - 14 * MM * unit)
    return sheet.finish()


def _style(typeface: Typeface, size: float, colour: str) -> Style:
    return Style(typeface, size, size * 1.28, colour, Align.CENTRE)
