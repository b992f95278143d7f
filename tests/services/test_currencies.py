"""Right to the last unit where there are no cents, two decimals, or three."""

import pytest

from recoverydesk.domain.money import amount_text, format_money, parse_amount
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import certificates, people, shop_setup, till, voucher_views, vouchers
from recoverydesk.services import shop as shops
from recoverydesk.services.customers import CustomerEntry, add
from recoverydesk.services.shop_setup import ShopSetup
from recoverydesk.services.vouchers import VoucherEntryForm
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW
from tests.reading import text_of

DESKS = [
    ("ja_JP", "JPY", 12_345, "￥12,345", "￥12,344"),
    ("de_DE", "EUR", 12_345, "123,45\u00a0€", "123,44\u00a0€"),
    ("en_GB", "KWD", 12_345, "KWD\u00a012.345", "KWD\u00a012.344"),
]


@pytest.fixture(params=DESKS, ids=[one[1] for one in DESKS])
def shop_and_money(request, tmp_path):
    locale, currency, cents, whole, less_one = request.param
    desk = Desk(tmp_path / "shop.desk", clock=lambda: NOW)
    setup = ShopSetup(name="Shop", locale=locale, currency=currency, time_zone="UTC", owner="Mia")
    shop_setup.set_up(desk, setup, now=NOW)
    people.sign_in_owner(desk)
    yield desk, cents, whole, less_one
    desk.close()


def plain(text):
    return text.replace("\u200f", "").replace("\u200e", "")


def test_a_voucher_is_right_to_the_last_unit_on_paper_and_on_screen(shop_and_money):
    desk, cents, whole, less_one = shop_and_money
    ada = add(desk, CustomerEntry("Ada Obi"), now=NOW)
    form = VoucherEntryForm(kind=VoucherKind.GIFT_CARD, value_cents=cents)
    made = vouchers.issue(desk, form, now=NOW, customer_id=ada)
    view = shops.view(desk)

    def money(amount):
        return plain(format_money(amount, currency=view.currency, locale=view.locale))

    assert money(cents) == whole
    paper = text_of(certificates.paper(desk, made.code, now=NOW).content)
    digits = "".join(sign for sign in whole if sign.isdigit())
    assert digits in "".join(sign for sign in paper if sign.isdigit())
    vouchers.redeem(desk, made.code, now=NOW, amount_cents=1)
    left = voucher_views.look_up(desk, made.code, now=NOW).balance_cents
    assert (left, money(left)) == (cents - 1, less_one)
    assert till.due(desk, ada, now=NOW).vouchers[0].balance_cents == cents - 1
    with pytest.raises(InvalidEntryError) as told:
        vouchers.redeem(desk, made.code, now=NOW, amount_cents=cents)
    assert less_one in plain(str(told.value))


def test_what_is_typed_comes_back_as_it_is_shown(shop_and_money):
    desk, cents, _whole, _less_one = shop_and_money
    view = shops.view(desk)
    told = {"currency": view.currency, "locale": view.locale}
    assert parse_amount(amount_text(cents, **told), **told) == cents
