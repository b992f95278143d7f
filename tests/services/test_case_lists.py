import pytest

from recoverydesk.domain.case import Channel, Evidence, LostReason, Outcome, Severity, Status
from recoverydesk.services import case_lists, cases, insights, people, search
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.cases import Ending
from recoverydesk.services.search import FoundKind
from recoverydesk.storage.tables import Person, Shop, Voucher
from recoverydesk.topics import Topic


def ids(shop, *, sort="next", descending=False, most=None, **wanted):
    wanted = CaseFilter(**{"which": "all"} | wanted)
    return case_lists.ids(
        shop.desk, wanted, now=shop.now, sort=sort, descending=descending, most=most
    )


def close(shop, case_id, outcome, **given):
    cases.close(shop.desk, case_id, Ending(outcome, **given, skip_why="not needed"), now=shop.now)


@pytest.fixture
def seven(shop):
    """One case of each way it can stand, by name."""
    late = shop.case(name="Late", severity=Severity.ABOUT_TO_LEAVE, worth="100")
    shop.later(hours=3)
    waiting = shop.case(name="Waiting", worth="10", channel=Channel.PHONE)
    cases.wait_for_customer(shop.desk, waiting, waiting=True, now=shop.now)
    fresh = shop.case(name="Fresh", severity=Severity.ANNOYED)
    resolved = shop.settled_case(name="Resolved", worth="1000")
    shop.later(minutes=10)
    won = shop.settled_case(name="Won", worth="500")
    close(shop, won, Outcome.WON_BACK, evidence=Evidence.OWNERS_WORD)
    lost = shop.case(name="Lost", worth="7")
    close(shop, lost, Outcome.LOST, lost_reason=LostReason.PRICE)
    again = shop.case(name="Late", severity=Severity.ANNOYED)  # counts as upset: the second
    return {
        "late": late, "waiting": waiting, "fresh": fresh, "resolved": resolved,
        "won": won, "lost": lost, "again": again,
    }  # fmt: skip


def test_every_chip_counts_what_its_list_holds(shop, seven):
    totals = case_lists.totals(shop.desk, now=shop.now)

    for which in case_lists.FILTERS:
        assert totals.counts[which] == len(ids(shop, which=which)), which
    assert case_lists.count_open(shop.desk) == totals.counts["open"]
    assert ids(shop, which="needs_me") == [seven["late"]]
    assert set(ids(shop, which="open")) == {
        seven[name] for name in ("late", "waiting", "fresh", "again")
    }
    assert ids(shop, which="following_up") == [seven["resolved"]]
    assert ids(shop, which="won_back") == [seven["won"]]
    assert ids(shop, which="lost") == [seven["lost"]]


@pytest.mark.usefixtures("seven")
def test_a_customer_with_two_open_cases_is_at_stake_once(shop):
    totals = case_lists.totals(shop.desk, now=shop.now)

    assert totals.at_stake_cents == 100_00 + 10_00
    # In the fourth, "waiting", it is the customer's turn.
    assert totals.not_contacted == 3


@pytest.mark.parametrize("sort", case_lists.SORTS)
def test_every_column_sorts_both_ways_and_loses_nobody(shop, seven, sort):
    up, down = ids(shop, sort=sort), ids(shop, sort=sort, descending=True)

    assert set(up) == set(down) == set(seven.values())
    assert up != down


def test_the_most_upset_come_first_and_the_unknown_last(shop, seven):
    assert ids(shop, sort="severity")[0] == seven["late"]
    assert ids(shop, sort="worth", descending=True)[0] == seven["resolved"]
    assert ids(shop, sort="worth")[-1] == seven["fresh"]
    assert ids(shop, sort="next")[0] == seven["late"]
    assert ids(shop, sort="number", most=2) == [seven["late"], seven["waiting"]]


def test_the_list_narrows_by_all_that_can_be_chosen(shop, seven):
    assert ids(shop, severity=Severity.ANNOYED) == [seven["fresh"]]
    assert ids(shop, channel=Channel.PHONE) == [seven["waiting"]]
    assert ids(shop, typed="wait") == [seven["waiting"]]
    assert ids(shop, typed="0003") == [seven["fresh"]]
    assert len(ids(shop, typed="kettle")) == len(seven)
    assert ids(shop, typed="%") == []


def test_a_line_says_where_a_case_stands(shop, seven):
    row = case_lists.rows(shop.desk, [seven["won"]])[seven["won"]]

    assert (row.customer, row.status, row.outcome, row.next_step, row.worth_year_cents) == (
        "Won",
        Status.CLOSED,
        Outcome.WON_BACK,
        "",
        50_000,
    )


