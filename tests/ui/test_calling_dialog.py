"""A calling session, by keyboard: card by card, each with its story, and the tally at the end."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QMessageBox, QWidget

from recoverydesk.domain.contact import Mood, Reach, Way
from recoverydesk.domain.follow_up import Act, FollowUpStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError
from recoverydesk.services import cases, contacts, feedbacks, follow_ups, stories
from recoverydesk.services.cases import Story as Told
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.storage.tables import Case, Contact, Customer, FollowUp
from ui.dialogs.calling import CallingSessionDialog
from ui.dialogs.calling.card import CopyRow
from ui.dialogs.calling.said_back import SaidBackDialog
from ui.dialogs.feedback import FeedbackDialog
from ui.dialogs.make_safe import MakeSafeDialog
from ui.dialogs.snooze import SnoozeDialog

CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
TODAY, TUESDAY, THURSDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5)
NAMES = ("Ada Obi", "Ben Ito", "Cleo Ray", "Dan Fox", "Eve Orr",
         "Flo Kay", "Gus Lee", "Hal Roe", "Ida Poe", "Jon Day")  # fmt: skip


def remind(shop, title="Ring them", **about):
    return follow_ups.remind(shop.desk, title, on=TODAY, now=shop.now, **about)


def person(shop, name, **entry):
    return remind(shop, f"Ring {name}", customer_id=shop.customer(name, **entry))


@pytest.fixture
def three(shop):
    return [person(shop, name) for name in NAMES[:3]]


@pytest.fixture
def calling(session, shown, qtbot):
    """Open the session over a window, ready for keys; what it asked for is kept in `asked`."""

    def open_it(items=None):
        dialog = CallingSessionDialog(session, parent=shown(QWidget()), items=items)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.asked = []
        dialog.letter_wanted.connect(lambda case: dialog.asked.append(("letter", case)))
        dialog.case_wanted.connect(lambda case: dialog.asked.append(("case", case)))
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return open_it


def press(qtbot, key, modifier=PLAIN):
    """Press a key on whatever has the focus."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def write(qtbot, words):
    """Go from the card to the note with Enter, type, and come back with Enter."""
    press(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), words)
    press(qtbot, Qt.Key.Key_Return)


def front(qtbot, dialog, kind):
    found = dialog.findChild(kind)
    assert found is not None
    found.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


def again(qtbot, dialog):
    """Come back to the session once what was asked is answered."""
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)


def card(dialog):
    return dialog.card.accessibleName()


def said(widget):
    QApplication.processEvents()  # what was put into a layout is shown a moment later
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def tally(dialog):
    assert dialog.tally.isVisible()
    QApplication.processEvents()
    lines = dialog.tally.findChildren(QWidget)
    return [one.accessibleName() for one in lines if one.isVisible() and one.accessibleName()]


def rows(shop):
    with shop.desk.reading():
        return list(FollowUp.select().order_by(FollowUp.id))


def all_contacts(shop):
    with shop.desk.reading():
        return list(Contact.select().order_by(Contact.id))


