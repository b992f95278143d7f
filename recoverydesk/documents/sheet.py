"""A PDF page as the papers use it: measured from the top left, in points."""

import functools
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from recoverydesk.documents.paragraph import Layout, Paragraph, Style
from recoverydesk.errors import FileTroubleError
from recoverydesk.records import record

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.lib.utils import ImageReader

MM = 72 / 25.4
"""Points in a millimetre."""

Paper = Literal["a4", "letter"]
PAPERS: dict[str, tuple[float, float]] = {
    "a4": (210 * MM, 297 * MM),
    "letter": (215.9 * MM, 279.4 * MM),
}

GREY = "#5C564B"
RULE = "#DDD7CB"
DOTS = "#B9B2A5"
BOX = "#6F685C"
LATE = "#AD2D1D"
WHITE = "#FFFFFF"

_BOX_WEIGHT = 0.9


@record
class Properties:
    """What a PDF viewer shows about the file."""

    title: str
    author: str
    language: str = "en"


class Sheet:
    """Pages of one PDF; the same calls give the same bytes.

    Every y is the distance from the upper edge of the page.
    """

    def __init__(self, size: tuple[float, float], properties: Properties) -> None:
        from reportlab import rl_config  # noqa: PLC0415 - slow; after the first paint
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - slow; as above

        rl_config.useA85 = 0  # streams as they are: a quarter smaller and twice as fast
        self.width, self.height = size
        self._out = BytesIO()
        self._images: dict[bytes, ImageReader] = {}
        self._canvas = Canvas(
            self._out, pagesize=size, invariant=True, pageCompression=1, lang=properties.language
        )
        self._canvas.setTitle(properties.title)
        self._canvas.setAuthor(properties.author)
        self._canvas.setSubject(properties.title)
        self._canvas.setCreator("RecoveryDesk")

    def next_page(self) -> None:
        """Finish this page; what is drawn now stands on the next one."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """Finish the last page and return the PDF."""
        self._canvas.save()
        return self._out.getvalue()

    def place(self, layout: Layout, x: float, top: float) -> float:
        """Draw a laid-out paragraph and return where it ends."""
        return top + layout.draw(self._canvas, x, self.height - top)

    def on_baseline(self, layout: Layout, x: float, baseline: float) -> None:
        """Draw a laid-out paragraph with its first line standing at that height."""
        self.place(layout, x, baseline - layout.ascent)

    def say(self, text: str, x: float, baseline: float, style: Style, room: float) -> float:
        """Draw a line of our own words within a width and return how wide they are."""
        layout = Paragraph.of(text, style).lay_out(room)
        self.on_baseline(layout, x, baseline)
        return layout.width

    def rule(self, left: float, right: float, y: float, colour: str, weight: float = 0.6) -> None:
        """Draw a line across."""
        self._stroke(colour, weight)
        self._canvas.line(left, self.height - y, right, self.height - y)

    def dotted(self, left: float, right: float, y: float, *, gap: float = 2) -> None:
        """Draw a line to write on, or to cut along."""
        self._canvas.saveState()
        self._canvas.setDash(0.6, gap)
        self.rule(left, right, y, DOTS, 0.5)
        self._canvas.restoreState()

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a filled circle around a point."""
        self._canvas.setFillColor(_colour(colour))
        self._canvas.circle(x, self.height - y, radius, stroke=0, fill=1)

    def area(
        self, left: float, top: float, size: tuple[float, float], colour: str, radius: float = 0
    ) -> None:
        """Fill a rectangle."""
        self._canvas.setFillColor(_colour(colour))
        width, height = size
        y = self.height - top - height
        if radius:
            self._canvas.roundRect(left, y, width, height, radius, stroke=0, fill=1)
        else:
            self._canvas.rect(left, y, width, height, stroke=0, fill=1)

    def tick_box(self, left: float, top: float, side: float) -> None:
        """Draw an empty box to tick."""
        self._stroke(BOX, _BOX_WEIGHT)
        self._canvas.roundRect(left, self.height - top - side, side, side, side / 4, 1, 0)

    def tick(self, left: float, top: float, side: float, colour: str) -> None:
        """Draw the tick of a box of that side."""
        self._stroke(colour, side / 6)
        y = self.height - top
        path = self._canvas.beginPath()
        path.moveTo(left + 0.2 * side, y - 0.52 * side)
        path.lineTo(left + 0.43 * side, y - 0.78 * side)
        path.lineTo(left + 0.86 * side, y - 0.12 * side)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.setLineCap(0)
        self._canvas.setLineJoin(0)

    def image(self, content: bytes, box: tuple[float, float, float, float], anchor: str) -> None:
        """Draw a PNG or JPEG as large as the box allows, never stretched.

        Args:
            content: the file's bytes.
            box: left, top, width, height in points.
            anchor: where it stands in the box: "w", "c", "sw" ...

        Raises:
            FileTroubleError: the bytes are no picture.
        """
        left, top, width, height = box
        self._canvas.drawImage(
            self._reader(content),
            left,
            self.height - top - height,
            width,
            height,
            mask="auto",
            preserveAspectRatio=True,
            anchor=anchor,
        )

    def qr_code(self, text: str, left: float, top: float, side: float, colour: str) -> None:
        """Draw a QR code; keep four of its squares free around it."""
        squares = _qr_squares(text)
        unit = side / len(squares)
        self._canvas.setFillColor(_colour(colour))
        path = self._canvas.beginPath()
        for row, marks in enumerate(squares):
            y = self.height - top - (row + 1) * unit
            for start, end in _stretches(marks):
                # A hair higher than its row, or viewers show white lines between the rows.
                path.rect(left + start * unit, y, (end - start) * unit, unit + 0.02)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def bar_code(self, text: str, box: tuple[float, float, float, float], colour: str) -> None:
        """Draw a Code 128; keep ten of its narrowest bars free at both ends.

        Args:
            text: what the scanner reads; ASCII.
            box: left, top, width, height in points; the bars fill it.
            colour: of the bars, as #rrggbb.
        """
        left, top, width, height = box
        bars = _bars(text)
        unit = width / sum(bars)
        self._canvas.setFillColor(_colour(colour))
        path = self._canvas.beginPath()
        x = left
        for place, count in enumerate(bars):
            if place % 2 == 0:
                path.rect(x, self.height - top - height, count * unit, height)
            x += count * unit
        self._canvas.drawPath(path, stroke=0, fill=1)

    def _reader(self, content: bytes) -> "ImageReader":
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - for pictures only

        if content not in self._images:
            try:
                reader = ImageReader(BytesIO(content))
                reader.getRGBData()
            except Exception as error:  # a picture from outside may fail in any way
                raise FileTroubleError(
                    "The picture on this paper can't be read.",
                    advice="Choose the logo or signature again in Settings, as PNG or JPEG.",
                ) from error
            self._images[content] = reader
        return self._images[content]

    def _stroke(self, colour: str, weight: float) -> None:
        self._canvas.setStrokeColor(_colour(colour))
        self._canvas.setLineWidth(weight)


