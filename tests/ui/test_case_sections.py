"""The page of one case, as an owner leads it from the first word to the last step."""

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QPlainTextEdit

from recoverydesk.domain.case import Evidence, Outcome, Severity, Status
from recoverydesk.domain.cause import Lever
from recoverydesk.domain.contact import Direction, Mood
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.errors import NotFoundError
from recoverydesk.services import (
    cases,
    causes,
    contacts,
    customers,
    negotiations,
    papers,
    people,
    playbooks,
)
from recoverydesk.services.cases import Ending, Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.negotiations import Asked
from recoverydesk.services.playbooks import PlaybookEntry
from recoverydesk.services.presets import playbook_presets
from recoverydesk.services.remedies import RemedyEntry
from ui.dialogs.adopt import AdoptDialog
from ui.dialogs.cause import AddCauseDialog
from ui.dialogs.close_case import CloseCaseDialog
from ui.dialogs.correction import CorrectionDialog, CorrectionDoneDialog
from ui.dialogs.give_remedy import GiveRemedyDialog
from ui.dialogs.good_experience import GoodExperienceDialog
from ui.dialogs.history import HistoryDialog
from ui.dialogs.log_contact import LogContactDialog
from ui.dialogs.merging import MergeCasesDialog
from ui.dialogs.not_agreed import NotAgreedDialog
from ui.dialogs.offer import OfferDialog
from ui.dialogs.reopen import ReopenDialog
from ui.dialogs.resolve import ResolveDialog
from ui.dialogs.severity import SeverityDialog
from ui.dialogs.skip import SkipDialog
from ui.dialogs.snooze import SnoozeDialog
from ui.dialogs.splitting import LinkCaseDialog, MoveCaseDialog, SplitCaseDialog
from ui.dialogs.visit import VisitDialog
from ui.widgets.fields import LabelledField
from ui.widgets.page import GoTo, OpenCustomer, Place, PrintCertificate, ShowPaper, WriteLetter
from ui.widgets.scrolls import ScrollArea
from ui.widgets.stages import StageTrack
from ui.widgets.text import Text

SAID_BACK = "Your kettle leaks."
LONG_NAME = "Maximiliana Theodora Whitcombe-Ashworth von und zu Hohenstein"


@pytest.fixture
def opened(case_page):
    """Open the page on a case."""
    return partial(case_page, width=1102)


def named(root, name, kind=QAbstractButton):
    # What has just come into a layout is shown one turn of the loop later.
    QApplication.processEvents()
    found = [
        one for one in root.findChildren(kind) if one.accessibleName() == name and one.isVisible()
    ]
    assert len(found) == 1, f"{len(found)} controls are called {name!r}"
    return found[0]


def click(qtbot, page, name):
    button = named(page, name)
    page.findChild(ScrollArea).ensureWidgetVisible(button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def write(qtbot, page, name, words, kind=QLineEdit):
    field = named(page, name, kind)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)
    return field


def dialog_of(page, kind):
    found = [one for one in page.findChildren(kind) if one.isVisible()]
    assert len(found) == 1, f"{len(found)} open: {kind.__name__}"
    return found[0]


def circle(page, title):
    return next(
        line.circle for line in page._plan._list.rows() if line.step().title.startswith(title)
    )


def step_states(page):
    return [line.step().state for line in page._plan._list.rows()]


def words_of(page):
    QApplication.processEvents()
    return " | ".join(one.text() for one in page.findChildren(Text) if one.isVisible())


def error_of(page, name):
    field = next(
        one for one in page.findChildren(LabelledField) if one.input.accessibleName() == name
    )
    return field.error()


def open_parts(page):
    return [name for name, section in page.sections().items() if section.is_open()]


def more_menu(qtbot, page):
    click(qtbot, page, "More")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    return QApplication.activePopupWidget()


def offers(menu):
    return [action.text().replace("&", "") for action in menu.actions() if action.text()]


def pick(menu, words):
    """Press a line of a menu, or of one of its menus."""
    for action in menu.actions():
        if action.text().replace("&", "").startswith(words):
            action.trigger()
            menu.close()
            return
    raise AssertionError(f"{words!r} is not among {offers(menu)}")


