"""Photos, receipts and e-mails of a case: small pictures in a row, pressed to open."""

from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from recoverydesk.services import attachments
from recoverydesk.services.attachments import AttachmentView
from recoverydesk.services.case_pages import CaseView
from ui import look
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import ClickCard
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.text import Text
from ui.wording import filled, tr

WIDTH, HEIGHT = 112, 104
PICTURE = 72
IN_A_ROW = 6
ICONS = {"application/pdf": "file-text", "message/rfc822": "mail", "text/plain": "file-text"}


class Attached(QWidget):
    """What is attached to a case.

    Signals:
        add_wanted: the owner wants to choose a file.
    """

    add_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[AttachmentView, ...] | None = None
        self._rows: QVBoxLayout = column(gap=8)
        add = Button(tr("Attach…"), "ghost", icon="image-plus", size="small")
        add.clicked.connect(lambda _on: self.add_wanted.emit())
        hint = Text(tr("or drop or paste a photo, a PDF, an e-mail"), "secondary", "text3")
        self.setLayout(column(self._rows, row(add, hint, STRETCH, gap=8), gap=8))

    def show_case(self, view: CaseView) -> None:
        """Show what is attached to a case."""
        if view.attachments == self._shown:
            return
        self._shown = view.attachments
        clear(self._rows)
        for start in range(0, len(view.attachments), IN_A_ROW):
            cards = [self._card(one) for one in view.attachments[start : start + IN_A_ROW]]
            self._rows.addWidget(boxed(row(*cards, STRETCH, gap=8)))

    def _card(self, one: AttachmentView) -> "Thumbnail":
        picture = attachments.thumbnail(self._session.desk, one.attachment_id)
        card = Thumbnail(one.name, picture, ICONS.get(one.media_type, "image-plus"))
        card.clicked.connect(partial(self._open, one.attachment_id))
        card.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card.customContextMenuRequested.connect(partial(self._open_menu, one, card))
        return card

    def _open(self, attachment_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        from ui.printing import open_file  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            name, _media, content = attachments.content(self._session.desk, attachment_id)
            open_file(content, name)

    def _open_menu(self, one: AttachmentView, card: QWidget, spot: QPoint) -> None:
        self.menu_of(one).popup(card.mapToGlobal(spot))

    def menu_of(self, one: AttachmentView) -> QMenu:
        """Return what can be done with something attached."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Open")).triggered.connect(partial(self._open, one.attachment_id))
        take = menu.addAction(look.icon("trash-2"), tr("Take it off"))
        take.triggered.connect(partial(self._remove, one.attachment_id))
        return menu

    def _remove(self, attachment_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        with told_to_owner(self):
            attachments.remove(self._session.desk, attachment_id)


class Thumbnail(ClickCard):
    """A small picture, or an icon where there is none, with its name below."""

    def __init__(self, name: str, picture: bytes, icon: str) -> None:
        """Make a card; `picture` is a JPEG or PNG, or empty."""
        super().__init__(filled("Open {name}", name=name))
        self.setToolTip(name.replace("<", "&lt;"))
        self._name, self._icon = name, icon
        self._picture = QPixmap()
        if picture:
            self._picture.loadFromData(picture)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(WIDTH), look.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture and its name (Qt)."""
        painter = look.ready(QPainter(self))
        now, area = look.theme(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = now.accent if self.hasFocus() else now.line
        ground = now.hover if self.underMouse() else now.surface
        look.paint_rect(painter, area, look.px(8), ground, edge)
        above = QRectF(area.left() + 4, area.top() + 4, area.width() - 8, look.px(PICTURE))
        if self._picture.isNull():
            size = look.px(28)
            centre = above.center().toPoint() - QPoint(size // 2, size // 2)
            look.icon(self._icon).paint(painter, centre.x(), centre.y(), size, size)
        else:
            small = self._picture.size().scaled(
                above.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
            )
            spot = QRectF(0, 0, small.width(), small.height())
            spot.moveCenter(above.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(spot, self._picture, QRectF(self._picture.rect()))
        painter.setFont(look.font("caption"))
        painter.setPen(now.text2)
        below = QRectF(
            above.left() + 2, above.bottom(), above.width() - 4, area.bottom() - above.bottom()
        )
        words = painter.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideMiddle, int(below.width())
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
