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


def test_from_the_first_angry_word_to_the_redeemed_gift_card(open_shop, tmp_path, monkeypatch):
    clock = Clock()
    owner = open_shop(tmp_path / "shop.desk", now=clock)

    # First start.
    owner.write("Shop name", "Harbour and Hearth")
    owner.write("Your name", "Maya Lindqvist")
    owner.click("Empty")
    owner.click("Open the shop")

    # Log an unhappy customer, by keyboard only.
    owner.press("Ctrl+N", on=owner.window)
    owner.write("Who is it?", "Eleanor Whitcombe")
    owner.press("Return")
    owner.write("What happened?", STORY)
    owner.write("What would make it right for them?", "A new kettle")
    owner.press("Ctrl+Return")
    owner.see("Log contact")

    # Listen, and say it back.
    clock.now += timedelta(minutes=40)
    owner.click("Log contact")
    owner.write("What was said, in one line", "She wants a kettle she can trust")
    owner.press("Return")
    owner.write("How you said it back", SAID_BACK)
    owner.click("They said: yes, that's it")
    owner.click("Save what happened")
    owner.click("We said sorry")

    # Agree a remedy, and give it.
    owner.open("Making it right")
    owner.click("We agreed")
    owner.click("Gift certificate")
    owner.write("What you agreed on", "A gift certificate, and we ring on Friday")
    owner.press("Ctrl+Return")
    owner.reach("Issue its code: Gift certificate")
    owner.press("Ctrl+Return", on=owner.front())
    owner.click("Done")
    code = owner.window.page().right.case().remedies[0].code
    assert len(code) == 12

    # Write down why it happened.
    owner.open("Why it happened")
    owner.write("Why 1", "The seal was missing")
    owner.choose("The cause", place=2)
    owner.click("Save why it happened")

    # The letter, with the certificate in the envelope.
    target = tmp_path / "letter.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    owner.click("Write letter")
    owner.click("Export PDF…")
    owner.press("Esc", on=owner.front())
    letter = words_of(target)
    assert "Eleanor" in letter
    assert "leaked on its first day" in " ".join(letter.split())
    assert "Gift certificate" in letter

    # Redeem part of it at the till, then the rest, then no more.
    owner.press("Ctrl+4", on=owner.window)
    owner.write("Code", code)
    owner.write("Take off now", "5.00")
    owner.click("Redeem")
    owner.write("Code", code)
    owner.click("Redeem")
    owner.write("Code", code)
    assert "used up" in owner.words().casefold()

    # And the follow-ups are on Today.
    owner.press("Ctrl+1", on=owner.window)
    assert owner.window.page().objectName() == "today"