def submenu(menu, words):
    return next(one.menu() for one in menu.actions() if one.text() == words)


# Where it stands


@pytest.mark.parametrize(
    ("lead", "part"),
    [
        (lambda _shop, _case: None, "what"),
        (
            lambda shop, case: cases.apologise(
                shop.desk, case, now=shop.now, not_agreed_why="in a hurry"
            ),
            "right",
        ),
        (
            lambda shop, case: cases.resolve(
                shop.desk, case, now=shop.now, not_agreed_why="in a hurry"
            ),
            "talk",
        ),
    ],
)
def test_the_part_of_the_stage_is_open(shop, opened, lead, part):
    case_id = shop.case()
    lead(shop, case_id)

    assert open_parts(opened(case_id)) == [part]


def test_a_wished_part_is_open_instead(shop, opened):
    assert open_parts(opened(shop.case(), "why")) == ["why"]


def test_asking_for_the_plan_leaves_the_part_of_the_stage_open(shop, opened):
    assert open_parts(opened(shop.case(), "plan")) == ["what"]


def test_the_owner_may_open_any_part_by_keyboard(shop, opened, qtbot):
    page = opened(shop.case())

    qtbot.keyClick(named(page, "Conversation"), Qt.Key.Key_Space)

    assert open_parts(page) == ["what", "talk"]


def test_the_first_contact_clock_runs_in_opening_hours(shop, opened):
    case_id = shop.case(severity=Severity.UPSET)
    shop.later(minutes=65)

    page = opened(case_id)

    assert page._strip._first.accessibleName() == "First contact: 1 h 05 min of 4 h"


def test_the_first_contact_clock_stops_with_the_first_word(shop, opened):
    case_id = shop.case()
    shop.later(minutes=38)
    contacts.log(shop.desk, case_id, ContactEntry(), now=shop.now)
    shop.later(hours=3)

    assert opened(case_id)._strip._first.accessibleName() == "First contact: 38 min"


def test_the_heading_says_the_number_and_the_way_back(shop, opened):
    page = opened(shop.case())

    assert page.heading() == f"No. {page._view.number}"
    assert page.crumbs() == (("Cases", Place.CASES),)


def test_clicking_the_phone_number_copies_it(shop, opened, session, qtbot):
    page = opened(shop.case(phone="020 7946 0003"))
    said = []
    session.said.connect(said.append)

    click(qtbot, page, "020 7946 0003")

    assert QGuiApplication.clipboard().text() == "020 7946 0003"
    assert said == ["Copied: 020 7946 0003"]


def test_long_names_and_addresses_stay_inside_the_page(shop, opened):
    case_id = shop.case(name=LONG_NAME, phone="020 7946 0003", worth="640")
    view = shop.view(case_id)
    entry = CustomerEntry(
        name=LONG_NAME, phone=view.phone, email=f"{'very.long.address' * 4}@shop.example"
    )
    customers.change(shop.desk, view.customer_id, entry)

    page = opened(case_id, "right")

    assert page.findChild(ScrollArea).widget().minimumSizeHint().width() <= 1040


def test_on_a_tall_window_the_strip_keeps_its_height(shop, opened):
    page = opened(shop.case())
    before = page._strip.height()

    page.resize(1102, 1500)
    QApplication.processEvents()

    assert page._strip.height() == before


# What happened


def test_their_words_and_ours_are_saved_with_ctrl_enter(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id)

    field = write(qtbot, page, "How you said it back", SAID_BACK, QPlainTextEdit)
    click(qtbot, page, "They said: yes, that's it")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    view = shop.view(case_id)
    assert (view.restatement, view.restatement_agreed_at) == (SAID_BACK, shop.now)


def test_agreeing_to_nothing_is_pointed_out_and_the_tick_stays(shop, opened, qtbot):
    page = opened(shop.case())

    click(qtbot, page, "They said: yes, that's it")
    click(qtbot, page, "Save what happened")

    assert "how you said it back" in error_of(page, "How you said it back")
    assert page.what.typed().agreed
    assert page.what.unsaved()


