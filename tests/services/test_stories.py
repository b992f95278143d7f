"""The story behind a follow-up, what a calling session goes through, and what came of a call."""

from datetime import date, timedelta

import pytest

from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.domain.follow_up import Act, FollowUpStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import cases, contacts, follow_ups, shop, stories, vouchers
from recoverydesk.services.cases import Story as Told
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.storage.tables import Case, Contact, Customer, FollowUp, Remedy, Voucher

TODAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def remind(shop, title="Ring them", **about):
    return follow_ups.remind(shop.desk, title, on=TODAY, now=shop.now, **about)


def story(shop, follow_up_id):
    return stories.of_follow_up(shop.desk, follow_up_id, now=shop.now)


def log(shop, case_id, reach=Reach.REACHED, **entry):
    contacts.log(shop.desk, case_id, ContactEntry(reach=reach, **entry), now=shop.now)


def change(shop, table, row_id, **columns):
    with shop.desk.reading():
        table.update(**columns).where(table.id == row_id).execute()


def row(shop, follow_up_id):
    with shop.desk.reading():
        return FollowUp.get_by_id(follow_up_id)


def all_contacts(shop):
    with shop.desk.reading():
        return list(Contact.select().order_by(Contact.id))


def agreed_case(shop, **entry):
    """A case whose customer said that we understood it right."""
    case_id = shop.case(**entry)
    log(shop, case_id)
    told = Told("It leaks.", "It leaks.", agreed=True)
    cases.tell(shop.desk, case_id, told, now=shop.now)
    return case_id


def test_the_story_tells_who_what_and_how_to_go_about_it(shop):
    case_id = shop.case(name="Ada Obi", phone="07700 900123", email="ada@example.org")
    step = shop.step(case_id)
    change(
        shop, Customer, shop.view(case_id).customer_id,
        likes="Green tea", best_time="after 5", preferred_way="call",
    )  # fmt: skip

    told = story(shop, step.follow_up_id)

    assert (told.title, told.act, told.reason) == (step.title, step.act, step.reason)
    assert (told.due_at, told.due_on, told.timed) == (step.due_at, step.due_on, step.timed)
    assert (told.name, told.greeting, told.phone) == ("Ada Obi", "Ada", "07700 900123")
    assert (told.email, told.likes, told.best_time) == ("ada@example.org", "Green tea", "after 5")
    assert told.preferred_way is Way.CALL
    assert (told.case_id, told.summary) == (case_id, "The kettle leaks.")
    assert told.severity is shop.view(case_id).severity
    assert (told.coach, told.say) == (step.coach, step.say)
    assert (told.not_say, told.source) == (step.not_say, step.source)
    assert told.planned
    assert told.for_session


def test_what_is_no_longer_on_the_desk_has_no_story(shop):
    with pytest.raises(NotFoundError, match="no longer on the desk"):
        story(shop, 99)


def test_a_reminder_about_nobody_is_a_title_only(shop):
    told = story(shop, remind(shop, "Order lids"))
    assert (told.title, told.case_id, told.customer_id, told.say) == ("Order lids", None, None, "")
    assert not told.for_session


def test_a_step_that_no_playbook_knows_says_nothing(shop):
    case_id = shop.case()
    step = shop.step(case_id).follow_up_id
    change(shop, FollowUp, step, step_key="long_gone")
    assert story(shop, step).coach == ""


def test_the_last_three_contacts_are_told_whatever_they_were_about(shop):
    first = shop.case(name="Ada Obi", phone="07700 900123")
    for words in ("One", "Two"):
        log(shop, first, words=words)
    second = shop.case(name="Ada Obi", phone="07700 900123", words="The lid broke.")
    log(shop, second, words="Three", mood=Mood.UNHAPPY, way=Way.VISIT)
    follow_ups.no_answer(shop.desk, remind(shop, case_id=second), now=shop.now, note="Four")

    told = story(shop, shop.step(second).follow_up_id)

    assert [one.words for one in told.contacts] == ["Four", "Three", "Two"]
    assert (told.contacts[0].reach, told.contacts[0].mood) == (Reach.NO_ANSWER, None)
    assert (told.contacts[1].way, told.contacts[1].mood) == (Way.VISIT, Mood.UNHAPPY)
    assert told.contacts[1].person == "Mia Ray"


