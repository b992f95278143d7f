"""The shop as it appears at the head of its papers."""

import re
from dataclasses import replace
from typing import Literal

from recoverydesk.documents.paragraph import Align, Style, fit_text
from recoverydesk.documents.sheet import GREY, MM, PAPERS, Paper, Sheet
from recoverydesk.documents.typeface import Typeface
from recoverydesk.domain.envelope import Envelope
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record

ACCENT = "#17695B"

MARGIN = 25 * MM
"""Left and right of a letter: inside the window of a DIN long and of a US #10 envelope."""

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")

Letters = Literal["serif", "sans"]

_NAME = Style(Typeface.SERIF_BOLD, 17, 22)
_TAGLINE = Style(Typeface.SERIF_ITALIC, 10, 13, GREY)
_SANS_NAME = replace(_NAME, typeface=Typeface.SANS_SEMIBOLD, size=15.5)
_SANS_TAGLINE = replace(_TAGLINE, typeface=Typeface.SANS, size=9.2)
_CONTACT = Style(Typeface.SANS, 8, 4.4 * MM, GREY, Align.RIGHT)

_LOGO = 13 * MM
_CONTACT_WIDTH = 62 * MM
_MOST_CONTACT_LINES = 5

_END = 41 * MM
_GAP_GIVES = 2 / 15
"""How much of what a head is shorter than usual comes out of the gap above its rule."""


@record
class Letterhead:
    """All that the papers say about the shop."""

    shop_name: str
    tagline: str = ""
    address_lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    legal_line: str = ""
    """Who is behind the shop, as the law asks: "Ltd. Registered in England ..."."""
    accent: str = ACCENT
    """The shop's colour as #rrggbb."""
    logo: bytes | None = None
    """A PNG or JPEG file."""
    signature: bytes | None = None
    """A PNG or JPEG file of a signature."""
    paper: Paper = "a4"
    typeface: Letters = "serif"
    envelope: Envelope = Envelope.AUTOMATIC
    fold_marks: bool = True
    return_line: str = ""
    """Who sends it, in one line above the address in a DIN window; empty elsewhere."""

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.accent):
            raise InvalidEntryError(
                "accent", "That is no colour.", advice="A colour looks like #17695B."
            )

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height of the shop's paper in points."""
        return PAPERS[self.paper]

    @property
    def contact_lines(self) -> tuple[str, ...]:
        """Address, phone and e-mail, one below the other; a long address shares lines."""
        address = [line for line in self.address_lines if line.strip()]
        reach_us = [line for line in (self.phone, self.email) if line.strip()]
        room = _MOST_CONTACT_LINES - len(reach_us)
        if len(address) > room:
            address = [*address[: room - 1], ", ".join(address[room - 1 :])]
        return (*address, *reach_us)


def draw_letterhead(sheet: Sheet, shop: Letterhead, end: float = _END) -> None:
    """Draw the head of a letter's first page.

    Args:
        sheet: the page.
        shop: whose head it is.
        end: where its rule stands, in points below the upper edge; 26 mm at least.
    """
    left, right = MARGIN, sheet.width - MARGIN
    # A head that must end early moves up, and closer to its rule.
    up = (_END - end) * (1 - _GAP_GIVES)
    if shop.logo is not None:
        sheet.image(shop.logo, (left, 22 * MM - up, _LOGO, _LOGO), "c")
        left += _LOGO + 5 * MM
    sans = shop.typeface == "sans"
    lines = shop.contact_lines
    name_width = right - left - (_CONTACT_WIDTH + 5 * MM if lines else 0)
    name = fit_text(shop.shop_name, _SANS_NAME if sans else _NAME, name_width, 11, lines=2)
    # Two lines, or no tagline, and the block still stands on the middle of the logo.
    second = len(name.lines) > 1
    baseline = 27 * MM if shop.tagline and not second else 29.6 * MM
    sheet.on_baseline(name, left, baseline - up - (4.4 * MM if second else 0))
    if shop.tagline:
        tagline = fit_text(shop.tagline, _SANS_TAGLINE if sans else _TAGLINE, name_width, 7)
        sheet.on_baseline(tagline, left, (36 * MM if second else 32.6 * MM) - up)
    step = 4.4 * MM if up == 0 else 4 * MM
    top = 24.4 * MM - up - max(0, len(lines) - 3) * step / 2
    for index, line in enumerate(lines):
        layout = fit_text(line, _CONTACT, _CONTACT_WIDTH, 5.5)
        sheet.on_baseline(layout, right - _CONTACT_WIDTH, top + index * step)
    sheet.rule(MARGIN, right, end, shop.accent, 1)
