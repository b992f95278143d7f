"""The month for the books: every penny once, the same as the lists and the ledger say."""

import csv
import io
import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import peewee as pw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.errors import InvalidEntryError, RecoveryDeskError
from recoverydesk.services import (
    approvals,
    case_pages,
    entitlements,
    lapses,
    people,
    registers,
    remedies,
    voucher_deeds,
    voucher_register,
    vouchers,
)
from recoverydesk.services.entitlements import EntitlementEntry
from recoverydesk.services.register_lines import Part
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, VoucherEntry
from recoverydesk.storage.tables import Shop as ShopRow
from recoverydesk.topics import Topic
from tests.conftest import NOW, Shop
from tests.reading import text_of

WIDE = "\uff1d\uff0b\uff0d\uff20"
"""The same four signs as Chinese and Japanese keyboards type them."""


def march(shop):
    return registers.month(shop.desk, 2026, 3)


def words(register, part):
    return [line.words for line in register.of(part)]


def changes(register):
    return {part.value: cents for part, cents in register.totals.changes if cents}


def cells(register):
    text = registers.as_csv(register).decode("utf-8-sig")
    mark = ";" if text.startswith('"Day";') else ","
    return list(csv.reader(io.StringIO(text), delimiter=mark))


def use_currency(shop, currency, locale="en_GB"):
    with shop.desk.changing(Topic.SHOP, "Another currency"):
        ShopRow.update(currency=currency, locale=locale).execute()


# -- what is in it -------------------------------------------------------------------------------


def test_what_was_agreed_stands_on_its_day_with_worth_and_cost(shop):
    case_id = shop.case(name="王小明")
    shop.agreed(case_id, value_cents=2000, cost_cents=840)
    shop.later(days=2)
    shop.hand_over(case_id)

    (line,) = march(shop).of(Part.GIVEN)

    assert (line.on, line.customer, line.kind) == (date(2026, 3, 2), "王小明", "Refund")
    assert (line.value_cents, line.cost_cents) == (2000, 840)
    assert line.case_number == shop.view(case_id).number
    assert line.handed_over_on == date(2026, 3, 4)
    totals = march(shop).totals
    assert (totals.given_count, totals.given_value_cents, totals.given_cost_cents) == (1, 2000, 840)


def test_what_waits_for_the_owners_word_does_not_count(shop):
    entry = RemedyEntry(RemedyKind.REFUND, "All of it", 9900)
    approvals.ask_later(shop.desk, shop.case(), entry, now=shop.now)

    assert march(shop).lines == ()


def test_what_was_taken_back_is_no_longer_given_and_its_ledger_stays(shop):
    voucher = shop.voucher(value_cents=2500)
    voucher_deeds.make_void(shop.desk, voucher.voucher_id, "A mistake", now=shop.now)

    register = march(shop)

    assert register.of(Part.GIVEN) == ()
    assert changes(register) == {"issued": 2500, "made_void": -2500}
    assert words(register, Part.MADE_VOID) == ["A mistake"]
    assert register.totals.closing_cents == 0


def test_a_new_code_neither_gives_nor_uses(shop):
    voucher = shop.voucher(value_cents=2500, kind=VoucherKind.GIFT_CARD)
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=1000)
    fresh = voucher_deeds.replace(shop.desk, voucher.voucher_id, "Lost", now=shop.now)

    register = march(shop)

    (line,) = register.of(Part.GIVEN)
    assert (line.value_cents, line.code, line.kind) == (
        2500,
        fresh.shown_code,
        "Gift card, paid for",
    )
    assert [one.ledger_cents for one in register.of(Part.REPLACED)] == [-1500, 1500]
    assert changes(register) == {"issued": 2500, "redeemed": -1000}
    assert register.totals.closing_cents == 1500


