"""Papers that are one page, whatever they have to say: for the owner's month, for the team.

What is long gets fewer lines, then a smaller size, and at the very end "…"; never a second page.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.page_parts import (
    Bar,
    Callout,
    Column,
    Credit,
    Fact,
    Heading,
    Item,
    Lead,
    Note,
    Part,
    Question,
    Said,
)
from recoverydesk.documents.paragraph import (
    INK,
    Align,
    Layout,
    Paragraph,
    Span,
    Style,
    fit_text,
    limit,
)
from recoverydesk.documents.sheet import BOX, GREY, LATE, MM, RULE, Properties, Sheet, mixed
from recoverydesk.documents.typeface import Typeface
from recoverydesk.documents.wording import wording
from recoverydesk.records import record

_MARGIN = 20 * MM
_TOP = 44 * MM
_END = 20 * MM
_FOOT_RULE = 16 * MM
_LOGO = 12 * MM
_SCALES = (
    *((scale, False) for scale in (1.12, 1.06, 1.0, 0.95, 0.9, 0.85)),
    *((scale, True) for scale in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7)),
)
"""How large it is set, and whether in few lines: in turn, until all of it is on the page."""
_QUIET_BAR = "#CFC6B9"
_TINT = 0.09
_TIGHTER = 0.7
_SMALLEST = 6

_TITLE = Style(Typeface.SERIF_BOLD, 23, 29)
_SUBTITLE = Style(Typeface.SANS, 10, 14, GREY)
_FOOT = Style(Typeface.SANS, 7.5, 10, GREY, Align.LEFT, leftward=False)
_FOOT_RIGHT = Style(Typeface.SANS, 7.5, 10, GREY, Align.RIGHT)
_LEAD = Style(Typeface.SANS, 10.2, 15)
_HEADING = Style(Typeface.SANS_SEMIBOLD, 12.5, 17)
_META = Style(Typeface.SANS, 8.8, 17, GREY, Align.RIGHT)
_NOTE = Style(Typeface.SANS, 9, 13, GREY)
_WORDS = Style(Typeface.SANS, 10, 14.5)
_STATE = Style(Typeface.SANS, 9, 14.5, GREY, Align.RIGHT)
_BAR_LABEL = Style(Typeface.SANS, 9.6, 13)
_BAR_STRONG = Style(Typeface.SANS_MEDIUM, 9.6, 13)
_BAR_NUMBER = Style(Typeface.SANS_SEMIBOLD, 9.6, 13, align=Align.RIGHT)
_FIGURE = Style(Typeface.SERIF_BOLD, 19, 24)
_FACT = Style(Typeface.SANS_MEDIUM, 10.6, 15)
_AXIS = Style(Typeface.SANS, 6.6, 9, GREY, Align.CENTRE)
_CALLOUT = Style(Typeface.SANS_SEMIBOLD, 9, 13)
_CALLOUT_WORDS = Style(Typeface.SERIF_BOLD, 13, 18)
_QUESTION = Style(Typeface.SERIF_ITALIC, 12, 17)

_CLOSE: tuple[tuple[tuple[type, ...], float], ...] = (
    ((Item,), 0),
    ((Fact,), 0),
    ((Said, Credit), 1 * MM),
    ((Bar,), 1.6 * MM),
    ((Callout,), 2.6 * MM),
)
"""How much white parts the same sorts of part."""
_APART: dict[type, float] = {Heading: 7 * MM, Callout: 8 * MM, Question: 4 * MM}
"""How much white stands before a part that follows another sort."""


@record
class OnePage:
    """All that the paper says; nothing is looked up while drawing."""

    letterhead: Letterhead
    title: str
    subtitle: str
    parts: tuple[Part, ...]
    foot: str
    language: str = "en"


@record
class _Block:
    """A part laid out: how high it is, how much white stands before it, how it is drawn."""

    height: float
    before: float
    draw: Callable[[Sheet, float], object]
    """Takes the sheet and where it begins."""


def draw(page: OnePage) -> bytes:
    """Return the paper as a PDF of one page, on the shop's paper.

    Raises:
        FileTroubleError: the logo is no picture.
    """
    shop = page.letterhead
    sheet = Sheet(shop.page_size, Properties(page.title, shop.shop_name, page.language))
    _head(sheet, page)
    y = _TOP
    bottom = sheet.height - _END
    for block in _fitting(page, sheet.width - 2 * _MARGIN, bottom - _TOP):
        if y + block.before + block.height > bottom:
            break
        y += block.before
        block.draw(sheet, y)
        y += block.height
    _foot(sheet, page)
    return sheet.finish()


def _fitting(page: OnePage, room: float, height: float) -> list[_Block]:
    """Return the blocks in the largest size in which all of them are on the page."""
    blocks: list[_Block] = []
    for scale, tight in _SCALES:
        blocks = list(_blocks(page.parts, _Setter(scale, tight, room, page.letterhead.accent)))
        if sum(block.before + block.height for block in blocks) <= height:
            break
    return blocks


def _blocks(parts: Iterable[Part], setter: "_Setter") -> Iterator[_Block]:
    before: Part | None = None
    for part in parts:
        yield setter.block(part, setter.white * _white(before, part))
        before = part


def _white(before: Part | None, part: Part) -> float:
    if before is None:
        return 0
    alike = [
        white for kinds, white in _CLOSE if isinstance(part, kinds) and isinstance(before, kinds)
    ]
    if alike:
        return alike[0]
    if isinstance(before, Heading) and isinstance(part, Item | Fact):
        return 0
    return _APART.get(type(part), 2.6 * MM)


@record
class _Setter:
    """Lays parts out in a size, for a width, in the shop's colour."""

    scale: float
    tight: bool
    """Few lines, and little white."""
    room: float
    accent: str

    @property
    def white(self) -> float:
        """How much of the usual white stands between parts."""
        return self.scale * (_TIGHTER if self.tight else 1)

    def _lines(self, usual: int) -> int:
        return max(1, usual - 1) if self.tight else usual

    def block(self, part: Part, before: float) -> _Block:
        """Return a part laid out."""
        match part:
            case Lead() | Callout():
                return self._on_ground(part, before)
            case Note() | Said() | Heading() | Question():
                return self._words_of(part, before)
            case _:
                return self._line(part, before)

    def _on_ground(self, part: Lead | Callout, before: float) -> _Block:
        return self._lead(part, before) if isinstance(part, Lead) else self._callout(part, before)

    def _words_of(self, part: Note | Said | Heading | Question, before: float) -> _Block:
        match part:
            case Note(words):
                return self._words(limit(words, self._sized(_NOTE), self.room, 2), before)
            case Said(lead, words):
                return self._words(self._said(lead, words), before)
            case Heading():
                return self._heading(part, before)
            case Question():
                return self._question(part, before)

    def _said(self, lead: str, words: str) -> Layout:
        spans = Span(f"{lead} ", bold=True), Span(words)
        lines, style = self._lines(3), self._sized(_WORDS)
        layout = Paragraph.of(spans, style).lay_out(self.room)
        # What loses its middle has one look only.
        if len(layout.lines) > lines:
            return limit(f"{lead} {words}", style, self.room, lines)
        return layout

    def _line(self, part: Bar | Credit | Item | Fact, before: float) -> _Block:
        match part:
            case Bar():
                return self._bar(part, before)
            case Credit():
                return self._credit(part, before)
            case Item():
                return self._item(part, before)
            case Fact():
                return self._fact(part, before)

    def _sized(self, style: Style) -> Style:
        return style.sized(style.size * self.scale)

    def _words(self, layout: Layout, before: float) -> _Block:
        return _Block(layout.height, before, lambda sheet, top: sheet.place(layout, _MARGIN, top))

    def _lead(self, part: Lead, before: float) -> _Block:
        side, above = 6 * MM, 3.4 * MM * self.scale
        layout = limit(part.words, self._sized(_LEAD), self.room - 2 * side, 4)
        height = layout.height + 2 * above
        ground = mixed(self.accent, "#FFFFFF", _TINT)

        def drawn(sheet: Sheet, top: float) -> None:
            sheet.area(_MARGIN, top, (self.room, height), ground, 2.4 * MM)
            sheet.place(layout, _MARGIN + side, top + above)

        return _Block(height, before, drawn)

    def _heading(self, part: Heading, before: float) -> _Block:
        style = self._sized(_HEADING)
        meta = fit_text(part.meta, self._sized(_META), 40 * MM, _SMALLEST)
        title = limit((Span(part.words, colour=LATE if part.alarm else INK),), style,
                      self.room - (44 * MM if part.meta else 0), 1)  # fmt: skip
        gap = 1.2 * MM if part.rule else 0

        def drawn(sheet: Sheet, top: float) -> None:
            end = sheet.place(title, _MARGIN, top)
            if part.meta:
                sheet.place(meta, _MARGIN + self.room - 40 * MM, top)
            if part.rule:
                sheet.rule(_MARGIN, _MARGIN + self.room, end + gap, INK, 0.9)

        return _Block(title.height + gap, before, drawn)

    def _bar(self, part: Bar, before: float) -> _Block:
        width, number_room = 50 * MM, 30 * MM
        label = limit(part.label, self._sized(_BAR_STRONG if part.strong else _BAR_LABEL), width, 1)
        number = fit_text(part.number, self._sized(_BAR_NUMBER), number_room, _SMALLEST)
        most = self.room - width - number_room - 6 * MM
        height = 4.4 * MM * self.scale
        colour = self.accent if part.strong else _QUIET_BAR

        def drawn(sheet: Sheet, top: float) -> None:
            sheet.place(label, _MARGIN, top)
            sheet.place(number, _MARGIN + self.room - number_room, top)
            size = max(1.2 * MM, most * min(1.0, part.share)), height
            sheet.area(_MARGIN + width + 3 * MM, top + (label.height - height) / 2, size, colour,
                       0.9 * MM)  # fmt: skip

        return _Block(label.height, before, drawn)

    def _credit(self, part: Credit, before: float) -> _Block:
        who_room = 52 * MM
        words = limit(
            part.words, self._sized(_WORDS), self.room - who_room - 4 * MM, self._lines(2)
        )
        who = fit_text((Span(part.who, bold=True),), self._sized(_STATE), who_room, _SMALLEST)

        def drawn(sheet: Sheet, top: float) -> None:
            sheet.place(words, _MARGIN, top)
            sheet.place(who, _MARGIN + self.room - who_room, top)

        return _Block(words.height, before, drawn)

    def _item(self, part: Item, before: float) -> _Block:
        state_room, left, pad = 44 * MM, 8 * MM, 2.2 * MM * self.scale
        style = self._sized(_STATE)
        state = fit_text((Span(part.state, bold=part.strong, colour=INK if part.strong else GREY),),
                         style, state_room, _SMALLEST)  # fmt: skip
        words = limit(
            part.words, self._sized(_WORDS), self.room - left - state_room - 4 * MM, self._lines(2)
        )
        height = max(words.height, state.height) + 2 * pad
        side = 3.8 * MM * self.scale

        def drawn(sheet: Sheet, top: float) -> None:
            line = words.style.leading
            box = top + pad + (line - side) / 2
            sheet.tick_box(_MARGIN, box, side)
            if part.ticked:
                sheet.tick(_MARGIN, box, side, self.accent)
            sheet.place(words, _MARGIN + left, top + pad)
            sheet.place(state, _MARGIN + self.room - state_room, top + pad)
            sheet.rule(_MARGIN, _MARGIN + self.room, top + height, RULE)

        return _Block(height, before, drawn)

    def _fact(self, part: Fact, before: float) -> _Block:
        figure_room, chart_room, pad = 34 * MM, 40 * MM, 3.2 * MM * self.scale
        has_chart = bool(part.columns) or part.share is not None
        words_room = self.room - figure_room - (chart_room + 6 * MM if has_chart else 0)
        figure = fit_text(part.figure, self._sized(_FIGURE), figure_room - 4 * MM, 9)
        words = limit(part.words, self._sized(_FACT), words_room, 3)
        beside = limit(part.beside, self._sized(_NOTE), words_room, 3)
        inside = max(words.height + beside.height, 13 * MM * self.scale)
        height = inside + 2 * pad

        def drawn(sheet: Sheet, top: float) -> None:
            right = _MARGIN + self.room
            sheet.place(figure, _MARGIN, top + pad - 1 * MM * self.scale)
            end = sheet.place(words, _MARGIN + figure_room, top + pad)
            sheet.place(beside, _MARGIN + figure_room, end)
            if part.columns:
                box = right - chart_room, top + pad, chart_room, inside
                self._draw_columns(sheet, part.columns, box)
            elif part.share is not None:
                self._draw_share(sheet, part.share, (right - chart_room, top + pad), chart_room)
            sheet.rule(_MARGIN, right, top + height, RULE)

        return _Block(height, before, drawn)

    def _draw_columns(
        self, sheet: Sheet, columns: Sequence[Column], box: tuple[float, float, float, float]
    ) -> None:
        left, top, width, height = box
        style = self._sized(_AXIS)
        step = width / len(columns)
        base = top + height - style.leading
        most = max(1, *(column.value for column in columns))
        for place, column in enumerate(columns):
            x, high = left + place * step, (base - top - style.leading) * column.value / most
            colour = self.accent if column.strong else _QUIET_BAR
            if column.partial:
                colour = mixed(colour, "#FFFFFF", 0.5)
            if column.value:
                sheet.area(x + 0.15 * step, base - high, (0.7 * step, high), colour, 0.5 * MM)
            number = fit_text(str(column.value), style, step, 4)
            sheet.place(number, x, base - high - style.leading)
            sheet.place(fit_text(column.label, style, step, 4), x, base + 0.5 * MM)
        sheet.rule(left, left + width, base, BOX, 0.5)

    def _draw_share(
        self, sheet: Sheet, share: float, at: tuple[float, float], width: float
    ) -> None:
        left, top = at
        height = 3.4 * MM * self.scale
        down = top + 2 * MM * self.scale
        sheet.area(left, down, (width, height), _QUIET_BAR, 0.9 * MM)
        over = share > 1
        filled = width * min(max(share, 0), 1)
        if filled >= 1:
            size = (filled, height)
            sheet.area(left, down, size, LATE if over else self.accent, 0.9 * MM)

    def _callout(self, part: Callout, before: float) -> _Block:
        side, above = 6 * MM, 3.6 * MM * self.scale
        colour = LATE if part.alarm else self.accent
        room = self.room - 2 * side
        title = limit((Span(part.title, colour=colour),), self._sized(_CALLOUT), room, 1)
        words = limit(part.words, self._sized(_CALLOUT_WORDS), room, 3)
        detail = limit(part.detail, self._sized(_NOTE), room, 3)
        layouts = title, words, detail
        gap = 0.8 * MM * self.scale
        height = sum(one.height for one in layouts) + 2 * above + 2 * gap

        def drawn(sheet: Sheet, top: float) -> None:
            ground = mixed(colour, "#FFFFFF", _TINT)
            sheet.area(_MARGIN, top, (self.room, height), ground, 2.4 * MM)
            y = top + above
            for one in layouts:
                y = sheet.place(one, _MARGIN + side, y) + gap

        return _Block(height, before, drawn)

    def _question(self, part: Question, before: float) -> _Block:
        step = 8.4 * MM * self.scale
        words = limit(part.words, self._sized(_QUESTION), self.room, 2)
        lines = self._lines(part.lines)

        def drawn(sheet: Sheet, top: float) -> None:
            end = sheet.place(words, _MARGIN, top)
            for line in range(1, lines + 1):
                sheet.dotted(_MARGIN, _MARGIN + self.room, end + line * step)

        return _Block(words.height + lines * step, before, drawn)


def _head(sheet: Sheet, page: OnePage) -> None:
    shop = page.letterhead
    right = sheet.width - _MARGIN
    room = right - _MARGIN - (_LOGO + 6 * MM if shop.logo is not None else 0)
    if shop.logo is not None:
        sheet.image(shop.logo, (right - _LOGO, 18 * MM, _LOGO, _LOGO), "e")
    sheet.on_baseline(fit_text(page.title, _TITLE, room, 12), _MARGIN, 27 * MM)
    sheet.on_baseline(fit_text(page.subtitle, _SUBTITLE, room, _SMALLEST), _MARGIN, 34.5 * MM)


def _foot(sheet: Sheet, page: OnePage) -> None:
    right = sheet.width - _MARGIN
    baseline = sheet.height - 11 * MM
    sheet.rule(_MARGIN, right, sheet.height - _FOOT_RULE, RULE)
    sheet.on_baseline(limit(page.foot, _FOOT, right - _MARGIN - 40 * MM, 1), _MARGIN, baseline)
    said = wording(page.language).page_of.format(page=1, pages=1)
    sheet.on_baseline(fit_text(said, _FOOT_RIGHT, 36 * MM, 5), right - 36 * MM, baseline)
