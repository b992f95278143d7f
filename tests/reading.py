"""What a person, or the till's scanner, reads on a paper. Needs nothing beyond pip packages."""

from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp

SCANNER = 200 / 72
"""200 dots an inch: what a cheap scanner, or a telephone at arm's length, sees."""

_LINE_HYPHEN = "\ufffe"
"""What PDFium makes of the hyphen at the end of a line."""


def _file(pdf: bytes | Path) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf if isinstance(pdf, bytes) else Path(pdf))


def text_of(pdf: bytes | Path) -> str:
    """Return all words of a PDF in reading order, one space between any two."""
    with _file(pdf) as document:
        found = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(found).replace(_LINE_HYPHEN, "-").split())


def codes_in(pdf: bytes | Path) -> list[str]:
    """Return what is in each QR code and barcode, page by page."""
    with _file(pdf) as document:
        pictures = [page.render(scale=SCANNER).to_pil() for page in document]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def picture_of(pdf: bytes | Path, page: int = 0, scale: float = 2.0) -> Any:
    """Return a page, counted from 0, as a Pillow image of `scale` pixels a point."""
    with _file(pdf) as document:
        return document[page].render(scale=scale).to_pil()
