"""What a page says when there is nothing on it: a picture, a sentence, one thing to do."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import look
from ui.widgets.buttons import Button
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.text import Icon, Text

Picture = Literal["cases", "done", "people", "gifts", "search"]

_ICONS: dict[Picture, str] = {
    "done": "party-popper",
    "people": "users",
    "gifts": "gift",
    "search": "search",
}


class _Picture(QWidget):
    """Paper and a speech bubble, or an icon, on a round ground."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture: Picture = picture
        self.setFixedSize(look.px(232), look.px(168))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        painter.scale(look.scale(), look.scale())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.accent_soft)
        painter.drawEllipse(QRectF(36, 4, 160, 160))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(now.accent_line, 1.5))
        for x, y, radius in ((30, 40, 4), (196, 24, 3), (206, 110, 5), (40, 128, 3)):
            painter.drawEllipse(QPointF(x, y), radius, radius)
        self._paint_paper(painter)
        self._paint_bubble(painter)
        painter.end()

    def _paint_paper(self, painter: QPainter) -> None:
        now = look.theme()
        look.paint_rect(painter, QRectF(62, 44, 84, 100), 8, now.surface, now.border)
        look.paint_mark(painter, 76, 58, 20)
        for y, width in ((90, 50), (104, 60), (118, 38)):
            look.paint_rect(painter, QRectF(76, y, width, 5), 2.5, now.track)

    def _paint_bubble(self, painter: QPainter) -> None:
        now = look.theme()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(112, 28, 76, 52), 14, 14)
        tip = QPainterPath(QPointF(128, 76))
        tip.lineTo(124, 94)
        tip.lineTo(144, 78)
        tip.closeSubpath()
        shape = shape.united(tip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.accent)
        painter.drawPath(shape)
        name = _ICONS.get(self._picture)
        if name is not None:
            look.paint_icon(painter, name, 139, 43, 22, colour=now.on_accent)
            return
        painter.setBrush(now.on_accent)
        for x in (136, 150, 164):
            painter.drawEllipse(QPointF(x, 54), 3.2, 3.2)


class EmptyState(QWidget):
    """Nothing here yet, and what to do about it.

    Attributes:
        primary, secondary, link: the buttons given, to connect to; None where there is none.
    """

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        picture: Picture = "cases",
        primary: Button | None = None,
        secondary: Button | None = None,
        link: Button | None = None,
        foot: str = "",
        source: QWidget | None = None,
    ) -> None:
        """Make the page.

        Args:
            title: one sentence.
            text: two or three lines.
            picture: which picture.
            primary: the one thing to do.
            secondary: another way.
            link: a smaller one.
            foot: a rule of thumb at the bottom.
            source: beside it, what says where it comes from.
        """
        super().__init__()
        self.primary = primary
        self.secondary = secondary
        self.link = link
        self._title = Text(title, "page", align=look.CENTRE, wrap=True)
        self._text = Text(text, "body", "text2", wrap=True, align=look.CENTRE)
        self._text.setFixedWidth(look.px(470))
        self._title.setFixedWidth(look.px(470))
        self.setLayout(
            column(
                (QWidget(), 2),
                row(STRETCH, _Picture(picture), STRETCH),
                22,
                row(STRETCH, self._title, STRETCH),
                8,
                row(STRETCH, self._text, STRETCH),
                22,
                row(STRETCH, primary, secondary, STRETCH, gap=12),
                16 if link else None,
                row(STRETCH, link, STRETCH),
                (QWidget(), 3),
                row(
                    STRETCH,
                    Icon("lightbulb", "text3"),
                    Text(foot, "secondary", "text2"),
                    source,
                    STRETCH,
                    gap=8,
                )
                if foot
                else None,
                margins=(24, 24, 24, 24),
            )
        )

    def set_words(self, title: str, text: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