def test_ten_cards_by_keyboard_only_end_with_the_tally(shop, calling, qtbot):
    for name in NAMES:
        person(shop, name)
    dialog = calling()
    assert card(dialog) == "1 of 10: Ada Obi, Ring Ada Obi"
    write(qtbot, "All is well")
    press(qtbot, Qt.Key.Key_5)
    press(qtbot, Qt.Key.Key_D)
    for key in (Qt.Key.Key_D, Qt.Key.Key_N, Qt.Key.Key_W, Qt.Key.Key_N, Qt.Key.Key_D):
        press(qtbot, key)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_D)
    assert card(dialog).startswith("10 of 10: Jon Day")
    shop.later(minutes=9, seconds=50)
    press(qtbot, Qt.Key.Key_D)
    assert tally(dialog)[:6] == [
        "Reached: 6", "Left word: 1", "No answer: 2", "Put off: 0", "Passed over: 1",
        "Time taken: 9 minutes",
    ]  # fmt: skip
    first = all_contacts(shop)[0]
    assert (first.words, first.mood) == ("All is well", Mood.DELIGHTED)
    assert (first.reach, first.way) == (Reach.REACHED, Way.CALL)
    press(qtbot, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_undo_of_one_card_takes_back_both_rows_and_shows_it_with_its_note(shop, calling, qtbot):
    person(shop, "Ada Obi")
    dialog = calling()
    write(qtbot, "All is well")
    press(qtbot, Qt.Key.Key_4)
    press(qtbot, Qt.Key.Key_D)
    assert dialog.tally.isVisible()
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert all_contacts(shop) == []
    assert rows(shop)[0].status == FollowUpStatus.PLANNED
    assert card(dialog).startswith("1 of 1: Ada Obi")
    assert (dialog.note.draft().words, dialog.note.draft().mood) == ("All is well", Mood.PLEASED)
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert dialog.card.isVisible()


@pytest.mark.usefixtures("three")
def test_letters_typed_into_the_note_enter_nothing(shop, calling, qtbot):
    dialog = calling()
    write(qtbot, "dnwso 12")
    assert dialog.note.draft().words == "dnwso 12"
    assert all_contacts(shop) == []
    assert any("while you aren't writing" in words for words in said(dialog))


@pytest.mark.usefixtures("three")
def test_a_note_waits_for_one_to_come_back_to_its_card(calling, qtbot):
    dialog = calling()
    write(qtbot, "Perhaps")
    press(qtbot, Qt.Key.Key_2)
    press(qtbot, Qt.Key.Key_Right)
    assert (card(dialog)[:6], dialog.note.draft().words) == ("2 of 3", "")
    press(qtbot, Qt.Key.Key_Left)
    assert (card(dialog)[:6], dialog.note.draft().words) == ("1 of 3", "Perhaps")
    assert dialog.note.draft().mood is Mood.UNHAPPY
    press(qtbot, Qt.Key.Key_0)
    assert dialog.note.draft().mood is None
    press(qtbot, Qt.Key.Key_Left)
    assert card(dialog)[:6] == "1 of 3"


@pytest.mark.usefixtures("three")
def test_page_down_goes_on_from_within_the_note(calling, qtbot):
    dialog = calling()
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_PageDown)
    assert card(dialog)[:6] == "2 of 3"
    press(qtbot, Qt.Key.Key_PageUp)
    assert card(dialog)[:6] == "1 of 3"


def test_a_key_that_stays_down_enters_one_card(shop, calling, qtbot, three):
    dialog = calling()
    press(qtbot, Qt.Key.Key_D)
    held = _held(Qt.Key.Key_D)
    QApplication.sendEvent(dialog.card, held)
    assert len(all_contacts(shop)) == 1
    assert card(dialog)[:6] == "2 of 3"
    assert len(three) == 3


def _held(key):
    return QKeyEvent(QEvent.Type.KeyPress, key, PLAIN, "d", autorep=True)


def test_the_third_time_that_nobody_answers_proposes_a_letter(shop, calling, qtbot):
    case_id = shop.case(name="Ada Obi")
    for _ in range(2):
        entry = ContactEntry(reach=Reach.NO_ANSWER)
        contacts.log(shop.desk, case_id, entry, now=shop.now)
    person(shop, "Ben Ito")
    dialog = calling()
    assert "Nobody answered the last 2 times in a row." in said(dialog.pane)
    press(qtbot, Qt.Key.Key_N)
    assert dialog.banner.text() == (
        "Ada hasn't answered 3 times in a row. A letter may get through."
    )
    assert card(dialog).startswith("2 of 2: Ben Ito")
    dialog.banner.acted.emit()
    assert dialog.asked == [("letter", case_id)]
    assert dialog.isVisible()
    assert dialog.banner.isHidden()


