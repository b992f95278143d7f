"""Where a letter's address stands so that a window envelope shows it, and nothing else.

The folded sheet is smaller than its envelope and slides in it. What a window shows for every
place of the sheet is where the address may stand; what it shows for any place must hold nothing
but the address. Both follow from three rectangles: the envelope, its window and the folded sheet.

Envelopes are those of DIN 678-1 and ISO 269 (DL 110 x 220 mm, C5/6 114 x 229 mm) with the window
of DIN 680 (90 x 45 mm, 20 mm from the left and 15 mm from the lower edge), and US #10
(4 1/8 x 9 1/2 in) with the window its makers and USPS call standard (4 1/2 x 1 1/8 in, 7/8 in from
the left and 1/2 in from the lower edge). Folds are those of DIN 5008, or thirds.
"""

from functools import cache

from recoverydesk.documents.sheet import MM, PAPERS, Paper
from recoverydesk.domain.envelope import Envelope
from recoverydesk.records import record

INCH = 72.0
"""Points in an inch."""

CLEAR = 1 * MM
"""Between the address and the upper or lower edge of the window: USPS asks for 1/25 in."""

_HEAD_END = 41 * MM
_BELOW = 1.5 * MM


@record
class Cover:
    """A window envelope, in points, seen from the front."""

    width: float
    height: float
    window_left: float
    """From the envelope's left edge."""
    window_below: float
    """From the envelope's lower edge."""
    window_width: float
    window_height: float


DIN_LONG = Cover(220 * MM, 110 * MM, 20 * MM, 15 * MM, 90 * MM, 45 * MM)
C5_6 = Cover(229 * MM, 114 * MM, 20 * MM, 15 * MM, 90 * MM, 45 * MM)
US_10 = Cover(9.5 * INCH, 4.125 * INCH, 0.875 * INCH, 0.5 * INCH, 4.5 * INCH, 1.125 * INCH)


@record
class Area:
    """A rectangle on the sheet in points, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@record
class Window:
    """How a letter is laid out for an envelope, in points from the sheet's upper left corner."""

    address: Area
    """What shows wherever the sheet slides, with room to spare: the address keeps inside."""
    snug: float
    """Where a short address ends so that it also shows in a sheet folded into equal thirds."""
    shown: Area
    """What shows for at least one place of the sheet: only the address may stand in it."""
    head_end: float
    """Where the letterhead ends."""
    body_top: float
    """Where the words begin."""
    folds: tuple[float, float]
    """How far from the upper edge the sheet is folded."""
    covers: tuple[Cover, ...]
    """The envelopes it was made for; none for an envelope without a window."""


_COVERS = {
    Envelope.DIN_B: (DIN_LONG, C5_6),
    Envelope.DIN_A: (DIN_LONG, C5_6),
    Envelope.C56: (C5_6,),
    Envelope.US_10: (US_10,),
    Envelope.NONE: (),
}


def known(envelope: Envelope, paper: Paper) -> Envelope:
    """Return which envelope is meant: the automatic one goes with the paper."""
    if envelope is not Envelope.AUTOMATIC:
        return envelope
    return Envelope.US_10 if paper == "letter" else Envelope.DIN_B


@cache
def window(envelope: Envelope, paper: Paper) -> Window:
    """Return the layout for an envelope and a paper."""
    kind = known(envelope, paper)
    width, height = PAPERS[paper]
    folds = _folds(kind, height)
    covers = _COVERS[kind]
    if not covers:
        area = Area(25 * MM, 53 * MM, 108 * MM, 82 * MM)
        return Window(area, area.bottom, area, _HEAD_END, 91 * MM, folds, covers)
    always = _all_of([shown_always(cover, width, height, folds) for cover in covers])
    ever = _any_of([shown_ever(cover, width, height, folds) for cover in covers])
    thirds = (height / 3, height * 2 / 3)
    in_thirds = _all_of([shown_always(cover, width, height, thirds) for cover in covers])
    address = Area(
        always.left + CLEAR, always.top + CLEAR, always.right - CLEAR, always.bottom - CLEAR
    )
    return Window(
        address=address,
        snug=min(address.bottom, in_thirds.bottom - CLEAR),
        shown=ever,
        head_end=min(_HEAD_END, ever.top - CLEAR),
        body_top=max(85 * MM, ever.bottom + _BELOW),
        folds=folds,
        covers=covers,
    )


def shown_always(cover: Cover, width: float, height: float, folds: tuple[float, float]) -> Area:
    """Return the part of the sheet that a window shows wherever the sheet slides.

    Args:
        cover: the envelope.
        width: the sheet's.
        height: the sheet's.
        folds: how far from the upper edge it is folded; the upper part faces the window.
    """
    low, high = _slides(cover, height, folds)
    side = cover.width - width
    return Area(
        cover.window_left,
        high - cover.window_height,
        cover.window_left + cover.window_width - side,
        low,
    )


def shown_ever(cover: Cover, width: float, height: float, folds: tuple[float, float]) -> Area:
    """Return the part of the sheet that a window shows for at least one place of the sheet."""
    low, high = _slides(cover, height, folds)
    side = cover.width - width
    return Area(
        cover.window_left - side,
        low - cover.window_height,
        cover.window_left + cover.window_width,
        high,
    )


def _slides(cover: Cover, height: float, folds: tuple[float, float]) -> tuple[float, float]:
    """Return where the window's lower edge meets the sheet: at the bottom, and at the top.

    The upper part ends in a fold, which is the lower edge of what lies in the envelope; that is
    as high as the longest part.
    """
    first, second = folds
    folded = max(first, second - first, height - second)
    low = first - cover.window_below
    return low, low + cover.height - folded


def _folds(kind: Envelope, height: float) -> tuple[float, float]:
    """Return where the sheet is folded: DIN 5008's marks, or parts that fill their envelope."""
    if kind is Envelope.DIN_B:
        return 105 * MM, 210 * MM
    if kind is Envelope.DIN_A:
        return 87 * MM, 192 * MM
    if kind is Envelope.NONE:
        return height / 3, height * 2 / 3
    # Two parts of 99 mm, a third of A4, and what is left: Letter slides less than in thirds.
    return 99 * MM, 198 * MM


def _all_of(areas: list[Area]) -> Area:
    return Area(
        max(area.left for area in areas),
        max(area.top for area in areas),
        min(area.right for area in areas),
        min(area.bottom for area in areas),
    )


def _any_of(areas: list[Area]) -> Area:
    return Area(
        min(area.left for area in areas),
        min(area.top for area in areas),
        max(area.right for area in areas),
        max(area.bottom for area in areas),
    )
