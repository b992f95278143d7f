"""The apology letter: the shop's head, an address for a window envelope, the words, a name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from recoverydesk.documents.gift_certificate import GiftCertificate, draw_on
from recoverydesk.documents.letterhead import MARGIN, Letterhead, draw_letterhead
from recoverydesk.documents.markup import BULLET, Block, blocks
from recoverydesk.documents.paragraph import Align, Layout, Paragraph, Style, fit_text
from recoverydesk.documents.sheet import GREY, MM, RULE, Properties, Sheet
from recoverydesk.documents.typeface import Typeface
from recoverydesk.documents.wording import wording
from recoverydesk.records import record

_BODY = Style(Typeface.SERIF, 11.2, 16.4)
_ADDRESS = Style(Typeface.SERIF, 11, 5.3 * MM, align=Align.LEFT)
_DAY = Style(Typeface.SERIF, 11, 5.3 * MM, align=Align.RIGHT)
_SIGNER = Style(Typeface.SERIF_BOLD, 11.2, 15)
_ROLE = Style(Typeface.SERIF, 10.2, 14, GREY)
_FOOT = Style(Typeface.SANS, 7.2, 10, GREY)

# The address stands in the windows of DIN long (45 to 90 mm from the upper edge) and of US #10
# (52 to 80 mm); the words begin below both, so that none of them shows.
_FIRST_ADDRESS_LINE = 56 * MM
_ADDRESS_WIDTH = 83 * MM
_ADDRESS_END = 79 * MM
_BODY_TOP = 91 * MM
_NEXT_PAGE_TOP = 27 * MM
_BODY_END = 27 * MM
_FOOT_RULE = 19 * MM

_AFTER_PARAGRAPH = 3.6 * MM
_AFTER_ITEM = 1.6 * MM
_ITEM_INDENT = 7 * MM
_ROOM_TO_SIGN = 19 * MM
_SIGNATURE = (60 * MM, 16 * MM)


@record
class ApologyLetter:
    """All that a letter says; nothing is looked up while drawing."""

    letterhead: Letterhead
    recipient_lines: tuple[str, ...]
    day_words: str
    """The date as the customer reads it."""
    body_markdown: str
    """From "Dear ..." to "With my apologies": a safe subset of Markdown."""
    signer_name: str
    signer_role: str = ""
    reference: str = ""
    """The case's number, as shown."""
    language: str = "en"
    title: str = ""
    """What a PDF viewer shows; the recipient where empty."""
    enclosures: tuple[GiftCertificate, ...] = ()


def draw(letter: ApologyLetter) -> bytes:
    """Return the letter as a PDF, certificates on pages of their own after it.

    Raises:
        FileTroubleError: the logo or the signature is no picture.
    """
    return draw_all([letter])


def draw_all(letters: Sequence[ApologyLetter]) -> bytes:
    """Return letters, at least one, behind one another in one PDF; each counts its own pages.

    Raises:
        FileTroubleError: a logo or a signature is no picture.
    """
    first = letters[0]
    title = first.title or " ".join(first.recipient_lines[:1])
    properties = Properties(title, first.letterhead.shop_name, first.language)
    sheet = Sheet(first.letterhead.page_size, properties)
    for index, letter in enumerate(letters):
        if index:
            sheet.next_page()
        _Writer(sheet, letter).write()
        if letter.enclosures:
            sheet.next_page()
            draw_on(sheet, letter.enclosures, per_page=3)
    return sheet.finish()


@record
class _Part:
    """A laid-out paragraph on its way to the page."""

    layout: Layout
    after: float
    marker: str = ""
    indent: float = 0