def test_a_contact_that_nobody_signed_is_told_all_the_same(shop):
    shop.desk.person_id = None
    case_id = shop.case()
    log(shop, case_id)
    assert story(shop, shop.step(case_id).follow_up_id).contacts[0].person == ""


def test_calls_in_vain_are_counted_since_somebody_answered_or_word_was_left(shop):
    case_id = shop.case()
    step = shop.step(case_id).follow_up_id
    log(shop, case_id, Reach.NO_ANSWER)
    log(shop, case_id, Reach.LEFT_WORD)
    assert story(shop, step).no_answers == 0
    log(shop, case_id, Reach.NO_ANSWER)
    log(shop, case_id, Reach.NO_ANSWER)
    assert story(shop, step).no_answers == 2
    log(shop, case_id, direction=Direction.IN)
    assert story(shop, step).no_answers == 0


def test_the_next_promise_still_to_be_kept_is_told_and_whether_it_is_broken(shop):
    case_id = agreed_case(shop)
    for hours in (4, 2):
        by = shop.now + timedelta(hours=hours)
        entry = ContactEntry(reach=Reach.NO_ANSWER)
        contacts.log(shop.desk, case_id, entry, now=shop.now, next_word_by=by)
    step = shop.step(case_id).follow_up_id
    first = story(shop, step).promise
    assert first.promised_at == shop.now + timedelta(hours=2)
    assert not story(shop, step).promise_broken
    shop.later(hours=3)
    assert story(shop, step).promise_broken
    log(shop, case_id)
    assert story(shop, step).promise is None


class TestUnused:
    def unused(self, shop, case_id):
        return story(shop, shop.step(case_id).follow_up_id).remedies

    def test_what_was_agreed_is_unused_until_it_is_handed_over(self, shop):
        case_id = shop.case()
        shop.agreed(case_id, words="The money back", value_cents=1200)
        (one,) = self.unused(shop, case_id)
        assert (one.words, one.value_cents, one.left_cents) == ("The money back", 1200, None)
        assert (one.code, one.valid_to) == ("", None)
        shop.hand_over(case_id)
        assert self.unused(shop, case_id) == ()

    def test_a_voucher_tells_what_is_left_of_it_until_when_and_its_code(self, shop):
        case_id = shop.case()
        issued = shop.voucher(case_id=case_id, valid_to=date(2026, 6, 1))
        vouchers.redeem(shop.desk, issued.code, now=shop.now, amount_cents=1000)
        (one,) = self.unused(shop, case_id)
        assert (one.left_cents, one.valid_to, one.code) == (
            1500,
            date(2026, 6, 1),
            issued.shown_code,
        )
        vouchers.redeem(shop.desk, issued.code, now=shop.now)
        assert self.unused(shop, case_id) == ()

    def test_what_runs_out_first_comes_first_and_what_ran_out_is_not_told(self, shop):
        case_id = shop.case()
        shop.agreed(case_id, words="A mended kettle")
        shop.voucher(case_id=case_id, words="Late", valid_to=date(2026, 9, 1))
        shop.voucher(case_id=case_id, words="Soon", valid_to=date(2026, 3, 2))
        assert [one.words for one in self.unused(shop, case_id)] == [
            "Soon", "Late", "A mended kettle",
        ]  # fmt: skip
        shop.later(days=1)
        assert "Soon" not in [one.words for one in self.unused(shop, case_id)]

    def test_a_void_code_and_a_remedy_taken_back_are_not_told(self, shop):
        case_id = shop.case()
        issued = shop.voucher(case_id=case_id)
        shop.agreed(case_id, words="The money back")
        change(shop, Voucher, issued.voucher_id, voided_at=shop.now)
        with shop.desk.reading():
            Remedy.update(status="void").execute()
        assert self.unused(shop, case_id) == ()


