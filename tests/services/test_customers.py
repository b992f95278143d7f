from datetime import date

import pytest

from recoverydesk.domain.case import Status
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import (
    customer_lists,
    customer_pages,
    customers,
    letters,
    papers,
    visits,
    vouchers,
)
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.storage.tables import Visit
from tests.conftest import NOW
from tests.storage.filling import dump


def names(shop, typed):
    return [row.name for row in customer_lists.alike(shop.desk, typed)]


def test_a_customer_is_kept_as_they_are_written(shop):
    customer_id = shop.customer(
        "  Łukasz   Żółć ",
        phone="07700 900123",
        email="L@Example.org",
        greeting_name="Luke",
        address="1 High St\nFlat 2",
        postcode="BA1 1AA",
        town="Bath",
        country="UK",
        worth="£1,234.50",
        likes="tea",
        note="quiet",
        since_on=date(2020, 1, 1),
    )

    view = customer_pages.view(shop.desk, customer_id)
    assert (view.name, view.greeting, view.worth_year_cents) == ("Łukasz Żółć", "Luke", 123_450)
    assert (view.address, view.postcode, view.town, view.country) == (
        "1 High St\nFlat 2",
        "BA1 1AA",
        "Bath",
        "UK",
    )
    assert (view.likes, view.note, view.since_on) == ("tea", "quiet", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"name": "\u200d"}, "name"),
        ({"email": "nobody"}, "email"),
        ({"worth": "-5"}, "worth"),
        ({"worth": "1e9"}, "worth"),
        ({"worth": "99999999999"}, "worth"),
        ({"phone": "1" * 61}, "phone"),
        ({"note": "x" * 4_001}, "note"),
        ({"postcode": "x" * 21}, "postcode"),
    ],
)
def test_what_cannot_be_taken_is_pointed_at(shop, entry, field):
    customer_id = shop.customer("Bo Li")
    before = dump(shop.desk)

    for deed in (
        lambda written: customers.add(shop.desk, written, now=shop.now),
        lambda written: customers.change(shop.desk, customer_id, written),
    ):
        with pytest.raises(InvalidEntryError) as refused:
            deed(CustomerEntry(**{"name": "Ada"} | entry))
        assert refused.value.field == field
    assert dump(shop.desk) == before


@pytest.mark.parametrize(
    ("typed", "cents"), [("1,234.50", 123_450), ("1.234,50", 123_450), ("20 £", 2000), ("0", 0)]
)
def test_an_amount_is_read_as_people_type_it(shop, typed, cents):
    customer_id = shop.customer(worth=typed)

    assert customer_pages.view(shop.desk, customer_id).worth_year_cents == cents


def test_correcting_a_customer_takes_what_was_emptied_too(shop):
    customer_id = shop.customer(phone="07700 900123", worth="5")

    customers.change(shop.desk, customer_id, CustomerEntry("Ada Obi-Li"))

    view = customer_pages.view(shop.desk, customer_id)
    assert (view.name, view.phone, view.worth_year_cents) == ("Ada Obi-Li", "", None)
    assert names(shop, "0123") == []
    with pytest.raises(NotFoundError):
        customers.change(shop.desk, 99, CustomerEntry("Ada"))
    with pytest.raises(NotFoundError):
        customer_pages.view(shop.desk, 99)


@pytest.mark.parametrize(
    "typed",
    ["mueller", "Müller", "MULLER", "jürgen", "jur", "0123", "07700 900123", "+44 7700 900123",
     "j.m@exa", "Jürgen Müller"],
)  # fmt: skip
def test_one_person_is_found_however_they_are_typed(shop, typed):
    shop.customer("Jürgen Müller", phone="07700 900123", email="J.M@example.org")
    shop.customer("Bo Li", phone="07700 900999", email="bo@example.org")

    assert names(shop, typed) == ["Jürgen Müller"]


@pytest.mark.parametrize("typed", ["zzz", "9876", "7700 900124", "x@y", "%", "_", "ller"])
def test_what_nobody_matches_finds_nobody(shop, typed):
    shop.customer("Jürgen Müller", phone="07700 900123")

    assert names(shop, typed) == []


def test_an_empty_box_offers_the_first_few(shop):
    for number in range(10):
        shop.customer(f"Ada {number}")

    assert len(names(shop, "")) == 8


