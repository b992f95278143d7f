"""The window: it asks before typed words are lost, and takes back what it says it will."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox

from recoverydesk.domain.figure import Figure, FigureKind
from recoverydesk.domain.span import Span
from recoverydesk.services import cases, customers, incidents
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer
from ui.actions import Command
from ui.dialogs.batch import BatchDialog
from ui.dialogs.incident import IncidentDialog, IncidentPageDialog
from ui.dialogs.playbooks import PlaybooksDialog
from ui.main_window import MainWindow
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.session import Session
from ui.widgets.page import OpenIncident, Place, ShowCases


@pytest.fixture
def window(shop, shown):
    def no_other(_path):
        raise AssertionError("no other desk is wanted")

    window = MainWindow(Session(shop.desk, clock=lambda: shop.now), no_other)
    yield shown(window, 1366, 768)
    for page in window._pages.values():
        page.forget()
    window.close()


@pytest.fixture
def typing(shop, window):
    """A case's page with an answer typed and not added."""
    case_id = shop.case()
    window.show_case(case_id, "right")
    page = window.page()
    assert isinstance(page, CasePage)
    page.right._said.setText("A new one, please")
    return page


def answer(window, words):
    box = next(one for one in window.findChildren(QMessageBox) if one.isVisible())
    next(one for one in box.buttons() if one.text().replace("&", "") == words).click()


def shown_place(window):
    return window.page().objectName()


def test_leaving_typed_words_asks_and_keep_writing_stays(window, typing):
    window.show_place(Place.TODAY)
    assert window.page() is typing
    answer(window, "Keep writing")
    assert window.page() is typing
    assert typing.right._said.text() == "A new one, please"


@pytest.mark.usefixtures("typing")
def test_save_saves_and_goes_on(shop, window):
    window.show_place(Place.TODAY)
    answer(window, "Save")
    assert shown_place(window) == "today"
    assert [line.words for line in shop.view(1).negotiation] == ["A new one, please"]


def test_leave_it_goes_on_without_saving(shop, window, typing):
    window.go_back()
    answer(window, "Leave it")
    assert shown_place(window) == "today"
    assert not typing.unsaved()
    assert not shop.view(1).negotiation


def test_what_cannot_be_saved_keeps_its_page(window, typing):
    typing.right._said.setText("A" * 2_000)
    window.show_place(Place.TODAY)
    answer(window, "Save")
    assert window.page() is typing
    assert typing.unsaved()


@pytest.mark.usefixtures("typing")
def test_another_case_asks_too(shop, window):
    other = shop.case(name="Ben Li")
    window.show_case(other)
    answer(window, "Leave it")
    assert window.page().heading() == f"No. {shop.view(other).number}"


@pytest.mark.usefixtures("typing")
def test_the_window_stays_open_while_words_are_unsaved(window):
    window.close()
    assert window.isVisible()
    answer(window, "Keep writing")
    assert window.isVisible()
    window.close()
    answer(window, "Leave it")
    assert not window.isVisible()


def test_nothing_is_asked_where_nothing_is_typed(shop, window):
    window.show_case(shop.case())
    window.show_place(Place.TODAY)
    assert shown_place(window) == "today"


