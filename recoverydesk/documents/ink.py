"""Glyphs onto a PDF page, each where it was shaped to stand.

ReportLab draws shaped text only in its own order and can't say what it reads; so the
operators (PDF 1.7, ISO 32000-1, 9.4) are written here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recoverydesk.documents.shaping import Shaped
from recoverydesk.documents.typeface import Font

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


@dataclass(slots=True)
class Run:
    """Neighbouring glyphs in one font and colour."""

    font: Font
    colour: str
    says: str | None = None
    """What it reads where the glyphs alone don't tell, for copying and reading aloud."""
    signs: str = ""
    moves: dict[int, float] = field(default_factory=dict)
    rises: dict[int, float] = field(default_factory=dict)

    def takes(self, font: Font, colour: str) -> bool:
        """Say whether plain text in that font and colour may join this run."""
        return self.says is None and self.font is font and self.colour == colour

    def add(self, shaped: Shaped, stretch: float = 0) -> None:
        """Append glyphs, and room after them, in thousandths of the size."""
        offset = len(self.signs)
        self.signs += shaped.signs
        for index, move in shaped.moves:
            self.moves[offset + index] = self.moves.get(offset + index, 0) + move
        for index, rise in shaped.rises:
            self.rises[offset + index] = rise
        if stretch:
            end = len(self.signs)
            self.moves[end] = self.moves.get(end, 0) + stretch


def write(
    canvas: "Canvas", runs: Iterable[Run], at: tuple[float, float], size: float, spacing: float = 0
) -> None:
    """Draw runs one after another.

    Args:
        canvas: ReportLab's.
        runs: from left to right.
        at: where the first glyph stands on its baseline, in points.
        size: of the font, in points.
        spacing: after every glyph, in points.
    """
    code = [f"BT 1 0 0 1 {at[0]:.2f} {at[1]:.2f} Tm"]
    if spacing:
        code.append(f"{spacing:.2f} Tc")
    for run in runs:
        code.append(_colour(run.colour))
        if run.says is None:
            code.extend(_show(canvas, run, size))
        else:
            says = ("\ufeff" + run.says).encode("utf-16-be").hex()
            code.append(f"/Span <</ActualText <{says}>>> BDC")
            code.extend(_show(canvas, run, size))
            code.append("EMC")
    code.append("0 Tc ET" if spacing else "ET")
    canvas._code.append(" ".join(code))  # noqa: SLF001 - ReportLab has no public way to place glyphs


def _colour(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return f"{red:.3f} {green:.3f} {blue:.3f} rg"


def _show(canvas: "Canvas", run: Run, size: float) -> Iterator[str]:
    """Yield the operators that show a run, part by part as the font's subsets hold it."""
    document = canvas._doc  # noqa: SLF001 - as above
    font = run.font.pdf
    start = 0
    for subset, codes in font.splitString(run.signs, document):
        yield f"{font.getSubsetInternalName(subset, document)} {size:.2f} Tf"
        yield from _show_part(run, start, codes, size / 1000)
        start += len(codes)
    if run.moves.get(start):
        yield f"[{-run.moves[start]:.0f}] TJ"


def _show_part(run: Run, start: int, codes: bytes, scale: float) -> Iterator[str]:
    places = range(start, start + len(codes))
    if not run.moves and not run.rises:
        yield f"<{codes.hex()}> Tj"
        return
    array: list[str] = []
    shown = start
    rise = 0.0
    for place in places:
        move, wanted = run.moves.get(place, 0), run.rises.get(place, 0.0)
        if not move and wanted == rise:
            continue
        if place > shown:
            array.append(f"<{codes[shown - start : place - start].hex()}>")
            shown = place
        if wanted != rise:
            yield f"[{' '.join(array)}] TJ {wanted * scale:.2f} Ts"
            array, rise = [], wanted
        if move:
            array.append(f"{-move:.0f}")
    array.append(f"<{codes[shown - start :].hex()}>")
    yield f"[{' '.join(array)}] TJ"
    if rise:
        yield "0 Ts"