class _Writer:
    """Fills the pages of one letter from top to bottom."""

    def __init__(self, sheet: Sheet, letter: ApologyLetter) -> None:
        self._sheet = sheet
        self._letter = letter
        self._page = 1
        self._width = sheet.width - 2 * MARGIN
        self._y = 0.0

    def write(self) -> None:
        shop = self._letter.letterhead
        draw_letterhead(self._sheet, shop)
        self._y = max(_BODY_TOP, self._address() + 9 * MM)
        self._foot()
        *parts, last = [*self._parts()] or [_Part(Paragraph.of("", _BODY).lay_out(1), 0)]
        for part in parts:
            self._flow(part)
        # The closing line stays with the signature, whole where it is no long paragraph.
        self._flow(last, with_it=self._signature_height())
        self._sign()

    def _address(self) -> float:
        """Draw recipient and date; return where the address ends."""
        lines = [line for line in self._letter.recipient_lines if line.strip()]
        step = _ADDRESS.leading
        if len(lines) > 1:
            step = min(step, (_ADDRESS_END - _FIRST_ADDRESS_LINE) / (len(lines) - 1))
        step = max(step, 4 * MM)
        style = replace(_ADDRESS, size=min(_ADDRESS.size, step))
        y = _FIRST_ADDRESS_LINE
        for line in lines:
            layout = fit_text(line, style, _ADDRESS_WIDTH, 7)
            self._sheet.on_baseline(layout, MARGIN, y)
            y += step
        day = fit_text(self._letter.day_words, _DAY, self._width - _ADDRESS_WIDTH, 7)
        x = self._sheet.width - MARGIN - day.room
        self._sheet.on_baseline(day, x, _FIRST_ADDRESS_LINE)
        return y

    def _parts(self) -> Iterator[_Part]:
        found = list(blocks(self._letter.body_markdown))
        for index, block in enumerate(found):
            goes_on = index + 1 < len(found) and bool(found[index + 1].marker)
            yield self._part(block, _AFTER_ITEM if block.marker and goes_on else _AFTER_PARAGRAPH)

    def _part(self, block: Block, after: float) -> _Part:
        indent = _ITEM_INDENT * (block.depth + 1) if block.marker else 0
        layout = Paragraph.of(block.spans, _BODY).lay_out(self._width - indent)
        return _Part(layout, after, block.marker, indent)

    def _flow(self, part: _Part, with_it: float = 0) -> None:
        """Draw a paragraph, over as many pages as it takes.

        A page never ends or begins with a single line of a longer paragraph.
        """
        rest = part.layout
        first = True
        while rest.lines:
            fits = _lines_here(rest, self._room_left(), with_it)
            if fits == 0:
                self._turn()
                continue
            here, rest = rest.take(fits)
            if first and part.marker:
                self._mark(part, here)
            first = False
            indent = 0 if here.leftward else part.indent
            self._y = self._sheet.place(here, MARGIN + indent, self._y)
            if rest.lines:
                self._turn()
        self._y += part.after

    def _mark(self, part: _Part, layout: Layout) -> None:
        right = self._sheet.width - MARGIN
        if part.marker == BULLET:
            away = part.indent - _ITEM_INDENT + 2 * MM
            x = right - away if layout.leftward else MARGIN + away
            y = self._y + layout.ascent - 1.25 * MM
            self._sheet.dot(x, y, 0.95 * MM, self._letter.letterhead.accent)
            return
        room = part.indent
        style = replace(_BODY, align=Align.RIGHT if layout.leftward else Align.LEFT)
        number = fit_text(part.marker, style, _ITEM_INDENT - 1 * MM, 6)
        x = right - number.room if layout.leftward else MARGIN + room - _ITEM_INDENT
        self._sheet.on_baseline(number, x, self._y + layout.ascent)

    def _signature_height(self) -> float:
        role = _ROLE.leading if self._letter.signer_role else 0
        return _AFTER_PARAGRAPH + _ROOM_TO_SIGN + _SIGNER.leading + role

    def _sign(self) -> None:
        """Draw the signature or leave room for one, then the name."""
        if self._y + self._signature_height() - _AFTER_PARAGRAPH > self._sheet.height - _BODY_END:
            self._turn()
        picture = self._letter.letterhead.signature
        if picture is not None:
            width, height = _SIGNATURE
            self._sheet.image(picture, (MARGIN, self._y, width, height), "w")
        self._y += _ROOM_TO_SIGN
        name = fit_text(self._letter.signer_name, _SIGNER, self._width, 8)
        self._y = self._sheet.place(name, MARGIN, self._y)
        if self._letter.signer_role:
            role = fit_text(self._letter.signer_role, _ROLE, self._width, 7)
            self._y = self._sheet.place(role, MARGIN, self._y)

    def _room_left(self) -> float:
        return self._sheet.height - _BODY_END - self._y

    def _turn(self) -> None:
        self._sheet.next_page()
        self._page += 1
        self._y = _NEXT_PAGE_TOP
        self._foot()

    def _foot(self) -> None:
        sheet, letter = self._sheet, self._letter
        words = wording(letter.language)
        sheet.rule(MARGIN, sheet.width - MARGIN, sheet.height - _FOOT_RULE, RULE)
        notes = [f"{words.our_reference} {letter.reference}"] if letter.reference else []
        if self._page > 1:
            notes.append(words.page.format(page=self._page))
        baseline = sheet.height - 13.8 * MM
        right = fit_text(" · ".join(notes), replace(_FOOT, align=Align.RIGHT), self._width / 2, 5)
        sheet.on_baseline(right, sheet.width - MARGIN - right.room, baseline)
        room = self._width - right.width - 6 * MM
        left = fit_text(letter.letterhead.legal_line, _FOOT, room, 5)
        sheet.on_baseline(left, MARGIN, baseline)


def _lines_here(layout: Layout, room: float, with_it: float) -> int:
    """Return how many lines go on this page; 0 asks for the next one."""
    count = len(layout.lines)
    leading = layout.style.leading
    fits = int(room / leading + 0.01)
    if count * leading + with_it <= room + 0.1:
        return count
    if fits >= count:  # the lines would fit, the signature behind them wouldn't
        fits = count - 2
    if count - fits == 1:
        fits -= 1
    whole_pages = 3  # a short paragraph stays whole, a long one is parted
    return 0 if fits < 2 or (with_it and count <= whole_pages) else fits  # noqa: PLR2004