def test_a_month_begins_with_what_the_one_before_left(shop):
    voucher = shop.voucher(value_cents=2500)
    shop.now = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=400)
    why = "The kettle came back"
    voucher_deeds.put_back(shop.desk, voucher.voucher_id, 100, why, now=shop.now)

    april = registers.month(shop.desk, 2026, 4)

    assert april.of(Part.GIVEN) == ()
    assert (april.totals.opening_cents, april.totals.closing_cents) == (2500, 2200)
    assert changes(april) == {"redeemed": -400, "put_back": 100}
    assert march(shop).totals.closing_cents == 2500
    assert april.totals.closing_by_kind == ((VoucherKind.GOODWILL_CERTIFICATE, 2200),)


def test_what_ran_out_and_came_back_is_an_event_each(shop):
    last = shop.now.date() + timedelta(days=5)
    voucher = shop.voucher(value_cents=2500, valid_to=last)
    shop.later(days=6)
    lapses.look_after(shop.desk, now=shop.now)
    assert changes(march(shop)) == {"issued": 2500, "lapsed": -2500}

    until = shop.now.date() + timedelta(days=30)
    voucher_deeds.extend(shop.desk, voucher.voucher_id, until, "They were ill", now=shop.now)

    assert changes(march(shop)) == {"issued": 2500, "lapsed": -2500, "extended": 2500}
    assert march(shop).totals.closing_cents == 2500


def test_what_is_for_a_time_shows_each_use_and_its_end(shop):
    remedy = shop.agreed(shop.case(), kind=RemedyKind.FREE_SHIPPING, words="Free delivery")
    until = shop.now.date() + timedelta(days=3)
    entry = EntitlementEntry(valid_to=until)
    used = entitlements.grant(shop.desk, remedy, entry, now=shop.now)
    other = shop.agreed(shop.case(name="Bo Li"), kind=RemedyKind.OTHER, words="A tour")
    entitlements.grant(shop.desk, other, entry, now=shop.now)
    entitlements.use(shop.desk, used, now=shop.now, words="A kettle to Bath")
    entitlements.use(shop.desk, used, now=shop.now)
    shop.later(days=4)
    lapses.look_after(shop.desk, now=shop.now)

    register = march(shop)

    assert words(register, Part.USED) == ["Free delivery: A kettle to Bath", "Free delivery"]
    assert register.totals.used_count == 2
    (lapsed,) = register.of(Part.LAPSED)
    assert (lapsed.customer, lapsed.on, lapsed.kind) == (
        "Bo Li",
        until + timedelta(days=1),
        "Something else",
    )


@pytest.mark.parametrize(
    ("stamp", "month"),
    [
        (datetime(2026, 3, 31, 22, 59, tzinfo=UTC), 3),  # 23:59 in London, in summer time
        (datetime(2026, 3, 31, 23, 0, tzinfo=UTC), 4),
        (datetime(2026, 2, 28, 23, 59, tzinfo=UTC), 2),
        (datetime(2026, 3, 1, 0, 0, tzinfo=UTC), 3),
    ],
)
def test_the_shops_own_midnight_parts_the_months(shop, stamp, month):
    shop.now = stamp
    shop.voucher(value_cents=100)

    found = {nth: registers.month(shop.desk, 2026, nth) for nth in (2, 3, 4)}

    assert [nth for nth, register in found.items() if register.of(Part.GIVEN)] == [month]
    assert [nth for nth, register in found.items() if register.of(Part.ISSUED)] == [month]


def test_kinds_are_added_up_apart(shop):
    case_id = shop.case()
    shop.agreed(case_id, value_cents=1000, cost_cents=1000)
    shop.agreed(case_id, value_cents=500, cost_cents=500)
    shop.voucher(case_id=case_id, value_cents=2500, cost_cents=1000)

    found = march(shop).totals.by_kind

    assert [(one.kind, one.count, one.value_cents, one.cost_cents) for one in found] == [
        ("Gift certificate", 1, 2500, 1000),
        ("Refund", 2, 1500, 1500),
    ]


# -- which month ---------------------------------------------------------------------------------


def test_months_go_back_to_the_desks_first(shop):
    assert registers.months(shop.desk, now=shop.now) == ((2026, 3),)
    shop.voucher()
    shop.now = datetime(2027, 1, 2, 9, 0, tzinfo=UTC)
    found = registers.months(shop.desk, now=shop.now)
    assert (found[0], found[-1], len(found)) == ((2027, 1), (2026, 3), 11)