def test_words_being_typed_stay_when_something_else_is_saved(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id)
    write(qtbot, page, "How you said it back", SAID_BACK, QPlainTextEdit)

    contacts.log(shop.desk, case_id, ContactEntry(words="Rang again"), now=shop.now)

    assert page.what.typed().restatement == SAID_BACK


def test_words_typed_for_one_case_never_reach_another(shop, opened, qtbot):
    first, second = shop.case(), shop.case(name="Bo Lund", words="Late again.")
    page = opened(first, "what")
    write(qtbot, page, "How you said it back", SAID_BACK, QPlainTextEdit)
    page.show_case(first, "right")
    write(qtbot, page, "What they say to it", "A new one")
    page.show_case(first, "why")
    write(qtbot, page, "Why 1", "The seal is worn")

    page.show_case(second, "what")

    fields = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    typed = {one.text() if isinstance(one, QLineEdit) else one.toPlainText() for one in fields}
    assert typed == {"Late again.", ""}
    assert not any(section.unsaved() for section in page.sections().values())


def test_saying_sorry_is_one_click_once_they_agreed(shop, opened, qtbot):
    case_id = shop.case()
    cases.tell(shop.desk, case_id, Story("It leaks.", SAID_BACK, agreed=True), now=shop.now)
    page = opened(case_id, "what")

    click(qtbot, page, "We said sorry")

    assert shop.view(case_id).apologised_at == shop.now
    assert not page.what.sorry_button.isVisible()


def test_going_on_before_they_agreed_asks_why_once(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id)

    click(qtbot, page, "We said sorry")
    asked = dialog_of(page, NotAgreedDialog)
    qtbot.mouseClick(named(asked, "Not yet"), Qt.MouseButton.LeftButton)
    write(qtbot, asked, "Why you go on without", "She had to run", QPlainTextEdit)
    asked.save_button.click()

    view = shop.view(case_id)
    assert (view.not_agreed_why, view.apologised_at) == ("She had to run", shop.now)


def test_the_closed_part_shows_their_own_words(shop, opened):
    case_id = shop.case(words="It leaked all over the counter.")
    cases.tell(
        shop.desk,
        case_id,
        Story("It leaked all over the counter.", SAID_BACK, feeling="ignored"),
        now=shop.now,
    )

    page = opened(case_id, "talk")

    assert "“It leaked all over the counter.”" in words_of(page)
    assert "Felt: ignored" in words_of(page)


# Making it right


def test_what_they_say_becomes_a_line_of_the_thread(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id, "right")

    field = write(qtbot, page, "What they say to it", "A new kettle")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    line = shop.view(case_id).negotiation[-1]
    assert (line.kind, line.words, field.text()) == (LineKind.ASKED, "A new kettle", "")
    assert "Ada asked for" in words_of(page)


def test_after_an_offer_their_words_are_an_answer_to_it(shop, opened, qtbot):
    case_id = shop.case()
    offer = RemedyEntry(RemedyKind.REPAIR, "We mend it", 4500)
    negotiations.offer(shop.desk, case_id, offer, now=shop.now)
    page = opened(case_id, "right")

    write(qtbot, page, "What they say to it", "I'd not trust it")
    click(qtbot, page, "Add what they say")

    assert shop.view(case_id).negotiation[-1].kind is LineKind.COUNTERED


def test_declining_without_a_reason_says_so_beside_the_line(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id, "right")

    click(qtbot, page, "We can't do that")

    assert "the reason" in error_of(page, "What they say to it")
    assert not shop.view(case_id).negotiation


def test_declining_keeps_what_they_asked_for_and_why_not(shop, opened, qtbot):
    case_id = shop.case(asked=Asked(words="A new kettle for life"))
    page = opened(case_id, "right")

    write(qtbot, page, "What they say to it", "Kettles wear out; we can promise two years")
    click(qtbot, page, "We can't do that")

    line = shop.view(case_id).negotiation[-1]
    assert (line.kind, line.words) == (LineKind.DECLINED, "A new kettle for life")
    assert line.reason == "Kettles wear out; we can promise two years"


