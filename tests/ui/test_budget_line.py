"""The month's budget beside what is offered: it says how far it goes, and never blocks."""

import pytest
from PySide6.QtWidgets import QWidget

from recoverydesk.services import limits
from ui.dialogs.budget import BudgetLine
from ui.dialogs.give_remedy import GiveRemedyDialog
from ui.dialogs.offer import OfferDialog


def budget(shop, cents):
    limits.set_rules(shop.desk, staff_limit_cents=None, budget_cents=cents, refund_days=7)


@pytest.fixture
def spent(shop):
    """38.00 of 120.00, given in March."""
    budget(shop, 12_000)
    shop.agreed(shop.case(), value_cents=9_000, cost_cents=3_800)
    shop.hand_over(1)


@pytest.mark.usefixtures("spent")
@pytest.mark.parametrize(
    ("cents", "told"),
    [
        (0, "£38 of £120 given in March"),
        (1_000, "£38 of £120 given in March; £48 with this."),
        (8_700, "£38 of £120 given in March; with this, £5 more than planned. You decide."),
    ],
)
def test_it_says_how_far_the_month_goes(session, cents, told):
    line = BudgetLine(session)
    line.show_with(cents)
    assert line._words.text() == told


@pytest.mark.usefixtures("spent")
def test_a_month_that_is_over_says_by_how_much(shop, session):
    budget(shop, 3_000)
    assert BudgetLine(session)._words.text().endswith("£8 more than planned. You decide.")


def test_without_a_budget_nothing_is_said(session, shown):
    ground = shown(QWidget())
    line = BudgetLine(session)
    line.setParent(ground)
    assert line.isHidden()


@pytest.mark.usefixtures("spent")
def test_offers_follow_what_is_typed_and_go_through(shop, session, shown):
    dialog = OfferDialog(session, 1, parent=shown(QWidget(), 1200, 760))
    dialog.open()
    dialog._words.setText("A party")
    dialog._cost.setText("200")
    assert "more than planned" in dialog._budget._words.text()
    dialog.save_button.click()
    assert not dialog.isVisible()
    assert shop.view(1).negotiation[-1].words == "A party"


@pytest.mark.usefixtures("spent")
def test_what_they_pay_for_takes_nothing_of_it(session, shown):
    ground = shown(QWidget(), 1200, 760)
    bought = GiveRemedyDialog(session, None, parent=ground)
    bought.open()
    assert bought._budget.isHidden()
    bought._kind.choose("coupon")
    bought._kind.chosen.emit("coupon")
    assert not bought._budget.isHidden()
