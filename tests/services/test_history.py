"""Whatever is done to a case can be read in its history, in plain words, newest first."""

from datetime import date, timedelta

import pytest

from recoverydesk.documents.incoming import take_in
from recoverydesk.domain.case import Evidence, Outcome, Severity
from recoverydesk.domain.contact import Mood, Reach
from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.errors import NotFoundError
from recoverydesk.services import (
    attachments,
    cases,
    causes,
    contacts,
    corrections,
    customers,
    follow_ups,
    history,
    incidents,
    links,
    merges,
    negotiations,
    papers,
    people,
    second_chances,
    severities,
    shop_setup,
    slips,
    splits,
    vouchers,
)
from recoverydesk.services.cases import Ending, Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.history_lines import LONGEST, Did, shortened, side_by_side
from recoverydesk.services.history_words import POINTERS, TOLD
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.shop_setup import ShopSetup
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    JOURNALED,
    Case,
    Contact,
    Customer,
    FollowUp,
    Voucher,
    VoucherEntry,
)
from recoverydesk.topics import Topic
from tests.conftest import NOW
from tests.conftest import Shop as Builder

REFUND = RemedyEntry(RemedyKind.REFUND, "The money back", value_cents=2500, cost_cents=900)
CALL = ContactEntry(words="Rang.")


@pytest.fixture
def case_id(shop):
    return shop.case(name="Ada Obi", phone="07700 900123")


def told(shop, case_id, **which):
    return history.of_case(shop.desk, case_id, **which)


def newest(shop, case_id):
    return told(shop, case_id, most=1)[0]


def headings(shop, case_id):
    return [entry.words for entry in told(shop, case_id)]


def line(entry, what, about=None):
    """The line of an entry that is so called."""
    return next(one for one in entry.lines if one.what == what and about in {None, one.about})


def changed(entry, what, about=None):
    found = line(entry, what, about)
    return found.before, found.after


def added(entry, what):
    found = line(entry, what)
    assert (found.did, found.before) == (Did.ADDED, "")
    return found.after


def everything(shop, case_id):
    """All the words of a case's history."""
    return " ".join(
        f"{entry.words} {one.what} {one.about} {one.before} {one.after}"
        for entry in told(shop, case_id)
        for one in entry.lines
    )


# Every write


def test_a_new_case_is_told_with_its_customer_and_its_plan(shop, case_id):
    (entry,) = told(shop, case_id)
    assert (entry.words, entry.at, entry.undone) == ("Log R-2026-0001: Ada Obi", NOW, False)
    assert added(entry, "Customer") == "Ada Obi. 07700 900123."
    assert added(entry, "Case") == "R-2026-0001. Ada Obi. upset. in person. “The kettle leaks.”"
    assert added(entry, "Planned") == (
        "plan step. First call: what went wrong? Due 2 March 2026, 14:00."
    )


def test_a_contact_and_what_was_promised_with_it(shop, case_id):
    entry = ContactEntry(words="Rang.", mood=Mood.ANGRY)
    by = shop.now + timedelta(days=2)
    contacts.log(shop.desk, case_id, entry, now=shop.now, next_word_by=by)
    logged = newest(shop, case_id)
    assert logged.words == "Log a contact: R-2026-0001"
    assert added(logged, "Contact") == "call. out. reached. angry. Rang."
    assert added(logged, "Planned") == (
        "promise. Call Ada, as you promised. Due 4 March 2026, 10:00."
    )
    assert changed(logged, "First word") == ("", "2 March 2026, 10:00")


def test_what_happened_and_how_upset_they_are(shop, case_id):
    cases.tell(shop.desk, case_id, Story("It drips.", "It drips.", agreed=True), now=shop.now)
    entry = newest(shop, case_id)
    assert changed(entry, "What happened, in their words") == ("The kettle leaks.", "It drips.")
    assert changed(entry, "How we said it back") == ("", "It drips.")
    assert changed(entry, "How it went") == ("planned", "done")
    severities.change_severity(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now)
    assert changed(newest(shop, case_id), "How upset they are") == ("upset", "about to leave")