def test_things_agreed_in_one_talk_are_one_line_of_the_thread(shop, opened):
    case_id = shop.case()
    parts = [
        RemedyEntry(RemedyKind.REFUND, "Delivery fee back", 1250, 1250),
        RemedyEntry(RemedyKind.REPLACEMENT, "New machine", 24900, 16200),
    ]
    negotiations.agree(shop.desk, case_id, "Fee back, and a new one", parts, now=shop.now)

    told = words_of(opened(case_id, "right").right._thread)

    assert told == (
        "Agreed | Mon 2 Mar, worth £261.50, costs you £174.50 | Fee back, and a new one"
    )


def test_a_remedy_is_handed_over_from_its_row(shop, opened, qtbot):
    case_id = shop.case()
    shop.agreed(case_id, words="The money back", value_cents=2000)
    page = opened(case_id, "right")

    click(qtbot, page, "Handed over: The money back")

    assert shop.view(case_id).remedies[0].handed_over_at == shop.now
    assert "Given Mon 2 Mar" in words_of(page)


def test_an_agreed_gift_card_asks_for_its_code(shop, opened, qtbot):
    case_id = shop.case()
    shop.agreed(case_id, kind=RemedyKind.VOUCHER, words="A card", value_cents=2500)
    page = opened(case_id, "right")

    click(qtbot, page, "Issue its code: A card")

    assert dialog_of(page, GiveRemedyDialog)


def test_a_gift_card_can_be_printed_before_it_is_handed_over(shop, opened, qtbot):
    case_id = shop.case()
    remedy = shop.agreed(case_id, kind=RemedyKind.VOUCHER, words="A card", value_cents=2500)
    voucher = shop.voucher(case_id=case_id, remedy_id=remedy)
    page = opened(case_id, "right")

    click(qtbot, page, "Print: A card")

    assert named(page, "Handed over: A card")
    assert page.wishes == [PrintCertificate(voucher.code)]


# Why it happened


def test_each_answer_opens_the_next_why_up_to_five(shop, opened, qtbot):
    page = opened(shop.case(), "why")
    open_rungs = []
    for number in range(1, 6):
        open_rungs.append(sum(line.isVisible() for line in page.why._lines))
        write(qtbot, page, f"Why {number}", "Because of that")

    assert open_rungs == [1, 2, 3, 4, 5]


def test_a_why_that_blames_somebody_gets_a_hint_while_it_is_typed(shop, opened, qtbot):
    people.add_staff(shop.desk, "Tom Hale")
    page = opened(shop.case(), "why")

    write(qtbot, page, "Why 1", "Tom forgot the seal")

    qtbot.waitUntil(lambda: "What let that happen?" in words_of(page))


def test_whys_and_cause_are_saved_with_ctrl_enter(shop, opened, qtbot):
    case_id = shop.case()
    cause = next(one for one in causes.all_causes(shop.desk) if one.parent)
    page = opened(case_id, "why")

    field = write(qtbot, page, "Why 1", "The seal is worn")
    page.why._cause.choose(str(cause.cause_id))
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    view = shop.view(case_id)
    assert (view.whys, view.cause_id) == (("The seal is worn",), cause.cause_id)
    assert view.cause_found_at == shop.now


def test_a_cause_may_stay_unknown(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id, "why")

    write(qtbot, page, "Why 1", "The seal is worn")
    click(qtbot, page, "Save why it happened")

    view = shop.view(case_id)
    assert (view.whys, view.cause_id, view.cause_found_at) == (("The seal is worn",), None, None)


def test_a_cause_is_found_while_typing_with_its_group_beside_it(shop, opened, qtbot):
    page = opened(shop.case(), "why")
    pick = page.why._cause

    qtbot.keyClicks(pick.edit, "late orders")
    qtbot.waitUntil(lambda: [one.text for one in pick.offered()][:1] == ["Late delivery"])
    assert pick.offered()[-1].text == "Add “late orders”"

    assert pick.offered()[0].hint == "Orders and delivery"


