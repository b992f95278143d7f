"""Nothing is said about customers in general without its source and its limit."""

import re

import pytest

from recoverydesk.places import RESOURCES
from recoverydesk.services import silent
from recoverydesk.services.claims import ClaimKey, claim, claims

ROOT = RESOURCES.parent


def test_every_claim_has_words_a_source_and_a_limit():
    assert {one.key for one in claims()} == set(ClaimKey)
    for key in ClaimKey:
        one = claim(key)
        assert one.title
        assert all(words.endswith(".") for words in (one.said, one.source, one.limit)), key


def test_the_estimate_of_those_who_say_nothing_names_its_claim():
    assert claim(ClaimKey(silent.CLAIM)).key is ClaimKey.SILENT_CUSTOMERS


def test_a_percentage_says_how_many_it_is_of():
    for one in claims():
        if "%" in one.said + one.limit + one.source or "per cent" in one.said:
            assert one.n, one.key


def test_the_guide_tells_every_claim():
    guide = (RESOURCES / "help" / "measures.md").read_text(encoding="utf-8")
    told = guide.partition("## Rules of thumb")[2]
    for one in claims():
        assert f"**{one.title}.**" in told, one.title


SAYS_SO = re.compile(r"rule of thumb|make up for one bad one|old saying", re.IGNORECASE)
WORDS_ONLY = {
    "ui/widgets/meters.py",  # words for cards that have the button
    "ui/widgets/empties.py",  # where the button is put
    "ui/pages/settings/learning.py",  # says whether it is shown; its dialog has the button
    "ui/pages/welcome/picture.py",  # a painted sentence: it says itself what it is
}


@pytest.mark.parametrize("key", ["twelve_good", "silent_customers"])
def test_what_is_shown_in_the_window_opens_its_source(key):
    users = [
        path
        for path in (ROOT / "ui").rglob("*.py")
        if f"ClaimKey.{key.upper()}" in path.read_text("utf-8")
    ]
    assert users, key


def test_whoever_shows_a_rule_of_thumb_has_the_way_to_its_source():
    without = []
    for path in (ROOT / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        shows = SAYS_SO.search(re.sub(r'"""(?:.|\n)*?"""', "", text)) or "rule_of_thumb(" in text
        if shows and name not in WORDS_ONLY and "SourceButton(" not in text:
            without.append(name)
    assert without == []


def test_nobody_prints_a_rule_of_thumb_as_a_fact_on_paper():
    shown = [
        path.name
        for folder in ("documents", "domain")
        for path in (ROOT / "recoverydesk" / folder).rglob("*.py")
        if re.search(r'f?"[^"\n]*(?:make up for one bad|tells? about ten)', path.read_text("utf-8"))
    ]
    assert shown == []
