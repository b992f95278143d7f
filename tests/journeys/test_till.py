"""A day at the till by scanner and keyboard alone: who it is, what is due, redeem, the visit."""

import shutil

import pytest

from recoverydesk.services import (
    customer_pages,
    intake,
    lapses,
    people,
    voucher_deeds,
    voucher_views,
    vouchers,
)
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.intake import Intake
from recoverydesk.services.vouchers import VoucherEntryForm
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW
from tests.journeys.test_main_job import Clock


@pytest.fixture
def shop_with_card(shop_file, tmp_path):
    """A shop in which Ada was let down and holds a card of 25.00."""
    path = tmp_path / "till.desk"
    shutil.copyfile(shop_file, path)
    desk = Desk(path, clock=lambda: NOW)
    people.sign_in_owner(desk)
    logged = intake.log(desk, Intake(CustomerEntry("Ada Obi"), "The kettle leaks."), now=NOW)
    form = VoucherEntryForm(value_cents=2_500)
    card = vouchers.issue(desk, form, now=NOW, case_id=logged.case_id)
    desk.close()
    return path, card, logged.customer_id


def scan(owner, code):
    """What a scanner does to the field that has the focus: the signs, and Enter."""
    owner.press("Ctrl+L", on=owner.window)
    owner.write("Name, phone or code", code)
    owner.press("Return")


def left(owner, card):
    desk = owner.window.session.desk
    return voucher_views.view(desk, card.voucher_id, now=NOW).balance_cents


def test_from_the_scan_to_the_visit_without_the_mouse(open_shop, shop_with_card):
    path, card, ada = shop_with_card
    owner = open_shop(path, now=Clock())
    desk = owner.window.session.desk

    scan(owner, card.shown_code)
    assert "Greet Ada in person" in owner.words()
    assert left(owner, card) == 2_500
    owner.write("Take off now", "10")
    owner.press("Return")
    assert left(owner, card) == 1_500
    assert "£10.00 taken off. £15.00 left." in owner.words()

    owner.write("Name, phone or code", "obi")
    owner.press("Return")
    owner.write("What they spent", "12.50")
    owner.press("Return")
    assert customer_pages.view(desk, ada).visits[0][1] == 1_250
    owner.press("Escape")
    owner.press("Escape")

    # Lost on the way home: the old code says what took its place.
    fresh = voucher_deeds.replace(desk, card.voucher_id, "Lost", now=NOW)
    scan(owner, card.code)
    assert f"replaced by {fresh.shown_code}" in owner.words()
    owner.write("Name, phone or code", fresh.code)
    owner.press("Return")
    owner.press("Return")
    assert voucher_views.view(desk, fresh.voucher_id, now=NOW).balance_cents == 0
    assert lapses.look_after(desk, now=NOW).lapsed == 0