def test_the_arrow_down_offers_every_cause(shop, opened, qtbot):
    page = opened(shop.case(), "why")
    pick = page.why._cause

    qtbot.keyClick(pick.edit, Qt.Key.Key_Down)

    assert len(pick.offered()) == len(causes.all_causes(shop.desk))


def test_a_cause_typed_to_the_last_letter_is_taken(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id, "why")

    page.why._cause.setFocus()
    qtbot.keyClicks(page.why._cause.edit, "late delivery")
    qtbot.keyClick(page.why._cause.edit, Qt.Key.Key_Tab)
    click(qtbot, page, "Save why it happened")

    assert shop.view(case_id).cause == "Orders and delivery / Late delivery"


def test_a_cause_that_is_missing_is_added_on_the_fly(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id, "why")
    pick = page.why._cause

    qtbot.keyClicks(pick.edit, "Lid loose")
    qtbot.waitUntil(lambda: [one.text for one in pick.offered()] == ["Add “Lid loose”"])
    pick.picked.emit(-1)
    added = dialog_of(page, AddCauseDialog)
    assert added.name.input.text() == "Lid loose"
    added.save_button.click()
    click(qtbot, page, "Save why it happened")

    assert shop.view(case_id).cause == "Goods / Lid loose"


def test_half_a_cause_is_said_beside_its_field_and_stays_typed(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id, "why")

    write(qtbot, page, "Why 1", "The seal is worn")
    qtbot.keyClicks(page.why._cause.edit, "Lid lo")
    click(qtbot, page, "Save why it happened")

    assert "There is no cause of that name" in words_of(page)
    assert page.why._cause.text() == "Lid lo"
    assert (page.why.unsaved(), shop.view(case_id).whys) == (True, ())


def test_saying_what_can_be_changed_answers_the_guard(shop, opened, qtbot):
    people.add_staff(shop.desk, "Tom Hale")
    case_id = shop.case()
    cause = next(one for one in causes.all_causes(shop.desk) if one.parent)
    page = opened(case_id, "why")
    page.why._cause.choose(str(cause.cause_id))

    write(qtbot, page, "Why 1", "Tom forgot the seal")
    qtbot.waitUntil(lambda: "What let that happen?" in words_of(page))
    click(qtbot, page, "Training")
    assert "What let that happen?" not in words_of(page)
    click(qtbot, page, "Save why it happened")

    view = shop.view(case_id)
    assert view.whys == ("Tom forgot the seal (training)",)
    assert view.cause_found_at == shop.now
    assert named(page, "Why 1", QLineEdit).text() == "Tom forgot the seal"
    assert not page.why.unsaved()


def test_a_pressed_answer_can_be_taken_back(shop, opened, qtbot):
    page = opened(shop.case(), "why")
    write(qtbot, page, "Why 1", "The seal is worn")

    click(qtbot, page, "A tool")
    click(qtbot, page, "A rule")
    assert page.why._lever.lever() is Lever.RULE
    click(qtbot, page, "A rule")
    assert page.why._lever.lever() is None


def test_no_asks_why_once_more(shop, opened, qtbot):
    page = opened(shop.case(), "why")
    write(qtbot, page, "Why 1", "It rained")
    click(qtbot, page, "A tool")

    click(qtbot, page, "No, ask once more")

    assert named(page, "Why 2", QLineEdit).hasFocus()
    assert page.why._lever.lever() is None


def test_enter_leads_from_why_to_why(shop, opened, qtbot):
    page = opened(shop.case(), "why")
    field = write(qtbot, page, "Why 1", "It rained")

    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert named(page, "Why 2", QLineEdit).hasFocus()


def test_a_fix_is_planned_and_done_from_here(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id, "why")

    click(qtbot, page, "Plan a fix")
    planned = dialog_of(page, CorrectionDialog)
    write(qtbot, planned, "What will you change?", "Check every seal")
    planned.save_button.click()
    click(qtbot, page, "Done: Check every seal")
    dialog_of(page, CorrectionDoneDialog).save_button.click()

    fix = shop.view(case_id).corrections[0]
    assert (fix.what, fix.done_on) == ("Check every seal", shop.now.date())
    assert fix.check_on >= shop.now.date() + timedelta(weeks=4)


