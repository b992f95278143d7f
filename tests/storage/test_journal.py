import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverydesk.errors import NotAllowedError, NotFoundError
from recoverydesk.storage import journal
from recoverydesk.storage import tables as t
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic
from tests.storage.filling import AT, add_customer, dump, fill, names

# A column of each table that may hold any text.
FREE_TEXT = {
    t.Person: "name",
    t.Shop: "tagline",
    t.Cause: "name",
    t.CatalogueItem: "terms",
    t.Playbook: "words",
    t.LetterTemplate: "body",
    t.Customer: "note",
    t.Case: "words",
    t.FollowUp: "reason",
    t.Incident: "words",
    t.CaseLink: "words",
    t.Attachment: "text",
    t.Contact: "words",
    t.NegotiationLine: "words",
    t.Remedy: "words",
    t.Voucher: "message",
    t.VoucherEntry: "words",
    t.Why: "answer",
    t.CorrectiveAction: "what",
    t.Visit: "words",
    t.PositiveEvent: "words",
    t.Document: "text",
}
# What a second row may not share with the first.
UNIQUE = {
    t.Playbook: {"key": "other"},
    t.VoucherRule: {"kind": "coupon"},
    t.PlaybookVersion: {"version": 2},
    t.LetterTemplate: {"key": "other"},
    t.Case: {"number": "C-2"},
    t.Voucher: {"code": "OTHER"},
    t.Why: {"position": 2},
    t.PolicyVersion: {"version": 2},
    t.PrintedLine: {"position": 2},
    t.Sale: {"key": "other"},
}
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
edits = st.tuples(st.just("edit"), st.sampled_from(list(FREE_TEXT)), words)
# Everybody is told once of a fix, and there is one fix and one customer.
COPIED = [table for table in t.JOURNALED if table is not t.FixNews]
copies = st.tuples(st.just("copy"), st.sampled_from(COPIED), st.just(""))
drops = st.tuples(st.just("drop"), st.sampled_from(t.JOURNALED), st.just(""))


def rename(desk, name, **options):
    with desk.changing(Topic.CUSTOMERS, f"Rename to {name}", **options):
        t.Customer.update(name=name).where(t.Customer.id == 1).execute()


def do(deed, table, text):
    """Edit the first row, copy it, or drop a copy; only what the desk allows."""
    if deed == "edit":
        table.update({FREE_TEXT[table]: text}).where(table.id == 1).execute()
    elif deed == "copy" and table.select().count() == 1:
        row = table.select().dicts().get() | {"id": None} | UNIQUE.get(table, {})
        table.create(**row)
    elif deed == "drop" and table not in {t.VoucherEntry, t.EntitlementUse, t.PolicyVersion}:
        table.delete().where(table.id == 2).execute()


@settings(max_examples=60, deadline=None)
@given(st.lists(copies, max_size=6), st.lists(edits | copies | drops, min_size=1, max_size=12))
def test_undo_brings_back_every_row_of_every_table_exactly(before, during):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "shop.desk")
        fill(desk)
        with desk.changing(Topic.EVERYTHING, "Before"):
            for step in before:
                do(*step)
        as_it_was = dump(desk)

        with desk.changing(Topic.EVERYTHING, "During") as change:
            for step in during:
                do(*step)
        as_it_became = dump(desk)
        if as_it_became != as_it_was:
            undone = desk.undo(change.id)
            assert dump(desk) == as_it_was
            desk.undo(undone.id)
            assert dump(desk) == as_it_became
        assert desk.check() == []
        desk.close()


def test_filling_a_desk_can_be_undone_to_the_last_row(desk):
    empty = dump(desk)
    fill(desk)
    assert all(dump(desk).values())

    desk.undo()

    assert dump(desk) == empty


def test_undo_is_a_change_that_says_what_it_takes_back(desk):
    add_customer(desk, words="Add Ada")

    undone = desk.undo()

    assert undone.words == "Undo: Add Ada"
    assert undone.topics == Topic.CUSTOMERS
    assert [change.words for change in journal.history(desk)] == ["Undo: Add Ada", "Add Ada"]


def test_undo_goes_back_step_by_step_and_redo_forward(desk):
    add_customer(desk, name="Ada")
    rename(desk, "Bea")
    rename(desk, "Cleo")
    assert desk.last_redoable() is None

    desk.undo()
    desk.undo()
    assert names(desk) == ["Ada"]
    assert desk.undo(desk.last_redoable().id).words == "Redo: Rename to Bea"
    assert desk.undo(desk.last_redoable().id).words == "Redo: Rename to Cleo"

    assert names(desk) == ["Cleo"]
    assert desk.last_redoable() is None
    assert desk.undo().words == "Undo: Rename to Cleo"
    assert names(desk) == ["Bea"]


def test_a_new_change_leaves_nothing_to_redo(desk):
    add_customer(desk, name="Ada")
    desk.undo()
    add_customer(desk, name="Ben")

    assert desk.last_redoable() is None


def test_listeners_hear_what_an_undo_touched(desk):
    add_customer(desk)
    heard = []
    desk.subscribe(heard.append)

    desk.undo()

    assert heard == [Topic.CUSTOMERS]


