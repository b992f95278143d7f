import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from recoverydesk.domain.merge_fields import (
    FIELD_WORDS,
    LONGEST_LETTER,
    MergeField,
    escaped,
    fields_in,
    fill,
    unknown_in,
)
from recoverydesk.errors import InvalidEntryError


def printed(markdown) -> str:
    """The words of the only paragraph, as a letter prints them."""
    opened, inline, closed = MarkdownIt("commonmark").enable("table").parse(markdown)
    assert (opened.type, closed.type) == ("paragraph_open", "paragraph_close")
    assert {child.type for child in inline.children} <= {"text", "text_special"}
    return "".join(child.content for child in inline.children)


def test_fields_are_filled():
    letter = fill("Dear {{first_name}}, from {{ Shop Name }}", {"first_name": "Ada"} | SHOP)
    assert letter.text == "Dear Ada, from Harbour"
    assert letter.can_print


SHOP = {"shop_name": "Harbour"}


def test_an_empty_field_uses_the_words_that_stand_in_for_it():
    assert fill("Hello {{first_name|there}}!", {}).text == "Hello there!"
    assert fill("Hello {{first_name| there }}!", {"first_name": " "}).text == "Hello there!"
    assert fill("Hello {{first_name|there}}!", {"first_name": "Ada"}).text == "Hello Ada!"
    assert fill("Hello{{first_name|}}!", {}) == fill("Hello!", {})


def test_an_empty_field_without_such_words_stays_and_is_told():
    letter = fill("{{first_name}} {{problem}} {{first_name}}", {"problem": ""})
    assert letter.text == "{{first_name}} {{problem}} {{first_name}}"
    assert letter.missing == ("first_name", "problem")
    assert letter.unknown == ()
    assert not letter.can_print


def test_what_no_field_fills_is_found_as_it_stands_each_once():
    text = "{{nope}} {{first_name}} }} {{ cost|5 }} {{nope}} {{open"
    assert unknown_in(text) == ("{{nope}}", "}}", "{{ cost|5 }}", "{{open")
    assert unknown_in("Dear {{ First Name |you}}, it is { fine }") == ()


def test_every_field_has_words_for_its_owner():
    assert set(FIELD_WORDS) == set(MergeField)


def test_what_is_no_field_stays_and_is_told():
    letter = fill("{{cost}} {{ nope }} {{cost|5}} {{first_name.__class__}}", {"cost": "14.00"})
    assert letter.text == "{{cost}} {{ nope }} {{cost|5}} {{first_name.__class__}}"
    assert letter.unknown == ("cost", "nope", "first_name.__class__")
    assert not letter.can_print


@pytest.mark.parametrize(
    "template", ["Dear {{first_name", "Dear first_name}}", "{{first_name}", "{{}}"]
)
def test_braces_left_open_are_told(template):
    letter = fill(template, {"first_name": "Ada"})
    assert letter.text == template
    assert letter.unknown


def test_single_braces_are_just_braces():
    assert fill("a {b} } {", {}).can_print


@pytest.mark.parametrize(
    "secret", ["cost", "cost_cents", "good_faith", "note", "private_note", "severity", "fault"]
)
def test_what_customers_must_not_read_is_no_field(secret):
    assert fill("{{" + secret + "}}", {secret: "x"}).unknown == (secret,)
    assert not [field for field in MergeField if re.search("cost|faith|note|private", field)]


def test_a_value_with_braces_stays_what_it_is():
    letter = fill("{{first_name}}", {"first_name": "{{shop_name}}"} | SHOP)
    assert printed(letter.text) == "{{shop_name}}"
    assert letter.can_print
    assert fill(letter.text, SHOP).text == letter.text


def test_a_list_of_remedies_is_markdown():
    remedies = f"- {escaped('Tea *for two*')}\n- Cake"
    assert fill("{{remedies}}", {"remedies": remedies}).text == "- Tea \\*for two\\*\n- Cake"
    assert fill("{{remedy}}", {"remedy": "**Cake**"}).text == "**Cake**"


def test_fields_of_a_template_are_listed_once_in_order():
    found = fields_in("{{problem|x}} {{cost}} {{first_name}} {{ problem }}")
    assert found == (MergeField.PROBLEM, MergeField.FIRST_NAME)


@given(st.text(max_size=80))
@example("1. Ada")
@example("- Ada")
@example("=")
@example("#Ada *Obi* _x_ `y` <b>&amp; ![a](b) [c]: d | e ~~f~~ \\g")
@example("12345678901. x")
@example(":-- | --:")
def test_a_value_prints_as_it_was_typed(value):
    plain = " ".join(value.split())
    line = escaped(value)
    assert "\n" not in line
    if plain:
        # markdown-it shows a NUL as U+FFFD; tidy_text keeps it out of the desk.
        assert printed(line) == plain.replace("\x00", "\ufffd")
        assert printed(f"Dear {line}") == f"Dear {plain}".replace("\x00", "\ufffd")


def test_a_letter_has_its_limits_before_and_after():
    assert fill("x" * LONGEST_LETTER, {}).can_print
    with pytest.raises(InvalidEntryError, match="20,000") as refusal:
        fill("x" * (LONGEST_LETTER + 1), {})
    assert refusal.value.field == "body"
    with pytest.raises(InvalidEntryError, match="20,000"):
        fill("{{problem}}" * 1_800, {"problem": "x" * 10_000})
    with pytest.raises(InvalidEntryError, match="20,000"):
        fill("{{problem}}" + "x" * 19_000, {"problem": "x" * 1_010})


@pytest.mark.timeout(20)
@pytest.mark.parametrize("sign", ["{", "{{", "{{a|", "}}", "{{first_name|", "| ", "{{ "])
def test_no_template_takes_for_ever(sign):
    template = (sign * LONGEST_LETTER)[:LONGEST_LETTER]

    assert len(fill(template, {}).text) <= LONGEST_LETTER
