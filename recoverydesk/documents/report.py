"""Papers for the owner's own use: headings, words, entries in two columns, bars, room to write."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.paragraph import Align, Layout, Paragraph, Style, fit_text, limit
from recoverydesk.documents.sheet import GREY, MM, RULE, Properties, Sheet, mixed
from recoverydesk.documents.typeface import Typeface
from recoverydesk.documents.wording import wording
from recoverydesk.records import record

_MARGIN = 20 * MM
_TOP = 50 * MM
_NEXT_PAGE_TOP = 24 * MM
_END = 24 * MM
_FOOT_RULE = 17 * MM
_LABEL_WIDTH = 40 * MM
_NUMBER_WIDTH = 30 * MM
_BAR = 4.6 * MM
_WRITING_STEP = 8.5 * MM
FEWEST_LINES = 2
MOST_KEPT_WHOLE = 3
"""Lines of a paragraph that no page parts."""
_PICTURE = 62 * MM
_PICTURE_GAP = 6 * MM
_FEW = 30 * MM
"""A last page with less on it is worth a little less white on the others."""
_TIGHTER = 0.7
_PALE = 0.3

_TITLE = Style(Typeface.SERIF_BOLD, 23, 29)
_SUBTITLE = Style(Typeface.SANS, 10, 14, GREY)
_SHOP = Style(Typeface.SANS_SEMIBOLD, 9, 12, align=Align.RIGHT)
_HEADING = Style(Typeface.SERIF_BOLD, 13, 17)
_SUBHEADING = Style(Typeface.SANS_SEMIBOLD, 9.5, 14)
_WORDS = Style(Typeface.SERIF, 10.5, 15)
_QUIET = Style(Typeface.SANS, 8.6, 12, GREY)
_LABEL = Style(Typeface.SANS, 8.8, 15, GREY)
_NUMBER = Style(Typeface.SANS_SEMIBOLD, 9.5, 15, align=Align.RIGHT)
_BAR_LABEL = Style(Typeface.SANS_MEDIUM, 9.5, 13)
_FOOT = Style(Typeface.SANS, 7.5, 10, GREY)
_FOOT_RIGHT = Style(Typeface.SANS, 7.5, 10, GREY, Align.RIGHT)


@record
class Heading:
    """Begins a section; never the last thing on a page."""

    words: str


@record
class Subheading:
    """Names what follows within a section; stays on the page with it."""

    words: str


@record
class Words:
    """A paragraph; new lines in it stay."""

    words: str
    quiet: bool = False


@record
class Entry:
    """A line in two columns: when or what at the left, the words beside it."""

    label: str
    words: str
    number: str = ""
    """At the right edge: an amount."""


@record
class Bar:
    """One bar of a chart, with its words above it."""

    label: str
    share: float
    """0 to 1 of the longest."""
    number: str
    strong: bool = True


@record
class Writing:
    """Dotted lines to write on: so many, or as many as the page has room for."""

    lines: int = 0


@record
class Pictures:
    """One or two pictures beside each other, with their names below."""

    pictures: tuple[tuple[str, bytes], ...]
    """Name, and a JPEG, PNG or WebP."""


Part = Heading | Subheading | Words | Entry | Bar | Writing | Pictures


@record
class Report:
    """All that the paper says; nothing is looked up while drawing."""

    letterhead: Letterhead
    title: str
    subtitle: str
    parts: tuple[Part, ...]
    foot: str = ""
    language: str = "en"


@record
class _Item:
    """A part laid out: what it is, its words, how high it is, how much white stands before it."""

    part: Part
    layouts: tuple[Layout, ...]
    height: float
    before: float


_Page = list[tuple[float, _Item]]
"""What stands on a page, and how far down."""


def draw(report: Report) -> bytes:
    """Return the report as a PDF, over as many pages as it takes.

    Raises:
        FileTroubleError: the logo is no picture.
    """
    shop = report.letterhead
    sheet = Sheet(shop.page_size, Properties(report.title, shop.shop_name, report.language))
    room = sheet.width - 2 * _MARGIN
    pages = _fewest_pages(list(_items(report.parts, room)), sheet.height)
    for index, page in enumerate(pages):
        if index == 0:
            _head(sheet, report, room)
        else:
            sheet.next_page()
        for top, item in page:
            _draw_item(sheet, item, top, shop.accent)
        _foot(sheet, report, index + 1, len(pages))
    return sheet.finish()


def _items(parts: Iterable[Part], room: float) -> Iterator[_Item]:
    before: Part | None = None
    for part in parts:
        layouts = tuple(_laid_out(part, room))
        yield from _pieces(part, layouts, _white(before, part))
        before = part


def _laid_out(part: Part, room: float) -> Iterator[Layout]:
    match part:
        case Heading(words):
            yield limit(words, _HEADING, room, 2)
        case Subheading(words):
            yield limit(words, _SUBHEADING, room, 2)
        case Words(words, quiet):
            yield Paragraph.of(words, _QUIET if quiet else _WORDS).lay_out(room)
        case Entry(label, words, number):
            width = room - _LABEL_WIDTH - 4 * MM - (_NUMBER_WIDTH if number else 0)
            yield Paragraph.of(words, _WORDS).lay_out(width)
            yield limit(label, _LABEL, _LABEL_WIDTH, 2)
            yield fit_text(number, _NUMBER, _NUMBER_WIDTH, 6)
        case Bar(label, _share, number, _strong):
            yield limit(label, _BAR_LABEL, room - _NUMBER_WIDTH, 1)
            yield fit_text(number, _NUMBER, _NUMBER_WIDTH, 6)
        case Pictures(pictures):
            for name, _content in pictures:
                yield limit(name, _QUIET, _half(room), 1)


def _pieces(part: Part, layouts: tuple[Layout, ...], white: float) -> Iterator[_Item]:
    """Yield a part; long words a line at a time, so that a page may end between any two."""
    if isinstance(part, Words | Entry) and len(layouts[0].lines) > MOST_KEPT_WHOLE:
        rest, beside = layouts[0], layouts[1:]
        first = True
        while rest.lines:
            here, rest = rest.take(1)
            height = here.height
            if first:
                height = max([height, *(one.height if not rest.lines else 0 for one in beside)])
            yield _Item(part, (here, *beside) if first else (here,), height, white if first else 0)
            first = False
        return
    height = sum(layout.height for layout in layouts[:1])
    if isinstance(part, Entry):
        height = max(layout.height for layout in layouts)
    if isinstance(part, Bar):
        height += _BAR + 1 * MM
    if isinstance(part, Writing):
        height = max(part.lines, FEWEST_LINES) * _WRITING_STEP
    if isinstance(part, Pictures):
        height = _PICTURE + 1 * MM + max(layout.height for layout in layouts)
    yield _Item(part, layouts, height, white)


def _white(before: Part | None, part: Part) -> float:
    if before is None:
        return 0
    if isinstance(part, Heading):
        return 8 * MM
    if isinstance(before, Heading):
        return 1.6 * MM
    if isinstance(part, Subheading):
        return 3.4 * MM
    return 3 * MM if isinstance(part, Bar | Words | Pictures) else 0.9 * MM


def _half(room: float) -> float:
    return (room - _PICTURE_GAP) / 2


def _fewest_pages(items: list[_Item], height: float) -> list[_Page]:
    """Return the pages, a little tighter where that saves a last one with a few lines."""
    pages = _pages(items, height)
    if len(pages) == 1:
        return pages
    top, last = pages[-1][-1]
    if top + last.height > _NEXT_PAGE_TOP + _FEW or isinstance(last.part, Writing):
        return pages
    tight = _pages([replace(item, before=item.before * _TIGHTER) for item in items], height)
    return min(pages, tight, key=len)


def _pages(items: list[_Item], height: float) -> list[_Page]:
    pages: list[_Page] = [[]]
    y = _TOP
    for place, item in enumerate(items):
        if y + _needed(items, place) > height - _END and pages[-1]:
            pages.append([])
            y = _NEXT_PAGE_TOP
        else:
            y += item.before
        pages[-1].append((y, item))
        y += item.height
    return pages


def _needed(items: list[_Item], place: int) -> float:
    """Return the room a part takes with what it must not leave.

    A heading takes what follows along to the next page, a plan's name two of its steps.
    """
    item = items[place]
    needed = item.before + item.height
    if isinstance(item.part, Heading) and place + 1 < len(items):
        return needed + _needed(items, place + 1)
    steps = items[place + 1 : place + 3] if isinstance(item.part, Subheading) else []
    return needed + sum(step.before + step.height for step in steps)


def _draw_item(sheet: Sheet, item: _Item, top: float, accent: str) -> None:
    part = item.part
    right = sheet.width - _MARGIN
    if isinstance(part, Writing):
        room = sheet.height - _END - top
        for line in range(1, (part.lines or int(room / _WRITING_STEP)) + 1):
            sheet.dotted(_MARGIN, right, top + line * _WRITING_STEP)
        return
    if isinstance(part, Entry):
        sheet.place(item.layouts[0], _MARGIN + _LABEL_WIDTH + 4 * MM, top)
        if len(item.layouts) > 1:
            sheet.place(item.layouts[1], _MARGIN, top)
            sheet.place(item.layouts[2], right - _NUMBER_WIDTH, top)
        return
    if isinstance(part, Pictures):
        _draw_pictures(sheet, part, item.layouts, top)
        return
    end = sheet.place(item.layouts[0], _MARGIN, top)
    if isinstance(part, Heading):
        sheet.rule(_MARGIN, right, end + 0.8 * MM, RULE)
    if isinstance(part, Bar):
        sheet.place(item.layouts[1], right - _NUMBER_WIDTH, top)
        colour = accent if part.strong else mixed(accent, "#FFFFFF", _PALE)
        width = max(1.2 * MM, min(1.0, part.share) * (right - _MARGIN))
        sheet.area(_MARGIN, end + 1 * MM, (width, _BAR - 1 * MM), colour, 0.9 * MM)


def _draw_pictures(sheet: Sheet, part: Pictures, names: tuple[Layout, ...], top: float) -> None:
    width = _half(sheet.width - 2 * _MARGIN)
    for place, (_name, content) in enumerate(part.pictures):
        left = _MARGIN + place * (width + _PICTURE_GAP)
        sheet.image(content, (left, top, width, _PICTURE), "sw")
        sheet.place(names[place], left, top + _PICTURE + 1 * MM)


def _head(sheet: Sheet, report: Report, room: float) -> None:
    shop = report.letterhead
    right = sheet.width - _MARGIN
    if shop.logo is not None:
        sheet.image(shop.logo, (right - 12 * MM, 14 * MM, 12 * MM, 12 * MM), "e")
    name = fit_text(shop.shop_name, _SHOP, 60 * MM, 6)
    sheet.on_baseline(name, right - 60 * MM, 31 * MM)
    title = fit_text(report.title, _TITLE, room - 66 * MM, 12, lines=2)
    sheet.on_baseline(title, _MARGIN, 26 * MM if len(title.lines) == 1 else 20 * MM)
    subtitle = limit(report.subtitle, _SUBTITLE, room - 66 * MM, 2)
    sheet.on_baseline(subtitle, _MARGIN, 33.6 * MM if len(subtitle.lines) == 1 else 32 * MM)
    sheet.rule(_MARGIN, right, 40 * MM, shop.accent, 1)


def _foot(sheet: Sheet, report: Report, page: int, pages: int) -> None:
    right = sheet.width - _MARGIN
    baseline = sheet.height - 12 * MM
    sheet.rule(_MARGIN, right, sheet.height - _FOOT_RULE, RULE)
    room = right - _MARGIN - 40 * MM
    sheet.on_baseline(limit(report.foot, _FOOT, room, 1), _MARGIN, baseline)
    said = wording(report.language).page_of.format(page=page, pages=pages)
    number = fit_text(said, _FOOT_RIGHT, 36 * MM, 5)
    sheet.on_baseline(number, right - 36 * MM, baseline)
