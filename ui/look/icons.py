"""Icons: Lucide's drawings in the colours of the moment.

A drawing is parsed once per name, colour and stroke; its picture is kept per size and per
density of the screen, so a list scrolls without drawing paths.
"""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from recoverydesk.places import RESOURCES
from ui.look.fonts import px
from ui.look.theme import theme

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
def picture(name: str, colour: str, size: int, stroke: float, density: float) -> QPixmap:
    """Return an icon's picture; `density` is the screen's pixels per pixel of `size`."""
    pixels = max(1, round(size * density))
    drawn = QPixmap(pixels, pixels)
    drawn.setDevicePixelRatio(density)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour, stroke).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn


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
    painter.drawPixmap(QPoint(round(x), round(y)), picture(name, ink, size, stroke, density))
