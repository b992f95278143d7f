"""A case's page: what it shows, what can be done on it, and that nothing typed is lost."""

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
)

from recoverydesk.domain.case import Outcome, Severity
from recoverydesk.domain.contact import Way
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.services import cases, corrections, negotiations
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.negotiations import Asked
from ui.dialogs.close_case import CloseCaseDialog
from ui.dialogs.correction import CorrectionCheckDialog
from ui.dialogs.log_contact import LogContactDialog
from ui.dialogs.not_agreed import NotAgreedDialog
from ui.dialogs.offer import OfferDialog
from ui.dialogs.resolve import ResolveDialog
from ui.widgets.page import OpenCustomer, WriteLetter
from ui.widgets.text import Text


@pytest.fixture
def show(case_page):
    """Show a case's page."""
    return partial(case_page, width=1150)


def said(widget):
    QApplication.processEvents()
    return [one.text() for one in widget.findChildren(Text) if one.isVisibleTo(widget)]


def control(widget, name, kind=QAbstractButton):
    QApplication.processEvents()
    found = [one for one in widget.findChildren(kind) if one.accessibleName() == name]
    assert found, f"nothing here is called {name!r}"
    return found[0]


def dialog(kind):
    """Return the dialog of this kind that is open."""
    open_ones = [
        one
        for top in QApplication.topLevelWidgets()
        for one in (top, *top.findChildren(QDialog))
        if isinstance(one, kind) and one.isVisible()
    ]
    assert open_ones, f"no {kind.__name__} is open"
    return open_ones[-1]


def save(shown_dialog):
    shown_dialog.save_button.click()


def test_the_header_says_whose_case_it_is_and_how_upset_they_are(shop, show):
    page = show(shop.case(name="Noor Haddad", phone="01632 960142", severity=Severity.UPSET))
    words = said(page._header)
    assert "Noor Haddad" in words
    assert control(page._header, "01632 960142").isVisible()
    page._header.letter.click()
    page._header.customer_wanted.emit()
    assert isinstance(page.wishes[0], WriteLetter)
    assert isinstance(page.wishes[1], OpenCustomer)


def test_the_section_of_its_stage_is_open_and_no_other(shop, show):
    fresh = show(shop.case())
    assert [name for name, one in fresh.sections().items() if one.is_open()] == ["what"]
    heard = shop.case(name="Ben Li")
    cases.apologise(shop.desk, heard, now=shop.now, not_agreed_why="in a hurry")
    assert [name for name, one in show(heard).sections().items() if one.is_open()] == ["right"]


def test_words_typed_for_one_case_never_reach_another(shop, show):
    first, second = shop.case(), shop.case(name="Ben Li", words="The lamp hums.")
    page = show(first, "right")
    page.right._said.setText("A new one, please")
    page.what._words.set_text("Quite another story")
    page.show_case(second)
    assert page.right._said.text() == ""
    assert page.what._words.text() == "The lamp hums."
    assert not page.unsaved()


def test_a_case_as_it_was_logged_holds_nothing_unsaved(shop, show):
    page = show(shop.case(words="A hard\u00a0space,\nand a second line."))
    assert not page.unsaved()


def test_saving_the_page_saves_every_section(shop, show):
    case_id = shop.case()
    page = show(case_id)
    page.what._said_back.set_text("The kettle leaked on day one.")
    page.right._said.setText("A new one, please")
    page.why._rungs[0].setText("The seal was old.")
    assert page.unsaved()
    page.save()
    view = shop.view(case_id)
    assert not page.unsaved()
    assert view.restatement == "The kettle leaked on day one."
    assert [line.words for line in view.negotiation] == ["A new one, please"]
    assert view.whys == ("The seal was old.",)


def test_what_is_let_go_gives_way_to_what_is_saved(shop, show):
    page = show(shop.case(words="The kettle leaks."))
    page.what._words.set_text("Something else")
    page.forget()
    assert page.what._words.text() == "The kettle leaks."
    assert not page.unsaved()


def test_an_answer_is_added_with_enter(shop, show, qtbot):
    case_id = shop.case()
    page = show(case_id, "right")
    page.right._said.setText("Only my money back")
    qtbot.keyClick(page.right._said, Qt.Key.Key_Return)
    assert [line.words for line in shop.view(case_id).negotiation] == ["Only my money back"]
    assert not page.unsaved()


def test_agreeing_goes_through_the_offer(shop, show):
    case_id = shop.case()
    negotiations.ask(shop.desk, case_id, Asked(words="A new one"), now=shop.now)
    page = show(case_id, "right")
    page.right.agree_button.click()
    assert dialog(OfferDialog).isVisible()
    assert shop.view(case_id).agreed_at is None


