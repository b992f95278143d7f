"""Two that are one: all of it moves, in time order, and Undo gives back the same desk."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoverydesk.domain.case import Outcome, Severity, Status
from recoverydesk.domain.contact import Reach, Way
from recoverydesk.domain.correction import IdeaSource
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.errors import NotAllowedError, NotFoundError
from recoverydesk.services import (
    agendas,
    alarms,
    case_lists,
    cases,
    causes,
    contacts,
    corrections,
    customer_lists,
    customer_pages,
    customers,
    duplicates,
    feedbacks,
    follow_ups,
    ideas,
    incident_pages,
    incidents,
    intake,
    merges,
    preferences,
    promises,
    search,
    second_chances,
    visits,
)
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.cases import Ending, Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.feedbacks import FeedbackEntry
from recoverydesk.services.intake import Intake
from recoverydesk.services.merges import Side
from recoverydesk.storage.tables import (
    Case,
    Contact,
    CorrectiveAction,
    Feedback,
    FixNews,
    FollowUp,
    PositiveEvent,
    Suggestion,
    Visit,
)
from recoverydesk.topics import Topic
from tests.storage.filling import dump


def whose(shop, case_id):
    return shop.view(case_id).customer_id


def merge_customers(shop, kept, other, **choices):
    merges.merge_customers(shop.desk, kept, other, choices=choices, now=shop.now)


def merge_cases(shop, kept, other, **choices):
    merges.merge_cases(shop.desk, kept, other, choices=choices, now=shop.now)


def listed(shop):
    return [row.customer_id for row in customer_lists.alike(shop.desk, "", most=50)]


@pytest.fixture
def two(shop):
    """Ada Obi and Ada Obi-Ray: one person, with a case, a voucher and a visit each."""
    first = shop.case(name="Ada Obi", phone="07700 900123")
    second = shop.case(name="Ada Obi-Ray", email="ada@example.org", words="The lid is loose.")
    for case_id in (first, second):
        shop.voucher(case_id=case_id)
        visits.log(shop.desk, whose(shop, case_id), now=shop.now, amount="9.00")
    return whose(shop, first), whose(shop, second)


def test_everything_of_one_customer_moves_to_the_other(shop, two):
    kept, other = two
    moving = merges.moving_with_customer(shop.desk, other)
    assert (moving.cases, moving.vouchers, moving.visits) == (1, 1, 1)

    merge_customers(shop, kept, other)

    view = customer_pages.view(shop.desk, kept)
    assert (len(view.cases), len(view.vouchers), len(view.visits)) == (2, 2, 2)
    assert view.email == "ada@example.org"  # it was empty
    assert listed(shop) == [kept]
    assert customer_pages.view(shop.desk, other).customer_id == kept


def test_the_winner_is_picked_field_by_field(shop, two):
    kept, other = two
    about = {"likes": "tea", "note": "rings late", "postcode": "B1", "town": "Bath"}
    customers.change(shop.desk, kept, CustomerEntry("Ada Obi", phone="07700 900123", **about))
    entry = CustomerEntry("Ada Obi-Ray", likes="cake", note="has a dog", address="1 Quay")
    customers.change(shop.desk, other, entry)
    merge_customers(
        shop, kept, other, name=Side.OTHER, likes=Side.BOTH, note=Side.OTHER, phone=Side.OTHER
    )
    view = customer_pages.view(shop.desk, kept)
    assert (view.name, view.likes, view.note) == ("Ada Obi-Ray", "tea\n\ncake", "has a dog")
    assert view.phone == "07700 900123"  # the other had none
    assert (view.address, view.postcode, view.town) == ("", "B1", "Bath")  # one field, and it stays


def test_an_old_phone_and_an_old_name_still_find_them(shop, two):
    kept, other = two
    merge_customers(shop, other, kept, phone=Side.KEPT)
    for typed in ("0123", "Ada Obi"):
        (found,) = customer_lists.alike(shop.desk, typed)
        assert found.customer_id == other
    assert customer_lists.ids(shop.desk) == [other]
    assert visits.log(shop.desk, other, now=shop.now) is None


def test_who_became_one_is_not_offered_again(shop, two):
    kept, other = two
    merge_customers(shop, kept, other)
    again = shop.case(name="Ada Obi-Ray")
    assert whose(shop, again) not in two  # the name is free; nobody is forced


def test_merging_into_oneself_twice_or_with_nobody_is_refused(shop, two):
    kept, other = two
    with pytest.raises(NotAllowedError, match="same customer"):
        merge_customers(shop, kept, kept)
    merge_customers(shop, kept, other)
    for pair in ((kept, other), (other, kept)):
        with pytest.raises(NotAllowedError, match="merged already"):
            merge_customers(shop, *pair)
    with pytest.raises(NotFoundError):
        merge_customers(shop, kept, 999)


def test_three_that_were_one_all_lead_to_the_last(shop, two):
    kept, other = two
    third = shop.customer("A. Obi")
    merge_customers(shop, kept, other)
    merge_customers(shop, third, kept)
    for customer_id in two:
        assert customer_pages.view(shop.desk, customer_id).customer_id == third


def test_do_not_contact_is_never_lost(shop, two):
    kept, other = two
    with shop.desk.changing(Topic.CUSTOMERS, "They asked"):
        row = customers.customer_by_id(other)
        row.do_not_contact, row.do_not_contact_why = True, "by letter"
        row.save()
    merge_customers(shop, kept, other)
    with shop.desk.reading():
        row = customers.customer_by_id(kept)
        assert (row.do_not_contact, row.do_not_contact_why) == (True, "by letter")


def test_what_was_planned_obeys_the_wish_that_came_with_a_merge(shop, two):
    kept, other = two
    preferences.leave_alone(shop.desk, other, asked=True, now=shop.now)
    day = shop.now.date() + timedelta(days=3)
    reminder = follow_ups.remind(shop.desk, "Ring her", on=day, now=shop.now, customer_id=kept)
    merge_customers(shop, kept, other)
    with shop.desk.reading():
        assert FollowUp.get_by_id(reminder).status == FollowUpStatus.SKIPPED


@pytest.fixture
def same(shop):
    """Two cases of Ada's that are the same; the second an hour later."""
    first = shop.case(words="The kettle leaks.", severity=Severity.ANNOYED)
    shop.later(hours=1)
    second = shop.case(words="Water runs out of it.", severity=Severity.ANNOYED)
    shop.later(hours=1)
    return first, second


