"""A Qt binding that loses references to None ends the program after some thousand calls."""

import sys

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

CALLS = 2000


@pytest.mark.usefixtures("qapp")
def test_painting_loses_no_reference_to_none():
    image = QImage(10, 10, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    ink = QColor("#25221c")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.setPen(ink)
    lost = before - sys.getrefcount(None)
    painter.end()

    assert abs(lost) < CALLS / 10