def test_an_offer_and_what_was_agreed(shop, case_id):
    negotiations.offer(shop.desk, case_id, REFUND, now=shop.now)
    assert added(newest(shop, case_id), "Talked about") == (
        "offered. The money back. Worth £25.00. Costs us £9.00."
    )
    shop.agreed(case_id, value_cents=2500)
    entry = newest(shop, case_id)
    assert added(entry, "To make it right") == (
        "refund. The money back. Worth £25.00. Costs us £25.00. agreed."
    )
    shop.hand_over(case_id)
    given = newest(shop, case_id)
    assert changed(given, "How far it is", about="The money back") == ("agreed", "handed over")


def test_a_voucher_from_its_issue_to_the_till(shop, case_id):
    voucher = shop.voucher(case_id=case_id)
    issued = newest(shop, case_id)
    assert added(issued, "Voucher") == (
        f"goodwill certificate. {voucher.shown_code}. For Ada Obi. Good until 2 March 2027."
    )
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=1000)
    redeemed = newest(shop, case_id)
    assert redeemed.words == f"Redeem {voucher.shown_code}"
    assert added(redeemed, "On the voucher") == f"redeem. -£10.00. {voucher.shown_code}."


def test_putting_off_leaving_out_and_doing(shop, case_id):
    step = shop.step(case_id)
    follow_ups.move(
        shop.desk, step.follow_up_id, to=date(2026, 3, 9), now=shop.now, why="They are away."
    )
    entry = newest(shop, case_id)
    assert changed(entry, "Due", about=step.title) == ("2 March 2026, 14:00", "9 March 2026")
    assert changed(entry, "The hour counts") == ("yes", "no")
    assert changed(entry, "Why then")[1] == "They are away."
    follow_ups.skip(shop.desk, step.follow_up_id, why="They rang us.", now=shop.now)
    assert changed(newest(shop, case_id), "What came of it") == ("", "They rang us.")
    follow_ups.remind(shop.desk, "Ask for the box", on=date(2026, 3, 9), now=shop.now,
                      case_id=case_id)  # fmt: skip
    assert added(newest(shop, case_id), "Planned").startswith("reminder. Ask for the box. Due 9")


def test_why_it_happened_and_what_is_done_about_it(shop, case_id):
    cause = next(one for one in causes.all_causes(shop.desk) if one.parent)
    whys = ["The lid is loose.", "The glue is old."]
    causes.write_down(shop.desk, case_id, whys, cause_id=None, now=shop.now)
    assert [one.after for one in newest(shop, case_id).lines if one.what == "Why"] == whys
    whys[1] = "The glue dries out."
    causes.write_down(shop.desk, case_id, whys, cause_id=cause.cause_id, now=shop.now)
    entry = newest(shop, case_id)
    assert changed(entry, "Answer", about="Why") == ("The glue is old.", "The glue dries out.")
    assert changed(entry, "Cause") == ("", f"{cause.parent} / {cause.name}")
    causes.write_down(shop.desk, case_id, whys[:1], cause_id=cause.cause_id, now=shop.now)
    gone = line(newest(shop, case_id), "Why")
    assert (gone.did, gone.before, gone.after) == (Did.TAKEN_AWAY, "The glue dries out.", "")
    fix = CorrectionEntry("Use new glue", "Mia", due_on=date(2026, 3, 20))
    corrections.plan(shop.desk, case_id, fix, now=shop.now)
    entry = newest(shop, case_id)
    assert added(entry, "So that it doesn't happen again") == (
        "corrective. Use new glue. Mia. Due 20 March 2026."
    )


