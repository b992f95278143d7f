"""One failure, many customers: forty cases in one go, told alike, given alike, counted once."""

import time
from datetime import date, timedelta

import pytest

from recoverydesk.domain.case import Channel, Evidence, Outcome, Severity, Status
from recoverydesk.domain.contact import Reach, Way
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.progress import Cancelled, Progress
from recoverydesk.services import (
    cases,
    cause_moves,
    causes,
    contacts,
    incident_names,
    incident_pages,
    incident_rounds,
    incidents,
    letters,
    voucher_views,
)
from recoverydesk.services.cases import Ending, Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.incidents import IncidentEntry
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.storage.tables import Case, Customer, Incident, Remedy
from recoverydesk.topics import Topic

WORDS = "Our oven broke in the night. The bread was raw inside."
PART = "We did not look before we sold it."
FORTY = tuple(f"Baker {first}{second}" for first in "ABCDE" for second in "abcdefgh")
GIFT = RemedyEntry(RemedyKind.FREE_PRODUCT, "A fresh loaf", 400, 150)
CARD = RemedyEntry(RemedyKind.VOUCHER, "Gift card", 1000)


class Bakery:
    """The shop with quick ways to what a test about incidents needs."""

    def __init__(self, shop):
        self.shop, self.desk = shop, shop.desk

    @property
    def now(self):
        return self.shop.now

    def open(self, *names, title="The oven broke", words=WORDS, ids=(), given=None, **entry):
        made = IncidentEntry(title=title, words=words, **entry)
        return incidents.open_incident(
            self.desk, made, ids, names=names, now=self.now, **(given or {})
        )

    def add(self, incident_id, *names, ids=(), **given):
        return incidents.add_customers(
            self.desk, incident_id, ids, names=names, now=self.now, **given
        )

    def view(self, incident_id):
        return incident_pages.view(self.desk, incident_id)

    def cases(self, incident_id):
        return [self.shop.view(one.case_id) for one in self.view(incident_id).cases]

    def tell(self, incident_id, words="We are sorry.", *, by=None, **given):
        return incident_rounds.acknowledge_all(
            self.desk, incident_id, words, way=Way.EMAIL, next_word_by=by, now=self.now, **given
        )

    def give(self, incident_id, entry=GIFT, words="", **given):
        return incident_rounds.give_all(self.desk, incident_id, entry, words, now=self.now, **given)

    def offer(self, incident_id, entry=GIFT, **given):
        return incident_rounds.offer_all(self.desk, incident_id, entry, now=self.now, **given)

    def leave_alone(self, name):
        with self.desk.changing(Topic.CUSTOMERS, "Leave them alone"):
            Customer.update(do_not_contact=True).where(Customer.name == name).execute()

    def count(self, table):
        with self.desk.reading():
            return table.select().count()


@pytest.fixture
def bakery(shop):
    return Bakery(shop)


