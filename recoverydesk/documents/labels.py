"""Address labels on the sheets that shops sell."""

from collections.abc import Sequence

from recoverydesk.documents.address_block import height_of, set_address
from recoverydesk.documents.paragraph import Align, Style
from recoverydesk.documents.sheet import MM, PAPERS, Paper, Properties, Sheet
from recoverydesk.documents.typeface import Typeface
from recoverydesk.domain.mailing import LabelSheet
from recoverydesk.records import record

_INCH = 72.0


@record
class Grid:
    """Where the labels of a sheet lie, in points."""

    paper: Paper
    columns: int
    rows: int
    left: float
    """Of the first label, from the sheet's edge."""
    top: float
    width: float
    height: float
    across: float
    """From the left edge of one label to that of the next."""
    down: float

    @property
    def count(self) -> int:
        """How many labels there are on a sheet."""
        return self.columns * self.rows


# As the makers' own templates have them (Avery: L7160, L7163, 5160, 5163; Avery Zweckform: 3474).
GRIDS = {
    LabelSheet.L7160: Grid(
        "a4", 3, 7, 7.25 * MM, 15.15 * MM, 63.5 * MM, 38.1 * MM, 66 * MM, 38.1 * MM
    ),
    LabelSheet.L7163: Grid(
        "a4", 2, 7, 4.65 * MM, 15.15 * MM, 99.1 * MM, 38.1 * MM, 101.6 * MM, 38.1 * MM
    ),
    LabelSheet.A3474: Grid("a4", 3, 8, 0, 0.5 * MM, 70 * MM, 37 * MM, 70 * MM, 37 * MM),
    LabelSheet.A5160: Grid(
        "letter", 3, 10, 0.1875 * _INCH, 0.5 * _INCH, 2.625 * _INCH, _INCH, 2.75 * _INCH, _INCH
    ),
    LabelSheet.A5163: Grid(
        "letter", 2, 5, 0.15625 * _INCH, 0.5 * _INCH, 4 * _INCH, 2 * _INCH, 4.1875 * _INCH,
        2 * _INCH,
    ),
}  # fmt: skip

_INSET = (4 * MM, 2.5 * MM)
"""Free inside a label, left and right, above and below: a sheet never feeds quite straight."""
_EDGE = 6 * MM
"""Free at the edge of the sheet, which many printers can't reach."""

_ADDRESS = Style(Typeface.SANS, 10, 13.6, align=Align.LEFT)


def draw(
    addresses: Sequence[tuple[str, ...]],
    sheet: LabelSheet,
    properties: Properties,
    *,
    start: int = 1,
) -> bytes:
    """Return sheets of labels as a PDF.

    Args:
        addresses: the lines of each, at least one address.
        sheet: what is in the printer.
        properties: the PDF's.
        start: the first label that is still on the sheet, counted from 1 along the rows.
    """
    grid = GRIDS[sheet]
    page = Sheet(PAPERS[grid.paper], properties)
    for index, lines in enumerate(addresses, start=start - 1):
        place = index % grid.count
        if place == 0 and index >= start:
            page.next_page()
        _label(page, grid, place, lines)
    return page.finish()


def _label(page: Sheet, grid: Grid, place: int, lines: Sequence[str]) -> None:
    """Draw an address on the middle of its label's height."""
    row, column = divmod(place, grid.columns)
    x = grid.left + column * grid.across
    y = grid.top + row * grid.down
    side, above = _INSET
    left = max(x + side, _EDGE)
    top = max(y + above, _EDGE)
    right = min(x + grid.width - side, page.width - _EDGE)
    bottom = min(y + grid.height - above, page.height - _EDGE)
    layouts = set_address(lines, _ADDRESS, right - left, (bottom - top,))
    top += (bottom - top - height_of(layouts)) / 2
    for layout in layouts:
        top = page.place(layout, left, top)