def test_resolving_closing_and_opening_again(shop):
    case_id = shop.settled_case()
    assert changed(newest(shop, case_id), "Where it stands") == ("open", "resolved")
    steps = {
        step.follow_up_id: "skip"
        for step in shop.view(case_id).plan
        if step.status is FollowUpStatus.PLANNED
    }
    ending = Ending(Outcome.KEPT, Evidence.THEIR_WORD, words="All is well.", open_steps=steps,
                    skip_why="No need")  # fmt: skip
    cases.close(shop.desk, case_id, ending, now=shop.now)
    closed = newest(shop, case_id)
    assert changed(closed, "How it ended") == ("pending", "kept")
    assert changed(closed, "How we know") == ("", "their word")
    assert changed(closed, "Closing words") == ("", "All is well.")
    cases.reopen(shop.desk, case_id, now=shop.now)
    opened = newest(shop, case_id)
    assert opened.words == "Reopen R-2026-0001"
    assert changed(opened, "How often opened again") == ("0", "1")
    assert changed(opened, "Closed") == ("2 March 2026, 10:00", "")


def test_papers_files_links_and_purchases(shop, case_id):
    paper = slips.acknowledgement(shop.desk, case_id, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    assert added(newest(shop, case_id), "Paper").startswith("slip. ")
    (file,) = attachments.add(shop.desk, case_id, [take_in("a.txt", b"Hello")], now=shop.now)
    assert added(newest(shop, case_id), "Attached") == "a.txt."
    attachments.remove(shop.desk, file)
    assert line(newest(shop, case_id), "Attached").did is Did.TAKEN_AWAY
    other = shop.case(name="Bo Lund")
    links.link(shop.desk, case_id, other, "the same kettle")
    for one in (case_id, other):
        assert added(newest(shop, one), "Linked cases") == (
            "R-2026-0001. R-2026-0002. the same kettle."
        )
    (link,) = shop.view(other).links
    links.unlink(shop.desk, link.link_id)
    for one in (case_id, other):
        assert line(newest(shop, one), "Linked cases").did is Did.TAKEN_AWAY


def test_a_good_experience_another_plan_an_incident_and_who_does_it(shop, case_id):
    customer_id = shop.view(case_id).customer_id
    second_chances.add(shop.desk, customer_id, "She smiled.", now=shop.now, case_id=case_id)
    assert added(newest(shop, case_id), "Good experience") == "She smiled. 2 March 2026."
    cases.change_playbook(shop.desk, case_id, "small_annoyance", now=shop.now)
    assert changed(newest(shop, case_id), "Plan") == ("Four steps", "Small annoyance")
    incidents.from_case(shop.desk, case_id, "Leaking kettles", now=shop.now)
    assert changed(newest(shop, case_id), "Incident") == ("", "Leaking kettles")
    jo = people.add_staff(shop.desk, "Jo Bell")
    with shop.desk.changing(Topic.FOLLOW_UPS, "Jo does it"):
        FollowUp.update(person=jo).where(FollowUp.position == 1).execute()
    assert changed(newest(shop, case_id), "Who does it") == ("Mia Ray", "Jo Bell")


def test_it_is_newest_first_and_read_on_from_any_place(shop, case_id):
    for number in range(5):
        contacts.log(shop.desk, case_id, ContactEntry(words=str(number)), now=shop.now)
    whole = told(shop, case_id)
    assert [entry.change_id for entry in whole] == sorted(
        (entry.change_id for entry in whole), reverse=True
    )
    first = told(shop, case_id, most=4)
    assert first + told(shop, case_id, before=first[-1].change_id) == whole
    assert told(shop, case_id, most=0) == ()


# Undo


def test_what_was_taken_back_says_so_and_the_undo_stands_beside_it(shop, case_id):
    contacts.log(shop.desk, case_id, CALL, now=shop.now)
    undone = shop.desk.undo()
    undo, contact, _log = told(shop, case_id)
    assert (undo.words, undo.undone) == ("Undo: Log a contact: R-2026-0001", False)
    assert contact.undone
    gone = line(undo, "Contact")
    assert (gone.did, gone.before) == (Did.TAKEN_AWAY, "call. out. reached. Rang.")
    shop.desk.undo(undone.id)
    redo, undo, contact, _log = told(shop, case_id)
    assert redo.words.startswith("Redo: ")
    assert [redo.undone, undo.undone, contact.undone] == [False, True, False]


def test_a_number_that_was_used_again_brings_nobody_elses_history(shop):
    first = shop.case(name="Bo Lund", words="The lamp is dim.")
    shop.voucher(case_id=first)
    shop.desk.undo()
    shop.desk.undo()
    second = shop.case(name="Ada Obi")
    voucher = shop.voucher(case_id=second)
    assert second == first
    words = everything(shop, second)
    assert "Ada Obi" in words
    assert "Bo Lund" not in words
    assert "lamp" not in words
    assert headings(shop, second) == [f"Issue {voucher.shown_code}", "Log R-2026-0002: Ada Obi"]


def test_a_reminder_for_the_shop_whose_id_was_used_again_is_not_told(shop, case_id):
    on = date(2026, 3, 9)
    follow_ups.remind(shop.desk, "Order tea", on=on, now=shop.now)
    shop.desk.undo()
    follow_ups.remind(shop.desk, "Ask for the box", on=on, now=shop.now, case_id=case_id)
    assert "tea" not in everything(shop, case_id)
    assert headings(shop, case_id)[0] == "Remember: Ask for the box"


def test_a_second_redemption_that_was_taken_back_is_still_told(shop, case_id):
    voucher = shop.voucher(case_id=case_id)
    for _ in range(2):
        vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=500)
    shop.desk.undo()
    undo, second, *_rest = told(shop, case_id)
    assert second.undone
    assert line(undo, "On the voucher").before.startswith("redeem. -£5.00.")


