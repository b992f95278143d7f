from datetime import date

import pytest

from recoverydesk.domain.document import DocumentStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError
from recoverydesk.services import (
    agendas,
    case_pages,
    cases,
    checklist_results,
    checklists,
    contacts,
    follow_ups,
    papers,
)
from recoverydesk.services.checklist_results import LineState
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.storage.tables import PrintedLine

TUESDAY, THURSDAY = date(2026, 3, 3), date(2026, 3, 5)


def remind(shop, title, *, on=None, **about):
    on = on or shop.now.date()
    return follow_ups.remind(shop.desk, title, on=on, now=shop.now, **about)


def keep(shop, *, days=0, status=DocumentStatus.PRINTED):
    paper = checklists.paper(shop.desk, now=shop.now, days=days)
    return papers.keep(shop.desk, paper, status, now=shop.now)


def printed(shop):
    return checklist_results.last_printed(shop.desk)


def states(shop):
    return [line.state for line in printed(shop).lines]


@pytest.fixture
def three(shop):
    """Three reminders of today, printed as lines 1, 2 and 3."""
    made = [remind(shop, title) for title in ("Ring the courier", "Thank Mia", "Order lids")]
    keep(shop)
    return made


def test_nothing_printed_gives_nothing(shop):
    remind(shop, "Ring the courier")

    assert printed(shop) is None


def test_the_lines_come_back_in_the_order_of_their_printed_numbers(shop):
    late = shop.case(name="Ada Obi", phone="07700 900123")
    shop.later(days=1)
    ahead = remind(shop, "Water the plants", on=THURSDAY)
    case_id = shop.case(name="Bo Li", words="The lid is cracked.")

    document_id = keep(shop, days=7)

    sheet = printed(shop)
    order = checklists.printed_order(agendas.agenda(shop.desk, now=shop.now))
    assert (sheet.document_id, sheet.title, sheet.at) == (
        document_id,
        "Follow-ups for Tuesday 3 March 2026",
        shop.now,
    )
    assert [line.number for line in sheet.lines] == list(range(1, len(order) + 1))
    assert [line.follow_up_id for line in sheet.lines] == [row.follow_up_id for row in order]
    first = sheet.lines[0]
    assert (first.case_id, first.customer, first.phone, first.problem) == (
        late,
        "Ada Obi",
        "07700 900123",
        "The kettle leaks.",
    )
    assert first.title == order[0].title
    of_bo = next(line for line in sheet.lines if line.case_id == case_id)
    assert of_bo.problem == "The lid is cracked."
    plants = next(line for line in sheet.lines if line.follow_up_id == ahead)
    assert (plants.case_id, plants.customer, plants.due_on) == (None, "", THURSDAY)
    assert all(line.waits for line in sheet.lines)


def test_what_was_logged_after_printing_is_not_on_the_paper(shop, three):
    shop.case()

    assert [line.follow_up_id for line in printed(shop).lines] == three


def test_the_newest_paper_with_lines_counts_printed_or_saved(shop, three):
    follow_ups.complete(shop.desk, three[0], now=shop.now)
    keep(shop, status=DocumentStatus.PREPARED)
    assert [line.title for line in printed(shop).lines] == ["Thank Mia", "Order lids"]

    for row in three[1:]:
        follow_ups.complete(shop.desk, row, now=shop.now)
    keep(shop)

    assert [line.title for line in printed(shop).lines] == ["Thank Mia", "Order lids"]


def test_each_line_says_how_it_stands_now(shop, three):
    done, skipped, moved = three
    follow_ups.complete(shop.desk, done, now=shop.now, note="She is glad.")
    follow_ups.skip(shop.desk, skipped, why="They moved away", now=shop.now)
    follow_ups.move(shop.desk, moved, to=THURSDAY, now=shop.now)

    first, second, third = printed(shop).lines

    assert (first.state, first.end_words) == (LineState.DONE, "She is glad.")
    assert (second.state, second.end_words) == (LineState.SKIPPED, "They moved away")
    assert (third.state, third.due_on) == (LineState.MOVED, THURSDAY)
    assert not any(line.waits for line in (first, second, third))


def test_what_had_been_put_off_before_it_was_printed_still_waits(shop):
    row = remind(shop, "Ring the courier")
    follow_ups.move(shop.desk, row, to=TUESDAY, now=shop.now)
    keep(shop, days=7)

    assert states(shop) == [LineState.PLANNED]


def test_what_is_put_off_to_the_day_it_was_printed_with_has_its_result(shop, three):
    first = three[0]
    follow_ups.move(shop.desk, first, to=shop.now.date(), now=shop.now)

    assert states(shop) == [LineState.MOVED, LineState.PLANNED, LineState.PLANNED]


def test_nobody_answering_twice_is_one_result_of_one_paper(shop, three):
    follow_ups.no_answer(shop.desk, three[0], now=shop.now)
    keep(shop, days=7)
    assert [line.state for line in printed(shop).lines if line.follow_up_id == three[0]] == [
        LineState.PLANNED
    ]
    follow_ups.no_answer(shop.desk, three[0], now=shop.now)

    assert [line.state for line in printed(shop).lines if line.follow_up_id == three[0]] == [
        LineState.MOVED
    ]


