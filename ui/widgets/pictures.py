"""Choosing a logo: dropped, or picked from a file."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QSizePolicy

from recoverydesk.errors import InvalidEntryError
from recoverydesk.services.pictures import MOST_BYTES, checked_picture
from ui import look
from ui.widgets.cards import ClickCard
from ui.wording import tr


class PictureField(ClickCard):
    """A place for a picture: drop it here, or press to choose a file.

    Signals:
        picked: a picture was taken. Argument: its bytes.
        refused: the file won't do. Argument: the `InvalidEntryError`.
    """

    picked = Signal(bytes)
    refused = Signal(object)

    def __init__(self, title: str, hint: str, *, field: str) -> None:
        super().__init__(title)
        self._title, self._hint, self._field = title, hint, field
        self._content: bytes | None = None
        self._image = QImage()
        self._in_trouble = False
        self.setAcceptDrops(True)
        self.setAccessibleDescription(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _on: self._choose())

    def content(self) -> bytes | None:
        """Return the picture's bytes; None where there is none."""
        return self._content

    def show_picture(self, content: bytes | None) -> None:
        """Show a picture that is known to be one; None empties the place."""
        self._content = content
        self._image = QImage() if content is None else QImage.fromData(content)
        self.update()

    def set_trouble(self, *, on: bool) -> None:
        """Show the edge in red or as usual."""
        self._in_trouble = on
        self.update()

    def take_file(self, path: Path) -> None:
        """Take a file's picture, or say why it won't do; what was there stays then."""
        try:
            with path.open("rb") as file:  # a byte more than is allowed tells that it is too much
                content, _media = checked_picture(file.read(MOST_BYTES + 1), field=self._field)
        except OSError:
            self.refused.emit(InvalidEntryError(self._field, tr("This file can't be read.")))
        except InvalidEntryError as error:
            self.refused.emit(error)
        else:
            self.show_picture(content)
            self.picked.emit(content)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self._title)
        dialog.setNameFilter(tr("Pictures (*.png *.jpg *.jpeg *.webp)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.take_file(Path(name)))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file (Qt)."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped file (Qt)."""
        self.take_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(280), look.px(72))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the place and what is in it (Qt)."""
        painter = look.ready(QPainter(self))
        now, area = look.theme(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pen = QPen(now.danger if self._in_trouble else now.control, 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(now.hover if self.underMouse() else now.surface)
        painter.drawRoundedRect(area, look.px(8), look.px(8))
        left = self._paint_picture(painter, area)
        room = area.width() - left - look.px(12)
        upper = QRectF(left, area.height() / 2 - look.px(20), room, look.px(20))
        lower = QRectF(left, area.height() / 2 + look.px(2), room, look.px(18))
        look.paint_text(painter, upper, self._title, look.font("strong"), now.text)
        look.paint_text(painter, lower, self._hint, look.font("secondary"), now.text2)
        painter.end()

    def _paint_picture(self, painter: QPainter, area: QRectF) -> float:
        """Draw the picture, or the sign for one; return where words may begin."""
        if self._image.isNull():
            size = look.px(24)
            y = (area.height() - size) / 2
            look.paint_icon(painter, "image-plus", look.px(18), y, size)
            return look.px(56)
        room = look.px(48)
        scaled = self._image.size().scaled(room * 2, room, Qt.AspectRatioMode.KeepAspectRatio)
        top = (area.height() - scaled.height()) / 2
        target = QRectF(look.px(14), top, scaled.width(), scaled.height())
        # Logos and signatures are made for white paper; on a dark ground they would vanish.
        tile = target.adjusted(-look.px(6), -look.px(4), look.px(6), look.px(4))
        look.paint_rect(painter, tile, look.px(4), QColor("#FFFFFF"))
        painter.drawImage(target, self._image)
        return target.right() + look.px(14)