def test_a_voucher_that_was_taken_back_with_its_remedy_is_still_told(shop, case_id):
    voucher = shop.voucher(case_id=case_id)
    shop.desk.undo()
    undo, issued, _log = told(shop, case_id)
    assert issued.undone
    assert voucher.shown_code in line(undo, "Voucher").before


# Rows that move


def test_what_was_merged_into_a_case_is_told_with_it(shop):
    kept, other = shop.case(), shop.case(words="It drips.")
    contacts.log(shop.desk, other, CALL, now=shop.now)
    merges.merge_cases(shop.desk, kept, other, choices={}, now=shop.now)
    merge, contact, second, first = told(shop, kept)
    assert merge.words == "Merge: R-2026-0002 into R-2026-0001"
    assert changed(merge, "Became part of", about="R-2026-0002") == ("", "R-2026-0001")
    assert changed(merge, "Case", about="Contact") == ("R-2026-0002", "R-2026-0001")
    assert (contact.words[-11:], second.words[4:15]) == ("R-2026-0002", "R-2026-0002")
    assert first.words.startswith("Log R-2026-0001")
    assert told(shop, other) == told(shop, kept)


def test_what_moved_to_another_case_is_told_in_both(shop, case_id):
    no = ContactEntry(reach=Reach.NO_ANSWER, words="On the money.")
    contact = contacts.log(shop.desk, case_id, no, now=shop.now)
    other = splits.split_case(
        shop.desk, case_id, "You charged me twice.", now=shop.now, contact_ids=[contact]
    )
    for one in (case_id, other):
        moved = newest(shop, one)
        assert changed(moved, "Case", about="Contact") == ("R-2026-0001", "R-2026-0002")
    assert "Log a contact: R-2026-0001" in headings(shop, case_id)
    assert "Log a contact: R-2026-0001" not in headings(shop, other)


def test_of_the_customer_only_what_came_since_is_told(shop):
    customer_id = shop.customer("Ada Obi")
    customers.change(shop.desk, customer_id, CustomerEntry("Ada Obi", note="Before"))
    case_id = shop.case(name="Ada Obi")
    entry = CustomerEntry("Ada Obi-Ray", note="Rings a lot", worth="120", language="de")
    customers.change(shop.desk, customer_id, entry)
    since, _log = told(shop, case_id)
    assert changed(since, "Private note", about="Ada Obi") == ("Before", "Rings a lot")
    assert changed(since, "Worth in a year") == ("", "£120.00")
    assert changed(since, "Language") == ("", "Deutsch")


