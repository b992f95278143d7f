"""An owner at the keyboard: finds controls by the words a person sees, and uses them."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from ui.main_window import MainWindow


class Owner:
    """Uses a window by mouse and keyboard alone."""

    def __init__(self, window: MainWindow, qtbot) -> None:
        self.window = window
        self.qtbot = qtbot

    def front(self) -> QWidget:
        """Return what is in front: the newest open dialog, else the window."""
        open_ones = [
            top
            for top in QApplication.topLevelWidgets()
            if isinstance(top, QDialog) and top.isVisible()
        ]
        children = [
            dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible()
        ]
        found = [*open_ones, *children]
        return found[-1] if found else self.window

    def settle(self) -> None:
        """Let the window do what it has put off."""
        for _ in range(3):
            QApplication.processEvents()

    def see(self, name: str, *, within: QWidget | None = None) -> QWidget:
        """Return the visible control with this name, waiting for it a little."""
        found: list[QWidget] = []

        def there() -> bool:
            found[:] = [
                widget
                for widget in (within or self.front()).findChildren(QWidget)
                if widget.accessibleName() == name
                and widget.isVisible()
                and widget.visibleRegion().boundingRect().isValid()
            ]
            return bool(found)

        try:
            self.qtbot.waitUntil(there, timeout=3_000)
        except Exception as error:
            names = sorted({w.accessibleName() for w in self.front().findChildren(QWidget)
                            if w.isVisible() and w.accessibleName()})
            raise AssertionError(f"nobody sees “{name}” among {names}") from error
        return found[0]

    def click(self, name: str) -> None:
        """Click a control in its middle."""
        widget = self.see(name)
        QTest.mouseClick(
            widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, widget.height() // 2)
        )
        self.settle()

    def write(self, name: str, words: str) -> None:
        """Put words into a field, as by typing."""
        field = self.see(name)
        target = field if isinstance(field, QLineEdit | QPlainTextEdit) else field.focusProxy()
        target = target or field.findChild(QPlainTextEdit) or field.findChild(QLineEdit)
        target.setFocus()
        if isinstance(target, QLineEdit | QPlainTextEdit):
            target.selectAll()
        QTest.keyClicks(target, words)
        self.settle()

    def press(self, keys: str, on: QWidget | None = None) -> None:
        """Press keys: "Ctrl+N", "Return", "Space"."""
        target = on or QApplication.focusWidget() or self.front()
        combination = QKeySequence(keys)[0]
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        self.settle()
