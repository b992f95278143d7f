"""Rules: one line each, on fixes that are in place."""

from datetime import date

import pytest

from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import corrections, rules
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.storage.tables import CorrectiveAction
from recoverydesk.topics import Topic


def planned(shop, what="Double boxes"):
    return corrections.plan(shop.desk, shop.case(), CorrectionEntry(what), now=shop.now)


def in_place(shop, what="Double boxes"):
    correction_id = planned(shop, what)
    corrections.done(shop.desk, correction_id, check_on=date(2026, 5, 1), now=shop.now)
    return correction_id


def said(shop):
    return [one.rule for one in rules.rules(shop.desk)]


def test_a_rule_is_written_on_a_fix_and_taken_back_by_undo(shop):
    correction_id = in_place(shop)
    assert said(shop) == []
    rules.reword(shop.desk, correction_id, "  Every parcel gets a second wall. ")

    assert said(shop) == ["Every parcel gets a second wall."]
    shop.desk.undo()
    assert said(shop) == []


def test_a_retired_rule_is_no_rule_and_undo_brings_it_back(shop):
    correction_id = in_place(shop)
    rules.reword(shop.desk, correction_id, "Two walls.")
    rules.reword(shop.desk, correction_id, "")

    assert said(shop) == []
    assert [one.what for one in rules.in_place(shop.desk)] == ["Double boxes"]
    assert shop.desk.last_undoable().words == "Rule retired: Two walls."
    shop.desk.undo()
    assert said(shop) == ["Two walls."]


def test_a_rule_leaves_with_its_fix(shop):
    correction_id = in_place(shop)
    rules.reword(shop.desk, correction_id, "Two walls.")
    with shop.desk.changing(Topic.CORRECTIONS, "Drop"):
        CorrectiveAction.update(status="dropped").execute()

    assert said(shop) == []
    with pytest.raises(NotAllowedError):
        rules.reword(shop.desk, correction_id, "Three walls.")


def test_only_a_fix_that_is_in_place_has_a_rule(shop):
    with pytest.raises(NotAllowedError, match="not in place"):
        rules.reword(shop.desk, planned(shop), "Two walls.")
    with pytest.raises(NotFoundError):
        rules.reword(shop.desk, 999, "Two walls.")


@pytest.mark.parametrize("words", ["one\ntwo", "x" * 141])
def test_a_rule_is_one_short_line(shop, words):
    with pytest.raises(InvalidEntryError) as trouble:
        rules.reword(shop.desk, in_place(shop), words)
    assert trouble.value.field == "rule"