def test_what_came_with_an_import_is_told_from_its_first_change_on(shop):
    with shop.desk.changing(Topic.EVERYTHING, "Import", recorded=False):
        case_id = shop.case()
        voucher = shop.voucher(case_id=case_id)
        contacts.log(shop.desk, case_id, CALL, now=shop.now)
    assert told(shop, case_id) == ()
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=500)
    with shop.desk.changing(Topic.CONTACTS, "Put it better"):
        Contact.update(words="We rang.").execute()
    better, redeemed = told(shop, case_id)
    assert changed(better, "What was said", about="Contact") == ("Rang.", "We rang.")
    assert redeemed.words == f"Redeem {voucher.shown_code}"


def test_another_case_of_the_customer_is_not_told(shop, case_id):
    shop.case(name="Ada Obi", words="And the lamp.", phone="07700 900123")
    follow_ups.remind(shop.desk, "Order tea", on=date(2026, 3, 9), now=shop.now)
    assert headings(shop, case_id) == ["Log R-2026-0001: Ada Obi"]


# How it reads


def test_who_did_it_is_named_once_more_than_one_works_here(shop, case_id):
    assert newest(shop, case_id).who == ""
    jo = people.add_staff(shop.desk, "Jo Bell")
    shop.desk.person_id = jo
    contacts.log(shop.desk, case_id, CALL, now=shop.now)
    shop.desk.person_id = None
    contacts.log(shop.desk, case_id, CALL, now=shop.now)
    assert [entry.who for entry in told(shop, case_id)] == ["", "Jo Bell", "Mia Ray"]


def test_days_hours_and_amounts_are_written_as_the_shop_does(tmp_path):
    desk = Desk(tmp_path / "laden.desk", clock=lambda: NOW)
    setup = ShopSetup(name="Laden", locale="de_DE", currency="EUR", time_zone="Europe/Berlin")
    shop_setup.set_up(desk, setup, now=NOW)
    case_id = Builder(desk).case()
    negotiations.offer(desk, case_id, REFUND, now=NOW)
    contacts.log(desk, case_id, CALL, now=NOW)
    contact, offer, _log = history.of_case(desk, case_id)
    assert changed(contact, "First word") == ("", "2. März 2026, 11:00")
    assert "25,00\u00a0€" in added(offer, "Talked about")
    desk.close()


def test_the_window_may_have_better_words_for_what_is_stored(shop, case_id):
    severities.change_severity(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now)
    entry = told(shop, case_id, enum_words=lambda value: value.name.title())[0]
    assert changed(entry, "How upset they are") == ("Upset", "About_To_Leave")


def test_what_is_no_longer_there_says_so(shop, case_id):
    with shop.desk.changing(Topic.CAUSES, "Another cause"):
        cause_id = causes.add(shop.desk, "Old glue")
    with shop.desk.changing(Topic.CASES, "It was the glue"):
        Case.update(cause=cause_id).execute()
    shop.desk.undo()
    shop.desk.undo()
    assert changed(told(shop, case_id)[1], "Cause") == ("", "no longer on the desk")


def test_a_voucher_that_took_anothers_place_is_named_by_its_code(shop, case_id):
    first, second = shop.voucher(case_id=case_id), shop.voucher(case_id=case_id)
    with shop.desk.changing(Topic.VOUCHERS, "Replace it"):
        Voucher.update(replaced_by=second.voucher_id).where(
            Voucher.id == first.voucher_id
        ).execute()
    found = line(newest(shop, case_id), "Replaced by", about=first.shown_code)
    assert found.after == second.shown_code


def test_nothing_is_told_of_what_is_worked_out_or_came_and_went(shop, case_id):
    with shop.desk.changing(Topic.CASES, "Look it through"):
        Case.update(next_step="Ring", summary="Kettle").execute()
        row = Contact.create(customer=1, case=case_id, at=shop.now, way="call",
                             direction="out", reach="reached")  # fmt: skip
        row.delete_instance()
    entry = newest(shop, case_id)
    assert (entry.words, entry.lines) == ("Look it through", ())


def test_a_change_that_reads_the_same_is_no_line(shop, case_id):
    with shop.desk.changing(Topic.CASES, "Tidy up"):
        Case.update(words="The  kettle\nleaks.").execute()
    assert newest(shop, case_id).lines == ()