def test_a_letter_needs_a_case_and_three_tries(shop, calling, qtbot):
    for name in NAMES[:2]:
        person(shop, name)
    dialog = calling()
    press(qtbot, Qt.Key.Key_N)
    assert dialog.banner.isHidden()
    for one in all_contacts(shop):
        for _ in range(2):
            with shop.desk.reading():
                Contact.create(
                    customer=one.customer_id + 1, at=shop.now, way="call", direction="out",
                    reach="no_answer",
                )  # fmt: skip
    dialog._walk.read_again()
    press(qtbot, Qt.Key.Key_N)
    assert dialog.banner.text().startswith("Ben hasn't answered 3 times")
    dialog.banner.acted.emit()
    assert dialog.asked == []


def test_word_that_was_left_brings_it_back_the_next_opening_day(shop, calling, qtbot, three):
    calling()
    write(qtbot, "On the machine")
    press(qtbot, Qt.Key.Key_W)
    one = all_contacts(shop)[0]
    assert (one.reach, one.words) == (Reach.LEFT_WORD, "On the machine")
    assert rows(shop)[0].due_on == TUESDAY
    assert len(three) == 3


@pytest.mark.usefixtures("three")
def test_snooze_asks_for_the_day_with_one_more_key(shop, calling, qtbot):
    dialog = calling()
    press(qtbot, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
    assert rows(shop)[0].due_on == TUESDAY
    assert card(dialog)[:6] == "2 of 3"


@pytest.mark.usefixtures("three")
def test_another_day_can_be_picked_and_the_note_is_the_reason(shop, calling, qtbot):
    dialog = calling()
    write(qtbot, "Back on Thursday")
    dialog._pick_day()
    asked = front(qtbot, dialog, SnoozeDialog)
    asked.findChild(QLineEdit).setText("2026-03-05")
    qtbot.keyClick(asked, Qt.Key.Key_Return, CTRL)
    row = rows(shop)[0]
    assert (row.due_on, row.reason) == (THURSDAY, "Back on Thursday")
    assert card(dialog)[:6] == "2 of 3"
    assert "Put off: Ada" in said(dialog)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_listening_step_asks_whether_they_agreed_and_is_one_undo(shop, calling, qtbot, answer):
    case_id = shop.case()
    dialog = calling()
    write(qtbot, "He was calm")
    press(qtbot, Qt.Key.Key_3)
    press(qtbot, Qt.Key.Key_D)
    asked = front(qtbot, dialog, SaidBackDialog)
    assert all_contacts(shop) == []
    asked._answer.choose(answer)
    for field in (asked._restatement, asked._why):
        field.input.set_text("It leaked on day 1.")
    qtbot.keyClick(asked, Qt.Key.Key_Return, CTRL)
    (one,) = shop.view(case_id).contacts
    assert one.words.endswith("He was calm")
    assert (one.mood, one.way) == (Mood.NEUTRAL, Way.CALL)
    assert dialog.tally.isVisible()
    again(qtbot, dialog)
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert all_contacts(shop) == []
    assert card(dialog).startswith("1 of 1")


def test_who_agrees_has_been_reached_even_without_a_note(shop, calling, qtbot):
    case_id = shop.case()
    contacts.log(shop.desk, case_id, ContactEntry(reach=Reach.LEFT_WORD), now=shop.now)
    dialog = calling()
    press(qtbot, Qt.Key.Key_D)
    asked = front(qtbot, dialog, SaidBackDialog)
    qtbot.keyClicks(QApplication.focusWidget(), "It leaked.")
    qtbot.keyClick(asked, Qt.Key.Key_Return, CTRL)
    assert [one.reach for one in all_contacts(shop)] == [Reach.LEFT_WORD, Reach.REACHED]


def test_what_makes_it_safe_asks_what_was_done(shop, calling, qtbot):
    case_id = shop.case(safety_flag=True)
    step = shop.step(case_id, "Make it safe").follow_up_id
    dialog = calling([step])
    press(qtbot, Qt.Key.Key_D)
    asked = front(qtbot, dialog, MakeSafeDialog)
    qtbot.keyClicks(QApplication.focusWidget(), "Taken off the shelf.")
    qtbot.keyClick(asked, Qt.Key.Key_Return, CTRL)
    assert dialog.tally.isVisible()
    assert shop.view(case_id).safety_words == "Taken off the shelf."


@pytest.mark.usefixtures("three")
def test_a_note_that_is_too_long_is_told_beside_it_and_nothing_is_saved(shop, calling, qtbot):
    dialog = calling()
    dialog.note.line.setText("a" * 10_001)
    press(qtbot, Qt.Key.Key_D)
    assert "1 character too long" in dialog.note.field.error()
    dialog.note.line.setText("a" * 600)
    dialog.card.setFocus()
    press(qtbot, Qt.Key.Key_N)
    assert "100 characters too long" in dialog.note.field.error()
    dialog._put_off(THURSDAY)
    dialog._pick_day()
    assert dialog.findChild(SnoozeDialog) is None
    assert all_contacts(shop) == []
    assert card(dialog)[:6] == "1 of 3"


@pytest.mark.usefixtures("three")
def test_a_note_of_ten_thousand_signs_is_kept_whole(shop, calling, qtbot):
    dialog = calling()
    dialog.note.line.setText("a" * 10_000)
    press(qtbot, Qt.Key.Key_D)
    assert len(all_contacts(shop)[0].words) == 10_000
    assert card(dialog)[:6] == "2 of 3"


def test_what_is_dealt_with_elsewhere_is_passed_over_with_a_word(shop, calling, qtbot, three):
    dialog = calling()
    follow_ups.complete(shop.desk, three[1], now=shop.now)
    press(qtbot, Qt.Key.Key_Right)
    assert card(dialog)[:6] == "3 of 3"
    assert "One card was dealt with elsewhere meanwhile." in said(dialog)
    press(qtbot, Qt.Key.Key_Left)
    assert card(dialog) == "2 of 3: Ben Ito, Ring Ben Ito, Dealt with elsewhere"
    for key in (Qt.Key.Key_D, Qt.Key.Key_N, Qt.Key.Key_W, Qt.Key.Key_S, Qt.Key.Key_3):
        press(qtbot, key)
    assert all_contacts(shop) == []
    assert not dialog.save_button.isEnabled()
    assert dialog.note.isHidden()
    press(qtbot, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is dialog.card


def test_the_open_card_dealt_with_elsewhere_is_noticed_at_the_key(shop, calling, qtbot, three):
    dialog = calling()
    write(qtbot, "Half a word")
    follow_ups.no_answer(shop.desk, three[0], now=shop.now)
    press(qtbot, Qt.Key.Key_D)
    assert len(all_contacts(shop)) == 1
    assert card(dialog)[:6] == "2 of 3"
    press(qtbot, Qt.Key.Key_Left)
    assert dialog.note.draft().words == "Half a word"
    dialog.note.line.clear()
    press(qtbot, Qt.Key.Key_Right)
    follow_ups.complete(shop.desk, three[1], now=shop.now)
    follow_ups.complete(shop.desk, three[2], now=shop.now)
    press(qtbot, Qt.Key.Key_N)
    assert "2 cards were dealt with elsewhere meanwhile." in said(dialog)
    assert "Dealt with elsewhere: 3" in tally(dialog)


def test_a_card_that_was_taken_back_is_gone(shop, calling, qtbot):
    for name in NAMES[:2]:
        person(shop, name)
    dialog = calling()
    shop.desk.undo()
    press(qtbot, Qt.Key.Key_Right)
    assert dialog.tally.isVisible()
    press(qtbot, Qt.Key.Key_PageUp)
    assert card(dialog)[:6] == "1 of 2"


@pytest.mark.usefixtures("three")
def test_a_card_with_a_result_says_so_when_one_comes_back(calling, qtbot):
    dialog = calling()
    press(qtbot, Qt.Key.Key_D)
    press(qtbot, Qt.Key.Key_Left)
    assert card(dialog) == "1 of 3: Ada Obi, Ring Ada Obi, Reached"
    press(qtbot, Qt.Key.Key_Right)
    assert card(dialog)[:6] == "2 of 3"


@pytest.mark.usefixtures("three")
def test_the_rest_can_be_gone_through_after_the_tally(calling, qtbot):
    dialog = calling()
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_D)
    press(qtbot, Qt.Key.Key_Escape)
    assert "2 cards are left as they were; they stay on Today." in said(dialog)
    dialog.tally.rest_button.click()
    assert card(dialog)[:6] == "1 of 3"
    press(qtbot, Qt.Key.Key_D)
    assert card(dialog)[:6] == "3 of 3"


@pytest.mark.usefixtures("three")
def test_esc_asks_only_if_a_note_would_be_lost(calling, qtbot):
    dialog = calling()
    write(qtbot, "Perhaps")
    press(qtbot, Qt.Key.Key_O)
    press(qtbot, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.findChild(QMessageBox) is not None
    dialog._close_anyway()
    assert not dialog.isVisible()


@pytest.mark.usefixtures("three")
def test_keep_writing_leads_to_the_card_with_the_note(calling, qtbot):
    dialog = calling()
    press(qtbot, Qt.Key.Key_D)
    write(qtbot, "Perhaps")
    press(qtbot, Qt.Key.Key_O)
    press(qtbot, Qt.Key.Key_Right)
    assert card(dialog)[:6] == "3 of 3"
    press(qtbot, Qt.Key.Key_Escape)
    assert dialog.findChild(QMessageBox) is not None
    assert card(dialog)[:6] == "2 of 3"
    assert dialog.note.draft().words == "Perhaps"
    dialog._close_anyway()
    assert "2 cards are left as they were" in " ".join(said(dialog))


@pytest.mark.usefixtures("three")
def test_nothing_entered_closes_at_once(calling, qtbot):
    dialog = calling()
    press(qtbot, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.usefixtures("three")
def test_a_tally_of_nothing_says_so(calling, qtbot):
    dialog = calling()
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Right)
    assert "Nothing was entered." in said(dialog)
    assert "Time taken: under a minute" in tally(dialog)


def test_the_tally_tells_what_falls_due_next(shop, calling, qtbot):
    person(shop, "Ada Obi")
    dialog = calling()
    press(qtbot, Qt.Key.Key_D)
    assert "Nothing in the next 7 days." in said(dialog.next_up)
    dialog._undo()
    customer = shop.customer("Ben Ito")
    follow_ups.remind(
        shop.desk, "Call Ben", on=THURSDAY, now=shop.now, customer_id=customer, act=Act.CALL
    )
    follow_ups.remind(shop.desk, "Order lids", on=THURSDAY, now=shop.now)
    press(qtbot, Qt.Key.Key_D)
    lines = [one for one in said(dialog.next_up) if one]
    assert lines == ["Falls due next", "Call Ben", "Thu 5 Mar, Ben Ito", "Order lids", "Thu 5 Mar"]


def test_an_empty_session_has_a_friendly_word(calling, qtbot):
    dialog = calling()
    assert "Nobody to call right now" in said(dialog)
    assert not dialog.save_button.isVisible()
    for key in (Qt.Key.Key_D, Qt.Key.Key_N, Qt.Key.Key_O, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        press(qtbot, key)
    press(qtbot, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_card_tells_the_story(shop, calling):
    case_id = shop.case(name="Ada Obi", phone="07700 900123", email="ada@example.org")
    shop.voucher(case_id=case_id, value_cents=2500, words="A kettle")
    shop.agreed(case_id, words="A call from the boss")
    shop.agreed(case_id, words="A new lid", value_cents=500)
    by = shop.now.replace(hour=17)
    entry = ContactEntry(reach=Reach.NO_ANSWER, mood=None, words="Rang.")
    contacts.log(shop.desk, case_id, entry, now=shop.now, next_word_by=by)
    entry = ContactEntry(reach=Reach.NO_ANSWER, mood=Mood.ANGRY)
    contacts.log(shop.desk, case_id, entry, now=shop.now)
    with shop.desk.reading():
        Customer.update(likes="Green tea", best_time="after 5", preferred_way="email").execute()
    dialog = calling()
    told = " | ".join((*said(dialog.card), *said(dialog.pane)))
    for words in (
        "Ada Obi", "“I am sorry.", "Let them tell it all", "Rather not: “You should have told us",
        "Source: practice", "They would rather be reached by: e-mail", "Best time: after 5",
        "What was promised", "By Mon 2 Mar, 17:00", "To be kept", "Rang.", "Angry",
        "A kettle", "£25 left, until Tue 2 Mar 2027, ", "still to be handed over",
        "worth £5, still to be handed over", "Green tea",
        "Nobody answered the last 2 times in a row.",
    ):  # fmt: skip
        assert words in told
    assert card(dialog).startswith("1 of ")
    assert "07700 900123" in card(dialog)


def test_a_broken_promise_an_alarm_and_being_left_alone_are_told(shop, calling):
    case_id = shop.case(name="Ada Obi")
    by = shop.now.replace(hour=12)
    entry = ContactEntry(reach=Reach.NO_ANSWER)
    contacts.log(shop.desk, case_id, entry, now=shop.now, next_word_by=by)
    with shop.desk.reading():
        Case.update(alarm="A second failure, 5 weeks later.").execute()
    shop.later(hours=4)
    item = remind(shop, case_id=case_id)
    follow_ups.move(shop.desk, item, to=TUESDAY, now=shop.now)
    with shop.desk.reading():
        Customer.update(do_not_contact=True).execute()
        FollowUp.update(reason="").where(FollowUp.id == item).execute()
    dialog = calling([item])
    told = said(dialog.card) + said(dialog.pane)
    assert "They asked to be left alone." in told
    assert "A second failure, 5 weeks later." in told
    assert "Broken" in told
    assert "put off once" in told
    assert "Neither phone nor e-mail is known." in told


def test_a_click_copies_the_number(shop, calling, qtbot):
    person(shop, "Ada Obi", phone="07700 900123", email="ada@example.org")
    person(shop, "Ben Ito", email="ben@example.org")
    dialog = calling()
    qtbot.mouseClick(dialog.card.phone_row, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "07700 900123"
    assert "Copied: 07700 900123" in said(dialog)
    press(qtbot, Qt.Key.Key_Right)
    QApplication.processEvents()
    (mail,) = [one for one in dialog.card.findChildren(CopyRow) if one.isVisible()]
    mail.click()
    assert QApplication.clipboard().text() == "ben@example.org"


def test_the_case_ends_the_session_unless_a_note_would_be_lost(shop, calling, qtbot):
    case_id = shop.case()
    dialog = calling()
    write(qtbot, "Perhaps")
    press(qtbot, Qt.Key.Key_O)
    assert dialog.asked == []
    assert "Enter or clear your notes first, then open the case." in said(dialog)
    dialog.note.line.clear()
    press(qtbot, Qt.Key.Key_O)
    assert dialog.asked == [("case", case_id)]
    assert not dialog.isVisible()


def test_a_letter_that_is_due_can_be_written_from_its_card(shop, calling):
    case_id = shop.case()
    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now)
    told = Told("It leaks.", "It leaks.", agreed=True)
    cases.tell(shop.desk, case_id, told, now=shop.now)
    dialog = calling([remind(shop, "Write to Ada", case_id=case_id, act=Act.WRITE)])
    dialog.card.letter_wanted.emit()
    assert dialog.asked == [("letter", case_id)]


def test_one_card_can_be_opened_for_a_reminder_about_nobody(shop, calling, qtbot):
    item = remind(shop, "Order lids")
    dialog = calling([item])
    assert card(dialog) == "1 of 1: Order lids"
    press(qtbot, Qt.Key.Key_O)
    dialog._write_letter()
    write(qtbot, "Ordered")
    press(qtbot, Qt.Key.Key_D)
    assert (rows(shop)[0].end_words, rows(shop)[0].status) == ("Ordered", FollowUpStatus.DONE)
    assert dialog.asked == []


def test_what_a_step_refuses_without_asking_is_told(shop, calling, monkeypatch):
    shop.case()
    dialog = calling()
    for error in (NotAllowedError("Not now."), InvalidEntryError("whys", "Ask why first.")):

        def refuse(*_args, error=error, **_options):
            raise error

        monkeypatch.setattr(stories, "reached", refuse)
        dialog.activateWindow()
        dialog._done()
        boxes = [one for one in dialog.findChildren(QMessageBox) if one.isVisible()]
        assert boxes[-1].text() == str(error)
        boxes[-1].accept()
    assert card(dialog)[:6] == "1 of 1"


def test_long_names_keep_the_window_in_shape(shop, calling):
    name = "Odalys de la Concepción-Villanueva " * 5
    remind(
        shop,
        "Ring them " * 11,
        customer_id=shop.customer(
            name.strip(), phone="+44 7700 900123 ext 12345 or ask at the bar downstairs"
        ),
    )
    dialog = calling()
    width = dialog.width()
    assert dialog.card.width() < width
    assert dialog.card.phone_row.width() < dialog.card.width()


@pytest.mark.usefixtures("three", "dark")
def test_every_control_has_a_name(calling, qtbot):
    dialog = calling()
    press(qtbot, Qt.Key.Key_D)
    stops = [
        one for one in dialog.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]  # fmt: skip
    nameless = [one for one in stops if not one.accessibleName()]
    assert dialog.note.line.accessibleName() == "What was said, in one line"
    assert len(stops) >= 15
    assert nameless == []
    assert not dialog.grab().isNull()


def test_tab_follows_the_eye(shop, calling, qtbot):
    shop.case(phone="07700 900123")
    person(shop, "Ben Ito")
    dialog = calling()

    def next_stops(count):
        QApplication.processEvents()
        dialog.card.setFocus()
        for _ in range(count):
            press(qtbot, Qt.Key.Key_Tab)
            yield QApplication.focusWidget().accessibleName()

    line = "What was said, in one line"
    assert list(next_stops(3)) == ["Copy 07700 900123", line, "Can't say"]
    press(qtbot, Qt.Key.Key_PageDown)
    assert list(next_stops(2)) == [line, "Can't say"]
    press(qtbot, Qt.Key.Key_PageUp)
    assert list(next_stops(2)) == ["Copy 07700 900123", line]


def test_how_it_was_handled_is_asked_on_the_phone_once_it_is_resolved(shop, calling, qtbot):
    case_id = shop.settled_case()
    remind(shop, "Ask how it was", case_id=case_id)
    dialog = calling()
    assert "How was it handled?" in [one.text() for one in dialog.card.stops]

    press(qtbot, Qt.Key.Key_H)
    asked = front(qtbot, dialog, FeedbackDialog)
    qtbot.keyClicks(QApplication.focusWidget(), "5")
    qtbot.keyClick(asked, Qt.Key.Key_Return, CTRL)

    (given,) = feedbacks.of_case(shop.desk, case_id)
    assert (given.fair, given.easy) == (5, None)


def test_nobody_is_asked_how_it_was_handled_before_it_is_put_right(shop, calling, qtbot):
    remind(shop, "Ring them", case_id=shop.case())
    remind(shop, "Ring somebody", customer_id=shop.customer("Ben Ito"))
    dialog = calling()

    press(qtbot, Qt.Key.Key_H)

    assert dialog.findChild(FeedbackDialog) is None