def planned(shop):
    agenda = agendas.agenda(shop.desk, now=shop.now, days=400)
    return [*agenda.late, *agenda.today, *agenda.ahead]


def test_what_was_said_in_both_stands_in_time_order(shop, same):
    first, second = same
    for nth, case_id in enumerate((second, first, second)):
        contacts.log(shop.desk, case_id, ContactEntry(words=f"call {nth}"), now=shop.later(hours=1))
    merge_cases(shop, first, second)
    view = shop.view(first)
    assert [one.words for one in reversed(view.contacts)] == ["call 0", "call 1", "call 2"]
    assert view.words == "The kettle leaks.\n\nWater runs out of it."
    assert view.first_contact_at == shop.now - timedelta(hours=2)


def test_the_old_number_finds_the_case_and_its_page(shop, same):
    first, second = same
    number = shop.view(second).number
    merge_cases(shop, first, second)
    assert cases.id_of(shop.desk, number) == first
    assert cases.id_of(shop.desk, "2") == first
    assert shop.view(second).case_id == first
    assert [hit.item_id for hit in search.find(shop.desk, number)] == [first]


def test_only_one_of_the_two_is_listed_counted_and_due(shop, same):
    first, second = same
    cause = causes.add(shop.desk, "Leaks")
    with shop.desk.changing(Topic.CASES, "Set the cause"):
        Case.update(cause=cause).execute()
    merge_cases(shop, first, second)
    assert list(case_lists.ids(shop.desk, CaseFilter("all"), now=shop.now)) == [first]
    totals = case_lists.totals(shop.desk, now=shop.now)
    assert (totals.counts["all"], totals.counts["open"]) == (1, 1)
    assert {row.case_id for row in planned(shop)} == {first}
    assert next(one.cases for one in causes.all_causes(shop.desk) if one.cause_id == cause) == 1
    assert len(customer_pages.view(shop.desk, whose(shop, first)).cases) == 1
    (row,) = customer_lists.alike(shop.desk, "Ada")
    assert (row.cases, row.open_cases) == (1, 1)


