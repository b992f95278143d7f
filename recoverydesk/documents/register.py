"""The monthly register on paper: the month's sums, then every line in columns, page after page."""

from collections.abc import Iterator

from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.paragraph import Align, Layout, Paragraph, Style, fit_text, limit
from recoverydesk.documents.sheet import GREY, MM, RULE, Properties, Sheet
from recoverydesk.documents.typeface import Typeface
from recoverydesk.documents.wording import wording
from recoverydesk.records import record

_MARGIN = 18 * MM
_TOP = 46 * MM
_NEXT_PAGE_TOP = 20 * MM
_END = 23 * MM
_FOOT_RULE = 17 * MM
_DAY = 18 * MM
_REFS = 30 * MM
_AMOUNT = 25 * MM
_GAP = 3 * MM
_ROW_PADDING = 1.1 * MM
_SECTION_WHITE = 7 * MM
_BLOCK_GAP = 12 * MM
_SMALLEST = 5

_TITLE = Style(Typeface.SERIF_BOLD, 21, 27)
_SUBTITLE = Style(Typeface.SANS, 10, 14, GREY)
_SHOP = Style(Typeface.SANS_SEMIBOLD, 9, 12, align=Align.RIGHT)
_HEADING = Style(Typeface.SERIF_BOLD, 12.5, 17)
_COLUMN = Style(Typeface.SANS, 7.8, 11, GREY)
_COLUMN_RIGHT = Style(Typeface.SANS, 7.8, 11, GREY, Align.RIGHT)
_DAY_STYLE = Style(Typeface.SANS, 8.4, 12, GREY)
# At the left in any script: at the right they would seem to belong to the next column.
_NAME = Style(Typeface.SANS_SEMIBOLD, 8.8, 12, align=Align.LEFT)
_WORDS = Style(Typeface.SANS, 8.4, 11.4, align=Align.LEFT)
_REF = Style(Typeface.SANS, 8, 12, GREY)
_NUMBER = Style(Typeface.SANS, 8.8, 12, align=Align.RIGHT)
_SUM = Style(Typeface.SANS_SEMIBOLD, 9, 13, align=Align.RIGHT)
_SUM_LABEL = Style(Typeface.SANS_SEMIBOLD, 9, 13)
_FACT = Style(Typeface.SANS, 8.8, 13)
_FACT_NUMBER = Style(Typeface.SANS, 8.8, 13, align=Align.RIGHT)
_FOOT = Style(Typeface.SANS, 7.5, 10, GREY)
_FOOT_RIGHT = Style(Typeface.SANS, 7.5, 10, GREY, Align.RIGHT)


@record
class Fact:
    """A sum and what it is of."""

    label: str
    number: str
    strong: bool = False


@record
class Facts:
    """Sums that belong together."""

    heading: str
    facts: tuple[Fact, ...]


@record
class Row:
    """One line."""

    day: str
    name: str
    words: str
    refs: tuple[str, ...]
    """The case's number and the code: what the line can be found by."""
    amounts: tuple[str, ...]
    """As many as its section has heads."""


@record
class Section:
    """Lines of one sort, with their sums below."""

    heading: str
    heads: tuple[str, ...]
    """Over each column of amounts."""
    rows: tuple[Row, ...]
    sums: tuple[str, ...]
    """Under each column of amounts."""


@record
class RegisterPaper:
    """All that the paper says; nothing is looked up while drawing."""

    letterhead: Letterhead
    title: str
    subtitle: str
    facts: tuple[Facts, Facts]
    """The two blocks of sums beside each other at its head."""
    sections: tuple[Section, ...]
    foot: str = ""
    language: str = "en"


@record
class _Placed:
    """Something laid out: where each part of it stands, from the left margin and its own top."""

    layouts: tuple[tuple[Layout, float, float], ...]
    height: float
    rule_below: str = ""
    """The colour of the line under it; empty for none."""


_Page = list[tuple[float, _Placed]]
"""What stands on a page, and how far down."""


