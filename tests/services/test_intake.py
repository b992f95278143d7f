from datetime import date, timedelta

import pytest

from recoverydesk.domain.case import Channel, Severity, Stage, Status
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.progress import Progress
from recoverydesk.services import case_lists, causes, customer_lists, intake, sample
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.intake import Intake
from recoverydesk.services.negotiations import Asked
from recoverydesk.storage.tables import Case, Customer, Playbook
from recoverydesk.topics import Topic
from tests.conftest import NOW
from tests.storage.filling import dump


def log(shop, *, name="Ada Obi", words="The kettle leaks.", **given):
    customer = {key: given.pop(key) for key in ("phone", "email", "worth", "town") if key in given}
    entry = Intake(CustomerEntry(name=name, **customer), words, **given)
    return intake.log(shop.desk, entry, now=shop.now)


def test_logging_makes_number_plan_and_clock_in_one_change(shop):
    made = log(shop, phone="07700 900123")

    view = shop.view(made.case_id)
    assert (made.number, made.customer, made.new_customer) == ("R-2026-0001", "Ada Obi", True)
    assert (view.status, view.stage, view.severity) == (Status.OPEN, Stage.LISTEN, Severity.UPSET)
    assert made.first_contact_due_at == NOW + timedelta(hours=4) == view.next_due_at
    assert next(step.title for step in view.plan) == view.next_step
    assert shop.desk.last_undoable().words == "Log R-2026-0001: Ada Obi"


def test_undo_takes_the_customer_the_case_and_its_plan_away_together(shop):
    before = dump(shop.desk)

    log(shop)
    shop.desk.undo()

    assert dump(shop.desk) == before


def test_nothing_is_kept_of_a_case_that_cannot_be_logged(shop):
    before = dump(shop.desk)

    for given in (
        {"words": "  "},
        {"words": "x" * 10_001},
        {"name": " \u200d"},
        {"name": "x" * 201},
        {"email": "not an address"},
        {"worth": "-5"},
        {"worth": "1e9"},
        {"occurred_on": date(2099, 1, 1)},
        {"occurred_on": date(2015, 12, 31)},
        {"review_stars": 6},
        {"review_stars": 0},
        {"feeling": "x" * 301},
        {"asked": Asked("x" * 1_001)},
        {"asked": Asked("That", value_cents=-1)},
    ):
        with pytest.raises(InvalidEntryError):
            log(shop, **given)
    for given in ({"cause_id": 999}, {"customer_id": 999}, {"playbook": "none"}):
        with pytest.raises(NotFoundError):
            log(shop, **given)
    assert dump(shop.desk) == before


@pytest.mark.parametrize(
    "name", ["محمد عبد الله", "王小明", "🙂 from Tuesday", "<b>Ann</b> {x} %s", "=cmd()", "O'Brien"]
)
def test_every_name_is_kept_and_found_as_it_is_written(shop, name):
    made = log(shop, name=name)

    assert shop.view(made.case_id).customer == name
    assert [row.customer_id for row in customer_lists.alike(shop.desk, name)] == [made.customer_id]


def test_ten_thousand_signs_of_a_story_are_kept_whole(shop):
    words = "Zwölf 🙂 " * 1_249 + "end sign"
    assert len(words) == 10_000

    assert shop.view(log(shop, words=words).case_id).words == words


@pytest.mark.parametrize(
    ("severity", "hours", "plan"),
    [
        (Severity.ANNOYED, 8, "small_annoyance"),
        (Severity.UPSET, 4, "four_steps"),
        (Severity.ABOUT_TO_LEAVE, 2, "twelve_ways"),
    ],
)
def test_how_upset_they_are_sets_the_clock_and_the_plan(shop, severity, hours, plan):
    hours_open = timedelta(hours=hours)
    made = log(shop, severity=severity)

    due, promised = intake.first_contact_due(shop.desk, severity, now=shop.now)
    assert (due, promised) == (made.first_contact_due_at, hours)
    view = shop.view(made.case_id)
    # Monday 10:00 in a shop that closes at 17:30.
    overnight = timedelta(hours=15.5) if hours_open > timedelta(hours=7.5) else timedelta(0)
    assert made.first_contact_due_at == NOW + hours_open + overnight
    assert view.playbook == plan


def test_another_plan_can_be_chosen_when_it_is_logged(shop):
    assert shop.view(log(shop, playbook="twelve_ways").case_id).playbook == "twelve_ways"


def test_a_case_is_never_left_without_a_plan_and_without_any_it_is_said(shop):
    with shop.desk.changing(Topic.SHOP, "Retire all but one"):
        Playbook.update(retired=True).where(Playbook.key != "small_annoyance").execute()
    assert shop.view(log(shop).case_id).playbook == "small_annoyance"
    with shop.desk.changing(Topic.SHOP, "Retire the last"):
        Playbook.update(retired=True).execute()
    with pytest.raises(NotFoundError, match="no plan in use"):
        log(shop)
    with pytest.raises(NotFoundError, match="no longer on the desk"):
        log(shop, playbook="gone")


