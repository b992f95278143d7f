# ruff: noqa: RUF001 - signs that look alike are what this is about
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.text import summary, tidy_text
from recoverydesk.errors import InvalidEntryError


def tidied(typed, **rules):
    return tidy_text(typed, field="words", **rules)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Cold soup \n", "Cold soup"),
        ("one\r\ntwo\rthree\u2028four\u2029five\x85six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("a\x00b\x07c\x1bd\x7f", "abcd"),
        ("tab\tstays", "tab\tstays"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("\ufeffpasted \ufffc", "pasted"),
        ("half \ud83d pair", "half  pair"),
        ("می\u200cخواهم 👩\u200d🍳 \u200fשלום\u200e", "می\u200cخواهم 👩\u200d🍳 \u200fשלום\u200e"),
        ("<b>{{x}}</b> %s", "<b>{{x}}</b> %s"),
    ],
)
def test_words_are_kept_and_what_is_hidden_goes(typed, kept):
    assert tidied(typed) == kept


def test_too_long_a_text_says_by_how_much_and_is_not_cut():
    assert tidied("x" * 10, limit=10) == "x" * 10
    with pytest.raises(InvalidEntryError, match="1 character too long; 10 fit") as refusal:
        tidied("x" * 11, limit=10)
    assert refusal.value.field == "words"
    with pytest.raises(InvalidEntryError, match="1,234 characters too long; 10,000 fit"):
        tidied("x" * 11_234)


def test_spaces_around_do_not_count_toward_the_limit():
    assert tidied(" x ", limit=1) == "x"


def test_a_required_text_says_something():
    with pytest.raises(InvalidEntryError, match="can't be left empty"):
        tidied(" \n\x00", required=True)
    with pytest.raises(InvalidEntryError, match="What went wrong"):
        tidied("", required=True, message="What went wrong?")
    assert tidied("x", required=True) == "x"
    assert tidied("") == ""


@given(st.text(st.characters(), max_size=300))
def test_tidying_twice_changes_nothing_and_always_stores(typed):
    once = tidied(typed)
    assert tidied(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("", ""),
        ("\n \n", ""),
        ("Cold soup", "Cold soup"),
        ("The soup was cold. Nobody came.", "The soup was cold."),
        ("She said “the soup was cold!” And left.", "She said “the soup was cold!”"),
        ("\nThe soup  was cold\nand late", "The soup was cold"),
        ("Mr. Obi waited. He left.", "Mr. Obi waited."),
        (
            "スープが冷めていました、とても残念でした。もう行きません。",
            "スープが冷めていました、とても残念でした。",
        ),
    ],
)
def test_a_summary_is_the_first_sentence(words, short):
    assert summary(words) == short


def test_a_long_sentence_ends_at_a_word():
    assert summary("The wedding order arrived three days late, sadly", 42) == (
        "The wedding order arrived three days late…"
    )
    assert summary("The wedding order arrived", 20) == "The wedding order…"
    assert summary("The wedding order arrived", 18) == "The wedding order…"
    assert summary("A long first sentence that ends. So.", 20) == "A long first…"


def test_a_word_without_end_is_cut_between_letters():
    assert summary("x" * 20, 10) == "x" * 9 + "…"
    assert summary("กินข้าวที่ร้าน", 9) == "กินข้าว…"
    assert summary("👩\u200d🍳👩\u200d🍳👩\u200d🍳", 6) == "👩\u200d🍳…"


@given(st.text(max_size=200), st.integers(5, 100))
def test_a_summary_never_exceeds_its_limit(words, limit):
    short = summary(words, limit)
    assert len(short) <= limit
    assert "\n" not in short


def test_a_letter_under_thousands_of_accents_is_kept_with_as_many_as_a_script_can_need():
    piled = tidy_text("e" + "\u0301\u0316" * 20_000 + "!", field="words")
    assert piled.startswith("é")
    assert piled.endswith("!")
    assert len(piled) <= 32
