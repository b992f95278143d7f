"""Every widget drawn in light and dark, with nothing in Qt's own colours."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from tests.ui.gallery import SHEETS, picture_of
from ui import look
from ui.widgets.text import Text

FOREIGN = {"#efefef", "#f0f0f0", "#308cc6", "#0078d7", "#9f9f9f", "#cacaca"}
"""Fusion's own greys and blues."""


def colours_of(image):
    small = image.convertToFormat(QImage.Format.Format_RGB32)
    seen = {}
    for y in range(0, small.height(), 2):
        for x in range(0, small.width(), 2):
            value = small.pixel(x, y)
            seen[value] = seen.get(value, 0) + 1
    return seen


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", SHEETS)
def test_no_widget_shows_a_colour_of_qts_own(name, mode, qapp, qtbot):
    look.apply_mode(mode)
    try:
        sheet, picture, over = picture_of(qapp, name)
        qtbot.addWidget(sheet)
        seen = colours_of(picture.toImage())
        if over is not None:
            seen |= colours_of(over.toImage())
    finally:
        look.apply_mode("light")

    large = {QColor(value).name() for value, times in seen.items() if times > 300}
    assert large & FOREIGN == set()
    ground = look.DARK if mode == "dark" else look.LIGHT
    assert large & {ground.surface.name(), ground.bg.name(), ground.rail.name()}


def test_a_shown_sheet_follows_a_switch_by_repainting(qapp, qtbot):
    sheet, before, _over = picture_of(qapp, "forms")
    qtbot.addWidget(sheet)
    look.apply_mode("dark")
    qapp.processEvents()
    after = sheet.grab()
    look.apply_mode("light")
    qapp.processEvents()
    again = sheet.grab()

    def lightness(picture):
        image = picture.toImage().scaled(1, 1)
        return image.pixelColor(0, 0).lightness()

    assert lightness(before) > 200
    assert lightness(after) < 70
    assert lightness(again) > 200


def test_mark_up_that_somebody_typed_is_shown_as_typed(qapp, qtbot):
    typed, plain = Text("<b>Ada</b>"), Text("Ada")
    qtbot.addWidget(typed)
    qtbot.addWidget(plain)
    assert typed.sizeHint().width() > plain.sizeHint().width() * 2
    assert QApplication.instance() is qapp