def test_promises_and_reminders_are_kept_whichever_case_they_were_given_in(shop, same):
    first, second = same
    by = shop.later(hours=1) + timedelta(hours=3)
    contacts.log(shop.desk, second, ContactEntry(words="Rang."), now=shop.now, next_word_by=by)
    on = shop.now.date() + timedelta(days=9)
    follow_ups.remind(shop.desk, "Order the seal", on=on, now=shop.now, case_id=second)
    merge_cases(shop, first, second)
    view = shop.view(first)
    assert [one.promised_at for one in view.promises] == [by]
    assert "Order the seal" in {row.title for row in planned(shop)}
    tally = promises.tally(shop.desk, now=shop.now)
    assert tally.kept + tally.late + tally.broken == 0


def test_the_plan_of_the_one_that_went_ends_with_a_reason(shop, same):
    first, second = same
    steps = {step.follow_up_id for step in shop.view(second).plan}
    merge_cases(shop, first, second)
    with shop.desk.reading():
        rows = list(FollowUp.select().where(FollowUp.id.in_(list(steps))))
    assert {row.status for row in rows} == {FollowUpStatus.SKIPPED}
    assert {row.end_words for row in rows} == {f"merged into {shop.view(first).number}"}


def test_fields_of_a_case_can_be_chosen(shop, same):
    first, second = same
    story = Story("The kettle leaks.", "It leaks at the seal.", feeling="cross")
    cases.tell(shop.desk, first, story, now=shop.now)
    story = Story("Water runs out of it.", "Water runs out.", agreed=True, our_part="no check")
    cases.tell(shop.desk, second, story, now=shop.now)
    merge_cases(shop, first, second, words=Side.OTHER, restatement=Side.OTHER, severity=Side.OTHER)
    view = shop.view(first)
    assert (view.words, view.restatement) == ("Water runs out of it.", "Water runs out.")
    assert (view.feeling, view.our_part) == ("cross", "no check")
    assert view.severity is Severity.UPSET  # the second counted as one
    assert view.restatement_agreed_at == shop.now


def test_what_they_agreed_to_in_the_other_counts_for_the_same_words(shop, same):
    first, second = same
    said = Story("The kettle leaks.", "It leaks.", agreed=True)
    cases.tell(shop.desk, second, said, now=shop.now)
    merge_cases(shop, first, second)
    view = shop.view(first)
    assert (view.restatement, view.restatement_agreed_at) == ("It leaks.", shop.now)


def test_the_clock_runs_from_the_first_word_of_the_two(shop, same):
    first, second = same
    due = [shop.view(case_id).first_contact_due_at for case_id in same]
    merge_cases(shop, second, first)
    assert shop.view(second).first_contact_due_at == min(due)  # both were promised
    assert shop.view(second).opened_at == shop.now - timedelta(hours=2)


def test_a_merged_case_is_no_failure_before_the_next(shop, same):
    first, second = same
    merge_cases(shop, first, second)
    earlier = alarms.second_failure(shop.desk, whose(shop, first), now=shop.now)
    assert earlier.case_id == first


def test_cases_that_cant_be_one_are_refused(shop, same):
    first, second = same
    with pytest.raises(NotAllowedError, match="same case"):
        merge_cases(shop, first, first)
    with pytest.raises(NotAllowedError, match="two customers") as refused:
        merge_cases(shop, first, shop.case(name="Ben Ray"))
    assert "incident" in refused.value.advice
    ending = Ending(Outcome.UNREACHABLE, skip_why="gone")
    cases.close(shop.desk, first, ending, now=shop.now)
    with pytest.raises(NotAllowedError, match="is closed, and"):
        merge_cases(shop, first, second)
    merge_cases(shop, second, first)
    with pytest.raises(NotAllowedError, match="merged already"):
        merge_cases(shop, second, first)
    assert shop.view(second).status is Status.OPEN