def draw(paper: RegisterPaper) -> bytes:
    """Return the register as a PDF, over as many pages as it takes.

    Names and words wrap, numbers shrink: nothing is ever clipped. Each page that goes on with a
    section repeats its heading and the heads of its columns.

    Raises:
        FileTroubleError: the logo is no picture.
    """
    shop = paper.letterhead
    sheet = Sheet(shop.page_size, Properties(paper.title, shop.shop_name, paper.language))
    room = sheet.width - 2 * _MARGIN
    pages = _Pages(sheet.height)
    pages.add(_facts(paper.facts, room))
    for section in paper.sections:
        pages.add_section(section, room, paper.language)
    for number, page in enumerate(pages.pages, start=1):
        if number == 1:
            _head(sheet, paper, room)
        else:
            sheet.next_page()
        for top, placed in page:
            _draw_placed(sheet, placed, top, room)
        _foot(sheet, paper, number, len(pages.pages))
    return sheet.finish()


class _Pages:
    """Puts what is laid out under one another, and begins a page where there is no room left."""

    def __init__(self, height: float) -> None:
        self.pages: list[_Page] = [[]]
        self._y = _TOP
        self._bottom = height - _END

    def add(self, placed: _Placed, white: float = 0) -> None:
        """Put something below what is there."""
        self._y += white
        self.pages[-1].append((self._y, placed))
        self._y += placed.height

    def add_section(self, section: Section, room: float, language: str) -> None:
        """Put a section's lines below what is there, its heads on every page that it takes."""
        rows = [_row(row, room) for row in section.rows]
        end = _sums(section, room)
        head = _section_head(section.heading, section, room)
        # Never a head without a line under it, nor the sum without a line over it.
        if not self._fits(_SECTION_WHITE + head.height + rows[0].height + end.height):
            self._next_page()
            self.add(head)
        else:
            self.add(head, _SECTION_WHITE)
        again = _section_head(f"{section.heading} {wording(language).continued}", section, room)
        for place, row in enumerate(rows):
            last = place == len(rows) - 1
            if place and not self._fits(row.height + (end.height if last else 0)):
                self._next_page()
                self.add(again)
            self.add(row)
        self.add(end)

    def _fits(self, height: float) -> bool:
        return self._y + height <= self._bottom

    def _next_page(self) -> None:
        self.pages.append([])
        self._y = _NEXT_PAGE_TOP


def _columns(count: int, room: float) -> tuple[float, float, list[float]]:
    """Return how wide the words may be, and where references and each amount begin."""
    amounts = [room - _AMOUNT * (count - place) for place in range(count)]
    refs = room - _AMOUNT * count - _GAP - _REFS
    return refs - _GAP - _DAY, refs, amounts


def _row(row: Row, room: float) -> _Placed:
    width, refs_at, amounts_at = _columns(len(row.amounts), room)
    name = Paragraph.of(row.name, _NAME).lay_out(width)
    words = Paragraph.of(row.words, _WORDS).lay_out(width)
    top = _ROW_PADDING
    placed = [
        (fit_text(row.day, _DAY_STYLE, _DAY - _GAP, _SMALLEST), 0.0, top),
        (name, _DAY, top),
        (words, _DAY, top + name.height),
    ]
    for place, ref in enumerate(row.refs):
        fitted = fit_text(ref, _REF, _REFS, _SMALLEST)
        placed.append((fitted, refs_at, top + place * _REF.leading))
    for amount, left in zip(row.amounts, amounts_at, strict=True):
        placed.append((fit_text(amount, _NUMBER, _AMOUNT - _GAP, _SMALLEST), left + _GAP, top))
    height = max(name.height + words.height, len(row.refs) * _REF.leading)
    return _Placed(tuple(placed), height + 2 * _ROW_PADDING, RULE)


def _section_head(heading: str, section: Section, room: float) -> _Placed:
    _width, refs_at, amounts_at = _columns(len(section.heads), room)
    title = limit(heading, _HEADING, room, 1)
    below = title.height + 1 * MM
    placed = [(title, 0.0, 0.0)]
    for words, left in (("Day", 0.0), ("For whom, and what", _DAY), ("Case and code", refs_at)):
        placed.append((fit_text(words, _COLUMN, _REFS + _GAP, _SMALLEST), left, below))
    for words, left in zip(section.heads, amounts_at, strict=True):
        head = fit_text(words, _COLUMN_RIGHT, _AMOUNT - _GAP, _SMALLEST)
        placed.append((head, left + _GAP, below))
    return _Placed(tuple(placed), below + _COLUMN.leading + 0.6 * MM, GREY)