class TestSession:
    def items(self, shop):
        return stories.session_items(shop.desk, now=shop.now)

    def test_it_goes_through_the_late_then_todays_that_turn_to_a_customer(self, shop):
        customer = shop.customer()
        letter = remind(shop, "Write", customer_id=customer, act=Act.WRITE)
        remind(shop, "Mend it", customer_id=customer, act=Act.FIX)
        remind(shop, "Order lids")
        shop.later(days=1)
        call = follow_ups.remind(
            shop.desk, "Call", on=TUESDAY, now=shop.now, customer_id=customer, act=Act.TALK
        )
        follow_ups.remind(shop.desk, "Later", on=date(2026, 3, 5), now=shop.now,
                          customer_id=customer)  # fmt: skip
        assert self.items(shop) == (letter, call)

    def test_it_leaves_out_whose_turn_it_is_and_who_wants_to_be_left_alone(self, shop):
        waiting = shop.case(name="Ada Obi")
        remind(shop, case_id=waiting)
        cases.wait_for_customer(shop.desk, waiting, waiting=True, now=shop.now)
        alone = shop.case(name="Ben Ito")
        left = remind(shop, case_id=alone)
        assert set(self.items(shop)) == {left, shop.step(alone).follow_up_id}
        change(shop, Customer, shop.view(alone).customer_id, do_not_contact=True)
        hours = shop_hours(shop)
        assert stories.session_items(shop.desk, now=shop.now, hours=hours) == ()
        assert not story(shop, left).for_session

    def test_a_story_knows_whether_a_session_would_come_to_it(self, shop):
        case_id = shop.case()
        call = remind(shop, case_id=case_id)
        fix = remind(shop, case_id=case_id, act=Act.FIX)
        assert (story(shop, call).for_session, story(shop, fix).for_session) == (True, False)
        cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
        assert not story(shop, call).for_session
        cases.wait_for_customer(shop.desk, case_id, waiting=False, now=shop.now)
        follow_ups.no_answer(shop.desk, call, now=shop.now)
        assert (story(shop, call).for_session, story(shop, call).planned) == (False, True)
        shop.later(days=1)
        follow_ups.complete(shop.desk, call, now=shop.now)
        assert (story(shop, call).for_session, story(shop, call).planned) == (False, False)

    def test_what_has_no_date_yet_is_not_for_the_session(self, shop):
        case_id = shop.case()
        with shop.desk.reading():
            undated = FollowUp.get(FollowUp.case == case_id, FollowUp.due_on.is_null()).id
        assert not story(shop, undated).for_session


def shop_hours(shop_):
    return shop.view(shop_.desk).hours


@pytest.mark.parametrize(
    ("act", "preferred", "way"),
    [
        (Act.CALL, None, Way.CALL),
        (Act.CALL, "email", Way.CALL),
        (Act.GREET, None, Way.VISIT),
        (Act.WRITE, None, Way.MESSAGE),
        (Act.WRITE, "call", Way.MESSAGE),
        (Act.WRITE, "letter", Way.LETTER),
    ],
)
def test_the_way_follows_from_what_there_is_to_do(shop, act, preferred, way):
    customer = shop.customer()
    change(shop, Customer, customer, preferred_way=preferred)
    item = remind(shop, customer_id=customer, act=act)
    assert story(shop, item).way is way
    stories.reached(shop.desk, item, now=shop.now)
    assert all_contacts(shop)[0].way == way


def test_reaching_somebody_is_one_change_and_undo_takes_back_both_rows(shop):
    case_id = agreed_case(shop)
    item = remind(shop, case_id=case_id)
    before = len(all_contacts(shop))

    stories.reached(shop.desk, item, now=shop.now, words="Glad we rang.", mood=Mood.PLEASED)

    last = all_contacts(shop)[-1]
    assert (last.words, last.mood, last.reach) == ("Glad we rang.", Mood.PLEASED, Reach.REACHED)
    assert row(shop, item).status == FollowUpStatus.DONE
    assert shop.desk.last_undoable().words == "Reached Ada Obi"
    shop.desk.undo()
    assert len(all_contacts(shop)) == before
    assert row(shop, item).status == FollowUpStatus.PLANNED


def test_a_call_that_was_promised_is_kept_by_reaching_them(shop):
    case_id = agreed_case(shop)
    by = shop.now + timedelta(hours=3)
    entry = ContactEntry(reach=Reach.NO_ANSWER)
    contacts.log(shop.desk, case_id, entry, now=shop.now, next_word_by=by)
    promise = story(shop, shop.step(case_id).follow_up_id).promise.follow_up_id
    stories.reached(shop.desk, promise, now=shop.now)
    assert row(shop, promise).status == FollowUpStatus.DONE