def test_a_third_case_merged_before_follows_along(shop, same):
    first, second = same
    third = shop.case(words="Still wet.")
    merge_cases(shop, second, third)
    merge_cases(shop, first, second)
    assert shop.view(third).case_id == first


def test_the_higher_severity_is_proposed():
    assert merges.severity_of_both(Severity.UPSET, Severity.ANNOYED) is Severity.UPSET
    assert merges.severity_of_both(Severity.ANNOYED, Severity.UPSET) is Severity.UPSET


def test_what_would_move_is_known_before(shop, same):
    first, second = same
    contacts.log(shop.desk, second, ContactEntry(reach=Reach.NO_ANSWER), now=shop.now)
    assert merges.moving_with_case(shop.desk, second).contacts == 1
    assert merges.moving_with_case(shop.desk, first).contacts == 0


def call(shop, case_id, now):
    contacts.log(shop.desk, case_id, ContactEntry(words="Rang."), now=now)


def promise(shop, case_id, now):
    entry = ContactEntry(words="Rang.")
    contacts.log(shop.desk, case_id, entry, now=now, next_word_by=now + timedelta(days=1))


def close(shop, case_id, now):
    ending = Ending(Outcome.UNREACHABLE, skip_why="gone")
    cases.close(shop.desk, case_id, ending, now=now)


def remind(shop, case_id, now):
    on = now.date() + timedelta(days=9)
    follow_ups.remind(shop.desk, "Look", on=on, now=now, case_id=case_id)


def tell(shop, case_id, now):
    """Tell of the newest fix, made if there is none; each customer once."""
    with shop.desk.reading():
        fix = CorrectiveAction.select(CorrectiveAction.id).scalar()
    fix = fix or corrections.plan(shop.desk, case_id, CorrectionEntry("Seal it"), now=now)
    with shop.desk.changing(Topic.CORRECTIONS, "Tell them"):
        FixNews.insert(
            correction=fix, customer=whose(shop, case_id), case=case_id, way=Way.CALL, at=now
        ).on_conflict_ignore().execute()


def suggest(shop, case_id, now):
    idea = ideas.add(shop.desk, "Seal it", IdeaSource.CUSTOMER, case_id=case_id, now=now)
    ideas.adopt(shop.desk, idea, now=now)
    ideas.add(shop.desk, "Seal it twice", IdeaSource.STAFF, who="Kim", case_id=case_id, now=now)


DEEDS = {
    "tell": tell,
    "suggest": suggest,
    "no idea": lambda shop, case_id, now: ideas.ask_done(shop.desk, case_id, now=now),
    "answer": lambda shop, case_id, now: feedbacks.record_answers(
        shop.desk, case_id, FeedbackEntry(fair=4), now=now
    ),
    "call": call,
    "promise": promise,
    "close": close,
    "remind": remind,
    "agree": lambda shop, case_id, _now: shop.agreed(case_id, value_cents=900),
    "hand over": lambda shop, case_id, _now: shop.hand_over(case_id),
    "voucher": lambda shop, case_id, _now: shop.voucher(case_id=case_id),
    "resolve": lambda shop, case_id, now: cases.resolve(
        shop.desk, case_id, now=now, not_agreed_why="by post"
    ),
    "why": lambda shop, case_id, now: causes.write_down(
        shop.desk, case_id, ["The seal is thin"], cause_id=None, now=now
    ),
}