def test_what_was_agreed_is_handed_over_from_its_line(shop, show):
    case_id = shop.case()
    shop.agreed(case_id, words="The money back")
    page = show(case_id, "right")
    control(page, "Handed over: The money back").click()
    assert shop.view(case_id).handed_over_at == shop.now


def test_the_whys_are_saved(shop, show):
    case_id = shop.case()
    page = show(case_id, "why")
    page.why._rungs[0].setText("Nobody checked the seal.")
    page.why.save_button.click()
    assert shop.view(case_id).whys == ("Nobody checked the seal.",)
    assert not page.unsaved()


def test_listening_ends_with_one_question(shop, show):
    case_id = shop.case()
    step = shop.step(case_id)
    page = show(case_id)
    page._plan._tick(step.follow_up_id, True)  # noqa: FBT003 - as the list says it
    asked = dialog(NotAgreedDialog)
    control(asked, "How you said it back", QPlainTextEdit).setPlainText("It leaked on day 1.")
    save(asked)
    view = shop.view(case_id)
    assert view.restatement_agreed_at == shop.now
    assert step.follow_up_id not in {one.follow_up_id for one in view.plan if one.ended_at is None}


def test_a_case_is_closed_with_how_it_ended(shop, show):
    case_id = shop.settled_case()
    page = show(case_id)
    page.close_case()
    asked = dialog(CloseCaseDialog)
    asked._outcome.choose(Outcome.KEPT.value)
    asked._outcome.chosen.emit(Outcome.KEPT.value)
    asked._evidence.choose("owners_word")
    asked._why.setText("settled without it")
    save(asked)
    assert shop.view(case_id).outcome is Outcome.KEPT


def test_an_earlier_call_is_logged_when_it_was(shop, show):
    case_id = shop.case()
    called = shop.now + timedelta(minutes=30)
    shop.later(hours=3)
    page = show(case_id)
    page.log_contact()
    asked = dialog(LogContactDialog)
    # The shop's time is that of London in winter.
    control(asked, "Time", QLineEdit).setText(f"{called:%H:%M}")
    save(asked)
    view = shop.view(case_id)
    assert (view.first_contact_at, view.contacts[0].way) == (called, Way.CALL)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("Time", "half past", "That time can't be read. Write it like 14:30."),
        ("Time", "23:59", "That moment hasn't come yet."),
        ("Day", "soon", "That day can't be read. Write it like 2026-10-14, or pick it."),
    ],
)
def test_a_time_that_cannot_be_is_pointed_out(shop, show, field, typed, sentence):
    case_id = shop.case()
    show(case_id).log_contact()
    asked = dialog(LogContactDialog)
    control(asked, field, QLineEdit).setText(typed)
    save(asked)
    assert asked.isVisible()
    assert asked._when.error() == sentence
    assert not shop.view(case_id).contacts


def test_a_contact_is_logged_now_where_nothing_is_said_of_the_time(shop, show):
    case_id = shop.case()
    show(case_id).log_contact()
    shop.later(minutes=5)
    save(dialog(LogContactDialog))
    assert shop.view(case_id).first_contact_at == shop.now


def test_a_case_is_resolved_from_its_page(shop, show):
    case_id = shop.case()
    cases.apologise(shop.desk, case_id, now=shop.now, not_agreed_why="in a hurry")
    shop.agreed(case_id)
    shop.hand_over(case_id)
    show(case_id).resolve()
    save(dialog(ResolveDialog))
    assert shop.view(case_id).resolved_at == shop.now


@pytest.mark.parametrize(
    ("words", "status"),
    [("It held", CorrectionStatus.HOLDS), ("It came back", CorrectionStatus.CAME_BACK)],
)
def test_whether_a_fix_held_is_said_on_its_line(shop, show, words, status):
    case_id = shop.case()
    fix = corrections.plan(shop.desk, case_id, CorrectionEntry(what="Check seals"), now=shop.now)
    ahead = shop.now.date() + timedelta(days=30)
    corrections.done(shop.desk, fix, check_on=ahead, now=shop.now)
    shop.later(days=30)
    page = show(case_id, "why")
    control(page, "Did it hold?: Check seals").click()
    control(dialog(CorrectionCheckDialog), words).click()
    assert [one.status for one in shop.view(case_id).corrections] == [status]


def test_resolving_asks_whether_they_agreed_where_nobody_said(shop, show):
    case_id = shop.case()
    show(case_id).resolve()
    save(dialog(ResolveDialog))
    assert shop.view(case_id).resolved_at is None
    asked = dialog(NotAgreedDialog)
    assert not asked.save_button.isEnabled()  # nobody has been spoken with: no answer is proposed
    asked._answer.cards()[0].click()
    control(asked, "How you said it back", QPlainTextEdit).setPlainText("It leaked on day 1.")
    save(asked)
    assert shop.view(case_id).resolved_at == shop.now
