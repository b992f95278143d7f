"""A list whose rows are dragged into another order, or moved with Alt and the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from ui import look
from ui.dialogs.playbooks.order_rows import ROW_ROLE, OrderRow, RowDelegate
from ui.widgets.scrolls import float_bar, own_viewport
from ui.widgets.text import plain_tip

NOWHERE = -1
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


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
        self._showing = False
        self._drop_before = NOWHERE
        self._rows: list[OrderRow] = []
        self._model = QStandardItemModel(self)
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setModel(self._model)
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(False)  # drawn here, in our colour
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
        self._delegate.by_keyboard = True
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
            self._delegate.by_keyboard = False
        return super().event(event)

    def place_at(self, point: QPoint) -> int:
        """Return before which row something dropped here belongs."""
        index = self.indexAt(point)
        if not index.isValid():
            return len(self._rows)
        box: QRect = self.visualRect(index)
        return index.row() + (1 if point.y() > box.center().y() else 0)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the dragged row would go; anywhere on the list will do (Qt)."""
        super().dragMoveEvent(event)
        if event.source() is self:
            event.accept()
            self._show_drop(self.place_at(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show no place any more (Qt)."""
        super().dragLeaveEvent(event)
        self._show_drop(NOWHERE)

    def _show_drop(self, before: int) -> None:
        self._drop_before = before
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the line where a dragged one would go (Qt)."""
        super().paintEvent(event)
        if self._drop_before == NOWHERE:
            return
        above = self._drop_before > 0
        box = self.visualRect(self._model.index(self._drop_before - above, 0))
        y = box.bottom() if above else box.top()
        painter = look.ready(QPainter(self.viewport()))
        line = QRectF(look.px(8), y - 1, self.viewport().width() - look.px(20), look.px(3))
        look.paint_rect(painter, line, 1.5, look.theme().accent)
        painter.end()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the dragged row where it is dropped (Qt)."""
        self._show_drop(NOWHERE)
        if event.source() is not self:
            event.ignore()
            return
        at, before = self.current(), self.place_at(event.position().toPoint())
        # Qt must not take the row out itself: whoever holds the order shows it anew.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        to = before - 1 if before > at else before
        QTimer.singleShot(0, self, lambda: self.want_moved(at, to))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bar at the edge, and break lines anew (Qt)."""
        super().resizeEvent(event)
        self.bar.follow()
        self.scheduleDelayedItemsLayout()


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