def _sums(section: Section, room: float) -> _Placed:
    if not section.sums:
        return _Placed((), 0)
    _width, _refs_at, amounts_at = _columns(len(section.sums), room)
    placed = [(limit("In all", _SUM_LABEL, room / 3, 1), _DAY, _ROW_PADDING)]
    for amount, left in zip(section.sums, amounts_at, strict=True):
        fitted = fit_text(amount, _SUM, _AMOUNT - _GAP, _SMALLEST)
        placed.append((fitted, left + _GAP, _ROW_PADDING))
    return _Placed(tuple(placed), _SUM.leading + 2 * _ROW_PADDING)


def _facts(blocks: tuple[Facts, Facts], room: float) -> _Placed:
    width = (room - _BLOCK_GAP) / 2
    placed: list[tuple[Layout, float, float]] = []
    heights = []
    for block, left in zip(blocks, (0.0, width + _BLOCK_GAP), strict=True):
        placed += [(one, left + x, top) for one, x, top in _block(block, width)]
        heights.append(max(top + one.height for one, _x, top in placed))
    return _Placed(tuple(placed), max(heights))


def _block(block: Facts, width: float) -> Iterator[tuple[Layout, float, float]]:
    heading = limit(block.heading, _HEADING, width, 1)
    yield heading, 0.0, 0.0
    top = heading.height + 1 * MM
    for fact in block.facts:
        label, number = (_SUM_LABEL, _SUM) if fact.strong else (_FACT, _FACT_NUMBER)
        words = Paragraph.of(fact.label, label).lay_out(width - _AMOUNT - _GAP)
        yield words, 0.0, top
        yield fit_text(fact.number, number, _AMOUNT, _SMALLEST), width - _AMOUNT, top
        top += words.height


def _draw_placed(sheet: Sheet, placed: _Placed, top: float, room: float) -> None:
    for layout, left, down in placed.layouts:
        sheet.place(layout, _MARGIN + left, top + down)
    if placed.rule_below:
        sheet.rule(_MARGIN, _MARGIN + room, top + placed.height, placed.rule_below, 0.5)


def _head(sheet: Sheet, paper: RegisterPaper, room: float) -> None:
    shop = paper.letterhead
    right = sheet.width - _MARGIN
    if shop.logo is not None:
        sheet.image(shop.logo, (right - 12 * MM, 12 * MM, 12 * MM, 12 * MM), "e")
    name = fit_text(shop.shop_name, _SHOP, 60 * MM, _SMALLEST + 1)
    sheet.on_baseline(name, right - 60 * MM, 30 * MM)
    sheet.on_baseline(fit_text(paper.title, _TITLE, room - 66 * MM, 12), _MARGIN, 24 * MM)
    sheet.on_baseline(limit(paper.subtitle, _SUBTITLE, room - 66 * MM, 1), _MARGIN, 31 * MM)
    sheet.rule(_MARGIN, right, 37 * MM, shop.accent, 1)


def _foot(sheet: Sheet, paper: RegisterPaper, page: int, pages: int) -> None:
    right = sheet.width - _MARGIN
    baseline = sheet.height - 12 * MM
    sheet.rule(_MARGIN, right, sheet.height - _FOOT_RULE, RULE)
    words = f"{paper.letterhead.shop_name}, {paper.title}. {paper.foot}"
    sheet.on_baseline(limit(words, _FOOT, right - _MARGIN - 40 * MM, 1), _MARGIN, baseline)
    said = wording(paper.language).page_of.format(page=page, pages=pages)
    number = fit_text(said, _FOOT_RIGHT, 36 * MM, _SMALLEST)
    sheet.on_baseline(number, right - 36 * MM, baseline)
