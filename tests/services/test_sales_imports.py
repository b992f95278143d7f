"""The till's file: who came back, taken in once however often it is read."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverydesk.domain.follow_up import FollowUpKind
from recoverydesk.domain.sales_columns import SalesColumns
from recoverydesk.errors import InvalidEntryError
from recoverydesk.progress import Cancelled, Progress
from recoverydesk.services import (
    cases,
    customer_pages,
    merges,
    sales_files,
    sales_imports,
    sales_plans,
    visits,
)
from recoverydesk.storage.tables import Change, FollowUp, Sale, SalesImport, Visit

ADA, BEN = "07700 900123", "07700 900456"


class Till:
    """Writes files as a till does, and reads them in."""

    def __init__(self, shop, folder):
        self.shop, self.path = shop, folder / "till.csv"

    def write(self, *lines, head="date;amount;phone;name"):
        self.path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
        return self

    def plan(self, **how):
        file = sales_files.read(self.path)
        columns = sales_plans.columns_for(self.shop.desk, file)
        return sales_plans.plan(self.shop.desk, file, columns, now=self.shop.now, **how)

    def take(self, *, names=False, **how):
        plan = self.plan(names=names)
        return sales_imports.take(self.shop.desk, plan, now=self.shop.now, **how)


@pytest.fixture
def till(shop, tmp_path):
    return Till(shop, tmp_path)


def visits_of(shop):
    with shop.desk.reading():
        rows = Visit.select(Visit.visited_on, Visit.amount_cents, Visit.from_file)
        return sorted(rows.tuples())


def count(shop, table):
    with shop.desk.reading():
        return table.select().count()


def test_each_customer_and_day_is_one_visit_net_of_what_went_back(shop, till):
    shop.customer(phone=ADA)

    taken = till.write(
        f"2026-02-27;12.50;{ADA};", f"2026-02-27;-2.50;{ADA};", f"2026-02-28;4.00;{ADA};"
    ).take()

    assert (taken.sales, taken.visits) == (3, 2)
    assert visits_of(shop) == [(date(2026, 2, 27), 1000, True), (date(2026, 2, 28), 400, True)]


def test_a_day_that_was_wholly_brought_back_is_no_visit(shop, till):
    shop.customer(phone=ADA)

    taken = till.write(f"2026-02-27;12.50;{ADA};", f"2026-02-27;-12.50;{ADA};").take()

    assert (taken.sales, taken.visits, visits_of(shop)) == (2, 0, [])


def test_a_refund_that_comes_in_a_later_file_ends_the_visit_and_another_sale_brings_it_back(
    shop, till
):
    shop.customer(phone=ADA)
    till.write(f"2026-02-27;12.50;{ADA};").take()

    till.write(f"2026-02-27;-12.50;{ADA};").take()
    assert visits_of(shop) == []

    till.write(f"2026-02-27;3.00;{ADA};").take()
    assert visits_of(shop) == [(date(2026, 2, 27), 300, True)]
    with shop.desk.reading():
        assert {sale.visit_id for sale in Sale.select()} == {Visit.get().id}


def test_a_later_file_with_more_of_the_same_day_brings_the_visit_up_to_date(shop, till):
    shop.customer(phone=ADA)
    till.write(f"2026-02-27;12.50;{ADA};").take()

    taken = till.write(f"2026-02-27;12.50;{ADA};", f"2026-02-27;1.00;{ADA};").take()

    assert (taken.sales, taken.visits) == (1, 0)
    assert visits_of(shop) == [(date(2026, 2, 27), 1350, True)]


def test_what_was_given_away_changes_no_visit(shop, till):
    shop.customer(phone=ADA)
    till.write(f"2026-02-27;12.50;{ADA};").take()

    till.write(f"2026-02-27;0.00;{ADA};").take()

    assert visits_of(shop) == [(date(2026, 2, 27), 1250, True)]


def test_what_is_known_already_is_shown_newest_day_first(shop, till):
    ada = shop.customer(phone=ADA)
    till.write(f"2026-02-28;1.00;{ADA};").take()
    till.write(f"2026-01-05;1.00;{ADA};").take()

    days = [visit[0] for visit in customer_pages.view(shop.desk, ada).visits]

    assert days == [date(2026, 2, 28), date(2026, 1, 5)]


def test_of_very_many_unclear_lines_the_first_are_kept_and_all_are_counted(shop, till, monkeypatch):
    shop.customer(phone=ADA)
    monkeypatch.setattr(sales_plans, "MOST_UNCLEAR", 2)

    plan = till.write(*[f"x;2.00;{ADA};"] * 4, *a_year(ADA)).plan()

    assert (plan.unclear_count, len(plan.unclear)) == (4, 2)


def test_what_was_spent_more_than_a_year_ago_does_not_count(shop, till):
    ada, ben = shop.customer(phone=ADA), shop.customer("Ben Lee", phone=BEN)

    till.write(*a_year(ADA), f"2025-01-05;99.00;{BEN};").take()

    assert (worth(shop, ada), worth(shop, ben)) == (13_000, None)


def test_a_worth_that_is_right_already_is_not_written_again(shop, till):
    shop.customer(phone=ADA, worth="130")

    assert till.write(*a_year(ADA)).plan().worths == ()


def test_what_was_written_down_at_the_counter_stands(shop, till):
    ada = shop.customer(phone=ADA)
    visits.log(shop.desk, ada, now=shop.now, amount="9", words="tea")

    taken = till.write(f"2026-03-02;12.50;{ADA};").take()

    assert (taken.sales, taken.visits) == (1, 0)
    assert visits_of(shop) == [(date(2026, 3, 2), 900, False)]


def test_the_same_file_twice_changes_nothing_and_two_equal_sales_both_count(shop, till):
    shop.customer(phone=ADA)
    till.write(f"2026-02-27;2.00;{ADA};", f"2026-02-27;2.00;{ADA};")
    till.take()
    before = count(shop, Change)

    plan = till.plan()
    again = till.take()

    assert (plan.known, plan.already, plan.sales) == (2, 2, ())
    assert plan.read_at == shop.now
    assert (again.sales, again.visits) == (0, 0)
    assert count(shop, Sale) == 2
    assert count(shop, Change) == before
    assert visits_of(shop)[0][1] == 400


def test_people_who_are_not_on_the_desk_are_counted_and_never_added(shop, till):
    shop.customer(phone=ADA)

    plan = till.write(
        f"2026-02-27;2.00;{ADA};", f"2026-02-27;2.00;{BEN};", f"2026-02-28;2.00;{BEN};",
        "2026-02-27;2.00;;",
    ).plan()  # fmt: skip

    assert (plan.known, plan.unknown, plan.strangers, plan.nobody) == (1, 2, 1, 1)


def test_two_customers_with_one_phone_are_set_aside_and_named(shop, till):
    shop.customer("Ada Obi", phone=ADA)
    shop.customer("Ben Obi", phone=ADA)

    plan = till.write(f"2026-02-27;2.00;{ADA};", f"2026-02-28;2.00;{ADA};Ben Obi").plan()

    assert [one.line for one in plan.unclear] == [2]
    assert "Ada Obi and Ben Obi" in plan.unclear[0].why
    assert plan.known == 1  # the name tells which of the two


def test_a_phone_of_one_and_an_email_of_another_is_set_aside(shop, till):
    shop.customer("Ada Obi", phone=ADA)
    shop.customer("Ben Lee", email="ben@example.com")

    plan = till.write(
        f"2026-02-27;2.00;{ADA};ben@example.com", head="date;amount;phone;email"
    ).plan()

    assert "Ada Obi's" in plan.unclear[0].why
    assert "Ben Lee's" in plan.unclear[0].why


def test_lines_that_only_the_name_knows_count_when_asked_for(shop, till):
    shop.customer("Ada Obi")
    till.write("2026-02-27;2.00;;ada obi")

    assert (till.plan().by_name, till.plan().known) == (1, 0)
    assert till.plan(names=True).known == 1


def test_a_name_does_not_count_against_another_phone_number(shop, till):
    shop.customer("Ada Obi", phone=ADA)

    plan = till.write(f"2026-02-27;2.00;{BEN};Ada Obi").plan(names=True)

    assert (plan.by_name, plan.unknown) == (0, 1)


def test_lines_that_cannot_be_right_are_set_aside_with_their_reason(shop, till):
    shop.customer(phone=ADA)

    plan = till.write(
        f"2026-02-27;2.00;{ADA};",
        f"2026-12-24;2.00;{ADA};",
        f"1970-01-01;2.00;{ADA};",
        f";2.00;{ADA};",
        f"Total;2.00;{ADA};",
        f"2026-02-27;;{ADA};",
        f"2026-02-27;USD 5.00;{ADA};",
    ).plan()

    assert plan.known == 1
    assert [one.line for one in plan.unclear] == [3, 4, 5, 6, 7, 8]
    reasons = [one.why for one in plan.unclear]
    assert "hasn't come yet" in reasons[0]
    assert "too long ago" in reasons[1]
    assert "no day" in reasons[2]
    assert "isn't a day" in reasons[3]
    assert "no amount" in reasons[4]
    assert "GBP" in reasons[5]


def test_an_order_of_days_that_nothing_tells_is_asked_for(shop, till):
    shop.customer(phone=ADA)
    till.write(f"01/02/2026;2.00;{ADA};")

    with pytest.raises(InvalidEntryError) as caught:
        till.plan()

    assert caught.value.field == "order"


@pytest.mark.parametrize(
    ("head", "field"),
    [("note;amount;phone", "day"), ("date;note;phone", "amount"), ("date;amount;note", "phone")],
)
def test_a_column_that_is_missing_is_named(till, head, field):
    cells = {"note": "xyz", "date": "2026-02-27", "amount": "2.00", "phone": ADA}
    till.write(";".join(cells[one] for one in head.split(";")), head=head)

    with pytest.raises(InvalidEntryError) as caught:
        till.plan()

    assert caught.value.field == field


def test_one_column_cannot_be_two_things(shop, till):
    file = sales_files.read(till.write(f"2026-02-27;2.00;{ADA};").path)
    columns = SalesColumns(day=0, amount=1, phone=1)

    with pytest.raises(InvalidEntryError, match="two things"):
        sales_plans.plan(shop.desk, file, columns, now=shop.now)


def test_columns_are_remembered_by_their_headings(shop, till):
    shop.customer(phone=ADA)
    path = till.write(f"2026-02-27;9;2.00;{ADA};", head="date;x;y;z;name").path
    file = sales_files.read(path)
    columns = SalesColumns(day=0, amount=2, phone=3, order=sales_plans.DayOrder.DAY_FIRST)
    plan = sales_plans.plan(shop.desk, file, columns, now=shop.now)
    sales_imports.take(shop.desk, plan, now=shop.now)

    file = sales_files.read(till.write(f"{ADA};2026-02-27;2.00;9", head="z;date;y;x").path)

    found = sales_plans.columns_for(shop.desk, file)
    assert (found.day, found.amount, found.phone) == (1, 2, 0)


def test_one_undo_takes_the_whole_file_back(shop, till):
    case_id = shop.settled_case(phone=ADA)
    till.write(f"2026-03-04;2.00;{ADA};")
    shop.later(days=2)
    till.take()

    shop.desk.undo()

    assert [count(shop, table) for table in (Sale, SalesImport, Visit)] == [0, 0, 0]
    assert not shop.view(case_id).came_again


def test_a_stop_leaves_nothing_behind(shop, till):
    shop.customer(phone=ADA)
    plan = till.write(f"2026-02-27;2.00;{ADA};").plan()
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        sales_imports.take(shop.desk, plan, now=shop.now, progress=progress)

    assert [count(shop, table) for table in (Sale, SalesImport, Visit)] == [0, 0, 0]


def test_a_plan_that_the_desk_has_overtaken_is_made_anew(shop, till):
    plan = till.write(f"2026-02-27;2.00;{ADA};").plan()
    shop.customer(phone=ADA)

    taken = sales_imports.take(shop.desk, plan, now=shop.now)

    assert taken.sales == 1


# -- what follows from a visit -------------------------------------------------------------------


def asked(shop):
    with shop.desk.reading():
        return [row.due_on for row in FollowUp.select().where(
            FollowUp.kind == FollowUpKind.AFTER_VISIT)]  # fmt: skip


def test_somebody_in_recovery_who_was_here_lately_is_asked_how_it_was(shop, till):
    shop.settled_case(phone=ADA)
    shop.later(days=3)

    taken = till.write(f"2026-03-04;2.00;{ADA};").take()

    assert len(asked(shop)) == 1
    (back,) = taken.came_back
    assert (back.customer, back.visited_on, back.closed) == ("Ada Obi", date(2026, 3, 4), False)


def test_what_lies_longer_back_reminds_nobody(shop, till):
    case_id = shop.settled_case(phone=ADA)
    shop.later(days=30)

    taken = till.write(f"2026-03-10;2.00;{ADA};").take()

    assert asked(shop) == []
    assert [one.case_id for one in taken.came_back] == [case_id]
    assert shop.view(case_id).came_again


def test_what_was_bought_on_the_day_it_went_wrong_is_no_coming_back(shop, till):
    case_id = shop.settled_case(phone=ADA)

    taken = till.write(f"2026-03-02;2.00;{ADA};").take()

    assert taken.came_back == ()
    assert asked(shop) == []
    assert not shop.view(case_id).came_again


def test_plans_date_no_step_from_a_visit_of_long_ago(shop, till):
    case_id = shop.case(phone=ADA)
    due = [step.due_at for step in shop.view(case_id).plan]
    shop.later(days=40)

    till.write(f"2026-03-10;2.00;{ADA};").take()
    cases.apologise(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")

    late = [s for s in shop.view(case_id).plan if s.due_at and s.due_at < shop.now]
    assert {step.due_at for step in late} <= set(due)


def test_whoever_was_expected_has_come(shop, till):
    ada = shop.customer(phone=ADA)
    visits.expect(shop.desk, ada, date(2026, 3, 3), now=shop.now)
    shop.later(days=2)

    till.write(f"2026-03-03;2.00;{ADA};").take()

    with shop.desk.reading():
        assert sales_imports.Customer.get_by_id(ada).expected_on is None


def test_sales_move_with_a_customer_who_is_merged_and_are_still_known(shop, till):
    ada, twin = shop.customer(phone=ADA), shop.customer("Ada O.", phone=BEN)
    till.write(f"2026-02-27;2.00;{BEN};").take()
    merges.merge_customers(shop.desk, ada, twin, choices={}, now=shop.now)

    assert till.take().sales == 0
    with shop.desk.reading():
        assert Sale.get().customer_id == ada


# -- what somebody spends in a year --------------------------------------------------------------


def a_year(phone, cents="10.00", *, until=date(2026, 3, 1)):
    return [f"{until - timedelta(days=30 * n)};{cents};{phone};" for n in range(13)]


def worth(shop, customer_id):
    return customer_pages.view(shop.desk, customer_id).worth_year_cents


def test_a_year_of_sales_is_what_somebody_is_worth(shop, till):
    ada = shop.customer(phone=ADA)

    taken = till.write(*a_year(ADA)).take()

    assert (taken.worths, worth(shop, ada)) == (1, 13_000)


def test_less_than_a_year_says_nothing_of_a_year(shop, till):
    ada = shop.customer(phone=ADA)

    till.write(*a_year(ADA)[:6]).take()

    assert worth(shop, ada) is None


def test_an_old_year_says_nothing_of_now(shop, till):
    ada = shop.customer(phone=ADA)

    till.write(*a_year(ADA, until=date(2025, 6, 1))).take()

    assert worth(shop, ada) is None


def test_a_figure_of_the_owners_stands_until_they_say_so(shop, till):
    ada = shop.customer(phone=ADA, worth="500")
    till.write(*a_year(ADA))

    assert [one.instead_of for one in till.plan().worths] == [50_000]
    till.take()
    assert worth(shop, ada) == 50_000

    till.take(over_own=True)
    assert worth(shop, ada) == 13_000


def test_a_figure_from_the_till_follows_the_till(shop, till):
    ada = shop.customer(phone=ADA)
    till.write(*a_year(ADA)).take()

    till.write(f"2026-03-01;5.00;{ADA};").take()

    assert worth(shop, ada) == 13_500


def test_yearly_worth_is_left_alone_where_it_is_not_wanted(shop, till):
    ada = shop.customer(phone=ADA)

    till.write(*a_year(ADA)).take(worths=False)

    assert worth(shop, ada) is None


# -- whatever slices a till writes ---------------------------------------------------------------

LINES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(-300, 900), st.sampled_from((ADA, BEN))),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(lines=LINES, cuts=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=4))
def test_overlapping_files_come_to_what_one_file_of_all_comes_to(shop_file, lines, cuts):
    with TemporaryDirectory() as folder:
        import shutil  # noqa: PLC0415

        from tests.conftest import NOW, Desk, Shop  # noqa: PLC0415

        copy = Path(folder) / "one.desk"
        shutil.copy(shop_file, copy)
        desk = Desk(copy, clock=lambda: NOW)
        shop = Shop(desk)
        shop.customer("Ada Obi", phone=ADA)
        shop.customer("Ben Lee", phone=BEN)
        till = Till(shop, Path(folder))
        written = sorted(lines)

        def file_of(days):
            return [
                f"{date(2026, 2, 10) + timedelta(days=day)};{cents / 100:.2f};{who};"
                for day, cents, who in written
                if day in days
            ]

        for first, last in [*cuts, (0, 5)]:
            part = file_of(range(first, last + 1))
            if part:
                till.write(*part).take()
        with desk.reading():
            total = sum(sale.amount_cents for sale in Sale.select())
            seen = sum(visit.amount_cents for visit in Visit.select())
        nets = {}
        for day, cents, who in lines:
            nets[day, who] = nets.get((day, who), 0) + cents
        desk.close()
    assert total == sum(cents for _, cents, _ in lines)
    assert seen == sum(net for net in nets.values() if net > 0)