# Conversation


def test_contacts_are_told_the_newest_first_with_the_mood_line(shop, opened):
    case_id = shop.case()
    contacts.log(shop.desk, case_id, ContactEntry(mood=Mood.ANGRY, words="Shouted"), now=shop.now)
    shop.later(hours=1)
    calm = ContactEntry(direction=Direction.IN, mood=Mood.PLEASED, words="Thanked us")
    contacts.log(shop.desk, case_id, calm, now=shop.now)

    page = opened(case_id, "talk")

    told = words_of(page)
    assert told.index("Thanked us") < told.index("Shouted")
    assert page.talk._mood.accessibleName() == "Mood after each contact: Angry, Pleased"


def test_one_mood_is_no_line(shop, opened):
    case_id = shop.case()
    contacts.log(shop.desk, case_id, ContactEntry(mood=Mood.ANGRY), now=shop.now)

    assert not opened(case_id, "talk").talk._mood.isVisible()


def test_a_paper_that_went_out_is_shown_as_it_was(shop, opened, qtbot):
    case_id = shop.case()
    paper = papers.Paper(
        kind=DocumentKind.LETTER,
        title="Apology",
        file_name="apology.pdf",
        content=b"%PDF-1.7",
        pages=1,
        case_id=case_id,
        customer_id=shop.view(case_id).customer_id,
    )
    kept = papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    page = opened(case_id, "talk")

    click(qtbot, page, "Apology, printed Mon 2 Mar")

    assert page.wishes == [ShowPaper(kept)]


# The plan


def test_ticking_a_step_does_it(shop, opened, qtbot):
    case_id = shop.case()
    cases.tell(shop.desk, case_id, Story("It leaks.", SAID_BACK, agreed=True), now=shop.now)
    page = opened(case_id)
    step = shop.step(case_id)

    qtbot.mouseClick(circle(page, step.title), Qt.MouseButton.LeftButton)

    done = next(one for one in shop.view(case_id).plan if one.follow_up_id == step.follow_up_id)
    assert done.status is FollowUpStatus.DONE


def test_ticking_the_first_call_asks_whether_they_agreed(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id)
    step = shop.step(case_id)

    qtbot.keyClick(circle(page, step.title), Qt.Key.Key_Space)

    assert dialog_of(page, NotAgreedDialog)
    assert "done" not in step_states(page)


def test_a_done_step_is_taken_back_by_undo_only(shop, opened, session, qtbot):
    case_id = shop.settled_case()
    page = opened(case_id)
    said = []
    session.said.connect(said.append)
    before = step_states(page)
    done = next(line for line in page._plan._list.rows() if line.step().state == "done")

    qtbot.mouseClick(done.circle, Qt.MouseButton.LeftButton)

    assert step_states(page) == before
    assert "Undo" in said[0]


@pytest.mark.parametrize(
    ("words", "dialog"), [("Put off…", SnoozeDialog), ("Leave out…", SkipDialog)]
)
@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_a_step_is_put_off_or_left_out_by_its_menu(shop, opened, qtbot, words, dialog):
    page = opened(shop.case())
    line = page._plan._list.rows()[0]
    page._plan._list.customContextMenuRequested.emit(line.pos() + QPoint(40, 8))
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))

    pick(QApplication.activePopupWidget(), words)

    assert dialog_of(page, dialog)


def test_a_good_experience_fills_a_dot(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id)

    click(qtbot, page, "Add a good experience")
    asked = dialog_of(page, GoodExperienceDialog)
    write(qtbot, asked, "What went well for them?", "Tea on the house")
    asked.save_button.click()

    assert page._chance._ring.accessibleName() == "1/12"
    assert "1 good experience since." in words_of(page)


# What can be done


@pytest.mark.parametrize(
    ("key", "dialog"),
    [
        (Qt.Key.Key_L, LogContactDialog),
        (Qt.Key.Key_O, OfferDialog),
        (Qt.Key.Key_G, GiveRemedyDialog),
        (Qt.Key.Key_R, ResolveDialog),
        (Qt.Key.Key_C, CloseCaseDialog),
    ],
)
def test_a_key_opens_what_it_stands_for(shop, opened, qtbot, key, dialog):
    page = opened(shop.case())
    button = named(page, "Write letter")
    button.setFocus()

    qtbot.keyClick(button, key)

    assert dialog_of(page, dialog)


