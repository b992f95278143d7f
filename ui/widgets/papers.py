"""The very PDF that prints, shown page under page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from recoverydesk.documents import pdfium
from ui import look
from ui.printing import page_image
from ui.widgets.layouts import clear, column, row
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Icon, Text

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

PAUSE = 120
"""Milliseconds after the last change before pages are drawn anew."""


class _Page(QWidget):
    """One page; drawn when it comes into view."""

    def __init__(self, document: "PdfDocument", number: int) -> None:
        super().__init__()
        self._document = document
        self._number = number
        self._size: tuple[float, float] = document[number].get_size()
        self._image: QImage | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Keep the proportions of the paper (Qt)."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the paper (Qt)."""
        return round(width * self._size[1] / self._size[0])

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        width = look.px(400)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the proportions whatever the layout does (Qt)."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page, rendering it the first time (Qt)."""
        density = self.devicePixelRatioF()
        wanted = round(self.width() * density)
        if self._image is None or self._image.width() != wanted:
            self._image = page_image(self._document[self._number], wanted / self._size[0])
            self._image.setDevicePixelRatio(density)
        painter = look.ready(QPainter(self))
        painter.drawImage(QRectF(self.rect()), self._image)
        look.paint_rect(painter, QRectF(self.rect()), 1, None, look.theme().border)
        painter.end()


class PdfPreview(QWidget):
    """Shows a PDF as wide as there is room; nothing while a newer one is on its way.

    Signals:
        shown: pages are there. Argument: how many.
    """

    shown = Signal(int)

    def __init__(self, *, name: str, note: str = "") -> None:
        """Make an empty preview.

        Args:
            name: what is shown, for a screen reader.
            note: what stands after the number of pages: "exactly as it prints".
        """
        super().__init__()
        self.setAccessibleName(name)
        self._note_text = note
        self._waiting: bytes | None = None
        self._document: PdfDocument | None = None
        self._pages: QVBoxLayout = column(gap=14, margins=(28, 28, 28, 12))
        content = QWidget()
        holder = column(self._pages, "stretch")
        content.setLayout(holder)
        self._scroll = ScrollArea(content)
        self._note = Text("", "secondary", "text2")
        self._icon = Icon("printer", "text2")
        self._icon.hide()
        foot = row("stretch", self._icon, self._note, "stretch", gap=8, margins=(0, 4, 0, 14))
        self.setLayout(column((self._scroll, 1), foot))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._draw)

    def show_pdf(self, pdf: bytes, *, at_once: bool = False) -> None:
        """Show a PDF after a short pause; only the last of several in a row is drawn.

        Args:
            pdf: a whole PDF file.
            at_once: don't wait.
        """
        self._waiting = pdf
        if at_once:
            self._draw()
        else:
            self._timer.start()

    def page_count(self) -> int:
        """Return how many pages are shown."""
        return self._pages.count()

    def _draw(self) -> None:
        import pypdfium2  # noqa: PLC0415 - 70 ms that only a preview needs

        self._timer.stop()
        if self._waiting is None:
            return
        before, at = self._document, self._scroll.verticalScrollBar().value()
        clear(self._pages)
        with pdfium.LOCK:
            self._document = pypdfium2.PdfDocument(self._waiting)
            self._waiting = None
            count = len(self._document)
            for number in range(count):
                self._pages.addWidget(_Page(self._document, number))
        if before is not None:
            # Its pages are gone from the layout but may still be asked to paint once.
            QTimer.singleShot(0, self, before.close)
        self._scroll.verticalScrollBar().setValue(at)
        pages = "1 page" if count == 1 else f"{count} pages"
        self._note.setText(f"{pages}, {self._note_text}" if self._note_text else pages)
        self._icon.show()
        self.shown.emit(count)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground (Qt)."""
        painter = QPainter(self)
        look.paint_ground(painter, self.rect(), look.theme().rail)
        painter.end()
