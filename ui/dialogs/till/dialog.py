"""The till over whatever page is shown."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.dialogs.till.panel import TillPanel
from ui.session import Session
from ui.widgets.dialog import Dialog
from ui.wording import tr

WIDTH = 680


class TillDialog(Dialog):
    """Looks somebody up at the till. Everything in it is saved as it is pressed.

    Attributes:
        panel: the till itself.
    """

    def __init__(self, session: Session, typed: str = "", *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            typed: what to look up at once.
            parent: the window it belongs to.
        """
        super().__init__(parent, tr("At the till"), cancel=tr("Close"), width=WIDTH)
        self.setObjectName("till")
        self.save_button.hide()
        self.panel = TillPanel(session)
        self.add(self.panel)
        self.setFocusProxy(self.panel)
        self.panel.field.setFocus()
        if typed:
            self.panel.look_up(typed)

    def would_lose_text(self) -> bool:
        """Say that nothing here waits to be saved."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter belong to the fields (Qt)."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
