"""The letter: the shop's head, an address for a window envelope, the words, a name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from recoverydesk.documents.address_block import set_address
from recoverydesk.documents.gift_certificate import GiftCertificate, draw_on
from recoverydesk.documents.letterhead import MARGIN, Letterhead, draw_letterhead
from recoverydesk.documents.markup import BULLET, Block, blocks
from recoverydesk.documents.paragraph import Align, Layout, Paragraph, Style, fit_text, limit
from recoverydesk.documents.readable import tidy
from recoverydesk.documents.sheet import DOTS, GREY, MM, RULE, Properties, Sheet
from recoverydesk.documents.typeface import Typeface
from recoverydesk.documents.windows import Window, window
from recoverydesk.documents.wording import wording
from recoverydesk.records import record


@record
class _Look:
    """The letter's styles in one typeface; a sans looks larger, so it is set smaller."""

    body: Style
    address: Style
    day: Style
    signer: Style
    role: Style


ADDRESS = Style(Typeface.SERIF, 11, 15, align=Align.LEFT)
"""The recipient in the window, where the shop's letters have serifs."""

_LOOKS = {
    "serif": _Look(
        body=Style(Typeface.SERIF, 11.2, 16.4),
        address=ADDRESS,
        day=Style(Typeface.SERIF, 11, 15, align=Align.RIGHT),
        signer=Style(Typeface.SERIF_BOLD, 11.2, 15),
        role=Style(Typeface.SERIF, 10.2, 14, GREY),
    ),
    "sans": _Look(
        body=Style(Typeface.SANS, 10, 15.6),
        address=Style(Typeface.SANS, 10, 14, align=Align.LEFT),
        day=Style(Typeface.SANS, 10, 14, align=Align.RIGHT),
        signer=Style(Typeface.SANS_SEMIBOLD, 10, 14.2),
        role=Style(Typeface.SANS, 9, 13.2, GREY),
    ),
}
_RETURN = Style(Typeface.SANS, 6.5, 8, GREY, Align.LEFT)
_FOOT = Style(Typeface.SANS, 7.2, 10, GREY)

_NEXT_PAGE_TOP = 27 * MM
_BODY_END = 27 * MM
_FOOT_RULE = 19 * MM
_RETURN_ROOM = 4.2 * MM
_DAY_WIDTH = 60 * MM

_AFTER_PARAGRAPH = 3.6 * MM
_AFTER_ITEM = 1.6 * MM
_ITEM_INDENT = 7 * MM
_ROOM_TO_SIGN = 18 * MM
JUST_TOO_LONG = 2
"""Pages; a letter of so many may do with one."""
TIGHTER = (0.95, 0.9)
"""How much smaller its words may be for that: ten points of serif, nine of sans, at the least."""
_SIGNATURE = (60 * MM, 16 * MM)
_BEFORE_ENCLOSURES = 3.8 * MM
_MOST_ENCLOSURE_LINES = 2

# Left of all text, and clear of the edge that most printers can't reach.
_MARK = 4.5 * MM
_FOLD_MARK = 4 * MM
_PUNCH_MARK = 6.5 * MM


@record
class Letter:
    """All that a letter says; nothing is looked up while drawing."""

    letterhead: Letterhead
    recipient_lines: tuple[str, ...]
    day_words: str
    """The date as the customer reads it."""
    body_markdown: str
    """From "Dear ..." to "With my apologies": a safe subset of Markdown."""
    signer_name: str
    signer_role: str = ""
    """Below the name: "Owner", or the number to reach them."""
    reference: str = ""
    """The case's number, as shown."""
    language: str = "en"
    title: str = ""
    """What a PDF viewer shows; the recipient where empty."""
    enclosures: tuple[GiftCertificate, ...] = ()

    @property
    def shown_title(self) -> str:
        """What a PDF viewer calls it."""
        return self.title or " ".join(self.recipient_lines[:1])


class _Binder(Sheet):
    """Pages of several letters, which a PDF viewer lists by their titles."""

    def begin(self, letter: Letter, number: int) -> None:
        """Let the viewer's list lead to this page."""
        key = f"letter-{number}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(tidy(letter.shown_title) or f"{number}", key, level=0)


def draw(letter: Letter) -> bytes:
    """Return the letter as a PDF, certificates on pages of their own after it.

    Raises:
        FileTroubleError: the logo or the signature is no picture.
    """
    return draw_all([letter])


