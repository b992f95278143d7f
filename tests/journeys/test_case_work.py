"""A hard week by keyboard alone: a double, a merge, a broken promise, a second failure, calls."""

import shutil
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from recoverydesk.domain.case import Severity, Status
from recoverydesk.domain.promise import PromiseState
from recoverydesk.services import case_pages, customer_lists, customers, intake
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.intake import Intake
from recoverydesk.storage.desk import Desk
from tests.conftest import NOW
from tests.journeys.test_main_job import Clock

CALLS = 10


@pytest.fixture
def desk_file(shop_file, tmp_path):
    """A shop with Ada Obi, and ten others who wait for a call."""
    path = tmp_path / "week.desk"
    shutil.copyfile(shop_file, path)
    desk = Desk(path, clock=lambda: NOW)
    customers.add(desk, CustomerEntry("Ada Obi", phone="07700 900123"), now=NOW)
    for nth in range(CALLS):
        entry = Intake(CustomerEntry(f"Caller {nth:02}", phone=f"07700 9002{nth:02}"), "It leaks.")
        intake.log(desk, entry, now=NOW)
    desk.close()
    return path


def find(owner, words):
    """Open the search, type, take the first hit."""
    owner.press("Ctrl+K", on=owner.window)
    owner.write("Search", words)
    owner.press("Return")


def log(owner, name, words):
    owner.press("Ctrl+N", on=owner.window)
    owner.write("Who is it?", name)
    owner.press("Return")
    owner.write("What happened?", words)
    owner.press("Ctrl+Return")


def view(owner, case_id):
    return case_pages.view(owner.window.session.desk, case_id)


def shown_case(owner):
    return owner.window.page()._view.case_id


def changes_undone(owner):
    desk = owner.window.session.desk
    before = desk.last_undoable()
    owner.press("Ctrl+Z", on=owner.window)
    return before.id, desk.last_undoable().id


def pick_first(owner):
    """Take the first row that a line offers, in the list that has the keys."""
    owner.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    owner.press("Down", on=QApplication.activePopupWidget())
    owner.press("Return", on=QApplication.activePopupWidget())


def log_a_double(owner):
    """Somebody new who has Ada's number: told, and nobody insists."""
    owner.press("Ctrl+N", on=owner.window)
    owner.write("Who is it?", "Ada Obi-Li")
    owner.press("Return")
    owner.write("Phone", "07700900123")
    owner.press("Tab")
    owner.see("Ada Obi has this already. Is it them?")
    owner.write("What happened?", "The new kettle leaked on its first day.")
    owner.press("Ctrl+Return")
    return shown_case(owner)


def merge(owner):
    """It is Ada after all: the two become one."""
    owner.press("Ctrl+3", on=owner.window)
    owner.write("Find a customer", "Ada Obi-Li")
    owner.reach("Merge with another customer")
    owner.write("Who is the same person?", "0123")
    pick_first(owner)
    owner.press("Ctrl+Return")


def promise_and_break_it(owner, clock, case_id):
    """A word is promised, and its day goes by."""
    find(owner, view(owner, case_id).number)
    owner.press("L", on=owner.window)
    owner.write("What was said, in one line", "She wants a new one.")
    owner.write("They hear from you again by", "2026-03-03")
    owner.press("Ctrl+Return")
    (promise,) = view(owner, case_id).promises
    assert promise.state(clock()) is PromiseState.OPEN
    clock.now += timedelta(days=3)
    owner.press("Ctrl+1", on=owner.window)
    find(owner, view(owner, case_id).number)
    assert "was promised a word by" in owner.words()
    assert view(owner, case_id).promises[0].state(clock()) is PromiseState.BROKEN


def resolve_and_reopen(owner, case_id):
    """Put right, resolved, and it did not hold."""
    owner.press("R", on=owner.window)
    owner.press("Ctrl+Return")
    owner.write("How you said it back", "Your new kettle leaked.")
    owner.press("Ctrl+Return")
    assert view(owner, case_id).status is Status.RESOLVED
    find(owner, "reopen")
    owner.write("What went wrong with it?", "The new one leaks, too.")
    owner.press("Ctrl+Return")
    assert view(owner, case_id).status is Status.OPEN
    assert view(owner, case_id).severity is Severity.ABOUT_TO_LEAVE


def call_ten(owner):
    """Ten calls, one key each, and the tally."""
    owner.press("Ctrl+1", on=owner.window)
    owner.press("Ctrl+J", on=owner.window)
    for _ in range(CALLS):
        owner.press("N", on=owner.front())
    owner.press("Esc", on=owner.front())
    tally = owner.words()
    owner.press("Esc", on=owner.front())
    return tally


def test_a_hard_week_by_keyboard(open_shop, desk_file):
    clock = Clock()
    owner = open_shop(desk_file, now=clock)
    desk = owner.window.session.desk

    first = log_a_double(owner)
    assert view(owner, first).customer == "Ada Obi-Li"
    merge(owner)
    assert len(customer_lists.alike(desk, "Ada")) == 1
    promise_and_break_it(owner, clock, first)
    resolve_and_reopen(owner, first)

    log(owner, "Ada Obi", "And now the toaster.")
    assert shown_case(owner) != first
    assert "A second failure" in owner.words()

    assert str(CALLS) in call_ten(owner)
    undone = [changes_undone(owner) for _ in range(5)]
    assert all(before > after for before, after in undone)
    assert desk.check() == []
