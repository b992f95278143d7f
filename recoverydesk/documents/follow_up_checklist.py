"""The follow-ups of a day on paper: whom to ring, room for what they say, a box to tick."""

from recoverydesk.documents import direction
from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.paragraph import INK, Align, Layout, Span, Style, fit_text, limit
from recoverydesk.documents.sheet import GREY, LATE, MM, RULE, Properties, Sheet
from recoverydesk.documents.typeface import Typeface
from recoverydesk.documents.wording import wording
from recoverydesk.records import record

_MARGIN = 20 * MM
_INDENT = 9 * MM
_RIGHT_COLUMN = 46 * MM
_BOX = 4.8 * MM
_TOP = 46 * MM
_NEXT_PAGE_TOP = 26 * MM
_END = 22 * MM
_FOOT_RULE = 16 * MM
_HEADING_HEIGHT = 3 * MM
_BEFORE_HEADING = 9.5 * MM
_ROOM_TO_WRITE = 11.5 * MM
_NOTE_STEP = 8 * MM
_FEWEST_NOTES = 3
_RIGHTWARD = "\u200e"

_TITLE = Style(Typeface.SERIF_BOLD, 24, 30)
_DAY = Style(Typeface.SANS, 10.5, 14, GREY)
_SHOP = Style(Typeface.SANS_SEMIBOLD, 9, 12, align=Align.RIGHT)
_SUMMARY = Style(Typeface.SANS, 9, 12, GREY, Align.RIGHT)
_GROUP = Style(Typeface.SANS_SEMIBOLD, 11, 15)
_TASK = Style(Typeface.SANS_SEMIBOLD, 10.5, 4.9 * MM)
_WHO = Style(Typeface.SANS, 9.2, 4.6 * MM, GREY, leftward=False)
_PHONE = Style(Typeface.SANS_MEDIUM, 10.5, 4.9 * MM, align=Align.RIGHT)
_DUE = Style(Typeface.SANS, 9.2, 4.6 * MM, GREY, Align.RIGHT)
_NUMBER = Style(Typeface.SANS, 8, 10, GREY, Align.CENTRE)
_FOOT = Style(Typeface.SANS, 7.5, 10, GREY)
_FOOT_RIGHT = Style(Typeface.SANS, 7.5, 10, GREY, Align.RIGHT)


@record
class ChecklistLine:
    """One follow-up."""

    number: int
    """Printed beside the box; entering the results walks in this order."""
    task: str
    customer: str
    problem: str = ""
    phone: str = ""
    due_words: str = ""
    late: bool = False
    person: str = ""
    """Whose it is."""


@record
class Checklist:
    """All that the paper says; nothing is looked up while drawing."""

    letterhead: Letterhead
    title: str
    day_words: str
    summary: str = ""
    groups: tuple[tuple[str, bool, tuple[ChecklistLine, ...]], ...] = ()
    """Heading, whether it is the late ones', and the lines; empty groups aren't printed."""
    footer: str = ""
    """How the paper is used; the usual words where empty."""
    language: str = "en"


@record
class _Heading:
    words: str
    count: str
    colour: str

    height = _HEADING_HEIGHT


@record
class _Row:
    """One line, laid out."""

    line: ChecklistLine
    task: Layout
    who: Layout
    phone: Layout
    due: Layout

    @property
    def height(self) -> float:
        left = self.task.height + self.who.height
        right = self.phone.height + self.due.height
        return 2.6 * MM + max(left, right) + _ROOM_TO_WRITE


@record
class _Notes:
    heading: _Heading
    lines: int


_Item = _Heading | _Row | _Notes
_Placed = tuple[float, _Item]
"""Where on its page an item begins, in points from the upper edge, and the item."""


def draw(checklist: Checklist) -> bytes:
    """Return the checklist as a PDF.

    Raises:
        FileTroubleError: the logo is no picture.
    """
    shop = checklist.letterhead
    title = f"{checklist.title}, {checklist.day_words}" if checklist.day_words else checklist.title
    sheet = Sheet(shop.page_size, Properties(title, shop.shop_name, checklist.language))
    pages = _Planner(checklist, sheet.width, sheet.height).pages()
    for index, page in enumerate(pages):
        if index == 0:
            _draw_head(sheet, checklist)
        else:
            sheet.next_page()
        for top, item in page:
            _draw_item(sheet, item, top)
        _draw_foot(sheet, checklist, index + 1, len(pages))
    return sheet.finish()


# -- what stands where -------------------------------------------------------------------------


class _Planner:
    """Shares the lines out over pages before anything is drawn, so pages can say "of 3"."""

    def __init__(self, checklist: Checklist, width: float, height: float) -> None:
        self._checklist = checklist
        self._words = wording(checklist.language)
        self._width = width - 2 * _MARGIN
        self._end = height - _END
        self._pages: list[list[_Placed]] = [[]]
        self._y = _TOP

    def pages(self) -> list[list[_Placed]]:
        for words, late, lines in self._checklist.groups:
            if lines:
                self._group(_heading(words, lines, late=late), words, lines)
        self._notes()
        return self._pages

    def _group(self, heading: _Heading, words: str, lines: tuple[ChecklistLine, ...]) -> None:
        again = _Heading(f"{words} {self._words.continued}", "", heading.colour)
        for index, line in enumerate(lines):
            row = _row(line, self._width)
            needed = row.height + (heading.height if index == 0 else 0)
            if self._y + needed > self._end:
                self._turn()
                self._put(again if index else heading)
            elif index == 0:
                self._put(heading)
            self._put(row)
        self._y += _BEFORE_HEADING

    def _notes(self) -> None:
        heading = _Heading(self._words.anything_else, "", INK)
        if self._y + heading.height + _FEWEST_NOTES * _NOTE_STEP > self._end:
            self._turn()
        room = self._end - self._y - heading.height
        self._pages[-1].append((self._y, _Notes(heading, int(room / _NOTE_STEP))))

    def _put(self, item: _Heading | _Row) -> None:
        self._pages[-1].append((self._y, item))
        self._y += item.height

    def _turn(self) -> None:
        self._pages.append([])
        self._y = _NEXT_PAGE_TOP


