"""The grid of what is fitting, filled in as an owner would."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget

from recoverydesk.domain.case import Fault, Severity
from recoverydesk.domain.ladder import Ceilings
from recoverydesk.services import causes, ladders, shop_setup
from recoverydesk.services.shop_setup import ShopSetup
from tests.conftest import NOW
from ui.dialogs.ladder import LadderDialog, SumField
from ui.session import Session
from ui.widgets.choices import CheckBox
from ui.widgets.text import Text

CTRL = Qt.KeyboardModifier.ControlModifier
UPSET_OURS = (Severity.UPSET, Fault.OURS)


@pytest.fixture
def opened(session, shown, qtbot):
    def make(about=session):
        dialog = LadderDialog(about, parent=shown(QWidget(), 1200, 760))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return make


def sum_of(dialog, name):
    return next(one for one in dialog.findChildren(SumField) if one.accessibleName() == name)


def save(qtbot, dialog):
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)


def said(dialog):
    QApplication.processEvents()
    return [one.text() for one in dialog.findChildren(Text) if one.isVisible()]


def press(dialog, name):
    buttons = dialog.findChildren(QAbstractButton)
    next(one for one in buttons if one.accessibleName().replace("&", "") == name).click()


def test_every_sum_of_the_grid_is_shown_and_has_a_name_of_its_own(opened):
    dialog = opened()
    fields = dialog.findChildren(SumField)
    assert len({one.accessibleName() for one in fields}) == len(fields) == 24
    assert sum_of(dialog, "Upset, fault ours, generous").text() == "40.00"
    assert sum_of(dialog, "Annoyed, fault not ours, small").text() == "0.00"
    assert QApplication.focusWidget() is sum_of(dialog, "Annoyed, fault ours, small")


def test_tab_goes_along_the_row(opened, qtbot):
    opened()
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == "Annoyed, fault ours, generous"


def test_a_sum_is_changed_and_one_undo_takes_all_back(opened, shop, qtbot):
    dialog = opened()
    sum_of(dialog, "Upset, fault ours, small").setText("5")
    sum_of(dialog, "Upset, fault ours, generous").setText("99.50")
    dialog.findChild(CheckBox).setChecked(True)
    save(qtbot, dialog)

    assert not dialog.isVisible()
    assert ladders.grid(shop.desk)[UPSET_OURS] == Ceilings(500, 9950)
    assert len(ladders.manners(shop.desk)) == 3
    shop.desk.undo()
    assert ladders.grid(shop.desk) == ladders.usual_grid(shop.desk)
    assert len(ladders.manners(shop.desk)) == 2


def test_an_empty_sum_means_words_are_enough(opened, shop, qtbot):
    dialog = opened()
    sum_of(dialog, "Upset, fault ours, small").setText(" ")
    save(qtbot, dialog)
    assert ladders.grid(shop.desk)[UPSET_OURS] == Ceilings(0, 4000)


@pytest.mark.parametrize(
    ("typed", "says"), [("2", "Generous can't be less than small."), ("much", "isn't an amount")]
)
def test_what_does_not_hold_is_said_with_its_place_and_stays(opened, shop, qtbot, typed, says):
    dialog = opened()
    field = sum_of(dialog, "Upset, fault ours, generous")
    field.setText(typed)
    save(qtbot, dialog)

    assert dialog.isVisible()
    assert any(
        one.startswith("Upset, fault ours, generous: ") and says in one for one in said(dialog)
    )
    assert says in field.accessibleDescription()
    assert QApplication.focusWidget() is field
    assert ladders.grid(shop.desk) == ladders.usual_grid(shop.desk)

    field.setText("50")
    save(qtbot, dialog)
    assert not dialog.isVisible()


def test_the_grid_can_be_shown_as_it_came(opened, shop, qtbot):
    ladders.save_grid(shop.desk, {UPSET_OURS: Ceilings(100, 200)})
    dialog = opened()
    field = sum_of(dialog, "Upset, fault ours, generous")
    assert field.text() == "2.00"

    press(dialog, "As it came")
    assert field.text() == "40.00"
    save(qtbot, dialog)

    assert ladders.grid(shop.desk) == ladders.usual_grid(shop.desk)


def test_where_words_come_first_is_ticked_and_unticked(opened, shop, qtbot):
    dialog = opened()
    marked = {one.text() for one in dialog.findChildren(CheckBox) if one.isChecked()}
    assert marked == {"Promise not kept, no call", "Unfriendly or not helped"}

    for tick in dialog.findChildren(CheckBox):
        tick.setChecked(tick.text() == "Long wait at the counter")
    assert dialog.would_lose_text()
    save(qtbot, dialog)

    ids = ladders.manners(shop.desk)
    names = {one.name for one in causes.all_causes(shop.desk) if one.cause_id in ids}
    assert names == {"Long wait at the counter"}


def test_leaving_asks_once_and_then_lets_it_go(opened, qtbot):
    dialog = opened()
    sum_of(dialog, "Upset, fault ours, small").setText("")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.processEvents()
    box = next(one for one in dialog.findChildren(QMessageBox) if one.isVisible())
    next(one for one in box.buttons() if one.text() == "Close anyway").click()
    assert not dialog.isVisible()


@pytest.mark.parametrize(("currency", "shown_as"), [("JPY", "4000"), ("KWD", "40.000")])
def test_sums_are_in_the_shops_own_money(desk, opened, qtbot, currency, shown_as):
    setup = ShopSetup(currency=currency, locale="en_GB", owner="Mia Ray")
    shop_setup.set_up(desk, setup, now=NOW)
    session = Session(desk, clock=lambda: NOW)
    try:
        dialog = opened(session)
        assert sum_of(dialog, "Upset, fault ours, generous").text() == shown_as
        save(qtbot, dialog)
        assert ladders.grid(desk) == ladders.usual_grid(desk)
    finally:
        session.jobs.stop()
        session.changes.stop()
