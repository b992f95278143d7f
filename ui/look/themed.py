"""Icons as Qt's menus and boxes want them; nothing before the first paint needs one."""

from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from ui.look.fonts import px
from ui.look.icons import SMALL, THIN, paint_icon, picture
from ui.look.paint import paint_mark
from ui.look.theme import theme
from ui.look.tokens import LIGHT, Token


class _ThemedIcon(QIconEngine):
    """Asks for the colour each time it is drawn, so it is never stale after a switch."""

    def __init__(self, name: str, token: Token) -> None:
        super().__init__()
        self._name = name
        self._token: Token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw the icon into a rectangle (Qt)."""
        size = min(rect.width(), rect.height())
        x = rect.x() + (rect.width() - size) / 2
        y = rect.y() + (rect.height() - size) / 2
        paint_icon(painter, self._name, x, y, size, colour=self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Return a picture of the icon (Qt)."""
        side = min(size.width(), size.height())
        ink = self._colour(mode).name(QColor.NameFormat.HexRgb)
        return QPixmap(picture(self._name, ink, side, SMALL if side < px(16) else THIN, 1.0))

    def scaledPixmap(  # noqa: N802 - Qt's name
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return a picture for a dense screen; `size` is in its pixels (Qt)."""
        side = max(1, round(min(size.width(), size.height()) / scale))
        ink = self._colour(mode).name(QColor.NameFormat.HexRgb)
        stroke = SMALL if side < px(16) else THIN
        return QPixmap(picture(self._name, ink, side, stroke, scale))

    def clone(self) -> QIconEngine:
        """Return one like this (Qt)."""
        return _keep(_ThemedIcon(self._name, self._token))

    def _colour(self, mode: QIcon.Mode) -> QColor:
        now = theme()
        if mode is QIcon.Mode.Disabled:
            return now.control
        return now.on_accent if mode is QIcon.Mode.Selected else now.colour(self._token)


_clones: list[_ThemedIcon] = []


def _keep(engine: _ThemedIcon) -> _ThemedIcon:
    # Qt takes over a clone, Python doesn't know of it and would free it.
    _clones.append(engine)
    return engine


@lru_cache(maxsize=256)
def icon(name: str, token: Token = "text2") -> QIcon:
    """Return an icon that takes its colour from the theme whenever it is drawn.

    Args:
        name: file name under resources/icons, without `.svg`.
        token: which colour of the palette.
    """
    return QIcon(_ThemedIcon(name, token))


def app_icon() -> QIcon:
    """Return the program's icon: the mark in its light colours, in the usual sizes."""
    made = QIcon()
    for size in (16, 32, 64, 256):
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, 0, 0, size, ground=LIGHT.accent, ink=LIGHT.on_accent)
        painter.end()
        made.addPixmap(picture)
    return made
