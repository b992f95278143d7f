"""The small dialogs of a case, each filled in as an owner would."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from recoverydesk.domain.case import Evidence, LostReason, Outcome, Status
from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.services import cases, catalogue, corrections, visits
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.plans import CLOSING_TITLE
from ui.dialogs.close_case import CloseCaseDialog
from ui.dialogs.correction import CorrectionDialog, CorrectionDoneDialog
from ui.dialogs.good_experience import GoodExperienceDialog
from ui.dialogs.log_contact import LogContactDialog
from ui.dialogs.offer import OfferDialog
from ui.dialogs.resolve import ResolveDialog
from ui.dialogs.visit import VisitDialog
from ui.widgets.chips import Segmented
from ui.widgets.choices import ChoiceCard, Select
from ui.widgets.fields import LabelledField
from ui.widgets.text import Text

TODAY = date(2026, 3, 2)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(session, shown, qtbot):
    """Open a dialog over a window, ready for keys."""
    window = QWidget()

    def open_dialog(kind, *about, **more):
        if not window.isVisible():
            shown(window, 900, 700)
        dialog = kind(session, *about, parent=window, **more)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return open_dialog


def named(root, name, kind=QWidget):
    QApplication.processEvents()
    found = [
        one for one in root.findChildren(kind) if one.accessibleName() == name and one.isVisible()
    ]
    assert found, f"nothing is called {name!r}"
    return found[0]


def click(qtbot, root, name):
    qtbot.mouseClick(named(root, name, QAbstractButton), Qt.MouseButton.LeftButton)


def write(qtbot, root, name, words):
    field = named(root, name)
    if not isinstance(field, QLineEdit | QPlainTextEdit):
        field = field.findChild(QLineEdit) or field.findChild(QPlainTextEdit)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)
    return field


def save(qtbot, dialog):
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)


def error_of(dialog, name):
    fields = dialog.findChildren(LabelledField)
    return next(one for one in fields if one.input.accessibleName() == name).error()


def words_of(dialog):
    QApplication.processEvents()
    return " | ".join(one.text() for one in dialog.findChildren(Text) if one.isVisible())


def press(qtbot, keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


# Log contact


@pytest.mark.parametrize(
    ("key", "title"),
    [
        (Qt.Key.Key_6, "You spoke with Eleanor"),
        (Qt.Key.Key_7, "You tried to reach Eleanor"),
        (Qt.Key.Key_8, "You left word for Eleanor"),
    ],
)
def test_the_title_says_whether_it_got_through(shop, opened, qtbot, key, title):
    dialog = opened(LogContactDialog, shop.case(name="Eleanor Hart"))
    press(qtbot, [key])
    assert dialog.windowTitle() == title
    assert dialog._title.text() == title


def test_two_keys_and_one_line_log_a_contact(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(LogContactDialog, case_id)

    press(qtbot, "38")
    qtbot.keyClicks(QApplication.focusWidget(), "Wrote that 2 are on the way")
    press(qtbot, [Qt.Key.Key_Return])

    (contact,) = shop.view(case_id).contacts
    assert (contact.way, contact.reach) == (Way.EMAIL, Reach.LEFT_WORD)
    assert contact.words == "Wrote that 2 are on the way"
    assert shop.view(case_id).first_contact_at == shop.now
    assert not dialog.isVisible()


def test_ctrl_enter_in_the_line_logs_it_only_once(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(LogContactDialog, case_id)
    line = write(qtbot, dialog, "What was said, in one line", "Rang her")

    qtbot.keyClick(line, Qt.Key.Key_Return, CTRL)

    assert len(shop.view(case_id).contacts) == 1


def test_numbers_pick_from_within_the_line_with_alt(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(LogContactDialog, case_id)
    line = write(qtbot, dialog, "What was said, in one line", "Came by")

    qtbot.keyClick(line, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    save(qtbot, dialog)

    assert shop.view(case_id).contacts[0].way is Way.VISIT


def test_mood_and_who_turned_to_whom_are_kept(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(LogContactDialog, case_id)

    click(qtbot, dialog, "They turned to us")
    click(qtbot, dialog, "Pleased")
    save(qtbot, dialog)

    contact = shop.view(case_id).contacts[0]
    assert (contact.direction, contact.mood) == (Direction.IN, Mood.PLEASED)


def test_who_did_not_answer_has_no_mood(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(LogContactDialog, case_id)

    click(qtbot, dialog, "Angry")
    press(qtbot, "7")
    save(qtbot, dialog)

    contact = shop.view(case_id).contacts[0]
    assert (contact.reach, contact.mood) == (Reach.NO_ANSWER, None)
    assert shop.view(case_id).first_contact_at is None


def test_a_line_that_is_too_long_is_kept_and_pointed_out(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(LogContactDialog, case_id)
    line = named(dialog, "What was said, in one line", QLineEdit)
    line.setText("a" * 10_001)

    save(qtbot, dialog)

    assert error_of(dialog, "What was said, in one line")
    assert len(line.text()) == 10_001
    assert not shop.view(case_id).contacts


def test_esc_asks_before_a_typed_line_is_lost(shop, opened, qtbot):
    dialog = opened(LogContactDialog, shop.case())
    line = write(qtbot, dialog, "What was said, in one line", "Rang her")

    qtbot.keyClick(line, Qt.Key.Key_Escape)

    assert dialog.isVisible()
    box = dialog.findChild(QMessageBox)
    assert "isn't saved" in box.informativeText()
    box.close()


def test_esc_closes_at_once_where_nothing_is_typed(shop, opened, qtbot):
    dialog = opened(LogContactDialog, shop.case())

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert not dialog.isVisible()


# Offer


def priced(shop):
    """Something the shop usually gives that has a value of its own."""
    return next(item for item in catalogue.catalogue(shop.desk) if item.value_cents)


def test_a_pick_fills_words_worth_and_cost(shop, opened, qtbot, session):
    item = priced(shop)
    dialog = opened(OfferDialog, shop.case())

    click(qtbot, dialog, item.name)

    assert named(dialog, "What they get", QLineEdit).text() == item.name
    assert named(dialog, "Worth to them", QLineEdit).text() == session.amount(item.value_cents)
    cost = item.cost_for(item.value_cents)
    assert named(dialog, "Costs you", QLineEdit).text() == session.amount(cost)


def test_each_pick_says_what_it_is_worth_and_costs(shop, opened, session):
    item = priced(shop)
    dialog = opened(OfferDialog, shop.case())

    worth = session.money(item.value_cents)
    cost = session.money(item.cost_for(item.value_cents))
    told = named(dialog, item.name, ChoiceCard).accessibleDescription()
    assert told == f"worth {worth}, costs you {cost}"


def test_an_offer_is_a_line_and_no_remedy_yet(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(OfferDialog, case_id)

    write(qtbot, dialog, "What they get", "We mend it")
    write(qtbot, dialog, "Worth to them", "45.00")
    write(qtbot, dialog, "Costs you", "31")
    save(qtbot, dialog)

    view = shop.view(case_id)
    line = view.negotiation[0]
    assert (line.kind, line.words) == (LineKind.OFFERED, "We mend it")
    assert (line.value_cents, line.cost_cents) == (4500, 3100)
    assert not view.remedies


def test_several_things_are_agreed_at_once(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(OfferDialog, case_id, agreed=True)

    write(qtbot, dialog, "What they get", "Delivery fee back")
    write(qtbot, dialog, "Worth to them", "12.50")
    click(qtbot, dialog, "Add another")
    write(qtbot, dialog, "What they get", "A new kettle")
    write(qtbot, dialog, "Worth to them", "249")
    save(qtbot, dialog)

    view = shop.view(case_id)
    given = [(one.words, one.value_cents) for one in view.remedies]
    assert given == [("Delivery fee back", 1250), ("A new kettle", 24900)]
    assert view.negotiation[0].words == "Delivery fee back, A new kettle"
    assert view.agreed_at == shop.now


def test_what_was_listed_can_be_left_out_again(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(OfferDialog, case_id, agreed=True)
    for words in ("Delivery fee back", "A new kettle"):
        write(qtbot, dialog, "What they get", words)
        click(qtbot, dialog, "Add another")

    click(qtbot, dialog, "Leave out: Delivery fee back")
    save(qtbot, dialog)

    assert [one.words for one in shop.view(case_id).remedies] == ["A new kettle"]


def test_the_owner_can_say_that_they_agreed_already(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(OfferDialog, case_id)

    write(qtbot, dialog, "What they get", "A new kettle")
    click(qtbot, dialog, "They agreed already")
    save(qtbot, dialog)

    assert shop.view(case_id).agreed_at == shop.now


def test_an_apology_alone_is_a_remedy(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(OfferDialog, case_id, agreed=True)
    kind = named(dialog, "Kind", Select)

    write(qtbot, dialog, "What they get", "We say sorry")
    kind.choose(RemedyKind.APOLOGY_ONLY.value)
    kind.activated.emit(kind.currentIndex())
    save(qtbot, dialog)

    remedy = shop.view(case_id).remedies[0]
    assert (remedy.kind, remedy.value_cents, remedy.cost_cents) == (RemedyKind.APOLOGY_ONLY, 0, 0)
    assert shop.view(case_id).apologised_at == shop.now


@pytest.mark.parametrize(
    ("field", "typed"), [("Worth to them", "a lot"), ("Costs you", "-5"), ("Promised by", "soon")]
)
def test_what_cannot_be_read_is_pointed_out_and_stays(shop, opened, qtbot, field, typed):
    case_id = shop.case()
    dialog = opened(OfferDialog, case_id)

    write(qtbot, dialog, "What they get", "A new kettle")
    written = write(qtbot, dialog, field, typed)
    save(qtbot, dialog)

    assert error_of(dialog, field)
    assert written.text() == typed
    assert not shop.view(case_id).negotiation


def test_nothing_to_offer_is_pointed_out(shop, opened, qtbot):
    dialog = opened(OfferDialog, shop.case())

    save(qtbot, dialog)

    assert error_of(dialog, "What they get")
    assert dialog.isVisible()


def test_a_listed_thing_counts_as_text_that_would_be_lost(shop, opened, qtbot):
    dialog = opened(OfferDialog, shop.case(), agreed=True)
    write(qtbot, dialog, "What they get", "A new kettle")
    click(qtbot, dialog, "Add another")

    assert dialog.would_lose_text()


# Resolve


def test_resolving_dates_the_follow_ups(shop, opened, qtbot):
    case_id = shop.case()
    cases.apologise(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")
    dialog = opened(ResolveDialog, case_id)
    told = words_of(dialog)

    save(qtbot, dialog)

    view = shop.view(case_id)
    assert "Still open in the plan" in told
    assert (view.status, view.resolved_at) == (Status.RESOLVED, shop.now)


def test_not_yet_leaves_the_case_open(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(ResolveDialog, case_id)

    click(qtbot, dialog, "Not yet")

    assert shop.view(case_id).status is Status.OPEN


def test_a_case_resolved_meanwhile_is_told_in_words(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(ResolveDialog, case_id)
    cases.resolve(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")

    save(qtbot, dialog)

    box = dialog.findChild(QMessageBox)
    assert "resolved or closed already" in box.text()
    box.close()


# Close


def outcomes(dialog):
    titles = {"Won back", "Kept", "Lost", "Not upheld", "Out of reach"}
    found = [one.accessibleName() for one in dialog.findChildren(ChoiceCard) if one.isVisible()]
    return [name for name in found if name in titles]


def test_an_unresolved_case_cannot_end_well(shop, opened):
    dialog = opened(CloseCaseDialog, shop.case())

    assert outcomes(dialog) == ["Lost", "Not upheld", "Out of reach"]


def test_a_resolved_case_offers_every_ending(shop, opened):
    dialog = opened(CloseCaseDialog, shop.settled_case())

    assert outcomes(dialog) == ["Won back", "Kept", "Lost", "Not upheld", "Out of reach"]


def test_a_purchase_is_evidence_only_where_one_is_written_down(shop, opened, qtbot):
    case_id = shop.settled_case()
    without = opened(CloseCaseDialog, case_id)
    click(qtbot, without, "Won back")
    before = "They bought again" in evidence_of(without)
    without.reject()
    visits.log(shop.desk, shop.view(case_id).customer_id, now=shop.later(days=1))
    dialog = opened(CloseCaseDialog, case_id)
    click(qtbot, dialog, "Won back")

    click(qtbot, dialog, "They bought again")
    write(qtbot, dialog, "Left out because", "Settled without it")
    save(qtbot, dialog)

    view = shop.view(case_id)
    assert not before
    assert (view.outcome, view.evidence) == (Outcome.WON_BACK, Evidence.PURCHASE)


def evidence_of(dialog):
    return [one.accessibleName() for one in dialog.findChildren(ChoiceCard) if one.isVisible()]


def test_won_back_asks_how_you_know(shop, opened, qtbot):
    case_id = shop.settled_case()
    dialog = opened(CloseCaseDialog, case_id)

    click(qtbot, dialog, "Won back")
    write(qtbot, dialog, "Left out because", "Settled without it")
    save(qtbot, dialog)
    asked = error_of(dialog, "How do you know?")
    click(qtbot, dialog, "They said so")
    save(qtbot, dialog)

    assert asked == "Choose how you know."
    assert shop.view(case_id).evidence is Evidence.THEIR_WORD


def test_lost_asks_why(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(CloseCaseDialog, case_id)

    click(qtbot, dialog, "Lost")
    write(qtbot, dialog, "Left out because", "Settled without it")
    save(qtbot, dialog)
    asked = error_of(dialog, "Why did you lose them?")
    named(dialog, "Why did you lose them?", Select).choose(LostReason.PRICE.value)
    save(qtbot, dialog)

    view = shop.view(case_id)
    assert "Choose why they were lost" in asked
    assert (view.outcome, view.lost_reason) == (Outcome.LOST, LostReason.PRICE)


def test_not_upheld_asks_for_words_and_keeps_them(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(CloseCaseDialog, case_id)

    click(qtbot, dialog, "Not upheld")
    write(qtbot, dialog, "Left out because", "Settled without it")
    save(qtbot, dialog)
    asked = error_of(dialog, "In your own words")
    write(qtbot, dialog, "In your own words", "It was bought elsewhere")
    save(qtbot, dialog)

    view = shop.view(case_id)
    assert asked
    assert (view.outcome, view.closing_words) == (Outcome.NOT_UPHELD, "It was bought elsewhere")


def test_what_is_left_out_at_closing_needs_a_reason(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(CloseCaseDialog, case_id)

    click(qtbot, dialog, "Out of reach")
    save(qtbot, dialog)

    assert error_of(dialog, "Left out because").startswith("Write down why the rest is left out")
    assert shop.view(case_id).status is Status.OPEN


def test_no_choice_is_pointed_out(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(CloseCaseDialog, case_id)

    save(qtbot, dialog)

    assert error_of(dialog, "How did it end?") == "Choose how it ended."
    assert shop.view(case_id).status is Status.OPEN


def test_each_open_step_is_done_left_out_or_stays(shop, opened, qtbot):
    case_id = shop.case()
    steps = [
        one
        for one in shop.view(case_id).plan
        if one.status is FollowUpStatus.PLANNED and one.title != CLOSING_TITLE
    ]
    dialog = opened(CloseCaseDialog, case_id)
    choices = [one for one in dialog.findChildren(Segmented) if one.isVisible()]

    click(qtbot, dialog, "Out of reach")
    choices[0].setFocus()
    qtbot.keyClick(choices[0], Qt.Key.Key_Left)
    qtbot.keyClick(choices[1], Qt.Key.Key_Right)
    write(qtbot, dialog, "Left out because", "She moved away")
    save(qtbot, dialog)

    after = {one.follow_up_id: one for one in shop.view(case_id).plan}
    ended = [after[one.follow_up_id] for one in steps]
    assert [one.status for one in ended[:3]] == [
        FollowUpStatus.DONE,
        FollowUpStatus.PLANNED,
        FollowUpStatus.SKIPPED,
    ]
    assert ended[2].end_words == "She moved away"


# They bought again


def test_a_visit_is_today_unless_said_otherwise(shop, opened, qtbot):
    case_id = shop.settled_case()
    shop.later(hours=1)
    dialog = opened(VisitDialog, shop.view(case_id).customer_id)

    qtbot.keyClicks(QApplication.focusWidget(), "25.00")
    save(qtbot, dialog)

    assert shop.view(case_id).came_again


@pytest.mark.parametrize(
    ("field", "typed"), [("What they spent", "plenty"), ("Day", "yesterday or so")]
)
def test_a_visit_that_cannot_be_read_is_pointed_out(shop, opened, qtbot, field, typed):
    case_id = shop.settled_case()
    dialog = opened(VisitDialog, shop.view(case_id).customer_id)

    written = write(qtbot, dialog, field, typed)
    save(qtbot, dialog)

    assert error_of(dialog, field)
    assert written.text() == typed
    assert not shop.view(case_id).came_again


def test_a_visit_cannot_lie_ahead(shop, opened, qtbot):
    dialog = opened(VisitDialog, shop.customer())

    write(qtbot, dialog, "Day", str(TODAY + timedelta(days=1)))
    save(qtbot, dialog)

    assert error_of(dialog, "Day") == "That day hasn't come yet."


# Something went well


def test_a_usual_good_experience_is_two_clicks(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(GoodExperienceDialog, shop.view(case_id).customer_id, case_id)

    click(qtbot, dialog, "They said thank you")
    press(qtbot, [Qt.Key.Key_Return])

    assert shop.view(case_id).positives == 1


def test_a_good_experience_needs_words(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(GoodExperienceDialog, shop.view(case_id).customer_id, case_id)

    save(qtbot, dialog)

    told = error_of(dialog, "What went well for them?")
    assert told == "Write it in one line, or choose one from below."
    assert shop.view(case_id).positives == 0


# Fixes


def test_a_fix_is_planned_with_who_and_when(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(CorrectionDialog, case_id)

    write(qtbot, dialog, "What will you change?", "Check every seal")
    write(qtbot, dialog, "Who sees to it", "Sam")
    write(qtbot, dialog, "Done by", "2026-03-09")
    save(qtbot, dialog)

    fix = shop.view(case_id).corrections[0]
    assert (fix.what, fix.who, fix.due_on) == ("Check every seal", "Sam", date(2026, 3, 9))


def test_the_check_comes_after_the_day_it_is_due(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(CorrectionDialog, case_id)

    write(qtbot, dialog, "What will you change?", "Check every seal")
    write(qtbot, dialog, "Done by", "2026-03-09")
    write(qtbot, dialog, "Look again on", "2026-03-05")
    save(qtbot, dialog)

    assert error_of(dialog, "Look again on") == "The check comes after the day it is due."
    assert not shop.view(case_id).corrections


def planned_fix(shop, case_id):
    return corrections.plan(shop.desk, case_id, CorrectionEntry("Check every seal"), now=shop.now)


def test_a_fix_is_done_with_a_day_to_look_again(shop, opened, qtbot):
    case_id = shop.case()
    dialog = opened(CorrectionDoneDialog, planned_fix(shop, case_id))

    save(qtbot, dialog)

    fix = shop.view(case_id).corrections[0]
    assert fix.status is CorrectionStatus.DONE_WATCHING
    assert fix.check_on == TODAY + timedelta(weeks=4)


@pytest.mark.parametrize("typed", ["", "2026-03-02"])
def test_a_fix_is_not_done_without_a_later_check(shop, opened, qtbot, typed):
    case_id = shop.case()
    dialog = opened(CorrectionDoneDialog, planned_fix(shop, case_id))
    field = named(dialog, "Look whether it held on", QLineEdit)
    field.clear()
    qtbot.keyClicks(field, typed)

    save(qtbot, dialog)

    assert error_of(dialog, "Look whether it held on")
    assert shop.view(case_id).corrections[0].done_on is None