def test_what_people_typed_is_never_read_as_a_pattern(shop, case_id):
    contacts.log(shop.desk, case_id, ContactEntry(words="{} {0.x} <b>"), now=shop.now)
    assert added(newest(shop, case_id), "Contact").endswith(" {} {0.x} <b>.")


def test_a_row_without_its_name_goes_by_what_it_is(shop, case_id):
    with shop.desk.changing(Topic.FOLLOW_UPS, "No title"):
        FollowUp.update(title="").where(FollowUp.position == 1).execute()
    with shop.desk.changing(Topic.FOLLOW_UPS, "A title"):
        FollowUp.update(title="Ring").where(FollowUp.position == 1).execute()
    assert changed(newest(shop, case_id), "What to do", about="Planned") == ("", "Ring")


def test_long_texts_are_shortened_at_a_word():
    assert shortened("short") == "short"
    words = shortened("word, " * 50)
    assert len(words) <= LONGEST
    assert words.endswith("word…")
    assert shortened("x" * 500) == "x" * (LONGEST - 1) + "…"


def test_two_long_texts_show_where_they_part():
    same = "The kettle leaks from its lid whenever it is full. " * 5
    before, after = side_by_side(f"{same}It is old.", f"{same}It is new.")
    assert before != after
    assert before.startswith("…")
    assert (before[-10:], after[-10:]) == ("It is old.", "It is new.")
    assert max(len(before), len(after)) <= LONGEST
    assert side_by_side("", same) == ("", shortened(same))
    assert side_by_side("one", "two") == ("one", "two")


# What it rests on


def test_a_case_that_is_gone_is_refused(shop):
    with pytest.raises(NotFoundError):
        told(shop, 99)


def queries(shop, case_id):
    asked = []
    with shop.desk.reading():
        connection = shop.desk._db.connection()
        connection.set_trace_callback(asked.append)
        told(shop, case_id)
        connection.set_trace_callback(None)
    return len([sql for sql in asked if sql.lstrip().startswith(("SELECT", "WITH"))])


def test_it_takes_a_dozen_queries_however_much_has_happened(shop, case_id):
    before = queries(shop, case_id)
    for number in range(30):
        contacts.log(shop.desk, case_id, ContactEntry(words=str(number)), now=shop.now)
        shop.voucher(case_id=case_id)
    assert queries(shop, case_id) <= before + 1  # the vouchers' codes
    assert before <= 12


def test_no_table_is_read_from_end_to_end(shop, case_id):
    with shop.desk.reading():
        plan = shop.desk._db.execute_sql(
            f"EXPLAIN QUERY PLAN {history._ROWS}", (f"[{case_id}]", 1)
        ).fetchall()
    steps = [words for *_ids, words in plan]
    journal = [words for words in steps if "changed_row" in words]
    assert journal
    assert [words for words in journal if not words.startswith("SEARCH")] == []
    whole = [words for words in journal if words.endswith("(table_name=?)")]
    assert len(whole) == 1  # those few whose rows come and go by themselves


def columns(table):
    return {field.column_name for field in table._meta.sorted_fields}


def belonging():
    """The tables whose rows belong to a case, by their names."""
    theirs = {table._meta.table_name: table for table in (Case, Customer, VoucherEntry, Voucher)}
    for table in JOURNALED:
        if any(to is Case for to in table._meta.model_refs) or "case_id" in columns(table):
            theirs[table._meta.table_name] = table
    return theirs


def test_every_table_with_a_case_is_told():
    assert set(TOLD) == set(belonging())


@pytest.mark.parametrize("name", sorted(belonging()))
def test_every_column_is_worded_or_named_as_left_out(name):
    found, there = TOLD[name], columns(belonging()[name])
    assert set(found.columns) | found.left_out == there
    assert not set(found.columns) & found.left_out
    assert {column for column, _words in found.opening} <= set(found.columns)
    assert found.name in {"", *found.columns}
    assert set(found.same) <= there


def test_every_kind_of_pointer_has_names():
    assert set(history._NAMES) | {history.Kind.PERSON} == POINTERS
    assert set(history._IDS) == set(history._NAMES)