def do(shop, deed, case_id):
    with suppress(NotAllowedError):  # not from where it stands
        DEEDS[deed](shop, case_id, shop.later(minutes=7))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    deeds=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.booleans()), max_size=8),
    sides=st.lists(st.sampled_from(list(Side)), min_size=7, max_size=7),
    of_customers=st.booleans(),
    turned=st.booleans(),
)
def test_merge_and_undo_give_back_the_same_desk(shop, deeds, sides, of_customers, turned):
    names = ("Ada Obi", "Ada Ray") if of_customers else ("Ada Obi", "Ada Obi")
    pair = [shop.case(name=name, words=f"{name} says it leaks.") for name in names]
    for deed, second in deeds:
        do(shop, deed, pair[second])
    if turned:
        pair.reverse()
    before = dump(shop.desk)
    fields = merges.CUSTOMER_FIELDS if of_customers else merges.CASE_FIELDS
    choices = dict(zip(fields, sides, strict=False))
    if of_customers:
        merge_customers(shop, *(whose(shop, case_id) for case_id in pair), **choices)
    else:
        try:
            merge_cases(shop, *pair, **choices)
        except NotAllowedError:
            assert dump(shop.desk) == before
            return
    after = dump(shop.desk)
    assert after != before

    shop.desk.undo()
    assert dump(shop.desk) == before
    shop.desk.undo(shop.desk.last_redoable().id)
    assert dump(shop.desk) == after


def test_what_is_still_written_to_a_merged_case_reaches_what_it_has_become(shop, same):
    kept, other = same
    merge_cases(shop, kept, other)
    contacts.log(shop.desk, other, ContactEntry(words="Rang about the kettle."), now=shop.now)
    day = shop.now.date() + timedelta(days=3)
    follow_ups.remind(shop.desk, "Ring again", on=day, now=shop.now, case_id=other)
    with shop.desk.reading():
        assert not Contact.select().where(Contact.case == other).exists()
        planned = (FollowUp.case == other) & (FollowUp.status == FollowUpStatus.PLANNED)
        assert not FollowUp.select().where(planned).exists()


def test_what_is_still_written_to_a_merged_customer_reaches_whom_they_have_become(shop, two):
    kept, other = two
    merge_customers(shop, kept, other)
    visits.log(shop.desk, other, now=shop.now, amount="5.00")
    second_chances.add(shop.desk, other, "She smiled.", now=shop.now)
    logged = intake.log(
        shop.desk, Intake(CustomerEntry("Ada"), "Cold.", customer_id=other), now=shop.now
    )
    assert whose(shop, logged.case_id) == kept
    with shop.desk.reading():
        for table in (Visit, PositiveEvent, Case):
            assert not table.select().where(table.customer == other).exists()


# What a merge must not pretend


def restate(shop, case_id, text, *, agreed):
    cases.tell(shop.desk, case_id, Story("Cold.", text, agreed=agreed), now=shop.now)


@pytest.mark.parametrize("side", [Side.OTHER, Side.BOTH])
def test_nobody_agreed_to_words_they_never_heard(shop, same, side):
    first, second = same
    restate(shop, first, "It leaked.", agreed=True)
    restate(shop, second, "It leaked twice.", agreed=False)
    merge_cases(shop, first, second, restatement=side)
    assert shop.view(first).restatement_agreed_at is None


@pytest.mark.parametrize("given", [0, 1])
def test_what_is_still_owed_in_either_is_not_called_handed_over(shop, same, given):
    first, second = same
    for nth, case_id in enumerate(same):
        shop.agreed(case_id, words=f"Refund {nth}")
        if nth == given:
            shop.hand_over(case_id)
    merge_cases(shop, first, second)
    view = shop.view(first)
    assert view.handed_over_at is None
    assert any(
        step.status is FollowUpStatus.PLANNED and step.fact == "handed_over" for step in view.plan
    )


def test_what_is_known_about_the_other_is_kept(shop, same):
    first, second = same
    with shop.desk.changing(Topic.CASES, "Known"):
        Case.update(
            fault="ours", good_faith="unclear", good_faith_reason="Three in a week",
            confirmed_at=shop.now, channel="review", review_site="Maps", review_stars=2,
        ).where(Case.id == second).execute()  # fmt: skip
    merge_cases(shop, first, second, channel=Side.OTHER, words=Side.OTHER)
    with shop.desk.reading():
        row = Case.get_by_id(first)
        assert (row.fault, row.good_faith, row.good_faith_reason) == (
            "ours", "unclear", "Three in a week",
        )  # fmt: skip
        assert (row.channel, row.review_site, row.review_stars) == ("review", "Maps", 2)
        assert row.confirmed_at == shop.now
        assert row.summary == "Water runs out of it."


