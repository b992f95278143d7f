"""The least a window can cost: one empty PySide6 window, gone after its first paint."""

import os
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Window(QWidget):
    """Paints its ground once."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint, then end the process (Qt)."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), 0xFFFFFF)
        painter.end()
        QTimer.singleShot(0, lambda: os._exit(0))


app = QApplication(sys.argv[:1])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
