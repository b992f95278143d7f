"""A rule of thumb says where it comes from, by mouse and by keys."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from recoverydesk.services.claims import ClaimKey, claim
from ui.widgets.layouts import STRETCH, boxed, column
from ui.widgets.sources import SourceButton, SourceCard
from ui.widgets.text import Text


@pytest.fixture
def button(shown):
    button = SourceButton(ClaimKey.SILENT_CUSTOMERS)
    shown(boxed(column(button, STRETCH)))
    return button


def words(card):
    return " ".join(text.text() for text in card.findChildren(Text))


def test_a_click_tells_words_source_and_limit(button, qtbot):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    found = claim(ClaimKey.SILENT_CUSTOMERS)
    assert isinstance(button.opened(), SourceCard)
    assert button.opened().isVisible()
    for part in (found.said, found.source, found.limit):
        assert part in words(button.opened())
        assert part in button.opened().accessibleDescription()
    assert button.key() is ClaimKey.SILENT_CUSTOMERS
    assert button.accessibleName() or button.toolTip()
    button.opened().close()


def test_keys_open_and_close_it_and_come_back(button, qtbot):
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    QApplication.processEvents()
    card = button.opened()
    assert card is not None

    qtbot.keyClick(card, Qt.Key.Key_Escape)
    QApplication.processEvents()

    assert button.opened() is None
    assert button.hasFocus()


def test_near_the_lower_edge_it_opens_above(shown, qtbot):
    button = SourceButton(ClaimKey.TWELVE_GOOD)
    page = shown(boxed(column(STRETCH, button)))
    room = page.screen().availableGeometry()
    page.move(room.left(), room.bottom() - page.height())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    card = button.opened()
    assert card.geometry().bottom() <= button.mapToGlobal(button.rect().topLeft()).y()
    qtbot.mouseClick(card._close_button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert button.opened() is None


def test_it_opens_again_and_goes_with_its_button(button, qtbot):
    for _nth in range(2):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        button.opened().close()
        QApplication.processEvents()
    button.show_source()
    button.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert QApplication.activePopupWidget() is None
