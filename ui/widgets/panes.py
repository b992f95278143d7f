"""A part of a dialog with a ground of its own and a size it would like to have."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from ui import look


class Pane(QWidget):
    """Holds a layout on a plain ground; asks for a size but may become smaller."""

    def __init__(
        self,
        layout: QLayout,
        *,
        ground: look.Token | None = None,
        width: int = 0,
        height: int = 0,
    ) -> None:
        """Make a pane.

        Args:
            layout: what is in it.
            ground: its colour; None lets the dialog's show.
            width: what it would like, in pixels at usual text; 0 leaves it to the layout.
            height: the same.
        """
        super().__init__()
        self._ground: look.Token | None = ground
        self._wanted = QSize(look.px(width), look.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setLayout(layout)

    def hasHeightForWidth(self) -> bool:
        """Take the height there is: wrapped text inside must not decide it (Qt)."""
        return False

    def sizeHint(self) -> QSize:
        """Return the size it would like (Qt)."""
        inside = super().sizeHint()
        return QSize(
            self._wanted.width() or inside.width(), self._wanted.height() or inside.height()
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground (Qt)."""
        if self._ground is not None:
            painter = QPainter(self)
            look.paint_ground(painter, self.rect(), look.theme().colour(self._ground))
            painter.end()
