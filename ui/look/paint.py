"""Strokes shared by everything that paints itself.

Every function leaves pen and brush as it needs them: nobody may rely on them afterwards.
"""

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.look.fonts import font, px, scale, text_width
from ui.look.icons import paint_icon
from ui.look.theme import theme
from ui.look.tokens import TONES, Tone

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

# Put together once: a list paints a hundred cells at every step of the wheel.
_SMOOTH = (
    QPainter.RenderHint.Antialiasing
    | QPainter.RenderHint.TextAntialiasing
    | QPainter.RenderHint.SmoothPixmapTransform
)

DOTS = 12
"""About twelve good experiences make up for one bad one; the mark shows them."""


def ready(painter: QPainter) -> QPainter:
    """Turn on smooth edges and return the painter."""
    painter.setRenderHints(_SMOOTH)
    return painter


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """Return a colour between two; `share` of the other, 0 to 1."""
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )


def paint_ground(painter: QPainter, rect: QRectF | QRect, fill: QColor) -> None:
    """Fill a rectangle.

    `QPainter.fillRect` would do, but the first call of its Python makes the enums of every kind
    of brush: 2 ms before anything is seen.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRect(rect)


def paint_rect(
    painter: QPainter,
    rect: QRectF | QRect,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1.0,
) -> None:
    """Draw a rounded rectangle whose edge lies inside `rect`."""
    area = QRectF(rect)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(edge, width))
        area = area.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = max(0.0, radius - width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.drawRoundedRect(area, radius, radius)


def paint_text(
    painter: QPainter,
    rect: QRectF | QRect,
    text: str,
    font_: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Draw one line of plain text, shortened with "…" to fit; return its width in pixels."""
    area = QRectF(rect)
    text = text.replace("\n", " ")
    width = text_width(text, font_)
    if width > area.width() + 0.5:
        text = _elided(text, font_, area.width() + 0.5)
        width = text_width(text, font_)
    painter.setFont(font_)
    painter.setPen(colour)
    painter.drawText(area, align | Qt.TextFlag.TextSingleLine, text)
    return width


@lru_cache(maxsize=2048)
def _elided(text: str, font_: QFont, room: float) -> str:
    return QFontMetricsF(font_).elidedText(text, Qt.TextElideMode.ElideRight, room)


def chip_width(text: str, icon: str = "") -> int:
    """Return how wide a chip is, in pixels."""
    return math.ceil(text_width(text, font("caption"))) + px(16) + (px(18) if icon else 0)


def paint_chip(
    painter: QPainter,
    x: float,
    y: float,
    text: str,
    tone: Tone = "neutral",
    icon: str = "",
    most: float = 0,
) -> float:
    """Draw a status chip, at most `most` pixels wide where given; return its width."""
    now = theme()
    ground, ink = (now.colour(token) for token in TONES[tone])
    width: float = chip_width(text, icon)
    if most:
        width = min(width, most)
    height = px(24)
    paint_rect(painter, QRectF(x, y, width, height), height / 2, ground)
    left = x + px(8)
    if icon:
        paint_icon(painter, icon, x + px(7), y + px(5), px(14), colour=ink)
        left = x + px(25)
    area = QRectF(left, y, x + width - left - px(7), height)
    paint_text(painter, area, text, font("caption"), ink)
    return width


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """Return one or two letters for a name: the first of its first and last words."""
    cleaned = "".join(sign if sign.isalnum() else " " for sign in name)
    words = cleaned.split()
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()


_HUES = ((24, 38), (150, 28), (205, 36), (345, 30), (265, 24), (45, 46))


def avatar_colours(name: str) -> tuple[QColor, QColor]:
    """Return ground and ink for a name: the same ones every time, of six quiet hues."""
    hue, saturation = _HUES[sum(map(ord, name)) % len(_HUES)]
    dark = theme().dark
    ground = QColor.fromHsl(hue, round(saturation * 2.55), 62 if dark else 225)
    return ground, QColor.fromHsl(hue, saturation * 2, 208 if dark else 62)


def paint_avatar(painter: QPainter, x: float, y: float, size: float, name: str) -> None:
    """Draw the round mark with a person's initials."""
    ground, ink = avatar_colours(name)
    area = QRectF(x, y, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(area)
    letters = font("body", 600, size=size * 0.38 / scale())
    paint_text(painter, area, initials(name), letters, ink, CENTRE)


def paint_check(
    painter: QPainter,
    x: float,
    y: float,
    size: int,
    *,
    done: bool = False,
    edge: QColor | None = None,
    fill: QColor | None = None,
) -> None:
    """Draw a circle to tick: empty, or filled with a tick."""
    now = theme()
    if done:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.accent)
        painter.drawEllipse(QRectF(x, y, size, size))
        inner = round(size * 0.64)
        gap = (size - inner) / 2
        paint_icon(painter, "check", x + gap, y + gap, inner, colour=now.on_accent, stroke=3)
        return
    painter.setPen(QPen(edge or now.control, 1.5))
    painter.setBrush(fill or now.surface)
    painter.drawEllipse(QRectF(x + 0.75, y + 0.75, size - 1.5, size - 1.5))


def paint_dots(
    painter: QPainter, centre: QPointF, radius: float, dot: float, filled: int, count: int = DOTS
) -> None:
    """Draw a ring of dots, the first `filled` of them full, clockwise from the top."""
    now = theme()
    for place in range(count):
        at = on_circle(centre, radius, place, count)
        if place < filled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.accent)
            painter.drawEllipse(at, dot, dot)
        else:
            painter.setPen(QPen(now.control, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, dot - 0.75, dot - 0.75)


def on_circle(centre: QPointF, radius: float, place: int, count: int = DOTS) -> QPointF:
    """Return a place on a ring, clockwise from the top."""
    angle = -math.pi / 2 + place * 2 * math.pi / count
    return QPointF(centre.x() + radius * math.cos(angle), centre.y() + radius * math.sin(angle))


def paint_mark(
    painter: QPainter,
    x: float,
    y: float,
    size: float,
    *,
    ground: QColor | None = None,
    ink: QColor | None = None,
) -> None:
    """Draw the mark: twelve dots in a ring, the first still open, around a tick."""
    now = theme()
    ink = ink or now.on_accent
    paint_rect(painter, QRectF(x, y, size, size), size * 0.27, ground or now.accent)
    middle = QPointF(x + size / 2, y + size / 2)
    faint = QColor(ink)
    faint.setAlphaF(0.38)
    painter.setPen(Qt.PenStyle.NoPen)
    for place in range(DOTS):
        painter.setBrush(ink if place else faint)
        at = on_circle(middle, size * 0.31, place, DOTS)
        painter.drawEllipse(at, size * 0.055, size * 0.055)
    tick = QPainterPath(QPointF(x + size * 0.40, y + size * 0.51))
    tick.lineTo(x + size * 0.475, y + size * 0.585)
    tick.lineTo(x + size * 0.61, y + size * 0.435)
    pen = QPen(ink, size * 0.075, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(tick)


def paint_shadow(painter: QPainter, rect: QRectF, radius: float, reach: int = 20) -> None:
    """Draw a soft shadow around `rect` as stacked shapes: an effect costs four times as much."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 16, 8, 4))
    for step in range(0, reach, 2):
        painter.drawRoundedRect(
            rect.adjusted(-step, -step + 6, step, step + 6), radius + step, radius + step
        )
