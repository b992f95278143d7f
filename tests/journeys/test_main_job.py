"""The whole story in a real window, by keyboard and mouse alone."""

from datetime import UTC, datetime, timedelta

import pypdf
from PySide6.QtWidgets import QFileDialog

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

STORY = "The kettle leaked on its first day and nobody rang me back."
SAID_BACK = "Your kettle leaked on its first day, and we did not ring you back."


class Clock:
    """A clock that the test moves."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


def words_of(path):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def set_up(owner):
    owner.write("Shop name", "Harbour and Hearth")
    owner.write("Your name", "Maya Lindqvist")
    owner.click("Empty")
    owner.click("Open the shop")


def log_by_keyboard(owner):
    owner.press("Ctrl+N", on=owner.window)
    owner.write("Who is it?", "Eleanor Whitcombe")
    owner.press("Return")
    owner.write("What happened?", STORY)
    owner.write("What would make it right for them?", "A new kettle")
    owner.press("Ctrl+Return")
    owner.see("Log contact")


def listen_and_own_it(owner):
    owner.click("Log contact")
    owner.write("What was said, in one line", "She wants a kettle she can trust")
    owner.press("Return")
    owner.write("How you said it back", SAID_BACK)
    owner.click("They said: yes, that's it")
    owner.click("Save what happened")
    owner.click("We said sorry")


def agree_and_give(owner):
    owner.open("Making it right")
    owner.click("We agreed")
    owner.click("Gift certificate")
    owner.write("What you agreed on", "A gift certificate, and we ring on Friday")
    owner.press("Ctrl+Return")
    owner.reach("Issue its code: Gift certificate")
    owner.press("Ctrl+Return", on=owner.front())
    owner.click("Done")
    return owner.window.page().right.case().remedies[0].code


def write_down_why(owner):
    owner.open("Why it happened")
    owner.write("Why 1", "The seal was missing")
    owner.write("The cause", "faulty")
    owner.press("Return", on=owner.see("The cause").edit)
    owner.click("Save why it happened")


def write_the_letter(owner, target, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    owner.click("Write letter")
    owner.click("Export PDF…")
    owner.press("Esc", on=owner.front())
    return " ".join(words_of(target).split())


def redeem(owner, code, amount=""):
    owner.write("Code", code)
    if amount:
        owner.write("Take off now", amount)
    owner.click("Redeem")


def test_from_the_first_angry_word_to_the_redeemed_gift_card(open_shop, tmp_path, monkeypatch):
    clock = Clock()
    owner = open_shop(tmp_path / "shop.desk", now=clock)
    set_up(owner)
    log_by_keyboard(owner)
    clock.now += timedelta(minutes=40)

    listen_and_own_it(owner)
    code = agree_and_give(owner)
    write_down_why(owner)
    letter = write_the_letter(owner, tmp_path / "letter.pdf", monkeypatch)

    case = owner.window.page().right.case()
    assert case.time_to_first_contact == timedelta(minutes=40)
    assert (case.apologised_at, case.agreed_at, case.cause_found_at) == (clock.now,) * 3
    assert "Dear Eleanor" in letter
    assert SAID_BACK in letter
    assert "Gift certificate" in letter
    assert code in letter.replace("-", "")

    owner.press("Ctrl+4", on=owner.window)
    redeem(owner, code, "5.00")
    redeem(owner, code)
    owner.write("Code", code)
    assert "used up" in owner.words().casefold()

    owner.press("Ctrl+1", on=owner.window)
    assert owner.window.page().objectName() == "today"
    assert owner.window.session.desk.check() == []