def test_w_wishes_for_the_letter_and_e_goes_to_the_story(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id, "talk")
    button = named(page, "Write letter")
    button.setFocus()

    qtbot.keyClick(button, Qt.Key.Key_W)
    qtbot.keyClick(button, Qt.Key.Key_E)

    assert page.wishes == [WriteLetter(case_id)]
    assert open_parts(page) == ["what"]
    assert QApplication.focusWidget().accessibleName() == "In their own words"


def test_letters_typed_into_a_field_are_letters(shop, opened, qtbot):
    page = opened(shop.case(), "right")

    field = write(qtbot, page, "What they say to it", "cool, w r g")

    assert field.text() == "cool, w r g"
    assert not [one for one in page.findChildren(CloseCaseDialog) if one.isVisible()]


def test_a_closed_case_takes_no_contact_and_no_offer_by_key_either(shop, opened, qtbot):
    case_id = shop.case()
    ending = Ending(Outcome.UNREACHABLE, skip_why="not needed")
    cases.close(shop.desk, case_id, ending, now=shop.now)
    page = opened(case_id)
    button = named(page, "Write letter")
    button.setFocus()

    for key in (Qt.Key.Key_L, Qt.Key.Key_O, Qt.Key.Key_G, Qt.Key.Key_C):
        qtbot.keyClick(button, key)

    kinds = (LogContactDialog, OfferDialog, GiveRemedyDialog, CloseCaseDialog)
    assert not [one for kind in kinds for one in page.findChildren(kind)]
    assert not named(page, "Log contact").isEnabled()


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_the_menu_of_an_open_case_offers_no_reopening(shop, opened, qtbot):
    menu = more_menu(qtbot, opened(shop.case()))
    found = offers(menu)
    menu.close()

    assert {"Mark as resolved", "Close the case…", "Open the customer"} <= set(found)
    assert "Reopen" not in found


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_a_resolved_case_is_reopened_by_the_menu(shop, opened, qtbot):
    case_id = shop.settled_case()
    page = opened(case_id)
    menu = more_menu(qtbot, page)

    pick(menu, "Reopen")
    dialog = dialog_of(page, ReopenDialog)
    dialog._why.choose("mistake")
    dialog.save_wanted.emit()

    assert shop.view(case_id).status is Status.OPEN


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_whose_turn_it_is_is_said_by_the_menu_and_shown_as_a_chip(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id)

    pick(more_menu(qtbot, page), "Wait for the customer")
    waiting = shop.view(case_id).status
    assert "Their turn" in words_of_chips(page)
    pick(more_menu(qtbot, page), "It is our turn again")

    assert (waiting, shop.view(case_id).status) == (Status.WAITING_CUSTOMER, Status.OPEN)
    assert "Their turn" not in words_of_chips(page)


def words_of_chips(page):
    layout = page._header._chips
    return [layout.itemAt(place).widget().text() for place in range(layout.count())]


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_how_upset_they_are_is_changed_by_the_menu(shop, opened, qtbot):
    case_id = shop.case(severity=Severity.ANNOYED)
    page = opened(case_id)

    menu = more_menu(qtbot, page)
    pick(submenu(menu, "How upset they are"), "Furious")
    menu.close()
    dialog = dialog_of(page, SeverityDialog)
    assert shop.view(case_id).severity is Severity.ANNOYED
    dialog.save_wanted.emit()

    assert shop.view(case_id).severity is Severity.ABOUT_TO_LEAVE
    assert "Furious" in words_of_chips(page)


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_another_plan_is_taken_by_the_menu(shop, opened, qtbot):
    case_id = shop.case()
    page = opened(case_id)
    other = next(one for one in playbook_presets() if one.key != shop.view(case_id).playbook)

    menu = more_menu(qtbot, page)
    pick(submenu(menu, "Change the plan"), other.name)
    menu.close()

    assert shop.view(case_id).playbook == other.key


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_the_menu_leads_to_customer_visit_and_every_certificate(shop, opened, qtbot):
    case_id = shop.case()
    codes = []
    for words in ("Card & bow", "Second card"):
        remedy = shop.agreed(case_id, kind=RemedyKind.VOUCHER, words=words, value_cents=500)
        codes.append(shop.voucher(case_id=case_id, remedy_id=remedy, value_cents=500).code)
    page = opened(case_id)

    pick(more_menu(qtbot, page), "Print Card")
    pick(more_menu(qtbot, page), "Print Second")
    pick(more_menu(qtbot, page), "Open the customer")
    pick(more_menu(qtbot, page), "They bought again")

    whose = shop.view(case_id).customer_id
    assert page.wishes == [*map(PrintCertificate, codes), OpenCustomer(whose)]
    assert dialog_of(page, VisitDialog)