def test_a_month_is_read_as_it_is_typed():
    assert registers.read_month(" 2026-9 ") == (2026, 9)


@pytest.mark.parametrize(
    "typed", ["", "2026", "2026-13", "2026-00", "11-2026", "9999-12", "٢٠٢٦-٠٩"]
)
def test_what_is_no_month_is_refused(typed):
    with pytest.raises(InvalidEntryError, match="2026-11"):
        registers.read_month(typed)


def test_december_ends_with_the_year(shop):
    shop.now = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    shop.voucher(value_cents=100)
    assert registers.month(shop.desk, 2026, 12).totals.closing_cents == 100
    assert registers.month(shop.desk, 2027, 1).totals.opening_cents == 100


# -- as a spreadsheet ----------------------------------------------------------------------------


def test_the_spreadsheet_is_read_by_excel_as_it_is(shop):
    shop.agreed(shop.case(name="Łukasz 王"), value_cents=2050, cost_cents=840)

    content = registers.as_csv(march(shop))

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    head, line, *_rest = cells(march(shop))
    assert head[6:9] == ["Worth (GBP)", "Cost to you (GBP)", "On vouchers (GBP)"]
    assert line[:3] == ["2026-03-02", "Given", "Łukasz 王"]
    assert line[6:9] == ["20.50", "8.40", ""]


@pytest.mark.parametrize(
    ("currency", "locale", "worth"),
    [
        ("JPY", "ja_JP", "123456"),
        ("EUR", "de_DE", "1234,56"),
        ("EUR", "en_IE", "1234.56"),
        ("KWD", "en_GB", "123.456"),
        ("KWD", "de_DE", "123,456"),
    ],
)
def test_amounts_are_right_to_the_last_unit_of_the_currency(shop, currency, locale, worth):
    shop.voucher(value_cents=123_456)
    use_currency(shop, currency, locale)
    register = march(shop)
    rows = cells(register)

    assert rows[1][6] == worth
    assert f"({currency})" in rows[0][6]
    assert all(len(row) == 11 for row in rows if row)
    printed = text_of(registers.as_pdf(shop.desk, register))
    assert " ".join(register.money(123_456).split()) in printed


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", *WIDE])
@pytest.mark.parametrize("locale", ["en_GB", "de_DE"])
def test_no_cell_becomes_a_formula(shop, start, locale):
    evil = f'{start}HYPERLINK("http://x.test";"a,=1+1")'
    shop.agreed(shop.case(name=evil), words=evil, value_cents=1)
    use_currency(shop, "GBP", locale)

    rows = cells(march(shop))

    texts = [cell for row in rows for cell in row[1:6]]
    assert any("HYPERLINK" in cell for cell in texts)
    assert not [cell for cell in texts if cell[:1] in {*"=+-@", *WIDE}]
    assert [len(row) for row in rows if row] == [11] * sum(map(bool, rows))


def test_several_lines_stay_in_one_cell(shop):
    shop.agreed(shop.case(), words="A new one\r\nand tea", value_cents=1)
    assert cells(march(shop))[1][5] == "A new one and tea"


def test_an_empty_word_is_no_formula():
    assert registers.defused("") == ""


def pennies(cell):
    return int(cell.replace(".", "")) if cell else 0


def test_the_sums_of_the_spreadsheet_are_the_sums_of_its_lines(shop):
    voucher = shop.voucher(value_cents=2500, cost_cents=1100, case_id=shop.case())
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=701)
    register = march(shop)
    _head, *rows = cells(register)
    gap = rows.index([])
    lines, sums = rows[:gap], {row[1]: row[6:9] for row in rows[gap + 1 :]}

    added = [sum(pennies(row[column]) for row in lines) for column in (6, 7, 8)]

    assert sums["Given in all"] == ["25.00", "11.00", ""]
    assert sums["Redeemed in all"] == ["", "", "-7.01"]
    assert added == [2500, 1100, 1799]
    assert sums["Left on vouchers before 1 March 2026"][2] == "0.00"
    assert sums["Left on vouchers after 31 March 2026"][2] == "17.99"


