"""Where a rule of thumb comes from, and how far it goes: a button, and what it opens."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from recoverydesk.services.claims import Claim, ClaimKey, claim
from ui import look
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Panel
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.text import Text
from ui.wording import filled, tr

WIDTH = 340
GAP = 6


class SourceButton(IconButton):
    """Opens where a claim comes from; stands beside its words wherever they are shown."""

    def __init__(self, key: ClaimKey) -> None:
        """Make the button.

        Args:
            key: the claim it stands beside.
        """
        super().__init__("info", tr("Where does this come from?"), size="small")
        self._claim = key
        self._card: SourceCard | None = None
        self.clicked.connect(lambda _on: self.show_source())

    def key(self) -> ClaimKey:
        """Return which claim it is about."""
        return self._claim

    def opened(self) -> "SourceCard | None":
        """Return what is open now; None while nothing is."""
        return self._card if self._card is not None and self._card.isVisible() else None

    def show_source(self) -> None:
        """Open the card below the button, or above where there is no room."""
        if self._card is None:
            self._card = SourceCard(claim(self._claim), self)
        self._card.open_at(self)


class SourceCard(Panel):
    """A claim with its source and its limit; Esc, or a click beside it, closes it."""

    def __init__(self, found: Claim, button: SourceButton) -> None:
        """Make the card; `open_at` shows it."""
        super().__init__()
        self.setParent(button, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._button = button
        self.setObjectName("source")
        self.setAccessibleName(filled("Where “{claim}” comes from", claim=found.title))
        source = filled("Source: {source}", source=found.source)
        limit = filled("How far it goes: {limit}", limit=found.limit)
        self.setAccessibleDescription(f"{found.said} {source} {limit}")
        self._close_button = Button(tr("&Close"), "secondary", size="small")
        self._close_button.clicked.connect(lambda _on: self.close())
        self._close_button.setAccessibleDescription(self.accessibleDescription())
        texts = (
            Text(found.said, "strong", wrap=True),
            Text(source, "secondary", "text2", wrap=True),
            Text(limit, "secondary", "text2", wrap=True),
        )
        for text in texts:
            text.setFixedWidth(look.px(WIDTH - 32))
        self.setLayout(
            column(*texts, 4, row(STRETCH, self._close_button), gap=8, margins=(16, 14, 16, 14))
        )

    def open_at(self, button: QWidget) -> None:
        """Show it beside a button, inside the screen."""
        self.adjustSize()
        room = button.screen().availableGeometry()
        at = button.mapToGlobal(QPoint(0, button.height() + look.px(GAP)))
        if at.y() + self.height() > room.bottom():
            at.setY(button.mapToGlobal(QPoint(0, 0)).y() - self.height() - look.px(GAP))
        at.setX(max(room.left(), min(at.x(), room.right() - self.width())))
        self.move(at)
        self.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Let a screen reader read it, and Enter close it (Qt)."""
        super().showEvent(event)
        self._close_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the keyboard back to the button (Qt)."""
        super().closeEvent(event)
        self._button.setFocus(Qt.FocusReason.PopupFocusReason)
