"""Our rules: written, changed and retired where the policy is printed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from recoverydesk.domain.document import DocumentStatus
from recoverydesk.services import corrections, policies, rules
from recoverydesk.services.corrections import CorrectionEntry
from ui.dialogs.rules import RulesDialog
from ui.pages.settings.shop_papers import ShopPapersCard
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.text import Text


@pytest.fixture
def fix(shop):
    fix = corrections.plan(
        shop.desk, shop.case(), CorrectionEntry("Double walls & <b>tape</b>"), now=shop.now
    )
    corrections.done(shop.desk, fix, check_on=date(2026, 5, 1), now=shop.now)
    return fix


@pytest.fixture
def opened(session, shown):
    def open_it():
        dialog = RulesDialog(session, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        QApplication.processEvents()
        return dialog

    return open_it


@pytest.mark.usefixtures("fix")
def test_a_rule_is_typed_and_kept_with_one_undo(opened, shop, qtbot):
    dialog = opened()
    qtbot.keyClicks(dialog.findChild(TextField), "Two walls, always.")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert [one.rule for one in rules.rules(shop.desk)] == ["Two walls, always."]
    shop.desk.undo()
    assert rules.rules(shop.desk) == ()


def test_a_rule_is_retired_by_its_button(opened, fix, shop):
    rules.reword(shop.desk, fix, "Two walls.")
    dialog = opened()
    retire = next(one for one in dialog.findChildren(IconButton) if "Retire" in one.toolTip())
    retire.click()
    assert retire.isHidden()
    dialog.save_button.click()
    assert rules.rules(shop.desk) == ()


@pytest.mark.usefixtures("fix")
def test_a_rule_that_is_too_long_is_said_beside_it_and_stays(opened, shop):
    dialog = opened()
    field = dialog.findChild(TextField)
    field.setText("x" * 200)
    dialog.save_button.click()

    assert dialog.isVisible()
    assert "140" in dialog.findChild(LabelledField).error()
    assert field.text() == "x" * 200
    assert rules.rules(shop.desk) == ()


@pytest.mark.usefixtures("fix")
def test_nothing_changed_is_no_change(opened, shop):
    before = shop.desk.last_undoable().id
    opened().save_button.click()
    assert shop.desk.last_undoable().id == before


def test_without_a_fix_it_says_how_rules_come_about(opened):
    dialog = opened()
    said = " ".join(text.text() for text in dialog.findChildren(Text))
    assert "No fix is in place yet." in said
    assert not dialog.save_button.isVisible()


def test_settings_open_it_and_say_that_the_policy_moved_on(session, shown, fix, shop):
    paper = policies.paper(shop.desk, now=shop.now)
    policies.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    rules.reword(shop.desk, fix, "Two walls.")
    card = shown(ShopPapersCard(session))
    card.show_standing()
    assert "Since then you changed: Our rules." in " ".join(
        text.text() for text in card.findChildren(Text)
    )
    next(one for one in card.findChildren(Button) if "rules" in one.text()).click()
    dialog = card.window().findChild(RulesDialog)
    assert dialog is not None
    dialog.reject()