def test_ctrl_p_stands_for_the_letter(shop, opened):
    case_id = shop.case()

    assert opened(case_id).print_wish() == WriteLetter(case_id)


# Gone


def test_a_case_that_undo_took_away_gives_way_to_the_list(shop, opened):
    case_id = shop.case()
    page = opened(case_id)

    shop.desk.undo()

    assert page.wishes == [GoTo(Place.CASES)]
    assert page.print_wish() is None


def test_a_case_that_is_gone_leaves_the_page_as_it_was(shop, opened):
    case_id = shop.case()
    page = opened(case_id)

    with pytest.raises(NotFoundError):
        page.show_case(case_id + 99)

    assert page.heading() == f"No. {shop.view(case_id).number}"
    assert page.print_wish() == WriteLetter(case_id)


def test_a_case_that_nobody_could_reach_shows_no_stage_as_done(shop, opened):
    case_id = shop.case()
    cases.close(
        shop.desk, case_id, Ending(Outcome.UNREACHABLE, skip_why="not needed"), now=shop.now
    )

    page = opened(case_id)

    track = page.findChild(StageTrack).accessibleName()
    assert track.startswith("Listen, left out; Own it, left out; Make it right, left out")
    assert "Follow up, left out" in track


def test_a_case_that_was_settled_shows_when_each_stage_was_done(shop, opened):
    case_id = shop.settled_case()
    ending = Ending(Outcome.KEPT, Evidence.THEIR_WORD, skip_why="not needed")
    cases.close(shop.desk, case_id, ending, now=shop.later(days=1))

    track = opened(case_id).findChild(StageTrack).accessibleName()

    assert "Own it, 2 Mar" in track
    assert "Done, 3 Mar" in track


@pytest.mark.qt_log_ignore("^This plugin does not support")
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Merge with another case", MergeCasesDialog),
        ("Split in two", SplitCaseDialog),
        ("Link with another case", LinkCaseDialog),
        ("It is somebody else's", MoveCaseDialog),
    ],
)
def test_the_menu_leads_to_what_a_case_has_to_do_with_others(shop, opened, qtbot, words, kind):
    page = opened(shop.case())
    menu = more_menu(qtbot, page)
    pick(submenu(menu, "This case and others"), words)
    menu.close()
    assert dialog_of(page, kind).isVisible()


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_the_menu_shows_the_history_of_a_case(shop, opened, qtbot):
    page = opened(shop.case())
    menu = more_menu(qtbot, page)
    pick(menu, "History")
    menu.close()
    assert dialog_of(page, HistoryDialog).isVisible()


def test_new_steps_of_its_plan_are_offered_on_the_case(shop, opened):
    case_id = shop.case()
    page = opened(case_id)
    assert page._plan._behind.isHidden()
    view = playbooks.playbook(shop.desk, shop.view(case_id).playbook)
    entry = PlaybookEntry(view.name, view.words, view.starts, view.steps[1:])
    playbooks.save(shop.desk, view.key, entry, now=shop.now)
    page.refresh()
    assert not page._plan._behind.isHidden()
    page._plan._behind.click()
    assert dialog_of(page, AdoptDialog).isVisible()
