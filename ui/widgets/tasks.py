"""The list of what is due: groups, and rows to tick, snooze and open."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui import look
from ui.widgets.scrolls import float_bar, own_viewport
from ui.widgets.task_rows import TaskGroup, TaskModel, TaskRow
from ui.widgets.text import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex

__all__ = ["TaskGroup", "TaskList", "TaskModel", "TaskRow", "action_boxes", "circle_box"]

ROW = 56
HEAD = 44
CIRCLE = 20


class _TaskDelegate(QStyledItemDelegate):
    """Draws headings and rows."""

    def __init__(self, view: "TaskList") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the height of a line (Qt)."""
        is_row = self._view.tasks.task(index) is not None
        return QSize(look.px(200), look.px(ROW if is_row else HEAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw a line (Qt)."""
        rect: QRect = option.rect
        look.ready(painter)
        item = self._view.tasks.item(index)
        if isinstance(item, TaskGroup):
            self._paint_head(painter, QRectF(rect), item)
        elif item is not None:
            self._paint_row(painter, QRectF(rect), item, index)

    def _paint_head(self, painter: QPainter, area: QRectF, group: TaskGroup) -> None:
        now = look.theme()
        ink = now.text if group.tone == "neutral" else now.colour(look.INKS[group.tone])
        size = look.px(16)
        y = area.center().y() - size / 2 + look.px(4)
        left = area.left() + look.px(18)
        look.paint_icon(painter, group.icon, left, y, size, colour=ink)
        words = area.adjusted(look.px(44), look.px(8), 0, 0)
        width = look.paint_text(painter, words, group.title, look.font("label", 600), ink)
        words.setLeft(words.left() + width + look.px(8))
        figures = look.font("secondary", tabular=True)
        look.paint_text(painter, words, str(len(group.rows)), figures, now.text2)

    def _paint_row(self, painter: QPainter, area: QRectF, task: TaskRow, index: AnyIndex) -> None:
        now, view = look.theme(), self._view
        current = view.selectionModel().isSelected(index)
        active = current or index.row() == view.hovered_row()
        if active:
            box = area.adjusted(look.px(8), 2, -look.px(16), -2)
            edge = now.accent if current and view.hasFocus() else None
            look.paint_rect(painter, box, look.px(8), now.hover, edge, 2)
        elif not view.tasks.ends_group(index):
            left = look.px(52)
            line = QRectF(left, area.bottom(), area.width() - left - look.px(24), 1)
            look.paint_ground(painter, line, now.line)
        circle = circle_box(area.toRect())
        over = view.pointed_at(circle)
        look.paint_check(
            painter,
            circle.x(),
            circle.y(),
            circle.width(),
            edge=now.accent if over else None,
            fill=now.accent_soft if over else None,
        )
        right = self._paint_end(painter, area, task, active=active)
        self._paint_words(painter, area, task, right)

    def _paint_end(self, painter: QPainter, area: QRectF, task: TaskRow, *, active: bool) -> float:
        now = look.theme()
        right = area.right() - look.px(28)
        ink = now.text if task.tone == "neutral" else now.colour(look.INKS[task.tone])
        weight = 400 if task.tone == "neutral" else 600
        when = QRectF(right - look.px(118), area.top(), look.px(118), area.height())
        figures = look.font("secondary", weight, tabular=True)
        look.paint_text(painter, when, task.when, figures, ink, look.RIGHT)
        size = look.px(28)
        x = right - look.px(152)
        middle = area.center().y()
        if task.who:
            look.paint_avatar(painter, x, middle - size / 2, size, task.who)
        if active:
            return self._paint_actions(painter, area)
        if not task.contact or area.width() < look.px(600):
            return x - look.px(12)
        width = look.text_width(task.contact, look.font("secondary", tabular=True))
        left = x - look.px(20) - width
        words = QRectF(left, area.top(), width + 2, area.height())
        figures = look.font("secondary", tabular=True)
        look.paint_text(painter, words, task.contact, figures, now.text2)
        small = look.px(16)
        left -= look.px(24)
        look.paint_icon(painter, task.contact_icon, left, middle - small / 2, small)
        return left - look.px(16)

    def _paint_actions(self, painter: QPainter, area: QRectF) -> float:
        now, view = look.theme(), self._view
        boxes = action_boxes(area.toRect())
        for box, icon in zip(boxes, ("check", "alarm-clock", "arrow-up-right"), strict=True):
            over = view.pointed_at(box)
            fill = now.accent_soft if over else now.surface
            edge = now.accent_line if over else now.border
            look.paint_rect(painter, box, look.px(8), fill, edge)
            small = look.px(16)
            gap = (box.width() - small) / 2
            look.paint_icon(painter, icon, box.x() + gap, box.y() + gap, small)
        return boxes[0].left() - look.px(12)

    def _paint_words(self, painter: QPainter, area: QRectF, task: TaskRow, right: float) -> None:
        now = look.theme()
        small = look.px(16)
        left = area.left() + look.px(52)
        top = area.center().y() - look.px(19)
        look.paint_icon(painter, task.icon, left, top + look.px(2), small)
        left += look.px(24)
        upper = QRectF(left, top, right - left, look.px(19))
        look.paint_text(painter, upper, task.title, look.font("strong"), now.text)
        lower = QRectF(left, top + look.px(19), right - left, look.px(19))
        name = look.font("secondary", 500)
        lower.setLeft(left + look.paint_text(painter, lower, task.name, name, now.text2))
        if task.detail:
            rest = f"  ·  {task.detail}" if task.name else task.detail
            look.paint_text(painter, lower, rest, look.font("secondary"), now.text2)

    def helpEvent(  # noqa: N802 - Qt's name
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        """Say what a small button does, or the whole line (Qt)."""
        task = self._view.tasks.task(index)
        if task is None:
            return False
        rect: QRect = option.rect
        tip = f"{task.name}: {task.detail}" if task.detail else task.name
        for box, words in zip(action_boxes(rect), self._view.action_words, strict=True):
            if box.contains(event.pos()):
                tip = words
        QToolTip.showText(event.globalPos(), plain_tip(tip), view)
        return True


def circle_box(rect: QRect) -> QRect:
    """Return where the circle of a row lies."""
    size = look.px(CIRCLE)
    return QRect(rect.left() + look.px(18), rect.center().y() - size // 2, size, size)


def action_boxes(rect: QRect) -> list[QRect]:
    """Return where the small buttons of a row lie: done, snooze, open."""
    size, step = look.px(32), look.px(36)
    right = rect.right() - look.px(28) - look.px(152) - look.px(16)
    top = rect.center().y() - size // 2
    return [QRect(right - (3 - place) * step + 4, top, size, size) for place in range(3)]


class TaskList(QListView):
    """What is due, in groups.

    Keys: Space done, S snooze, Enter open; N and X where `no_answer_wanted`, `skip_wanted`
    are connected. Give the page's actions no such keys as well.

    Signals:
        done_wanted, snooze_wanted, open_wanted, no_answer_wanted, skip_wanted: for a row.
            Argument: its id.
        menu_wanted: a context menu. Arguments: the row's id, where on the screen.
        current_changed: another row is current. Argument: its id, or -1.
    """

    done_wanted = Signal(object)
    snooze_wanted = Signal(object)
    open_wanted = Signal(object)
    no_answer_wanted = Signal(object)
    skip_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    current_changed = Signal(object)

    def __init__(self, *, name: str) -> None:
        """Make an empty list; `name` is for a screen reader."""
        super().__init__()
        own_viewport(self)
        self.tasks = TaskModel()
        self.tasks.setParent(self)
        self.action_words: tuple[str, str, str] = ("Mark done", "Snooze", "Open")
        self._hovered = -1
        self._pointer = QPoint(-1, -1)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(self.tasks)
        self.setItemDelegate(_TaskDelegate(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.bar = float_bar(self)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.selectionModel().currentChanged.connect(self._tell_current)

    def show_groups(self, groups: Sequence[TaskGroup]) -> None:
        """Show groups; the current row, or the one that took its place, stays current."""
        chosen, row_at = self.current_id(), self.currentIndex().row()
        at = self.verticalScrollBar().value()
        self.tasks.show_groups(groups)
        if chosen is not None:
            index = self.tasks.index_of(chosen)
            self.setCurrentIndex(index if index.isValid() else self._near(row_at))
        self.verticalScrollBar().setValue(at)

    def _near(self, at: int) -> QModelIndex:
        places = [*range(max(at, 0), self.tasks.rowCount()), *range(at - 1, -1, -1)]
        for place in places:
            index = self.tasks.index(place)
            if self.tasks.task(index) is not None:
                return index
        return QModelIndex()

    def current_id(self) -> int | None:
        """Return the id of the current row, or None."""
        task = self.tasks.task(self.currentIndex())
        return task.id if task else None

    def select_id(self, id_: int) -> bool:
        """Make a row current; say whether it is there."""
        index = self.tasks.index_of(id_)
        if index.isValid():
            self.setCurrentIndex(index)
        return index.isValid()

    def hovered_row(self) -> int:
        """Return the line under the pointer, or -1."""
        return self._hovered

    def pointed_at(self, box: QRect) -> bool:
        """Say whether the pointer is over a part of a row."""
        return box.contains(self._pointer)

    def _tell_current(self, _index: QModelIndex, _before: QModelIndex) -> None:
        id_ = self.current_id()
        self.current_changed.emit(-1 if id_ is None else id_)

    def _ask_menu(self, at: QPoint) -> None:
        task = self.tasks.task(self.indexAt(at))
        if task is not None:
            self.menu_wanted.emit(task.id, self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys say for the current row (Qt)."""
        signals = {
            Qt.Key.Key_Space: self.done_wanted,
            Qt.Key.Key_S: self.snooze_wanted,
            Qt.Key.Key_Return: self.open_wanted,
            Qt.Key.Key_Enter: self.open_wanted,
            Qt.Key.Key_N: self.no_answer_wanted,
            Qt.Key.Key_X: self.skip_wanted,
        }
        signal = signals.get(Qt.Key(event.key()))
        id_ = self.current_id()
        if signal is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif id_ is not None:
            signal.emit(id_)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, snooze or open by the small buttons (Qt)."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        task = self.tasks.task(index)
        if task is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        rect = self.visualRect(index)
        if circle_box(rect).adjusted(-6, -6, 6, 6).contains(at):
            self.done_wanted.emit(task.id)
            return
        wanted = (self.done_wanted, self.snooze_wanted, self.open_wanted)
        for box, signal in zip(action_boxes(rect), wanted, strict=True):
            if box.contains(at):
                signal.emit(task.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a row (Qt)."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        task = self.tasks.task(index)
        rect = self.visualRect(index)
        small = [circle_box(rect).adjusted(-6, -6, 6, 6), *action_boxes(rect)]
        if task is not None and not any(box.contains(at) for box in small):
            self.open_wanted.emit(task.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer (Qt)."""
        super().mouseMoveEvent(event)
        self._pointer = event.position().toPoint()
        index = self.indexAt(self._pointer)
        self._hovered = index.row() if self.tasks.task(index) else -1
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer (Qt)."""
        super().leaveEvent(event)
        self._hovered = -1
        self._pointer = QPoint(-1, -1)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bar at the edge (Qt)."""
        super().resizeEvent(event)
        self.bar.follow()
