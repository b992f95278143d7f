"""The list of Today: the kit's, with a letter to open where a step is to be written."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from ui import look
from ui.widgets.tasks import TaskGroup, TaskList

ACTS_OR_MOVES = frozenset(
    {
        *(Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter),
        *(Qt.Key.Key_S, Qt.Key.Key_N, Qt.Key.Key_X),
        *(Qt.Key.Key_Up, Qt.Key.Key_Down),
    }
)


class AgendaList(TaskList):
    """What is due; the envelope of a step that is written opens the letter.

    Signals:
        letter_wanted: the envelope was pressed. Argument: the row's id.
    """

    letter_wanted = Signal(object)

    def __init__(self, *, name: str) -> None:
        """Make an empty list; `name` is for a screen reader."""
        super().__init__(name=name)
        self._written: frozenset[int] = frozenset()

    def show_written(self, ids: frozenset[int]) -> None:
        """Say which rows have a letter to open."""
        self._written = ids

    def show_groups(self, groups: Sequence[TaskGroup]) -> None:
        """Show groups; a row that wasn't marked isn't marked by it."""
        marked = self.is_marked()
        super().show_groups(groups)
        if not marked:
            self.clearSelection()

    def is_marked(self) -> bool:
        """Say whether the current row can be seen to be it: with the focus Qt marks none."""
        return self.selectionModel().isSelected(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark the current row first: no key acts on a row that isn't seen to be it (Qt)."""
        if self.current_id() is None or self.is_marked() or event.key() not in ACTS_OR_MOVES:
            super().keyPressEvent(event)
            return
        self.setCurrentIndex(self.currentIndex())
        self.scrollTo(self.currentIndex())

    def envelope_box(self, index: QModelIndex) -> QRect:
        """Return where the envelope of a row lies; nothing where it has none."""
        task = self.tasks.task(index)
        if task is None or task.id not in self._written:
            return QRect()
        rect, size = self.visualRect(index), look.px(26)
        middle = rect.center().y() - look.px(9)
        left = rect.left() + look.px(52) + look.px(8) - size // 2
        return QRect(left, middle - size // 2, size, size)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the letter by its envelope (Qt)."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        task = self.tasks.task(index)
        left = event.button() is Qt.MouseButton.LeftButton
        if task is not None and left and self.envelope_box(index).contains(at):
            self.letter_wanted.emit(task.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Leave a double click on the envelope to the letter (Qt)."""
        at = event.position().toPoint()
        if not self.envelope_box(self.indexAt(at)).contains(at):
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over the envelope (Qt)."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        over = self.envelope_box(self.indexAt(at)).contains(at)
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the list, and a small button around the envelope of the active rows (Qt)."""
        super().paintEvent(event)
        painter = look.ready(QPainter(self.viewport()))
        for index in {self.currentIndex(), self.tasks.index(self.hovered_row())}:
            box = self.envelope_box(index)
            if not box.isEmpty():
                self._paint_envelope(painter, box)
        painter.end()

    def _paint_envelope(self, painter: QPainter, box: QRect) -> None:
        now = look.theme()
        over = self.pointed_at(box)
        fill = now.accent_soft if over else now.surface
        edge = now.accent_line if over else now.border
        look.paint_rect(painter, QRectF(box), look.px(8), fill, edge)
        small = look.px(16)
        corner = QPointF(box.center()) - QPointF(small / 2 - 0.5, small / 2 - 0.5)
        look.paint_icon(painter, "mail", corner.x(), corner.y(), small)

    def menu_spot(self, id_: int) -> QPoint:
        """Return where on the screen a row's menu opens."""
        rect = self.visualRect(self.tasks.index_of(id_))
        return self.viewport().mapToGlobal(QPoint(rect.right() - look.px(320), rect.bottom()))