def test_the_toast_takes_back_the_change_it_names(shop, window):
    first, second = shop.case(), shop.case(name="Ben Li")
    for case_id in (first, second):
        cases.apologise(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")
        if case_id == first:
            window._saved(window.page().SHOWS)
            undo = window.toast._callback
    undo()
    assert shop.view(first).apologised_at is None
    assert shop.view(second).apologised_at == shop.now


def test_undo_by_key_takes_the_newest_back(shop, window):
    first, second = shop.case(), shop.case(name="Ben Li")
    for case_id in (first, second):
        cases.apologise(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")
    window.undo()
    assert shop.view(first).apologised_at == shop.now
    assert shop.view(second).apologised_at is None


def test_what_another_program_saved_is_neither_announced_nor_undone_here(shop, window):
    mine = shop.case()
    cases.apologise(shop.desk, mine, now=shop.now, not_agreed_why="in a hurry")
    told = window.toast._text
    other = Desk(shop.desk.path)
    customers.add(other, CustomerEntry(name="Ben Li"), now=shop.now)
    other.close()
    window.session.changes.look()
    assert window.toast._text == told
    window.undo()
    assert shop.view(mine).apologised_at is None
    with shop.desk.reading():
        assert Customer.select().where(Customer.name == "Ben Li").exists()


def test_settings_ask_before_typed_words_are_lost(window):
    window.show_place(Place.SETTINGS)
    settings = window.page()
    phone = next(one for one in settings.findChildren(QLineEdit) if one.accessibleName() == "Phone")
    phone.setText("01632 960142")
    window.show_place(Place.TODAY)
    assert window.page() is settings
    answer(window, "Save")
    assert shown_place(window) == "today"
    assert window.session.shop.phone == "01632 960142"


@pytest.mark.parametrize("place", [Place.TODAY, Place.REMEDIES, Place.LEARN])
def test_the_key_for_a_code_leads_to_its_field_from_every_page(window, qtbot, place):
    window.show_place(place)
    window.page().setFocus()
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert shown_place(window) == "remedies"
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.accessibleName() == "Code"


def test_the_window_offers_what_can_be_done_here_and_now(window):
    offered = {action.objectName() for action in window._doable()}
    assert {"NEW_CASE", "GO_CASES", "UNDO"} <= offered
    assert "RESOLVE" not in offered  # no case is open
    assert "FIND" not in offered


def test_one_failure_is_made_of_a_case_and_its_page_leads_on(window, shop):
    case_id = shop.case()
    window.grant(OpenIncident(case_id=case_id))
    (making,) = window.findChildren(IncidentDialog)
    incident_id = incidents.from_case(shop.desk, case_id, "The freezer failed", now=shop.now)
    making.made.emit(incident_id)
    (page,) = window.findChildren(IncidentPageDialog)
    page.case_wanted.emit(case_id)
    assert isinstance(window.page(), CasePage)
    assert window.page()._view.incident == "The freezer failed"
    window.page()._linked.incident_wanted.emit(incident_id)
    assert len(window.findChildren(IncidentPageDialog)) == 2
    page.letters_wanted.emit([case_id])
    assert window.findChildren(BatchDialog) != []


def test_the_plans_are_changed_from_anywhere(window):
    window.change_plans()
    assert len(window.findChildren(PlaybooksDialog)) == 1


@pytest.mark.parametrize(
    ("command", "title"),
    [
        (Command.MONTH_PAGE, "Month page, February 2026"),
        (Command.STAFF_PAGE, "Page for the staff meeting"),
        (Command.OUR_RULES, "Our rules"),
    ],
)
def test_pages_and_rules_open_from_anywhere(window, command, title):
    action = next(one for one in window.actions() if one.objectName() == command.name)
    action.trigger()
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    assert dialog.windowTitle() == title
    dialog.reject()


def test_what_was_taken_back_is_done_again_by_key_or_from_the_line_below(shop, window, qtbot):
    customers.add(shop.desk, CustomerEntry("Ada Obi"), now=shop.now)
    window.undo()
    assert window.toast._button.accessibleName() == "Redo"
    window.toast._button.click()
    assert window.toast._button.accessibleName() == "Undo"
    for key in (Qt.Key.Key_Y, Qt.Key.Key_Z):
        shift = Qt.KeyboardModifier.ShiftModifier if key == Qt.Key.Key_Z else Qt.KeyboardModifier(0)
        window.undo()
        with shop.desk.reading():
            assert not Customer.select().exists()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier | shift)
        with shop.desk.reading():
            assert [row.name for row in Customer.select()] == ["Ada Obi"]
    window.redo()
    assert window.toast._text == "There is nothing to do again."


def test_a_number_of_learn_opens_the_list_of_its_cases(shop, window):
    shop.case()
    span = Span(shop.now.date(), shop.now.date())

    window.grant(ShowCases(Figure(FigureKind.CASES), span, "all of them"))

    page = window.page()
    assert isinstance(page, CasesPage)
    assert page.narrowing.behind.button.text() == "From Learn: all of them"
