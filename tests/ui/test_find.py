"""The search that Ctrl+K opens."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.dialogs import guide
from ui.dialogs.find import FindDialog
from ui.session import Session


@pytest.fixture
def window(shown):
    yield shown(QWidget())
    guide.close_guide()


@pytest.fixture
def find(shop, window, qtbot):
    session = Session(shop.desk, clock=lambda: shop.now)
    dialog = FindDialog(session, parent=window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()
    yield dialog
    session.changes.stop()


def test_a_voucher_is_opened_by_the_beginning_of_its_code(find, shop, qtbot):
    code = shop.voucher(case_id=shop.case(name="Noor")).shown_code
    qtbot.keyClicks(find.field, code[:6].lower())
    with qtbot.waitSignal(find.found) as found:
        qtbot.keyClick(find.field, Qt.Key.Key_Return)
    assert found.args[0].title == code


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_f1_opens_the_guide_from_the_search_and_it_stays(find, qtbot):
    qtbot.keyClick(find.field, Qt.Key.Key_F1)
    opened = guide._Open.guide
    assert opened.isVisible()
    find.reject()
    assert opened.isVisible()
