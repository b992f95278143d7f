"""Slips for a hand: on an 80 mm roll of the till's printer, or as a card on paper."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from recoverydesk.documents.gift_certificate import GiftCertificate
from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.paragraph import INK, Align, Paragraph, Style, fit_text, limit
from recoverydesk.documents.sheet import GREY, MM, RULE, Properties, Sheet
from recoverydesk.documents.typeface import Typeface
from recoverydesk.documents.wording import wording
from recoverydesk.records import record

Size = Literal["roll", "a6", "a5"]

ROLL = 80 * MM
_ROLL_MARGIN = 5 * MM
"""A thermal printer's head covers 72 of the 80 mm."""
CARDS: dict[str, tuple[float, float]] = {"a6": (105 * MM, 148 * MM), "a5": (148 * MM, 210 * MM)}
_CARD_MARGIN = 11 * MM
_LARGER: dict[str, float] = {"a6": 1.12, "a5": 1.55}
"""Than a roll: how much of everything, so that a card looks composed and not like a till's."""

_LOGO = 14 * MM
_QR = 26 * MM
_BARS = 14 * MM
_MOST_TERMS = 12
_LONGEST_ROLL = 600 * MM

_SHOP = Style(Typeface.SERIF_BOLD, 14, 18, align=Align.CENTRE)
_SMALL = Style(Typeface.SANS, 8, 11, GREY, Align.CENTRE)
_TITLE = Style(Typeface.SERIF_BOLD, 15, 19, align=Align.CENTRE)
_WORDS = Style(Typeface.SERIF, 10.5, 14.5, align=Align.CENTRE)
_QUOTE = Style(Typeface.SERIF_ITALIC, 10.5, 14.5, GREY, Align.CENTRE)
_LABEL = Style(Typeface.SANS, 8, 11, GREY, Align.CENTRE)
_BIG = Style(Typeface.SANS_SEMIBOLD, 15, 20, align=Align.CENTRE)
_UNTIL = Style(Typeface.SANS_SEMIBOLD, 11.5, 16, align=Align.CENTRE)
_VALUE = Style(Typeface.SERIF_BOLD, 34, 40, align=Align.CENTRE)


@record
class Acknowledgement:
    """What the customer takes along: we have heard you, and when you hear from us."""

    letterhead: Letterhead
    customer: str
    problem: str
    """In one line; empty where nothing is to be said of it."""
    number: str
    """The case's."""
    until_words: str
    """By when they hear from us: the day."""
    until_hour: str
    """And the hour, where it counts."""
    contact: str
    """Whom to ask for."""
    language: str = "en"


@record
class WayBack:
    """The code that lets a forgotten PIN go: for the owner's own drawer, and kept nowhere else."""

    letterhead: Letterhead
    heading: str
    person: str
    code: str
    words: str
    """What it is for, and how to use it."""


class _Tape:
    """Blocks under one another: measured first, as a roll is as long as what stands on it."""

    def __init__(self, width: float, margin: float, scale: float = 1) -> None:
        self._scale = scale
        """How much larger all of it is than on a roll."""
        self._room = width - 2 * margin
        self.margin = margin
        self._blocks: list[tuple[float, Callable[[Sheet, float], object]]] = []
        self.height = margin

    def gap(self, height: float) -> None:
        self.height += height * self._scale

    def say(self, text: str, style: Style, *, lines: int = 0, smallest: float = 0) -> None:
        """Add words: as many lines as they take, at most `lines`, or shrunk to fit that many."""
        if not text.strip():
            return
        style = style.sized(style.size * self._scale)
        if smallest:
            layout = fit_text(text, style, self._room, smallest * self._scale, lines=lines)
        elif lines:
            layout = limit(text, style, self._room, lines)
        else:
            layout = Paragraph.of(text, style).lay_out(self._room)
        self._add(layout.height, lambda sheet, y: sheet.place(layout, self.margin, y))

    def rule(self) -> None:
        self.gap(2.4 * MM)
        right = self.margin + self._room
        self._add(0.6, lambda sheet, y: sheet.rule(self.margin, right, y, RULE, 0.8))
        self.gap(2.4 * MM)

    def image(self, content: bytes) -> None:
        box = (self.margin, self._room, _LOGO * self._scale)
        self._add(
            box[2],
            lambda sheet, y: sheet.image(content, (box[0], y, box[1], box[2]), "c"),
        )
        self.gap(1.6 * MM)

    def qr_code(self, text: str) -> None:
        left = self.margin + (self._room - _QR) / 2
        self._add(_QR, lambda sheet, y: sheet.qr_code(text, left, y, _QR, INK))

    def bar_code(self, text: str) -> None:
        width = min(self._room - 8 * MM, 56 * MM)
        left = self.margin + (self._room - width) / 2
        self._add(_BARS, lambda sheet, y: sheet.bar_code(text, (left, y, width, _BARS), INK))

    def _add(self, height: float, draw_it: Callable[[Sheet, float], object]) -> None:
        self._blocks.append((self.height, draw_it))
        self.height += height

    def draw(self, sheet: Sheet, down: float = 0) -> None:
        for top, draw_it in self._blocks:
            draw_it(sheet, top + down)


