import multiprocessing

import peewee as pw

from recoverydesk.services import voucher_views, vouchers
from recoverydesk.storage.tables import VoucherEntry
from recoverydesk.topics import Topic
from tests.services.redeeming import redeem_all, redeem_each

VOUCHERS = 150


def test_two_programs_never_redeem_the_same_money_twice(shop):
    with shop.desk.changing(Topic.VOUCHERS, "Issue many"):
        codes = [shop.voucher(value_cents=1000).code for _ in range(VOUCHERS)]
    spawn = multiprocessing.get_context("spawn")
    together, taken = spawn.Barrier(2), spawn.Queue()
    tills = [
        spawn.Process(target=redeem_all, args=(shop.desk.path, codes, shop.now, together, taken))
        for _ in range(2)
    ]

    for till in tills:
        till.start()
    times = [taken.get(timeout=100) for _ in tills]
    for till in tills:
        till.join()

    assert sum(times) == 3 * VOUCHERS
    assert min(times) > 0, "one till had all to itself, so this was no race"
    left = [voucher_views.look_up(shop.desk, code, now=shop.now).balance_cents for code in codes]
    assert left == [100] * VOUCHERS
    with shop.desk.reading():
        redeemed = VoucherEntry.select().where(VoucherEntry.kind == "redeem").count()
    assert redeemed == sum(times)


def test_of_a_thousand_vouchers_at_two_tills_each_is_redeemed_once(shop):
    form = vouchers.VoucherEntryForm(value_cents=1000)
    with shop.desk.changing(Topic.VOUCHERS, "Issue many"):
        ada = shop.customer()
        issued = [
            vouchers.issue(shop.desk, form, now=shop.now, customer_id=ada) for _ in range(1000)
        ]
    codes = [voucher.code for voucher in issued]
    spawn = multiprocessing.get_context("spawn")
    together, told = spawn.Barrier(2), spawn.Queue()
    tills = [
        spawn.Process(target=redeem_each, args=(shop.desk.path, order, shop.now, together, told))
        for order in (codes, codes[::-1])
    ]
    for till in tills:
        till.start()
    went = [told.get(timeout=100) for _ in tills]
    for till in tills:
        till.join()
    answers = [answer for each in went for answer in each]
    assert answers.count("") == 1000
    refused = {answer for answer in answers if answer}
    assert refused == {"It was used up on 2 March 2026: nothing is left on it."}
    with shop.desk.reading():
        total = VoucherEntry.select(pw.fn.SUM(VoucherEntry.amount_cents)).scalar()
        redeemed = VoucherEntry.select().where(VoucherEntry.kind == "redeem").count()
    assert (total, redeemed) == (0, 1000)
