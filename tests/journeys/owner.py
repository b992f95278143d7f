"""An owner at the keyboard: finds controls by the words a person sees, and uses them."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt import exceptions

from ui.main_window import MainWindow


class Owner:
    """Uses a window by mouse and keyboard alone."""

    def __init__(self, window: MainWindow, qtbot) -> None:
        self.window = window
        self.qtbot = qtbot
        # What another test may have left open is not this owner's.
        self._not_mine = set(QApplication.topLevelWidgets())

    def front(self) -> QWidget:
        """Return what is in front: the newest open dialog, else the window."""
        open_ones = [
            top
            for top in QApplication.topLevelWidgets()
            if isinstance(top, QDialog) and top.isVisible() and top not in self._not_mine
        ]
        children = [dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible()]
        found = [*open_ones, *children]
        return found[-1] if found else self.window

    def settle(self) -> None:
        """Let the window do what it has put off."""
        for _ in range(3):
            QApplication.processEvents()

    def see(self, name: str) -> QWidget:
        """Return the control with this name that is shown, in view or scrolled out of it."""
        found: list[QWidget] = []

        def there() -> bool:
            found[:] = [one for one in self._shown() if one.accessibleName() == name]
            return bool(found)

        try:
            self.qtbot.waitUntil(there, timeout=3_000)
        except exceptions.TimeoutError as error:
            names = sorted({one.accessibleName() for one in self._shown()} - {""})
            raise AssertionError(
                f"nobody sees “{name}” among {names} in {self.front()}: {self.words()}"
            ) from error
        return found[0]

    def _shown(self) -> list[QWidget]:
        return [one for one in self.front().findChildren(QWidget) if one.isVisible()]

    def click(self, name: str) -> None:
        """Click a control in its middle."""
        widget = self.see(name)
        self.scroll_to(widget)
        QTest.mouseClick(
            widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, widget.height() // 2)
        )
        self.settle()

    def scroll_to(self, widget: QWidget) -> None:
        """Bring a control into view, as a wheel would."""
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget)
        self.settle()

    def write(self, name: str, words: str) -> None:
        """Put words into a field, as by typing."""
        field = self.see(name)
        self.scroll_to(field)
        target: QWidget | None = field
        while target is not None and not isinstance(target, QLineEdit | QPlainTextEdit):
            target = target.focusProxy()
        target = target or field.findChild(QPlainTextEdit) or field.findChild(QLineEdit)
        target.setFocus()
        if isinstance(target, QLineEdit | QPlainTextEdit):
            target.selectAll()
        QTest.keyClicks(target, words)
        self.settle()

    def press(self, keys: str, on: QWidget | None = None) -> None:
        """Press keys: "Ctrl+N", "Return", "Space"."""
        target = on or QApplication.focusWidget() or self.front()
        if target is self.window and not target.isActiveWindow():
            # What a window manager does when a dialog closes; there is none here.
            with self.qtbot.waitActive(target):
                target.activateWindow()
        combination = QKeySequence(keys)[0]
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        self.settle()

    def open(self, name: str) -> None:
        """Unfold a section, unless it is open already."""
        self.see(name)
        heads = [one for one in self._shown() if isinstance(one, QAbstractButton)]
        head = next(one for one in heads if one.accessibleName() == name)
        if not head.isChecked():
            self.scroll_to(head)
            self.press("Space", on=head)

    def reach(self, name: str) -> None:
        """Press a control from the keyboard, wherever the page has scrolled to."""
        widget = self.see(name)
        widget.setFocus()
        self.press("Space", on=widget)

    def choose(self, name: str, *, place: int) -> None:
        """Choose from a drop-down by arrow keys."""
        box = self.see(name)
        box.setFocus()
        for _ in range(place):
            QTest.keyClick(box, Qt.Key.Key_Down)
        self.settle()

    def words(self) -> str:
        """Return all text that can be read in front."""
        return " ".join(
            label.text() for label in self.front().findChildren(QLabel) if label.isVisible()
        )
