"""Rows and columns of widgets, said in one line."""

from typing import Final, Literal, TypeAlias

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui import look

STRETCH: Final = "stretch"
"""Takes up what room is left."""

Margins: TypeAlias = tuple[int, int, int, int]
Item: TypeAlias = QWidget | QLayout | int | Literal["stretch"] | None
Items: TypeAlias = Item | tuple[QWidget | QLayout, int]
"""A widget, a layout, a gap in pixels, `STRETCH`, nothing, or (widget, stretch factor)."""

NO_MARGINS: Margins = (0, 0, 0, 0)


def column(*items: Items, gap: int = 0, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """Return a layout from top to bottom.

    Args:
        items: what goes in; see `Items`.
        gap: between all of them, in pixels at usual text.
        margins: left, top, right, bottom, in pixels at usual text.
    """
    layout = QVBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def row(*items: Items, gap: int = 0, margins: Margins = NO_MARGINS) -> QHBoxLayout:
    """Return a layout from start to end; arguments as for `column`."""
    layout = QHBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def boxed(layout: QLayout, parent: QWidget | None = None) -> QWidget:
    """Return a plain widget around a layout, for what can only hold widgets."""
    widget = QWidget(parent)
    widget.setLayout(layout)
    return widget


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()


def _fill(layout: QBoxLayout, items: tuple[Items, ...], gap: int, margins: Margins) -> None:
    layout.setSpacing(look.px(gap))
    layout.setContentsMargins(*(look.px(margin) for margin in margins))
    for item in items:
        if isinstance(item, tuple):
            _add(layout, item[0], item[1])
        elif item == STRETCH:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(look.px(item))
        elif isinstance(item, QWidget | QLayout):
            _add(layout, item, 0)


def _add(layout: QBoxLayout, item: QWidget | QLayout, stretch: int) -> None:
    if isinstance(item, QLayout):
        layout.addLayout(item, stretch)
    else:
        layout.addWidget(item, stretch)
