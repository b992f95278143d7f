"""The rows of a list that has an order: what is on them, and how they are drawn."""

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from recoverydesk.records import record
from ui import look

AnyIndex = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
MOST_LINES = 2


@record
class OrderRow:
    """One row as shown."""

    title: str
    words: str
    """Under the title; each paragraph takes two lines at the most."""
    icon: str = ""
    number: str = ""
    faint: bool = False


@lru_cache(maxsize=512)
def _lines(text: str, font: QFont, width: int) -> tuple[str, ...]:
    """Break one paragraph; its last line keeps all the rest, to be shortened where drawn."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    starts = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, look.px(40)))
        starts.append(line.textStart())
    layout.endLayout()
    starts = starts[:MOST_LINES]
    ends = [*starts[1:], len(text)]
    return tuple(text[start:end].strip() for start, end in zip(starts, ends, strict=True))


class RowDelegate(QStyledItemDelegate):
    """Draws a row: number and icon, what it is, and a sentence under it.

    Attributes:
        by_keyboard: whether the keyboard was used last, which shows where it is.
    """

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.by_keyboard = False

    def _left(self, shown: OrderRow) -> int:
        left = look.px(14)
        left += look.px(26) if shown.number else 0
        return left + (look.px(26) if shown.icon else 0)

    def _broken(self, shown: OrderRow) -> list[str]:
        width = self._view.viewport().width() - self._left(shown) - look.px(20)
        font = look.font("caption", 400)
        return [line for text in shown.words.split("\n") for line in _lines(text, font, width)]

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the size of a row (Qt)."""
        shown: OrderRow = index.data(ROW_ROLE)
        lines = len(self._broken(shown))
        height = look.px(16) + look.line_height("label") + lines * look.line_height("caption")
        return QSize(look.px(120), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw a row (Qt)."""
        shown: OrderRow = index.data(ROW_ROLE)
        area = QRectF(option.rect)
        look.ready(painter)
        self._paint_ground(painter, option)
        now = look.theme()
        top = area.top() + look.px(8)
        x = area.left() + look.px(14)
        line = look.line_height("label")
        if shown.number:
            box = QRectF(x - look.px(4), top, look.px(22), line)
            figures = look.font("caption", tabular=True)
            look.paint_text(painter, box, shown.number, figures, now.text3, look.RIGHT)
            x += look.px(26)
        if shown.icon:
            icon = look.px(16)
            y = top + (line - icon) / 2
            look.paint_icon(painter, shown.icon, x, y, icon, colour=now.text2)
            x += look.px(26)
        room = area.right() - look.px(20) - x
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = now.text3 if shown.faint else now.text
        title = look.font("label", 600 if chosen else 500)
        look.paint_text(painter, QRectF(x, top, room, line), shown.title, title, ink)
        small, ink = look.line_height("caption"), now.text3 if shown.faint else now.text2
        words = look.font("caption", 400)
        for place, text in enumerate(self._broken(shown)):
            box = QRectF(x, top + line + place * small, room, small)
            look.paint_text(painter, box, text, words, ink)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        now = look.theme()
        area = QRectF(option.rect).adjusted(look.px(6), 1, -look.px(12), -1)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            focused = self._view.hasFocus() and self.by_keyboard
            edge = now.accent if focused else now.accent_line
            wide = 2 if focused else 1
            look.paint_rect(painter, area, look.px(8), now.accent_soft, edge, wide)
            bar = QRectF(area.left(), area.top() + look.px(8), 3, area.height() - look.px(16))
            look.paint_rect(painter, bar, 1.5, now.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            look.paint_rect(painter, area, look.px(8), now.hover)
