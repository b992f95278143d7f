"""What has just been done, and a way to take it back."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPushButton, QTextEdit, QWidget

from ui import look
from ui.widgets.buttons import Button
from ui.widgets.layouts import row

SECONDS = 6
SHADOW = 20
ROWS = 5
"""How far up a toast looks for a place where it covers nothing that can be pressed."""
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QTextEdit)


class _ToastButton(Button):
    """The action on a toast: a link in the toast's own colours."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        ink = now.tip_text if self.underMouse() or self.hasFocus() else now.tip_accent
        area = QRectF(self.rect())
        words = look.font("button", 600)
        look.paint_text(painter, area, self.text(), words, ink, look.CENTRE)
        if self.hasFocus():
            look.paint_rect(painter, area.adjusted(0, 4, 0, -4), look.px(6), None, ink, 1.5)
        painter.end()


class Toast(QWidget):
    """One line at the bottom of its parent for six seconds, longer under pointer or focus.

    It lies where it covers no button and no field, if there is such a place.

    Never for trouble that needs a decision.
    """

    def __init__(self, parent: QWidget) -> None:
        """Make a toast for a column or window; nothing shows until `announce`."""
        super().__init__(parent)
        self._text = ""
        self._icon = "circle-check"
        self._callback: Callable[[], object] | None = None
        self._button = _ToastButton("", "link", size="small")
        self._button.clicked.connect(self._act)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self._over)
        self.setLayout(row("stretch", self._button, margins=(0, 0, SHADOW + 12, 0)))
        parent.installEventFilter(self)
        self._button.installEventFilter(self)
        self.hide()

    def announce(
        self,
        text: str,
        action_text: str = "",
        callback: Callable[[], object] | None = None,
        *,
        icon: str = "circle-check",
    ) -> None:
        """Say what was done; a former toast gives way.

        Args:
            text: one line.
            action_text: "Undo", or empty.
            callback: what the action does; the toast goes first.
            icon: before the text.
        """
        self._text = text
        self._icon = icon
        self._callback = callback
        self._button.set_text(action_text)
        self._button.setVisible(bool(action_text))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        _say_aloud(self, text)

    def text(self) -> str:
        """Return what is said; empty when nothing is shown."""
        return "" if self.isHidden() else self._text

    def action_button(self) -> QPushButton:
        """Return the button, for the keys that press it."""
        return self._button

    def seconds_left(self) -> float:
        """Return for how long it stays; 0 while it is held or hidden."""
        return max(self._timer.remainingTime(), 0) / 1000

    def _act(self) -> None:
        callback = self._callback
        self._over()
        if callback is not None:
            callback()

    def _over(self) -> None:
        self._timer.stop()
        self._callback = None
        self.hide()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        words = look.text_width(self._text, look.font("strong"))
        width = words + look.px(58)
        if self._button.text():
            width += self._button.sizeHint().width() + look.px(26)
        width = min(round(width), parent.width() - look.px(32)) + 2 * SHADOW
        height = look.px(44) + 2 * SHADOW
        places = list(_places(parent.size(), QSize(width, height)))
        taken = _controls(parent, self)
        free = (place for place in places if not any(map(_inner(place).intersects, taken)))
        self.setGeometry(next(free, places[0]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the parent; wait while the button has the focus (Qt)."""
        if watched is self._button:
            if event.type() == QEvent.Type.FocusIn:
                self._timer.stop()
            elif event.type() == QEvent.Type.FocusOut and not self.isHidden():
                self._timer.start()
        elif event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while it is read (Qt)."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on (Qt)."""
        super().leaveEvent(event)
        if not self.isHidden():
            self._timer.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the toast (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        box = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        look.paint_shadow(painter, box, look.px(10), SHADOW - 6)
        look.paint_rect(painter, box, look.px(10), now.tip)
        icon = look.px(16)
        y = box.center().y() - icon / 2
        look.paint_icon(
            painter, self._icon, box.left() + look.px(16), y, icon, colour=now.tip_accent
        )
        right = box.right() - look.px(16)
        if self._button.text():
            right = self._button.x() - look.px(28)
            look.paint_ground(
                painter,
                QRectF(right + look.px(14), box.center().y() - look.px(8), 1, look.px(16)),
                now.text3,
            )
        left = box.left() + look.px(42)
        line = QRectF(left, box.top(), right - left, box.height())
        look.paint_text(painter, line, self._text, look.font("strong"), now.tip_text)
        painter.end()


def _places(room: QSize, size: QSize) -> Iterator[QRect]:
    """Yield where a toast may lie, the best first: low, and in the middle."""
    right, lowest = room.width() - size.width(), room.height() - size.height() - look.px(4)
    for up in range(ROWS):
        y = lowest - up * look.px(52)
        for x in (right // 2, right, 0):
            yield QRect(QPoint(x, y), size)


def _inner(place: QRect) -> QRect:
    """Return a toast's place without its shadow."""
    return place.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)


def _controls(parent: QWidget, toast: QWidget) -> list[QRect]:
    """Return where on the parent something can be pressed or typed."""
    found = []
    for one in parent.findChildren(QWidget):
        if isinstance(one, CONTROLS) and one.isVisible() and not toast.isAncestorOf(one):
            seen = one.visibleRegion().boundingRect()
            if not seen.isEmpty():
                found.append(QRect(one.mapTo(parent, seen.topLeft()), seen.size()))
    return found


def _say_aloud(widget: QWidget, text: str) -> None:
    """Let a screen reader say a text."""
    # Its long enumerations take 2 ms to load: not before the first paint.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