def test_a_case_that_is_not_over_never_ends_in_one_that_is(shop, same):
    first, second = same
    cases.apologise(shop.desk, first, now=shop.now, not_agreed_why="in a hurry")
    cases.resolve(shop.desk, first, now=shop.now)
    with pytest.raises(NotAllowedError, match="is resolved"):
        merge_cases(shop, first, second)


def test_the_more_upset_of_two_is_rung_the_sooner(shop):
    first = shop.case(severity=Severity.ANNOYED)
    second = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    due = shop.view(second).first_contact_due_at
    merge_cases(shop, first, second, severity=Side.OTHER)
    view = shop.view(first)
    assert view.severity is Severity.ABOUT_TO_LEAVE
    assert view.first_contact_due_at <= due


@pytest.mark.parametrize("open_one", [0, 1])
def test_it_is_safe_once_neither_is_open(shop, open_one):
    both = [shop.case(safety_flag=True), shop.case(safety_flag=True, words="Hot.")]
    follow_ups.make_safe(shop.desk, both[1 - open_one], "Taken off the shelf.", now=shop.now)
    merge_cases(shop, *both)
    assert shop.view(both[0]).safety_done_at is None
    assert shop.step(both[0]).title.startswith("Make it safe")
    follow_ups.make_safe(shop.desk, both[0], "All of them.", now=shop.now)
    assert shop.view(both[0]).safety_done_at == shop.now


def test_cases_of_two_incidents_stay_apart(shop, same):
    for case_id in same:
        incidents.open_incident(
            shop.desk,
            incidents.IncidentEntry(f"Failure {case_id}", "It broke."),
            (),
            case_ids=[case_id],
            now=shop.now,
        )
    with pytest.raises(NotAllowedError, match="two incidents"):
        merge_cases(shop, *same)


def test_the_phone_of_whoever_was_merged_still_finds_who_they_are(shop):
    ada = shop.customer("Ada Obi", phone="07700 900123")
    old = shop.customer("Ada Ray", phone="07700 900456", note="zebra")
    merge_customers(shop, ada, old)
    (found,) = duplicates.duplicates(shop.desk, CustomerEntry("X", phone="07700900456"))
    assert found.customer_id == ada
    assert [hit.item_id for hit in search.find(shop.desk, "zebra")] == [ada]
    incident = incidents.open_incident(
        shop.desk, incidents.IncidentEntry("The oven", "It broke."), [ada, old], now=shop.now
    )
    assert len(incident_pages.view(shop.desk, incident).cases) == 1


def test_ideas_answers_and_what_they_were_told_move_with_a_customer(shop, two):
    kept, other = two
    cases_of = {
        customer: customer_pages.view(shop.desk, customer).cases[0].case_id for customer in two
    }
    for customer in two:
        tell(shop, cases_of[customer], shop.now)
        suggest(shop, cases_of[customer], shop.now)
        feedbacks.record_answers(shop.desk, cases_of[customer], FeedbackEntry(easy=5), now=shop.now)

    merge_customers(shop, kept, other)

    with shop.desk.reading():
        assert {one.customer_id for one in Feedback.select()} == {kept}
        theirs = Suggestion.select().where(Suggestion.source == IdeaSource.CUSTOMER)
        assert {one.customer_id for one in theirs} == {kept}
        assert [one.customer_id for one in FixNews.select()] == [kept]  # told once, not twice


def test_ideas_and_that_they_were_asked_move_with_a_case(shop, same):
    kept, other = same
    suggest(shop, other, shop.now)
    feedbacks.record_answers(shop.desk, other, FeedbackEntry(easy=5), now=shop.now)
    tell(shop, other, shop.now)

    merge_cases(shop, kept, other)

    view = shop.view(kept)
    assert [one.words for one in view.ideas] == ["Seal it", "Seal it twice"]
    assert view.idea_asked_at == shop.now
    assert len(feedbacks.of_case(shop.desk, kept)) == 1
    with shop.desk.reading():
        assert FixNews.get().case_id == kept
