# ruff: noqa: RUF001 - signs that look alike are what this is about
from dataclasses import asdict
from itertools import product
from time import process_time

import pytest

from recoverydesk.domain.apology import LANGUAGES, check, parts

WHOLE = """Dear Ada,

I am sorry. Your kettle arrived broken, and you had to come in twice. That was our fault.
We have changed how we pack, so that it won't happen again. A new kettle is on its way, and
please accept a voucher. I hope you will forgive us.
"""


def named(text, **how):
    return {part: there for part, there in asdict(parts(text, **how)).items() if part != "careful"}


def found(text):
    return [finding.phrase for finding in check(text)]


def test_a_whole_letter_has_all_six_parts_and_nothing_to_reconsider():
    assert all(named(WHOLE).values())
    assert parts(WHOLE).complete
    assert check(WHOLE) == ()


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("regret", "We apologise."),
        ("regret", "Please take my apologies."),
        ("what_happened", "The soup was cold."),
        ("what_happened", "You told us about it."),
        ("what_happened", "{{problem}}"),
        ("responsibility", "It was our mistake."),
        ("responsibility", "We take full responsibility."),
        ("responsibility", "I should have called."),
        ("responsibility", "We didn’t listen."),
        ("never_again", "This will not happen again."),
        ("never_again", "From now on two people check."),
        ("never_again", "{{what_changed}}"),
        ("repair", "We will refund you."),
        ("repair", "{{remedies}}"),
        ("repair", "How can we make it right?"),
        ("forgiveness", "Please forgive us."),
        ("forgiveness", "We hope to welcome you again."),
    ],
)
def test_each_part_is_seen(part, sentence):
    assert named(sentence)[part]
    assert not named("The shop opens at nine.")[part]


def test_forgiveness_is_optional_and_the_rest_is_not():
    without = WHOLE.replace("I hope you will forgive us.", "")
    assert parts(without).complete
    assert not parts(without).forgiveness
    for sentence in ("I am sorry. ", "That was our fault.", "please accept a voucher"):
        assert not parts(without.replace(sentence, "")).complete


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("We are sorry, but it was late.", "but"),
        ("We apologise for the delay; however, it was hot.", "however"),
        ("Sorry if you felt hurt.", "if you felt hurt"),
        ("We are sorry if this caused you trouble.", "if this caused you"),
        ("I'm sorry you feel that way.", "sorry you feel that way"),
        ("Mistakes were made.", "Mistakes were made"),
        ("Unfortunately you came late.", "Unfortunately you"),
        ("Unfortunately, you came late.", "Unfortunately, you"),
        ("You failed to sign.", "You failed to"),
        ("We regret any inconvenience caused.", "any inconvenience caused"),
        ("It was a misunderstanding.", "a misunderstanding"),
        ("It is our policy.", "our policy"),
        ("You are a valued customer.", "valued customer"),
    ],
)
def test_a_phrase_that_undoes_it_is_found(text, phrase):
    (finding,) = check(text)
    assert finding.phrase == phrase
    assert text[finding.start : finding.end] == phrase
    assert finding.why
    assert finding.better


def test_a_but_without_an_apology_is_no_matter():
    assert found("We are sorry. The soup was good but cold.") == []
    assert found("We are sorry about the butter.") == []


def test_phrases_come_in_the_order_of_the_text():
    text = "You’re a valued customer. Mistakes were made. Sorry, but we’re busy: our policy."
    assert found(text) == ["valued customer", "Mistakes were made", "but", "our policy"]


def test_an_empty_letter_has_nothing():
    assert check("") == ()
    assert not any(named("").values())


def test_a_careful_letter_need_not_say_whose_fault_it_was():
    without = WHOLE.replace("That was our fault.", "")

    assert parts(without, careful=True).complete
    assert not parts(without).complete
    assert not parts(
        without.replace("I am sorry.", "").replace("forgive", "visit"), careful=True
    ).complete


def test_a_careful_letter_is_offered_nothing_that_admits_it():
    (plain,) = check("Mistakes were made.")
    (careful,) = check("Mistakes were made.", careful=True)

    assert plain.sentence == "We made a mistake."
    assert careful.sentence == "We are finding out what happened."


def test_words_for_an_empty_field_say_nothing_yet():
    assert not parts("{{contact_name|We refund you}}").repair


def test_a_paragraph_ends_an_apology():
    assert found("With my apologies\n\nbut nothing follows") == []
    assert found("With my apologies\nbut it was late") == ["but"]


PIECES = (
    "sorry ", "if you ", "a", "we take ", "sorry but ", "never a ", "es tut ", "sie hätten uns ",
    "wenn sie ", "si vous ", "nous avons ", "malheureusement ", "lo siento ", "usted ~", "si le ",
    "er is een ", "wij hebben ", "als u zich ", "{{", "{{a|", "\u00ad", " ", "\n", "e\u0301",
    "leid sollten ihnen ", "(", "'",
)  # fmt: skip


def effort(text, language):
    started = process_time()
    parts(text, language=language)
    check(text, language=language, careful=True)
    return process_time() - started


@pytest.mark.parametrize(("language", "piece"), list(product(sorted(LANGUAGES), PIECES)))
def test_the_work_grows_as_the_letter_does(language, piece):
    text = piece * (20_000 // len(piece))
    effort(piece, language)  # what is done once only
    short = min(effort(text[:5_000], language) for _ in range(3))

    # Four times as much to read; sixteen times the work would be growth by the square.
    assert min(effort(text, language) for _ in range(3)) < 10 * short + 0.05


def test_places_hold_in_the_longest_letters():
    text = ("Sorry if you\u00ad felt it, but mistakes were made. " * 400)[:20_000]
    findings = check(text)

    assert len(findings) > 1_000
    assert all(text[one.start : one.end] == one.phrase for one in findings)
