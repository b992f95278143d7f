"""The gift certificate: a third of a page, one value, one code."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.paragraph import INK, Align, Layout, Paragraph, Style, fit_text
from recoverydesk.documents.sheet import (
    GREY,
    MM,
    RULE,
    WHITE,
    Properties,
    Sheet,
    mixed,
    readable_on,
)
from recoverydesk.documents.typeface import Typeface
from recoverydesk.documents.wording import wording
from recoverydesk.records import record

PerPage = Literal[1, 2, 3]
Size = Literal["sheet", "card"]

CARD = (210 * MM, 99 * MM)
"""A third of A4, which fits a DIN long envelope unfolded."""

_PAPER = "#FBFAF7"
_PANEL = 64 * MM
_PANEL_TEXT = 52 * MM
_RING = 26 * MM
_DOTS = 12
_LEFT = 74 * MM
_EDGE = 12 * MM
_QR = 22 * MM
_CUT_MARK = 5 * MM
_BARS = 52 * MM
_LONGEST_TRIED = 1500

_VALUE = Style(Typeface.SERIF_BOLD, 40, 46, align=Align.CENTRE)
_NOTE = Style(Typeface.SERIF_ITALIC, 10, 13, align=Align.CENTRE)
_SHOP = Style(Typeface.SERIF_BOLD, 12, 15, align=Align.CENTRE)
_PLACE = Style(Typeface.SANS, 7.6, 10, align=Align.CENTRE)
_HEADING = Style(Typeface.SERIF_BOLD, 25, 30)
_LABEL = Style(Typeface.SANS, 8.5, 11, GREY)
_RECIPIENT = Style(Typeface.SERIF_BOLD, 12.5, 16)
_SENDER = Style(Typeface.SERIF, 12.5, 16)
_MESSAGE = Style(Typeface.SERIF_ITALIC, 13, 17, GREY)
_SMALL_LABEL = Style(Typeface.SANS, 8, 11, GREY)
_CODE = Style(Typeface.SANS_SEMIBOLD, 17, 22, spacing=0.7)
_USE_BY = Style(Typeface.SANS_MEDIUM, 11.5, 15)
_TERMS = Style(Typeface.SANS, 7.3, 10.4, GREY)
_SCAN = Style(Typeface.SANS, 7, 9, GREY, Align.CENTRE)


@record
class GiftCertificate:
    """All that the certificate says; nothing is looked up while drawing."""

    letterhead: Letterhead
    value_words: str
    """With its currency, as the customer is to read it: "£25"."""
    recipient: str
    code_shown: str
    """In groups, to be read out: "ABCD-EFGH-JKMN"."""
    code: str
    """What the till scans."""
    heading: str = "Gift certificate"
    value_note: str = ""
    """The value again in words, or what it buys."""
    sender: str = ""
    message: str = ""
    use_by_words: str = ""
    """Empty for a certificate that doesn't lapse."""
    terms: str = ""
    language: str = "en"


@record
class _Cell:
    """Where on the page one certificate stands, in points from the upper left corner."""

    top: float
    width: float
    height: float

    def y(self, millimetres: float) -> float:
        """Return a height of the 99 mm design on this page; Letter's third is 93 mm."""
        return self.top + millimetres * MM * self.height / CARD[1]


def draw(
    certificates: Sequence[GiftCertificate], per_page: PerPage = 1, size: Size = "sheet"
) -> bytes:
    """Return certificates, at least one, as a PDF.

    Args:
        certificates: in the order to print.
        per_page: how many on a sheet of the shop's paper, with lines to cut along.
        size: "card" makes each its own page of 210 x 99 mm instead.

    Raises:
        FileTroubleError: a logo is no picture.
    """
    first = certificates[0]
    title = f"{first.heading} {first.code_shown}" if len(certificates) == 1 else first.heading
    properties = Properties(title, first.letterhead.shop_name, first.language)
    if size == "sheet":
        sheet = Sheet(first.letterhead.page_size, properties)
        draw_on(sheet, certificates, per_page)
        return sheet.finish()
    sheet = Sheet(CARD, properties)
    for index, certificate in enumerate(certificates):
        if index:
            sheet.next_page()
        _draw_one(sheet, certificate, _Cell(0, *CARD))
    return sheet.finish()


def draw_on(sheet: Sheet, certificates: Sequence[GiftCertificate], per_page: PerPage) -> None:
    """Draw certificates onto a sheet's pages, from the page it stands at."""
    height = sheet.height / 3
    for index, certificate in enumerate(certificates):
        row = index % per_page
        if index and row == 0:
            sheet.next_page()
        _draw_one(sheet, certificate, _Cell(row * height, sheet.width, height))
        if row < 2:  # noqa: PLR2004 - the third ends with the page
            _cut(sheet, (row + 1) * height)


def _cut(sheet: Sheet, y: float) -> None:
    """Show where to cut: a line for scissors, and marks at both edges for a guillotine."""
    sheet.dotted(0, sheet.width, y, gap=3)
    sheet.rule(0, _CUT_MARK, y, INK, 0.5)
    sheet.rule(sheet.width - _CUT_MARK, sheet.width, y, INK, 0.5)


def _draw_one(sheet: Sheet, certificate: GiftCertificate, cell: _Cell) -> None:
    sheet.area(0, cell.top, (cell.width, cell.height), _PAPER)
    _draw_panel(sheet, certificate, cell)
    _draw_names(sheet, certificate, cell)
    _draw_code(sheet, certificate, cell)


