"""Icons: Lucide's drawings in the colours of the moment.

A drawing is parsed once per name, colour and stroke; its picture is kept per size and per
density of the screen, so a list scrolls without drawing paths.
"""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from recoverydesk.places import RESOURCES
from ui.look.fonts import px
from ui.look.theme import theme
from ui.look.tokens import Token

THIN: Final = 1.75
SMALL: Final = 2.0
"""Strokes below 16 pixels are a little stronger, or they fade."""


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    drawing = _drawing(name).replace("currentColor", colour)
    drawing = drawing.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(drawing.encode()))


@lru_cache(maxsize=1024)
def _picture(name: str, colour: str, size: int, stroke: float, density: float) -> QPixmap:
    pixels = max(1, round(size * density))
    picture = QPixmap(pixels, pixels)
    picture.setDevicePixelRatio(density)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour, stroke).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def paint_icon(
    painter: QPainter,
    name: str,
    x: float,
    y: float,
    size: int = 16,
    *,
    colour: QColor | None = None,
    stroke: float = 0,
) -> None:
    """Draw an icon with its top left corner at x, y.

    Args:
        painter: where to draw.
        name: file name under resources/icons, without `.svg`.
        x: left edge in pixels.
        y: top edge in pixels.
        size: width and height in pixels as they are (pass `px(16)`).
        colour: the second text colour when left out.
        stroke: in units of the 24-unit drawing; by size when left out.
    """
    stroke = stroke or (SMALL if size < px(16) else THIN)
    device = painter.device()
    density = device.devicePixelRatio() if device is not None else 1.0
    ink = (colour or theme().text2).name(QColor.NameFormat.HexRgb)
    painter.drawPixmap(QPoint(round(x), round(y)), _picture(name, ink, size, stroke, density))


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
        return QPixmap(_picture(self._name, ink, side, SMALL if side < px(16) else THIN, 1.0))

    def scaledPixmap(  # noqa: N802 - Qt's name
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return a picture for a dense screen; `size` is in its pixels (Qt)."""
        side = max(1, round(min(size.width(), size.height()) / scale))
        ink = self._colour(mode).name(QColor.NameFormat.HexRgb)
        stroke = SMALL if side < px(16) else THIN
        return QPixmap(_picture(self._name, ink, side, stroke, scale))

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
