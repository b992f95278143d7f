"""The search that Ctrl+K opens."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.document import DocumentStatus
from recoverydesk.services import letters, papers
from recoverydesk.services.search import FoundKind
from ui.actions import Command, make_action
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


def words_of(dialog):
    model = dialog.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_a_letter_is_found_by_its_words_and_opens_its_case(find, shop, qtbot):
    case_id = shop.case(name="Noor")
    draft = replace(letters.compose(shop.desk, case_id, now=shop.now), body="The chandelier.")
    paper = letters.paper(shop.desk, draft, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    qtbot.keyClicks(find.field, "chandel")
    with qtbot.waitSignal(find.found) as found:
        qtbot.keyClick(find.field, Qt.Key.Key_Return)
    assert (found.args[0].kind, found.args[0].item_id) == (FoundKind.PAPER, case_id)


def test_commands_are_found_by_the_beginnings_of_their_words(shop, window):
    done = []
    action = make_action(Command.NEW_CASE, window, lambda: done.append("logged"))
    session = Session(shop.desk, clock=lambda: shop.now)
    dialog = FindDialog(session, actions=[action], parent=window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.open()
    dialog._search("unh cust")
    assert words_of(dialog) == ["Log an unhappy customer, Ctrl+N"]
    dialog._open_current()
    assert done == []  # the box is empty, so nothing is meant
    dialog._search("log")
    dialog._open_index(dialog.list.currentIndex())
    assert done == ["logged"]
    session.changes.stop()