def test_files_are_named_by_month_and_shop(shop):
    assert march(shop).file_name("csv") == "2026-03 Register Corner Shop.csv"


# -- on paper ------------------------------------------------------------------------------------


def test_the_paper_has_every_line_and_every_sum(shop):
    case_id = shop.case(name="Ada Obi")
    shop.agreed(case_id, value_cents=1234, cost_cents=567)
    bought = shop.voucher(value_cents=5000, kind=VoucherKind.GIFT_CARD)
    given_ = shop.voucher(value_cents=2500, case_id=case_id, words="Gift certificate")
    vouchers.redeem(shop.desk, given_.code, now=shop.now, amount_cents=600)
    remedy = shop.agreed(case_id, kind=RemedyKind.MEMBERSHIP, words="A year as a friend")
    card = entitlements.grant(shop.desk, remedy, EntitlementEntry(), now=shop.now)
    entitlements.use(shop.desk, card, now=shop.now)

    printed = text_of(registers.as_pdf(shop.desk, march(shop)))

    for said in (
        "Register for March 2026", "1 March 2026 to 31 March 2026", "Given (4)", "£12.34", "£5.67",
        bought.shown_code, given_.shown_code, "Redeemed (1)", "-£6.00", "After 31 March 2026",
        "£69.00", "of it: Gift card", "Used once (1)", "A year as a friend", "Page 1 of",
        "Not handed over yet", shop.view(case_id).number,
    ):  # fmt: skip
        assert said in printed, said


def test_an_empty_month_is_a_page_of_noughts(shop):
    printed = text_of(registers.as_pdf(shop.desk, march(shop)))
    assert "Worth in all (0) £0.00" in printed
    assert "Page 1 of 1" in printed


# -- whatever was done ---------------------------------------------------------------------------

DEEDS = ("agree", "give", "hand_over", "issue", "redeem", "put_back", "extend", "replace", "void",
         "lapse", "later", "grant", "use", "undo", "park")  # fmt: skip
steps = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 4), st.sampled_from([1, 499, 2500])),
    max_size=25,
)


