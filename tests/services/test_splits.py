"""One that is two, a case that is somebody else's, and cases that belong together."""

from io import BytesIO

import pytest
from PIL import Image

from recoverydesk.documents.incoming import take_in
from recoverydesk.domain.case import Severity
from recoverydesk.domain.contact import Way
from recoverydesk.domain.correction import IdeaSource
from recoverydesk.domain.follow_up import FollowUpKind
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import (
    attachments,
    contacts,
    corrections,
    customer_pages,
    feedbacks,
    ideas,
    links,
    merges,
    preferences,
    splits,
)
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.feedbacks import FeedbackEntry
from recoverydesk.storage.tables import Feedback, FixNews, FollowUp
from recoverydesk.topics import Topic
from tests.storage.filling import dump


def test_a_second_failure_told_in_one_breath_gets_a_case_of_its_own(shop):
    case_id = shop.case(words="The kettle leaks, and you charged me twice.")
    kettle = contacts.log(shop.desk, case_id, ContactEntry(words="On the kettle."), now=shop.now)
    money = contacts.log(
        shop.desk, case_id, ContactEntry(words="On the money."), now=shop.later(hours=1)
    )
    out = BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    (receipt,) = attachments.add(
        shop.desk, case_id, [take_in("receipt.png", out.getvalue())], now=shop.now
    )
    before = dump(shop.desk)

    other = splits.split_case(
        shop.desk, case_id, "You charged me twice.", now=shop.later(hours=1),
        contact_ids=[money], attachment_ids=[receipt],
    )  # fmt: skip

    view = shop.view(other)
    assert (view.customer, view.words) == ("Ada Obi", "You charged me twice.")
    assert [one.contact_id for one in view.contacts] == [money]
    assert [one.name for one in view.attachments] == ["receipt.png"]
    assert view.first_contact_at == view.last_update_at
    assert (view.severity, view.alarm) == (Severity.UPSET, "")  # no second failure
    assert [one.contact_id for one in shop.view(case_id).contacts] == [kettle]
    assert [one.case_id for one in view.links] == [case_id]
    assert [one.case_id for one in shop.view(case_id).links] == [other]
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_a_split_without_what_was_said_starts_its_own_clock(shop):
    case_id = shop.case()
    other = splits.split_case(shop.desk, case_id, "The lid, too.", now=shop.now)
    assert shop.view(other).first_contact_at is None
    with pytest.raises(InvalidEntryError):
        splits.split_case(shop.desk, case_id, " ", now=shop.now)


def test_a_case_moves_to_whom_it_belongs_with_all_there_is(shop):
    case_id = shop.case(name="Ada Obi")
    ada = shop.view(case_id).customer_id
    code = shop.voucher(case_id=case_id).shown_code
    contacts.log(shop.desk, case_id, ContactEntry(words="Rang."), now=shop.now)
    ben = shop.customer("Ben Ray")
    before = dump(shop.desk)

    assert splits.move_case(shop.desk, case_id, customer_id=ben, now=shop.now) == ben

    assert shop.view(case_id).customer == "Ben Ray"
    view = customer_pages.view(shop.desk, ben)
    assert [one.code for one in view.vouchers] == [code.replace("-", "")]
    assert (len(view.cases), view.contacts) == (1, 1)
    assert customer_pages.view(shop.desk, ada).cases == ()
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_the_ideas_and_thanks_of_a_case_move_with_it(shop):
    case_id, ben = shop.case(name="Ada Obi"), shop.customer("Ben Ray")
    theirs = ideas.add(shop.desk, "Seal it", IdeaSource.CUSTOMER, case_id=case_id, now=shop.now)
    ours = ideas.add(
        shop.desk, "Seal it twice", IdeaSource.STAFF, who="Kim", case_id=case_id, now=shop.now
    )
    ideas.adopt(shop.desk, theirs, now=shop.now)
    ideas.adopt(shop.desk, ours, now=shop.now)
    feedbacks.record_answers(shop.desk, case_id, FeedbackEntry(fair=3), now=shop.now)
    before = dump(shop.desk)

    splits.move_case(shop.desk, case_id, customer_id=ben, now=shop.now)

    assert [one.who for one in shop.view(case_id).ideas] == ["Ben Ray", "Kim"]
    with shop.desk.reading():
        planned = FollowUp.select().where(FollowUp.kind == FollowUpKind.THANKS)
        assert {(one.title, one.customer_id) for one in planned} == {
            ("Thank Ben for the idea", ben),
            ("Praise Kim for the idea", None),
        }
        assert Feedback.get().customer_id == ben
    shop.desk.undo()
    assert dump(shop.desk) == before


