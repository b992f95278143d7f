import multiprocessing

from recoverydesk.services import voucher_views
from recoverydesk.storage.tables import VoucherEntry
from recoverydesk.topics import Topic
from tests.services.redeeming import redeem_all

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
