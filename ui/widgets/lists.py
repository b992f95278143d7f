"""Tables: two-line rows without a grid, made for `RowsModel`."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui import look
from ui.tables import Cell, RowsModel
from ui.widgets.cards import RADIUS, Panel
from ui.widgets.cells import cut_off, paint_cell
from ui.widgets.layouts import column, row
from ui.widgets.scrolls import float_bar
from ui.widgets.text import Line, Text, plain_tip

PADDING = 12
FIRST_PADDING = 20

AnyIndex = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Draws the cells of a `TableView`."""

    def __init__(self, view: "TableView") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """Return the size of a cell (Qt)."""
        return QSize(look.px(80), self._view.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw ground, line and content of a cell (Qt)."""
        now, view = look.theme(), self._view
        rect: QRect = option.rect
        look.ready(painter)
        chosen = view.selectionModel().isRowSelected(index.row(), QModelIndex())
        if chosen:
            look.paint_ground(painter, rect, now.accent_soft)
        elif index.row() == view.hovered_row():
            look.paint_ground(painter, rect, now.hover)
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        look.paint_ground(painter, line, now.line)
        if chosen and index.column() == 0:
            look.paint_ground(painter, QRect(rect.left(), rect.top(), 3, rect.height()), now.accent)
        cell = cell_of(index)
        if cell is not None:
            paint_cell(
                painter,
                content(rect, index),
                cell,
                right=view.is_right(index.column()),
                chosen=chosen,
            )

    def helpEvent(  # noqa: N802 - Qt's name
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        """Tell the whole text where it is cut (Qt)."""
        cell = cell_of(index) if index.isValid() else None
        rect: QRect = option.rect
        if cell is None or not cut_off(content(rect, index), cell):
            QToolTip.hideText()
            return False
        QToolTip.showText(event.globalPos(), plain_tip(cell.words), view)
        return True


def cell_of(index: AnyIndex) -> Cell | None:
    """Return what an index shows."""
    model = index.model()
    return model.cell_at(index) if isinstance(model, RowsModel) else None


def content(rect: QRect, index: AnyIndex) -> QRectF:
    """Return a cell without its padding."""
    first = index.column() == 0
    last = index.column() == index.model().columnCount() - 1
    left = look.px(FIRST_PADDING if first else PADDING)
    right = look.px(FIRST_PADDING if last else PADDING)
    return QRectF(rect).adjusted(left, 0, -right, -1)


class _Header(QHeaderView):
    """Quiet column heads; the sorted one is strong and has a chevron."""

    def __init__(self, view: "TableView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setFixedHeight(look.px(40))
        self.setMinimumSectionSize(look.px(48))
        self.setFont(look.font("caption"))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """Draw one head (Qt)."""
        if not rect.isValid():
            return
        now = look.theme()
        look.ready(painter)
        look.paint_ground(painter, rect, now.sunken)
        look.paint_ground(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), now.border)
        model = self.model()
        first, last = section == 0, section == model.columnCount() - 1
        area = QRectF(rect).adjusted(
            look.px(FIRST_PADDING if first else PADDING),
            0,
            -look.px(FIRST_PADDING if last else PADDING),
            0,
        )
        is_sorted = self._view.sorted_column() == section
        title = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        words = look.font("caption", 600 if is_sorted else 500)
        ink = now.text if is_sorted else now.text2
        right = self._view.is_right(section)
        if is_sorted:
            area = self._paint_chevron(painter, area, title, right=right)
        look.paint_text(painter, area, title, words, ink, look.RIGHT if right else look.LEFT)

    def _paint_chevron(self, painter: QPainter, area: QRectF, title: str, *, right: bool) -> QRectF:
        up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        size = look.px(14)
        y = area.center().y() - size / 2
        icon = "chevron-up" if up else "chevron-down"
        if right:
            area.setRight(area.right() - size - look.px(3))
            x = area.right() + look.px(3)
        else:
            width = look.text_width(title, look.font("caption", 600))
            x = min(area.left() + width + look.px(4), area.right() - size)
        look.paint_icon(painter, icon, x, y, size, colour=look.theme().text)
        return area


class TableView(QTableView):
    """A list of two-line rows: hover, selection bar, sorting by its heads.

    Signals:
        opened: a row was double-clicked or Enter pressed on it. Argument: its id.
        current_changed: another row is current. Argument: its id, or -1 for none.
    """

    opened = Signal(object)
    current_changed = Signal(object)

    def __init__(self, model: RowsModel[Any], *, name: str, row_height: int = 52) -> None:
        """Make a table.

        Args:
            model: what it shows.
            name: what is listed, for a screen reader.
            row_height: in pixels at usual text.
        """
        super().__init__()
        self._rows = model
        self._row_height = look.px(row_height)
        self._hovered = -1
        self._sorted = -1
        self.setAccessibleName(name)
        self._dress()
        self.setHorizontalHeader(_Header(self))
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self._size_columns()
        self.bar = float_bar(self)
        self.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.activated.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        model.modelReset.connect(self._tell_none)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = self.verticalHeader()
        side.setVisible(False)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(self._row_height)
        side.setDefaultSectionSize(self._row_height)

    def _size_columns(self) -> None:
        head = self.horizontalHeader()
        for place, shown in enumerate(self._rows.columns):
            if shown.width:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(place, look.px(shown.width))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def row_height(self) -> int:
        """Return the height of a row in pixels."""
        return self._row_height

    def hovered_row(self) -> int:
        """Return the row under the pointer, or -1."""
        return self._hovered

    def sorted_column(self) -> int:
        """Return the column that is sorted by, or -1."""
        return self._sorted

    def is_right(self, column_: int) -> bool:
        """Say whether a column lines up at the right."""
        return self._rows.columns[column_].right

    def show_sorted(self, sort: str, *, descending: bool = False) -> None:
        """Show by which of the columns' `sort` names the list is in order; asks for nothing."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        for place, shown in enumerate(self._rows.columns):
            if sort and shown.sort == sort:
                self._sorted = place
                self.horizontalHeader().setSortIndicator(place, order)
        self.horizontalHeader().viewport().update()

    def current_id(self) -> int | None:
        """Return the id of the selected row, or None."""
        indexes = self.selectionModel().selectedRows()
        return self._rows.id_at(indexes[0]) if indexes else None

    def select_id(self, id_: int) -> bool:
        """Select a row and bring it into view; say whether it is in the list."""
        index = self._rows.index_of(id_)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def reload(self) -> None:
        """Read everything in view again; the same row stays selected, and the view where it is."""
        chosen, at = self.current_id(), self.verticalScrollBar().value()
        self._rows.refresh()
        if chosen is not None and self.current_id() != chosen:
            index = self._rows.index_of(chosen)
            if index.isValid():
                self.setCurrentIndex(index)
        self.verticalScrollBar().setValue(at)

    def _sort_by(self, section: int) -> None:
        if not self._rows.can_sort(section):
            return
        head = self.horizontalHeader()
        # Qt has turned the indicator already; a new column starts ascending.
        order = head.sortIndicatorOrder()
        if section != self._sorted:
            order = Qt.SortOrder.AscendingOrder
            head.setSortIndicator(section, order)
        self._sorted = section
        self._rows.sort(section, order)
        head.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        id_ = self._rows.id_at(index)
        if id_ is not None:
            self.opened.emit(id_)

    def _tell_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        id_ = self._rows.id_at(index) if index.isValid() else None
        self.current_changed.emit(-1 if id_ is None else id_)

    def _tell_none(self) -> None:
        self._hovered = -1
        self.current_changed.emit(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row (Qt)."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.currentIndex().isValid():
                self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer (Qt)."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer (Qt)."""
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bar at the edge (Qt)."""
        super().resizeEvent(event)
        self.bar.follow()

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            self.viewport().update()


class _Corners(QWidget):
    """Paints the page over the square corners of what it lies on, and the edge around it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw corners and edge (Qt)."""
        painter = look.ready(QPainter(self))
        now, radius = look.theme(), look.px(RADIUS)
        whole, card = QPainterPath(), QPainterPath()
        area = QRectF(self.rect())
        whole.addRect(area)
        card.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillPath(whole.subtracted(card), now.bg)
        painter.setPen(QPen(now.border, 1))
        painter.drawPath(card)
        painter.end()


class TableCard(Panel):
    """A rounded card around a table, with a line below for count and sum.

    Attributes:
        table: the table inside.
    """

    def __init__(self, table: QAbstractItemView, *, head: Sequence[QWidget] = ()) -> None:
        """Put a table into a card.

        Args:
            table: the table or list.
            head: widgets above it: a title line with buttons.
        """
        super().__init__()
        self.table = table
        self._left = Text("", "secondary", "text2")
        self._right = Text("", "secondary", "text2", align=look.RIGHT)
        self._sum = Text("", "label", weight=600)
        self._foot = QWidget()
        line = row((self._left, 1), self._right, self._sum, gap=8, margins=(20, 0, 20, 0))
        self._foot.setLayout(column(Line("border"), 11, line, 11))
        self._foot.hide()
        self.setLayout(column(*head, (table, 1), self._foot, margins=(1, 1, 1, 1)))
        self._corners = _Corners(self)

    def show_foot(self, count: str, what: str = "", total: str = "") -> None:
        """Show the last line: a count at the start, a sum at the end."""
        self._left.setText(count)
        self._right.setText(what)
        self._sum.setText(total)
        self._foot.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lie over the corners (Qt)."""
        super().resizeEvent(event)
        self._corners.setGeometry(self.rect())
        self._corners.raise_()
