"""An address on paper: as large as its room allows, whole, and never outside it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from recoverydesk.documents.paragraph import Layout, Paragraph, Style, fit_text

# Shares of the style's size and the leading in sizes, from roomy to tight. Below nine tenths a
# long line is parted rather than made smaller still.
_WHOLE = ((1, 1.36), (1, 1.2), (0.95, 1.2), (0.9, 1.18), (0.84, 1.14))
_PARTED = ((0.95, 1.2), (0.88, 1.18), (0.8, 1.15), (0.72, 1.15), (0.64, 1.15))
_SMALLEST = 0.75
"""What a single long line may shrink to beyond that."""


def set_address(
    lines: Sequence[str], style: Style, width: float, heights: Sequence[float]
) -> tuple[Layout, ...]:
    """Return an address's lines, to be placed one below the other.

    Long lines shrink, then go over two; an address that is too long even so shares lines, and
    only then loses the middle of its longest ones.

    Args:
        lines: name, street, town ...; empty ones are left out.
        style: with the size to begin at.
        width: of the room, in points.
        heights: of the room, the one to prefer first.
    """
    said = tuple(line for line in lines if line.strip())
    for height in heights:
        for layouts in _set(said, style, width, _WHOLE):
            if all(len(one.lines) == 1 for one in layouts) and height_of(layouts) <= height:
                return layouts
    height = max(heights)
    for layouts in _set(said, style, width, _PARTED):
        if height_of(layouts) <= height:
            return layouts
    return _squeezed(said, _sized(style, *_PARTED[-1]), width, height)


def height_of(layouts: Sequence[Layout]) -> float:
    """Return how high the lines of an address stand, in points."""
    return sum(layout.height for layout in layouts)


def _set(
    lines: Sequence[str], style: Style, width: float, sizes: Sequence[tuple[float, float]]
) -> Iterator[tuple[Layout, ...]]:
    for share, leading in sizes:
        sized = _sized(style, share, leading)
        yield tuple(Paragraph.of(line, sized).lay_out(width) for line in lines)


def _sized(style: Style, share: float, leading: float) -> Style:
    size = style.size * share
    return replace(style, size=size, leading=size * leading)


def _squeezed(
    lines: Sequence[str], style: Style, width: float, height: float
) -> tuple[Layout, ...]:
    """Return as many lines as there is room for; the last, town and country, keep their own."""
    room = max(1, int(height / style.leading))
    if len(lines) > room:
        last = min(2, room - 1)
        first = room - last - 1
        middle = lines[first : len(lines) - last]
        lines = (*lines[:first], ", ".join(middle), *lines[len(lines) - last :])
    # What is left over goes to the lines that need two, from the top.
    spare = room - len(lines)
    layouts = []
    for line in lines:
        layout = fit_text(line, style, width, style.size * _SMALLEST, lines=1 + spare)
        layout = replace(layout, style=replace(layout.style, leading=style.leading))
        spare -= len(layout.lines) - 1
        layouts.append(layout)
    return tuple(layouts)
