"""A dated word on paper falls due on Today, and is kept by the word that reaches them."""

from dataclasses import replace
from datetime import date

import pytest

from recoverydesk.domain.contact import Direction, Reach
from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus
from recoverydesk.services import cases, contacts, follow_ups, letters, mails, papers, slips
from recoverydesk.services.cases import Story
from recoverydesk.services.contacts import ContactEntry
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
