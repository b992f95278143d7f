"""The rail at the left: whose shop it is, and its pages."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import actions, look
from ui.actions import Command
from ui.widgets.backup_line import BackupLine
from ui.widgets.focus import focus_came, focus_went
from ui.widgets.layouts import STRETCH, column
from ui.widgets.page import Place
from ui.wording import tr

WIDTH = 216

COMMANDS = {
    Place.TODAY: Command.GO_TODAY,
    Place.CASES: Command.GO_CASES,
    Place.CUSTOMERS: Command.GO_CUSTOMERS,
    Place.REMEDIES: Command.GO_REMEDIES,
    Place.LEARN: Command.GO_LEARN,
    Place.SETTINGS: Command.SETTINGS,
}


class NavButton(QAbstractButton):
    """One page of the rail, with how many things wait there."""

    def __init__(self, command: Command) -> None:
        super().__init__()
        self._icon_name = command.value.icon
        self._count = 0
        self._words = actions.plain_words(command)
        self.setText(self._words)
        self.setAccessibleName(self._words)
        self.setCheckable(True)
        self.setToolTip(actions.hint(command))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        """Call it something else: who is at the counter, say."""
        self._words = words
        self.setText(words)
        self.setAccessibleName(words)
        self.update()

    def set_count(self, count: int) -> None:
        """Show how many things wait; 0 shows nothing."""
        self._count = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(WIDTH - 24), look.px(36))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button (Qt)."""
        painter = look.ready(QPainter(self))
        now, area, on = look.theme(), QRectF(self.rect()), self.isChecked()
        if on:
            fill = now.track if look.is_dark() else now.surface
            look.paint_rect(painter, area, look.px(8), fill, now.border)
            bar = QRectF(0, area.height() / 4, look.px(3), area.height() / 2)
            look.paint_rect(painter, bar, look.px(2), now.accent)
        elif self.underMouse():
            look.paint_rect(painter, area, look.px(8), now.hover)
        size = look.px(18)
        ink = now.accent_text if on else now.text2
        y = (area.height() - size) / 2
        look.paint_icon(painter, self._icon_name, look.px(12), y, size, colour=ink)
        words = QRectF(look.px(42), 0, area.width() - look.px(84), area.height())
        look.paint_text(
            painter,
            words,
            self._words,
            look.font("button", 600 if on else 500),
            now.text if on else now.text2,
        )
        if self._count:
            room = QRectF(area.width() - look.px(52), 0, look.px(40), area.height())
            look.paint_text(
                painter,
                room,
                str(self._count),
                look.font("caption", 600 if on else 500, tabular=True),
                now.text2 if on else now.text3,
                look.RIGHT,
            )
        painter.end()


class Brand(QWidget):
    """The mark with the shop's name beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setFixedHeight(look.px(40))

    def set_name(self, name: str) -> None:
        """Show the shop's name."""
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name if len(name) > 20 else "")  # noqa: PLR2004 - what fits the rail
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark and the names (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        look.paint_mark(painter, look.px(8), look.px(4), look.px(32))
        left, room = look.px(50), self.width() - look.px(54)
        upper = QRectF(left, look.px(2), room, look.px(20))
        look.paint_text(painter, upper, self._name, look.font("strong", 600), now.text)
        lower = QRectF(left, look.px(20), room, look.px(18))
        look.paint_text(painter, lower, "RecoveryDesk", look.font("caption", 400), now.text3)
        painter.end()


class Rail(QWidget):
    """The way from page to page.

    Signals:
        chosen: the owner wants a page. Argument: its `Place`.
        person_wanted: somebody else is at the counter.
        backups_wanted: the owner wants to see the backups.

    Attributes:
        backups: how the backups are; hidden where there are none to look after.
        person: who is at the counter; hidden as long as there is only one.
    """

    chosen = Signal(object)
    person_wanted = Signal()
    backups_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(look.px(WIDTH))
        self.setAccessibleName(tr("Pages"))
        self.brand = Brand()
        self.buttons = {place: NavButton(command) for place, command in COMMANDS.items()}
        for place, button in self.buttons.items():
            button.clicked.connect(self._chooser(place))
        self.person = NavButton(Command.SWITCH_PERSON)
        self.person.setCheckable(False)
        self.person.clicked.connect(self.person_wanted)
        self.person.hide()
        self.backups = BackupLine()
        self.backups.clicked.connect(lambda _on: self.backups_wanted.emit())
        self.backups.hide()
        upper = [button for place, button in self.buttons.items() if place is not Place.SETTINGS]
        self.setLayout(
            column(
                self.brand,
                16,
                column(*upper, gap=4),
                STRETCH,
                self.person,
                self.buttons[Place.SETTINGS],
                self.backups,
                margins=(12, 16, 12, 16),
            )
        )

    def _chooser(self, place: Place) -> Callable[[bool], None]:
        return lambda _on: self.chosen.emit(place)

    def show_place(self, place: Place) -> None:
        """Mark the page that is shown."""
        for other, button in self.buttons.items():
            button.setChecked(other is place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and its edge (Qt)."""
        painter = QPainter(self)
        look.paint_ground(painter, self.rect(), look.theme().rail)
        look.paint_ground(
            painter, QRect(self.width() - 1, 0, 1, self.height()), look.theme().border
        )
        painter.end()