def _heading(words: str, lines: tuple[ChecklistLine, ...], *, late: bool) -> _Heading:
    return _Heading(words, str(len(lines)), LATE if late else INK)


def _row(line: ChecklistLine, width: float) -> _Row:
    left = width - _INDENT - _RIGHT_COLUMN - 4 * MM
    # The name runs its own way, the line the paper's; a mark keeps the comma behind the name.
    turn = _RIGHTWARD if direction.base_level(line.customer) else ""
    who = [Span(line.customer, colour=INK, typeface=Typeface.SANS_MEDIUM)]
    if line.problem:
        who.append(Span(f"{turn},  {line.problem}"))
    colour = LATE if line.late else None
    due = "  ·  ".join(part for part in (line.due_words, line.person) if part)
    return _Row(
        line,
        limit(line.task, _TASK, left, 2),
        limit(who, _WHO, left, 2),
        fit_text(line.phone, _PHONE, _RIGHT_COLUMN, 7),
        fit_text([Span(due, colour=colour)], _DUE, _RIGHT_COLUMN, 6.5, 2),
    )


# -- drawing -----------------------------------------------------------------------------------


def _draw_head(sheet: Sheet, checklist: Checklist) -> None:
    shop = checklist.letterhead
    right = sheet.width - _MARGIN
    if shop.logo is not None:
        sheet.image(shop.logo, (right - 11 * MM, 19 * MM, 11 * MM, 11 * MM), "c")
        right -= 15 * MM
    half = 70 * MM
    room = right - half - _MARGIN - 4 * MM
    sheet.on_baseline(fit_text(checklist.title, _TITLE, room, 12), _MARGIN, 27 * MM)
    sheet.on_baseline(fit_text(checklist.day_words, _DAY, room, 7), _MARGIN, 34 * MM)
    sheet.on_baseline(fit_text(shop.shop_name, _SHOP, half, 6), right - half, 25.4 * MM)
    sheet.on_baseline(fit_text(checklist.summary, _SUMMARY, half, 6), right - half, 30 * MM)


def _draw_item(sheet: Sheet, item: _Item, top: float) -> None:
    if isinstance(item, _Row):
        _draw_row(sheet, item, top)
    elif isinstance(item, _Heading):
        _draw_heading(sheet, item, top)
    else:
        _draw_heading(sheet, item.heading, top)
        for index in range(item.lines):
            y = top + item.heading.height + (index + 1) * _NOTE_STEP
            sheet.dotted(_MARGIN, sheet.width - _MARGIN, y)


def _draw_heading(sheet: Sheet, heading: _Heading, baseline: float) -> None:
    right = sheet.width - _MARGIN
    spans = [Span(heading.words, colour=heading.colour)]
    layout = fit_text(spans, _GROUP, right - _MARGIN - 16 * MM, 7)
    sheet.on_baseline(layout, _MARGIN, baseline)
    if heading.count:
        x = _MARGIN + layout.width + 2.4 * MM
        sheet.say(heading.count, x, baseline, Style(Typeface.SANS, 11, 15, GREY), 14 * MM)
    sheet.rule(_MARGIN, right, baseline + 3 * MM, INK, 0.9)


def _draw_row(sheet: Sheet, row: _Row, top: float) -> None:
    left, right = _MARGIN + _INDENT, sheet.width - _MARGIN
    sheet.tick_box(_MARGIN, top + 4.2 * MM, _BOX)
    number = fit_text(str(row.line.number), _NUMBER, _BOX + 3 * MM, 5)
    sheet.on_baseline(number, _MARGIN - 1.5 * MM, top + 13 * MM)
    inside = top + 2.6 * MM
    sheet.place(row.who, left, sheet.place(row.task, left, inside))
    column = right - _RIGHT_COLUMN
    sheet.place(row.due, column, sheet.place(row.phone, column, inside))
    bottom = top + row.height
    sheet.dotted(left, right, bottom - 4.2 * MM)
    sheet.rule(_MARGIN, right, bottom, RULE)


def _draw_foot(sheet: Sheet, checklist: Checklist, page: int, pages: int) -> None:
    words = wording(checklist.language)
    right = sheet.width - _MARGIN
    sheet.rule(_MARGIN, right, sheet.height - _FOOT_RULE, RULE)
    baseline = sheet.height - 11.2 * MM
    room = right - _MARGIN - 30 * MM
    hint = fit_text(checklist.footer or words.notes_hint, _FOOT, room, 5)
    sheet.on_baseline(hint, _MARGIN, baseline)
    count = words.page_of.format(page=page, pages=pages)
    sheet.say(count, right - 28 * MM, baseline, _FOOT_RIGHT, 28 * MM)