def draw_acknowledgement(slip: Acknowledgement, size: Size = "a6") -> bytes:
    """Return the slip as a PDF of one page, a card's words in the middle of it.

    Raises:
        FileTroubleError: the logo is no picture.
    """
    words = wording(slip.language)
    shop = slip.letterhead
    roll = size == "roll"
    page = (ROLL, 0.0) if roll else CARDS[size]
    scale = _LARGER.get(size, 1)
    tape = _Tape(page[0], _ROLL_MARGIN if roll else _CARD_MARGIN * scale, scale)
    _head(tape, shop)
    tape.rule()
    tape.say(words.thank_you_for_telling, _TITLE, lines=2, smallest=10)
    tape.gap(1.6 * MM)
    tape.say(slip.customer, _WORDS, lines=2, smallest=7)
    tape.say(slip.problem, _QUOTE, lines=4)
    tape.rule()
    tape.say(words.our_number, _LABEL)
    tape.say(slip.number, _BIG, lines=1, smallest=9)
    if slip.until_words:
        tape.gap(2 * MM)
        tape.say(words.we_will_call, _LABEL)
        tape.say(slip.until_words, _UNTIL, lines=2, smallest=9)
        tape.say(slip.until_hour, _UNTIL, lines=1, smallest=9)
    tape.rule()
    tape.say(slip.contact, _WORDS, lines=2, smallest=7)
    tape.say(" · ".join(part for part in (shop.phone, shop.email) if part), _SMALL, lines=2)
    title = f"{words.our_number} {slip.number}"
    return _printed(tape, page, Properties(title, shop.shop_name, slip.language), roll=roll)


def draw_way_back(slip: WayBack) -> bytes:
    """Return the code of a PIN's way back as a card of one page.

    Raises:
        FileTroubleError: the logo is no picture.
    """
    tape = _Tape(CARDS["a6"][0], _CARD_MARGIN, _LARGER["a6"])
    _head(tape, slip.letterhead)
    tape.rule()
    tape.say(slip.heading, _TITLE, lines=2, smallest=10)
    tape.gap(1.6 * MM)
    tape.say(slip.person, _WORDS, lines=2, smallest=7)
    tape.rule()
    tape.say(slip.code, _BIG, lines=1, smallest=9)
    tape.rule()
    tape.say(slip.words, _WORDS, lines=9, smallest=7)
    properties = Properties(slip.heading, slip.letterhead.shop_name, "en")
    return _printed(tape, CARDS["a6"], properties, roll=False)


def draw_certificate(certificate: GiftCertificate) -> bytes:
    """Return a voucher as a slip for an 80 mm roll, with a code for every kind of scanner.

    Raises:
        FileTroubleError: the logo is no picture.
    """
    words = wording(certificate.language)
    tape = _Tape(ROLL, _ROLL_MARGIN)
    _head(tape, certificate.letterhead)
    tape.rule()
    tape.say(certificate.heading, _TITLE, lines=2, smallest=9)
    tape.say(certificate.value_words, _VALUE, lines=2, smallest=12)
    tape.say(certificate.value_note, _QUOTE, lines=3)
    tape.gap(1.6 * MM)
    tape.say(certificate.recipient, _WORDS, lines=2, smallest=7)
    tape.rule()
    tape.qr_code(certificate.code)
    tape.gap(2.4 * MM)
    tape.say(certificate.code_shown, _BIG, lines=1, smallest=9)
    tape.gap(1.6 * MM)
    tape.bar_code(certificate.code)
    tape.gap(2 * MM)
    if certificate.use_by_words:
        tape.say(f"{words.use_by} {certificate.use_by_words}", _WORDS, lines=2, smallest=7)
    tape.say(certificate.terms, replace(_SMALL, size=7, leading=9.4), lines=_MOST_TERMS)
    title = f"{certificate.heading} {certificate.code_shown}"
    shop = certificate.letterhead.shop_name
    return _printed(tape, (ROLL, 0.0), Properties(title, shop, certificate.language), roll=True)


def _head(tape: _Tape, shop: Letterhead) -> None:
    if shop.logo is not None:
        tape.image(shop.logo)
    tape.say(shop.shop_name, _SHOP, lines=2, smallest=9)
    tape.say(", ".join(shop.address_lines), _SMALL, lines=2)


def _printed(
    tape: _Tape, page: tuple[float, float], properties: Properties, *, roll: bool
) -> bytes:
    if roll:
        sheet = Sheet((ROLL, min(tape.height + _ROLL_MARGIN, _LONGEST_ROLL)), properties)
        tape.draw(sheet)
    else:
        sheet = Sheet(page, properties)
        tape.draw(sheet, max(0.0, (page[1] - tape.height - tape.margin) / 2))
    return sheet.finish()
