"""A page that scrolls, with a bar that floats beside what it shows."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from ui import look

THICKNESS = 10


class ScrollArea(QScrollArea):
    """Scrolls a widget upright; the content keeps its width whether or not it scrolls.

    Attributes:
        bar: the floating scroll bar.
    """

    def __init__(self, content: QWidget | None = None, *, inset: int = 0) -> None:
        """Scroll a widget.

        Args:
            content: what is scrolled.
            inset: how far inside the right edge the bar floats, in pixels at usual text.
        """
        super().__init__()
        own_viewport(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar = float_bar(self, inset)
        if content is not None:
            self.show_content(content)

    def show_content(self, content: QWidget) -> None:
        """Scroll another widget."""
        self.setWidget(content)
        content.setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bar at the edge (Qt)."""
        super().resizeEvent(event)
        self.bar.follow()


class ThinBar(QScrollBar):
    """A quiet scroll bar: a rounded handle and nothing else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def sizeHint(self) -> QSize:
        """Return the width of the bar (Qt)."""
        return QSize(THICKNESS, 80)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the handle (Qt)."""
        # Its many enumerations take 6 ms to load, and no bar is there before the first paint.
        from PySide6.QtWidgets import QStyle, QStyleOptionSlider  # noqa: PLC0415

        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = look.ready(QPainter(self))
        now = look.theme()
        pressed = self.isSliderDown() or self.underMouse()
        ink = look.mix(now.track, now.control, 0.5) if pressed else now.track
        look.paint_rect(painter, QRectF(handle).adjusted(2, 0, -2, 0), 3, ink)
        painter.end()


class FloatingBar(ThinBar):
    """A scroll bar laid over the edge of what it scrolls, there only when needed."""

    def __init__(self, area: QAbstractScrollArea, inset: int) -> None:
        super().__init__(area)
        self._area = area
        self._inset = look.px(inset)
        self._real = area.verticalScrollBar()
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._real.rangeChanged.connect(self._take_range)
        self._real.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._real.setValue)
        area.installEventFilter(self)
        self.hide()
        self._take_range()

    def _take_range(self, *_range: int) -> None:
        self.setRange(self._real.minimum(), self._real.maximum())
        self.setPageStep(self._real.pageStep())
        self.setSingleStep(self._real.singleStep())
        self.setValue(self._real.value())
        self.follow()
        if self._is_needed() != self.isVisibleTo(self._area):
            # A moment later: what is scrolled is painted before its bar is.
            QTimer.singleShot(1, self, self._show_if_needed)

    def _is_needed(self) -> bool:
        return self._real.maximum() > self._real.minimum()

    def _show_if_needed(self) -> None:
        self.setVisible(self._is_needed())

    def follow(self) -> None:
        """Stand at the right edge of the area."""
        area = self._area
        self.setGeometry(area.width() - THICKNESS - self._inset, 0, THICKNESS, area.height())
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the area (Qt)."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self.follow()
        return False


def own_viewport(area: QAbstractScrollArea) -> None:
    """Give an area a viewport made here; nothing is painted under what it shows.

    Asked for the one that Qt makes itself, PySide first loads all classes of widgets there are to
    find out which it is: 9 ms.
    """
    area.setViewport(QWidget())


def float_bar(area: QAbstractScrollArea, inset: int = 0) -> FloatingBar:
    """Give an area a floating bar instead of one that takes room from its content."""
    return FloatingBar(area, inset)