class Books:
    """A shop in which anything is done, refusals and all."""

    def __init__(self, shop):
        self.shop, self.desk = shop, shop.desk
        self.case_id = shop.case()
        self.vouchers, self.remedies, self.granted = [], [], []

    def do(self, deed, nth, cents):
        try:
            getattr(self, deed)(nth, cents)
        except (RecoveryDeskError, IndexError):
            return

    def pick(self, found, nth):
        return found[nth % len(found)] if found else found[0]

    def agree(self, nth, cents):
        kind = (RemedyKind.REFUND, RemedyKind.VOUCHER, RemedyKind.MEMBERSHIP)[nth % 3]
        self.remedies.append(self.shop.agreed(self.case_id, kind=kind, value_cents=cents))

    def give(self, _nth, cents):
        entry = RemedyEntry(RemedyKind.GIFT, "Tea", cents, cents // 2)
        self.remedies.append(remedies.give(self.desk, self.case_id, entry, now=self.shop.now))

    def park(self, _nth, cents):
        entry = RemedyEntry(RemedyKind.GIFT, "Tea", cents)
        self.remedies.append(approvals.ask_later(self.desk, self.case_id, entry, now=self.shop.now))

    def hand_over(self, nth, _cents):
        remedies.hand_over(self.desk, self.pick(self.remedies, nth), now=self.shop.now)

    def issue(self, nth, cents):
        last = self.shop.now.date() + timedelta(days=nth * 9)
        agreed = self.pick(self.remedies, nth) if nth == 4 else None
        case_id = self.case_id if nth else None
        kind = list(VoucherKind)[nth % 4]
        self.vouchers.append(
            self.shop.voucher(
                value_cents=cents, case_id=case_id, remedy_id=agreed, valid_to=last, kind=kind
            )
        )

    def redeem(self, nth, cents):
        code = self.pick(self.vouchers, nth).code
        vouchers.redeem(self.desk, code, now=self.shop.now, amount_cents=cents)

    def put_back(self, nth, cents):
        which = self.pick(self.vouchers, nth).voucher_id
        voucher_deeds.put_back(self.desk, which, cents, "Back", now=self.shop.now)

    def extend(self, nth, _cents):
        until = self.shop.now.date() + timedelta(days=60)
        which = self.pick(self.vouchers, nth).voucher_id
        voucher_deeds.extend(self.desk, which, until, "Ill", now=self.shop.now)

    def replace(self, nth, _cents):
        which = self.pick(self.vouchers, nth).voucher_id
        self.vouchers.append(voucher_deeds.replace(self.desk, which, "Lost", now=self.shop.now))

    def void(self, nth, _cents):
        which = self.pick(self.vouchers, nth).voucher_id
        voucher_deeds.make_void(self.desk, which, "Wrong", now=self.shop.now)

    def lapse(self, _nth, _cents):
        lapses.look_after(self.desk, now=self.shop.now)

    def later(self, nth, _cents):
        self.shop.later(days=1 + 7 * nth)

    def grant(self, nth, _cents):
        entry = EntitlementEntry(valid_to=self.shop.now.date() + timedelta(days=nth), uses=2)
        which = self.pick(self.remedies, nth)
        self.granted.append(entitlements.grant(self.desk, which, entry, now=self.shop.now))

    def use(self, nth, _cents):
        entitlements.use(self.desk, self.pick(self.granted, nth), now=self.shop.now)

    def undo(self, _nth, _cents):
        if self.desk.last_undoable() is not None:
            self.desk.undo()


def check(books):
    desk, now = books.desk, books.shop.now
    found = [registers.month(desk, *one) for one in reversed(registers.months(desk, now=now))]
    # Months follow on each other, and each adds up.
    left = 0
    for register in found:
        totals = register.totals
        assert totals.opening_cents == left
        left += sum(cents for _part, cents in totals.changes)
        assert totals.closing_cents == left == sum(cents for _k, cents in totals.closing_by_kind)
        assert dict(totals.changes)[Part.REPLACED] == 0
        assert sum(one.value_cents for one in totals.by_kind) == totals.given_value_cents
        _head, *rows = cells(register)
        added = [sum(pennies(row[at]) for row in rows[: rows.index([])]) for at in (6, 7, 8)]
        assert added == [
            totals.given_value_cents,
            totals.given_cost_cents,
            totals.closing_cents - totals.opening_cents,
        ]
    # The ledger: all of its lines, each once.
    with desk.reading():
        entries = VoucherEntry.select(pw.fn.COUNT(VoucherEntry.id)).scalar()
        ledger = VoucherEntry.select(
            pw.fn.COALESCE(pw.fn.SUM(VoucherEntry.amount_cents), 0)
        ).scalar()
        with_case = [row[0] for row in Case.select(Case.id).tuples()]
    lines = [line for register in found for line in register.lines]
    assert sum(line.ledger_cents for line in lines) == ledger == left
    told = [line for line in lines if line.part not in {Part.GIVEN, Part.USED} and line.code]
    assert len(told) == entries
    # The vouchers' list.
    ids = voucher_register.ids(desk, now=now, which="all")
    listed = voucher_register.rows(desk, ids, now=now).values()
    assert sum(row.balance_cents for row in listed) == left
    # The cases' lists: what they say was agreed, and what was given without a case.
    sums = [remedies.totals(agreed_in(desk, one)) for one in with_case]
    told = [line for line in lines if line.case_number]
    assert sum(one["value_cents"] for one in sums) == sum(line.value_cents for line in told)
    assert sum(one["cost_cents"] for one in sums) == sum(line.cost_cents for line in told)


def agreed_in(desk, case_id):
    """A case's remedies, each once."""
    found = case_pages.view(desk, case_id).remedies
    return list({one.remedy_id: one for one in found}.values())


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=steps)
def test_register_lists_and_ledger_say_the_same_after_anything(shop_file, steps):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(shutil.copy(shop_file, Path(folder) / "shop.desk")), clock=lambda: NOW)
        people.sign_in_owner(desk)
        try:
            books = Books(Shop(desk))
            for deed, nth, cents in steps:
                books.do(deed, nth, cents)
            check(books)
        finally:
            desk.close()
