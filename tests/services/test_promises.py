"""A dated word on paper falls due on Today, and is kept by the word that reaches them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.case import Severity
from recoverydesk.domain.contact import Direction, Reach, Way
from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus
from recoverydesk.domain.playbook import Condition
from recoverydesk.domain.promise import PromiseState, state_of
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import (
    agendas,
    alarms,
    cases,
    contacts,
    customers,
    follow_ups,
    letters,
    mails,
    papers,
    playbooks,
    slips,
    updates,
)
from recoverydesk.services import promises as promises_service
from recoverydesk.services import shop as services_shop
from recoverydesk.services.cases import Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.playbooks import PlaybookEntry
from recoverydesk.storage.tables import FollowUp
from recoverydesk.topics import Topic

CALL = ContactEntry(words="Rang.")


def promises(shop):
    with shop.desk.reading():
        return list(
            FollowUp.select().where(FollowUp.kind == FollowUpKind.PROMISE).order_by(FollowUp.id)
        )


def send(shop, case_id, template, status=DocumentStatus.PRINTED, change=str):
    draft = letters.compose(shop.desk, case_id, template=template, now=shop.now)
    draft = replace(draft, body=change(draft.body))
    paper = letters.paper(shop.desk, draft, now=shop.now)
    return papers.keep(shop.desk, paper, status, now=shop.now)


def hand_slip(shop, case_id):
    paper = slips.acknowledgement(shop.desk, case_id, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)


def case_heard(shop):
    """A case whose next step is no word with the customer."""
    case_id = shop.case()
    contacts.log(shop.desk, case_id, CALL, now=shop.now)
    cases.tell(shop.desk, case_id, Story("It leaks.", "It leaks.", agreed=True), now=shop.now)
    cases.apologise(shop.desk, case_id, now=shop.now)
    with shop.desk.changing(Topic.FOLLOW_UPS, "No other word is planned"):
        FollowUp.update(act=Act.FIX).execute()
    return case_id


def test_the_first_word_that_a_slip_promises_is_planned_already(shop):
    case_id = shop.case()
    hand_slip(shop, case_id)
    assert promises(shop) == []
    assert shop.view(case_id).next_due_at == shop.view(case_id).first_contact_due_at


def test_a_slip_promises_a_word_by_its_hour(shop):
    case_id = case_heard(shop)
    until = shop.view(case_id).next_due_at
    shop.later(minutes=5)
    hand_slip(shop, case_id)

    (promise,) = promises(shop)
    assert promise.promised_at == until
    assert (promise.timed, promise.title) == (True, "Call Ada, as you promised")
    shop.later(hours=2)
    contacts.log(shop.desk, case_id, CALL, now=shop.now)
    (promise,) = promises(shop)
    assert (promise.status, promise.ended_at) == (FollowUpStatus.DONE, shop.now)


@pytest.mark.parametrize(
    "entry",
    [
        ContactEntry(reach=Reach.NO_ANSWER),
        ContactEntry(direction=Direction.IN, words="Rang us again."),
    ],
    ids=["nobody answered", "they rang"],
)
def test_only_a_word_that_reaches_them_keeps_a_promise(shop, entry):
    case_id = case_heard(shop)
    hand_slip(shop, case_id)
    contacts.log(shop.desk, case_id, entry, now=shop.now)
    assert promises(shop)[0].status == FollowUpStatus.PLANNED


def test_a_call_that_a_letter_names_is_planned_for_that_day(shop):
    case_id = shop.case()
    shop.agreed(case_id)
    send(shop, case_id, "agreed")

    (promise,) = promises(shop)
    assert (promise.due_on, promise.timed) == (date(2026, 3, 16), False)
    # The next letter names the same day, and promises nothing twice.
    send(shop, case_id, "agreed")
    assert len(promises(shop)) == 1
    # An earlier word is not the call that was named.
    shop.later(days=1)
    contacts.log(shop.desk, case_id, CALL, now=shop.now)
    assert promises(shop)[0].status == FollowUpStatus.PLANNED
    shop.later(days=13)
    contacts.log(shop.desk, case_id, CALL, now=shop.now)
    assert promises(shop)[0].status == FollowUpStatus.DONE


def test_before_anything_is_agreed_any_word_until_then_keeps_it(shop):
    case_id = shop.case()
    send(shop, case_id, "still_working")
    (promise,) = promises(shop)
    assert (promise.due_on, promise.timed) == (date(2026, 3, 9), True)
    shop.later(days=1)
    contacts.log(shop.desk, case_id, CALL, now=shop.now)
    assert promises(shop)[0].status == FollowUpStatus.DONE


def test_a_day_that_was_written_over_is_no_promise(shop):
    case_id = shop.case()
    shop.agreed(case_id)
    send(shop, case_id, "agreed", change=lambda body: body.replace("16 March 2026", "Easter"))
    assert promises(shop) == []


def test_a_letter_that_was_only_saved_promises_once_it_is_sent(shop):
    case_id = shop.case()
    shop.agreed(case_id)
    document_id = send(shop, case_id, "agreed", DocumentStatus.PREPARED)
    assert promises(shop) == []
    papers.mark(shop.desk, document_id, DocumentStatus.SENT, now=shop.now)
    assert len(promises(shop)) == 1


def test_a_letter_sent_after_its_day_promises_nothing(shop):
    case_id = shop.case()
    document_id = send(shop, case_id, "still_working", DocumentStatus.PREPARED)
    shop.later(days=30)
    papers.mark(shop.desk, document_id, DocumentStatus.SENT, now=shop.now)
    assert promises(shop) == []


def test_a_slip_or_a_message_left_keeps_no_call_that_a_letter_named(shop):
    case_id = shop.case()
    shop.agreed(case_id)
    send(shop, case_id, "agreed")
    shop.later(days=14)
    hand_slip(shop, case_id)
    left = ContactEntry(reach=Reach.LEFT_WORD)
    contacts.log(shop.desk, case_id, left, now=shop.now)
    assert promises(shop)[0].status == FollowUpStatus.PLANNED


def test_a_second_slip_keeps_nothing(shop):
    case_id = case_heard(shop)
    hand_slip(shop, case_id)
    hand_slip(shop, case_id)
    assert [row.status for row in promises(shop)] == [FollowUpStatus.PLANNED]


def test_still_working_is_kept_by_any_word_though_something_is_agreed(shop):
    case_id = shop.case()
    shop.agreed(case_id)
    send(shop, case_id, "still_working")
    (promise,) = promises(shop)
    assert promise.timed
    shop.later(days=1)
    contacts.log(shop.desk, case_id, ContactEntry(reach=Reach.LEFT_WORD), now=shop.now)
    assert promises(shop)[0].status == FollowUpStatus.DONE


def test_a_day_that_only_looks_like_it_is_no_promise(shop):
    case_id = shop.case()
    send(shop, case_id, "still_working", change=lambda body: body.replace("9 March", "19 March"))
    assert promises(shop) == []


def test_a_letter_that_names_no_call_promises_none(shop):
    case_id = shop.case()
    shop.agreed(case_id, words="The money back by 16 March 2026")
    send(shop, case_id, "gift_and_thanks")
    assert promises(shop) == []


def test_a_letter_by_e_mail_promises_once_it_is_sent(shop):
    case_id = shop.case(email="ada@example.org")
    draft = letters.compose(shop.desk, case_id, template="still_working", now=shop.now)
    paper = letters.paper(shop.desk, draft, now=shop.now)
    mail = mails.draft(shop.desk, paper, subject="Still working on it")
    document_id = mails.keep(shop.desk, paper, mail, now=shop.now)
    assert mails.keep(shop.desk, paper, mail, now=shop.now) == document_id
    papers.mark(shop.desk, document_id, DocumentStatus.SENT, now=shop.now)
    assert len(promises(shop)) == 1


def test_a_step_that_is_planned_for_that_day_says_that_it_is_promised(shop):
    case_id = shop.case()
    hand_slip(shop, case_id)
    with shop.desk.reading():
        (step,) = FollowUp.select().where(FollowUp.promised_at.is_null(is_null=False))
    assert step.kind == FollowUpKind.PLAN_STEP
    assert step.promised_at == shop.view(case_id).first_contact_due_at


def test_a_promise_that_was_put_off_still_says_what_was_promised(shop):
    case_id = case_heard(shop)
    hand_slip(shop, case_id)
    (promise,) = promises(shop)
    follow_ups.move(shop.desk, promise.id, to=date(2026, 3, 5), now=shop.now)
    (moved,) = promises(shop)
    assert moved.due_on == date(2026, 3, 5)
    assert moved.promised_at == promise.promised_at
    assert moved.due_at > promise.due_at == promise.promised_at


# What was said by hand


def said_until(shop, case_id, until, **entry):
    contacts.log(shop.desk, case_id, ContactEntry(**entry), now=shop.now, next_word_by=until)


def states(shop, case_id):
    return [one.state(shop.now) for one in shop.view(case_id).promises]


def test_a_promise_is_open_then_kept_late_or_broken(shop):
    case_id = case_heard(shop)
    until = shop.now + timedelta(days=2)
    said_until(shop, case_id, until, words="Rang.")
    assert states(shop, case_id) == [PromiseState.OPEN]
    assert shop.view(case_id).next_step == "Call Ada, as you promised"
    shop.later(days=1)
    said_until(shop, case_id, shop.now + timedelta(days=1), words="Rang again.")
    assert states(shop, case_id) == [PromiseState.OPEN, PromiseState.KEPT]
    shop.later(days=2)
    assert states(shop, case_id) == [PromiseState.BROKEN, PromiseState.KEPT]
    agenda = agendas.agenda(shop.desk, now=shop.now)
    assert agenda.late[0].kind is FollowUpKind.PROMISE
    contacts.log(shop.desk, case_id, CALL, now=shop.now)
    assert states(shop, case_id) == [PromiseState.KEPT_LATE, PromiseState.KEPT]
    tally = promises_service.tally(shop.desk, now=shop.now)
    assert (tally.kept, tally.late, tally.broken, tally.of_all) == (1, 1, 0, 2)


def test_a_promise_that_was_left_out_is_withdrawn(shop):
    case_id = case_heard(shop)
    said_until(shop, case_id, shop.now + timedelta(days=2))
    (promise,) = shop.view(case_id).promises
    follow_ups.skip(shop.desk, promise.follow_up_id, why="They said no need.", now=shop.now)
    shop.later(days=9)
    assert states(shop, case_id) == [PromiseState.WITHDRAWN]
    assert promises_service.tally(shop.desk, now=shop.now).of_all == 0


@pytest.mark.parametrize(
    ("ahead", "says"),
    [(timedelta(0), "That moment is over"), (timedelta(days=400), "more than a year off")],
)
def test_a_moment_that_cannot_be_promised_is_said_and_logs_nothing(shop, ahead, says):
    case_id = shop.case()
    with pytest.raises(InvalidEntryError, match=says) as refused:
        said_until(shop, case_id, shop.now + ahead)
    assert refused.value.field == "promise"
    assert not shop.view(case_id).contacts


def test_undo_takes_a_word_and_its_promise_back_together(shop):
    case_id = case_heard(shop)
    before = shop.view(case_id)
    said_until(shop, case_id, shop.now + timedelta(days=2), words="Rang.")
    undone = shop.desk.undo()
    assert shop.view(case_id) == before
    shop.desk.undo(undone.id)
    assert states(shop, case_id) == [PromiseState.OPEN]


@given(
    at=st.integers(-500, 500),
    ended=st.none() | st.integers(-500, 500),
    status=st.sampled_from(FollowUpStatus),
    now=st.integers(-500, 500),
)
def test_a_promise_is_in_exactly_one_state(at, ended, status, now):
    zero = datetime(2026, 3, 2, tzinfo=UTC)

    def hour(count):
        return None if count is None else zero + timedelta(hours=count)

    state = state_of(hour(at), status, hour(ended), now=hour(now))
    if status is FollowUpStatus.SKIPPED:
        assert state is PromiseState.WITHDRAWN
    elif status is FollowUpStatus.DONE and ended is not None:
        assert state is (PromiseState.KEPT if ended <= at else PromiseState.KEPT_LATE)
    else:
        assert state is (PromiseState.BROKEN if now > at else PromiseState.OPEN)


# A word in between


def test_a_word_in_between_is_ready_in_the_customers_language(shop):
    case_id = shop.case()
    by = updates.usual_next_word(services_shop.view(shop.desk).hours, now=shop.now)
    assert updates.sentence(shop.desk, case_id, by) == (
        "Hello Ada, I am still working on it. You will hear from me again by"
        " Wednesday 4 March 2026, 17:30."
    )
    customers.change(
        shop.desk, shop.view(case_id).customer_id, CustomerEntry("Ada Obi", language="de")
    )
    assert updates.sentence(shop.desk, case_id, by).startswith("Guten Tag, Ada")


def test_saying_it_logs_a_word_and_promises_the_next(shop):
    case_id = case_heard(shop)
    by = shop.now + timedelta(days=2)
    updates.still_on_it(shop.desk, case_id, "Still on it.", way=Way.EMAIL, by=by, now=shop.now)
    view = shop.view(case_id)
    assert (view.contacts[0].way, view.contacts[0].reach) == (Way.EMAIL, Reach.LEFT_WORD)
    assert [one.promised_at for one in view.promises] == [by]
    assert view.last_update_at == shop.now


def test_silence_counts_opening_days_only(shop):
    hours = services_shop.view(shop.desk).hours
    friday = datetime(2026, 3, 6, 12, tzinfo=UTC)
    sunday_closed = promises_service.quiet_days(friday, now=friday + timedelta(days=3), hours=hours)
    open_days = sum(hours.is_open_on(date(2026, 3, 6) + timedelta(days=n)) for n in (1, 2, 3))
    assert sunday_closed == open_days < 3
    assert promises_service.quiet_days(friday, now=friday, hours=hours) == 0


# Promises that a step of the plan carries


def test_a_call_in_time_keeps_what_a_step_carries(shop):
    case_id = shop.settled_case()
    alarms.it_failed(shop.desk, case_id, "It leaks again.", now=shop.now)
    by = shop.step(case_id, "Ring").due_at
    contacts.log(shop.desk, case_id, ContactEntry(words="x", direction=Direction.IN), now=shop.now,
                 next_word_by=by + timedelta(minutes=1))  # fmt: skip
    contacts.log(shop.desk, case_id, ContactEntry(words="Rang."), now=shop.later(minutes=5))
    shop.later(days=9)
    tally = promises_service.tally(shop.desk, now=shop.now)
    assert (tally.kept, tally.late, tally.broken) == (1, 0, 0)


def test_a_word_left_in_time_keeps_a_promise_that_was_put_off(shop):
    case_id = shop.case()
    by = shop.now + timedelta(days=4)
    contacts.log(shop.desk, case_id, ContactEntry(words="Rang."), now=shop.now, next_word_by=by)
    row = next(one for one in shop.view(case_id).promises)
    shop.later(days=1)
    follow_ups.no_answer(shop.desk, row.follow_up_id, now=shop.now)
    word = ContactEntry(reach=Reach.LEFT_WORD, words="Left word.")
    contacts.log(shop.desk, case_id, word, now=shop.later(hours=5))
    assert [one.state(shop.now) for one in shop.view(case_id).promises] == [PromiseState.KEPT]


def test_putting_back_brings_the_hour_back(shop):
    case_id = shop.case()
    by = shop.now + timedelta(days=4)
    contacts.log(shop.desk, case_id, ContactEntry(words="Rang."), now=shop.now, next_word_by=by)
    row = shop.view(case_id).promises[0].follow_up_id
    follow_ups.move(shop.desk, row, to=by.date() + timedelta(days=3), now=shop.now)
    follow_ups.put_back(shop.desk, row, now=shop.now)
    with shop.desk.reading():
        back = FollowUp.get_by_id(row)
        assert (back.due_at, back.timed) == (by, True)


@pytest.mark.parametrize("how", ["plan", "condition"])
def test_what_was_promised_outlives_the_step_that_carried_it(shop, how):
    case_id = shop.case()
    step = shop.step(case_id)
    with shop.desk.changing(Topic.FOLLOW_UPS, "Promised"):
        FollowUp.update(promised_at=step.due_at).where(FollowUp.id == step.follow_up_id).execute()
    if how == "plan":
        cases.change_playbook(shop.desk, case_id, "small_annoyance", now=shop.now)
    else:
        view = playbooks.playbook(shop.desk, shop.view(case_id).playbook)
        only = Condition(severities=(Severity.ANNOYED,))
        steps = tuple(replace(one, only_if=only) for one in view.steps)
        entry = PlaybookEntry(view.name, view.words, view.starts, steps)
        playbooks.save(shop.desk, view.key, entry, now=shop.now)
        playbooks.adopt(shop.desk, case_id, now=shop.now)
    (promise,) = shop.view(case_id).promises
    assert (promise.promised_at, promise.status) == (step.due_at, FollowUpStatus.PLANNED)
