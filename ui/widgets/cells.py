"""Painting the cells of lists: one function per kind, shared by tables of every size."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter

from ui import look
from ui.tables import Cell, Kind
from ui.widgets.meters import paint_pips

LINE = 18
"""Height of one of two lines in a row, in pixels at usual text."""


def paint_cell(
    painter: QPainter, area: QRectF, cell: Cell, *, right: bool, chosen: bool = False
) -> None:
    """Draw a cell's content.

    Args:
        painter: where to draw.
        area: the cell without its padding.
        cell: what it shows.
        right: whether its column lines up at the right.
        chosen: whether its row is selected.
    """
    if cell.kind == "pips":
        _paint_pips(painter, area, cell, chosen=chosen)
    else:
        _PAINTERS[cell.kind](painter, area, cell, right)


def cut_off(area: QRectF, cell: Cell) -> bool:
    """Say whether some of the words are too long for the cell."""
    room = area.width() - _lead_width(cell)
    first = look.text_width(cell.text, look.font("strong" if cell.strong else "secondary"))
    second = look.text_width(cell.sub, look.font("secondary"))
    return max(first, second) > room + 1


def _lead_width(cell: Cell) -> float:
    if cell.avatar:
        return look.px(42)
    if cell.lead:
        return look.px(29)
    return look.px(22) if cell.icon and cell.kind in {"icon", "number"} else 0


def _ink(cell: Cell) -> QColor:
    now = look.theme()
    if cell.tone != "neutral":
        return now.colour(look.INKS[cell.tone])
    return now.text2 if cell.faint else now.text


def _words(cell: Cell, *, tabular: bool = False) -> QFont:
    return look.font("secondary", 500 if cell.strong else 400, tabular=tabular)


def _paint_text(painter: QPainter, area: QRectF, cell: Cell, right: bool) -> None:  # noqa: FBT001
    align = look.RIGHT if right else look.LEFT
    look.paint_text(painter, area, cell.text, _words(cell, tabular=right), _ink(cell), align)


def _paint_two_lines(painter: QPainter, area: QRectF, cell: Cell, right: bool) -> None:  # noqa: FBT001
    now = look.theme()
    middle = area.center().y()
    if cell.avatar:
        size = look.px(30)
        look.paint_avatar(painter, area.left(), middle - size / 2, size, cell.avatar)
    elif cell.lead:
        size = look.px(17)
        look.paint_icon(painter, cell.lead, area.left(), middle - size / 2, size, colour=now.text2)
    left = area.left() + _lead_width(cell)
    line = look.px(LINE)
    align = look.RIGHT if right else look.LEFT
    upper = QRectF(left, middle - line, area.right() - left, line)
    role: look.Role = "strong" if cell.strong else "secondary"
    look.paint_text(painter, upper, cell.text, look.font(role), now.text, align)
    ink = now.text2 if cell.tone == "neutral" else now.colour(look.INKS[cell.tone])
    weight = 400 if cell.tone == "neutral" else 500
    if cell.icon:
        size = look.px(14)
        look.paint_icon(painter, cell.icon, left, middle + look.px(2), size, colour=ink)
        left += look.px(19)
    lower = QRectF(left, middle, area.right() - left, line)
    look.paint_text(painter, lower, cell.sub, look.font("secondary", weight), ink, align)


def _paint_chip(painter: QPainter, area: QRectF, cell: Cell, _right: bool) -> None:  # noqa: FBT001
    y = area.center().y() - look.px(12)
    look.paint_chip(painter, area.left(), y, cell.text, cell.tone, cell.icon, area.width())


def _paint_pips(painter: QPainter, area: QRectF, cell: Cell, *, chosen: bool) -> None:
    middle = area.center().y()
    line = look.px(LINE)
    upper = QRectF(area.left(), middle - line, area.width(), line)
    look.paint_text(painter, upper, cell.text, look.font("secondary"), look.theme().text)
    empty = look.theme().accent_line if chosen else None
    paint_pips(painter, area.left(), middle + look.px(7), cell.count, cell.total, empty)


def _paint_icon(painter: QPainter, area: QRectF, cell: Cell, _right: bool) -> None:  # noqa: FBT001
    now = look.theme()
    size = look.px(17)
    y = area.center().y() - size / 2
    tone = now.text2 if cell.tone == "neutral" else now.colour(look.INKS[cell.tone])
    look.paint_icon(painter, cell.icon, area.left(), y, size, colour=tone)
    words = area.adjusted(look.px(24), 0, 0, 0)
    ink = now.text if cell.strong else now.danger if cell.tone == "danger" else now.text2
    weight = 500 if cell.strong else 400
    look.paint_text(painter, words, cell.text, look.font("secondary", weight), ink)


def _paint_number(painter: QPainter, area: QRectF, cell: Cell, _right: bool) -> None:  # noqa: FBT001
    figures = _words(cell, tabular=True)
    ink = _ink(cell)
    width = look.paint_text(painter, area, cell.text, figures, ink, look.RIGHT)
    if cell.icon:
        size = look.px(14)
        x = area.right() - width - size - look.px(5)
        look.paint_icon(painter, cell.icon, x, area.center().y() - size / 2, size, colour=ink)


_PAINTERS: dict[Kind, Callable[[QPainter, QRectF, Cell, bool], None]] = {
    "text": _paint_text,
    "two_lines": _paint_two_lines,
    "chip": _paint_chip,
    "icon": _paint_icon,
    "number": _paint_number,
}
