"""Regulars who have gone quiet."""

from datetime import date

import pytest

from recoverydesk.services import preferences, regulars, sales_files, sales_imports, sales_plans

ADA, BEN = "07700 900123", "07700 900456"
TODAY = date(2026, 3, 2)


@pytest.fixture
def till(shop, tmp_path):
    def take(*lines):
        path = tmp_path / "till.csv"
        path.write_text("\n".join(("date;amount;phone", *lines)), encoding="utf-8")
        file = sales_files.read(path)
        columns = sales_plans.columns_for(shop.desk, file)
        plan = sales_plans.plan(shop.desk, file, columns, now=shop.now)
        return sales_imports.take(shop.desk, plan, now=shop.now)

    return take


WEEKLY = [f"2026-01-{day:02};5.00;{ADA}" for day in (1, 8, 15, 22)]


def quiet(shop):
    return regulars.quiet_regulars(shop.desk, TODAY)


def test_nobody_is_quiet_before_the_tills_sales_are_known(shop):
    shop.customer(phone=ADA)

    assert (quiet(shop), regulars.known_until(shop.desk, TODAY)) == ((), None)


def test_a_regular_not_seen_for_twice_their_usual_gap_is_listed(shop, till):
    shop.customer(phone=ADA)
    shop.customer("Ben Lee", phone=BEN)

    till(*WEEKLY, f"2026-02-04;5.00;{BEN}")
    assert quiet(shop) == ()  # thirteen days

    till(f"2026-02-05;5.00;{BEN}")
    (ada,) = quiet(shop)
    assert (ada.name, ada.last_on, ada.gap_days, ada.quiet_days, ada.visits) == (
        "Ada Obi", date(2026, 1, 22), 7, 14, 4,
    )  # fmt: skip


def test_an_old_file_makes_nobody_quiet(shop, till):
    shop.customer(phone=ADA)

    till(*WEEKLY)

    assert quiet(shop) == ()
    assert regulars.known_until(shop.desk, TODAY) == date(2026, 1, 22)


def test_three_visits_make_no_regular(shop, till):
    shop.customer(phone=ADA)
    shop.customer("Ben Lee", phone=BEN)

    till(*WEEKLY[:3], f"2026-03-01;5.00;{BEN}")

    assert quiet(shop) == ()


def test_whoever_is_to_be_left_alone_or_is_in_hand_is_not_listed(shop, till):
    ada = shop.customer(phone=ADA)
    shop.case(name="Ben Lee", phone=BEN)
    bens = [line.replace(ADA, BEN) for line in WEEKLY]
    shop.customer("Cy Ray", phone="07700 900789")

    till(*WEEKLY, *bens, "2026-03-01;5.00;07700 900789")
    assert [one.customer_id for one in quiet(shop)] == [ada]

    preferences.leave_alone(shop.desk, ada, asked=True, now=shop.now)
    assert quiet(shop) == ()


def test_a_call_is_planned_on_the_next_opening_day_and_shown(shop, till):
    ada = shop.customer("Ada " + "O" * 90, phone=ADA)
    shop.customer("Ben Lee", phone=BEN)
    till(*WEEKLY, f"2026-03-01;5.00;{BEN}")

    on = regulars.plan_call(shop.desk, ada, now=shop.now)

    assert on == date(2026, 3, 3)
    assert [one.call_on for one in quiet(shop)] == [on]