def test_a_review_keeps_its_site_stars_and_link(shop):
    made = log(
        shop, channel=Channel.REVIEW, review_site="Maps", review_stars=1, review_link="https://x.y"
    )

    view = shop.view(made.case_id)
    assert (view.channel, view.review_site, view.review_stars, view.review_link) == (
        Channel.REVIEW,
        "Maps",
        1,
        "https://x.y",
    )


def test_what_we_noticed_ourselves_is_counted_apart(shop):
    log(shop)
    mine = log(shop, name="Bo Li", channel=Channel.NOTICED_BY_US)

    wanted = CaseFilter(which="all", channel=Channel.NOTICED_BY_US)
    assert case_lists.ids(shop.desk, wanted, now=shop.now) == [mine.case_id]


def test_what_they_asked_for_opens_the_ledger(shop):
    asked = Asked("A new kettle", kind=RemedyKind.REPLACEMENT, value_cents=4000)

    (line,) = shop.view(log(shop, asked=asked).case_id).negotiation
    assert (line.kind, line.words, line.remedy_kind, line.value_cents, line.said) == (
        LineKind.ASKED,
        "A new kettle",
        RemedyKind.REPLACEMENT,
        4000,
        True,
    )


def test_that_they_did_not_say_is_worth_writing_down(shop):
    (line,) = shop.view(log(shop, asked=Asked(said=False)).case_id).negotiation

    assert (line.words, line.said) == ("They did not say.", False)
    assert not shop.view(log(shop, asked=Asked()).case_id).negotiation


def test_a_safety_matter_is_marked(shop):
    assert shop.view(log(shop, safety_flag=True).case_id).safety_flag


def test_a_cause_that_is_known_at_once_is_kept(shop):
    cause = next(cause for cause in causes.all_causes(shop.desk) if cause.parent)

    view = shop.view(log(shop, cause_id=cause.cause_id).case_id)
    assert view.cause == cause.full_name == f"{cause.parent} / {cause.name}"


def test_a_day_in_the_past_is_when_it_happened(shop):
    day = date(2026, 2, 28)

    assert shop.view(log(shop, occurred_on=day).case_id).occurred_on == day


@pytest.mark.parametrize(
    "again",
    [
        {"name": "ada obi"},
        {"phone": "+44 7700 900123"},
        {"email": "ADA@example.org"},
        {"phone": "0000", "email": "ada@example.org"},
    ],
)
def test_who_is_known_already_is_not_written_down_twice(shop, again):
    first = log(shop, phone="07700 900123", email="ada@example.org")

    second = log(shop, **again)

    assert (second.customer_id, second.new_customer) == (first.customer_id, False)
    assert second.number == "R-2026-0002"


def test_the_same_name_with_another_phone_is_another_person(shop):
    log(shop, phone="07700 900123")

    assert log(shop, phone="07700 900999").new_customer


def test_of_two_with_one_name_none_is_guessed(shop):
    log(shop, phone="07700 900123")
    log(shop, phone="07700 900999")

    assert log(shop).new_customer


def test_somebody_added_as_new_is_not_taken_for_their_namesake(shop):
    first = log(shop)
    intake_new = Intake(CustomerEntry("Ada Obi"), "It leaks.", new_customer=True)

    second = intake.log(shop.desk, intake_new, now=shop.now)

    assert second.new_customer
    assert second.customer_id != first.customer_id


def test_what_was_not_yet_known_of_a_customer_is_filled_in(shop):
    first = log(shop, worth="100", phone="07700 900123")

    log(shop, name="", customer_id=first.customer_id, email="ada@example.org", town="Bath",
        phone="07700 900999", worth="250")  # fmt: skip

    with shop.desk.reading():
        row = Customer.get()
    assert (row.name, row.phone, row.email, row.email_key, row.town, row.worth_year_cents) == (
        "Ada Obi",
        "07700 900123",
        "ada@example.org",
        "ada@example.org",
        "Bath",
        25_000,
    )


def test_numbers_start_afresh_each_year_and_go_past_ten_thousand(shop):
    log(shop)
    with shop.desk.changing(Topic.CASES, "Renumber"):
        Case.update(number="R-2026-9999").execute()

    assert log(shop).number == "R-2026-10000"
    assert log(shop).number == "R-2026-10001"
    shop.later(days=365)
    assert log(shop).number == "R-2027-0001"


def test_a_case_can_be_logged_among_samples(desk):
    sample.fill(desk, customer_count=5, case_count=9, seed=1, now=NOW, progress=Progress())

    made = intake.log(desk, Intake(CustomerEntry("Ada Obi"), "It leaks."), now=NOW)

    assert made.number == "R-2026-0001"
