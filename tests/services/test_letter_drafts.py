"""A letter that was left unfinished is there when one comes back."""

from dataclasses import replace

import pytest

from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import letter_drafts, letter_templates, letters, vouchers
from recoverydesk.storage import journal
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import LetterDraft


def written(shop, case_id, body="Dear Ada, I have only begun"):
    return replace(letters.compose(shop.desk, case_id, now=shop.now), body=body)


def keep(shop, draft):
    letter_drafts.keep(shop.desk, draft, now=shop.now)


def find(shop, case_id):
    return letter_drafts.find(shop.desk, case_id, now=shop.now)


def test_a_letter_comes_back_as_it_was_left_even_after_a_crash(shop):
    case_id = shop.case()
    draft = replace(written(shop, case_id), template="refusal", tone="brief", language="de")
    keep(shop, draft)

    later = Desk(shop.desk.path)
    found = letter_drafts.find(later, case_id, now=shop.now)
    later.close()

    assert found is not None
    assert found.saved_at == shop.now
    kept = found.draft
    assert (kept.body, kept.template, kept.tone, kept.language) == (
        draft.body,
        "refusal",
        "brief",
        "de",
    )


def test_a_case_keeps_the_newest_of_each_letter(shop):
    case_id = shop.case()
    refusal = replace(written(shop, case_id, "No, and sorry"), template="refusal")
    keep(shop, refusal)
    keep(shop, written(shop, case_id, "One"))
    shop.later(minutes=5)
    keep(shop, written(shop, case_id, "Two"))

    found = find(shop, case_id)
    assert (found.draft.body, found.saved_at) == ("Two", shop.now)
    other = letter_drafts.find(shop.desk, case_id, "refusal", now=shop.now)
    assert other.draft.body == "No, and sorry"
    assert letter_drafts.find(shop.desk, case_id, "agreed", now=shop.now) is None


def test_a_letter_that_was_let_go_is_gone(shop):
    case_id = shop.case()
    keep(shop, written(shop, case_id))
    letter_drafts.forget(shop.desk, letters.compose(shop.desk, case_id, now=shop.now))

    assert find(shop, case_id) is None


def test_keeping_a_letter_is_no_change_to_undo(shop):
    case_id = shop.case()
    before = journal.history(shop.desk)
    keep(shop, written(shop, case_id))

    assert journal.history(shop.desk) == before


def test_a_case_that_is_undone_and_comes_back_has_its_letter_still(shop):
    case_id = shop.case()
    keep(shop, written(shop, case_id))
    undone = shop.desk.undo()
    with pytest.raises(NotFoundError):
        find(shop, case_id)

    shop.desk.undo(undone.id)

    assert find(shop, case_id).draft.body == "Dear Ada, I have only begun"


def test_another_case_never_gets_the_letter_of_one_that_was_undone(shop):
    keep(shop, written(shop, shop.case(name="Ada Obi"), "Dear Ada, about your private matter"))
    shop.desk.undo()
    other = shop.case(name="Bob Zed")
    assert find(shop, other) is None
    keep(shop, written(shop, other, "Dear Bob"))
    assert find(shop, other).draft.body == "Dear Bob"


def test_letters_of_cases_that_never_came_back_are_cleared_away(shop):
    keep(shop, written(shop, shop.case()))
    shop.desk.undo()
    shop.later(days=31)
    keep(shop, written(shop, shop.case()))

    with shop.desk.reading():
        assert LetterDraft.select().count() == 1


def test_a_day_that_was_named_stays_the_promise_of_a_letter_left_for_days(shop):
    case_id = shop.case()
    draft = letters.compose(shop.desk, case_id, template="still_working", now=shop.now)
    keep(shop, draft)
    shop.later(days=3)

    assert find(shop, case_id).draft.promised_on == draft.promised_on
    paper = letters.paper(shop.desk, find(shop, case_id).draft, now=shop.now)
    assert paper.promised_at.date() == draft.promised_on


def test_a_voucher_that_is_spent_meanwhile_is_no_longer_enclosed(shop):
    case_id = shop.case()
    code = shop.voucher(case_id=case_id).code
    keep(shop, written(shop, case_id))
    assert len(find(shop, case_id).draft.enclosed) == 1

    vouchers.redeem(shop.desk, code, now=shop.now)

    assert find(shop, case_id).draft.enclosed == ()


def test_words_outlive_the_letter_they_began_with(shop):
    case_id = shop.case()
    own = letter_templates.copy(
        shop.desk, "refusal", language="en", tone="warm", name="Mine", now=shop.now
    )
    keep(shop, replace(written(shop, case_id, "My own words"), template=own.key))
    letter_templates.reset(shop.desk, own.key, language="en", tone="warm")

    assert find(shop, case_id).draft.body == "My own words"


def test_a_letter_never_prints_a_code_that_is_spent_wherever_it_stands(shop):
    case_id = shop.case()
    code = shop.voucher(case_id=case_id).code
    keep(shop, written(shop, case_id, f"Dear Ada, your code is {code}."))
    vouchers.redeem(shop.desk, code, now=shop.now)

    with pytest.raises(InvalidEntryError, match="can't be used any more"):
        letters.paper(shop.desk, find(shop, case_id).draft, now=shop.now)