def readable_on(ground: str) -> str:
    """Return the colour with the better contrast (WCAG 2.2, 1.4.3) on a #rrggbb ground."""
    ink = "#25221C"
    return WHITE if contrast(WHITE, ground) >= contrast(ink, ground) else ink


def contrast(one: str, other: str) -> float:
    """Return the contrast of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """Return a #rrggbb colour laid thinly over another; `share` 0 to 1 is how much of it."""
    pairs = zip(_parts(colour), _parts(ground), strict=True)
    return "#" + "".join(f"{round(255 * (a * share + b * (1 - share))):02X}" for a, b in pairs)


def _parts(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@functools.cache
def _colour(colour: str) -> "Color":
    from reportlab.lib.colors import Color  # noqa: PLC0415 - slow; after the first paint

    return Color(*_parts(colour))


@functools.lru_cache(maxsize=512)
def _qr_squares(text: str) -> tuple[tuple[bool, ...], ...]:
    from reportlab.graphics.barcode.qrencoder import (  # noqa: PLC0415 - only for certificates
        QRCode,
        QRErrorCorrectLevel,
    )

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = range(code.getModuleCount())
    return tuple(tuple(bool(code.isDark(row, column)) for column in side) for row in side)


@functools.lru_cache(maxsize=512)
def _bars(text: str) -> tuple[int, ...]:
    """Return how wide each bar and each gap of a Code 128 is, in its narrowest, bars first."""
    from reportlab.graphics.barcode.code128 import Code128  # noqa: PLC0415 - for vouchers only

    code = Code128(text, quiet=0)
    code.validate()
    code.encode()
    code.decompose()
    # ReportLab spells them as letters: A to D for bars, a to d for gaps, one to four wide.
    return tuple(ord(sign.lower()) - ord("a") + 1 for sign in code.decomposed)


def _stretches(marks: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return where the dark stretches of a row begin and end."""
    edges = [
        i for i in range(len(marks) + 1) if (i and marks[i - 1]) != (i < len(marks) and marks[i])
    ]
    return list(zip(edges[::2], edges[1::2], strict=True))
