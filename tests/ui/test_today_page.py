"""Today, as an owner works through it: by key, by pointer, by menu."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
)

from recoverydesk.domain.case import Severity
from recoverydesk.domain.follow_up import Act, Unit
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.services import (
    agendas,
    case_lists,
    cases,
    contacts,
    follow_ups,
    gift_ideas,
    gifts,
    touches,
)
from recoverydesk.services.contacts import ContactEntry
from ui.dialogs.calling import CallingSessionDialog
from ui.dialogs.gift import GiftDialog
from ui.dialogs.letter import LetterDialog
from ui.dialogs.not_agreed import NotAgreedDialog
from ui.dialogs.reminder import ReminderDialog
from ui.dialogs.skip import SkipDialog
from ui.dialogs.snooze import SnoozeDialog, later_days
from ui.pages.today import TodayPage
from ui.widgets.page import LogCustomer, OpenCase, OpenCustomer, PrintChecklist, WriteLetter
from ui.widgets.tasks import action_boxes, circle_box

TODAY = date(2026, 3, 2)
TUESDAY, NEXT_MONDAY = date(2026, 3, 3), date(2026, 3, 9)


@pytest.fixture
def today(session, shown):
    """Open the page on what is on the desk by then."""

    def open_page():
        page = TodayPage(session)
        page.wishes = []
        page.wished.connect(page.wishes.append)
        shown(page, 1150, 700)
        return page

    return open_page


def reminder(shop, title="Ring the courier", on=TODAY, **about):
    return follow_ups.remind(shop.desk, title, on=on, now=shop.now, **about)


def titles(page):
    tasks = page.list.tasks
    items = [tasks.task(tasks.index(at)) for at in range(tasks.rowCount())]
    return [item.title for item in items if item is not None]


def spoken_words(page):
    tasks = page.list.tasks
    return [tasks.index(at).data() for at in range(tasks.rowCount())]


def control(page, name, kind=QAbstractButton):
    found = [one for one in page.findChildren(kind) if one.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} controls are called {name!r}"
    return found[0]


def tile(page, label):
    found = [
        one
        for one in page.findChildren(QAbstractButton)
        if one.accessibleName().startswith(f"{label}: ")
    ]
    return found[0]


def number(page, label):
    return int(tile(page, label).accessibleName().rpartition(" ")[2])


def press(qtbot, page, row_id, key):
    assert page.list.select_id(row_id)
    qtbot.keyClick(page.list, key)


def due_on(shop, row_id):
    agenda = agendas.agenda(shop.desk, now=shop.now)
    rows = (*agenda.late, *agenda.today, *agenda.ahead)
    return next((row.due_on for row in rows if row.follow_up_id == row_id), None)


def first_step(shop, case_id):
    return shop.step(case_id).follow_up_id


def plain(action):
    return action.text().replace("&", "")


def popup(qtbot):
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    return QApplication.activePopupWidget()


def test_a_reminder_is_ticked_off_with_the_space_bar(shop, today, qtbot):
    row = reminder(shop)
    page = today()
    press(qtbot, page, row, Qt.Key.Key_Space)
    assert titles(page) == []
    assert shop.desk.last_undoable().words == "Done: Ring the courier"


def test_a_reminder_is_ticked_off_with_one_click_on_its_circle(shop, today, qtbot):
    row = reminder(shop)
    page = today()
    rect = page.list.visualRect(page.list.tasks.index_of(row))
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(page.list.viewport(), left, pos=circle_box(rect).center())
    assert titles(page) == []


def test_no_key_acts_on_a_row_that_is_not_seen_to_be_current(shop, today, qtbot):
    reminder(shop)
    page = today()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert titles(page) == ["Ring the courier"]
    assert page.list.is_marked()
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert titles(page) == []


def test_reading_again_marks_no_row(shop, today):
    reminder(shop)
    page = today()
    page.list.setFocus()
    page.refresh()
    assert not page.list.is_marked()


def test_undo_brings_a_ticked_row_back(shop, today, qtbot):
    row = reminder(shop)
    page = today()
    press(qtbot, page, row, Qt.Key.Key_Space)
    shop.desk.undo()
    assert titles(page) == ["Ring the courier"]


def test_no_answer_moves_a_call_to_the_next_open_day(shop, today, qtbot):
    row = reminder(shop)
    press(qtbot, today(), row, Qt.Key.Key_N)
    assert due_on(shop, row) == TUESDAY


def test_the_snooze_menu_puts_off_with_one_more_key(shop, today, qtbot):
    row = reminder(shop)
    page = today()
    press(qtbot, page, row, Qt.Key.Key_S)
    menu = popup(qtbot)
    assert [plain(action) for action in menu.actions() if action.text()] == [
        "Tomorrow\tTue 3 Mar",
        "Monday\tMon 9 Mar",
        "Pick a day…",
    ]
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert due_on(shop, row) == TUESDAY


def test_another_day_can_be_typed(shop, today, qtbot):
    row = reminder(shop)
    page = today()
    press(qtbot, page, row, Qt.Key.Key_S)
    menu = popup(qtbot)
    qtbot.keyClick(menu, Qt.Key.Key_P)
    dialog = page.findChild(SnoozeDialog)
    field = control(dialog, "Day", QLineEdit)
    field.setText("2026-03-05")
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert due_on(shop, row) == date(2026, 3, 5)


def test_a_day_that_is_over_is_refused_beside_the_field(shop, today):
    row = reminder(shop)
    page = today()
    page.doing.pick_day(row)
    dialog = page.findChild(SnoozeDialog)
    control(dialog, "Day", QLineEdit).setText("2026-02-27")
    dialog.save_button.click()
    assert dialog.isVisible()
    assert "That day is over" in dialog._day.error()
    assert due_on(shop, row) == TODAY


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 5), ["Tomorrow", "Monday", "In a week"]),
        (date(2026, 3, 7), ["Next open day", "In a week"]),
        (date(2026, 3, 8), ["Tomorrow", "In a week"]),
    ],
)
def test_the_days_to_put_off_to_are_open_and_named_once(shop, session, day, words):
    offered = later_days(session.shop.hours, day)
    assert [name.replace("&", "") for name, _day in offered] == words
    assert all(shop.is_open_on(later) for _name, later in offered)


def test_a_shop_closed_on_mondays_is_offered_next_week(session):
    hours = session.shop.hours
    week = tuple(() if day == 0 else spans for day, spans in enumerate(hours.week))
    closed_on_mondays = OpeningHours(week, hours.closed, hours.zone)
    assert ("Ne&xt week", date(2026, 3, 10)) in later_days(closed_on_mondays, date(2026, 3, 5))


def test_skipping_asks_for_a_reason(shop, today, qtbot):
    row = reminder(shop)
    page = today()
    press(qtbot, page, row, Qt.Key.Key_X)
    dialog = page.findChild(SkipDialog)
    dialog.save_button.click()
    assert dialog.isVisible()
    assert due_on(shop, row) == TODAY
    control(dialog, "No longer needed").click()
    dialog.save_button.click()
    assert due_on(shop, row) is None


def test_enter_opens_the_case(shop, today, qtbot):
    case_id = shop.case()
    page = today()
    press(qtbot, page, first_step(shop, case_id), Qt.Key.Key_Return)
    assert page.wishes == [OpenCase(case_id)]


def test_enter_opens_the_customer_of_a_reminder_without_a_case(shop, today, qtbot):
    customer_id = shop.customer()
    row = reminder(shop, customer_id=customer_id)
    page = today()
    press(qtbot, page, row, Qt.Key.Key_Return)
    assert page.wishes == [OpenCustomer(customer_id)]


def test_a_reminder_about_nobody_says_so(shop, session, today, qtbot):
    row = reminder(shop)
    page = today()
    with qtbot.waitSignal(session.said):
        press(qtbot, page, row, Qt.Key.Key_Return)
    assert page.wishes == []


def test_the_envelope_of_a_step_to_write_opens_the_letter(shop, today, qtbot):
    case_id = shop.case()
    row = reminder(shop, "Send the apology", case_id=case_id, act=Act.WRITE)
    page = today()
    spot = page.list.envelope_box(page.list.tasks.index_of(row)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.wishes == [WriteLetter(case_id)]


def test_a_call_has_no_envelope(shop, today):
    case_id = shop.case()
    row = reminder(shop, case_id=case_id, act=Act.CALL)
    page = today()
    assert page.list.envelope_box(page.list.tasks.index_of(row)).isEmpty()


def test_w_opens_the_letter_of_the_current_row(shop, today, qtbot):
    case_id = shop.case()
    page = today()
    press(qtbot, page, first_step(shop, case_id), Qt.Key.Key_W)
    assert page.wishes == [WriteLetter(case_id)]


def test_the_small_button_at_the_end_opens_the_case(shop, today, qtbot):
    case_id = shop.case()
    page = today()
    rect = page.list.visualRect(page.list.tasks.index_of(first_step(shop, case_id)))
    spot = action_boxes(rect)[2].center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.wishes == [OpenCase(case_id)]


def test_a_row_has_a_menu_of_everything(shop, today, qtbot):
    case_id = shop.case()
    page = today()
    row = first_step(shop, case_id)
    page.list.menu_wanted.emit(row, page.mapToGlobal(QPoint(50, 50)))
    menu = popup(qtbot)
    said = [plain(action) for action in menu.actions() if action.text()]
    assert said == [
        "Mark done\tSpace",
        "No answer\tN",
        "Snooze",
        "Skip…\tX",
        "Show the card\tI",
        "Log contact\tL",
        "Write letter\tW",
        "Open\tReturn",
    ]
    menu.close()


class TestListening:
    """The first step ends only when they agreed, or with a reason."""

    @pytest.fixture
    def asked(self, shop, today, qtbot):
        case_id = shop.case()
        page = today()
        press(qtbot, page, first_step(shop, case_id), Qt.Key.Key_Space)
        return page, page.findChild(NotAgreedDialog), case_id

    def test_ticking_it_asks_whether_they_agreed(self, shop, asked):
        _page, dialog, case_id = asked
        assert dialog.isVisible()
        assert shop.view(case_id).first_contact_at is None

    def test_how_we_said_it_back_is_kept_and_the_step_is_done(self, shop, asked, qtbot):
        page, dialog, case_id = asked
        control(dialog, "How you said it back", QPlainTextEdit).setPlainText("It leaked on day 1.")
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        view = shop.view(case_id)
        assert (view.restatement, view.restatement_agreed_at) == ("It leaked on day 1.", shop.now)
        assert view.first_contact_at == shop.now
        assert number(page, "Not yet contacted") == 0

    def test_both_are_taken_back_by_one_undo(self, shop, asked):
        _page, dialog, case_id = asked
        control(dialog, "How you said it back", QPlainTextEdit).setPlainText("It leaked on day 1.")
        dialog.save_button.click()
        shop.desk.undo()
        view = shop.view(case_id)
        assert (view.restatement, view.first_contact_at) == ("", None)

    def test_nothing_is_saved_without_words(self, shop, asked):
        _page, dialog, case_id = asked
        dialog.save_button.click()
        assert dialog.isVisible()
        assert "how you said it back" in dialog._restatement.error()
        assert shop.view(case_id).first_contact_at is None

    def test_going_on_without_needs_a_reason(self, shop, asked):
        _page, dialog, case_id = asked
        control(dialog, "Not yet").click()
        dialog.save_button.click()
        assert dialog._why.error()
        control(dialog, "Why you go on without", QPlainTextEdit).setPlainText("In a hurry")
        dialog.save_button.click()
        assert shop.view(case_id).not_agreed_why == "In a hurry"
        assert shop.view(case_id).first_contact_at == shop.now

    def test_the_answer_alone_can_be_written_down(self, shop, session, today):
        case_id = shop.case()
        dialog = NotAgreedDialog(session, case_id, parent=today())
        dialog.open()
        control(dialog, "Not yet").click()
        control(dialog, "Why you go on without", QPlainTextEdit).setPlainText("In a hurry")
        dialog.save_button.click()
        assert shop.view(case_id).not_agreed_why == "In a hurry"
        assert shop.view(case_id).first_contact_at is None


def test_a_reminder_is_added_for_a_customer(shop, today, qtbot):
    shop.customer("Ada Obi")
    page = today()
    control(page, "Add reminder").click()
    dialog = page.findChild(ReminderDialog)
    control(dialog, "What to remember", QLineEdit).setText("Ask about the lid")
    whom = control(dialog, "For whom", QLineEdit)
    whom.setFocus()
    qtbot.keyClicks(whom, "ada")
    qtbot.waitUntil(lambda: bool(dialog._who.offered()))
    dialog._who.show_pick(dialog._who.offered()[0])
    dialog.save_button.click()
    rows = agendas.agenda(shop.desk, now=shop.now).ahead
    assert [(row.title, row.customer, row.due_on) for row in rows] == [
        ("Ask about the lid", "Ada Obi", TUESDAY)
    ]


def test_a_reminder_without_words_is_refused_beside_the_field(shop, today):
    page = today()
    control(page, "Add reminder").click()
    dialog = page.findChild(ReminderDialog)
    dialog.save_button.click()
    assert dialog._what.error() == "Write down what to remember."
    assert not agendas.agenda(shop.desk, now=shop.now).ahead


def test_the_tiles_count_each_follow_up_where_it_belongs(shop, today):
    shop.case(name="Ada Obi")
    reminder(shop)
    spoken = shop.case(name="Ben Li")
    contacts.log(shop.desk, spoken, ContactEntry(), now=shop.now)
    reminder(shop, "Ring Ben", case_id=spoken)
    shop.later(days=1)
    page = today()
    agenda = agendas.agenda(shop.desk, now=shop.now)
    assert number(page, "Not yet contacted") == 1
    assert number(page, "Late") == len(agenda.late) > 0
    assert number(page, "Due today") == len(agenda.today)
    ring = [row for row in agenda.late if row.title == "Ring Ben"]
    assert len(ring) == 1
    assert number(page, "Owed an update") >= 1


@pytest.mark.parametrize("label", ["Not yet contacted", "Late", "Due today", "Owed an update"])
def test_a_tile_leaves_as_many_rows_as_it_counts(shop, today, label):
    spoken = shop.case(name="Ben Li")
    contacts.log(shop.desk, spoken, ContactEntry(), now=shop.now)
    reminder(shop, "Ring Ben", case_id=spoken)
    shop.later(days=1)
    shop.case(name="Ada Obi")
    page = today()
    everything = titles(page)
    tile(page, label).click()
    assert len(titles(page)) == number(page, label) > 0
    tile(page, label).click()
    assert titles(page) == everything


def test_the_first_tile_and_the_cases_agree_on_who_has_heard_nothing(shop, today):
    shop.case(name="Ada Obi")
    waiting = shop.case(name="Ben Li")
    cases.wait_for_customer(shop.desk, waiting, waiting=True, now=shop.now)
    shop.settled_case(name="Noor Haddad")
    totals = case_lists.totals(shop.desk, now=shop.now)
    assert number(today(), "Not yet contacted") == totals.not_contacted == 1


def test_nobody_is_owed_an_update_while_it_is_their_turn(shop, today):
    case_id = shop.case()
    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now)
    reminder(shop, "Ring Ada", case_id=case_id)
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    shop.later(days=1)
    page = today()
    assert number(page, "Owed an update") == 0
    assert number(page, "Late") == 0
    assert any("Ring Ada" in words and "Their turn" in words for words in spoken_words(page))


def test_where_to_start_is_who_has_waited_longest_for_a_word(shop, today):
    reminder(shop)
    shop.case(name="Ada Obi", phone="01632 960142", severity=Severity.UPSET)
    shop.later(hours=1, minutes=5)
    page = today()
    start = page._start
    assert start._what.text() == "Call Ada Obi"
    assert start._when.text() == "Waiting 1 h 05 min of your 4 h promise"
    assert start._coach.text()
    control(page, "Open case").click()
    assert isinstance(page.wishes[0], OpenCase)


def test_a_broken_promise_is_named(shop, today):
    shop.case(severity=Severity.UPSET)
    shop.later(hours=5)
    assert today()._start._when.text() == "Waiting 5 h 00 min; you promised 4 h"


def test_nobody_is_said_to_have_been_heard_who_was_not(shop, today):
    row = first_step(shop, shop.case())
    follow_ups.move(shop.desk, row, to=NEXT_MONDAY, now=shop.now)
    for other in agendas.agenda(shop.desk, now=shop.now).today:
        follow_ups.move(shop.desk, other.follow_up_id, to=NEXT_MONDAY, now=shop.now)
    page = today()
    assert number(page, "Not yet contacted") == 1
    assert page._quiet._words._title.text().startswith("Nothing is due.")
    assert page._quiet._words._text.text() == "Somebody still waits for a first word from you."


def test_the_phone_number_is_copied(shop, session, today, qtbot):
    shop.case(phone="01632 960142")
    page = today()
    phone = page._start._phone
    with qtbot.waitSignal(session.said):
        phone.click()
    assert QGuiApplication.clipboard().text() == phone.text() != ""


def test_a_long_phone_number_does_not_widen_the_card(shop, today, qtbot):
    shop.case(name="A" * 60, phone="+49 30 12345678901234")
    page = today()
    qtbot.waitUntil(lambda: page._start.minimumSizeHint().width() <= page._side.width())


def test_the_month_comes_after_the_first_paint(shop, today, qtbot):
    shop.case()
    page = today()
    qtbot.waitUntil(page._month.isVisible)
    assert page._month.accessibleName() == "March so far"
    assert page._month._open.accessibleName() == "Open: 1"


def test_an_empty_desk_offers_to_log_somebody(today):
    page = today()
    assert page._quiet.isVisible()
    control(page, "Log an unhappy customer").click()
    assert page.wishes == [LogCustomer()]


def test_a_day_without_work_says_when_the_next_comes(shop, today):
    reminder(shop, on=NEXT_MONDAY)
    page = today()
    assert page._quiet._words.isVisible()
    assert page._quiet._words._title.text() == "Nothing waiting. Next: Mon 9 Mar."
    control(page, "Show the next 7 days").click()
    assert titles(page) == ["Ring the courier"]
    assert page.list.isVisible()


def test_a_day_far_off_is_found_as_well(shop, today):
    reminder(shop, on=date(2026, 9, 1))
    assert today()._quiet._words._title.text() == "Nothing waiting. Next: Tue 1 Sep."


def test_a_tile_without_rows_says_so_and_leads_back(shop, today):
    reminder(shop)
    page = today()
    tile(page, "Late").click()
    assert page._quiet._words._title.text() == "Nothing is late."
    control(page, "Show everything").click()
    assert titles(page) == ["Ring the courier"]
    assert not tile(page, "Late").isChecked()


def test_a_row_turns_late_while_the_page_stays_open(shop, today):
    shop.case(severity=Severity.UPSET)
    page = today()
    assert number(page, "Late") == 0
    shop.later(hours=5)
    page._minutes.timeout.emit()
    assert number(page, "Late") > 0


def test_the_checklist_is_printed_from_the_button_and_by_key(today):
    page = today()
    control(page, "Print checklist").click()
    assert page.wishes == [PrintChecklist()]
    assert page.print_wish() == PrintChecklist()


def test_the_heading_tells_the_day(today):
    page = today()
    assert (page.heading(), page.subheading()) == ("Today", "Monday 2 March 2026")


def test_a_row_dealt_with_elsewhere_is_told_calmly(shop, today):
    row = reminder(shop)
    page = today()
    follow_ups.complete(shop.desk, row, now=shop.now)
    page.doing.complete(row)
    box = QApplication.activeModalWidget()
    assert box is not None
    assert box.text() == "That follow-up has been dealt with already."
    box.close()


def test_i_shows_the_card_of_a_row_and_its_letter_opens_in_front(shop, today, qtbot):
    case_id = shop.case()
    page = today()
    step = shop.step(case_id).follow_up_id
    press(qtbot, page, step, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: page.findChildren(CallingSessionDialog) != [])
    (dialog,) = page.findChildren(CallingSessionDialog)
    dialog.letter_wanted.emit(case_id)
    assert dialog.findChildren(LetterDialog) != []
    dialog.case_wanted.emit(case_id)
    assert page.wishes == [OpenCase(case_id)]


def test_a_calling_session_starts_from_here(shop, today):
    shop.case()
    page = today()
    page.call()
    assert len(page.findChildren(CallingSessionDialog)) == 1


def test_what_is_due_is_saved_for_any_calendar(shop, today, tmp_path, monkeypatch, session, qtbot):
    shop.case()
    path = tmp_path / "due"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_about: (str(path), ""))
    page = today()
    with qtbot.waitSignal(session.said) as said:
        page.save_calendar()
    assert said.args == ["Saved: due.ics"]
    assert path.with_suffix(".ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_about: ("", ""))
    page.save_calendar()


def test_what_was_put_off_can_go_back_to_the_same_date(shop, today):
    on = date(2026, 3, 5)
    row = reminder(shop, on=on)
    follow_ups.move(shop.desk, row, to=date(2026, 3, 6), now=shop.now)
    page = today()
    (back,) = [one for one in page.doing.snooze_menu(row).actions() if "same date" in plain(one)]
    back.trigger()
    assert due_on(shop, row) == on


def test_a_reminder_can_come_again(shop, today):
    page = today()
    page._remind()
    (dialog,) = page.findChildren(ReminderDialog)
    dialog._words.setText("Water the plants")
    dialog._every.choose("1 weeks")
    dialog.save_wanted.emit()
    agenda = agendas.agenda(shop.desk, now=shop.now)
    (row,) = (*agenda.today, *agenda.ahead)
    assert (row.every, row.every_unit) == (1, Unit.WEEKS)


def test_ticking_a_gift_asks_what_it_is(shop, today, qtbot):
    customer_id = shop.customer()
    gifts.plan_gift(shop.desk, customer_id, now=shop.now, budget_cents=1500, months=0)
    page = today()
    (row,) = agendas.agenda(shop.desk, now=shop.now).today
    press(qtbot, page, row.follow_up_id, Qt.Key.Key_Space)
    (dialog,) = page.findChildren(GiftDialog)
    dialog._words.setText("A jug")
    dialog._cost.setText("8")
    dialog.save_wanted.emit()
    assert titles(page) == []
    assert [one.words for one in gift_ideas.ideas(shop.desk, customer_id).past] == ["A jug"]


def test_staying_in_touch_is_not_late_until_its_latest_day(shop, today):
    touches.set_gaps(shop.desk, shop.customer(), 10, 40, now=shop.now)
    shop.later(days=20)
    page = today()
    assert "Late after Sat 11 Apr" in spoken_words(page)[-1]
    shop.later(days=25)
    page.refresh()
    assert "35 days late" in spoken_words(page)[-1]