def draw_all(letters: Sequence[Letter], before_each: Callable[[int], None] | None = None) -> bytes:
    """Return letters, at least one, behind one another in one PDF; each counts its own pages.

    Several letters are listed in the PDF's outline.

    Args:
        letters: what to draw.
        before_each: told the place of each, from 0, before it is drawn; may raise to stop.

    Raises:
        FileTroubleError: a logo or a signature is no picture.
    """
    first = letters[0]
    properties = Properties(first.shown_title, first.letterhead.shop_name, first.language)
    sheet = _Binder(first.letterhead.page_size, properties)
    for index, letter in enumerate(letters):
        if before_each is not None:
            before_each(index)
        if index:
            sheet.next_page()
        if len(letters) > 1:
            sheet.begin(letter, index + 1)
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
    """Fills the pages of one letter from top to bottom, then draws them: the foot counts them."""

    def __init__(self, sheet: Sheet, letter: Letter) -> None:
        self._sheet = sheet
        self._letter = letter
        self._look = _LOOKS[letter.letterhead.typeface]
        self._body = self._look.body
        self._tightness = 1.0
        self._pages: list[list[Callable[[], object]]] = [[]]
        self._width = sheet.width - 2 * MARGIN
        self._y = 0.0

    def write(self) -> None:
        shop = self._letter.letterhead
        layout = window(shop.envelope, shop.paper)
        draw_letterhead(self._sheet, shop, layout.head_end)
        self._address(layout)
        self._marks(layout)
        self._fill(layout.body_top)
        if len(self._pages) == JUST_TOO_LONG:
            self._fill_one_page(layout.body_top)
        for number, page in enumerate(self._pages, start=1):
            if number > 1:
                self._sheet.next_page()
            for draw_it in page:
                draw_it()
            self._foot(number)

    def _fill(self, top: float, tightness: float = 1.0) -> None:
        """Set the words from this height on, and the name below them."""
        self._body = self._look.body.sized(self._look.body.size * tightness)
        self._tightness = tightness
        self._pages, self._y = [[]], top
        empty = _Part(Paragraph.of("", self._body).lay_out(1), 0)
        *parts, last = [*self._parts()] or [empty]
        for part in parts:
            self._flow(part)
        # The closing line stays with the signature, whole where it is no long paragraph.
        enclosed = self._enclosed()
        self._flow(last, with_it=self._signature_height(enclosed))
        self._sign(enclosed)

    def _fill_one_page(self, top: float) -> None:
        """Set the words a little smaller where that saves a page with hardly more than a name."""
        for tightness in TIGHTER:
            self._fill(top, tightness)
            if len(self._pages) == 1:
                return
        self._fill(top)

    # -- the first page's head ---------------------------------------------------------------

    def _address(self, layout: Window) -> None:
        """Draw return line, recipient and date."""
        room = layout.address
        width = room.right - MARGIN
        top = room.top
        sender = self._letter.letterhead.return_line
        if sender:
            self._return_line(sender, top, width)
            top += _RETURN_ROOM
        lines = set_address(
            self._letter.recipient_lines,
            self._look.address,
            width,
            (layout.snug - top, room.bottom - top),
        )
        baseline = top + (lines[0].ascent if lines else self._look.day.leading)
        for line in lines:
            top = self._sheet.place(line, MARGIN, top)
        right = self._sheet.width - MARGIN
        day_width = min(_DAY_WIDTH, right - layout.shown.right - 2 * MM)
        day = fit_text(self._letter.day_words, self._look.day, day_width, 7)
        self._sheet.on_baseline(day, right - day.room, baseline)

    def _return_line(self, sender: str, top: float, width: float) -> None:
        layout = fit_text(sender, _RETURN, width, 5)
        end = self._sheet.place(layout, MARGIN, top)
        self._sheet.rule(MARGIN, MARGIN + layout.width, end - 0.2 * MM, GREY, 0.35)

    def _marks(self, layout: Window) -> None:
        """Draw where to fold, and where to punch A4 for a file (ISO 838)."""
        shop = self._letter.letterhead
        if not shop.fold_marks:
            return
        for fold in layout.folds:
            self._sheet.rule(_MARK, _MARK + _FOLD_MARK, fold, DOTS, 0.4)
        if shop.paper == "a4":
            self._sheet.rule(_MARK, _MARK + _PUNCH_MARK, self._sheet.height / 2, DOTS, 0.4)

    # -- the words ---------------------------------------------------------------------------

    def _parts(self) -> Iterator[_Part]:
        found = list(blocks(self._letter.body_markdown))
        for index, block in enumerate(found):
            goes_on = index + 1 < len(found) and bool(found[index + 1].marker)
            after = _AFTER_ITEM if block.marker and goes_on else _AFTER_PARAGRAPH
            yield self._part(block, after * self._tightness)

    def _part(self, block: Block, after: float) -> _Part:
        indent = _ITEM_INDENT * (block.depth + 1) if block.marker else 0
        layout = Paragraph.of(block.spans, self._body).lay_out(self._width - indent)
        return _Part(layout, after, block.marker, indent)

    def _flow(self, part: _Part, with_it: float = 0) -> None:
        """Set a paragraph, over as many pages as it takes.

        A page never ends or begins with a single line of a longer paragraph.
        """
        rest: Layout | None = part.layout
        first = True
        while rest is not None and rest.lines:
            fits = _lines_here(rest, self._room_left(), with_it)
            if fits == 0:
                self._turn()
                continue
            whole = fits == len(rest.lines)
            here, rest = (rest, None) if whole else rest.take(fits)
            if first and part.marker:
                self._mark(part, here)
            first = False
            self._place(here, 0 if here.leftward else part.indent)
            if rest is not None:
                self._turn()
        self._y += part.after

    def _mark(self, part: _Part, layout: Layout) -> None:
        right = self._sheet.width - MARGIN
        if part.marker == BULLET:
            away = part.indent - _ITEM_INDENT + 2 * MM
            x = right - away if layout.leftward else MARGIN + away
            y = self._y + layout.ascent - 1.25 * MM
            accent = self._letter.letterhead.accent
            self._later(partial(self._sheet.dot, x, y, 0.95 * MM, accent))
            return
        style = replace(self._body, align=Align.RIGHT if layout.leftward else Align.LEFT)
        number = fit_text(part.marker, style, _ITEM_INDENT - 1 * MM, 6)
        x = right - number.room if layout.leftward else MARGIN + part.indent - _ITEM_INDENT
        self._later(partial(self._sheet.on_baseline, number, x, self._y + layout.ascent))

    # -- the name ----------------------------------------------------------------------------

    def _enclosed(self) -> Layout | None:
        """Return the line that says what lies in the envelope, too."""
        things = [f"{one.heading} {one.value_words}".strip() for one in self._letter.enclosures]
        if not things:
            return None
        words = wording(self._letter.language)
        label = words.enclosure if len(things) == 1 else words.enclosures
        said = f"{label}: {', '.join(things)}"
        return limit(said, self._look.role, self._width, _MOST_ENCLOSURE_LINES)

    def _signature_height(self, enclosed: Layout | None) -> float:
        role = self._look.role.leading if self._letter.signer_role else 0
        below = 0 if enclosed is None else _BEFORE_ENCLOSURES + enclosed.height
        return _AFTER_PARAGRAPH + _ROOM_TO_SIGN + self._look.signer.leading + role + below

    def _sign(self, enclosed: Layout | None) -> None:
        """Set the signature or leave room for one, then the name and what is enclosed."""
        if self._signature_height(enclosed) - _AFTER_PARAGRAPH > self._room_left():
            self._turn()
        picture = self._letter.letterhead.signature
        if picture is not None:
            box = (MARGIN, self._y, *_SIGNATURE)
            self._later(partial(self._sheet.image, picture, box, "w"))
        self._y += _ROOM_TO_SIGN
        self._place(fit_text(self._letter.signer_name, self._look.signer, self._width, 8))
        if self._letter.signer_role:
            self._place(fit_text(self._letter.signer_role, self._look.role, self._width, 7))
        if enclosed is not None:
            self._y += _BEFORE_ENCLOSURES
            self._place(enclosed)

    # -- pages -------------------------------------------------------------------------------

    def _place(self, layout: Layout, indent: float = 0) -> None:
        self._later(partial(self._sheet.place, layout, MARGIN + indent, self._y))
        self._y += layout.height

    def _later(self, draw_it: Callable[[], object]) -> None:
        self._pages[-1].append(draw_it)

    def _room_left(self) -> float:
        return self._sheet.height - _BODY_END - self._y

    def _turn(self) -> None:
        self._pages.append([])
        self._y = _NEXT_PAGE_TOP

    def _foot(self, number: int) -> None:
        sheet, letter = self._sheet, self._letter
        words = wording(letter.language)
        sheet.rule(MARGIN, sheet.width - MARGIN, sheet.height - _FOOT_RULE, RULE)
        notes = [f"{words.our_reference} {letter.reference}"] if letter.reference else []
        if number > 1:
            notes.append(words.page_of.format(page=number, pages=len(self._pages)))
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