def dump(desk):
    """Every row of every table but the journal's own."""
    with desk.reading():
        names = desk._db.get_tables()
        return {
            name: desk._db.execute_sql(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for name in names
            if name not in {"change", "changed_row", "sqlite_sequence"}
            and not name.startswith("search")
        }


def test_forty_customers_are_logged_in_one_go_and_undone_exactly(bakery, shop):
    before = dump(shop.desk)
    began = time.perf_counter()
    incident_id = bakery.open(*FORTY, our_part=PART, severity=Severity.ABOUT_TO_LEAVE)
    took = time.perf_counter() - began

    assert shop.desk.last_undoable().words == "Incident “The oven broke”: 40 customers"
    made = bakery.cases(incident_id)
    assert [case.customer for case in made] == list(FORTY)
    assert {case.channel for case in made} == {Channel.NOTICED_BY_US}
    assert {case.severity for case in made} == {Severity.ABOUT_TO_LEAVE}
    assert {(case.words, case.our_part) for case in made} == {(WORDS, PART)}
    assert {case.summary for case in made} == {"Our oven broke in the night."}
    assert len({case.number for case in made}) == 40
    assert all(case.plan and case.next_step and case.first_contact_due_at for case in made)
    assert took < 5  # a quarter of a second on an idle laptop

    shop.desk.undo()
    assert dump(shop.desk) == before


def test_numbers_count_one_incident_and_forty_customers(bakery, shop):
    assert incident_pages.counts(shop.desk) == (0, 0)
    incident_id = bakery.open(*FORTY)
    shop.case(name="Somebody else")
    assert incident_pages.counts(shop.desk) == (1, 40)
    (line,) = incident_pages.list_incidents(shop.desk)
    assert (line.incident_id, line.title, line.customers) == (incident_id, "The oven broke", 40)


def test_somebody_named_often_is_taken_once(bakery, shop):
    ada = shop.customer("Ada Obi")
    bakery.open(
        "ada  obi",
        "Jörg Müller",
        "Joerg Mueller",
        "",
        ids=(ada, ada),
        given={"new_names": ["Jörg Müller", "Zoe Fink", "Zoe Fink"]},
    )
    assert incident_pages.counts(shop.desk) == (1, 3)
    assert bakery.count(Customer) == 3


def test_whoever_is_on_the_desk_is_found_by_name(bakery, shop):
    ada = shop.customer("Ada Obi", phone="020 7946 0001")
    (found, unknown) = incident_names.named(shop.desk, ["ADA OBI", "Ben Li", "ada obi"])
    assert (found.customer_ids, unknown.customer_ids) == ((ada,), ())
    (case,) = bakery.cases(bakery.open("Ada Obi"))
    assert case.customer_id == ada


def test_somebody_new_may_have_the_name_of_somebody_known(bakery, shop):
    ada = shop.customer("Ada Obi")
    (case,) = bakery.cases(bakery.open(given={"new_names": ["Ada Obi"]}))
    assert case.customer_id != ada


def test_a_name_that_means_two_has_to_be_made_clear(bakery, shop):
    shop.customer("Ada Obi")
    second = shop.customer("Ada Obi")
    with pytest.raises(InvalidEntryError, match="2 customers are called “Ada Obi”") as told:
        bakery.open("Ada Obi")
    assert told.value.field == "names"
    assert bakery.count(Incident) == 0
    bakery.open("Ada Obi", ids=[second])
    assert incident_pages.counts(shop.desk) == (1, 1)


@pytest.mark.parametrize(
    ("entry", "field", "says"),
    [
        ({"title": "  "}, "title", "What do you call it"),
        ({"title": "x" * 121}, "title", "too long"),
        ({"words": ""}, "words", "Write down what happened"),
        ({"happened_on": date(2026, 3, 3)}, "happened_on", "hasn't come yet"),
        ({"happened_on": date(1926, 3, 3)}, "happened_on", "Check the year"),
    ],
)
def test_what_cannot_be_an_incident_is_said_beside_the_field(bakery, entry, field, says):
    with pytest.raises(InvalidEntryError, match=says) as told:
        bakery.open("Ada Obi", **entry)
    assert told.value.field == field
    assert bakery.count(Incident) == bakery.count(Customer) == 0


def test_an_incident_needs_somebody(bakery):
    with pytest.raises(InvalidEntryError, match="Nobody is picked yet") as told:
        bakery.open(" ")
    assert told.value.field == "customers"
    incident_id = bakery.open("Ada Obi")
    with pytest.raises(InvalidEntryError, match="Nobody is picked yet"):
        bakery.add(incident_id)


def test_what_is_gone_is_said(bakery, shop):
    with pytest.raises(NotFoundError, match="cause"):
        bakery.open("Ada Obi", cause_id=999)
    with pytest.raises(NotFoundError, match="customer"):
        bakery.open(ids=[999])
    for asked in (
        lambda: bakery.view(7),
        lambda: bakery.add(7, "Ada Obi"),
        lambda: bakery.tell(7),
        lambda: bakery.give(7),
        lambda: bakery.offer(7),
        lambda: incidents.take_in(shop.desk, 7, shop.case(), now=shop.now),
    ):
        with pytest.raises(NotFoundError, match="incident is no longer on the desk"):
            asked()


def test_a_second_failure_is_an_alarm_in_an_incident_too(bakery, shop):
    ada = shop.view(shop.case(name="Ada Obi")).customer_id
    incident_id = bakery.open("Ben Li", ids=[ada], severity=Severity.ANNOYED)
    first, second = bakery.cases(incident_id)
    assert (first.severity, second.severity) == (Severity.UPSET, Severity.ANNOYED)
    assert "second failure" in first.alarm


def test_an_incident_is_made_of_a_case_and_grows(bakery, shop):
    case_id = shop.case(name="Ada Obi", words="Raw inside!", occurred_on=date(2026, 3, 1))
    story = Story("Raw inside!", restatement="The bread was raw.", our_part=PART, agreed=True)
    cases.tell(shop.desk, case_id, story, now=shop.now)
    incident_id = incidents.from_case(shop.desk, case_id, "The oven broke", now=shop.now)

    made = bakery.view(incident_id)
    assert (made.words, made.our_part) == ("The bread was raw.", PART)
    assert made.happened_on == date(2026, 3, 1)
    assert bakery.count(Case) == 1
    assert shop.view(case_id).words == "Raw inside!"
    assert bakery.add(incident_id, "Ada Obi", "Ben Li", "Cleo Paz") == 2
    assert shop.desk.last_undoable().words == "Add 2 customers: The oven broke"
    assert bakery.add(incident_id, "Ben Li") == 0
    assert [one.customer for one in bakery.view(incident_id).cases] == [
        "Ada Obi",
        "Ben Li",
        "Cleo Paz",
    ]


def test_those_added_later_count_as_upset_as_most(bakery, shop):
    names = ("Ada Obi", "Ben Li", "Cleo Paz")
    incident_id = bakery.open(*names, severity=Severity.ANNOYED)
    bakery.add(incident_id, "Dan Ek")
    assert bakery.cases(incident_id)[-1].severity is Severity.ANNOYED
    for one in bakery.view(incident_id).cases:
        incidents.leave(shop.desk, one.case_id)
    bakery.add(incident_id, "Eve Orr")
    assert bakery.cases(incident_id)[-1].severity is Severity.UPSET


def test_a_case_that_is_there_already_is_taken_in_and_let_go(bakery, shop):
    cause = causes.add(shop.desk, "The oven")
    incident_id = bakery.open("Ada Obi", our_part=PART, cause_id=cause)
    own = shop.case(name="Ben Li")
    incidents.take_in(shop.desk, incident_id, own, now=shop.now)
    taken = shop.view(own)
    assert (taken.our_part, taken.cause_id) == (PART, cause)
    assert incident_pages.of_case(shop.desk, own).incident_id == incident_id
    assert incident_pages.counts(shop.desk) == (1, 2)

    incidents.leave(shop.desk, own)
    assert incident_pages.of_case(shop.desk, own) is None
    assert incident_pages.counts(shop.desk) == (1, 1)
    with pytest.raises(NotAllowedError, match="belongs to no incident"):
        incidents.leave(shop.desk, own)


def test_what_a_case_knows_already_it_keeps(bakery, shop):
    mine, other = causes.add(shop.desk, "The post"), causes.add(shop.desk, "The oven")
    own = shop.case(name="Ben Li", cause_id=mine)
    story = Story("It leaks.", our_part="We were late.")
    cases.tell(shop.desk, own, story, now=shop.now)
    bakery.open("Ada Obi", our_part=PART, cause_id=other, given={"case_ids": [own, own]})
    assert (shop.view(own).our_part, shop.view(own).cause_id) == ("We were late.", mine)


def test_a_case_belongs_to_one_incident_only(bakery, shop):
    first, second = bakery.open("Ada Obi"), bakery.open("Ben Li", title="The milk was sour")
    case_id = bakery.view(first).cases[0].case_id
    with pytest.raises(NotAllowedError, match="this incident already"):
        incidents.take_in(shop.desk, first, case_id, now=shop.now)
    with pytest.raises(NotAllowedError, match="“The oven broke” already") as told:
        incidents.take_in(shop.desk, second, case_id, now=shop.now)
    assert told.value.advice == "Take it out of there first."
    with pytest.raises(NotAllowedError, match="“The oven broke” already"):
        incidents.from_case(shop.desk, case_id, "Once more", now=shop.now)


def test_a_case_that_became_part_of_another_stays_out(bakery, shop):
    incident_id = bakery.open("Ada Obi", "Ben Li")
    gone, kept = shop.case(name="Cleo Paz"), bakery.view(incident_id).cases[1].case_id
    with shop.desk.changing(Topic.CASES, "Merge"):
        Case.update(merged_into=kept, status=Status.MERGED).where(Case.id == gone).execute()
    with pytest.raises(NotAllowedError, match="part of another one"):
        incidents.take_in(shop.desk, incident_id, gone, now=shop.now)
    with shop.desk.changing(Topic.CASES, "Merge"):
        Case.update(merged_into=gone, status=Status.MERGED).where(Case.id == kept).execute()
    assert bakery.view(incident_id).customers == 1
    assert incident_pages.list_incidents(shop.desk)[0].customers == 1
    assert incident_pages.counts(shop.desk) == (1, 1)


def test_a_cause_made_one_with_another_is_followed(bakery, shop):
    cause, target = causes.add(shop.desk, "The oven"), causes.add(shop.desk, "Old machines")
    incident_id = bakery.open("Ada Obi", cause_id=cause)
    cause_moves.merge(shop.desk, cause, into=target)
    bakery.add(incident_id, "Ben Li")
    assert bakery.view(incident_id).cause == "Old machines"
    assert {case.cause_id for case in bakery.cases(incident_id)} == {target}


def test_all_are_told_in_one_change_and_promised_the_next_word(bakery, shop):
    incident_id = bakery.open(*FORTY)
    by = shop.now + timedelta(days=2)
    assert bakery.tell(incident_id, by=by) == 40
    assert shop.desk.last_undoable().words == "Tell 40 customers: The oven broke"
    for case in bakery.cases(incident_id):
        (contact,) = case.contacts
        assert (contact.way, contact.reach, contact.words) == (
            Way.EMAIL,
            Reach.LEFT_WORD,
            "We are sorry.",
        )
        (promise,) = case.promises
        assert promise.promised_at == by
    assert bakery.view(incident_id).contacted == 40
    assert bakery.tell(incident_id) == 0
    shop.desk.undo()
    assert bakery.view(incident_id).contacted == 0


def test_whoever_heard_already_or_wants_to_be_left_alone_is_not_told(bakery, shop):
    incident_id = bakery.open("Ada Obi", "Ben Li", "Cleo Paz", "Dan Ek")
    heard, _alone, over, _told = bakery.view(incident_id).cases
    contacts.log(shop.desk, heard.case_id, ContactEntry(), now=shop.now)
    bakery.leave_alone("Ben Li")
    lost = Ending(Outcome.NOT_UPHELD, words="Not ours.", skip_why="over")
    cases.close(shop.desk, over.case_id, lost, now=shop.now)

    seen = bakery.view(incident_id)
    assert (seen.to_tell, seen.left_alone, seen.contacted) == (1, 1, 1)
    assert bakery.tell(incident_id) == 1
    seen = bakery.view(incident_id)
    assert (seen.to_tell, seen.left_alone, seen.contacted) == (0, 1, 2)


def test_telling_needs_words_and_a_promise_that_can_be_kept(bakery, shop):
    incident_id = bakery.open("Ada Obi", "Ben Li")
    with pytest.raises(InvalidEntryError, match="what you tell them"):
        bakery.tell(incident_id, " ")
    with pytest.raises(InvalidEntryError, match="That moment is over"):
        bakery.tell(incident_id, by=shop.now)
    assert bakery.view(incident_id).contacted == 0


def test_all_are_given_the_same_once(bakery, shop):
    incident_id = bakery.open("Ada Obi", "Ben Li", "Cleo Paz")
    first, second, _third = bakery.view(incident_id).cases
    shop.agreed(first.case_id, kind=GIFT.kind, words=GIFT.words)
    shop.agreed(second.case_id, words="The money back", value_cents=300, cost_cents=300)
    assert bakery.give(incident_id, words="A loaf on the house.") == 2
    assert bakery.give(incident_id) == 0
    seen = bakery.view(incident_id)
    assert [one.given for one in seen.cases] == [
        "A fresh loaf",
        "The money back, A fresh loaf",
        "A fresh loaf",
    ]
    assert (seen.given, seen.made_right) == (3, 0)
    assert (seen.value_cents, seen.cost_cents) == (1100, 600)
    (line,) = shop.view(seen.cases[2].case_id).negotiation
    assert (line.kind, line.words) == (LineKind.AGREED, "A loaf on the house.")


def test_what_was_taken_back_can_be_given_again(bakery, shop):
    incident_id = bakery.open("Ada Obi")
    bakery.give(incident_id)
    with shop.desk.changing(Topic.REMEDIES, "Take it back"):
        Remedy.update(status=RemedyStatus.VOID).execute()
    assert bakery.view(incident_id).given == 0
    assert bakery.give(incident_id) == 1


def test_vouchers_get_a_code_each_and_undo_takes_all_back(bakery, shop):
    incident_id = bakery.open(*FORTY)
    before = dump(shop.desk)
    assert bakery.give(incident_id, CARD, voucher=VoucherKind.COUPON) == 40
    assert shop.desk.last_undoable().words == "Give 40 customers Gift card"
    issued = [case.remedies[0] for case in bakery.cases(incident_id)]
    codes = {remedy.code for remedy in issued}
    assert len(codes) == 40
    assert {remedy.status for remedy in issued} == {RemedyStatus.ISSUED}
    found = voucher_views.look_up(shop.desk, issued[0].code, now=shop.now)
    assert (found.kind, found.words, found.balance_cents, found.customer) == (
        VoucherKind.COUPON,
        "Gift card",
        1000,
        "Baker Aa",
    )
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_a_voucher_worth_nothing_is_given_to_nobody(bakery):
    incident_id = bakery.open("Ada Obi", "Ben Li")
    with pytest.raises(InvalidEntryError, match="worth something"):
        bakery.give(incident_id, RemedyEntry(RemedyKind.VOUCHER, "Gift card"))
    assert bakery.view(incident_id).given == 0


def test_all_are_offered_the_same_once(bakery, shop):
    incident_id = bakery.open("Ada Obi", "Ben Li", "Cleo Paz")
    shop.agreed(bakery.view(incident_id).cases[0].case_id, kind=GIFT.kind, words=GIFT.words)
    assert incident_rounds.lacking(shop.desk, incident_id, GIFT) == 2
    assert bakery.offer(incident_id) == 2
    assert bakery.offer(incident_id) == 0
    seen = bakery.view(incident_id)
    (line,) = shop.view(seen.cases[1].case_id).negotiation
    assert (line.kind, line.words, line.value_cents) == (LineKind.OFFERED, "A fresh loaf", 400)
    assert seen.given == 1
    assert bakery.give(incident_id) == 2


def test_what_takes_a_while_can_be_stopped_and_leaves_nothing(bakery):
    incident_id = bakery.open("Ada Obi", "Ben Li")

    def stops():
        progress = Progress(lambda done, _all: progress.cancel() if done == 0 else None)
        return progress

    for ask in (
        lambda: bakery.open("Cleo Paz", "Dan Ek", given={"progress": stops()}),
        lambda: bakery.add(incident_id, "Cleo Paz", "Dan Ek", progress=stops()),
        lambda: bakery.tell(incident_id, progress=stops()),
        lambda: bakery.offer(incident_id, progress=stops()),
        lambda: bakery.give(incident_id, progress=stops()),
    ):
        with pytest.raises(Cancelled):
            ask()
    seen = bakery.view(incident_id)
    assert (seen.customers, seen.contacted, seen.given) == (2, 0, 0)
    assert bakery.count(Customer) == 2


def test_an_incident_says_how_far_it_has_got(bakery, shop):
    incident_id = bakery.open("Ada Obi", "Ben Li", "Cleo Paz", happened_on=date(2026, 3, 1))
    first, second, _third = (one.case_id for one in bakery.view(incident_id).cases)
    bakery.tell(incident_id)
    bakery.give(incident_id)
    shop.hand_over(first)
    for case_id in (first, second):
        cases.resolve(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")
    won = Ending(Outcome.WON_BACK, evidence=Evidence.THEIR_WORD, skip_why="well")
    cases.close(shop.desk, first, won, now=shop.later(days=1))

    seen = bakery.view(incident_id)
    assert (seen.customers, seen.contacted, seen.made_right, seen.won_back) == (3, 3, 2, 1)
    assert [one.is_open for one in seen.cases] == [False, False, True]
    line = incident_pages.of_case(shop.desk, second)
    assert (line.customers, line.contacted, line.made_right, line.won_back) == (3, 3, 2, 1)
    assert line.happened_on == date(2026, 3, 1)


def test_the_newest_incident_comes_first(bakery, shop):
    bakery.open("Ada Obi")
    bakery.open("Ben Li", title="The milk was sour")
    titles = [one.title for one in incident_pages.list_incidents(shop.desk)]
    assert titles == ["The milk was sour", "The oven broke"]


def test_their_letters_tell_it_as_the_shop_does(bakery, shop):
    incident_id = bakery.open("Ada Obi", our_part=PART)
    case_id = bakery.view(incident_id).cases[0].case_id
    draft = letters.compose(shop.desk, case_id, now=shop.now, template="apology")
    assert "The bread was raw inside" in draft.body
    assert "told us" not in draft.body