def test_a_customer_without_a_case_is_reached_too(shop):
    item = remind(shop, customer_id=shop.customer())
    stories.reached(shop.desk, item, now=shop.now, words="All well.")
    (one,) = all_contacts(shop)
    assert (one.words, one.case_id, one.direction) == ("All well.", None, Direction.OUT)


def test_what_is_about_nobody_is_done_with_its_note(shop):
    item = remind(shop)
    stories.reached(shop.desk, item, now=shop.now, words="Ordered.")
    assert (row(shop, item).end_words, all_contacts(shop)) == ("Ordered.", [])


def test_a_step_that_has_to_ask_first_saves_nothing(shop):
    case_id = shop.case()
    step = shop.step(case_id).follow_up_id
    with pytest.raises(InvalidEntryError) as told:
        stories.reached(shop.desk, step, now=shop.now, words="He was calm.")
    assert told.value.field == "not_agreed_why"
    assert all_contacts(shop) == []
    assert row(shop, step).status == FollowUpStatus.PLANNED


def test_words_that_are_too_long_save_nothing(shop):
    item = remind(shop, customer_id=shop.customer())
    with pytest.raises(InvalidEntryError, match="too long"):
        stories.reached(shop.desk, item, now=shop.now, words="a" * 10_001)
    assert row(shop, item).status == FollowUpStatus.PLANNED


def test_left_word_comes_back_the_next_opening_day_with_one_undo(shop):
    case_id = agreed_case(shop)
    item = remind(shop, case_id=case_id)
    stories.left_word(shop.desk, item, now=shop.now, words="On the machine.")
    assert (row(shop, item).due_on, row(shop, item).put_offs) == (TUESDAY, 1)
    assert all_contacts(shop)[-1].reach == Reach.LEFT_WORD
    assert shop.desk.last_undoable().words == "Left word for Ada Obi"
    shop.desk.undo()
    assert (row(shop, item).due_on, len(all_contacts(shop))) == (TODAY, 1)


def test_a_word_left_in_time_keeps_what_was_promised_by_then(shop):
    case_id = agreed_case(shop)
    by = shop.now + timedelta(hours=3)
    entry = ContactEntry(reach=Reach.NO_ANSWER)
    contacts.log(shop.desk, case_id, entry, now=shop.now, next_word_by=by)
    promise = story(shop, shop.step(case_id).follow_up_id).promise.follow_up_id
    stories.left_word(shop.desk, promise, now=shop.now)
    assert row(shop, promise).status == FollowUpStatus.DONE


def test_word_left_for_nobody_only_puts_it_off(shop):
    item = remind(shop)
    stories.left_word(shop.desk, item, now=shop.now)
    assert (row(shop, item).due_on, all_contacts(shop)) == (TUESDAY, [])


@pytest.mark.parametrize("enter", [stories.reached, stories.left_word])
def test_what_was_dealt_with_elsewhere_is_refused_whole(shop, enter):
    item = remind(shop, customer_id=shop.customer())
    follow_ups.complete(shop.desk, item, now=shop.now)
    with pytest.raises(NotAllowedError, match="dealt with already"):
        enter(shop.desk, item, now=shop.now)
    with pytest.raises(NotFoundError):
        enter(shop.desk, 99, now=shop.now)
    assert all_contacts(shop) == []


def test_a_story_takes_nine_queries_however_much_has_happened(shop):
    case_id = agreed_case(shop)
    for number in range(20):
        log(shop, case_id, Reach.NO_ANSWER, words=str(number))
        shop.voucher(case_id=case_id)
    with shop.desk.reading():
        assert Case.select().count() == 1
    step = shop.step(case_id).follow_up_id
    asked = []
    with shop.desk.reading():
        connection = shop.desk._db.connection()
        connection.set_trace_callback(asked.append)
        told = story(shop, step)
        connection.set_trace_callback(None)
    assert len(told.remedies) == 20
    assert len([sql for sql in asked if sql.startswith("SELECT")]) <= 9


def test_a_session_takes_three_queries(shop):
    shop.case()
    asked = []
    with shop.desk.reading():
        connection = shop.desk._db.connection()
        connection.set_trace_callback(asked.append)
        stories.session_items(shop.desk, now=shop.now)
        connection.set_trace_callback(None)
    assert len([sql for sql in asked if sql.startswith("SELECT")]) == 3
