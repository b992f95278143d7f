"""Paper that comes back: intake cards for the counter, and comment cards for customers."""

from collections.abc import Sequence
from dataclasses import replace

from recoverydesk.documents.letterhead import Letterhead
from recoverydesk.documents.paragraph import INK, Align, Style, fit_text, limit
from recoverydesk.documents.sheet import DOTS, GREY, MM, RULE, Properties, Sheet
from recoverydesk.documents.typeface import Typeface
from recoverydesk.documents.wording import Wording, wording
from recoverydesk.records import record

_MARGIN = 14 * MM
_STEP = 8 * MM
_BOX = 4.2 * MM
_QR = 20 * MM

_TITLE = Style(Typeface.SERIF_BOLD, 15, 19)
_SMALL = Style(Typeface.SANS, 8, 11, GREY)
_RIGHT = Style(Typeface.SANS, 8, 11, GREY, Align.RIGHT)
_LABEL = Style(Typeface.SANS_SEMIBOLD, 9, 12)
_CHOICE = Style(Typeface.SANS, 9, 12)
_NUMBER = Style(Typeface.SANS_SEMIBOLD, 13, 17, align=Align.RIGHT)
_SHOP = Style(Typeface.SERIF_BOLD, 13, 17)
_QUESTION = Style(Typeface.SERIF, 11, 14.5)
_CODE = Style(Typeface.SANS_SEMIBOLD, 9, 12, align=Align.RIGHT)


@record
class Field:
    """One question of a card: lines to write on, or boxes to tick."""

    label: str
    lines: int = 0
    choices: tuple[str, ...] = ()


@record
class IntakeCard:
    """What whoever stands at the counter asks, in the order it is typed in later."""

    letterhead: Letterhead
    title: str
    hint: str
    fields: tuple[Field, ...]
    numbers: tuple[str, ...]
    """What stands on each card, so that it can be found again."""


@record
class CommentCard:
    """What a customer is asked after a case; it leads back to it."""

    letterhead: Letterhead
    number: str
    """The case's, in words and as a code."""
    language: str = "en"


def draw_intake(card: IntakeCard) -> bytes:
    """Return intake cards, two on a page of the shop's paper, to be cut apart.

    Raises:
        FileTroubleError: the logo is no picture.
    """
    shop = card.letterhead
    sheet = Sheet(shop.page_size, Properties(card.title, shop.shop_name))
    for index, number in enumerate(card.numbers):
        row = index % 2
        if index and row == 0:
            sheet.next_page()
        _intake(sheet, card, number, row * sheet.height / 2)
        if row == 0:
            sheet.dotted(0, sheet.width, sheet.height / 2, gap=3)
    return sheet.finish()


def _intake(sheet: Sheet, card: IntakeCard, number: str, top: float) -> None:
    right = sheet.width - _MARGIN
    room = right - _MARGIN
    sheet.on_baseline(fit_text(card.title, _TITLE, room - 50 * MM, 9), _MARGIN, top + 15 * MM)
    sheet.on_baseline(fit_text(number, _NUMBER, 48 * MM, 7), right - 48 * MM, top + 15 * MM)
    sheet.on_baseline(limit(card.hint, _SMALL, room, 1), _MARGIN, top + 20 * MM)
    sheet.rule(_MARGIN, right, top + 22.4 * MM, card.letterhead.accent, 1)
    y = top + 29 * MM
    for field in card.fields:
        y = _field(sheet, field, y, right)
    foot = limit(card.letterhead.shop_name, _SMALL, room, 1)
    sheet.on_baseline(foot, _MARGIN, top + sheet.height / 2 - 6 * MM)


def _field(sheet: Sheet, field: Field, y: float, right: float) -> float:
    label = fit_text(field.label, _LABEL, 52 * MM, 7)
    sheet.on_baseline(label, _MARGIN, y)
    left = _MARGIN + 54 * MM
    for choice in field.choices:
        words = fit_text(choice, _CHOICE, 40 * MM, 6)
        if left + _BOX + words.width + 6 * MM > right:
            left, y = _MARGIN + 54 * MM, y + 6.4 * MM
        sheet.tick_box(left, y - _BOX + 0.8 * MM, _BOX)
        sheet.on_baseline(words, left + _BOX + 1.6 * MM, y)
        left += _BOX + words.width + 6 * MM
    for line in range(field.lines):
        start = left if line == 0 else _MARGIN
        sheet.dotted(start, right, y + line * _STEP)
    return y + max(1, field.lines) * _STEP


def draw_comment(card: CommentCard, copies: int = 1) -> bytes:
    """Return comment cards, four on a page of the shop's paper, to be cut apart.

    Raises:
        FileTroubleError: the logo is no picture.
    """
    shop = card.letterhead
    words = wording(card.language)
    title = f"{words.how_did_we_do} {card.number}"
    sheet = Sheet(shop.page_size, Properties(title, shop.shop_name, card.language))
    width, height = sheet.width / 2, sheet.height / 2
    for index in range(copies):
        place = index % 4
        if index and place == 0:
            sheet.next_page()
        _comment(sheet, card, words, (place % 2 * width, place // 2 * height, width, height))
        if place == 0:
            sheet.dotted(0, sheet.width, height, gap=3)
            _upright(sheet, width)
    return sheet.finish()


def _upright(sheet: Sheet, x: float) -> None:
    step = 3.5
    for place in range(int(sheet.height / step)):
        sheet.dot(x, place * step, 0.25, DOTS)


def _comment(
    sheet: Sheet, card: CommentCard, words: Wording, box: tuple[float, float, float, float]
) -> None:
    left, top, width, height = box
    left += 9 * MM
    room = width - 18 * MM
    shop = fit_text(card.letterhead.shop_name, _SHOP, room - _QR - 4 * MM, 8, lines=2)
    y = sheet.place(shop, left, top + 10 * MM)
    title = limit(words.how_did_we_do, _QUESTION, room - _QR - 4 * MM, 3)
    sheet.place(title, left, y + 1.6 * MM)
    sheet.qr_code(card.number, left + room - _QR, top + 9 * MM, _QR, INK)
    code = fit_text(card.number, _CODE, _QR, 6)
    sheet.on_baseline(code, left + room - _QR, top + 9 * MM + _QR + 4.6 * MM)
    y = top + 40 * MM
    sheet.rule(left, left + room, y, RULE)
    for question, lines, choices in (
        (words.all_well_again, 0, (words.yes, words.partly, words.no)),
        (words.what_else, 3, ()),
        (words.may_we_call, 1, (words.yes, words.no)),
    ):
        asked = limit(question, _QUESTION, room, 2)
        y = sheet.place(asked, left, y + 3.4 * MM) + 2 * MM
        y = _answer(sheet, choices, lines, (left, y, room))
    thanks = fit_text(words.thank_you_for_telling, replace(_SMALL, align=Align.CENTRE), room, 6)
    sheet.on_baseline(thanks, left, top + height - 7 * MM)


def _answer(
    sheet: Sheet, choices: Sequence[str], lines: int, at: tuple[float, float, float]
) -> float:
    left, y, room = at
    x = left
    for choice in choices:
        words = fit_text(choice, _CHOICE, 24 * MM, 6)
        sheet.tick_box(x, y, _BOX)
        sheet.on_baseline(words, x + _BOX + 1.6 * MM, y + _BOX - 0.8 * MM)
        x += _BOX + words.width + 6 * MM
    if choices:
        y += _BOX + 1.6 * MM
    for _line in range(lines):
        y += _STEP * 0.85
        sheet.dotted(left, left + room, y)
    return y
