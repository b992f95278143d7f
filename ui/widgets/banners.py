"""A message across the page that stays until it is dealt with."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import look
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layouts import row
from ui.widgets.text import Icon, Text


class Banner(QWidget):
    """One sentence, one button; hidden until `show_message`.

    Signals:
        acted: the button was pressed.
        dismissed: the cross was pressed.
    """

    acted = Signal()
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tone: look.Tone = "warn"
        self._icon = Icon("info", "warn")
        self._text = Text("", "secondary", wrap=True)
        self._button = Button("", size="small")
        self._close = IconButton("x", "Close", size="small")
        self.setLayout(
            row(
                self._icon,
                (self._text, 1),
                self._button,
                self._close,
                gap=12,
                margins=(16, 8, 8, 8),
            )
        )
        self._button.clicked.connect(lambda _on: self.acted.emit())
        self._close.clicked.connect(self._dismiss)
        self.hide()

    def show_message(
        self,
        text: str,
        button: str = "",
        *,
        tone: look.Tone = "warn",
        icon: str = "info",
        closable: bool = True,
    ) -> None:
        """Show a message.

        Args:
            text: what happened and what is safe.
            button: what to do about it; empty for none.
            tone: accent, warn or danger.
            icon: before the text.
            closable: whether there is a cross.
        """
        self._tone = tone
        self._icon.set_icon(icon, look.INKS[tone])
        self._text.setText(text)
        self._button.set_text(button)
        self._button.setVisible(bool(button))
        self._close.setVisible(closable)
        self.setAccessibleName(text)
        self.show()
        self.update()

    def text(self) -> str:
        """Return the message shown."""
        return self._text.text()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        ground, _ink = look.TONES[self._tone]
        look.paint_rect(
            painter,
            QRectF(self.rect()),
            look.px(8),
            now.colour(ground),
            now.colour(look.EDGES[self._tone]),
        )
        painter.end()
