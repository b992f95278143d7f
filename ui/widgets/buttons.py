"""Buttons. One filled button on a screen: the one thing to do next."""

from collections.abc import Callable
from typing import Literal, Self

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from ui import actions, look
from ui.actions import Command
from ui.widgets.focus import focus_came, focus_went
from ui.widgets.text import plain_tip

Kind = Literal["primary", "secondary", "tonal", "ghost", "link", "danger"]
Size = Literal["small", "normal", "large"]

HEIGHTS: dict[Size, int] = {"small": 32, "normal": 36, "large": 40}
RADIUS = 8


class Button(QPushButton):
    """A button in one of six kinds, with an icon and a hint of its keys.

    Signals: `clicked(bool)`, as every Qt button.
    """

    def __init__(
        self,
        text: str = "",
        kind: Kind = "secondary",
        *,
        icon: str = "",
        key: str = "",
        trail: str = "",
        size: Size = "normal",
        tip: str = "",
    ) -> None:
        """Make a button.

        Args:
            text: what it does; `&` before the letter that presses it with Alt.
            kind: primary (filled), secondary (edge), tonal, ghost, link or danger (quiet red).
            icon: before the text.
            key: the keys that do the same, shown in a small box: "Ctrl N".
            trail: an icon after the text: an arrow, or a chevron for a menu.
            size: 32 in toolbars, 36, or 40 in dialogs of one action.
            tip: tooltip.
        """
        super().__init__(text)
        self._kind: Kind = kind
        self._icon_name = icon
        self._key = key
        self._trail = trail
        self._height = look.px(HEIGHTS[size])
        self._font = look.font("button", 600 if kind == "primary" else 500)
        self.setFont(self._font)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(text.replace("&", "") or tip)

    @classmethod
    def for_command(
        cls,
        command: Command,
        on_clicked: Callable[[], object],
        kind: Kind = "secondary",
        *,
        show_key: bool = False,
        size: Size = "normal",
    ) -> Self:
        """Return a button with a command's words, icon and tip. Its keys need an action too."""
        keys = actions.key_words(command).replace("+", " ") if show_key else ""
        button = cls(
            actions.plain_words(command),
            kind,
            icon=command.value.icon,
            key=keys,
            size=size,
            tip=actions.hint(command),
        )
        button.clicked.connect(lambda _checked: on_clicked())
        return button

    def set_text(self, text: str) -> None:
        """Change the words, for the eye and for screen readers."""
        self.setText(text)
        self.setAccessibleName(text.replace("&", ""))
        self.updateGeometry()

    def set_kind(self, kind: Kind) -> None:
        """Change what it looks like: a filled one turns tonal where the page has its own."""
        self._kind = kind
        self._font = look.font("button", 600 if kind == "primary" else 500)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon_name = icon
        self.updateGeometry()
        self.update()

    def set_menu(self, menu: QMenu) -> None:
        """Open a menu when pressed, and show a chevron that says so."""
        self._trail = self._trail or ("chevron-down" if self.text() else "")
        self.setMenu(menu)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size that the words need (Qt)."""
        if not self.text():
            return QSize(self._height, self._height)
        side = 0 if self._kind == "link" else look.px(12 if self._height < look.px(36) else 14)
        width = self._content_width() + 2 * side
        return QSize(round(width + 0.5), self._height)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does (Qt)."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring after Tab (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event, RADIUS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button (Qt)."""
        painter = look.ready(QPainter(self))
        ink = self._paint_ground(painter)
        area = QRectF(self.rect())
        if self.text():
            self._paint_content(painter, area, ink)
        else:
            size = look.px(18)
            x, y = (area.width() - size) / 2, (area.height() - size) / 2
            look.paint_icon(painter, self._icon_name, x, y, size, colour=ink)
        painter.end()

    def _words(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _content_width(self) -> float:
        width = look.text_width(self._words(), self._font)
        width += look.px(24) if self._icon_name else 0
        width += look.px(22) if self._trail else 0
        return width + (self._key_width() + look.px(8) if self._key else 0)

    def _key_width(self) -> float:
        return look.text_width(self._key, look.font("caption")) + look.px(12)

    def _paint_ground(self, painter: QPainter) -> QColor:
        now = look.theme()
        area, radius = QRectF(self.rect()), look.px(RADIUS)
        if not self.isEnabled():
            if self._kind not in {"ghost", "link"}:
                look.paint_rect(painter, area, radius, now.hover, now.border)
            return now.text3
        hovered, pressed = self.underMouse(), self.isDown()
        match self._kind:
            case "primary":
                fill = now.accent_press if pressed else now.accent_hover if hovered else now.accent
                look.paint_rect(painter, area, radius, fill)
                return now.on_accent
            case "tonal":
                fill = look.mix(now.accent_soft, now.accent_line, 0.5 if hovered else 0)
                look.paint_rect(painter, area, radius, now.accent_line if pressed else fill)
                return now.accent_text
            case "ghost":
                if hovered or pressed or self._menu_is_open():
                    look.paint_rect(painter, area, radius, now.track if pressed else now.hover)
                return now.text2
            case "link":
                return now.accent_hover if hovered else now.accent_text
            case _:
                fill = now.track if pressed else now.hover if hovered else now.surface
                look.paint_rect(painter, area, radius, fill, now.border)
                self._paint_lower_edge(painter, area)
                return now.danger if self._kind == "danger" else now.text

    def _paint_lower_edge(self, painter: QPainter, area: QRectF) -> None:
        # A slightly stronger lower edge stands in for a shadow on paper; the dark needs none.
        now, radius = look.theme(), look.px(RADIUS)
        if not now.dark:
            painter.setPen(look.mix(now.border, now.control, 0.35))
            y = area.bottom() - 0.5
            painter.drawLine(
                round(area.left() + radius), int(y), round(area.right() - radius), int(y)
            )

    def _menu_is_open(self) -> bool:
        menu = self.menu()
        return bool(menu is not None and menu.isVisible())

    def _paint_content(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        link = self._kind == "link"
        x = 0.0 if link else max(look.px(4), (area.width() - self._content_width()) / 2)
        small, middle = look.px(16), area.height() / 2
        if self._icon_name:
            look.paint_icon(painter, self._icon_name, x, middle - small / 2, small, colour=ink)
            x += look.px(24)
        width = look.text_width(self._words(), self._font)
        line = QRectF(x, 0, min(width + 2, area.width() - x), area.height())
        look.paint_text(painter, line, self._words(), self._font, ink)
        x += width
        if self._key:
            x = self._paint_key(painter, x + look.px(8), middle, ink)
        if self._trail:
            y = middle - small / 2
            look.paint_icon(painter, self._trail, x + look.px(6), y, small, colour=ink)

    def _paint_key(self, painter: QPainter, x: float, middle: float, ink: QColor) -> float:
        box = QRectF(x, middle - look.px(10), self._key_width(), look.px(20))
        ground = QColor(ink)
        ground.setAlphaF(0.16)
        look.paint_rect(painter, box, look.px(4), ground)
        look.paint_text(painter, box, self._key, look.font("caption"), ink, look.CENTRE)
        return box.right()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the pointer (Qt)."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the pointer (Qt)."""
        super().leaveEvent(event)
        self.update()


class IconButton(Button):
    """A square button with an icon; its name is what the tooltip and a screen reader say."""

    def __init__(
        self, icon: str, name: str, kind: Kind = "ghost", *, size: Size = "normal"
    ) -> None:
        """Make a button.

        Args:
            icon: file name under resources/icons.
            name: what it does, in words.
            kind: as for `Button`.
            size: as for `Button`.
        """
        super().__init__("", kind, icon=icon, size=size, tip=name)


def command_action(
    command: Command, parent: QWidget, on_triggered: Callable[[], object]
) -> QAction:
    """Return the action for a command with its icon in the colours of the moment."""
    return actions.make_action(command, parent, on_triggered, icon=look.icon(command.value.icon))


def menu_of(parent: QWidget, *items: QAction | None) -> QMenu:
    """Return a menu of actions; None stands for a dividing line."""
    menu = QMenu(parent)
    for item in items:
        if item is None:
            menu.addSeparator()
        else:
            menu.addAction(item)
    return menu