def test_what_was_changed_again_since_is_not_undone(desk):
    add_customer(desk, name="Ada")
    rename(desk, "Bea")
    first = journal.history(desk)[0]
    rename(desk, "Cleo")

    with pytest.raises(NotAllowedError, match="changed since"):
        desk.undo(first.id)
    assert names(desk) == ["Cleo"]


def test_a_large_change_counts_as_a_change_since(desk):
    add_customer(desk, name="Ada")
    rename(desk, "Bea", recorded=False)

    with pytest.raises(NotAllowedError, match="changed since"):
        desk.undo()


def test_what_others_point_at_since_is_not_undone(desk):
    add_customer(desk, name="Ada")
    added = desk.last_undoable()
    with desk.changing(Topic.CONTACTS, "Note a call"):
        t.Contact.create(customer=1, at=AT, way="call", direction="out", reach="reached")

    with pytest.raises(NotAllowedError, match="changed since"):
        desk.undo(added.id)
    assert names(desk) == ["Ada"]


def test_nothing_is_undone_twice(desk):
    add_customer(desk)
    added = desk.last_undoable()
    desk.undo()

    with pytest.raises(NotAllowedError, match="undone already"):
        desk.undo(added.id)
    with pytest.raises(NotFoundError, match="nothing to undo"):
        desk.undo()


def test_what_may_not_be_undone_is_refused_and_passed_over(desk):
    add_customer(desk, words="Add Ada")
    rename(desk, "Bea", undoable=False)
    final = journal.history(desk)[0]

    assert desk.last_undoable().words == "Add Ada"
    with pytest.raises(NotAllowedError, match="can't be undone"):
        desk.undo(final.id)
    with pytest.raises(NotFoundError):
        desk.undo(99)


def test_a_change_too_large_to_record_keeps_its_heading_only(desk):
    add_customer(desk, words="Import 5,000 customers", recorded=False)

    (heading,) = journal.history(desk)
    assert heading.words == "Import 5,000 customers"
    assert journal.rows_of(desk, heading.id) == []
    assert desk.last_undoable() is None


def test_the_audit_trail_shows_before_and_after(desk):
    add_customer(desk, name="Ada")
    rename(desk, "Bea")

    (row,) = journal.rows_of(desk, 2)

    assert (row.table, row.row_id) == ("customer", 1)
    assert (row.before["name"], row.after["name"]) == ("Ada", "Bea")


def test_saving_a_row_as_it_is_changes_nothing(desk):
    add_customer(desk, name="Ada")
    rename(desk, "Ada")

    assert len(journal.history(desk)) == 1


def test_replacing_a_row_is_journaled_as_leaving_and_coming(desk):
    add_customer(desk, name="Ada")
    with desk.changing(Topic.CUSTOMERS, "Replace"):
        t.Customer.replace(id=1, name="Bea", name_key="bea", created_at=AT).execute()

    rows = journal.rows_of(desk, 2)
    assert [(row.before is None, row.after is None) for row in rows] == [
        (False, True),
        (True, False),
    ]
    desk.undo()
    assert names(desk) == ["Ada"]


def test_undoing_an_issue_may_take_its_entry_away_unless_it_was_spent(desk):
    fill(desk)
    with desk.changing(Topic.VOUCHERS, "Top up"):
        t.VoucherEntry.create(voucher=1, at=AT, kind="refund", amount_cents=1000)
    top_up = desk.last_undoable()
    with desk.changing(Topic.VOUCHERS, "Redeem"):
        t.VoucherEntry.create(voucher=1, at=AT, kind="redeem", amount_cents=-3000)

    with pytest.raises(NotAllowedError, match="not that much left"):
        desk.undo(top_up.id)
    desk.undo()
    desk.undo(top_up.id)

    with desk.reading():
        assert [row.amount_cents for row in t.VoucherEntry.select()] == [2500]


def test_a_desk_whose_triggers_were_tampered_with_gets_them_back(desk):
    with desk.changing(Topic.CUSTOMERS, "Tamper"):
        t.database.execute_sql("DROP TRIGGER journal_customer_insert")
        t.database.execute_sql(
            "CREATE TRIGGER journal_extra AFTER INSERT ON customer BEGIN DELETE FROM customer; END"
        )
    desk.close()

    again = Desk(desk.path)
    with again.reading():
        found = dict(
            t.database.execute_sql(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                " AND name NOT GLOB 'search_*'"
            ).fetchall()
        )
    again.close()

    assert found == journal.trigger_sql()


def test_a_change_from_before_a_table_grew_can_still_be_taken_back(desk):
    fill(desk)
    with desk.changing(Topic.FOLLOW_UPS, "Remove it") as change:
        t.FollowUp.delete().execute()
    of_follow_ups = (t.ChangedRow.change_id == change.id) & (t.ChangedRow.table_name == "follow_up")
    with desk.reading():
        row = t.ChangedRow.get(of_follow_ups)
        older = {name: one for name, one in json.loads(row.before).items() if name != "put_offs"}
        t.ChangedRow.update(before=json.dumps(older)).where(of_follow_ups).execute()

    desk.undo(change.id)

    with desk.reading():
        assert [one.put_offs for one in t.FollowUp.select()] == [0]


def test_a_policy_that_was_printed_stays(desk):
    fill(desk)
    with (
        pytest.raises(NotAllowedError, match="never changed"),
        desk.changing(Topic.SHOP, "Drop the policy"),
    ):
        t.PolicyVersion.delete().execute()
