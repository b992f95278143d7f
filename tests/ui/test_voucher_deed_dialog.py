"""Putting back, extending, replacing and making void from the history of a voucher."""

import pytest
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.voucher import VoucherStatus
from recoverydesk.services import voucher_views, vouchers
from ui.dialogs.voucher_deed import DEEDS, Deed, VoucherDeedDialog, deeds_for
from ui.pages.remedies import RemediesPage
from ui.session import Session


@pytest.fixture
def session(shop):
    return Session(shop.desk, clock=lambda: shop.now)


@pytest.fixture
def page(session, shown):
    page = RemediesPage(session)
    yield shown(page, 1100, 700)
    page.forget()


def seen(shop, code):
    return voucher_views.look_up(shop.desk, code, now=shop.now)


def open_deed(page, deed):
    action = next(
        one for one in page.history._more.menu().actions() if one.text() == DEEDS[deed].text
    )
    action.trigger()
    return page.window().findChild(VoucherDeedDialog)


def used(shop):
    card = shop.voucher()
    vouchers.redeem(shop.desk, card.code, now=shop.now, amount_cents=1000)
    return card.code


def test_money_is_put_back_on_from_the_history(shop, page):
    code = used(shop)
    page.redeem_card.show_code(code)
    dialog = open_deed(page, Deed.PUT_BACK)
    assert dialog._amount.text() == "10.00"
    dialog.save_button.click()
    assert dialog.why.error().startswith("Write down why")
    dialog._words.setText("The pot came back")
    dialog._amount.setText("99")
    dialog.save_button.click()
    assert "Only £10.00 was taken off" in dialog.amount.error()
    dialog._amount.setText("10")
    dialog.save_button.click()
    assert not dialog.isVisible()
    assert seen(shop, code).balance_cents == 2500
    assert "The pot came back" in words(page.history)


def words(widget: QWidget):
    return [one.text() for one in widget.findChildren(QWidget) if hasattr(one, "text")]


def test_a_lost_card_shows_its_new_code_at_once(shop, page):
    code = used(shop)
    page.redeem_card.show_code(code)
    dialog = open_deed(page, Deed.REPLACE)
    dialog._words.setText("Lost")
    dialog.save_button.click()
    old = seen(shop, code)
    assert old.status is VoucherStatus.REPLACED
    assert page.redeem_card.view().code == old.instead
    page.redeem_card.show_code(code)
    assert "replaced by" in page.redeem_card.panel.head()
    assert not page.history._more.isVisible()


def test_a_voucher_is_made_good_for_longer(shop, page):
    code = used(shop)
    page.redeem_card.show_code(code)
    dialog = open_deed(page, Deed.EXTEND)
    dialog._day.set_day(None)
    dialog._words.setText("She was ill")
    dialog.save_button.click()
    assert dialog.valid_to.error()
    dialog._propose()
    dialog.save_button.click()
    assert seen(shop, code).valid_to.isoformat() == "2027-06-02"


def test_a_voucher_is_made_void(shop, page):
    code = used(shop)
    page.redeem_card.show_code(code)
    dialog = open_deed(page, Deed.VOID)
    dialog._words.setText("Bought back")
    dialog.save_button.click()
    assert seen(shop, code).status is VoucherStatus.VOID
    assert page.redeem_card.panel.head() == "It was declared void on 2 March 2026."


def test_only_what_makes_sense_is_offered(shop):
    card = shop.voucher()
    assert deeds_for(card) == (Deed.EXTEND, Deed.REPLACE, Deed.VOID)
    vouchers.redeem(shop.desk, card.code, now=shop.now)
    assert deeds_for(seen(shop, card.code)) == (Deed.PUT_BACK,)
    other = shop.voucher()
    shop.later(days=400)
    assert deeds_for(seen(shop, other.code)) == (Deed.EXTEND, Deed.VOID)