def test_what_the_customers_turn_moves_can_still_be_entered(shop):
    case_id = shop.case()
    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now)
    keep(shop, days=30)
    before = {line.follow_up_id: line.due_on for line in printed(shop).lines}
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    shop.later(days=3)
    cases.wait_for_customer(shop.desk, case_id, waiting=False, now=shop.now)

    after = {line.follow_up_id: line.due_on for line in printed(shop).lines}
    assert any(after[one] != before[one] for one in after if before[one])
    assert LineState.MOVED not in states(shop)


def test_a_date_that_an_event_moves_is_no_result(shop):
    case_id = shop.settled_case()
    keep(shop, days=30)
    before = {line.follow_up_id: line.due_on for line in printed(shop).lines}
    assert before
    shop.later(days=2)
    first = printed(shop).lines[0]
    follow_ups.complete(shop.desk, first.follow_up_id, now=shop.now, not_agreed_why="in a hurry")

    assert states(shop).count(LineState.MOVED) == 0
    assert case_id in {line.case_id for line in printed(shop).lines}


def test_a_case_logged_by_mistake_can_be_taken_back_after_printing(shop):
    remind(shop, "Ring the courier")
    shop.case()
    keep(shop)
    numbers = [line.number for line in printed(shop).lines]

    undone = shop.desk.undo()

    lines = printed(shop).lines
    assert [line.number for line in lines] == numbers
    gone = [line for line in lines if line.state is LineState.GONE]
    assert [(line.follow_up_id, line.title, line.waits) for line in gone] == [(0, "", False)]
    shop.desk.undo(undone.id)
    assert LineState.GONE not in states(shop)


def test_what_was_taken_back_while_the_preview_stood_open_keeps_its_number(shop):
    remind(shop, "Ring the courier")
    paper = checklists.paper(shop.desk, now=shop.now)
    shop.desk.undo()

    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)

    assert states(shop) == [LineState.GONE]


def test_a_saved_paper_that_is_undone_takes_its_lines_along(shop):
    remind(shop, "Ring the courier")
    keep(shop, status=DocumentStatus.PREPARED)

    shop.desk.undo()

    assert printed(shop) is None
    with shop.desk.reading():
        assert PrintedLine.select().count() == 0


def test_no_answer_keeps_the_note_with_the_try(shop):
    case_id = shop.case(name="Bo Li")
    step = shop.step(case_id).follow_up_id
    keep(shop)

    follow_ups.no_answer(shop.desk, step, now=shop.now, note="Rang twice,\nno machine")

    (contact,) = case_pages.view(shop.desk, case_id).contacts
    assert contact.words == "Rang twice,\nno machine"
    line = next(one for one in printed(shop).lines if one.follow_up_id == step)
    assert (line.state, line.due_on) == (LineState.MOVED, TUESDAY)
    assert shop.desk.last_undoable().words == f"Nobody answered: {line.title}"


def test_no_answer_about_nobody_keeps_the_note_as_the_reason(shop, three):
    follow_ups.no_answer(shop.desk, three[0], now=shop.now, note="Closed on\nMondays")

    (row,) = agendas.agenda(shop.desk, now=shop.now).ahead
    assert row.reason == "Closed on Mondays; nobody answered"


def test_no_answer_with_its_note_is_one_change_that_undo_takes_back(shop):
    case_id = shop.case()
    step = shop.step(case_id).follow_up_id
    keep(shop)
    follow_ups.no_answer(shop.desk, step, now=shop.now, note="Rang twice")

    shop.desk.undo()

    assert case_pages.view(shop.desk, case_id).contacts == ()
    assert set(states(shop)) == {LineState.PLANNED}


def test_no_answer_without_a_note_is_written_down_as_ever(shop, three):
    follow_ups.no_answer(shop.desk, three[0], now=shop.now)

    (row,) = agendas.agenda(shop.desk, now=shop.now).ahead
    assert row.reason == "you asked to be reminded; nobody answered"


def test_a_line_dealt_with_meanwhile_is_refused_and_nothing_is_written(shop, three):
    follow_ups.complete(shop.desk, three[0], now=shop.now)

    with pytest.raises(NotAllowedError, match="dealt with already"):
        follow_ups.no_answer(shop.desk, three[0], now=shop.now, note="Rang twice")

    assert shop.desk.last_undoable().words == "Done: Ring the courier"


def test_a_note_becomes_a_reason_on_one_line_if_it_fits():
    assert follow_ups.as_reason(" after\n five ") == "after five"
    with pytest.raises(InvalidEntryError, match="too long") as refused:
        follow_ups.as_reason("a" * 501)
    assert refused.value.field == "note"


def test_a_sheet_that_is_gone_is_no_sheet(shop):
    assert checklist_results.printed(shop.desk, 99) is None