@pytest.mark.parametrize("known", [False, True])
def test_nobody_is_told_of_a_fix_twice_because_a_case_moved(shop, known):
    case_id, ben = shop.case(name="Ada Obi"), shop.case(name="Ben Ray")
    whose = shop.view(ben).customer_id
    fix = corrections.plan(shop.desk, case_id, CorrectionEntry("Seal it"), now=shop.now)
    told = [case_id, ben] if known else [case_id]
    with shop.desk.changing(Topic.CORRECTIONS, "Tell them"):
        for one in told:
            FixNews.create(
                correction=fix, customer=shop.view(one).customer_id, case=one, way=Way.CALL,
                at=shop.now,
            )  # fmt: skip
    before = dump(shop.desk)

    splits.move_case(shop.desk, case_id, customer_id=whose, now=shop.now)

    with shop.desk.reading():
        assert [one.customer_id for one in FixNews.select()] == [whose]
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_a_case_can_move_to_somebody_new(shop):
    case_id = shop.case()
    whose = splits.move_case(shop.desk, case_id, name="Cara Diaz", now=shop.now)
    assert shop.view(case_id).customer_id == whose
    with pytest.raises(NotAllowedError, match="Cara Diaz's already"):
        splits.move_case(shop.desk, case_id, customer_id=whose, now=shop.now)
    with pytest.raises(InvalidEntryError):
        splits.move_case(shop.desk, case_id, now=shop.now)


def test_cases_are_linked_once_and_unlinked(shop):
    one, two = shop.case(name="Ada Obi"), shop.case(name="Ben Ray")
    links.link(shop.desk, one, two, "the same delivery")
    (seen,) = shop.view(two).links
    assert (seen.case_id, seen.words, seen.customer) == (one, "the same delivery", "Ada Obi")
    for pair in ((one, two), (two, one)):
        with pytest.raises(NotAllowedError, match="linked already"):
            links.link(shop.desk, *pair)
    with pytest.raises(NotAllowedError, match="with itself"):
        links.link(shop.desk, one, one)
    links.unlink(shop.desk, seen.link_id)
    assert shop.view(one).links == ()
    with pytest.raises(NotFoundError):
        links.unlink(shop.desk, seen.link_id)


def test_links_follow_a_merge_and_never_lead_to_the_case_itself(shop):
    one, two = shop.case(), shop.case()
    third = shop.case(name="Ben Ray")
    links.link(shop.desk, one, two)
    links.link(shop.desk, two, third)
    merges.merge_cases(shop.desk, one, two, choices={}, now=shop.now)
    assert [seen.case_id for seen in shop.view(one).links] == [third]


def test_what_was_merged_is_neither_split_nor_moved_nor_linked(shop):
    one, two = shop.case(), shop.case()
    merges.merge_cases(shop.desk, one, two, choices={}, now=shop.now)
    for doing in (
        lambda: splits.split_case(shop.desk, two, "x", now=shop.now),
        lambda: splits.move_case(shop.desk, two, name="Ben", now=shop.now),
        lambda: links.link(shop.desk, two, one),
    ):
        with pytest.raises(NotAllowedError, match="part of another"):
            doing()


def test_who_may_be_contacted_gets_the_calls_that_somebody_else_did_not_want(shop):
    case_id = shop.case(name="Ada Obi")
    planned = [step.title for step in shop.view(case_id).plan if step.status == "planned"]
    preferences.leave_alone(shop.desk, shop.view(case_id).customer_id, asked=True, now=shop.now)
    assert [step.title for step in shop.view(case_id).plan if step.status == "planned"] != planned
    splits.move_case(shop.desk, case_id, customer_id=shop.customer("Ben Ray"), now=shop.now)
    now_planned = [step.title for step in shop.view(case_id).plan if step.status == "planned"]
    assert now_planned == [title.replace("Ada", "Ben") for title in planned]


def test_cases_that_both_led_to_a_third_are_linked_with_it_once_when_they_are_one(shop):
    first, second, third = (shop.case(words=words) for words in ("Cold.", "Late.", "Rude."))
    for case_id in (first, second):
        links.link(shop.desk, case_id, third)
    merges.merge_cases(shop.desk, first, second, choices={}, now=shop.now)
    assert [one.case_id for one in shop.view(first).links] == [third]


def test_the_clocks_of_both_run_from_the_word_that_told_both(shop):
    case_id = shop.case(words="The kettle leaks, and you charged me twice.")
    opened = shop.view(case_id).opened_at
    talked = contacts.log(
        shop.desk, case_id, ContactEntry(words="On the money."), now=shop.later(hours=1)
    )
    first = shop.now
    other = splits.split_case(
        shop.desk, case_id, "You charged me twice.", now=shop.later(days=2), contact_ids=[talked]
    )
    view, rest = shop.view(other), shop.view(case_id)
    assert (view.opened_at, view.first_contact_at) == (opened, first)
    assert (rest.first_contact_at, rest.last_update_at) == (None, None)
    assert view.first_contact_due_at == rest.first_contact_due_at