def test_one_customer_is_meant_or_it_is_said_why_not(shop):
    shop.customer("Ada Obi", phone="07700 900123")
    shop.customer("Ada Li", phone="07700 900999")

    assert customer_lists.find(shop.desk, "obi").name == "Ada Obi"
    with pytest.raises(NotFoundError, match="More than one"):
        customer_lists.find(shop.desk, "ada")
    with pytest.raises(NotFoundError, match="Nobody called “zoe”"):
        customer_lists.find(shop.desk, " zoe ")


@pytest.mark.parametrize("sort", customer_lists.SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_the_list_sorts_by_every_column_with_what_is_unknown_at_the_end(shop, sort, descending):
    known = shop.customer("Ada", town="Bath", worth="5", since_on=date(2020, 1, 1))
    other = shop.customer("Zoe", town="York", worth="9", since_on=date(2024, 1, 1))
    unknown = shop.customer("Mia")

    found = customer_lists.ids(shop.desk, sort=sort, descending=descending)

    assert set(found) == {known, other, unknown}
    first, last = (other, known) if descending else (known, other)
    assert list(found).index(first) < list(found).index(last)
    if sort in {"worth", "since"}:
        assert found[-1] == unknown


def test_the_list_narrows_as_it_is_typed_into(shop):
    ada, _bo = shop.customer("Ada"), shop.customer("Bo")

    assert customer_lists.ids(shop.desk, typed="ad") == [ada]
    assert customer_lists.rows(shop.desk, [ada])[ada].name == "Ada"


def test_a_line_counts_cases_and_those_still_open(shop):
    case_id = shop.settled_case()
    customer_id = shop.view(case_id).customer_id
    shop.case()

    row = customer_lists.rows(shop.desk, [customer_id])[customer_id]
    assert (row.cases, row.open_cases, row.last_case_at) == (2, 2, NOW)
    other = shop.customer("Bo")
    row = customer_lists.rows(shop.desk, [other])[other]
    assert (row.cases, row.open_cases, row.last_case_at) == (0, 0, None)


def test_a_page_shows_all_that_happened_with_them(shop):
    case_id = shop.case()
    customer_id = shop.view(case_id).customer_id
    made = shop.voucher(case_id=case_id)
    vouchers.redeem(shop.desk, made.code, now=shop.now, amount_cents=1000)
    draft = letters.compose(shop.desk, case_id, now=shop.now)
    paper = letters.paper(shop.desk, draft, now=shop.now)
    papers.keep(shop.desk, paper, papers.DocumentStatus.PRINTED, now=shop.now)
    visits.log(shop.desk, customer_id, now=shop.now, amount="12.50", words="tea")

    view = customer_pages.view(shop.desk, customer_id)

    assert [(one.number, one.status) for one in view.cases] == [("R-2026-0001", Status.OPEN)]
    assert [(one.code, one.balance_cents, one.initial_cents) for one in view.vouchers] == [
        (made.code, 1500, 2500)
    ]
    assert view.visits == ((NOW.date(), 1250, "tea"),)
    assert (view.letters, view.contacts, view.positives) == (1, 0, 0)


def test_a_visit_lies_behind_us_and_its_amount_may_be_unknown(shop):
    customer_id = shop.customer()

    visits.log(shop.desk, customer_id, now=shop.now)
    with pytest.raises(InvalidEntryError) as refused:
        visits.log(shop.desk, customer_id, now=shop.now, visited_on=date(2026, 3, 3))
    assert refused.value.field == "visited_on"
    with pytest.raises(InvalidEntryError) as refused:
        visits.log(shop.desk, customer_id, now=shop.now, amount="-5")
    assert refused.value.field == "amount"
    with pytest.raises(NotFoundError):
        visits.log(shop.desk, 99, now=shop.now)
    with shop.desk.reading():
        assert [row.amount_cents for row in Visit.select()] == [None]
    assert shop.desk.last_undoable().words == "Ada Obi was here"


def test_the_first_few_of_a_long_list_come_at_once(shop):
    for number in range(5):
        shop.customer(f"Ada {number}")

    everybody = customer_lists.ids(shop.desk)

    assert customer_lists.ids(shop.desk, most=2) == everybody[:2]
