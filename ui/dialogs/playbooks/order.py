"""A list whose rows are dragged into another order, or moved with Alt and the arrow keys."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDropEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from recoverydesk.records import record
from ui import look
from ui.widgets.scrolls import float_bar, own_viewport
from ui.widgets.text import plain_tip

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


class _RowDelegate(QStyledItemDelegate):
    """Draws a row: number and icon, what it is, and a sentence under it."""

    def __init__(self, view: "OrderList") -> None:
        super().__init__(view)
        self._view = view

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
            focused = self._view.hasFocus() and self._view.by_keyboard
            edge = now.accent if focused else now.accent_line
            wide = 2 if focused else 1
            look.paint_rect(painter, area, look.px(8), now.accent_soft, edge, wide)
            bar = QRectF(area.left(), area.top() + look.px(8), 3, area.height() - look.px(16))
            look.paint_rect(painter, bar, 1.5, now.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            look.paint_rect(painter, area, look.px(8), now.hover)


class OrderList(QListView):
    """Rows in an order of the owner's: dragged, or moved with Alt+Up and Alt+Down.

    Signals:
        chosen: the owner went to another row. Argument: its place.
        entered: Enter or Space on a row, or a double click. Argument: its place.
        moved: a row was moved; show the new order. Arguments: from which place, to which.
        removed: Delete was pressed on a row. Argument: its place.
    """

    chosen = Signal(int)
    entered = Signal(int)
    moved = Signal(int, int)
    removed = Signal(int)

    def __init__(self, *, name: str, hint: str) -> None:
        """Make an empty list.

        Args:
            name: what is listed, for a screen reader.
            hint: how rows are moved, for a screen reader.
        """
        super().__init__()
        own_viewport(self)
        self.by_keyboard = False
        self._showing = False
        self._rows: list[OrderRow] = []
        self._model = QStandardItemModel(self)
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setModel(self._model)
        self.setItemDelegate(_RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.bar = float_bar(self)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.entered.emit(index.row()))

    def show_rows(self, rows: Sequence[OrderRow], current: int) -> None:
        """Show rows, one of them chosen; -1 chooses none. Nothing is heard of it."""
        self._showing = True
        at = self.verticalScrollBar().value()
        same = [row.title for row in rows] == [row.title for row in self._rows]
        self._rows = list(rows)
        if not same or self._model.rowCount() != len(rows):
            self._model.clear()
            for row in rows:
                self._model.appendRow(_item(row))
        else:
            for place, row in enumerate(rows):
                _fill(self._model.item(place), row)
        self.verticalScrollBar().setValue(at)
        self._showing = False
        self.select(current)

    def show_row(self, place: int, row: OrderRow) -> None:
        """Show one row anew."""
        self._rows[place] = row
        _fill(self._model.item(place), row)
        self.scheduleDelayedItemsLayout()

    def select(self, place: int) -> None:
        """Choose a row without a word; -1 chooses none."""
        self._showing = True
        if place < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.setCurrentIndex(self._model.index(place, 0))
        self._showing = False

    def rows(self) -> list[OrderRow]:
        """Return the rows in their order."""
        return list(self._rows)

    def current(self) -> int:
        """Return the place of the chosen row, or -1."""
        return self.currentIndex().row()

    def _tell(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not self._showing and index.isValid():
            self.chosen.emit(index.row())

    def want_moved(self, place: int, to: int) -> None:
        """Tell that a row is wanted at another place, if there is such a place."""
        if 0 <= to < len(self._rows) and 0 <= place != to:
            self.moved.emit(place, to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move a row, open it, take it away (Qt)."""
        self.by_keyboard = True
        key, alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        at = self.current()
        if alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.want_moved(at, at - 1 if key == Qt.Key.Key_Up else at + 1)
        elif at >= 0 and not event.modifiers() and key in _ENTER:
            self.entered.emit(at)
        elif at >= 0 and key == Qt.Key.Key_Delete:
            self.removed.emit(at)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell by what the focus came: the stronger edge is for the keyboard (Qt)."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.by_keyboard = False
        return super().event(event)

    def place_at(self, point: QPoint) -> int:
        """Return before which row something dropped here belongs."""
        index = self.indexAt(point)
        if not index.isValid():
            return len(self._rows)
        box: QRect = self.visualRect(index)
        return index.row() + (1 if point.y() > box.center().y() else 0)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the dragged row where it is dropped (Qt)."""
        if event.source() is not self:
            event.ignore()
            return
        at, before = self.current(), self.place_at(event.position().toPoint())
        # Qt must not take the row out itself: whoever holds the order shows it anew.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        to = before - 1 if before > at else before
        QTimer.singleShot(0, self, lambda: self.want_moved(at, to))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bar at the edge, and break lines anew (Qt)."""
        super().resizeEvent(event)
        self.bar.follow()
        self.scheduleDelayedItemsLayout()


_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


def _item(row: OrderRow) -> QStandardItem:
    item = QStandardItem()
    item.setFlags(
        Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
    )
    _fill(item, row)
    return item


def _fill(item: QStandardItem, row: OrderRow) -> None:
    item.setText(row.title)
    item.setData(row, ROW_ROLE)
    spoken = f"{row.number}. {row.title}" if row.number else row.title
    item.setData(f"{spoken}: {row.words}", Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip(plain_tip(f"{row.title}\n{row.words}"))