def _draw_panel(sheet: Sheet, certificate: GiftCertificate, cell: _Cell) -> None:
    """Draw the shop's colour with the value, inside a ring of twelve good experiences."""
    shop = certificate.letterhead
    colour = readable_on(shop.accent)
    sheet.area(0, cell.top, (_PANEL, cell.height), shop.accent)
    middle = _PANEL / 2
    for index in range(_DOTS):
        angle = math.pi / 2 - index * math.tau / _DOTS
        x = middle + math.cos(angle) * _RING
        y = cell.y(42) - math.sin(angle) * _RING
        sheet.dot(x, y, 0.95 * MM, mixed(colour, shop.accent, 0.5 if index else 0.2))
    if shop.logo is not None:
        sheet.area(middle - 7 * MM, cell.y(21.5), (14 * MM, 14 * MM), WHITE, 2 * MM)
        sheet.image(shop.logo, (middle - 6 * MM, cell.y(21.5) + MM, 12 * MM, 12 * MM), "c")
    down = 0 if shop.logo is not None else -4
    left = (_PANEL - _PANEL_TEXT) / 2
    ring_text = 44 * MM
    value = fit_text(certificate.value_words, replace(_VALUE, colour=colour), ring_text, 11, 2)
    up = value.style.leading * (len(value.lines) - 1)
    sheet.on_baseline(value, (_PANEL - ring_text) / 2, cell.y(50 + down) - up)
    note = fit_text(certificate.value_note, replace(_NOTE, colour=colour), ring_text, 6, 2)
    sheet.on_baseline(note, (_PANEL - ring_text) / 2, cell.y(57.6 + down))
    name = fit_text(shop.shop_name, replace(_SHOP, colour=colour), _PANEL_TEXT, 7, 2)
    up = name.style.leading * (len(name.lines) - 1)
    sheet.on_baseline(name, left, cell.y(80.4) - up)
    quiet = mixed(colour, shop.accent, 0.85)
    place = fit_text(
        ", ".join(shop.address_lines), replace(_PLACE, colour=quiet), _PANEL_TEXT, 5, 2
    )
    sheet.on_baseline(place, left, cell.y(85.2))


def _draw_names(sheet: Sheet, certificate: GiftCertificate, cell: _Cell) -> None:
    words = wording(certificate.language)
    width = cell.width - _EDGE - _QR - 6 * MM - _LEFT
    sheet.on_baseline(fit_text(certificate.heading, _HEADING, width, 12), _LEFT, cell.y(19))
    rows = (
        (words.recipient, certificate.recipient, _RECIPIENT, 29.0),
        (words.sender, certificate.sender, _SENDER, 36.4),
    )
    for label, name, style, baseline in rows:
        if name:
            sheet.say(label, _LEFT, cell.y(baseline), _LABEL, 16 * MM)
            beside = replace(style, align=Align.LEFT)
            layout = fit_text(name, beside, width - 16 * MM, 8, lines=2)
            up = layout.style.leading * (len(layout.lines) - 1) / 2
            sheet.on_baseline(layout, _LEFT + 16 * MM, cell.y(baseline) - up)
    if certificate.message:
        quoted = words.quoted.format(words=certificate.message)
        room = (cell.width - _EDGE - _LEFT, cell.y(55.5) - cell.y(42))
        sheet.place(_filling(quoted, _MESSAGE, room, 6), _LEFT, cell.y(42))
    sheet.rule(_LEFT, cell.width - _EDGE, cell.y(57), RULE)
    left = cell.width - _EDGE - _QR
    sheet.qr_code(certificate.code, left, cell.y(12), _QR, INK)
    sheet.say(words.scan, left - 6 * MM, cell.y(12) + _QR + 4 * MM, _SCAN, _QR + 12 * MM)


def _draw_code(sheet: Sheet, certificate: GiftCertificate, cell: _Cell) -> None:
    words = wording(certificate.language)
    sheet.say(words.code, _LEFT, cell.y(65.6), _SMALL_LABEL, 40 * MM)
    code = fit_text(certificate.code_shown, _CODE, 63 * MM, 8)
    sheet.on_baseline(code, _LEFT, cell.y(73.4))
    bars = cell.y(80.4) - cell.y(75.6)
    sheet.bar_code(certificate.code, (_LEFT, cell.y(75.6), _BARS, bars), INK)
    if certificate.use_by_words:
        left = _LEFT + 67 * MM
        room = cell.width - _EDGE - left
        sheet.say(words.use_by, left, cell.y(65.6), _SMALL_LABEL, room)
        sheet.on_baseline(
            fit_text(certificate.use_by_words, _USE_BY, room, 6.5, 2), left, cell.y(73)
        )
    if certificate.terms:
        area = (cell.width - _EDGE - _LEFT - 20 * MM, cell.y(94.5) - cell.y(83))
        sheet.place(_filling(certificate.terms, _TERMS, area, 4.6), _LEFT, cell.y(83))


def _filling(text: str, style: Style, room: tuple[float, float], minimum: float) -> Layout:
    """Return the text in the largest size that fits a width and height, in points."""
    width, height = room
    if len(text) > _LONGEST_TRIED:
        style = style.sized(minimum)
    layout = Paragraph.of(text, style).lay_out(width)
    while layout.height > height and style.size > minimum:
        style = style.sized(max(minimum, style.size * 0.95))
        layout = Paragraph.of(text, style).lay_out(width)
    if layout.height <= height:
        return layout
    return fit_text(text, style, width, minimum, lines=int(height / style.leading))