def test_the_month_counts_what_ended_and_what_it_cost(shop, seven):
    shop.voucher(case_id=seven["late"], value_cents=1000)
    remedy = shop.agreed(seven["fresh"], value_cents=300)

    month = insights.month_so_far(shop.desk, now=shop.now)

    assert (month.won_back, month.lost, month.open) == (1, 1, 4)
    assert month.kept_worth_cents == 50_000
    # The voucher; the refunds of the two settled cases were worth nothing, the agreed one waits.
    assert month.remedies_cost_cents == 550
    assert month.budget_cents is None
    shop.hand_over(seven["fresh"])
    assert remedy
    assert insights.month_so_far(shop.desk, now=shop.now).remedies_cost_cents == 850


@pytest.mark.usefixtures("seven")
def test_last_month_is_over_at_midnight_in_the_shop(shop):
    with shop.desk.changing(Topic.SHOP, "Budget"):
        Shop.update(goodwill_budget_cents=20_000).execute()
    shop.later(days=31)

    month = insights.month_so_far(shop.desk, now=shop.now)

    assert (month.won_back, month.lost, month.remedies_cost_cents) == (0, 0, 0)
    assert (month.open, month.budget_cents) == (4, 20_000)


def test_anything_is_found_by_what_somebody_remembers_of_it(shop):
    case_id = shop.case(name="Zoë Müller", words="The café au lait was cold.", phone="07700 900123")
    code = shop.voucher(case_id=case_id).shown_code

    def kinds(typed):
        return [hit.kind for hit in search.find(shop.desk, typed)]

    assert kinds(code.lower()) == [FoundKind.VOUCHER]
    assert kinds("mueller") == [FoundKind.CUSTOMER, FoundKind.CASE]
    assert kinds("0123") == [FoundKind.CUSTOMER]
    assert kinds("au lait") == [FoundKind.CASE]
    assert kinds("r-2026-0001") == [FoundKind.CASE]
    assert kinds("0001") == [FoundKind.CASE]
    for typed in ("", "x", "%%", "nobody", "\\\\", '"" OR 1', "\u0301\u0301"):
        assert kinds(typed) == [], typed
    (hit,) = search.find(shop.desk, "au lait")
    assert (hit.item_id, hit.title, hit.hint) == (
        case_id,
        "R-2026-0001 Zoë Müller",
        "The café au lait was cold.",
    )
    assert [hit.hint for hit in search.find(shop.desk, "0123")] == ["07700 900123"]


def test_a_code_is_found_by_a_piece_of_it(shop):
    case_id = shop.case(name="Noor", words="It hums.")
    for code in ("22GHXY3479AB", "GHXY55667788"):
        voucher = shop.voucher(case_id=case_id)
        with shop.desk.changing(Topic.SHOP, "Code"):
            Voucher.update(code=code).where(Voucher.code == voucher.code).execute()

    def titles(typed):
        return [hit.title for hit in search.find(shop.desk, typed)]

    begins, within = "GHXY-5566-7788", "22GH-XY34-79AB"
    assert titles("ghxy") == titles(" GH-X y") == [begins, within]
    assert titles("79ab") == titles("xy34-79") == titles("22GH-XY34-79AB") == [within]
    assert titles("ghx") == titles("GHXY 0") == titles("gh%y") == []
    assert len(search.find(shop.desk, "ghxy", most=1)) == 1


def test_no_more_is_found_than_can_be_shown(shop):
    for number in range(20):
        shop.case(name=f"Ada {number}")

    assert len(search.find(shop.desk, "ada")) == 12
    assert len(search.find(shop.desk, "ada", most=3)) == 3


def test_the_people_of_the_shop_have_names_and_no_accounts(shop):
    tom = people.add_staff(shop.desk, " Tom  Hale ")

    assert [(one.name, one.role) for one in people.everybody(shop.desk)] == [
        ("Mia Ray", "owner"),
        ("Tom Hale", "staff"),
    ]
    with shop.desk.changing(Topic.SHOP, "Left"):
        Person.update(active=False).where(Person.id == tom).execute()
    assert [one.name for one in people.everybody(shop.desk)] == ["Mia Ray"]


def test_a_desk_without_a_shop_has_nobody_at_it(desk):
    people.sign_in_owner(desk)

    assert desk.person_id is None
